"""Readings from prose: a name, list, number or date of the asked sort in the best passages.

What is found is quoted, not recorded: the answer says so. A span is a candidate only where
the words next to it account for the question; a clause that speaks of something else than
the question does (its own words are not in the question) counts for little.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ontology.lexicon.dimensions import mentions as dimension_mentions
from ontology.lexicon.mention import Quantity
from ontology.lexicon.names import OpenName, open_names
from ontology.model import Ontology
from qa_service.asked import Asked, asked_by
from qa_service.library import Library, LibraryPassage
from qa_service.observed import Wanted, wanted_by
from qa_service.overlap import covered
from qa_service.question import Question
from qa_service.reading import Quoted, Reading
from queries.logical_form import Passages

#: passages that are looked into
_LOOKED_INTO = 24
#: what the words around a passage (section titles, its document's title) count
_AROUND = 0.75
_CLAUSE = re.compile(r"[,;。!?:]|--|——")
_ITEM = r"[^、,;。:!?()（）“”\"《》\s]{1,22}"
_LIST = re.compile(
    rf"(?:{_ITEM}|《[^》]{{2,40}}》|[“\"][^”\"]{{1,20}}[”\"])(?:、(?:{_ITEM}|《[^》]{{2,40}}》|[“\"][^”\"]{{1,20}}[”\"]))+"
)
#: what stands before the first item of a list and is no part of it
_BEFORE_LIST = re.compile(
    r".*(?:包括|包含|涵盖|涉及|得益于|实现了|聚焦|围绕|依托|支持|推动|开展|如|为|是|有|以|由|将|在|的|对|从|及其|等)(?=.)"
)
_AND = re.compile(r"(?<=.)(?:以及|和|与|及)(?=.)")


@dataclass(frozen=True)
class _Span:
    """Items found in a passage: their place in its words, and how well they fit the sort asked."""

    items: tuple[str, ...]
    start: int
    end: int
    fit: float


def spanned(
    question: Question, library: Library, ontology: Ontology, main_year: Callable[[str], str]
) -> list[Reading]:
    """Readings as spans of passages, best first. ``main_year``: the year that a document is about."""
    asked = asked_by(question)
    if asked.sort not in ("list", "thing", "time", "ordinal", "number", "document_number", "share"):
        return []
    wanted = wanted_by(question, ontology)
    if wanted.metrics and asked.sort in ("number", "share"):
        return []  # a figure of a known metric is recorded, or it is not
    mask = wanted.mask & ~_head(wanted.text, asked)
    weights = library.weights(wanted.text)
    total = sum(w for i, w in enumerate(weights) if mask >> i & 1)
    if not total:
        return []
    masked = "".join(ch if mask >> i & 1 else " " for i, ch in enumerate(wanted.text))
    readings = []
    for passage in library.nearest(masked, _LOOKED_INTO):
        if not question.scope.holds([passage.id]):
            continue
        around = [s.words for s in library.around(passage.section)]
        document = library.documents.get(passage.document)
        around.append(document.words if document else "")
        inside = covered(wanted.text, mask, (passage.words,))
        outside = covered(wanted.text, mask & ~inside, around)
        share = _weight(weights, inside) / total + _AROUND * _weight(weights, outside) / total
        if share < 0.45 or _another_period(passage, wanted, main_year(passage.document)):
            continue
        for span in _spans(passage, asked, wanted, ontology):
            near = _nearness(passage.words, span, wanted, mask, weights)
            score = min(1.0, share) * (0.55 + 0.25 * near + 0.2 * span.fit)
            readings.append(
                _reading(passage, span, score, inside | outside | _head(wanted.text, asked), share, near)
            )
    best: dict[tuple[str, ...], Reading] = {}
    for reading in sorted(readings, key=lambda r: (r.cost, repr(r.form))):
        assert reading.quoted is not None
        best.setdefault(reading.quoted.answers, reading)
    return list(best.values())[:4]


def _reading(
    passage: LibraryPassage, span: _Span, score: float, explained: int, share: float, near: float
) -> Reading:
    return Reading(
        form=Passages((passage.id,)),
        cost=round(1 - score, 4),
        explained=explained,
        rule="spanned",
        tree=f"spanned {'、'.join(span.items)}  share={share:.2f} near={near:.2f} "
        f"fit={span.fit:.2f}\n  {passage.words[:80]}",
        source="span",
        quoted=Quoted(span.items),
    )


def _weight(weights: tuple[float, ...], mask: int) -> float:
    return sum(w for i, w in enumerate(weights) if mask >> i & 1)


def _head(text: str, asked: Asked) -> int:
    """The characters of the noun that is asked after: they name the sort, not the content."""
    if not asked.head:
        return 0
    at = text.find(asked.head)
    return ((1 << len(asked.head)) - 1) << at if at >= 0 else 0


def _another_period(passage: LibraryPassage, wanted: Wanted, main_year: str) -> bool:
    """The passage names years and none of those that are asked for; where it names none, the
    document is about another year."""
    if not wanted.periods:
        return False
    named = set(re.findall(r"(?:19|20)\d\d", passage.words)) or ({main_year} if main_year else set())
    asked = {str(p.start.year) for p in wanted.periods} | {str(p.end.year) for p in wanted.periods}
    return bool(named) and not named & asked


def _nearness(words: str, span: _Span, wanted: Wanted, mask: int, weights: tuple[float, ...]) -> float:
    """How much of what the passage shares with the question stands in the clause of the span
    or the one before it."""
    breaks = [0, *(m.end() for m in _CLAUSE.finditer(words)), len(words)]
    first = max(b for b in breaks if b <= span.start)
    last = min((b for b in breaks if b >= span.end), default=len(words))
    before = max((b for b in breaks if b < first), default=0)
    shared = covered(wanted.text, mask, (words,))
    if not shared:
        return 0.0
    here = covered(wanted.text, mask, (words[first:last],))
    wider = covered(wanted.text, mask, (words[before:last],))
    whole = _weight(weights, shared)
    return (0.7 * _weight(weights, here) + 0.3 * _weight(weights, wider)) / whole


def _spans(passage: LibraryPassage, asked: Asked, wanted: Wanted, ontology: Ontology) -> Iterator[_Span]:
    words = passage.words
    if asked.sort == "list":
        yield from _lists(words, asked, wanted)
    elif asked.sort == "thing":
        yield from _things(words, asked, wanted, ontology)
    elif asked.sort == "time":
        for m in dimension_mentions(words):
            if m.kind == "period" or (
                m.kind == "quantity" and isinstance(m.value, Quantity) and _is_duration(m.value)
            ):
                yield _Span((m.text,), m.start, m.end, 1.0)
    elif asked.sort == "ordinal":
        for found in re.finditer(r"第[\d一二三四五六七八九十百]+(?:次|位|名|批|期|届|个)?", words):
            yield _Span(
                (found[0],), found.start(), found.end(), 1.0 if _unit_said(found[0][-1], wanted.text) else 0.5
            )
    elif asked.sort == "document_number":
        for found in re.finditer(r"[\u4e00-\u9fff]{1,8}[〔\[(]\d{4}[〕\])]\d+号", words):
            yield _Span((found[0],), found.start(), found.end(), 1.0)
    else:
        for m in dimension_mentions(words):
            if m.kind == "quantity" and isinstance(m.value, Quantity) and m.text not in wanted.text:
                fits = not wanted.measures or any(m.value.unit.endswith(u) for u in wanted.measures)
                if fits or asked.sort == "share":
                    yield _Span((m.text,), m.start, m.end, 0.6 * _said_of(words, m.start, wanted.text))


def _is_duration(quantity: Quantity) -> bool:
    return quantity.unit in ("年", "个月", "月", "天", "日", "小时", "周", "周年")


def _unit_said(unit: str, text: str) -> bool:
    return f"几{unit}" in text


def _said_of(words: str, at: int, text: str) -> float:
    """How much of the clause before a figure the question says: 1 where it speaks of the same."""
    start = max((m.end() for m in _CLAUSE.finditer(words[:at])), default=0)
    clause = words[start:at]
    if not clause:
        return 0.5
    mask = (1 << len(clause)) - 1
    return covered(clause, mask, (text,)).bit_count() / len(clause)


def _lists(words: str, asked: Asked, wanted: Wanted) -> Iterator[_Span]:
    """Items joined by 、 (and a last 和/及), without what stands before the first."""
    for found in _LIST.finditer(words):
        raw = [p for part in found[0].split("、") for p in _AND.split(part) if p]
        raw[0] = _BEFORE_LIST.sub("", raw[0]) or raw[0]
        last, etc, _ = raw[-1].partition("等")
        raw[-1] = last if etc and last else raw[-1]
        items = tuple(p.strip('“”"') for p in raw)
        if len(items) < 2 or any(i in wanted.text for i in items[1:-1]):
            continue
        fit = 0.6
        if asked.counts:
            fit += 0.4 if len(items) in asked.counts else -0.3
        behind = words[found.end() : found.end() + 14]
        if asked.head and asked.head[-2:] in (behind + found[0][-8:]):
            fit += 0.2
        yield _Span(items, found.start(), found.end(), max(0.0, min(1.0, fit)))


def _things(words: str, asked: Asked, wanted: Wanted, ontology: Ontology) -> Iterator[_Span]:
    """Names of the class asked after, and phrases that end in the noun asked after."""
    cls = ontology.class_for(asked.head) if asked.head else None
    subtype = ontology.subtype_for(asked.head) if asked.head else None
    want = {cls.name} if cls else {subtype.cls} if subtype else set()
    for m in open_names(words):
        fits = isinstance(m.value, OpenName) and (m.value.cls in want or not (want or asked.head))
        if fits and m.text not in wanted.text:
            yield _Span((m.text,), m.start, m.end, 0.9 if want else 0.5)
    if len(asked.head) >= 2:
        for found in re.finditer(rf"[^\W_]{{1,14}}?{re.escape(asked.head)}", words):
            phrase = _BEFORE_LIST.sub("", found[0])
            if phrase != asked.head and phrase not in wanted.text:
                yield _Span((phrase,), found.end() - len(phrase), found.end(), 0.8)
