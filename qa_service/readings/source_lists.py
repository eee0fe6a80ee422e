"""Readings about the list of numbered sources of a section: how many, which one is [3], is there a [9].

The section is the one whose title has most of the question's words, among those that have a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from ontology.lexicon.normalise import clean
from qa_service.passages.corpus import CorpusSection
from qa_service.questions.overlap import covered
from qa_service.questions.part_words import COUNTED, aside_words, stands
from qa_service.questions.parts import bits
from qa_service.questions.question import Question
from qa_service.readings.cited import Entry, source_entries
from qa_service.readings.reading import Quoted, Reading
from qa_service.rules.files import longest_first, word_file
from qa_service.session import Session
from queries.logical_form import Passages

_NUMBER = re.compile(r"第?[\[(【]?(\d{1,3})[\])】]?(?:条|号|篇|个|项)?")
_MARK = re.compile(r"[\[【]\d{1,3}[\]】]")
#: sections are asked for that have a source: 哪几节引用了
_CITING = re.compile(r"哪(?:几|些|一)?[章节](?:里|中)?(?:都|也)?(?:引用|引|参考|用到|列|提到)(?:了|过)?")
#: characters by which a source is named, at least
_NAMED = 4
#: share of the words that name the section
_LEAST = 0.6
_LONGEST = 60


@cache
def _words() -> Mapping[str, tuple[str, ...]]:
    return {k: longest_first(v) for k, v in word_file("source_lists").items()}


def listed_sources(question: Question, session: Session) -> list[Reading]:
    """Readings about the list of sources of the section that a question names."""
    text = question.clean
    words = _words()
    citing = _CITING.search(text)
    if citing:
        return _citing(question, bits(*citing.span()), session)
    list_words = stands(text, words["lists"])
    list_words |= stands(text, words["one"]) if _MARK.search(text) or "引用" in text else 0
    number = next((m for m in _NUMBER.finditer(text) if _numbers_a_source(m, text)), None)
    counted = COUNTED.search(text)
    whether = stands(text, words["whether"])
    which = re.search(r"哪|什么|啥", text)
    gaps = stands(text, words["gaps"]) if which else 0
    twice = stands(text, words["twice"]) if which else 0
    plain = counted or (number and (whether or which)) or re.search("哪些|列出", text)
    if not list_words or not (plain or gaps or twice):
        return []
    told = list_words | whether | aside_words(text) | stands(text, words["aside"]) | gaps | twice
    told |= question.scope.mask
    for m in (counted, *(n for n in _NUMBER.finditer(text) if _numbers_a_source(n, text))):
        told |= bits(m.start(), m.end()) if m else 0
    found = _section(question, told, session)
    if found is None:
        return []
    section, entries, explained, share = found
    name = f"{section.label} {section.title}".strip()
    if gaps or twice:
        found_of = _left_out(name, entries) if gaps else _said_twice(name, entries)
        if found_of is None:
            return []
        quoted, ids = found_of
    elif number and whether:
        quoted, ids = _whether(int(number[1]), name, entries)
    elif number and which and not counted:
        one = [e for e in entries if e.number == int(number[1])]
        if not one:
            quoted, ids = _whether(int(number[1]), name, entries)
        else:
            quoted, ids = Quoted(tuple(e.title[:_LONGEST] for e in one)), _ids(one)
    elif counted:
        numbers = "".join(f"[{e.number}]" for e in entries)
        quoted = Quoted((f"{len(entries)}条",), f"“{name}”列出资料来源{len(entries)}条：{numbers}。")
        ids = _ids(entries)
    else:
        quoted, ids = Quoted(tuple(e.title[:_LONGEST] for e in entries)), _ids(entries)
    return [
        Reading(
            form=Passages(ids),
            cost=round(1 - share, 4),
            explained=explained | told,
            rule="listed_sources",
            tree=f"listed_sources {name}: {len(entries)} entries, share {share:.2f}",
            source="span",
            quoted=quoted,
            whole=True,
        )
    ]


def _citing(question: Question, told: int, session: Session) -> list[Reading]:
    """The sections whose list of sources has the one that the question names: 哪几节引用了甲公报."""
    text, corpus = question.clean, session.corpus
    need = question.content() & ~told & ~aside_words(text) & ~question.scope.mask
    if need.bit_count() < _NAMED:
        return []
    names: dict[str, list[Entry]] = {}
    for section in _with_lists(session):
        entries = source_entries(section.id, section.document, corpus)
        held = [e for e in entries if covered(text, need, (clean(e.title).text,)) == need]
        if held and question.scope.holds([e.passage.id for e in held]):
            names[f"{section.label} {section.title}".strip()] = held
    if not names:
        return []
    found = [e for entries in names.values() for e in entries]
    shown = "；".join(f"“{name}”[{e.number}] {e.title}" for name, held in names.items() for e in held)
    return [
        Reading(
            form=Passages(_ids(found)),
            cost=0.0,
            explained=need | told | question.content(),
            rule="citing_sections",
            tree=f"citing_sections: {len(names)} sections",
            source="span",
            quoted=Quoted(tuple(names), f"资料来源中列有它的是：{shown}。"),
            whole=True,
        )
    ]


def _numbers_a_source(m: re.Match[str], text: str) -> bool:
    """[9], 第9条: not the number of a chapter, a year or a count."""
    return m[0] != m[1] and not text.startswith(("章", "节", "年"), m.end()) and m[0][-1] not in "个项"


def _whether(number: int, name: str, entries: Sequence[Entry]) -> tuple[Quoted, tuple[str, ...]]:
    one = [e for e in entries if e.number == number]
    numbers = "".join(f"[{e.number}]" for e in entries)
    if one:
        return Quoted(("有",), f"“{name}”的资料来源有第{number}条：{one[0].title}。"), _ids(one)
    return Quoted(("没有",), f"“{name}”的资料来源没有第{number}条，只列出{numbers}。"), _ids(entries)


def _left_out(name: str, entries: Sequence[Entry]) -> tuple[Quoted, tuple[str, ...]] | None:
    """The numbers that the list leaves out up to its last."""
    numbers = {e.number for e in entries}
    missing = [n for n in range(1, max(numbers, default=0)) if n not in numbers]
    if not missing:
        return None
    told = "".join(f"[{n}]" for n in sorted(numbers))
    text = f"“{name}”的资料来源列出{told}，缺{'、'.join(f'[{n}]' for n in missing)}。"
    return Quoted(tuple(f"[{n}]" for n in missing), text), _ids(entries)


def _said_twice(name: str, entries: Sequence[Entry]) -> tuple[Quoted, tuple[str, ...]] | None:
    """The entries that have the same title."""
    alike = [e for e in entries if sum(o.title == e.title for o in entries) > 1]
    if not alike:
        return None
    items = [*(f"[{e.number}]" for e in alike), *dict.fromkeys(e.title[:_LONGEST] for e in alike)]
    told = "；".join(f"[{e.number}] {e.title}" for e in alike)
    return Quoted(tuple(items), f"“{name}”的资料来源中标题相同的：{told}。"), _ids(alike)


def _ids(entries: Sequence[Entry]) -> tuple[str, ...]:
    return tuple(e.passage.id for e in entries)


def _section(
    question: Question, told: int, session: Session
) -> tuple[CorpusSection, Sequence[Entry], int, float] | None:
    """The section with a list of sources that the question names, its entries, the characters that
    name it and their share; None where none or several alike."""
    corpus, text, scope = session.corpus, question.clean, question.scope
    weights = corpus.weights(text)
    # what stands in no title, names no section: 正文末尾挂了个[9]号引用
    sections = list(_with_lists(session))
    need = covered(text, question.content() & ~told, [s.words for s in sections])
    total = sum(w for i, w in enumerate(weights) if need >> i & 1)
    found: list[tuple[float, CorpusSection, int]] = []
    for section in sections:
        if scope.documents and section.document not in scope.documents:
            continue
        if scope.sections and not scope.sections & {s.id for s in corpus.around(section.id)}:
            continue
        named = covered(text, need, (section.words,))
        score = sum(w for i, w in enumerate(weights) if named >> i & 1) / total if total else 0.0
        if not total and section.id in scope.sections:
            score = 1.0  # 第2章第3节
        found.append((score, section, named))
    found.sort(key=lambda f: (-f[0], f[1].id))
    if not found or found[0][0] < _LEAST or (len(found) > 1 and found[0][0] == found[1][0]):
        return None
    score, section, named = found[0]
    return section, source_entries(section.id, section.document, corpus), named, min(1.0, score)


def _with_lists(session: Session) -> Iterator[CorpusSection]:
    """The innermost sections that have a list of sources."""
    holding = {p.section for p in session.corpus.passages if p.kind == "source"}
    for ident in sorted(holding):
        if ident in session.corpus.sections:
            yield session.corpus.sections[ident]
