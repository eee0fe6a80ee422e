"""backup, restore, rebuild and doctor as commands: exit codes, JSON, both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.versions import MANIFEST, Versions
from qa_service.cli import care
from tests.cli.conftest import Run


def test_there_and_back(nqi: Run, own_store: str, tmp_path: Path) -> None:
    file, other = str(tmp_path / "all.nqi"), str(tmp_path / "other")
    made = nqi("backup", file, "--store", own_store, "--json")
    assert made.code == 0
    assert "[100/100]" in made.err
    restored = nqi("restore", file, "--store", other, "--json")
    assert restored.code == 0
    assert json.loads(restored.out)["hash"] == json.loads(made.out)["hash"]
    before, after = (json.loads(nqi("status", "--store", s, "--json").out) for s in (own_store, other))
    assert before["hash"] == after["hash"]
    asked = ("ask", "甲缝制的供应商有哪些", "--brief", "--store")
    assert nqi(*asked, own_store).out == nqi(*asked, other).out


def test_nobody_is_overrun(nqi: Run, own_store: str, tmp_path: Path) -> None:
    file = str(tmp_path / "all.nqi")
    assert nqi("backup", file, "--store", own_store).code == 0
    assert nqi("unload", "chain.csv", "--store", own_store).code == 0
    refused = nqi("restore", file, "--store", own_store)
    assert refused.code == 2
    assert "--yes" in refused.err
    assert nqi("restore", file, "--store", own_store, "--yes").code == 0
    assert "chain.csv" in Versions(Path(own_store)).manifest(Versions(Path(own_store)).current()).documents


def test_what_is_no_backup(nqi: Run, own_store: str, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("no backup", encoding="utf-8")
    done = nqi("restore", str(file), "--store", own_store, "--yes", "--json")
    assert done.code == 1
    assert json.loads(done.out)["error"]["code"] == "store"
    assert nqi("backup", str(tmp_path / "none" / "x.nqi"), "--store", own_store).code == 2
    assert nqi("backup", str(tmp_path / "x.nqi"), "--store", str(tmp_path / "no")).code == 1


def test_a_backup_goes_from_one_engine_to_the_other_and_back(
    nqi: Run, own_store: str, neo4j_url: str, tmp_path: Path
) -> None:
    first, second = str(tmp_path / "first.nqi"), str(tmp_path / "second.nqi")
    assert nqi("reset", "--yes", "--store", neo4j_url).code in (0, 1)  # 1: nothing was ever loaded there
    made = json.loads(nqi("backup", first, "--store", own_store, "--json").out)
    there = nqi("restore", first, "--store", neo4j_url, "--json")
    assert there.code == 0, there.err
    said = json.loads(there.out)
    assert said["hash"] == made["hash"]
    assert "@" not in said["place"]  # no password
    assert nqi("doctor", "--store", neo4j_url).code == 0
    assert nqi("restore", first, "--store", neo4j_url).code == 2  # there is something now
    assert json.loads(nqi("backup", second, "--store", neo4j_url, "--json").out)["hash"] == made["hash"]
    assert nqi("restore", second, "--store", str(tmp_path / "back")).code == 0
    states = [json.loads(nqi("status", "--store", s, "--json").out)
              for s in (own_store, neo4j_url, str(tmp_path / "back"))]
    for key in ("hash", "documents", "nodes", "relationships", "extractor"):
        assert states[0][key] == states[1][key] == states[2][key], key
    asked = ("ask", "甲缝制的供应商有哪些", "--brief", "--store")
    assert nqi(*asked, own_store).out == nqi(*asked, neo4j_url).out


def test_a_server_that_is_not_there_has_no_backup(nqi: Run, tmp_path: Path) -> None:
    done = nqi("backup", str(tmp_path / "x.nqi"), "--store", "neo4j://localhost:1")
    assert done.code == 1
    assert not list(tmp_path.iterdir())


def test_rebuild_says_whether_anything_changed(nqi: Run, own_store: str, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    done = nqi("rebuild", "--store", own_store, "--json", "--report", str(report))
    assert done.code == 0
    said = json.loads(done.out)
    assert said["hash"] == said["hash_before"]
    assert json.loads(report.read_text("utf-8")) == said
    assert "图没有变化" in nqi("rebuild", "--store", own_store).out


def test_doctor(nqi: Run, own_store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    well = nqi("doctor", "--store", own_store)
    assert well.code == 0
    assert "一切正常" in well.out
    (Path(own_store) / "writing").mkdir()
    look = nqi("doctor", "--store", own_store, "--json")
    assert look.code == 3
    assert not json.loads(look.out)["healthy"]
    versions = Versions(Path(own_store))
    path = versions.file(versions.current(), MANIFEST)
    path.write_text(path.read_text("utf-8").replace('"hash": "', '"hash": "0'), "utf-8")
    monkeypatch.setenv("NQI_LANG", "en")
    ill = nqi("doctor", "--store", own_store)
    assert ill.code == 1
    assert "What to do: " in ill.out
    assert "nqi restore FILE" in ill.out


def test_doctor_of_nothing_says_what_to_do(nqi: Run, tmp_path: Path) -> None:
    done = nqi("doctor", "--store", str(tmp_path / "none"))
    assert done.code == 1
    assert "nqi load" in done.out


@pytest.mark.parametrize("command", [c.name for c in care.COMMANDS])
def test_help_has_examples(nqi: Run, command: str) -> None:
    shown = nqi(command, "--help")
    assert shown.code == 0
    assert f"nqi {command}" in shown.out


def test_a_changed_ontology_is_told(nqi: Run, tmp_path: Path) -> None:
    from tests.graph.test_care import OWN, add_lakes

    folder = tmp_path / "lakes"
    folder.mkdir()
    ontology, store = add_lakes(folder), str(tmp_path / "store")
    assert nqi("load", str(folder), "--ontology", str(ontology), "--store", store).code == 0
    assert "lakes.ttl" not in nqi("ask", "台州有哪些湖泊", "--store", store).err
    ontology.write_text(OWN + "# later\n", encoding="utf-8")
    assert "nqi rebuild --ontology lakes.ttl" in nqi("ask", "台州有哪些湖泊", "--store", store).err
    assert nqi("rebuild", "--ontology", str(ontology), "--store", store).code == 0
    assert "lakes.ttl" not in nqi("ask", "台州有哪些湖泊", "--store", store).err


def test_other_documents_are_told_of(nqi: Run, own_store: str, tmp_path: Path) -> None:
    from tests.graph.test_care import add_lakes

    ontology = add_lakes(tmp_path)
    table = str(tmp_path / "lakes.csv")
    done = nqi("load", table, "--ontology", str(ontology), "--store", own_store)
    assert done.code == 0
    assert "nqi rebuild" in done.err
    assert "，台州市的湖泊：" in nqi("ask", "台州有哪些湖泊", "--store", own_store, "--brief").out
