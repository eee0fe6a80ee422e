"""Commands for people who check a record: conflicts, audit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa_service.cli.options import Command, Json, Store, note, print_json
from qa_service.settings import store_url, words

if TYPE_CHECKING:
    from qa_service.browse.shapes import ObservationView

Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="FILE",
        dir_okay=False,
        help=words("写到文件：.xlsx、.csv 或 .json", "Write to a file: .xlsx, .csv or .json"),
    ),
]
Limit = Annotated[int, typer.Option(min=1, help=words("最多几处", "At most so many"))]

#: characters of a passage that a terminal shows
_SHOWN = 60
#: what is no key of a scope, said in words
_DIFFERENCES = {
    "wording": ("说法", "wording"),
    "period": ("年份", "year"),
    "unit": ("单位", "unit"),
    "derived": ("由变化推算", "follows from a change"),
}


def conflicts(
    kind: Annotated[
        str,
        typer.Option(
            help=words("只要 conflict（冲突）或 divergence（口径不同）", "Only: conflict, or divergence")
        ),
    ] = "",
    out: Out = None,
    limit: Limit = 1000,
    store: Store = "",
    as_json: Json = False,
) -> int:
    from qa_service.browse.metrics import conflicts as disagreements
    from qa_service.browse.shapes import as_json as json_of
    from qa_service.session import open_session

    if kind not in ("", "conflict", "divergence"):
        raise typer.BadParameter("conflict, divergence", param_hint="--kind")
    _writable(out)
    found = disagreements(open_session(store_url(store)), kind=kind, limit=limit)
    if as_json:
        print_json(json_of(found))  # type: ignore[arg-type]
        return 0
    names = {"conflict": words("冲突", "conflict"), "divergence": words("口径不同", "divergence")}
    rows = [
        [number, names[d.kind], _differs(d.differs_in), *line]
        for number, d in enumerate(found.conflicts, 1)
        for line in _lines(d.observations)
    ]
    columns = ["#", words("种类", "kind"), words("差别", "differs in"), *_columns()]
    counted = {name: sum(d.kind == name for d in found.conflicts) for name in names}
    _show(columns, rows, out)
    note(
        words(
            f"冲突 {counted['conflict']} 处，口径不同 {counted['divergence']} 处",
            f"{counted['conflict']} conflicts, {counted['divergence']} divergences",
        )
    )
    _told_of_more(found.truncated, limit)
    return 0


def audit(out: Out = None, limit: Limit = 1000, store: Store = "", as_json: Json = False) -> int:
    from qa_service.browse.coincidences import coincidences
    from qa_service.browse.shapes import as_json as json_of
    from qa_service.session import open_session

    _writable(out)
    found = coincidences(open_session(store_url(store)), limit=limit)
    if as_json:
        print_json(json_of(found))  # type: ignore[arg-type]
        return 0
    rows = [
        [number, f"{c.number}{c.unit}", *line]
        for number, c in enumerate(found.suspicious, 1)
        for line in _lines(c.observations)
    ]
    _show(["#", words("数值", "number"), *_columns()], rows, out)
    note(
        words(
            f"{len(found.suspicious)} 个数值用在不同的事物上，请核对原文",
            f"{len(found.suspicious)} numbers stand for different things: look at the passages",
        )
    )
    _told_of_more(found.truncated, limit)
    return 0


def _columns() -> list[str]:
    return [
        words("对象", "subject"),
        words("指标", "metric"),
        words("时间", "period"),
        words("性质", "kind"),
        words("口径", "scope"),
        words("值", "value"),
        words("文档", "document"),
        words("原文", "passage"),
        words("来源", "source"),
    ]


def _lines(figures: Iterable[ObservationView]) -> Iterable[list[str]]:
    """One line a figure; every passage of it is in its cells."""
    for figure in figures:
        evidence = figure.evidence
        yield [
            figure.subject.name,
            figure.phrase,
            figure.period,
            figure.value_kind,
            figure.scope,
            figure.shown,
            "\n".join(dict.fromkeys(e.document for e in evidence)),
            "\n".join(e.quote for e in evidence),
            "\n".join(dict.fromkeys(e.url for e in evidence if e.url)),
        ]


def _differs(keys: Sequence[str]) -> str:
    return "、".join(words(*_DIFFERENCES[k]) if k in _DIFFERENCES else k for k in keys)


def _writable(out: Path | None) -> None:
    from qa_service.statements.tables import WRITERS

    if out is not None and out.suffix.lower() not in WRITERS:
        raise typer.BadParameter(f"{out}: {', '.join(WRITERS)}", param_hint="--out")


def _show(columns: Sequence[str], rows: Sequence[Sequence[object]], out: Path | None) -> None:
    from qa_service.cli.show import table
    from qa_service.statements.tables import write_table

    if out is not None:
        write_table(columns, rows, out)
        note(f"{len(rows)} → {out}")
    else:
        print(table(columns, [[_short(cell) for cell in row] for row in rows]))


def _short(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    line = cell.partition("\n")[0]
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def _told_of_more(truncated: bool, limit: int) -> None:
    if truncated:
        note(words(f"只有前 {limit} 处（--limit）", f"The first {limit} only (--limit)"))


COMMANDS = (
    Command(
        "conflicts",
        conflicts,
        words(
            "列出互相矛盾的数值（冲突），以及口径、说法或年份不同的数值，各附原文和来源。",
            "List figures that contradict each other, and those that differ in scope, wording or year, "
            "each with its passages and sources.",
        ),
        ("nqi conflicts", "nqi conflicts --kind conflict --json", "nqi conflicts --out conflicts.xlsx"),
    ),
    Command(
        "audit",
        audit,
        words(
            "列出用在不同事物上的同一个少见的数值（可能抄错），各附原文。",
            "List unusual numbers that stand for different things (one may be copied from another), "
            "each with its passages.",
        ),
        ("nqi audit", "nqi audit --out audit.xlsx"),
    ),
)
