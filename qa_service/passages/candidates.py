"""What in a passage may answer: spans of the sort asked for, each with how well it fits."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from ontology.gazetteer import gazetteer
from qa_service.passages.beside import Beside, Span, span_at
from qa_service.passages.doers import doers, persons, post_asked
from qa_service.passages.frame import class_of_head
from qa_service.passages.listed import LONGEST, QUANTITY, appositions, joined, lists, titles
from qa_service.passages.measures import measures
from qa_service.passages.prose import CLAUSE, breaks, clause_of, is_glue, prose_words, trimmed
from qa_service.questions.places import places_in

#: how often or for how many something was done, at the end of a clause
_DONE = re.compile(r"(?:超过|近|约|达)?\d[\d.,]*(?:万|亿|余|多)*(?:次|人次|家次|家|项|件|个|批次)?(?:以上)?$")
#: what is done with a programme: 实施|“千纸计划”
_BEGUN = re.compile("(?:正在|组织|启动|实施|推行|开展|推进|推出|设立)+")
#: r22000, zl-50
#: 第一个国际标准化|秘书处: which of several it is, and no name
_ORDINAL = re.compile(r"第[一二三四五六七八九十\d]+[个家项条批位]")
_CODE = re.compile(r"(?<![a-z0-9])[a-z]{1,5}[-/]?\d{1,6}[a-z0-9-]*")


def spans(beside: Beside) -> Iterator[Span]:
    """All candidates of the sort asked for, without those that only lead on to something."""
    never = prose_words().never
    for span in _spans(beside):
        if any(beside.words[s:e].startswith(never) for s, e in span.items):
            continue
        if beside.asked.sort == "list" and any(_of_other_class(beside, s, e) for s, e in span.items):
            continue
        yield span


def _of_other_class(b: Beside, start: int, end: int) -> bool:
    """An item is, or ends in, a name of another class than is asked for; of those who act it has to be
    known as one, or have the form of a name: of 轨道交通、工程机械 none is a firm."""
    want = b.head_class
    if not want:
        return False
    inside = [(n, classes) for s, n, classes in b.names(b.words) if s >= start and n <= end]
    if any(want in classes for _, classes in inside):
        return False
    if want in prose_words().acting:
        return not b.words[start:end].endswith(prose_words().acting_ends)
    return any(n == end for n, _ in inside)


def _spans(beside: Beside) -> Iterator[Span]:
    sort = beside.asked.sort
    if sort == "list" and beside.head in prose_words().places:
        yield from _places(beside, prose_words().places[beside.head])
    elif sort == "list":
        yield from lists(beside)
        yield from joined(beside)
        yield from titles(beside)
        yield from appositions(beside)
        yield from doers(beside)
        if not beside.asked.count:
            yield from _phrases(beside)
    elif sort == "thing":
        yield from _things(beside)
    elif sort == "nature":
        yield from appositions(beside)
        yield from _phrases(beside)
    elif sort in ("purpose", "recipient"):
        yield from _purposes(beside)
    elif sort == "goal":
        yield from _aims(beside)
    else:
        yield from measures(beside)


# ---- things ----------------------------------------------------------------------------------------


def _things(b: Beside) -> Iterator[Span]:
    """Names of the class asked after, places, titles, phrases that end in the noun asked after,
    and what stands between the words of the question."""
    known = prose_words()
    if post_asked(b):
        yield from persons(b)
        return
    if b.head in known.places or (not b.head and re.search(r"哪里|哪儿|何处|什么地方", b.text)):
        yield from _places(b, known.places.get(b.head, ""))
        return
    subtype = b.ontology.subtype_for(b.head) if b.head and not b.ontology.class_for(b.head) else None
    cls = "" if subtype else class_of_head(b.head, b.ontology)
    want = {cls} if cls else {subtype.cls} if subtype else set()
    for start, end, classes in b.names(b.words):
        name = b.words[start:end]
        if name in b.text or end - start < 2:
            continue
        agent = b.who and bool(classes & known.acting)
        side = max(b.side(start, end), _leading(b, start, end))
        if classes & want and (subtype is None or b.head[-2:] in name):
            yield span_at(b, start, end, 0.9, "name of the class", side)
        elif agent:
            yield span_at(b, start, end, 0.85, "name of one who acts", side)
    yield from doers(b)
    if any(t in b.head for t in known.titles):
        yield from titles(b)
    if b.head in known.codes:
        for found in _CODE.finditer(b.words):
            if found[0] not in b.text:
                yield span_at(b, *found.span(), 1.0, "code")
        return
    if len(b.head) >= 2:
        for found in re.finditer(rf"[“\"]([^”\"]{{2,50}})[”\"](?:作?为|的){re.escape(b.head)}", b.words):
            yield span_at(b, *found.span(1), 0.95, "in quotes as the noun", max(0.8, b.side(*found.span())))
        yield from _headed(b)
        for found in re.finditer(rf"[^\W_]{{1,16}}?{re.escape(b.head)}", b.words):
            start, _ = trimmed(b.words, _begin(b, found.start(), found.end()), found.end())
            if found.end() - start > len(b.head) and b.words[start : found.end()] not in b.text:
                # 沅水治什么污染: of 资江流域镉污染、沅水流域锰污染 the one that has the question's word
                last = found.end() - len(b.head)
                own = any(start <= a.s0 and a.s1 <= last for a in b.anchors if not a.alike)
                rule = "phrase that ends in the noun"
                yield span_at(b, start, found.end(), 0.85, rule, 1.0 if own else None)
    yield from _phrases(b, strict=bool(want))


def _leading(b: Beside, start: int, end: int) -> float:
    """The one that the sentence begins with does what its later clauses say, unless another
    stands between."""
    if start > 8 or CLAUSE.search(b.words[:start]):
        return 0.0
    later = [n for n in b.names(b.words) if n[0] >= end]
    for a in b.anchors:
        near = a.q0 >= b.asked.end and is_glue(b.text[b.asked.end : a.q0])
        first, _ = clause_of(b.words, a.s0, a.s1)
        openings = {0, *(m.end() for m in CLAUSE.finditer(b.words[: a.s0]))}
        other = any(n[0] in openings and n[0] < a.s0 for n in later)
        if near and is_glue(b.words[first : a.s0]) and not other:
            return 0.8
    return 0.0


def _headed(b: Beside) -> Iterator[Span]:
    """From the words that stand before the asking ones to the noun asked after: “星质通”|…平台."""
    for a in b.anchors:
        if a.q1 > b.asked.start or not is_glue(b.text[a.q1 : b.asked.start]):
            continue
        quoted = _IN_QUOTES.match(b.words, a.s1)
        if quoted and b.words.find(b.head, quoted.end(), quoted.end() + 12) >= 0:
            yield span_at(b, *quoted.span(1), 0.95, "in quotes before the noun", 1.0)
            continue
        at = b.words.find(b.head, a.s1, a.s1 + 24)
        if at < 0 or CLAUSE.search(b.words[a.s1 : at]):
            continue
        start, end = trimmed(b.words, a.s1, at + len(b.head))
        if re.match(r"第?[一二三四五六七八九十\d]+[个家项条]", b.words[start:end]):
            continue
        if b.words[start:end].startswith(prose_words().never):
            continue
        if end - start > len(b.head) and b.words[start:end] not in b.text:
            yield span_at(b, start, end, 0.9, "up to the noun", 1.0)


def _places(b: Beside, level: str) -> Iterator[Span]:
    """Places of the level asked for; those that stand in one list together."""
    found: list[tuple[int, int]] = []
    for start, end, code in places_in(b.words):
        place = gazetteer().place(code)
        if place is None or b.words[start:end] in b.text:
            continue
        lower = level == "county" and place.level not in ("province", "prefecture", "group")
        if not level or place.level == level or lower:
            wide = "地区" if not level and b.words.startswith("地区", end) else ""
            if (start, end + len(wide)) not in found:
                found.append((start, end + len(wide)))
    groups: list[list[tuple[int, int]]] = []
    for start, end in found:
        between = b.words[groups[-1][-1][1] : start] if groups else ""
        if groups and re.fullmatch(r"[^,;。:]{0,8}[、和与及][^,;。:、]{0,4}", between):
            groups[-1].append((start, end))
        else:
            groups.append([(start, end)])
    for group in groups:
        if b.asked.sort == "list" and (len(group) < 2 or b.asked.count not in (0, len(group))):
            continue
        start, end = group[0][0], group[-1][1]
        side = max(b.side(s, e) for s, e in group)
        yield Span(tuple(group), start, end, 0.9, side, "place")


def _phrases(b: Beside, strict: bool = False) -> Iterator[Span]:
    """What stands before, behind or between shared words as the asking words do in the question."""
    asked, words = b.asked, b.words
    agent = b.who
    left = [a for a in b.anchors if a.q1 <= asked.start and is_glue(b.text[a.q1 : asked.start])]
    right = [a for a in b.anchors if a.q0 >= asked.end and is_glue(b.text[asked.end : a.q0])]
    if _CLEFT.search(b.text[: asked.start]):
        left, right = [], left  # 获批试点的是谁: the one who does it stands before
    seen: set[tuple[int, int]] = set()
    for a in left:
        first, last = clause_of(words, a.s1, a.s1)
        closing = [r for r in right if a.s1 < r.s0 <= last]
        for r in closing:
            yield from _phrase(b, a.s1, r.s0, 0.95, seen, "between")
        if closing or agent:
            continue
        if b.noun and not _COPULA.match(words, a.s1):
            continue  # of a noun only what it is said to be
        end = last
        verb = prose_words().ends.search(words, a.s1 + 3, last)
        if verb:
            end = verb.start()
        later = [o.s0 for o in b.anchors if o.s0 >= a.s1 + 2 and o.q0 >= asked.end and o.s0 < end]
        end = min([end, *later])
        if not strict or words[:end].endswith(b.head[-2:]):
            yield from _phrase(b, a.s1, end, 0.8, seen, "behind")
    if asked.sort == "nature":
        return
    for r in right:
        first, _ = clause_of(words, r.s0, r.s0)
        start = _begin(b, first, r.s0)
        inner = [o.s1 for o in b.anchors if first <= o.s0 and o.s1 <= r.s0 - 2 and o.s1 > start]
        if inner:
            start = max(inner)
        wide = _begin(b, first, r.s0, joins=False)
        joined = _JOINED.match(words, wide, r.s0)
        if joined and wide < start and not strict:
            parts = tuple(trimmed(words, *joined.span(n)) for n in (1, 2))
            if all(3 <= e - s <= 20 for s, e in parts):
                yield Span(parts, wide, r.s0, 0.85, b.side(wide, r.s0), "two before")
        yield from _phrase(b, start, r.s0, 0.6 if agent else 0.8, seen, "before")


def _phrase(
    b: Beside, start: int, end: int, fit: float, seen: set[tuple[int, int]], rule: str
) -> Iterator[Span]:
    named = b.words.find(b.head, start + 2, end) if len(b.head) >= 2 and not b.head_class else -1
    end = named + len(b.head) if named >= 0 else end  # 甲|领域|实现关键
    s, e = trimmed(b.words, start, end)
    text = b.words[s:e]
    if not 2 <= e - s <= LONGEST or (s, e) in seen or text in b.text or is_glue(text):
        return
    if any(n < s < m or n < e < m for n, m, _ in b.names(b.words)):
        return  # cuts a name in two
    if b.who and places_in(text) and any(p[:2] == (0, e - s) for p in places_in(text)):
        return
    known = prose_words()
    if (
        text.startswith(known.never)
        or text in known.verbs
        or (rule.startswith("before") and text.startswith(known.verbs))
    ):
        return
    if b.who and not text.endswith(known.acting_ends):
        first, _ = clause_of(b.words, s, e)
        if "的" in text or s > first or e - s > 12:
            return  # who does it begins the clause or is known by its form
    if b.ontology.class_for(text) is not None:
        return  # a word for all of them
    if b.head_class and any((n, m) == (s, e) and not c & {b.head_class} for n, m, c in b.names(b.words)):
        return  # a thing of another class
    if (
        QUANTITY.match(text)
        or _ORDINAL.match(text)
        or any(s <= x < e for x, _ in breaks(b.words))
        or (text.count("“") != text.count("”"))
    ):
        return
    if b.head_class in known.acting and _of_another_class(b, s, e):
        return
    seen.add((s, e))
    head = b.head
    if head and head not in prose_words().any_thing:
        ends = text.endswith(head[-2:]) or b.words.startswith(head[-2:], e)
        if not ends and rule != "between" and not b.head_class:
            return  # something, but none of what is asked for
        fit *= 1.0 if ends else 0.8
    elif len(head) > 1 and not text.endswith(head) and b.words.find(head, e) > e + 1:
        return  # the sentence says further on which 领域
    if e - s > 24:
        fit *= 0.85
    if b.asked.sort == "list":
        if "等" in text:
            return
        fit *= 0.6  # one thing where several are asked for
    if "的" in text[1:-1]:
        fit *= 0.8
    yield Span(((s, e),), s, e, fit, max(b.side(start, end), b.side(s, e)), rule)


def _of_another_class(b: Beside, start: int, end: int) -> bool:
    """Words that end as another class is called: 中国装备制造行业 is no 企业."""
    endings = (b.ontology.class_for(b.words[end - n : end]) for n in range(2, min(5, end - start) + 1))
    return any(cls is not None and cls.name != b.head_class for cls in endings)


#: a quotation that says which: 形成“…”的模式
_IN_QUOTES = re.compile(r"(?:了|着|一种|以)?[“\"]([^”\"]{2,50})[”\"]的?")
#: what one does, before 是谁
_CLEFT = re.compile(r"..的(?:都|就)?是?$")
_JOINED = re.compile(r"([^,;。、]{3,20})[和与及]([^,;。、]{3,20}?)(?:共同|联合|一起)?$")
#: what makes the words behind a noun say what it is
_COPULA = re.compile(r"[”\"》]?(?:分别|主要|都|即)?(?:是|为|有|包括|包含|涵盖|指|即|:|\(|在于|集中在|由)")
_JOINS = frozenset("和与及")


def _begin(b: Beside, start: int, end: int, joins: bool = True) -> int:
    """Behind the last word in ``[start, end)`` that only leads up to what follows."""
    best = start
    for word in prose_words().begins:
        if not joins and word in _JOINS:
            continue
        at = b.words.rfind(word, start, max(start, end - 2))
        if at >= 0:
            best = max(best, at + len(word))
    comma = max(b.words.rfind(ch, start, end) for ch in '、,;。:()“”"')
    return max(best, comma + 1)


# ---- purposes and aims ---------------------------------------------------------------------------


def _purposes(b: Beside) -> Iterator[Span]:
    key = "who" if b.asked.sort == "recipient" else "what"
    for n, pattern in enumerate(prose_words().purposes):
        for m in pattern.finditer(b.words):
            if key not in m.groupdict() or m[key] is None:
                continue
            first, last = clause_of(b.words, m.start(), m.end())
            before = any(a.s1 <= m.start(key) and m.start() - a.s1 <= 40 for a in b.anchors)
            within = any(first <= a.s0 and a.s1 <= last and a.s1 - a.s0 >= 4 for a in b.anchors)
            if not before and not within:
                continue
            start, end = trimmed(b.words, m.start(key), m.end(key))
            # what was done so and so many times: without the count
            tail = _DONE.search(b.words[start:end])
            if tail and tail.start() >= 4:
                end = start + tail.start()
            lead = re.match(r"\d[\d.]*(?:余|多|万)*(?:家|个|名)", b.words[start:end])
            if lead and key == "who":
                start += lead.end()
            yield Span(((start, end),), start, end, 0.95 - 0.1 * n, 0.9 - 0.1 * n, "purpose")
    if key == "what":
        yield from _told_of_name(b)


def _told_of_name(b: Beside) -> Iterator[Span]:
    """实施“甲计划”,每年选派一百人去乙地: what is said right behind the name that is asked about."""
    for quoted in re.finditer(r"[“\"《]([^”\"》]{3,30})[”\"》]", b.text):
        at = b.words.find(quoted[1])
        m = re.compile(r"[”\"》]?(?:计划|工程|行动|活动|机制|制度|平台)?[,:]([^。;:]{6,80})").match(
            b.words, at + len(quoted[1])
        )
        if at < 0 or m is None:
            continue
        start, end = trimmed(b.words, *m.span(1))
        if end - start > LONGEST:
            end = start + max(
                (c.start() for c in CLAUSE.finditer(b.words[start : start + LONGEST])), default=0
            )
        if end - start >= 6:
            first, _ = clause_of(b.words, at, at + 1)
            lead = prose_words().leads.match(b.words, first, at - 1)
            of = lead.end() if lead else first
            of = begun.end() if (begun := _BEGUN.match(b.words, of, at - 1)) else of
            # 实施|技能人才“百千”工程,…: what it is of says what it is for
            whole = (of, end) if at - 1 - of >= 2 and end - of <= LONGEST + 14 else (start, end)
            yield Span((whole,), *whole, 0.8, 0.8, "told of the name")


def _aims(b: Beside) -> Iterator[Span]:
    known = prose_words()
    ends = [0, *(m.end() for m in CLAUSE.finditer(b.words)), len(b.words) + 1]
    for first, after in itertools.pairwise(ends):
        clause = b.words[first : after - 1]
        if not any(w in clause for w in known.aim_words):
            continue
        m = known.aims.match(clause)
        start = first + (m.end() if m else 0)
        s, e = trimmed(b.words, start, after - 1)
        if 4 <= e - s <= 50:
            told = bool(re.search(r"\d", b.words[s:e])) or "完成" in b.words[s:e] or "建设" in b.words[s:e]
            yield Span(((s, e),), s, e, 0.9 if told else 0.6, 0.8, "aim")
