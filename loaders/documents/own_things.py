"""Things of a user's own ontology in prose, by the words that the ontology has for them.

A name is recognised by the class word that it ends in (碧落湖 + 湿地保护区); a relation by its word
between two names (松风管护站 管护 枕流谷森林保护区; …由松风管护站管护); a figure by the metric's word in
front of it. What is said in other ways is left out rather than guessed.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from loaders.documents.document import Document, Passage
from loaders.facts import EntityFact, Fact, ObservationFact, RelationFact, Thing
from ontology.lexicon.dimensions import mentions
from ontology.lexicon.mention import Mention, Period, Quantity
from ontology.model import Ontology

_OURS = "urn:nqi:"
_LONGEST = 14
#: what ends a name to the left, besides punctuation and words of relations
_BOUNDARY = re.compile(
    r"[^㐀-鿿A-Za-z0-9·]|\d[年月日]|位于|以及|还有|其中|包括|属于|位列"
    "|[的在于由和与及为是对到从将被了着过等全各该本此其有向给]"
)
#: a question, or any of them: 哪些保护区, 所有管护站
_NO_NAME = re.compile(
    "哪|什么|几[个所座家条种]|多少|某|每|所有|一些|许多|部分|没有|以下|上述|下列|[一两二三四五六七八九十]+[个所座家]"
)
#: what may stand between a metric's word and its figure, and between a name and a relation's word
_GAP = re.compile("(?:约为|达到|达|约|为|是|共|[:,])*")
_SOFT = re.compile("[着了]")
#: figures that are not yet true are left to the readers that know targets
_AHEAD = re.compile("力争|争取|目标|计划|规划|预计|到20\\d\\d年")


@dataclass(frozen=True)
class _Named:
    start: int
    end: int
    thing: Thing


def own_facts(document: Document, ontology: Ontology) -> list[Fact]:
    """Facts about things of the user's own classes; none where there is no ontology of one's own."""
    if not ontology.own:
        return []
    reader = _Reader(document, ontology)
    return [fact for passage in document.passages for fact in reader.read(passage)]


class _Reader:
    def __init__(self, document: Document, ontology: Ontology) -> None:
        self.document, self.ontology = document, ontology
        self.own = {c.name for c in ontology.classes.values() if c.iri and not c.iri.startswith(_OURS)}
        self.places = (*"省市县区", *(w for w, cls, _ in self._heads() if self.is_place(cls)))
        self.heads = sorted(self._heads(), key=lambda head: (-len(head[0]), head))
        self.words = {
            r.name: tuple(w for w in r.labels.all() if not w.isascii())
            for r in ontology.relations.values() if not r.structural
        }
        between = sorted({w for words in self.words.values() for w in words if len(w) > 1}, key=len)
        self.boundary = re.compile("|".join([_BOUNDARY.pattern, *map(re.escape, reversed(between))]))
        self.metrics = sorted(
            ((w, m.key) for m in ontology.metrics.values() for w in m.labels.all() if not w.isascii()),
            key=lambda pair: (-len(pair[0]), pair),
        )

    def _heads(self) -> Iterator[tuple[str, str, str]]:
        """(word, class, finer class) of what names of the user's own classes end in."""
        for cls in self.ontology.classes.values():
            if cls.name in self.own:
                yield from ((w, cls.name, "") for w in cls.labels.all() if not w.isascii())
        for subtype in self.ontology.subtypes.values():
            if subtype.cls in self.own:
                yield from ((w, subtype.cls, subtype.key) for w in subtype.labels.all() if not w.isascii())

    def read(self, passage: Passage) -> Iterator[Fact]:
        named = self.named(passage.text)
        if not named:
            return
        at, quote = self.document.reference(passage), self.document.quote(passage)
        for one in named:
            yield EntityFact(one.thing, at, quote)
        for subject, relation, target in self.related(passage.text, named):
            yield RelationFact(subject, relation, target, at, quote)
        yield from self.figures(passage.text, named, at, quote)

    def named(self, text: str) -> list[_Named]:
        """The names in a text, in order."""
        found: list[_Named] = []
        taken: list[tuple[int, int]] = []
        for word, cls, subtype in self.heads:
            for m in re.finditer(re.escape(word), text):
                if any(a < m.end() and m.start() < b for a, b in taken):
                    continue
                start = self.begin(text, m.start())
                taken.append((start, m.end()))
                if self.is_name(text[start : m.start()], word, cls):
                    name = text[start : m.end()]
                    found.append(_Named(start, m.end(), Thing(cls, name, name, subtype)))
        return sorted(found, key=lambda f: f.start)

    def is_name(self, stem: str, word: str, cls: str) -> bool:
        """Whether what stands before a class word makes it the name of one thing."""
        if len(word) == 1 and (len(stem) > 4 or not self.is_place(cls)):
            return False  # a single character ends many words: only short names of places end in one
        if _NO_NAME.search(stem):
            return False
        # 云岚省自然保护区: those of a place, and no name of one
        return len(stem) >= 2 and not stem.endswith(self.places)

    def begin(self, text: str, head: int) -> int:
        """Where the name begins whose class word stands at ``head``."""
        left = text[max(0, head - _LONGEST) : head]
        ends = [m.end() for m in self.boundary.finditer(left)]
        return head - len(left) + max(ends, default=0)

    def is_place(self, cls: str) -> bool:
        return self.ontology.classes[cls].is_place

    def related(self, text: str, named: list[_Named]) -> Iterator[tuple[Thing, str, Thing]]:
        for n, (left, right) in enumerate(itertools.pairwise(named)):
            between = _SOFT.sub("", text[left.end : right.start])
            for relation in self.relations_of(between, left.thing, right.thing):
                for other in self.listed(text, named[n + 1 :]):
                    yield left.thing, relation, other
        # …由B管护: what it is said of heads the sentence
        for n, by in enumerate(named):
            if not n or text[by.start - 1 : by.start] != "由":
                continue
            for relation in self.ontology.relations:
                said = text[by.end :].startswith(self.words.get(relation, ()) or ("\0",))
                if said and self.fits(relation, by.thing, named[0].thing):
                    yield by.thing, relation, named[0].thing

    def listed(self, text: str, named: list[_Named]) -> Iterator[Thing]:
        """The first of these and those that are listed with it (、和)."""
        for n, one in enumerate(named):
            if n and (
                text[named[n - 1].end : one.start] not in ("、", "和", "与", "及", "以及", ",")
                or one.thing.cls != named[0].thing.cls
            ):
                return
            yield one.thing

    def relations_of(self, between: str, subject: Thing, target: Thing) -> Iterable[str]:
        return [name for name, words in self.words.items()
                if between in words and self.fits(name, subject, target)]

    def fits(self, relation: str, subject: Thing, target: Thing) -> bool:
        return target.cls in self.ontology.relations[relation].range_for(subject.cls)

    def figures(self, text: str, named: list[_Named], at: str, quote: str) -> Iterator[Fact]:
        if _AHEAD.search(text):
            return
        dimensions = mentions(text)
        taken: list[tuple[int, int]] = []
        for word, _ in self.metrics:
            for m in re.finditer(re.escape(word), text):
                if any(a < m.end() and m.start() < b for a, b in taken):
                    continue
                taken.append(m.span())
                about = [one for one in named if one.end <= m.start()]
                figure = _figure(text, m.end(), dimensions)
                if about and figure is not None:
                    yield ObservationFact(about[-1].thing, word, at, quote, "actual",
                                          _period(dimensions, m.start()), figure)


def _figure(text: str, end: int, dimensions: list[Mention]) -> Quantity | None:
    """The quantity right behind a metric's word."""
    for d in dimensions:
        if d.kind == "quantity" and isinstance(d.value, Quantity) and d.start >= end:
            return d.value if _GAP.fullmatch(text[end : d.start]) else None
    return None


def _period(dimensions: list[Mention], before: int) -> Period | None:
    """The last period named before a place in the sentence."""
    found = [d.value for d in dimensions if d.kind == "period" and d.end <= before]
    return found[-1] if found and isinstance(found[-1], Period) else None
