"""A reading, executed → an answer with its evidence, or an honest "nothing recorded"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from graph.conflicts import Disagreement as Found
from graph.conflicts import ObservationRow, find_disagreements
from graph.coverage import declared
from graph.types import CypherStatement, Rows
from ontology.structure import LOCATED_IN
from qa_service.answer_types import (
    Answer,
    Disagreement,
    Evidence,
    GraphEdge,
    GraphNode,
    ShownCypher,
    StatusWord,
)
from qa_service.evidence import MOST, Reference, evidence, references_of
from qa_service.figures import figure
from qa_service.other_kind import other_kind
from qa_service.question import Question
from qa_service.reading import Reading
from qa_service.say import Speaker, ids_in
from qa_service.scope import part_classes
from qa_service.session import Session
from qa_service.workings import inputs_of, listed, worked
from queries import logical_form as lf
from queries.compile import Compiled, Witness
from queries.compile import compile as compiled_of
from queries.notation import write

#: items of one answer; more are counted in a note
MOST_ITEMS = 200


@dataclass
class Outcome:
    """What executing a reading gave. ``empty``: nothing is recorded that answers it."""

    reading: Reading
    compiled: Compiled
    rows: list[dict[str, object]]
    shown: list[ShownCypher] = field(default_factory=list)
    items: list[dict[str, object]] = field(default_factory=list)
    basis: list[str | None] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    nodes: dict[str, GraphNode] = field(default_factory=dict)
    edges: dict[str, GraphEdge] = field(default_factory=dict)
    truncated: bool = False

    @property
    def empty(self) -> bool:
        if self.compiled.kind == "truth":
            return not self.rows or not self.rows[0].get("truth")
        if self.compiled.kind == "number":
            if self.rows and "left_id" in self.rows[0]:
                return False  # a difference of nothing is one
            return not self.rows or not (self.rows[0].get("n") or self.rows[0].get("value"))
        return not self.rows


def execute(reading: Reading, session: Session) -> Outcome:
    """Compile and run a reading's form. IllTypedForm, UnsupportedForm, StoreError."""
    compiled = compiled_of(reading.form, session.ontology, session.store.dialect)
    outcome = Outcome(reading, compiled, [])
    rows = _run(compiled.statement, session, outcome, limit=5_000)
    outcome.truncated = rows.truncated
    outcome.rows = _dicts(rows)
    return outcome


def _run(statement: CypherStatement, session: Session, outcome: Outcome, *, limit: int | None = None) -> Rows:
    outcome.shown.append(ShownCypher(statement.query, dict(statement.params)))
    return session.store.read(statement, limit=limit, seconds=20)


def _dicts(rows: Rows) -> list[dict[str, object]]:
    return [dict(zip(rows.columns, row, strict=True)) for row in rows.rows]


def finish(question: Question, outcome: Outcome, session: Session, *, notes: Sequence[str] = ()) -> Answer:
    """The answer of an executed reading: items, basis, evidence, conflicts, sentence."""
    _gather(outcome, session)
    names = session.names(ids_in(outcome.reading.form))
    speaker = Speaker(session.ontology, names, english=question.english)
    said = speaker.say(outcome.reading.form)
    body = _body(question, outcome, session, said)
    shown = evidence(session.store, outcome.references, most=MOST)
    all_notes = [*notes, *body.notes, *_grade_note(shown, question.english)]
    if outcome.truncated:
        all_notes.append(
            "only the first rows are shown" if question.english else "结果很多，只列出前面的部分"
        )
    return Answer(
        id="",
        question=question.text,
        status=body.status,
        text=body.text,
        answers=body.answers,
        reading=(f"understood as: {said}" if question.english else f"我理解为：{said}"),
        logical_form=write(outcome.reading.form),
        confidence=outcome.reading.confidence,
        notes=tuple(dict.fromkeys(all_notes)),
        columns=body.columns,
        rows=body.rows,
        row_basis=body.basis or tuple(None for _ in body.rows),
        evidence=shown,
        conflicts=body.conflicts,
        cypher=tuple(outcome.shown),
        nodes=tuple(outcome.nodes.values()),
        edges=tuple(outcome.edges.values()),
        engine=session.store.engine,
    )


@dataclass(frozen=True)
class _Body:
    status: StatusWord
    text: str
    answers: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    basis: tuple[str | None, ...] = ()
    conflicts: tuple[Disagreement, ...] = ()
    notes: tuple[str, ...] = ()


def _gather(outcome: Outcome, session: Session) -> None:
    """Items, the relationships that make them answers, and their passages."""
    kind = outcome.compiled.kind
    if kind in ("observations", "values"):
        outcome.items = outcome.rows
        for row in outcome.rows:
            outcome.references += references_of(row.get("passages"), row.get("sources"))
            for key, name, cls in (("subject", "subject_name", "subject_class"),):
                node = str(row.get(key))
                outcome.nodes[node] = GraphNode(node, str(row.get(cls)), str(row.get(name)))
        return
    if kind == "number" and outcome.rows and "left_id" in outcome.rows[0]:
        outcome.references += inputs_of(outcome.rows)
        return
    if kind == "passages":
        outcome.references += [(str(row["id"]), "") for row in outcome.rows]
        return
    if kind == "entities":
        outcome.items = _in_order(outcome.rows, session)
    elif outcome.compiled.items is not None and not outcome.empty:
        inner = _run(outcome.compiled.items.statement, session, outcome, limit=MOST_ITEMS)
        outcome.items = _dicts(inner)
    elif kind in ("describe", "cite", "property", "path", "groups"):
        outcome.items = outcome.rows
        for row in outcome.rows:
            outcome.references += _stating(outcome.reading.form, row)
    ids = [str(r["id"]) for r in outcome.items if r.get("id")]
    for row in outcome.items:
        if row.get("id") and row.get("name"):
            node = str(row["id"])
            outcome.nodes[node] = GraphNode(node, str(row.get("class") or ""), str(row["name"]))
    if not ids:
        _headings(outcome, session)
        return
    for witness in outcome.compiled.witnesses:
        _witnessed(witness, ids, outcome, session)
    if kind == "entities" and not outcome.references:
        _own_passages(ids, outcome, session)
    _headings(outcome, session)


def _headings(outcome: Outcome, session: Session) -> None:
    """Parts of documents that are asked of: their own lines, beside the line that answers."""
    parts = [ident for ident in ids_in(outcome.reading.form) if ident in session.parts.by_id]
    if parts and (outcome.references or outcome.compiled.kind == "truth"):
        _own_passages(parts[:MOST], outcome, session)


def _stating(form: lf.LogicalForm, row: dict[str, object]) -> list[Reference]:
    """The passages of a row; of a property those that state it, where they are known."""
    references = references_of(row.get("passages"), row.get("sources"))
    stated = row.get("stated_as")
    if isinstance(form, lf.Property) and isinstance(stated, list | tuple):
        own = [r for r, said in zip(references, stated, strict=False) if str(said).startswith(f"{form.property}=")]
        return own or references
    return references


def _in_order(rows: list[dict[str, object]], session: Session) -> list[dict[str, object]]:
    """Parts of documents in the order of the document, other things as they came (by name)."""
    if not all(str(r["class"]) in part_classes(session.ontology) for r in rows if r.get("class")):
        return rows
    place = {ident: n for n, ident in enumerate(session.library.sections)}
    place.update({part.id: n for n, part in enumerate(session.parts.parts)})
    return sorted(rows, key=lambda r: place.get(str(r["id"]), len(place)))


def _witnessed(witness: Witness, ids: Sequence[str], outcome: Outcome, session: Session) -> set[str]:
    """Run a witness for the items; returns the items that it speaks of."""
    statement = witness.of(ids)
    spoken: set[str] = set()
    first: list[Reference] = []
    rest: list[Reference] = []
    for row in _dicts(_run(statement, session, outcome, limit=2_000)):
        item = str(row["item"])
        fresh = item not in spoken
        spoken.add(item)
        refs = references_of(row.get("passages"), row.get("sources"))
        # one passage of each item before the second of any
        (first if fresh else rest).extend(refs[:1] if fresh else refs)
        if fresh:
            rest += refs[1:]
        for end in ("source", "target"):
            node = str(row[end])
            outcome.nodes.setdefault(
                node, GraphNode(node, str(row.get(f"{end}_class") or ""), str(row.get(f"{end}_name") or ""))
            )
        edge = str(row["id"])
        outcome.edges[edge] = GraphEdge(
            edge, str(row["type"]), str(row["source"]), str(row["target"]), tuple(p for p, _ in refs)
        )
    # where a thing stands is the weakest reason for it to be an answer
    if witness.relation == LOCATED_IN:
        outcome.references += first + rest
    else:
        outcome.references[:0] = first + rest
    return spoken


def _own_passages(ids: Sequence[str], outcome: Outcome, session: Session) -> None:
    query = "MATCH (n) WHERE n.id IN $ids RETURN n.passages AS passages, n.sources AS sources ORDER BY n.id"
    for row in _dicts(_run(CypherStatement(query, {"ids": list(ids)}), session, outcome)):
        outcome.references += references_of(row["passages"], row["sources"])[:2]


def _body(question: Question, outcome: Outcome, session: Session, said: str) -> _Body:
    kind = outcome.compiled.kind
    en = question.english
    if outcome.reading.quoted is not None:
        return _quoted(outcome, said, en)
    if outcome.empty and kind != "truth" and not _has_gap(outcome.reading.form):
        return _nothing(question, outcome, session, said)
    if kind == "number" and "left_id" in outcome.rows[0]:
        working = worked(outcome.reading, outcome.rows, session.ontology, english=en)
        return _Body("answered", working.text, working.items, working.columns, working.rows, notes=working.notes)
    if kind == "observations" and outcome.reading.shown:
        working = listed(outcome.reading, outcome.rows, english=en)
        found = _conflicts(outcome, session, en)
        return _Body("answered", working.text, working.items, working.columns, working.rows, conflicts=found)
    if kind in ("observations", "values"):
        return _figures(question, outcome, session, said)
    if kind == "entities":
        return _things(question, outcome, session, said)
    if kind == "truth":
        return _truth(question, outcome, session, said)
    if kind == "number":
        row = outcome.rows[0]
        if "n" in row and "value" not in row:
            return _counted(question, outcome, session, said)
        text = figure({**row, "unit": row.get("unit")}, english=en)
        return _Body("answered", f"{said}：{text}。" if not en else f"{said}: {text}.", (text,))
    if kind == "groups":
        rows = tuple((str(r["name"]), str(r["n"])) for r in outcome.rows)
        items = tuple(f"{name} {n}" for name, n in rows)
        return _Body("answered", _sentence(said, items, en), items, ("名称", "数量"), rows)
    if kind == "property":
        rows = tuple((str(r["name"]), str(r["value"])) for r in outcome.rows)
        return _Body(
            "answered",
            _sentence(said, [v for _, v in rows], en),
            tuple(dict.fromkeys(v for _, v in rows)),
            ("名称", "值"),
            rows,
        )
    return _described(outcome, said, en)


def _quoted(outcome: Outcome, said: str, en: bool) -> _Body:
    """What was read from the text: shown as such."""
    quoted = outcome.reading.quoted
    assert quoted is not None
    note = (
        "read from the text, not a recorded fact"
        if en
        else "这是从原文中读出的，不是图谱中登记的事实，请看原文"
    )
    text = quoted.text or (
        f"The text says: {', '.join(quoted.answers)}." if en else f"原文写到：{'、'.join(quoted.answers)}。"
    )
    return _Body(
        "answered",
        text,
        quoted.answers,
        ("item",) if en else ("内容",),
        tuple((a,) for a in quoted.answers),
        notes=(note,),
    )


def _described(outcome: Outcome, said: str, en: bool) -> _Body:
    """Rows of a description, citation or path: shown as they are, their names as items."""
    shown = [c for c in outcome.compiled.columns if c not in ("passages", "sources", "stated_as")]
    rows = tuple(tuple("" if r.get(c) is None else str(r[c]) for c in shown) for r in outcome.rows)
    names = []
    for r in outcome.rows:
        for key in ("target_name", "source_title", "document_name", "name", "value"):
            if r.get(key):
                names.append(str(r[key]))
                break
    items = tuple(dict.fromkeys(n[:60] for n in names))[:20]
    return _Body("answered", _sentence(said, items, en), items, tuple(shown), rows)


def _has_gap(form: object) -> bool:
    if isinstance(form, lf.Except):
        return True
    if isinstance(form, lf.Count | lf.Exists | lf.Within | lf.Where):
        return _has_gap(form.source)
    return False


def _things(question: Question, outcome: Outcome, session: Session, said: str) -> _Body:
    en = question.english
    written = dict(outcome.reading.written)
    rows = [{**r, "name": written.get(str(r["id"]), r["name"])} for r in outcome.items[:MOST_ITEMS]]
    if not _has_gap(outcome.reading.form):
        names = tuple(dict.fromkeys(str(r["name"]) for r in rows))
        plain = tuple((str(r["name"]),) for r in rows)
        return _Body("answered", _sentence(said, names, en), names, ("name",) if en else ("名称",), plain)
    if not rows:
        return _no_gap(question, outcome, session, said)
    basis = _basis(outcome, session)
    known = [(r, b) for r, b in zip(rows, basis, strict=True) if b in ("denied", "covered")]
    record = _asks_about_record(question)
    kept = known if known and not record else list(zip(rows, basis, strict=True))
    names = tuple(dict.fromkeys(str(r["name"]) for r, _ in kept))
    if known and not record:
        text = _sentence(said, names, en)
        more = len(rows) - len(known)
        notes: tuple[str, ...] = ()
        if more:
            notes = (
                (f"{more} more have nothing recorded, without a source that would have listed it",)
                if en
                else (f"另有{more}项没有相关记录，也没有资料表明已收录完整，不能据此认定“没有”",)
            )
    elif record:
        text = _sentence(said, names, en)
        notes = ()
    else:
        text = (
            "No source states this; nothing is recorded for (which does not mean there is none): "
            f"{', '.join(names)}."
            if en
            else f"没有资料明确说明。以下各项只是“没有记录到”，不等于“没有”（{said}）：{'、'.join(names)}。"
        )
        notes = (
            ("nothing recorded, no coverage declared",) if en else ("这些结果的依据是“未记录”，请核实后使用",)
        )
    notes += tuple(_of_the_place(outcome.reading.form, session, en))
    table = tuple((str(r["name"]), b or "") for r, b in kept)
    return _Body(
        "answered",
        text,
        names,
        ("name", "basis") if en else ("名称", "依据"),
        table,
        tuple(b for _, b in kept),
        notes=notes,
    )


def _of_the_place(form: object, session: Session, en: bool) -> list[str]:
    """What the place asked about has itself of that which its things lack: no source says that
    these are for any of them, but a planner wants to know."""
    gap = form.source if isinstance(form, lf.Count) else form
    if not (isinstance(gap, lf.Except) and isinstance(gap.excluded, lf.Follow)):
        return []
    place = gap.source.place if isinstance(gap.source, lf.Within) else None
    lacked = gap.excluded.source
    if not isinstance(place, lf.Entity) or not isinstance(lacked, lf.Instances):
        return []
    if not session.grammar.placeable([lacked.cls]):
        return []
    compiled = compiled_of(lf.Within(lacked, place), session.ontology, session.store.dialect)
    rows = _dicts(session.store.read(compiled.statement, limit=50))
    names = list(dict.fromkeys(str(r["name"]) for r in rows))
    if not names:
        return []
    where = session.names([place.id]).get(place.id, place.id)
    shown = "、".join(names[:5]) + ("等" if len(names) > 5 else "")
    return [
        f"recorded for {where} itself: {shown}; no source says for which of these it is"
        if en
        else f"{where}本身有记录：{shown}；没有资料说明它们服务于上述哪一项"
    ]


def _asks_about_record(question: Question) -> bool:
    return any(
        m.value == "record" for alternatives in question.segments for m in alternatives if m.kind == "word"
    )


def _basis(outcome: Outcome, session: Session) -> list[str | None]:
    """denied · covered · unrecorded, for each item of a gap (contract §3)."""
    ids = [str(r["id"]) for r in outcome.items[:MOST_ITEMS]]
    denied: set[str] = set()
    for denial in outcome.compiled.denials:
        denied |= _witnessed(denial, ids, outcome, session)
    # a document covers its own structure
    covered = all(str(r.get("class")) in part_classes(session.ontology) for r in outcome.items) or any(
        declared(session.store.read, cover.of, cover.place, cover.period) for cover in outcome.compiled.covers
    )
    return ["denied" if i in denied else "covered" if covered else "unrecorded" for i in ids]


def _no_gap(question: Question, outcome: Outcome, session: Session, said: str) -> _Body:
    """Nothing is left: either there is nothing of the class at all, or all have it."""
    form = outcome.reading.form
    source = form.source if isinstance(form, lf.Except) else None
    en = question.english
    if source is not None:
        compiled = compiled_of(source, session.ontology, session.store.dialect)
        rows = _dicts(_run(compiled.statement, session, outcome, limit=MOST_ITEMS))
        if rows:
            names = "、".join(str(r["name"]) for r in rows[:10])
            text = (
                f"None: every one on record ({names}) has it recorded."
                if en
                else f"没有：记录在案的{len(rows)}项都有相关记录（{names}）。"
            )
            _own_passages([str(r["id"]) for r in rows], outcome, session)
            return _Body("answered", text, ("none",) if en else ("无",))
    return _nothing(question, outcome, session, said)


def _truth(question: Question, outcome: Outcome, session: Session, said: str) -> _Body:
    en = question.english
    if not outcome.empty:
        return _Body(
            "answered",
            f"Yes: {said.removeprefix('whether ')}." if en else f"是。{_plain(said)}，有记录可查。",
            ("yes",) if en else ("是",),
        )
    denied: set[str] = set()
    for denial in outcome.compiled.denials:
        denied |= _witnessed(denial, [], outcome, session)
    if denied:
        text = "No: a source denies it." if en else f"否。有资料明确说明：{_plain(said)}一事不成立。"
        return _Body("answered", text, ("no",) if en else ("否",))
    other = other_kind(outcome.reading.form, session)
    if other is not None:
        outcome.shown.append(ShownCypher(other.statement.query, dict(other.statement.params)))
        outcome.references += other.references
        named = other.subtype.labels.en if en else other.subtype.labels.zh
        text = f"No: it is recorded as {named}." if en else f"否。记录为{named}。"
        return _Body("answered", text, ("no",) if en else ("否",))
    if any(ident in session.parts.by_id for ident in ids_in(outcome.reading.form)):
        # a document covers its own structure: what it does not say of its parts is not so
        text = "No: the document does not say so." if en else f"否。文件没有写明{_plain(said)}。"
        return _Body("answered", text, ("no",) if en else ("否",))
    return _nothing(question, outcome, session, said)


def _plain(said: str) -> str:
    return said.replace("是不是", "是").replace("有没有", "有").replace("是否", "")


def _counted(question: Question, outcome: Outcome, session: Session, said: str) -> _Body:
    en = question.english
    n = int(str(outcome.rows[0]["n"]))
    names = list(dict.fromkeys(str(r["name"]) for r in outcome.items if r.get("name")))
    if _has_gap(outcome.reading.form) and outcome.items:
        basis = _basis(outcome, session)
        if not any(b in ("denied", "covered") for b in basis) and not _asks_about_record(question):
            note = "unrecorded only" if en else "依据是“未记录”，不等于“没有”"
            text = (
                f"{n} on record without it ({note}): {', '.join(names)}."
                if en
                else (
                    f"没有资料明确说明；按记录统计，没有相关记录的有{n}项（不等于“没有”）：{'、'.join(names)}。"
                )
            )
            return _Body("answered", text, (str(n),), notes=(note,))
    text = (
        f"{n} on record: {', '.join(names[:20])}." if en else f"记录在案的有{n}个：{'、'.join(names[:20])}。"
    )
    rows = tuple((name,) for name in names)
    return _Body("answered", text, (str(n),), ("name",) if en else ("名称",), rows)


def _figures(question: Question, outcome: Outcome, session: Session, said: str) -> _Body:
    en = question.english
    rows = outcome.rows
    values = tuple(dict.fromkeys(figure(r, english=en) for r in rows if figure(r, english=en)))
    conflicts = _conflicts(outcome, session, en)
    table = tuple(
        (
            str(r.get("subject_name") or ""),
            str(r.get("metric") or ""),
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
                f"{r.get('subject_name')}, {r.get('metric')} ({period or 'no period stated'}): "
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
    return _Body("answered", text, values, columns, table, conflicts=conflicts, notes=tuple(notes))


def _conflicts(outcome: Outcome, session: Session, en: bool) -> tuple[Disagreement, ...]:
    """Conflicts and divergences that the shown figures take part in."""
    subjects = sorted({str(r["subject"]) for r in outcome.rows})
    metrics = {str(r["metric_id"]) for r in outcome.rows}
    ids = {str(r["id"]) for r in outcome.rows}
    found = []
    for metric in sorted(metrics):
        for d in find_disagreements(session.store.read, subjects, metric):
            if any(o.id in ids for o in d.observations):
                found.append(_shown(d, outcome, en))
                for o in d.observations:
                    outcome.references += [(p, "") for p in o.passages]
    return tuple(found)


def _shown(d: Found, outcome: Outcome, en: bool) -> Disagreement:
    name = outcome.nodes[d.subject].name if d.subject in outcome.nodes else d.subject
    return Disagreement(
        of=f"{name} {d.observations[0].phrase} {d.period}".strip(),
        values=tuple(_valued(o, en) for o in d.observations),
        kind=d.kind,
        differs_in=d.differs_in,
    )


def _valued(o: ObservationRow, en: bool) -> str:
    text = figure(
        {"value": o.value, "unit": o.unit, "bound": o.bound, "low": o.low, "high": o.high, "text": o.text},
        english=en,
    )
    return f"{text}（{o.scope}）" if o.scope else text


def _nothing(question: Question, outcome: Outcome, session: Session, said: str) -> _Body:
    """Understood, and nothing recorded answers it: said so, with what is known nearby."""
    en = question.english
    near = nearby(outcome.reading.form, session, en)
    text = f"Nothing is recorded about: {said}." if en else f"没有查到相关记录：{said}。没有记录不等于没有。"
    if near:
        text += (
            (" Recorded nearby: " if en else "相近的已有记录：")
            + ("; " if en else "；").join(near)
            + ("." if en else "。")
        )
    return _Body("no_data", text)


def nearby(form: object, session: Session, en: bool) -> list[str]:
    """What is on record about the things that a form names, a few words each."""
    entities = [i for i in ids_in(form) if not i.startswith("metric:")][:2]
    if isinstance(form, lf.Observations) and form.metric:
        return _nearby_figures(form, session, en)
    if not entities:
        return []
    query = (
        "MATCH (n)-[r]-(m)\nWHERE n.id IN $ids AND r.polarity = 'stated' AND m.name IS NOT NULL\n"
        "RETURN n.name AS name, m.class AS cls, count(DISTINCT m.id) AS n\nORDER BY n DESC, cls\nLIMIT 4"
    )
    found = []
    for name, cls, n in session.store.read(CypherStatement(query, {"ids": entities})).rows:
        known = session.ontology.classes.get(str(cls))
        if known is None or known.structural or known.document_part:
            continue
        label = known.labels.en if en else known.labels.zh
        found.append(f"{name}: {n} {label}" if en else f"{name}的{label}{n}个")
    return found


def _nearby_figures(form: lf.Observations, session: Session, en: bool) -> list[str]:
    """The same metric of the thing in other periods, else of other things."""
    columns = (
        "s.name AS subject_name, o.metric AS metric, o.period AS period, o.value AS value, o.low AS low, "
        "o.high AS high, o.text AS text, o.unit AS unit, o.bound AS bound"
    )
    about = "MATCH (s)<-[:ABOUT]-(o:Observation)-[:MEASURES]->(m:Metric)\nWHERE m.id = $metric"
    same = CypherStatement(
        f"{about} AND s.id IN $ids\nRETURN {columns}\nORDER BY period DESC, o.id\nLIMIT 3",
        {"metric": form.metric, "ids": list(ids_in(form.subject))},
    )
    rows = _dicts(session.store.read(same))
    if not rows:
        others = CypherStatement(
            f"{about}\nRETURN {columns}\nORDER BY period DESC, o.id\nLIMIT 3", {"metric": form.metric}
        )
        rows = _dicts(session.store.read(others))
    return [
        f"{r['subject_name']} {r['metric']} {r['period'] or ''} {figure(r, english=en)}".replace("  ", " ")
        for r in rows
    ]


def _sentence(said: str, items: Iterable[str], en: bool) -> str:
    listed = list(dict.fromkeys(items))
    if en:
        return f"{said[:1].upper()}{said[1:]}: {', '.join(listed)}" + (
            f" ({len(listed)})." if len(listed) > 1 else "."
        )
    return f"{said}：{'、'.join(listed)}" + (f"（共{len(listed)}个）。" if len(listed) > 1 else "。")


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
