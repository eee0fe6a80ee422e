"""A second domain of somebody else's, so that the first is not the only one that works."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from qa_service.ask import ask, open_session
from qa_service.cli.app import outcome
from qa_service.session import Session

DOMAIN = Path(__file__).parents[1] / "corpus" / "own_schools"
CASES = yaml.safe_load((DOMAIN / "questions.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    url = str(tmp_path_factory.mktemp("schools") / "store")
    tables = [str(file) for file in sorted(DOMAIN.glob("*.csv"))]
    assert outcome(["load", *tables, "--ontology", str(DOMAIN / "schools.ttl"), "--store", url]) == 0
    opened = open_session(url)
    yield opened
    opened.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["question"]))
def test_question(case: dict[str, list[str]], session: Session) -> None:
    answer = ask(str(case["question"]), session)
    if case["answers"]:
        assert (answer.status, sorted(answer.answers)) == ("answered", sorted(case["answers"]))
    else:
        assert answer.status == "no_data"
