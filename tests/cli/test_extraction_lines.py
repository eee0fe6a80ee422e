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
