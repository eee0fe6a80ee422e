"""An answer beside the gold: right, wrong, or refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from qa_service.answering.answer_types import Answer

Mark = Literal["right", "wrong", "refused"]

_NUMBER = re.compile(
    r"^(?P<bound>[^\d-]*)(?P<value>-?\d+(?:\.\d+)?)(?P<scale>万亿|千万|百万|亿|万)?(?P<unit>.*)$"
)
_SCALES = {"万亿": 1e12, "亿": 1e8, "千万": 1e7, "百万": 1e6, "万": 1e4}
_YES = ("是", "yes")
_NO = ("否", "no")
_NONE = ("无", "none")


@dataclass(frozen=True)
class Gold:
    """What a right answer says: of these one, the others are None. All None: nothing is recorded,
    and the question must not be answered; ``unknown`` where it need not even be understood."""

    names: frozenset[str] | None = None
    count: int | None = None
    truth: bool | None = None
    #: (value in base units, base unit)
    figures: frozenset[tuple[float, str]] | None = None
    #: of things that lack something, the reason to say so (contract §3)
    bases: Mapping[str, str] = field(default_factory=dict)
    #: how many decimals of which unit a calculated figure may be rounded to, in base units
    rounded: float = 0.0
    unknown: bool = False

    @property
    def absent(self) -> bool:
        return self.names is None and self.count is None and self.truth is None and self.figures is None


def mark(gold: Gold, answer: Answer) -> tuple[Mark, str]:
    """The mark, and in a few words why it is not right.

    >>> mark(Gold(count=3), Answer("", "?", "answered", "", ("3",)))
    ('wrong', 'no evidence')
    """
    if gold.absent:
        if answer.status == "answered":
            return "wrong", "nothing is recorded"
        understood = gold.unknown or answer.status == "no_data"
        return ("right", "") if understood else ("refused", "not understood")
    if answer.status == "not_understood":
        return "refused", "not understood"
    if answer.status != "answered":
        return "wrong", "said to be unrecorded"
    wrong = _differs(gold, answer)
    if wrong:
        return "wrong", wrong
    rests = not gold.bases or "denied" in gold.bases.values()
    if rests and not any(e.quote for e in answer.evidence):
        return "wrong", "no evidence"
    return "right", ""


def _differs(gold: Gold, answer: Answer) -> str:
    given = set(answer.answers)
    if gold.count is not None:
        return "" if answer.answers == (str(gold.count),) else "another number"
    if gold.truth is not None:
        wanted = _YES if gold.truth else _NO
        return "" if answer.answers and answer.answers[0].startswith(wanted) else "the other way round"
    if gold.figures is not None:
        return _figures_differ(gold, answer)
    names = gold.names or frozenset()
    if not names:
        return "" if given <= set(_NONE) else "none of them"
    if given != names:
        missing, more = sorted(names - given), sorted(given - names)
        return " ".join(
            filter(None, (f"missing {missing}" if missing else "", f"too many {more}" if more else ""))
        )
    if gold.bases:
        told = {row[0]: basis for row, basis in zip(answer.rows, answer.row_basis, strict=True)}
        if told != gold.bases:
            return f"reasons {told} for {dict(gold.bases)}"
    return ""


def _figures_differ(gold: Gold, answer: Answer) -> str:
    left = set(gold.figures or ())
    for told in answer.answers:
        read = read_figure(told)
        near = next((f for f in left if read and _same(read, f, gold.rounded)), None)
        if near is None:
            return f"{told} is none of {sorted(gold.figures or ())}"
        left.discard(near)
    return f"missing {sorted(left)}" if left else ""


def read_figure(text: str) -> tuple[float, str] | None:
    """An answer's number in base units, and its unit.

    >>> read_figure("1.5亿元"), read_figure("95.2%"), read_figure("是")
    ((150000000.0, '元'), (95.2, '%'), None)
    """
    m = _NUMBER.match(text.replace(",", ""))
    if m is None:
        return None
    unit = m["unit"].removeprefix("个") if m["unit"].startswith("个百分点") else m["unit"]
    return float(m["value"]) * _SCALES.get(m["scale"] or "", 1.0), unit


def _same(told: tuple[float, str], wanted: tuple[float, str], rounded: float) -> bool:
    close = max(rounded, abs(wanted[0]) * 1e-9) + 1e-9
    return told[1] == wanted[1] and abs(told[0] - wanted[0]) <= close
