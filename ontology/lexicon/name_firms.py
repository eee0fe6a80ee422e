"""Names of firms: by their ending, and by what the surroundings say of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ontology.lexicon.name_cues import alternation, name_cues
from ontology.lexicon.name_reading import Found, OpenName, Reading, pattern

#: what leads into a list of firms
_INTRODUCED = re.compile(
    "有|如|包括|聚|引进|涌现|落户|入驻|依托|支持|推动|引导|鼓励|组织|指导|为$|是$"
)
_ITEM = r"[一-鿿A-Za-z0-9·&]"
#: a character of a name in a list; without 和 a list can be read in one way only
_WORD = r"(?:(?!和)[一-鿿A-Za-z0-9·&])"
_MAX = 14
#: what no firm's name has in front of its place
_TELLS = re.compile(
    r"[了的]|[开驶走送发运][出进往到]|来[到自]|位于|坐落|地处|前往|走访|探访|记者|一[辆家个批条]"
)

_SUPPLY = ("供应", "供货", "配套", "采购", "订购")
_LEADERS = ("链主", "龙头")
_ACTS = (
    "董事长", "总经理", "总裁", "总工程师", "质量总监", "质量负责人", "相关负责人", "荣获", "获评",
    "获颁", "捧回", "摘得", "斩获",
    "入选", "入围", "成功入选", "成功入围", "上榜", "跻身", "投资建设", "年产", "主营", "专业生产",
)
#: words of which a text has one where the pattern finds something; without them it is neither
#: compiled nor run
_NEEDS: dict[str, tuple[str, ...]] = {
    "word_behind": ("企业", "公司", "主机厂", "整车厂", "车企", "药企", "厂商", "厂家", *_LEADERS),
    "count_behind": ("企业", "公司"),
    "brands_served": ("品牌",),
    "word_before": ("企业", "公司", "用户", "客户", *_LEADERS),
    "as_leader": _LEADERS,
    "leader_in_front": ("作为",),
    "is_leader": (*_LEADERS, "链上", "骨干企业", "配套企业"),
    "list": ("、",),
    "trading": (*_SUPPLY, "提供"),
    "acting": ("总部", "位于", "坐落于", "地处", "为其", "向其", "给其", "从其", "负责人", *_ACTS),
    "traded_with": (*_SUPPLY, "购买", "购入", "交付"),
    "supplied": ("供应商", "配套商", "供货商", "配套厂商"),
    "customers": (*_SUPPLY, "交付", "销售给", "供给"),
}


def firms(reading: Reading) -> Iterator[Found]:
    """Firms named in the text; an unnamed group (“3家龙头企业”) is none."""
    for rule in (
        _by_ending,
        _list_before_word,
        _brands_served,
        _list_after_word,
        _as_leader,
        _is_leader,
        _leader_in_front,
        _list_of_firms,
        _trading,
        _acting,
        _traded_with,
        _customers,
    ):
        yield from rule(reading)


def _by_ending(reading: Reading) -> Iterator[Found]:
    """…有限公司, …集团; and endings that only firms have (重工, 药业)."""
    for m in _found("strong", reading.text):
        start = _before_bracket(reading, _at_town(reading, reading.begin(m.start(), limit=26), m.start()))
        start = _at_its_place(reading, start, m.start())
        name = reading.text[start : m.end()]
        stem = re.sub("[(].*[)]", "", reading.text[start : m.start()])
        if name.endswith("子公司"):
            continue  # 甲集团全资子公司: what it is, and not its name
        if len(stem) < 2 or name in name_cues().generic or stem in name_cues().trades:
            continue
        if pattern("adjectives").fullmatch(stem) or _pattern("group_of_firms").search(stem):
            continue
        yield _firm(reading, start, m.end(), "firm_by_form")
    for m in _found("brand", reading.text):
        start = reading.begin(m.start(), limit=8)
        least = 1 if m[0] in ("重工", "重科") else 2
        if least <= m.start() - start <= 6 and _looks_named(reading, start, m.end()):
            yield _firm(reading, start, m.end(), "firm_by_brand")


def _before_bracket(reading: Reading, start: int) -> int:
    """甲生物制药(苏州)有限公司: a place in brackets stands inside the name."""
    inner = re.search(r"[(](?:[一-鿿]{2,6}?)(?:集团|控股)?[)]$", reading.text[max(0, start - 10) : start])
    if inner is None:
        return start
    opened = start - len(inner[0])
    placed = reading.behind_places(opened + 1, start) > opened + 1 or re.search("集团|控股|中国", inner[0])
    begin = reading.begin(opened, limit=20)
    return begin if placed and opened - begin >= 2 else start


def _at_town(reading: Reading, start: int, head: int) -> int:
    """宁波臻至机械有限公司: behind a place a single 至, 同, 正 … is part of the name."""
    if start == 0 or reading.text[start - 1] not in "至同正为如于和与":
        return start
    for place in reading.places:
        inside = reading.text[place.end : start - 1]
        if place.end < start <= place.end + 5 and re.fullmatch(f"{_ITEM}+", inside):
            return start if pattern("boundary").search(inside) else place.start
    return start


def _at_its_place(reading: Reading, start: int, head: int) -> int:
    """货车驶出乙市甲公司: where words that tell something run into a place, the name begins with it."""
    for place in reading.places:
        if start < place.start < head and _TELLS.search(reading.text, start, place.start):
            return place.start
    return start


def _list_before_word(reading: Reading) -> Iterator[Found]:
    """A、B和C等龙头企业; A、B一批企业; A、B两家链主企业."""
    for m in _found("word_behind", reading.text):
        yield from _items_left(reading, m.start(), "firms_before_word", least=1 if m[0][0] == "等" else 2)
    for m in _found("count_behind", reading.text):
        found = list(_items_left(reading, m.start(), "firms_before_word", least=2))
        if any(_ends_as_firm(f.name.name, listed=True) or _ends_as_firm(f.name.name) for f in found):
            yield from found


def _brands_served(reading: Reading) -> Iterator[Found]:
    """为A、B等品牌提供…: whom the service is for, by the names on their goods."""
    for m in _found("brands_served", reading.text):
        found = list(_items_left(reading, m.start(), "firms_before_word", least=2))
        if found and reading.text[found[0].start - 1] in "为给向":
            for a, b in _split(reading.text, found[0].start, m.start()):
                yield _firm(reading, a, b, "firms_before_word")


def _list_after_word(reading: Reading) -> Iterator[Found]:
    """龙头企业有三家,A、B、C; 链主企业包括A和B; 龙头企业如A."""
    for m in _found("word_before", reading.text):
        yield from _items_right(reading, m.end(), "firms_after_word")


def _as_leader(reading: Reading) -> Iterator[Found]:
    """以A为龙头, 以A、B为链主."""
    for m in _found("as_leader", reading.text):
        spans = list(_split(reading.text, m.start(1), m.end(1)))
        if all(_looks_named(reading, a, b) for a, b in spans):
            for a, b in spans:
                yield _firm(reading, a, b, "firm_as_leader")


def _is_leader(reading: Reading) -> Iterator[Found]:
    """A是…产业链的链主企业."""
    for m in _found("is_leader", reading.text):
        if re.search("以[^、]{2,}$", m[1]):
            continue  # 培育以甲为链主的…: read by itself
        opened = re.match("(?:其中|目前|现在|当地的?)", m[1])
        first = m.start(1) + (opened.end() if opened is not None else 0)
        spans = list(_split(reading.text, first, m.end(1)))
        if all(_looks_named(reading, a, b) for a, b in spans):
            for a, b in spans:
                yield _firm(reading, a, b, "firm_is_leader")


def _leader_in_front(reading: Reading) -> Iterator[Found]:
    """作为…产业链的链主企业,A带动…."""
    for m in _found("leader_in_front", reading.text):
        if _looks_named(reading, m.start(1), m.end(1)) and not pattern("boundary").search(m[1]):
            yield _firm(reading, m.start(1), m.end(1), "firm_as_leader")


def _list_of_firms(reading: Reading) -> Iterator[Found]:
    """有A电子、B、C科技: a list of names of which some end as firms' names do."""
    for m in _found("list", reading.text):
        start = m.start()
        for edge in pattern("kept_or_boundary").finditer(reading.text, m.start(), m.end()):
            if edge.lastgroup == "boundary" and "、" not in reading.text[m.start() : edge.start()]:
                start = edge.end()
        spans = list(_split(reading.text, start, m.end()))
        if len(spans) < 2:
            continue
        first = reading.text[m.start() : start]
        introduced = _INTRODUCED.search(first) is not None
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
    for m in _found("trading", reading.text):
        first = m.start("a")
        if m["a"].endswith(("则", "也", "都", "均", "还", "将")):
            continue  # 酒瓶则从甲集团采购: goods, and no buyer
        for edge in pattern("kept_or_boundary").finditer(reading.text, first, m.end("a")):
            if edge.lastgroup == "boundary" and m.end("a") - edge.end() >= 2:
                first = edge.end()
        spans = [(first, m.end("a")), *_split(reading.text, m.start("b"), m.end("b"))]
        if all(_looks_named(reading, a, b) for a, b in spans) and any(
            _ends_as_firm(reading.text[a:b]) for a, b in spans
        ):
            for a, b in spans:
                yield _firm(reading, a, b, "firm_trading")


def _acting(reading: Reading) -> Iterator[Found]:
    """A、B为其供应…, A总部位于…, A荣获…, A董事长…: what only firms do, by something that ends as they do."""
    for m in _found("acting", reading.text):
        spans = list(_split(reading.text, m.start(1), m.end(1)))
        # 甲镇的乙鞋材、丙镇的丁织造
        spans = [(max(a, reading.text.rfind("的", a, b) + 1), b) for a, b in spans]
        names = [reading.text[a:b] for a, b in spans]
        if any(map(_ends_as_firm, names)) and all(_looks_named(reading, a, b) for a, b in spans):
            for a, b in spans:
                yield _firm(reading, a, b, "firm_acting")


def _traded_with(reading: Reading) -> Iterator[Found]:
    """…,从B采购…,并向C供货: by whose ending or place B and C are told to be firms."""
    for m in _found("traded_with", reading.text):
        spans = list(_split(reading.text, m.start(1), m.end(1)))
        placed = any(2 <= b - reading.behind_places(a, b) < b - a for a, b in spans)
        ends = any(_ends_as_firm(reading.text[a:b]) for a, b in spans)
        if (placed or ends) and all(_looks_named(reading, a, b) for a, b in spans):
            for a, b in spans:
                yield _firm(reading, a, b, "firm_trading")
            buyer = _pattern("whose_part").search(reading.text, 0, m.start())
            if buyer and reading.text[m.start()] == "由" and _looks_named(reading, *buyer.span(1)):
                yield _firm(reading, *buyer.span(1), "firm_trading")


def _customers(reading: Reading) -> Iterator[Found]:
    """…配套给A、B: what stands behind it up to the next boundary; 是A的供应商."""
    for m in _found("supplied", reading.text):
        spans = list(_split(reading.text, m.start(1), m.end(1)))
        if all(_looks_named(reading, a, b) for a, b in spans):
            for a, b in spans:
                yield _firm(reading, a, b, "firm_supplied")
    for m in _found("customers", reading.text):
        yield from _items_right(reading, m.end(), "firm_supplied")


def _items_left(reading: Reading, end: int, rule: str, least: int) -> Iterator[Found]:
    """The list that ends at ``end``, read backwards until a boundary."""
    text = reading.text
    low = end
    while low and end - low < 120 and re.match(f"{_ITEM}|[、和与及-]", text[low - 1]):
        low -= 1
    cut = low
    for m in pattern("kept_or_boundary").finditer(text, low, end):
        if (
            m.lastgroup == "boundary"
            and "·" not in text[max(0, m.start() - 1) : m.end() + 1]
            and m[0] not in ("和", "与", "及", "以及")
            and not (len(m[0]) == 1 and _inside_item(reading, low, m.start(), end))
            and not (m[0] in "正将再" and m.start() and text[m.start() - 1] in "向为与从给由")
        ):
            cut = m.end()
    first = text.find("、", cut, end)
    for park in pattern("parks").finditer(text, cut, first if first > 0 else end):
        if park.start() - cut >= 2 and re.match(f"{_ITEM}{{2}}", text[park.end() :]):
            cut = park.end()  # 甲新城|乙检测、丙生物等40家企业
    opened = re.search("[一-鿿]{2,6} ?[(][一-鿿]{2,4}[)]$", text[max(0, cut - 14) : cut])
    if opened is not None and reading.behind_places(text.rindex("(", 0, cut) + 1, cut) == cut - 1:
        cut = reading.begin(text.rindex("(", 0, cut), limit=8)  # 甲光(乙市)太阳能、丙照明
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
    if start == at and reading.text[at] in "向正同为对以":
        return 3 <= stop - start <= 6  # 甲新材、向阳光电、乙股份: no preposition stands behind a list mark
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
    if len(re.sub("(?:股份|集团|控股)*(?:有限责任|有限)?公司$", "", bare)) < 2:
        return False  # what is left of a name that was cut
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


def _found(key: str, text: str) -> Iterator[re.Match[str]]:
    needs = _NEEDS.get(key)
    return iter(()) if needs and not any(w in text for w in needs) else _pattern(key).finditer(text)


@cache
def _pattern(key: str) -> re.Pattern[str]:
    cues = name_cues()
    kinds = alternation(cues.firm_kinds)
    many = "[\\d一二两三四五六七八九十数几多余]+"
    group = f"(?:(?:{kinds})的?){{0,3}}(?:企业|公司|链主|龙头|主机厂|整车厂|车企|药企|厂商|厂家)"
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
    if key == "brands_served":
        return re.compile(
            "等(?:\\d+[余多]?[家个])?(?:知名|国内外|国内|主流|自主|合资|汽车|整车|家电|手机)*品牌(?=[^,。;、]{0,8}?(?:提供|供应|配套|供货|代工))"
        )
    if key == "count_behind":  # 等18家超硬材料企业
        return re.compile("等(?:\\d+[余多]?家)?[一-鿿]{2,8}?(?:企业|公司)")
    if key == "word_before":
        return re.compile(
            f"(?:{group}|龙头|链主|(?:主要)?(?:用户|客户))(?:单位)?(?:(?:共|共有|有|达){many}家[,:]|(?:分别)?(?:是|为|如|包括|有|即|例如|主要有):?|:)"
        )
    if key == "as_leader":
        return re.compile(f"以({_WORD}{{2,12}}?(?:[、和]{_WORD}{{2,12}}?)*?)(?:等)?为(?:龙头|链主|“链主”)")
    if key == "leader_in_front":
        return re.compile(
            f'作为[^,。;]{{2,24}}(?:链主|龙头)[”"]?(?:企业|单位)?,({_ITEM}{{2,10}}?)'
            "(?:带动|牵头|引领|联合|通过|率先|主导|投资|参与|携手|已|将|近年|去年|今年)"
        )
    if key == "is_leader":
        return re.compile(
            f"(?:^|[。,;:\n])({_WORD}{{2,12}}?(?:[、和]{_WORD}{{2,12}}?)*)(?:(?:是|系|作为|担任|被确定为|被认定为|入选"
            f"|同列|同为|并列|均为|均是|都是|出任)[^。,;]{{0,24}}?(?:链主|龙头企业|龙头)|为(?:[一-鿿]{{2,12}}?(?:产业链|集群)的?)?链主|当链主|当“链主”"
            f"|(?:是|为|均为|同为)[^。,;]{{0,4}}家?[“\"]?(?:链上骨干|链上企业|骨干企业|配套企业))"
        )
    if key == "customers":
        goods = "(?:产品|材料|部件|零件|配件|样件|订单)(?:主要|将|已|全部|均|大多|长期|还|也)*"
        bare = "(?:供应|配套|供货|交付)(?![给自链商])(?=[一-鿿]{4,}(?:[、和]|公司))"
        return re.compile(
            f"{goods}{bare}|配套给|供应给|供货给|销售给|采购自|订购自|供给(?!侧|端|能力|体系)"
        )
    if key == "trading":
        return re.compile(
            f"(?:^|[。,;:\n])(?P<a>{_WORD}{{2,10}}?)(?:为|向|给|从)"
            f"(?P<b>{_WORD}{{2,14}}?(?:[、和]{_WORD}{{2,14}}?)*?)(?:{'|'.join(_SUPPLY)}|提供)"
            "(?!链|体系|措施|政策|设施)"
        )
    if key == "supplied":
        return re.compile(
            f"(?:是|为|成为|成了|作为)((?!全球|世界|国际|国内|行业|业内|最|主要|重要|核心|唯一|领先|知名|著名|合格|优质|稳定|专业|一级)"
            f"{_WORD}{{2,10}}?(?:[、和]{_WORD}{{2,10}}?)*)(?:等(?:知名|国内外)?(?:品牌|厂商|企业|整车厂|主机厂)?)?的[^,。;的]{{0,10}}(?:供应商|配套商|供货商|配套厂商)"
        )
    if key == "acting":
        return re.compile(
            f"(?:^|[。,;:\n”\"])({_WORD}{{2,12}}?(?:[、和]{_WORD}{{2,12}}?)*)"
            "(?:(?=总部|(?:位于|坐落于|地处)(?!.{0,6}(?:前列|首位|第|水平|阶段))"
            "|(?:均|都|也|还)?(?:为|向|给|从)其|负责人(?!表)"
            f"|{'|'.join(_ACTS)}))"
        )
    if key == "whose_part":  # 甲机器人的减速器|由…供应
        return re.compile(f"(?:^|[。,;:])({_WORD}{{2,10}}?)的{_ITEM}{{2,8}}(?:主要|全部|均)?$")
    if key == "traded_with":
        return re.compile(
            f"(?:从|向|为|给|由)(?!其)({_WORD}{{2,12}}?(?:[、和]{_WORD}{{2,12}}?)*)"
            f"(?:独家|主要|配套)?(?:{'|'.join(_SUPPLY)}|购买|购入|交付)(?!链|体系|措施|政策|设施|商|企业|服务)"
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
