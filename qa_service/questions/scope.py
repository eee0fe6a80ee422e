"""The documents and sections that a question asks of: 澧县方案里, 质量强省规划, 专栏7, 问题分析里.

Such a phrase says where the answer has to stand; it is no part of what is asked. A phrase is a
word for a kind of document (方案, 报告) with the words before it that a document accounts for
(its title, place, issuer, year), or the label or title of a section. Several documents are kept
where the phrase fits several alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from ontology.errors import IllTypedForm
from ontology.gazetteer import gazetteer
from ontology.lexicon.dimensions.number import chinese
from ontology.model import Ontology
from ontology.structure import IN_DOCUMENT, IN_SECTION
from qa_service.passages.corpus import Corpus, CorpusDocument, flat
from qa_service.questions.overlap import pairs
from qa_service.questions.parts import bits
from qa_service.questions.places import places_in
from qa_service.questions.question import Question, Scope
from qa_service.readings.cards import Cards
from qa_service.rules.files import word_file
from queries.check import classes_of
from queries.logical_form import (
    Both,
    Count,
    Direction,
    Either,
    Entity,
    EntitySet,
    Except,
    Exists,
    Follow,
    LogicalForm,
    Within,
)

#: characters of a document's own words that a phrase needs, apart from the word for its kind
_TELLING = 2
#: a section's title stands for it from so many characters on
_TITLE = 4
#: opening passages that tell what a document is about
_OPENING = 3
_BOX = re.compile(r"(?:专栏|附件|附表|表)\s?(\d+|[一二三四五六七八九十]+)")
_CHAPTER = re.compile(r"第(\d+|[一二三四五六七八九十]+)(?:章|部分)(?:第(\d+|[一二三四五六七八九十]+)节)?")


@dataclass(frozen=True)
class _Words:
    kinds: Mapping[str, int]
    chaptered: int
    plain: int
    any: frozenset[str]
    markers: tuple[str, ...]
    before: tuple[str, ...]
    pointing: tuple[str, ...]
    behind: tuple[str, ...]
    mentioned: re.Pattern[str]
    asked_for: re.Pattern[str]


@cache
def _words() -> _Words:
    raw = word_file("scope")
    kinds = {str(w): n for n, words in enumerate(raw["kinds"]) for w in words}
    return _Words(
        kinds=kinds,
        chaptered=kinds[raw["chaptered"]],
        plain=kinds[raw["plain"]],
        any=frozenset(raw["any"]),
        markers=tuple(sorted(raw["markers"], key=len, reverse=True)),
        before=tuple(sorted((str(w) for w in raw["before"]), key=len, reverse=True)),
        pointing=tuple(raw["pointing"]),
        behind=tuple(sorted(raw["behind"], key=len, reverse=True)),
        mentioned=re.compile(raw["mentioned"]),
        asked_for=re.compile(raw["asked_for"]),
    )




def scoped(question: Question, corpus: Corpus, cards: Cards) -> Question:
    """The question with what it says of where the answer stands.

    >>> scoped(analysed("澧县方案里有几项任务"), corpus, cards).scope.documents    # doctest: +SKIP
    frozenset({'plan.txt'})
    """
    found = [*_documents(question.clean, corpus, cards)]
    documents = frozenset(d for _, ids in found for d in ids)
    classes = {bits(a[0].start, a[0].end) for a in question.segments if any(m.kind == "class" for m in a)}
    # a title that is the word for what is asked (重点任务) says nothing of where
    sections = [
        (span, ids)
        for span, title, ids in _sections(question.clean, corpus, documents)
        if title not in classes
    ]
    if not found and not sections:
        return question
    mask = 0
    for span, _ in found:
        mask |= span
    inside: set[str] = set()
    for span, ids in sections:
        mask |= span
        inside |= ids
    if inside & corpus.sections.keys():
        documents = frozenset(corpus.sections[s].document for s in inside if s in corpus.sections)
    held = None
    if inside:
        held = frozenset(
            p.id for p in corpus.passages if any(s.id in inside for s in corpus.around(p.section))
        )
    return replace(question, scope=Scope(mask, documents, frozenset(inside), held))


# ---- documents -------------------------------------------------------------------------------


def _documents(text: str, corpus: Corpus, cards: Cards) -> Iterator[tuple[int, frozenset[str]]]:
    """(characters, documents) of each phrase that names a document."""
    taken = 0
    for start, end, word in _kind_words(text):
        if taken & bits(start, end) or _words().asked_for.search(text[:start]):
            continue  # 哪家报纸说的: asked for, not said
        best: list[tuple[int, int, str]] = []
        for document in corpus.documents.values():
            if not _of_kind(word, document, corpus):
                continue
            first, telling = _accounted(text, start, document, corpus, cards)
            if _of_another_place(text, first, document):
                continue
            if word in document.words and (first == 0 or not text[first - 1].isalnum()):
                telling += max(0, len(word) - 2)  # 评价要求: more than the bare kind, nothing before it
            best.append((telling, first, document.id))
        if not best:
            continue
        most = max(b[0] for b in best)
        first = min(b[1] for b in best if b[0] == most)
        ids = frozenset(b[2] for b in best if b[0] == most)
        marked = (
            text.startswith(_words().markers, end)
            or text[:start].endswith(_words().pointing)
            or any(p.match(text, end) for p in (_BOX, _CHAPTER))
        )
        if most < _TELLING and not (marked and (word not in _words().any or most)):
            continue
        if len(ids) > 2 and most < 2 * _TELLING:
            continue
        mentioned = _words().mentioned.match(text, end)
        if mentioned:
            # 规划里提到的秘书处: it is named there; what is asked of it may stand elsewhere
            ids = frozenset()
        marker = _marker(text, end, *_words().behind)
        span = bits(first, mentioned.end()) if mentioned else bits(first, end) | marker
        taken |= span
        yield span, ids


def kind_words() -> tuple[str, ...]:
    """Words for kinds of documents and for any document, longest first."""
    return tuple(sorted({*_words().kinds, *_words().any}, key=lambda w: (-len(w), w)))


def _kind_words(text: str) -> list[tuple[int, int, str]]:
    """Words for kinds of documents, longest first, where they stand."""
    found: list[tuple[int, int, str]] = []
    for word in kind_words():
        for m in re.finditer(re.escape(word), text):
            if not any(m.start() < e and s < m.end() for s, e, _ in found):
                found.append((m.start(), m.end(), word))
    return sorted(found)


def _of_kind(word: str, document: CorpusDocument, corpus: Corpus) -> bool:
    if word in _words().any:
        return True
    said = {n for w, n in _words().kinds.items() if w in document.words}
    if not said and document.id not in corpus.written:
        return False
    if not said:
        chapters = any(s.kind == "chapter" and s.document == document.id for s in corpus.sections.values())
        said = {_words().chaptered if chapters else _words().plain}
    return _words().kinds[word] in said


def _accounted(
    text: str, end: int, document: CorpusDocument, corpus: Corpus, cards: Cards
) -> tuple[int, int]:
    """How far back from ``end`` the document accounts for every character, and how many of
    them are words of its own."""
    title, around, single = _own_words(document, corpus, cards)
    at, first, telling = end, end, 0
    while at > 0:
        step = next((w for w in _words().before if text.endswith(w, 0, at)), "")
        run = 0
        for length in range(min(at, 24), 1, -1):
            piece = text[at - length : at]
            if piece in single or all(p in title or p in around for p in pairs(piece)):
                run = length
                break
        if run:
            piece = text[at - run : at]
            at -= run
            first = at
            year = re.fullmatch(r"(?:19|20)\d\d年?", piece) is not None
            telling += (
                1 if year else run if piece in single or any(p in title for p in pairs(piece)) else run // 2
            )
        elif step:
            at -= len(step)
            first = at if telling or step in _words().pointing else first
        else:
            break
    return first, telling


def _of_another_place(text: str, first: int, document: CorpusDocument) -> bool:
    """常德市方案 is no plan of a county, though a city has plans: the place right before a phrase
    is the document's own, where it has one."""
    before = [code for start, end, code in places_in(text) if start < first <= end]
    return bool(before) and bool(document.place) and document.place not in before


def _own_words(
    document: CorpusDocument, corpus: Corpus, cards: Cards
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """(pairs of its title, pairs of its opening and chapters, whole words: year, place)."""
    chapters = [
        s.words for s in corpus.sections.values() if s.document == document.id and s.kind == "chapter"
    ]
    opening = [p.words for p in corpus.passages if p.document == document.id][:_OPENING]
    year = cards.main_year(document.id)
    single = {year, f"{year}年"} if year else set()
    single |= set(re.findall(r"(?:19|20)\d\d年?", document.words))
    place = gazetteer().place(document.place) if document.place else None
    if place is not None:
        single |= {place.name, place.short}
    plain = flat(re.sub(r"[“”\"《》]", "", document.name))
    return (
        frozenset([*pairs(document.words), *pairs(plain)]),
        frozenset(p for words in (*chapters, *opening) for p in pairs(words)),
        frozenset(single),
    )


def _marker(text: str, end: int, *more: str) -> int:
    """The characters of 里, 中 … behind a phrase."""
    for marker in (*more, "里面", "里头", "当中", "里", "中", "上"):
        if text.startswith(marker, end):
            return bits(end, end + len(marker))
    return 0


# ---- sections ---------------------------------------------------------------------------------


def _sections(
    text: str, corpus: Corpus, documents: frozenset[str]
) -> Iterator[tuple[int, int, frozenset[str]]]:
    """(characters, those of the title, sections) of labels (专栏7, 第三章) and of titles in front
    of 里, 中 …; a label that the documents do not have names a section that is not there."""
    for m in [*_BOX.finditer(text), *_CHAPTER.finditer(text)]:
        key = _label(m[0])
        ids = frozenset(
            s.id
            for s in corpus.sections.values()
            if (not documents or s.document in documents) and key == _place_of(s.id, corpus)
        )
        if ids or documents:
            span = bits(m.start(), m.end())
            yield span | _marker(text, m.end()), 0, ids or frozenset([f"section:?/{key}"])
    for section in corpus.sections.values():
        title = flat(section.title)
        if len(title) < _TITLE or (documents and section.document not in documents):
            continue
        at = text.find(title)
        if at >= 0 and text.startswith(_words().markers, at + len(title)):
            span = bits(at, at + len(title))
            yield span | _marker(text, at + len(title)), span, frozenset([section.id])


def _place_of(section: str, corpus: Corpus) -> str:
    """The label of a section with that of the chapter it is in, as digits: 第3章第1节 → 3.1."""
    own = corpus.sections[section]
    label = _label(own.label)
    if own.wider and re.fullmatch(r"第.+节", own.label):
        return f"{_label(corpus.sections[own.wider].label)}/{label}"
    return label


def _label(label: str) -> str:
    """第三章 and 第3章, 专栏 一 and 专栏1 alike."""

    def digits(m: re.Match[str]) -> str:
        value = chinese(m[0])
        return str(int(value)) if value is not None else m[0]

    flat_label = re.sub(r"[一二三四五六七八九十]+", digits, re.sub(r"\s", "", label))
    return re.sub(r"(章)(第\d+节)$", r"\1/\2", flat_label)


# ---- what it restricts ---------------------------------------------------------------------------


def part_classes(ontology: Ontology) -> frozenset[str]:
    """Classes of parts of documents that have names (tasks, phases, sections …)."""
    return frozenset(c for c in ontology.relations[IN_DOCUMENT].domain if not ontology.classes[c].structural)


def restricted(form: LogicalForm, scope: Scope, ontology: Ontology) -> LogicalForm:
    """The form with its parts of documents restricted to the scope; other things are not of a
    document, only their evidence is."""
    if isinstance(form, Count):
        inner = restricted(form.source, scope, ontology)
        return Count(inner)  # type: ignore[arg-type]
    if isinstance(form, Exists):
        return Exists(restricted(form.source, scope, ontology))  # type: ignore[arg-type]
    if isinstance(form, Except):
        return Except(restricted(form.source, scope, ontology), form.excluded)  # type: ignore[arg-type]
    if isinstance(form, Both | Either | Follow | Within) or type(form).__name__ == "Instances":
        try:
            classes = classes_of(form, ontology)  # type: ignore[arg-type]
        except IllTypedForm:
            return form  # refused when it is compiled
        if classes and classes <= part_classes(ontology):
            return Both(form, parts_in(scope.documents, classes, scope.sections))  # type: ignore[arg-type]
    return form


def parts_in(documents: Iterable[str], classes: frozenset[str], sections: Iterable[str] = ()) -> EntitySet:
    """The parts of documents (or of their sections) of these classes."""
    way: Direction = "in"
    cls = next(iter(classes)) if len(classes) == 1 else ""
    whole: list[EntitySet] = [Follow(Entity(s), IN_SECTION, way, cls=cls) for s in sorted(sections)]
    if not whole:
        whole = [Follow(Entity(f"document:{d}"), IN_DOCUMENT, way, cls=cls) for d in sorted(documents)]
    form = whole[0]
    for other in whole[1:]:
        form = Either(form, other)
    return form
