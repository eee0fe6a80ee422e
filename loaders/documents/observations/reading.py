"""What is known while a passage is read: whose figures these are, of what, and when."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from types import EllipsisType

from loaders.documents.observations import cues, phrases, qualify
from loaders.documents.observations.clauses import Clause
from loaders.documents.observations.subjects import INDUSTRY, is_region, region
from loaders.documents.observations.timing import Clock
from loaders.facts import Thing
from ontology.gazetteer import COUNTRY, gazetteer
from ontology.lexicon.mention import Mention, Period, Quantity

_PARTS = re.compile(
    r"^(?P<parts>[^、]+(?:、[^、]+)+?)(?P<n>[两二三四五六七八九十])(?:大)?(?:项|个|类|种|家|市|县|区"
    r"|省)(?:指标|产品|行业|领域)?的?(?P<tail>.+)$"
)
_THESE = re.compile(
    r"^(?:上述|这|以上)?(?P<n>[两二三四五六七八九十])(?:大)?(?:个|家|市|县|区|省|类|者)(?:地区|企业|行业"
    r"|城市|市|县区|省份|集群|园区|龙头企业|龙头)?的?(?P<tail>.+)$"
)
#: 旅游装备每年, 200人次/年
_YEARLY = re.compile(r"每年|平均每年|年均(?=\d|\s?$)|(?<![一-鿿\d])年(?=节省|节约|增收)")
_IMPERATIVE = re.compile(
    r"^[^,，]{0,14}?(?:定向|再|重点|加快|计划|专项)?(?:新建|设立|培育|安排|选派|推动|建设|打造|输送"
    r"|缩短|压缩|提升|提高|降低|开展"
    r"|扩大|引进|组织|攻克|推广|支持|培养|开放|建成|将平均)"
)
_NOT_YET = re.compile(r"已|现有|目前|当前|去年|上年|显示")
_RELIED_ON = re.compile(r"依托|借鉴|其建成")
#: (质量专员)已于4月底前到岗
_DONE_ALREADY = re.compile(r"已(?:于|经|全部|有|累计|建成|完成|到岗|到位|投入)")
#: units in which goods are counted
_GOODS_UNITS = re.compile(r"(?:辆|台|吨|只|套|艘|架|台套|千瓦时|立方米)$")
#: 某机器人企业: a firm that is not named
_UNNAMED = re.compile(r"某[一-鿿]{0,8}?(?:企业|公司|工厂|园区|县区|县)")
#: what was examined: 抽查儿童玩具30批次, 电动自行车抽查10批次
_EXAMINED = re.compile(
    r"^(?:抽样检验|监督抽查|监督抽检|抽查检验|抽查|抽检|抽样|检验|检测|检查|监测)了?(?P<behind>.{2,12})$"
    r"|^(?P<before>.{2,12}?)(?:共)?(?:监督抽查|监督抽检|抽样检验|抽查|抽检)$"
)
#: an authority of the whole country
_NATIONAL = re.compile(r"(?:国家|国务院|中共中央|中央)|[一-鿿]{1,12}(?:部|总局)$")
#: results of an examination, which are of what was examined
_RESULT = re.compile(
    r"(?:总体|批次|检出)?(?:不)?合格(?:率|的|样品|产品|批次|发现率)?|问题发现率|抽查(?:产品|企业)?|抽检|检验"
)
#: a phrase that can be a metric: Chinese words, or an abbreviation
_PHRASE = re.compile(r"[一-鿿]|^[A-Z&]{2,}$")
#: what is left of 在2025年
_IN = re.compile(r"(?<![一-鿿])[在于到至]$|(?<=望)在$")
_BRACKET = re.compile(r"[(（][^()（）]*[)）]")
#: classes whose key says nothing of a place
_WHERE_TOLD = (INDUSTRY, "Product")
_OF_A_PLACE = (INDUSTRY, "Chain", "Cluster")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as one clause states it; ``start``/``end`` are clean offsets of the clause."""

    subject: Thing
    metric: str
    quantity: Quantity | None
    kind: str
    period: Period | None
    start: int
    end: int
    scope: Mapping[str, str] = field(default_factory=dict)
    #: the value where it is no number
    text: str = ""


@dataclass
class Reading:
    """A passage being read, and what its clauses leave for the next ones.

    ``default``: whose figures these are where nothing is named."""

    text: str
    clauses: Sequence[Clause]
    periods: Sequence[Mention]
    clock: Clock
    default: Thing | None
    #: the last subject of the sentence before, which 该行业, 该企业 stand for
    previous: Thing | None = None
    #: whether a phrase is a metric that has a name of its own
    known: Callable[[str], bool] = field(default=lambda phrase: False)
    #: things that the sentence before named together, which 上述三家 stands for
    group: tuple[Thing, ...] = ()
    #: the measure that the sentences before spoke of: 其中，甲制造业增长6.7%
    earlier: str = ""
    #: what the sentence before gave, and counted, last: 其中，甲区18家
    told_last: tuple[str, str] = ("", "")
    #: whether the section says what should be done
    advice: bool = False
    #: whether its figures are all aims, where it says nothing else
    tasks: bool = False
    #: the goods that the section is about, in a paper on examined goods
    examined: str = ""
    #: the trade that the section is about
    section_trade: str = ""
    #: products that the document speaks of as a trade
    products: frozenset[str] = frozenset()
    #: the title of the document
    title: str = ""
    #: where the document is at home
    place: Thing | None = None

    def __post_init__(self) -> None:
        self.plain = phrases.blank(self.text)
        self.out: list[Figure] = []
        self.subject: Thing | None = None
        self.metric = ""
        self.metrics: tuple[str, ...] = ()
        self.topic = ""
        #: several things that the clause before named together
        self.each: tuple[Thing, ...] = ()
        #: what was counted last, and the figure by which some of it was told apart
        self.counted = ""
        self.inner = ""
        self.named = False
        self.goods = False
        self.threshold: tuple[str, Quantity] | None = None
        #: what the next figure is of, beside its subject and metric
        self.told: dict[str, str] = {}
        self.kept: dict[str, str] = {}
        #: 83家配套企业中: the things of which some are counted next, and how many they are
        self.whole: tuple[str, str] | None = None
        #: whose figures these were before an aside (其中, 尤其是)
        self.aside: tuple[Thing | None] | None = None
        #: several things that have one figure together
        self.joint = ""
        #: the subject of the metric that was given last
        self.of: Thing | None = None
        #: whose measure a bare one is: (湘西地区)企业受限于…，合格率
        self.holder = ""
        #: goods and a trade that were named by themselves
        self.goods_named = ""
        #: what is counted, of which each has something (桃农人均增收), and what was spoken of
        self.each_of = ""
        #: the list in which something had its place
        self.list_named = ""
        #: the share that was given last
        self.shared = ""
        #: a measure that the next figures are of, and whether nobody knows whose they are
        self.rising = ""
        #: the measure that stands before a colon
        self.headed = ""
        #: the last measure that was given, which a rate without words is of
        self.measure = ""
        #: two that were named together, which 前者 and 后者 stand for
        self.pair: tuple[Thing, ...] = ()
        #: those that have the first places, whose figures come next
        self.in_order: tuple[Thing, ...] = ()
        #: beside whom the next figure is more or less
        self.beside = ""
        #: what was counted first in the passage
        self.first_counted = ""
        #: the things of one kind that were listed last, of which one may be told apart: 其中，甲产业…
        self.kinds: tuple[Thing, ...] = ()
        #: what was made known, of which numbers come next: 公布绿色工厂名单，全省60家，甲市9家
        self.announced = ""
        #: trades that stand alone in their clauses, one after the other
        self.row: tuple[Thing, ...] = ()
        #: whether the figure before was only named again
        self.again = False
        self.lost = False
        self.spoken = ""
        self.trade = ""
        #: whether there is a figure in the passage at all
        self.counts = any(c.quantities or c.ordinals for c in self.clauses)
        #: where a clause begins → the next one
        self.after = {a.start: b for a, b in pairwise(self.clauses)}
        self.brackets = [m.span() for m in _BRACKET.finditer(self.text)]
        self.compared = [(m.start, m.end) for c in self.clauses for m in c.comparisons]

    def _outside(self, at: int) -> list[tuple[int, int]]:
        """Where periods stand that are not of a figure at this place: comparisons, brackets around others."""
        return [*self.compared, *((s, e) for s, e in self.brackets if not s <= at < e)]

    def _without_periods(self, at: int, end: int) -> str:
        parts: list[str] = []
        for m in self.periods:
            if at <= m.start and m.end <= end and self.text[m.start - 1:m.start] not in tuple("比较同与"):
                parts.append(_IN.sub("", self.plain[at:m.start]))
                at = m.end
        parts.append(self.plain[at:end])
        return "".join(parts)

    def _opened(self, q: Mention) -> int:
        """Where the bracket around a quantity opens, or -1."""
        left = max(self.text.rfind("(", 0, q.start), self.text.rfind("（", 0, q.start))
        if left < 0 or any(c in ")）" for c in self.text[left:q.start]):
            return -1
        return left

    def _deep(self, q: Mention) -> bool:
        return self._opened(q) >= 0 and self._is_closed(q)

    def _is_closed(self, q: Mention) -> bool:
        return any(c in ")）" for c in self.text[q.end:q.end + 40])

    def _is_bracketed(self, q: Mention) -> bool:
        """A figure that fills its bracket, perhaps with a word or a measure before it."""
        left = self._opened(q)
        if left >= 0 and cues.BRACKET_LIST.match(self.text, left):
            return True
        if left < 0 or self.text[q.end:q.end + 1] not in (")", "）"):
            return False
        inner = self.text[left + 1:q.start].strip()
        return len(inner) <= 8 and not re.search(r"[,，;；、]", inner)

    def _metric(self, raw: str) -> str:
        metric = phrases.tidy(qualify.core(phrases.tidy(raw)))
        if not metric or self.named:
            return metric
        if self.holder and phrases.is_bare(metric):
            return self.holder + metric
        if self.of is not None and self.subject is not None and self.of != self.subject:
            return metric  # the measure before was of somebody else
        return phrases.extended(metric, self.metric, self.goods)

    def _emit(
        self, clause: Clause, subject: Thing | None, metric: str, quantity: Quantity, kind: str, at: Mention,
        scope: Mapping[str, str] | None = None, keep: bool = True,
        period: Period | EllipsisType | None = ...,
    ) -> None:
        if subject is not None and keep:
            if subject is not self.subject:
                self.each = ()
                self.joint = ""
                if self.of is not None and subject != self.of:
                    self.holder = ""
            self.subject = self.of = subject
        if cues.COME_OUT.fullmatch(metric) and quantity.unit in ("批次", "批"):
            metric = re.sub("经检验|综合判定|判定|检出", "", metric) + "批次"  # 合格95批次
        if self.examined and _RESULT.fullmatch(metric):
            metric = self.examined + metric
        metric, told = qualify.scoped(qualify.core(re.sub(rf"^{_UNNAMED.pattern}", "", metric)))
        told |= self.told
        self.told = {}
        if metric == self.metric and not told:
            told = self.kept  # the same measure once more
        if keep:
            self.kept = told
        scope = {**told, **(scope or {})}
        before = self.plain[clause.start:at.start]
        if _YEARLY.search(before[-12:]) or self.plain.startswith("/年", at.end):
            scope.setdefault("口径", "每年")
            metric = re.sub(r"^每年|每年$", "", metric)
        self._context(subject, metric, scope, at)
        subjects, metrics = self._expanded(clause, subject, metric, at)
        if kind == "actual" and phrases.RATE_OF_CHANGE.search(metric):
            kind = "change"
        if len(subjects) > 1 and cues.JOINT.search(self.plain[clause.start:at.start]):
            # 三家合计: the sum is no figure of each
            self.joint = "、".join(s.name for s in subjects if s is not None)
            subjects = (self.default,)
            self.subject, self.each = self.default, ()
        if self.joint and not self.named:
            scope["对象"] = self.joint
        if isinstance(period, EllipsisType):
            period = self.clock.of(self.periods, at.start, self._outside(at.start), self.text)
        done = self.clock.carried_aim and period is self.clock.carried and _DONE_ALREADY.search(
            self.text[clause.start:clause.end]
        )
        if done:
            period = None  # 26名质量专员已于4月底前到岗: not of the year that was aimed at
        aim = not done and kind in ("actual", "share", "change") and (
            self.clock.is_aim(self.text[:at.start], period, self.text) or (
                self._is_advice(clause, at) and not self._is_of_before(period)
            )
        )
        if aim or (kind == "actual" and cues.AIM_BEHIND.match(self.plain[at.end:at.end + 5])):
            if kind == "change" and not phrases.RATE_OF_CHANGE.search(metric):
                metrics = tuple(m + ("下降" if "方向" in scope else "增长") for m in metrics)
            kind = "target"
        for metric in metrics:
            if not (2 <= len(metric) <= 44) or not _PHRASE.search(metric):
                continue
            if keep:
                known, self.metric = self.metric, metric.removesuffix("增长") if kind == "target" else metric
                examined = _EXAMINED.match(metric) if "批" in quantity.unit else None
                if examined is not None:
                    what = examined["behind"] or examined["before"]
                    self.examined = "" if what.endswith(("产品", "样品")) and len(what) <= 4 else what
                    if cues.LEVEL_WORD.fullmatch(what):
                        self.examined = metric  # 国家监督抽查34批次，合格率…
                elif "批" in quantity.unit and self.examined and cues.GOODS_ALONE.fullmatch(metric):
                    self.examined = metric  # 抽查食品320批次，合格率…；药品210批次，合格率…
                if phrases.is_measure(metric):
                    self.measure = self.metric
                if self.metric != known:
                    self.goods = _GOODS_UNITS.search(quantity.unit) is not None
                if cues.THING_UNITS.search(quantity.unit) and kind != "rank" and not phrases.head_of(metric):
                    self.counted = metric
                    self.first_counted = self.first_counted or metric
            self.out += [
                Figure(one, metric, quantity, kind, period, clause.start, clause.end, scope)
                for one in subjects if one is not None
            ]

    def _context(self, subject: Thing | None, metric: str, scope: dict[str, str], at: Mention) -> None:
        """Goods and a trade that stand before, by themselves, qualify what comes after them."""
        if self.goods_named and _RESULT.search(metric) and self.goods_named not in metric:
            scope.setdefault("产品", self.goods_named)
        if subject is not None and subject.cls in _WHERE_TOLD and (where := self._where(subject)):
            scope.setdefault("地区", where)
        trade = self.section_trade
        own = subject is not None and subject == self.default and not self.named
        if trade and own and not _same_trade(trade, metric) and phrases.is_measure(metric):
            scope.setdefault("行业", trade)
        unnamed = _UNNAMED.search(self.text, 0, at.start)
        if unnamed is not None and subject is not None and is_region(subject):
            scope.setdefault("主体", unnamed[0])
        if self.trade and subject is not None and is_region(subject) and self.trade[:-2] not in metric:
            scope.setdefault("行业", self.trade)

    def _place_of(self, thing: Thing) -> Thing | None:
        """The place of an authority: the one in its name, else the text's."""
        place = gazetteer().place(thing.place) if thing.place.isdigit() else None
        if place is None and _NATIONAL.match(thing.name):
            place = gazetteer().place(COUNTRY)
        return region(place) if place is not None else self.default

    def _where(self, subject: Thing) -> str:
        """Where a trade or a product is that has no place in its key."""
        place = gazetteer().place(subject.place) if subject.place else None
        if place is not None:
            return place.name
        for thing in (self.place, self.default):
            if thing is not None and is_region(thing):
                return thing.name
        return subject.place

    def _is_of_before(self, period: Period | None) -> bool:
        """In a plan of work for one year: whether a figure is of an earlier one."""
        year = re.search(r"(?:19|20)\d\d", self.title)
        return period is not None and year is not None and period.end.year < int(year[0])

    def _is_advice(self, clause: Clause, at: Mention) -> bool:
        """新建5个站 where the section says what should be done."""
        before = self.text[:at.start]
        done = _NOT_YET.search(before) or _RELIED_ON.search(before, clause.start)
        if self.tasks and self._opened(at) < 0 and not done:
            return True
        if not self.advice or self._opened(at) >= 0 or done:
            return False
        words = self.plain[clause.start:at.start].lstrip(" 、")
        return bool(_IMPERATIVE.match(words)) and not words.rstrip().endswith("的")

    def _expanded(
        self, clause: Clause, subject: Thing | None, metric: str, at: Mention,
    ) -> tuple[tuple[Thing | None, ...], tuple[str, ...]]:
        """Subjects and metrics where words stand for several: 甲、乙两项合格率, 三个地区的合格率."""
        parts = _PARTS.match(metric)
        if parts is not None:
            names = cues.SPLIT.split(parts["parts"])
            if len(names) == cues.HAN_COUNT[parts["n"]]:
                return (subject,), tuple(n.strip() + parts["tail"] for n in names)
        these = _THESE.match(metric)
        if these is not None and len(self.group) == cues.HAN_COUNT[these["n"]]:
            return self.group, (self._metric(these["tail"]),)
        among = self.plain[clause.start:clause.end].lstrip().startswith("其中")
        # 甲、乙入选，46家企业列入名单: these are not of the two
        others = bool(cues.THING_UNITS.search(at.text)) and (
            not self.plain[clause.start:at.start].strip() or metric.endswith(("企业", "供应商", "机构"))
        )
        if len(self.each) > 1 and subject in self.each and (among or others) and not self.named:
            named = (n.thing for c in self.clauses for n in c.names)
            chain = next((thing for thing in named if thing.cls in ("Chain", "Cluster")), None)
            self.subject, self.each = chain if others and chain else self.default, ()
            return (self.subject,), (metric,)  # one of them, who is not known
        if subject is not None and len(self.each) > 1 and subject is self.subject and subject in self.each:
            return self.each, (metric,)
        return (subject,), (metric,)


def _same_trade(trade: str, metric: str) -> bool:
    """Whether the phrase names a trade itself, so that the section's does not qualify it."""
    return trade[:-1] in metric or bool(re.search(r"制造业|加工业|行业|产业|工业(?!生产)", metric))


def placed(thing: Thing, place: Thing | None) -> Thing:
    """Chains, clusters and industries are of the place that is named with them."""
    if place is None or not is_region(place) or thing.place or thing.cls not in _OF_A_PLACE:
        return thing
    return replace(thing, place=place.code or place.name)


def quantity_of(m: Mention) -> Quantity:
    assert isinstance(m.value, Quantity)
    return m.value
