"""Rows a second into a warm Neo4j: a load beside the same rows written by hand.

    python -m benchmarks.neo4j_write [--nodes 20000] [--relationships 60000] [--runs 5] [--store URL]

By hand means the best that is known without any library: ``UNWIND $rows MERGE … SET n += row.props``,
one statement per label and per type and pair of labels, 5 000 rows a transaction, a constraint on the id.
Everything in the database that carries a label of the ontology is deleted. Without ``--store`` a server
is started in a temporary folder. Both write the same properties, the support lists included; ours also
merges with what is there, hashes it and keeps what undo needs.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import neo4j

from benchmarks.store_write import contribution
from graph.local_neo4j import start, stop
from graph.merge import Item, Values
from graph.open import open_store
from graph.schema import schema_of
from graph.store import GraphStore
from graph.stores.bolt import address
from graph.types import Contribution
from ontology.read import load_ontology

_BATCH = 5_000


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--nodes", type=int, default=20_000)
    options.add_argument("--relationships", type=int, default=60_000)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--store", default="")
    given = options.parse_args()
    bulk = contribution(given.nodes, given.relationships)
    nodes, links = _rows(bulk)
    total = len(nodes) + len(links)
    with tempfile.TemporaryDirectory() as folder, _server(given.store, Path(folder)) as url:
        store = open_store(url, load_ontology(), writable=True)
        store.apply([contribution(10, 10, "schema.csv")])
        embedded = open_store(str(Path(folder) / "embedded"), load_ontology(), writable=True)
        at = address(url)
        with neo4j.GraphDatabase.driver(at.uri, auth=(at.user, at.password)) as driver:
            by_hand = _measured(store, lambda: _by_hand(driver, nodes, links), given.runs)
            again_by_hand = _seconds(lambda: _by_hand(driver, nodes, links))
            ours = _measured(store, lambda: store.apply([bulk]), given.runs)
            again = _seconds(lambda: store.apply([bulk]))
        beside = _measured(embedded, lambda: embedded.apply([bulk]), given.runs)
        store.reset()
        store.close()
    print(f"{given.nodes} nodes, {given.relationships} relationships, median of {given.runs}")
    for what, seconds in (
        ("by hand", by_hand), ("by hand, second run", again_by_hand), ("ours", ours),
        ("ours, second run", again), ("embedded", beside),
    ):
        print(f"  {what:22} {seconds:7.2f} s {total / seconds:9.0f} rows/s")
    print(f"  ours / by hand {by_hand / ours:.2f}")


@contextmanager
def _server(given: str, folder: Path) -> Iterator[str]:
    if given:
        yield given
        return
    server = start(folder / "neo4j", memory=1024)
    try:
        yield f"bolt://{server.user}:{server.password}@127.0.0.1:{server.port}"
    finally:
        stop(folder / "neo4j")


def _measured(store: GraphStore, write: Callable[[], None], runs: int) -> float:
    """The median of several runs into an empty graph; the first of all only warms the server."""
    taken = []
    for _ in range(runs + 1):
        store.reset()
        taken.append(_seconds(write))
    return statistics.median(taken[1:])


def _seconds(write: Callable[[], None]) -> float:
    begun = time.perf_counter()
    write()
    return time.perf_counter() - begun


def _rows(bulk: Contribution) -> tuple[list[Values], list[dict[str, object]]]:
    """The same properties that a load writes."""
    schema = schema_of(load_ontology())
    nodes = []
    for node in bulk.nodes:
        item = Item(node.id, schema.nodes[node.cls])
        item.add(bulk.document, node)
        nodes.append(item.values({}))
    links: list[dict[str, object]] = []
    for link in bulk.relationships:
        item = Item(link.id, schema.relationships[link.type])
        item.add(bulk.document, link)
        values = item.values({})
        props = {k: v for k, v in values.items() if k not in ("class", "name")}
        props["polarity"] = link.polarity
        links.append({"src": link.source, "dst": link.target, "id": link.id, "props": props})
    return nodes, links


def _by_hand(driver: neo4j.Driver, nodes: Sequence[Values], links: Sequence[dict[str, object]]) -> None:
    given = [{"id": n["id"], "props": n} for n in nodes]
    with driver.session() as session:
        for query, rows in (
            ("UNWIND $rows AS row MERGE (n:Enterprise {id: row.id}) SET n += row.props", given),
            (
                "UNWIND $rows AS row MATCH (a:Enterprise {id: row.src}) MATCH (b:Enterprise {id: row.dst}) "
                "MERGE (a)-[r:SUPPLIES {id: row.id}]->(b) SET r += row.props", links,
            ),
        ):
            for start_at in range(0, len(rows), _BATCH):
                part = rows[start_at : start_at + _BATCH]
                session.execute_write(lambda tx, q=query, p=part: tx.run(q, {"rows": p}).consume())


if __name__ == "__main__":
    main()
