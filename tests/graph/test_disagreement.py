"""Conflicts, divergences and coverage (contract §2)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.conflicts import borne_out, conflicts_among, divergences_among, reconciled
from graph.coverage import Coverage, coverage_statement, declared
from graph.observation_rows import ObservationRow
from graph.open import open_store
from graph.stores.embedded import EmbeddedStore
from graph.types import Contribution
from ontology.read import load_ontology
from tests.conformance.material import Material


def row(
    value: float | None = None, bound: str = "=", decimals: int | None = None, **more: object
) -> ObservationRow:
    number = len(_made)
    _made.append(number)
    given: dict[str, object] = {
        "id": f"observation:{number:04d}",
        "subject": "region:990100",
        "metric": "metric:pass_rate",
        "period": "2024",
        "value": value,
        "base_value": value,
        "base_unit": "%",
        "unit": "%",
        "bound": bound,
        "decimals": decimals,
        "passages": (f"d.md#{number}-1",),
        **more,
    }
    return ObservationRow(**given)  # type: ignore[arg-type]


_made: list[int] = []


@pytest.mark.parametrize(
    ("a", "b", "agree"),
    [
        (row(95.2), row(95.2), True),
        (row(95.2, decimals=1), row(95.3, decimals=1), False),
        (row(94.12, decimals=2), row(94.1, decimals=1), True),
        (row(94.12, decimals=2), row(94.2, decimals=1), False),
        (row(94.15, decimals=2), row(94.2, decimals=1), True),
        (row(95.0, decimals=1), row(95, decimals=0), True),
        (row(95.4, decimals=1), row(95, decimals=0), True),
        (row(95.6, decimals=1), row(95, decimals=0), False),
        # 1.2 of ten thousands, and 12 345: rounded; 12 600 is not
        (row(1.2, decimals=1, base_value=12000.0), row(12345, decimals=0), True),
        (row(1.2, decimals=1, base_value=12000.0), row(12600, decimals=0), False),
        (row(95, ">="), row(95.3), True),
        (row(95, ">="), row(94.9), False),
        (row(95, ">"), row(95), True),  # 95.3, rounded
        (row(95, ">"), row(94.9, decimals=1), False),
        (row(95, ">"), row(95, "<="), False),
        (row(95, ">="), row(95, "<="), True),
        (row(95, "<="), row(95), True),
        (row(80, "<"), row(79.9), True),
        (row(80, "<"), row(85, ">"), False),
        (row(100, "~"), row(103), True),
        (row(100, "~"), row(120), False),
        (row(None, low=3.0, high=5.0), row(4), True),
        (row(None, low=3.0, high=5.0), row(6), False),
        (row(None, low=3.0, high=5.0, unit="万家"), row(6), True),
        (row(None, text="达到考核目标"), row(95), True),
        (row(None, text="达到考核目标"), row(None, text="达到考核目标。"), True),
        (row(None, text="达到考核目标"), row(None, text="未达到要求"), False),
    ],
)
def test_what_reconciles(a: ObservationRow, b: ObservationRow, agree: bool) -> None:
    assert reconciled(a, b) is agree
    assert reconciled(b, a) is agree


@pytest.mark.parametrize(
    "other",
    [
        {"period": "2023"},
        {"kind": "target"},
        {"subject": "region:1"},
        {"metric": "metric:other"},
        {"scope": "产品=云梯"},
        {"base_unit": "家"},
        {"passages": ("same.md#1-2",)},
    ],
)
def test_only_the_same_thing_conflicts(other: dict[str, object]) -> None:
    first = row(95.2, passages=("same.md#1-2",))
    assert conflicts_among([first, row(90.0, **other)]) == ()
    assert len(conflicts_among([first, row(90.0)])) == 1


def test_a_conflict_names_only_those_at_odds() -> None:
    a, b, c = row(95.2, decimals=1), row(95.24, decimals=2), row(97.0, decimals=1)
    (found,) = conflicts_among([c, a, b])
    assert found.observations == (a, b, c)
    (found,) = conflicts_among([a, row(95.0, ">="), c])
    assert found.observations == (a, c)


def test_a_phrase_is_compared_by_its_key() -> None:
    assert len(conflicts_among([row(1.0, metric="用电量"), row(2.0, metric="“用电量”")])) == 1


def test_another_scope_or_unit_is_a_divergence() -> None:
    plain, scoped, other = row(95.2), row(97.0, scope="产品=云梯;范围=省级"), row(5.0, base_unit="家")
    (found,) = divergences_among([plain, scoped])
    assert (found.kind, found.differs_in) == ("divergence", ("产品", "范围"))
    (found,) = divergences_among([plain, other])
    assert found.differs_in == ("unit",)
    assert divergences_among([plain, row(95.2, scope="产品=云梯")]) == ()
    assert divergences_among([plain, row(90.0)]) == ()


# ---- coverage ------------------------------------------------------------------------------------


def _covering() -> Contribution:
    made = (
        Material("list.csv")
        .node("Region", "990000", "name=云省")
        .node("Region", "990100", "name=云江市")
        .relate(("Region", "990100"), "PART_OF", ("Region", "990000"))
    )
    for covers, region, period in (
        ("Platform", "region:990000", "2024"),
        ("HAS_PLATFORM", "region:990100", ""),
        ("Enterprise", "", ""),
    ):
        made.nodes.append(
            coverage_statement(
                "list.csv",
                "list.csv#Sheet1!A2:E2",
                Coverage("", covers, region, period, "source:x", "云江统计室"),
            )
        )
    return made.contribution()


@pytest.fixture(scope="module")
def covered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    store = open_store(str(tmp_path_factory.mktemp("c") / "store"), load_ontology(), writable=True)
    store.apply([_covering()])
    yield store
    store.close()


@pytest.mark.parametrize(
    ("covers", "region", "period", "found"),
    [
        ("Platform", "region:990000", "2024", True),
        ("Platform", "region:990100", "", True),  # a part of what is covered
        ("Platform/one_stop", "region:990100", "2024-H1", True),
        ("Platform", "region:990100", "2023", False),
        ("Platform", "region:880000", "2024", False),
        ("Platform", "", "", False),
        ("HAS_PLATFORM", "region:990100", "1999", True),
        ("HAS_PLATFORM", "region:990000", "", False),  # the whole is not covered by a part
        ("Enterprise", "region:880000", "", True),
        ("Chain", "region:990100", "", False),
    ],
)
def test_coverage_reaches(covered: EmbeddedStore, covers: str, region: str, period: str, found: bool) -> None:
    assert bool(declared(covered.read, [covers], region, period)) is found


def test_coverage_says_who_declared_it(covered: EmbeddedStore) -> None:
    (one,) = declared(covered.read, ["HAS_PLATFORM"], "region:990100")
    assert (one.author, one.source, one.period) == ("云江统计室", "source:x", "")
    assert one.passages == ("list.csv#Sheet1!A2:E2",)


def test_what_a_closer_figure_says_too_is_borne_out() -> None:
    closer = row(94.12, decimals=2)
    less = [row(94.0, bound=">"), row(94.0, decimals=0), row(94.0, bound="~")]
    assert borne_out([closer, *less]) == {r.id for r in less}


def test_what_says_something_else_is_not() -> None:
    closer = row(94.12, decimals=2)
    others = [
        row(95.0, decimals=0),
        row(97.0, bound=">"),
        row(94.0, decimals=0, period="2023"),
        row(94.0, decimals=0, scope="范围=省级"),
        row(94.0, bound=">=", kind="target"),
    ]
    assert borne_out([closer, *others]) == frozenset()
    assert borne_out([row(94.0, bound=">"), row(90.0, bound=">=")]) == frozenset()
