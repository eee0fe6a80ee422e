from __future__ import annotations

import re
from typing import Any

import pytest

from graph.dialect import EMBEDDED, NEO4J
from graph.store import GraphStore
from ontology.errors import IllTypedForm, UnsupportedForm
from ontology.model import Ontology
from queries.compile import Compiled, Cover, compile  # noqa: A004
from queries.compile.text import quote
from queries.logical_form import Follow, Instances, Where
from queries.notation import read, write
from queries.rewrites import rewrite
from tests.queries.cases import cases

RUN = [*cases("sets"), *cases("values")]


@pytest.mark.parametrize("case", RUN, ids=lambda c: c["form"])
def test_rows(case: dict[str, Any], ontology: Ontology, store: GraphStore) -> None:
    compiled = compile(read(case["form"]), ontology, store.dialect)
    rows = compiled.cut(store.read(compiled.statement))
    assert rows.columns == compiled.columns
    at = [rows.columns.index(name) for name in case["columns"]]
    found = [[row[i] for i in at] for row in rows.rows]
    assert found == [[pytest.approx(v) if isinstance(v, float) else v for v in row] for row in case["rows"]]


@pytest.mark.parametrize("case", cases("rewrites"), ids=lambda c: c["before"])
def test_rewrites(case: dict[str, Any], ontology: Ontology, store: GraphStore) -> None:
    before, after = read(case["before"]), read(case["after"])
    assert write(rewrite(before, ontology)) == case["after"]
    assert rewrite(after, ontology) == after
    assert _rows(before, ontology, store) == _rows(after, ontology, store)


def _rows(form: Any, ontology: Ontology, store: GraphStore) -> Any:
    # without rewriting: the module's own function, so that the form runs as it stands
    from queries.compile.form import _compiled

    return store.read(_compiled(form, ontology, store.dialect).statement).rows


#: spellings that one engine lacks or reads otherwise (cypher_portability)
NOT_PORTABLE = (
    r"\blabels\(", r"\btype\(", r"\bsubstring\(", r"\belementId\(", r"\bCALL\b", r"\[\w+ IN ", r"\bany\(",
    r"\ball\(", r"\w\[\d", r"EXISTS \{\s*\(", r"\(\w*:\w+:\w+\)",
)


@pytest.mark.parametrize("case", RUN, ids=lambda c: c["form"])
def test_portable_core(case: dict[str, Any], ontology: Ontology) -> None:
    """One text for both engines, the path aside; every relationship of the domain is a stated
    one; values are parameters; several rows have an order that ends with the id."""
    form = read(case["form"])
    compiled, other = compile(form, ontology, EMBEDDED), compile(form, ontology, NEO4J)
    if compiled.kind == "path":
        assert compiled.statement != other.statement
        return
    assert compiled == other
    texts = [compiled.statement, *(w.statement for w in (*compiled.witnesses, *compiled.denials))]
    for statement in texts:
        assert not [p for p in NOT_PORTABLE if re.search(p, statement.query)]
        assert set(re.findall(r"\$(\w+)", statement.query)) - {"ids"} == set(statement.params) - {"ids"}
        for name, relation in ontology.relations.items():
            if not relation.structural:
                assert not re.search(rf":{name}\b(?![^\]]*polarity)", statement.query)
    if compiled.kind not in ("truth", "describe") and compiled.columns != ("n",):
        ordered = r"\nORDER BY [\w, ]*(id|unit|source)(\nLIMIT \d+)?$"
        assert re.search(ordered, compiled.statement.query)


GAP = ('Except(Within(Instances(Chain), Entity("region:430200")), '
       "Follow(Instances(Platform, one_stop), HAS_PLATFORM, in))")


def _links(
    found: Compiled, ids: list[str], store: GraphStore, *, denied: bool = False
) -> set[tuple[Any, ...]]:
    links = set()
    for witness in found.denials if denied else found.witnesses:
        rows = store.read(witness.of(ids))
        assert rows.columns == witness.columns
        at = [rows.columns.index(c) for c in ("item", "source", "type", "target")]
        links |= {tuple(row[i] for i in at) for row in rows.rows}
        assert all(row[rows.columns.index("passages")] for row in rows.rows)
    return links


def test_witnesses_of_a_gap(ontology: Ontology, store: GraphStore) -> None:
    """What makes them chains of the place, not what they lack."""
    found = compile(read(GAP), ontology, store.dialect)
    hard, glaze = "chain:430200/硬质材料", "chain:430200/釉下瓷"
    assert _links(found, [hard, glaze], store) == {
        (hard, hard, "LOCATED_IN", "region:430200"),
        (hard, "enterprise:钨材社", "MEMBER_OF", hard),
        (hard, "enterprise:钨材社", "LOCATED_IN", "region:430200"),
        (glaze, "enterprise:瓷艺坊", "MEMBER_OF", glaze),
        (glaze, "enterprise:瓷艺坊", "LEADS", glaze),
        (glaze, "enterprise:瓷艺坊", "LOCATED_IN", "region:430281"),
    }
    denied = _links(found, [hard, glaze], store, denied=True)
    assert denied == {(glaze, glaze, "HAS_PLATFORM", "platform:一站")}
    assert found.covers == (Cover(("HAS_PLATFORM", "Platform", "one_stop"), "region:430200", ""),)


def test_witnesses_of_two_steps(ontology: Ontology, store: GraphStore) -> None:
    form = 'Follow(Follow(Entity("enterprise:南车一厂"), SUPPLIES, in), SUPPLIES, in)'
    found = compile(read(form), ontology, store.dialect)
    item = "enterprise:钨材社"
    assert _links(found, [item], store) == {
        (item, item, "SUPPLIES", "enterprise:齿轮社"),
        (item, "enterprise:齿轮社", "SUPPLIES", "enterprise:南车一厂"),
    }


def test_witnesses_of_observations_are_their_subjects(ontology: Ontology, store: GraphStore) -> None:
    form = 'Most(Observations(Within(Instances(Chain), Entity("region:430200")), "metric:产值"))'
    found = compile(read(form), ontology, store.dialect)
    (row,) = found.cut(store.read(found.statement)).rows
    assert {link[1:] for link in _links(found, [str(row[0])], store)} >= {
        ("chain:430200/轨道装备", "LOCATED_IN", "region:430200")}


def test_witnesses_of_places_found_by_a_class(ontology: Ontology, store: GraphStore) -> None:
    """The things themselves are named, though nothing but their class restricts them."""
    found = compile(read("Both(Instances(Region, prefecture), Whereabouts(Instances(Enterprise)))"),
                    ontology, store.dialect)
    links = _links(found, ["region:430300"], store)
    assert ("region:430300", "enterprise:叶片厂", "LOCATED_IN", "region:430300") in links


def test_a_denied_claim(ontology: Ontology, store: GraphStore) -> None:
    form = ('Exists(Both(Entity("chain:430200/釉下瓷"), '
            "Follow(Instances(Platform, one_stop), HAS_PLATFORM, in)))")
    found = compile(read(form), ontology, store.dialect)
    item = "chain:430200/釉下瓷"
    assert _links(found, [], store, denied=True) == {(item, item, "HAS_PLATFORM", "platform:一站")}


def test_describe_tells_all_relationships(ontology: Ontology, store: GraphStore) -> None:
    found = compile(read('Describe(Entity("enterprise:瓷艺坊"))'), ontology, store.dialect)
    links = _links(found, ["enterprise:瓷艺坊"], store)
    assert {link[2] for link in links} == {"LOCATED_IN", "MEMBER_OF", "LEADS", "AWARDED"}


def test_what_was_counted_comes_with_the_count(ontology: Ontology, store: GraphStore) -> None:
    form = 'Count(Within(Instances(Enterprise), Entity("region:430200")))'
    found = compile(read(form), ontology, store.dialect)
    assert found.items is not None
    assert len(store.read(found.items.statement).rows) == 4


def test_the_text_is_one_that_people_read(ontology: Ontology) -> None:
    query = compile(read(GAP), ontology, EMBEDDED).statement.query
    assert query.startswith("MATCH (chain:Chain)\nWHERE (EXISTS { MATCH (chain)-[:LOCATED_IN")
    assert query.endswith("ORDER BY name, id")


@pytest.mark.parametrize("hostile", ["x'}) DETACH DELETE n //", "`", "\\", "\n", "🚗", "$region_id"])
def test_values_never_enter_the_text(hostile: str, ontology: Ontology, store: GraphStore) -> None:
    compiled = compile(Where(Instances("Chain"), "name", "=", hostile), ontology, store.dialect)
    assert hostile not in compiled.statement.query.replace("\n", "") or hostile == "\n"
    assert store.read(compiled.statement).rows == ()


@pytest.mark.parametrize("hostile", ["Chain) DETACH DELETE (n", "Chain`", "", "Chain\\"])
def test_names_are_the_ontologys_or_refused(hostile: str, ontology: Ontology) -> None:
    with pytest.raises(IllTypedForm):
        compile(Instances(hostile), ontology, EMBEDDED)
    with pytest.raises(IllTypedForm):
        compile(Follow(Instances("Chain"), hostile, "in"), ontology, EMBEDDED)


def test_quoting() -> None:
    assert [quote(n) for n in ("Chain", "end", "规模", "a b")] == ["Chain", "`end`", "`规模`", "`a b`"]
    for name in ("", "a\\b", "a\nb"):
        with pytest.raises(UnsupportedForm):
            quote(name)
