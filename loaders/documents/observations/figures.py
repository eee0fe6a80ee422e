"""Figures of a passage, composed clause by clause from its mentions.

Each rule looks at one quantity and the words around it: who it is about, what is
measured, in which way the number relates to it. What a clause leaves out is taken from
the clause before, as a reader does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.documents.observations import cues, phrases
from loaders.documents.observations.clauses import Clause
from loaders.documents.observations.reading import Figure, placed, quantity_of
from loaders.documents.observations.subjects import INDUSTRY, Named, is_region
from loaders.documents.observations.wholes import Wholes
from loaders.facts import Thing
from ontology.lexicon.dimensions.comparison import Comparison
from ontology.lexicon.mention import Mention

_WITHOUT_YEAR = re.compile(r"(?:全年|当年|年内)的?")


class Reader(Wholes):
    """Reads one passage, clause by clause."""

    def read(self) -> list[Figure]:
        if cues.PAPER.match(self.text):
            return []
        if cues.ASIDE.match(self.text):
            self.metric, self.counted = self.told_last
        for at, clause in enumerate(self.clauses):
            if at and self.clauses[at - 1].mark in ";；":
                self.joint = ""
            if clause.start and cues.POINT.match(self.plain[clause.start:clause.end + 1]):
                self.subject, self.each, self.joint, self.aside = None, (), "", None
                self.holder = self.trade = self.goods_named = ""
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

    def _no_figure(self, clause: Clause) -> None:
        """Names and topics that the next clauses are about."""
        names = [n for n in clause.names if not any(s <= n.start < e for s, e in self.compared)]
        listed = self._listed(names)
        if len(listed) > 1:
            self.group = tuple(n.thing for n in listed)
        if self.threshold is not None and listed and listed[0].thing.cls == INDUSTRY:
            self._apposition(clause, listed)
            return
        first = names[0] if names else None
        if names and not self.plain[names[-1].end:clause.end].strip() and cues.MADE_BY.match(
            self.plain[clause.start:names[-1].start]
        ):
            first = names[-1]  # 由甲院承担的乙中心，…
            self.subject = placed(first.thing, self.default)
        ahead = self._without_periods(clause.start, first.start) if first is not None else ""
        heads = not cues.TOWARDS.search(ahead) and cues.PREPOSITION.fullmatch(phrases.tidy(ahead))
        if first is not None and heads:
            later = names[1:2]
            trade = cues.TRADE.match(self.plain[first.end:clause.end])
            if is_region(first.thing) and trade is not None and not cues.NO_TRADE_NAME.search(trade[0]):
                self.subject = placed(Thing(INDUSTRY, trade[0], trade[0]), first.thing)
            elif later and later[0].start == first.end and later[0].thing.cls == INDUSTRY:
                self.subject = placed(later[0].thing, first.thing)
            elif first.thing.cls == "Institution" and cues.AUTHORITY.search(first.thing.name):
                self.subject = self._place_of(first.thing)
            else:
                self.subject = placed(first.thing, self.default)
            self.each = self.group if len(listed) > 1 and listed[0] is first else ()
        self._made(clause, names)
        if not self.counts:
            return
        opening = self._without_periods(clause.start, clause.end).lstrip(" 、*-#")
        pronoun = cues.DEMONSTRATIVE.match(opening)
        whole = pronoun is not None and (len(pronoun[0]) > 2 or pronoun[0] == "公司")
        if first is None and pronoun is not None and whole:
            meant = self._meant(pronoun[0], None)
            self.subject = meant or self.subject
            self.lost = meant is None and pronoun[0].startswith(("该", "公司"))
        self._holding(clause, first)
        shared = cues.SHARED.search(self._without_periods(first.end if first else clause.start, clause.end))
        if shared is not None:
            self.whole = (phrases.tidy(shared["what"]), "")
        spoken = cues.SPOKEN_OF.match(self._without_periods(first.end if first else clause.start, clause.end))
        self.spoken = phrases.tidy(spoken[1]) if spoken is not None else self.spoken
        words = phrases.tidy(self.plain[clause.start:clause.end])
        opened = self._without_periods(first.end if first else clause.start, clause.end)
        rises = cues.RISES.match(phrases.tidy(opened))
        self.rising = rises[1] if rises is not None else self.rising
        m = re.search(r"^(?:在|从)?(.{2,16}?)(?:方面|上|领域)$", words)
        called = cues.CALLED.match(words)
        if m is not None:
            self.topic = m[1]
        elif called is not None and phrases.head_of(called[1]):
            self.topic = called[1]
        else:
            if clause.mark in ":：" and words.endswith("率") and len(words) <= 20:
                self.headed = words
            short = len(words) <= 12 and not names and not clause.periods and clause.mark in ",，:："
            self.topic = words if short else ""

    def _made(self, clause: Clause, names: Sequence[Named]) -> None:
        """甲园区建成乙中心，累计服务…: what was made does what comes next."""
        last = names[-1] if names else None
        following = self.plain[clause.end + 1:clause.end + 12]
        if last is None or last.thing.cls != "Platform" or self.plain[last.end:clause.end].strip():
            return
        if cues.MADE.search(self.plain[clause.start:last.start]) and cues.WORKS.match(following):
            self.subject = last.thing

    def _holding(self, clause: Clause, first: Named | None) -> None:
        """湘西地区企业受限于资源，(合格率…); 湘茶地理标志产品，(抽检合格率…); 预制菜产业扩张，(新增企业…)."""
        begin = first.end if first is not None else clause.start
        words = phrases.tidy(self._without_periods(begin, clause.end))
        firms = cues.HOLDER.match(words)
        goods = cues.GOODS_NAME.fullmatch(words)
        trade = cues.TRADE.match(words) if first is None else None
        if firms is not None and first is not None:
            self.holder = firms[0]
        elif goods is not None:
            self.goods_named = goods[0]
        elif trade is not None and not cues.NO_TRADE_NAME.search(trade[0]):
            self.trade = trade[0].removeprefix("以")

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
        i = 0
        while i < len(quantities):
            q = quantities[i]
            run = self._run(quantities, i)
            if len(run) > 1 and (self._gaps(clause, at, run) or self._distribute(clause, at, run)):
                at, i = run[-1].end, i + len(run)
                continue
            if self._is_bracketed(q):
                self._bracketed(clause, at, q)
                i += 1
                continue
            following = quantities[i + 1] if i + 1 < len(quantities) else None
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
        if not self._is_countable(quantity) and cues.PLANT.match(gap):
            return q.end, 0
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
            return clause.end, 0
        lasting = cues.LASTS_BEHIND.match(gap)
        if lasting is not None:
            whose = re.sub(r"^对|(?:设置|设立|给予|实行|提供|留出)$", "", before)
            metric = (whose if len(whose) <= 8 else "") + lasting[0].removeprefix("的")
            self._emit(clause, subject, metric, quantity, "actual", q)
            return q.end + lasting.end(), 0
        noun, stop, used = self._noun_behind(clause, q, following, before, raw)
        if noun:
            somebody = cues.FOR_SOMEBODY.search(raw.rstrip())
            if somebody is not None and not before and not percent:
                noun = somebody[0].strip() + noun  # 为300家企业提供服务
            kind = "actual"
            apart = cues.FROM_IT.match(before) if noun.endswith("差距") else None
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
            elif not before or (self._possesses(raw, before) and not cues.DOES.match(noun)):
                metric = noun if before else self._deed_of(clause, at, q, noun)
            else:
                metric = before + noun
            self._emit(clause, subject, metric, quantity, kind, q)
            self._part_of(clause, stop, noun, q)
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

    def _words_before(
        self, clause: Clause, at: int, q: Mention, subject: Thing | None, raw: str, before: str,
    ) -> None:
        """合格率达到94%: the metric stands before its value, or was named in the clause before."""
        quantity = quantity_of(q)
        percent = quantity.unit in ("%", "‰", "成") or "百分" in quantity.unit
        countable = self._is_countable(quantity)
        gap = self.plain[q.end:clause.end].strip()
        metric = before
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
            metric = re.sub(r"提名奖?$", "", self.metric) + metric
        these = cues.THIS_KIND.match(metric)
        if these is not None and (named := re.match(rf"^.*{these['what']}", self.metric)):
            metric = named[0] + these["rest"]
        metric = self._same_deed(clause, at, metric)
        owns = cues.OWNS.match(metric)
        if countable and owns is not None:
            metric, self.told["主体"] = owns["what"], owns["who"]
        if countable:
            metric = cues.BUILT.sub("", metric)
        if metric in cues.TOO_WIDE:
            deed = re.search(rf"([一-鿿]{{2}}){metric}[^一-鿿]*\S{{0,4}}$", raw)
            metric = deed[1] + metric if deed is not None else metric  # 集聚企业4000家
        if metric and self.counted and cues.ITS.match(self.plain[at:q.start].lstrip()):
            metric = self.counted + metric
        if metric and "百分" in quantity.unit and metric[-1] in "高低多少":
            self._emit(clause, subject, metric[:-1], quantity, "comparison", q)
            return
        if among and countable and self.counted and cues.LEVEL_WORD.fullmatch(metric):
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
            metric = self.metric if percent else cues.RATE_END.sub("", self.metric)
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
        if not metric and not gap:
            metric = self._named_behind(clause)
        if not metric:
            return
        if countable and self.counted and self.counted not in metric and cues.HEADLESS.search(raw.rstrip()):
            counted = cues.COUNTED_OF.sub("", self.counted.rpartition("的")[2])
            metric = f"{cues.PLAIN_CHANGE.sub('', metric)}的{counted}"
        kind = "change" if phrases.RATE_OF_CHANGE.search(metric) else "actual"
        if percent and cues.SHARE_WORD.search(self.plain[at:q.start]):
            kind = "share"
        if "、" in metric and cues.EACH_HAS.search(raw):
            for part in map(phrases.tidy, cues.SPLIT.split(before)):
                whole = part + self.topic if self.topic not in part else part
                self._emit(clause, subject, whole, quantity, kind, q)
            return
        self._emit(clause, subject, metric, quantity, kind, q)

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
