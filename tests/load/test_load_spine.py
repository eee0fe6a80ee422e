"""Loading into a real store: order, repetition, replacement, taking back, partial failure."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from graph.open import open_store
from graph.stores.embedded import EmbeddedStore
from graph.types import CypherStatement
from loaders.load import documents_in, load, unload
from ontology.errors import SourceError
from ontology.read import load_ontology

CASES = Path(__file__).parents[1] / "corpus" / "load"
FIRMS = "企业,所在地,产业链,产业链所在地,角色,产品,来源,网址,等级,发布年份\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddedStore]:
    opened = open_store(str(tmp_path / "store"), load_ontology(), writable=True)
    yield opened
    opened.close()


@pytest.fixture
def material(tmp_path: Path) -> Path:
    folder = tmp_path / "material"
    folder.mkdir()
    shutil.copy(CASES / "chain_facts" / "facts.csv", folder / "facts.csv")
    shutil.copy(CASES / "bulletin" / "bulletin.md", folder / "bulletin.md")
    (folder / "firms.csv").write_text(
        FIRMS + "湘江风电,湘潭市,风电装备产业链,湘潭市,龙头,塔筒,某报,,B,2024\n", "utf-8"
    )
    return folder


def names(store: EmbeddedStore, query: str) -> list[object]:
    return [row[0] for row in store.read(CypherStatement(query)).rows]


def test_second_time_nothing_changes(store: EmbeddedStore, material: Path) -> None:
    first = load([material], store, load_ontology())
    before, version = store.content_hash(), store.version
    second = load([material], store, load_ontology())
    assert {d.status for d in first.documents} == {"loaded"}
    assert {d.status for d in second.documents} == {"unchanged"}
    assert (store.content_hash(), store.version) == (before, version)
    assert first.exit_code == second.exit_code == 0


def test_any_order_gives_the_same_graph(tmp_path: Path, material: Path) -> None:
    hashes = set()
    files = sorted(material.iterdir())
    for number, order in enumerate((files, files[::-1], [*files[1:], files[0]])):
        opened = open_store(str(tmp_path / f"store{number}"), load_ontology(), writable=True)
        for path in order:
            load([path], opened, load_ontology())
        hashes.add(opened.content_hash())
        opened.close()
    assert len(hashes) == 1


def test_unload_and_load_again(store: EmbeddedStore, material: Path) -> None:
    load([material], store, load_ontology())
    before = store.content_hash()
    unload("facts.csv", store)
    assert "facts.csv" not in documents_in(store)
    assert names(store, "MATCH (n:Enterprise) WHERE n.name = '云溪轴承' RETURN n.id") == []
    assert names(store, "MATCH (n:Enterprise) WHERE n.name = '湘江风电' RETURN n.id") == [
        "enterprise:湘江风电"
    ]
    load([material], store, load_ontology())
    assert store.content_hash() == before


def test_unload_of_an_unknown_document_names_the_near_ones(store: EmbeddedStore, material: Path) -> None:
    load([material], store, load_ontology())
    with pytest.raises(SourceError) as error:
        unload("fact.csv", store)
    assert "facts.csv" in error.value.hint


def test_other_bytes_replace_what_was_there(store: EmbeddedStore, material: Path) -> None:
    load([material], store, load_ontology())
    (material / "firms.csv").write_text(
        FIRMS + "云溪轴承,湘潭市,风电装备产业链,湘潭市,配套,轴承,某报,,B,2024\n", "utf-8"
    )
    report = load([material], store, load_ontology())
    assert {d.id: d.status for d in report.documents}["firms.csv"] == "replaced"
    leads = "MATCH (:Enterprise)-[r:LEADS]->(c:Chain) WHERE c.id STARTS WITH 'chain:430300' RETURN r.id"
    assert names(store, leads) == []


def test_two_files_of_one_id_name_each_other(store: EmbeddedStore, material: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "firms.csv").write_text(FIRMS + "甲厂,湘潭市,,,,,某报,,B,2024\n", "utf-8")
    report = load([material, other], store, load_ontology())
    (rejection,) = report.rejections
    assert rejection.code == "duplicate_id"
    assert str(material / "firms.csv") in rejection.reason
    assert str(other / "firms.csv") in rejection.reason
    assert "--as" in rejection.reason
    assert set(documents_in(store)) == {"bulletin.md", "facts.csv"}
    assert report.exit_code == 3


def test_two_files_of_one_id_and_the_same_bytes_are_one(
    store: EmbeddedStore, material: Path, tmp_path: Path
) -> None:
    shutil.copytree(material, tmp_path / "copy")
    report = load([material, tmp_path / "copy"], store, load_ontology())
    assert len(report.documents) == 3
    assert report.rejections == ()


def test_as_prefixes_a_folder_and_names_a_file(store: EmbeddedStore, material: Path) -> None:
    load([material], store, load_ontology(), as_name="may")
    load([material / "firms.csv"], store, load_ontology(), as_name="june.csv")
    assert set(documents_in(store)) == {"may/bulletin.md", "may/facts.csv", "may/firms.csv", "june.csv"}


def test_ids_are_relative_and_hidden_files_and_readmes_stay_out(store: EmbeddedStore, material: Path) -> None:
    (material / "deep").mkdir()
    (material / "firms.csv").rename(material / "deep" / "firms.csv")
    (material / ".hidden.csv").write_text("x\n1\n", "utf-8")
    (material / "README.md").write_text("# About\n", "utf-8")
    load([material], store, load_ontology())
    assert set(documents_in(store)) == {"bulletin.md", "deep/firms.csv", "facts.csv"}


def test_what_is_bad_is_reported_and_the_rest_is_loaded(store: EmbeddedStore, material: Path) -> None:
    for case in ("wrong_headers", "empty", "broken_encoding", "unknown_type"):
        source = next(p for p in (CASES / case).iterdir() if p.name != "expected.yaml")
        shutil.copy(source, material / source.name)
    report = load([material, material / "nowhere.csv"], store, load_ontology())
    failed = {d.id for d in report.documents if d.status == "failed"}
    assert failed == {"prices.csv", "nothing.csv", "broken.csv", "picture.png", "nowhere.csv"}
    assert {r.document for r in report.rejections} == failed
    assert set(documents_in(store)) == {"bulletin.md", "facts.csv", "firms.csv"}
    assert report.exit_code == 3


def test_all_bad_is_exit_one(store: EmbeddedStore, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("", "utf-8")
    assert load([tmp_path / "a.csv"], store, load_ontology()).exit_code == 1


def test_preview_writes_nothing(store: EmbeddedStore, material: Path) -> None:
    before = store.content_hash()
    report = load([material], store, load_ontology(), preview=True)
    assert report.facts > 0
    assert store.content_hash() == before
    assert documents_in(store) == {}


def test_progress_counts_up_to_all(store: EmbeddedStore, material: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    load([material], store, load_ontology(), progress=lambda *step: seen.append(step))
    assert [done for done, _, _ in seen] == sorted(done for done, _, _ in seen)
    assert seen[-1][:2] == (3, 3)


def test_report_is_of_the_agreed_shape(store: EmbeddedStore, material: Path) -> None:
    (material / "prices.csv").write_text("商品,单价\n苹果,3\n", "utf-8")
    shown = load([material], store, load_ontology()).to_json()
    assert list(shown) == ["documents", "facts", "rejections", "seconds"]
    assert [set(d) for d in shown["documents"]] == [{"id", "status", "facts"}] * 4  # type: ignore[attr-defined]
    assert [set(r) for r in shown["rejections"]] == [{"document", "where", "code", "reason"}]  # type: ignore[attr-defined]


def test_a_workbook_is_read_sheet_by_sheet(store: EmbeddedStore, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "企业"
    first.append(["企业", "所在地", "产业链", "角色", "产品", "来源", "发布年份"])
    first.append(["湘江风电", "湘潭市", "风电装备产业链", "龙头", "塔筒", "某报", 2024])
    other = book.create_sheet("单价")
    other.append(["商品", "单价"])
    other.append(["苹果", 3.5])
    path = tmp_path / "book.xlsx"
    book.save(path)
    report = load([path], store, load_ontology())
    assert [r.code for r in report.rejections] == ["no_mapping"]
    (passages,) = names(store, "MATCH (:Enterprise)-[r:LEADS]->(:Chain) RETURN r.passages")
    assert passages == ["book.xlsx#企业!A2:G2"]
    assert names(store, "MATCH (:Enterprise)-[r:LEADS]->(:Chain) RETURN r.year") == ["2024"]


def test_no_absolute_path_in_the_store(store: EmbeddedStore, material: Path) -> None:
    load([material], store, load_ontology())
    for passages in names(store, "MATCH (n) RETURN n.passages"):
        assert isinstance(passages, list)
        assert not [p for p in passages if str(material) in str(p)]
