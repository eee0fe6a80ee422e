"""Commands that look after a store: backup, restore, rebuild, doctor."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa_service.cli.loading import opened_for_writing, show_report
from qa_service.cli.options import Command, Json, Ontologies, Store, note, print_json, progress
from qa_service.settings import store_url, words

if TYPE_CHECKING:
    from graph.backup import Backup


def backup(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help=words("备份写到这里", "Where the backup goes"))
    ],
    store: Store = "",
    as_json: Json = False,
) -> int:
    from graph.backup import write_backup, write_backup_of
    from graph.open import embedded_folder, open_store
    from graph.own_ontology import ontology_of

    if not file.parent.is_dir():
        raise typer.BadParameter(words(f"没有文件夹 {file.parent}", f"There is no folder {file.parent}"))
    url = store_url(store)
    folder = embedded_folder(url)
    if folder is not None:
        made = write_backup(folder, file, _megabytes)
    else:
        with closing(open_store(url, ontology_of(url), waiting=note)) as graph:
            made = write_backup_of(graph, file, _megabytes)
    _show_backup(made, str(file), words("已备份到", "Backed up to"), as_json)
    return 0


def restore(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", exists=True, dir_okay=False, help=words("备份文件", "The backup")),
    ],
    yes: Annotated[
        bool, typer.Option("--yes", help=words("不再询问，替换现有内容", "Do not ask; replace what is there"))
    ] = False,
    store: Store = "",
    as_json: Json = False,
) -> int:
    from graph.backup import read_index, restore_backup, restore_backup_into
    from graph.open import embedded_folder
    from graph.versions import Versions

    read_index(file)  # first, so that nobody is asked about a file that is no backup
    url = store_url(store)
    folder = embedded_folder(url)
    if folder is not None:
        versions = Versions(folder)
        _allowed(url, something=bool(versions.manifest(versions.current()).documents), yes=yes)
        made = restore_backup(folder, file, _megabytes)
    else:
        with opened_for_writing(store) as (graph, _):
            _allowed(url, something=bool(graph.documents()), yes=yes)
            made = restore_backup_into(graph, file, _megabytes)
    _show_backup(made, _shown(url), words("已恢复到", "Restored to"), as_json)
    return 0


def _allowed(url: str, *, something: bool, yes: bool) -> None:
    """Whether what is there may be replaced: asked where there is somebody to ask."""
    if not something or yes:
        return
    if not sys.stdin.isatty():
        raise typer.BadParameter(
            words(
                "已有内容，而且没有终端可以询问，请加 --yes",
                "There is something, and no terminal to ask on: add --yes",
            ),
            param_hint="--yes",
        )
    place = _shown(url)
    typer.confirm(
        words(f"{place} 里已有内容，用备份替换？", f"Replace what is in {place} by the backup?"),
        abort=True,
        err=True,
    )


def rebuild(
    ontology: Ontologies = None,
    report: Annotated[
        Path | None,
        typer.Option(
            help=words(
                "把报告（含所有被拒绝的内容）写到文件", "Write the report, with every rejection, to a file"
            )
        ),
    ] = None,
    store: Store = "",
    as_json: Json = False,
) -> int:
    from loaders.rebuild import rebuild as read_again

    with opened_for_writing(store, ontology or []) as (graph, known):
        before = graph.content_hash()
        done = read_again(graph, known, progress)
        after = graph.content_hash()
    written = {**done.to_json(), "hash_before": before, "hash": after}
    if report is not None:
        report.write_text(json.dumps(written, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    if as_json:
        print_json(written)
    else:
        show_report(done, report, preview=False)
        print(
            words("图没有变化", "The graph is the same")
            if before == after
            else words(f"图有变化：{before[:12]} → {after[:12]}", f"Changed: {before[:12]} → {after[:12]}")
        )
    return done.exit_code


#: what each check is, and what to do where it finds something
CHECKS = {
    "versions": (
        ("版本文件", "version files"),
        ("nqi restore FILE 放回一个备份", "put a backup back: nqi restore FILE"),
    ),
    "room": (
        ("磁盘空间", "disk room"),
        ("腾出空间：读入时要复制整个图", "make room: a load copies the whole graph"),
    ),
    "lock": (
        ("写入锁", "writer's lock"),
        ("有程序正在写入；等它结束", "somebody is writing; wait until that is done"),
    ),
    "leftovers": (
        ("中断的写入留下的文件", "leftovers of a writer that was stopped"),
        ("不必处理：下一次写入会清掉", "nothing to do: the next writer takes them away"),
    ),
    "opens": (
        ("能否打开", "opens"),
        ("nqi undo 回到上一个版本，或 nqi restore FILE", "go back with nqi undo, or nqi restore FILE"),
    ),
    "hash": (
        ("图的哈希与记录一致", "graph hash as kept"),
        (
            "内容与记录不符：nqi restore FILE，或 nqi undo",
            "the graph is not what was written: nqi restore FILE, or nqi undo",
        ),
    ),
    "schema": (
        ("表结构与本体一致", "tables as the ontology asks"),
        ("不必处理：下一次写入会补上", "nothing to do: the next load adds them"),
    ),
    "types": (
        ("属性类型与本体一致", "types as the ontology says"),
        (
            "改回原来的类型，或在新的存储里重新读入",
            "give the property its type back, or load into a new store",
        ),
    ),
    "names": (
        ("名称索引完整", "index of names"),
        ("nqi rebuild 会重新建立", "nqi rebuild makes it anew"),
    ),
    "content": (
        ("每个文档的原文", "text of each document"),
        ("重新读入这些文档", "load these documents again"),
    ),
    "without_content": (
        ("没有保存原文的文档", "documents without their text"),
        ("要打开证据或重建时，请重新读入", "load them again to open evidence and to rebuild"),
    ),
    "support": (
        ("依据和来源都在", "support and sources are there"),
        ("nqi rebuild；仍有问题时 nqi restore FILE", "nqi rebuild; if that does not help, nqi restore FILE"),
    ),
    "observations": (
        ("观测都有对象和指标", "observations have subject and metric"),
        ("nqi rebuild；仍有问题时 nqi restore FILE", "nqi rebuild; if that does not help, nqi restore FILE"),
    ),
    "extractor": (
        ("抽取程序的版本", "version of the extractor"),
        ("nqi rebuild 用现在的程序重新读取", "nqi rebuild reads everything with the present one"),
    ),
    "ontology": (
        ("保存的本体文件", "kept ontology files"),
        (
            "文件改过：nqi rebuild --ontology FILE.ttl 改用新的",
            "changed since: nqi rebuild --ontology FILE.ttl takes the new one",
        ),
    ),
}
_MARKS = {"ok": "✓", "look": "!", "fault": "✗"}


def doctor(store: Store = "", as_json: Json = False) -> int:
    from graph.health import examined
    from loaders.extract_files import EXTRACTOR

    findings = []
    for found in examined(store_url(store), EXTRACTOR):
        (zh, en), (do_zh, do_en) = CHECKS.get(found.check, ((found.check,) * 2, CHECKS["support"][1]))
        advice = "" if found.state == "ok" else found.hint or words(do_zh, do_en)
        findings.append({"check": found.check, "state": found.state, "said": found.said, "advice": advice})
        if not as_json:
            said = f"  {found.said}" if found.said else ""
            print(f"{_MARKS[found.state]} {words(zh, en)}{said}", flush=True)
            if advice:
                print(f"    {words('怎么办：', 'What to do: ')}{advice}", flush=True)
    states = {str(f["state"]) for f in findings}
    code = 1 if "fault" in states else 3 if "look" in states else 0
    if as_json:
        print_json({"healthy": code == 0, "findings": findings})
    elif code == 0:
        print(words("一切正常", "All is well"))
    return code


def _shown(url: str) -> str:
    """A store's URL without what is secret in it."""
    from graph.open import embedded_folder

    if "://" not in url or embedded_folder(url) is not None:
        return url
    from graph.stores.bolt import address

    return address(url).uri


def _megabytes(done: int, total: int, what: str) -> None:
    progress(done * 100 // max(total, 1), 100, f"{what} ({total / 1e6:.1f} MB)")


def _show_backup(made: Backup, place: str, said: str, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "place": place,
                "hash": made.hash,
                "documents": made.documents,
                "versions": len({part.name.partition(".")[0] for part in made.parts}),
                "bytes": made.size,
            }
        )
        return
    print(f"{said} {place}")
    documents, graph_hash = made.documents, made.hash
    print(words(f"{documents} 个文档，哈希 {graph_hash}", f"{documents} documents, hash {graph_hash}"))
    note(words("恢复后用 nqi doctor 检查", "nqi doctor checks a store"))


COMMANDS = (
    Command(
        "backup",
        backup,
        words(
            "把整个存储（各版本、本体、决定）备份成一个文件；两种引擎的备份可以互相恢复。",
            "Put the whole store (versions, ontology, decisions) into one file; either engine takes it.",
        ),
        ("nqi backup ../2024-11-01.nqi", "nqi backup /mnt/safe/store.nqi --store data/.demo-store"),
    ),
    Command(
        "restore",
        restore,
        words(
            "从备份恢复；先核对，全部无误才替换。",
            "Put a backup back; it is checked first, and nothing changes unless all of it is right.",
        ),
        ("nqi restore 2024-11-01.nqi", "nqi restore 2024-11-01.nqi --store other-store --yes"),
    ),
    Command(
        "rebuild",
        rebuild,
        words(
            "用现在的抽取程序和本体，重新读取存储中的所有文档。",
            "Read all documents of the store again, with the present extractor and ontology.",
        ),
        ("nqi rebuild", "nqi rebuild --ontology reserves.ttl --report report.json"),
    ),
    Command(
        "doctor",
        doctor,
        words(
            "检查存储并说明怎么办。退出码：0 正常，3 有需要留意的，1 有错误。",
            "Check a store and say what to do. Exit code: 0 all well, 3 something to look at, 1 a fault.",
        ),
        ("nqi doctor", "nqi doctor --json"),
    ),
)
