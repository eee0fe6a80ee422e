"""Each fault that the exam found stays mended, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.ids import observation_id
from graph.open import open_store
from graph.store import GraphStore
from ontology.model import Ontology
from ontology.read import load_ontology
from qa_service.ask import ask
from qa_service.exam.world import Fact, Figure, Link, Thing, World
from qa_service.exam.write import load
from qa_service.session import Session
from queries.period import bounds
from queries.terms import class_of

DATA: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[1] / "corpus" / "exam" / "mended.yaml").read_text("utf-8")
)
SCALES = {"亿元": (1e8, "元"), "%": (1.0, "%"), "个百分点": (1.0, "百分点"), "平方公里": (1.0, "平方公里"),
          **{unit: (1.0, unit) for unit in ("个", "家", "项", "人", "人次")}}


def world(ontology: Ontology) -> World:
    facts: list[Fact] = [Thing(row[0], class_of(ontology, row[0]), *row[1:]) for row in DATA["things"]]
    facts += [Link(*row[:3], {}, *row[3:]) for row in DATA["links"]]
    facts += [figure(*row) for row in DATA["figures"]]
    metrics = {row[1]: ontology.metrics[row[1].partition(":")[2]].labels.zh for row in DATA["figures"]}
    return World(tuple(("事实.csv", fact) for fact in facts), metrics)


def figure(
    subject: str, metric: str, phrase: str, period: str, value: float, unit: str, kind: str = "actual"
) -> Figure:
    scale, base_unit = SCALES[unit]
    start, end = bounds(period) or ("", "")
    key = observation_id(
        subject, metric, period=period, kind=kind, base_value=value * scale, base_unit=base_unit
    )
    return Figure(key, subject, metric, {
        "metric": phrase, "period": period, "start": start, "end": end, "value": float(value), "unit": unit,
        "base_value": value * scale, "base_unit": base_unit, "bound": "=", "value_kind": kind, "scope": "",
        "decimals": 1,
    })


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def session(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    ontology = load_ontology()
    folder = tmp_path_factory.mktemp("mended") / "store"
    url = request.getfixturevalue("neo4j_url") if request.param == "neo4j" else str(folder)
    store: GraphStore = open_store(url, ontology, writable=True)
    store.reset()
    load(world(ontology), ontology, store)
    yield Session(store, ontology, today=date(2026, 3, 1))
    store.close()


@pytest.mark.parametrize("case", DATA["questions"], ids=lambda case: str(case["ask"]))
def test_question(case: dict[str, Any], session: Session) -> None:
    answer = ask(case["ask"], session)
    wanted = "answered" if case["answers"] else "no_data"
    shown = (answer.status, answer.answers, answer.logical_form)
    assert (answer.status, sorted(answer.answers)) == (wanted, sorted(case["answers"])), shown
    if "evidence" in case:
        assert any(case["evidence"] in e.quote for e in answer.evidence), answer.evidence
