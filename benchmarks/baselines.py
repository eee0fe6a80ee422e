"""Two simpler ways to answer the same questions, to compare with.

A **dictionary with templates**, as the well-known Chinese medical question answering does it (names found by
Aho-Corasick, question words for each intent, one query template for each intent), and
**retrieval of passages** by BM25 alone. Both are given what the program has: its names and words of the
ontology, its graph, its passages.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence

from graph.entity_index import Candidate
from graph.types import CypherStatement
from ontology.lexicon.normalise import clean
from qa_service.readings.cards import Card
from qa_service.session import Session

_YEAR = re.compile(r"(?:19|20)\d\d")
_FOLLOW = "MATCH (a)-[:{relation}]->(b) WHERE a.id = $id RETURN DISTINCT b.name AS name ORDER BY name"
_BACK = "MATCH (a)-[:{relation}]->(b) WHERE b.id = $id RETURN DISTINCT a.name AS name ORDER BY name"
_VALUE = "MATCH (a:{cls}) WHERE a.id = $id AND a.{name} IS NOT NULL RETURN a.{name} AS name"
_INSIDE = (
    "MATCH (x:{cls})-[:LOCATED_IN]->(p) WHERE p.id = $id{sub} RETURN DISTINCT x.name AS name ORDER BY name"
)


class AhoCorasick:
    """All words of a dictionary in a text, in one pass (Aho and Corasick 1975).

    >>> AhoCorasick({"合格率": 1, "率": 2}).find("合格率")
    [(0, 3, 1), (2, 3, 2)]
    """

    def __init__(self, words: dict[str, object]) -> None:
        self._next: list[dict[str, int]] = [{}]
        self._back = [0]
        self._ends: list[list[tuple[int, object]]] = [[]]
        for word, value in words.items():
            at = 0
            for character in word:
                if character not in self._next[at]:
                    self._next[at][character] = len(self._next)
                    self._next.append({})
                    self._back.append(0)
                    self._ends.append([])
                at = self._next[at][character]
            self._ends[at].append((len(word), value))
        waiting = deque(self._next[0].values())
        while waiting:
            at = waiting.popleft()
            for character, child in self._next[at].items():
                waiting.append(child)
                back = self._back[at]
                while back and character not in self._next[back]:
                    back = self._back[back]
                self._back[child] = self._next[back].get(character, 0) if at else 0
                self._ends[child] += self._ends[self._back[child]]

    def find(self, text: str) -> list[tuple[int, int, object]]:
        """(start, end, value) of each word."""
        found, at = [], 0
        for i, character in enumerate(text):
            while at and character not in self._next[at]:
                at = self._back[at]
            at = self._next[at].get(character, 0)
            found += [(i + 1 - length, i + 1, value) for length, value in self._ends[at]]
        return found


class Templates:
    """Names by Aho-Corasick, intents by their words, one query for each intent."""

    def __init__(self, session: Session) -> None:
        self._session = session
        names: dict[str, object] = {}
        things = session.ontology.things()
        for surface in session.index.surfaces():
            known = [c for c in session.index.find(surface) if c.cls in things]
            if len(surface) > 1 and known:
                names[_flat(surface)] = tuple(known[:1])
        self._names = AhoCorasick(names)
        intents: dict[str, object] = {}
        for word in session.ontology.words():
            intents.setdefault(_flat(word.surface), word)
        self._intents = AhoCorasick(intents)

    def answer(self, question: str) -> tuple[str, ...]:
        """The items of the first template that fits, () where none does."""
        text = _flat(question)
        named = _longest(self._names.find(text))
        rest = text
        for start, end, _ in named:
            rest = rest[:start] + "\n" * (end - start) + rest[end:]
        things = [value[0] for _, _, value in named if value]  # type: ignore[index]
        intents = [word for _, _, word in _longest(self._intents.find(rest))]
        year = _YEAR.search(text)
        for thing in things:
            for kind in ("metric", "relation", "attribute", "subtype", "class"):
                for word in intents:
                    if word.kind == kind:  # type: ignore[attr-defined]
                        found = self._template(thing, word, year[0] if year else "")
                        if found:
                            return tuple(found)
        return ()

    def _template(self, named: Candidate, word: object, year: str) -> list[str]:
        value, kind = word.value, word.kind  # type: ignore[attr-defined]
        ontology, thing = self._session.ontology, named.id
        if kind == "metric":
            cards = [c for c in self._session.cards.of_subject(thing) if c.metric_id == f"metric:{value}"]
            cards = [c for c in cards if c.kind == "actual" and (not year or c.period.startswith(year))]
            last = max((c.period for c in cards), default="")
            return [_figure(c) for c in cards if c.period == last]
        if kind == "relation":
            # the sort of thing says which way: who supplies a project, what a firm supplies
            relation = ontology.relations[value]
            only = (named.cls in relation.domain) - (named.cls in relation.range)
            back = only < 0 or (only == 0 and word.inverse)  # type: ignore[attr-defined]
            text = (_BACK if back else _FOLLOW).format(relation=value)
        elif kind == "attribute":
            if named.cls not in ontology.attributes[value].domain:
                return []
            text = _VALUE.format(cls=named.cls, name=value)
        elif kind == "subtype":
            finer = ontology.subtypes[value]
            text = _INSIDE.format(cls=finer.cls, sub=f" AND x.subtype = '{finer.key}'")
        else:
            text = _INSIDE.format(cls=value, sub="")
        rows = self._session.store.read(CypherStatement(text, {"id": thing})).rows
        return [str(name) for (name,) in rows]


class Retrieval:
    """The best passage by BM25 over characters and pairs of characters (Robertson and Zaragoza 2009)."""

    def __init__(self, passages: Sequence[str], k1: float = 1.2, b: float = 0.75) -> None:
        self._passages, self._k1, self._b = passages, k1, b
        self._counts = [Counter(_grams(p)) for p in passages]
        self._mean = sum(map(len, passages)) / max(1, len(passages))
        holding: Counter[str] = Counter(gram for counts in self._counts for gram in counts)
        total = len(passages)
        self._weight = {g: math.log(1 + (total - n + 0.5) / (n + 0.5)) for g, n in holding.items()}
        self._where: dict[str, list[int]] = defaultdict(list)
        for n, counts in enumerate(self._counts):
            for gram in counts:
                self._where[gram].append(n)

    def best(self, question: str, most: int = 1) -> list[str]:
        """The passages nearest to a question, the best first."""
        scores: dict[int, float] = defaultdict(float)
        for gram in set(_grams(question)):
            for n in self._where.get(gram, ()):
                often = self._counts[n][gram]
                length = 1 - self._b + self._b * len(self._passages[n]) / self._mean
                scores[n] += self._weight[gram] * often * (self._k1 + 1) / (often + self._k1 * length)
        return [self._passages[n] for n in sorted(scores, key=lambda n: (-scores[n], n))[:most]]


def _grams(text: str) -> Iterable[str]:
    flat = _flat(text)
    yield from flat
    yield from (flat[i : i + 2] for i in range(len(flat) - 1))


def _flat(text: str) -> str:
    return "".join(c for c in clean(text).text.lower() if c.isalnum())


def _longest(found: list[tuple[int, int, object]]) -> list[tuple[int, int, object]]:
    """Longer words first where they overlap; in the order of the text."""
    kept: list[tuple[int, int, object]] = []
    for one in sorted(found, key=lambda f: (f[0] - f[1], f[0])):
        if all(one[1] <= k[0] or k[1] <= one[0] for k in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: f[0])


def _figure(card: Card) -> str:
    value = "" if card.value is None else f"{card.value:g}"
    return f"{card.bound if card.bound != '=' else ''}{value}{card.unit}"
