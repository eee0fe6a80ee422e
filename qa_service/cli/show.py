"""Answers and rows as text for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from qa_service.answering.answer_types import Answer, Evidence
from qa_service.settings import words

#: how many pieces of evidence and rows are shown before it says how many more there are
SHOWN_EVIDENCE = 5
SHOWN_ROWS = 50

_STATUS = {
    "answered": ("已回答", "answered"),
    "no_data": ("没有数据", "no data"),
    "not_understood": ("没有理解", "not understood"),
    "ambiguous": ("有歧义", "ambiguous"),
}
_BASIS = {
    "denied": ("来源明确说没有", "a source denies it"),
    "covered": ("已完整收录，其中没有", "nothing in a complete listing"),
    "unrecorded": ("没有记录", "not recorded"),
}


def answer_text(answer: Answer, *, brief: bool = False) -> str:
    """An answer with what it rests on; ``brief`` gives the sentence alone."""
    if brief:
        return answer.text

    def say(zh: str, en: str) -> str:
        return words(zh, en, answer.question)

    lines = [answer.text, ""]
    lines.append(f"{say('状态', 'Status')}: {say(*_STATUS[answer.status])}")
    if answer.reading:
        lines.append(f"{say('理解', 'Reading')}: {answer.reading}")
    lines += [f"{say('说明', 'Note')}: {text}" for text in answer.notes]
    for conflict in answer.conflicts:
        name = say("冲突", "Conflict") if conflict.kind == "conflict" else say("口径不同", "Divergence")
        differs = f"（{'、'.join(conflict.differs_in)}）" if conflict.differs_in else ""
        lines.append(f"{name}: {conflict.of}: {' / '.join(conflict.values)}{differs}")
    if len(answer.rows) > 1:
        lines += ["", *_rows_with_basis(answer, say("依据", "basis"))]
    if answer.evidence:
        lines += ["", f"{say('证据', 'Evidence')}:"]
        for number, evidence in enumerate(answer.evidence[:SHOWN_EVIDENCE], 1):
            lines += _evidence(number, evidence)
        more = len(answer.evidence) - SHOWN_EVIDENCE
        if more > 0:
            lines.append(
                "  " + say(f"……另有 {more} 条（--json 可看全部）", f"… {more} more (all of them with --json)")
            )
    if answer.suggestions:
        lines += ["", f"{say('您是否想问', 'Did you mean')}:"]
        lines += [f"  - {text}" for text in answer.suggestions]
    for cypher in answer.cypher[:1]:
        lines += ["", "Cypher:", *(f"  {line}" for line in cypher.query.splitlines())]
        if cypher.params:
            lines.append(f"  {dict(cypher.params)}")
    if len(answer.cypher) > 1:
        more = len(answer.cypher) - 1
        lines.append(
            "  "
            + say(
                f"……另有 {more} 条取证据的语句（--json）", f"… {more} more that fetch the evidence (--json)"
            )
        )
    again = say("接着问", "Go on from here")
    lines += ["", f'{again}: nqi ask "…" --previous {answer.id}']
    return "\n".join(lines).rstrip()


def _rows_with_basis(answer: Answer, heading: str) -> list[str]:
    columns, rows = list(answer.columns), [list(row) for row in answer.rows[:SHOWN_ROWS]]
    if any(answer.row_basis):
        at = columns.index(heading) if heading in columns else len(columns)
        columns[at:] = [heading, *columns[at + 1 :]]
        for row, basis in zip(rows, answer.row_basis, strict=False):
            row[at:] = [words(*_BASIS[basis], answer.question) if basis else "", *row[at + 1 :]]
    lines = table(columns, rows).splitlines()
    left = max(answer.total, len(answer.rows)) - len(rows)
    if left:
        lines.append(f"… {left}")
    return lines


def _evidence(number: int, evidence: Evidence) -> list[str]:
    place = evidence.cells or (f"{evidence.start}-{evidence.end}" if evidence.start is not None else "")
    head = " · ".join(part for part in (evidence.document, evidence.section, place) if part)
    lines = [f"  [{number}] {head}" + (f"  ({evidence.grade})" if evidence.grade else "")]
    lines.append(f"      “{' '.join(evidence.quote.split())}”")
    if evidence.url:
        lines.append(f"      {evidence.url}")
    return lines


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Columns aligned by how wide characters are on a terminal (Chinese ones take two)."""
    cells = [[str(c) for c in columns], *([_cell(v) for v in row] for row in rows)]
    widths = [max(width(row[i]) for row in cells) for i in range(len(columns))]
    lines = [
        "  ".join(text + " " * (widths[i] - width(text)) for i, text in enumerate(row)).rstrip()
        for row in cells
    ]
    lines.insert(1, "  ".join("-" * w for w in widths))
    return "\n".join(lines)


def width(text: str) -> int:
    """Columns that a text takes on a terminal.

    >>> width("长沙 A")
    6
    """
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return " ".join(str(value).split())
