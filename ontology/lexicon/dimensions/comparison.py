"""Comparisons: ``较2023年提升`` · ``同比增长`` · ``高于全国平均水平`` · ``是…的 N 倍``.

The mention covers the words before the number; its value says direction and base."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ontology.lexicon.mention import Mention

#: verbs of change over time
UP = (
    "增长", "增加", "提高", "提升", "上升", "回升", "上涨", "上调", "扩大", "攀升", "拉高",
    "拉动", "提速", "加快", "净增", "多增", "多减", "多收",
    "跃升", "上浮", "递增", "增", "升", "涨",
)
DOWN = (
    "缩小", "下降", "降低", "减少", "回落", "下滑", "缩短", "缩减", "压缩", "压减", "削减", "递减", "走低",
    "下调", "收窄", "放缓", "少减", "少增", "减", "降",
)
#: words that set one thing beside another
ABOVE = (
    "高于", "高出", "高", "多于", "多出", "多", "快于", "快", "优于", "领先", "大于", "超出", "超过", "超",
)
BELOW = ("低于", "低出", "低", "少于", "少", "慢于", "慢", "落后", "差于")

#: a point in time as base makes a change, anything else a gap
_TIME = re.compile(
    r"上一?[次轮批]|年|月|季|同期|之前|以前|上期|基期|“?十.?五|节前|期初|创建前|实施前|此前"
)
_VERB_CHANGE = "|".join(sorted({*UP, *DOWN} - {"升", "降", "减", "增", "涨"}, key=len, reverse=True))
_VERB_GAP = "|".join(sorted({*ABOVE, *BELOW}, key=len, reverse=True))
#: what may stand between verb and number
_LINK = r"(?:了|幅度|到了)?(?:约|近|逾|超过|超|仅|分别|达到?|为)?"
_COMPARED = re.compile(
    rf"(?P<prep>相较于?|相比于?|对比|(?<!比)较之?|(?<![同环占对可])比(?![重例率值较])|同(?!比)"
    rf"|与)(?P<base>[^，,。；;:：]{{1,22}}?)"
    rf"(?P<like>(?:相比|比较|比)[,，]?[一-鿿]{{0,6}}?)?"
    rf"(?<!不)(?P<verb>{_VERB_CHANGE}|{_VERB_GAP}|增|升|降|减|涨){_LINK}\s?(?=[\d一二两三四五六七八九十])"
)
#: 现价, 按可比价格计算: how what is compared was reckoned
RECKONED = r"(?:可比价格?|可比口径|同口径|现行?价格?|当年价格?|不变价格?|名义)"
_YEAR_ON_YEAR = re.compile(
    rf"(?P<base>同比|环比|按?{RECKONED}计?算?[,，]?(?:同比)?|年均|年平均)(?:分别|均|又|再)?"
    rf"(?P<verb>{_VERB_CHANGE}|增|升|降|减|涨|多|少|高){_LINK}\s?(?=[\d一二两三四五六七八九十])"
)
_GAP = re.compile(
    # 达到或优于Ⅲ类: a class that water has to reach is nothing beside which a figure is set
    r"(?<!不)(?<![到或])(?P<verb>高于|低于|高出|低出|快于|慢于|优于(?!\s?(?:[ⅠⅡⅢⅣⅤIV]|[一二三四五]类))|领先于?"
    r"|多于|少于|超出|落后于?|超过)"
    rf"(?P<base>(?![百千万亿]+[元吨人家户])[^，,。；;:：\d一二两三四五六七八九十]{{2,24}}?(?:\d+%的平均水平)?){_LINK}\s?(?=\d)"
)
_CHANGE = re.compile(
    rf"(?P<verb>{_VERB_CHANGE}|(?<=[再净递均])[增降]|[增降升涨](?=了)){_LINK}\s?(?=[\d一二两三四五六七八九十])"
)
_TIMES = re.compile(
    r"(?:是|为|相当于)(?P<base>(?:(?:19|20)\d\d年)?[^，,。；;:：\d]{0,20}?)的\s?(?=\d+(?:\.\d+)?倍)"
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """``sort`` is change (over time), gap (beside another thing) or times (N 倍).

    ``较2023年提升`` → change, +1, 2023年. ``低于大型企业`` → gap, -1, 大型企业."""

    sort: str
    direction: int
    base: str
    verb: str


#: how verbs begin that say less
_LESS = (*"低少慢落差下降减缩压收削", "放缓", "回落", "递减", "走低")


def direction(verb: str) -> int:
    return -1 if verb.startswith(_LESS) else 1


def find(text: str) -> list[Mention]:
    """Comparisons in the text, in order; the longest of those that overlap."""
    hits: list[Mention] = []

    def add(m: re.Match[str], sort: str, base: str, rule: str) -> None:
        verb = m.groupdict().get("verb") or ""
        hits.append(Mention("comparison", m.start(), m.end(), m[0], Comparison(sort, direction(verb), base,
        verb), rule))

    if not _ANY.search(text):
        return hits
    for m in _COMPARED.finditer(text):
        base = m["base"].strip().removesuffix("分别")
        if m["prep"] in "同与" and not m["like"]:
            continue
        add(m, "change" if _TIME.search(base) else "gap", base, "compared with")
    for m in _YEAR_ON_YEAR.finditer(text):
        add(m, "change", m["base"].rstrip("，,"), "year on year")
    for m in _GAP.finditer(text):
        add(m, "gap", m["base"], "above or below")
    for m in _TIMES.finditer(text):
        add(m, "times", m["base"], "times")
    for m in _CHANGE.finditer(text):
        add(m, "change", "", "change")
    hits.sort(key=lambda m: (m.start, -m.end))
    out: list[Mention] = []
    for h in hits:
        if not out or h.start >= out[-1].end:
            out.append(h)
    return out


_ANY = re.compile(r"[增提上升降减高低多少快慢优领超落扩攀拉缩压下收放回倍]")
