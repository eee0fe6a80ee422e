"""Whose figure it is that a clause gives: who is named before it, and in which part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from loaders.documents.observations import cues, phrases
from loaders.documents.observations.clauses import Clause
from loaders.documents.observations.listed import SORT_OF_GOODS
from loaders.documents.observations.reading import Reading, placed
from loaders.documents.observations.subjects import INDUSTRY, Named, is_region
from loaders.facts import Thing
from ontology.gazetteer import gazetteer

_PRONOUNS = {
    "行业": ("Industry",), "产业": ("Industry",), "企业": ("Enterprise",), "公司": ("Enterprise",),
    "集群": ("Cluster", "Chain"), "它": ("Enterprise", "Park", "Platform", "Institution"),
    "链": ("Chain", "Cluster"), "园区": ("Park",), "平台": ("Platform",), "中心": ("Platform", "Institution"),
    "当地": ("Region",), "市": ("Region",), "县": ("Region",), "区": ("Region", "Park"), "州": ("Region",),
    "镇": ("Region",), "乡": ("Region",), "街道": ("Region",),
}
#: what a platform is told to have or to do; the figures of a place are none of these
_OF_PLATFORM = re.compile(
    r"检测|检验|检定|校准|参数|项目|设备|仪器|实验|面积|占地|用地|投[资入]|资产|人员|专家|团队|员工|服务|入驻|注册|接入|报告|证书|样品|受理|办理"
    r"|办结|诉求|咨询|需求|订单|难题|问题|费用|营收|收入|时长|周期|满意|机构|成员|事项|覆盖|培训|活动|能力|资质|窗口|下载|用户|访问|走访|标准|课题"
    r"|专利|合作|减免|节[省约]|降低|缩短|帮助|指导|开展|完成|出具|解决|推出|到位|建设|工位|工作站|客户|订户|体检|省下|降本|增效|诊断|问诊|巡诊|对接|发布|收录|数据|开放"
)
#: 桐庐(、建德等地)
_AND_OTHER_PLACES = re.compile(r"^(?:[、和][一-鿿]{2,4})+等(?:地|县|市|区|县市)")
#: 服务覆盖(甲、乙等地)
_REACHING = re.compile(r"(?:覆盖|惠及|辐射|服务|带动|遍布|涉及|来自)(?:了|到)?$")
#: 等光伏企业 behind names and before how many they are
_GROUP_OF = re.compile(
    r"等(?P<group>[一-鿿]{0,10}(?:企业|机构|单位|公司|厂家|厂商|平台|中心|实验室))(?:共|达|已达|超|约)?"
)
#: 三省, 两市 behind so many names
_SO_MANY_OF = re.compile(r"([两二三四五六七八九十])(?:省|市|县|区|州|地)(?:市|区)?")
#: 智能马桶产品合格率
_PRODUCT_RATE = re.compile(
    r"^([一-鿿]{2,8}?)产品(?:质量)?(?:监督)?(?:抽检|抽查)?(?:不?合格率|良品率|达标率|不良率)"
)
#: 望城区抽查显示: a survey there says so, and what comes next is of nobody in particular
_SURVEY = re.compile(r"^(?:的)?(?:监督)?(?:抽查|抽检|调查|测算|监测|检查)(?:数据|结果)?(?:显示|表明|发现)")
#: 甲市工程机械、乙市轨道交通两大集群
_SO_MANY_GREAT = re.compile(
    r"^[一-鿿]{2,10}?[两二三四五六七八九十]大[一-鿿]{0,6}(?:集群|产业|基地|城市"
    r"|园区)(?:将)?(?:带动)?"
)
#: (制造业)增加值在GDP中占比: a figure of the place
_PART_OF_ALL = re.compile(
    r"(?:增加值|产值|总产值|投资)?[在占][^,，在占]{0,6}?(?:GDP|生产总值|工业|经济)[^,，在占]{0,6}?(?:占比|比重|比例|份额)"
)
#: 制造业行业大类29个: trades are counted
_OF_TRADES = re.compile(r"(?:行业)?(?:大类|中类|小类|门类|企业(?=\d|数|$))|行业(?=大类|数|\d)")
#: 在甲园区(设立2个工作站)
_IS_DONE = re.compile(
    r"\s?(?:内|里)?(?:共|已|还|又|各|先后|相继|分别)*"
    r"(?:设立|设有|设置|设|建成|建立|建设|新建|成立|开展|举办|组织|布局|投放|召开|举行|开设)"
)
#: 肥料类(40批次), after another sort of goods
_SORT_ALONE = re.compile(r"(?P<goods>[一-鿿]{2,12})类")
#: what is told of goods that were examined
_OF_GOODS = re.compile(
    r"抽|检|抽查|抽检|抽样|检验|(?:不合格|合格)(?:批次)?|(?:种类数?|批次数?|[、和])+(?:占比|比重)"
)
_KIND_WORD = re.compile(r"(?:产业链群|产业链|产业集群|产业|行业|领域)的?")
#: classes that say of which sort the firms or goods are that are counted
_SORTS = (INDUSTRY, "Chain", "Cluster")
#: 集聚(汽车零部件产业链企业60家)
_GATHERS = re.compile(
    r"(?:集聚|聚集|汇聚|拥有|引进|培育|共有|现有|入驻|落户|签约|新增|新建|建成|形成|储备|吸引)了?$"
)
_OF_SORT = re.compile(
    r"(?:上下游|配套|骨干|重点|相关|规上)*(?:企业|项目|产品|平台|人才|团队|机构)(?=[\s\d近约超共达]|$)"
)
#: a place that a movement goes to or comes from
_NOT_OWN = re.compile(
    r"(?:从|自|到|往|跑|送|寄|赴|面向|来自|输送|选派|引进|派往|出口|销往|借鉴(?!.*经验)|与|同|较|缩小与)$"
)
#: those for whom something is done
_OBJECT = re.compile(
    r"(?:(?:委托|责成|移交|服务|覆盖|辐射|支撑|助力|帮助|支持|指导|走访|对接|通过|借助|组织|邀请|联合|携手|扶持)(?:了|过)?"
    r"|服务于|(?<![成作认视称评定列分均约合])为|(?<!针)对|(?<![面方动走趋转倾])向|给)"
    r"(?:[一-鿿]{2,14}、)*$"
)
#: 甲检测中心服务(乙市及周边企业240家): whom it serves
_SERVES = re.compile(r"(?:已|累计|共|先后|年均|每年|主要|面向)*(?:服务|覆盖|辐射|惠及|支撑)(?:了|到)?")
#: 甲、乙等(整车企业), 甲、乙等地(企业)
_SUCH = re.compile(r"等(?:地区?|市|县|区|省)?(?=[一-鿿]{2})")
_AND_OTHERS = re.compile(
    r"等(?:地|市|县|区|[一-鿿]{0,6}企业|园区|开发区|行业|集群|机构|单位|公司|地区|城市)?"
)


class Whose(Reading):
    """The rules for the subject of a figure."""

    def _subject(self, clause: Clause, at: int, end: int, owner: bool = False) -> tuple[Thing | None, str]:
        """Who the words ``text[at:end]`` are about, and the rest of the words. ``owner``: what is
        measured stands behind the number, so that a name alone is whose it is."""
        names = [n for n in clause.names if at <= n.start and n.end <= end]
        names = [
            n for n in names
            if self.plain[n.start:n.end].strip() and not any(s <= n.start < e for s, e in self.compared)
            and (n.thing.cls != INDUSTRY or self._leads(at, n.start, names))
            and not (n.thing.cls == INDUSTRY and _OF_TRADES.match(self.plain[n.end:end]))
            and not (n.thing.cls in _SORTS and self._is_gathered(at, n, end))
            and not (n.thing.cls == INDUSTRY and _PART_OF_ALL.match(self.plain, n.end, end))
            and not (n.thing.name == "制造业" and self.plain.startswith(("产品", "质量"), n.end))
            and not (n.thing.cls == INDUSTRY and n.thing.name in self.title and self._is_rate(n.end, end))
            and not (n.thing.cls == INDUSTRY and self.known(phrases.tidy(self.plain[n.start:end])))
        ]
        self.named = bool(names)
        if not names:
            rest = self._without_periods(at, end)
            rest = rest.strip(" \t、*-#")
            pronoun = cues.DEMONSTRATIVE.match(rest)
            rest = cues.DEMONSTRATIVE.sub("", rest)
            subject = self.subject or self.default
            sort = SORT_OF_GOODS.match(rest) if pronoun is None else None
            if sort is not None:
                goods = Thing("Product", sort["goods"], sort["goods"])
                return placed(goods, self.default), rest[sort.end():]
            of_kind = self._one_of_kinds(rest) if pronoun is None else None
            if of_kind is not None:
                self.each = ()
                return of_kind
            words = phrases.tidy(rest)
            if pronoun is None and subject is self.subject and not self._fits(subject, words):
                subject = self.default
            which = cues.ONE_OF_TWO.match(rest)
            if which is not None and len(self.pair) == 2:
                return self.pair[which[0] == "后者"], rest[2:]
            sort = _SORT_ALONE.fullmatch(words)
            if sort is not None and subject is not None and subject.cls == "Product":
                return replace(subject, name=sort["goods"], mention=sort["goods"]), ""
            if subject is not None and subject.cls == "Product" and words and not phrases.is_bare(words):
                subject = subject if _OF_GOODS.fullmatch(words) else self.default
            if self.aside is not None and pronoun is None and len(words) >= 4 and not phrases.is_bare(words):
                subject, self.aside = self.aside[0] or self.default, None
            if re.match(r"(?:区域|地区)(?:间|之间)", rest):
                subject = self.default
            product = self._product(rest) if pronoun is None else ""
            free = subject in (None, self.default) or (subject is not None and subject.cls == "Platform")
            if product and free and not self._told_where(at):
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
        if before is not None and self._is_inside(before.thing, chosen.thing):
            same = True  # 全市新认定甲省名牌企业: the wider place is part of a name
        had = self.plain[before.end:chosen.start].strip() if before is not None else ""
        if before is not None and same and (phrases.tidy(had) or phrases.POSSESSION.search(had)):
            chosen = before  # 全省评选首届甲省名品: the second is part of a name
        towards = self.plain[at:chosen.start].endswith("对") and "贡献" in self.plain[chosen.end:end]
        row = self._listed(names)
        head = row[0] if row[-1:] == [chosen] else chosen
        if is_region(chosen.thing) and (
            towards or any(_NOT_OWN.search(self.plain[at:n.start]) for n in (head, chosen))
        ):
            # 选派人员到甲市, 从甲市选派: the place is where it goes to or comes from
            stem = phrases.stem_of(self.metric) if towards else ""
            return self.subject or self.default, stem + self._without_periods(at, end)
        inside = self.plain[at:head.start].rstrip().endswith("在") and not is_region(chosen.thing)
        if inside and _IS_DONE.match(self.plain, chosen.end, end):
            # 平台在甲园区、乙园区设立2个工作站: that is where it is done
            self.told["地点"] = self.text[head.start:chosen.end]
            doer = next((n for n in reversed(names) if n.end <= head.start), None)
            words = self._without_periods(doer.end if doer else at, head.start).rstrip().removesuffix("在")
            words += self._without_periods(chosen.end, end)
            return doer.thing if doer else self.subject or self.default, words
        several = len(row) > 1 or _AND_OTHER_PLACES.match(self.plain[chosen.end:end]) is not None
        if several and is_region(chosen.thing) and _REACHING.search(self.plain[at:head.start]):
            # 服务覆盖甲、乙等地的410家企业: the places are those that are served
            self.told["包括"] = self.text[head.start:chosen.end]
            doer = next((n for n in reversed(names) if n.end <= head.start), None)
            rest = _AND_OTHER_PLACES.sub("等地", self._without_periods(chosen.end, end), count=1)
            rest = _AND_OTHERS.sub("", rest, count=1)
            words = self._without_periods(doer.end if doer else at, head.start) + rest.removeprefix("的")
            return doer.thing if doer else self.subject or self.default, words
        if self._is_object(at, head, chosen, names):
            # 服务甲、乙等企业310家: those are whom it is done for
            doer = None
            for n in reversed([n for n in names if n.end <= head.start]):
                if not cues.LIST_MARK.match(self.plain[n.end:head.start]):
                    doer = n
                    break
                head = n  # 支持甲院、乙中心: of another class, and one of them
            if self.plain[at:head.start].rstrip().endswith("委托"):
                # 我局委托甲所对童装抽样60批次: what comes behind is done
                return self.default, self._without_periods(chosen.end, end).removeprefix("对")
            begin = doer.end if doer else at
            words = self._without_periods(begin, end)
            others = _SUCH.match(self.plain, chosen.end, end)
            if others is not None:
                self.told["包括"] = self.text[head.start:chosen.end]
                words = self._without_periods(begin, head.start) + self.plain[others.end():end]
            return (doer.thing if doer else self.subject or self.default), words
        group = _GROUP_OF.fullmatch(self.plain[chosen.end:end].strip()) if len(row) > 1 else None
        if group is not None and row[-1] is chosen and not is_region(chosen.thing):
            # 甲市集聚乙、丙等光伏企业89家
            place = next((n.thing for n in reversed(names) if n.end <= head.start), None)
            self.told["包括"] = self.text[head.start:chosen.end]
            return place or self.default, group["group"]
        great = _SO_MANY_GREAT.match(self.plain[chosen.end:end]) if is_region(chosen.thing) else None
        if great is not None and before is not None and is_region(before.thing):
            return self.default, self.plain[chosen.end + great.end():end]
        if is_region(chosen.thing) and _SURVEY.match(self.plain[chosen.end:end]) and self.aside is None:
            self.aside = (self.subject,)
        one = is_region(chosen.thing) and len(clause.quantities) == 1 and self._has_measure(chosen.end, end)
        told = _SO_MANY_OF.match(self.plain, chosen.end, end)
        one = one or (told is not None and cues.HAN_COUNT[told[1]] == len(row) and is_region(chosen.thing))
        if len(row) > 1 and row[-1] is chosen and (one or _AND_OTHERS.match(self.plain[chosen.end:end])):
            self.subject, self.each = chosen.thing, tuple(n.thing for n in row)
        rest = self._without_periods(chosen.end, end)
        rest = _SO_MANY_OF.sub("", rest, count=1) if told is not None and len(row) > 1 and one else rest
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
        doing = cues.FOR_SOMEBODY.search(rest)
        if thing.cls in ("Platform", "Institution") and not phrases.tidy(rest) and not owner and not doing:
            # 国检中心25家: the name is what is counted
            lead = self._without_periods(names[0].end if is_region(names[0].thing) else at, end)
            holder = names[0].thing if is_region(names[0].thing) else (self.subject or self.default)
            return holder, lead
        if not phrases.tidy(rest) and self._reaches(clause, thing):
            self.kept = {}
            return thing, ""  # 6家企业营业收入突破百亿元，其中甲集团达到320亿元
        if not phrases.tidy(rest) and not is_region(thing) and not owner and not doing:
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

    def _one_of_kinds(self, rest: str) -> tuple[Thing, str] | None:
        """其中，甲产业营业收入…; 产值甲达到…: one of those that were listed, and the other words."""
        words = phrases.tidy(rest) if self.kinds else ""
        for thing in self.kinds:
            behind = words.removeprefix(thing.name)
            kind = _KIND_WORD.match(behind)
            what = phrases.tidy(behind[kind.end():] if kind is not None else behind)
            if behind != words and (phrases.is_bare(what) or (kind and phrases.is_measure(what))):
                return thing, what
            ahead = words.removesuffix(thing.name)
            if ahead != words and phrases.is_measure(ahead):
                return thing, ahead
        return None

    def _reaches(self, clause: Clause, thing: Thing) -> bool:
        """Whether an amount of one of those that were spoken of comes next, of the measure before."""
        if thing.cls not in ("Enterprise", "Chain", "Cluster", "Park") or not phrases.is_measure(self.metric):
            return False
        one = len(clause.quantities) == 1 and clause.quantities[0].text.endswith(("元", "%"))
        return one and self.plain[clause.start:clause.end].lstrip().startswith("其中")

    def _is_gathered(self, at: int, n: Named, end: int) -> bool:
        """集聚汽车零部件产业链企业60家: the chain says which firms are counted."""
        ahead = self.plain[at:n.start].rstrip()
        return bool(_GATHERS.search(ahead) and _OF_SORT.match(self.plain, n.end, end))

    def _is_rate(self, at: int, end: int) -> bool:
        """装备制造业产品质量合格率, in a paper on 装备制造业: a rate of the place."""
        words = self.plain[at:end].strip()
        return re.match(r"(?:产品)?(?:质量)?(?:抽检|抽查|监督抽查)?合格率", words) is not None

    def _fits(self, subject: Thing | None, words: str) -> bool:
        """Whether a figure that names nobody can be of the platform or firm that was spoken of before."""
        if subject is None or not words or subject == self.default:
            return True
        if subject.cls == "Platform":
            return cues.OF_PLACE.search(words) is None and (
                _OF_PLATFORM.search(words) is not None or phrases.is_bare(words) or len(words) < 3
            )
        return subject.cls != "Enterprise" or cues.OF_PLACE.search(words) is None

    @staticmethod
    def _is_inside(narrow: Thing, wide: Thing) -> bool:
        return bool(narrow.code and wide.code) and narrow.code != wide.code and gazetteer().contains(
            wide.code, narrow.code
        )

    def _has_measure(self, at: int, end: int) -> bool:
        """甲、乙合格率超过95%: a measure stands right behind the names, which all of them have."""
        return phrases.is_measure(phrases.tidy(self.plain[at:end]))

    def _is_object(self, at: int, head: Named, last: Named, names: Sequence[Named]) -> bool:
        """Whether the names from ``head`` to ``last`` are those for whom something is done."""
        alone = is_region(head.thing) and head is last and not any(
            n.thing.cls in ("Platform", "Institution") and _SERVES.fullmatch(self.plain, n.end, head.start)
            for n in names
        )
        return not alone and _OBJECT.search(self.plain[at:head.start].rstrip()) is not None

    def _told_where(self, end: int) -> bool:
        return any(is_region(n.thing) and n.start < end for c in self.clauses for n in c.names)

    def _product(self, rest: str) -> str:
        """智能马桶产品合格率, in a text on the 智能马桶产业: the rate is the product's."""
        m = _PRODUCT_RATE.match(phrases.tidy(rest))
        if m is None or not rest.startswith(m[1]):
            return ""
        # in a sentence on a platform: 袜子产品抽检合格率 is none of the platform
        apart = self.subject is not None and self.subject.cls == "Platform" and not cues.BROAD.search(m[1])
        return m[1] if apart or m[1] in self.products else ""

    def _meant(self, pronoun: str, subject: Thing | None) -> Thing | None:
        """该企业, 该市, 其: the thing of that class that was named last; None where there is none."""
        classes = next((c for word, c in _PRONOUNS.items() if word in pronoun), ())
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
