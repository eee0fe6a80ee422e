"""The documents of a store as they are searched: sections, passages, and how rare words are."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.store import GraphStore
from graph.types import CypherStatement
from ontology.lexicon.normalise import clean
from qa_service.questions.overlap import pairs

_SECTIONS = """\
MATCH (s:Section)
OPTIONAL MATCH (s)-[:IN_SECTION]->(w:Section)
RETURN s.id AS id, s.label AS label, s.title AS title, s.kind AS kind,
       s.document AS document, s.`order` AS place,       w.id AS wider
ORDER BY document, place, id"""
_PASSAGES = """\
MATCH (p:Passage)
RETURN p.id AS id, p.text AS text, p.section AS section, p.document AS document, p.kind AS kind,
       p.`order` AS place
ORDER BY document, place, id"""
_DOCUMENTS = (
    "MATCH (d:Document) RETURN d.id AS id, d.name AS name, d.number AS number, d.place AS place ORDER BY id"
)


_SPACE = re.compile(r"\s")


@dataclass(frozen=True)
class CorpusSection:
    """``title`` as written; ``words`` label and title, clean and in lower case."""

    id: str
    label: str
    title: str
    kind: str
    document: str
    wider: str
    words: str


@dataclass(frozen=True)
class CorpusPassage:
    """``text`` as in the document, ``words`` clean and in lower case."""

    id: str
    text: str
    words: str
    section: str
    document: str
    kind: str
    order: int


@dataclass(frozen=True)
class CorpusDocument:
    id: str
    name: str
    number: str
    place: str
    words: str


class Corpus:
    """Sections, passages and documents of a store, searched by character pairs."""

    def __init__(
        self,
        documents: Iterable[CorpusDocument],
        sections: Iterable[CorpusSection],
        passages: Iterable[CorpusPassage],
    ) -> None:
        self.documents: Mapping[str, CorpusDocument] = {d.id: d for d in documents}
        self.sections: Mapping[str, CorpusSection] = {s.id: s for s in sections}
        self.passages: Sequence[CorpusPassage] = tuple(passages)
        self._postings: dict[str, list[int]] = defaultdict(list)
        for n, passage in enumerate(self.passages):
            for pair in set(pairs(passage.words)):
                self._postings[pair].append(n)

    @cached_property
    def written(self) -> frozenset[str]:
        """Documents that have prose: no tables."""
        return frozenset(p.document for p in self.passages)

    @cached_property
    def children(self) -> Mapping[str, tuple[CorpusSection, ...]]:
        """Section (or document) id → what lies directly in it, in order."""
        found: dict[str, list[CorpusSection]] = defaultdict(list)
        for section in self.sections.values():
            found[section.wider or f"document:{section.document}"].append(section)
        return {k: tuple(v) for k, v in found.items()}

    @cached_property
    def paragraphs(self) -> Mapping[str, tuple[CorpusPassage, ...]]:
        """Passage id → the sentences of its paragraph, in order: those that follow without a break."""
        found: dict[str, tuple[CorpusPassage, ...]] = {}
        run: list[CorpusPassage] = []
        for passage in (*self.passages, None):
            if passage is not None and run and _follows(run[-1], passage):
                run.append(passage)
                continue
            for member in run:
                found[member.id] = tuple(run)
            run = [passage] if passage is not None else []
        return found

    def beside(self, passage: CorpusPassage) -> tuple[CorpusPassage, ...]:
        """The sentences right before and right behind, in the same paragraph."""
        run = self.paragraphs.get(passage.id, ())
        at = next((n for n, p in enumerate(run) if p.id == passage.id), 0)
        return (*run[max(0, at - 1) : at], *run[at + 1 : at + 2])

    def before(self, passage: CorpusPassage, most: int = 4) -> tuple[CorpusPassage, ...]:
        """The passages before one in its section, the nearest first."""
        inside = self._by_section.get(passage.section, ())
        at = next((n for n, p in enumerate(inside) if p.id == passage.id), 0)
        return tuple(reversed(inside[max(0, at - most) : at]))

    def inside(self, section: str) -> tuple[CorpusPassage, ...]:
        """The passages right in a section, in order."""
        return self._by_section.get(section, ())

    @cached_property
    def _by_section(self) -> Mapping[str, tuple[CorpusPassage, ...]]:
        found: dict[str, list[CorpusPassage]] = defaultdict(list)
        for passage in self.passages:
            found[passage.section].append(passage)
        return {k: tuple(v) for k, v in found.items()}

    def around(self, section: str) -> tuple[CorpusSection, ...]:
        """The section and the wider ones that it lies in, from the nearest on."""
        return self._lines.get(section, ())

    @cached_property
    def _lines(self) -> Mapping[str, tuple[CorpusSection, ...]]:
        found: dict[str, tuple[CorpusSection, ...]] = {}
        for section in self.sections:
            line: list[CorpusSection] = []
            at = section
            while at in self.sections and self.sections[at] not in line:
                line.append(self.sections[at])
                at = self.sections[at].wider
            found[section] = tuple(line)
        return found

    @cached_property
    def within(self) -> Mapping[str, tuple[CorpusPassage, ...]]:
        """Section → the passages in it and in the sections inside it, in order."""
        found: dict[str, list[CorpusPassage]] = defaultdict(list)
        for passage in self.passages:
            for section in self.around(passage.section):
                found[section.id].append(passage)
        return {k: tuple(v) for k, v in found.items()}

    def rarity(self, pair: str) -> float:
        """Inverse document frequency of a character pair among the passages."""
        return math.log((1 + len(self.passages)) / (1 + len(self._postings.get(pair, ()))))

    def knows(self, pair: str) -> bool:
        """Whether any passage has this pair of characters."""
        return pair in self._postings

    def has(self, text: str) -> bool:
        """Whether a passage has these very characters."""
        known = all(self.knows(text[i : i + 2]) for i in range(len(text) - 1))
        return known and any(text in p.words for p in self.passages)

    def nearest(self, text: str, limit: int = 60) -> list[CorpusPassage]:
        """Passages that share the rarest character pairs with the text; long ones weigh less."""
        scores: dict[int, float] = defaultdict(float)
        for pair in set(pairs(text)):
            if " " in pair:
                continue
            weight = self.rarity(pair)
            for n in self._postings.get(pair, ()):
                scores[n] += weight
        mean = sum(len(p.words) for p in self.passages) / max(1, len(self.passages))
        # BM25's length normalisation (Robertson and Zaragoza 2009) with b = 0.3
        best = sorted(
            scores, key=lambda n: (-scores[n] / (0.7 + 0.3 * len(self.passages[n].words) / mean), n)
        )[:limit]
        return [self.passages[n] for n in best]

    def weights(self, text: str) -> tuple[float, ...]:
        """How much each character of a text tells: the rarity of the rarer pair it is in,
        1 for a pair that one passage in a hundred has."""
        unit = math.log(100)
        found = [0.0] * len(text)
        for i in range(len(text) - 1):
            weight = min(1.5, self.rarity(text[i : i + 2]) / unit) if self.passages else 1.0
            found[i] = max(found[i], weight)
            found[i + 1] = max(found[i + 1], weight)
        return tuple(max(0.1, w) for w in found)


def _follows(before: CorpusPassage, passage: CorpusPassage) -> bool:
    """Whether a passage begins where the one before it ends."""
    same = before.document == passage.document
    return same and before.id.rpartition("-")[2] == passage.id.rpartition("#")[2].partition("-")[0]


def load_corpus(store: GraphStore) -> Corpus:
    """All documents, sections and passages of a store."""
    documents = [
        CorpusDocument(
            str(i).partition(":")[2],
            str(name or ""),
            str(number or ""),
            str(place or ""),
            flat(str(name or "")),
        )
        for i, name, number, place in store.read(CypherStatement(_DOCUMENTS)).rows
    ]
    sections = [
        CorpusSection(
            str(i),
            str(label or ""),
            str(title or ""),
            str(kind or ""),
            str(document),
            str(wider or ""),
            flat(f"{label or ''} {title or ''}"),
        )
        for i, label, title, kind, document, _, wider in store.read(CypherStatement(_SECTIONS)).rows
    ]
    passages = [
        CorpusPassage(
            str(i),
            str(text or ""),
            flat(str(text or "")),
            str(section or ""),
            str(document),
            str(kind or ""),
            int(place) if isinstance(place, int | float) else 0,
        )
        for i, text, section, document, kind, place in store.read(CypherStatement(_PASSAGES)).rows
    ]
    return Corpus(documents, sections, passages)


def flat(text: str) -> str:
    """Clean, in lower case, without the spaces and line breaks inside Chinese sentences."""
    words = clean(text).text.lower()
    if not _SPACE.search(words):
        return words
    return "".join(
        ch
        for i, ch in enumerate(words)
        if not (
            ch.isspace()
            and (i == 0 or i + 1 >= len(words) or not (words[i - 1].isascii() and words[i + 1].isascii()))
        )
    )
