"""Of figures with and without a period the dated one is the latest, on every engine."""

from __future__ import annotations

import pytest

from graph.store import GraphStore
from ontology.model import Ontology
from queries.compile import compile  # noqa: A004
from queries.notation import read
from tests.conformance.material import CITY, Material


@pytest.mark.parametrize(
    ("periods", "latest"),
    [
        (("2023", ""), ["2023"]),
        (("", "2022", "2023"), ["2023"]),
        (("",), [None]),
        (("2022", "2023-H1"), ["2023-H1"]),
    ],
)
def test_undated_figures_are_the_oldest(
    periods: tuple[str, ...], latest: list[str | None], ontology: Ontology, store: GraphStore
) -> None:
    material = Material("latest.md")
    for number, period in enumerate(periods):
        material.observe(CITY, "pass_rate", 90.0 + number, period=period)
        if period:
            material.nodes[-2].properties["end"] = f"{period[:4]}-06-30"  # type: ignore[index]
    store.apply([material.contribution("-".join(periods))])
    form = read(f'Observations(Entity("region:{CITY[1]}"), "metric:pass_rate")')
    rows = store.read(compile(form, ontology, store.dialect).statement)
    at = rows.columns.index("period")
    assert [row[at] for row in rows.rows] == latest
