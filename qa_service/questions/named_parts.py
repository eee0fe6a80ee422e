"""Parts of documents by the names that people shorten: 绿色发展 for 强力推进城市质量绿色发展.

A part (a task, a step, a judged item, a section) is found by the characters that its name shares
with the question, rare ones first; the titles around it and its own text count less. Several
are kept.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.store import GraphStore
from graph.types import CypherStatement
from ontology.model import Ontology
from ontology.structure import ABOUT, IN_DOCUMENT, OBSERVATION, PART_OF, SECTION
from qa_service.passages.corpus import Corpus, flat
from qa_service.questions.overlap import covered
from qa_service.questions.parts import bits
from qa_service.questions.places import places_in
from qa_service.questions.scope import part_classes
from queries.compile.text import labelled
from queries.logical_form import Direction

#: what a character counts that stands in the titles around a part, or in its text
_AROUND, _BODY = 0.9, 0.8
#: a name without its place is not shorter
_SHORTEST = 3
_LEVELS = "省市县区州"
#: the attributes that say when a part begins and ends
_SPAN = ("begins", "ends")
#: how the names of bodies end, and the characters of one said in short (市监局 for 市场监管局)
_OFFICE = re.compile("[局委办厅部]")
_SHORT = (3, 5)
#: an office, said without what sort of office it is
_UNSORTED = "部门"
#: share of a question's content that a part's own name has at least, to be meant by it
_NAMED = 0.2
#: share of a name that stands in the question, from which on it is meant however short
_WHOLE = 0.8
_PARTS = (
    "MATCH (n:{cls})-[:{within}]->(d)\n"
    "RETURN n.id AS id, n.name AS name, d.id AS document, {begins} AS first, {ends} AS last ORDER BY id"
)
_WIDER = "MATCH (n:{cls})-[:{part_of}]->(w:{cls}) RETURN n.id AS id, w.id AS wider ORDER BY id, wider"
_DOERS = (
    "MATCH (x)-[r:{relation}]->(n:{cls})-[:{within}]->(d)\n"
    "RETURN DISTINCT x.id AS id, x.class AS class, x.name AS name, d.id AS document ORDER BY id, document"
)
_TO_PART = "MATCH (x)-[r:{relation}]->(n{classes}) RETURN DISTINCT n.class AS class ORDER BY class"
_FROM_PART = "MATCH (n{classes})-[r:{relation}]->(x) RETURN DISTINCT n.class AS class ORDER BY class"
_FIGURES = """\
MATCH (o:{observation})-[:{about}]->(n:{cls})
RETURN n.id AS id, o.value AS value, o.low AS low, o.high AS high, o.unit AS unit
ORDER BY id, o.id"""


@dataclass(frozen=True)
class NamedPart:
    """``wider`` the part it is part of ("" for none); ``low`` and ``high`` the figure that it
    carries (points), ``unit`` its unit, "" where it carries none."""

    id: str
    cls: str
    name: str
    document: str
    wider: str = ""
    low: float = 0.0
    high: float = 0.0
    unit: str = ""
    begins: str = ""
    ends: str = ""

    @cached_property
    def words(self) -> str:
        """Its name, clean and in lower case."""
        return flat(self.name)

    @property
    def months(self) -> int:
        """How long it lasts, 0 where that is not stated."""
        if len(self.begins) < 7 or len(self.ends) < 7:
            return 0
        years = int(self.ends[:4]) - int(self.begins[:4])
        return years * 12 + int(self.ends[5:7]) - int(self.begins[5:7])

    @property
    def section(self) -> str:
        """The section of the outline that the part is: ``task:DOC/3`` is ``section:DOC/3``."""
        return f"section:{self.id.partition(':')[2]}"


@dataclass(frozen=True)
class Found:
    """A part with the characters of the question that name it: in its ``name``, and in all."""

    part: NamedPart
    score: float
    name: int
    explained: int


@dataclass(frozen=True)
class Doer:
    """What stands in a relation to parts of a document: ``name`` without the place that it is of,
    which the document goes without saying (县科技局 → 科技局)."""

    id: str
    cls: str
    name: str
    document: str


@dataclass(frozen=True)
class NamedParts:
    """All named parts of the documents of a store, but for their sections."""

    parts: Sequence[NamedPart]
    corpus: Corpus
    #: (relation, class of parts, way to the part) of which there are any
    linked: frozenset[tuple[str, str, Direction]] = frozenset()
    doers: tuple[Doer, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, NamedPart]:
        return {p.id: p for p in self.parts}

    @cached_property
    def within(self) -> Mapping[str, tuple[NamedPart, ...]]:
        """Part → the parts that are part of it."""
        found: dict[str, list[NamedPart]] = defaultdict(list)
        for part in self.parts:
            if part.wider:
                found[part.wider].append(part)
        return {k: tuple(v) for k, v in found.items()}

    def doers_in(self, text: str, documents: frozenset[str]) -> list[tuple[str, str, int]]:
        """Things of the documents by their names without a place: (id, class, characters)."""
        found = [
            (d, bits(at, at + len(d.name)))
            for d in self.doers
            if d.document in documents and (at := text.find(d.name)) >= 0
        ]
        for d in self.doers:
            # 市场监管部门 is the 市场监管局 of the document
            said = f"{d.name[:-1]}{_UNSORTED}" if _OFFICE.match(d.name[-1:]) else ""
            if said and d.document in documents and (at := text.find(said)) >= 0:
                found.append((d, bits(at, at + len(said))))
        found += self._by_short_names(text, documents, {d.id for d, _ in found})
        return [
            (d.id, d.cls, span)
            for d, span in found
            if not any(span & other == span != other for _, other in found)
        ]

    def _by_short_names(
        self, text: str, documents: frozenset[str], known: set[str]
    ) -> Iterator[tuple[Doer, int]]:
        """市监局 for 市场监管局: the only one of the documents that it can be short for."""
        for end in (m.end() for m in _OFFICE.finditer(text)):
            for length in range(_SHORT[1], _SHORT[0] - 1, -1):
                said = text[max(0, end - length) : end]
                inside = (d for d in self.doers if d.document in documents)
                meant = {d.name: d for d in inside if _short_for(said, d.name)}
                if len(meant) == 1 and not known & {d.id for d in meant.values()}:
                    yield next(iter(meant.values())), bits(end - len(said), end)
                    break

    @cached_property
    def _bodies(self) -> Mapping[str, str]:
        """Section → the words of its passages."""
        found: dict[str, list[str]] = defaultdict(list)
        for passage in self.corpus.passages:
            for section in self.corpus.around(passage.section):
                found[section.id].append(passage.words)
        return {k: "".join(v) for k, v in found.items()}

    def around(self, part: NamedPart) -> tuple[str, ...]:
        """The names of what the part lies in, and the title of its document."""
        words = []
        wider = part.wider
        while wider in self.by_id:
            words.append(self.by_id[wider].words)
            wider = self.by_id[wider].wider
        words += [s.words for s in self.corpus.around(part.section)[1:]]
        document = self.corpus.documents.get(part.document)
        return (*words, document.words if document else "")

    def find(self, text: str, mask: int, documents: frozenset[str], classes: frozenset[str]) -> list[Found]:
        """Parts that the masked characters of a clean text name, best first."""
        weights = self.corpus.weights(text)

        def weight(of: int) -> float:
            return sum(w for i, w in enumerate(weights) if of >> i & 1)

        total = weight(mask)
        if not total:
            return []
        found = []
        for part in self.parts:
            if part.cls not in classes or (documents and part.document not in documents):
                continue
            said = part.words
            name = covered(text, mask, (said,))
            body = covered(text, mask & ~name, (self._bodies.get(part.section, ""),))
            around = covered(text, mask & ~name & ~body, self.around(part))
            own = weight(name) / total
            back = covered(said, (1 << len(said)) - 1, (text,)).bit_count() / max(1, len(said))
            if own < _NAMED and back < _WHOLE and weight(name | body) / total < 0.6:
                continue
            score = own + (_BODY * weight(body) + _AROUND * weight(around)) / total + 0.08 * back
            found.append(Found(part, score, name, name | body | around))
        return sorted(found, key=lambda f: (-f.score, f.part.id))


def load_parts(store: GraphStore, ontology: Ontology, corpus: Corpus) -> NamedParts:
    """The named parts of all documents of a store."""
    found: list[NamedPart] = []
    for cls in sorted(part_classes(ontology) - {SECTION}):
        wider: dict[str, str] = {}
        relation = ontology.relations.get(PART_OF)
        if relation is not None and cls in relation.range_for(cls):
            query = _WIDER.format(cls=cls, part_of=PART_OF)
            wider = {str(i): str(w) for i, w in _rows(store, query)}
        figures: dict[str, tuple[float, float, str]] = {}
        query = _FIGURES.format(observation=OBSERVATION, about=ABOUT, cls=cls)
        for ident, value, low, high, unit in _rows(store, query):
            if isinstance(value, int | float):
                low = high = value
            if isinstance(low, int | float) and isinstance(high, int | float):
                figures.setdefault(str(ident), (float(low), float(high), str(unit or "")))
        dated = [a in ontology.attributes and cls in ontology.attributes[a].domain for a in _SPAN]
        begins, ends = (f"n.`{a}`" if known else "''" for a, known in zip(_SPAN, dated, strict=True))
        query = _PARTS.format(cls=cls, within=IN_DOCUMENT, begins=begins, ends=ends)
        for ident, name, document, start, end in _rows(store, query):
            key = str(ident)
            home = str(document).partition(":")[2]
            points = figures.get(key, (0.0, 0.0, ""))
            found.append(
                NamedPart(
                    key,
                    cls,
                    str(name or ""),
                    home,
                    wider.get(key, ""),
                    *points,
                    str(start or ""),
                    str(end or ""),
                )
            )
    linked = _linked(store, ontology)
    parts = tuple(sorted(found, key=lambda p: _order(p.id)))
    return NamedParts(parts, corpus, linked, tuple(_doers(store, linked)))


def _doers(store: GraphStore, linked: frozenset[tuple[str, str, Direction]]) -> Iterable[Doer]:
    for relation, cls, way in sorted(linked):
        if way != "out":
            continue
        query = _DOERS.format(relation=relation, cls=cls, within=IN_DOCUMENT)
        for ident, of, name, document in _rows(store, query):
            bare = _placeless(flat(str(name or "")))
            if len(bare) >= _SHORTEST:
                yield Doer(str(ident), str(of), bare, str(document).partition(":")[2])


def _placeless(name: str) -> str:
    """A name without the place at its head.

    >>> _placeless("澧县科技局"), _placeless("县科技局")
    ('科技局', '科技局')
    """
    head = max((end for start, end, _ in places_in(name) if start == 0), default=0)
    return name[head or int(name[:1] in _LEVELS) :]


def _linked(store: GraphStore, ontology: Ontology) -> frozenset[tuple[str, str, Direction]]:
    found: set[tuple[str, str, Direction]] = set()
    parts = part_classes(ontology) - {SECTION}
    for relation in ontology.relations.values():
        if relation.structural or relation.name == PART_OF:
            continue
        ways: tuple[tuple[Direction, str, frozenset[str]], ...] = (
            ("out", _TO_PART, relation.range & parts),
            ("in", _FROM_PART, relation.domain & parts),
        )
        for way, query, classes in ways:
            if classes:
                asked = query.format(relation=relation.name, classes=labelled(classes))
                found |= {(relation.name, str(cls), way) for (cls,) in _rows(store, asked)}
    return frozenset(found)


def _order(ident: str) -> tuple[object, ...]:
    """In the order of the document: task:DOC/2.10 after task:DOC/2.9."""
    head, _, number = ident.rpartition("/")
    return (head, tuple((0, int(n), "") if n.isdigit() else (1, 0, n) for n in number.split(".")))


def _rows(store: GraphStore, query: str) -> Iterable[tuple[object, ...]]:
    return [tuple(row) for row in store.read(CypherStatement(query)).rows]


def _short_for(said: str, name: str) -> bool:
    """Whether it has the first and the last character of a longer name and between them only some of
    its others, in order."""
    if len(said) >= len(name) or said[:1] != name[:1] or said[-1:] != name[-1:]:
        return False
    rest = iter(name)
    return all(ch in rest for ch in said)
