"""nqi exam: questions that the ontology writes itself, asked of a made-up graph."""

from __future__ import annotations

import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from qa_service.cli.options import Command, Json, Ontologies, note, print_json, progress
from qa_service.settings import words

if TYPE_CHECKING:
    from graph.store import GraphStore
    from qa_service.exam.changes import Broken
    from qa_service.exam.run import Marked

EMBEDDED = "embedded"


def exam(
    n: Annotated[int, typer.Option("--n", min=1, help=words("问多少题", "How many questions"))] = 500,
    seed: Annotated[
        int, typer.Option("--seed", help=words("同一种子出同一份卷", "The same seed makes the same exam"))
    ] = 1,
    engine: Annotated[
        str,
        typer.Option(
            "--engine",
            metavar="embedded|URL",
            help=words(
                "embedded，或一个空的 Neo4j 的地址（其中的图会被替换）",
                "embedded, or the URL of an empty Neo4j, whose graph is replaced",
            ),
        ),
    ] = EMBEDDED,
    ontology: Ontologies = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE.jsonl",
            dir_okay=False,
            help=words("每题一行写到文件", "Write each question with its mark to a file"),
        ),
    ] = None,
    as_json: Json = False,
) -> int:
    from graph.open import open_store
    from ontology.read import load_ontology
    from qa_service.exam.run import Marked, examined

    if engine != EMBEDDED and "://" not in engine:
        raise typer.BadParameter("embedded, bolt://…", param_hint="--engine")
    known = load_ontology(ontology or ())
    marked: list[Marked] = []
    broken: list[Broken] = []
    started = time.perf_counter()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        url = str(Path(folder) / "store") if engine == EMBEDDED else engine
        store = open_store(url, known, writable=True)
        stack.callback(store.close)
        _empty(store)
        stack.callback(store.reset)
        file = stack.enter_context(out.open("w", encoding="utf-8", newline="\n")) if out else None
        for found in examined(known, store, n=n, seed=seed):
            if isinstance(found, Marked):
                marked.append(found)
                progress(len(marked), n, f"{found.seed}/{found.number} {found.item.kind}")
            else:
                broken.append(found)
            _written(file, found)
    seconds = time.perf_counter() - started
    if as_json:
        print_json(_summary(marked, broken, seconds))
    else:
        _show(marked, broken, seconds)
    return 0 if not broken and all(m.mark == "right" for m in marked) else 1


def _empty(store: GraphStore) -> None:
    """StoreError where the store holds what is no exam's: it would be lost."""
    from ontology.errors import StoreError
    from qa_service.exam.build import FOLDER

    others = [document for document in store.documents() if not document.startswith(FOLDER)]
    if others:
        raise StoreError(
            words("这个库里有资料，考试会把它清空", "The store holds documents; the exam would delete them"),
            where=others[0],
            hint=words(
                "另起一个空的：nqi neo4j start --home exam-neo4j",
                "Start an empty one: nqi neo4j start --home exam-neo4j",
            ),
        )
    store.reset()


def _written(file: TextIO | None, found: Marked | Broken) -> None:
    if file is not None:
        file.write(json.dumps(found.to_json(), ensure_ascii=False) + "\n")
        file.flush()


def _summary(marked: Sequence[Marked], broken: Sequence[Broken], seconds: float) -> dict[str, object]:
    from qa_service.exam.run import tally

    return {
        "questions": len(marked),
        **_counts(marked),
        "broken": len(broken),
        "seconds": round(seconds, 1),
        "kinds": [
            {"form": form, "kind": kind, **counts} for (form, kind), counts in sorted(tally(marked).items())
        ],
        "failures": [m.to_json() for m in marked if m.mark != "right"] + [b.to_json() for b in broken],
    }


def _counts(marked: Iterable[Marked]) -> dict[str, int]:
    counts = Counter(m.mark for m in marked)
    return {"right": counts["right"], "wrong": counts["wrong"], "refused": counts["refused"]}


def _show(marked: Sequence[Marked], broken: Sequence[Broken], seconds: float) -> None:
    from qa_service.exam.run import tally

    for m in (m for m in marked if m.mark != "right"):
        print(f"{m.mark}  {m.item.question}  [--seed {m.seed} --n {m.number + 1}]  {m.why}")
        print(f"    {m.to_json()['form']}")
        print(f"    {m.answer.status} {list(m.answer.answers)}  {m.answer.logical_form}")
    for b in broken:
        print(f"wrong  {b.check}: {b.question}  [--seed {b.seed}]\n    {b.one}\n    {b.other}")
    print(f"{'':14}{'':26}{'right':>7}{'wrong':>7}{'refused':>9}")
    for (form, kind), counts in sorted(tally(marked).items()):
        print(f"{form:14}{kind:26}{counts['right']:7}{counts['wrong']:7}{counts['refused']:9}")
    counts_of_all = _counts(marked)
    print(f"{'':14}{'':26}{counts_of_all['right']:7}{counts_of_all['wrong']:7}{counts_of_all['refused']:9}")
    note(
        words(
            f"{len(marked)} 题，{len(broken)} 处前后不一，用时 {seconds:.0f} 秒",
            f"{len(marked)} questions, {len(broken)} answers that do not go together, {seconds:.0f} s",
        )
    )


COMMANDS = (
    Command(
        "exam",
        exam,
        words(
            "本体自己出题：造一个图，用本体的词提问，答案与独立计算的正确答案核对。",
            "The ontology writes its own exam: a made-up graph, questions in the ontology's words, answers "
            "checked against right ones that are computed apart.",
        ),
        ("nqi exam", "nqi exam --n 20000 --out exam.jsonl", "nqi exam --ontology reserves.ttl --n 300"),
    ),
)
