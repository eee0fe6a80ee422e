"""Claims against the ontology: check.py and shapes.ttl say the same of every case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import RDF, XSD, BNode, Graph, Literal, Namespace, URIRef

import ontology
from ontology.check import (
    Claim,
    EntityClaim,
    ObservationClaim,
    RelationClaim,
    closing_edges,
    fits_datatype,
    violations,
)
from ontology.read import load_ontology

HERE = Path(next(iter(ontology.__path__)))
NQI = Namespace("urn:nqi:")
THINGS = Namespace("urn:nqi:thing/")

#: (claim, codes of what is wrong with it)
CASES: list[tuple[Claim, set[str]]] = [
    (EntityClaim("Enterprise", "甲公司"), set()),
    (EntityClaim("Platform", "乙平台", "one_stop", {"level": "省级"}), set()),
    (EntityClaim("Policy", "某办法", "", {"number": "某政发〔2024〕1号", "dated": "2024-05-06"}), set()),
    (EntityClaim("Factory", "甲厂"), {"unknown_class"}),
    (EntityClaim("one_stop", "乙平台"), {"unknown_class"}),
    (EntityClaim("Enterprise", " "), {"no_name"}),
    (EntityClaim("Enterprise", "长" * 121), {"no_name"}),
    (EntityClaim("Enterprise", "甲公司", "one_stop"), {"unknown_subtype"}),
    (EntityClaim("Platform", "乙平台", "nonsense"), {"unknown_subtype"}),
    (EntityClaim("Enterprise", "甲公司", "", {"number": "1"}), {"bad_attribute"}),
    (
        RelationClaim("SUPPLIES", "Enterprise", "Enterprise", "stated", {"product": "钢材", "year": "2024"}),
        set(),
    ),
    (RelationClaim("SUPPLIES", "Enterprise", "Project"), set()),
    (RelationClaim("HAS_PLATFORM", "Chain", "Platform", "denied"), set()),
    (RelationClaim("PART_OF", "Park", "Region"), set()),
    (RelationClaim("AWARDED", "Product", "Honour", "stated", {"year": "2023"}), set()),
    (RelationClaim("LOCATED_IN", "Platform", "Park"), set()),
    (RelationClaim("SUPPLIES", "Region", "Enterprise"), {"against_ontology"}),
    (RelationClaim("SUPPLIES", "Enterprise", "Region"), {"against_ontology"}),
    (RelationClaim("LOCATED_IN", "Observation", "Region"), {"against_ontology"}),
    (RelationClaim("PART_OF", "Region", "Chain"), {"against_ontology"}),
    (RelationClaim("PART_OF", "Chain", "Region"), {"against_ontology"}),
    (RelationClaim("BEFRIENDS", "Enterprise", "Enterprise"), {"unknown_relation"}),
    (RelationClaim("SERVES", "Platform", "Chain", "perhaps"), {"unknown_polarity"}),
    (RelationClaim("SERVES", "Platform", "Chain", "stated", {"product": "钢材"}), {"bad_qualifier"}),
    (RelationClaim("SUPPLIES", "Enterprise", "Enterprise", "stated", {"year": "去年"}), {"bad_qualifier"}),
    (RelationClaim("PART_OF", "Region", "Region", "stated", {}, "430000", "430000"), {"to_itself"}),
    (ObservationClaim("Region", "产品合格率", "product_pass_rate", value=95.2, unit="%"), set()),
    (
        ObservationClaim(
            "Region", "产品合格率", "product_pass_rate", kind="change", value=-1.2, unit="百分点"
        ),
        set(),
    ),
    (ObservationClaim("Region", "总产值增速", "output_growth", value=230.0, unit="%"), set()),
    (ObservationClaim("Region", "产能利用率", "capacity_use", value=120.0, unit="%"), set()),
    (ObservationClaim("Chain", "新工艺", text="达到国家要求", kind="target"), set()),
    (ObservationClaim("Document", "附件数", value=3.0, unit="个"), set()),
    (
        ObservationClaim(
            "Region",
            "幅度",
            low=3.0,
            high=5.0,
            unit="%",
            bound="~",
            start=date(2024, 1, 1),
            end=date(2024, 12, 31),
        ),
        set(),
    ),
    (ObservationClaim("Region", "位次", kind="rank", value=3.0), set()),
    (ObservationClaim("Passage", "产品合格率", value=1.0), {"against_ontology"}),
    (ObservationClaim("Country", "产品合格率", value=1.0), {"unknown_class"}),
    (ObservationClaim("Region", " ", value=1.0), {"no_name"}),
    (ObservationClaim("Region", "产品合格率"), {"no_value"}),
    (ObservationClaim("Region", "产品合格率", text=" "), {"no_value"}),
    (ObservationClaim("Region", "产品合格率", kind="guess", value=1.0), {"unknown_kind"}),
    (ObservationClaim("Region", "产品合格率", bound="!", value=1.0), {"bad_bound"}),
    (ObservationClaim("Region", "产品合格率", "happiness", value=1.0), {"unknown_metric"}),
    (ObservationClaim("Region", "产品合格率", "product_pass_rate", value=105.0, unit="%"), {"out_of_range"}),
    (ObservationClaim("Region", "产品合格率", "product_pass_rate", value=-1.0, unit="%"), {"out_of_range"}),
    (ObservationClaim("Region", "产品合格率", "product_pass_rate", value=80.0, unit="家"), {"bad_unit"}),
    (ObservationClaim("Region", "占比", kind="share", value=130.0, unit="%"), {"out_of_range"}),
    (ObservationClaim("Region", "产值", kind="change", value=-130.0, unit="%"), {"out_of_range"}),
    (ObservationClaim("Region", "总产值增速", "output_growth", value=-130.0, unit="%"), {"out_of_range"}),
    (ObservationClaim("Region", "幅度", low=5.0, high=3.0, unit="%"), {"out_of_range"}),
    (ObservationClaim("Region", "位次", kind="rank", value=0.0), {"out_of_range"}),
    (ObservationClaim("Region", "位次", kind="rank", value=2.5), {"out_of_range"}),
    (
        ObservationClaim("Region", "产量", value=1.0, start=date(2025, 1, 1), end=date(2024, 1, 1)),
        {"bad_period"},
    ),
    (
        ObservationClaim("Region", "产量", value=1.0, start=date(1024, 1, 1), end=date(2024, 1, 1)),
        {"bad_period"},
    ),
]


@pytest.mark.parametrize(("claim", "codes"), CASES)
def test_violations(claim: Claim, codes: set[str]) -> None:
    found = violations(claim, load_ontology())
    assert {v.code for v in found} == codes
    assert all(v.message for v in found)


def test_shapes_say_the_same() -> None:
    data = Graph()
    roots = {_rdf(data, claim, n): n for n, (claim, _) in enumerate(CASES)}
    words = Graph()
    for name in ("nqi.ttl", "metrics.ttl"):
        words.parse(HERE / name)
    shapes = Graph().parse(HERE / "shapes.ttl")
    _, report, _ = validate(data + words, shacl_graph=shapes, advanced=True, inference="none")
    assert isinstance(report, Graph)
    focus = set(report.objects(None, URIRef("http://www.w3.org/ns/shacl#focusNode")))
    refused = {n for root, n in roots.items() if root in focus}
    disagree = [CASES[n] for n in range(len(CASES)) if (n in refused) != bool(CASES[n][1])]
    assert disagree == []


def _rdf(data: Graph, claim: Claim, n: int) -> URIRef | BNode:
    root = THINGS[f"case{n}"]
    for predicate, value in _properties(data, claim, n):
        data.add((root, predicate, value))
    return root


def _properties(data: Graph, claim: Claim, n: int) -> Iterator[tuple[URIRef, URIRef | Literal]]:
    match claim:
        case EntityClaim():
            yield RDF.type, NQI[claim.cls]
            yield NQI.name, Literal(claim.name)
            if claim.subtype:
                yield NQI.subtype, NQI[claim.subtype]
            for name, text in claim.attributes.items():
                yield NQI[name], Literal(text)
        case RelationClaim():
            ends = [THINGS[claim.subject_key or f"s{n}"], THINGS[claim.object_key or f"o{n}"]]
            for end, cls in zip(ends, (claim.subject, claim.object), strict=True):
                data.add((end, RDF.type, NQI[cls]))
            yield RDF.type, RDF.Statement
            yield RDF.subject, ends[0]
            yield RDF.predicate, NQI[claim.relation]
            yield RDF.object, ends[1]
            yield NQI.polarity, Literal(claim.polarity)
            for name, text in claim.qualifiers.items():
                yield NQI[name], Literal(text, datatype=XSD.gYear) if name == "year" else Literal(text)
        case ObservationClaim():
            yield RDF.type, NQI.Observation
            about = THINGS[f"about{n}"]
            data.add((about, RDF.type, NQI[claim.subject]))
            yield NQI.ABOUT, about
            yield NQI.phrase, Literal(claim.phrase)
            yield NQI.kind, Literal(claim.kind)
            yield NQI.bound, Literal(claim.bound)
            if claim.metric:
                yield NQI.MEASURES, URIRef(f"urn:nqi:metric/{claim.metric}")
            for name in ("value", "low", "high"):
                if (figure := getattr(claim, name)) is not None:
                    yield NQI[name], Literal(figure, datatype=XSD.double)
            for name in ("text", "unit"):
                if text := getattr(claim, name):
                    yield NQI[name], Literal(text)
            for name in ("start", "end"):
                if (day := getattr(claim, name)) is not None:
                    yield NQI[name], Literal(day)


def test_edges_that_close_a_circle() -> None:
    assert closing_edges([]) == ()
    assert closing_edges([("a", "a")]) == (("a", "a"),)
    assert closing_edges([("a", "b"), ("b", "a")]) == (("b", "a"),)
    assert closing_edges([("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]) == ()
    chain = [(str(i), str(i + 1)) for i in range(2000)]
    assert closing_edges([*chain, ("2000", "0"), ("2000", "2001")]) == (("2000", "0"),)


@pytest.mark.parametrize(
    ("value", "datatype", "fits"),
    [
        ("2024", "xsd:gYear", True),
        ("24", "xsd:gYear", False),
        ("2024年", "xsd:gYear", False),
        ("-3", "xsd:integer", True),
        ("3.5", "xsd:integer", False),
        ("3.5", "xsd:decimal", True),
        ("1e3", "xsd:double", True),
        ("2024-02-30", "xsd:date", False),
        ("2024-02-29", "xsd:date", True),
        ("true", "xsd:boolean", True),
        ("yes", "xsd:boolean", False),
        ("任何", "xsd:string", True),
    ],
)
def test_datatypes(value: str, datatype: str, fits: bool) -> None:
    assert fits_datatype(value, datatype) is fits
