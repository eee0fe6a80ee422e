"""Every case of ``tests/corpus/load``: a source, and what of it reaches the graph or does not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml

from graph.types import Contribution, NodeStatement, RelationshipStatement
from loaders.check import CODES
from loaders.extract_files import SourceFile, extract_file, mappings_with, rejection_of, source_files
from loaders.facts import ObservationFact, Rejection
from loaders.resolve import resolve
from ontology import structure
from ontology.errors import SourceError
from ontology.read import load_ontology

CASES = Path(__file__).parents[1] / "corpus" / "load"
_NO_SOURCE = ("expected.yaml", "mapping.yaml")


@dataclass(frozen=True)
class Outcome:
    status: str
    contribution: Contribution
    rejections: tuple[Rejection, ...]
    observations: int

    @property
    def facts(self) -> list[str]:
        return [_line(r) for r in self.contribution.relationships]

    def nodes(self, cls: str) -> list[NodeStatement]:
        return [node for node in self.contribution.nodes if node.cls == cls]


def _expected(case: str) -> dict[str, list[str]]:
    return dict(yaml.safe_load((CASES / case / "expected.yaml").read_text("utf-8")))


def _entries(key: str) -> list[object]:
    return [
        pytest.param(case, entry, id=f"{case}-{entry}")
        for case in sorted(p.name for p in CASES.iterdir())
        for entry in _expected(case).get(key) or ()
    ]


@cache
def _run(case: str) -> Outcome:
    folder = CASES / case
    mapping = folder / "mapping.yaml"
    source = next(path for path in sorted(folder.iterdir()) if path.name not in _NO_SOURCE)
    files, rejections = source_files([source])
    nothing = Contribution(source.name, "", (), ())
    if not files:
        return Outcome("failed", nothing, tuple(rejections), 0)
    try:
        extracted = extract_file(
            SourceFile(source, source.name),
            load_ontology(),
            mappings_with(mapping if mapping.exists() else None),
        )
    except SourceError as error:
        return Outcome("failed", nothing, (rejection_of(source.name, error),), 0)
    made = resolve(extracted.facts, extracted.origin, load_ontology())
    count = sum(isinstance(fact, ObservationFact) for fact in extracted.facts)
    return Outcome("loaded", made, extracted.rejections, count)


def _line(made: RelationshipStatement) -> str:
    qualifiers = [f"{key}={value}" for key, value in made.qualifiers.items()]
    denied = [made.polarity] if made.polarity == structure.DENIED else []
    return " ".join((made.source, made.type, made.target, *qualifiers, *denied))


def _observed(outcome: Outcome) -> list[str]:
    ends: dict[str, dict[str, str]] = {}
    for made in outcome.contribution.relationships:
        ends.setdefault(made.source, {})[made.type] = made.target
    lines = []
    for node in outcome.nodes(structure.OBSERVATION):
        p, end = node.properties, ends[node.id]
        value = p["text"] if "text" in p else f"{p['bound']} {p['base_value']:g} {p.get('base_unit', '')}"
        if "text" not in p and float(str(p["base_value"])) >= 1e6:
            value = f"{p['bound']} {p['base_value']:.0f} {p.get('base_unit', '')}"
        lines.append(
            " ".join(
                str(part)
                for part in (
                    end[structure.ABOUT],
                    end[structure.MEASURES],
                    p.get("period", ""),
                    p["value_kind"],
                    value,
                    p.get("scope", ""),
                )
                if part
            ).strip()
        )
    return lines


@pytest.mark.parametrize("case", sorted(p.name for p in CASES.iterdir()))
def test_outcome_and_no_unexpected_rejection(case: str) -> None:
    outcome, expected = _run(case), _expected(case)
    assert outcome.status == expected.get("status", "loaded")
    wanted = expected.get("rejections") or []
    assert len(outcome.rejections) == len(wanted), outcome.rejections
    assert {r.code for r in outcome.rejections} <= CODES.keys()
    assert all(r.document and r.reason for r in outcome.rejections)
    if "count" in expected:
        assert outcome.observations == expected["count"]


@pytest.mark.parametrize(("case", "line"), _entries("facts"))
def test_fact(case: str, line: str) -> None:
    assert line in _run(case).facts


@pytest.mark.parametrize(("case", "start"), _entries("absent"))
def test_no_such_fact(case: str, start: str) -> None:
    assert not [fact for fact in _run(case).facts if fact.startswith(f"{start} ")]


@pytest.mark.parametrize(("case", "line"), _entries("observations"))
def test_observation(case: str, line: str) -> None:
    assert line in _observed(_run(case))


@pytest.mark.parametrize(("case", "rejection"), _entries("rejections"))
def test_rejection(case: str, rejection: dict[str, str]) -> None:
    assert [
        r
        for r in _run(case).rejections
        if r.code == rejection["code"]
        and r.where == rejection.get("where", r.where)
        and rejection.get("says", "") in r.reason
    ]


@pytest.mark.parametrize(("case", "line"), _entries("coverage"))
def test_coverage(case: str, line: str) -> None:
    found = [
        " ".join(str(node.properties[key]) for key in ("covers", "region", "period", "author"))
        for node in _run(case).nodes(structure.COVERAGE)
    ]
    assert found == [line]


@pytest.mark.parametrize(("case", "line"), _entries("stated"))
def test_stated(case: str, line: str) -> None:
    node, _, said = line.partition(" ")
    supports = {n.id: n.supports for n in _run(case).contribution.nodes}[node]
    assert said in {support.stated_as for support in supports}


@pytest.mark.parametrize(("case", "line"), _entries("supports"))
def test_support(case: str, line: str) -> None:
    node, _, passage = line.partition(" ")
    supports = {n.id: n.supports for n in _run(case).contribution.nodes}[node]
    assert passage in {support.passage for support in supports}


@pytest.mark.parametrize(("case", "line"), _entries("nodes"))
def test_node(case: str, line: str) -> None:
    key, *given = line.split()
    properties = {n.id: n.properties for n in _run(case).contribution.nodes}[key]
    assert {f"{name}={value}" for name, value in properties.items()} >= set(given)


@pytest.mark.parametrize(("case", "relation"), _entries("links"))
def test_link(case: str, relation: str) -> None:
    assert [made for made in _run(case).contribution.relationships if made.type == relation]


def test_every_end_is_a_node() -> None:
    for case in CASES.iterdir():
        made = _run(case.name).contribution
        classes = {node.id: node.cls for node in made.nodes}
        for r in made.relationships:
            assert (classes[r.source], classes[r.target]) == (r.source_class, r.target_class), r
        assert all(node.supports for node in made.nodes)
        assert all(r.supports for r in made.relationships)


def test_number_of_cases() -> None:
    assert len(list(CASES.iterdir())) >= 15
    assert sum(len(_entries(key)) for key in ("facts", "absent", "observations", "rejections")) >= 60
