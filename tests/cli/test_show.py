"""Answers as text for a terminal."""

from __future__ import annotations

from qa_service.answering.answer_types import Answer, Disagreement, Evidence
from qa_service.cli.evaluation import Timing
from qa_service.cli.show import answer_text, table, width


def test_columns_are_as_wide_as_a_terminal_shows_them() -> None:
    lines = table(("地区", "n"), [("长沙市", 1), ("a", 22), (None, "x\ny")]).splitlines()
    assert lines == ["地区    n", "------  ---", "长沙市  1", "a       22", "        x y"]
    assert width("长沙 A") == 6


def answer(**changes: object) -> Answer:
    values: dict[str, object] = {"id": "1", "question": "问", "status": "answered", "text": "答。"}
    return Answer(**(values | changes))  # type: ignore[arg-type]


def test_conflicts_and_divergences_are_told_apart() -> None:
    conflicts = (
        Disagreement("合格率", ("94%", "95%"), "conflict"),
        Disagreement("产值", ("1", "2"), "divergence", ("口径",)),
    )
    text = answer_text(answer(conflicts=conflicts))
    assert "冲突: 合格率: 94% / 95%" in text
    assert "口径不同: 产值: 1 / 2（口径）" in text


def test_basis_stands_beside_each_row() -> None:
    text = answer_text(answer(columns=("链",), rows=(("甲",), ("乙",)), row_basis=("denied", "unrecorded")))
    assert "来源明确说没有" in text
    assert "没有记录" in text


def test_english_for_english_questions() -> None:
    text = answer_text(
        answer(question="which?", status="no_data", evidence=(Evidence("d.txt", "1", "q", 0, 1),))
    )
    assert "Status: no data" in text
    assert "Evidence:" in text


def test_much_evidence_is_cut_and_counted() -> None:
    text = answer_text(answer(evidence=tuple(Evidence("d", "", f"q{i}", i, i + 1) for i in range(9))))
    assert "另有 4 条" in text


def test_quantiles() -> None:
    timing = Timing(tuple(float(n) for n in range(1, 101)), 0)
    assert (timing.quantile(0.5), timing.quantile(0.99), timing.quantile(1.0)) == (50.0, 99.0, 100.0)
    assert Timing((), 0).quantile(0.5) == 0.0
    assert Timing((7.0,), 0).quantile(0.5) == 7.0
