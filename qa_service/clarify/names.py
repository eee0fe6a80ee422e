"""Things said by the beginning of their name, 三一 for 三一重工, or with their sort by the middle of it,
轨道交通链 for 先进轨道交通装备, where that is the only one.

Tried only where the question is not understood otherwise, and only for characters that mean nothing
by themselves: a word that is known as it stands is never taken for the beginning of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.entity_index import Candidate
from ontology.gazetteer import gazetteer
from ontology.lexicon.normalise import fold
from qa_service.questions.parts import bits
from qa_service.questions.question import Question
from qa_service.session import Session

#: characters of a beginning at least, and things that it may mean at most
_SHORTEST = 2
_MOST = 4
#: and characters of the middle of one
_INSIDE = 3
#: characters beside it that nothing explains: with more of them the question is about something else
_UNTOLD = 2
_HAN = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True)
class Short:
    """``said`` from ``start`` on may mean any of ``meant`` (full names)."""

    said: str
    start: int
    meant: tuple[str, ...]

    def written(self, text: str, name: str) -> str:
        """The question with the full name."""
        return f"{text[: self.start]}{name}{text[self.start + len(self.said) :]}"


def short_name(question: Question, session: Session) -> Short | None:
    """The first stretch of unexplained characters that begins names and is no word itself.

    >>> short_name(analysed("三一在哪个市"), session)                         # doctest: +SKIP
    Short(said='三一', start=0, meant=('三一汽车', '三一重工'))
    """
    text = question.clean
    left = question.content()
    for alternatives in question.segments:
        left &= ~bits(alternatives[0].start, alternatives[0].end)
    at = 0
    while at < len(text):
        if not left >> at & 1:
            at += 1
            continue
        end = at
        while end < len(text) and left >> end & 1:
            end += 1
        said = text[at:end]
        others = (left & ~bits(at, end)).bit_count()
        if end - at >= _SHORTEST and others <= _UNTOLD and _HAN.fullmatch(said):
            sort = _sort_behind(question, end, session)
            names = _names(said, sort or session.ontology.things(), session)
            if not names and sort and end - at >= _INSIDE:
                names = _holding(said, sort, session)
            if names:
                return Short(said, at, names)
        at = end
    return None


def _sort_behind(question: Question, at: int, session: Session) -> frozenset[str]:
    """The classes that the words right behind say, also where they begin another word: 陶瓷*产业*总产值
    is of no cluster that is called so."""
    for length in range(5, 0, -1):
        meant = session.ontology.meanings(question.clean[at : at + length])
        classes = [m.value for m in meant if m.kind == "class"]
        classes += [session.ontology.subtypes[m.value].cls for m in meant if m.kind == "subtype"]
        if classes:
            return frozenset(classes)
    return frozenset()


def _ends_in_sort(said: str, session: Session) -> bool:
    return any(m.kind in ("class", "subtype") for n in (2, 3) for m in session.ontology.meanings(said[-n:]))


def _holding(said: str, classes: frozenset[str], session: Session) -> tuple[str, ...]:
    """The full names of the things of these classes whose name has these characters inside."""
    inside = fold(said)
    found = {
        candidate.id: candidate.name
        for surface in session.index.surfaces()
        if inside in fold(surface)
        for candidate in session.index.find(surface)
        if candidate.cls in classes and inside in fold(candidate.name)
    }
    names = tuple(sorted(set(found.values())))
    return names if len(names) <= _MOST else ()


def _names(said: str, classes: frozenset[str], session: Session) -> tuple[str, ...]:
    """The full names of the things whose name begins so, () where there are too many to choose from."""
    if _ends_in_sort(said, session):
        return ()  # 陶瓷产业 says what it is: no cluster whose name goes on from there
    found: dict[str, Candidate] = {}
    for _, candidate in session.index.beginning(fold(said), 10 * _MOST):
        if candidate.cls in classes and fold(candidate.name).startswith(fold(said)):
            found.setdefault(candidate.id, candidate)
    if not found:
        found = {c.id: c for c in _behind_place(fold(said), classes, session)}
    names = dict.fromkeys(sorted(c.name for c in found.values()))
    return tuple(names) if len(names) <= _MOST else ()


def _behind_place(said: str, classes: frozenset[str], session: Session) -> Iterator[Candidate]:
    """Things whose name goes on so behind the place that it begins with: 高诺 for 湖南高诺集团."""
    for surface in session.index.surfaces():
        place, found, _ = fold(surface).partition(said)
        if found and place and gazetteer().find(place):
            yield from (c for c in session.index.find(surface) if c.cls in classes and said in fold(c.name))
