"""Observations of the graph as they are matched against questions: with the words around them."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from graph.store import GraphStore
from graph.types import CypherStatement
from ontology.lexicon.normalise import clean
from ontology.structure import REGION
from qa_service.passages.corpus import Corpus
from qa_service.questions.overlap import pairs
from qa_service.questions.places import places_in

_OBSERVATIONS = """\
MATCH (o:Observation)-[:ABOUT]->(s)
MATCH (o)-[:MEASURES]->(m:Metric)
RETURN o.id AS id, s.id AS subject, s.name AS subject_name, s.class AS subject_class,
       s.aliases AS aliases, m.id AS metric_id, o.metric AS metric, o.period AS period, o.start AS start,
       o.`end` AS finish, o.value_kind AS kind, o.unit AS unit, o.scope AS scope, o.passages AS passages,
       o.value AS value, o.bound AS bound, o.base_unit AS base_unit, o.base_value AS base_value
ORDER BY id"""
_STATED = """\
MATCH (o:Observation)-[:STATED_IN]->(p:Passage)
RETURN o.id AS id, p.id AS passage
ORDER BY id, passage"""


#: an id that begins with a place
_OF_PLACE = re.compile(r"\w+:(\d{6})/")
_QUOTES = {ord(ch): None for ch in "\"'“”‘’「」『』"}


@dataclass(frozen=True)
class Card:
    """One observation with the words by which it can be asked for.

    ``strong`` are its own words (subject, metric, scope, unit), ``weak`` those around it
    (sentence, section titles, title of the document); all clean and in lower case.
    ``places`` are the codes of the regions that it may be of: its subject, else those that its
    sentence or the nearest section title names, else the document's.
    """

    id: str
    subject: str
    subject_name: str
    subject_class: str
    metric_id: str
    metric: str
    period: str
    start: str
    end: str
    kind: str
    unit: str
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    passages: tuple[str, ...]
    places: frozenset[str] = frozenset()
    scope: str = ""
    value: float | None = None
    bound: str = "="
    base_unit: str = ""
    base_value: float | None = None

    @property
    def document(self) -> str:
        """Id of the (first) document that states it."""
        return self.passages[0].rpartition("#")[0] if self.passages else ""


class Cards:
    """All observations of a store, with an index of character pairs."""

    def __init__(self, cards: Iterable[Card]) -> None:
        self.cards = tuple(cards)
        self._postings: dict[str, list[int]] = defaultdict(list)
        pairs_of = cache(lambda text: frozenset(pairs(text)))  # a title stands around many figures
        for n, card in enumerate(self.cards):
            for pair in frozenset[str]().union(*map(pairs_of, (*card.strong, *card.weak))):
                self._postings[pair].append(n)

    def of_subject(self, subject: str) -> tuple[Card, ...]:
        """The cards about one thing."""
        return self._by_subject.get(subject, ())

    def of_metric(self, metric_id: str) -> tuple[Card, ...]:
        """The cards of one metric, under whichever words."""
        return self._by_metric.get(metric_id, ())

    @cached_property
    def _by_metric(self) -> Mapping[str, tuple[Card, ...]]:
        found: dict[str, list[Card]] = defaultdict(list)
        for card in self.cards:
            found[card.metric_id].append(card)
        return {k: tuple(v) for k, v in found.items()}

    @cached_property
    def _by_subject(self) -> Mapping[str, tuple[Card, ...]]:
        found: dict[str, list[Card]] = defaultdict(list)
        for card in self.cards:
            found[card.subject].append(card)
        return {k: tuple(v) for k, v in found.items()}

    def main_year(self, document: str) -> str:
        """The year that most figures of a document are of, "" where none leads.

        A report on 2024 gives many figures without saying the year again."""
        return self._main_years.get(document, "")

    def last_year(self, document: str) -> str:
        """The latest year that figures of a document are of, but for plans; "" where none is said."""
        return max(
            (c.end[:4] for c in self.cards if c.document == document and c.kind != "target" and c.end),
            default="",
        )

    def year_of(self, card: Card) -> str:
        """The year of a figure; of one that says none that of its document."""
        return card.end[:4] or self.main_year(card.document) or self.last_year(card.document)

    @cached_property
    def _main_years(self) -> Mapping[str, str]:
        years: dict[str, Counter[str]] = defaultdict(Counter)
        for card in self.cards:
            if card.kind != "target" and len(card.period) >= 4 and "/" not in card.period:
                years[card.document][card.period[:4]] += 1
        leading = {}
        for document, tally in years.items():
            (year, n), *_ = tally.most_common(1)
            if n * 2 > tally.total():
                leading[document] = year
        return leading

    def rarity(self, pair: str) -> float:
        """Inverse document frequency of a character pair among the cards."""
        return math.log((1 + len(self.cards)) / (1 + len(self._postings.get(pair, ()))))

    def nearest(self, text: str, limit: int = 200) -> list[Card]:
        """Cards that share the rarest character pairs with the text."""
        scores: dict[int, float] = defaultdict(float)
        for pair in set(pairs(text)):
            weight = self.rarity(pair)
            for n in self._postings.get(pair, ()):
                scores[n] += weight
        best = sorted(scores, key=lambda n: (-scores[n], n))[:limit]
        return [self.cards[n] for n in best]


def load_cards(store: GraphStore, corpus: Corpus) -> Cards:
    """Every observation of the store as a card, with the words around it in the documents."""
    flat = cache(_flat)
    known = {p.id: p for p in corpus.passages}
    around: dict[str, list[str]] = defaultdict(list)
    home: dict[str, str] = {}
    for ident, stated in store.read(CypherStatement(_STATED)).rows:
        passage = known[str(stated)]
        document = corpus.documents.get(passage.document)
        words = around[str(ident)]
        words.append(flat(passage.text))
        words += [flat(f"{s.label} {s.title}") for s in corpus.around(passage.section)]
        words.append(flat(document.name) if document else "")
        home.setdefault(str(ident), document.place if document else "")
    cards = []
    for row in store.read(CypherStatement(_OBSERVATIONS)).rows:
        (
            ident,
            subject,
            name,
            cls,
            aliases,
            metric_id,
            metric,
            period,
            start,
            end,
            kind,
            unit,
            scope,
            passages,
            value,
            bound,
            base_unit,
            base_value,
        ) = row
        names = [str(name or ""), *(str(a) for a in _list(aliases))]
        strong = tuple(dict.fromkeys(flat(t) for t in (*names, str(metric or ""), str(scope or "")) if t))
        weak = [w for w in around.get(str(ident), ()) if w]
        own = str(subject).partition(":")[2] if cls == REGION else ""
        around_it = flat(str(scope or "")), flat(str(metric or "")), weak, home.get(str(ident), "")
        cards.append(
            Card(
                id=str(ident),
                subject=str(subject),
                subject_name=str(name or ""),
                subject_class=str(cls),
                metric_id=str(metric_id),
                metric=flat(str(metric or "")),
                period=str(period or ""),
                start=str(start or ""),
                end=str(end or ""),
                kind=str(kind or ""),
                unit=str(unit or ""),
                strong=strong,
                weak=tuple(dict.fromkeys(weak)),
                passages=tuple(str(p) for p in _list(passages)),
                places=_home(str(subject)) | _places(own, *around_it),
                scope=str(scope or ""),
                value=float(value) if isinstance(value, int | float) else None,
                bound=str(bound or "="),
                base_unit=str(base_unit or ""),
                base_value=float(base_value) if isinstance(base_value, int | float) else None,
            )
        )
    return Cards(cards)


def _home(subject: str) -> frozenset[str]:
    """The place that a thing's id begins with: of ``chain:430200/甲产业链`` 430200."""
    at = _OF_PLACE.match(subject)
    return frozenset([at[1]] if at else ())


def _places(own: str, scope: str, metric: str, words: Sequence[str], home: str) -> frozenset[str]:
    """The subject; what the qualifiers say; the region named last before the metric; those of
    the nearest section title; the document's."""
    if own:
        return frozenset([own])
    said = frozenset(code for _, _, code in places_in(scope))
    if said:
        return said
    for n, text in enumerate(words[:-1]):  # the sentence, then its section titles from the nearest on
        named = places_in(text)
        if named and n == 0:
            at = text.find(metric)
            before = [span for span in named if span[0] < at]
            last = max((start for start, _, _ in before), default=-1)
            named = [span for span in before if span[0] == last] or named
        if named:
            return frozenset(code for _, _, code in named)
    return frozenset([home] if home else ())


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def _flat(text: str) -> str:
    """For comparing words: quotation marks stand inside names as often as they are left out."""
    return clean(text).text.lower().translate(_QUOTES)
