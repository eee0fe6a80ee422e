"""ask, explain, query, eval, status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

QUESTION = "台州市2023年制造业产品质量合格率是多少？"


def test_ask_prints_the_answer_with_its_evidence(nqi: Run, store: str) -> None:
    done = nqi("ask", QUESTION, "--store", store)
    assert done.code == 0
    assert "93.7%" in done.out
    assert "通报/bulletin.txt" in done.out
    assert "MATCH" in done.out


def test_ask_json_is_one_object_on_stdout(nqi: Run, store: str) -> None:
    done = nqi("ask", QUESTION, "--store", store, "--json")
    answer = json.loads(done.out)
    assert answer["status"] == "answered"
    assert answer["answers"] == ["93.7%"]
    evidence = answer["evidence"][0]
    text = (Path(store).parent / "sources" / evidence["document"]).read_text(encoding="utf-8")
    assert text[evidence["start"] : evidence["end"]] == evidence["quote"]


def test_ask_goes_on_from_an_answer(nqi: Run, store: str) -> None:
    first = json.loads(nqi("ask", QUESTION, "--store", store, "--json").out)
    done = nqi("ask", "哪份文件说的？", "--previous", first["id"], "--store", store)
    assert "通报/bulletin.txt" in done.out
    assert "承接上一问" in done.out


def test_ask_brief_is_one_line(nqi: Run, store: str) -> None:
    done = nqi("ask", QUESTION, "--store", store, "--brief")
    assert len(done.out.strip().splitlines()) == 1


def test_ask_reads_stdin(nqi: Run, store: str) -> None:
    assert "93.7%" in nqi("ask", "-", "--store", store, "--brief", stdin=QUESTION).out


def test_no_data_is_no_failure(nqi: Run, store: str) -> None:
    done = nqi("ask", "乙铸造的供应商有哪些？", "--store", store, "--json")
    assert done.code == 0
    answer = json.loads(done.out)
    assert answer["status"] == "no_data"
    assert answer["answers"] == []


def test_the_store_comes_from_the_environment(nqi: Run, store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NQI_STORE", store)
    assert nqi("ask", QUESTION, "--brief").code == 0
    assert nqi("ask", QUESTION, "--brief", "--store", store + "-none").code == 1, "the option wins"


def test_the_store_is_the_folder_beside_otherwise(
    nqi: Run, store: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("NQI_STORE", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nqi-store").symlink_to(store, target_is_directory=True)
    assert nqi("ask", QUESTION, "--brief").code == 0


def test_without_a_store_it_says_what_to_do(nqi: Run, tmp_path: Path) -> None:
    done = nqi("ask", QUESTION, "--store", str(tmp_path / "none"))
    assert done.code == 1
    assert "nqi load" in done.err
    assert "Traceback" not in done.err
    assert done.out == ""
    assert not (tmp_path / "none").exists()


def test_errors_are_objects_with_json(nqi: Run, tmp_path: Path) -> None:
    done = nqi("status", "--json", "--store", str(tmp_path / "none"))
    assert done.code == 1
    assert set(json.loads(done.out)["error"]) == {"code", "message", "hint", "where"}


@pytest.mark.parametrize(
    "question",
    ["", "   ", "？！", "长" * 10_000_000, "长沙\x00市", "\x1b[2J", "\ud800"],
    ids=["empty", "blank", "signs", "10 MB", "null", "escape", "half a character"],
)
def test_what_is_no_question_is_refused_in_words(nqi: Run, store: str, question: str) -> None:
    done = nqi("ask", question, "--store", store)
    assert done.code == 1
    assert "怎么办" in done.err
    assert "Traceback" not in done.err
    assert len(done.err) < 500


@pytest.mark.parametrize(("language", "word"), [("en", "Error"), ("zh", "错误")])
def test_language_of_messages(
    nqi: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: str, word: str
) -> None:
    monkeypatch.setenv("NQI_LANG", language)
    assert word in nqi("status", "--store", str(tmp_path / "none")).err


def test_explain_shows_the_form(nqi: Run, store: str) -> None:
    done = nqi("explain", QUESTION, "--store", store)
    assert done.code == 0
    assert "Observations" in done.out or "observations" in done.out


def test_query(nqi: Run, store: str) -> None:
    cypher, params = "MATCH (n {id: $id}) RETURN n.name AS name", '{"id": "enterprise:甲缝制"}'
    done = nqi("query", "--cypher", cypher, "--params", params, "--store", store, "--json")
    assert done.code == 0, done.err
    answer = json.loads(done.out)
    assert (answer["columns"], answer["rows"], answer["truncated"]) == (["name"], [["甲缝制"]], False)


def test_query_has_a_limit_and_says_so(nqi: Run, store: str) -> None:
    cypher = "MATCH (n) RETURN n.id AS id ORDER BY id"
    done = nqi("query", "--cypher", cypher, "--limit", "2", "--store", store)
    assert len(done.out.strip().splitlines()) == 4, "a head, a line, two rows"
    assert "--limit" in done.err


def test_query_refuses_to_write(nqi: Run, store: str) -> None:
    done = nqi("query", "--cypher", "MATCH (n) SET n.name = 'x' RETURN n.id", "--store", store, "--json")
    assert done.code == 1
    error = json.loads(done.out)["error"]
    assert error["where"] == "1:11"
    assert "SET" in error["message"]


def test_query_with_a_mistake_in_it(nqi: Run, store: str) -> None:
    done = nqi("query", "--cypher", "MATCH (n RETURN n", "--store", store)
    assert done.code == 1
    assert "Traceback" not in done.err


@pytest.mark.parametrize("params", ["[1]", "{", "x"])
def test_query_params_have_to_be_an_object(nqi: Run, store: str, params: str) -> None:
    assert nqi("query", "--cypher", "RETURN 1 AS n", "--params", params, "--store", store).code == 2


def test_status(nqi: Run, store: str) -> None:
    state = json.loads(nqi("status", "--store", store, "--json").out)
    assert state["documents"] == 2
    assert state["nodes"]["Enterprise"] == 2
    assert len(state["hash"]) == 64
    assert state["hash"] in nqi("status", "--store", store).out


def test_eval(nqi: Run, store: str, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    asked = [("q1", QUESTION), ("q2", "\x00"), ("q3", "乙铸造的供应商有哪些？")]
    lines = [json.dumps({"id": name, "question": question}) for name, question in asked]
    gold.write_text("\n\n".join(lines), encoding="utf-8")
    out = tmp_path / "answers.jsonl"
    done = nqi("eval", str(gold), "--out", str(out), "--store", store, "--json")
    assert done.code == 3, "one of them could not be worked on"
    figures = json.loads(done.out)
    assert (figures["questions"], figures["failed"]) == (3, 1)
    assert 0 < figures["p50_ms"] <= figures["p99_ms"] <= figures["max_ms"]
    answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(a["id"], a["status"]) for a in answers] == [
        ("q1", "answered"),
        ("q2", "not_understood"),
        ("q3", "no_data"),
    ]


def test_eval_names_the_line_that_is_no_question(nqi: Run, store: str, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"id": "a", "question": "b"}\n{"id": "a"}\n', encoding="utf-8")
    done = nqi("eval", str(gold), "--out", str(tmp_path / "o"), "--store", store)
    assert done.code == 1
    assert "gold.jsonl:2" in done.err
