"""Values in a row: the n-th is the n-th name's or the n-th metric's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import EllipsisType

from loaders.documents.observations import cues, phrases, qualify
from loaders.documents.observations.clauses import Clause
from loaders.documents.observations.listed import (
    ALL_ABOVE,
    ALL_ALIKE,
    ALL_BEYOND,
    EACH_BESIDE,
    SHARES,
    Listed,
    listed,
    sizes,
)
from loaders.documents.observations.reading import Figure, placed, quantity_of
from loaders.documents.observations.subjects import INDUSTRY, is_region
from loaders.documents.observations.whose import Whose
from loaders.facts import Thing
from ontology.lexicon.dimensions import period as periods
from ontology.lexicon.dimensions.comparison import Comparison
from ontology.lexicon.mention import Mention, Period, Quantity

#: (两条产业链)的(服务平台)各建成
_OF_EACH = re.compile(r"^的|(?:要|将|应|力争|分别|各|均|都|各自|建成|建有|设立|配备|达到?|有)+$")
#: rates of goods that are listed one by one
_GOODS_RATE = re.compile(r"(?:受检率|良品率|完好率|国产化率)$")
#: 合格率(依次为81%、85%、88%): a value for each of the years
_YEARS_BACK = re.compile(
    r"(?:近|过去|最近|连续)(?P<n>[两二三四五六七八九十\d])年|(?P<m>[两二三四五六七八九十])年(?:来|间)"
)
#: …三市, …等5家企业 behind a list of names
_SO_MANY = re.compile(
    r"^等?[两二三四五六七八九十\d]+(?:个|家|市|县区?|区|省|州|地|大|类)?"
    r"(?:地区|城市|企业|行业|市|县|区|省|集群|园区)?"
)
_BACK_TO = re.compile(r"^(?:分别)?(?:恢复|回升)$")
#: 三大支柱产业, 两项指标 behind a list of so many
_SO_MANY_KINDS = re.compile(
    r"(?<=[一-鿿])等?(?P<n>[两二三四五六七八九十])(?:大|项|个|类|条|种)"
    r"(?:[一-鿿]{0,4}?(?:产业链|产业|行业|领域|集群|产品|指标|板块))?(?=[一-鿿]{2})"
)
#: 这三档(分别为450家、40家、8家): what was given just before
_TRADES_EACH = re.compile(
    r"(?:^|[,，:：])(?P<list>(?:[一-鿿]{2,16}(?<![产企行专])业、)+[一-鿿]{2,16}?(?<![产企行专])业)(?P<what>(?!、)[一-鿿]{2,10})$"
)
_NAMES_ALONE = re.compile(r"[一-鿿]{2,8}(?:、[一-鿿]{2,8})+")
_THESE_FEW = re.compile(
    r"(?:这|上述|以上|该)?[两二三四五六]?(?:档次?|[项个](?:指标|数据)?|类(?:企业)?|者)"
)
#: what is left of a bracket
_BRACKETED = re.compile(r" {2}")
#: 食品、水泥等产品
_GOODS = re.compile(r"等(?:产品|商品|行业|产业)")


class Series(Whose):
    """The rules for several values at once."""

    def _run(self, quantities: Sequence[Mention], i: int) -> Sequence[Mention]:
        j = i + 1
        while j < len(quantities):
            if self._opened(quantities[j]) >= 0 and self._opened(quantities[j - 1]) < 0:
                break
            if self._is_bracketed(quantities[j - 1]) and self._opened(quantities[j]) < 0:
                break  # 甲(占43%)、乙(占27%)两项
            between = self.plain[quantities[j - 1].end:quantities[j].start]
            if not cues.LIST_MARK.match(between):
                break
            if not between and "%" in quantities[j - 1].text and "%" not in quantities[j].text:
                break  # 分别增长18.3%12.8%4个行业合计…: a comma was lost
            j += 1
        return quantities[i:j]

    def _distribute(self, clause: Clause, at: int, run: Sequence[Mention]) -> bool:
        """长沙、株洲合格率分别达到96%、95%: the n-th value is the n-th name's or metric's."""
        n = len(run)
        values = _in_one_unit(run)
        compared = self._comparison(clause, at, run[0])
        end = compared.start if compared is not None else run[0].start
        kind, scope = "actual", dict[str, str]()
        if compared is not None and isinstance(compared.value, Comparison):
            kind = "change" if compared.value.sort == "change" else "comparison"
            scope |= qualify.beside(compared.value.base)
            if compared.value.direction < 0:
                scope["方向"] = "下降" if kind == "change" else "低于"
        before = re.sub(r"(?:分别|依次)(?:是|为|达到?了?|占)?$", "", self.plain[at:end].rstrip())
        if self._beside_one(clause, before, run):
            return True
        pulls = cues.PULLS.search(before) if compared is not None and kind == "change" else None
        if pulls is not None and compared is not None and len(self.group) == n:
            # 甲业、乙业分别增长…，分别拉动全市工业增加值增长0.4个、1.2个百分点
            verb = compared.value.verb if isinstance(compared.value, Comparison) else ""
            what = f"{pulls['verb']}{phrases.tidy(pulls['what'])}{verb}"
            for thing, q, value in zip(self.group, run, values, strict=True):
                self._emit(clause, thing, what, value, "change", q, scope, keep=False)
            return True
        shares = SHARES.search(before)
        of_whole = f"占{shares['of'] or shares['whole']}比重" if shares is not None else ""
        if shares is not None:
            before, kind = before[:shares.start()], "share"
        self.each = ()
        of_kind = self._each_of_kind(clause, at, at + len(before), n)
        if of_kind is not None and len(of_kind[0]) == n and kind != "comparison":
            things, what = of_kind
            self.group = things
            for thing, q, value in zip(things, run, values, strict=True):
                self._emit(clause, thing, what + of_whole, *_moved(value, kind, scope, q), keep=False)
            self.metric = what
            return True
        names = [x for x in clause.names if at <= x.start and x.end <= at + len(before)]
        listed = self._listed(names)
        trades_each = self._trades_each(at, at + len(before), n) if len(listed) != n else None
        if trades_each is not None:
            self.group, what = trades_each
            self.metric, self.each = what, ()
            for thing, q, value in zip(self.group, run, values, strict=True):
                self._emit(clause, thing, what + of_whole, *_moved(value, kind, scope, q), keep=False)
            return True
        if len(listed) == 1 and len(self.row) == n - 1 and listed[0].thing.cls == INDUSTRY:
            # 甲制造业，乙制造业，丙制造业增加值分别增长…: commas part the trades
            listed = [*(replace(listed[0], thing=placed(t, self.default)) for t in self.row), *listed]
            self.row = ()
        subjects: tuple[Thing | None, ...]
        metrics: tuple[str, ...]
        years: Sequence[Period | EllipsisType | None] = self._years(run[0].start)
        if len(years) != n:
            years = self._years_from_to(run[0].start, n) or (...,) * n
        trades = self._trades_counted(clause, at, at + len(before), n)
        if trades and cues.THING_UNITS.search(run[-1].text):
            subjects, metrics = (self.subject or self.default,) * n, trades
        elif len(listed) == n:
            rest = _SO_MANY.sub("", self.plain[listed[-1].end:at + len(before)])
            self.group = tuple(x.thing for x in listed)
            told = self.earlier if kind == "comparison" and self.earlier.endswith("率") else ""
            what = self._metric(rest) or self.metric or told
            if kind == "change" and listed[0].thing.cls == INDUSTRY:
                # what all of industry grew by is no measure of one trade: 增加值
                own = phrases.tidy(rest)
                bare = own if phrases.is_bare(own) else phrases.shared_head(self.metric or self.earlier)
                what = bare if bare and (phrases.is_bare(own) or not own) else what
            subjects, metrics = self.group, (what,) * n
        else:
            subject, raw = self._subject(clause, at, at + len(before))
            text = self._metric(raw)
            if not phrases.tidy(text) or cues.IN_ORDER.fullmatch(text) or _THESE_FEW.fullmatch(text):
                text = self.metric
                in_order = cues.IN_ORDER.search(self.plain, at, run[0].start)
                if len(self.in_order) == n or len(self._recent(n)) == n:
                    in_order = in_order if len(self.in_order) == n else None
                if in_order and len(self.group) == n:
                    for thing, q, value in zip(self.group, run, values, strict=True):
                        self._emit(clause, thing, text, *_moved(value, kind, scope, q), keep=False)
                    return True
                text = ""
            if _BACK_TO.search(text):
                return True  # 恢复到2019年的75%: beside another year, no level
            parts = [phrases.tidy(p) for p in cues.SPLIT.split(_uncounted(text, n))] if text else []
            if by_size := sizes(text, n):
                subjects, metrics = (subject,) * n, by_size
            elif len(parts) == n and all(parts):
                rate = _GOODS_RATE.search(parts[-1])
                head = rate[0] if rate is not None else phrases.shared_head(parts[-1])
                level = cues.LEVEL_ONLY.match(parts[-1])
                if level is not None:  # 国家、省级质检中心
                    rest = parts[-1][level.end():]
                    parts = [p + rest if cues.LEVEL_WORD.fullmatch(p) else p for p in parts]
                parts = [p if phrases.head_of(p) else p + head for p in parts]
                subjects, self.metrics = (subject,) * n, tuple(parts)
                metrics = self.metrics
                goods = [p[: -len(head)] for p in parts] if rate is not None else []
                if all(2 <= len(g) <= 12 and not cues.BROAD.search(g) for g in goods) and goods:
                    # 加油机、出租车计价器受检率依次为…: each sort of goods has its own
                    where = subject.code if subject is not None and is_region(subject) else ""
                    subjects = tuple(Thing("Product", g, g, place=where) for g in goods)
                    metrics = (head,) * n
            elif not cues.IN_ORDER.search(self.plain, at, run[0].start):
                return False
            elif phrases.is_measure(text) and self._years_back(run[0].start) == n:
                subjects, metrics, years = (subject,) * n, (text,) * n, self._last_years(run[0].start, n)
            elif years[0] is not ...:  # 2022年、2023年合格率分别达到93%、94%
                subjects, metrics = (subject,) * n, (text or self.metric,) * n
            elif len(drawn := self._drawn(text, n)) == n:
                subjects, metrics = tuple(f.subject for f in drawn), tuple(f.metric + text for f in drawn)
            elif not text and len(recent := self._recent(n)) == n:
                subjects, metrics = tuple(f.subject for f in recent), tuple(f.metric for f in recent)
            elif len(self.group) == n:
                subjects, metrics = self.group, (text or self.metric,) * n
            elif len(self.metrics) == n and not text:
                subjects, metrics = (subject,) * n, self.metrics
            else:
                return False
        come_out = self.plain[run[-1].end:clause.end].strip()
        if cues.COME_OUT.fullmatch(come_out):
            metrics = tuple(m + come_out for m in metrics)  # 分别有3批次和2批次不合格
        for one, metric, q, value, year in zip(subjects, metrics, run, values, years, strict=True):
            whole = phrases.extended(metric, self.metric) if subjects != self.group else metric
            whole += of_whole
            self._emit(clause, one, whole, *_moved(value, kind, scope, q), period=year)
        return True

    def _each_of_kind(
        self, clause: Clause, at: int, end: int, count: int = 0,
    ) -> tuple[tuple[Thing, ...], str] | None:
        """动力装备、高端化工两个行业的合格率: the trades or chains that are listed, and what each has."""
        words = self._without_periods(at, end).strip(" 、,")
        found = listed(words, count)
        if found is None and _BRACKETED.search(words) and not any(c.isdigit() for c in self.text[at:end]):
            found = listed(self.text[at:end].strip(" 、,"), count)  # 童装(婴幼儿)及鞋、灯具类产品
        if found is None or any(is_region(n.thing) and n.thing.mention in found.items for n in clause.names):
            return None
        what = phrases.tidy(_OF_EACH.sub("", found.rest.strip()))
        what = what or phrases.shared_head(self.metric) or self.metric
        if not phrases.is_measure(what) and not re.search("各|均|分别", self.plain[at:end]):
            return None
        if not found.counted and not phrases.is_measure(what):
            return None
        self.named = True
        return self._things_of(clause, end, found), what

    def _each_alone(self, clause: Clause, at: int, q: Mention) -> bool:
        """甲、乙两条产业链服务平台各建成1个; 甲公司、乙公司各1批次不合格."""
        ahead = self.plain[at:q.start].rstrip()
        if not cues.EACH_HAS.search(ahead):
            return self._all_alike(clause, at, q)
        kinds = self._each_of_kind(clause, at, q.start)
        if kinds is not None:
            things, what = kinds
            noun = phrases.tidy(self.plain[q.end:clause.end])
            what = noun if len(noun) > 2 else what
        else:
            row = self._listed([
                n for n in clause.names
                if at <= n.start and n.end <= q.start and self.plain[n.start:n.end].strip()
            ])
            rest = self.plain[row[-1].end:q.start] if len(row) > 1 else "."
            if not cues.EACH_HAS.fullmatch(rest.strip()):
                return False
            things, what = tuple(n.thing for n in row), phrases.tidy(self.plain[q.end:clause.end])
        for thing in things:
            self._emit(clause, thing, what or self.counted, quantity_of(q), "actual", q, keep=False)
        return True

    def _all_alike(self, clause: Clause, at: int, q: Mention) -> bool:
        """电动机、印制电路板等产品产量增幅都在20%以上, …等产品合格率保持在95%以上: so much for each."""
        alike = ALL_ALIKE.search(self.plain[at:q.start])
        if alike is None and quantity_of(q).bound in (">=", ">") and _GOODS.search(self.plain, at, q.start):
            ahead = self.plain[at:q.start].rstrip()
            alike = ALL_ABOVE.search(ahead) or ALL_BEYOND.search(ahead)
        if alike is None:
            return False
        end = at + alike.start()
        found = self._each_of_kind(clause, at, end) or self._others_of_kind(at, end)
        if found is None or not phrases.is_measure(found[1]):
            return False
        things, what = found
        self.group, self.metric = things, what
        kind = "change" if phrases.RATE_OF_CHANGE.search(what) else "actual"
        for thing in things:
            self._emit(clause, thing, what, quantity_of(q), kind, q, keep=False)
        return True

    def _others_of_kind(self, at: int, end: int) -> tuple[tuple[Thing, ...], str] | None:
        """…机械达到1000亿元，石材、厨卫均达到1200亿元: others beside those that were listed before."""
        words = self._without_periods(at, end).strip(" 、,")
        if not self.kinds or not phrases.is_measure(self.metric) or _NAMES_ALONE.fullmatch(words) is None:
            return None
        like = self.kinds[0]
        return tuple(replace(like, name=w, mention=w) for w in words.split("、")), self.metric

    def _things_of(self, clause: Clause, end: int, found: Listed) -> tuple[Thing, ...]:
        """What is listed, at the place that is named with it."""
        place = next((n.thing for n in clause.names if is_region(n.thing) and n.end <= end), self.default)
        return tuple(placed(Thing(found.cls, item, item), place) for item in found.items)

    def _beside_one(self, clause: Clause, before: str, run: Sequence[Mention]) -> bool:
        """比全部工业分别快13.1、23.0个百分点: each of those that were named beside one."""
        beside = EACH_BESIDE.search(before)
        if beside is None or len(self.group) != len(run) or not self.metric:
            return False
        scope = {"比较": beside["base"]} | ({"方向": "低于"} if beside["how"] in "低慢少" else {})
        for thing, q, value in zip(self.group, run, _in_one_unit(run), strict=True):
            self._emit(clause, thing, self.metric, value, "comparison", q, scope, keep=False)
        return True

    def _years_from_to(self, end: int, n: int) -> tuple[Period | None, ...]:
        """从2022年到2025年…依次为: a value for each of the years."""
        spans = [m.value for m in self.periods if m.end <= end and isinstance(m.value, Period)]
        last = spans[-1] if spans else None
        if last is None or last.end.year - last.start.year != n - 1 or n < 2:
            return ()
        return _years_up_to(last.end.year, n)

    def _last_years(self, at: int, n: int) -> tuple[Period | None, ...]:
        """近三年…依次为: the years up to the one that the text is at, where it is at a whole one."""
        now = self.clock.of(self.periods, at, self._outside(at), self.text)
        if now is None or now.text != str(now.end.year):
            return (None,) * n
        return _years_up_to(now.end.year, n)

    def _trades_counted(self, clause: Clause, at: int, end: int, n: int) -> tuple[str, ...]:
        """制造业、服务业、建筑业分别为9家、3家、1家: parts of what was counted, and no subjects."""
        items = self._without_periods(at, end).strip(" 、").split("、")
        first = next((x for x in clause.names if at <= x.start < end), None)
        if len(items) != n or first is None or first.thing.cls != "Industry":
            return ()
        if not all(re.fullmatch(r"[一-鿿]{1,8}(?:业|行业|产业|领域)", item) for item in items):
            return ()
        of = self.counted
        of = of if not of or of.endswith(("企业", "单位")) else f"{of}的"
        return tuple(of + item for item in items)

    def _trades_each(self, at: int, end: int, n: int) -> tuple[tuple[Thing, ...], str] | None:
        """纺织业、酒和饮料制造业、金属制品业增加值分别增长…: trades as they are listed, and their measure."""
        m = _TRADES_EACH.search(self._without_periods(at, end).strip(" 、,"))
        names = m["list"].split("、") if m is not None else []
        if m is None or len(names) != n or not phrases.is_measure(phrases.tidy(m["what"])):
            return None
        self.named = True
        return tuple(placed(Thing(INDUSTRY, x, x), self.default) for x in names), phrases.tidy(m["what"])

    def _years_back(self, end: int) -> int:
        """近三年…，合格率依次为…: for how many years there are figures."""
        found = list(_YEARS_BACK.finditer(self.text, 0, end))
        if not found:
            return 0
        word = found[-1]["n"] or found[-1]["m"]
        return int(word) if word.isdigit() else cues.HAN_COUNT[word]

    def _years(self, end: int) -> list[Period]:
        """The years named in a row before: 2022年、2023年、2024年."""
        row: list[Mention] = []
        for m in self.periods:
            if m.end > end or not isinstance(m.value, Period):
                continue
            follows = bool(row) and cues.LIST_MARK.match(self.text[row[-1].end:m.start]) is not None
            row = [*row, m] if follows else row if len(row) > 1 else [m]
        return [m.value for m in row if isinstance(m.value, Period)] if len(row) > 1 else []

    def _recent(self, n: int) -> list[Figure]:
        """The levels given last, each of another metric: …12亿吨，…33万箱，分别增长…"""
        levels = [f for f in self.out if f.kind in ("actual", "target")][-n:]
        return levels if len({(f.subject, f.metric) for f in levels}) == n else []

    def _drawn(self, text: str, n: int) -> list[Figure]:
        """童鞋60批次，童车40批次，合格率分别为…: the goods of which batches were given last."""
        if not (phrases.is_bare(text) and text.endswith("率")):
            return []
        recent = self._recent(n)
        batches = all(f.quantity is not None and f.quantity.unit in ("批次", "批") for f in recent)
        return recent if batches and all(cues.GOODS_ALONE.fullmatch(f.metric) for f in recent) else []

    def _gaps(self, clause: Clause, at: int, run: Sequence[Mention]) -> bool:
        """分别高于全国、全省平均水平3.6个、1.2个百分点: one thing beside several."""
        compared = self._comparison(clause, at, run[0])
        if compared is None or not isinstance(compared.value, Comparison) or compared.value.sort != "gap":
            return False
        bases = [b.strip() for b in cues.SPLIT.split(compared.value.base)]
        if len(bases) != len(run):
            return False
        mean = cues.MEAN.search(bases[-1])
        subject, raw = self._subject(clause, at, compared.start)
        metric = self._metric(raw) or self.metric
        for base, q, value in zip(bases, run, _in_one_unit(run), strict=True):
            scope = {"比较": base + mean[0] if mean and not base.endswith(mean[0]) else base}
            if compared.value.direction < 0:
                scope["方向"] = "低于"
            self._emit(clause, subject, metric, value, "comparison", q, scope)
        return True

    @staticmethod
    def _comparison(clause: Clause, at: int, q: Mention) -> Mention | None:
        """The comparison whose number this is."""
        return next((m for m in clause.comparisons if at <= m.start and q.start - 1 <= m.end <= q.end), None)


def _years_up_to(year: int, n: int) -> tuple[Period | None, ...]:
    return tuple(periods.parse(f"{y}年", date(y, 12, 31)) for y in range(year - n + 1, year + 1))


def _moved(
    value: Quantity, kind: str, scope: Mapping[str, str], q: Mention
) -> tuple[Quantity, str, Mention, Mapping[str, str]]:
    """增长-2.7%: a fall of 2.7 %."""
    if kind != "change" or value.value is None or value.value >= 0:
        return value, kind, q, scope
    base = None if value.base_value is None else -value.base_value
    return replace(value, value=-value.value, base_value=base), kind, q, {**scope, "方向": "下降"}


def _uncounted(text: str, n: int) -> str:
    """纺织、印染、化纤三大支柱产业产值 → 纺织、印染、化纤产值, where so many are listed."""
    words = _SO_MANY_KINDS.sub(lambda m: "" if cues.HAN_COUNT.get(m["n"]) == n else m[0], text)
    return words if words == text else re.sub(r"的(?=[一-鿿]{2,8}$)", "", words)


def _in_one_unit(run: Sequence[Mention]) -> list[Quantity]:
    """5.1个和8.4个百分点: the unit stands with the last."""
    values = [quantity_of(q) for q in run]
    last = values[-1]
    if last.unit != "个百分点":
        return values
    return [replace(v, unit=last.unit, base_unit=last.base_unit) if v.unit == "个" else v for v in values]
