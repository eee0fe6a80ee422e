"""The bundled demonstration material: complete, cited, and what the documentation says of it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from graph.coverage import declared
from graph.open import open_store
from graph.stores.embedded import EmbeddedStore
from graph.types import CypherStatement
from loaders.load import load
from loaders.report import LoadReport
from ontology.gazetteer import gazetteer
from ontology.read import load_ontology

DATA = Path(__file__).parents[2] / "data"
TABLES = sorted(DATA.glob("*.csv"))
BULLETINS = sorted((DATA / "bulletins").glob("*.md"))


@cache
def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[EmbeddedStore, LoadReport]]:
    store = open_store(str(tmp_path_factory.mktemp("demo") / "store"), load_ontology(), writable=True)
    report = load([DATA], store, load_ontology())
    yield store, report
    store.close()


def names(store: EmbeddedStore, query: str) -> list[str]:
    return [str(row[0]) for row in store.read(CypherStatement(query)).rows]


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_every_row_cites_a_source_with_its_grade(path: Path) -> None:
    for row in rows(path):
        assert row["来源"]
        assert row["等级"] in ("A", "B", "C")
        assert row["等级"] != "C" or not row["网址"], "a repost's address is left out"


def test_the_tables_and_bulletins_are_all_there() -> None:
    assert [path.stem for path in TABLES] == [
        "chains",
        "coverage",
        "firms",
        "metrics",
        "platforms",
        "policies",
        "regions",
        "supply",
    ]
    assert len(BULLETINS) == 2
    described = (DATA / "README.md").read_text("utf-8")
    assert all(path.name in described for path in TABLES)


def test_codes_are_those_of_the_gazetteer() -> None:
    listed = {row["行政区划代码"]: row["地区"] for row in rows(DATA / "regions.csv")}
    places = {place.code: place.name for place in gazetteer().children("430000")}
    assert len(places) == 14
    assert listed == {"430000": "湖南省", **places}


def test_everything_loads(loaded: tuple[EmbeddedStore, LoadReport]) -> None:
    _, report = loaded
    assert report.rejections == ()
    assert {d.id: d.status for d in report.documents} == {
        **{path.name: "loaded" for path in TABLES},
        **{f"bulletins/{path.name}": "loaded" for path in BULLETINS},
    }


def test_two_conflicts_are_kept(loaded: tuple[EmbeddedStore, LoadReport]) -> None:
    store, _ = loaded
    assert store.status().conflicts >= 2
    for subject, metric, values in (
        ("region:430100", "metric:manufacturing_pass_rate", {95.2, 96.2}),
        ("region:430000", "metric:national_testing_centres", {18.0, 25.0}),
    ):
        found = store.read(
            CypherStatement(
                "MATCH (o:Observation)-[:ABOUT]->(s) MATCH (o)-[:MEASURES]->(m) "
                "WHERE s.id = $subject AND m.id = $metric AND o.period = '2024' "
                "AND o.value_kind = 'actual' RETURN DISTINCT o.base_value AS v ORDER BY v",
                {"subject": subject, "metric": metric},
            )
        )
        assert {row[0] for row in found.rows} == values


def test_zhuzhou_has_chains_and_no_one_stop_platform_of_theirs_is_recorded(
    loaded: tuple[EmbeddedStore, LoadReport],
) -> None:
    store, _ = loaded
    chains = names(store, "MATCH (c:Chain)-[:LOCATED_IN]->(r:Region {id: 'region:430200'}) RETURN c.id")
    assert len(chains) >= 4
    served = names(store, "MATCH (p:Platform {subtype: 'one_stop'})-[:SERVES]->(c:Chain) RETURN c.id")
    owners = names(store, "MATCH (c:Chain)-[:HAS_PLATFORM]->(p:Platform {subtype: 'one_stop'}) RETURN c.id")
    assert not set(chains) & {*served, *owners}
    # the sources do not name the chains that 株洲's four platforms serve: nobody can declare coverage
    assert not declared(store.read, ["Platform/one_stop", "HAS_PLATFORM", "SERVES"], "region:430200", "2024")


def test_for_hengyang_the_same_gap_is_covered(loaded: tuple[EmbeddedStore, LoadReport]) -> None:
    store, _ = loaded
    found = declared(store.read, ["Platform/one_stop"], "region:430400", "2024")
    assert len({coverage.source for coverage in found}) == 2
    assert all(coverage.author for coverage in found)
    assert names(store, "MATCH (c:Chain)-[:LOCATED_IN]->(r:Region {id: 'region:430400'}) RETURN c.id") == [
        "chain:430400/输变电装备"
    ]


def test_members_of_a_chain_have_stages(loaded: tuple[EmbeddedStore, LoadReport]) -> None:
    store, _ = loaded
    roles = names(
        store, "MATCH (:Enterprise)-[m:MEMBER_OF]->(c:Chain) RETURN DISTINCT m.role AS r ORDER BY r"
    )
    assert {load_ontology().stage_of(role) for role in roles} >= {"upstream", "midstream"}


def test_the_bulletins_carry_facts_that_open_in_a_passage(loaded: tuple[EmbeddedStore, LoadReport]) -> None:
    store, _ = loaded
    for path in BULLETINS:
        quoted = store.read(
            CypherStatement(
                "MATCH (o:Observation)-[:STATED_IN]->(p:Passage) WHERE p.document = $document "
                "RETURN p.text, p.`start`, p.`end`",
                {"document": f"bulletins/{path.name}"},
            )
        )
        text = path.read_text("utf-8")
        assert len(quoted.rows) >= 5
        assert all(text[int(str(start)) : int(str(end))] == quote for quote, start, end in quoted.rows)
