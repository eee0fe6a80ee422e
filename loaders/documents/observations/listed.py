"""Several things of one kind that stand in a row, each of which has its figure: 光伏、商用车2个产业链群."""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.documents.observations import cues

_ITEM = r"(?:[一-鿿A-Za-z]|[(（][^()（）]{1,8}[)）]|\d(?=[A-Z])|(?<=[A-Z])\d){2,16}?"
_KIND = r"产业链群|产业链|产业集群|集群|行业|产业|领域|板块|产品|商品|品类"
_TRADES = r"产业链群|产业链|产业集群|行业"
_COUNT = r"(?P<n>[两二三四五六七八九十]|\d{1,2})"
_ROW = re.compile(
    rf"(?P<lead>(?:其中|另外|此外|全[省市县区州]|[我本][省市县区])?[,，]?)"
    rf"(?P<list>{_ITEM}(?:(?:[、和与及]|以及){_ITEM})+?)\s?等?\s?"
    rf"(?:{_COUNT}\s?(?:(?:大|个|条|类|种)\s*(?P<k>[一-鿿]{{0,4}}?(?:{_KIND}))|(?P<kinds>类)(?!别|似))"
    rf"|(?<=等)(?P<ke>[一-鿿]{{0,4}}?(?:{_KIND}))|(?P<kb>{_TRADES})|类(?P<kc>产品|商品)|类(?=的[一-鿿]{{0,6}}(?:率|指数|满意度)))"
    rf"(?![园区带化])(?P<rest>.*)$"
)
#: what is done with what is listed: it has no figure then
_DEED = re.compile(
    r"(?:重点|大力|全力|加快|着力|积极|已|共)*"
    r"(?:新增|培育|形成|打造|聚焦|围绕|瞄准|依托|发展|建设|拥有|推动|推进"
    r"|支持|涵盖|涉及|包括|包含|覆盖|做[大强]|壮大|抽查|检查"
    r"|选取|筛选|主攻|布局|构建|引进|生产|开展|集聚|在|对|将|把|从|以|为|由|向|是|有)"
)
#: 大、中、小型企业
_SIZE = r"(?:特大|大|中小|小微|中|小|微)"
_SIZES = re.compile(
    rf"(?P<lead>.*?)(?P<list>{_SIZE}型?(?:[、和与及]{_SIZE}型?)+)(?P<of>企业|单位)(?P<rest>.*)$"
)
#: (产业链产值)稳健增长: what is said of a measure before its figures
FARES = re.compile(
    r"^(.{2,}?)(?:最[高低快慢大小好多少优]|[较更偏][高低快慢好强弱大小]|略[高低]"
    r"|(?:稳健|平稳|较快|快速|稳步|高速|持续|保持|均衡|大幅|显著)*(?:增长|提升|发展|上升|下降|回升|向好)"
    r"|居首|居前|靠前|领先|领跑|突出|亮眼|垫底|势头[一-鿿]{1,3})$"
)
#: 大、中、小型企业产品数分别占抽查产品总数的(10.1%、17.7%、72.2%)
SHARES = re.compile(
    r"(?:分别|依次)占(?:到|了)?(?P<of>[^占,，]{1,20}?)的?(?:比重|比例|份额)?(?:为|是|达到?)?$"
    r"|占(?P<whole>[^占,，]{1,20}?)的?(?:比重|比例|份额)$"
)
#: 比全部工业分别快(13.1、23.0个百分点)
EACH_BESIDE = re.compile(
    r"(?:比|较)(?P<base>[^比较,，]{2,20}?)(?:分别|依次)要?(?P<how>快|高|低|慢|多|少|高出|高于|低于)了?$"
)
#: 新增企业一年比一年多
YEAR_BY_YEAR = re.compile(
    r"^(?:每年|历年|逐年)?的?(?P<what>.{2,24}?)呈?(?:一年比一年[一-鿿]|一年[高多]过一年"
    r"|逐年(?:递增|递减|增加|增长|攀升|提高|上升|下降|减少|走高|向好)"
    r"|连年(?:增长|攀升|上升|增加|下降)|节节[攀高]升?)"
)
#: (产量增幅)都在(20%以上)
ALL_ALIKE = re.compile(
    r"(?:[均都](?:已|将|要|可)?(?:在|为|是|达到?了?|超过?|突破|高于|低于|稳定在|保持在)*|皆[在为])\s*$"
)
#: (合格率)均(提升3个百分点)
ALL_MOVED = re.compile(r"[均都皆](?:已|有所|分别|各自|同比)*\s*$")
#: (合格率)连续三年保持在(95%以上)
ALL_ABOVE = re.compile(
    r"(?:连续[一二两三四五六七八九十\d]+[年次轮个]+(?:月|季度)?|始终|一直|持续|总体|长期)*(?:稳定|保持|维持)在\s*$"
)
#: (产品产量)增速(超过50%)
ALL_BEYOND = re.compile(r"(?<=增[速幅]|[一-鿿]率)$")
#: 食品类最低
UTMOST = re.compile(
    r"(?:而|但|只有)?(?P<what>[一-鿿]{2,14}?)(?:类|行业|产业|产业链)?(?:则|相对|表现|的)?"
    r"(?:最[高低快慢好差优弱]|居首|居末|垫底|次之|领跑|领先|殿后|靠后|排在末位)"
)
#: 抽得最多的是车用油类
MOST = re.compile(r"(?P<deed>抽查?|查|检)得?最[多少]的(?:是|为)(?P<what>[一-鿿]{2,12}?)(?:类|产品)?")
#: 车用油类抽得最多
MOST_OF_ALL = re.compile(r"(?P<what>[一-鿿]{2,12}?)(?:类|产品)?(?:被)?(?P<deed>抽查?|查|检)得?最[多少]")
#: (合格率不足80%的)只有燃气灶(1个种类)
ONLY = re.compile(r"的(?:只有|仅有|只|仅|是)(?P<what>[一-鿿]{2,12}?)(?:这|类)?\s*$")
#: 日用品类(涉及…等27种产品)
SORT_OF_GOODS = re.compile(
    r"(?P<goods>(?!其中|全|各|这|该|[一二两三四五六七八九十]|主|重|分)[一-鿿]{2,12}?)类(?:产品|商品)?"
    r"(?=涉及|包括|涵盖|包含|含有?|共|抽[查检])"
)
_EACH = re.compile(r"分别|依次|[均都各](?![衡匀市省县区地])")


@dataclass(frozen=True, slots=True)
class Listed:
    """What is listed, the class of each, and what stands behind the list. ``counted``: it says how many."""

    items: tuple[str, ...]
    cls: str
    rest: str
    counted: bool


def listed(words: str, count: int = 0) -> Listed | None:
    """The things of one kind that open the words. ``count``: how many there must be, where that is known.

    >>> listed("光伏、商用车2个产业链群产值领跑").items
    ('光伏', '商用车')
    >>> listed("电动机、印制电路板等产品产量").cls
    'Product'
    >>> listed("培育光伏、商用车2个产业链群")
    """
    m = _ROW.match(words)
    if m is None or _DEED.match(m["list"]):
        return None
    number = m["n"] or ""
    told = int(number) if number.isdigit() else cues.HAN_COUNT.get(number, 0)
    wanted = told or count
    if count and told and count != told:
        return None
    items = _items(m["list"], wanted)
    if not items:
        return None
    kind = m["k"] or m["ke"] or m["kb"] or m["kc"] or ""
    return Listed(items, _class(kind), m["rest"], bool(told))


def sizes(words: str, count: int) -> tuple[str, ...]:
    """大、中、小型企业产品合格率, where there are three figures: 大型企业产品合格率, 中型企业…, 小型企业….

    >>> sizes("大、小型企业合格率", 2)
    ('大型企业合格率', '小型企业合格率')
    """
    m = _SIZES.match(words)
    names = cues.SPLIT.split(m["list"]) if m is not None else []
    if m is None or len(names) != count:
        return ()
    return tuple(f"{m['lead']}{name.removesuffix('型')}型{m['of']}{m['rest']}" for name in names)


def each_follows(words: str) -> bool:
    """Whether the words give each its own figure, or all of them the same."""
    return _EACH.search(words) is not None


def _items(words: str, wanted: int) -> tuple[str, ...]:
    """The list cut at its marks, into so many where that is known."""
    marked = words.split("、")
    last = cues.SPLIT.split(marked[-1]) if len(marked) > 1 or not wanted else []
    ways = (marked, [*marked[:-1], *last], cues.SPLIT.split(words))
    for way in ways if wanted else ways[1:2]:
        items = tuple(item.strip() for item in way)
        if len(items) > 1 and all(len(item) >= 2 for item in items) and wanted in (0, len(items)):
            return items
    return ()


def _class(kind: str) -> str:
    if kind.endswith("集群"):
        return "Cluster"
    if kind.endswith(("链", "链群")):
        return "Chain"
    return "Product" if not kind or kind.endswith(("产品", "商品", "品类")) else "Industry"
