"""Warnings of what means something else on Neo4j: each statement of the corpus is a test of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from qa_service.statements.differences import differences

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "corpus/cypher/differences.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=[c["statement"] for c in CASES])
def test_warnings(case: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NQI_LANG", "en")
    found = differences(str(case["statement"]))
    wanted = case["warns"]
    assert isinstance(wanted, list)
    assert len(found) == len(wanted), found
    for words, warning in zip(wanted, found, strict=True):
        assert str(words) in warning
