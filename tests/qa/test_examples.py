"""Example questions: made from the graph, and each with an answer there."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa_service.ask import ask
from qa_service.examples import examples
from qa_service.session import open_session
from tests.sample_store import build_store


def test_each_is_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NQI_TODAY", "2025-03-01")
    session = open_session(build_store(tmp_path))
    found = list(examples(session))
    assert any("台州市2023年制造业产品质量合格率" in e.question for e in found)
    assert any("甲缝制" in e.question for e in found)
    assert len({e.question for e in found}) == len(found)
    for example in found:
        assert ask(example.question, session).status == "answered", example.question
        assert example.shows_zh
        assert example.shows_en
