"""Answers that name, count or affirm things; of what is lacking with the reason to say so
(denied, covered or only unrecorded: docs/contract.md §3)."""

from __future__ import annotations

import re

from graph.coverage import declared
from qa_service.answering.answer_figures import figure_truth
from qa_service.answering.answer_types import ShownCypher
from qa_service.answering.attributed import Clause, Told, load_titles, titles_of
from qa_service.answering.body import Body, nothing, sentence
from qa_service.answering.execute import Outcome, dicts, own_passages, run, witnessed
from qa_service.answering.other_kind import other_kind
from qa_service.answering.say import ids_in
from qa_service.questions.places import region_code
from qa_service.questions.question import Question
from qa_service.questions.scope import part_classes
from qa_service.session import Session
from queries import logical_form as lf
from queries.compile import compile as compiled_of

#: things that the sentence of a count names; the table has all
_TOLD = 20


def has_gap(form: object) -> bool:
    if isinstance(form, lf.Except):
        # all but one that is named, or but those of one place: nothing is missing there
        left_out = form.excluded
        one = isinstance(left_out, lf.Entity)
        there = isinstance(left_out, lf.Within) and left_out.source == form.source
        return not (one or there) or has_gap(form.source)
    if isinstance(form, lf.Count | lf.Exists | lf.Within | lf.Where):
        return has_gap(form.source)
    return False


def things(question: Question, outcome: Outcome, session: Session, said: str) -> Body:
    en = question.english
    written = dict(outcome.reading.written)
    written |= _cities(question, outcome, session)
    rows = [{**r, "name": written.get(str(r["id"]), r["name"])} for r in outcome.items[: outcome.most]]
    total = len(outcome.items)
    if not has_gap(outcome.reading.form):
        names = tuple(dict.fromkeys(str(r["name"]) for r in rows))
        plain = tuple((str(r["name"]),) for r in rows)
        ids, passages = tuple(str(r["id"]) for r in rows), outcome.passages_of(rows)
        all_told = sentence(said, names, en, total - len(rows))
        columns = ("name",) if en else ("名称",)
        return Body("answered", all_told, names, columns, plain, ids=ids, passages=passages, total=total)
    if not rows:
        return _no_gap(question, outcome, session, said)
    basis = _basis(outcome, session)
    known = [(r, b) for r, b in zip(rows, basis, strict=True) if b in ("denied", "covered")]
    record = _asks_about_record(question)
    kept = known if known and not record else list(zip(rows, basis, strict=True))
    names = tuple(dict.fromkeys(str(r["name"]) for r, _ in kept))
    text: str | Told = sentence(said, names, en)
    if known and not record:
        more = len(rows) - len(known)
        notes: tuple[str, ...] = ()
        if more:
            notes = (
                (f"{more} more have nothing recorded, without a source that would have listed it",)
                if en
                else (f"另有{more}项没有相关记录，也没有资料表明已收录完整，不能据此认定“没有”",)
            )
    elif record:
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
    return Body(
        "answered",
        text,
        names,
        ("name", "basis") if en else ("名称", "依据"),
        table,
        tuple(b for _, b in kept),
        tuple(str(r["id"]) for r, _ in kept),
        outcome.passages_of(r for r, _ in kept),
        total if len(kept) == len(rows) else len(kept),
        notes=notes,
    )


#: 哪个市 may be one of a prefecture's; 哪个市（州）, 哪个设区市 and 哪座城市 say which level is meant
_ANY_CITY = re.compile(r"哪(?:个|一个)?市(?![州(（区])")


def _cities(question: Question, outcome: Outcome, session: Session) -> dict[str, str]:
    """甲集群在哪个市: of a prefecture with a city below it in which the thing is, both (益阳市沅江市), where
    the question does not say which level it means."""
    form = outcome.reading.form
    if not (isinstance(form, lf.Both) and isinstance(form.right, lf.Whereabouts)) or question.english:
        return {}
    if not _ANY_CITY.search(question.clean):
        return {}
    compiled = compiled_of(form.right, session.ontology, session.store.dialect)
    places = {str(r["id"]): str(r["name"]) for r in dicts(session.store.read(compiled.statement, limit=50))}
    found = {}
    for row in outcome.items:
        own, name = region_code(str(row["id"])), str(row["name"])
        inside = own[:4] if own.endswith("00") else "-"
        below = [
            n
            for i, n in places.items()
            if region_code(i).startswith(inside) and region_code(i) != own and n[-1] == "市"
        ]
        if len(below) == 1 and name[-1] == "市":
            found[str(row["id"])] = name + below[0]
    return found


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
    rows = dicts(session.store.read(compiled.statement, limit=50))
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
    ids = [str(r["id"]) for r in outcome.items[: outcome.most]]
    denied: set[str] = set()
    for denial in outcome.compiled.denials:
        denied |= witnessed(denial, ids, outcome, session)
    listed = [
        coverage
        for cover in outcome.compiled.covers
        for coverage in declared(session.store.read, cover.of, cover.place, cover.period)
    ]
    for ident in ids:
        if ident not in denied:  # where it was listed completely, before what is said of the thing itself
            where = [(passage, "") for coverage in listed for passage in coverage.passages]
            outcome.of_item.setdefault(ident, [])[:0] = where
    # a document covers its own structure
    own = all(str(r.get("class")) in part_classes(session.ontology) for r in outcome.items)
    covered = own or bool(listed)
    return ["denied" if i in denied else "covered" if covered else "unrecorded" for i in ids]


def _no_gap(question: Question, outcome: Outcome, session: Session, said: str) -> Body:
    """Nothing is left: either there is nothing of the class at all, or all have it."""
    source = _taken_from(outcome.reading.form)
    en = question.english
    if source is not None:
        rows = _on_record(source, outcome, session)
        if rows:
            names = ("," if en else "、").join(str(r["name"]) for r in rows[:10])
            text = (
                f"None: every one on record ({names}) has it recorded."
                if en
                else f"没有：图谱中记录的{len(rows)}项都有相关记录（{names}）。"
            )
            own_passages([str(r["id"]) for r in rows], outcome, session)
            return Body("answered", text, ("none",) if en else ("无",))
    return nothing(question, outcome, session, said)


def truth(question: Question, outcome: Outcome, session: Session, said: str) -> Body:
    en = question.english
    claim = outcome.reading.form
    if isinstance(claim, lf.Exists) and isinstance(claim.source, lf.Compared):
        return figure_truth(claim.source, outcome, session, said, en)
    if not outcome.empty and "source" in outcome.reading.shown:
        stated = titles_of(outcome.references, load_titles(session.store, outcome.references))
        claimed = Clause(said.removeprefix("whether ") if en else _plain(said))
        return Body("answered", Told((claimed,)), stated)
    if not outcome.empty:
        return Body(
            "answered",
            Told((Clause(said.removeprefix("whether ")),), "Yes. ")
            if en
            else Told((Clause(_plain(said)),), "是。"),
            ("yes",) if en else ("是",),
        )
    denied: set[str] = set()
    for denial in outcome.compiled.denials:
        denied |= witnessed(denial, [], outcome, session)
    if denied:
        denied_in = Clause("this is not so" if en else f"“{_plain(said)}”一事不成立")
        text = Told((denied_in,), "No. " if en else "否。")
        return Body("answered", text, ("no",) if en else ("否",))
    other = other_kind(outcome.reading.form, session)
    if other is not None:
        outcome.shown.append(ShownCypher(other.statement.query, dict(other.statement.params)))
        outcome.references += other.references
        named = other.subtype.labels.en if en else other.subtype.labels.zh
        recorded = Clause(f"it is recorded as {named}" if en else f"记录为{named}")
        text = Told((recorded,), "No. " if en else "否。")
        return Body("answered", text, ("no",) if en else ("否",))
    if any(ident in session.parts.by_id for ident in ids_in(outcome.reading.form)):
        # a document covers its own structure: what it does not say of its parts is not so
        unsaid = "No: the document does not say so." if en else f"否。文件没有写明{_plain(said)}。"
        return Body("answered", unsaid, ("no",) if en else ("否",))
    return nothing(question, outcome, session, said)


def _plain(said: str) -> str:
    return said.replace("是不是", "是").replace("有没有", "有").replace("是否", "")


def counted(question: Question, outcome: Outcome, session: Session, said: str) -> Body:
    en = question.english
    n = int(str(outcome.rows[0]["n"]))
    if has_gap(outcome.reading.form):
        return _gap_counted(question, outcome, session, said, n)
    items = [r for r in outcome.items if r.get("name")]
    names = list(dict.fromkeys(str(r["name"]) for r in items))
    rows = tuple((str(r["name"]),) for r in items)
    ids, passages = tuple(str(r["id"]) for r in items), outcome.passages_of(items)
    what, told = _counted_thing(said, en), names[:_TOLD]
    text = Told(
        (Clause(f"{', '.join(told)}" if en else f"有{'、'.join(told)}{'等' if len(names) > _TOLD else ''}"),),
        f"The graph has {n} on record of {what}. " if en else f"图谱中记录了{n}个{what}。",
    )
    columns = ("name",) if en else ("名称",)
    return Body("answered", text, (str(n),), columns, rows, ids=ids, passages=passages, total=n)


def _counted_thing(said: str, en: bool) -> str:
    """What is counted, of how the count is said: 甲市的企业有多少 → 甲市的企业."""
    return said.removeprefix("how many ") if en else said.removesuffix("有多少")


def _gap_counted(question: Question, outcome: Outcome, session: Session, said: str, n: int) -> Body:
    """How many lack something: as many as are listed where they are asked for (contract §3)."""
    en = question.english
    items = [r for r in outcome.items if r.get("name")]
    if not items:
        source = _taken_from(outcome.reading.form)
        if source is None or not _on_record(source, outcome, session):
            return nothing(question, outcome, session, said)
        none = "None: every one on record has it." if en else "没有：图谱中记录的都有相关记录。"
        return Body("answered", none, ("0",))
    basis = _basis(outcome, session)
    lacking = [(r, b) for r, b in zip(items, basis, strict=False) if b in ("denied", "covered")]
    sure = bool(lacking) and not _asks_about_record(question)
    notes: tuple[str, ...] = ()
    if sure and len(lacking) < len(basis):
        more = n - len(lacking)
        n = len(lacking)
        notes = (
            (f"{more} more have nothing recorded, without a source that would have listed it",)
            if en
            else (f"另有{more}项没有相关记录，也没有资料表明已收录完整，不能据此认定“没有”",)
        )
    kept = lacking if sure else list(zip(items, basis, strict=False))
    names = "、".join(dict.fromkeys(str(r["name"]) for r, _ in kept[:20]))
    if sure or _asks_about_record(question):
        text: str | Told = Told((Clause(f"{n} on record: {names}" if en else f"图谱中记录了{n}个：{names}"),))
    else:
        note = "unrecorded only" if en else "依据是“未记录”，不等于“没有”"
        notes = (note,)
        text = (
            f"{n} on record without it ({note}): {names}."
            if en
            else f"没有资料明确说明；按记录统计，没有相关记录的有{n}项（不等于“没有”）：{names}。"
        )
    things = [r for r, _ in kept]
    return Body(
        "answered", text, (str(n),), ("name", "basis") if en else ("名称", "依据"),
        tuple((str(r["name"]), b or "") for r, b in kept), tuple(b for _, b in kept),
        tuple(str(r["id"]) for r in things), outcome.passages_of(things), n, notes=notes,
    )  # fmt: skip


def _taken_from(form: object) -> lf.EntitySet | None:
    """The set that a gap, or a counted gap, is taken from."""
    gap = form.source if isinstance(form, lf.Count) else form
    return gap.source if isinstance(gap, lf.Except) else None


def _on_record(source: lf.EntitySet, outcome: Outcome, session: Session) -> list[dict[str, object]]:
    compiled = compiled_of(source, session.ontology, session.store.dialect)
    return dicts(run(compiled.statement, session, outcome, limit=outcome.most))
