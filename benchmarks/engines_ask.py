"""The same documents in both engines, the same questions to both: are the answers the same, and how long
does each kind of question take?

    python -m benchmarks.engines_ask PATH… --questions FILE.jsonl [--questions …] [--times 5] [--store URL]

A file of questions has ``{"id", "question", "category"}`` on each line; the category is the kind (``all``
where there is none). Prints for each kind p50 and p99 in milliseconds of the whole answer and of its Cypher
alone: the statements that the answer names, sent again by themselves. Answers have to be the same but for
the engine, the times, and the Cypher where a dialect flag spells it otherwise; what is not is printed, and
the exit code is 1. Without ``--store`` a Neo4j is started in a temporary folder; with it the graph that is
there is replaced.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from benchmarks.neo4j_server import server
from graph.open import open_store
from graph.types import CypherStatement
from loaders.load import load
from ontology.read import load_ontology
from qa_service.ask import ask, open_session
from qa_service.cli.evaluation import Timing
from qa_service.session import Session

_ENGINES = ("embedded", "neo4j")
_OWN = ("engine", "elapsed_ms", "cypher")

#: kind and engine → milliseconds
_Times = Mapping[tuple[str, str], list[float]]


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("paths", nargs="+", type=Path)
    options.add_argument("--questions", action="append", type=Path, required=True)
    options.add_argument("--times", type=int, default=5)
    options.add_argument("--store", default="")
    given = options.parse_args()
    asked = [json.loads(line) for path in given.questions for line in path.read_text("utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder, server(given.store, Path(folder)) as url:
        urls = dict(zip(_ENGINES, (str(Path(folder) / "store"), url), strict=True))
        hashes = {name: _loaded(url, given.paths) for name, url in urls.items()}
        sessions = {name: open_session(url) for name, url in urls.items()}
        spelt, differing = 0, 0
        whole: dict[tuple[str, str], list[float]] = defaultdict(list)
        alone: dict[tuple[str, str], list[float]] = defaultdict(list)
        for entry in asked:
            kind, question = entry.get("category", "all"), entry["question"]
            given_by = {}
            for run in range(given.times + 1):  # the first of all opens what it needs
                for name, session in sessions.items():
                    seconds, answer, statements = _asked(question, session)
                    given_by[name] = answer
                    if run:
                        whole[kind, name].append(seconds * 1000)
                        alone[kind, name].append(_sent(statements, session) * 1000)
            one, other = (given_by[name] for name in _ENGINES)
            spelt += one["cypher"] != other["cypher"]
            for key in one:
                if key not in _OWN and one[key] != other[key]:
                    differing += 1
                    print(f"{entry['id']} {key}: {one[key]!r} | {other[key]!r}")
                    break
        for session in sessions.values():
            session.close()
    same = len(set(hashes.values())) == 1
    print(f"graph hash: {'the same' if same else hashes}")
    print(f"{len(asked)} questions: {differing} answered differently, {spelt} with Cypher spelt differently")
    _print(whole, alone)
    return 0 if same and not differing else 1


def _loaded(url: str, paths: list[Path]) -> str:
    ontology = load_ontology()
    store = open_store(url, ontology, writable=True)
    try:
        store.reset()
        load(paths, store, ontology)
        return store.content_hash()
    finally:
        store.close()


def _asked(question: str, session: Session) -> tuple[float, dict[str, object], list[CypherStatement]]:
    begun = time.perf_counter()
    answer = ask(question, session)
    seconds = time.perf_counter() - begun
    return seconds, answer.to_json(), [CypherStatement(c.query, c.params) for c in answer.cypher]


def _sent(statements: list[CypherStatement], session: Session) -> float:
    begun = time.perf_counter()
    for statement in statements:
        session.store.read(statement)
    return time.perf_counter() - begun


def _print(whole: _Times, alone: _Times) -> None:
    kinds = sorted({kind for kind, _ in whole})
    for name in _ENGINES:
        print(f"{name:22} {'p50':>8} {'p99':>8}   its Cypher {'p50':>8} {'p99':>8}  ms")
        for kind in (*kinds, ""):
            taken, sent = _timing(whole, name, kind), _timing(alone, name, kind)
            print(
                f"  {kind or 'every kind':20} {taken.quantile(0.5):8.1f} {taken.quantile(0.99):8.1f}"
                f"   {'':10} {sent.quantile(0.5):8.1f} {sent.quantile(0.99):8.1f}"
            )


def _timing(of: _Times, engine: str, kind: str) -> Timing:
    return Timing(tuple(
        taken for (k, name), times in of.items() if name == engine and kind in (k, "") for taken in times
    ), 0)


if __name__ == "__main__":
    sys.exit(main())
