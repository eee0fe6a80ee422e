"""Ids, the graph hash, merging and the entity index."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest

from graph.entity_index import EntityIndex, Named, build
from graph.hashing import GraphHash, line
from graph.ids import entity_key, node_id, observation_id, relationship_id, scope_text, source_id
from graph.merge import Item, stored_item
from graph.schema import schema_of
from graph.types import NodeStatement, Support
from ontology.read import load_ontology

ONTOLOGY = load_ontology()


def test_ids_are_readable() -> None:
    assert node_id("Chain", entity_key("云梯 制造", "990100")) == "chain:990100/云梯制造"
    assert source_id("云江年鉴", " https://example.org/a ") == "source:https://example.org/a"
    assert source_id("云江年鉴") == source_id("《云江年鉴》") != source_id("云江年鉴", published="2024")


def test_two_spellings_are_one_key() -> None:
    assert entity_key("云梯（云江）有限公司") == entity_key("云梯(云江)有限公司")


def test_only_identifying_qualifiers_make_another_relationship() -> None:
    supplies = ONTOLOGY.relations["SUPPLIES"]
    plain = relationship_id(supplies, "enterprise:a", "enterprise:b")
    assert len(plain) == 16
    assert plain == relationship_id(
        supplies, "enterprise:a", "enterprise:b", "stated", {"year": "2024", "product": ""}
    )
    others = {
        relationship_id(supplies, "enterprise:a", "enterprise:b", "denied"),
        relationship_id(supplies, "enterprise:b", "enterprise:a"),
        relationship_id(supplies, "enterprise:a", "enterprise:b", "stated", {"product": "云梯"}),
        relationship_id(ONTOLOGY.relations["PRODUCES"], "enterprise:a", "enterprise:b"),
    }
    assert len(others | {plain}) == 5


def test_observation_ids_follow_the_value_and_not_its_spelling() -> None:
    base = observation_id("region:1", "“用电量”", period="2024", base_value=12000, base_unit="度")
    assert base == observation_id("region:1", "用电量", period="2024", base_value=12000.0, base_unit="度")
    assert base != observation_id(
        "region:1", "用电量", period="2024", base_value=12000, base_unit="度", bound="~"
    )
    assert base != observation_id(
        "region:1", "metric:用电量", period="2024", base_value=12000, base_unit="度"
    )


def test_a_scope_is_sorted_and_can_be_taken_apart() -> None:
    assert scope_text({"范围": "省级", "产品": "a;b=c", "空": ""}) == "产品=a；b＝c;范围=省级"


def test_a_line_is_compact_sorted_and_without_empty_values() -> None:
    assert line({"b": 0.1, "a": "云", "c": "", "d": [], "e": None, "f": 0, "g": False}) == (
        '{"a":"云","b":0.1,"f":0,"g":false}'
    )


def test_the_hash_is_a_sum() -> None:
    items = [{"id": str(n)} for n in range(5)]
    hashes = set()
    for order in itertools.permutations(items):
        total = GraphHash()
        for item in order:
            total.add(item)
        hashes.add(total.hex())
    assert len(hashes) == 1
    total = GraphHash(hashes.pop())
    for item in items:
        total.remove(item)
    assert total.hex() == "0" * 64


@pytest.mark.parametrize(
    ("stated", "name", "aliases"),
    [
        (["name=甲", "name=甲", "name=甲厂"], "甲", ["甲厂"]),  # what most passages say
        (["name=甲", "name=甲厂"], "甲厂", ["甲"]),  # of equals the longest
        (["name=甲", "name=乙"], "乙", ["甲"]),  # then the smallest
        (["name=甲", "alias=乙乙", "alias=乙乙"], "甲", ["乙乙"]),  # a name before any alias
        (["alias=乙", "alias=甲"], "乙", ["甲"]),
        ([""], "键", None),  # named nowhere: its key
    ],
)
def test_names(stated: list[str], name: str, aliases: list[str] | None) -> None:
    item = Item("enterprise:键", schema_of(ONTOLOGY).nodes["Enterprise"])
    supports = tuple(Support(f"d.md#{n}-1", s) for n, s in enumerate(stated))
    item.add("d.md", supports, {})
    values = item.values({})
    assert (values["name"], values.get("aliases")) == (name, aliases)


def test_the_narrower_subtype_is_kept() -> None:
    item = Item("platform:键", schema_of(ONTOLOGY).nodes["Platform"])
    supports = tuple(
        Support(f"d.md#{n}-1", s) for n, s in enumerate(["subtype=wide", "subtype=wide", "subtype=fine"])
    )
    item.add("d.md", supports, {})
    assert item.values({"fine": "wide"})["subtype"] == "fine"


def test_merging_is_a_function_of_the_set() -> None:
    """Documents come and go in any order, through the stored form each time: what stays decides."""
    chance = random.Random(7)
    table = schema_of(ONTOLOGY).nodes["Policy"]

    def statements(document: str) -> list[NodeStatement]:
        made = []
        for place in range(chance.randint(1, 3)):
            stated = chance.choice(["name=甲", "alias=乙", "number=1号", "number=2号", "", "subtype=a"])
            properties = chance.choice(
                [{}, {"number": "3号"}, {"issued": "2024-01-01"}, {"issued": "2025-01-01"}, {"name": "丙"}]
            )
            made.append(
                NodeStatement("policy:键", "Policy", (Support(f"{document}#{place}-9", stated),), properties)
            )
        return made

    for _ in range(60):
        said = {document: statements(document) for document in "abcde"}
        item = Item("policy:键", table)
        present: set[str] = set()
        for _ in range(12):
            document = chance.choice("abcde")
            item.drop(document)
            present.discard(document)
            if chance.random() < 0.7:
                shuffled = chance.sample(said[document], len(said[document]))
                for statement in shuffled:
                    item.add(document, statement.supports, statement.properties)
                present.add(document)
            if item.supports:
                item = stored_item(table, item.values({}))
        wanted = Item("policy:键", table)
        for document in sorted(present):
            for statement in said[document]:
                wanted.add(document, statement.supports, statement.properties)
        if present:
            assert item.values({}) == wanted.values({})
        else:
            assert not item.supports


def test_the_index_finds_exact_before_folded(tmp_path: Path) -> None:
    build(
        [
            Named("enterprise:a", "Enterprise", "云梯（云江）", ("云梯",)),
            Named("chain:b", "Chain", "云梯"),
            Named("enterprise:c", "Enterprise", "云梯(云江)"),
        ],
        tmp_path / "names",
    )
    index = EntityIndex(tmp_path / "names")
    assert [c.id for c in index.find("云梯")] == ["chain:b", "enterprise:a"]
    assert [c.id for c in index.find("云梯(云江)")] == ["enterprise:c", "enterprise:a"]
    assert index.find("云") == ()
    assert index.prefix("云梯", 2) == ("云梯", "云梯(云江)")
    assert len(index) == 3


def test_an_empty_index_is_an_index(tmp_path: Path) -> None:
    build([], tmp_path / "names")
    assert EntityIndex(tmp_path / "names").find("云梯") == ()
    assert EntityIndex().surfaces() == ()
