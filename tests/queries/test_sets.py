"""Random sets of entities and observations: the engine and the definitions agree."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, note, settings

from graph.store import GraphStore
from ontology.model import Ontology
from ontology.read import load_ontology
from qa_service.exam.evaluate import Evaluator
from queries import logical_form as lf
from queries.compile import compile  # noqa: A004
from queries.notation import write
from queries.rewrites import rewrite
from tests.queries.forms import entity_sets, observation_sets
from tests.small_graph import SmallGraph, facts_of, read_graph

# of hypothesis' own: nested strategies have long names
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

ONTOLOGY = load_ontology()
GRAPH = read_graph(ONTOLOGY)
BOUNDED = settings(
    max_examples=60, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@pytest.fixture(scope="module")
def evaluator(graph: SmallGraph, ontology: Ontology) -> Evaluator:
    return Evaluator(facts_of(graph), ontology)


@given(form=entity_sets(GRAPH, ONTOLOGY))
@BOUNDED
def test_entities(form: lf.EntitySet, store: GraphStore, evaluator: Evaluator) -> None:
    compiled = compile(form, ONTOLOGY, store.dialect)
    note(write(form))
    note(compiled.statement.query)
    rows = store.read(compiled.statement)
    assert rows.columns == compiled.columns
    found = [row[0] for row in rows.rows]
    assert len(found) == len(set(found))
    assert set(found) == evaluator.entities(form)


@given(form=observation_sets(GRAPH))
@BOUNDED
def test_observations(form: lf.ObservationSet, store: GraphStore, evaluator: Evaluator) -> None:
    compiled = compile(form, ONTOLOGY, store.dialect)
    note(write(form))
    note(compiled.statement.query)
    found = [row[0] for row in store.read(compiled.statement).rows]
    assert len(found) == len(set(found))
    assert set(found) == {seen.id for seen in evaluator.observations(form)}


@given(form=entity_sets(GRAPH, ONTOLOGY))
@settings(BOUNDED, max_examples=200)
def test_rewrites_keep_the_meaning(form: lf.EntitySet, evaluator: Evaluator) -> None:
    new = rewrite(form, ONTOLOGY)
    note(f"{write(form)} → {write(new)}")
    assert evaluator.entities(new) == evaluator.entities(form)  # type: ignore[arg-type]
    assert rewrite(new, ONTOLOGY) == new
