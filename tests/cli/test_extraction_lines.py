"""One fact as the object that ``nqi extract`` writes (docs/contract.md §5)."""

from __future__ import annotations

from loaders.facts import ObservationFact, Thing
from ontology.lexicon.mention import Quantity
from ontology.read import load_ontology
from qa_service.cli.extraction import fact_json


def test_line_of_an_observation() -> None:
    fact = ObservationFact(
        Thing("Region", "株洲市"),
        "合格率",
        "x.txt#0-9",
        "合格率不低于95%",
        kind="target",
        quantity=Quantity(95.0, "%", ">="),
    )
    made = fact_json("x.txt", fact, load_ontology())
    assert (made["subject"], made["value"], made["unit"], made["op"]) == ("株洲市", 95, "%", ">=")
    assert (made["kind"], made["year"], made["subject_type"]) == ("target", None, "region")


def test_a_growth_below_zero_is_negative_and_what_is_shortened_is_told_by_how_much() -> None:
    told = []
    for quote in ("进口同比下降17.1%", "平均检测周期缩短17.1%"):
        fact = ObservationFact(
            Thing("Region", "株洲市"), "进口", "x.txt#0-9", quote, kind="change",
            quantity=Quantity(17.1, "%"), scope={"方向": "下降"},
        )
        told.append(fact_json("x.txt", fact, load_ontology())["value"])
    assert told == [-17.1, 17.1]
