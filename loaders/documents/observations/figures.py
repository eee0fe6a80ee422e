"""Figures of a passage, composed clause by clause from its mentions.

Each rule looks at one quantity and the words around it: who it is about, what is
measured, in which way the number relates to it. What a clause leaves out is taken from
the clause before, as a reader does."""

from __future__ import annotations

import re

from loaders.documents.observations import cues, phrases, qualify
from loaders.documents.observations.clauses import Clause
from loaders.documents.observations.deeds import Deeds
from loaders.documents.observations.listed import ALL_ALIKE
from loaders.documents.observations.reading import Figure, placed, quantity_of
from loaders.documents.observations.subjects import INDUSTRY
from loaders.facts import Thing
from ontology.lexicon.dimensions.comparison import Comparison
from ontology.lexicon.mention import Mention, Quantity

_ON_THE_LIST = re.compile(r"(?:成功)?(?:入围|入选|上榜|在列|获评|获批|获奖)")
_WITHOUT_YEAR = re.compile(r"(?:全年|当年|年内)的?")


class Reader(Deeds):
    """Reads one passage, clause by clause."""

    def read(self) -> list[Figure]:
        if cues.PAPER.match(self.text):
            return []
        self.measure = self.earlier
        if cues.ASIDE.match(self.text):
            self.metric, self.counted = self.told_last
        for at, clause in enumerate(self.clauses):
            if at and self.clauses[at - 1].mark in ";；":
                self.joint = ""
            if clause.start and cues.POINT.match(self.plain[clause.start:clause.end + 1]):
                self.subject, self.each, self.joint, self.aside = None, (), "", None
                self.holder = self.trade = self.goods_named = ""
            self._announces(clause)
            ratio = cues.RATIO.search(self.plain, clause.start, clause.end)
            if ratio is not None:
                self._ratio(clause, ratio)
            elif clause.quantities or clause.ordinals:
                self._clause(clause)
            else:
                self._no_figure(clause)
        self.clock.read(self.text, self.periods, self._outside(-1))
        return self.out

    # -- clauses -------------------------------------------------------------

    def _clause(self, clause: Clause) -> None:
        at = clause.start
        self.again = False
        if cues.ASIDE.match(self.plain[clause.start:clause.end].lstrip()) and self.aside is None:
            self.aside = (self.subject,)
        quantities = [
            q for q in clause.quantities
            if self._counts(clause, q) and (
                self._is_bracketed(q)
                or not (self._deep(q) or any(s <= q.start and q.end <= e for s, e in self.compared))
            )
        ]
        if not quantities and not clause.ordinals:
            self._no_figure(clause)  # 面向甲、乙两大产业: nothing that counts
            return
        clause, quantities = self._attributes(clause, self._projects(clause, quantities))
        i = 0
        while i < len(quantities):
            q = quantities[i]
            became = cues.BECAME_OF.match(self.plain[q.end:clause.end]) if self.counted else None
            if became is not None:
                metric = became["what"] + cues.CARRIED_OUT.sub("", self.counted)
                whose = self.subject or self.default
                self._emit(clause, whose, metric, quantity_of(q), "actual", q, keep=False)
                break
            if cues.OF_PLACES.match(self.plain[q.end:clause.end].lstrip()) and i + 1 < len(quantities):
                at, i = self._behind_places(q), i + 1
                continue
            run = self._run(quantities, i)
            if len(run) > 1 and (self._gaps(clause, at, run) or self._distribute(clause, at, run)):
                at, i = run[-1].end, i + len(run)
                continue
            if self._is_bracketed(q):
                self._bracketed(clause, at, q)
                i += 1
                continue
            following = quantities[i + 1] if i + 1 < len(quantities) else None
            if following is not None and self._above(clause, at, q, following):
                at, i = following.end, i + 2
                continue
            if following is not None and self._some_of(clause, at, q, following):
                at, i = following.end, i + 2
                continue
            if following is not None and self._is_qualifier(clause, q, following):
                if not self._population(clause, at, q, following):
                    told = self._metric(self._without_periods(at, q.start))
                    self.threshold = (told, quantity_of(q)) if told else None
                i += 1
                continue
            if following is not None and self._from_to(clause, at, q, following):
                at, i = following.end, i + 2
                continue
            if len(run) > 1 and self._comparison(clause, at, q) is not None:
                used = len(run) - 1  # the others are gaps or changes too, nobody knows of what
                at, _ = run[-1].end, self._one(clause, at, q, None)
            else:
                at, used = self._one(clause, at, q, following)
            i += 1 + used
        self._then_in_brackets(clause)
        for o in clause.ordinals:
            self._rank(clause, o)
        self.topic = ""

    # -- rules ---------------------------------------------------------------

    def _one(self, clause: Clause, at: int, q: Mention, following: Mention | None) -> tuple[int, int]:
        """One quantity by itself: change, gap, share or level. → where the next begins,
        and how many of the following quantities were used up."""
        quantity = quantity_of(q)
        behind = cues.AVERAGE_BEHIND.match(self.text[q.end:q.end + 8])
        if behind is not None:
            near = [n for n in clause.names if n.end == q.start]
            if near and self.metric:
                self._emit(clause, near[0].thing, self.metric, quantity, "actual", q, keep=False)
            return q.end + behind.end(), 0
        rest = self.plain[q.end:clause.end].rstrip()
        if cues.EXAMPLE.search(rest) or cues.YARDSTICK.match(rest):
            self._yardstick(clause, q, rest)
            return q.end, 0
        ahead = self.plain[at:q.start].strip()
        if cues.NAMED_AGAIN.search(ahead) or (self.again and re.fullmatch(r"[一-鿿]+、", ahead)):
            self.again = True
            return q.end, 0
        compared = self._comparison(clause, at, q)
        if compared is not None and isinstance(compared.value, Comparison):
            self._compared(clause, at, q, compared.value, compared.start)
            return q.end, 0
        before = self.plain[at:q.start]
        percent = quantity.unit in ("%", "‰", "成") or "百分" in quantity.unit
        if self._was_then(clause, at, q) or (percent and self._share_too(clause, at, q)):
            return q.end, 0
        if percent and (beside := cues.RATIO_TO.search(before)) and self._beside(clause, at, q, beside):
            return q.end, 0
        if percent and (share := cues.SHARE.search(before)):
            self._share(clause, at, q, share)
            return q.end, 0
        reduce = cues.REDUCE.search(before)
        if reduce is not None and percent and not before.rstrip().endswith(("到", "至", "达", "在", "为")):
            subject, _ = self._subject(clause, at, q.start)
            what = phrases.tidy(reduce["what"])
            if what:
                scope = {"方向": "下降"} if reduce[1] in cues.LESS else {}
                self._emit(clause, subject, what, quantity, "change", q, scope)
            return q.end, 0
        return self._level(clause, at, q, following, percent)

    def _level(
        self, clause: Clause, at: int, q: Mention, following: Mention | None, percent: bool,
    ) -> tuple[int, int]:
        """A quantity as value of the words before it, or of the noun behind it."""
        quantity = quantity_of(q)
        gap = self.plain[q.end:clause.end]
        if self._beside_others(clause, at, q) or self._each_alone(clause, at, q):
            return q.end, 0
        if not self._is_countable(quantity) and cues.PLANT.match(gap):
            named = self._subject(clause, at, q.start)[0]
            self.subject = named if self.named else self.subject  # 甲公司年产10万吨铝箔项目投产，产值…
            return q.end, 0
        done = self._done_behind(clause, at, q, gap)
        if done:
            return done, 0
        if cues.SO_MANY_LISTED.search(self.text[clause.start:q.start]) and not gap.strip():
            return q.end, 0  # 甲(占43%)、乙(占27%)和丙(占19%)三项
        rate = cues.RATE_NOUN.match(gap) if percent else None
        of = percent and (rate is not None or gap.lstrip().startswith("的"))
        end = self._examples(clause, at, q) if self._is_countable(quantity) and not percent else q.start
        subject, raw = self._subject(clause, at, end, owner=of)
        before = self._metric(raw)
        faulty = cues.FAULTY.match(gap.strip()) if percent else None
        if faulty is not None and before:
            self.whole = (before + faulty[1], "")
            self._emit(clause, subject, before + faulty[1], quantity, "share", q)
            return clause.end, 0
        if cues.AIM_BEHIND.match(gap) and cues.AIMED_AT.fullmatch(before) and self.metric:
            self._emit(clause, self.subject or subject, self.metric, quantity, "target", q, keep=False)
            return clause.end, 0
        if self._growth(clause, q, subject, before, gap):
            return clause.end, 0
        if rate is not None and not phrases.head_of(before):
            self._emit(clause, subject, before + rate[1], quantity, "actual", q)
            return q.end + rate.end(), 0
        if of and phrases.head_of(before) and not before.endswith("率差距"):
            # 问题发现率达10%的企业: the rate has its figure, the noun says whose it is
            whose = phrases.tidy(cues.DEALT_WITH.split(gap.lstrip()[1:])[0])
            if 2 <= len(whose) <= 16 and not cues.HEIGHT.match(gap):
                self.told["主体"] = whose
            self._emit(clause, subject, before, quantity, "actual", q)
            return clause.end, 0
        if percent and not of and before and not phrases.is_measure(before) and cues.DOES.match(gap):
            # 规模以下企业100%建立质量追溯系统
            self._emit(clause, subject, before + phrases.tidy(gap), quantity, "share", q)
            return clause.end, 0
        if quantity.unit.endswith("元") and cues.INVEST.search(before) and len(gap.strip()) >= 2:
            self._emit(clause, subject, before + phrases.tidy(gap)[:30], quantity, "actual", q)
            self._made(clause, clause.names)  # 投资1.2亿元建成甲平台，面积…
            return clause.end, 0
        lasting = cues.LASTS_BEHIND.match(gap)
        if lasting is not None:
            whose = re.sub(r"^对|(?:设置|设立|给予|实行|提供|留出)$", "", before)
            metric = (whose if len(whose) <= 8 else "") + lasting[0].removeprefix("的")
            self._emit(clause, subject, metric, quantity, "actual", q)
            return q.end + lasting.end(), 0
        noun, stop, used = self._noun_behind(clause, q, following, before, raw)
        if noun and not before and _ON_THE_LIST.fullmatch(noun) and (self.counted or self.announced):
            # 全省拟认定1842家，我市128家入围
            noun += cues.CARRIED_OUT.sub("", self.counted or self.announced)
        if noun:
            somebody = cues.FOR_SOMEBODY.search(raw.rstrip())
            if somebody is not None and before in ("中心", "平台", "公司", "园区", "服务站"):
                self.told["主体"], before = before, ""
            if somebody is not None and len(somebody[0].strip()) > 1:
                before = ""  # 为甲公司等主机厂和近二百家配套企业提供服务
            if somebody is not None and before == somebody[0].strip():
                before = ""
            if somebody is not None and not before and not percent:
                noun = noun if "批" in quantity.unit else somebody[0].strip()[0] + noun  # 为300家企业提供服务
            kind = "actual"
            apart = cues.FROM_IT.match(before) if noun.endswith("差距") else None
            compared = cues.BEYOND.match(noun) if self.whole is not None and not before else None
            if compared is not None and self.whole is not None:
                # 12个县市区中有7个高于全市平均
                metric = f"{phrases.shared_head(self.measure)}{noun}的{self.whole[0]}"
                self.told["总数"] = self.whole[1]
                self._emit(clause, self.default, metric, quantity, "actual", q, keep=False)
                return clause.end, used
            if apart is not None:
                metric = noun
                self.told["比较"] = apart["it"]
            elif percent:
                kind = "actual" if "百分" in quantity.unit else "share"
                metric = self._portion(before, noun)
            elif self.whole is not None and not before and cues.DOES.match(noun):
                metric = self.whole[0] + noun  # 83家企业中，仅29家具备…
                if self.whole[1]:
                    self.told["总数"] = self.whole[1]
            elif re.search("(?<![即必])[把将]$", before) and len(noun.partition("的")[0]) > 1:
                metric = noun.partition("的")[0]  # 把9个部门的职能集中起来
            elif not before and (chosen := self._chosen_of(noun)):
                metric = chosen
            elif before and noun.startswith(before[:2]) and cues.EXAMINING.search(raw):
                metric = noun  # 抽查共检验了12家企业: 抽查企业
            elif not before or (self._possesses(raw, before) and not cues.DOES.match(noun)):
                metric = noun if before else self._deed_of(clause, at, q, noun)
            else:
                metric = before + noun
            self._part_of(clause, stop, noun, q)
            unknown = subject == self.default and not before and self.whole == (noun, q.text)
            if unknown and self._is_rank_next(clause):
                return clause.end, used
            self._emit(clause, subject, metric, quantity, kind, q)
            return max(q.end, stop), used
        if quantity.unit.endswith("次") and before and len(gap.strip()) >= 4 and cues.DOES.match(gap.strip()):
            self._emit(clause, subject, before + gap.strip(" 、"), quantity, "actual", q)
            return clause.end, 0
        if percent and not before and cues.DOES.match(gap) and self.whole is not None:
            self._emit(clause, subject, self.whole[0] + gap.strip(), quantity, "share", q)
            return clause.end, 0
        doing = cues.WHO_DO.fullmatch(gap.strip()) if percent and not before else None
        if doing is not None:  # 近四成企业没有专职检验员
            self._emit(clause, subject, doing[0], quantity, "share", q)
            return clause.end, 0
        self._words_before(clause, at, q, subject, raw, before)
        return q.end, 0

    def _more_of_them(self, metric: str, quantity: Quantity) -> str:
        """产业链由8条调整为11条，新增甲、乙、丙3条: what is listed is of what was counted."""
        m = cues.LISTED_NEW.fullmatch(metric)
        last = self.out[-1] if self.out else None
        if m is None or last is None or last.quantity is None or last.quantity.unit != quantity.unit:
            return metric
        split = (m["list"].split("、"), cues.SPLIT.split(m["list"]))
        if not any(len(items) == quantity.value for items in split):
            return metric
        self.told["包括"] = m["list"]
        return m["new"] + last.metric

    def _beside_others(self, clause: Clause, at: int, q: Mention) -> bool:
        """与甲地的同类机构相比，检测周期要长2天: no level, but how much more;
        高于全市0.8个、全省1.1个百分点."""
        if self.beside:
            more = cues.MORE_OR_LESS.search(self.plain[at:q.start].rstrip())
            if more is None:
                return False
            subject, raw = self._subject(clause, at, at + more.start())
            metric, base = self._metric(raw) or self.metric, self.beside
            self.beside = ""
            self._emit(clause, subject, metric, quantity_of(q), "comparison", q, {"比较": base}, keep=False)
            return True
        last = self.out[-1] if self.out else None
        if quantity_of(q).unit not in ("个百分点", "百分点") or last is None or last.kind != "comparison":
            return False
        base = self.plain[at:q.start].strip(" 、和与及")
        if not any(self.text[n.start:n.end] == base for n in clause.names):
            return False
        scope = {**last.scope, "比较": base}
        self._emit(clause, last.subject, last.metric, quantity_of(q), "comparison", q, scope, keep=False)
        return True

    def _words_before(
        self, clause: Clause, at: int, q: Mention, subject: Thing | None, raw: str, before: str,
    ) -> None:
        """合格率达到94%: the metric stands before its value, or was named in the clause before."""
        quantity = quantity_of(q)
        percent = quantity.unit in ("%", "‰", "成") or "百分" in quantity.unit
        countable = self._is_countable(quantity)
        gap = self.plain[q.end:clause.end].strip()
        metric = before
        if countable and metric == "总量" and self.metric:
            metric = cues.NEW_ONES.sub("", self.metric)  # 新增示范区8个，总量达29个
        metric = qualify.sold(metric, quantity.unit)
        if quantity.unit.endswith("元") and len(metric) < 2 and cues.SAVED.search(raw.rstrip()):
            metric = "节省费用"  # 省下近80万元
        if countable and gap and raw.rstrip().endswith("的"):
            return  # 有条件的11个市: what is counted stands behind, and was not understood
        if metric.startswith(("按照", "按")) and percent:
            self.metric = ""
            return
        if self.headed and percent and metric and not phrases.is_measure(metric):
            metric += self.headed.removeprefix(metric[-2:])  # 覆盖率：大型企业100%，中型企业85%
            self.topic = ""
        among = self.plain[clause.start:clause.end].lstrip().startswith("其中")
        rate = among and phrases.shared_head(self.metric).endswith("率")
        rising = self.rising or (self.metric if rate else "")
        if percent and metric and rising and not phrases.is_measure(metric):
            metric += phrases.shared_head(rising)  # 合格率稳步提升，其中纺织品96.3%
        trade = self._trade_alone(clause, metric) if percent else None
        if trade is not None:  # 甲制造业合格率96%，乙行业93%
            subject, metric = trade, phrases.shared_head(self.metric)
        count = self.out[-1] if self.out else None
        if count is not None and count.metric == self.counted and self.counted.endswith("企业"):
            done = re.match(r"\W*(?:共|累计)?(?:实现|完成|创造)", raw)
            if done is not None and phrases.is_bare(metric) and not percent and not self.named:
                metric = self.counted + metric  # 食品企业236家，实现产值412亿元
        if self.each_of and metric.startswith(("人均", "户均", "亩均", "平均")):
            metric, self.each_of = self.each_of + metric, ""
        if cues.SCORE.match(metric) and self.spoken and self.metric == "":
            metric = self.spoken + metric
        if cues.OF_HONOUR.match(metric) and self.metric.endswith(("奖", "提名奖")):
            metric = re.sub(r"(?:(?<=奖)(?:组织|个人|团队|集体)|提名)奖?$", "", self.metric) + metric
        these = cues.THIS_KIND.match(metric)
        if these is not None and (named := re.match(rf"^.*{these['what']}", self.metric)):
            metric = named[0] + these["rest"]
        metric = self._same_deed(clause, at, metric)
        owns = cues.OWNS.match(metric)
        if countable and owns is not None:
            metric, self.told["主体"] = owns["what"], owns["who"]
        if countable:
            metric = cues.BUILT.sub("", metric)
        done = cues.DRAWN.search(self.plain[clause.start:q.start]) if "批" in quantity.unit else None
        if metric in ("抽", "查", "检") and "批" in quantity.unit:
            metric = "抽查"
        if metric in cues.TOO_WIDE and done is not None:
            metric = done[1] + metric  # 抽查96家企业生产的产品132批次
        if metric in cues.TOO_WIDE:
            new = cues.NEW_KIND.match(self.counted) if among else None
            metric = new[0] + metric if new is not None else metric  # 新登记主体…；其中企业5200户
        if metric in cues.TOO_WIDE:
            deed = re.search(rf"(?!其中)([一-鿿]{{2}})(?<!的){metric}[^一-鿿]*\S{{0,4}}$", raw)
            metric = deed[1] + metric if deed is not None else metric  # 集聚企业4000家
        if metric and self.counted and cues.ITS.match(self.plain[at:q.start].lstrip()):
            metric = self.counted + metric
        if metric and "百分" in quantity.unit and metric[-1] in "高低多少":
            self._emit(clause, subject, metric[:-1], quantity, "comparison", q)
            return
        new = cues.NEWLY.fullmatch(metric) if among and countable and self.counted else None
        if new is not None:  # 标准412项，其中当年新建28项
            metric += cues.CARRIED_OUT.sub("", cues.OWNED.sub("", self.counted))
        of_them = self.out[-1] if self.out and countable and cues.LEVEL_WORD.fullmatch(metric) else None
        parts = of_them is not None and of_them.metric == self.counted and not self.topic and (
            of_them.quantity is not None and of_them.quantity.unit == quantity.unit
            and (of_them.quantity.base_value or 0) > (quantity.base_value or 0)
        )
        if (among or parts) and countable and self.counted and cues.LEVEL_WORD.fullmatch(metric):
            metric += cues.LEVEL_ONLY.sub("", cues.CARRIED_OUT.sub("", self.counted))
        other = cues.LEVEL_ONLY.match(self.metric)
        if other is not None and not self.topic and cues.LEVEL_WORD.fullmatch(metric):
            metric += self.metric[other.end():]  # 国家级质检中心3个、省级15个
        bare = not metric or cues.LEVEL_WORD.fullmatch(metric) or phrases.head_of(self.topic)
        if bare and self.topic not in metric:
            # 主要工业产品产量中，水泥…: 水泥产量
            goods = metric and cues.MAIN.match(self.topic)
            metric += phrases.shared_head(self.topic) if goods else self.topic
        if not metric and percent and gap and not cues.HEIGHT.match(self.plain[q.end:clause.end]):
            return  # 81%源于…: a share of something that is not said
        if not metric and (percent or quantity.unit.endswith("元")):
            # 营收年均增速保持12%，到2025年突破120亿元: money is no rate
            metric = (self.metric or self.measure) if percent else cues.RATE_END.sub("", self.metric)
            if self.named and subject != self.of:
                metric = phrases.shared_head(metric) or metric  # 12条产业链收入2.9万亿元，其中甲链迈上万亿元
        elif not metric and countable and not phrases.head_of(self.metric):
            state = cues.STATE.match(gap)
            if state is not None and self.counted and self.counted == self.metric:
                _, _, things = self.counted.rpartition("的")
                metric = f"{state[1]}的{things}"
                self.told["范围"] = self.counted
            else:
                metric = self.metric + (state[1] if state and self.metric else "")
                if re.search(r"总数|总量|累计", raw):
                    metric = cues.NEW_ONES.sub("", metric)  # 新增96家，总数达1120家
                    self.kept = {}  # the examples were of those that are new
        if not metric and not gap:
            metric = self._named_behind(clause)
        built = cues.BUILT_UP.match(gap) if among and not metric and self.metric.endswith("面积") else None
        if built is not None:
            metric = built["what"] + "面积"
        if not metric and countable and not gap:
            metric = self.announced  # 公布绿色工厂名单，全省60家
        if not metric:
            return
        self._of_wider(metric, subject, raw)
        batches = quantity.unit in ("批次", "批") and cues.COME_OUT.fullmatch(metric)  # 合格的202批次
        headless = countable and not batches and cues.HEADLESS.search(raw.rstrip())
        if headless and self.counted and self.counted not in metric:
            counted = cues.COUNTED_OF.sub("", self.counted.rpartition("的")[2])
            done = cues.WHO_DID.match(counted)
            counted = done["who"] if done is not None else counted
            if counted:
                metric = f"{cues.PLAIN_CHANGE.sub('', metric)}的{counted}"
                metric = re.sub(r"实现(?=正?增长的)", "", metric)
        metric = self._more_of_them(metric, quantity)
        such = cues.SUCH_THINGS.fullmatch(metric) if countable else None
        if such is not None:  # 线上平台、线下窗口等服务模式已有6种
            metric, self.told["包括"] = such["what"], phrases.tidy(such["list"])
        kind = "change" if phrases.RATE_OF_CHANGE.search(metric) else "actual"
        last = self.out[-1] if self.out else None
        if not before and percent and last is not None and last.kind == "change" and metric == last.metric:
            # 增加值增长7.1%，连续3个月保持在7%以上
            kind = "change" if not metric.endswith(("率", "比重", "占比")) else kind
        headless = cues.HEADLESS.search(cues.FEW.sub("", raw.rstrip()))
        if percent and self.whole is not None and headless and not phrases.is_measure(metric):
            metric, kind = f"{metric}的{self.whole[0]}占比", "share"  # 620家企业中，设立质量官的不到两成
            if self.whole[1]:
                self.told["总数"] = self.whole[1]
        if percent and cues.SHARE_WORD.search(self.plain[at:q.start]):
            kind = "share"
        alike = ALL_ALIKE.search(raw) and all(map(phrases.is_measure, metric.split("、")))
        if "、" in metric and (alike or cues.EACH_HAS.search(raw)):
            for part in map(phrases.tidy, before.split("、") if alike else cues.SPLIT.split(before)):
                whole = part + self.topic if self.topic not in part else part
                self._emit(clause, subject, whole, quantity, kind, q)
            return
        self._emit(clause, subject, metric, quantity, kind, q)

    def _trade_alone(self, clause: Clause, metric: str) -> Thing | None:
        """The trade that stands alone before a rate, where the clause before named the measure."""
        if not phrases.shared_head(self.metric).endswith("率"):
            return None
        named = (n.thing for n in clause.names if self.text[n.start:n.end] == metric)
        return next((placed(thing, self.default) for thing in named if thing.cls == INDUSTRY), None)

    @staticmethod
    def _possesses(raw: str, before: str) -> bool:
        """Whether the words only say that there are some: 全市拥有, 累计建成."""
        return bool(phrases.POSSESSION.search(raw.rstrip()) or phrases.POSSESSION.search(before))

    def _deed_of(self, clause: Clause, at: int, q: Mention, noun: str) -> str:
        """参与制修订527项国家标准，27项国际标准: the verb stands once."""
        deed = cues.DEED.match(self.metric)
        alone = not self.plain[clause.start:q.start].strip(" 、") or self.plain[at:q.start].strip() == "、"
        if deed is None or not alone or noun[-2:] != self.metric[-2:] or deed[1][-2:] in noun:
            return noun
        return deed[1] + noun

    def _same_deed(self, clause: Clause, at: int, metric: str) -> str:
        """参与制定国际标准12项、国家标准89项: the verb stands once."""
        if at == clause.start or not self.plain[at:].lstrip().startswith("、") or not metric:
            return metric
        deed = cues.DEED.match(self.metric)
        if deed is None or metric[-2:] != self.metric[-2:] or cues.DEED.match(metric):
            return metric
        return deed[1] + metric

    def _named_behind(self, clause: Clause) -> str:
        """1412.8亿元，这是规模以上工业的增加值: the next clause says what it was."""
        after = self.clauses.index(clause) + 1
        if after >= len(self.clauses):
            return ""
        said = cues.THIS_IS.match(self.plain[self.clauses[after].start:self.clauses[after].end].strip())
        return phrases.tidy(_WITHOUT_YEAR.sub("", said[1])) if said else ""
