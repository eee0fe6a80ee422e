"""Other readings that are as good as the one chosen: where they give something else, it is asked which
is meant; where all give the same, that is the answer.

A rival is the same form about another thing of that very name (two parks called 高新区), or
another relation, or its other direction, whose rules cost hardly more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ontology.errors import IllTypedForm, UnsupportedForm
from ontology.gazetteer import gazetteer
from ontology.lexicon.mention import Mention
from ontology.structure import REGION
from qa_service.answering.answer import finish
from qa_service.answering.answer_types import Answer
from qa_service.answering.execute import Outcome, execute
from qa_service.answering.say import Speaker, ids_in
from qa_service.questions.places import region_code
from qa_service.questions.question import Question
from qa_service.readings.reading import Reading
from qa_service.session import Session
from queries import logical_form as lf
from queries.logical_form import LogicalForm, nodes, with_node

#: typed readings whose confidence is so near are as good; wider apart the rules know which is meant
MARGIN = 0.005
#: readings of any source that are hardly less likely, and how many are looked at
_HARDLY = 0.05
_LOOKED_AT = 6
#: things of one name that are tried
_MOST = 4


@dataclass(frozen=True)
class Rival:
    """``choice`` is a question that means this reading alone."""

    outcome: Outcome
    choice: str


def rivals(question: Question, best: Outcome, readings: list[Reading], session: Session) -> tuple[Rival, ...]:
    """The chosen reading and those that are as good and give something else; () where none does."""
    found: list[Rival] = []
    for form, choice in _others(question, best.reading, readings, session):
        outcome = _executed(replace(best.reading, form=form), session)
        if outcome is None or outcome.empty or _given(outcome) == _given(best):
            continue
        if all(_given(outcome) != _given(r.outcome) for r in found):
            found.append(Rival(outcome, choice))
    if not found:
        return ()
    return (Rival(best, _own_choice(question, best.reading, session)), *found)


def is_tied(
    question: Question, best: Outcome, answers: tuple[str, ...], readings: list[Reading], session: Session
) -> bool:
    """Whether another reading, of whichever source, that is hardly less likely gives something else."""
    for other in readings[:_LOOKED_AT]:
        if best.reading.confidence - other.confidence >= _HARDLY:
            break
        if other is best.reading:
            continue
        if other.quoted is not None:
            given = other.quoted.answers
        else:
            outcome = _executed(other, session)
            if outcome is None or outcome.empty:
                continue
            answer = finish(question, outcome, session)
            given = answer.answers if answer.status == "answered" else answers
        if given != answers:
            return True
    return False


def _executed(reading: Reading, session: Session) -> Outcome | None:
    try:
        return execute(reading, session)
    except (IllTypedForm, UnsupportedForm):
        return None


def _given(outcome: Outcome) -> frozenset[str]:
    """What an outcome comes to, to be compared."""
    kept = ("id", "value", "low", "high", "text", "unit", "truth", "n", "name")
    of_things = outcome.compiled.kind == "entities"
    return frozenset(
        str([row.get("id")] if of_things else [row.get(k) for k in kept if k != "id"]) for row in outcome.rows
    )


def _others(
    question: Question, best: Reading, readings: list[Reading], session: Session
) -> Iterator[tuple[LogicalForm, str]]:
    named = {n.id for n in nodes(best.form) if isinstance(n, lf.Entity)}
    for homonym in _homonyms(question):
        own = homonym.own(named)
        if own is None:
            continue
        for ident, cls in list(homonym.candidates.items())[: 2 * _MOST]:
            same = ident != own and cls == homonym.candidates[own]
            if same and _as_good(own, ident, homonym.mention, session):
                form = with_node(best.form, lf.Entity(own), lf.Entity(ident))
                yield form, _written(question, homonym.mention, ident, session)
    for other in readings:
        near = other.source == best.source == "typed" and best.confidence - other.confidence <= MARGIN
        same = {n.id for n in nodes(other.form) if isinstance(n, lf.Entity)} == named
        if near and same and _says(other.form) != _says(best.form):
            speaker = Speaker(session.ontology, session.names(ids_in(other.form)), english=question.english)
            yield other.form, speaker.say(other.form)


def _says(form: LogicalForm) -> frozenset[tuple[str, str]]:
    """Which relations, which way: forms that differ only in what a restriction is put on say the same."""
    return frozenset((n.relation, n.direction) for n in nodes(form) if isinstance(n, lf.Follow))


def _own_choice(question: Question, best: Reading, session: Session) -> str:
    named = {n.id for n in nodes(best.form) if isinstance(n, lf.Entity)}
    for homonym in _homonyms(question):
        own = homonym.own(named)
        if own is not None:
            return _written(question, homonym.mention, own, session)
    speaker = Speaker(session.ontology, session.names(ids_in(best.form)), english=question.english)
    return speaker.say(best.form)


@dataclass(frozen=True)
class _Homonym:
    """Characters that name several things: their ids with the class of each."""

    mention: Mention
    candidates: dict[str, str]

    def own(self, named: set[str]) -> str | None:
        return next((ident for ident in self.candidates if ident in named), None)


def _homonyms(question: Question) -> Iterator[_Homonym]:
    for m in (m for alternatives in question.segments for m in alternatives):
        if m.kind == "entity" and isinstance(m.value, tuple) and len(m.value) > 1:
            yield _Homonym(m, {str(ident): str(cls) for ident, cls in m.value})


def _as_good(own: str, other: str, mention: Mention, session: Session) -> bool:
    """Both are called so outright, or both only by another name; a chain without a place holds
    those with one, so it is none of several."""
    if ("/" in own) != ("/" in other):
        return False
    names = session.names([own, other])
    return (names.get(own) == mention.text) == (names.get(other) == mention.text)


def _written(question: Question, mention: Mention, ident: str, session: Session) -> str:
    """The question with a name that only this thing has: its full one, else with its place before."""
    name = session.names([ident]).get(ident, mention.text)
    text = question.clean
    place = _place(ident) if name == mention.text else ""
    if place and not text[: mention.start].endswith(place):
        name = f"{place}{name}"
    return f"{text[: mention.start]}{name}{text[mention.end :]}"


def _place(ident: str) -> str:
    """The name of the place in the key of a thing (contract §1), of a region that of the wider one."""
    cls, _, key = ident.partition(":")
    if cls == REGION.lower():
        own = gazetteer().place(region_code(ident))
        wider = gazetteer().place(own.parent) if own is not None and own.parent else None
        return wider.name if wider is not None else ""
    code = key.partition("/")[0] if "/" in key else ""
    place = gazetteer().place(code) if code else None
    return place.name if place is not None else ""


def asked_back(
    question: Question, said: str, choices: tuple[str, ...], session: Session, confidence: float
) -> Answer:
    """Which of the readings is meant; each choice is a question that means it alone."""
    if question.english:
        text = f"{said or 'This'} may mean several things. Which one: {'; '.join(choices)}"
    else:
        text = f"{f'“{said}”' if said else '这个问题'}有几种理解，答案不同，请选一种：{'；'.join(choices)}"
    return Answer(
        id="", question=question.text, status="ambiguous", text=text, suggestions=choices,
        confidence=confidence, engine=session.store.engine,
    )  # fmt: skip
