"""A process that loads many documents, each in parts, in many transactions: started, and killed, by tests."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial

import graph.stores.neo4j
from graph.groups import next_group
from graph.open import open_store
from graph.types import Contribution
from ontology.read import load_ontology
from tests.conformance.material import Material, in_parts


def many(first: int, last: int) -> Sequence[Contribution]:
    """Documents that speak of things of their own and of things that others speak of too."""
    made = []
    for number in range(first, last):
        material = Material(f"d{number:03}.md").node("Region", "shared", "name=共城", f"alias=城{number}")
        for each in range(20):
            region = ("Region", f"{number}-{each}")
            material.node("Region", region[1], f"name=城{number}之{each}")
            material.relate(region, "PART_OF", ("Region", f"wider{each}"))
        made.append(material.observe(("Region", "shared"), "pass_rate", 90 + number / 100).contribution())
    return made


def in_small_steps() -> None:
    """From here on a transaction holds two documents."""
    graph.stores.neo4j.next_group = partial(next_group, documents=2)


def main() -> None:
    url, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    in_small_steps()
    store = open_store(url, load_ontology(), writable=True, waiting=lambda said: print(said, flush=True))
    parts = [part for contribution in many(first, last) for part in in_parts(contribution, 30)]
    print("ready", flush=True)
    sys.stdin.readline()
    store.apply(parts)
    print("done", flush=True)
    store.close()


if __name__ == "__main__":
    main()
