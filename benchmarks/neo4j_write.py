"""Rows a second into a warm Neo4j: a load beside the same rows written by others.

    python -m benchmarks.neo4j_write [--nodes 20000] [--relationships 60000] [--runs 5] [--store URL]

Every writer gets the same properties, the three support lists included; ours also merges with what is
there, hashes it and keeps what undo needs. One run of each in turn, ``--runs`` times after a first one
that only warms; medians are printed, and ratios of the medians. The others:

- *by hand*: the best that is known without any library. ``UNWIND $rows MERGE … SET n += row.props``, one
  statement per label and per type and pair of labels, 5 000 rows a transaction; into the same graph, so
  with the indexes that a load makes there.
- *by hand, bare*: the same into a label that has no index but the constraint on the id.
- *neo4j-graphrag*, *LangChain* (``pip install -r requirements/benchmark.txt``; without it they are left
  out): ``Neo4jWriter``, and ``add_graph_documents`` with ``baseEntityLabel`` and documents of 5 000 rows,
  which is the fastest of what was tried; into labels of their own. Both need APOC, which is fetched from
  Maven Central, or has to be there in a server that is given.

Everything in the database that carries a label of the ontology or of these writers is deleted. Without
``--store`` a server is started in a temporary folder.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import neo4j

from benchmarks.neo4j_peers import WITH_CONSTRAINT, WITHOUT_CONSTRAINT, peers
from benchmarks.neo4j_server import server
from benchmarks.store_write import contribution, rows_of
from graph.merge import Values
from graph.open import open_store
from graph.store import GraphStore
from graph.stores.bolt import address
from graph.types import Contribution
from ontology.read import load_ontology

_BATCH = 5_000
#: the labels that the others write: one with a constraint on the id, one without
_BARE, _PEERS = "BenchmarkFirm", "BenchmarkThing"
_OTHERS = (_BARE, _PEERS, "__Entity__", "__KGBuilder__")

Link = dict[str, object]


@dataclass(frozen=True)
class Contestant:
    """One way of writing the rows, and how what it has written is counted."""

    name: str
    write: Callable[[], object]
    label: str = "Enterprise"


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
    with tempfile.TemporaryDirectory() as folder, server(given.store, Path(folder), apoc=True) as url:
        store = open_store(url, load_ontology(), writable=True)
        store.apply([contribution(10, 10, "schema.csv")])
        embedded = open_store(str(Path(folder) / "embedded"), load_ontology(), writable=True)
        at = address(url)
        with neo4j.GraphDatabase.driver(at.uri, auth=(at.user, at.password)) as driver:
            driver.execute_query(f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{_BARE}) REQUIRE n.id IS UNIQUE")
            contestants = [
                Contestant("by hand", lambda: _by_hand(driver, nodes, links, "Enterprise")),
                Contestant("by hand, bare", lambda: _by_hand(driver, nodes, links, _BARE), _BARE),
                Contestant("ours", lambda: store.apply([bulk])),
                *(
                    Contestant(name, write, _PEERS)
                    for name, write in peers(driver, at, nodes, links, _PEERS).items()
                ),
            ]
            taken: dict[str, list[float]] = {c.name: [] for c in (*contestants, _EMBEDDED)}
            for run in range(given.runs + 1):
                for contestant in contestants:
                    _prepared(store, driver, contestant)
                    seconds = _seconds(contestant.write)
                    told = f"{run or 'warming'} {contestant.name}: {seconds:.2f} s"
                    print(told, file=sys.stderr, flush=True)
                    if run:
                        taken[contestant.name].append(seconds)
                embedded.reset()
                seconds = _seconds(lambda: embedded.apply([bulk]))
                if run:
                    taken[_EMBEDDED.name].append(seconds)
            again = {}
            for contestant in contestants:
                _prepared(store, driver, contestant)
                contestant.write()
                once = _counted(driver, contestant.label)
                seconds = _seconds(contestant.write)
                again[contestant.name] = (seconds, once, _counted(driver, contestant.label))
            _prepared(store, driver)
        store.close()
        embedded.close()
    print(f"{len(nodes)} nodes, {len(links)} relationships, median of {given.runs}; {os.getloadavg()[0]:.1f} "
          "processes wanted the processor at the end")
    _print({name: statistics.median(runs) for name, runs in taken.items()}, again, total)
    _, once, twice = again["ours"]
    if not once == twice == (len(nodes), len(links)):
        sys.exit(f"ours: {len(nodes)} + {len(links)} loaded, {once} there, {twice} after a second load")


_EMBEDDED = Contestant("embedded", lambda: None)


def _print(
    medians: Mapping[str, float], again: Mapping[str, tuple[float, tuple[int, int], tuple[int, int]]],
    total: int,
) -> None:
    ours = medians["ours"]
    print(f"  {'':16} {'s':>7} {'rows/s':>9} {'ours is':>9}   second run: {'s':>6}  nodes and relationships")
    for name, seconds in medians.items():
        line = f"  {name:16} {seconds:7.2f} {total / seconds:9.0f}  {seconds / ours:6.2f} ×"
        if name in again:
            taken, once, twice = again[name]
            what = "the same" if once == twice else f"{once[0]} + {once[1]} → {twice[0]} + {twice[1]}"
            line += f"               {taken:6.2f}  {what}"
        print(line)


def _prepared(store: GraphStore, driver: neo4j.Driver, contestant: Contestant | None = None) -> None:
    """An empty graph, with what the one that comes next needs."""
    store.reset()
    driver.execute_query(WITHOUT_CONSTRAINT)
    with driver.session() as session:
        for label in _OTHERS:
            session.run(
                f"MATCH (n:{label}) CALL (n) {{ DETACH DELETE n }} IN TRANSACTIONS OF 10000 ROWS"
            ).consume()
    if contestant and contestant.name == "LangChain":
        driver.execute_query(WITH_CONSTRAINT)


def _counted(driver: neo4j.Driver, label: str) -> tuple[int, int]:
    nodes = driver.execute_query(f"MATCH (n:{label}) RETURN count(n) AS n").records[0]["n"]
    return nodes, driver.execute_query(
        f"MATCH (:{label})-[r:SUPPLIES]->(:{label}) RETURN count(r) AS n"
    ).records[0]["n"]


def _seconds(write: Callable[[], object]) -> float:
    begun = time.perf_counter()
    write()
    return time.perf_counter() - begun


def _rows(bulk: Contribution) -> tuple[list[Values], list[Link]]:
    """The same properties that a load writes."""
    nodes, links = rows_of(bulk)
    return [values for _, _, values in nodes], [
        {"src": source, "dst": target, "id": values["id"], "props": values}
        for source, target, values in links
    ]


def _by_hand(
    driver: neo4j.Driver, nodes: Sequence[Values], links: Sequence[Link], label: str
) -> None:
    given = [{"id": n["id"], "props": n} for n in nodes]
    with driver.session() as session:
        for query, rows in (
            (f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n += row.props", given),
            (
                f"UNWIND $rows AS row MATCH (a:{label} {{id: row.src}}) MATCH (b:{label} {{id: row.dst}}) "
                "MERGE (a)-[r:SUPPLIES {id: row.id}]->(b) SET r += row.props", links,
            ),
        ):
            for start_at in range(0, len(rows), _BATCH):
                part = rows[start_at : start_at + _BATCH]
                session.execute_write(lambda tx, q=query, p=part: tx.run(q, {"rows": p}).consume())


if __name__ == "__main__":
    main()
