"""Follow-ups: each is its own test, with the answer that it goes on from. What is a question of its
own must be answered as if nothing had gone before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.open import open_store
from loaders.load import load
from ontology.read import load_ontology
from qa_service.answering.answer_types import Answer
from qa_service.ask import ask
from qa_service.followups.before import Before
from qa_service.session import Session
from tests.small_graph import small_store

CORPUS = Path(__file__).parents[1] / "corpus"
#: material of each file of the corpus: the small graph, or documents
MATERIAL = {"small": "", "prose": "asked_prose", "figures": "asked_figures"}
FLOOR = 50


@dataclass(frozen=True)
class Case:
    material: str
    before: str
    after: dict[str, Any]
    alone: bool


def cases() -> list[Case]:
    found = []
    for material in MATERIAL:
        for entry in yaml.safe_load((CORPUS / "followups" / f"{material}.yaml").read_text("utf-8")):
            for key in ("after", "alone"):
                found += [Case(material, entry["before"], row, key == "alone") for row in entry.get(key, ())]
    return found


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Session]]:
    ontology = load_ontology()
    opened = {}
    for material, documents in MATERIAL.items():
        folder = tmp_path_factory.mktemp(material) / "store"
        if documents:
            store = open_store(str(folder), ontology, writable=True)
            load([CORPUS / documents], store, ontology)
        else:
            store = small_store(folder, ontology)
        opened[material] = Session(store, ontology, today=date(2025, 6, 1))
    yield opened
    for session in opened.values():
        session.close()


def kept(answer: Answer) -> Before:
    return Before.kept("0", answer.to_json())


def check(answer: Answer, wanted: dict[str, Any]) -> None:
    assert answer.status == wanted.get("status", "answered")
    assert sorted(answer.answers) == sorted(wanted.get("answers", ()))
    if "form" in wanted:
        assert answer.logical_form == wanted["form"]
    assert [row for row in wanted.get("rows", ()) if tuple(row) not in answer.rows] == []
    if "note" in wanted:
        assert any(wanted["note"] in note for note in answer.notes)


def test_floor() -> None:
    assert len(cases()) >= FLOOR


@pytest.mark.parametrize("case", cases(), ids=lambda c: f"{c.before}→{c.after['ask']}")
def test_follow_up(case: Case, sessions: dict[str, Session]) -> None:
    session = sessions[case.material]
    first = ask(case.before, session)
    answer = ask(case.after["ask"], session, before=kept(first))
    check(answer, case.after)
    told = any("上一" in note or "承接" in note or "before" in note for note in answer.notes)
    if case.alone:
        assert told == ("note" in case.after)
        assert answer.answers == ask(case.after["ask"], session).answers
        return
    assert told, "what was edited is said"
    assert answer.asked
    if "again" in case.after:
        check(ask(case.after["again"]["ask"], session, before=kept(answer)), case.after["again"])


def test_an_answer_that_is_not_kept(sessions: dict[str, Session]) -> None:
    answer = ask("湘潭呢", sessions["small"], before=Before.kept("0", None))
    assert any("没有保存上一个答案" in note for note in answer.notes)


def test_the_id_depends_on_what_went_before(sessions: dict[str, Session]) -> None:
    first = ask("株洲有哪些产业链", sessions["small"])
    alone = ask("株洲有哪些产业链", sessions["small"], before=Before.kept(first.id, first.to_json()))
    assert alone.id != first.id
    assert alone.answers == first.answers
