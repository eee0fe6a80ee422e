"""Answers that are figures, with the figures that disagree with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.conflicts import find_disagreements
from graph.ids import key_of
from graph.observation_rows import COUNTING, ObservationRow
from graph.observation_rows import Disagreement as Found
from qa_service.answering.answer_types import Disagreement
from qa_service.answering.body import Body
from qa_service.answering.execute import Outcome
from qa_service.answering.figures import figure, number
from qa_service.questions.question import Question
from qa_service.session import Session


def figures(question: Question, outcome: Outcome, session: Session, said: str) -> Body:
    en = question.english
    rows = outcome.rows
    values = _distinct(figure(r, english=en) for r in rows)
    conflicts = conflicts_of(outcome, session, en)
    table = tuple(
        (
            str(r.get("subject_name") or ""),
            _metric(r, session, en),
            str(r.get("period") or ""),
            figure(r, english=en),
            str(r.get("scope") or ""),
        )
        for r in rows
    )
    sentences = []
    for r in rows[:6]:
        period = str(r.get("period") or "")
        when = f"{period}年" if len(period) == 4 else period
        if en:
            sentences.append(
                f"{r.get('subject_name')}, {_metric(r, session, en)} ({period or 'no period stated'}): "
                f"{figure(r, english=True)}"
            )
        else:
            sentences.append(f"{r.get('subject_name')}{when}{r.get('metric')}：{figure(r)}")
    text = ("; ".join(sentences) + ".") if en else ("；".join(sentences) + "。")
    notes = []
    if any(c.kind == "conflict" for c in conflicts):
        text += " The sources disagree." if en else "资料之间说法不一，并列于此。"
    if not question.periods() and rows and rows[0].get("period"):
        notes.append(
            f"period: {rows[0]['period']}"
            if en
            else f"问题没有指明时间，按最近有记录的一期（{rows[0]['period']}）回答"
        )
    if any(r.get("value_kind") == "target" for r in rows):
        notes.append("this is a target" if en else "这是目标值，不是实际值")
    columns = (
        ("subject", "metric", "period", "value", "scope") if en else ("对象", "指标", "时间", "值", "口径")
    )
    return Body(
        "answered",
        text,
        values,
        columns,
        table[: outcome.most],
        ids=tuple(str(r["subject"]) for r in rows[: outcome.most]),
        passages=outcome.passages_of(rows[: outcome.most]),
        total=len(rows),
        conflicts=conflicts,
        notes=tuple(notes),
    )


def _metric(row: Mapping[str, object], session: Session, en: bool) -> str:
    """The metric as the source writes it; in English the ontology's word, where it has one."""
    known = session.ontology.metrics.get(key_of(str(row.get("metric_id")))) if en else None
    return (known.labels.en if known else "") or str(row.get("metric") or "")


def _distinct(figures: Iterable[str]) -> tuple[str, ...]:
    """Each figure once; 25家 and 25个 are the same one."""
    found: dict[str, str] = {}
    for told in figures:
        found.setdefault(f"{told[:-1]}#" if told[-1:] in COUNTING else told, told)
    return tuple(told for told in found.values() if told)


def conflicts_of(outcome: Outcome, session: Session, en: bool) -> tuple[Disagreement, ...]:
    """Conflicts and divergences that the shown figures take part in."""
    subjects = sorted({str(r["subject"]) for r in outcome.rows})
    metrics = {str(r["metric_id"]) for r in outcome.rows}
    ids = {str(r["id"]) for r in outcome.rows}
    found = []
    for metric in sorted(metrics):
        for d in find_disagreements(session.store.read, subjects, metric, session.ontology.classes):
            if any(o.id in ids for o in d.observations):
                found.append(_shown(d, outcome, session, en))
                for o in d.observations:
                    outcome.references += [(p, "") for p in o.passages]
    return tuple(found)


def _shown(d: Found, outcome: Outcome, session: Session, en: bool) -> Disagreement:
    name = outcome.nodes[d.subject].name if d.subject in outcome.nodes else d.subject
    metric = _metric({"metric_id": d.metric, "metric": d.observations[0].phrase}, session, en)
    return Disagreement(
        of=f"{name} {metric} {d.period}".strip(),
        values=tuple(_valued(o, en) for o in d.observations),
        kind=d.kind,
        differs_in=d.differs_in,
        passages=tuple(tuple(o.passages) for o in d.observations),
    )


def _valued(o: ObservationRow, en: bool) -> str:
    text = figure(
        {"value": o.value, "unit": o.unit, "bound": o.bound, "low": o.low, "high": o.high, "text": o.text},
        english=en,
    )
    return f"{text}（{o.scope}）" if o.scope else text


def added(outcome: Outcome, said: str, en: bool) -> Body:
    """A sum or a mean, in the unit of the figures that it is made of, with these beside it."""
    row = outcome.rows[0]
    items = [r for r in outcome.items if r.get("base_unit") == row.get("unit") and r.get("value")]
    units = {str(r.get("unit")) for r in items}
    value, unit = float(str(row["value"])), str(row.get("unit") or "")
    decimals = max((len(number(float(str(r["value"]))).partition(".")[2]) for r in items), default=0)
    if len(units) == 1 and items and items[0].get("base_value"):
        value /= float(str(items[0]["base_value"])) / float(str(items[0]["value"]))
        unit = units.pop()
    text = figure({"value": round(value, decimals + 1), "unit": unit}, english=en)
    table = tuple(
        (str(r.get("subject_name") or ""), str(r.get("period") or ""), figure(r, english=en)) for r in items
    )
    columns = ("subject", "period", "value") if en else ("对象", "时间", "值")
    return Body(
        "answered", f"{said}: {text}." if en else f"{said}：{text}。", (text,), columns, table,
        ids=tuple(str(r.get("subject")) for r in items), passages=outcome.passages_of(items),
        total=len(items),
    )  # fmt: skip
