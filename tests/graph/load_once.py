"""A process that loads one bulk document, in parts: started, and killed, by tests."""

from __future__ import annotations

import sys

import graph.groups
from graph.open import open_store
from graph.types import Contribution
from ontology.read import load_ontology
from tests.conformance.material import Material, in_parts

#: of one part
STATEMENTS = 100


def bulk(document: str, cities: int, digest: str) -> Contribution:
    """A document that names so many cities, by other names for every digest."""
    material = Material(document).node("Region", "up")
    for number in range(cities):
        material.node("Region", f"{number}", f"name=城{number}", f"alias={digest}{number}")
        material.relate(("Region", str(number)), "PART_OF", ("Region", "up"))
    return material.contribution(digest)


def main() -> None:
    url, cities, digest = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    graph.groups.STATEMENTS = STATEMENTS  # merged and written part by part, where that can be
    parts = list(in_parts(bulk("bulk.md", cities, digest), STATEMENTS))
    store = open_store(url, load_ontology(), writable=True, waiting=lambda said: print(said, flush=True))
    print("ready", flush=True)
    sys.stdin.readline()
    store.apply(parts)
    print("done", flush=True)


if __name__ == "__main__":
    main()
