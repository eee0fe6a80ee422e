"""Rows a second of a load, and how long opening and looking up take, on the embedded store.

    python -m benchmarks.store_write [--nodes 20000] [--relationships 60000] [--runs 5]

Beside the load of a table into an empty store stands the limit: the engine's own COPY of the same
finished properties into the same tables of a new file, with nothing merged, hashed, indexed by name or
published. One of each in turn, after a first pair that only warms; medians are printed, and their ratio.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

from graph.ids import relationship_id
from graph.merge import Ends, Item
from graph.open import open_store
from graph.schema import growth, schema_of
from graph.stores.engine import Engine
from graph.types import Contribution, CypherStatement, NodeStatement, RelationshipStatement, Support
from graph.write import Row
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


def rows_of(bulk: Contribution) -> tuple[list[Row], list[Row]]:
    """Nodes and relationships with the same properties that a load writes."""
    schema = schema_of(load_ontology())
    nodes: list[Row] = []
    for node in bulk.nodes:
        item = Item(node.id, schema.nodes[node.cls])
        item.add(bulk.document, node.supports, node.properties)
        nodes.append(("", "", item.values({})))
    links: list[Row] = []
    for link in bulk.relationships:
        ends = Ends(link.source, link.source_class, link.target, link.target_class, link.polarity)
        item = Item(link.id, schema.relationships[link.type], ends)
        item.add(bulk.document, link.supports, link.qualifiers)
        links.append((link.source, link.target, item.values({})))
    return nodes, links


def _copied(file: Path, nodes: list[Row], links: list[Row]) -> float:
    """Seconds that the engine takes for the bare rows; the tables are there already."""
    schema = schema_of(load_ontology())
    engine = Engine(file, writable=True)
    with engine.writing() as session:
        for statement in growth(schema, []):
            session.rows(statement)
        begun = time.perf_counter()
        session.rows("BEGIN TRANSACTION")
        for name, pair, rows, tables in (
            ("Enterprise", ("", ""), nodes, schema.nodes),
            ("SUPPLIES", ("Enterprise", "Enterprise"), links, schema.relationships),
        ):
            session.insert(name, pair, tables[name].columns, [rows])
        session.rows("COMMIT")
    engine.close()
    return time.perf_counter() - begun


def _against_the_limit(bulk: Contribution, runs: int, folder: Path) -> None:
    nodes, links = rows_of(bulk)
    store = open_store(str(folder / "new"), load_ontology(), writable=True)
    taken: dict[str, list[float]] = {"load": [], "bare COPY": []}
    for run in range(runs + 1):
        bare = _copied(folder / f"bare{run}.lbug", nodes, links)
        store.reset()
        begun = time.perf_counter()
        store.apply([bulk])
        if run:
            taken["load"].append(time.perf_counter() - begun)
            taken["bare COPY"].append(bare)
    store.close()
    medians = {name: statistics.median(seconds) for name, seconds in taken.items()}
    for name, seconds in medians.items():
        print(f"{name:>12}: {seconds:6.2f} s  {(len(nodes) + len(links)) / seconds:9.0f} rows/s  "
              f"{medians['bare COPY'] / seconds:5.2f} of the limit")
    print(f"{len(nodes)} nodes, {len(links)} relationships into an empty store, median of {runs}; "
          f"{os.getloadavg()[0]:.1f} processes wanted the processor at the end")


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--nodes", type=int, default=20_000)
    options.add_argument("--relationships", type=int, default=60_000)
    options.add_argument("--runs", type=int, default=5)
    given = options.parse_args()
    bulk = contribution(given.nodes, given.relationships)
    rows = len(bulk.nodes) + len(bulk.relationships)
    with tempfile.TemporaryDirectory() as folder:
        url = str(Path(folder) / "store")
        ontology = load_ontology()
        _against_the_limit(bulk, given.runs, Path(folder))
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
