from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.ids import relationship_id
from graph.store import GraphStore
from graph.types import Contribution, NodeStatement, RelationshipStatement, Support
from ontology.errors import QueryError
from ontology.model import Ontology
from queries.catalog import catalogue, load
from queries.catalog.page import page
from tests.conformance.material import Material

CASES: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "corpus" / "catalogue.yaml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def store(store: GraphStore) -> GraphStore:  # the small graph and a document of another kind
    store.apply(_more())
    return store


def _more() -> list[Contribution]:
    place, office, water, task = (
        ("Region", "云江"), ("Institution", "灯办"), ("Institution", "水办"), ("Task", "plan.txt/1"))
    plan = Material("plan.txt").observe(place, "点灯", 7.0, unit="盏")
    at = "plan.txt#10-18"
    support = (Support(at),)
    plan.nodes += [
        NodeStatement(at, "Passage", support, {"document": "plan.txt", "text": "云江去年点灯七盏"}),
        NodeStatement(
            "0123456789abcdef", "Observation", support, {"metric": "点灯数", "value": 7.0, "unit": "盏"}),
    ]
    for name, target in (("IN_SECTION", "section:plan.txt/1"), ("FROM_SOURCE", "source:云江年鉴")):
        key = relationship_id(plan.ontology.relations[name], at, target)
        end = target.partition(":")[0].capitalize()
        plan.relationships.append(RelationshipStatement(key, name, at, "Passage", target, end, support))
    plan.node("Document", "plan.txt", "name=点灯方案", properties={"issuer": "云江灯办"}, passage=at)
    plan.node("Section", "plan.txt/1", "name=成效", properties={"title": "成效"}, passage=at)
    plan.node("Source", "云江年鉴", passage=at, properties={"title": "云江年鉴", "grade": "A"})
    plan.node("Source", "无人引用", passage=at, properties={"title": "无人引用", "grade": "B"})
    plan.node("Coverage", "1", passage=at, properties={
        "covers": "HAS_PLATFORM", "region": "region:云江", "author": "某人"})
    plan.node(*place, "name=云江", passage=at).node("Enterprise", "孤立厂", "name=孤立厂")
    plan.node(*office, "name=灯办").node(*water, "name=水办")
    plan.node("Policy", "点灯办法", "name=点灯办法", "number=云灯〔2024〕1号")
    plan.node("Policy", "照明规划", "name=照明规划")
    plan.node(*task, "name=点亮河岸", properties={"number": "1"})
    plan.node("Task", "plan.txt/2", "name=熄灭路灯", properties={"number": "2"})
    plan.relate(("Policy", "点灯办法"), "ISSUED_BY", office)
    plan.relate(("Policy", "点灯办法"), "FOLLOWS", ("Policy", "照明规划"))
    plan.relate(office, "RESPONSIBLE_FOR", task, role="牵头")
    plan.relate(water, "RESPONSIBLE_FOR", task, role="责任")
    for number in ("1", "2"):
        plan.relate(("Task", f"plan.txt/{number}"), "IN_DOCUMENT", ("Document", "plan.txt"))
    table = Material("table.csv").node(*place, "alias=云江市", passage="table.csv#Sheet1!A2:B2")
    return [plan.contribution(), table.contribution()]


def test_every_query_has_a_case() -> None:
    assert set(catalogue()) == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_rows(name: str, store: GraphStore) -> None:
    case = CASES[name]
    statement = catalogue()[name].statement(case["given"])
    rows = store.read(statement)
    at = [rows.columns.index(column) for column in case["columns"]]
    found = [[row[i] for i in at] for row in rows.rows]
    if "UNION" in statement.query:  # engines put the parts of a union in any order
        found.sort()
    assert found == case["rows"]


def test_the_page_is_made_from_the_files() -> None:
    made = (Path(__file__).parents[2] / "docs" / "queries.md").read_text(encoding="utf-8")
    assert made == page(), "python -m queries.catalog.page > docs/queries.md"


@pytest.mark.parametrize("name", CASES)
def test_labels_and_types_are_the_ontologys(name: str, ontology: Ontology) -> None:
    query = catalogue()[name].query
    for node in re.findall(r"\(\w*:([A-Za-z|]+)", query):
        assert set(node.split("|")) <= set(ontology.classes)
    for link in re.findall(r"\[\w*:([A-Z_]+)", query):
        assert link in ontology.relations


@pytest.mark.parametrize(("given", "says"), [
    ({}, "needs chain"), ({"chain": "chain:x", "more": "1"}, "no parameter more"),
])
def test_wrong_parameters(given: dict[str, str], says: str) -> None:
    with pytest.raises(QueryError, match=says):
        catalogue()["chain_members"].statement(given)


@pytest.mark.parametrize(("text", "says"), [
    ("RETURN 1 AS x", "has a title"),
    ("// title: a\n// description: d\nRETURN 1 AS x", "has a title"),
    ("// titel: a | b\nRETURN 1 AS x", "no such line"),
    ("// title: a | b\n// description: d\nRETURN $x AS x", "declares other parameters"),
    ("// title: a | b\n// description: d\n// parameter: x colour = 1 | a | b\nRETURN $x", "a parameter is"),
    ("// title: a | b\n// description: d\n// engines: oracle\nRETURN 1 AS x", "engines are"),
    ("// title: a | b\n// description: d", "has a title"),
])
def test_wrong_heads(text: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "query.cypher"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(QueryError, match=says):
        load(file)


def test_typed_values(tmp_path: Path) -> None:
    file = tmp_path / "query.cypher"
    file.write_text(
        "// title: 甲 | a\n// description: d\n// parameter: i integer = 1 | 甲 | a\n"
        "// parameter: n number = 1.5 | 乙 | b\n// parameter: l strings = a, b | 丙 | c\n"
        "RETURN $i AS i, $n AS n, $l AS l\n", encoding="utf-8")
    query = load(file)
    given = {p.name: p.example for p in query.parameters}
    assert query.statement(given).params == {"i": 1, "n": 1.5, "l": ["a", "b"]}
    with pytest.raises(QueryError, match="is integer"):
        query.statement({**given, "i": "one"})
