"""Readings as a figure that the question names outright: a thing, a metric of the ontology and
perhaps a period. Nothing need be recorded of it: then the answer says so."""

from __future__ import annotations

from ontology.model import Ontology
from qa_service.questions.calculation_words import calculates
from qa_service.questions.figure_words import figure_words
from qa_service.questions.parts import bits
from qa_service.questions.question import Question
from qa_service.questions.wanted import reaching, wanted_by
from qa_service.readings.reading import Reading
from queries.logical_form import Entity, Observations


def asked_for(question: Question, ontology: Ontology) -> list[Reading]:
    """One reading for each thing and metric that the question names side by side.

    ``拉萨市2024年制造业产品质量合格率是多少`` is understood whether or not anything is on record.
    """
    things: list[tuple[str, int]] = []
    metrics: list[tuple[str, int]] = []
    told = 0
    for alternatives in question.segments:
        span = bits(alternatives[0].start, alternatives[0].end)
        for m in alternatives:
            if m.kind == "entity" and isinstance(m.value, tuple):
                things += [(str(node), span) for node, _ in m.value[:2]]
            elif m.kind == "metric":
                metrics.append((str(m.value), span))
        if any(m.kind in ("word", "period") for m in alternatives):
            told |= span
    wanted = wanted_by(question, ontology)
    beside = question.outside_names()
    kinds = {k for k in wanted.kinds if any(w in beside for w in figure_words().kinds[k])}
    told |= wanted.cues | reaching(question.clean)
    if kinds - {"target", "baseline"} or not things or not metrics:
        return []
    kind = next(iter(sorted(kinds, reverse=True)), "actual")
    period = question.periods()[0].text if question.periods() else ""
    content = question.content()
    total = max(1, content.bit_count())
    readings = []
    if sum(bool(ids) for _, ids in wanted.named) > 1:
        return []  # the figure of one of several things is no answer
    # 甲市 *航空动力* 合格率 is another figure than 甲市合格率
    narrower = wanted.modifier & content & ~told
    for _, thing in things:
        narrower &= ~thing
    if narrower.bit_count() > 1 or calculates(question.outside_names()):
        return []
    for node, thing in things:
        for metric, named in metrics:
            explained = (thing | named | told) & content
            form = Observations(Entity(node), f"metric:{metric}", period=period, kind=kind)
            readings.append(
                Reading(
                    form=form,
                    # what is recorded of it under other words goes before it
                    cost=round(1.02 - explained.bit_count() / total, 4),
                    explained=explained,
                    rule="asked_for",
                    tree=f"asked_for {node} {metric} {period} {kind}",
                    source="observed",
                )
            )
    return sorted(readings, key=lambda r: (r.cost, repr(r.form)))[:3]
