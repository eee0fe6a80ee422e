"""How fast one long text is read, and how much memory that takes as it gets longer.

    python -m benchmarks.long_texts [MEGABYTES…] [--reading]

Each length (1 and 10 MB where none is given) has a process of its own, so that it is charged with nothing
else. Seconds are of the processor. ``--reading`` leaves the store out.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import material


def main() -> None:
    options = _options()
    if options.one:
        print(json.dumps(_measured(options.one, options.megabytes[0], options.reading)))
        return
    print("    MB  characters    facts  read: chars/s  peak MB  with the store: s  peak MB")
    with tempfile.TemporaryDirectory(prefix="nqi-bench-") as folder:
        for size in options.megabytes:
            command = [sys.executable, "-m", "benchmarks.long_texts", str(size), "--one", folder]
            done = subprocess.run(
                command + ["--reading"] * options.reading, check=True, capture_output=True, text=True
            )
            f = json.loads(done.stdout)
            stored = f"{f['store_s']:17.0f}{f['store_mb']:9.0f}" if "store_s" in f else ""
            print(f"{size:6g}{f['characters']:12,}{f['facts']:9,}{f['characters'] / f['read_s']:15,.0f}"
                  f"{f['read_mb']:9.0f}{stored}", flush=True)


def _measured(folder: Path, megabytes: float, reading: bool) -> dict[str, float]:
    from graph.open import open_store
    from loaders.extract_files import SourceFile, extract_file
    from loaders.load import load
    from loaders.resolve import resolve_in_parts
    from ontology.read import load_ontology

    ontology = load_ontology()
    paths = [folder / f"warm{megabytes:g}.txt", folder / f"long{megabytes:g}.txt"]
    for path, size in zip(paths, (0.05, megabytes), strict=True):
        characters = material.long_text(path, size)
    extract_file(SourceFile(paths[0], "warm.txt"), ontology, ())
    held = _forget_peak()
    began = time.process_time()
    read = extract_file(SourceFile(paths[1], "long.txt"), ontology, ())
    taken = time.process_time() - began
    for _ in resolve_in_parts(read.facts, read.origin, ontology):
        pass
    figures = {"characters": characters, "facts": len(read.facts), "read_s": taken,
               "read_mb": _peak() - held}
    del read
    if not reading:
        store = open_store(str(folder / f"store{megabytes:g}"), ontology, writable=True)
        held = _forget_peak()
        began = time.process_time()
        load([paths[1]], store, ontology)
        figures |= {"store_s": time.process_time() - began, "store_mb": _peak() - held}
        store.close()
    return figures


def _forget_peak() -> float:
    """Megabytes held now; the most that was held is counted from here."""
    Path("/proc/self/clear_refs").write_text("5")
    return _status("VmRSS")


def _peak() -> float:
    return _status("VmHWM")


def _status(name: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith(name))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.long_texts", description=__doc__.splitlines()[0]
    )
    parser.add_argument("megabytes", nargs="*", type=float, default=[1.0, 10.0], metavar="MEGABYTES")
    parser.add_argument("--reading", action="store_true", help="without a store")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not Path("/proc/self/clear_refs").exists():
        sys.exit("memory is measured by /proc, which this system does not have")
    return options


if __name__ == "__main__":
    main()
