"""What somebody did to things, and how many they are: 对18种产品进行了监督抽查, 授予6家单位质量奖."""

from __future__ import annotations

import re
from dataclasses import replace

from loaders.documents.observations import phrases
from loaders.documents.observations.clauses import Clause
from loaders.documents.observations.listed import ONLY
from loaders.documents.observations.openings import Openings
from loaders.documents.observations.reading import placed, quantity_of
from loaders.documents.observations.subjects import is_region, region
from loaders.facts import Thing
from ontology.gazetteer import COUNTRY, gazetteer
from ontology.lexicon.mention import Mention

#: 连同还在筹建的(5家)，全市共有国检中心34家
_TOGETHER_WITH = re.compile(r"(?:连同|加上|算上)(?:还|仍|尚|目前|另外)?(?P<how>[一-鿿]{2,6})的$")
_ALL_OF_THEM = re.compile(r"[^,，。;；]*?(?:共有|现有|已有|拥有|总共有|有)(?P<what>[一-鿿]{2,16})$")
#: 授予(甲公司等6家单位)第五届市长质量奖
_AWARDS = re.compile(r"(?:授予|表彰|奖励|命名)")
_PRIZE = re.compile(
    r"\s?(?P<who>企业|单位|组织|个人|集体|团队|机构)(?:[和与及、].*(?:个人|单位|组织|企业|集体))?"
    r"(?:为)?(?P<prize>[^,，。;；、和与]{2,24}?奖(?:项|称号)?)\s*$"
)
#: (对18种)产品进行了监督抽查
_DEALT = re.compile(
    r"\s*(?P<noun>[一-鿿]{2,10}?)(?:进行|组织开展|组织实施|开展|实施|组织)了?"
    r"(?P<deed>(?:[省市县]级|国家|全国|专项|产品|质量|风险|执法|飞行|现场|联动)*"
    r"(?:监督)?(?:抽查|抽检|检查|检验|检测|监测|走访|调研|培训|认证|评价))"
)
_HOLDS = re.compile(r"(?:占据?了?|独占|拿下|夺得|揽获)$")
#: 其中(4席)属于甲省
_FALLS_TO = re.compile(r"\s?(?:属于|来自|出自|归属|花落|落在)\s?")
_SORT = re.compile(r"\s?(?P<sort>种类|品种|品类|类别|类)")


class Deeds(Openings):
    """The rules for numbers whose words stand on both sides."""

    def _done_behind(self, clause: Clause, at: int, q: Mention, gap: str) -> int:
        """Emits the figure where what stands behind it says what was done. → where that ends, else 0"""
        quantity = quantity_of(q)
        only = ONLY.search(self.plain, clause.start, q.start) if quantity.value == 1 else None
        sort = _SORT.match(gap) if only is not None else None
        if only is not None and sort is not None:  # 合格率不足80%的只有燃气灶1个种类
            what = f"{phrases.tidy(self.plain[clause.start:only.start()])}的{sort['sort']}"
            self._emit(clause, self.default, what, quantity, "actual", q, keep=False)
            self.subject = placed(Thing("Product", only["what"], only["what"]), self.default)
            self.each = ()
            return clause.end
        dealt = _DEALT.match(gap) if "对" in self.plain[clause.start:q.start] else None
        if dealt is not None:  # 对童鞋、童装等18种产品进行了监督抽查
            what = dealt["deed"] + dealt["noun"]
            self._emit(clause, self._whose_deed(clause, q), what, quantity, "actual", q)
            return clause.end
        with_them = _TOGETHER_WITH.fullmatch(self.plain[clause.start:q.start].strip())
        if with_them is not None:  # 连同还在筹建的5家，全市共有国检中心34家
            after = self.after.get(clause.start)
            same = [m for m in after.quantities if quantity_of(m).unit == quantity.unit] if after else []
            whole = _ALL_OF_THEM.match(self.plain[after.start:same[0].start]) if after and same else None
            if after is not None and whole is not None:
                named = [n.thing for n in after.names if is_region(n.thing)]
                metric = f"{with_them['how']}的{whole['what']}"
                whose = named[0] if named else self.default
                self._emit(clause, whose, metric, quantity, "actual", q, keep=False)
            return clause.end
        falls = _FALLS_TO.match(gap) if self.counted else None
        to = [n for n in clause.names if falls is not None and n.start == q.end + falls.end()]
        if to and to[0].end == clause.end and is_region(to[0].thing):  # 共20个集群入围，其中4席属于甲省
            self._emit(clause, to[0].thing, self.counted, quantity, "actual", q, keep=False)
            return clause.end
        prize = _PRIZE.match(gap) if _AWARDS.search(self.plain, clause.start, q.start) else None
        if prize is not None:  # 授予甲公司等6家单位第五届市长质量奖
            self._examples(clause, at, q)
            what = f"获{prize['prize']}的{prize['who']}"
            self._emit(clause, self.subject or self.default, what, quantity, "actual", q, keep=False)
            return q.end + prize.end("who")
        return 0

    def _whose_deed(self, clause: Clause, q: Mention) -> Thing | None:
        """Who did something to what stands behind 对, which goes to the scope where it is listed."""
        at = self.plain.rfind("对", clause.start, q.start)
        listed = re.sub(r"等?(?:[一二三四五六七八九十\d]+大?类)?$", "", self.plain[at + 1:q.start].strip())
        if "、" in listed:
            self.told["包括"] = listed
        return self._subject(clause, clause.start, at)[0]

    def _of_wider(self, metric: str, subject: Thing | None, raw: str) -> None:
        """共20个集群入选，我省占4席: the number before was none of the province."""
        last = self.out[-1] if self.out else None
        held = _HOLDS.search(raw.rstrip()) is not None
        if last is None or subject is None or not held:
            return
        if (last.metric, last.subject.name) != (metric, subject.name):
            return
        self.out.pop()
        if subject.code.endswith("0000"):
            country = gazetteer().place(COUNTRY)
            assert country is not None
            self.out.append(replace(last, subject=region(country)))
