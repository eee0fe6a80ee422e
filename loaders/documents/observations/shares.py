"""One thing beside another: changes, gaps and shares."""

from __future__ import annotations

import re
from dataclasses import replace

from loaders.documents.observations import cues, phrases, qualify
from loaders.documents.observations.asides import Asides
from loaders.documents.observations.clauses import Clause
from loaders.documents.observations.listed import ALL_MOVED
from loaders.documents.observations.reading import placed, quantity_of
from loaders.documents.observations.subjects import INDUSTRY, is_region
from loaders.documents.observations.timing import year_before
from loaders.facts import Thing
from ontology.lexicon.dimensions.comparison import Comparison
from ontology.lexicon.mention import Mention, Period

#: 保持11.5%的增速, 20%以上年均增速
_GROWTH = re.compile(r"^的?(年均|平均)?(增速|增幅|增长率|涨幅|升幅|降幅|增长)(?![一-鿿])")
_ADVISED = re.compile(r"^的([一-鿿]{0,6}(?:建议值|标准值|门槛|警戒线))$")
_LAST_YEAR = re.compile(r"上年度?|上一年度?")
#: (产量)占广西比重
_OF_WHOLE = re.compile(r"占[^占]{1,12}比重$")
#: (接近)国际先进水平(的0.7%)
_A_LEVEL = re.compile(r"(?:水平|平均值?|均值|标准|目标|要求)$")
#: 两者合力把总产值拉高
_BOTH = re.compile(
    r"^([两二三四五])(?:者|家|个行业|大行业|个产业|市|县|区)(?:合力|合计|共同|一起|联手|联合)?"
)
#: 与上年同期相比，投诉量减少
_SAID_INSIDE = re.compile(r"(?:相比|比较|比)[,，]([一-鿿]{2,8}?)(?=增|提|升|下|减|降|上|回|扩|缩|高|低)")
#: a trade whose figure is of the measure before: 其中轻工业增长2.9%
_OF_TRADE = re.compile(r"^[一-鿿、]{2,24}(?:业|产业)$")
#: 较三年前的(91.5%): what it was
_WAS_THEN = re.compile(
    r"(?:较|比|相比|对比)(?P<when>[^,，;；较比]{0,10}?(?:前|年|同期|初|末|底|季度|月|时|以前|上次|上届))的\s?$"
)
#: 去年同期的97.5%
_FIGURE_THEN = re.compile(
    r"(?P<when>(?:上年|去年|上一?季度|上月|\d{4}年|同期|前年|上半年)[^\d]{0,4})的\d[\d.]*[^\d]{1,4}$"
)


class Shares(Asides):
    """The rules for figures that relate one thing to another."""

    def _compared(self, clause: Clause, at: int, q: Mention, c: Comparison, start: int) -> None:
        whose = next((n for n in clause.names if start < n.start and n.end < q.start), None)
        if whose and c.sort == "gap" and self.metric and self.plain[whose.end:q.start].strip() == "的":
            # 拥有3.6家，低于甲市的4.9家
            value = replace(quantity_of(q), bound="=")
            self._emit(clause, whose.thing, self.metric, value, "actual", q, keep=False)
            return
        if c.sort == "gap" and cues.AIM_BEHIND.match(self.plain[q.end:clause.end]) and self.metric:
            # 增加值增长6.3%，低于年初8%的目标
            metric = self.metric + ("增长" if self.out and self.out[-1].kind == "change" else "")
            value = replace(quantity_of(q), bound="=")
            self._emit(clause, self.subject or self.default, metric, value, "target", q, keep=False)
            return
        if c.sort == "change" and self._all_moved(clause, at, q, c, start):
            return
        subject, metric = self._subject(clause, at, start)
        both = _BOTH.match(metric.lstrip())
        if both is not None and len(self.group) == cues.HAN_COUNT[both[1]]:
            self.joint, subject = "、".join(t.name for t in self.group), self.default
            self.subject = subject
            metric = metric.lstrip()[both.end():]
        moved = re.search(r"(?:把|将)(.{3,})$", metric)
        if moved is not None:
            metric = (c.verb if c.verb.startswith("拉") else "") + phrases.tidy(moved[1])
        pulls = cues.PULLS.search(self.plain[at:start]) if c.sort == "change" else None
        if pulls is not None:
            # 产值412亿元，拉动全市规上工业增长4.8个百分点
            stem = phrases.stem_of(phrases.RATE_OF_CHANGE.sub("", self.metric))
            what = f"{stem}{pulls['verb']}{phrases.tidy(pulls['what'])}{c.verb}"
            doer = self.subject or self.default
            if cues.JOINT.search(self.plain, clause.start, start):
                # 甲、乙、丙…，3个行业合计拉动…: no figure of the last of them
                self.joint, doer = "、".join(t.name for t in self.group), self.default
                what = what.removeprefix(stem)
            self._emit(clause, doer, what, quantity_of(q), "change", q, keep=False)
            return
        its = cues.ITS.match(self.plain[at:start].lstrip(" ,，")) is not None
        said = _SAID_INSIDE.search(self.text[start:q.start])
        if said is not None and not phrases.tidy(metric):
            metric = said[1]  # 与上年相比，投诉量减少
        metric = self._metric(metric) or self.metric or (self.earlier if clause is self.clauses[0] else "")
        metric = metric or (self.measure if "百分" in q.text else "")
        head = phrases.shared_head(self.metric) or phrases.shared_head(self.earlier)
        head = head or phrases.grown(self.metric)
        if head and metric != self.metric and _OF_TRADE.match(metric) and c.sort == "change":
            trade = next((n.thing for n in clause.names if self.text[n.start:n.end] == metric), None)
            if trade is not None and trade.cls == INDUSTRY:
                subject, metric = placed(trade, self.default), head
            else:
                metric += head
        if "百分" in q.text and self.out and self.out[-1].kind == "share" and metric == self.metric:
            metric = self.out[-1].metric  # a change of the share that was given
        if its and self.counted and phrases.is_measure(metric) and self.counted not in metric:
            metric = re.sub(r"^新增", "", self.counted) + metric
        if cues.ONE_OF_TWO.fullmatch(metric):
            return  # 前者较后者高2个百分点
        scope: dict[str, str] = {}
        was = _FIGURE_THEN.match(c.base)
        then = [o for o in clause.quantities if start < o.start < o.end <= q.start - 1] if was else []
        if was is not None and len(then) == 1:
            # 比去年同期的97.5%提高0.6个百分点
            self._emit(clause, subject, metric, quantity_of(then[0]), "baseline", then[0], keep=False,
                       period=None)
            c = replace(c, base=was["when"])
        scope |= qualify.beside(c.base)
        if c.direction < 0:
            scope["方向"] = "下降" if c.sort == "change" else "低于"
        kind = "change" if c.sort == "change" else "comparison"
        self._emit(clause, subject, metric, quantity_of(q), kind, q, scope)

    def _all_moved(self, clause: Clause, at: int, q: Mention, c: Comparison, start: int) -> bool:
        """童鞋、家具类产品合格率均提升8个百分点: each of them moved so much."""
        alike = ALL_MOVED.search(self.plain[at:start])
        found = self._each_of_kind(clause, at, at + alike.start()) if alike is not None else None
        if found is None or not phrases.is_measure(found[1]):
            return False
        self.group, self.metric = found
        scope = {"方向": "下降"} if c.direction < 0 else {}
        scope |= qualify.beside(c.base)
        for thing in self.group:
            self._emit(clause, thing, self.metric, quantity_of(q), "change", q, scope, keep=False)
        return True

    def _yardstick(self, clause: Clause, q: Mention, rest: str) -> None:
        """低于2.5%的行业建议值: what is advised is a figure of its own."""
        advised = _ADVISED.match(rest)
        if advised is not None and self.metric:
            metric = f"{self.shared or self.metric}{advised[1]}"
            value = replace(quantity_of(q), bound="=")
            self._emit(clause, self.subject or self.default, metric, value, "actual", q, keep=False)

    def _beside(self, clause: Clause, at: int, q: Mention, beside: re.Match[str]) -> bool:
        """抽查覆盖率仅为甲市的60%: a rate beside another place's."""
        base = beside["base"].strip()
        first, last = at + beside.start("base"), at + beside.end("base") - 2
        mean = cues.MEAN.search(base)
        placed_there = (n for n in clause.names if n.start <= first and n.end >= last)
        if not mean and not any(is_region(n.thing) for n in placed_there):
            return False
        names = [n for n in clause.names if n.end <= at + beside.start()]
        end = at + beside.start()
        subject, raw = self._subject(replace(clause, names=tuple(names)), at, end)
        metric = self._metric(raw) or self.metric
        if not phrases.is_measure(metric) and not mean:
            return False
        self._emit(clause, subject, metric, quantity_of(q), "comparison", q, {"比较": base})
        return True

    def _share_too(self, clause: Clause, at: int, q: Mention) -> bool:
        """产量…，占广西的八成以上、全国的4.4%: a share of another whole."""
        last = self.out[-1] if self.out else None
        words = self.plain[at:q.start].strip()
        if last is None or last.kind not in ("share", "target"):
            return False
        if not words.startswith("、") or not words.endswith("的"):
            return False
        of, whole = words.strip("、").removesuffix("的"), _OF_WHOLE.search(last.metric)
        if whole is None or not any(self.text[n.start:n.end] == of for n in clause.names):
            return False
        metric = last.metric[: whole.start()] + f"占{of}比重"
        self._emit(clause, last.subject, metric, quantity_of(q), "share", q, keep=False)
        return True

    def _was_then(self, clause: Clause, at: int, q: Mention) -> bool:
        """批次合格率为96.8%，较三年前的91.5%有明显起色: what it was before."""
        if _WAS_THEN.search(self.plain[at:q.start]) is None or not self.metric:
            return False
        when = [m for m in self.periods if at <= m.start < q.start]
        period = self.clock.of(when, q.start, ()) if when else None
        whose = self.subject or self.default
        self._emit(clause, whose, self.metric, quantity_of(q), "baseline", q, keep=False, period=period)
        return True

    def _share(self, clause: Clause, at: int, q: Mention, share: re.Match[str]) -> None:
        start = at + share.start()
        if share["part"] and _A_LEVEL.search(share["part"]):
            return  # 接近国际先进水平的0.7%: what others have
        subject, metric = self._subject(clause, at, start)
        of = (share["of"] or share["part"] or "").strip().removesuffix("的")
        metric = self._metric(metric)
        these = cues.THIS_KIND.match(metric)
        if these is not None and (named := re.match(rf"^.*{these['what']}", self.metric)):
            metric = named[0] + these["rest"]
        if re.match(r"^在.+$", metric):
            metric, of = "", re.sub(r"[中里内]$", "", metric[1:])
        elif m := re.match(r"^(.+?)在(.+?)[中里内]?$", metric):
            metric, of = m[1], m[2]
        if cues.AMOUNT.fullmatch(metric) and self.counted:
            metric = self.counted + metric  # 规模以上机构7088家，数量占13%
        what = metric or self.metric
        if not of and self.plain[at:start].endswith("的") and self.counted and metric:
            phrase = f"{cues.PLAIN_CHANGE.sub('', metric)}的{cues.COUNTED_OF.sub('', self.counted)}占比"
        elif not of and what:
            phrase = what + "占比"
        elif of:
            phrase = f"{what}占{of}比重"
        else:
            return
        quantity = quantity_of(q)
        if share["few"] in ("不足", "不到") and quantity.bound == "=":
            quantity = replace(quantity, bound="<")
        self._emit(clause, subject, phrase, quantity, "share", q, keep=False)
        self.shared = phrase
        self.subject = self.default if self.joint else subject or self.subject
        if metric:
            headless = self.counted and phrase.endswith(cues.COUNTED_OF.sub("", self.counted) + "占比")
            self.metric = phrase.removesuffix("占比") if headless else metric

    def _growth(self, clause: Clause, q: Mention, subject: Thing | None, before: str, gap: str) -> bool:
        """增加值保持11.5%的增速, 规模保持20%以上年均增速."""
        growth = _GROWTH.match(gap)
        if growth is None or "%" not in q.text:
            return False
        scope = {"口径": "年均"} if growth[1] else {}
        metric = before or self.metric
        if not metric:
            return False
        if not phrases.RATE_OF_CHANGE.search(metric):
            metric += growth[2]
        self._emit(clause, subject, metric, quantity_of(q), "change", q, scope)
        return True

    def _was(self, origin: int, q: Mention) -> Period | None:
        """When it was what it changed from: 由2015年的33%, 与2022年相比由6%; else nobody knows."""
        named = [m for m in self.periods if origin <= m.start < q.start]
        beside = [m for m in self.periods if m.start < origin and self.clock.is_beside(self.text, m)]
        found = (named or beside)[-1:]
        if found and _LAST_YEAR.fullmatch(found[0].text):
            # 去年…，企业由上年的587家增加到623家: the year before the one that is spoken of
            spoken = [m for m in self.periods if m.start < origin and not _LAST_YEAR.fullmatch(m.text)]
            if spoken:
                return year_before(self.clock.of(spoken, origin, self.compared, self.text))
        return self.clock.of(found, q.start, ()) if found else None

    def _from_to(self, clause: Clause, at: int, q: Mention, following: Mention) -> bool:
        """由6条调整为10条: what was and what is."""
        before = self.plain[at:q.start]
        origin = cues.FROM.search(before)
        if origin is None or not cues.BECOMES.match(self.plain[q.end:following.start]):
            return False
        subject, metric = self._subject(clause, at, at + origin.start())
        named = self.topic if phrases.head_of(self.topic) else ""
        metric = self._metric(metric) or named or self.metric
        was = self._was(at + origin.start(), q)
        self._emit(clause, subject, metric, quantity_of(q), "baseline", q, period=was)
        own = any(q.end <= m.start < following.start for m in self.periods)
        before_it = at + origin.start()
        period = ... if own else self.clock.of(self.periods, before_it, self.compared, self.text)
        self._emit(clause, subject, metric, quantity_of(following), "actual", following, period=period)
        return True
