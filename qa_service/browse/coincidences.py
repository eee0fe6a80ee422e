"""The same unusual number for different things, each with its passages."""

from __future__ import annotations

from dataclasses import dataclass

from graph.coincidences import find_coincidences
from qa_service.browse.reading import Quotes, figures_by_id, quoted_figures
from qa_service.browse.shapes import ObservationView
from qa_service.session import Session


@dataclass(frozen=True)
class CoincidenceView:
    """``number`` as people write it; ``unit`` is empty where the things have several."""

    number: str
    unit: str
    observations: tuple[ObservationView, ...]


@dataclass(frozen=True)
class CoincidenceList:
    suspicious: tuple[CoincidenceView, ...]
    truncated: bool


def coincidences(session: Session, *, limit: int = 100) -> CoincidenceList:
    """Numbers that may have been copied from one thing to another, the most unusual first."""
    found = find_coincidences(session.store.read, session.ontology.classes)
    page = found[:limit]
    quotes = Quotes(session)
    views = figures_by_id([o.id for c in page for o in c.observations], session, quotes)
    quotes.read()
    shown = tuple(
        CoincidenceView(
            f"{c.value:g}" if c.value < 1e6 else f"{c.value:.0f}",
            c.unit,
            quoted_figures((views[o.id] for o in c.observations if o.id in views), quotes),
        )
        for c in page
    )
    return CoincidenceList(shown, len(found) > limit)
