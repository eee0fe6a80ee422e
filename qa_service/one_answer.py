"""The answer of one question by its readings: the first that finds something, if it is sure enough."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from ontology.errors import IllTypedForm, UnsupportedForm
from ontology.lexicon.normalise import clean
from ontology.model import Ontology
from qa_service.answering.answer import finish
from qa_service.answering.answer_things import has_gap
from qa_service.answering.answer_types import Answer
from qa_service.answering.execute import Outcome, execute
from qa_service.answering.sure import not_understood
from qa_service.clarify.rivals import asked_back, is_tied, rivals
from qa_service.meaning.again import in_other_words
from qa_service.questions.asked import asked_by, class_asked_for
from qa_service.questions.english import in_chinese_order
from qa_service.questions.link import analysed
from qa_service.questions.parts import bits
from qa_service.questions.question import ROWS, Question
from qa_service.questions.scope import scoped
from qa_service.readings.belief import signs_of, with_answer
from qa_service.readings.rank import rank
from qa_service.readings.reading import Reading
from qa_service.readings.sources import SOURCES
from qa_service.rules.files import word_file
from qa_service.session import Session
from queries.logical_form import (
    Count,
    Exists,
    Follow,
    LogicalForm,
    Observations,
    Within,
    nodes,
)

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
#: the same of two that the rules composed: what is dearer means something else, and that nothing is
#: recorded of what is meant is the answer
_NEAR_TYPED = 0.012
#: a recorded number answers a count of things of which none is named (有多少个国检中心)
_NEAR_COUNT = 0.3


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


def asked_alone(
    text: str,
    session: Session,
    near: frozenset[str] = frozenset(),
    given: frozenset[str] = frozenset(),
    *,
    most: int = ROWS,
) -> Answer:
    """The answer of a text read as a question of its own; ``near`` and ``given`` as for ``readings_of`` and
    ``one_answer``."""
    return one_answer(*readings_of(text, session, near, most=most), session, given)


def one_answer(
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
        if isinstance(reading.form, Count) and _says()["bound"].search(question.clean):
            continue
        if reading.rule in ("observed", "spanned") and _says()["added"].search(question.clean):
            continue
        if counting and reading.rule == "observed" and not _counts_them(question, reading, session):
            continue
        try:
            outcome = execute(reading, session)
        except (IllTypedForm, UnsupportedForm):
            continue
        if given and not outcome.empty and set(finish(question, outcome, session).answers) <= given:
            continue
        if _echoes(question, outcome, session) or _elsewhere(question, outcome, session):
            continue
        if _costs_nothing(question, outcome, session):
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
        if _another_metric(best.reading.form, other.reading.form, session.ontology):
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
    guessed = best.rule == IMPLICIT  # which relation is meant nobody says
    return _NEAR_TYPED if best.source == other.source == "typed" and not guessed else _NEAR


@cache
def _says() -> Mapping[str, re.Pattern[str]]:
    """The patterns of ``rules/echoes.yaml``."""
    return {name: re.compile("|".join(said)) for name, said in word_file("echoes").items()}


def _echoes(question: Question, outcome: Outcome, session: Session) -> bool:
    """Whether all that a reading gives the question says itself, before it asks for it: 甲业标龄5.3年,
    那乙业的是几年."""
    if _says()["code"].search(question.clean) and not outcome.empty:
        return not any(re.search(r"\d", a) for a in finish(question, outcome, session).answers)
    if outcome.empty or outcome.reading.source not in ("observed", "span"):
        return False
    if _says()["weighed"].search(question.clean):
        return False
    given = [clean(a).text.lower() for a in finish(question, outcome, session).answers]
    quantities = [m for a in question.segments for m in a if m.kind == "quantity"]
    if asked_by(question).sort != "number":
        # 345个省考断面的水质: so many there are is said already; nor is a name that it says itself asked
        # for, where it offers none to choose from
        figures = {clean(m.text).text.lower() for m in quantities}
        offers = outcome.reading.source != "span" or "还是" in question.clean
        echoed = set(given) <= figures or (not offers and all(g in question.clean for g in given))
        return bool(given) and echoed
    told = {
        clean(m.text).text.lower() for m in quantities if re.search("[,;?。]", question.clean[m.end :])
    }
    return bool(told) and set(given) <= told


def _elsewhere(question: Question, outcome: Outcome, session: Session) -> bool:
    """Whether a thing that is found does not stand in the section that the question names:
    专栏2涉及哪些企业 asks for no others."""
    if outcome.empty or outcome.reading.source != "typed" or not question.scope.sections:
        return False
    rows = [row for row in finish(question, outcome, session).row_passages if row]
    return any(not any(question.scope.holds([p]) for p in row) for row in rows)


def _costs_nothing(question: Question, outcome: Outcome, session: Session) -> bool:
    """Whether it is asked what something cost, and what is found speaks of no spending: 180亿元 of output."""
    if outcome.empty or not _says()["spent"].search(question.clean):
        return False
    found = {p for row in finish(question, outcome, session).row_passages for p in row}
    told = [p.words for p in session.corpus.passages if p.id in found]
    return bool(told) and not any(_says()["paid"].search(words) for words in told)


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


def _another_metric(best: LogicalForm, other: LogicalForm, ontology: Ontology) -> bool:
    """Whether nothing is recorded of a metric of the ontology, and the other figure is of another one that
    is neither a part of it nor the whole: 废品率 is no 次品率, however alike they sound."""
    if not (isinstance(best, Observations) and isinstance(other, Observations)):
        return False
    one, two = best.metric.removeprefix("metric:"), other.metric.removeprefix("metric:")
    if one == two or not {one, two} <= set(ontology.metrics):
        return False
    return two not in ontology.narrower_metrics(one) and one not in ontology.narrower_metrics(two)


def _turned_aside(best: Reading, other: Reading) -> bool:
    """A list or a number is no answer to whether something is so: then no is one. Nor is the other direction,
    but where the question names no relation, so that the first was a guess as well."""
    truth = isinstance(best.form, Exists) and not isinstance(other.form, Exists)
    round_about = best.rule != IMPLICIT and _turned_round(best.form, other.form)
    aside = truth and other.source in ("typed", "observed")
    return aside or round_about or _placed_elsewhere(best.form, other.form)


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
