"""Commands that change the graph or read sources: load, unload, undo, reset, extract."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa_service.cli.options import (
    Command,
    Json,
    Ontologies,
    Store,
    note,
    print_json,
    progress,
    told_of_changes,
)
from qa_service.settings import store_url, words

if TYPE_CHECKING:
    from graph.store import GraphStore
    from loaders.report import LoadReport
    from ontology.model import Ontology

Paths = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATH…",
        exists=True,
        help=words(
            "文件或文件夹：文档（txt、md）和表格（csv、xlsx）",
            "Files or folders: documents (txt, md) and tables (csv, xlsx)",
        ),
    ),
]
Mappings = Annotated[
    list[Path] | None,
    typer.Option(
        "--mapping",
        metavar="FILE.yaml",
        exists=True,
        dir_okay=False,
        help=words(
            "表格的映射（YAML），可多次给出；表格旁边的同名 .yaml 会自动使用",
            "A mapping for tables (YAML), as often as needed; a .yaml beside a table is found by itself",
        ),
    ),
]

#: rejections that are shown before it says where all of them are
SHOWN_REJECTIONS = 10


def load(
    paths: Paths,
    name: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="NAME",
            help=words(
                "文档的 id（一个文件）或 id 的前缀（文件夹）",
                "The document's id (one file) or a prefix of ids (a folder)",
            ),
        ),
    ] = "",
    mapping: Mappings = None,
    ontology: Ontologies = None,
    report: Annotated[
        Path | None,
        typer.Option(
            help=words(
                "把报告（含所有被拒绝的内容）写到文件", "Write the report, with every rejection, to a file"
            )
        ),
    ] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help=words("只报告，不写入", "Report only, write nothing"))
    ] = False,
    store: Store = "",
    as_json: Json = False,
) -> int:
    from loaders.load import load as load_paths

    given = ontology or []
    if not given:
        told_of_changes(store_url(store))
    with opened_for_writing(store, given, preview=preview) as (graph, known):
        before = {} if preview else dict(graph.documents())
        others = given and before and graph.own_ontology() != known.own
        done = load_paths(
            paths,
            graph,
            known,
            as_name=name,
            mapping=mapping,
            preview=preview,
            progress=progress,
            aside=given,
        )
    if others and before.keys() - {document.id for document in done.documents}:
        note(
            words(
                "本体有变化：其他文档还是按原来的本体读入的，nqi rebuild 会重新读取",
                "The ontology is another one: other documents were read with the one before; "
                "nqi rebuild reads them again",
            )
        )
    written = done.to_json()
    if report is not None:
        report.write_text(json.dumps(written, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    if as_json:
        print_json(written)
    else:
        show_report(done, report, preview)
    return done.exit_code


def show_report(done: LoadReport, report: Path | None, preview: bool) -> None:
    """What a load or a rebuild did, for people."""
    for document in done.documents:
        print(f"{document.id}  {document.status}  {words('事实', 'facts')} {document.facts}")
    head = words("预览（没有写入）：", "Preview (nothing written): ") if preview else ""
    sources, rejected = len(done.documents), len(done.rejections)
    print(
        head
        + words(
            f"{sources} 个来源，{done.facts} 条事实，{rejected} 条被拒绝，{done.seconds:.1f} 秒",
            f"{sources} sources, {done.facts} facts, {rejected} rejected, {done.seconds:.1f} s",
        )
    )
    for rejection in done.rejections[:SHOWN_REJECTIONS]:
        note(f"  {rejection.document}#{rejection.where}  {rejection.code}: {rejection.reason}")
    if len(done.rejections) > SHOWN_REJECTIONS and report is None:
        note(
            words(
                f"  ……共 {len(done.rejections)} 条；加 --report FILE 可看全部",
                f"  … {len(done.rejections)} together; --report FILE writes all of them",
            )
        )


def unload(
    document: Annotated[str, typer.Argument(help=words("文档 id", "Document id"))],
    store: Store = "",
    as_json: Json = False,
) -> int:
    from loaders.load import unload as unload_document

    with opened_for_writing(store) as (graph, _):
        unload_document(document, graph)
    if as_json:
        print_json({"unloaded": document})
    else:
        print(words(f"已取出 {document}", f"{document} was taken back"))
    return 0


def undo(store: Store = "", as_json: Json = False) -> int:
    with opened_for_writing(store) as (graph, _):
        done = graph.undo()
    if as_json:
        print_json({"undone": done})
    else:
        print(
            words("已回到上一个版本", "Back to the version before")
            if done
            else words("没有更早的版本", "There is no version before this one")
        )
    return 0 if done else 1


def reset(
    yes: Annotated[bool, typer.Option("--yes", help=words("不再询问", "Do not ask"))] = False,
    store: Store = "",
) -> int:
    url = store_url(store)
    if not yes:
        if not sys.stdin.isatty():
            raise typer.BadParameter(
                words("没有终端可以询问，请加 --yes", "There is no terminal to ask on: add --yes"),
                param_hint="--yes",
            )
        typer.confirm(words(f"清空 {url}？", f"Take everything out of {url}?"), abort=True, err=True)
    with opened_for_writing(store) as (graph, _):
        graph.reset()
    note(words(f"{url} 已清空", f"{url} is empty now"))
    return 0


def extract(
    paths: Paths,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar="FACTS.jsonl",
            help=words("事实写到这里，每行一条", "Where the facts go, one a line"),
        ),
    ],
    mapping: Mappings = None,
    ontology: Ontologies = None,
    as_json: Json = False,
) -> int:
    from loaders.facts import Rejection
    from ontology.read import load_ontology
    from qa_service.cli.extraction import facts_of

    count = rejected = 0
    with out.open("w", encoding="utf-8", newline="\n") as file:
        for found in facts_of(paths, progress, load_ontology(ontology or ()), mapping):
            if isinstance(found, Rejection):
                rejected += 1
                note(f"  {found.document}#{found.where}  {found.code}: {found.reason}")
            else:
                file.write(json.dumps(found, ensure_ascii=False) + "\n")
                count += 1
    if as_json:
        print_json({"facts": count, "rejected": rejected, "out": str(out)})
    else:
        print(words(f"{count} 条事实 → {out}", f"{count} facts → {out}"))
    return 3 if rejected else 0


@contextmanager
def opened_for_writing(
    store: str, ontology: Sequence[Path] = (), *, preview: bool = False
) -> Iterator[tuple[GraphStore, Ontology]]:
    """The store, open for writing, and the ontology that it is written with. A preview of a load makes
    no store: where there is none yet, it looks into an empty one that is thrown away."""
    from graph.open import open_store
    from graph.own_ontology import ontology_of
    from loaders.extract_files import EXTRACTOR

    url = store_url(store)
    known = ontology_of(url, ontology)
    with tempfile.TemporaryDirectory() as passing:
        if preview and "://" not in url and not Path(url).exists():
            url = passing
        graph = open_store(url, known, writable=True, extractor=EXTRACTOR, waiting=note)
        try:
            yield graph, known
        finally:
            graph.close()


COMMANDS = (
    Command(
        "load",
        load,
        words("把文档和表格读入图。", "Read documents and tables into the graph."),
        (
            "nqi load reports/ tables/chains.csv",
            "nqi load notice.txt --as 通知/2024-03.txt",
            "nqi load reports/ --preview --report report.json",
            "nqi load reserves/ --ontology reserves.ttl",
        ),
    ),
    Command(
        "unload",
        unload,
        words("取出一个文档，以及只由它支持的内容。", "Take back what that document alone supported."),
        ("nqi unload reports/notice.txt",),
    ),
    Command(
        "undo",
        undo,
        words("回到上一次读入之前。", "Back to the version before the last load."),
        ("nqi undo",),
    ),
    Command("reset", reset, words("清空存储。", "Take everything out of the store."), ("nqi reset --yes",)),
    Command(
        "extract",
        extract,
        words(
            "只抽取事实并写入文件，不动任何图。",
            "Write the facts of documents to a file, without touching a graph.",
        ),
        ("nqi extract notices/ --out facts.jsonl",),
    ),
)
