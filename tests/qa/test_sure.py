"""How many things an answer gives, beside how many are asked for."""

from __future__ import annotations

import pytest

from qa_service.answering.answer_types import Answer
from qa_service.readings.belief import found


@pytest.mark.parametrize(
    ("items", "rows", "given"),
    [
        (("80.6%",), (("甲市", "80.6%"), ("乙市", "80.6%")), 2),  # level: one item, and both are told
        (("80.6%", "70%"), (), 2),
        ((), (), 0),
    ],
)
def test_what_is_given(items: tuple[str, ...], rows: tuple[tuple[str, ...], ...], given: int) -> None:
    answer = Answer(id="", question="", status="answered", text="", answers=items, rows=rows)
    assert found(answer) == given
