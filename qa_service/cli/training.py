"""The command that trains the model of meaning."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qa_service.cli.options import Command, Json, Ontologies, Store, note, print_json
from qa_service.settings import kept_folder, store_url, words


def train(
    ontology: Ontologies = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FOLDER",
            file_okay=False,
            help=words(
                "模型写到这里（默认随存储一起保存，此后的提问就用它）",
                "Where the model goes (default: kept with the store, where questions use it from then on)",
            ),
        ),
    ] = None,
    store: Store = "",
    as_json: Json = False,
) -> int:
    from graph.open import open_store
    from graph.own_ontology import ontology_of
    from qa_service.meaning.model import KEPT
    from qa_service.meaning.training import train as trained

    url = store_url(store)
    known = ontology_of(url, tuple(ontology or ()))
    if out is None:
        open_store(url, known).close()  # a model is kept with a store that there is
    made = trained(known, out if out is not None else kept_folder(url) / KEPT)
    if as_json:
        print_json(
            {
                "folder": str(made.folder),
                "groups": made.groups,
                "phrases": made.phrases,
                "tokens": made.tokens,
                "seconds": round(made.seconds, 1),
            }
        )
    else:
        print(made.folder)
    note(
        words(
            f"{made.groups} 组近义的说法，{made.phrases} 种表述，"
            f"{made.tokens} 个字和字对，{made.seconds:.1f} 秒",
            f"{made.groups} groups of phrases, {made.phrases} phrases, {made.tokens} characters and pairs, "
            f"{made.seconds:.1f} s",
        )
    )
    return 0


COMMANDS = (
    Command(
        "train",
        train,
        words(
            "用本体里的词训练理解生词的模型（需要 embeddings 附加包）",
            "Trains the model that understands unknown words, from the ontology's words (extra: embeddings)",
        ),
        ("nqi train", "nqi train --ontology reserves.ttl --store my-store", "nqi train --out model"),
    ),
)
