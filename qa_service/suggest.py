"""What may be asked, while it is typed: things, metrics, and whole questions that the graph answers.

Questions are made from what is recorded (a figure, a relationship, things of a place), in the words
of the ontology, and fitted to what was typed: its characters in their order, pinyin initials too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from graph.dialect import quoted
from graph.entity_index import Candidate
from graph.types import CypherStatement
from ontology import structure
from ontology.lexicon.normalise import fold
from ontology.model import Ontology, Relation
from qa_service.questions.calculation_words import calculates
from qa_service.questions.link import entities
from qa_service.readings.cards import Card, Cards
from qa_service.rules.words import verbal_endings
from qa_service.session import Session

#: things whose questions are made for what is typed, and metrics and subjects of a metric
_THINGS: Final = 3
_METRICS: Final = 5
_SUBJECTS: Final = 6
#: names that are looked for by their initials; more are left alone
_MOST_NAMES: Final = 50_000
_YEAR = re.compile(r"\d{4}")
_INITIALS = re.compile(r"[a-z]{2,12}")

Kind = Literal["entity", "metric", "question"]


@dataclass(frozen=True)
class Suggestion:
    """``text`` is what would stand in the box; ``id`` and ``cls`` of a thing or metric, else ""."""

    text: str
    kind: Kind
    id: str = ""
    cls: str = ""


def suggest(typed: str, session: Session, limit: int = 10) -> tuple[Suggestion, ...]:
    """What fits the text typed so far, the best first: things and metrics that it begins to name,
    then questions.

    >>> suggest("株洲有哪", session, 2)                                     # doctest: +SKIP
    (Suggestion(text='株洲市有哪些产业链？', kind='question', id='', cls=''), …)
    """
    known = _known(session)
    flat = fold(typed)
    if not flat:
        return ()
    things = known.things(flat)
    aliases = [(said, fold(c.name)) for c, said in things]
    named = [Suggestion(c.name, "entity", c.id, c.cls) for c, _ in things if fold(c.name) != flat]
    metrics = [Suggestion(text, "metric", ident) for text, ident in known.metrics(flat) if fold(text) != flat]
    questions = {q: fit for q in known.questions(flat, things) if (fit := _fit(flat, fold(q), aliases))}
    asked = [Suggestion(q, "question") for q in sorted(questions, key=lambda q: (-questions[q], len(q), q))]
    # a few names, so that questions are seen beside them
    few = max(2, limit // 3)
    first = [*named[:few], *metrics[:few]]
    shown = [*first, *asked, *named[few:], *metrics[few:]]
    return tuple(dict.fromkeys(shown))[:limit]


def questions_near(text: str, session: Session) -> tuple[str, ...]:
    """Questions that the graph answers, about the things and metrics that a text names."""
    known, flat = _known(session), fold(text)
    return tuple(dict.fromkeys(known.questions(flat, known.things(flat))))


def _fit(flat: str, question: str, aliases: Iterable[tuple[str, str]]) -> int:
    """How well a question goes on from what was typed, 0 where it does not: 3 begins so, 2 holds
    it, 1 holds its characters in their order. A name may be typed as an alias."""
    forms = {flat, *(flat.replace(alias, name) for alias, name in aliases if alias in flat)}
    return max(_fits(form, question) for form in forms)


def _fits(form: str, question: str) -> int:
    if question.startswith(form):
        return 3
    return 2 if form in question else int(_ordered(form, question))


def _ordered(part: str, whole: str) -> bool:
    rest = iter(whole)
    return all(ch in rest for ch in part)


class Known:
    """What is recorded, as questions: read once a version, the rest when it is typed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._of_thing: dict[str, tuple[str, ...]] = {}
        self._names: dict[str, str] = {}
        self._initials: dict[str, list[str]] | None = None

    @property
    def ontology(self) -> Ontology:
        return self._session.ontology

    def things(self, flat: str) -> list[tuple[Candidate, str]]:
        """Things that the text names, and those whose name its end begins, with what says so."""
        index, shown = self._session.index, self.ontology.things()
        found: dict[str, tuple[Candidate, str]] = {}
        spans = sorted(entities(flat, self._session), key=lambda s: (s[0] - s[1], s[0]))
        for start, end, mentions in spans:
            inside = any(start >= a and end <= b for a, b, _ in spans if b - a > end - start)
            for ident, cls in mentions[0].value[:1] if isinstance(mentions[0].value, tuple) else ():
                if cls in shown and not inside and (name := self._name(ident)):
                    found.setdefault(ident, (Candidate(ident, cls, name), flat[start:end]))
        for start in range(max(0, len(flat) - 12), len(flat)):
            part = flat[start:]
            if len(part) < 2 and start > 0:
                break
            begun = [c for _, c in index.beginning(part, 40) if c.cls in shown]
            for c in sorted({c.id: c for c in begun}.values(), key=lambda c: (len(c.name), c.name))[:8]:
                found.setdefault(c.id, (c, part))
            if begun:
                break
        for name in self._by_initials(flat):
            for c in index.find(name)[:1]:
                if c.cls in shown:
                    found.setdefault(c.id, (c, flat))
        return list(found.values())

    def _name(self, ident: str) -> str:
        if ident not in self._names:
            self._names[ident] = self._session.names([ident]).get(ident, "")
        return self._names[ident]

    def metrics(self, flat: str) -> list[tuple[str, str]]:
        """(name, id) of the metrics on record that the text names or begins to name."""
        names = _metric_names(self._session.cards)
        found = [
            (name, ident)
            for name, ident in names.items()
            if len(flat) >= 2 and (flat in (key := fold(name)) or key in flat or _begins(key, flat))
        ]
        return sorted(found, key=lambda m: (not fold(m[0]).startswith(flat), len(m[0]), m[0]))[:_METRICS]

    def questions(self, flat: str, things: list[tuple[Candidate, str]]) -> Iterator[str]:
        """Questions about these things; where the text names none outright, also of the metrics that
        it names and of what stands where."""
        for thing, _ in things[:_THINGS]:
            yield from self._about(thing)
        whole = any(fold(t.name) in flat or len(said) > 2 for t, said in things)
        for _, metric in self.metrics(flat) if not whole else ():
            seen: set[str] = set()
            for card in self._session.cards.of_metric(metric):
                if card.subject not in seen and len(seen) < _SUBJECTS:
                    seen.add(card.subject)
                    yield from _figures(self._of_metric(card))
        if not whole:
            yield from self._lists()

    def _of_metric(self, card: Card) -> tuple[Card, ...]:
        return tuple(c for c in self._session.cards.of_subject(card.subject) if c.metric_id == card.metric_id)

    def _about(self, thing: Candidate) -> tuple[str, ...]:
        if thing.id not in self._of_thing:
            made = dict.fromkeys(
                (
                    *_figures(self._session.cards.of_subject(thing.id)),
                    *_relations(thing, self._session),
                    *_inside(thing, self._session),
                )
            )
            self._of_thing[thing.id] = tuple(made)
        return self._of_thing[thing.id]

    def _lists(self) -> tuple[str, ...]:
        """What stands in the places with most things, of every class."""
        if "" not in self._of_thing:
            query = (
                f"MATCH (x)-[:{structure.LOCATED_IN}]->(p:{structure.REGION}) "
                "RETURN p.id AS id, p.name AS name, count(DISTINCT x.id) AS n ORDER BY n DESC, name LIMIT 8"
            )
            rows = self._session.store.read(CypherStatement(query)).rows
            places = [Candidate(str(i), structure.REGION, str(name)) for i, name, _ in rows]
            self._of_thing[""] = tuple(q for place in places for q in _inside(place, self._session))
        return self._of_thing[""]

    def _by_initials(self, flat: str) -> list[str]:
        if not _INITIALS.fullmatch(flat):
            return []
        if self._initials is None:
            self._initials = {}
            surfaces = self._session.index.surfaces()
            for name in surfaces if len(surfaces) <= _MOST_NAMES else ():
                letters = "".join(_initial(ch) for ch in name[:12])
                for n in range(2, len(letters) + 1):
                    self._initials.setdefault(letters[:n], []).append(name)
        return sorted(self._initials.get(flat, ()), key=lambda n: (len(n), n))[:8]


def _known(session: Session) -> Known:
    if session.suggesting is None:
        session.suggesting = Known(session)
    assert isinstance(session.suggesting, Known)
    return session.suggesting


def _figures(cards: Iterable[Card]) -> Iterator[str]:
    """A question for each figure, of the latest year that it is recorded for."""
    latest: dict[str, Card] = {}
    for card in cards:
        if card.kind != "actual" or card.scope or not card.subject_name:
            continue
        before = latest.get(card.metric)
        if before is None or card.end > before.end:
            latest[card.metric] = card
    for metric, card in latest.items():
        if calculates(metric):
            continue  # 合格率差距: asked so, it would be calculated
        year = f"{card.period}年" if _YEAR.fullmatch(card.period) else ""
        yield f"{card.subject_name}{year}{metric}是多少？"


def _relations(thing: Candidate, session: Session) -> Iterator[str]:
    """Who or what stands at the other end, of the relations that the thing has."""
    for relation in _told(session.ontology) if thing.cls not in session.ontology.places() else ():
        if thing.cls not in relation.range:
            continue
        query = (
            f"MATCH (a:{quoted(thing.cls)} {{id: $id}})<-[r:{quoted(relation.name)}]-(b) "
            "WHERE r.polarity = $stated RETURN b.id AS id LIMIT 1"
        )
        statement = CypherStatement(query, {"id": thing.id, "stated": structure.STATED})
        if session.store.read(statement).rows:
            yield f"{thing.name}的{relation.inverse_labels.zh}有哪些？"


@cache
def _told(ontology: Ontology) -> tuple[Relation, ...]:
    """Relations with a noun for those at their other end; standing in a place has questions of its own."""
    return tuple(
        r
        for r in ontology.relations.values()
        if not r.structural
        and r.name not in (structure.LOCATED_IN, structure.PART_OF)
        and r.inverse_labels.zh
        and not r.inverse_labels.zh.endswith(verbal_endings())
        # 龙头企业 is also a role, and asks for those with that one alone
        and not any(w.kind == "role" for w in ontology.meanings(r.inverse_labels.zh))
    )


def _inside(place: Candidate, session: Session) -> Iterator[str]:
    """What stands in a place, a question a class."""
    if place.cls not in session.ontology.places():
        return
    query = (
        f"MATCH (x)-[:{structure.LOCATED_IN}]->(p)-[:{structure.PART_OF}*0..6]->"
        f"(r:{quoted(place.cls)} {{id: $id}}) "
        "RETURN x.class AS cls, count(DISTINCT x.id) AS n ORDER BY n DESC, cls"
    )
    for cls, n in session.store.read(CypherStatement(query, {"id": place.id})).rows:
        known = session.ontology.classes.get(str(cls))
        if known is not None and not known.structural and known.placed_by and not known.is_place:
            yield f"{place.name}有哪些{known.labels.zh}？"
            if int(str(n)) > 1:
                yield f"{place.name}有多少{known.labels.zh}？"


def _metric_names(cards: Cards) -> dict[str, str]:
    return dict(sorted({(c.metric, c.metric_id) for c in cards.cards if c.kind == "actual" and c.metric}))


def _begins(name: str, flat: str) -> bool:
    """The text ends in the beginning of the name: 株洲合格 → 合格率."""
    return any(flat.endswith(name[:n]) for n in range(min(len(name), len(flat)), 1, -1))


@cache
def _initial(ch: str) -> str:
    from pypinyin import Style, lazy_pinyin  # a tenth of a second to import

    return str(lazy_pinyin(ch, style=Style.FIRST_LETTER)[0]).lower()
