"""A document that comes in parts, on every store: there as in one piece, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice

import pytest

from graph.store import GraphStore
from graph.types import Contribution
from tests.conformance.material import CITY, Material, in_parts, three_documents

#: of one part
STATEMENTS = 20


@pytest.fixture(autouse=True)
def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store merges what comes at every part, where it can."""
    monkeypatch.setattr("graph.groups.STATEMENTS", STATEMENTS)


def long(digest: str, year: int, places: int = 30) -> Contribution:
    """Some of its things and relationships are told in several parts, each time with another passage."""
    material = Material("long.md").node("Region", CITY[1], "name=云江市", f"alias=云江{year}")
    for number in range(places):
        place, firm = ("Region", f"99{number:04}"), ("Enterprise", f"云梯{number % 7}厂")
        material.node("Region", place[1], f"name=云江{number}区")
        material.node("Enterprise", firm[1], f"name=云梯{number % 7}厂", f"alias=云梯{year}年第{number}家")
        material.relate(place, "PART_OF", CITY)
        material.relate(firm, "LOCATED_IN", CITY)
        material.observe(place, "pass_rate", 90 + number / 10, period=str(year), decimals=1)
    return material.contribution(digest)


def test_a_document_in_parts_is_there_as_in_one_piece(store: GraphStore) -> None:
    whole, others = long("one", 2024), three_documents()
    store.apply([whole, *others])
    before = store.status()
    store.reset()
    parts = list(in_parts(whole, STATEMENTS))
    assert len(parts) > 10
    told: list[tuple[int, int, str]] = []
    store.apply(chain(others[:1], parts, others[1:]), progress=lambda *at: told.append(at))
    after = store.status()
    assert replace(after, version=before.version) == before
    assert after.hash == store.recomputed_hash()
    assert told[-1][0] == 4


def test_a_document_in_parts_is_replaced_undone_and_taken_back_whole(store: GraphStore) -> None:
    store.apply(three_documents())
    nothing = store.content_hash()
    store.apply(in_parts(long("one", 2024), STATEMENTS))
    one = store.content_hash()
    store.apply(in_parts(long("other", 2023, 17), STATEMENTS))
    other = store.content_hash()
    assert other == store.recomputed_hash()
    assert store.documents()["long.md"] == "other"
    assert store.undo()
    assert store.content_hash() == one == store.recomputed_hash()
    store.apply([long("other", 2023, 17)])
    assert store.content_hash() == other
    store.apply(in_parts(long("other", 2023, 17), STATEMENTS))
    assert store.content_hash() == other
    store.apply([], remove=["long.md"])
    assert store.content_hash() == nothing == store.recomputed_hash()


@pytest.mark.parametrize("parts", [1, 3, 12])
def test_a_document_that_breaks_off_is_not_there(store: GraphStore, parts: int) -> None:
    store.apply([*three_documents(), long("one", 2024)])
    before, version = store.status(), store.version()

    def broken() -> Iterator[Contribution]:
        yield from islice(in_parts(long("other", 2023), STATEMENTS), parts)
        raise LookupError("the disk is gone")

    with pytest.raises(LookupError):
        store.apply(broken())
    assert (store.status(), store.version()) == (before, version)
    assert store.content_hash() == store.recomputed_hash()
    store.apply(in_parts(long("one", 2024), STATEMENTS))
    assert store.content_hash() == before.hash
