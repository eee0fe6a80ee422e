"""The words of the ontology in use, for what shows the graph to people: labels and what goes with what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol, TypeVar

from graph.ids import node_id
from ontology.model import Labels
from ontology.structure import METRIC
from qa_service.browse.shapes import ClassTerm, RelationTerm, Term, Terms, labelled
from qa_service.session import Session

_T = TypeVar("_T")


class _Labelled(Protocol):
    @property
    def labels(self) -> Labels: ...


def terms(session: Session) -> Terms:
    """Classes, relations, finer classes, roles, properties and metrics, each in the order of its name."""
    ontology = session.ontology
    return Terms(
        classes=tuple(
            ClassTerm(
                c.name,
                labelled(c.labels),
                tuple(sorted(a.name for a in ontology.attributes.values() if c.name in a.domain)),
                c.structural,
            )
            for c in _sorted(ontology.classes)
        ),
        relations=tuple(
            RelationTerm(
                r.name,
                labelled(r.labels),
                labelled(r.inverse_labels if r.inverse_labels.all() else r.labels),
                tuple(sorted(r.domain)),
                tuple(sorted(r.range)),
                tuple(r.qualifiers),
                r.structural,
            )
            for r in _sorted(ontology.relations)
        ),
        subtypes=_terms(ontology.subtypes),
        roles=_terms(ontology.roles),
        properties=_terms(ontology.attributes),
        metrics=_terms({node_id(METRIC, key): metric for key, metric in ontology.metrics.items()}),
    )


def _sorted(known: Mapping[str, _T]) -> Iterable[_T]:
    return (known[name] for name in sorted(known))


def _terms(known: Mapping[str, _Labelled]) -> tuple[Term, ...]:
    return tuple(Term(name, labelled(known[name].labels)) for name in sorted(known))
