"""Random well-typed forms over the small graph, and random forms of any kind for the notation."""

from __future__ import annotations

from hypothesis import strategies as st

from ontology.errors import IllTypedForm
from ontology.model import Ontology
from queries import logical_form as lf
from queries.check import check
from queries.logical_form import LogicalForm
from tests.small_graph import SmallGraph


def entity_sets(graph: SmallGraph, ontology: Ontology) -> st.SearchStrategy[lf.EntitySet]:
    """Sets of entities that the ontology allows, three to four layers deep."""
    classes = sorted({n.cls for n in graph.nodes.values()})
    subtypes = sorted({(n.cls, n.subtype) for n in graph.nodes.values() if n.subtype})
    relations = sorted({link.relation for link in graph.links})
    places = sorted(n.id for n in graph.nodes.values() if ontology.classes[n.cls].is_place)
    words = st.sampled_from(["厂", "社", "一", "株洲市", "装备"])
    ops: st.SearchStrategy[lf.Op] = st.sampled_from(["=", "!=", "contains"])
    leaves = st.one_of(
        st.sampled_from([lf.Instances(c) for c in classes]),
        st.sampled_from([lf.Instances(c, s) for c, s in subtypes]),
        st.sampled_from([lf.Entity(i) for i in sorted(graph.nodes)]),
        st.sampled_from([lf.Qualifying("Chain", r, "chain") for r in ("SUPPLIES", "PRODUCES")]),
        observation_sets(graph).map(lf.Subjects),
    )
    where = st.one_of(
        st.just(()),
        st.sampled_from([
            (("role", "=", "链主"),), (("year", ">=", "2023"),), (("product", "contains", "齿轮"),),
        ]),
    )

    def wider(inner: st.SearchStrategy[lf.EntitySet]) -> st.SearchStrategy[lf.EntitySet]:
        return st.one_of(
            st.builds(lf.Follow, inner, st.sampled_from(relations), st.sampled_from(["in", "out"]), where,
                      st.sampled_from(["", *classes])),
            st.builds(lf.Follow, inner, st.sampled_from(relations), st.sampled_from(["in", "out"])),
            st.builds(lf.Where, inner, st.just("name"), ops, words),
            st.builds(lf.Within, inner, st.sampled_from(places).map(lf.Entity)),
            st.builds(lf.Within, inner, inner),
            st.builds(lf.Both, inner, inner),
            st.builds(lf.Either, inner, inner),
            st.builds(lf.Except, inner, inner),
        ).filter(lambda form: well_typed(form, ontology))

    return st.recursive(leaves.filter(lambda form: well_typed(form, ontology)), wider, max_leaves=4)


def observation_sets(graph: SmallGraph) -> st.SearchStrategy[lf.ObservationSet]:
    subjects = sorted({o.subject for o in graph.observations})
    plain = st.builds(
        lf.Observations,
        st.one_of(
            st.sampled_from(subjects).map(lf.Entity), st.sampled_from(["Region", "Chain"]).map(lf.Instances),
            st.just(lf.Within(lf.Instances("Chain"), lf.Entity("region:430200"))),
        ),
        st.sampled_from(["", *sorted(graph.metrics)]),
        st.sampled_from(["", "2023", "2024", "2024-H1", "2021/2025"]),
        st.sampled_from(["actual", "target", ""]),
        st.sampled_from([(), ("电梯",), ("合格率",)]),
    )
    compared = st.builds(
        lf.Compared, plain, st.sampled_from(["=", "!=", ">=", "<=", ">", "<"]),
        st.sampled_from([94.1, 95.2, 3e10]), st.sampled_from(["", "%", "元"]))
    return st.one_of(plain, compared)


def well_typed(form: LogicalForm, ontology: Ontology) -> bool:
    try:
        check(form, ontology)
    except IllTypedForm:
        return False
    return True


def any_forms() -> st.SearchStrategy[LogicalForm]:
    """Forms with any text in them, whatever the ontology says."""
    text = st.text(max_size=12)
    ops: st.SearchStrategy[lf.Op] = st.sampled_from(["=", "!=", ">=", "<=", ">", "<", "contains"])
    directions: st.SearchStrategy[lf.Direction] = st.sampled_from(["in", "out"])
    numbers = st.floats(allow_nan=False, allow_infinity=False)
    conditions = st.lists(st.tuples(text, ops, text), max_size=2).map(tuple)

    entities = st.recursive(
        st.one_of(st.builds(lf.Entity, text), st.builds(lf.Instances, text, text),
                  st.builds(lf.Qualifying, text, text, text)),
        lambda inner: st.one_of(
            st.builds(lf.Follow, inner, text, directions, conditions, text),
            st.builds(lf.Where, inner, text, ops, st.one_of(text, numbers, st.integers())),
            st.builds(lf.Within, inner, inner), st.builds(lf.Both, inner, inner),
            st.builds(lf.Either, inner, inner), st.builds(lf.Except, inner, inner),
        ), max_leaves=5)
    plain = st.builds(lf.Observations, entities, text, text, text, st.lists(text, max_size=2).map(tuple))
    observations = st.one_of(plain, st.builds(lf.Compared, plain, ops, numbers, text))
    groups = st.builds(lf.GroupBy, entities, text, directions, conditions)
    ranked = st.one_of(observations, groups)
    either = st.one_of(entities, observations)
    entity = st.builds(lf.Entity, text)
    return st.one_of(
        entities, observations, groups, st.builds(lf.Subjects, observations),
        st.builds(lf.Value, observations),
        st.builds(lf.Property, entities, text),
        st.builds(lf.Qualifier, entities, text, directions, text, st.one_of(st.none(), entities)),
        st.builds(lf.Count, either), st.builds(lf.Sum, observations),
        st.builds(lf.Average, observations), st.builds(lf.Least, ranked), st.builds(lf.Most, ranked),
        st.builds(lf.Top, ranked, st.integers(1, 10_000)),
        st.builds(lf.Difference, observations, observations), st.builds(lf.Ratio, observations, observations),
        st.builds(lf.Shifted, observations, observations), st.builds(lf.Attained, observations, observations),
        st.builds(lf.Rest, observations),
        st.builds(lf.Against, observations, st.sampled_from(["<", ">="]), observations, numbers),
        st.builds(lf.Recorded, st.sampled_from([("a",), ("a", "b")])),
        st.builds(lf.Path, entity, entity), st.builds(lf.Exists, either), st.builds(lf.Describe, entity),
        st.builds(lf.Cite, either), st.builds(lf.Passages, st.lists(text, max_size=3).map(tuple)),
    )
