"""Fits how likely an answer is right to the questions of ``calibration/``, and writes the weights.

    python -m benchmarks.calibrate [--write]

Each file of ``calibration/`` is asked over its own material, with nothing refused. Logistic regression
with a little ridge, fitted by Newton's steps; the curve of risk and coverage is that of five-fold
cross-validation, so no question is judged by weights that saw it. The threshold is the lowest that
keeps the risk of the answers given within ``RISK``, and no lower than a half: what is likelier wrong
than right is not answered. ``--write`` writes ``qa_service/readings/belief.json``.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.open import open_store
from loaders.load import load
from ontology.read import load_ontology
from qa_service.answering.answer_types import Answer
from qa_service.ask import ask
from qa_service.readings import belief
from qa_service.readings.rank import THRESHOLD
from qa_service.session import Session

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parent
FILE: Final = ROOT / "qa_service" / "readings" / "belief.json"
#: a file of questions, and what it is asked over
MATERIAL: Final = {
    "demonstration": ("data",),
    "small": (),  # the small graph
    "documents": ("tests/corpus/asked_figures", "tests/corpus/asked_prose"),
    "structure": ("tests/corpus/asked_documents",),
}
#: the share of wrong ones among the answers given that is accepted
RISK: Final = 0.05
#: readings whose score is below are not tried while fitting: lower than in use, to see wrong ones
_GATE: Final = 0.45
_RIDGE: Final = 1.0
_FOLDS: Final = 5
TODAY: Final = date(2025, 6, 1)

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Question:
    text: str
    #: groups of accepted spellings; none where nothing may be claimed
    items: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Judged:
    """An answer: what was measured of its reading, whether it is right, whether it claims anything."""

    question: str
    signs: tuple[float, ...]
    right: bool
    claims: bool


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    judged = list(_judged())
    measured = [j for j in judged if j.signs]
    signs = np.array([j.signs for j in measured])
    right = np.array([float(j.right) for j in measured])
    held_out = _cross_validated(signs, right)
    # what is understood and has no data claims nothing, and what is below the gate is not tried in use
    claims = np.array([j.claims and j.signs[0] >= THRESHOLD for j in measured])
    curve = _curve(held_out[claims], right[claims], sum(bool(q.items) for q in _all_questions()))
    fitting = [p["threshold"] for p in curve if p["risk"] <= RISK and p["threshold"] >= 0.5]
    threshold = min(fitting, default=1.0)
    weights = _fit(signs, right)
    belief_of = {
        "weights": {n: round(float(w), 4) for n, w in zip((*belief.NAMES, "constant"), weights, strict=True)},
        "threshold": threshold,
        "origin": f"{len(judged)} questions of benchmarks/calibration, {_FOLDS}-fold cross-validation; "
        f"the lowest threshold of at least a half with a risk of at most {RISK:.0%}",
        "curve": curve,
    }
    print(json.dumps(belief_of, ensure_ascii=False, indent=1))
    wrong = [(round(float(p), 2), j.question) for p, j in zip(held_out, measured, strict=True) if not j.right]
    print("wrong:", *sorted(wrong, reverse=True), sep="\n  ")
    if options.write:
        FILE.write_text(json.dumps(belief_of, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


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


def _all_questions() -> list[Question]:
    return [q for name in MATERIAL for q in questions(name)]


def _judged() -> Iterator[Judged]:
    with tempfile.TemporaryDirectory(prefix="nqi-calibrate-") as folder:
        for name in MATERIAL:
            session = _session(name, Path(folder) / name)
            session.belief = belief.Belief((0.0,) * (len(belief.NAMES) + 1), 0.0, _GATE)
            for question in questions(name):
                answer = ask(question.text, session)
                yield Judged(
                    question.text, answer.signs, is_right(answer, question), answer.status == "answered"
                )
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


def _cross_validated(signs: Matrix, right: Matrix) -> Matrix:
    held_out = np.zeros(len(right))
    fold = np.arange(len(right)) % _FOLDS
    for n in range(_FOLDS):
        weights = _fit(signs[fold != n], right[fold != n])
        x = np.hstack([signs[fold == n], np.ones((int((fold == n).sum()), 1))])
        held_out[fold == n] = 1 / (1 + np.exp(-(x @ weights)))
    return held_out


def _curve(probability: Matrix, right: Matrix, answerable: int) -> list[dict[str, float]]:
    """At each threshold: answers given for each question that has one, and the share of wrong ones."""
    points = []
    for threshold in [round(0.05 * n, 2) for n in range(20)]:
        kept = probability >= threshold
        if kept.any():
            points.append(
                {
                    "threshold": threshold,
                    "coverage": round(float(kept.sum()) / answerable, 3),
                    "risk": round(1 - float(right[kept].mean()), 3),
                }
            )
    return points


if __name__ == "__main__":
    raise SystemExit(main())
