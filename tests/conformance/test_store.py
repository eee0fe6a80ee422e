"""What a GraphStore promises, on every store."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from graph.conflicts import find_disagreements
from graph.content import content_parts, read_content
from graph.store import GraphStore
from graph.types import Contribution, CypherStatement, NodeStatement, RelationshipStatement, Support
from ontology.errors import StatementError, StatementTimeout, StoreError
from tests.conformance.material import CHAIN, CITY, FIRM, PLATFORM, Material, three_documents

EMPTY = "0" * 64


def rows(store: GraphStore, query: str, **params: object) -> tuple[tuple[object, ...], ...]:
    return store.read(CypherStatement(query, params)).rows


# ---- the graph is a function of the documents --------------------------------------------------


def test_an_empty_store_has_the_empty_hash(store: GraphStore) -> None:
    assert store.content_hash() == EMPTY
    assert store.status().documents == 0
    assert rows(store, "MATCH (n:Region) RETURN n.id") == ()


def test_loading_twice_changes_nothing(store: GraphStore) -> None:
    store.apply(three_documents())
    once, status = store.content_hash(), store.status()
    store.apply(three_documents())
    assert store.content_hash() == once
    assert (store.status().nodes, store.status().relationships) == (status.nodes, status.relationships)


def test_the_order_of_loading_does_not_show(store: GraphStore) -> None:
    hashes = set()
    first, second, third = three_documents()
    for order in ((first, second, third), (third, second, first), (second, third, first)):
        store.reset()
        for contribution in order:
            store.apply([contribution])
        hashes.add(store.content_hash())
    store.reset()
    store.apply(three_documents())
    hashes.add(store.content_hash())
    assert len(hashes) == 1


@pytest.mark.parametrize("document", ["report.md", "bulletin.md", "table.csv"])
def test_unloading_and_loading_again_is_exact(store: GraphStore, document: str) -> None:
    store.apply(three_documents())
    before = store.content_hash()
    store.apply([], remove=[document])
    without = store.content_hash()
    assert without != before
    store.apply([c for c in three_documents() if c.document == document])
    assert store.content_hash() == before
    store.reset()
    store.apply([c for c in three_documents() if c.document != document])
    assert store.content_hash() == without


def test_unloading_everything_leaves_nothing(store: GraphStore) -> None:
    store.apply(three_documents())
    store.apply([], remove=["report.md", "bulletin.md", "table.csv"])
    assert store.content_hash() == EMPTY
    assert (store.status().nodes, store.status().relationships) == ({}, {})
    assert rows(store, "MATCH (n) WHERE n.id IS NOT NULL RETURN n.id") == ()
    assert rows(store, "MATCH ()-[r]->() RETURN r.id") == ()


def test_a_changed_document_replaces_what_it_said(store: GraphStore) -> None:
    store.apply(three_documents())
    changed = Material("report.md").node("Region", CITY[1], "name=云江市").contribution("other bytes")
    store.apply([changed])
    assert store.documents()["report.md"] == "other bytes"
    assert rows(store, "MATCH (:Enterprise)-[r:LEADS]->(:Chain) RETURN r.id") == ()
    after = store.content_hash()
    store.reset()
    store.apply([changed, *three_documents()[1:]])
    assert store.content_hash() == after


@pytest.mark.parametrize(
    "text",
    [
        "a\x00b",
        "\x01",
        "x" * 300_000,
        "\u202e倒",
        "😀",
        "a\nb\tc",
        "`'\"\\$x{}",
        " 前",
        "e\u0301",
        "null",
        "{}",
    ],
    ids=ascii,
)
def test_any_text_is_kept_as_it_is(store: GraphStore, text: str) -> None:
    document = f"{text[:20]}.md"
    store.apply(
        [
            Material(document)
            .node("Region", text[:20], f"name={text}")
            .node("Policy", "p", properties={"number": text})
            .relate(("Region", text[:20]), "PART_OF", ("Region", "up"))
            .contribution()
        ]
    )
    before = store.content_hash()
    assert before == store.recomputed_hash()
    assert rows(store, "MATCH (n:Region) WHERE n.name = $t RETURN n.name", t=text) == ((text,),)
    store.apply([Material("other.md").node("Policy", "p", properties={"number": "z"}).contribution()])
    store.apply([], remove=["other.md"])
    assert store.content_hash() == before
    store.apply([], remove=[document])
    assert store.content_hash() == EMPTY


def test_removing_what_is_not_there_is_no_error(store: GraphStore) -> None:
    store.apply(three_documents())
    before = store.content_hash()
    store.apply([], remove=["nothing.md"])
    assert store.content_hash() == before


def test_documents_whose_names_contain_each_other_are_kept_apart(store: GraphStore) -> None:
    def city(name: str) -> Contribution:
        return Material(name).node("Region", CITY[1], f"alias={name}").contribution()

    store.apply([city("a.md"), city("b/a.md"), city("a.md#x.md")])
    store.apply([], remove=["a.md"])
    assert rows(store, "MATCH (n:Region) RETURN n.name, n.aliases") == (("a.md#x.md", ["b/a.md"]),)


def test_the_hash_that_is_kept_is_the_hash_of_what_is_there(store: GraphStore) -> None:
    for contribution in three_documents():
        store.apply([contribution])
        assert store.content_hash() == store.recomputed_hash()
    store.apply([], remove=["bulletin.md"])
    assert store.content_hash() == store.recomputed_hash() != EMPTY


# ---- merging by supports -----------------------------------------------------------------------


def test_supports_of_two_documents_are_merged_and_names_derived(store: GraphStore) -> None:
    store.apply(three_documents())
    found = rows(
        store,
        "MATCH (n:Enterprise {id: $id}) RETURN n.class, n.name, n.aliases, n.passages, n.stated_as",
        id=f"enterprise:{FIRM[1]}",
    )
    ((cls, name, aliases, passages, stated),) = found
    assert (cls, name, aliases) == ("Enterprise", "云江云梯有限公司", ["云梯股份", "云江云梯"])
    assert isinstance(passages, list)
    assert isinstance(stated, list)
    assert {p.partition("#")[0] for p in passages} == {"report.md", "bulletin.md"}
    assert len(passages) == len(stated)
    # ends that are only named by relationships are supported too
    assert {"", "alias=云江云梯", "alias=云梯股份", "name=云江云梯有限公司"} >= set(stated)


def test_the_three_lists_are_parallel(store: GraphStore) -> None:
    store.apply(three_documents())
    for query in (
        "MATCH (n) WHERE n.id IS NOT NULL RETURN size(n.passages), size(n.stated_as), size(n.sources)",
        "MATCH (a)-[r]->(b) RETURN size(r.passages), size(r.stated_as), size(r.sources)",
    ):
        found = rows(store, query)
        assert found
        assert all(a == b == c and a for a, b, c in found)


def test_the_same_fact_from_two_documents_is_one_with_two_passages(store: GraphStore) -> None:
    store.apply(three_documents())
    found = rows(
        store, "MATCH (o:Observation)-[:ABOUT]->(r:Region) WHERE o.value = $v RETURN o.passages", v=95.2
    )
    assert len(found) == 1
    assert isinstance(found[0][0], list)
    assert len(found[0][0]) == 2


def test_a_qualifier_that_does_not_identify_is_the_same_in_every_order(store: GraphStore) -> None:
    """Two documents give two years for one SERVES: the first document's (by id) is shown, and the
    other's comes forward when that one goes."""
    query = "MATCH (p:Platform)-[r:SERVES]->(c:Chain) RETURN r.year"
    store.apply(three_documents())
    assert rows(store, query) == (("2023",),)
    store.apply([], remove=["bulletin.md"])
    assert rows(store, query) == (("2024",),)
    store.apply([three_documents()[1]])
    assert rows(store, query) == (("2023",),)


def test_a_declared_attribute_is_derived_from_what_is_stated(store: GraphStore) -> None:
    policy = Material("a.md").node(
        "Policy", "云江行动", "name=云江行动", "number=云政发〔2024〕1号", "unknown=x"
    )
    store.apply([policy.contribution()])
    assert rows(store, "MATCH (p:Policy) RETURN p.name, p.number") == (("云江行动", "云政发〔2024〕1号"),)


def test_a_stated_attribute_and_a_property_do_not_lose_each_other(store: GraphStore) -> None:
    own = (
        Material("a.md")
        .node("Policy", "云江行动", "name=云江行动", properties={"number": "1号"})
        .contribution()
    )
    other = Material("b.md").node("Policy", "云江行动", "number=2号").contribution()
    store.apply([own])
    alone = store.content_hash()
    store.apply([other])
    assert rows(store, "MATCH (p:Policy) RETURN p.number") == (("2号",),)
    store.apply([], remove=["b.md"])
    assert rows(store, "MATCH (p:Policy) RETURN p.number") == (("1号",),)
    assert store.content_hash() == alone


def test_denied_relationships_are_kept_beside_stated_ones(store: GraphStore) -> None:
    store.apply(three_documents())
    found = rows(store, "MATCH (:Chain)-[r:HAS_PLATFORM]->(:Platform) RETURN r.polarity")
    assert found == (("denied",),)


def test_conflicts_are_counted_and_told_from_divergences(store: GraphStore) -> None:
    store.apply(three_documents())
    assert store.status().conflicts == 1
    found = find_disagreements(store.read, [f"region:{CITY[1]}"], "metric:pass_rate")
    assert [d.kind for d in found] == ["conflict", "divergence"]
    assert {o.value for o in found[0].observations} == {94.1, 95.2}
    assert found[1].differs_in == ("产品",)


# ---- refusals ----------------------------------------------------------------------------------


def _refused() -> Iterator[tuple[str, Contribution]]:
    no_support = NodeStatement("region:1", "Region", ())
    yield "without support", Contribution("x.md", "d", (no_support,), ())
    foreign = NodeStatement("region:1", "Region", (Support("y.md#0-1"),))
    yield "support of another document", Contribution("x.md", "d", (foreign,), ())
    yield "unknown class", Contribution("x.md", "d", (NodeStatement("a:1", "A", (Support("x.md#0-1"),)),), ())
    yield (
        "unknown property",
        Material("x.md").node("Region", "1", properties={"colour": "red"}).contribution(),
    )
    yield "wrong type", Material("x.md").node("Criterion", "1", properties={"points": "many"}).contribution()
    yield "no text", Material("x.md").node("Region", "1", "name=\ud800").contribution()
    infinite = Material("x.md").node("Criterion", "1", properties={"points": float("inf")})
    yield "infinite", infinite.contribution()
    wrong = RelationshipStatement(
        "0" * 16, "LEADS", "region:1", "Region", "region:2", "Region", (Support("x.md#0-1"),)
    )
    yield "ends that do not fit", Contribution("x.md", "d", (), (wrong,))


@pytest.mark.parametrize(
    ("what", "contribution"), list(_refused()), ids=lambda v: v if isinstance(v, str) else ""
)
def test_a_load_that_is_refused_leaves_nothing_behind(
    store: GraphStore, what: str, contribution: Contribution
) -> None:
    store.apply(three_documents())
    before, version = store.content_hash(), store.version()
    with pytest.raises(StoreError):
        store.apply([Material("new.md").node("Region", "7").contribution(), contribution])
    assert (store.content_hash(), store.version()) == (before, version)
    store.apply([Material("new.md").node("Region", "7").contribution()])
    assert store.content_hash() != before


def test_a_load_whose_source_fails_leaves_nothing_behind(store: GraphStore) -> None:
    def failing() -> Iterator[Contribution]:
        yield three_documents()[0]
        raise LookupError("the disk is gone")

    with pytest.raises(LookupError):
        store.apply(failing())
    assert store.content_hash() == EMPTY


# ---- undo, reset, reopening ----------------------------------------------------------------------


def test_undo_goes_back_a_load_and_loading_goes_on_from_there(store: GraphStore) -> None:
    first, second, third = three_documents()
    store.apply([first])
    one = store.content_hash()
    store.apply([second])
    two = store.content_hash()
    assert store.undo()
    assert store.content_hash() == one
    assert set(store.documents()) == {"report.md"}
    store.apply([third])
    assert store.undo()
    assert store.content_hash() == one
    store.apply([second])
    assert store.content_hash() == two
    assert store.undo()
    assert store.undo()
    assert store.content_hash() == EMPTY
    assert not store.undo()


def test_reset_takes_away_everything_for_good(store: GraphStore) -> None:
    store.apply(three_documents())
    store.reset()
    assert store.content_hash() == EMPTY
    assert not store.documents()
    assert not store.undo()
    store.apply(three_documents())
    assert store.status().documents == 3


def test_a_store_that_is_opened_again_is_the_same(
    store: GraphStore, reopen: Callable[[], GraphStore]
) -> None:
    store.apply(three_documents())
    before = store.status()
    store.close()
    again = reopen()
    assert again.status() == before
    again.close()


def test_every_change_shows_in_the_version(store: GraphStore) -> None:
    seen = [store.version()]
    for change in (lambda: store.apply(three_documents()), store.undo, lambda: store.apply([]), store.reset):
        change()
        assert store.version() != seen[-1]
        seen.append(store.version())


def test_status_counts_what_is_there(store: GraphStore) -> None:
    store.apply(three_documents())
    status = store.status()
    for cls, count in status.nodes.items():
        assert rows(store, "MATCH (n) WHERE n.class = $cls RETURN count(*)", cls=cls) == ((count,),)
    for name, count in status.relationships.items():
        assert rows(store, f"MATCH ()-[r:{name}]->() RETURN count(*)") == ((count,),)
    assert (status.documents, status.engine, status.extractor) == (3, store.engine, "1")


# ---- reading -----------------------------------------------------------------------------------


def test_names_and_aliases_lead_to_their_nodes(store: GraphStore) -> None:
    store.apply(three_documents())
    index = store.entity_index()
    assert [c.id for c in index.find("云梯股份")] == [f"enterprise:{FIRM[1]}"]
    assert [c.id for c in index.find(" 云江云梯 ")] == [f"enterprise:{FIRM[1]}"]
    assert index.find("没有的公司") == ()
    assert "云江市" in index.surfaces()
    assert set(index.prefix("云江", 2)) <= set(index.surfaces())
    store.apply([], remove=["bulletin.md"])
    assert store.entity_index().find("云梯股份") == ()
    assert index.find("云梯股份") != ()  # the old index goes on


def test_the_row_limit_says_that_it_cut(store: GraphStore) -> None:
    store.apply(three_documents())
    cut = store.read(CypherStatement("UNWIND [1, 2, 3] AS x RETURN x"), limit=2)
    assert (cut.rows, cut.truncated) == (((1,), (2,)), True)
    whole = store.read(CypherStatement("UNWIND [1, 2, 3] AS x RETURN x"), limit=3)
    assert (len(whole.rows), whole.truncated) == (3, False)


def test_a_statement_that_takes_too_long_is_stopped(store: GraphStore) -> None:
    slow = "UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y RETURN sum(x * y) AS s"
    with pytest.raises(StatementTimeout):
        store.read(CypherStatement(slow), seconds=0.2)
    assert rows(store, "RETURN 1 AS one") == ((1,),)


@pytest.mark.parametrize(
    "query",
    [
        "MATCH (n:Region RETURN n",
        "CREATE (n:Region {id: 'x'})",
        "",
        "RETURN $x",
        "MATCH (n:Region) SET n.name = 'x'",
    ],
)
def test_what_the_engine_refuses_is_a_statement_error(store: GraphStore, query: str) -> None:
    store.apply(three_documents())
    before = store.content_hash()
    with pytest.raises(StatementError) as refused:
        store.read(CypherStatement(query))
    assert refused.value.message
    assert store.content_hash() == before == store.recomputed_hash()


@pytest.mark.parametrize("query", ["MATCH (n:Nowhere) RETURN n.id", "MATCH (n:Region) RETURN n.nothing"])
def test_what_the_ontology_does_not_know_is_not_passed_over_in_silence(
    store: GraphStore, query: str
) -> None:
    store.apply(three_documents())
    try:
        found = store.read(CypherStatement(query))
    except StatementError:
        return
    assert found.warnings
    assert store.read(CypherStatement("MATCH (n:Task) RETURN n.subtype")).warnings == ()


def test_values_come_out_plain(store: GraphStore) -> None:
    store.apply(three_documents())
    ((total, values),) = rows(
        store, "MATCH (o:Observation) RETURN sum(o.decimals) AS total, collect(o.value) AS v"
    )
    assert total == 3
    assert isinstance(total, int)
    assert isinstance(values, list)
    assert all(isinstance(v, float) for v in values)
    ((node,),) = rows(store, "MATCH (n:Region) RETURN n")
    assert isinstance(node, dict)
    assert set(node) == {"id", "class", "name", "aliases", "code", "passages", "stated_as", "sources"}


def test_parameters_may_be_lists_and_more_than_needed(store: GraphStore) -> None:
    store.apply(three_documents())
    query = "MATCH (n:Region) WHERE n.id IN $ids RETURN n.name"
    assert rows(store, query, ids=[f"region:{CITY[1]}"], unused=1) == (("云江市",),)
    assert rows(store, query, ids=()) == ()
    assert rows(store, "RETURN '$no' AS a, $yes AS b", yes="x") == (("$no", "x"),)


def test_content_comes_back_as_it_was(store: GraphStore) -> None:
    text = "云江市\r\n" * 20_000 + "完"
    store.apply([Contribution("a.md", "d", content_parts("a.md", text), ())])
    assert read_content(store.read, "a.md") == text
    assert read_content(store.read, "b.md") is None


def test_readers_in_threads_go_on_while_documents_are_loaded(store: GraphStore) -> None:
    store.apply(three_documents())
    wrong: list[object] = []
    stop = threading.Event()

    def reader() -> None:
        while not stop.is_set():
            try:
                # in one version either both or none of the two documents' cities are there
                found = rows(store, "MATCH (n:Region) WHERE n.id IN ['region:1', 'region:2'] RETURN n.id")
            except StoreError as error:
                wrong.append(error)
                return
            if len(found) == 1:
                wrong.append(found)

    threads = [threading.Thread(target=reader) for _ in range(3)]
    for thread in threads:
        thread.start()
    pair = [Material(f"{n}.md").node("Region", str(n)).contribution() for n in (1, 2)]
    for _ in range(3):
        store.apply(pair)
        store.apply([], remove=["1.md", "2.md"])
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_progress_is_told(store: GraphStore) -> None:
    told: list[tuple[int, int, str]] = []
    store.apply(three_documents(), progress=lambda *at: told.append(at))
    assert told[-1][:2] == (3, 3)
    assert PLATFORM[0] in store.status().nodes
    assert CHAIN[0] in store.status().nodes
