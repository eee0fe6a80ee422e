"""Fits how likely an answer is right to questions that were asked, and writes the weights.

    python -m benchmarks.calibrate [--write]
    python -m benchmarks.calibrate --measure SET.jsonl … --store FOLDER [--write]

Each file of ``calibration/*.txt`` is asked over its own material, with nothing refused. Beside them
stands ``calibration/judged.csv``: what was measured of the answers to sets of questions that others wrote
over documents that are not part of this repository, and whether they were right (no question, no text).
``--measure`` asks such sets again (lines as for ``benchmarks.compare``, judged as there) and writes it anew.

Logistic regression with a little ridge, fitted by Newton's steps. The curve of risk and coverage is that of
the judged sets, each judged by weights that saw nothing of it. The threshold is the lowest that keeps the
risk of the answers given within ``RISK``, and no lower than a half: what is likelier wrong than right is not
answered. ``--write`` writes ``qa_service/readings/belief.json``.
"""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.compare import graded
from graph.open import open_store
from loaders.load import load
from ontology.read import load_ontology
from qa_service.answering.answer_types import Answer
from qa_service.ask import ask
from qa_service.readings import belief
from qa_service.session import Session, open_session

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parent
JUDGED: Final = HERE / "calibration" / "judged.csv"
FILE: Final = ROOT / "qa_service" / "readings" / "belief.json"
#: a file of questions, and what it is asked over
MATERIAL: Final = {
    "demonstration": ("data",),
    "small": (),  # the small graph
    "documents": ("tests/corpus/asked_figures", "tests/corpus/asked_prose"),
    "structure": ("tests/corpus/asked_documents",),
}
#: the share of wrong ones among the answers given that is accepted
RISK: Final = 0.1
#: readings whose score is below are not tried while fitting: lower than in use, to see wrong ones
_GATE: Final = 0.45
_RIDGE: Final = 1.0
TODAY: Final = date(2025, 6, 1)

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Question:
    text: str
    #: groups of accepted spellings; none where nothing may be claimed
    items: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Judged:
    """An answer to a question of ``source``: what was measured of it, whether it is right. No signs where
    nothing was claimed; ``answerable``: whether there is an answer at all."""

    source: str
    answerable: bool
    right: bool
    signs: tuple[float, ...]
    question: str = ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", type=Path, nargs="+", default=[], metavar="SET.jsonl")
    parser.add_argument("--store", default="")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if options.measure:
        measure(options.measure, options.store)
    own, judged = list(_own()), kept()
    fitted = [j for j in (*own, *judged) if j.signs]
    held_out = _cross_validated(fitted)
    curve = _curve([(p, j.right) for p, j in held_out if j in judged], sum(j.answerable for j in judged))
    fitting = [p["threshold"] for p in curve if p["risk"] <= RISK and p["threshold"] >= 0.5]
    sets = len({j.source for j in judged})
    belief_of = {
        "weights": {
            n: round(float(w), 4)
            for n, w in zip((*belief.NAMES, "constant"), _fit(*_matrices(fitted)), strict=True)
        },
        "threshold": min(fitting, default=1.0),
        "origin": f"{len(own)} questions of benchmarks/calibration and {len(judged)} in {sets} sets over "
        "other documents; of these the curve, each set by weights that saw nothing of it; the lowest "
        f"threshold of at least a half with a risk of at most {RISK:.0%}",
        "curve": curve,
    }
    print(json.dumps(belief_of, ensure_ascii=False, indent=1))
    wrong = [(round(p, 2), j.question) for p, j in held_out if not j.right and j.question]
    print("wrong:", *sorted(wrong, reverse=True), sep="\n  ")
    if options.write:
        FILE.write_text(json.dumps(belief_of, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


def measure(sets: list[Path], store: str) -> None:
    """Asks the sets and writes ``judged.csv``; they are told apart by a number."""
    session = open_session(store)
    session.belief = belief.Belief((0.0,) * (len(belief.NAMES) + 1), 0.0)
    with JUDGED.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("set", "answerable", "right", *belief.NAMES))
        for number, path in enumerate(sets, 1):
            for line in path.read_text("utf-8").splitlines():
                gold = json.loads(line)
                answer = ask(gold["question"], session)
                claims = answer.status == "answered" and bool(answer.answers)
                right = graded(gold, answer.answers if claims else []) == "right"
                signs = [f"{s:.4g}" for s in answer.signs] if claims else []
                table.writerow((number, int(gold["status"] == "answered"), int(right), *signs))
    session.close()


def kept() -> list[Judged]:
    """What ``judged.csv`` holds."""
    with JUDGED.open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    return [
        Judged(number, answerable == "1", right == "1", tuple(map(float, signs)))
        for number, answerable, right, *signs in rows
    ]


def questions(name: str) -> tuple[Question, ...]:
    """The questions of a file of ``calibration/``."""
    found = []
    for line in (HERE / "calibration" / f"{name}.txt").read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            text, _, gold = line.rpartition(" | ")
            groups = () if gold.strip() == "-" else tuple(
                frozenset(s.strip() for s in item.split("/")) for item in gold.split(";")
            )
            found.append(Question(text.strip(), groups))
    return tuple(found)


def is_right(answer: Answer, question: Question) -> bool:
    """All items and no other; where nothing may be claimed, nothing is."""
    if not question.items:
        return answer.status != "answered"
    said = set(answer.answers)
    return (
        answer.status == "answered"
        and all(group & said for group in question.items)
        and all(any(item in group for group in question.items) for item in said)
    )


def _own() -> Iterator[Judged]:
    with tempfile.TemporaryDirectory(prefix="nqi-calibrate-") as folder:
        for name in MATERIAL:
            session = _session(name, Path(folder) / name)
            session.belief = belief.Belief((0.0,) * (len(belief.NAMES) + 1), 0.0, _GATE)
            for question in questions(name):
                answer = ask(question.text, session)
                right = is_right(answer, question)
                yield Judged(name, bool(question.items), right, answer.signs, question.text)
            session.close()


def _session(name: str, folder: Path) -> Session:
    from tests.small_graph import small_store

    ontology = load_ontology()
    if not MATERIAL[name]:
        return Session(small_store(folder, ontology), ontology, today=TODAY)
    store = open_store(str(folder), ontology, writable=True)
    load([ROOT / path for path in MATERIAL[name]], store, ontology)
    return Session(store, ontology, today=TODAY)


def _fit(signs: Matrix, right: Matrix) -> Matrix:
    """Weights with the constant last."""
    x = np.hstack([signs, np.ones((len(signs), 1))])
    weights = np.zeros(x.shape[1])
    ridge = _RIDGE * np.eye(x.shape[1])
    ridge[-1, -1] = 1e-6
    for _ in range(50):
        p = 1 / (1 + np.exp(-(x @ weights)))
        gradient = x.T @ (p - right) + ridge @ weights
        hessian = x.T @ (x * (p * (1 - p))[:, None]) + ridge
        step = np.linalg.solve(hessian, gradient)
        weights = weights - step
        if float(np.abs(step).max()) < 1e-9:
            break
    return weights


def _matrices(judged: Sequence[Judged]) -> tuple[Matrix, Matrix]:
    return np.array([j.signs for j in judged]), np.array([float(j.right) for j in judged])


def _cross_validated(judged: Sequence[Judged]) -> list[tuple[float, Judged]]:
    """Each with its probability by weights fitted to the other sources."""
    found: list[tuple[float, Judged]] = []
    for source in dict.fromkeys(j.source for j in judged):
        inside = [j for j in judged if j.source == source]
        weights = _fit(*_matrices([j for j in judged if j.source != source]))
        believed = belief.Belief(tuple(map(float, weights)), 0.0)
        found += [(believed.probability(j.signs), j) for j in inside]
    return found


def _curve(held_out: Sequence[tuple[float, bool]], answerable: int) -> list[dict[str, float]]:
    """At each threshold: answers given for each question that has one, and the share of wrong ones."""
    points = []
    for threshold in [round(0.05 * n, 2) for n in range(20)]:
        given = [right for p, right in held_out if p >= threshold]
        if given:
            points.append(
                {
                    "threshold": threshold,
                    "coverage": round(len(given) / answerable, 3),
                    "risk": round(1 - sum(given) / len(given), 3),
                }
            )
    return points


if __name__ == "__main__":
    raise SystemExit(main())
