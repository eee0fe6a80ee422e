"""How a question says that a figure lies above, below or at a number: 超过95%, 没到95%, at least 95 %."""

from __future__ import annotations

from ontology.lexicon.mention import Mention, Quantity
from qa_service.questions.calculation_words import words
from qa_service.questions.parts import bits
from queries.logical_form import Op

_SAID: tuple[tuple[str, Op], ...] = (("at_least", ">="), ("over", ">"), ("under", "<"), ("exactly", "="))
_BOUNDS: dict[str, Op] = {">": ">", ">=": ">=", "<": "<", "<=": "<="}
_DENIED: dict[Op, Op] = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}


def bound_said(text: str, m: Mention) -> tuple[Op | None, int]:
    """How a figure is to compare with the quantity ``m`` of a clean question, None where nothing says
    that, and the characters that say it with the quantity's own.

    >>> from ontology.lexicon.dimensions import mentions; from datetime import date
    >>> text = "合格率没到95%的是哪个市"
    >>> bound_said(text, mentions(text, today=date(2024, 1, 1))[0])[0]
    '<'
    """
    assert isinstance(m.value, Quantity)
    op: Op | None = _BOUNDS.get(m.value.bound)
    start = len(text[: m.start].rstrip())
    for rule, said in _SAID:
        # 站上, 突破 may be part of the quantity
        inside = next((w for w in words()[rule] if m.text.startswith(w)), "")
        word = next((w for w in words()[rule] if text.endswith(w, 0, start)), "")
        if inside or word:
            op, start = op or said, start - len(word)
            break
    denial = next((w for w in words()["not_so"] if text.endswith(w, 0, start)), "")
    at = start - len(denial)
    # 超没超过 and 有没有到 deny nothing
    if denial and op in _DENIED and not (at and text[at - 1] in ("有", text[start])):
        op, start = _DENIED[op], at
    return op, bits(start, m.end)
