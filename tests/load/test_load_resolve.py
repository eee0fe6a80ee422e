"""Facts → statements: what naming implies, what is one observation, what is capped."""

from __future__ import annotations

from dataclasses import replace

from graph.types import Contribution
from loaders.facts import EntityFact, Fact, ObservationFact, RelationFact, Thing
from loaders.origin import Origin
from loaders.resolve import GAZETTEER, NAMINGS, resolve
from ontology.lexicon.mention import Quantity
from ontology.read import load_ontology
from ontology.structure import OBSERVATION

ORIGIN = Origin("t.csv", "d", "Sheet1!A1:C9", "表", content="[]", content_kind="rows")
FIRM = Thing("Enterprise", "湘江风电")


def made(*facts: Fact) -> Contribution:
    return resolve(facts, ORIGIN, load_ontology())


def observation(row: int, quantity: Quantity) -> ObservationFact:
    return ObservationFact(FIRM, "产值", f"t.csv#Sheet1!A{row}:C{row}", "q", quantity=quantity)


def test_one_observation_from_two_rows_has_two_passages() -> None:
    rows = (
        observation(2, Quantity(1.2, "亿元", base_value=1.2e8, base_unit="元")),
        observation(3, Quantity(12000, "万元", base_value=1.2e8, base_unit="元")),
    )
    (node,) = [n for n in made(*rows).nodes if n.cls == OBSERVATION]
    assert [s.passage for s in node.supports] == ["t.csv#Sheet1!A2:C2", "t.csv#Sheet1!A3:C3"]


def test_ranges_are_compared_in_base_units() -> None:
    same = (
        observation(2, Quantity(None, "亿元", low=1, high=2, base_unit="元")),
        observation(3, Quantity(None, "万元", low=10000, high=20000, base_unit="元")),
    )
    other = observation(4, Quantity(None, "万元", low=1, high=2, base_unit="元"))
    assert len([n for n in made(*same).nodes if n.cls == OBSERVATION]) == 1
    assert len([n for n in made(*same, other).nodes if n.cls == OBSERVATION]) == 2


def test_the_gazetteer_states_what_a_region_is_a_part_of() -> None:
    result = made(EntityFact(Thing("Region", "醴陵"), "t.csv#Sheet1!A2:C2", "q"))
    parts = {(r.source, r.target): r.supports for r in result.relationships if r.type == "PART_OF"}
    assert set(parts) == {("region:430281", "region:430200"), ("region:430200", "region:430000")}
    assert {s.source for supports in parts.values() for s in supports} == {GAZETTEER.id}
    assert {s.passage for supports in parts.values() for s in supports} == {"t.csv#Sheet1!A2:C2"}


def test_a_group_has_those_members_that_the_document_names() -> None:
    result = made(
        *(EntityFact(Thing("Region", name), "t.csv#Sheet1!A2:C2", "q") for name in ("长株潭", "株洲"))
    )
    parts = {(r.source, r.target) for r in result.relationships if r.type == "PART_OF"}
    assert parts == {("region:430200", "region:430000"), ("region:430200", "region:长株潭")}


def test_a_leader_is_a_member_too_and_a_denied_one_is_not() -> None:
    leads = RelationFact(
        FIRM,
        "LEADS",
        Thing("Chain", "风电装备产业链"),
        "t.csv#Sheet1!A2:C2",
        "q",
        qualifiers={"role": "链主"},
    )
    assert {r.type for r in made(leads).relationships} == {"LEADS", "MEMBER_OF"}
    assert {r.type for r in made(replace(leads, polarity="denied")).relationships} == {"LEADS"}


def test_namings_are_capped_and_facts_are_not() -> None:
    facts = [
        RelationFact(FIRM, "PRODUCES", Thing("Product", "塔筒"), f"t.csv#Sheet1!A{n}:C{n}", "q")
        for n in range(2, 62)
    ]
    result = made(*facts)
    (firm,) = [n for n in result.nodes if n.id == "enterprise:湘江风电"]
    (produces,) = result.relationships
    assert len(firm.supports) == NAMINGS
    assert len(produces.supports) == 60


def test_the_same_facts_give_the_same_contribution() -> None:
    facts = [
        observation(2, Quantity(1, "元", base_value=1, base_unit="元")),
        EntityFact(Thing("Region", "株洲"), "t.csv#Sheet1!A3:C3", "q"),
    ]
    assert made(*facts) == made(*facts)


def test_a_town_that_no_gazetteer_has_is_a_part_of_its_place() -> None:
    town = Thing("Region", "石岗镇", place="430281")
    result = made(RelationFact(FIRM, "LOCATED_IN", town, "t.csv#Sheet1!A2:C2", "q"))
    parts = {(r.source, r.target) for r in result.relationships if r.type == "PART_OF"}
    assert ("region:430281/石岗镇", "region:430281") in parts
    assert [r.target for r in result.relationships if r.type == "LOCATED_IN"] == ["region:430281/石岗镇"]
