"""Figures of a passage, composed clause by clause from its mentions.

Each rule looks at one quantity and the words around it: who it is about, what is
measured, in which way the number relates to it. What a clause leaves out is taken from
the clause before, as a reader does."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from loaders.documents.observations import phrases
from loaders.documents.observations.clauses import Clause
from loaders.documents.observations.subjects import INDUSTRY, Named, is_region
from loaders.documents.observations.timing import Clock
from loaders.facts import Thing
from ontology.lexicon.dimensions.comparison import Comparison
from ontology.lexicon.dimensions.quantity import Ordinal
from ontology.lexicon.mention import Mention, Period, Quantity

_LIST_MARK = re.compile(r"^[\s、和及与]*(?:以及)?[\s、]*$")
_SPLIT = re.compile(r"[、]|以及|和|及|与")
_FROM = re.compile(r"(?:由|从)(?P<base>[^由从]{0,14}?)$")
_BECOMES = re.compile(r"^[^,，。]{0,4}?(?:调整|增加|提高|提升|增长|扩大|上升|下降|降低|减少|压缩|缩短|精简|发展|跃升|攀升|增|升|降|减)?(?:为|到|至)")
_REACH = r"(?:已?(?:提升|提高|上升|增加|下降|降低)?(?:升|降|增)?[至到]|已?达到?了?|为|是|约|超过|超|最高达?|仅)?"
_SHARE = re.compile(rf"(?:占(?!比)|相当于)(?P<of>[^占]{{0,24}}?)(?:的?(?:比重|比例|份额))?{_REACH}\s*$")
_SHARE_WORD = re.compile(rf"(?:占比|所?占比重|占有率){_REACH}\s*$")
_RANK = re.compile(
    r"(?:稳居|位居|位列|排名|排在|排位|排|名列|居于|居|列|跻身|进入|保持)(?P<among>[^,，;；。:：居列排]{0,14}?)(?:的|中|保持|稳居|居|列)?\s*$"
)
_AVERAGE_BEHIND = re.compile(r"^的(?:平均水平|平均值|均值|平均数|平均线|整体水平)")
_AVERAGE = re.compile(r"^(?:的)?(?:平均水平|平均值|平均数|均值|水平|平均)$")
_REDUCE = re.compile(r"(缩短|降低|减少|压缩|提升|提高|节约|节省)(?:了)?(?P<what>[一-鿿]{2,12})$")
_THING_UNITS = re.compile(r"(?:个|家|项|件|批次|批|种|条|起|台|只|辆|艘|架|套|张|份|名|位|人|户|次|例|类|座|所|处|支|篇|场|款|枚|组|大|项目|人次|家次|户次|门|片|台套)$")
_NOUN_BEHIND = re.compile(r"^(?:\s?的)?\s?(?=[一-鿿“\"《A-Z])(?!以|等(?!级)|左右|之|者|和|及|与|或|且|并|为|是|至|到|在|居|位|占|比|较|同比|增|减|上升|下降|均|都|,|被)")
_NOUN_CUT = re.compile(r"(?:,|，|；|;|。|、|贡献了?|实现了?|完成了?|获得|荣获|通过|参与|提供|形成|推动|达到|并|占|被认定|(?<!全)覆盖了?|提供了?|用于|位居|,)")
#: 比上年增长 → 增长, where it tells apart what is counted
_PLAIN_CHANGE = re.compile(r"(?:比|较)(?:上年|去年|20\d\d年)(?:同期)?(?=[增上提下降减])|同比")
_PARTS = re.compile(r"^(?P<parts>[^、]+(?:、[^、]+)+?)(?P<n>[两二三四五六七八九十])(?:大)?(?:项|个|类|种|家|市|县|区|省)(?:指标|产品|行业|领域)?的?(?P<tail>.+)$")
_THESE = re.compile(r"^(?:上述|这|以上)?(?P<n>[两二三四五六七八九十])(?:大)?(?:个|家|市|县|区|省|类|者)(?:地区|企业|行业|城市|市|县区|省份|集群|园区|龙头企业|龙头)?的?(?P<tail>.+)$")
_HAN_COUNT = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_GAINED = re.compile(r"(?:新增|新建|建成|建立|建设|拥有|获批|获得|荣获|设立|培育|引进|入选|入围|新建成|组建|新设)了?$")
_JOINT = re.compile(r"合计|合力|共同|总共|加起来|联合|一共")
_EACH = re.compile(r"均|都|各|分别|普遍|双双")
_ITS = re.compile(r"其(?!中|他)")
_COUNTED_GROUP = re.compile(r"(?:上述|这|其中|以上)?[两二三四五六七八九十\d]{1,3}(?:大)?(?:个|家|市|县|区|省|州|项|类|者)?(?:地区|企业|行业|城市|市|县区|县|区|省|指标|龙头企业|龙头|集群|园区)?的?")
_TRADE = re.compile(r"^[一-鿿]{2,8}?产业(?!园|链|集群|基地|带|化|群|区)")
#: nouns behind a number that only say how high it is
_HEIGHT = re.compile(r"^(?:的)?(?:稳定)?(?:高位|较高水平|高水平|水平|新台阶|区间|成绩|新高|年均增速|目标|新目标|新的目标)")
#: figures behind these are named, not stated
_NAMED_AGAIN = re.compile(r"(?:依托|整合|针对|借鉴|利用|发挥|重点解决|每)(?:全[省市县区]|现有|目前)*$")
_RATE_NOUN = re.compile(r"^的?([一-鿿“”]{1,12}?率)(?!先|差距|优势)")
_LEVEL_ONLY = re.compile(r"(?:国家|省|市|县|区|州)级")
#: a figure that is held up for comparison
_YARDSTICK = re.compile(r"^的.{0,8}(?:建议值|标准值|要求|平均水平|目标值|门槛|警戒线)")
#: a clause that speaks of figures as an example
_EXAMPLE = re.compile(r"的[^,，]{0,8}(?:实践|经验|案例|做法|基础上?|优势|现状|效应)$|(?:基础上|后|时)$")
_PRONOUNS = {
    "行业": ("Industry",), "产业": ("Industry",), "企业": ("Enterprise",), "公司": ("Enterprise",), "集群": ("Cluster", "Chain"),
    "链": ("Chain", "Cluster"), "园区": ("Park",), "平台": ("Platform",), "中心": ("Platform", "Institution"),
    "市": ("Region",), "县": ("Region",), "区": ("Region", "Park"), "州": ("Region",),
}
_DEMONSTRATIVE = re.compile(r"^(?:该|其|这一|这些|上述|此)(?:区|市|县|省|州|企业|公司|行业|产业|集群|园区|链|平台|中心)?的?")


@dataclass(frozen=True)
class Figure:
    """A figure as one clause states it; ``start``/``end`` are clean offsets of the clause."""

    subject: Thing
    metric: str
    quantity: Quantity
    kind: str
    period: Period | None
    start: int
    end: int
    scope: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Reader:
    """Reads one passage. ``default``: whose figures these are where nothing is named."""

    text: str
    clauses: Sequence[Clause]
    periods: Sequence[Mention]
    clock: Clock
    default: Thing | None
    #: whether a phrase is a metric that has a name of its own
    #: the last subject of the sentence before, which 该行业, 该企业 stand for
    previous: Thing | None = None
    known: Callable[[str], bool] = field(default=lambda phrase: False)

    def __post_init__(self) -> None:
        self.plain = phrases.blank(self.text)
        self.out: list[Figure] = []
        self.subject: Thing | None = None
        self.group: tuple[Thing, ...] = ()
        self.metric = ""
        self.metrics: tuple[str, ...] = ()
        self.topic = ""
        #: several things that the clause before named together
        self.each: tuple[Thing, ...] = ()
        #: what was counted last, and the figure by which some of it was told apart
        self.counted = ""
        self.inner = ""
        self.named = False
        self.threshold: tuple[str, Quantity] | None = None
        self.compared = [(m.start, m.end) for c in self.clauses for m in c.comparisons]

    def read(self) -> list[Figure]:
        for clause in self.clauses:
            if clause.quantities or clause.ordinals:
                self._clause(clause)
            else:
                self._no_figure(clause)
        self.clock.read(self.text, self.periods, self.compared)
        return self.out

    # -- clauses -------------------------------------------------------------

    def _no_figure(self, clause: Clause) -> None:
        """Names and topics that the next clauses are about."""
        names = [n for n in clause.names if not any(s <= n.start < e for s, e in self.compared)]
        listed = self._listed(names)
        if len(listed) > 1:
            self.group = tuple(n.thing for n in listed)
        if self.threshold is not None and listed and listed[0].thing.cls == INDUSTRY:
            self._apposition(clause, listed)
            return
        first = next((n for n in names), None)
        if first is not None and re.fullmatch(r"(?:在|对|针对)?", phrases.tidy(self._without_periods(clause.start, first.start))):
            later = names[1:2]
            trade = _TRADE.match(self.plain[first.end:clause.end])
            if is_region(first.thing) and trade is not None:
                self.subject = _placed(Thing(INDUSTRY, trade[0], trade[0]), first.thing)
            elif is_region(first.thing) and later and later[0].start == first.end and later[0].thing.cls == INDUSTRY:
                self.subject = _placed(later[0].thing, first.thing)
            else:
                self.subject = _placed(first.thing, self.default)
            self.each = self.group if len(listed) > 1 and listed[0] is first else ()
        words = phrases.tidy(self.plain[clause.start:clause.end])
        m = re.search(r"^(?:在|从)?(.{2,16}?)(?:方面|上|领域)$", words)
        if m is not None:
            self.topic = m[1]
        elif len(words) <= 12 and not names and clause.mark in ",，:：" and not re.search(r"[了着过是在为]|值得|注意|数据|显示|总体|具体|认为|表示", words):
            self.topic = words
        else:
            self.topic = ""

    def _clause(self, clause: Clause) -> None:
        at = clause.start
        quantities = [
            q for q in clause.quantities
            if self._counts(clause, q) and (
                self._is_bracketed(q)
                or not self._deep(q) and not any(s <= q.start and q.end <= e for s, e in self.compared)
            )
        ]
        i = 0
        while i < len(quantities):
            q = quantities[i]
            run = self._run(quantities, i)
            if len(run) > 1 and self._distribute(clause, at, run):
                at, i = run[-1].end, i + len(run)
                continue
            if self._is_bracketed(q):
                self._bracketed(clause, at, q)
                i += 1
                continue
            following = quantities[i + 1] if i + 1 < len(quantities) else None
            if following is not None and self._is_qualifier(clause, at, q, following):
                told = self._metric(self._without_periods(at, q.start))
                self.threshold = (told, _quantity(q)) if told else None
                i += 1
                continue
            if following is not None and self._from_to(clause, at, q, following):
                at, i = following.end, i + 2
                continue
            at, used = self._one(clause, at, q, following)
            i += 1 + used
        for o in clause.ordinals:
            self._rank(clause, o)
        self.topic = ""

    def _apposition(self, clause: Clause, listed: Sequence[Named]) -> None:
        """…的行业有两个，甲制造业、乙制造业: what told them apart holds for each that is named."""
        assert self.threshold is not None
        metric, quantity = self.threshold
        at = Mention("quantity", clause.end, clause.end, "", quantity, "apposition")
        kind = "change" if phrases.RATE_OF_CHANGE.search(metric) else "actual"
        for n in listed:
            self._emit(clause, n.thing, metric, quantity, kind, at, keep=False)
        self.threshold = None

    # -- rules ---------------------------------------------------------------

    def _one(self, clause: Clause, at: int, q: Mention, following: Mention | None) -> tuple[int, int]:
        """One quantity by itself: change, gap, share or level. → where the next begins,
        and how many of the following quantities were used up."""
        quantity = _quantity(q)
        behind = _AVERAGE_BEHIND.match(self.text[q.end:q.end + 8])
        if behind is not None:
            near = [n for n in clause.names if n.end == q.start]
            if near and self.metric:
                self._emit(clause, near[0].thing, self.metric, quantity, "actual", q, keep=False)
            return q.end + behind.end(), 0
        if _EXAMPLE.search(self.plain[q.end:clause.end].rstrip()) or _YARDSTICK.match(self.plain[q.end:clause.end]):
            return q.end, 0
        if _NAMED_AGAIN.search(self.plain[at:q.start].rstrip()):
            return q.end, 0
        compared = next((m for m in clause.comparisons if at <= m.start and q.start - 1 <= m.end <= q.end), None)
        if compared is not None and isinstance(compared.value, Comparison):
            self._compared(clause, at, q, compared.value, compared.start)
            return q.end, 0
        before = self.plain[at:q.start]
        percent = quantity.unit in ("%", "‰", "成") or "百分" in quantity.unit
        if percent and (share := _SHARE.search(before)):
            self._share(clause, at, q, share)
            return q.end, 0
        reduce = _REDUCE.search(before)
        if reduce is not None and percent and not before.rstrip().endswith(("到", "至", "达", "在", "为")):
            subject, _ = self._subject(clause, at, q.start)
            what = phrases.tidy(reduce["what"])
            if what:
                scope = {"方向": "下降"} if reduce[1] in ("缩短", "降低", "减少", "压缩", "节约", "节省") else {}
                self._emit(clause, subject, what, quantity, "change", q, scope)
            return q.end, 0
        return self._level(clause, at, q, following, percent)

    def _compared(self, clause: Clause, at: int, q: Mention, c: Comparison, start: int) -> None:
        subject, metric = self._subject(clause, at, start)
        moved = re.search(r"(?:把|将)(.+)$", metric)
        if moved is not None:
            metric = (c.verb if c.verb.startswith("拉") else "") + phrases.tidy(moved[1])
        metric = self._metric(metric) or self.metric
        scope: dict[str, str] = {}
        if c.base and c.base not in ("同比",):
            scope["比较"] = re.sub(r"\s+", "", c.base)
        if c.direction < 0:
            scope["方向"] = "下降" if c.sort == "change" else "低于"
        kind = "change" if c.sort == "change" else "comparison"
        if phrases.RATE_OF_CHANGE.search(metric) and kind == "change" and "百分点" not in _quantity(q).unit:
            kind = "change"
        self._emit(clause, subject, metric, _quantity(q), kind, q, scope)

    def _share(self, clause: Clause, at: int, q: Mention, share: re.Match[str]) -> None:
        start = at + share.start()
        subject, metric = self._subject(clause, at, start)
        of = share["of"].strip().removesuffix("的")
        metric = self._metric(metric)
        if re.match(r"^在.+$", metric):
            metric, of = "", re.sub(r"[中里内]$", "", metric[1:])
        elif m := re.match(r"^(.+?)在(.+?)[中里内]?$", metric):
            metric, of = m[1], m[2]
        what = metric or self.metric
        if not of and self.plain[at:start].endswith("的") and self.counted and metric:
            phrase = f"{_PLAIN_CHANGE.sub('', metric)}的{self.counted}占比"
        elif not of and what:
            phrase = what + "占比"
        elif of:
            phrase = f"{what}占{of}比重"
        else:
            return
        self._emit(clause, subject, phrase, _quantity(q), "share", q, keep=False)
        if metric:
            self.metric = phrase.removesuffix("占比") if self.counted and phrase.endswith(f"{self.counted}占比") else metric

    def _level(
        self, clause: Clause, at: int, q: Mention, following: Mention | None, percent: bool,
    ) -> tuple[int, int]:
        quantity = _quantity(q)
        subject, raw = self._subject(clause, at, q.start)
        before = self._metric(raw)
        used = 0
        stop = clause.end
        noun = ""
        countable = bool(_THING_UNITS.search(quantity.unit)) or quantity.unit in ("万", "亿", "千万", "百万")
        gap = self.plain[q.end:clause.end]
        of = gap.startswith("的")
        match = _NOUN_BEHIND.match(gap)
        height = _HEIGHT.match(gap)
        if height is not None:
            match = None
        rate = _RATE_NOUN.match(gap) if percent else None
        if rate is not None and not phrases.head_of(before):
            self._emit(clause, subject, before + rate[1], quantity, "actual", q)
            return q.end + rate.end(), 0
        if quantity.unit.endswith("元") and re.search(r"(?:投资|投入|安排|出资)$", before) and len(gap.strip()) >= 4:
            self._emit(clause, subject, before + phrases.tidy(gap)[:30], quantity, "actual", q)
            return clause.end, 0
        if match is not None and (countable or (of and match)):
            end = following.start if following is not None else clause.end
            noun = self.plain[q.end + match.end():end]
            if following is not None:
                value = _quantity(following)
                tail = noun.rstrip()
                if value.bound != "=" and (not before or phrases.POSSESSION.search(before)) and phrases.head_of(tail) and countable:
                    # 6个行业升幅超过1个百分点: what is counted is told apart by a figure
                    noun = self.plain[q.end + match.end():following.end]
                    told = re.sub(r"^.{2,4}?(?=[一-鿿]{2}$)", "", phrases.tidy(self.plain[q.end + match.end():following.start]))
                    self.threshold = (self._metric(told), value)
                    end, used = following.end, 1
            cut = _NOUN_CUT.search(noun)
            if cut is not None and not used and not _LEVEL_ONLY.fullmatch(noun[:cut.start()]) and not (
                percent and of and not before
            ) and not re.search(r"[为对向给]\s*$", raw.rstrip()):
                noun = noun[:cut.start()]
            stop = q.end + match.end() + len(noun)
            if _LEVEL_ONLY.match(noun.strip()) and following is not None:
                other = _LEVEL_ONLY.match(self.plain[following.end:clause.end].strip())
                noun += self.plain[following.end:clause.end].strip()[other.end():] if other else ""
            noun = phrases.tidy(noun) if not used else noun.strip()
        if noun and 1 < len(noun) <= 36:
            if percent and of:
                metric = noun if not before else before + noun
                kind = "share" if not before else "actual"
                self._emit(clause, subject, metric, quantity, kind, q)
                return max(q.end, stop), used
            if not before or phrases.POSSESSION.search(raw.rstrip()) or phrases.POSSESSION.search(before):
                metric = noun
            elif phrases.head_of(before) and percent:
                metric = before
            else:
                metric = before + noun
            self._emit(clause, subject, metric, quantity, "actual", q)
            return max(q.end, stop), used
        metric = before
        if metric and self.counted and _ITS.match(self.plain[at:q.start].lstrip()):
            metric = self.counted + metric
        if metric and "百分" in quantity.unit and re.search(r"[高低多少]$", metric):
            self._emit(clause, subject, metric[:-1], quantity, "comparison", q)
            return q.end, 0
        if not metric and self.topic:
            metric = self.topic
        elif metric and self.topic and re.fullmatch(r"(?:国家|省|市|县|区)级?|[一-鿿]{1,4}级", metric):
            metric = metric + self.topic
        elif metric and self.topic and self.topic not in metric and phrases.head_of(self.topic):
            metric = metric + self.topic
        if not metric and percent and (height is not None or not re.match(r"[一-鿿]", gap.strip())):
            metric = self.metric
        if not metric and percent and gap.strip():
            return q.end, 0
        if not metric and self.metric and not phrases.head_of(self.metric) and countable:
            state = re.match(r"^(?:为|是|呈|实现)([一-鿿]{2,8})$", gap.strip())
            metric = self.metric + (state[1] if state else "")
        if not metric and self.metric and quantity.unit.endswith("元"):
            metric = self.metric
        if not metric and not quantity.unit:
            return q.end, 0
        if re.search(r"的(?:共?有|占|达到?|为|共)?\s*$", raw.rstrip()) and countable and self.counted and self.counted not in metric:
            metric = f"{_PLAIN_CHANGE.sub('', metric)}的{self.counted}"
        kind = "change" if phrases.RATE_OF_CHANGE.search(metric) else "actual"
        if re.search(r"各(?:有|达|为|占)?\s*$", raw) and "、" in metric:
            for part in _SPLIT.split(before):
                part = phrases.tidy(part)
                whole = part + self.topic if self.topic and self.topic not in part else part
                self._emit(clause, subject, whole, quantity, kind, q)
            return q.end, 0
        if _SHARE_WORD.search(self.plain[at:q.start]) and percent:
            kind = "share"
        self._emit(clause, subject, metric, quantity, kind, q)
        return q.end, 0

    def _counts(self, clause: Clause, q: Mention) -> bool:
        """A small number in characters counts only at the end of its clause or behind a verb
        of having: 行业有两个, 新建两家工厂, but not 五个环节, 一项标准, 三大动力."""
        quantity = _quantity(q)
        small = quantity.value is not None and not any(c.isdigit() or c in "万亿百千%" for c in q.text)
        if not small and quantity.unit != "大":
            return True
        behind = self.plain[q.end:clause.end].strip()
        if not behind and quantity.unit != "大":
            return quantity.value != 1
        return quantity.value != 1 and not (small and quantity.unit == "大") and bool(
            _GAINED.search(self.plain[max(clause.start, q.start - 8):q.start])
        )

    def _is_qualifier(self, clause: Clause, at: int, q: Mention, following: Mention) -> bool:
        """超过1000亿元的名牌企业10家: the first figure tells which firms are counted."""
        between = self.plain[q.end:following.start]
        quantity = _quantity(q)
        later = _quantity(following).unit
        change = phrases.RATE_OF_CHANGE.search(phrases.tidy(between)) and _quantity(following).bound != "="
        if ("%" in later or "百分" in later) and not change:
            # 286种产品的抽查不合格率降至2%: how many there are belongs to the phrase
            measured = phrases.head_of(phrases.tidy(between)) or any(
                m.start > q.end and m.end >= following.start - 1 and m.end <= following.end and phrases.MEASURE.search(
                    phrases.tidy(self.plain[q.end:m.start])) for m in clause.comparisons)
            if _THING_UNITS.search(quantity.unit) and (measured or len(between) <= 4) and not re.search(r"[、,，]$", between):
                return not re.match(r"^\s*[、,，]", between)
        if not between.startswith("的") or quantity.bound == "=":
            return False
        if re.search(r"[、,，]", between) or not _THING_UNITS.search(_quantity(following).unit):
            return False
        return len(between) <= 24

    def _from_to(self, clause: Clause, at: int, q: Mention, following: Mention) -> bool:
        """由6条调整为10条: what was and what is."""
        before = self.plain[at:q.start]
        origin = _FROM.search(before)
        if origin is None or not _BECOMES.match(self.plain[q.end:following.start]):
            return False
        subject, metric = self._subject(clause, at, at + origin.start())
        metric = self._metric(metric) or self.metric
        self._emit(clause, subject, metric, _quantity(q), "baseline", q)
        self._emit(clause, subject, metric, _quantity(following), "actual", following)
        return True

    def _run(self, quantities: Sequence[Mention], i: int) -> Sequence[Mention]:
        j = i + 1
        while j < len(quantities) and _LIST_MARK.match(self.plain[quantities[j - 1].end:quantities[j].start]):
            j += 1
        return quantities[i:j]

    def _distribute(self, clause: Clause, at: int, run: Sequence[Mention]) -> bool:
        """长沙、株洲合格率分别达到96%、95%: the n-th value is the n-th name's or metric's."""
        n = len(run)
        compared = next((m for m in clause.comparisons if at <= m.start and run[0].start - 1 <= m.end <= run[0].end), None)
        end = compared.start if compared is not None else run[0].start
        kind, scope = "actual", {}
        if compared is not None and isinstance(compared.value, Comparison):
            kind = "change" if compared.value.sort == "change" else "comparison"
            if compared.value.direction < 0:
                scope = {"方向": "下降" if kind == "change" else "低于"}
        before = re.sub(r"分别(?:是|为|达到?|占)?$", "", self.plain[at:end].rstrip())
        names = [x for x in clause.names if at <= x.start and x.end <= at + len(before)]
        listed = self._listed(names)
        if len(listed) == n:
            rest = self.plain[listed[-1].end:at + len(before)]
            rest = re.sub(r"^(?:等?[两二三四五六七八九十\d]+(?:个|家|市|县区?|区|省|州|地|大|类)?(?:地区|城市|企业|行业|市|县|区|省|集群|园区)?)", "", rest)
            metric = self._metric(rest) or self.metric
            subjects = tuple(x.thing for x in listed)
            for x, q in zip(subjects, run, strict=True):
                self._emit(clause, x, metric, _quantity(q), kind, q, scope)
            self.group = subjects
            return True
        subject, raw = self._subject(clause, at, at + len(before))
        text = self._metric(raw)
        parts = [phrases.tidy(p) for p in _SPLIT.split(text)] if text else []
        if len(parts) == n and all(parts):
            head = phrases.head_of(parts[-1])
            shared = [p if phrases.head_of(p) or not head or p == parts[-1] else p + head for p in parts]
            for metric, q in zip(shared, run, strict=True):
                self._emit(clause, subject, phrases.extended(metric, self.metric), _quantity(q), kind, q, scope)
            self.metrics = tuple(shared)
            return True
        if "分别" not in self.plain[at:run[0].start]:
            return False
        if len(self.group) == n:
            metric = text or self.metric
            for x, q in zip(self.group, run, strict=True):
                self._emit(clause, x, metric, _quantity(q), kind, q, scope)
            return True
        if len(self.metrics) == n and not text:
            for metric, q in zip(self.metrics, run, strict=True):
                self._emit(clause, subject, metric, _quantity(q), kind, q, scope)
            return True
        return False

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

    def _bracketed(self, clause: Clause, at: int, q: Mention) -> None:
        """合格率(94.12%), 全国平均水平(93.93%), 甲县旅游装备制造(合格率92.5%)."""
        if _quantity(q).unit in ("分", "级", ""):
            return
        opened = self._opened(q)
        inner = phrases.tidy(self.text[opened + 1:q.start])
        if inner in ("目标", "当前", "其中", "现为", "原为"):
            inner = ""
        names = [n for n in clause.names if at <= n.start and n.end <= opened]
        near = names[-1] if names else None
        if near is not None and _AVERAGE.match(self.plain[near.end:opened].strip()):
            if self.metric:
                self._emit(clause, near.thing, self.metric, _quantity(q), "actual", q, keep=False)
            return
        subject, metric = self._subject(clause, max(at, self._behind_list(clause, opened)), opened)
        metric = self._metric(re.sub(r".*(?:高于|低于|高出|超过|优于)", "", metric))
        if _AVERAGE.match(metric):
            return
        if inner and not phrases.head_of(metric):
            self.inner = inner
            metric = metric + inner if metric else inner
        elif metric and not phrases.head_of(metric) and self.inner and "%" in _quantity(q).unit:
            metric = metric + self.inner
        if metric and phrases.head_of(metric):
            aim = "目标" in self.text[opened:q.start]
            self._emit(clause, subject, metric, _quantity(q), "target" if aim else "actual", q)

    def _behind_list(self, clause: Clause, end: int) -> int:
        """Behind the bracket and list mark before: …(92.5%)、乙县…"""
        found = max(self.text.rfind(mark, clause.start, end) for mark in (")、", "）、"))
        return found + 2 if found >= 0 else clause.start

    def _rank(self, clause: Clause, o: Mention) -> None:
        if not isinstance(o.value, Ordinal) or o.value.unit in ("次", "届", "批", "期", "季度", "大", "产业"):
            return
        before = self.plain[clause.start:o.start]
        lead = _RANK.search(before)
        if lead is None:
            return
        begin = clause.start
        for q in clause.quantities:
            if q.end <= clause.start + lead.start():
                begin = q.end
        subject, metric = self._subject(clause, begin, clause.start + lead.start())
        among = lead["among"].removeprefix("在").strip()
        located = re.search(r"在(.{2,14}?)(?:中|里|内)?$", metric)
        if located is not None:
            among = among or located[1]
            metric = metric[:located.start()]
        metric = self._metric(metric) or self.metric
        if not metric:
            return
        quantity = Quantity(float(o.value.value), "位", o.value.bound, None, None, float(o.value.value), "位")
        self._emit(clause, subject, metric, quantity, "rank", o, {"范围": among} if among else {}, keep=False)

    # -- parts ---------------------------------------------------------------

    def _subject(self, clause: Clause, at: int, end: int) -> tuple[Thing | None, str]:
        """Who the words ``text[at:end]`` are about, and the rest of the words."""
        names = [n for n in clause.names if at <= n.start and n.end <= end]
        names = [
            n for n in names
            if not any(s <= n.start < e for s, e in self.compared)
            and (n.thing.cls != INDUSTRY or self._leads(at, n.start, names))
            and not (n.thing.cls == INDUSTRY and self.known(phrases.tidy(self.plain[n.start:end])))
        ]
        self.named = bool(names)
        if not names:
            rest = self._without_periods(at, end)
            pronoun = _DEMONSTRATIVE.match(phrases_strip(rest))
            rest = _DEMONSTRATIVE.sub("", phrases_strip(rest))
            subject = self.subject or self.default
            if pronoun is not None and self.subject is None and self.previous is not None and (
                any(w in pronoun[0] and self.previous.cls in c for w, c in _PRONOUNS.items())
            ):
                subject = self.previous
            if subject is not None and subject.cls == INDUSTRY and re.search(r"产业|行业|工业|制造业", rest):
                subject = self.default  # the words name another trade
            return subject, rest
        chosen = names[-1]
        if chosen.thing.cls == INDUSTRY and len(names) > 1 and is_region(names[-2].thing) and names[-2].end == chosen.start:
            chosen = names[-2]
        elif is_region(chosen.thing) and len(names) > 1 and not is_region(names[-2].thing):
            # 三一重工在长沙的产值: the place qualifies
            chosen = names[-2] if self.text[chosen.start - 1:chosen.start] == "在" else chosen
        rest = self._without_periods(chosen.end, end)
        thing = chosen.thing
        if phrases.RATE_OF_CHANGE.match(phrases.tidy(rest)):
            # 出口产值居首的甲制造业增幅: what grew stands before the name
            grown = phrases.LEADING_MEASURE.match(phrases.tidy(self.plain[at:chosen.start]))
            rest = (grown[0] if grown else "") + rest
        if is_region(thing) and not phrases.tidy(rest):
            lead = self._without_periods(at, chosen.start)
            if len(phrases.tidy(lead)) >= 4 and not re.search(r"[的、]$", lead) and not any(n is not chosen for n in names):
                return thing, lead  # 检验能力覆盖全省96%以上的产品
        if is_region(thing) and re.search(r"(?:覆盖|惠及|辐射|服务|带动)$", self.plain[at:chosen.start]):
            return thing, self._without_periods(at, chosen.start) + rest
        if thing.cls in ("Platform", "Institution") and not phrases.tidy(rest):
            # 国检中心25家: the name is what is counted
            lead = self._without_periods(names[0].end if is_region(names[0].thing) else at, end)
            owner = names[0].thing if is_region(names[0].thing) else (self.subject or self.default)
            return owner, lead
        if not phrases.tidy(rest) and thing.cls not in ("Region",):
            lead = self._without_periods(at, end)
            owner = next((n.thing for n in names if is_region(n.thing)), None)
            return owner or self.default, lead
        if not is_region(thing) and not thing.place:
            near = next((n.thing for n in names if is_region(n.thing)), None)
            thing = _placed(thing, near or self.default)
        return thing, rest

    def _leads(self, at: int, start: int, names: Sequence[Named]) -> bool:
        """Whether an industry's name opens the words, or follows a name or 的."""
        lead = self._without_periods(at, start)
        return lead.endswith("的") or not phrases.tidy(lead) or any(n.end == start for n in names) or bool(
            any(n.end < start and _LIST_MARK.match(self.plain[n.end:start]) for n in names)
        )

    def _without_periods(self, at: int, end: int) -> str:
        parts: list[str] = []
        for m in self.periods:
            if at <= m.start and m.end <= end and self.text[m.start - 1:m.start] not in tuple("比较同与"):
                parts.append(self.plain[at:m.start])
                at = m.end
        parts.append(self.plain[at:end])
        return "".join(parts)

    def _metric(self, raw: str) -> str:
        metric = phrases.tidy(raw)
        return phrases.extended(metric, self.metric) if metric and not self.named else metric

    def _listed(self, names: Sequence[Named]) -> list[Named]:
        """The longest row of names of one class that only list marks part."""
        best: list[Named] = []
        row: list[Named] = []
        for n in names:
            if row and _LIST_MARK.match(self.plain[row[-1].end:n.start]) and row[-1].thing.cls == n.thing.cls and n.start > row[-1].end:
                row.append(n)
            else:
                row = [n]
            if len(row) >= len(best):
                best = list(row)
        return best

    def _emit(
        self, clause: Clause, subject: Thing | None, metric: str, quantity: Quantity, kind: str, at: Mention,
        scope: Mapping[str, str] | None = None, keep: bool = True,
    ) -> None:
        if subject is not None and keep:
            if subject is not self.subject:
                self.each = ()
            self.subject = subject
        subjects: tuple[Thing | None, ...] = (subject,)
        metrics: tuple[str, ...] = (metric,)
        joint = bool(_JOINT.search(self.plain[clause.start:at.start]))
        if (parts := _PARTS.match(metric)) and len(names := _SPLIT.split(parts["parts"])) == _HAN_COUNT[parts["n"]]:
            metrics = tuple(n.strip() + parts["tail"] for n in names)
        elif (these := _THESE.match(metric)) and len(self.group) == _HAN_COUNT[these["n"]]:
            metrics = (self._metric(these["tail"]),)
            subjects = self.group
        elif subject is not None and subject is self.subject and len(self.each) > 1 and self.each[0] == subject:
            subjects = self.each
        scope = dict(scope or {})
        if len(subjects) > 1 and joint:
            scope["对象"] = "、".join(s.name for s in subjects if s is not None)
            subjects = (self.default,)
            self.subject, self.each = self.default, ()
        period = self.clock.of(self.periods, at.start, self.compared, self.text)
        if kind == "actual" and re.match(r"的?新?的?目标", self.plain[at.end:at.end + 5]):
            kind = "target"
        if kind in ("actual", "share", "change") and self.clock.is_aim(self.text[:at.start], period):
            if kind == "change" and not phrases.RATE_OF_CHANGE.search(metric):
                metrics = tuple(m + "增长" for m in metrics) if "方向" not in scope else tuple(m + "下降" for m in metrics)
            kind = "target"
        for metric in metrics:
            if not metric or not (2 <= len(metric) <= 44) or not re.search(r"[一-鿿]", metric):
                continue
            if keep:
                self.metric = metric.removesuffix("增长") if kind == "target" else metric
                if _THING_UNITS.search(quantity.unit) and kind != "rank" and not phrases.head_of(metric):
                    self.counted = metric
            for one in subjects:
                if one is not None:
                    self.out.append(Figure(one, metric, quantity, kind, period, clause.start, clause.end, scope))


def phrases_strip(text: str) -> str:
    return text.strip(" \t、*-#")


def _placed(thing: Thing, place: Thing | None) -> Thing:
    """Chains, clusters and industries are of the place that is named with them."""
    if place is None or not is_region(place) or thing.place or thing.cls not in (INDUSTRY, "Chain", "Cluster"):
        return thing
    from dataclasses import replace

    return replace(thing, place=place.code or place.name)


def _quantity(m: Mention) -> Quantity:
    assert isinstance(m.value, Quantity)
    return m.value
