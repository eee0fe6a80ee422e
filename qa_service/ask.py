"""THE ASKING SPINE: question → mentions → readings → rank → compile → rows → answer."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

from ontology.errors import IllTypedForm, UnsupportedForm
from ontology.lexicon.normalise import clean
from qa_service.answering.answer import finish, with_id
from qa_service.answering.answer_things import has_gap
from qa_service.answering.answer_types import Answer
from qa_service.answering.combine import together
from qa_service.answering.execute import MOST_ROWS, Outcome, execute
from qa_service.answering.sure import not_understood, weighed
from qa_service.clarify.choices import nearest
from qa_service.clarify.names import short_name
from qa_service.clarify.rivals import asked_back, is_tied, rivals
from qa_service.followups.answer import follow
from qa_service.followups.before import Before
from qa_service.meaning.again import in_other_words
from qa_service.questions.asked import class_asked_for
from qa_service.questions.background import without_background, without_lead
from qa_service.questions.calculation_words import calculates, words
from qa_service.questions.correct import Correction, corrected
from qa_service.questions.decompose import (
    Part,
    after_background,
    by_extreme,
    described,
    heads_of,
    of_both_ends,
    parts_of,
    pointed,
    pointed_at_all,
)
from qa_service.questions.english import in_chinese_order
from qa_service.questions.intake import admit_question
from qa_service.questions.link import INITIALS, analysed, entities
from qa_service.questions.parts import bits
from qa_service.questions.polite import without_politeness
from qa_service.questions.question import ROWS, Question, in_english
from qa_service.questions.scope import part_classes, scoped
from qa_service.questions.side_by_side import beside_that, side_by_side
from qa_service.questions.spelling import respelt
from qa_service.readings.belief import GROUPED, signs_of, with_answer
from qa_service.readings.rank import THRESHOLD, rank
from qa_service.readings.reading import Reading
from qa_service.readings.sources import SOURCES
from qa_service.session import Session, open_session
from qa_service.settings import wished
from queries.logical_form import (
    Both,
    Count,
    Entity,
    EntitySet,
    Except,
    Exists,
    Follow,
    LogicalForm,
    Observations,
    Within,
    nodes,
)
from queries.notation import write

__all__ = ["ask", "explain", "open_session", "readings_of"]

#: readings that are executed at most
_TRIED = 5
#: of these of one source, so that its readings that find nothing do not crowd out another's
_TRIED_OF_ONE = 3
#: a recorded answer of another source goes before an empty one that explains hardly more
_NEAR = 0.12
#: how sure of a word one has to be to say that nothing is recorded of what it means
_SURE_OF_NOTHING = 0.9
#: the rule that takes the relation between two things for meant
IMPLICIT = "implicit"
#: forms that find things, and leave out what they do not explain
_OF_THINGS = tuple(f"{form.__name__}(" for form in (*get_args(EntitySet), Count, Exists))
#: the same of two that the rules composed: what is dearer means something else, and that nothing is
#: recorded of what is meant is the answer
_NEAR_TYPED = 0.012
#: a recorded number answers a count of things of which none is named (有多少个国检中心)
_NEAR_COUNT = 0.3


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


def readings_of(
    text: str, session: Session, near: frozenset[str] = frozenset(), *, most: int = ROWS
) -> tuple[Question, list[Reading]]:
    """The question as analysed, and its readings of all sources, best first; ``near`` are the
    passages that answered the part before it, ``most`` the rows that its answer may have."""
    question = analysed(text, session)
    question = replace(scoped(question, session.corpus, session.cards), near=near, most=most)
    found = rank(question, [reading for source in SOURCES for reading in source(question, session)])
    ranked = in_other_words(question, found, session)
    said = in_chinese_order(text, session.ontology, session.vocabulary) if question.english else ""
    if said:
        # of two alike the one of the words as they are: sorting is stable
        ranked = sorted([*ranked, *readings_of(said, session, near)[1]], key=lambda r: -r.confidence)
    return question, ranked


def _bare(question: str) -> str:
    """The question without politeness and without what its asker tells of himself."""
    return without_politeness(without_background(without_politeness(admit_question(question))))


def _corrected(text: str, session: Session) -> tuple[str, tuple[Correction, ...]]:
    question = analysed(text, session)
    fixed, changed = corrected(question, lambda: session.sounds, session.corpus.has)
    return (fixed, changed) if changed else (text, ())


def _answered(text: str, session: Session, most: int) -> Answer:
    """The answer, as far as it is sure."""
    answer = _by_names(text, session, most)
    return weighed(answer, analysed(text, session), session.belief)


def _by_names(text: str, session: Session, most: int) -> Answer:
    """The answer; of a thing said by a part of its name where nothing else accounts for that."""
    answer = _as_said(text, session, most)
    # prose and figures have weighed what they do not explain
    weighed_all = not answer.logical_form.startswith(_OF_THINGS) or "Recorded(" in answer.logical_form
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
    alone = without_lead(analysed(text, session))
    if alone:
        return replace(_as_said(alone, session, most), question=text)
    question, readings = readings_of(text, session, most=most)
    ends = [_one(*readings_of(p.text, session, most=most), session) for p in of_both_ends(question.clean)]
    if ends and all(a.status == "answered" for a in ends):
        return together(question, ends)
    numbers = _of_several(question, session)
    if numbers is not None:
        return numbers
    others = _of_others(question, session)
    if others is not None:
        return others
    parts = parts_of(question, part_classes(session.ontology))
    if len(parts) > 1:
        return _of_parts(question, readings, parts, session)
    if by_extreme(question):
        found = _of_described(question, session)
        if found is not None:
            return found
    answer = _one(question, readings, session)
    if answer.status != "answered":
        found = _of_described(question, session) or _of_nested(question, session)
        if found is not None:
            return found
    asking = after_background(question) if answer.status != "answered" else None
    if asking is not None:
        # 那个 names what it is one of: where that is told need not be where the answer stands
        filled_in = (asking.text,) if asking.text not in question.clean else ()
        for said in (f"{asking.context}{asking.text}", *filled_in):
            asked = _one(*readings_of(said, session, most=most), session)
            if asked.status == "answered":
                return replace(asked, question=question.text)
    if answer.status != "answered" and parts[0].text != question.clean:
        return replace(_one(*readings_of(parts[0].text, session, most=most), session), question=question.text)
    return answer


def _of_several(question: Question, session: Session) -> Answer | None:
    """How many of something each of several things has, or which of them has the most."""
    several = side_by_side(question)
    if several is None:
        return None
    found: list[tuple[str, Answer]] = []
    for name, text in several.asked:
        asked, readings = readings_of(text, session)
        # what is on record is counted for each of them; a number that a text gives is of one alone
        found.append((name, _one(asked, [r for r in readings if isinstance(r.form, Count)], session)))
    counted = [(name, a) for name, a in found if a.status == "answered"]
    if not counted or any(a.status not in ("answered", "no_data") for _, a in found):
        return None
    both = together(question, [a for _, a in found])
    if several.sort == "each":
        return replace(both, answers=tuple(f"{name}{a.answers[0]}" for name, a in counted))
    if several.sort == "fewest" and len(counted) < len(found):
        return None  # of one nothing is recorded, which is not none
    best = (max if several.sort == "most" else min)(int(a.answers[0]) for _, a in counted)
    return replace(both, answers=tuple(name for name, a in counted if int(a.answers[0]) == best))


def _of_others(question: Question, session: Session) -> Answer | None:
    """除了甲市还有哪些市有国检中心: what is asked of all, without the one that is named."""
    apart = beside_that(question.clean.rstrip(" ?。!"))
    known = session.index.find(apart[0]) if apart else []
    if apart is None or len(known) != 1:
        return None
    asked, readings = readings_of(apart[1], session)
    kept = [
        replace(r, form=Except(r.form, Entity(known[0].id)))
        for r in readings
        if r.source == "typed" and isinstance(r.form, get_args(EntitySet)) and r.confidence >= _SURE
    ]
    answer = _one(asked, kept, session) if kept else None
    return replace(answer, question=question.text) if answer and answer.status == "answered" else None


def _of_parts(question: Question, readings: list[Reading], parts: list[Part], session: Session) -> Answer:
    """A question that asks several things: as one, where one reading answers it with as many items
    as it asks for; else part by part."""
    whole = _one(question, readings, session)
    if whole.logical_form.startswith(GROUPED) and all(_HOW_MANY.match(p.text) for p in parts[1:]):
        return whole
    as_one = whole.status == "answered" and readings[0].whole
    if as_one and len(whole.answers) >= len(parts):
        return whole
    answers: list[Answer] = []
    for part in parts:
        answers.append(_part(part, session, answers))
    answered = [a for a in answers if a.status == "answered"]
    if as_one and len(answered) < len(parts):
        # what it gives, and what a part gives beside it
        answers = [whole, *(a for a in answered if not set(a.answers) <= set(whole.answers))]
        return together(question, answers) if len(answers) > 1 else whole
    if len(answered) > 1 or (whole.status != "answered" and answered):
        return together(question, answers)
    return whole


def _of_described(question: Question, session: Session) -> Answer | None:
    """What is asked of a thing that the question describes: first which one it is, then that."""
    which = described(question)
    if which is None:
        return None
    first = _one(*readings_of(which[0], session), session)
    if first.status != "answered" or len(first.answers) != 1:
        return None
    if not session.index.find(first.answers[0]):
        return None  # no thing on record
    rest = question.clean[which[1] :].lstrip(" ,")
    second = _one(*readings_of(f"{first.answers[0]}{rest}", session), session)
    if second.status != "answered":
        return None
    both = together(question, [first, second])
    return replace(both, answers=second.answers)


#: readings of a thing's name tried as a question of their own, and how sure one has to be
_NESTED = 3
_SURE = 0.85


def _of_nested(question: Question, session: Session) -> Answer | None:
    """What is asked of a thing that the question names by others: 甲链链主|的研发投入强度."""
    if calculates(question.clean) or any(w in question.clean for w in words()["mean"]):
        return None  # the sum of a set is none of a thing's figures
    for head, rest in list(heads_of(question))[:_NESTED]:
        read, readings = readings_of(head, session)
        sure = [r for r in readings if r.source == "typed" and r.confidence >= _SURE][:1]
        if not sure or not isinstance(sure[0].form, Follow | Both | Within):
            continue
        first = _one(read, sure, session)
        if first.status != "answered" or len(first.answers) != 1 or not session.index.find(first.answers[0]):
            continue
        near = _passages([first])
        said, meant = readings_of(f"{first.answers[0]}{rest}", session, near)
        if meant and meant[0].source == "typed":
            continue  # read of the whole question too: that it finds nothing is the answer
        second = _one(said, meant, session)
        if second.status == "answered":
            return replace(together(question, [first, second]), answers=second.answers)
    return None


def _passages(answers: list[Answer]) -> frozenset[str]:
    """The passages that the parts before rest on."""
    return frozenset(
        f"{e.document}#{e.start}-{e.end}" for a in answers for e in a.evidence if e.start is not None
    )


#: 几个单位 behind a thing that is found by such a number asks for nothing more
_HOW_MANY = re.compile(r"(?:分别|各)?(?:是|有)?(?:几|多少)\w{0,5}$")
#: what asks for a figure, and names none
_AMOUNT_ASKED = re.compile("(?:大概|大约|约|又)?(?:是|为|有)?(?:多少|几何|什么水平)$")


def _part(part: Part, session: Session, before: list[Answer]) -> Answer:
    """A part on its own, with what the part before was answered with where it points to that,
    or with what the parts before it named where it lacks that."""
    near = _passages(before)
    given = frozenset(item for a in before for item in a.answers)
    if part.points_back and before and len(before[-1].answers) == 1:
        pointing = analysed(part.text, session)
        resolved = pointed(pointing, before[-1].answers[0])
        if resolved != part.text:
            answer = _one(*readings_of(resolved, session, near), session, given)
            if answer.status == "answered":
                return answer
    for each in _of_those(part, before, session):
        return each
    found = [_one(*readings_of(part.text, session, near), session, given)]
    alone = part.elsewhere and found[0].status == "answered"
    if not alone and (part.context or (part.points_back and near)):
        filled = _one(*readings_of(part.in_context, session, near), session, given)
        found = [filled] if part.points_back and near else [*found, filled]
    about = _told_of(before, part, session)
    if about and part.context:
        # 合格率没到95%的是哪个市, 实际多少: of that one, and of what was said of all
        same = f"{about}{_without(part.context, about, session)}{part.text}"
        answer = _one(*readings_of(same, session, near), session, given)
        if answer.status == "answered":
            return answer
    if about:
        found.append(_one(*readings_of(f"{about}{part.text}", session, near), session, given))
    answered = [a for a in found if a.status == "answered"]
    asks = _AMOUNT_ASKED.search(part.text)
    if part.context and asks and asks.start() and (not answered or answered[0].logical_form[:6] == "Count("):
        # 园区外|大概多少: of the metric before; what is counted on record is no answer to that
        same = f"{part.text[: asks.start()]}{part.context}{part.text[asks.start() :]}"
        inserted = _one(*readings_of(same, session, near), session, given)
        answered = [inserted] if inserted.status == "answered" else answered
    if not answered and part.lead and part.lead != part.context:
        whole = _one(*readings_of(f"{part.lead}{part.text}", session, near), session, given)
        answered = [whole] if whole.status == "answered" else []
    return max(answered, key=lambda a: a.score) if answered else found[-1]


#: things of which what is asked of all of them is asked one by one, at most
_THOSE = 6


def _of_those(part: Part, before: list[Answer], session: Session) -> Iterator[Answer]:
    """What is asked of all that the part before was answered with: 它们在哪条链上."""
    if not (part.points_back and before and 1 < len(before[-1].answers) <= _THOSE):
        return
    asked = pointed_at_all(analysed(part.text, session), before[-1].answers)
    found = [_one(*readings_of(text, session), session) for text in asked]
    if found and all(a.status == "answered" for a in found):
        yield together(analysed(part.text, session), found)


def _without(context: str, name: str, session: Session) -> str:
    """A context without the things that are of the same sort as the one of that name.

    >>> _without("长株潭制造业产品合格率", "湘潭市", session)                             # doctest: +SKIP
    '制造业产品合格率'
    """
    sorts = {c.cls for c in session.index.find(name)}
    for start, end, mentions in reversed(entities(context, session)):
        if any(cls in sorts for m in mentions if isinstance(m.value, tuple) for _, cls in m.value):
            context = context[:start] + context[end:]
    return context


def _told_of(before: list[Answer], part: Part, session: Session) -> str:
    """The one thing that an earlier part was answered with, for a part that names none itself:
    哪家企业承担秘书处, *哪年创立的*; "" where there is none."""
    if any(m.kind == "entity" for _, _, found in entities(part.text, session) for m in found):
        return ""
    for answer in reversed(before):
        if len(answer.answers) == 1 and session.index.find(answer.answers[0]):
            return answer.answers[0]
    return ""


def _one(
    question: Question, readings: list[Reading], session: Session, given: frozenset[str] = frozenset()
) -> Answer:
    """The answer of the first reading that has one; ``given`` is what the parts before it were
    answered with: the same again answers nothing."""
    tried: list[Outcome] = []
    counting = class_asked_for(question)[1] and any(isinstance(r.form, Count) for r in readings)
    for reading in readings:
        if reading.confidence < session.belief.gate or len(tried) >= _TRIED:
            break
        if sum(o.reading.source == reading.source for o in tried) >= _TRIED_OF_ONE:
            continue
        if counting and reading.rule == "observed" and not _counts_them(question, reading, session):
            continue
        try:
            outcome = execute(reading, session)
        except (IllTypedForm, UnsupportedForm):
            continue
        if given and not outcome.empty and set(finish(question, outcome, session).answers) <= given:
            continue
        tried.append(outcome)
        # of a gap nothing may be left: then all have it, which is an answer
        if not outcome.empty or (outcome is tried[0] and has_gap(reading.form)):
            break
    if not tried:
        return _not_understood(question, readings, session)
    best = tried[0]
    for other in tried[1:]:
        near = _nearness(best.reading, other.reading)
        if not best.empty or other.empty or _turned_aside(best.reading, other.reading):
            continue
        if _leaves_out(question, best.reading, other.reading):
            continue
        if best.reading.confidence - other.reading.confidence <= near:
            best = other
    if best.empty and best.reading.sure < _SURE_OF_NOTHING:
        # that nothing is recorded of what was perhaps not meant says nothing
        said = [o for o in tried if o.reading.sure >= _SURE_OF_NOTHING]
        if not said:
            return _not_understood(question, readings, session)
        best = said[0]
    if not best.empty:
        several = rivals(question, best, readings, session)
        if several:
            choices = tuple(r.choice for r in several)
            return asked_back(question, "", choices, session, best.reading.confidence)
    answer = finish(question, best, session)
    tied = not best.empty and is_tied(question, best, answer.answers, readings, session)
    signs = signs_of(question, best.reading, readings, empty=best.empty, tied=tied)
    signs = with_answer(signs, question, answer, whole=False)
    confidence = session.belief.probability(signs)
    # what passages say to an open question is quoted: whether that is right was not fitted
    claims = answer.status == "answered" and best.reading.source != "passages"
    if claims and confidence < session.belief.threshold:
        return replace(_not_understood(question, readings, session), confidence=confidence)
    return replace(answer, confidence=confidence, signs=signs)


def _nearness(best: Reading, other: Reading) -> float:
    """How far behind an empty reading another one may be that finds something."""
    if isinstance(best.form, Count) and other.source == "observed":
        return _NEAR_COUNT
    guessed = best.rule == other.rule == IMPLICIT  # which relation is meant nobody says
    return _NEAR_TYPED if best.source == other.source == "typed" and not guessed else _NEAR


#: what the metric of a number is called beside the things
_NUMBER_OF = re.compile(r"(?:总)?(?:数量|个数|家数|数)$")


def _counts_them(question: Question, reading: Reading, session: Session) -> bool:
    """Whether a recorded number is one of the things that the question counts: of 行业 it is not that of
    行业标准."""
    mentions, _ = class_asked_for(question)
    if not mentions or not isinstance(reading.form, Observations):
        return True
    ontology = session.ontology
    key = reading.form.metric.removeprefix("metric:")
    known = ontology.metrics.get(key)
    names = known.labels.all() if known else (key,)
    words = {mentions[0].text}
    for m in mentions:
        thing = ontology.subtypes if m.kind == "subtype" else ontology.classes
        words |= set(thing[str(m.value)].labels.all())
    return any(_NUMBER_OF.sub("", name).endswith(tuple(words)) for name in names)


def _leaves_out(question: Question, best: Reading, other: Reading) -> bool:
    """Whether ``other`` says nothing of a thing that the question names and ``best`` accounts for: of
    甲县's suppliers nothing may be recorded, and the suppliers of everybody are no answer. A figure has
    to be of the things that are asked for too, and a relation knows of no time."""
    kinds = {"entity", "period"} if other.source == "typed" else {"entity"}
    if other.source == "observed":
        kinds |= {"class", "subtype"}
    named = 0
    for alternatives in question.segments:
        if kinds & {m.kind for m in alternatives}:
            named |= bits(alternatives[0].start, alternatives[0].end)
    return bool(best.explained & named & ~other.explained)


def _turned_aside(best: Reading, other: Reading) -> bool:
    """A list is no answer to whether something is so: then no is one. Nor is the other direction,
    but where the question names no relation, so that the first was a guess as well."""
    truth = isinstance(best.form, Exists) and not isinstance(other.form, Exists)
    round_about = best.rule != IMPLICIT and _turned_round(best.form, other.form)
    return (truth and other.source == "typed") or round_about or _placed_elsewhere(best.form, other.form)


def _placed_elsewhere(best: LogicalForm, other: LogicalForm) -> bool:
    """甲县的法规的责任单位 are not those of any 法规 that stand in 甲县 themselves: the same steps, with the
    place at another one."""
    (steps, at), (others, elsewhere) = (
        (
            {(n.relation, n.direction) for n in nodes(form) if isinstance(n, Follow)},
            {(n.place, n.source) for n in nodes(form) if isinstance(n, Within)},
        )
        for form in (best, other)
    )
    return steps == others and {p for p, _ in at} == {p for p, _ in elsewhere} and at != elsewhere


def _turned_round(best: LogicalForm, other: LogicalForm) -> bool:
    """Who is supplied is no answer to who supplies: the same relation the other way round."""
    one, two = (
        {(n.source, n.relation, n.direction) for n in nodes(form) if isinstance(n, Follow)}
        for form in (best, other)
    )
    return any((s, r, "out" if d == "in" else "in") in two - one for s, r, d in one)


def _not_understood(question: Question, readings: list[Reading], session: Session) -> Answer:
    confidence = readings[0].confidence if readings else 0.0
    return not_understood(question, confidence, session.store.engine)


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
