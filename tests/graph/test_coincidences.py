"""One unusual number for different things."""

from __future__ import annotations

import pytest

from graph.coincidences import coincidences_among, significant
from tests.graph.test_near_metrics import row


@pytest.mark.parametrize(
    ("a", "b", "suspicious"),
    [
        (row("处置不合格竹器", 1796, "批次"), row("查处漆器案件", 1796, "起"), True),
        (row("竹器占工业比重", 32.3), row("漆器占园区比重", 32.3), True),
        (row("竹器占工业比重", 32.3), row("竹器占工业比重", 32.3, subject="region:990100"), True),
        (row("竹器合格率", 32.3), row("竹器平均合格率", 32.3), False),  # told again
        (row("竹器合格率", 32.3, passages=("d#1-2",)), row("漆器合格率", 32.3, passages=("d#1-2",)), False),
        (row("竹器合格率", 95), row("漆器合格率", 95), False),  # nothing unusual
        (row("竹器产量", 32.3, "万吨"), row("漆器合格率", 32.3), False),
        (row("竹器企业", 3000, "家"), row("漆器案件", 3000, "起"), False),
    ],
)
def test_what_is_suspicious(a: object, b: object, suspicious: bool) -> None:
    assert bool(coincidences_among([a, b])) is suspicious  # type: ignore[list-item]


def test_what_many_share_is_usual() -> None:
    assert coincidences_among(row(f"{c}合格率", 99.5) for c in "甲乙丙丁戊己庚辛") == ()


def test_the_most_unusual_first() -> None:
    rows = [
        row("竹器占比", 32.3),
        row("漆器占比", 32.3),
        row("竹器批数", 1796, "批次"),
        row("漆器案件", 1796, "起"),
    ]
    assert [c.value for c in coincidences_among(rows)] == [1796, 32.3]
    assert [significant(v) for v in (1796.0, 32.3, 300.0, None)] == [4, 3, 1, 0]
