"""A follow-up, answered: as an edit of the form before, in the words of the question before, from
the evidence before; where none of these fits, as a question of its own, which the answer says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ontology.errors import IllTypedForm, UnsupportedForm
from ontology.structure import REGION
from qa_service.answering.answer import finish
from qa_service.answering.answer_types import Answer, Evidence
from qa_service.answering.combine import together
from qa_service.answering.execute import execute
from qa_service.answering.say import ids_in
from qa_service.followups import edits
from qa_service.followups.before import Before
from qa_service.followups.follow import edited
from qa_service.followups.grouped import by_place
from qa_service.followups.said import Said, said_by, with_sort
from qa_service.questions.link import analysed
from qa_service.questions.question import Question
from qa_service.readings.reading import Reading
from qa_service.session import Session
from queries import logical_form as lf
from queries.check import classes_of
from queries.logical_form import LogicalForm
from queries.terms import class_of

#: answers a complete question
Alone = Callable[[str], Answer]
_LOST = ("没有保存上一个答案，此处按单独的问题回答", "the answer before is not kept: this is read alone")
_NO_FIT = (
    "接不上上一个问题，此处按单独的问题回答",
    "it does not follow from the one before: read alone",
)
#: steps of years that a word means
_YEARS = {"earlier": -1, "later": 1}


def follow(text: str, before: Before, session: Session, alone: Alone, most: int) -> Answer:
    """The answer to a question that may go on from the one before, with ``most`` rows."""
    question = replace(analysed(text, session), most=most)
    if not before.question:
        return _noted(alone(text), _LOST, question)
    said = said_by(question)
    if said is None:
        return alone(text)
    answer = _followed(question, said, before, session, alone)
    if answer is not None:
        return answer
    return _noted(alone(text), _NO_FIT, question)


def _followed(
    question: Question, said: Said, before: Before, session: Session, alone: Alone
) -> Answer | None:
    if said.pointing is not None:
        return _pointed(question, said.pointing, before, session, alone)
    things = [a for a in said.named if _is_thing(a)]
    if len(things) > 1 and all(_is_place(a) for a in things):
        others = tuple(a for a in said.named if not _is_thing(a))
        each = [
            _followed(question, replace(said, named=(a, *others)), before, session, alone) for a in things
        ]
        given = [a for a in each if a is not None and a.status == "answered"]
        return replace(together(question, given), asked=given[0].asked) if given else None
    if said.orders and said.orders[0] in ("cite", "why") and not said.named:
        return _cited(question, before, session)
    asked = analysed(before.question, session)
    change = edited(said, before, asked, session)
    form = change.form
    if before.form is not None and edits.editable(before.form):
        form = _by_year(said, before, form) if set(said.orders) & set(_YEARS) else form
        if "per" in said.orders:
            return _per(question, said, before, session)
    elif said.orders and said.orders[0] in _YEARS:
        return None
    changed = form is not None and form != before.form
    told = _told(change.changes, question.english)
    if changed and form is not None:
        answer = _answer(form, question, change.text, before, told, session)
        if answer is not None and answer.status == "answered":
            return answer
        if change.text and not said.orders:
            worded = alone(change.text)
            if worded.status == "answered":
                return replace(worded, asked=change.text, notes=(told, *worded.notes))
        return answer
    if change.text and not said.orders:
        worded = alone(change.text)
        return replace(worded, asked=change.text, notes=(told, *worded.notes))
    if "count" in said.orders and not said.named:
        return _count_of_items(question, before, session)
    return None


def _answer(
    form: LogicalForm, question: Question, text: str, before: Before, told: str, session: Session
) -> Answer | None:
    """The edited form, executed."""
    whole = analysed(text, session) if text else question
    reading = Reading(
        form=form, cost=0.0, explained=whole.content(), rule="follow_up", tree="follow_up", source="typed",
        confidence=before.confidence,
    )  # fmt: skip
    try:
        outcome = execute(reading, session)
    except (IllTypedForm, UnsupportedForm):
        return None
    answer = finish(
        replace(whole, english=question.english, most=question.most), outcome, session, notes=(told,)
    )
    return replace(answer, asked=text or before.question)


def _by_year(said: Said, before: Before, form: LogicalForm | None) -> LogicalForm | None:
    base = form if form is not None else before.form
    assert base is not None
    order = next(o for o in said.orders if o in _YEARS)
    return edits.shifted(base, _YEARS[order], before.periods)


def _per(question: Question, said: Said, before: Before, session: Session) -> Answer | None:
    """按市州列出来: the figures of each place, the things of each."""
    ontology = session.ontology
    assert before.form is not None
    for m in (m for a in said.named for m in a if m.kind in ("class", "subtype")):
        cls = ontology.subtypes[str(m.value)].cls if m.kind == "subtype" else str(m.value)
        wanted = lf.Instances(cls, str(m.value) if m.kind == "subtype" else "")
        told = (
            f"goes on from the question before, by {m.text}"
            if question.english
            else f"承接上一问，按“{m.text}”分别列出"
        )
        form = edits.of_each(before.form, wanted, ontology)
        if form is not None:
            answer = _answer(form, question, "", before, told, session)
            if answer is not None and answer.status == "answered":
                return answer
            # the place before was of that level itself: of all its places
            everywhere = replace(form, subject=wanted) if isinstance(form, lf.Observations) else form
            return _answer(everywhere, question, "", before, told, session)
        found = edits.found_set(before.form)
        if found is None:
            continue
        if cls in ontology.places():
            return by_place(question, found, wanted, before, told, session)
        ways = session.grammar.between(classes_of(found, ontology), frozenset([cls]))
        if ways:
            return _answer(lf.GroupBy(found, *ways[0]), question, "", before, told, session)
    return None


def _pointed(
    question: Question, span: tuple[int, int], before: Before, session: Session, alone: Alone
) -> Answer | None:
    """它在哪个市: of the thing that was answered or that was asked about, whichever the question
    is understood of best."""
    text = question.clean
    start, end = span
    said = text[start:end]
    classes: set[str] = set()
    for a in question.segments:
        if a[0].start == end and with_sort(text, end):
            classes = {
                session.ontology.subtypes[str(m.value)].cls if m.kind == "subtype" else str(m.value)
                for m in a
                if m.kind in ("class", "subtype")
            }
            end = a[0].end if classes else end
    if said.endswith(("的",)):
        end -= 1
    best: Answer | None = None
    for name, cls in _pointed_at(before, session):
        if classes and cls not in classes:
            continue
        whole = f"{name}{text[end:]}" if not question.english else text[:start] + name + text[end:]
        answer = alone(whole)
        told = (
            f"“{said}” read as “{name}”"
            if question.english
            else f"承接上一问，按“{name}”理解“{text[start:end].rstrip('的')}”"
        )
        answer = replace(answer, asked=whole, notes=(told, *answer.notes))
        understood = answer.status in ("answered", "no_data")
        if understood and (best is None or answer.score > best.score):
            best = answer
    return best


def _pointed_at(before: Before, session: Session) -> list[tuple[str, str]]:
    """(name, class) of the things that may be meant, the likeliest first."""
    found: list[tuple[str, str]] = []
    if len(before.answers) == 1:
        found += [(before.answers[0], c.cls) for c in session.index.find(before.answers[0])[:1]]
    if before.form is not None:
        ids = [i for i in ids_in(before.form) if not i.startswith("metric:")]
        names = session.names(ids)
        found += [(names[i], class_of(session.ontology, i)) for i in ids if i in names]
    else:
        for a in analysed(before.question, session).segments:
            for m in a:
                if m.kind == "entity" and isinstance(m.value, tuple):
                    found += [(m.text, cls) for _, cls in m.value[:1]]
    return list(dict.fromkeys(found))


def _cited(question: Question, before: Before, session: Session) -> Answer | None:
    """Where the answer before stands: its documents, with the passages that it rests on."""
    if not before.evidence:
        return None
    documents = tuple(dict.fromkeys(e.document for e in before.evidence))
    en = question.english
    told = "goes on from the question before" if en else f"承接上一问：“{before.question}”的依据"
    quotes = "；".join(f"“{' '.join(e.quote.split())[:80]}”" for e in before.evidence[:3])
    head = ", ".join(documents) if en else "、".join(f"《{d}》" for d in documents)
    text = f"It is stated in {head}: {quotes}" if en else f"依据是{head}：{quotes}"
    return Answer(
        id="", question=question.text, status="answered", text=text, answers=documents,
        reading=f"where this is stated: {before.question}"
        if en
        else f"我理解为：“{before.question}”的答案出自哪里",
        logical_form=before.notation, confidence=before.confidence, notes=(told,),
        columns=("document", "passage") if en else ("文件", "原文"),
        rows=tuple((e.document, " ".join(e.quote.split())) for e in before.evidence),
        row_basis=tuple(None for _ in before.evidence),
        row_ids=tuple(None for _ in before.evidence),
        row_passages=tuple((_reference(e),) for e in before.evidence),
        evidence=before.evidence,
        engine=session.store.engine, asked=before.question,
    )  # fmt: skip


def _reference(passage: Evidence) -> str:
    """The reference of a passage (contract §1)."""
    return f"{passage.document}#{passage.cells or f'{passage.start}-{passage.end}'}"


def _count_of_items(question: Question, before: Before, session: Session) -> Answer | None:
    """How many items the answer before had, where they are no set of things in the graph."""
    if len(before.answers) < 2:
        return None
    n = str(len(before.answers))
    en = question.english
    told = "the items of the answer before, counted" if en else "承接上一问，按上一个答案列出的项目计数"
    listed = (", " if en else "、").join(before.answers)
    return Answer(
        id="", question=question.text, status="answered", answers=(n,),
        text=f"{n}: {listed}." if en else f"上一个答案列出{n}项：{listed}。",
        reading=f"how many these are: {before.question}"
        if en
        else f"我理解为：“{before.question}”的答案有几项",
        logical_form=before.notation, confidence=before.confidence, notes=(told,), evidence=before.evidence,
        engine=session.store.engine, asked=before.question,
    )  # fmt: skip


def _told(changes: tuple[str, ...], english: bool) -> str:
    words = "、".join(f"“{w}”" for w in changes)
    if english:
        return "goes on from the question before" + (f", with {words}" if words else "")
    return f"承接上一问，换成{words}" if words else "承接上一问"


def _noted(answer: Answer, note: tuple[str, str], question: Question) -> Answer:
    return replace(answer, notes=(note[question.english], *answer.notes))


def _is_thing(alternatives: tuple[object, ...]) -> bool:
    return any(getattr(m, "kind", "") == "entity" for m in alternatives)


def _is_place(alternatives: tuple[object, ...]) -> bool:
    return any(
        cls == REGION
        for m in alternatives
        if getattr(m, "kind", "") == "entity"
        for _, cls in m.value  # type: ignore[attr-defined]
    )
