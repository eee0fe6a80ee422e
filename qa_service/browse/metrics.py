"""What was measured: the metrics of the graph, and figures that disagree."""

from __future__ import annotations

from graph.conflicts import find_disagreements
from graph.ids import key_of
from graph.observation_rows import Disagreement
from graph.types import CypherStatement
from ontology import structure
from ontology.lexicon.normalise import fold
from qa_service.browse.reading import Quotes, figures_by_id, quoted_figures, text, whole
from qa_service.browse.shapes import (
    DisagreementList,
    DisagreementView,
    MetricList,
    MetricRow,
    Ref,
)
from qa_service.session import Session


def metrics(
    session: Session, *, prefix: str = "", known: bool | None = None, limit: int = 200, offset: int = 0
) -> MetricList:
    """Metrics of the graph, the most measured first. ``known`` keeps to those of the ontology, or
    to phrases that it does not know."""
    query = (
        f"MATCH (o:{structure.OBSERVATION})-[:{structure.MEASURES}]->(m:{structure.METRIC}) "
        "RETURN m.id AS id, m.name AS name, count(o.id) AS n, min(o.start) AS first, max(o.`end`) AS last "
        "ORDER BY n DESC, name, id"
    )
    found = []
    for ident, name, n, first, last in session.store.read(CypherStatement(query)).rows:
        metric = session.ontology.metrics.get(key_of(str(ident)))
        if known is not None and (metric is not None) != known:
            continue
        shown = metric.labels.zh if metric else text(name) or str(ident)
        names = metric.labels.all() if metric else (shown,)
        if prefix and not any(fold(w).startswith(fold(prefix)) for w in names):
            continue
        found.append(
            MetricRow(
                str(ident),
                shown,
                metric is not None,
                metric.unit if metric else "",
                metric.polarity if metric else 0,
                metric.opposite if metric else "",
                metric.broader if metric else "",
                whole(n),
                text(first),
                text(last),
            )
        )
    return MetricList(tuple(found[offset : offset + limit]), len(found) > offset + limit)


def conflicts(
    session: Session,
    *,
    kind: str = "",
    subject: str = "",
    metric: str = "",
    limit: int = 100,
    offset: int = 0,
) -> DisagreementList:
    """Figures that disagree, conflicts before divergences; all of them stand side by side."""
    subjects = [subject] if subject else ()
    found = find_disagreements(session.store.read, subjects, metric, session.ontology.classes)
    chosen = [d for d in found if not kind or d.kind == kind]
    page = chosen[offset : offset + limit]
    quotes = Quotes(session)
    views = figures_by_id([o.id for d in page for o in d.observations], session, quotes)
    quotes.read()
    shown = []
    for disagreement in page:
        figures = quoted_figures((views[o.id] for o in disagreement.observations if o.id in views), quotes)
        subject_ref = figures[0].subject if figures else Ref(disagreement.subject, "", disagreement.subject)
        name = _metric_name(disagreement, session)
        shown.append(
            DisagreementView(
                disagreement.kind,
                f"{subject_ref.name} {name} {disagreement.period}".strip(),
                subject_ref,
                name,
                disagreement.period,
                tuple(o.shown for o in figures),
                disagreement.differs_in,
                figures,
            )
        )
    return DisagreementList(tuple(shown), len(chosen) > offset + limit)


def _metric_name(disagreement: Disagreement, session: Session) -> str:
    metric = session.ontology.metrics.get(key_of(disagreement.metric))
    return metric.labels.zh if metric else disagreement.observations[0].phrase
