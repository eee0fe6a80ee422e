"""Questions over the small graph: one meaning, many phrasings; each phrasing is its own test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import yaml

from ontology.read import load_ontology
from qa_service.ask import ask
from qa_service.session import Session
from tests.asked import CORPUS, Case, asked, cases
from tests.small_graph import small_store

#: categories over the small graph; others bring documents of their own
CASES = list(cases("relation", "list", "count", "gap", "whether", "place", "metric"))
#: a lost file or a leftover filter is noticed
FLOOR = 90


def refusals() -> Iterator[tuple[str, str]]:
    for entry in yaml.safe_load((CORPUS / "refuse" / "small.yaml").read_text("utf-8")):
        for question in entry["phrasings"]:
            yield question, entry["status"]


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def session(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Session]:
    ontology = load_ontology()
    on_server = request.param == "neo4j"
    url = request.getfixturevalue("neo4j_url") if on_server else tmp_path_factory.mktemp("small")
    opened = Session(small_store(url, ontology), ontology, today=date(2025, 6, 1))
    yield opened
    opened.close()


def test_floor() -> None:
    assert len(CASES) >= FLOOR


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.question)
def test_phrasing(case: Case, session: Session) -> None:
    answer = asked(case, session, documents=False)
    assert answer.logical_form == case.form
    if case.status == "answered":
        assert answer.cypher
        assert answer.nodes or answer.answers == ("否",)


@pytest.mark.parametrize(("question", "status"), list(refusals()))
def test_refusal(question: str, status: str, session: Session) -> None:
    answer = ask(question, session)
    assert (answer.status, answer.answers) == (status, ())
    assert answer.text


def test_answer_is_reproducible(session: Session) -> None:
    first, second = (ask("株洲有哪些产业链", session).to_json() for _ in range(2))
    first.pop("elapsed_ms"), second.pop("elapsed_ms")
    assert first == second


def test_unrecorded_gap_says_so(session: Session) -> None:
    answer = ask("哪些产业链没有国检中心", session)
    assert answer.text.startswith("没有资料明确说明")
    assert "不等于" in answer.text
