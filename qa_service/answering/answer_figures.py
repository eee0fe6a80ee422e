"""Answers that are figures, with the figures that disagree with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from graph.conflicts import borne_out, find_disagreements
from graph.ids import key_of
from graph.near_metrics import DERIVED
from graph.observation_rows import COUNTING, ObservationRow
from graph.observation_rows import Disagreement as Found
from qa_service.answering.answer_types import Disagreement, GraphNode
from qa_service.answering.attributed import Clause, Told
from qa_service.answering.body import Body
from qa_service.answering.evidence import references_of
from qa_service.answering.execute import Outcome, dicts, run
from qa_service.answering.figure_told import figure_told
from qa_service.answering.figures import figure
from qa_service.questions.question import Question
from qa_service.session import Session
from queries import logical_form as lf
from queries.compile import compile as compiled_of

#: figures that the sentence tells; the table has all
_TOLD = 6


def figures(question: Question, outcome: Outcome, session: Session, said: str) -> Body:
    en = question.english
    rows = outcome.rows
    less = borne_out(_observation(r) for r in rows)
    told_rows = [r for r in rows if str(r["id"]) not in less]
    values = _distinct(figure(r, english=en) for r in told_rows)
    conflicts = conflicts_of(outcome, session, en)
    table = _table(rows, session, en)
    told = Told(_clauses(told_rows, session, en))
    notes = []
    if any(c.kind == "conflict" and _of_shown(c, told_rows) for c in conflicts):
        told = replace(told, after=" The sources disagree." if en else "资料之间说法不一，并列于此。")
    if less:
        bearing = _distinct(figure(r, english=en) for r in rows if str(r["id"]) in less)
        notes.append(
            f"other passages say it less closely, which agrees: {', '.join(bearing)}"
            if en
            else f"另有资料说得较粗，与此相符：{'、'.join(bearing)}"
        )
    if not question.periods() and rows and rows[0].get("period"):
        notes.append(
            f"period: {rows[0]['period']}"
            if en
            else f"问题没有指明时间，按最近有记录的一期（{rows[0]['period']}）回答"
        )
    if any(r.get("value_kind") == "target" for r in rows):
        notes.append("this is a target" if en else "这是目标值，不是实际值")
    return Body(
        "answered",
        told,
        values,
        _columns(en),
        table[: outcome.most],
        ids=tuple(str(r["subject"]) for r in rows[: outcome.most]),
        passages=outcome.passages_of(rows[: outcome.most]),
        total=len(rows),
        conflicts=conflicts,
        notes=tuple(notes),
    )


def figure_truth(claim: lf.Compared, outcome: Outcome, session: Session, said: str, en: bool) -> Body:
    """Yes or no to what is claimed of a figure, with the figure: 超过95%了吗 → 是, 95.6%."""
    inner = compiled_of(claim.source, session.ontology, session.store.dialect)
    rows = dicts(run(inner.statement, session, outcome))
    true = {str(r["id"]) for r in outcome.items}
    outcome.rows = rows
    for row in rows:
        outcome.references += references_of(row.get("passages"), row.get("sources"))
        node = str(row.get("subject"))
        outcome.nodes[node] = GraphNode(node, str(row.get("subject_class")), str(row.get("subject_name")))
    if not rows:
        return Body("no_data", f"Nothing is recorded: {said}." if en else f"没有查到相关记录：{said}。")
    holds = [str(r["id"]) in true for r in rows]
    if all(holds):
        verdict = "yes" if en else "是"
    elif not any(holds):
        verdict = "no" if en else "否"
    else:
        verdict = "the sources differ" if en else "各处说法不一"
    values = _distinct(figure(r, english=en) for r in rows)
    text = Told(_clauses(rows, session, en), f"{verdict.capitalize()}. " if en else f"{verdict}。")
    return Body(
        "answered", text, (verdict, *values), _columns(en), _table(rows, session, en),
        ids=tuple(str(r["subject"]) for r in rows), passages=outcome.passages_of(rows),
        conflicts=conflicts_of(outcome, session, en),
    )  # fmt: skip


def _clauses(rows: Sequence[Mapping[str, object]], session: Session, en: bool) -> tuple[Clause, ...]:
    """The first figures as sentences, each with the passages that state it."""
    return tuple(
        Clause(
            figure_told(r, english=en, metric=_metric(r, session, en)),
            tuple(references_of(r.get("passages"), r.get("sources"))),
        )
        for r in rows[:_TOLD]
    )


def _columns(en: bool) -> tuple[str, ...]:
    return ("subject", "metric", "period", "value", "scope") if en else ("对象", "指标", "时间", "值", "口径")


def _table(rows: Iterable[Mapping[str, object]], session: Session, en: bool) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            str(r.get("subject_name") or ""),
            _metric(r, session, en),
            str(r.get("period") or ""),
            figure(r, english=en),
            str(r.get("scope") or ""),
        )
        for r in rows
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


def _of_shown(conflict: Disagreement, rows: Sequence[Mapping[str, object]]) -> bool:
    """Whether it is the shown figures that are disputed: what only goes into working another year's
    figure back is not."""
    if DERIVED not in conflict.differs_in:
        return True
    stated = set(conflict.passages[0])
    return any(stated & {p for p, _ in references_of(r.get("passages"), ())} for r in rows)


def _observation(row: Mapping[str, object]) -> ObservationRow:
    """A row of an answer as it is compared with others."""

    def number(key: str) -> float | None:
        value = row.get(key)
        return float(value) if isinstance(value, int | float) else None

    def text(key: str) -> str:
        return str(row.get(key) or "")

    return ObservationRow(
        text("id"), text("subject"), text("metric_id"), text("metric"), text("period"),
        text("value_kind") or "actual", text("scope"), number("value"), number("low"), number("high"),
        text("text"), text("unit"), number("base_value"), text("base_unit"), text("bound") or "=",
    )  # fmt: skip


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
