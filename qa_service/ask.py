"""THE ASKING SPINE: question → mentions → readings → rank → compile → rows → answer."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

from ontology.lexicon.normalise import clean
from qa_service.answering.answer import with_id
from qa_service.answering.answer_types import Answer
from qa_service.answering.combine import together
from qa_service.answering.execute import MOST_ROWS
from qa_service.answering.sure import weighed
from qa_service.clarify.choices import nearest
from qa_service.clarify.names import short_name
from qa_service.clarify.placed import without_place
from qa_service.clarify.rivals import asked_back
from qa_service.followups.answer import follow
from qa_service.followups.before import Before
from qa_service.one_answer import asked_alone, one_answer, readings_of
from qa_service.part_by_part import (
    of_both,
    of_choice,
    of_described,
    of_listed,
    of_nested,
    of_others,
    of_parts,
    of_several,
)
from qa_service.questions.background import without_background, without_lead
from qa_service.questions.correct import Correction, corrected
from qa_service.questions.decompose import (
    after_background,
    by_extreme,
    of_both_ends,
    of_its_own,
    parts_of,
)
from qa_service.questions.intake import admit_question
from qa_service.questions.link import INITIALS, analysed, entities
from qa_service.questions.plain import said_plainly
from qa_service.questions.polite import without_politeness
from qa_service.questions.question import ROWS, Question, in_english
from qa_service.questions.scope import part_classes, scoped
from qa_service.questions.spelling import respelt
from qa_service.readings.belief import NAMES
from qa_service.readings.rank import THRESHOLD
from qa_service.session import Session, open_session
from qa_service.settings import wished
from queries.logical_form import (
    Count,
    EntitySet,
    Exists,
)
from queries.notation import write

__all__ = ["ask", "explain", "open_session", "readings_of"]

#: forms that find things, and leave out what they do not explain
_OF_THINGS = tuple(f"{form.__name__}(" for form in (*get_args(EntitySet), Count, Exists))


def ask(question: str, session: Session, before: Before | None = None, limit: int | None = None) -> Answer:
    """The answer to a question in natural Chinese or English; ``before`` is the answer that it
    may go on from.

    NoQuestion where the text cannot be one; everything else, also not understanding and
    finding nothing, is an answer.

    >>> ask("长沙市2024年制造业产品质量合格率是多少？", session).answers            # doctest: +SKIP
    ('95.2%', '96.2%')
    """
    started = time.perf_counter()
    session = session.refreshed()
    text, changed = _corrected(_bare(question), session)
    most = min(limit or ROWS, MOST_ROWS)

    def answer_of(said: str) -> Answer:
        if before is None:
            return _answered(said, session, most)
        return follow(said, before, session, lambda whole: _answered(whole, session, most), most)

    answer = answer_of(text)
    if answer.status == "not_understood":
        respelled, typed = respelt(analysed(text, session), lambda: session.spelling)
        again = answer_of(respelled) if typed else answer
        if again.status == "answered":
            answer, changed = again, (*changed, *typed)
    if answer.status == "not_understood":
        answer = _with_choices(answer, analysed(text, session), session)
    told = tuple(c.note(english=in_english(text)) for c in (*changed, *_by_initials(text, answer, session)))
    answer = replace(answer, question=question, notes=(*told, *answer.notes))
    if limit is not None:
        answer = _limited(answer, limit)
    asked = (question, before.id if before else "", str(limit or ""), wished() or "")
    key = "\x1f".join((*asked, session.version, session.today.isoformat()))
    ident = hashlib.sha256(key.encode()).hexdigest()[:16]
    return with_id(answer, ident, (time.perf_counter() - started) * 1000)


def _bare(question: str) -> str:
    """The question without politeness and without what its asker tells of himself, in plain words."""
    asked = without_background(without_politeness(admit_question(question)))
    return said_plainly(without_politeness(asked))


def _corrected(text: str, session: Session) -> tuple[str, tuple[Correction, ...]]:
    question = analysed(text, session)
    fixed, changed = corrected(question, lambda: session.sounds, session.corpus.has)
    return (fixed, changed) if changed else (text, ())


def _answered(text: str, session: Session, most: int) -> Answer:
    """The answer, as far as it is sure."""
    question = analysed(text, session)
    answer = weighed(_by_names(text, session, most), question, session.belief)
    bare = without_place(question, session) if answer.status != "answered" else ""
    if bare:
        told = weighed(_by_names(bare, session, most), question, session.belief)
        return replace(told, question=answer.question) if told.status == "answered" else answer
    return answer


def _by_names(text: str, session: Session, most: int) -> Answer:
    """The answer; of a thing said by a part of its name where nothing else accounts for that."""
    answer = _as_said(text, session, most)
    # prose, figures and parts of documents have weighed what they do not explain
    of_parts = bool(answer.signs) and answer.signs[NAMES.index("structure")] > 0
    of_things = answer.logical_form.startswith(_OF_THINGS) and "Recorded(" not in answer.logical_form
    weighed_all = of_parts or not of_things
    if answer.status != "not_understood" and weighed_all:
        return answer
    question = scoped(analysed(text, session), session.corpus, session.cards)
    short = short_name(question, session)
    if short is None:
        return answer
    tried = [(name, _as_said(short.written(question.clean, name), session, most)) for name in short.meant]
    found = [(name, a) for name, a in tried if a.status == "answered"]
    if len({a.answers for _, a in found}) > 1:
        choices = tuple(short.written(question.clean, name) for name, _ in found)
        return asked_back(question, short.said, choices, session, found[0][1].confidence)
    if not found:
        # nothing is recorded of that very thing, which says more than of all of its sort
        found = [(name, a) for name, a in tried if a.status == "no_data"][:1] if len(tried) == 1 else []
    if not found:
        return answer
    given = found[0][1]
    said = Correction(short.said, "/".join(n for n, _ in found)).note(english=question.english)
    return replace(given, question=question.text, notes=(said, *given.notes))


def _by_initials(text: str, answer: Answer, session: Session) -> Iterator[Correction]:
    """The things of the answer that the question names by two characters only: 三一 for 三一重工."""
    names = {n.id: n.name for n in answer.nodes}
    for _, _, mentions in entities(clean(text).text, session):
        for m in mentions:
            if m.rule == INITIALS and isinstance(m.value, tuple) and m.value[0][0] in names:
                yield Correction(m.text, names[m.value[0][0]])


def _with_choices(answer: Answer, question: Question, session: Session) -> Answer:
    """Not understood: the nearest questions that have an answer."""
    choices = nearest(question, session)
    if not choices:
        return answer
    lead = "These have an answer: " if question.english else "可以改问："
    return replace(answer, text=f"{answer.text}{lead}{'；'.join(choices)}", suggestions=choices)


def _as_said(text: str, session: Session, most: int) -> Answer:
    said = analysed(text, session)
    alone = without_lead(said) or of_its_own(said)
    if alone:
        return replace(_as_said(alone, session, most), question=text)
    question, readings = readings_of(text, session, most=most)
    ends = [asked_alone(p.text, session, most=most) for p in of_both_ends(question.clean)]
    if ends and all(a.status == "answered" for a in ends):
        return together(question, ends)
    numbers = of_several(question, session)
    if numbers is not None:
        return numbers
    others = (
        of_listed(question, session)
        or of_choice(question, session)
        or of_others(question, session)
        or of_both(question, session)
    )
    if others is not None:
        return others
    parts = parts_of(question, part_classes(session.ontology))
    if len(parts) > 1:
        return of_parts(question, readings, parts, session)
    if by_extreme(question):
        found = of_described(question, session)
        if found is not None:
            return found
    answer = one_answer(question, readings, session)
    if answer.status != "answered":
        found = of_described(question, session) or of_nested(question, session)
        if found is not None:
            return found
    asking = after_background(question) if answer.status != "answered" else None
    if asking is not None:
        # 那个 names what it is one of: where that is told need not be where the answer stands
        filled_in = (asking.text,) if asking.text not in question.clean else ()
        for said in (f"{asking.context}{asking.text}", *filled_in):
            asked = asked_alone(said, session, most=most)
            if asked.status == "answered":
                return replace(asked, question=question.text)
    if answer.status != "answered" and parts[0].text != question.clean:
        return replace(asked_alone(parts[0].text, session, most=most), question=question.text)
    return answer


def _limited(answer: Answer, limit: int) -> Answer:
    return replace(
        answer,
        answers=answer.answers[:limit],
        rows=answer.rows[:limit],
        row_basis=answer.row_basis[:limit],
        row_ids=answer.row_ids[:limit],
        row_passages=answer.row_passages[:limit],
        total=max(answer.total, len(answer.rows)),
    )


def explain(question: str, session: Session) -> str:
    """The question's words, its readings as trees of rules, and why the first one won."""
    session = session.refreshed()
    text, changed = _corrected(_bare(question), session)
    analysed, readings = readings_of(text, session)
    lines = [f"问题: {analysed.text}", *(c.note(english=False) for c in changed), "词语:"]
    for alternatives in analysed.segments:
        kinds = ", ".join(f"{m.kind}={m.value}" for m in alternatives)
        lines.append(f"  [{alternatives[0].start}:{alternatives[0].end}] {alternatives[0].text}  →  {kinds}")
    lines.append(f"读法（共{len(readings)}种；置信度低于{THRESHOLD}的不作回答）:")
    for n, reading in enumerate(readings[:6], 1):
        lines.append(f"{n}. 置信度 {reading.confidence:.3f}  代价 {reading.cost:.2f}  来源 {reading.source}")
        lines.append(f"   {write(reading.form)}")
        lines += [f"   {line}" for line in (*reading.notes, *reading.tree.splitlines())]
    if len(readings) > 1:
        gap = readings[0].confidence - readings[1].confidence
        lines.append(f"第1种胜出: 它解释的字数多或规则代价小，置信度高出第2种 {gap:.3f}。")
    return "\n".join(lines)
