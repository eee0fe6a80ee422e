"""How large a table a Neo4j with so much memory takes: a document is one transaction.

    python -m benchmarks.neo4j_table [--memory 512] [--facts 50000 100000 200000 400000]

Starts a server with that many megabytes of heap for each size, loads one table of so many facts (a
quarter things, the rest relationships, with their support lists), and prints the seconds, and the most that
the server's process held; or what it said where it could not.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import threading
import time
from pathlib import Path

import psutil

from benchmarks.neo4j_server import server
from benchmarks.store_write import contribution
from graph.local_neo4j import SERVER
from graph.open import open_store
from ontology.errors import StoreError
from ontology.read import load_ontology


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--memory", type=int, default=512)
    options.add_argument("--facts", type=int, nargs="+", default=[50_000, 100_000, 200_000, 400_000])
    given = options.parse_args()
    for facts in given.facts:
        with tempfile.TemporaryDirectory() as folder, server("", Path(folder), memory=given.memory) as url:
            pid = json.loads((Path(folder) / "neo4j" / SERVER).read_text("utf-8"))["pid"]
            store = open_store(url, load_ontology(), writable=True)
            store.apply([contribution(10, 10, "schema.csv")])
            held, done = [0], threading.Event()
            watching = threading.Thread(target=_watch, args=(psutil.Process(pid), held, done))
            watching.start()
            begun = time.perf_counter()
            try:
                store.apply([contribution(facts // 4, facts - facts // 4)])
                said = f"{time.perf_counter() - begun:.1f} s"
            except StoreError as error:
                said = f"after {time.perf_counter() - begun:.1f} s: {error.message}"
            done.set()
            watching.join()
            store.close()
            print(f"{facts} facts, {given.memory} MB of heap: {said}; process {held[0] >> 20} MB", flush=True)


def _watch(process: psutil.Process, held: list[int], done: threading.Event) -> None:
    while not done.wait(0.2):
        held[0] = max(held[0], process.memory_info().rss)


if __name__ == "__main__":
    main()
