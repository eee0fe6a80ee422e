"""A domain that has nothing to do with industry, by its ontology and its mappings alone.

The store is made and asked by the command line, as a user does it; the gold is counted from the
tables by ``tests/corpus/own_domain/generate.py``, which knows nothing of the product.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from graph.coverage import all_declared
from qa_service.answering.answer_types import Answer
from qa_service.ask import ask, open_session
from qa_service.cli.app import outcome
from qa_service.session import Session

DOMAIN = Path(__file__).parents[1] / "corpus" / "own_domain"
QUESTIONS = [json.loads(line) for line in (DOMAIN / "questions.jsonl").read_text("utf-8").splitlines()]
KINDS = {"list", "relation", "count", "gap", "yes_no", "metric", "hop", "superlative", "unanswerable"}
MORE = [json.loads(line) for line in (DOMAIN / "more.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = str(tmp_path_factory.mktemp("own") / "store")
    ontology = str(DOMAIN / "reserves.ttl")
    assert outcome(["load", str(DOMAIN / "tables"), "--ontology", ontology, "--store", url]) == 0
    return url


@pytest.fixture(scope="module")
def session(store: str) -> Iterator[Session]:
    opened = open_session(store)  # without the ontology: it is kept
    yield opened
    opened.close()


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("own_domain_generate", DOMAIN / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def right(gold: dict[str, object], answer: Answer) -> bool:
    """Whether an answer is exactly the gold."""
    wanted, match = list(gold["answers"]), gold["match"]  # type: ignore[call-overload]
    if match == "none":
        return answer.status in ("no_data", "not_understood")
    if answer.status != "answered":
        return False
    if gold.get("basis") and set(answer.row_basis) != {gold["basis"]}:
        return False
    if match == "value":
        return len(answer.answers) == 1 and answer.answers[0].replace(",", "").startswith(wanted[0])
    return sorted(answer.answers) == sorted(wanted)


@pytest.mark.parametrize("gold", [*QUESTIONS, *MORE], ids=lambda gold: str(gold["id"]))
def test_question(gold: dict[str, object], session: Session) -> None:
    answer = ask(str(gold["question"]), session)
    assert right(gold, answer), (answer.status, answer.answers, answer.row_basis, answer.logical_form)


def test_what_a_complete_list_lacks_rests_on_its_declaration(session: Session) -> None:
    declared = {p for coverage in all_declared(session.store.read) for p in coverage.passages}
    asked = [gold for gold in QUESTIONS if gold.get("basis") == "covered"]
    assert asked
    for gold in asked:
        answer = ask(str(gold["question"]), session)
        assert all(declared & set(passages) for passages in answer.row_passages), gold["id"]


def test_every_answer_has_evidence_in_a_row(session: Session) -> None:
    bare = []
    for gold in QUESTIONS:
        answer = ask(str(gold["question"]), session)
        absent = gold.get("basis") in ("covered", "unrecorded")
        if answer.status == "answered" and not absent and not any(e.cells for e in answer.evidence):
            bare.append(gold["id"])
    assert not bare


def test_forty_questions_of_every_kind() -> None:
    assert len(QUESTIONS) == 40
    assert {q["kind"] for q in QUESTIONS} == KINDS
    assert sum(str(q["question"]).isascii() or "?" in str(q["question"]) for q in QUESTIONS) >= 5


def test_the_tables_and_questions_are_those_of_the_seed(tmp_path: Path) -> None:
    copy = tmp_path / "own_domain"
    shutil.copytree(DOMAIN, copy)
    module = generator()
    module.HERE = copy  # type: ignore[attr-defined]
    module.main()
    for file in sorted(DOMAIN.rglob("*")):
        if file.suffix in (".csv", ".jsonl"):
            assert (copy / file.relative_to(DOMAIN)).read_bytes() == file.read_bytes(), file.name
    assert sum(len(rows) for rows in module.tables().values()) >= 200


def test_no_place_is_of_the_gazetteer() -> None:
    from ontology.gazetteer import gazetteer

    for row in generator().tables()["territories"]:
        assert not gazetteer().find(row["辖地"]), row["辖地"]


def test_loading_again_changes_nothing(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["load", str(DOMAIN / "tables"), "--store", store, "--json"]
    assert outcome(arguments) == 0
    report = json.loads(capsys.readouterr().out)
    assert {document["status"] for document in report["documents"]} == {"unchanged"}


def test_other_words_only_after_a_rebuild(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "store"
    shutil.copytree(store, other)
    ontology = tmp_path / "reserves.ttl"
    text = (DOMAIN / "reserves.ttl").read_text("utf-8")
    ontology.write_text(text.replace('"护林员"@zh', '"守山人"@zh'), "utf-8")
    question = "望鹤管护站有多少名守山人？"
    assert outcome(["ask", question, "--store", str(other), "--brief"]) == 0
    assert "2" not in capsys.readouterr().out
    assert outcome(["rebuild", "--ontology", str(ontology), "--store", str(other), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert not report["rejections"]
    assert report["hash"] != report["hash_before"]
    assert outcome(["ask", question, "--store", str(other), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["answers"] == ["2"]


def test_words_may_be_given_for_one_question(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = tmp_path / "more.ttl"
    more.write_text(
        "@prefix own: <urn:example:reserves/> .\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        'own:Reserve skos:altLabel "山林禁地"@zh .\n',
        "utf-8",
    )
    asked = ["ask", "鹿鸣州有几个山林禁地？", "--store", store, "--json"]
    assert outcome([*asked, "--ontology", str(more)]) == 0
    assert json.loads(capsys.readouterr().out)["answers"] == ["6"]
    assert outcome(asked) == 0
    assert json.loads(capsys.readouterr().out)["status"] != "answered"


@pytest.mark.parametrize(("text", "said"), [
    ("own:X a owl:Class .", "Turtle"),
    (
        "@prefix own: <urn:x:> . @prefix owl: <http://www.w3.org/2002/07/owl#> . own:X a owl:Class .",
        "rdfs:label",
    ),
])
def test_a_wrong_ontology_loads_nothing(
    text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong.ttl"
    wrong.write_text(text, "utf-8")
    url = str(tmp_path / "store")
    assert outcome(["load", str(DOMAIN / "tables"), "--ontology", str(wrong), "--store", url]) == 1
    assert said in capsys.readouterr().err
    assert not Path(url).exists()
