"""Each row of an answer names its thing and the passages that it rests on, also in long lists."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.open import open_store
from loaders.load import load
from ontology.read import load_ontology
from qa_service.answering.evidence import evidence
from qa_service.ask import ask
from qa_service.questions.question import ROWS
from qa_service.session import Session
from tests.web.material import LARGE, write_material

LIST = "泵阀产业链有哪些企业？"


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    folder = tmp_path_factory.mktemp("rows")
    ontology = load_ontology()
    store = open_store(str(folder / "store"), ontology, writable=True)
    load([write_material(folder / "sources")], store, ontology)
    yield Session(store, ontology)
    store.close()


def test_a_long_list_says_how_many_there_are(session: Session) -> None:
    first = ask(LIST, session)
    assert (len(first.rows), first.total) == (ROWS, LARGE)
    assert f"共{LARGE}个" in first.text
    whole = ask(LIST, session, limit=10_000)
    assert (len(whole.rows), whole.total) == (LARGE, LARGE)
    assert first.id != whole.id
    few = ask(LIST, session, limit=3)
    assert (len(few.rows), len(few.row_passages), few.total) == (3, 3, LARGE)


@pytest.mark.parametrize(
    "question",
    [
        LIST,
        "泵阀产业链有多少家企业？",
        "台州市2023年制造业产品质量合格率是多少？",
        "甲缝制的供应商有哪些？",
        "台州市哪些产业链没有一站式服务平台？",
        "甲缝制和乙铸造2023年一次检验合格率相差多少？",
        "甲缝制",
    ],
)
def test_every_row_opens_its_evidence(session: Session, question: str) -> None:
    answer = ask(question, session, limit=10_000)
    assert answer.rows
    assert len(answer.rows) == len(answer.row_ids) == len(answer.row_passages)
    for row, passages in zip(answer.rows, answer.row_passages, strict=True):
        assert passages, row
        assert evidence(session.store, [(p, "") for p in passages]), row


def test_a_row_rests_on_what_is_said_of_its_own_thing(session: Session) -> None:
    answer = ask(LIST, session, limit=10_000)
    for (name,), ident, passages in zip(answer.rows, answer.row_ids, answer.row_passages, strict=True):
        assert ident == f"enterprise:{name}"
        quoted = evidence(session.store, [(p, "") for p in passages])
        assert all(name in shown.quote for shown in quoted)


def test_parts_of_one_question_keep_their_rows(session: Session) -> None:
    answer = ask("甲缝制2023年一次检验合格率是多少？乙铸造2023年一次检验合格率是多少？", session)
    assert len(answer.rows) == 2
    assert answer.row_ids == ("enterprise:甲缝制", "enterprise:乙铸造")
    assert all(answer.row_passages)
