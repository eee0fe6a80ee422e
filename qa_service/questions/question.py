"""A question as characters with what they mean: normalise → mentions → one segmentation.

The words come from the ontology, from ``rules/words.yaml``, from the names in the graph
and from the gazetteer; numbers and periods from the lexicon's dimensions.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from ontology.lexicon.dimensions import mentions as dimension_mentions
from ontology.lexicon.dimensions.period import parse as parse_period
from ontology.lexicon.mention import Mention, Period
from ontology.lexicon.normalise import clean
from ontology.model import Ontology
from qa_service.rules.words import structural_words
from qa_service.settings import wished

#: in a question a year stands without 年 too: 湖南 合格率 2024
_BARE_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?![\d年])")
#: and a plan's five years without quotes: 甲园十三五做到多少; not the plan itself (十四五规划)
_BARE_PLAN = re.compile(
    r"(?<![“\"一二三四五六七八九十])十[二三四五六]五(?![”\"\d十百千万年月日个家项条]|规划|计划|纲要)"
)
#: (start, end, what the characters between may mean)
Span = tuple[int, int, list[Mention]]


@dataclass(frozen=True)
class Scope:
    """Where the answer has to stand: in these documents, of these in these sections (empty: all),
    thus in these passages (None: all of the documents). ``mask`` are the characters that say so."""

    mask: int = 0
    documents: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()
    passages: frozenset[str] | None = None

    def holds(self, passages: Iterable[str]) -> bool:
        """Whether one of the passages (references) lies in it; everything does where it is empty."""
        if not self.documents:
            return True
        if self.passages is not None:
            return any(p in self.passages for p in passages)
        return any(p.rpartition("#")[0] in self.documents for p in passages)


#: rows of an answer where nobody asks for more
ROWS: Final = 200


@dataclass(frozen=True)
class Question:
    """``segments`` are non-overlapping stretches in order, each with all that it may mean;
    ``scope`` is where the answer has to stand."""

    text: str
    clean: str
    segments: tuple[tuple[Mention, ...], ...]
    english: bool
    today: date
    scope: Scope = Scope()
    #: passages that answered the part before this one
    near: frozenset[str] = frozenset()
    #: rows that the answer may have
    most: int = ROWS

    def inside_scope(self, alternatives: tuple[Mention, ...]) -> bool:
        """The stretch only says where the answer has to stand."""
        first = alternatives[0]
        return first.end > first.start and all(
            self.scope.mask >> i & 1 for i in range(first.start, first.end)
        )

    def periods(self) -> tuple[Period, ...]:
        """The periods that the question names, in order."""
        return tuple(
            m.value
            for alternatives in self.segments
            if not self.inside_scope(alternatives)
            for m in alternatives
            if m.kind == "period" and isinstance(m.value, Period)
        )

    def outside_names(self) -> str:
        """The text with the names of things and metrics left blank, for what else it
        says: 社零总额 asks for no sum."""
        text = list(self.clean)
        for alternatives in self.segments:
            if any(m.kind in ("entity", "metric") for m in alternatives):
                start, end = alternatives[0].start, alternatives[0].end
                text[start:end] = " " * (end - start)
        return "".join(text)

    def content(self) -> int:
        """A mask of the characters that have to be explained: not filler, not punctuation."""
        mask = 0
        for i, ch in enumerate(self.clean):
            if ch.isalnum():
                mask |= 1 << i
        for alternatives in self.segments:
            if all(m.rule == "filler" for m in alternatives):
                for i in range(alternatives[0].start, alternatives[0].end):
                    mask &= ~(1 << i)
        return mask & ~self.scope.mask


class Vocabulary:
    """Surfaces → what they mean, with a longest length per first character."""

    def __init__(self, entries: Iterable[tuple[str, Mention]]) -> None:
        self._table: dict[str, list[Mention]] = defaultdict(list)
        self._longest: dict[str, int] = {}
        for surface, meaning in entries:
            key = clean(surface).text.lower().strip()
            if key and meaning not in self._table[key]:
                self._table[key].append(meaning)
                self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))

    def find(self, text: str) -> list[Span]:
        """All matches, at every start and of every length."""
        found = []
        for i, ch in enumerate(text):
            for length in range(min(self._longest.get(ch, 0), len(text) - i), 0, -1):
                key = text[i : i + length]
                if key in self._table and _whole_word(text, i, i + length):
                    found.append((i, i + length, self._table[key]))
        return found


#: 甲厂*所在*产业链, and 甲厂*所在的*产业链
_STANDS = "所在"


def ontology_vocabulary(ontology: Ontology) -> Vocabulary:
    """The ontology's words and the structural words of questions."""

    def entries() -> Iterable[tuple[str, Mention]]:
        for word in ontology.words():
            if word.surface.startswith(_STANDS) and len(word.surface) > len(_STANDS):
                said = f"{_STANDS}的{word.surface[len(_STANDS):]}"
                yield said, Mention(word.kind, 0, 0, said, word.value, "ontology", word.inverse)
            yield word.surface, Mention(word.kind, 0, 0, word.surface, word.value, "ontology", word.inverse)
        for rule, words in structural_words().items():
            for surface in words:
                yield surface, Mention("word", 0, 0, surface, rule, rule)

    return Vocabulary(entries())


#: a list that belongs to something
_A_LIST = re.compile("[名清]单的")


def analyse(text: str, vocabulary: Vocabulary, named: Callable[[str], list[Span]], today: date) -> Question:
    """The question's characters cut into stretches that mean something.

    Of all cuts the one is taken that explains most with the longest stretches; a stretch
    that may mean several things keeps them all.
    """
    flat = clean(text).text.lower()
    spans: dict[tuple[int, int], list[Mention]] = defaultdict(list)
    for start, end, meanings in (*vocabulary.find(flat), *named(flat)):
        if _A_LIST.match(flat, start):
            continue  # 带单位名单的任务 asks for no names
        for m in meanings:
            spans[start, end].append(Mention(m.kind, start, end, flat[start:end], m.value, m.rule, m.inverse))
    for m in dimension_mentions(flat, today=today):
        spans[m.start, m.end].append(m)
    for year in _BARE_YEAR.finditer(flat):
        period = parse_period(year[0], today)
        if period is not None:
            _no_quantity(year.span(), spans)
            spans[year.span()].append(Mention("period", *year.span(), year[0], period, "bare_year"))
    for plan in _BARE_PLAN.finditer(flat):
        period = parse_period(f"“{plan[0]}”", today)
        if period is not None and plan.span() not in spans:
            spans[plan.span()].append(Mention("period", *plan.span(), plan[0], period, "bare_plan"))
    return Question(text, flat, _segment(flat, spans), in_english(flat), today)


def _no_quantity(year: tuple[int, int], spans: dict[tuple[int, int], list[Mention]]) -> None:
    """2021 升学率 is no 2021 升: what seems a unit begins a longer word."""
    for span in [s for s in spans if s[0] == year[0] and s[1] > year[1]]:
        longer = any(year[1] <= start < span[1] < end for start, end in spans)
        if longer and all(m.kind == "quantity" for m in spans[span]):
            del spans[span]


def _segment(text: str, spans: Mapping[tuple[int, int], list[Mention]]) -> tuple[tuple[Mention, ...], ...]:
    """Best non-overlapping cover by dynamic programming; longer stretches weigh more than
    the same characters in pieces."""
    by_end: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for (start, end), meanings in spans.items():
        factor = 0.9 if all(m.rule == "filler" for m in meanings) else 1.0
        # of two cuts the one with the longer term: 项目数量 是多少, not 项目 数量是多少
        longer = 1.2 if all(m.kind == "word" for m in meanings) else 1.3
        by_end[end].append((start, factor * (end - start) ** longer))
    best = [0.0] * (len(text) + 1)
    back: list[int | None] = [None] * (len(text) + 1)
    for end in range(1, len(text) + 1):
        best[end] = best[end - 1]
        for start, weight in by_end.get(end, ()):
            if best[start] + weight > best[end] + 1e-9:
                best[end], back[end] = best[start] + weight, start
    cut = []
    end = len(text)
    while end > 0:
        at = back[end]
        if at is None:
            end -= 1
        else:
            cut.append(tuple(dict.fromkeys(spans[at, end])))
            end = at
    return tuple(reversed(cut))


def _whole_word(text: str, start: int, end: int) -> bool:
    """Latin words only match whole; Chinese has no such boundary."""
    if not (text[start].isascii() and text[start].isalnum()):
        return True
    before = start == 0 or not (text[start - 1].isascii() and text[start - 1].isalnum())
    after = end == len(text) or not (text[end].isascii() and text[end].isalnum())
    return before and (after or not text[end - 1].isascii())


def in_english(text: str) -> bool:
    """Whether the answer is given in English: that was wished for, or the question has more Latin
    words than Chinese characters."""
    latin, han = len(re.findall(r"[A-Za-z]{2,}", text)), len(re.findall(r"[\u4e00-\u9fff]", text))
    return wished() == "en" or latin >= max(2, han / 5)
