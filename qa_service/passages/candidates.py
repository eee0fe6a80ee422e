"""What in a passage may answer: spans of the sort asked for, each with how well it fits."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from ontology.gazetteer import gazetteer
from ontology.lexicon.dimensions import mentions as dimension_mentions
from ontology.lexicon.mention import Quantity
from qa_service.passages.beside import Beside, Span
from qa_service.passages.doers import doers, persons, post_asked
from qa_service.passages.frame import class_of_head
from qa_service.passages.listed import LONGEST, QUANTITY, appositions, joined, lists, titles
from qa_service.passages.prose import CLAUSE, breaks, clause_of, is_glue, prose_words, trimmed
from qa_service.questions.alike import general
from qa_service.questions.overlap import covered
from qa_service.questions.places import places_in

#: how often or for how many something was done, at the end of a clause
_DONE = re.compile(r"(?:超过|近|约|达)?\d[\d.,]*(?:万|亿|余|多)*(?:次|人次|家次|家|项|件|个|批次)?(?:以上)?$")
#: the rule of a share that is said to be one of a whole
OF_WHOLE = "share of a whole"
#: words that say a share of a whole
_SHARE = re.compile("占(?![地用据有])|比重|比例|份额")
#: 十四五 is a plan, not an answer to when
_NOT_A_TIME = ("“", '"', "十")


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
        yield from _dimensions(beside)


def _dimensions(b: Beside) -> Iterator[Span]:
    sort, words = b.asked.sort, b.words
    if sort == "ordinal":
        for found in re.finditer(r"第[\d一二三四五六七八九十百]+(?:次|位|名|批|期|届|个)?", words):
            fit = 1.0 if f"几{found[0][-1]}" in b.text else 0.3
            yield _span(b, found.start(), found.end(), fit, "ordinal")
        return
    if sort == "document_number":
        for found in re.finditer(r"[\u4e00-\u9fff]{1,8}[〔\[(]\d{4}[〕\])]\d+号", words):
            if not _number_of_another(b, found.start()):
                yield _span(b, found.start(), found.end(), 1.0, "number of a document")
        return
    measure = _measure_names(b)
    for m in dimension_mentions(words):
        quantity = m.value if isinstance(m.value, Quantity) else None
        if m.text in b.text:
            continue
        if sort == "time":
            length = quantity is not None and quantity.unit in _DURATIONS
            wants_length = re.search(r"多久|多长|how long", b.text) is not None
            named = re.search(r"\d", m.text) and not m.text.startswith(_NOT_A_TIME)
            if m.kind == "period" and named and not wants_length:
                first, _ = clause_of(words, m.start, m.end)
                # a time at the head of a clause holds for what follows
                side = 0.75 if m.start - first <= 1 else 0.0
                yield _span(b, m.start, m.end, 1.0, "period", max(side, b.side(m.start, m.end)))
            elif length and (wants_length or "起止" in b.text):
                side = 1.0 if _measured(b, m.start, measure) else b.side(m.start, m.end)
                yield _span(b, m.start, m.end, 1.0, "duration", side)
            elif quantity is not None and quantity.unit == "年" and not wants_length:
                yield _span(b, m.start, m.end, 0.7, "year")
        elif quantity is not None:
            if sort == "share":
                of_whole = _of_whole(b, m.start, m.end)
                asks_whole = _SHARE.search(b.text) is not None
                if quantity.base_unit == "%" and quantity.unit != "个百分点" and of_whole >= asks_whole:
                    yield _span(b, m.start, m.end, 1.0, OF_WHOLE if of_whole else "share")
                continue
            fits = not b.wanted.measures or any(quantity.unit.endswith(u) for u in b.wanted.measures)
            if fits and _measured(b, m.start, measure):
                yield _span(b, m.start, m.end, 1.0, "quantity by its measure", 1.0)
            elif fits:
                yield _span(b, m.start, m.end, 0.8, "quantity")


def _of_whole(b: Beside, start: int, end: int) -> bool:
    """The figure is said to be a share: 占营收的1.8%, 近八成|企业; a rate of something is none."""
    first, _ = clause_of(b.words, start, end)
    if _SHARE.search(b.words[first:start]):
        return True
    behind = re.compile("(?:以上|左右)?的?").match(b.words, end)
    return behind is not None and any(a.s0 <= behind.end() < a.s1 for a in b.anchors)


def _measure_names(b: Beside) -> tuple[str, ...]:
    """What the asking words measure: 距离 of 多远, 周期 of 多久."""
    asking = (a for a in general().alike(b.text) if a.start < b.asked.end and b.asked.start < a.end)
    return tuple(w for a in asking for w in a.words)


def _measured(b: Beside, start: int, measure: tuple[str, ...]) -> bool:
    """A figure stands behind what it measures: 距离|仍达|82公里."""
    first, _ = clause_of(b.words, start, start)
    before = b.words[first:start]
    at = max((before.rfind(w) + len(w) for w in measure if w in before), default=-1)
    return at >= 0 and is_glue(re.sub(r"(?:长|高|多|只)?达到?|约|近|超过?", "", before[at:]))


def _number_of_another(b: Beside, at: int) -> bool:
    """《甲意见》(…6号)和《乙纲要》: the number is of the title before it, not of the one asked for."""
    titles = [(m.end(), m[1]) for m in re.finditer(r"《([^》]+)》", b.words)]
    own = next((t for end, t in reversed(titles) if 0 <= at - end <= 2), "")
    text = (1 << len(b.text)) - 1
    said = {t: covered(b.text, text, (t,)).bit_count() for _, t in titles}
    return bool(own) and any(said[t] > said[own] for t in said)


_DURATIONS = ("年", "个月", "月", "天", "日", "小时", "周", "周年", "个工作日", "工作日", "分钟")


def _span(b: Beside, start: int, end: int, fit: float, rule: str, side: float | None = None) -> Span:
    return Span(((start, end),), start, end, fit, b.side(start, end) if side is None else side, rule)


# ---- things ----------------------------------------------------------------------------------------


def _things(b: Beside) -> Iterator[Span]:
    """Names of the class asked after, places, titles, phrases that end in the noun asked after,
    and what stands between the words of the question."""
    known = prose_words()
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
            yield _span(b, start, end, 0.9, "name of the class", side)
        elif agent:
            yield _span(b, start, end, 0.85, "name of one who acts", side)
    if post_asked(b):
        yield from persons(b)
        return
    yield from doers(b)
    if any(t in b.head for t in known.titles):
        yield from titles(b)
    if len(b.head) >= 2:
        yield from _headed(b)
        for found in re.finditer(rf"[^\W_]{{1,16}}?{re.escape(b.head)}", b.words):
            start, _ = trimmed(b.words, _begin(b, found.start(), found.end()), found.end())
            if found.end() - start > len(b.head) and b.words[start : found.end()] not in b.text:
                yield _span(b, start, found.end(), 0.85, "phrase that ends in the noun")
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
            yield _span(b, *quoted.span(1), 0.95, "in quotes before the noun", 1.0)
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
            yield _span(b, start, end, 0.9, "up to the noun", 1.0)


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
            yield Span(((start, end),), start, end, 0.8, 0.8, "told of the name")


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
