"""Rows a second of a load, and how long opening and looking up take, on the embedded store.

    python -m benchmarks.store_write [--nodes 20000] [--relationships 60000]
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from graph.ids import relationship_id
from graph.open import open_store
from graph.types import Contribution, CypherStatement, NodeStatement, RelationshipStatement, Support
from ontology.read import load_ontology


def contribution(nodes: int, relationships: int, document: str = "bulk.csv") -> Contribution:
    """Firms on chains, eight properties' worth of names and supports each."""
    supplies = load_ontology().relations["SUPPLIES"]
    firms = tuple(
        NodeStatement(f"enterprise:测试企业{i}", "Enterprise", (
            Support(f"{document}#Sheet1!A{i}:F{i}", f"name=测试企业{i}有限公司", f"source:{i % 50}"),
            Support(f"{document}#Sheet1!A{i}:F{i}", f"alias=企业{i}", f"source:{i % 50}"),
        ))
        for i in range(nodes)
    )
    made = {}
    for i in range(relationships):
        source = f"enterprise:测试企业{i % nodes}"
        target = f"enterprise:测试企业{(i * 7 + i // nodes + 1) % nodes}"
        qualifiers = {"product": f"产品{i % 97}", "year": "2024"}
        key = relationship_id(supplies, source, target, "stated", qualifiers)
        made[key] = RelationshipStatement(
            key, "SUPPLIES", source, "Enterprise", target, "Enterprise",
            (Support(f"{document}#Sheet2!A{i}:F{i}", "", f"source:{i % 50}"),), qualifiers=qualifiers,
        )
    return Contribution(document, "0" * 64, firms, tuple(made.values()))


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--nodes", type=int, default=20_000)
    options.add_argument("--relationships", type=int, default=60_000)
    given = options.parse_args()
    bulk = contribution(given.nodes, given.relationships)
    rows = len(bulk.nodes) + len(bulk.relationships)
    with tempfile.TemporaryDirectory() as folder:
        url = str(Path(folder) / "store")
        ontology = load_ontology()
        store = open_store(url, ontology, writable=True)
        small = contribution(10, 10, "small.csv")
        for what, parts in (("new", [bulk]), ("again", [bulk]), ("small", [small])):
            start = time.perf_counter()
            store.apply(parts)
            seconds = time.perf_counter() - start
            print(f"{what:>8}: {seconds:6.2f} s  {rows / seconds:9.0f} rows/s")
        start = time.perf_counter()
        store.apply([], remove=["bulk.csv"])
        print(f"  unload: {time.perf_counter() - start:6.2f} s")
        store.undo()
        store.close()
        start = time.perf_counter()
        store = open_store(url, ontology)
        store.read(CypherStatement("RETURN 1 AS one"))
        print(f"    open: {1000 * (time.perf_counter() - start):6.1f} ms")
        point = []
        for i in range(300):
            start = time.perf_counter()
            store.read(CypherStatement(
                "MATCH (n:Enterprise {id: $id}) RETURN n.name",
                {"id": f"enterprise:测试企业{i * 31 % given.nodes}"},
            ))
            point.append(1000 * (time.perf_counter() - start))
        print(f"   point: {statistics.median(point):6.2f} ms p50")
        hop = []
        for i in range(300):
            start = time.perf_counter()
            store.read(CypherStatement(
                "MATCH (n:Enterprise {id: $id})-[r:SUPPLIES]->(m) RETURN m.name, r.product ORDER BY m.id",
                {"id": f"enterprise:测试企业{i * 31 % given.nodes}"},
            ))
            hop.append(1000 * (time.perf_counter() - start))
        print(f"   1 hop: {statistics.median(hop):6.2f} ms p50")
        store.close()


if __name__ == "__main__":
    main()
