"""What the pages of the graph show, on a small chain that can be checked by eye."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from graph.open import open_store
from loaders.load import load
from ontology.read import load_ontology
from qa_service.api.app import create_app
from tests.api.conftest import local

TABLE = """\
chain,region,lead_firm,member_enterprise,role,supplier,buyer,product,year,source_title,url,source_grade
缝纫机,台州市,甲缝制,甲缝制,链主,,,,2023,一则通告,https://example.org/a,B
缝纫机,台州市,甲缝制,乙铸造,配套,乙铸造,甲缝制,机头,2023,一则通告,https://example.org/a,B
缝纫机,温州市,甲缝制,丁整机,整机,,,,2023,一则通告,https://example.org/a,B
缝纫机,台州市,甲缝制,甲缝制,链主,戊皮带,甲缝制,皮带,2023,另一则,https://example.org/b,C
纽扣,温州市,己纽扣,己纽扣,龙头,,,,2023,一则通告,https://example.org/a,B
"""
TEXT = """\
台州市质量公报

一、总体情况

2023年，台州市制造业产品质量合格率为93.7%。2022年，台州市制造业产品质量合格率为91.5%。

二、平台

台州市尚未建成缝纫机产业链一站式服务平台。
"""
OTHER = "另一份通报\n\n2023年，台州市制造业产品质量合格率为95.1%。\n"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("browsed")
    sources = folder / "sources"
    sources.mkdir()
    (sources / "chain.csv").write_text(TABLE, encoding="utf-8")
    (sources / "公报.txt").write_text(TEXT, encoding="utf-8")
    (sources / "other.txt").write_text(OTHER, encoding="utf-8")
    store = open_store(str(folder / "store"), load_ontology(), writable=True)
    load([Path(sources)], store, load_ontology())
    store.close()
    with local(create_app(str(folder / "store"))) as opened:
        yield opened


def got(client: TestClient, path: str, **params: object) -> Any:
    response = client.get(path, params=params)  # type: ignore[arg-type]
    assert response.status_code == 200, response.text
    return response.json()


def chain_id(client: TestClient, name: str) -> str:
    return str(next(c["id"] for c in got(client, "/api/chains")["chains"] if c["name"] == name))


def test_entities_by_prefix(client: TestClient) -> None:
    found = got(client, "/api/entities", prefix="甲")["entities"]
    assert [(e["class"], e["name"]) for e in found] == [("Enterprise", "甲缝制")]


def test_words_of_the_ontology(client: TestClient) -> None:
    found = got(client, "/api/ontology")
    classes = {c["name"]: c for c in found["classes"]}
    assert classes["Chain"]["label"] == {"zh": "产业链", "en": "industrial chain"}
    assert "credit_code" in classes["Enterprise"]["attributes"]
    relation = next(r for r in found["relations"] if r["name"] == "SUPPLIES")
    assert (relation["subjects"], "Enterprise" in relation["objects"]) == (["Enterprise"], True)
    assert "product" in relation["qualifiers"]
    metric = next(m for m in found["metrics"] if m["name"] == "metric:manufacturing_pass_rate")
    assert metric["label"]["en"] == "manufacturing product pass rate"
    for part in found.values():
        assert all(term["label"]["zh"] for term in part)


def test_entities_by_class_and_page(client: TestClient) -> None:
    everything = got(client, "/api/entities", **{"class": "Enterprise"})
    assert not everything["truncated"]
    first = got(client, "/api/entities", **{"class": "Enterprise", "limit": 2})
    rest = got(client, "/api/entities", **{"class": "Enterprise", "offset": 2})
    assert first["truncated"]
    assert first["entities"] + rest["entities"] == everything["entities"]
    assert got(client, "/api/entities", **{"class": "Nothing"})["entities"] == []


def test_an_entity(client: TestClient) -> None:
    page = got(client, "/api/entities/enterprise:甲缝制")
    relations = {(r["relation"], r["direction"]): r["facts"] for r in page["relations"]}
    suppliers = {f["other"]["name"] for f in relations["SUPPLIES", "in"]}
    assert suppliers == {"乙铸造", "戊皮带"}
    fact = next(f for f in relations["SUPPLIES", "in"] if f["other"]["name"] == "戊皮带")
    assert fact["qualifiers"]["product"] == "皮带"
    assert fact["evidence"][0]["cells"] == "Sheet1!A5:L5"
    assert fact["evidence"][0]["url"] == "https://example.org/b"
    assert "皮带" in fact["evidence"][0]["quote"]


def test_the_figures_of_a_region(client: TestClient) -> None:
    page = got(client, "/api/entities/region:331000")
    shown = {(o["period"], o["shown"]) for o in page["observations"]}
    assert {("2023", "93.7%"), ("2022", "91.5%"), ("2023", "95.1%")} <= shown
    for observation in page["observations"]:
        for evidence in observation["evidence"]:
            document = got(client, f"/api/documents/{evidence['document']}")
            assert document["text"][evidence["start"] : evidence["end"]] == evidence["quote"]


def test_chains(client: TestClient) -> None:
    rows = {c["name"]: c for c in got(client, "/api/chains")["chains"]}
    assert (rows["缝纫机"]["members"], rows["缝纫机"]["lead_firms"]) == (3, 1)
    assert {p["name"] for p in rows["缝纫机"]["places"]} >= {"台州市", "温州市"}
    of_region = got(client, "/api/chains", region="region:331000")["chains"]
    assert "纽扣" not in {c["name"] for c in of_region}
    assert "缝纫机" in {c["name"] for c in of_region}


def test_a_chain(client: TestClient) -> None:
    page = got(client, f"/api/chains/{chain_id(client, '缝纫机')}")
    stages = {s["stage"]: {m["name"] for m in s["members"]} for s in page["stages"]}
    assert stages == {
        "upstream": {"乙铸造"}, "midstream": {"丁整机"}, "downstream": set(), "unstated": {"甲缝制"},
    }  # fmt: skip
    assert [m["name"] for m in page["lead_firms"]] == ["甲缝制"]
    assert {s["name"] for s in page["suppliers"]} == {"乙铸造", "戊皮带"}
    links = {(link["source"]["name"], link["target"]["name"]) for link in page["links"]}
    assert {("乙铸造", "甲缝制"), ("戊皮带", "甲缝制")} <= links
    assert all(link["evidence"] for link in page["links"])
    assert ("stage", "downstream", "unrecorded") in {
        (g["kind"], g["stage"], g["basis"]) for g in page["gaps"]
    }


def test_only_what_has_stages_is_a_chain(client: TestClient) -> None:
    assert client.get("/api/chains/enterprise:甲缝制").status_code == 404
    assert client.get("/api/chains/none").status_code == 404


def test_a_subgraph(client: TestClient) -> None:
    chain = chain_id(client, "缝纫机")
    near = got(client, "/api/subgraph", id=chain, depth=1)
    names = {n["name"] for n in near["nodes"]}
    assert {"缝纫机", "甲缝制", "乙铸造", "丁整机"} <= names
    assert "戊皮带" not in names
    ids = {n["id"] for n in near["nodes"]}
    assert all({e["source"], e["target"]} <= ids for e in near["edges"])
    # relationships among the neighbours are shown too
    assert "SUPPLIES" in {e["type"] for e in near["edges"]}
    far = got(client, "/api/subgraph", id=chain, depth=2)
    assert "戊皮带" in {n["name"] for n in far["nodes"]}
    few = got(client, "/api/subgraph", id=chain, depth=2, limit=2)
    assert (len(few["nodes"]), few["truncated"]) == (2, True)
    only = got(client, "/api/subgraph", id=chain, depth=1, type="LEADS")
    assert {e["type"] for e in only["edges"]} == {"LEADS"}
    assert client.get("/api/subgraph", params={"id": "none"}).status_code == 404


def test_regions(client: TestClient) -> None:
    rows = {r["name"]: r for r in got(client, "/api/regions")["regions"]}
    assert rows["台州市"]["code"] == "331000"
    assert rows["台州市"]["things"]["Enterprise"] >= 2
    assert rows["台州市"]["observations"] >= 3


def test_metrics(client: TestClient) -> None:
    rows = got(client, "/api/metrics", known=True)["metrics"]
    row = next(r for r in rows if r["id"] == "metric:manufacturing_pass_rate")
    assert (row["observations"], row["unit"], row["known"]) == (3, "%", True)
    assert (row["first"][:4], row["last"][:4]) == ("2022", "2023")


def test_conflicts(client: TestClient) -> None:
    found = got(client, "/api/conflicts", kind="conflict")["conflicts"]
    assert [sorted(c["values"]) for c in found] == [["93.7%", "95.1%"]]
    assert found[0]["subject"]["id"] == "region:331000"
    assert {e["document"] for o in found[0]["observations"] for e in o["evidence"]} == {
        "公报.txt",
        "other.txt",
    }


def test_documents(client: TestClient) -> None:
    rows = {d["id"]: d for d in got(client, "/api/documents")["documents"]}
    assert {name: row["kind"] for name, row in rows.items()} == {
        "chain.csv": "rows", "公报.txt": "text", "other.txt": "text",
    }  # fmt: skip
    page = got(client, "/api/documents/公报.txt")
    assert page["text"] == TEXT
    titles = [page["text"][s["start"] : s["end"]] for s in page["sections"]]
    assert any("总体情况" in t for t in titles)
    table = got(client, "/api/documents/chain.csv")
    assert table["rows"][0]["rows"][1][0] == "缝纫机"


@pytest.mark.parametrize(
    "path",
    [
        "/api/entities?limit=0", "/api/entities?limit=100000", "/api/entities?offset=-1", "/api/subgraph",
        "/api/subgraph?id=x&depth=9", "/api/conflicts?kind=other", "/api/metrics?known=perhaps",
        "/api/entities/" + "x" * 1001,
    ],
)  # fmt: skip
def test_parameters_out_of_bounds(path: str, client: TestClient) -> None:
    response = client.get(path)
    assert response.status_code == 422
    assert response.json()["error"]["where"]


@pytest.mark.parametrize(
    "odd", ["%00", "%ff", "%ed%a0%80", "'", "%22", "%0a", "{}", "$x", "`", "a%2Fb", "%F0%9F%98%80"]
)
@pytest.mark.parametrize("path", ["/api/entities/", "/api/chains/", "/api/documents/"])
def test_odd_ids(path: str, odd: str, client: TestClient) -> None:
    assert client.get(path + odd).status_code == 404


@pytest.mark.parametrize("odd", ["%00", "%ff", "%ed%a0%80", "'", "%22", "*", "[", "%0a", "%F0%9F%98%80"])
@pytest.mark.parametrize(
    "path", ["entities?prefix=", "entities?class=", "chains?region=", "regions?parent=", "conflicts?metric="]
)
def test_odd_parameters(path: str, odd: str, client: TestClient) -> None:
    assert client.get(f"/api/{path}{odd}").status_code == 200
