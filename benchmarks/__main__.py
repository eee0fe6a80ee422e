"""How fast loading and asking are, on this machine, by one command.

    python -m benchmarks [--quick] [--json] [--out FILE] [--against FILE]

Everything happens in a temporary folder. ``docs/benchmarks.md`` says how to read the figures.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import yaml

from benchmarks import material

if TYPE_CHECKING:
    from graph.store import GraphStore
    from ontology.model import Ontology

ROOT = Path(__file__).resolve().parents[1]
#: figures that are better when they are greater
MORE_IS_BETTER = ("_per_second",)

#: above this, others use the machine
_BUSY = 1.3

Figures = dict[str, float]
T = TypeVar("T")


def main(arguments: list[str] | None = None) -> int:
    """Measures, prints, and compares with an earlier run where one is given."""
    options = _options(arguments)
    if options.out is not None and ROOT in options.out.resolve().parents:
        sys.exit("--out: give a file outside the repository")
    with tempfile.TemporaryDirectory(prefix="nqi-bench-") as passing:
        figures = measured(Path(passing), quick=options.quick)
    machine = {"python": platform.python_version(), "system": platform.platform(), "cores": os.cpu_count()}
    before = json.loads(options.against.read_text("utf-8"))["figures"] if options.against else {}
    if options.out is not None:
        options.out.write_text(json.dumps({"machine": machine, "figures": figures}, indent=1) + "\n", "utf-8")
    if options.json:
        print(json.dumps({"machine": machine, "figures": figures}))
    else:
        _print(figures, before)
    return 0


def measured(folder: Path, *, quick: bool = False) -> Figures:
    """All figures, by name. The unit is the last word of the name."""
    unit, busy = _machine_unit()
    figures: Figures = {"machine_unit_ms": unit, "machine_busy_ratio": busy}
    if busy > _BUSY:
        _say(f"others use this machine ({busy:.1f} s for a second's work): the figures tell little")
    for part in (_cold_start, _prose, _table, _asking):  # small first: a child counts its parent's memory
        _say(part.__name__.strip("_"))
        figures |= part(folder, quick)
    return figures


def _prose(folder: Path, quick: bool) -> Figures:
    from loaders.load import load

    characters = material.prose(folder / "prose", 2 if quick else 8, 60 if quick else 200)
    store, ontology = _store(folder / "of-prose")
    try:
        seconds, report = _timed(lambda: load([folder / "prose"], store, ontology))
        again, _ = _timed(lambda: load([folder / "prose"], store, ontology))
    finally:
        store.close()
    return {
        "load_characters_per_second": characters / seconds,
        "load_prose_facts_per_second": report.facts / seconds,
        "load_unchanged_ratio": again / seconds,
    }


def _table(folder: Path, quick: bool) -> Figures:
    from loaders.load import load

    rows = 2_000 if quick else 20_000
    path = material.table(folder / "rows.csv", rows)
    store, ontology = _store(folder / "of-rows")
    try:
        seconds, report = _timed(lambda: load([path], store, ontology))
    finally:
        store.close()
    size = sum(f.stat().st_size for f in (folder / "of-rows").rglob("*") if f.is_file())
    return {
        "load_rows_per_second": rows / seconds,
        "load_row_facts_per_second": report.facts / seconds,
        "store_bytes_per_row": size / rows,
    }


def _asking(folder: Path, quick: bool) -> Figures:
    """Each question several times in one process, after one that opens everything."""
    from qa_service.ask import ask, open_session

    session = open_session(str(folder / "demo"))
    kinds = yaml.safe_load((ROOT / "benchmarks" / "questions.yaml").read_text("utf-8"))
    first, _ = _timed(lambda: ask(kinds["list"][0], session))
    figures: Figures = {"ask_first_in_process_ms": first * 1000}
    every: list[float] = []
    times = 2 if quick else 10
    for kind, asked in kinds.items():
        taken = [_timed(partial(ask, q, session))[0] * 1000 for q in asked for _ in range(times)]
        figures[f"ask_{kind}_p50_ms"] = statistics.median(taken)
        figures[f"ask_{kind}_p99_ms"] = _share(taken, 0.99)
        every += taken
    figures["ask_all_p50_ms"], figures["ask_all_p99_ms"] = statistics.median(every), _share(every, 0.99)
    figures["ask_p99_to_p50_ratio"] = figures["ask_all_p99_ms"] / figures["ask_all_p50_ms"]
    session.close()
    if not quick:
        wide = open_session(str(folder / "of-rows"))
        asked = ("试验7号厂的供应商有哪些", "长沙市有几家企业", "试验11号厂在哪个市")
        ask(asked[0], wide)
        taken = [_timed(partial(ask, q, wide))[0] * 1000 for q in asked for _ in range(5)]
        figures["ask_of_20000_rows_p50_ms"] = statistics.median(taken)
        wide.close()
    return figures


def _cold_start(folder: Path, quick: bool) -> Figures:
    """A command of its own each time: what a person at a terminal waits for, and what it takes."""
    runs = 2 if quick else 7
    nqi = [sys.executable, "-m", "qa_service.cli"]
    loading = _run([*nqi, "load", str(ROOT / "data"), "--store", str(folder / "demo")])
    bare = statistics.median(_run([sys.executable, "-c", "pass"])[0] for _ in range(runs))
    command = [*nqi, "ask", "株洲市有哪些产业链？", "--brief", "--store", str(folder / "demo")]
    _run(command)  # fills the caches, as any use of the program has
    taken = [_run(command) for _ in range(runs)]
    figures = {
        "cold_ask_ms": statistics.median(seconds for seconds, _ in taken) * 1000,
        "cold_ask_to_bare_python_ratio": statistics.median(seconds for seconds, _ in taken) / bare,
    }
    if taken[0][1]:
        figures["memory_ask_mb"] = max(memory for _, memory in taken) / 1e6
        figures["memory_load_mb"] = loading[1] / 1e6
    return figures


def _store(folder: Path) -> tuple[GraphStore, Ontology]:
    from graph.open import open_store
    from ontology.read import load_ontology

    ontology = load_ontology()
    return open_store(str(folder), ontology, writable=True), ontology


def _run(command: list[str]) -> tuple[float, float]:
    """Seconds that a command takes, and the most bytes it held (0 where the system does not tell)."""
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if not hasattr(os, "wait4"):
        process.wait()
        return time.perf_counter() - began, 0.0
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    return seconds, used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _timed(do: Callable[[], T]) -> tuple[float, T]:
    began = time.perf_counter()
    result = do()
    return time.perf_counter() - began, result


def _machine_unit() -> tuple[float, float]:
    """Milliseconds of a fixed piece of work, by which figures of two machines can be compared; and how
    much longer it takes than the processor works on it."""

    def work() -> str:
        state = hashlib.sha256()
        for number in range(40_000):
            state.update(f"{number}:{number * number % 977}".encode())
        return state.hexdigest()

    began, worked = time.perf_counter(), time.process_time()
    best = min(_timed(work)[0] for _ in range(10))
    busy = (time.perf_counter() - began) / (time.process_time() - worked)
    return best * 1000, busy


def _share(taken: list[float], share: float) -> float:
    return sorted(taken)[min(len(taken) - 1, int(len(taken) * share))]


def _print(figures: Figures, before: Figures) -> None:
    unit = figures["machine_unit_ms"]
    width = max(map(len, figures))
    head = f"{'':{width}}  {'here':>12}  {'× machine unit':>14}" + (f"  {'× before':>9}" if before else "")
    print(head)
    for name, value in figures.items():
        relative = f"{value / unit:14.2f}" if name.endswith("_ms") else " " * 14
        line = f"{name:{width}}  {value:12,.2f}  {relative}"
        if before.get(name):
            line += f"  {value / before[name]:9.2f}"
        print(line)
    if before:
        worse = [n for n in figures if before.get(n) and _worse(n, figures[n] / before[n])]
        print(f"\nmore than a fifth worse: {', '.join(worse) or 'none'}")


def _worse(name: str, ratio: float) -> bool:
    return ratio < 0.8 if name.endswith(MORE_IS_BETTER) else ratio > 1.25


def _say(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of the material, for a first look")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--out", type=Path, metavar="FILE", help="keep the figures (outside the repository)")
    parser.add_argument("--against", type=Path, metavar="FILE", help="compare with figures that were kept")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
