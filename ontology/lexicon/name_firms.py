"""Names of firms: by their ending, and by what the surroundings say of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ontology.lexicon.name_cues import alternation, name_cues
from ontology.lexicon.name_reading import Found, OpenName, Reading, pattern

_ITEM = r"[一-鿿A-Za-z0-9·&]"
#: a character of a name in a list; without 和 a list can be read in one way only
_WORD = r"(?:(?!和)[一-鿿A-Za-z0-9·&])"
_MAX = 14


def firms(reading: Reading) -> Iterator[Found]:
    """Firms named in the text; an unnamed group (“3家龙头企业”) is none."""
    for rule in (
        _by_ending,
        _list_before_word,
        _list_after_word,
        _as_leader,
        _is_leader,
        _leader_in_front,
        _list_of_firms,
        _trading,
        _customers,
    ):
        yield from rule(reading)


def _by_ending(reading: Reading) -> Iterator[Found]:
    """…有限公司, …集团; and endings that only firms have (重工, 药业)."""
    for m in _pattern("strong").finditer(reading.text):
        start = _at_town(reading, reading.begin(m.start(), limit=26), m.start())
        name = reading.text[start : m.end()]
        stem = reading.text[start : m.start()]
        if len(stem) < 2 or name in name_cues().generic or stem in name_cues().trades:
            continue
        if pattern("adjectives").fullmatch(stem) or _pattern("group_of_firms").search(stem):
            continue
        yield _firm(reading, start, m.end(), "firm_by_form")
    for m in _pattern("brand").finditer(reading.text):
        start = reading.begin(m.start(), limit=8)
        least = 1 if m[0] in ("重工", "重科") else 2
        if least <= m.start() - start <= 6 and _looks_named(reading, start, m.end()):
            yield _firm(reading, start, m.end(), "firm_by_brand")


def _at_town(reading: Reading, start: int, head: int) -> int:
    """宁波臻至机械有限公司: behind a place a single 至, 同, 正 … is part of the name."""
    if start == 0 or reading.text[start - 1] not in "至同正为如于和与":
        return start
    for place in reading.places:
        inside = reading.text[place.end : start - 1]
        if place.end < start <= place.end + 5 and re.fullmatch(f"{_ITEM}+", inside):
            return start if pattern("boundary").search(inside) else place.start
    return start


def _list_before_word(reading: Reading) -> Iterator[Found]:
    """A、B和C等龙头企业; A、B一批企业; A、B两家链主企业."""
    for m in _pattern("word_behind").finditer(reading.text):
        yield from _items_left(reading, m.start(), "firms_before_word", least=1 if m[0][0] == "等" else 2)


def _list_after_word(reading: Reading) -> Iterator[Found]:
    """龙头企业有三家,A、B、C; 链主企业包括A和B; 龙头企业如A."""
    for m in _pattern("word_before").finditer(reading.text):
        yield from _items_right(reading, m.end(), "firms_after_word")


def _as_leader(reading: Reading) -> Iterator[Found]:
    """以A为龙头, 以A、B为链主."""
    for m in _pattern("as_leader").finditer(reading.text):
        spans = list(_split(reading.text, m.start(1), m.end(1)))
        if all(_looks_named(reading, a, b) for a, b in spans):
            for a, b in spans:
                yield _firm(reading, a, b, "firm_as_leader")


def _is_leader(reading: Reading) -> Iterator[Found]:
    """A是…产业链的链主企业."""
    for m in _pattern("is_leader").finditer(reading.text):
        spans = list(_split(reading.text, m.start(1), m.end(1)))
        if all(_looks_named(reading, a, b) for a, b in spans):
            for a, b in spans:
                yield _firm(reading, a, b, "firm_is_leader")


def _leader_in_front(reading: Reading) -> Iterator[Found]:
    """作为…产业链的链主企业,A带动…."""
    for m in _pattern("leader_in_front").finditer(reading.text):
        if _looks_named(reading, m.start(1), m.end(1)) and not pattern("boundary").search(m[1]):
            yield _firm(reading, m.start(1), m.end(1), "firm_as_leader")


def _list_of_firms(reading: Reading) -> Iterator[Found]:
    """有A电子、B、C科技: a list of names of which some end as firms' names do."""
    for m in _pattern("list").finditer(reading.text):
        start = m.start()
        for edge in pattern("kept_or_boundary").finditer(reading.text, m.start(), m.end()):
            if edge.lastgroup == "boundary" and "、" not in reading.text[m.start() : edge.start()]:
                start = edge.end()
        spans = list(_split(reading.text, start, m.end()))
        if len(spans) < 2:
            continue
        first = reading.text[m.start() : start]
        introduced = re.search("有|如|包括|聚|引进|涌现|落户|入驻|依托|为$|是$", first) is not None
        followed = reading.text.startswith(("等", "一批"), m.end())
        if re.match("等[一-鿿]{0,6}?(?:产业|行业|领域|产品|地区|方面|区域)", reading.text[m.end() :][:12]):
            continue
        names = [reading.text[a:b] for a, b in spans]
        endings = sum(1 for name in names if _ends_as_firm(name, listed=True))
        short = all(len(name) <= 8 for name in names)
        enough = endings * (2 if len(names) < 3 else 3) >= len(names)
        if (
            short
            and enough
            and (introduced or followed)
            and all(_looks_named(reading, a, b) for a, b in spans)
        ):
            for a, b in spans:
                yield _firm(reading, a, b, "firms_in_list")


def _trading(reading: Reading) -> Iterator[Found]:
    """A为B供应…, A从B采购…: who trades with a firm is one."""
    for m in _pattern("trading").finditer(reading.text):
        first = m.start("a")
        for edge in pattern("kept_or_boundary").finditer(reading.text, first, m.end("a")):
            if edge.lastgroup == "boundary" and m.end("a") - edge.end() >= 2:
                first = edge.end()
        spans = [(first, m.end("a")), *_split(reading.text, m.start("b"), m.end("b"))]
        if all(_looks_named(reading, a, b) for a, b in spans) and any(
            _ends_as_firm(reading.text[a:b]) for a, b in spans
        ):
            for a, b in spans:
                yield _firm(reading, a, b, "firm_trading")


def _customers(reading: Reading) -> Iterator[Found]:
    """…配套给A、B: what stands behind it up to the next boundary."""
    for m in _pattern("customers").finditer(reading.text):
        yield from _items_right(reading, m.end(), "firm_supplied")


def _items_left(reading: Reading, end: int, rule: str, least: int) -> Iterator[Found]:
    """The list that ends at ``end``, read backwards until a boundary."""
    text = reading.text
    low = end
    while low and end - low < 120 and re.match(f"{_ITEM}|[、和与及]", text[low - 1]):
        low -= 1
    cut = low
    for m in pattern("kept_or_boundary").finditer(text, low, end):
        if (
            m.lastgroup == "boundary"
            and "·" not in text[max(0, m.start() - 1) : m.end() + 1]
            and m[0] not in ("和", "与", "及", "以及")
            and not (len(m[0]) == 1 and _inside_item(reading, low, m.start(), end))
        ):
            cut = m.end()
    spans = list(_split(text, cut, end))
    named = [_looks_named(reading, a, b) for a, b in spans]
    if len(spans) < least or (not all(named) and sum(named) * 2 <= len(named)):
        return
    for (a, b), good in zip(spans, named, strict=True):
        if good:
            yield _firm(reading, a, b, rule)


def _inside_item(reading: Reading, low: int, at: int, end: int) -> bool:
    """Whether a single character that could be a boundary is part of a short firm's name in a
    list (甲光、臻至机械、乙升)."""
    start = reading.text.rfind("、", low, at) + 1
    if not start:
        return False  # what leads into the list stands in its first item
    stop = reading.text.find("、", at, end)
    stop = stop if stop >= 0 else end
    return start < at < stop - 1 and stop - start <= 6 and _ends_as_firm(reading.text[start:stop])


def _items_right(reading: Reading, start: int, rule: str) -> Iterator[Found]:
    text = reading.text
    high = start
    while high < len(text) and high - start < 120 and re.match(f"{_ITEM}|[、和与及]", text[high]):
        high += 1
    for m in pattern("kept_or_boundary").finditer(text, start, high):
        if (
            m.lastgroup == "boundary"
            and "·" not in text[max(0, m.start() - 1) : m.end() + 1]
            and m[0] not in ("和", "与", "及", "以及")
        ):
            high = m.start()
            break
    spans = list(_split(text, start, high))
    if high < len(text) and text[high] == ":" and len(spans) > 1:
        spans.pop()  # what a colon follows is the next label
    certain = len(spans) > 1 or _ends_as_firm(text[start:high])
    if certain and all(_looks_named(reading, a, b) for a, b in spans):
        for a, b in spans:
            yield _firm(reading, a, b, rule)


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for m in re.finditer("、|以及|[和与及]", text[start:end]):
        a, b = start + m.start(), start + m.end()
        if m[0] in "和与及" and (a - at < 2 or end - b < 2):
            continue  # 共和, 和田 …: no conjunction at the edge of an item
        if a > at:
            yield at, a
        at = b
    if end > at:
        yield at, end


def _firm(reading: Reading, start: int, end: int, rule: str) -> Found:
    return Found(
        start, end, OpenName("Enterprise", reading.text[start:end], place=reading.place_of(start, end)), rule
    )


def _looks_named(reading: Reading, start: int, end: int) -> bool:
    """Whether this can be a firm's name at all: no place, trade, sort of thing or sentence."""
    cues = name_cues()
    name = reading.text[start:end]
    bare = reading.text[reading.behind_places(start, end) : end]
    if not bare or bare in cues.trades or bare in cues.generic:
        return False
    if not 2 <= len(name) <= _MAX or name in cues.generic or name in cues.trades or name.isdigit():
        return False
    if re.search("[一-鿿]·[一-鿿]", name):  # 甲·乙: joint ventures and foreign names only
        return True
    if _pattern("not_in_firm").search(name) and not _pattern("strong").search(name):
        return False
    return not (_pattern("trade").fullmatch(name) or pattern("adjectives").fullmatch(name))


def _ends_as_firm(name: str, listed: bool = False) -> bool:
    """宏景电子, 三一重工; not 新能源汽车, 消费电子."""
    m = _pattern("listed" if listed else "ending").search(name)
    if m is None or m.start() < 1:
        return False
    stem = name[: m.start()]
    if len(stem) < 2 and not _pattern("brand_end").search(name):
        return False
    return stem not in name_cues().trades and _pattern("trade").fullmatch(name) is None


@cache
def _pattern(key: str) -> re.Pattern[str]:
    cues = name_cues()
    kinds = alternation(cues.firm_kinds)
    many = "[\\d一二两三四五六七八九十数几多余]+"
    group = f"(?:(?:{kinds})的?){{0,3}}(?:企业|公司|链主|龙头)"
    if key == "strong":
        return re.compile(f"(?:{alternation(cues.strong)})(?![军化式]|章程|治理|制)")
    if key == "brand":
        return re.compile(f"(?:{alternation(cues.brand)})(?!{_ITEM}{{0,2}}公司|集团|股份|制|企业)")
    if key == "brand_end":
        return re.compile(f"(?:{alternation(cues.brand)})$")
    if key == "ending":
        return re.compile(f"(?:{alternation((*cues.strong, *cues.brand, *cues.weak))})$")
    if key == "listed":
        return re.compile(f"(?:{alternation(cues.listed)})$")
    if key == "word_behind":
        return re.compile(
            f"(?:等(?:一批|{many}[家大个])?|一批|{many}[家大])(?:知名|国内外|国内)?{group}(?!家)"
        )
    if key == "word_before":
        return re.compile(
            f"(?:{group}|龙头|链主)(?:单位)?(?:(?:共|共有|有|达){many}家[,:]|(?:分别)?(?:是|为|如|包括|有|即|例如|主要有):?|:)"
        )
    if key == "as_leader":
        return re.compile(f"以({_WORD}{{2,12}}(?:[、和]{_WORD}{{2,12}})*?)(?:等)?为(?:龙头|链主|“链主”)")
    if key == "leader_in_front":
        return re.compile(
            f'作为[^,。;]{{2,24}}(?:链主|龙头)[”"]?(?:企业|单位)?,({_ITEM}{{2,10}}?)'
            "(?:带动|牵头|引领|联合|通过|率先|主导|投资|参与|携手|已|将|近年|去年|今年)"
        )
    if key == "is_leader":
        return re.compile(
            f"(?:^|[。,;:\n])({_WORD}{{2,12}}?(?:[、和]{_WORD}{{2,12}}?)*)(?:是|系|作为|担任|被确定为|被认定为|入选)"
            f"[^。,;]{{0,24}}?(?:链主|龙头企业|龙头)"
        )
    if key == "customers":
        return re.compile("配套给|供应给|供货给|销售给")
    if key == "trading":
        return re.compile(
            f"(?:^|[。,;:\n])(?P<a>{_WORD}{{2,10}}?)(?:为|向|给|从)"
            f"(?P<b>{_WORD}{{2,14}}?(?:[、和]{_WORD}{{2,14}}?)*?)(?:供应|供货|配套|采购|订购|提供)"
            "(?!链|体系|措施|政策|设施)"
        )
    if key == "list":
        return re.compile(f"{_ITEM}{{2,24}}(?:、{_ITEM}{{2,14}})+?(?=[^一-鿿A-Za-z0-9·&、]|等|一批|$)")
    if key == "not_in_firm":
        return re.compile(f"(?:{alternation(cues.not_in_firm)})")
    if key == "trade":
        words = (*cues.trades, *cues.modifiers)
        return re.compile(f"(?:{alternation(words)})*(?:{alternation((*cues.weak, *cues.trades))})")
    if key == "group_of_firms":
        return re.compile("(?:企业|上市|国有|民营|外资|行业)$")
    raise KeyError(key)
