"""Clauses without a figure: whom and what the next ones are about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from loaders.documents.observations import cues, phrases
from loaders.documents.observations.clauses import Clause
from loaders.documents.observations.listed import (
    FARES,
    MOST,
    MOST_OF_ALL,
    UTMOST,
    YEAR_BY_YEAR,
    each_follows,
    listed,
)
from loaders.documents.observations.projects import Projects
from loaders.documents.observations.reading import placed
from loaders.documents.observations.subjects import INDUSTRY, Named, is_region
from loaders.facts import Thing
from ontology.lexicon.mention import Mention

_TRADE = re.compile(
    r"^[一-鿿]{2,8}?产业(?!项目|中心|协会|联盟|大脑|研究院|服务|质量基础|园|链|集群|基地|带|化|群|区)"
)
_PREPOSITION = re.compile(
    r"(?:在|对|针对|支持|重点支持|指导|推动|反观|相比之下|参考|借鉴|可?复制|具体可复制|学习)?"
)
#: 三大整车企业身后: what stands around those that were named
_AROUND = re.compile(r"(?:身后|背后|周边|周围|带动下|引领下|牵引下)$|(?:跟上|跟进|崛起|齐头并进|你追我赶)$")
#: 也要看到差距：, which measures nothing
_REMARK = re.compile(
    r"(?:^|[从分按就])[一-鿿]{2,8}看$|(?:以来|年来|之后|以后|期间)$"
    r"|看到|看出|存在|问题|不足|短板|正视|清醒|如下|差距$"
)
#: 这家甲集团子公司(去年…)
_THIS_FIRM = re.compile(r"这家[^,，。]{0,14}?(?:子公司|公司|企业)")
#: verbs by which a platform comes to be, and what it then does
_MADE = re.compile(r"(?:打造|建成|建有|搭建|建设|上线|组建|成立|推出|开通|设立|获批)了?[^,，]{0,8}$")
_WORKS = re.compile(
    r"\s*(?:已|累计|先后|可|年|首批|现有)*(?:成员|会员|服务|为|提供|开展|出具|解决|办理|入驻|接入|注册|覆盖|辐射|检测|受理|面向|开放|共享|拥有|配备|聚焦|(?:建筑)?面积|占地|设备)"
)
#: 向甲公司采购…: it is no subject
_TOWARDS = re.compile(r"(?:[向从给是系为]|[占列]|居|排[在名]|领先于?|[高低快优多]于)\s*$")
#: 甲公司、乙公司都在其中: examples of what was counted, whose figures do not come next
_AMONG_THOSE = re.compile(
    r"(?:[均都也皆]|等|已|悉数|纷纷|双双|赫然)*(?:在列|在其中|在其列|在内|榜上有名|[位名]列其中|跻身其[中列]|上榜|入列)$"
)
#: a measure that is called high before its figure is given
_CALLED = re.compile(r"^(.{4,}?)(?:更高|更快|更大|较高|较快|最高|最快|略低|居首|领先)$")
#: 不合格案例中，81%源于…: what a share is of
_SHARED = re.compile(r"(?P<what>[一-鿿]{2,16}?)(?:之?中|里|当中)$")
#: words that make 产业 no trade of its own
_NO_TRADE_NAME = re.compile(
    r"^[是为的位作]|年来|不断|持续|优化|升级|调整|积极|大力|建成|国家|搭建|打造|成立|建设|加强|围绕|培育|壮大|发展|优势|传统|新兴|相关|县域|聚焦|推进|实施|重点|主导|特色|现代"
    r"|我[省市县]|支持|构建|全"
)
_SPOKEN_OF = re.compile(r"^(.{3,16}?)(?:稳定|保持|位于|处于|持续|连续|稳步|总体|显著|进一步|较|呈)")
#: 产业链质量合格率稳步提升: the measure that the next figures are of
_RISES = re.compile(
    r"^(.{2,}?率)(?:稳步|持续|不断|显著|明显|大幅|逐年|总体|稳中)*(?:提升|提高|改善|增长|上升|下降"
    r"|向好|有升|较高|保持)"
)
#: firms or goods that a place is named with
_HOLDER = re.compile(r"^[一-鿿]{0,6}?(?:企业|产品)(?!园|加工|制造|行业|工业|业)")
#: 湘茶、湘酒地理标志产品: goods named by themselves
_GOODS_NAME = re.compile(r"[一-鿿、]{2,16}(?:产品|制品|食品|用品|商品)")
#: 合格率的曲线印证了变化：, 来看一组合格率数据: — the measure of the figures behind the colon
_HEADED = re.compile(
    r"(?:.*的)?(?P<what>[一-鿿]{2,16}?(?:率|指数|满意度|产值|产量|收入|投诉量))(?:的|数据|变化|走势|曲线|一路|逐年|连年|节节|如下|情况).*"
)
#: 最高的是甲市, 排在末位的为乙县: the figure behind is of the one that is named
_SUPERLATIVE = re.compile(r"(?:最[一-鿿]{1,2}|首位|第一|末位|居首|领先|垫底|榜首|前列)的(?:依次)?(?:是|为)$")
#: 位于甲园区的(乙公司), 与它同步打造的(丙平台): what the clause is about stands behind
_DESCRIBED = re.compile(
    r"(?:(?:走进|来到|在|记者在|据|而)?(?:位于|坐落[于在]|地处|设[在于]|落户(?:[于在])?|扎根|总部[位在设]于?|身处)|走进|来到|与(?:它|此|其|之)|作为|由|依托|刚刚|新近|正在).*的$"
)
#: 这家落户甲镇的企业, 这座园区
_THIS_ONE = re.compile(
    r"(?:作为)?这[家个座条][^,，。]{0,24}?(企业|公司|集团|平台|中心|园区|产业园|集群|产业链)$|(?:这家)(企业|公司)"
)
#: 由甲局牵头，乙集团参与，(投资…): those who take part are not what is spoken of
_TAKES_PART = re.compile(
    r"(?:等?[一-鿿]{0,4})?(?:共同|联合|具体|负责)?(?:参与|参加|配合|协助|牵头|承建|承担|负责|协办|支持|组织实施)$"
)
#: 与甲、乙的同类机构相比，(检测周期要长2天)
_BESIDE_OTHERS = re.compile(
    r"(?:与|和|同|跟|较|对比|比起)(?P<base>.{2,30}?)(?:相比较?|比较|比起来)$|(?:对比|相比"
    r"|较之)(?P<others>[一-鿿].{2,30})$"
)
#: 家具制造、纺织服装相对偏弱
_TWO = re.compile(
    r"(?:其中)?(?P<a>[一-鿿]{2,10}?)[、和与及](?P<b>[一-鿿]{2,10}?)(?=相对|较|偏|均|都|两|表现|合格|问题|则|$)"
)
#: 甲、乙等头部企业带动明显: what follows is of those whom they lead
_LEADING_OTHERS = re.compile(
    r"等[一-鿿]{0,10}?(?:企业|公司|单位|机构)[一-鿿]{0,4}?(?:带动|引领|示范|辐射|集聚|支撑)"
)
#: 从区域看, 分行业来看
_LOOKED_AT = re.compile(r"(?:从|分|按|就)[一-鿿]{2,8}?来?看")
#: 产自该镇
_MADE_HERE = re.compile(r"(?:产自|来自|出自|源自)于?(?:该[镇乡县市区州]|这里|当地|我[省市县区]|此地)$")
#: 公布第三批绿色工厂名单: what the numbers behind are of
_ANNOUNCED = re.compile(
    r"(?:公布|公示|发布|确定|认定|评选|命名|通报|揭晓|敲定|公告)了?(?:出|的)?"
    r"[“《]?(?P<what>[^,，。“”《》]{4,36})[”》]?$"
)
#: 各区县地区生产总值数据出炉，(1144亿元)
_CAME_OUT = re.compile(
    r"(?:各[区县市州乡镇]{1,3}|20\d\d年度?|[一二三四前]{1,2}季度|上半年|全年|最新)*(?P<what>[一-鿿]{2,14}?(?:生产总值|GDP|总?产值|增加值|收入|总额|产量|销量))"
    r"(?:等?(?:核算|统计|主要)?(?:数据|成绩单|榜单|结果|年报))?(?:正式|陆续|相继)?(?:出炉|揭晓|公布|发布)$"
)
_OF_LIST = re.compile(r"(?:名单|名录|目录|结果|公示|通知|公告)+$")


class Openings(Projects):
    """The rules for names and topics that lead up to figures."""

    def _no_figure(self, clause: Clause) -> None:
        """Names and topics that the next clauses are about."""
        if self._opens_list(clause):
            return
        names = [n for n in clause.names if not any(s <= n.start < e for s, e in self.compared)]
        row = self._listed(names)
        behind = names[-1].end if names else clause.start
        out = _CAME_OUT.match(self._without_periods(behind, clause.end).strip())
        if out is not None:
            self.metric = self.topic = phrases.tidy(out["what"])
            return
        if len(row) > 1:
            self.group = tuple(n.thing for n in row)
        if self.threshold is not None and row and row[0].thing.cls == INDUSTRY:
            self._apposition(clause, row)
            return
        words = self.plain[clause.start:clause.end].strip()
        if self.threshold is not None and row and row[0].thing.cls in ("Chain", "Cluster"):
            self._apposition(clause, row)
            return
        if _AMONG_THOSE.search(words) and self.counted:
            return  # 甲公司、乙公司都在其中
        beside = _BESIDE_OTHERS.match(words)
        if beside is not None:
            self.beside = (beside["base"] or beside["others"]).strip()
            return  # 与甲、乙的同类机构相比，…: the figures are none of theirs
        if _MADE_HERE.search(words):
            self.subject, self.each = self.default, ()
            return  # 全国每三台冰箱就有一台产自该镇
        if _LOOKED_AT.fullmatch(words) and self.first_counted:
            self.metric = self.counted = self.first_counted  # 从区域看，甲区6家: of what was counted first
        self._two_of_a_kind(clause)
        if self._one_of_list(clause, words):
            return
        behind = names[-1].end if names else clause.start
        more = YEAR_BY_YEAR.match(self._without_periods(behind, clause.end))
        if more is not None:
            self.metric = self.counted = phrases.tidy(more["what"])
        first = names[0] if names else None
        described = self._described(clause, names)
        if described is not None:
            first = described
            self.subject = placed(first.thing, self.default)
        ahead = self._without_periods(clause.start, first.start) if first is not None else ""
        heads = not _TOWARDS.search(ahead) and _PREPOSITION.fullmatch(phrases.tidy(ahead))
        heads = heads or _SUPERLATIVE.search(ahead)
        if first is not None and cues.AVERAGE.match(self.plain[first.end:clause.end].strip()[:4]):
            heads = None  # 只有全市平均水平的一半
        if first is not None and described is None and heads and not self._takes_part(clause, first):
            later = names[1:2]
            trade = _TRADE.match(self.plain[first.end:clause.end])
            if is_region(first.thing) and trade is not None and not _NO_TRADE_NAME.search(trade[0]):
                self.subject = placed(Thing(INDUSTRY, trade[0], trade[0]), first.thing)
            elif later and later[0].start == first.end and later[0].thing.cls == INDUSTRY and not (
                self.plain.startswith("企业", later[0].end)  # 全市制造业企业中
            ):
                self.subject = placed(later[0].thing, first.thing)
            elif first.thing.cls == "Institution" and cues.AUTHORITY.search(first.thing.name):
                self.subject = self._place_of(first.thing)
            else:
                self.subject = placed(first.thing, self.default)
            self.each = self.group if len(row) > 1 and row[0] is first else ()
            if self.each and _LEADING_OTHERS.match(self.plain[row[-1].end:clause.end]):
                self.subject, self.each = None, ()  # 甲、乙等企业带动明显，…: what comes next is not theirs
            elif not is_region(first.thing) and _AROUND.search(words):
                self.subject, self.each = None, ()
        self._made(clause, names)
        if not self.counts:
            return
        this = _THIS_ONE.search(words)
        firm = _THIS_FIRM.match(words)
        if this is not None or firm is not None:
            word = (this[1] or this[2]) if this is not None else "企业"
            self.subject = self._meant("该" + word, None) or self.subject
            return
        opening = self._without_periods(clause.start, clause.end).lstrip(" 、*-#")
        pronoun = cues.DEMONSTRATIVE.match(opening)
        whole = pronoun is not None and (len(pronoun[0]) > 2 or pronoun[0] in ("公司", "它", "它的"))
        if first is None and pronoun is not None and whole:
            meant = self._meant(pronoun[0], None)
            self.subject = meant or self.subject
            self.lost = meant is None and pronoun[0].startswith(("该", "公司"))
        self._holding(clause, first)
        shared = _SHARED.search(self._without_periods(first.end if first else clause.start, clause.end))
        if shared is not None:
            self.whole = (phrases.tidy(shared["what"]), "")
        spoken = _SPOKEN_OF.match(self._without_periods(first.end if first else clause.start, clause.end))
        self.spoken = phrases.tidy(spoken[1]) if spoken is not None else self.spoken
        words = phrases.tidy(self.plain[clause.start:clause.end])
        opened = self._without_periods(first.end if first else clause.start, clause.end)
        rises = _RISES.match(phrases.tidy(opened))
        self.rising = rises[1] if rises is not None else self.rising
        m = re.search(r"^(?:在|从)?(.{2,16}?)(?:方面|上|领域)$", words)
        called = _CALLED.match(words)
        if m is not None:
            self.topic = m[1]
        elif called is not None and phrases.head_of(called[1]):
            self.topic = called[1]
        else:
            if clause.mark in ":：" and words.endswith("率") and len(words) <= 20:
                self.headed = words
            heading = _HEADED.fullmatch(words) if clause.mark in ":：" else None
            if heading is not None:
                self.metric = phrases.tidy(heading["what"])
            remark = _REMARK.search(words)
            short = len(words) <= 12 and not remark and not names and not clause.periods
            measure = phrases.head_of(words) and not names and not remark
            short = short and clause.mark in ",，:："
            self.topic = words if short or (measure and len(words) <= 24) else ""

    def _opens_list(self, clause: Clause) -> bool:
        """光伏、商用车等产业链群增速领跑，分别增长…; 饼干、面条、酱油三类合格率最高，均为100%."""
        words = self._without_periods(clause.start, clause.end).strip(" 、,")
        found = listed(words)
        if found is None:
            return False
        self.kinds = self._things_of(clause, clause.end, found)
        if not each_follows(self._next_clause(clause)):
            return False
        self.group = self.each = self.kinds
        self.subject = self.of = self.each[-1]
        what = phrases.tidy(found.rest.removeprefix("的"))
        called = FARES.match(what)
        what = phrases.tidy(called[1]) if called is not None else what
        self.metric = what if phrases.head_of(what) else self.metric
        self.topic = self.holder = ""
        return True

    def _announces(self, clause: Clause) -> None:
        """公布第三批绿色工厂名单，全省60家: what the numbers are of that come next."""
        announced = _ANNOUNCED.search(self.text, clause.start, clause.end)
        if announced is not None and announced.end() == clause.end:
            self.announced = phrases.tidy(re.sub(r"^20\d\d年度?", "", _OF_LIST.sub("", announced["what"])))

    def _one_of_list(self, clause: Clause, words: str) -> bool:
        """食品类最低，为91%, behind others and their measure; 甲制造业，乙制造业，丙制造业势头最好."""
        names, following = clause.names, self.after.get(clause.start)
        start = clause.start + len("其中") if words.startswith("其中") else clause.start
        whole = len(names) == 1 and (names[0].start, names[0].end) == (start, clause.end)
        if whole and names[0].thing.cls == INDUSTRY:
            self.row = (*self.row, names[0].thing)
        elif self.row and names and names[0].start == clause.start and names[0].thing.cls == INDUSTRY:
            self.row = (*self.row, names[0].thing)
            if following is not None and each_follows(self.plain[following.start:following.end]):
                self.group = self.each = tuple(placed(thing, self.default) for thing in self.row)
                self.subject, self.row = self.each[-1], ()
                return True
        else:
            self.row = ()
        most = MOST.fullmatch(words) or MOST_OF_ALL.fullmatch(words)
        if most is not None:
            self.subject, self.each = placed(Thing("Product", most["what"], most["what"]), self.default), ()
            self.metric = most["deed"] if len(most["deed"]) > 1 else most["deed"] + "查"
            return True
        utmost = UTMOST.fullmatch(words)
        if utmost is None or not self.group or self.group[0].cls not in (INDUSTRY, "Product", "Chain"):
            return False
        self.subject = replace(self.group[0], name=utmost["what"], mention=utmost["what"])
        self.each = ()
        return True

    def _described(self, clause: Clause, names: Sequence[Named]) -> Named | None:
        """位于甲园区的乙公司，…; 与它同步打造的丙平台，…: what all the words before it only describe."""
        if not names:
            return None
        last = names[-1]
        if self.plain[last.end:clause.end].strip() or last.thing.cls in ("Region", INDUSTRY):
            return None
        ahead = self.plain[clause.start:last.start].strip(" 、")
        return last if _DESCRIBED.fullmatch(ahead) else None

    def _takes_part(self, clause: Clause, first: Named) -> bool:
        """由甲局牵头，乙集团参与，…"""
        behind = self.plain[first.end:clause.end].strip()
        return not is_region(first.thing) and _TAKES_PART.fullmatch(behind) is not None

    def _two_of_a_kind(self, clause: Clause) -> None:
        """家具制造、纺织服装偏弱，前者…，后者…: the two that are told apart later."""
        if "前者" not in self.text and "后者" not in self.text:
            return
        two = _TWO.match(self._without_periods(clause.start, clause.end).strip())
        if two is None:
            return
        found: list[Thing] = []
        for word in (two["a"], two["b"]):
            named = next((n.thing for n in clause.names if self.text[n.start:n.end] == word), None)
            found.append(named or Thing(INDUSTRY, word, word))
        self.pair = tuple(placed(thing, self.default) for thing in found)

    def _made(self, clause: Clause, names: Sequence[Named]) -> None:
        """甲园区建成乙中心，累计服务…: what was made does what comes next."""
        last = names[-1] if names else None
        following = self.plain[clause.end + 1:clause.end + 12]
        if last is None or self.plain[last.end:clause.end].strip():
            return
        joint = last.thing.cls == "Institution" and last.thing.name.endswith(("联盟", "联合体", "联合会"))
        if last.thing.cls != "Platform" and not joint:
            return
        if _MADE.search(self.plain[clause.start:last.start]) and _WORKS.match(following):
            self.subject = last.thing

    def _holding(self, clause: Clause, first: Named | None) -> None:
        """湘西地区企业受限于资源，(合格率…); 湘茶地理标志产品，(抽检合格率…); 预制菜产业扩张，(新增企业…)."""
        begin = first.end if first is not None else clause.start
        words = phrases.tidy(self._without_periods(begin, clause.end))
        firms = _HOLDER.match(words)
        goods = _GOODS_NAME.fullmatch(words)
        trade = _TRADE.match(words) if first is None else None
        if firms is not None and first is not None:
            self.holder = firms[0]
        elif goods is not None:
            self.goods_named = goods[0]
        elif trade is not None and not _NO_TRADE_NAME.search(trade[0]):
            self.trade = trade[0].removeprefix("以")

    def _apposition(self, clause: Clause, listed: Sequence[Named]) -> None:
        """…的行业有两个，甲制造业、乙制造业: what told them apart holds for each that is named."""
        assert self.threshold is not None
        metric, quantity = self.threshold
        at = Mention("quantity", clause.end, clause.end, "", quantity, "apposition")
        kind = "change" if phrases.RATE_OF_CHANGE.search(metric) else "actual"
        for n in listed:
            self._emit(clause, n.thing, metric, quantity, kind, at, keep=False)
        self.threshold = None
