"""Where something stands that a question repeats: document, section and the numbered source.

全省平均93%这个数出自哪里 says a fact and asks for its place. The passage that says it is found by
its figures and words; a mark [n] behind the fact leads to the entry [n] of its section's list of
sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from graph.store import GraphStore
from graph.types import CypherStatement
from qa_service.passages.corpus import Corpus, CorpusPassage, CorpusSection
from qa_service.questions.overlap import covered
from qa_service.questions.part_words import stands
from qa_service.questions.parts import bits
from qa_service.questions.question import Question
from qa_service.readings.reading import Quoted, Reading
from qa_service.rules.files import word_file
from qa_service.session import Session
from queries.logical_form import Passages

#: passages that are looked at
_LOOKED_AT = 80
#: what the titles around a passage count
_AROUND = 0.8
#: share of the fact's words that the passage has at least
_LEAST = 0.5
#: where no figure tells the passage
_LEAST_ALIKE = 0.75
_LONGEST = 60
#: a fact without figures has so many characters
_SHORTEST = 4
_MARK = re.compile(r"\[(\d+)\]")
_ENTRY = re.compile(r"^\s*\[(\d+)\]\s*(.+)$", re.DOTALL)
_URL = re.compile(r"\s*[:：]?\s*(https?://\S+)")
#: a year is no figure by which a passage is known
_NUMBER = re.compile(r"(?<![\d.])\d+(?:[.,]\d+)*(?![\d年])")
#: what speaks for a passage that names its source; more where that is what is asked for
_SOURCED, _SOURCE_ASKED = 0.05, 0.15
#: a source is asked for, not a place in the text
_ASKS_SOURCE = re.compile("[篇引]|来源|文献|网站|媒体|公报|研究")
#: 数据来自哪里: the source, whatever stands between
_COMES_FROM = re.compile("来自|源自|来源于|引自|取自")
#: what a sentence says that it goes by: 根据《…》
_BASIS = re.compile(r"(?:根据|依据|按照|按|参照|对照|遵照|落实|贯彻)(?:执行|落实)?《([^》]{2,60})》")
_ASKS_BASIS = re.compile("根据|依据|按照?|参照|对照|照")
#: 说的是哪几年: the years of the fact
_YEARS = re.compile(r"(?:19|20)\d\d(?:年?[-—至到](?:(?:19|20)\d\d))?年?")
#: where something is, who gave it out
_ONLY_WHERE = re.compile(r"(?:是)?(?:在[哪何什][\w]{0,4}|(?:谁|哪[一个]?家?)[^,]{0,4}(?:发布?|公布)出?的)")
#: characters around a figure in which what it is of is said
_NEAR = 40
_CITES = "MATCH (p:Passage) WHERE p.id IN $ids RETURN p.id AS id, p.cites AS cites ORDER BY id"


@cache
def _words() -> Mapping[str, tuple[str, ...]]:
    raw = word_file("cited")
    return {k: tuple(str(w) for w in v) for k, v in raw.items()}


@cache
def _asks() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in _words()["asks"]))


@cache
def _of_year() -> re.Pattern[str]:
    return re.compile("|".join(_words()["of_year"]))


@cache
def _which_year() -> re.Pattern[str]:
    return re.compile("|".join(_words()["which_year"]))


@cache
def _which_number() -> re.Pattern[str]:
    return re.compile("|".join(_words()["which_number"]))


@dataclass(frozen=True)
class _Asked:
    """How the question asks: the words that ask for the source, the year that it names (是2023年的吗,
    "" for none), and whether it asks for the years of the fact."""

    words: str
    year: str
    which_year: bool
    #: the number in the list of sources is asked for, and whether that list has it
    number: bool = False
    listed: bool = False


@dataclass(frozen=True)
class _Fact:
    """What the question repeats: its characters, and the numbers in it."""

    text: str
    mask: int
    numbers: frozenset[str]


@dataclass(frozen=True)
class Entry:
    """An entry of a list of sources: ``[n] title: url``."""

    passage: CorpusPassage
    number: int
    title: str
    url: str


def cited(question: Question, session: Session) -> list[Reading]:
    """Readings as the place of a fact that the question repeats, best first."""
    text = question.clean
    asks = _asks().search(text)
    if asks is None:
        return []
    if _only_where(question, asks):
        return []
    year = _of_year().search(text)
    rest = f"{text[: asks.start()]}{' ' * len(asks[0])}{text[asks.end() :]}"
    which_year = None if year else _which_year().search(rest)
    number = _which_number().search(text) is not None
    told = bits(asks.start(), asks.end()) | stands(text, _words()["aside"])
    if number:
        told |= stands(text[: asks.start()], _words()["aside"]) | stands_behind(text, asks.end())
    for said in (year, which_year):
        told |= bits(said.start(), said.end()) if said else 0
    how = _Asked(asks[0], next(filter(None, year.groups()), "") if year else "", which_year is not None)
    if number:
        how = replace(how, number=True, listed=any(w in text[asks.end() :] for w in _words()["listed"]))
    mask = question.content() & ~told
    mask &= ~stands(text, _words()["aside"]) & ~(told if number else 0)
    masked = "".join(ch if mask >> i & 1 or ch in ".%" else " " for i, ch in enumerate(text))
    fact = _Fact(text, mask, frozenset(_NUMBER.findall(masked)))
    corpus = session.corpus
    weights = corpus.weights(text)
    total = sum(w for i, w in enumerate(weights) if mask >> i & 1)
    if not total or (not fact.numbers and mask.bit_count() < _SHORTEST):
        return []
    found = []
    for passage in _candidates(fact, masked, question, corpus):
        document = corpus.documents.get(passage.document)
        around = [*(s.words for s in corpus.around(passage.section)), document.words if document else ""]
        inside = covered(text, mask, (passage.words,))
        outside = covered(text, mask & ~inside, around)
        share = (
            sum(
                w * (1.0 if inside >> i & 1 else _AROUND)
                for i, w in enumerate(weights)
                if (inside | outside) >> i & 1
            )
            / total
        )
        if share >= (_LEAST if fact.numbers else _LEAST_ALIKE):
            near = covered(text, mask, _windows(passage, fact))
            close = sum(w for i, w in enumerate(weights) if near >> i & 1) / total
            # of several that say it the one that names its source
            sourced = _SOURCE_ASKED if _ASKS_SOURCE.search(asks[0]) else _SOURCED
            sourced *= bool(_MARK.search(passage.words))
            found.append((0.5 * share + 0.5 * close + sourced, passage, inside | outside, share))
    found.sort(key=lambda f: (-round(f[0], 3), len(f[1].words), f[1].id))
    readings = [
        _reading(share, passage, explained | told, fact, how, session)
        for _, passage, explained, share in found[:2]
    ]
    return [replace(r, cost=r.cost + 0.02 * n) for n, r in enumerate(readings)]


def stands_behind(text: str, at: int) -> int:
    """The characters behind the words that ask for a source's number that ask more of it."""
    return stands(text[at:], _words()["of_number"]) << at


def _only_where(question: Question, asks: re.Match[str]) -> bool:
    """甲厂在哪里, 甲纲要是谁发的: where a thing is or whose, not where something stands of it."""
    if not _ONLY_WHERE.fullmatch(asks[0]):
        return False
    told = bits(asks.start(), asks.end())
    for a in question.segments:
        if any(m.kind in ("entity", "word", "period") for m in a):
            told |= bits(a[0].start, a[0].end)
    return not question.content() & ~told


def _windows(passage: CorpusPassage, fact: _Fact) -> list[str]:
    """What stands around the fact's figures; the whole passage where it has none."""
    found = []
    for m in _NUMBER.finditer(passage.words):
        if m[0] in fact.numbers:
            found.append(passage.words[max(0, m.start() - _NEAR) : m.end() + _NEAR])
    return found or [passage.words]


def _candidates(fact: _Fact, masked: str, question: Question, corpus: Corpus) -> Iterable[CorpusPassage]:
    """Passages with all figures of the fact; without figures those alike."""
    for passage in corpus.nearest(masked, _LOOKED_AT):
        if _ENTRY.match(passage.text) or not question.scope.holds([passage.id]):
            continue
        if fact.numbers <= set(_NUMBER.findall(passage.words)):
            yield passage


def _reading(
    share: float,
    passage: CorpusPassage,
    explained: int,
    fact: _Fact,
    asked: _Asked,
    session: Session,
) -> Reading:
    corpus = session.corpus
    entries = _entries(passage, fact, session.store, corpus)
    document = corpus.documents.get(passage.document)
    name = document.name if document else passage.document
    line = corpus.around(passage.section)
    titles = [s for s in line if s.title]
    place = "".join(f"{s.label}“{s.title}”" if s.label else f"“{s.title}”" for s in reversed(titles[-2:]))
    answers = [e.title[:_LONGEST] for e in entries]
    levels = _level_asked(asked.words, line)
    place_asked = re.search(r"[章节]|部分|哪里|哪儿|何处|什么地方", asked.words)
    if entries and place_asked and not _COMES_FROM.search(asked.words):
        answers += [f"{s.label} {s.title}".strip()[:_LONGEST] for s in levels or titles[:1]]
    if not entries:
        answers = [name[:_LONGEST], *([titles[0].title[:_LONGEST]] if titles and not levels else [])]
        answers += [f"{s.label} {s.title}"[:_LONGEST] for s in levels]
    text = f"见《{name}》{place}。"
    basis = _BASIS.findall(passage.text) if _ASKS_BASIS.search(asked.words) else []
    if basis:
        answers = [title[:_LONGEST] for title in basis]
        text = f"见《{name}》{place}，该处写明根据{'、'.join(f'《{title}》' for title in basis)}。"
    if entries:
        sources = "；".join(f"[{e.number}] {e.title}" + (f"（{e.url}）" if e.url else "") for e in entries)
        text = f"见《{name}》{place}，该处注明的资料来源是：{sources}。"
    if asked.number:
        numbers = [e.number for e in entries] or _numbers(passage, fact, session.store)
        answers = [f"[{n}]" for n in numbers]
        known = "有" if entries else "没有"
        answers += [known] if asked.listed else [e.title[:_LONGEST] for e in entries]
        if not entries:
            text += f"该处标的是{''.join(answers[: len(numbers)])}，所在各节的资料来源里没有这个编号。"
    if asked.year:
        said = _year_said(entries, passage)
        if said:
            same = said == asked.year
            answers.append("是" if same else "否")
            text += f"{'是' if same else '不是'}{asked.year}年的数" + (
                "。" if same else f"，资料是{said}年的。"
            )
    if asked.which_year:
        years = _year_in(" ".join(e.title for e in entries)) or _years_of(fact, passage)
        years = years or _year_said(entries, passage)
        if years:
            answers.append(years if years.endswith("年") else f"{years}年")
            text += f"说的是{answers[-1]}。"
    ids = tuple(dict.fromkeys([passage.id, *(e.passage.id for e in entries)]))
    return Reading(
        form=Passages(ids),
        cost=round(0.25 * (1 - min(1.0, share)), 4),
        explained=explained,
        rule="cited",
        tree=f"cited share={share:.2f}\n  {passage.words[:80]}",
        source="span",
        quoted=Quoted(tuple(dict.fromkeys(answers)), text),
        whole=bool(asked.year) or asked.which_year or asked.number,
    )


def _level_asked(asks: str, line: Sequence[CorpusSection]) -> list[CorpusSection]:
    """在哪一章: the chapter around the passage, not the smallest part."""
    m = re.search(r"专栏|[章节]", asks)
    return [s for s in line if m and m[0] in (s.label or "")][:1]


def _entries(passage: CorpusPassage, fact: _Fact, store: GraphStore, corpus: Corpus) -> list[Entry]:
    """The entries of the source list that the passage cites for the fact."""
    numbers = _numbers(passage, fact, store)
    for wider in corpus.around(passage.section):
        entries = source_entries(wider.id, passage.document, corpus)
        if entries:  # the list of another section has the same numbers for other sources
            return [e for n in numbers for e in entries if e.number == n]
    return []


def _numbers(passage: CorpusPassage, fact: _Fact, store: GraphStore) -> list[int]:
    """The numbers of the sources that the passage cites for the fact, else of all that it cites."""
    numbers = _marks(passage, fact)
    for _, cites in [] if numbers else store.read(CypherStatement(_CITES, {"ids": [passage.id]})).rows:
        listed = cites if isinstance(cites, list | tuple) else ()
        numbers = [int(str(n)) for n in listed if str(n).isdigit()]
    return numbers


def _marks(passage: CorpusPassage, fact: _Fact) -> list[int]:
    """The marks [n] right behind the last of the fact's figures, [] where there are none."""
    last = max((passage.words.rfind(n) for n in fact.numbers), default=-1)
    behind = re.search(r"(?:\[\d+\])+", passage.words[max(0, last) :])
    return [int(n) for n in _MARK.findall(behind[0])] if behind else []


def source_entries(section: str, document: str, corpus: Corpus) -> list[Entry]:
    """The entries of the lists of sources that lie in a section."""
    found = []
    inside = [p for p in corpus.passages if p.document == document]
    for n, passage in enumerate(inside):
        m = _ENTRY.match(passage.text)
        if m is None or section not in {s.id for s in corpus.around(passage.section)}:
            continue
        url = _URL.search(m[2])
        following = inside[n + 1].text.strip() if n + 1 < len(inside) else ""
        title = _URL.sub("", m[2]).strip().rstrip("：:- ")
        address = url[1] if url else following if re.fullmatch(r"https?://\S+", following) else ""
        found.append(Entry(passage, int(m[1]), title, address))
    return found


def _years_of(fact: _Fact, passage: CorpusPassage) -> str:
    """The years that stand before the fact's figure in its clause, "" where there are none."""
    for m in _NUMBER.finditer(passage.words):
        if m[0] in fact.numbers:
            start = max(passage.words.rfind(mark, 0, m.start()) for mark in "。;")
            found = list(_YEARS.finditer(passage.words, start + 1, m.start()))
            if found:
                return found[-1][0]
    return ""


def _year_said(entries: Sequence[Entry], passage: CorpusPassage) -> str:
    """The one year that the sources, else the passage itself, are of; "" where not clear."""
    return _year_in(" ".join(e.title for e in entries)) or _year_in(passage.words)


def _year_in(text: str) -> str:
    years = {m[0] for m in re.finditer(r"(?<!\d)(?:19|20)\d\d(?=年)", text)}
    return str(years.pop()) if len(years) == 1 else ""
