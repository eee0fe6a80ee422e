"""What a metric's phrase says beside the metric: causes and means are cut, qualifiers go to the scope.

    因窑温失控导致釉面合格率波动          → 釉面合格率波动
    员工规模200人以下企业的产品合格率均值  → 企业的产品合格率均值, 规模=员工规模200人以下
    覆盖率在新兴领域                      → 覆盖率, 范围=新兴领域
"""

from __future__ import annotations

import re

from loaders.documents.observations import phrases
from ontology.lexicon.dimensions.comparison import RECKONED

#: 将区域差距(缩小至…): what is changed stands behind
_MOVED = re.compile(r"^.*?(?<![即必])(?:将(?![来近军要会有达于率持带])|把(?![关握脉]))(?=[^将把]{3,}$)")
_CAUSE = re.compile(
    r"^(?P<who>.*?)(?:因(?!素|此|子|为此)[^的]{2,24}?)?(?:导致|造成|引发|引起|致使|使得)了?(?!的)(?P<what>.{3,})$"
)
_MEANS = re.compile(r"^(?P<who>.*?)通过[^的]{2,24}?(?:实现|使)(?P<what>.{3,})$")
#: 提升数控化率(至70%), 特别对…领域问题发现率
_VERB = re.compile(
    r"^(?:特别)?(?:提升|提高|降低|缩短|压缩|减少|扩大|加快|增加|推动|带动|促进|助力|使|对|可以?(?=降低|提升|提高|带动|节约|减少|增加|实现)|降到)"
    r"(?!率|幅|度|值|量|速)(?=.{4,}$)"
)
_DONE = re.compile(r"(?<=[一-鿿”\"])已(?:经)?(?:实现了?)?(?=[一-鿿“\"]{2})(?!有)")
#: 抽查了企业
_AFTER_VERB = re.compile(r"(?<=[一-鿿]{2})(?<!为)了(?=[一-鿿]{2})(?!解)")
_LEADING = re.compile(
    r"^(?:(?:[省市县区我本]|总)局(?=[一-鿿]{2})|不得不|针对(?=抽查|检查)|正在(?:推进|实施|建设|开展)?的?|有望|可望|当前|依法|额外|各地|通过(?=培育|建设|引进)|先后|尽快"
    r"|进一步|持续|年均?(?=节省|节约))+(?=.{3,})"
)
#: 抽查涉及(企业), 抽查产品覆盖(8大类)
_CONCERNS = re.compile(
    r"(?<=抽查|抽检|抽样|检查|检验|监测)(?:共|累计)?(?:涉及|覆盖|涵盖)了?(?=[一-鿿]{2})|(?<=[查检测]产品|[查检测]企业|[查检测]样品)(?:共|累计)?(?:涉及|覆盖|涵盖)了?$"
)
#: 抽查的不合格率
_OF_EXAMINED = re.compile(r"(?<=抽查|抽检|检验|监测)的(?=不?合格[一-鿿]*率$|问题发现率$)")
#: 新兴领域如可燃气体探测器的不合格率
_SUCH_AS = re.compile(r"^[一-鿿]{2,6}(?:领域|产品|行业|企业|品类)(?:例如|比如|如)(?=[一-鿿]{4,})")
#: 产值由上年的下降转(为增长)
_TURNED = re.compile(r"由[^,，]{1,10}转(?:为|向)?$")
#: 去年卖了(35亿元)
_SOLD = re.compile(r"(?:能|可|就|共|总共)*(?:卖|售)(?:了|出|掉|得)*$")
#: 起草的国家标准
_WRITTEN = re.compile(r"(?<=起草|参与|制定|修订|制订|主导|牵头)的(?=(?:国家|国际|行业|地方|团体|企业)?标准$)")
_WITHIN = re.compile(r"^(?P<m>.*(?:率|比例|比重|指数|度|均值))在(?P<of>[^在]{2,14}?)(?:中|里|内|上|方面)?$")
_SIZE = re.compile(
    r"(?P<size>(?:[一-鿿]{2,6})?\d[\d.,]*(?:万|亿)?(?:人|元|亿元|万元|吨|平方米)(?:以上|以下|以内))的?"
    r"(?=(?:中小|小微|小型|大型|制造)?(?:企业|单位|机构|项目|园区|产业))"
)


def core(phrase: str) -> str:
    """The phrase without what led to it: 导致主机厂质量成本 → 主机厂质量成本."""
    phrase = _SUCH_AS.sub("", _LEADING.sub("", _TURNED.sub("", phrase)))
    for pattern in (_CAUSE, _MEANS):
        m = pattern.match(phrase)
        if m is not None and (phrases.is_measure(m["what"]) or pattern is _CAUSE):
            phrase = _owner(m["who"]) + m["what"]
    if phrases.is_measure(phrase):
        phrase = _MOVED.sub("", phrase)
        phrase = _VERB.sub("", phrase)
    phrase = _OF_EXAMINED.sub("", _CONCERNS.sub("", phrase))
    return _WRITTEN.sub("", _AFTER_VERB.sub("", _DONE.sub("", phrase)))


def sold(phrase: str, unit: str) -> str:
    """What was sold, as a measure.

    >>> sold("去年卖了", "亿元"), sold("电压力锅能卖", "万台"), sold("销售额", "亿元")
    ('去年销售额', '电压力锅销量', '销售额')
    """
    m = _SOLD.search(phrase)
    return phrase if m is None else phrase[:m.start()] + ("销售额" if unit.endswith("元") else "销量")


def _owner(who: str) -> str:
    """陶瓷企业(因…导致)釉面合格率波动 keeps the firms; a whole statement before is left out."""
    return who if re.fullmatch(r"[一-鿿]{2,8}(?:企业|产品|行业|领域|机构)", who) else ""


def scoped(phrase: str) -> tuple[str, dict[str, str]]:
    """The phrase and what qualifies it, where that can be taken apart."""
    scope: dict[str, str] = {}
    within = _WITHIN.match(phrase)
    if within is not None:
        phrase, scope["范围"] = within["m"], within["of"]
    size = _SIZE.search(phrase)
    if size is not None and phrases.is_measure(phrase):
        scope["规模"] = size["size"]
        phrase = phrase[:size.start()] + phrase[size.end():]
    return phrase, scope


def beside(base: str) -> dict[str, str]:
    """The keys of a scope that say with what something was compared, or how it was reckoned.

    >>> beside("2023年"), beside("同比"), beside("按可比价格计算,同比")
    ({'比较': '2023年'}, {}, {'口径': '可比价格'})
    """
    base = re.sub(r"\s+", "", base)
    reckoned = re.match(f"按?({RECKONED})", base)
    if reckoned is not None:
        return {"口径": reckoned[1]}
    if base in ("年均", "年平均"):
        return {"口径": "年均"}
    return {"比较": base} if base not in ("", "同比") else {}
