"""Questions that are answered by others: of several things, of a thing that is described, part by part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

from ontology.lexicon.mention import Mention
from ontology.lexicon.normalise import clean
from ontology.model import Ontology
from qa_service.answering.answer_types import Answer
from qa_service.answering.combine import together
from qa_service.answering.sure import not_understood
from qa_service.one_answer import asked_alone, one_answer, readings_of
from qa_service.questions.calculation_words import calculates, words
from qa_service.questions.decompose import (
    Part,
    described,
    heads_of,
    pointed,
    pointed_at_all,
)
from qa_service.questions.link import analysed, entities
from qa_service.questions.parts import bits
from qa_service.questions.places import region_code
from qa_service.questions.question import Question
from qa_service.questions.side_by_side import (
    beside_that,
    between,
    both_of,
    one_or_other,
    pattern,
    side_by_side,
)
from qa_service.readings.belief import GROUPED, NAMES
from qa_service.readings.reading import Reading
from qa_service.session import Session
from queries.check import classes_of
from queries.logical_form import (
    Both,
    Count,
    Entity,
    EntitySet,
    Except,
    Exists,
    Follow,
    LogicalForm,
    Within,
)
from queries.terms import class_of

#: a part that says in which unit it wants an amount: 多少分
_UNIT_ASKED = re.compile(r"(?:多少|几)[^\W\d]+$")
#: so sure an answer needs no more of what the parts before it said
_SAYS_ALL = 0.95


def of_several(question: Question, session: Session) -> Answer | None:
    """How many of something each of several things has, or which of them has the most."""
    several = side_by_side(question)
    if several is None:
        return None
    found: list[tuple[str, Answer]] = []
    for name, text in several.asked:
        asked, readings = readings_of(text, session)
        # what is on record is counted for each of them; a number that a text gives is of one alone
        found.append((name, one_answer(asked, [r for r in readings if isinstance(r.form, Count)], session)))
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


def of_listed(question: Question, session: Session) -> Answer | None:
    """甲县黄桃 种植面积 综合产值, 满意度 2020年基数 2025年目标: figures that are only named, one after the
    other."""
    thing, *rest = question.clean.rstrip(" ?。!").split(" ")
    if len(rest) < 2 or not thing or question.english or not all(rest):
        return None
    known = [m.kind for text in rest for a in analysed(text, session).segments for m in a]
    sorts = all(re.match(r"(?:19|20)\d\d年?[^\W\d]", text) for text in rest)
    if "entity" in known or ("period" in known and not sorts):
        return None  # 制造业 产品合格率 湖南 2024: of one figure where and when
    found = [asked_alone(f"{thing}{text}", session) for text in rest]
    if any(a.status != "answered" or not a.logical_form.startswith("Observations(") for a in found):
        return None
    return together(question, found) if len({a.logical_form for a in found}) == len(found) else None


def of_choice(question: Question, session: Session) -> Answer | None:
    """甲厂算整车企业还是配套企业: which of the two it is said to be."""
    choices = one_or_other(question.clean.rstrip(" ?。!"))
    if choices is None:
        return None
    found = [(name, asked_alone(text, session)) for name, text in choices]
    true = [(name, a) for name, a in found if a.status == "answered" and a.logical_form.startswith("Exists(")]
    true = [(name, a) for name, a in true if a.answers[0] in ("是", "yes")]
    if not true:
        return None
    both = together(question, [a for _, a in true])
    return replace(both, answers=tuple(name for name, _ in true))


def of_others(question: Question, session: Session) -> Answer | None:
    """除了甲市还有哪些市有国检中心: what is asked of all, without the one that is named."""
    apart = beside_that(question.clean.rstrip(" ?。!"))
    if apart is None:
        return None
    ids = {
        node
        for start, end, found in entities(apart[0], session)
        for m in found
        if isinstance(m.value, tuple) and (start, end) == (0, len(apart[0]))
        for node, _ in m.value
    }
    if len(ids) != 1:
        return None
    thing = Entity(ids.pop())
    asked, readings = readings_of(apart[1], session)
    kept = [
        replace(r, form=Except(r.form, _of_thing(r.form, thing, session.ontology)))
        for r in readings
        if r.source == "typed" and isinstance(r.form, get_args(EntitySet)) and r.confidence >= _SURE
    ]
    answer = one_answer(asked, kept, session) if kept else None
    # that nothing is left says nothing of what is asked in other words
    given = ("answered", "no_data") if between(question.clean) else ("answered",)
    return replace(answer, question=question.text) if answer and answer.status in given else None


def of_both(question: Question, session: Session) -> Answer | None:
    """哪些企业既是链主又是供应商: what is in both of two sets; none where either is not understood."""
    text = question.clean.rstrip(" ?。!")
    said = both_of(text)
    if said is None:
        # 既是链主又有三家供应商: what the set without the other half holds is no answer
        half = pattern("both_else").search(text) is not None
        return not_understood(question, 0.0, session.store.engine) if half else None
    asked, found = readings_of(said.one, session)
    _, others = readings_of(said.other, session)
    pairs = (
        (one, Both(one.form, other.form))
        for one in found
        for other in others
        if all(r.source == "typed" and r.confidence >= _SURE for r in (one, other))
        and isinstance(one.form, get_args(EntitySet))
        and isinstance(other.form, get_args(EntitySet))
        and classes_of(one.form, session.ontology) & classes_of(other.form, session.ontology)
    )
    one, both = next(pairs, (None, None))
    if one is None or both is None:
        return not_understood(question, 0.0, session.store.engine)
    form: LogicalForm = Exists(both) if said.whether else Count(both) if said.counted else both
    return replace(one_answer(asked, [replace(one, form=form)], session), question=question.text)


def _of_thing(form: EntitySet, thing: Entity, ontology: Ontology) -> EntitySet:
    """What is left out: the thing, or what is of it where it is a place and no places are asked for."""
    sorts = (class_of(ontology, thing.id), min(classes_of(form, ontology)))
    place, asked = (ontology.classes[c].is_place for c in sorts)
    return Within(form, thing) if place and not asked else thing


def of_parts(question: Question, readings: list[Reading], parts: list[Part], session: Session) -> Answer:
    """A question that asks several things: as one, where one reading answers it with as many items
    as it asks for; else part by part."""
    whole = one_answer(question, readings, session)
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


def of_described(question: Question, session: Session) -> Answer | None:
    """What is asked of a thing that the question describes: first which one it is, then that."""
    which = described(question)
    if which is None:
        return None
    rest = question.clean[which[1] :].lstrip(" ,")
    if _HOW_MANY_OF_THEM.match(rest):
        return None  # 产值超过3亿元的企业|有多少个: such things are counted, and nothing is asked of one
    first = asked_alone(which[0], session)
    if first.status != "answered" or len(first.answers) != 1:
        return None
    if not session.index.find(first.answers[0]):
        return None  # no thing on record
    second = asked_alone(f"{first.answers[0]}{rest}", session)
    if second.status != "answered":
        return None
    both = together(question, [first, second])
    return replace(both, answers=second.answers)


#: readings of a thing's name tried as a question of their own, and how sure one has to be
_NESTED = 3
_SURE = 0.85


def of_nested(question: Question, session: Session) -> Answer | None:
    """What is asked of a thing that the question names by others: 甲链链主|的研发投入强度."""
    if calculates(question.clean) or any(w in question.clean for w in words()["mean"]):
        return None  # the sum of a set is none of a thing's figures
    for head, rest in list(heads_of(question))[:_NESTED]:
        read, readings = readings_of(head, session)
        sure = [r for r in readings if r.source == "typed" and r.confidence >= _SURE][:1]
        if not sure or not isinstance(sure[0].form, Follow | Both | Within):
            continue
        first = one_answer(read, sure, session)
        if first.status != "answered" or len(first.answers) != 1 or not session.index.find(first.answers[0]):
            continue
        near = _passages([first])
        said, meant = readings_of(f"{first.answers[0]}{rest}", session, near)
        if meant and meant[0].source == "typed":
            continue  # read of the whole question too: that it finds nothing is the answer
        second = one_answer(said, meant, session)
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
#: how many such things there are
_HOW_MANY_OF_THEM = re.compile(r"(?:一?共|总共)?有?(?:多少|几)[个家条项种所座处]?[ ?。!]*$")
#: which share something has, and not of what
_SHARE_OF = re.compile("[又还也]?占(?![比率有地用据])")
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
            answer = asked_alone(resolved, session, near, given)
            if answer.status == "answered":
                return answer
    for each in _of_those(part, before, session):
        return each
    # 占全省多少 is of what was spoken of before
    bare = bool(part.context) and (_SHARE_OF.match(part.text) or _names_nothing(part.text, session))
    alone_ = asked_alone(part.text, session, near, given)
    bare = bare or _astray(alone_, part, near, session)
    # which of all there are is not asked where it says no more than what sort of thing
    found = [not_understood(analysed(part.text, session), 0.0, alone_.engine) if bare else alone_]
    alone = part.elsewhere and found[0].status == "answered"
    lacks = bool(part.context) and part.context not in part.text  # 同样来自甲县的…: it names that itself
    if not alone and (lacks or (part.points_back and near)):
        filled = asked_alone(part.in_context, session, near, given)
        found = [filled] if part.points_back and near else [*found, filled]
    about = _told_of(before, part, session)
    if about and _UNIT_ASKED.search(part.text):
        direct = asked_alone(f"{about}{part.text}", session, near, given)
        if direct.status == "answered" and direct.confidence >= _SAYS_ALL:
            return direct
    if about and part.context:
        # 合格率没到95%的是哪个市, 实际多少: of that one, and of what was said of all
        same = f"{about}{_without(part.context, about, session)}{part.text}"
        answer = asked_alone(same, session, near, given)
        if answer.status == "answered":
            return answer
    if about:
        found.append(asked_alone(f"{about}{part.text}", session, near, given))
    answered = [a for a in found if a.status == "answered"]
    asks = _AMOUNT_ASKED.search(part.text)
    if part.context and asks and asks.start() and (not answered or answered[0].logical_form[:6] == "Count("):
        # 园区外|大概多少: of the metric before; what is counted on record is no answer to that
        same = f"{part.text[: asks.start()]}{part.context}{part.text[asks.start() :]}"
        inserted = asked_alone(same, session, near, given)
        answered = [inserted] if inserted.status == "answered" else answered
    if not answered and part.lead and part.lead != part.context:
        whole = asked_alone(f"{part.lead}{part.text}", session, near, given)
        answered = [whole] if whole.status == "answered" else []
    return max(answered, key=lambda a: a.score) if answered else found[-1]


def _astray(answer: Answer, part: Part, near: frozenset[str], session: Session) -> bool:
    """Whether what was found for a part alone is of something else than the parts before it name:
    甲集群产值多少, *增速多少* is not that of whatever grew, nor 甲园引进多少企业, *服务多少家* that of the
    province."""
    read = answer.status == "answered" and answer.signs and answer.signs[NAMES.index("span")] > 0
    figure = answer.logical_form.startswith("Observations(") and not entities(part.text, session)
    names = [
        part.context[s:e]
        for s, e, found in entities(part.context, session)
        if read or (figure and not any(region_code(i) for m in found for i in _ids(m)))
    ]
    if not names or near & _passages([answer]):
        return False
    told = "".join(f"{e.quote}{e.section}{e.document}" for e in answer.evidence)
    return not any(name in clean(told).text for name in names)


def _ids(mention: Mention) -> Iterator[str]:
    """The things that a name may stand for."""
    return (node for node, _ in mention.value) if isinstance(mention.value, tuple) else iter(())


def _names_nothing(text: str, session: Session) -> bool:
    """Whether a part is no more than the words that ask and a class: 哪条产业链, 各是什么产业."""
    question = analysed(text, session)
    left = question.content()
    for a in question.segments:
        if any(m.kind in ("word", "class", "subtype") for m in a):
            left &= ~bits(a[0].start, a[0].end)
    classes = any(m.kind in ("class", "subtype") for a in question.segments for m in a)
    return classes and left.bit_count() < _SAID


#: characters beside these by which a part says what it is about
_SAID = 2
#: things of which what is asked of all of them is asked one by one, at most
_THOSE = 6


def _of_those(part: Part, before: list[Answer], session: Session) -> Iterator[Answer]:
    """What is asked of all that the part before was answered with: 它们在哪条链上."""
    if not (part.points_back and before and 1 < len(before[-1].answers) <= _THOSE):
        return
    asked = pointed_at_all(analysed(part.text, session), before[-1].answers)
    found = [asked_alone(text, session) for text in asked]
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
