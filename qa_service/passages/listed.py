"""Lists in prose: items joined by 、, titles one behind the other, brackets behind a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ontology.lexicon.later import later
from qa_service.passages.beside import Beside, Span
from qa_service.passages.prose import is_glue, prose_words, trimmed
from qa_service.questions.overlap import pairs

_ITEM = r"[^、,;。:!?()（）“”\"《》\s]{1,22}"
_QUOTED = r"《[^》]{2,60}》|[“\"][^”\"]{1,20}[”\"]"
#: words with a quotation among them: 校园“护苗”行动
_MIXED = rf"{_ITEM}(?:{_QUOTED})(?:{_ITEM})?|(?:{_QUOTED}){_ITEM}"
_ONE = rf"(?:{_MIXED}|{_ITEM}(?:\([^()]{{1,12}}\))?|{_QUOTED})"
_LIST = later(rf"{_ONE}(?:(?:、|,(?=《)|(?<=》)(?=《)){_ONE})+")
_JOINS = "和与及"
_INTRODUCES = later("比如|例如|譬如|诸如|如(?![下期何果实同此今])|包括|包含|涵盖|即|分别[是为]")
#: how many there are, behind a list and at the end of its last item
_SUMMED = later(r"等?[^,;。]{0,2}?([\d一二三四五六七八九十两]+)(?:大|个|家|项|类|种|条|所|位)")
_UP_TO_NOUN = later(r"等?(?:[\d一二三四五六七八九十两]+(?:大|个|家|项|类|种|条|所|位))?")
_TOTAL = later(r"[两二三四五六七八九十]大|\d+[大个家项类种条]|[两二三四五六七八九十]位一体")
_AND = later(r"(?<=.)(?:以及|和|与|及)(?=.)")
_TITLE = later(r"《[^》]{2,60}》")
#: a figure with its unit
QUANTITY = later(r"[\d.,]+\s?(?:%|万|亿|余|多)*[\u4e00-\u9fff]{0,3}")
#: the rule of a list that the sentence counts as the question does
SUMMED_UP = "list summed up"
#: an item of a list is not longer; a phrase neither
LONGEST = 44


def lists(b: Beside) -> Iterator[Span]:
    """Items joined by 、 (and a last 和/及), without what stands before the first and behind the last."""
    known = prose_words()
    for found in _LIST.finditer(b.words):
        cuts = _cut(b.words, found.start(), found.end())
        if len(cuts) < 2:
            continue
        first, last = cuts[0], cuts[-1]
        intro = _INTRODUCES.match(b.words, first[0])
        lead = intro.end() if intro else _lead(b, *first)
        if b.words[lead] in _JOINS and any(a.s1 == lead for a in b.anchors):
            lead += 1  # 甲枢纽和|乙市、丙市
        own = -1 if intro else _parallel(b.words[first[0] : lead], [b.words[s:e] for s, e in cuts[1:]])
        if own >= 0:
            m = prose_words().leads.match(b.words, first[0], first[0] + own + 2)
            lead = m.end() if m else first[0]
        etc = b.words.find("等", last[0], last[1])
        stop = next(
            (
                p
                for p in (
                    etc if etc > last[0] else -1,
                    _close(b, *last),
                )
                if p > last[0]
            ),
            last[1],
        )
        cuts[0], cuts[-1] = (lead, first[1]), (last[0], stop)
        items = tuple(t for t in (trimmed(b.words, s, e) for s, e in cuts) if t[1] - t[0] >= 2)
        if len(items) < 2 or any(e - s > LONGEST for s, e in items):
            continue
        if sum(b.words[s:e] in b.text for s, e in items) * 2 >= len(items) or _holds_asker(b, items):
            continue
        behind = b.words[stop : found.end() + 16]
        said = _SUMMED.match(behind)
        fit = 0.55
        if b.asked.count:
            if b.asked.count != len(items):
                continue
            fit += 0.3
        elif any(w in b.text[max(0, b.asked.start - 8) :] for w in known.complete) and etc >= 0:
            continue  # all there are: a list of examples is none
        elif said and etc >= 0 and said[1].isdigit() and int(said[1]) > 2 * len(items) + 2:
            fit -= 0.1
        noun = re.sub(r"^(?:\d+|[一二三四五六七八九十]+)[大个项]", "", (b.head or b.noun).strip('“”"'))
        tail = noun[-2:]
        if len(tail) == 2 and tail in (behind + b.words[items[-1][0] : items[-1][1]]):
            fit += 0.2
        opening = b.words[max(0, found.start() - 1)] if found.start() else ""
        side = b.side(items[0][0], items[-1][1])
        if intro and _introduced(b, found.start()):
            side, fit = max(side, 0.9), fit + 0.2
        named = _UP_TO_NOUN.match(behind)
        rule = "list"
        counted = said is not None and b.asked.count == len(items)
        if len(noun) >= (2 if counted else 3) and named and behind.startswith(noun, named.end()):
            side = max(side, 0.9)  # the noun asked after sums the list up
            rule = SUMMED_UP if counted else rule
        if opening in ("(", "（") and any(0 <= found.start() - 1 - a.s1 <= 2 for a in b.anchors):
            side, fit = 1.0, fit + 0.2
        yield Span(items, items[0][0], items[-1][1], min(1.0, fit), side, rule)


def _introduced(b: Beside, start: int) -> bool:
    """The list opens its clause with a word that leads up to examples or parts of what the clause before
    ends with, which is what the question asks after: 标杆产品,如甲、乙等."""
    before = start - 1 if start and b.words[start - 1] in ",:" else start
    noun = b.head or b.noun
    if len(noun) >= 2 and b.words.endswith(noun, 0, before):
        return True
    return any(a.q1 <= b.asked.start and 0 <= before - a.s1 <= 1 and b.near(a) for a in b.anchors)


def _holds_asker(b: Beside, items: tuple[tuple[int, int], ...]) -> bool:
    """The list has the very thing that something is asked of: it is one of several that do."""
    named = {m.text for m, _ in b.wanted.named if len(m.text) > 2}
    return any(b.words[s:e] in named for s, e in items)


def joined(b: Beside) -> Iterator[Span]:
    """Items joined by + in quotes: “企业+基地+农户”."""
    for found in re.finditer(r"[“\"]([^”\"+]{1,12}(?:\+[^”\"+]{1,12})+)[”\"]", b.words):
        at = found.start(1)
        items: list[tuple[int, int]] = []
        for part in found[1].split("+"):
            items.append((at, at + len(part)))
            at += len(part) + 1
        if b.asked.count in (0, len(items)):
            yield Span(tuple(items), *found.span(1), 0.7, b.side(*found.span()), "joined by +")


def _cut(words: str, start: int, end: int) -> list[tuple[int, int]]:
    """The items of a list: cut at 、 outside quotes and at a joining 和."""
    cuts: list[tuple[int, int]] = []
    at, depth = start, 0
    for i in range(start, end):
        ch = words[i]
        if ch in "《“(":
            if ch == "《" and i > at and words[i - 1] == "》":
                cuts.append((at, i))
                at = i
            depth += 1
        elif ch in "》”)":
            depth -= 1
        elif ch in "、," and depth <= 0:
            cuts.append((at, i))
            at = i + 1
    cuts.append((at, end))
    parts: list[tuple[int, int]] = []
    for n, (s, e) in enumerate(cuts):
        m = _AND.search(words[s:e]) if len(cuts) >= 2 and "《" not in words[s:e] else None
        last = n == len(cuts) - 1
        # 计量测试和|标准制定: two items, or a joining word inside one
        short = len(cuts) >= 3 and m is not None and m.start() <= 4 and e - s - m.end() <= 4
        if m and ((last and 2 <= m.start() <= 10) or (short and m.start() >= 2)):
            parts += [(s, s + m.start()), (s + m.end(), e)]
        else:
            parts.append((s, e))
    return [(s, e) for s, e in parts if e > s]


def _lead(b: Beside, start: int, end: int) -> int:
    """Where the first item begins: behind what the question says too, or behind a leading word."""
    at = start
    for a in b.anchors:
        gap = b.text[a.q1 : b.asked.start] if a.q1 <= b.asked.start else b.text[b.asked.end : a.q0]
        near = is_glue(gap) and (a.q1 <= b.asked.start or a.q0 >= b.asked.end)
        if start <= a.s0 and a.s1 <= end - 2 and (near or a.s1 - a.s0 >= 4):
            at = max(at, a.s1)
    m = prose_words().leads.match(b.words[at:end])
    return at + m.end() if m else at


def _parallel(lead: str, others: list[str]) -> int:
    """Where the words of the lead begin that most of the other items have too, which are part of the
    first item (立最严的规矩、用最严的办法); -1 where there are none."""
    shared = frozenset(pairs(lead))
    if sum(any(p in other for p in shared) for other in others) * 2 <= len(others):
        return -1
    return min(lead.find(p) for p in shared if any(p in other for other in others))


def _close(b: Beside, start: int, end: int) -> int:
    """Where the last item ends: before a number that sums the list up, or before the words of
    the question that name what the items are."""
    m = _TOTAL.search(b.words[start:end])
    if m and m.start() >= 2:
        return start + m.start()
    for a in b.anchors:
        if start + 2 <= a.s0 < end and a.s1 >= end - 2 and a.s1 - a.s0 >= 3:
            return a.s0
    verb = prose_words().ends.search(b.words, start + 2, end)
    return verb.start() if verb else -1


def titles(b: Beside) -> Iterator[Span]:
    """Titles in brackets 《…》, one behind the other."""
    if not any(t in b.head or t in b.noun[-6:] for t in prose_words().titles):
        return
    found = [m for m in _TITLE.finditer(b.words) if m[0] not in b.text and m[0][1:-1] not in b.text]
    groups: list[list[re.Match[str]]] = []
    for m in found:
        between = b.words[groups[-1][-1].end() : m.start()] if groups else ""
        if groups and re.fullmatch(r"[、,和及与以]*|[^。;《》]{0,1}", between):
            groups[-1].append(m)
        else:
            groups.append([m])
    for group in groups:
        if b.asked.count and len(group) != b.asked.count:
            continue
        items = tuple((m.start() + 1, m.end() - 1) for m in group)
        yield Span(
            items, group[0].start(), group[-1].end(), 0.9, b.side(group[0].start(), group[-1].end()), "titles"
        )


def appositions(b: Beside) -> Iterator[Span]:
    """A bracket right behind a name that the question has: X(Y)."""
    for m in re.finditer(r"\(([^()]{2,40})\)", b.words):
        inner = (m.start(1), m.end(1))
        if m[1].isdigit() or QUANTITY.fullmatch(m[1]) or re.fullmatch(r"[a-z0-9 .]+", m[1]):
            continue
        before = [a for a in b.anchors if 0 <= m.start() - a.s1 <= 1 and a.q1 <= b.asked.start]
        if not before:
            continue
        if "、" in m[1] and b.asked.sort == "list":
            cuts = _cut(b.words, *inner)
            items = tuple(t for t in (trimmed(b.words, s, e) for s, e in cuts) if t[1] - t[0] >= 2)
            if b.asked.count and len(items) != b.asked.count:
                continue
            yield Span(items, *inner, 1.0, 1.0, "list in brackets")
        elif b.asked.sort == "nature":
            yield Span((inner,), *inner, 0.9, 1.0, "apposition")
