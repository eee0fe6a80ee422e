"""What of an ontology an exam is about: of a user's own what that adds, else the whole domain."""

from __future__ import annotations

from dataclasses import dataclass

from ontology.model import Class, Metric, Ontology, Relation
from ontology.read import load_ontology
from ontology.structure import DOCUMENT, IN_DOCUMENT, LOCATED_IN, PART_OF, REGION


@dataclass(frozen=True)
class Scope:
    """Classes of things, classes of places (the finest last), relations between things, metrics.

    >>> Scope.of(load_ontology()).places
    ('Region',)
    """

    things: tuple[Class, ...]
    places: tuple[str, ...]
    relations: tuple[Relation, ...]
    metrics: tuple[Metric, ...]

    @classmethod
    def of(cls, ontology: Ontology) -> Scope:
        known = load_ontology() if ontology.own else None
        parts = ontology.relations[IN_DOCUMENT].domain | {DOCUMENT}
        things = [c for c in ontology.classes.values() if c.name in ontology.things() and c.name not in parts]
        relations = [
            r
            for r in ontology.relations.values()
            if not r.structural and r.name not in (LOCATED_IN, PART_OF) and r.domain - {DOCUMENT}
        ]
        metrics = list(ontology.metrics.values())
        if known is not None:
            things = [c for c in things if c.name not in known.classes]
            relations = [r for r in relations if r.name not in known.relations]
            metrics = [m for m in metrics if m.key not in known.metrics] or metrics
        own_places = tuple(c.name for c in things if c.is_place)
        located = ontology.relations[LOCATED_IN].range
        places = tuple(p for p in own_places if p in located and p != REGION) if known else (REGION,)
        return cls(
            tuple(c for c in things if not c.is_place), places or (REGION,),
            tuple(relations), tuple(metrics),
        )  # fmt: skip
