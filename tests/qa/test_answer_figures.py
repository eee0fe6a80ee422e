"""The figures of an answer."""

from __future__ import annotations

import pytest

from qa_service.answering.answer_figures import _distinct


@pytest.mark.parametrize(
    ("told", "once"),
    [
        (["25家", "25个", "30家"], ("25家", "30家")),
        (["25个", "25%", "25个百分点"], ("25个", "25%", "25个百分点")),
        (["", "约25家", "25家"], ("约25家", "25家")),
    ],
)
def test_a_figure_counted_in_other_words_is_the_same(told: list[str], once: tuple[str, ...]) -> None:
    assert _distinct(told) == once
