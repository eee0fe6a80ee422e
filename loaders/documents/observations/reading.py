"""What is known while a passage is read: whose figures these are, of what, and when."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import EllipsisType

from loaders.documents.observations import cues, phrases, qualify
from loaders.documents.observations.clauses import Clause
from loaders.documents.observations.subjects import INDUSTRY, Named, is_region, region
from loaders.documents.observations.timing import Clock
from loaders.facts import Thing
from ontology.gazetteer import gazetteer
from ontology.lexicon.mention import Mention, Period, Quantity

#: 制造业行业大类29个: trades are counted
_OF_TRADES = re.compile(r"(?:行业)?(?:大类|中类|小类|门类|企业(?=\d|数|$))|行业(?=大类|数|\d)")
#: a place that a movement goes to or comes from
_NOT_OWN = re.compile(
    r"(?:从|自|到|往|赴|面向|来自|输送|选派|引进|派往|出口|销往|借鉴(?!.*经验)|与|同|较|缩小与)$"
)
_AND_OTHERS = re.compile(
    r"等(?:地|市|县|区|[一-鿿]{0,6}企业|园区|开发区|行业|集群|机构|单位|公司|地区|城市)?"
)
#: what is left of 在2025年
_IN = re.compile(r"(?<![一-鿿])[在于到至]$|(?<=望)在$")
#: classes whose key says nothing of a place
_WHERE_TOLD = (INDUSTRY, "Product")
_OF_A_PLACE = (INDUSTRY, "Chain", "Cluster")


@dataclass(frozen=True)
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
        #: whether the figure before was only named again
        self.again = False
        self.lost = False
        self.spoken = ""
        self.trade = ""
        #: whether there is a figure in the passage at all
        self.counts = any(c.quantities or c.ordinals for c in self.clauses)
        self.compared = [(m.start, m.end) for c in self.clauses for m in c.comparisons]

    def _subject(self, clause: Clause, at: int, end: int, owner: bool = False) -> tuple[Thing | None, str]:
        """Who the words ``text[at:end]`` are about, and the rest of the words. ``owner``: what is
        measured stands behind the number, so that a name alone is whose it is."""
        names = [n for n in clause.names if at <= n.start and n.end <= end]
        names = [
            n for n in names
            if not any(s <= n.start < e for s, e in self.compared)
            and (n.thing.cls != INDUSTRY or self._leads(at, n.start, names))
            and not (n.thing.cls == INDUSTRY and _OF_TRADES.match(self.plain[n.end:end]))
            and not (n.thing.cls == INDUSTRY and self.known(phrases.tidy(self.plain[n.start:end])))
        ]
        self.named = bool(names)
        if not names:
            rest = self._without_periods(at, end)
            rest = rest.strip(" \t、*-#")
            pronoun = cues.DEMONSTRATIVE.match(rest)
            rest = cues.DEMONSTRATIVE.sub("", rest)
            subject = self.subject or self.default
            words = phrases.tidy(rest)
            if self.aside is not None and pronoun is None and len(words) >= 4 and not phrases.is_bare(words):
                subject, self.aside = self.aside[0] or self.default, None
            if re.match(r"(?:区域|地区)(?:间|之间)", rest):
                subject = self.default
            product = self._product(rest) if pronoun is None else ""
            if product and subject in (None, self.default) and not self._told_where(at):
                thing = Thing("Product", product, product)
                place = self.default
                return replace(thing, place=place.code) if place is not None else thing, rest[len(product):]
            if pronoun is not None:
                subject = self._meant(pronoun[0], subject)
                self.lost = subject is None and pronoun[0].startswith(("该", "公司"))
            elif self.lost:
                subject = None  # 该企业, of which nothing is known, is still spoken of
            if subject is not None and subject.cls == INDUSTRY and re.search(r"产业|行业|工业|制造业", rest):
                subject = self.default  # the words name another trade
            return subject, rest
        self.lost = False
        chosen = names[-1]
        before = names[-2] if len(names) > 1 else None
        if before is not None and is_region(before.thing):
            if chosen.thing.cls == INDUSTRY and before.end == chosen.start:
                chosen = before
        elif before is not None and is_region(chosen.thing) and self.text[chosen.start - 1] == "在":
            chosen = before  # 甲公司在乙市的产值: the place qualifies
        same = before is not None and chosen.thing.code and before.thing.code == chosen.thing.code
        if before is not None and same and phrases.tidy(self.plain[before.end:chosen.start]):
            chosen = before  # 全省评选首届甲省名品: the second is part of a name
        towards = self.plain[at:chosen.start].endswith("对") and "贡献" in self.plain[chosen.end:end]
        if is_region(chosen.thing) and (towards or _NOT_OWN.search(self.plain[at:chosen.start])):
            # 选派人员到甲市, 从甲市选派: the place is where it goes to or comes from
            return self.subject or self.default, self._without_periods(at, end)
        great = cues.SO_MANY_GREAT.match(self.plain[chosen.end:end]) if is_region(chosen.thing) else None
        if great is not None and before is not None and is_region(before.thing):
            return self.default, self.plain[chosen.end + great.end():end]
        if is_region(chosen.thing) and cues.SURVEY.match(self.plain[chosen.end:end]) and self.aside is None:
            self.aside = (self.subject,)
        row = self._listed(names)
        if len(row) > 1 and row[-1] is chosen and _AND_OTHERS.match(self.plain[chosen.end:end]):
            self.subject, self.each = chosen.thing, tuple(n.thing for n in row)
        rest = self._without_periods(chosen.end, end)
        thing = chosen.thing
        if phrases.RATE_OF_CHANGE.match(phrases.tidy(rest)):
            # 出口产值居首的甲制造业增幅: what grew stands before the name
            grown = phrases.LEADING_MEASURE.match(phrases.tidy(self.plain[at:chosen.start]))
            rest = (grown[0] if grown else "") + rest
        if is_region(thing) and not phrases.tidy(rest) and not owner:
            lead = self._without_periods(at, chosen.start)
            if len(phrases.tidy(lead)) >= 4 and not lead.endswith(("的", "、")) and len(names) == 1:
                return thing, lead  # 检验能力覆盖全省96%以上的产品
        if is_region(thing) and re.search(r"(?:覆盖|惠及|辐射|服务|带动)$", self.plain[at:chosen.start]):
            return thing, self._without_periods(at, chosen.start) + rest
        if thing.cls in ("Platform", "Institution") and not phrases.tidy(rest) and not owner:
            # 国检中心25家: the name is what is counted
            lead = self._without_periods(names[0].end if is_region(names[0].thing) else at, end)
            holder = names[0].thing if is_region(names[0].thing) else (self.subject or self.default)
            return holder, lead
        if not phrases.tidy(rest) and not is_region(thing) and not owner:
            lead = self._without_periods(at, end)
            whose = next((n.thing for n in names if is_region(n.thing)), None)
            return whose or self.default, lead
        if thing.cls == "Institution" and cues.AUTHORITY.search(thing.name):
            whose = self._place_of(thing)
            if whose is not None:
                self.told["主体"] = thing.name  # what an authority did is a figure of its place
                return whose, rest
        if not is_region(thing) and not thing.place:
            near = next((n.thing for n in names if is_region(n.thing)), None)
            if near is None and self.subject is not None and is_region(self.subject):
                near = self.subject
            thing = placed(thing, near or self.default)
        return thing, rest

    def _told_where(self, end: int) -> bool:
        return any(is_region(n.thing) and n.start < end for c in self.clauses for n in c.names)

    def _product(self, rest: str) -> str:
        """智能马桶产品合格率, in a text on the 智能马桶产业: the rate is the product's."""
        m = cues.PRODUCT_RATE.match(phrases.tidy(rest))
        return m[1] if m is not None and m[1] in self.products and rest.startswith(m[1]) else ""

    def _meant(self, pronoun: str, subject: Thing | None) -> Thing | None:
        """该企业, 该市, 其: the thing of that class that was named last; None where there is none."""
        classes = next((c for word, c in cues.PRONOUNS.items() if word in pronoun), ())
        for thing in (self.subject, self.previous, self.default):
            if thing is not None and thing.cls in classes:
                return thing
        return subject if not classes else None

    def _leads(self, at: int, start: int, names: Sequence[Named]) -> bool:
        """Whether an industry's name opens the words, or follows a name or 的."""
        lead = self._without_periods(at, start)
        return lead.endswith("的") or not phrases.tidy(lead) or any(n.end == start for n in names) or bool(
            any(n.end < start and cues.LIST_MARK.match(self.plain[n.end:start]) for n in names)
        )

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

    def _listed(self, names: Sequence[Named]) -> list[Named]:
        """The longest row of names of one class that only list marks part."""
        best: list[Named] = []
        row: list[Named] = []
        for n in names:
            last = row[-1] if row else None
            marked = last is not None and cues.LIST_MARK.match(self.plain[last.end:n.start])
            same = last is not None and n.start > last.end and last.thing.cls == n.thing.cls
            row = [*row, n] if marked and same else [n]
            if len(row) >= len(best):
                best = list(row)
        return best

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
        if self.examined and cues.RESULT.fullmatch(metric):
            metric = self.examined + metric
        metric, told = qualify.scoped(qualify.core(re.sub(rf"^{cues.UNNAMED.pattern}", "", metric)))
        told |= self.told
        self.told = {}
        if metric == self.metric and not told:
            told = self.kept  # the same measure once more
        if keep:
            self.kept = told
        scope = {**told, **(scope or {})}
        before = self.plain[clause.start:at.start]
        if cues.YEARLY.search(before[-12:]) or self.plain.startswith("/年", at.end):
            scope.setdefault("口径", "每年")
            metric = re.sub(r"^每年|每年$", "", metric)
        self._context(subject, metric, scope, at)
        subjects, metrics = self._expanded(clause, subject, metric)
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
            period = self.clock.of(self.periods, at.start, self.compared, self.text)
        aim = kind in ("actual", "share", "change") and (
            self.clock.is_aim(self.text[:at.start], period) or self._is_advice(clause, at)
        )
        if aim or (kind == "actual" and cues.AIM_BEHIND.match(self.plain[at.end:at.end + 5])):
            if kind == "change" and not phrases.RATE_OF_CHANGE.search(metric):
                metrics = tuple(m + ("下降" if "方向" in scope else "增长") for m in metrics)
            kind = "target"
        for metric in metrics:
            if not (2 <= len(metric) <= 44) or not cues.PHRASE.search(metric):
                continue
            if keep:
                known, self.metric = self.metric, metric.removesuffix("增长") if kind == "target" else metric
                examined = cues.EXAMINED.match(metric) if "批" in quantity.unit else None
                if examined is not None:
                    what = examined["behind"] or examined["before"]
                    self.examined = "" if what.endswith(("产品", "样品")) and len(what) <= 4 else what
                if self.metric != known:
                    self.goods = cues.GOODS_UNITS.search(quantity.unit) is not None
                if cues.THING_UNITS.search(quantity.unit) and kind != "rank" and not phrases.head_of(metric):
                    self.counted = metric
            self.out += [
                Figure(one, metric, quantity, kind, period, clause.start, clause.end, scope)
                for one in subjects if one is not None
            ]

    def _context(self, subject: Thing | None, metric: str, scope: dict[str, str], at: Mention) -> None:
        """Goods and a trade that stand before, by themselves, qualify what comes after them."""
        if self.goods_named and cues.RESULT.search(metric) and self.goods_named not in metric:
            scope.setdefault("产品", self.goods_named)
        if subject is not None and subject.cls in _WHERE_TOLD and (where := self._where(subject)):
            scope.setdefault("地区", where)
        trade = self.section_trade
        own = subject is not None and subject == self.default and not self.named
        if trade and own and not _same_trade(trade, metric) and phrases.is_measure(metric):
            scope.setdefault("行业", trade)
        unnamed = cues.UNNAMED.search(self.text, 0, at.start)
        if unnamed is not None and subject is not None and is_region(subject):
            scope.setdefault("主体", unnamed[0])
        if self.trade and subject is not None and is_region(subject) and self.trade[:-2] not in metric:
            scope.setdefault("行业", self.trade)

    def _place_of(self, thing: Thing) -> Thing | None:
        """The place of an authority: the one in its name, else the text's."""
        place = gazetteer().place(thing.place) if thing.place.isdigit() else None
        if place is not None:
            return region(place)
        return self.default

    def _where(self, subject: Thing) -> str:
        """Where a trade or a product is that has no place in its key."""
        place = gazetteer().place(subject.place) if subject.place else None
        if place is not None:
            return place.name
        for thing in (self.place, self.default):
            if thing is not None and is_region(thing):
                return thing.name
        return subject.place

    def _is_advice(self, clause: Clause, at: Mention) -> bool:
        """新建5个站 where the section says what should be done."""
        if self.tasks and self._opened(at) < 0 and not cues.NOT_YET.search(self.text[:at.start]):
            return True
        if not self.advice or self._opened(at) >= 0 or cues.NOT_YET.search(self.text[:at.start]):
            return False
        words = self.plain[clause.start:at.start].lstrip(" 、")
        return bool(cues.IMPERATIVE.match(words)) and not words.rstrip().endswith("的")

    def _expanded(
        self, clause: Clause, subject: Thing | None, metric: str,
    ) -> tuple[tuple[Thing | None, ...], tuple[str, ...]]:
        """Subjects and metrics where words stand for several: 甲、乙两项合格率, 三个地区的合格率."""
        parts = cues.PARTS.match(metric)
        if parts is not None:
            names = cues.SPLIT.split(parts["parts"])
            if len(names) == cues.HAN_COUNT[parts["n"]]:
                return (subject,), tuple(n.strip() + parts["tail"] for n in names)
        these = cues.THESE.match(metric)
        if these is not None and len(self.group) == cues.HAN_COUNT[these["n"]]:
            return self.group, (self._metric(these["tail"]),)
        among = self.plain[clause.start:clause.end].lstrip().startswith("其中")
        if len(self.each) > 1 and subject in self.each and among and not self.named:
            self.subject, self.each = self.default, ()
            return (self.default,), (metric,)  # one of them, who is not known
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
