from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.store import GraphStore
from ontology.errors import QueryError
from ontology.model import Ontology
from queries.catalog import catalogue, load

#: parameters over the small graph, and the first column or two of what comes back
CASES: dict[str, tuple[dict[str, str], list[str], list[list[object]]]] = {
    "chains_without_platform": (
        {"region": "region:430200", "subtype": "one_stop"}, ["name", "denied"],
        [["硬质材料", False], ["釉下瓷", True]]),
    "chain_members": (
        {"chain": "chain:430200/轨道装备"}, ["name", "role", "place"],
        [["南车二厂", "整机", "天元区"], ["南车一厂", "链主", "南岸园区"], ["齿轮社", "零部件", "岳塘区"]]),
    "supply_of_firm": (
        {"firm": "enterprise:齿轮社"}, ["direction", "name", "product"],
        [["in", "钨材社", "刀具"], ["out", "南车一厂", "齿轮箱"], ["out", "南车二厂", "齿轮箱"]]),
    "metric_over_time": (
        {"subject": "region:430300", "metric": "metric:pass_rate"}, ["period", "value"],
        [["2023", 92.4], ["2023", 99.0], ["2024-H1", 93.3]]),
    "differing_figures": (
        {"metric": "metric:pass_rate"}, ["name", "period"], [["湘潭市", "2023"]]),
    "firms_by_region": (
        {"within": "region:430000", "level": "prefecture"}, ["name", "n"], [["株洲市", 4], ["湘潭市", 3]]),
}


def test_every_query_has_a_case() -> None:
    assert set(catalogue()) == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_rows(name: str, store: GraphStore) -> None:
    given, columns, expected = CASES[name]
    rows = store.read(catalogue()[name].statement(given))
    at = [rows.columns.index(column) for column in columns]
    found = [[row[i] for i in at] for row in rows.rows]
    key = str
    assert sorted(found, key=key) == sorted(expected, key=key)


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
