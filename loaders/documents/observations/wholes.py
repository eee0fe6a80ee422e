"""What is counted: wholes and their parts, figures that only tell apart, lists of examples."""

from __future__ import annotations

import re
from dataclasses import replace

from loaders.documents.observations import cues, phrases
from loaders.documents.observations.clauses import Clause
from loaders.documents.observations.listed import each_follows, listed
from loaders.documents.observations.reading import placed, quantity_of
from loaders.documents.observations.shares import Shares
from loaders.documents.observations.subjects import is_region
from ontology.lexicon.mention import Mention, Quantity

_NOUN_BEHIND = re.compile(
    r"^(?:\s?的)?\s?(?=[一-鿿“\"《A-Z])(?!以|等(?!级)|左右|之|者|和|及|与|或|且|并|为|是|至|到|在|居|位|占"
    r"|比|较|同比|增|减|上升|下降|均|都|,|被)"
)
_NOUN_CUT = re.compile(
    r"(?:,|，|；|;|。|、|[和及与](?=所有|全部|其他|广大)|(?<=[一-鿿])在(?=[^,，在]{1,8}下[^,，]{2})|已(?!有|经|知)|(?<=企业)(?:成功|正式|顺利|相继|陆续)|(?<=企业)生产的?|(?<=[位业构校])(?:承担|实施|申报|牵头)的$|(?<=[一-鿿]{2})(?:之?中|里)(?=共|已|仅|只"
    r"|有)|(?<=[一-鿿”\"])(?:缩短|降低|减少|压缩|提升|提高)(?!改造|行动"
    r"|工程|示范|项目)|贡献了?|实现了?(?!(?:正|同比|两位数|较快)*增长|盈利)|完成了?|获得|荣获|通过|参与|提供|形成|推动|达到|并|占|被认定"
    r"|\d{1,2}月|(?:即将|预计|已经?|全部|陆续)?(?:交付|投用|启用|竣工|开工|揭牌)(?=$|[,，])|(?<!全)覆盖了?|提供了?|用于|位居|(?:分别|依次)(?:是|为)|(?<=产业链|业集群)(?:共?有|累计|(?=新签约|新增|新开工|新建|签约))|(?<=企业|集群|产业|项目|单位|品牌|平台)是(?=[^,，]{2,20}、)|(?:解决|出具|办理|化解|攻克|节约|节省|减免|培训|排查)了?(?=[一-鿿]{2})|,)"
)
_GAINED = re.compile(
    r"(?:新增|新建|建成|建立|建设|拥有|涵盖|覆盖|包括|包含|获批|获得|荣获|设立|培育|引进|入选|入围"
    r"|新建成|组建|新设|下设|内设|设有)了?$"
)
#: verbs that end the words before a list of examples: 将甲县、乙市等14个县市
_EXAMPLES_FROM = re.compile(
    r"(?:(?<![国所私稀公特富])有(?![色机限效关线])|授予|表彰|整合|提供|集成|涵盖|开展|对|将|把|为|由|在|从|向|新增|新建|推动|支持|涉及|包括|覆盖|远销|销往|出口到|发布|制定|实施"
    r"|培育|引进|获得|荣获"
    r"|获评|建成|联合|依托|推广至|辐射|带动)(?=[^对将把为由在从向]*$)"
)
#: 83家配套企业中,(仅29家…)
_OUT_OF = re.compile(r"(?:之?中|里|内|当中)$")
#: 27个部门、18个乡镇、1542家企业参与轮训: what all of them do
_ALL_DO = re.compile(
    r"(?:参与|参加|列入|纳入|入选|入围|加入|接入|进入|获评|通过|接受|荣?获得?|摘得|斩获)[一-鿿“”《》]{1,16}$"
)
#: 企业实现(产值…): the firms are counted, and did something
_DOES_OR_HAS = re.compile(r"实现|完成|共|创造|达成|贡献|拥有|,|，")
#: 这4家中心, 每10台跑步机就有6台: what was counted before, and how often, is no number of what there is
_NOT_COUNTED = re.compile(
    r"(?:(?<![一-鿿])这|上述|以上这?)$|每\d*[一-鿿]{1,2}?[一-鿿]{2,10}?(?:之?中|里)?,?(?:就|便)?有(?:约|近|超)?$"
)
#: (5GW)光伏组件、甲研发中心等项目8个: how large one of the examples is
_SIZE_OF_LISTED = re.compile(r"[一-鿿]{2,14}(?:、[^、,，\d]{2,20})+等[^,，、\d]{2,16}\d")
#: 项目入选: what is chosen from those that were named before, and how many they are
_CHOSEN_OF = re.compile(
    r"(?P<what>项目|企业|城市|园区|产品|品牌|案例|单位|集群|平台|机构)(?P<deed>入选|入围|上榜|在列|获评)"
)
_SO_MANY_OF_ALL = re.compile(
    r"^(?:在|从)?(?:全[国省市县区])?(?:首批|第[一二三四五六七八九十]批)?[百千万数几多余]*[个家项]"
)
#: 12个城市入围，甲市是其中之一: they are not of that city
_ONE_OF_THEM = re.compile(
    r"\s*(?:[一-鿿]{2,8}?)?(?:便|正|也|就)?(?:是|为|成为)?(?:其中之一|其中一[个座家员])"
)
#: 出口产值出自三个行业
_FROM_WHOM = re.compile(
    r"^(?P<what>[一-鿿]{2,10}?)(?:出自|来自于?|来源于|集中在|集中于)(?P<from>[一-鿿]{2,12})$"
)
#: 园区贡献了(32%的增加值)
_GAVE = re.compile(r"^(?P<who>.*?)贡献了?(?P<of>[一-鿿]{0,4})$")
#: what small numbers count at the head of a clause
_THINGS = re.compile(
    r"^(?:企业|产品|园区|项目|平台|机构|单位|集群|城市|县|市|区|[一-鿿]{2,6}企业)[一-鿿]{2,}"
)
#: 14个市州中有(9个…)
_SOME_OF = re.compile(r"^(?:之?中|里|当中),?(?:共|已|仅|只)?有?")
#: 桃农人均增收: what each of those counted has
_EACH = re.compile(r"(?<=[一-鿿])(?=(?:人均|户均|亩均|平均每))")
_NOUN = re.compile(r"^[一-鿿“”]{2,12}$")
#: conditions that somebody has to meet are no figures of anybody
_REQUIRED = re.compile(
    r"原则上|上一?年度?[^,，。;；\d]{0,12}(?:要|需|须|应当?)(?=[超达不在大高]|$)|应(?:为|当|具备|满足|符合|不|在|达)|必须|须(?=[具达为满有经符]|不)|不得|方可|符合[^,，]{0,8}(?:条件|要求)的|条件(?:是|为)"
    r"|(?:可|给予)(?:一次性)?(?:奖励|补助|补贴)|对[^,，。]{2,30}的[,，](?=[^。]{0,24}(?:奖|补|给予))"
)
#: 在产值10亿元以上的企业(中认定一批): from whom somebody is chosen
_CHOSEN_FROM = re.compile(
    r"(?:以[上下内])?的?[^,，。;；]{2,48}?(?:之?中|里|当中)(?:再|优先|择优|分批|每年)?(?:认定|遴选|评选|选|择优|筛选|确定|推荐|产生|培育)"
)
#: 浏览次数:(543次), which a page says of itself
_OF_PAGE = re.compile(r"(?:浏览|点击|阅读|查看|访问|人气|打印|评论|字数)(?:次数|人数|量|数)?\s*[:：]\s*$")
#: (4个)行业合计拉动…: those that were named before
_JOINTLY = re.compile(
    r"\s?(?:行业|产业|企业|县|市|区|县市|集群|产品|园区|产业链)(?:合计|合力|共同|一起|联手)"
)
_BY_A_YEAR = re.compile(r"20\d\d年|十[三四五六]五|年底|[一二两三四五六七八九十]年内")
#: (3.2亿元)的(甲中心)
_WHOSE_BEHIND = re.compile(r"\s*的(?:[一-鿿]{2,4}型|全新|新|现代化)?")
#: what is said of the size of something: 占地, 总投资
_ATTRIBUTE = re.compile(
    r"(?:占地|投资|面积|年产|产能|产值|营收|营业收入|资本|资产|规模|设计|日产|拥有|员工|可?检测)(?:面积|额|能力)?$"
)
_SORT_WORD = re.compile(r"种类|品种|类别|品类|大类|批次")
#: 产值(超亿元)
_OVER = re.compile(r"(?:超过?|过|破|逾|达到?|在)?[\d十百千]*[万亿]?元(?:以上)?$")
_THEN_PLACED = re.compile(r"(?:[排列居]名?(?:在|于)?|[由从](?:20\d\d年的?)?)第?$")
_FAR = re.compile(r"(?:方圆|半径|相距|周边)$")
#: 其中3个集群(突破千亿元): those that were counted
_THOSE = re.compile(r"(?:产业集群|集群|企业|园区|产业链|项目|品牌|县市?|开发区)(?:已|率先|均|双双|成功)*")
#: (12个)区域品牌授权企业达到(268家): what is counted first has the firms
_FIRMS_OF = re.compile(
    r"[一-鿿“”]{0,14}?(?:品牌|集群|平台|园区|产业链|基地|开发区|产业园)(?:(?![共现拥已]有|[集聚]聚)[一-鿿]){0,6}?(?:企业|机构|商户|门店)(?:总?数)?"
    r"(?:已|达到?|超过?|共有?|突破|增至)*"
)
#: (3家)企业
_FIRMS = re.compile(
    r"\s?(?:龙头|骨干|重点|本地|配套|参评)?(?:企业|公司|单位|机构|组织|(?:产业)?集群(?=入选|入围|上榜|跻身|获批|列入))"
)
#: 在(15个副省级城市中排第2)
_PLACED_IN = re.compile(r"在(?:全[国省市县区州]|[一-鿿]{2,8})?$")


class Wholes(Shares):
    """The rules for figures that belong to other figures."""

    def _examples(self, clause: Clause, at: int, q: Mention) -> int:
        """甲开发区、乙开发区等14个开发区: where the examples begin; they go to the scope."""
        words = self.plain[at:q.start].rstrip()
        if self._are_all_named(words, q):
            words += "等"
        if not words.endswith("等") or len(words) < 4:
            return q.start
        first = words.find("、")
        names = [n for n in clause.names if at <= n.start and n.end <= at + len(words)]
        names = self._listed(names) or names
        lead = _EXAMPLES_FROM.search(words[:first if first > 0 else len(words) - 1])
        if lead is not None:
            start = at + lead.end()
        elif names and (first < 0 or names[0].end <= at + first) and not is_region(names[0].thing):
            start = names[0].start
        else:
            start = at
        listed = phrases.tidy(self.text[start:min(at + len(words) - 1, q.start)])
        if not listed or (any(is_region(n.thing) and n.start > start for n in names) and "、" not in words):
            return q.start
        self.told["包括"] = listed
        return start

    def _are_all_named(self, words: str, q: Mention) -> bool:
        """甲公司、乙公司、丙公司3家企业: all that are counted are listed before."""
        if _FIRMS.match(self.plain, q.end) is None or "、" not in words:
            return False
        marked = words.split("、")
        last = cues.SPLIT.split(marked[-1])
        value = quantity_of(q).value
        return value in (len(marked), len(marked) + len(last) - 1) and all(2 <= len(w) <= 20 for w in marked)

    def _attributes(self, clause: Clause, quantities: list[Mention]) -> tuple[Clause, list[Mention]]:
        """占地42亩、总投资3.2亿元的甲中心: the figures are of what stands behind them."""
        if not quantities:
            return clause, quantities
        last = quantities[-1]
        behind = _WHOSE_BEHIND.match(self.plain, last.end, clause.end)
        named = next((n for n in clause.names if behind is not None and n.start == behind.end()), None)
        first = phrases.tidy(self._without_periods(clause.start, quantities[0].start))
        own = any(n.end <= last.start and not is_region(n.thing) for n in clause.names)
        if named is None or own or not _ATTRIBUTE.search(first) or named.thing.cls not in cues.HAVE_SIZES:
            return clause, quantities
        self.subject, self.each = placed(named.thing, self.default), ()
        names = tuple(n for n in clause.names if n.end <= quantities[0].start)
        return replace(clause, end=last.end, names=names), quantities

    def _behind_places(self, q: Mention) -> int:
        """12个县市区中有7个…: the places are known, some of them are counted next. → where that begins"""
        found = cues.OF_PLACES.match(self.plain, q.end)
        assert found is not None
        self.whole = (found["what"], q.text)
        return found.end("what")

    def _part_of(self, clause: Clause, stop: int, noun: str, q: Mention) -> None:
        """83家配套企业中: some of them come next."""
        rest = self.plain[stop:clause.end].strip()
        words = self.plain[q.end:clause.end].strip()
        if _OUT_OF.fullmatch(rest) or (not rest and _OUT_OF.search(words)):
            self.whole = (noun.removesuffix("中"), q.text)
        elif _SOME_OF.match(rest) or (rest and _OUT_OF.search(self.plain, q.end, stop)):
            self.whole = (noun, q.text)

    def _portion(self, before: str, noun: str) -> str:
        """90%的出口产值出自三个行业 → 三个行业出口产值占比; 园区贡献了32%的增加值 → 园区占增加值比重."""
        gave = _GAVE.match(before)
        if gave is not None:
            return f"{gave['who'] or self.counted}占{gave['of']}{noun}比重"
        source = _FROM_WHOM.match(noun)
        if source is not None and not before:
            return f"{source['from']}{source['what']}占比"
        return before + noun

    @staticmethod
    def _is_countable(quantity: Quantity) -> bool:
        return bool(cues.THING_UNITS.search(quantity.unit)) or quantity.unit in ("万", "亿", "千万", "百万")

    def _counts(self, clause: Clause, q: Mention) -> bool:
        """A small number in characters counts only at the end of its clause or behind a verb
        of having: 行业有两个, 新建两家工厂, but not 五个环节, 一项标准, 三大动力."""
        quantity = quantity_of(q)
        if quantity.unit.endswith("级") and quantity.unit != "级":
            return False  # 百亿级产业链
        if quantity.unit in ("公里", "千米", "米") and _FAR.search(self.plain, clause.start, q.start):
            return False  # 在方圆50公里内
        behind = self.plain[q.end:clause.end]
        if behind.startswith("季度") or (behind.startswith("月") and quantity.unit == "个"):
            return False
        if _OF_PAGE.search(self.text, 0, q.start):
            return False
        ahead = self.plain[clause.start:q.start].strip(" 、")
        if cues.THING_UNITS.search(quantity.unit) and _NOT_COUNTED.search(ahead):
            return False
        if not cues.THING_UNITS.search(quantity.unit) and _SIZE_OF_LISTED.match(behind):
            return False
        if not clause.names and _ONE_OF_THEM.match(self._next_clause(clause)):
            return False
        if quantity.bound != "=" and quantity.unit.endswith("元") and _CHOSEN_FROM.match(behind):
            return False
        if _JOINTLY.match(behind):
            return False
        if self._required(clause, q) or self._ranked_among(clause, q) or self._heads_list(clause, q):
            return False
        small = quantity.value is not None and not any(c.isdigit() or c in "万亿百千%" for c in q.text)
        if quantity.unit == "成" or (not small and quantity.unit != "大"):
            return True
        if quantity.value == 1 or (small and quantity.unit == "大"):
            return False
        things = _THINGS.match(self.plain[q.end:clause.end])
        if not ahead and quantity.unit in ("家", "个", "项", "名") and things is not None:
            return True
        at_end = quantity.unit != "大" and not self.plain[q.end:clause.end].strip()
        return at_end or bool(_GAINED.search(self.plain[max(clause.start, q.start - 8):q.start]))

    def _heads_list(self, clause: Clause, q: Mention) -> bool:
        """光伏、商用车2个产业链群增速领跑，分别增长…: how many are listed, each of which has its figure."""
        ahead = self.text[clause.start:q.start]
        if quantity_of(q).unit not in ("个", "条", "类", "种", "大") or "、" not in ahead:
            return False
        found = listed(self._without_periods(clause.start, clause.end).strip(" 、,"))
        if listed(self._without_periods(clause.start, q.start).strip(" 、,")) is not None:
            return False  # 甲、乙两条产业链各建成1个: this is what each has
        return found is not None and found.counted and each_follows(found.rest + self._next_clause(clause))

    def _next_clause(self, clause: Clause) -> str:
        following = self.after.get(clause.start) if clause.mark not in (";", "；") else None
        return self.plain[following.start:following.end] if following is not None else ""

    def _chosen_of(self, noun: str) -> str:
        """百个质量强链项目里，甲省有7个项目入选: of which projects they are."""
        chosen = _CHOSEN_OF.fullmatch(noun)
        if chosen is None or self.whole is None or not self.whole[0].endswith(chosen["what"]):
            return ""
        return _SO_MANY_OF_ALL.sub("", self.whole[0]) + chosen["deed"]

    def _is_rank_next(self, clause: Clause) -> bool:
        """92家省级开发区里，甲经开区列第17位: nobody knows whose all of them are."""
        following = self.after.get(clause.start)
        return following is not None and bool(following.ordinals) and not clause.names

    def _ranked_among(self, clause: Clause, q: Mention) -> bool:
        """列全市14个县(市、区)第3名: among how many."""
        behind = next((o for o in clause.ordinals if q.end <= o.start <= q.end + 12), None)
        if behind is None or not cues.THING_UNITS.search(quantity_of(q).unit):
            return False
        between = self.plain[q.end:behind.start]
        before = self.plain[clause.start:q.start]
        placed_in = _PLACED_IN.search(before) and _THEN_PLACED.search(between)
        only_words = re.fullmatch(r"[一-鿿\s]*", between) is not None
        return only_words and bool(cues.RANK.search(before) or placed_in)

    def _required(self, clause: Clause, q: Mention) -> bool:
        """每条链不超过2户，应为营业收入10亿元以上的企业: what is asked of others is no figure."""
        before = self.text[:q.start]
        found = [m.end() for m in _REQUIRED.finditer(before)]
        if not found:
            return False
        sentence = max(before.rfind(mark) for mark in ";；。") + 1
        if found[-1] <= sentence or _BY_A_YEAR.search(before, sentence):
            return False
        bounded = quantity_of(q).bound != "=" or "奖励" in before[sentence:] or "补" in before[sentence:]
        return bounded and not any(d.isdigit() for d in before[found[-1] : clause.start])

    def _population(self, clause: Clause, at: int, q: Mention, following: Mention) -> bool:
        """84类重点产品不合格率低于2%: how many there are is a figure, and qualifies the rate."""
        quantity = quantity_of(q)
        if quantity.bound != "=" or not self._is_countable(quantity):
            return False
        between = self.plain[q.end:following.start]
        noun = cues.COUNTED.match(re.sub(r"\s+", "", between))
        if noun is None:
            return False
        if quantity_of(following).unit.endswith("元"):
            self.plain = self.plain[:q.start] + " " * (q.end - q.start) + self.plain[q.end:]
            self.told["总数"] = q.text
            return True
        start = self._examples(clause, at, q)
        subject, raw = self._subject(clause, at, start)
        before = phrases.tidy(raw)
        listed = self.told.get("包括", "")
        self._emit(clause, subject, phrases.tidy(before + noun[1]), quantity, "actual", q, keep=False)
        self.plain = self.plain[:start] + " " * (q.end - start) + self.plain[q.end:]
        if listed:  # 甲、乙等9家企业退运率0.4%: the rate is of the nine
            self.told["包括"] = listed
        self.told["总数"] = q.text
        return True

    def _above(self, clause: Clause, at: int, q: Mention, following: Mention) -> bool:
        """产值超亿元的企业249家，其中14家超过10亿元: the second figure tells which of them."""
        limit = quantity_of(following)
        told = cues.ASIDE.match(self.plain[clause.start:q.start].strip())
        if not told or not self._is_countable(quantity_of(q)) or not self.counted:
            return False
        between = self.plain[q.end:following.start].strip("的 ")
        if limit.bound == "=" or (between and not _THOSE.fullmatch(between)):
            return False
        if self.plain[following.end:clause.end].strip() or self._is_countable(limit):
            return False
        what, _, things = self.counted.rpartition("的")
        over = _OVER.search(what)
        metric = f"{what[:over.start()] if over else ''}{following.text}的{things}"
        self._emit(clause, self.subject or self.default, metric, quantity_of(q), "actual", q, keep=False)
        return True

    def _some_of(self, clause: Clause, at: int, q: Mention, following: Mention) -> bool:
        """14个市州中有9个合格率超过90%: 合格率超过90%的市州."""
        between = self.plain[q.end:following.start].strip()
        later = quantity_of(following)
        ahead = self.plain[at:q.start].strip(" ,，")
        if self.whole is None or later.bound == "=" or not _SOME_OF.match(ahead):
            return False
        if not phrases.is_measure(phrases.tidy(between)) or self.plain[following.end:clause.end].strip():
            return False
        subject, _ = self._subject(clause, at, q.start)
        if self.whole[1]:
            self.told["总数"] = self.whole[1]
        metric = f"{phrases.tidy(between)}{following.text}的{self.whole[0]}"
        self._emit(clause, subject, metric, quantity_of(q), "actual", q, keep=False)
        return True

    def _is_qualifier(self, clause: Clause, q: Mention, following: Mention) -> bool:
        """超过1000亿元的名牌企业10家: the first figure tells which firms are counted."""
        between = self.plain[q.end:following.start]
        if re.search(r"^\s*[、,，]|[、,，]$", between):
            return False
        later = quantity_of(following)
        if ("%" in later.unit or "百分" in later.unit) and cues.THING_UNITS.search(quantity_of(q).unit):
            # 286种产品的抽查不合格率降至2%: how many there are belongs to the phrase
            words = between
            for m in clause.comparisons:
                if q.end < m.start and following.start - 1 <= m.end <= following.end:
                    words = self.plain[q.end:m.start]
            words = phrases.tidy(words)
            told_apart = phrases.RATE_OF_CHANGE.search(phrases.tidy(between)) and later.bound != "="
            if not told_apart and (phrases.head_of(words) or len(between) <= 4):
                return True
        if later.unit.endswith("元") and cues.THING_UNITS.search(quantity_of(q).unit):
            # 11条产业链产值力争突破5000亿元
            words = phrases.tidy(between)
            counted = phrases.shared_head(words) and cues.COUNTED.match(words)
            if counted and not _DOES_OR_HAS.search(between):
                return True
        several = quantity_of(q).unit in ("个", "条", "大")
        if later.unit == "家" and several and _FIRMS_OF.fullmatch(between.strip()):
            return True  # 35个产业集群规上企业达到5200家
        if quantity_of(q).bound == "=" or len(between) > 24:
            return False
        size = quantity_of(q).unit.endswith("元") and _NOUN.match(between)
        if not between.startswith("的") and not size:
            return False
        return "、" not in between and bool(cues.THING_UNITS.search(later.unit))

    def _noun_behind(
        self, clause: Clause, q: Mention, following: Mention | None, before: str, raw: str,
    ) -> tuple[str, int, int]:
        """53个服务平台, 90%的产值: the noun, where it ends, and how many figures lie in it."""
        quantity = quantity_of(q)
        gap = self.plain[q.end:clause.end]
        adjacent = following is not None and not gap[: following.start - q.end].strip()
        if following is not None and adjacent and quantity.unit in ("大类", "类"):
            noun = self._noun_behind(clause, following, None, before, raw)[0]  # 11大类203项检测
            sorts = _SORT_WORD.match(self.plain, following.end) is not None
            return quantity.unit if sorts and not before else noun, q.end, 0  # 12大类14个种类
        match = _NOUN_BEHIND.match(gap)
        countable = self._is_countable(quantity)
        of = gap.startswith("的")
        if match is None or cues.HEIGHT.match(gap) or not (countable or of):
            return "", clause.end, 0
        start = q.end + match.end()
        if following is not None and countable and quantity_of(following).bound != "=":
            between = self.plain[start:following.start].rstrip()
            if phrases.head_of(between) and (not before or phrases.POSSESSION.search(before)):
                # 6个行业升幅超过1个百分点: what is counted is told apart by a figure
                told = re.sub(r"^.{2,4}?(?=[一-鿿]{2}$)", "", phrases.tidy(between))
                if self.plain.startswith("的", following.end):
                    # 50个产值超百亿的产业集群
                    return phrases.tidy(self.plain[start:clause.end])[:36], clause.end, 1
                self.threshold = (self._metric(told), quantity_of(following))
                return self.plain[start:following.end].strip(), following.end, 1
        noun = self.plain[start:following.start if following is not None else clause.end]
        cut = _NOUN_CUT.search(noun)
        doing = following is None and cues.DOES.match(noun) and "、" not in noun
        whole = (of and not countable) or doing or cues.FOR_SOMEBODY.search(raw.rstrip())
        if cut is not None and not whole and not cues.LEVEL_ONLY.fullmatch(noun[:cut.start()]):
            noun = noun[:cut.start()]
        stop = start + len(noun)
        if cut is not None and following is not None and cues.FOR_SOMEBODY.search(raw.rstrip()):
            stop = start + cut.start()  # 为127家企业提供服务4300批次: what is done has a figure too
        if following is not None and cues.LEVEL_ONLY.match(noun.strip()):
            # 1个国家级、5个省级计量中心: the noun stands once
            rest = self.plain[following.end:clause.end].strip()
            other = cues.LEVEL_ONLY.match(rest)
            noun += rest[other.end():] if other else ""
        each = _EACH.search(noun) if following is not None else None
        if each is not None:
            noun, stop = noun[:each.start()], start + each.start()
            self.each_of = phrases.tidy(noun)
        noun = phrases.tidy(noun) if not doing else re.sub(r"\s+", "", noun)
        sort = _SORT_WORD.fullmatch(noun) is not None and quantity.unit != "大"
        if sort and (before or self.metric not in ("", "大类")):
            return "", clause.end, 0  # 产品共14个种类
        if following is not None and len(noun) > 2:
            noun = re.sub(r"(?:以及|[和与])$", "", noun)  # 15家企业和2名个人
        if len(noun) > 6 and not noun.endswith("售后"):
            noun = noun.removesuffix("后")  # 带动企业实施管控后，…
        examining = cues.EXAMINING.search(self.plain[clause.start:q.start])
        alone = examining is not None and (not before or before.startswith(examining[1]))
        if noun in cues.TOO_WIDE and examining is not None and alone:
            return examining[1] + noun, stop, 0
        listed = cut is not None and cut[0].endswith(("是", "为"))  # 上榜的5家企业是甲、乙…
        if noun in cues.TOO_WIDE and following is None and countable and not listed:
            noun, stop = phrases.tidy(self.plain[start:clause.end]), clause.end
        elif following is not None and countable and self.plain[following.start - 1] in "、和及与":
            does = _ALL_DO.search(self.plain[clause.quantities[-1].end:clause.end])
            noun += does[0] if does is not None and "、" not in does[0] else ""
        return (noun if 1 < len(noun) <= 36 else ""), stop, 0
