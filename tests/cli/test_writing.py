"""load, unload, undo, reset, extract, demo."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.sample_store import write_sources

ASKED = ("ask", "台州市2023年制造业产品质量合格率是多少？", "--json", "--store")


def hash_of(nqi: Run, store: str) -> str:
    return str(json.loads(nqi("status", "--json", "--store", store).out)["hash"])


def test_load_reports_what_it_did(nqi: Run, tmp_path: Path) -> None:
    sources, store = write_sources(tmp_path / "s"), str(tmp_path / "store")
    done = nqi("load", str(sources), "--json", "--store", store)
    report = json.loads(done.out)
    assert [d["id"] for d in report["documents"]] == ["chain.csv", "通报/bulletin.txt"]
    assert {d["status"] for d in report["documents"]} == {"loaded"}
    assert report["facts"] == sum(d["facts"] for d in report["documents"]) > 0
    assert done.code == (3 if report["rejections"] else 0)
    again = json.loads(nqi("load", str(sources), "--json", "--store", store).out)
    assert {d["status"] for d in again["documents"]} == {"unchanged"}


def test_what_cannot_be_read_is_reported_and_the_rest_loaded(nqi: Run, tmp_path: Path) -> None:
    sources, store = write_sources(tmp_path / "s"), str(tmp_path / "store")
    (sources / "picture.png").write_bytes(b"\x89PNG\r\n")
    report_file = tmp_path / "report.json"
    done = nqi("load", str(sources), "--report", str(report_file), "--store", store)
    assert done.code == 3
    rejections = json.loads(report_file.read_text(encoding="utf-8"))["rejections"]
    assert ("picture.png", "unknown_type") in [(r["document"], r["code"]) for r in rejections]
    assert "picture.png" in done.err
    assert json.loads(nqi(*ASKED, store).out)["status"] == "answered"


def test_preview_writes_nothing(nqi: Run, tmp_path: Path) -> None:
    sources, store = write_sources(tmp_path / "s"), tmp_path / "store"
    done = nqi("load", str(sources), "--preview", "--json", "--store", str(store))
    assert json.loads(done.out)["facts"] > 0
    assert not store.exists()


def test_as_names_the_document(nqi: Run, tmp_path: Path) -> None:
    sources, store = write_sources(tmp_path / "s"), str(tmp_path / "store")
    done = nqi(
        "load", str(sources / "通报" / "bulletin.txt"), "--as", "2024/a.txt", "--json", "--store", store
    )
    assert [d["id"] for d in json.loads(done.out)["documents"]] == ["2024/a.txt"]


def test_unload_and_load_again(nqi: Run, own_store: str) -> None:
    before = hash_of(nqi, own_store)
    assert nqi("unload", "通报/bulletin.txt", "--store", own_store).code == 0
    assert json.loads(nqi(*ASKED, own_store).out)["answers"] == []
    nqi("load", str(Path(own_store).parent / "sources"), "--store", own_store)
    assert hash_of(nqi, own_store) == before


def test_unload_what_is_not_there(nqi: Run, own_store: str) -> None:
    done = nqi("unload", "bulletin.txt", "--store", own_store)
    assert done.code == 1
    assert "通报/bulletin.txt" in done.err, "it names the one that was meant"


def test_undo(nqi: Run, own_store: str) -> None:
    before = hash_of(nqi, own_store)
    nqi("unload", "chain.csv", "--store", own_store)
    assert hash_of(nqi, own_store) != before
    assert nqi("undo", "--store", own_store).code == 0
    assert hash_of(nqi, own_store) == before


def test_reset(nqi: Run, own_store: str) -> None:
    done = nqi("reset", "--store", own_store)
    assert done.code == 2, "without a terminal it does not ask, and does nothing"
    assert "--yes" in done.err
    assert nqi("reset", "--yes", "--store", own_store).code == 0
    assert json.loads(nqi("status", "--json", "--store", own_store).out)["documents"] == 0


def test_a_neo4j_address_is_refused_in_words(nqi: Run, tmp_path: Path) -> None:
    done = nqi("load", str(write_sources(tmp_path / "s")), "--store", "neo4j://localhost")
    assert done.code == 1
    assert "neo4j" in done.err
    assert "Traceback" not in done.err


def test_extract_writes_facts_with_exact_quotes(nqi: Run, tmp_path: Path) -> None:
    sources, out = write_sources(tmp_path / "s"), tmp_path / "facts.jsonl"
    done = nqi("extract", str(sources / "通报"), "--out", str(out))
    assert done.code == 0, done.err
    text = (sources / "通报" / "bulletin.txt").read_text(encoding="utf-8")
    facts = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert facts
    assert all(fact["quote"] in text for fact in facts)
    seen = [f for f in facts if f["type"] == "observation"]
    assert [(f["subject_type"], f["year"], f["value"], f["unit"], f["kind"]) for f in seen] == [
        ("region", 2023, 93.7, "%", "actual")
    ]


def test_extract_uses_the_names_for_other_programs(nqi: Run, tmp_path: Path) -> None:
    sources, out = write_sources(tmp_path / "s"), tmp_path / "facts.jsonl"
    nqi("extract", str(sources / "chain.csv"), "--out", str(out))
    facts = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    relations = {(f["subject"], f["predicate"], f["object"]) for f in facts if f["type"] == "relation"}
    assert ("乙铸造", "supplies", "甲缝制") in relations
    assert ("甲缝制", "leads_chain", "缝纫机") in relations


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("load",),
        ("load", "no-such-file"),
        ("ask",),
        ("ask", "x", "--nope"),
        ("ask", "x", "--limit", "0"),
        ("query",),
        ("serve", "--port", "0"),
        ("no-such-command",),
    ],
)
def test_wrong_use(nqi: Run, arguments: tuple[str, ...]) -> None:
    done = nqi(*arguments)
    assert done.code == 2
    assert done.out == ""


def test_demo_answers_its_four_questions(nqi: Run, tmp_path: Path) -> None:
    """The bundled material gives the statuses that samples.yaml promises, with evidence."""
    store = str(tmp_path / "demo")
    done = nqi("demo", "--json", "--store", store)
    assert done.code == 0, done.err
    metric, gap, supply, refused = (json.loads(line) for line in done.out.splitlines())
    assert metric["conflicts"], "the sample shows two sources that disagree"
    assert len(metric["answers"]) == 2
    assert set(filter(None, gap["row_basis"])) <= {"denied", "covered", "unrecorded"}
    assert gap["answers"]
    assert gap["row_basis"]
    assert supply["answers"]
    assert all(a["evidence"] and a["cypher"] for a in (metric, supply))
    assert refused["answers"] == []
    again = nqi("demo", "--json", "--store", store)
    assert "[" not in again.err, "what is there already is not built again"


def test_a_model_is_not_kept_where_there_is_no_store(nqi: Run, tmp_path: Path) -> None:
    done = nqi("train", "--store", str(tmp_path / "none"))
    assert done.code == 1
    assert not (tmp_path / "none").exists()
