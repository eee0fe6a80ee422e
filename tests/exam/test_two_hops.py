"""What is denied stays denied where two hops meet at a node that may be of several classes: the
embedded engine forgets the condition on the first relationship there (architecture §6)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.open import open_store
from graph.store import GraphStore
from ontology.model import Ontology
from ontology.read import load_ontology
from qa_service.exam.world import Fact, Link, Thing, World
from qa_service.exam.write import load
from queries.compile import compile  # noqa: A004
from queries.logical_form import Entity, EntitySet, Follow, Instances, Whereabouts, Within

ONTOLOGY = load_ontology()
REGIONS = [Thing(f"region:{n}", "Region", n, "county") for n in ("甲地", "乙地", "丙地")]
POLICIES = [Thing(f"policy:{n}", "Policy", n) for n in ("甲办法", "乙办法", "丙办法")]
CHAINS = [Thing(f"chain:{n}", "Chain", n) for n in ("甲链", "乙链")]
PLATFORM = Thing("platform:台", "Platform", "台")
LINKS = [
    Link("region:甲地", "FOLLOWS", "policy:甲办法"),
    Link("region:甲地", "FOLLOWS", "policy:乙办法"),
    Link("region:乙地", "FOLLOWS", "policy:甲办法", {}, "denied"),
    Link("region:乙地", "FOLLOWS", "policy:丙办法"),
    Link("policy:乙办法", "FOLLOWS", "policy:甲办法"),
    Link("chain:甲链", "HAS_PLATFORM", "platform:台"),
    Link("chain:乙链", "HAS_PLATFORM", "platform:台", {}, "denied"),
    Link("chain:甲链", "LOCATED_IN", "region:甲地"),
    Link("chain:乙链", "LOCATED_IN", "region:乙地"),
]
FACTS: list[Fact] = [*REGIONS, *POLICIES, *CHAINS, PLATFORM, *LINKS]


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    folder = tmp_path_factory.mktemp("hops") / "store"
    url = request.getfixturevalue("neo4j_url") if request.param == "neo4j" else str(folder)
    store = open_store(url, ONTOLOGY, writable=True)
    store.reset()
    load(World(tuple(("一.csv", fact) for fact in FACTS)), ONTOLOGY, store)
    yield store
    store.close()


def found(form: EntitySet, store: GraphStore, ontology: Ontology = ONTOLOGY) -> set[str]:
    rows = store.read(compile(form, ontology, store.dialect).statement).rows
    return {str(row[1]) for row in rows}


def test_there_and_back(store: GraphStore) -> None:
    followers = Follow(Entity("policy:甲办法"), "FOLLOWS", "in")
    assert found(followers, store) == {"甲地", "乙办法"}
    assert found(Follow(followers, "FOLLOWS", "out"), store) == {"甲办法", "乙办法"}


def test_a_way_to_a_place(store: GraphStore) -> None:
    platforms = Instances("Platform")
    assert found(Within(platforms, Entity("region:甲地")), store) == {"台"}
    assert found(Within(platforms, Entity("region:乙地")), store) == set()
    assert found(Whereabouts(Entity("platform:台")), store) == {"甲地"}
