"""docs/contract.md and the code say the same."""

from __future__ import annotations

import re
from dataclasses import fields

from graph.types import Status
from loaders.facts import Rejection
from loaders.report import DocumentReport, LoadReport
from ontology import structure
from ontology.read import load_ontology
from qa_service.answering.answer_types import (
    Answer,
    Disagreement,
    Evidence,
    GraphEdge,
    GraphNode,
    ShownCypher,
)
from qa_service.statements.cypher import CypherResult
from tests.project.modules import ROOT

CONTRACT = (ROOT / "docs/contract.md").read_text(encoding="utf-8")


def keys(text: str) -> set[str]:
    """The quoted words before a colon or in a bare list of keys."""
    return set(re.findall(r'"(\w+)"(?=\s*[:,}])', text))


def outer_keys(text: str) -> set[str]:
    """Keys of the outermost object of an example."""
    found, depth = set(), 0
    for sign, key in re.findall(r'([{}\[\]])|"(\w+)":', text):
        depth += (sign in ("{", "[")) - (sign in ("}", "]")) if sign else 0
        if key and depth == 1:
            found.add(key)
    return found


def section(number: int) -> str:
    return re.split(rf"^## {number}\. ", CONTRACT, flags=re.MULTILINE)[1].split("\n## ")[0]


def test_ask_response() -> None:
    example = section(4).split("```")[1]
    answer = Answer(
        id="1",
        question="?",
        status="answered",
        text="",
        evidence=(Evidence("d", "s", "q"),),
        conflicts=(Disagreement("a", ("1", "2"), "conflict"),),
        cypher=(ShownCypher("RETURN 1", {}),),
        nodes=(GraphNode("a", "b", "c"),),
        edges=(GraphEdge("a", "b", "c", "d"),),
    ).to_json()
    assert outer_keys(example) == set(answer)
    for part in ("evidence", "conflicts", "cypher"):
        inside = re.search(rf'"{part}": \[\{{(.*?)\}}\]', example, re.DOTALL)
        assert inside is not None
        listed = answer[part]
        assert isinstance(listed, list)
        assert set(re.findall(r'"(\w+)":', inside.group(1))) == set(listed[0]), part
    graph = answer["graph"]
    assert isinstance(graph, dict)
    assert keys(re.search(r'"nodes": \[\{(.*?)\}', example).group(0)) - {"nodes"} == set(graph["nodes"][0])  # type: ignore[union-attr]
    assert keys(re.search(r'"edges": \[\{(.*?)\}', example).group(0)) - {"edges"} == set(graph["edges"][0])  # type: ignore[union-attr]


def test_status() -> None:
    said = re.search(r"`nqi status --json`: `(\{.*?\})`", section(4))
    assert said is not None
    assert keys(said.group(1)) | {"nodes", "relationships"} == {f.name for f in fields(Status)}


def test_cypher_result() -> None:
    said = re.search(r"`POST /api/cypher` `\{.*?\}` → `(\{.*?\})`", section(4))
    assert said is not None
    assert keys(said.group(1)) == set(CypherResult((), (), False, 0.0, "embedded").to_json())


def test_load_report() -> None:
    said = re.search(r"^LoadReport .*?`(\{.*\})`", section(4), re.MULTILINE)
    assert said is not None
    report = LoadReport(
        (DocumentReport("a", "loaded", 1),), (Rejection("a", "1", "no_name", "b"),), 1.0
    ).to_json()
    documents, rejections = report["documents"], report["rejections"]
    assert isinstance(documents, list)
    assert isinstance(rejections, list)
    assert keys(said.group(1)) == set(report) | set(documents[0]) | set(rejections[0])


def test_classes() -> None:
    said = re.search(r"the class's local name: `([\w ]+)`", section(2))
    assert said is not None
    assert set(said.group(1).split()) == set(load_ontology().classes)


def test_relations() -> None:
    """Every relation of the domain stands in §2, with its name in ``nqi extract``."""
    relations = load_ontology().relations
    said = section(2)
    named = set(re.findall(r"`([A-Z_]{4,})`", said))
    domain = {name: r for name, r in relations.items() if not r.structural}
    assert set(domain) <= named
    unknown = {n for n in named if n not in relations and not n.startswith("NQI_")}
    assert not unknown
    for name, relation in domain.items():
        if relation.extract_name not in ("", name.lower()):
            assert f"({relation.extract_name}" in said, name


def test_value_kinds_and_bounds() -> None:
    assert f"`{' '.join(structure.VALUE_KINDS)}`" in section(2)
    said = re.search(r"`bound` \(`([^`]+)`\)", section(2))
    assert said is not None
    assert set(said.group(1).split()) == set(structure.BOUNDS)
