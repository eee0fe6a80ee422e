"""Figures outside of the plain order of words: in brackets, places in a list, proportions."""

from __future__ import annotations

import re
from itertools import pairwise

from loaders.documents.observations import cues, phrases
from loaders.documents.observations.clauses import Clause
from loaders.documents.observations.reading import Figure, placed, quantity_of
from loaders.documents.observations.series import Series
from loaders.documents.observations.subjects import is_region
from loaders.documents.observations.timing import year_before
from ontology.lexicon.dimensions.quantity import Ordinal
from ontology.lexicon.mention import Mention, Period, Quantity

#: 由2021年的(第9位上升至…)
_FROM_PLACE = re.compile(r"(?:由|从)(?P<among>全[国省市县])?(?:[^由从,，]{0,12}的)?$")
#: 在全省九个设区市中(排名第二)
_INSIDE = re.compile(r"(?<![一-鿿])在(?P<among>[^,，;；在]{2,20}?)(?:之?中|当中|范围内|内|里)?$")
#: 产量在全市各行政区(排名第一)
_INSIDE_ALL = re.compile(r"在(?P<among>全[国省市县区州][^,，;；在]{0,12}?)(?:之?中|当中|范围内|内|里)?$")
_FOR_LONG = re.compile(r"(?:多年来?|长期|一直|近年来|连续[一二两三四五六七八九十\d]+年)+$")
#: (2020年底)分别为(2个和9个)
_WERE = re.compile(r"(?:已)?(?:分别|依次)?(?:为|是|达到?)?")
#: (上年同期为91.2%)
_YEAR_BEFORE = re.compile(r"(?:上年|去年|上一年)(?:度|同期|同季)?(?P<how>为|是|增长|下降|增速)?$")
#: …(占31%)、甲类(占19%)和乙类
_BRACKET_AND = re.compile(r"[)）](?:、|以及|[和及与])")
#: what is said of a figure that stands behind it in brackets
_TOO_HIGH = re.compile(r"(?:仍|还|较|偏|过|居)(?:较|偏)?(?:高|低|大|小|多|少)(?:不下)?$")
#: what leads up to the first of several things
_FIRST_OF = re.compile(
    r"^.*(?:依次|分别|集中|体现|表现)(?:是|为|在)|^.{2,}?[是为有](?=[一-鿿]{4,})|^[和与及]"
)
#: a list in which something has a place: 全国百强县市第4位
_LISTED = re.compile(
    r"百强|十强|千强|百佳|十佳|强县|强市|强区|榜|排行|指数|名单|城市|县市|竞争力|排名|评价|考核"
)
#: 跻身, 位列 before the name of a list
_PLACED = re.compile(
    r"^(?:先后|并|成功|连续\d{1,2}年|连续[^,，]{1,4}年|再次|首次)*(?:跻身|位列|位居|入选|入围|荣登"
    r"|荣列|上榜|排名|名列|列|居|获评|稳居)+"
)


class Asides(Series):
    """The rules for figures in brackets, ranks and proportions."""

    def _bracketed(self, clause: Clause, at: int, q: Mention) -> None:
        """合格率(94.12%), 全国平均水平(93.93%), 甲县旅游装备制造(合格率92.5%)."""
        opened = self._opened(q)
        inside = self.text[opened:q.start]
        if len(clause.quantities) > 1 and cues.BRACKET_LIST.match(self.text, opened):
            opened = max(opened, *(opened + inside.rfind(mark) for mark in ",，;；、和"))
        then = _YEAR_BEFORE.fullmatch(inside[1:].strip()) if self.metric else None
        if then is not None:
            now = self.clock.of(self.periods, opened, self._outside(opened), self.text)
            moved = then["how"] in ("增长", "下降", "增速")
            scope = {"方向": "下降"} if then["how"] == "下降" else {}
            kind = "change" if moved else "actual"
            self._emit(clause, self.subject or self.default, self.metric, quantity_of(q), kind, q, scope,
                       keep=False, period=year_before(now))
            return
        year = next((m.value for m in self.periods if m.end == opened and isinstance(m.value, Period)), None)
        if year is not None and self.metric and any(s <= opened <= e for s, e in self.compared):
            # 比2022年(80.81分)提升1.06分: what it was
            whose = self.subject or self.default
            self._emit(clause, whose, self.metric, quantity_of(q), "actual", q, keep=False, period=year)
            return
        if quantity_of(q).unit in ("分", "级", ""):
            return
        when = next((m for m in self.periods if opened < m.start < q.start), None)
        inner = phrases.tidy(self.text[when.end if when else opened + 1:q.start])
        if inner in ("目标", "当前", "其中", "现为", "原为"):
            inner = ""
        told = [n for n in clause.names if opened < n.start and n.end <= q.start]
        behind = phrases.tidy(self.text[told[-1].end:q.start]) if told else ""
        if told and self.metric and (not behind or cues.AVERAGE.match(behind)):
            # 合格率98.1%(全省平均97.3%)
            self._emit(clause, told[-1].thing, self.metric, quantity_of(q), "actual", q, keep=False)
            return
        names = [n for n in clause.names if at <= n.start and n.end <= opened]
        near = names[-1] if names else None
        if near is not None and cues.AVERAGE.match(self.plain[near.end:opened].strip()):
            if self.metric:
                whole = names[-2] if len(names) > 1 and names[-2].end == near.start else None
                thing = placed(near.thing, whole.thing) if whole is not None else near.thing
                self._emit(clause, thing, self.metric, quantity_of(q), "actual", q, keep=False)
            return
        if when is not None and self.metric and not phrases.tidy(self.plain[at:opened]) and not inner:
            # 占比不低于30%(2023年为17.3%)
            kind = "target" if "目标" in inside else "actual"
            self._emit(clause, self.subject or self.default, self.metric, quantity_of(q), kind, q,
                       keep=False, period=self.clock.of([when], q.start, ()))
            return
        subject, metric = self._subject(clause, max(at, self._behind_list(clause, opened)), opened)
        other = re.match(r".*(?:高于|低于|高出|超过|优于)", metric)
        metric = self._metric(metric[other.end():] if other else metric)
        metric = _TOO_HIGH.sub("", metric) if when is not None else metric
        head = phrases.shared_head(self.metric)
        if other is not None and metric and head and not phrases.head_of(metric):
            metric += head  # 散装食品合格率(89.7%)低于预包装食品(95.4%)
        if cues.AVERAGE.match(metric):
            return
        if inner and not phrases.head_of(metric):
            self.inner = inner
            metric = metric + inner if metric else inner
        elif metric and not phrases.head_of(metric) and self.inner and "%" in quantity_of(q).unit:
            metric = metric + self.inner
        share = self._among_shares(clause)
        if metric and share and not phrases.head_of(metric):
            what = _FIRST_OF.sub("", metric)
            kind = "share" if "%" in quantity_of(q).unit else "actual"
            self._emit(clause, subject, what, quantity_of(q), kind, q, keep=False)
            return
        if metric and phrases.head_of(metric):
            aim = "目标" in self.text[opened:q.start]
            period = self.clock.of([when], q.start, ()) if when is not None else ...
            kind = "target" if aim else "actual"
            self._emit(clause, subject, metric.removeprefix("针对"), quantity_of(q), kind, q, period=period)

    def _then_in_brackets(self, clause: Clause) -> None:
        """分别达到4个、13个(2020年底分别为2个和9个): what the measures were, or what each shall be."""
        for left, right in self.brackets:
            if not clause.start <= left < clause.end:
                continue
            inside = [q for q in clause.quantities if left < q.start < right]
            when = next((m for m in self.periods if left < m.start < right), None)
            levels = self._recent(len(inside)) if len(inside) > 1 and when is not None else []
            if not levels or when is None:
                continue
            if not _WERE.fullmatch(self.text[when.end:inside[0].start].strip()):
                continue
            period = self.clock.of([when], right, ())
            for level, q in zip(levels, inside, strict=True):
                self._emit(clause, level.subject, level.metric, quantity_of(q), "actual", q, keep=False,
                           period=period)

    def _among_shares(self, clause: Clause) -> bool:
        """检测费用高(62.5%)、周期长(48.1%): each of several things with its share, or its number."""
        units = [quantity_of(m).unit for m in clause.quantities if self._is_bracketed(m)]
        return len(units) > 1 and len(set(units)) == 1

    def _behind_list(self, clause: Clause, end: int) -> int:
        """Behind the bracket and list mark before: …(92.5%)、乙县…"""
        marks = list(_BRACKET_AND.finditer(self.text, clause.start, end))
        return marks[-1].end() if marks else clause.start

    def _rank(self, clause: Clause, o: Mention) -> None:
        if not isinstance(o.value, Ordinal) or o.value.unit in ("次", "届", "批", "期", "季度", "大", "产业"):
            return
        if o.text.endswith("方阵") or self.text.startswith(("方阵", "梯队", "阵营"), o.end):
            return
        before = self.plain[clause.start:o.start]
        ahead = max((p.end for p in clause.ordinals if p.end <= o.start), default=clause.start)
        if cues.RANK.search(self.plain, ahead, o.start):  # 总量居第3位、增速居第5位
            before = " " * (ahead - clause.start) + self.plain[ahead:o.start]
        if self._in_list(clause, o) or self._places_in_order(clause, o):
            return
        lead = cues.RANK.search(before)
        was = _FROM_PLACE.search(before) if cues.BECOMES.match(self.plain[o.end:clause.end]) else None
        lead = was or lead
        if lead is None:
            return
        end = clause.start + lead.start()
        inside = _INSIDE.search(self.plain[clause.start:end])
        inside = inside or _INSIDE_ALL.search(self.plain[clause.start:end])
        end = clause.start + inside.start() if inside else end
        told = (*clause.quantities, *clause.ordinals)
        begin = max((m.end for m in told if m.end <= end), default=clause.start)
        row = self._listed([n for n in clause.names if begin <= n.start and n.end <= end])
        told_next = cues.IN_ORDER.match(self.plain[clause.end + 1:].lstrip())
        if len(row) > 1 and o.value.bound == "<=" and o.value.value == len(row) and told_next:
            # 甲、乙、丙产值居前三，(依次为…): which of them has which place, the next figures say
            self.group = self.in_order = tuple(n.thing for n in row)
            self.metric = self._metric(self.plain[row[-1].end:end]) or self.metric
            self.each = ()
            return
        alone = [n for n in clause.names if begin <= n.start and n.end == end and not is_region(n.thing)]
        subject, metric = self._subject(clause, begin, end, owner=bool(alone))
        if alone and self.whole is not None and not metric.strip():
            inside = None
            metric, self.told["总数"] = "排名", self.whole[1]
            self.told["范围"] = self.whole[0]
        among = (lead["among"] or "").removeprefix("在").strip() or (inside["among"] if inside else "")
        among = re.sub(r"\s+|中?[由从].*$|^.*[位名]、", "", among)  # 东北首位、全国第19位
        located = re.search(r"在(.{2,14}?)(?:中|里|内)?$", metric)
        if located is not None:
            among = among or located[1]
            metric = metric[:located.start()]
        metric = _FOR_LONG.sub("", self._metric(metric))
        if not metric or cues.AMOUNT.fullmatch(metric):
            metric = self.metric
        if not metric or re.search("(?<![得评])分$", metric):
            return  # 甲、乙分列…: who has which place was not understood
        quantity = Quantity(float(o.value.value), "位", o.value.bound, None, None, float(o.value.value), "位")
        self.subject = subject or self.subject
        scope = {"范围": among} if among else {}
        if was is not None:  # 由2021年的第9位上升至第5位
            self.metric = metric
            named = [m for m in self.periods if clause.start + was.start() <= m.start < o.start]
            when = self.clock.of(named, o.start, ()) if named else None
            if when is not None:  # where it was nobody knows when would stand beside where it is
                self._emit(clause, subject, metric, quantity, "rank", o, scope, keep=False, period=when)
            return
        self._emit(clause, subject, metric, quantity, "rank", o, scope, keep=False)

    def _places_in_order(self, clause: Clause, o: Mention) -> bool:
        """…68家、…733家，数量分别居全省第5位、第4位: the n-th place is of what was given n-th."""
        n = len(clause.ordinals)
        start = clause.ordinals[0].start
        between = [self.plain[a.end:b.start].strip() for a, b in pairwise(clause.ordinals)]
        lead = cues.RANK.search(self.plain, clause.start, start)
        if n < 2 or lead is None or not cues.IN_ORDER.search(self.plain, clause.start, start):
            return False
        given = self._recent(n)
        if len(given) != n or not all(cues.LIST_MARK.match(words) for words in between):
            return False
        of = given[clause.ordinals.index(o)]
        assert isinstance(o.value, Ordinal)
        value = float(o.value.value)
        quantity = Quantity(value, "位", o.value.bound, None, None, value, "位")
        scope = {"范围": lead["among"].strip()} if lead["among"].strip() else {}
        self._emit(clause, of.subject, of.metric, quantity, "rank", o, scope, keep=False)
        return True

    def _in_list(self, clause: Clause, o: Mention) -> bool:
        """跻身全国百强县市第4位、全国科技百强县市第5位: the list is the metric, nothing else is ranked."""
        assert isinstance(o.value, Ordinal)
        before = self.plain[clause.start:o.start]
        cut = before.rfind("、") + 1
        whose = next((n for n in clause.names if n.start <= clause.start + cut + 1 and cut == 0), None)
        if whose is not None and _PLACED.match(self.plain[whose.end:o.start].strip()):
            self.subject, cut = whose.thing, whose.end - clause.start
        words = before[cut:].strip()
        placed_at = _PLACED.match(words)
        listed = (cut > 0 and self.list_named) or placed_at is not None
        if not listed or o.value.unit not in ("位", "名", "强", ""):
            return False
        told = self._without_periods(clause.start + cut, o.start).strip()
        words = _PLACED.sub("", told)
        if len(words) < 4 or not _LISTED.search(words):
            named = self.list_named and placed_at is not None and len(words) <= 6
            if not named:
                return False
            metric, scope = self.list_named, {"范围": words} if words else {}
        else:
            metric, scope = phrases.tidy(words), dict[str, str]()
        value = float(o.value.value)
        quantity = Quantity(value, "位", o.value.bound, None, None, value, "位")
        self.list_named = metric
        period = next((m.value for m in self.periods if isinstance(m.value, Period)
                       and clause.start + cut <= m.start < o.start), None)
        self._emit(clause, self.subject or self.default, metric, quantity, "rank", o, scope, keep=False,
                   period=period or ...)
        return True

    def _ratio(self, clause: Clause, ratio: re.Match[str]) -> None:
        """三次产业结构为5.6:44.5:49.9: a value that is no number stays a text."""
        subject, raw = self._subject(clause, clause.start, ratio.start())
        was = cues.FROM.search(raw.rstrip())
        later = cues.RATIO.search(self.plain, ratio.end(), clause.end)
        metric = self._metric(raw[:was.start()] if was is not None and later is not None else raw)
        if subject is None or len(metric) < 2:
            return
        period = self.clock.of(self.periods, ratio.start(), self.compared, self.text)
        kind = "target" if self.clock.is_aim(self.text[:ratio.start()], period) else "actual"
        if was is not None and later is not None:
            # 由5.0:50.1:44.9调整为4.8:49.6:45.6
            at = (clause.start, clause.end)
            self.out.append(Figure(subject, metric, None, "baseline", period, *at, {}, ratio[0]))
            period, ratio = self.clock.carried, later
        self.out.append(Figure(subject, metric, None, kind, period, clause.start, clause.end, {}, ratio[0]))
