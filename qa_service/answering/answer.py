"""A reading, executed → an answer with its evidence, or an honest "nothing recorded"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ontology.gazetteer import gazetteer
from qa_service.answering.answer_figures import conflicts_of, figures
from qa_service.answering.answer_things import counted, has_gap, things, truth
from qa_service.answering.answer_types import Answer, Evidence
from qa_service.answering.attributed import Clause, Told, attributed, load_titles
from qa_service.answering.body import Body, nothing, sentence
from qa_service.answering.described import described, qualified
from qa_service.answering.evidence import MOST, evidence
from qa_service.answering.execute import Outcome, gather, named
from qa_service.answering.say import Speaker, ids_in
from qa_service.answering.workings import added, listed, worked
from qa_service.questions.question import Question
from qa_service.session import Session
from queries.notation import write


def finish(question: Question, outcome: Outcome, session: Session, *, notes: Sequence[str] = ()) -> Answer:
    """The answer of an executed reading: items, basis, evidence, conflicts, sentence."""
    gather(outcome, session, most=question.most)
    names = session.names(ids_in(outcome.reading.form))
    speaker = Speaker(session.ontology, names, english=question.english)
    said = speaker.say(outcome.reading.form)
    body = _body(question, outcome, session, said)
    shown = evidence(session.store, outcome.references, most=MOST)
    all_notes = [*outcome.reading.notes, *notes, *body.notes, *_grade_note(shown, question.english)]
    if outcome.truncated:
        all_notes.append(
            "only the first rows are shown" if question.english else "结果很多，只列出前面的部分"
        )
    return Answer(
        id="",
        question=question.text,
        status=body.status,
        text=_told(body, outcome, session, question.english),
        answers=tuple(as_written(item, shown) for item in body.answers),
        reading=(f"understood as: {said}" if question.english else f"我理解为：{said}"),
        logical_form=write(outcome.reading.form),
        confidence=outcome.reading.confidence,
        notes=tuple(dict.fromkeys(all_notes)),
        columns=body.columns,
        rows=body.rows,
        row_basis=body.basis or tuple(None for _ in body.rows),
        row_ids=body.ids or tuple(None for _ in body.rows),
        row_passages=body.passages or tuple(() for _ in body.rows),
        total=body.total,
        evidence=shown,
        conflicts=body.conflicts,
        cypher=tuple(outcome.shown),
        nodes=tuple(outcome.nodes.values()),
        edges=tuple(outcome.edges.values()),
        engine=session.store.engine,
    )


def as_written(item: str, shown: Sequence[Evidence]) -> str:
    """The name of an ethnic autonomous place as the evidence writes it, if never in full: 湘西自治州.

    >>> as_written("湘西土家族苗族自治州", [Evidence("a.txt", "", "湘西自治州的合格率为90.2%")])
    '湘西自治州'
    """
    if "族" not in item or any(item in e.quote for e in shown):
        return item
    shorts = {place.short for place in gazetteer().find(item) if place.name == item}
    for short in shorts:
        for written in (f"{short}自治{item[-1]}", f"{short}{item[-1]}"):
            if any(written in e.quote for e in shown):
                return written
    return item


def _told(body: Body, outcome: Outcome, session: Session, en: bool) -> str:
    """The sentence, with its sources in words where it claims something."""
    if isinstance(body.text, str):
        return body.text
    cited = dict(reversed(outcome.references))
    own = [(p, cited.get(p, "")) for row in body.passages for p in row]
    told = body.text.resting_on(own or outcome.references)
    rest = [r for clause in told.clauses for r in clause.references or ()]
    return attributed(told, load_titles(session.store, rest), english=en)


def _body(question: Question, outcome: Outcome, session: Session, said: str) -> Body:
    kind = outcome.compiled.kind
    en = question.english
    if outcome.reading.quoted is not None:
        return _quoted(outcome, said, en)
    if outcome.empty and kind != "truth" and not has_gap(outcome.reading.form):
        return nothing(question, outcome, session, said)
    if kind == "number" and "left_id" in outcome.rows[0]:
        working = worked(outcome.reading, outcome.rows, session.ontology, english=en)
        notes, passages = working.notes, working.passages
        return Body(
            "answered",
            working.text,
            working.items,
            working.columns,
            working.rows,
            passages=passages,
            notes=notes,
        )
    if kind == "observations" and outcome.reading.shown:
        working = listed(outcome.reading, outcome.rows, english=en)
        found = conflicts_of(outcome, session, en)
        return Body(
            "answered",
            working.text,
            working.items,
            working.columns,
            working.rows,
            ids=tuple(str(r["subject"]) for r in outcome.rows),
            passages=outcome.passages_of(outcome.rows),
            conflicts=found,
        )
    if kind in ("observations", "values"):
        return figures(question, outcome, session, said)
    if kind == "entities":
        return things(question, outcome, session, said)
    if kind == "truth":
        return truth(question, outcome, session, said)
    if kind == "number":
        row = outcome.rows[0]
        if "n" in row and "value" not in row:
            return counted(question, outcome, session, said)
        parts = [r for r in outcome.items if r.get("base_unit") == row.get("unit")] or outcome.items
        working = added(outcome.reading.form, row, parts, english=en)
        found = conflicts_of(replace(outcome, rows=parts), session, en)
        return Body(
            "answered", working.text, working.items, working.columns, working.rows,
            ids=tuple(str(r["subject"]) for r in parts), passages=outcome.passages_of(parts),
            total=len(parts), conflicts=found, notes=working.notes,
        )  # fmt: skip
    if kind == "groups":
        rows = tuple((str(r["name"]), str(r["n"])) for r in outcome.rows)
        chosen = outcome.reading.shown == ("subject",)
        items = tuple(name if chosen else f"{name} {n}" for name, n in rows)
        columns = ("name", "number") if en else ("名称", "数量")
        return Body(
            "answered",
            sentence(said, [f"{name} ({n})" if en else f"{name}（{n}）" for name, n in rows], en),
            items,
            columns,
            rows,
            ids=tuple(str(r["id"]) for r in outcome.rows),
            passages=_of_groups(outcome),
        )
    if kind == "qualifier":
        return qualified(outcome, said, en)
    if kind == "property":
        rows = tuple((str(r["name"]), str(r["value"])) for r in outcome.rows)
        return Body(
            "answered",
            sentence(said, [v for _, v in rows], en),
            tuple(dict.fromkeys(v for _, v in rows)),
            ("name", "value") if en else ("名称", "值"),
            rows,
            ids=tuple(str(r["id"]) for r in outcome.rows),
            passages=outcome.passages_of(outcome.rows),
        )
    return described(outcome, session.ontology, said, en)


def _quoted(outcome: Outcome, said: str, en: bool) -> Body:
    """What was read from the text: shown as such."""
    quoted = outcome.reading.quoted
    assert quoted is not None
    note = (
        "read from the text, not a recorded fact"
        if en
        else "这是从原文中读出的，不是图谱中登记的事实，请看原文"
    )
    items = (", " if en else "、").join(quoted.answers)
    read = Told((Clause(f"the text says: {items}" if en else f"原文写到：{items}"),))
    return Body(
        "answered",
        _with_source(quoted.text) if quoted.text else read,
        quoted.answers,
        ("item",) if en else ("内容",),
        tuple((a,) for a in quoted.answers),
        passages=tuple(_holding(a, outcome) for a in quoted.answers),
        notes=(note,),
    )


def _with_source(text: str) -> str | Told:
    """What passages say, with where they stand; as it is where it says that itself (见《…》)."""
    return text if "《" in text[:3] else Told((Clause(text),))


def _holding(answer: str, outcome: Outcome) -> tuple[str, ...]:
    """The passages that an item was read from: those with its words, else all that were read."""
    rows = [r for r in outcome.rows if answer in str(r.get("text") or r.get("name") or "")] or outcome.rows
    if outcome.compiled.kind == "passages":
        return named((str(r["id"]), "") for r in rows)
    return named((p, "") for passages in outcome.passages_of(rows) for p in passages)


def _of_groups(outcome: Outcome) -> tuple[tuple[str, ...], ...]:
    """What puts things into each group: the relationships that lead to it, else its own passages."""
    leading: dict[str, list[str]] = {}
    for edge in outcome.edges.values():
        for end in (edge.source, edge.target):
            leading.setdefault(end, []).extend(edge.passages)
    return tuple(
        named((p, "") for p in leading.get(str(r["id"]), ())) or own
        for r, own in zip(outcome.rows, outcome.passages_of(outcome.rows), strict=True)
    )


def _grade_note(shown: Sequence[Evidence], en: bool) -> list[str]:
    """An answer that rests on reposts of unclear origin alone says so."""
    if shown and all(e.grade == "C" for e in shown):
        return [
            "all evidence is of grade C (reposts of unclear origin)"
            if en
            else "全部依据来自转载、出处不清的资料（C级），请谨慎使用"
        ]
    return []


def with_id(answer: Answer, ident: str, elapsed_ms: float) -> Answer:
    return replace(answer, id=ident, elapsed_ms=elapsed_ms)
