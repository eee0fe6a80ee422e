"""What the compiler and the checker ask the ontology: which labels, which steps."""

from __future__ import annotations

from collections.abc import Iterable

from ontology.model import Ontology, Relation, Step
from ontology.structure import PART_OF
from queries.logical_form import Direction


def narrower_classes(ontology: Ontology, cls: str) -> frozenset[str]:
    """``cls`` and all classes below it."""
    found = {cls}
    grown = True
    while grown:
        below = {c.name for c in ontology.classes.values() if c.parent in found} - found
        found |= below
        grown = bool(below)
    return frozenset(found)


def narrower_subtypes(ontology: Ontology, key: str) -> tuple[str, ...]:
    """``key`` and all subtypes below it, sorted, ``key`` first."""
    found = [key]
    for wider in found:
        below = {s.key for s in ontology.subtypes.values() if s.broader == wider}
        found += sorted(below - set(found))
    return tuple(found)


def narrower_metrics(ontology: Ontology, key: str) -> tuple[str, ...]:
    """``key`` and all metrics below it, sorted, ``key`` first."""
    found = [key]
    for wider in found:
        below = {m.key for m in ontology.metrics.values() if m.broader == wider}
        found += sorted(below - set(found))
    return tuple(found)


def labels(ontology: Ontology, classes: Iterable[str]) -> frozenset[str]:
    """The labels that things of ``classes`` can have in the graph."""
    return frozenset(label for cls in classes for label in narrower_classes(ontology, cls))


def across(
    ontology: Ontology, relation: Relation, direction: Direction, near: frozenset[str]
) -> frozenset[str]:
    """Labels that a step from things labelled ``near`` can lead to."""
    far: set[str] = set()
    for subject, obj in relation.pairs():
        subjects, objects = labels(ontology, (subject,)), labels(ontology, (obj,))
        if (direction == "out" or relation.symmetric) and subjects & near:
            far |= objects
        if (direction == "in" or relation.symmetric) and objects & near:
            far |= subjects
    return frozenset(far)


def ends(
    ontology: Ontology, relation: Relation, direction: Direction
) -> tuple[frozenset[str], frozenset[str]]:
    """Labels at the near and at the far end of a step."""
    domain, range_ = labels(ontology, relation.domain), labels(ontology, relation.range)
    if relation.symmetric:
        return domain | range_, domain | range_
    return (domain, range_) if direction == "out" else (range_, domain)


def alternatives(relation: Relation, direction: Direction) -> tuple[Step, ...]:
    """The steps by which a question after ``relation`` is answered, seen from the near end."""
    steps = [Step(relation.name, direction)]
    for step in relation.also:
        turned: Direction = "in" if step.direction == "out" else "out"
        steps.append(step if direction == "out" else Step(step.relation, turned))
    return tuple(steps)


def class_of(ontology: Ontology, node_id: str) -> str:
    """The class that a node id names before its colon, "" where there is none."""
    head = node_id.partition(":")[0].replace("_", "").lower()
    return next((name for name in ontology.classes if name.lower() == head), "")


def place_paths(ontology: Ontology, cls: str) -> tuple[tuple[Step, ...], ...]:
    """The ways in which a thing of ``cls`` is of a place; a place is of what it is part of."""
    known = ontology.classes[cls]
    paths = list(known.placed_by)
    if known.is_place and (Step(PART_OF, "out"),) not in paths:
        paths.append((Step(PART_OF, "out"),))
    if not paths and known.parent in ontology.classes:
        return place_paths(ontology, known.parent)
    return tuple(paths)


def places(ontology: Ontology) -> frozenset[str]:
    """The classes whose things are places."""
    return labels(ontology, (c.name for c in ontology.classes.values() if c.is_place))
