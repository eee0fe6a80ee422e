"""A text being read for names: its places, and where a name that ends here began."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ontology.gazetteer import COUNTRY, gazetteer
from ontology.lexicon.mention import Mention
from ontology.lexicon.name_cues import alternation, name_cues

_NAME_CHARS = "一-鿿A-Za-z0-9·"
#: how the name of an agency ends that is told by its level alone: 区统计局
ANY_AGENCY = ("局", "厅", "委员会", "办公室")
_QUOTES = '“”"‘’'
#: what a level word stands for: 省委, 县发改局
_LEVEL = "省市县区州"
#: stations for quality services, which many places have under one name
_STATIONS = ("质量小站", "质量服务站", "质量驿站", "质量技术服务站")


#: goods whose chain is called by one character: 钛产业链
_GOODS = frozenset("钛铝铜锂钨镍镁锰硅磷锑茶竹酒药钢盐糖纸鞋稻油氢芯瓷")
#: the quoted name that a platform goes by
BRAND = re.compile('[“‘"]((?!一站式)[^”’"]{2,8})[”’"]')


#: 甲局(: what stands in the bracket is the same body by its other name
_OTHER_NAME = re.compile("(?:[局厅委]|委员会)[(（]$")
#: (甲省)省级(开发区)
_OF_LEVEL = re.compile("(?:国家级|省级|市级|自治区级)(?:及?以上)?")
#: 一院三(中心), 一场两(平台)
_FORMULA = re.compile("(?:[一二两三四五六七八九十多N](?:中心|平台|基地|[场心区园院所站馆库网链体厅])?)+")
#: 家 that is no measure word
_WORD_OF_HOME = re.compile("家(?:[具电纺居用禽装政庭畜庄]|电)")


@dataclass(frozen=True, slots=True)
class OpenName:
    """A thing named in a text. ``place`` is the code of the region that its name begins
    with, or a level (省, 县) whose region only the document knows."""

    cls: str
    name: str
    subtype: str = ""
    place: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate name: a span, what it is, and by which rule."""

    start: int
    end: int
    name: OpenName
    rule: str


class Reading:
    """A clean text and the places in it."""

    def __init__(self, text: str, places: Sequence[Mention]) -> None:
        self.text = text
        self.places: list[Mention] = []
        self._ends: dict[int, Mention] = {}
        self._starts: dict[int, Mention] = {}
        for m in places:
            if m.start not in self._starts:
                self.places.append(m)
                self._starts[m.start] = m
                self._ends[m.end] = m

    def begin(self, head: int, limit: int, quotes: bool = False, joined: bool = False) -> int:
        """Where a name begins whose head stands at ``head``: behind the last punctuation,
        number or boundary word. ``joined``: 和/及 may be part of it (behind a place)."""
        chars = re.compile(f"[{_NAME_CHARS}{_QUOTES if quotes else ''}]*$")
        window = chars.search(self.text, max(0, head - limit), head)
        low = window.start() if window else head
        if low == head - limit and head - limit > 0:  # do not begin within a word that was cut
            low += 1
        start, before = low, low
        # a kept word may run into the head (服务|平台), a boundary may not
        for m in pattern("kept_or_boundary").finditer(self.text, low, head + 4):
            if m.lastgroup == "boundary" and m.end() <= head:
                before, start = start, m.end()
                if joined and m[0] in ("和", "及", "与") and self._joins(before, m.start()):
                    start = before
        start = self._past_number(start, head)
        if before_name := re.match(
            r"\d{4}年?度?|第[\d一二三四五六七八九十]+[章节条篇轮批届]", self.text[start:head]
        ):
            start += before_name.end()
        for dated in re.finditer(r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?", self.text[start:head]):
            start += dated.end()  # 继2013年4月28日某产业园
            break
        sized = re.match("[超近过]?[一两二三四五六七八九十百千万亿]{2,}元?级", self.text[start:head])
        if sized is not None and head - start - sized.end() >= 2:
            start += sized.end()  # 千亿级汽车产业集群
        for batch in re.finditer("第[一二三四五六七八九十\\d]+[轮批届]", self.text[start:head]):
            start += batch.end()  # 某部第三轮先进制造业集群
            break
        for m in pattern("leading").finditer(self.text, start, head):
            home = _WORD_OF_HOME.match(self.text, start)
            if m.start() == start and not self._inside_place(start) and not home:
                start = m.end()
            break
        if start and self.text[start - 1] in "(（" and self.text[start] in "现原" and head - start > 2:
            start += 1  # 甲开发区(现乙高新技术产业园)
        return self._balanced(start, head)

    def at_place(self, start: int, head: int) -> int:
        """Names begin with their place: 助推衡阳智能计量产业园 → 衡阳…; places in front belong to it."""
        for at in range(start + 1, min(start + 5, head)):
            inner = self._starts.get(at)
            if inner is not None and inner.end <= head and start not in self._starts and self._sure(inner):
                start = at
                break
        while start in self._ends and self._ends[start].value != COUNTRY:
            start = self._ends[start].start
        return start

    def institution(self, start: int, end: int, rule: str) -> Iterator[Found]:
        """A body whose field and head stand at ``start``: with its places and its level."""
        inner = self._covering(start)
        if inner is not None and inner.end < end:
            start = inner.start
        elif (
            self.text[start] in _LEVEL
            and start
            and self.text[start - 1] in _LEVEL + "旗盟"
            and start not in self._ends
        ):
            return  # 市州市场监督管理局, 县市区政府: all of a level
        elif (
            self.text[start] in _LEVEL
            and re.search(f"[{_LEVEL}旗盟][、/]$", self.text[:start])
            and start - 1 not in self._ends
        ):
            return  # 各县、市、区人民政府: all of them too
        elif (
            self.text[start] in _LEVEL
            and not self.text.startswith("市场", start)
            and start
            and self.text[start - 1] in "全我本该各级"
            and start + 3 < end
        ):
            start += 1  # 全市市场监管局: "the whole city" is no part of the name
        start = self._with_park(self.at_place(start, start))
        whose = re.search(f"[{_LEVEL}](?:人民政府|政府|委)$", self.text[:start])
        if whose is not None and start not in self._starts:
            start = self.at_place(whose.start(), whose.start())  # 甲市政府新闻办
            inner = self._covering(whose.start())
            start = self.at_place(inner.start, inner.start) if inner is not None else start
        named = start in self._starts or self.text.startswith("市场", start)
        level = self.text[start] if self.text[start] in _LEVEL and not named else ""
        if (
            start
            and start not in self._starts
            and re.match("国家|全国", self.text[max(0, start - 2) : start])
        ):
            start -= 2
        if self.text.startswith("区", start) and self.text[:start].endswith("自治"):
            start -= 2  # 自治区工信厅
        if start not in self._starts and re.search("各[市县区州地]$", self.text[:start]):
            return  # 各市市场监管局
        inside = _OTHER_NAME.search(self.text, max(0, start - 6), start)
        inside = inside if self.text[end : end + 1] in (")", "）") else None
        if start not in self._starts and inside:
            return  # 甲市市场监管局(知识产权局): one body
        name = self.text[start:end]
        yield Found(start, end, OpenName("Institution", name, place=self.place_of(start, end) or level), rule)

    def _with_park(self, start: int) -> int:
        """雄安新区党政办公室: the office of an area begins with the area's name, not with 区."""
        if self.text[start] != "区" or start in self._starts:
            return start
        area = re.search(f"(?:{alternation(name_cues().parks)})$", self.text[max(0, start - 12) : start + 1])
        if area is None:
            return start
        head = start + 1 - len(area[0])
        begin = self.begin(head, 8)
        return self.at_place(begin, head) if 2 <= head - begin <= 8 else start

    def with_brand(self, end: int) -> int:
        """Where a platform's name ends: 服务平台“质检通” goes on with its brand, 检测中心(株洲) and
        服务平台(陶瓷产业) with the place or the trade that they are of."""
        town = self._starts.get(end)
        behind_town = self.text[town.end : town.end + 3] if town is not None else ""
        part = re.match("(?:基地|分中心|分站|分院|分所|工作站)", behind_town)
        if town is not None and part is not None:
            return town.end + len(part[0])  # 某检验中心|甲县基地
        behind = BRAND.match(self.text, end) or re.match("[(]([^()]{2,12})[)]", self.text[end : end + 14])
        if behind is None or behind[0][0] not in "(（":
            return end + len(behind[0]) if behind is not None else end
        whose = behind[1]
        named = self.behind_places(end + 1, end + 1 + len(whose)) == end + 1 + len(whose)
        named = named or re.search("(?:产业|行业|领域)$", whose) is not None
        return end + len(behind[0]) if named else end

    def is_place(self, start: int, end: int) -> bool:
        m = self._starts.get(start)
        return m is not None and m.end == end

    def behind_places(self, start: int, end: int) -> int:
        """Where a span goes on behind the places that it begins with."""
        while (m := self._starts.get(start)) is not None and m.end <= end:
            start = m.end
        return start

    def place_of(self, start: int, end: int, short: bool = True) -> str:
        """Code of the narrowest region in the row of places that begins the name. Without
        ``short``, the short name of a county says nothing (衡山实验室 is called after a hill)."""
        code = ""
        while (m := self._starts.get(start)) is not None and m.end <= end:
            inner = gazetteer().find(m.text, within=code) if code else gazetteer().find(m.text)
            found = inner or gazetteer().find(m.text)
            if not found or found[0].code == COUNTRY:
                break
            if (
                not short
                and found[0].level == "county"
                and m.text == found[0].short
                and m.text != found[0].name
            ):
                break
            code, start = found[0].code, m.end
        return code

    def generic(self, start: int, head: int, name: str) -> bool:
        """Whether the span only says what sort of thing it is: 国家级开发区, 服务平台."""
        stem = re.sub(f"[{_QUOTES}]", "", self.text[start:head])
        if name.endswith(_STATIONS) and stem in ("", "质量", "质量技术"):
            return False  # 质量小站, 质量服务站: any place has one, as it has a 一站式平台
        if _FORMULA.fullmatch(stem):
            return True  # “一场两平台十中心”: a formula of how many there are
        if name in name_cues().generic or (len(stem) < 2 and not (name[1:] == "产业链" and stem in _GOODS)):
            return True
        if start in self._starts and self._starts[start].value != COUNTRY:
            rest = self.text[self.behind_places(start, head) : head]  # 湖南重点产业链 is none either
            if _OF_LEVEL.fullmatch(rest):
                return True  # 江苏省省级开发区: all of a level
            return name.endswith(("链", "集群")) and bool(pattern("adjectives").fullmatch(rest))
        if name.endswith(("示范区", "集聚区")) and not re.search("质量安全|出口|产业园", stem):
            return True
        if name.endswith(("示范区", "集聚区")) and re.match("国家|省级|市级|中国", stem):
            return True  # a title that is awarded, no place
        return "一站式" not in name and pattern("adjectives").fullmatch(stem) is not None

    def _joins(self, low: int, conjunction: int) -> bool:
        """Whether what stands before 和/及 is the first half of one name and no name itself."""
        left = self.text[low:conjunction]
        if len(left) < 2 or pattern("any_head").search(left):
            return False
        if left.startswith("国家") and len(left) >= 3:
            return True  # 国家橡胶与橡胶制品…中心
        at_place = low in self._starts and self._starts[low].end < conjunction
        at_clause = low == 0 or self.text[low - 1] in "。,;:!?\n (])》"
        return at_place or at_clause

    def _past_number(self, start: int, head: int) -> int:
        found = start
        for m in pattern("counted").finditer(self.text, start, head):
            found = m.end()
        return found

    def _balanced(self, start: int, head: int) -> int:
        """Quotation marks of a name come in pairs; a single one is its edge."""
        inside = self.text[start:head]
        for opening, closing in (("“", "”"), ("‘", "’")):
            if inside.count(opening) > inside.count(closing):
                return start + inside.rindex(opening) + 1
            if inside.count(closing) > inside.count(opening):
                return start + inside.index(closing) + 1
        return start + inside.rindex('"') + 1 if inside.count('"') % 2 else start

    def _sure(self, place: Mention) -> bool:
        """西太湖产业园 does not begin with 太湖县: the short name of a county is no proof."""
        found = gazetteer().find(place.text)
        return bool(found) and (found[0].level != "county" or found[0].name == place.text)

    def _covering(self, at: int) -> Mention | None:
        for back in range(1, 8):
            m = self._starts.get(at - back)
            if m is not None and m.end > at:
                return m
        return None

    def _inside_place(self, at: int) -> bool:
        return at in self._starts


@cache
def pattern(key: str) -> re.Pattern[str]:
    """A compiled pattern over the cue words, by what it finds."""
    cues = name_cues()
    stem = alternation(cues.stems)
    head = alternation(cues.agency_heads)
    not_after = "(?![理法学事案面员托])(?!部[^门])"
    if key == "agency":
        return re.compile(f"(?:[{_LEVEL}](?!场[监管]))?(?:{stem})(?:[和与]?(?:{stem}))*(?:{head}){not_after}")
    if key == "agency_any":
        ends = "(?![一-鿿])|(?=成员单位|牵头|负责|会同|印发|发布|公布|组织|在|将|对|等)"
        return re.compile(
            f"(?<![一-鿿])[{_LEVEL}](?!场)[一-鿿]{{2,9}}?(?:{'|'.join(ANY_AGENCY)}){not_after}(?:{ends})"
        )
    if key == "level_body":
        bodies = alternation(cues.level_bodies)
        others = "质量(?:奖|管理|工作)|工作报告|各部门|有关部门"
        return re.compile(f"(?<![全各两跨级我本])[{_LEVEL}](?:{bodies})(?![员托常书副]|{others})")
    if key == "body":
        return re.compile(f"(?:{alternation((*cues.bodies, *cues.ministries))})(?!门)")
    if key == "boundary":
        return re.compile(f"(?:{alternation(cues.boundary)})")
    if key == "kept_or_boundary":
        return re.compile(f"(?P<kept>{alternation(cues.kept)})|(?P<boundary>{alternation(cues.boundary)})")
    if key == "leading":
        return re.compile(f"(?:{alternation(cues.leading)})+")
    if key == "counted":
        number = r"(?:\d+(?:\.\d+)?|[NX]|[一二两三四五六七八九十百千几数多]+)[余多]?"
        return re.compile(number + "(?:个|家|座|条|批|所|项|大(?![学连庆理同数])|类|种)(?:以上|以下|左右)?")
    if key == "adjectives":
        size = "[超近过]?[一两二三四五六七八九十百千万亿]{2,}(?:元?级)?"  # 五百亿级, 超百亿级
        return re.compile(f"(?:{alternation(cues.adjectives)}|\\d+|{size})*")
    if key == "any_head":
        heads = (
            *cues.parks,
            *cues.chains,
            *cues.platforms,
            *cues.institutions,
            "产业",
            "中心",
            "局",
            "厅",
            "公司",
        )
        return re.compile(f"(?:{alternation(heads)})$")
    if key == "policy_lists":
        batch = "(?:[(](?:第[一二三四五六七八九十\\d]+批|\\d{4}年度?)[)])?"
        return re.compile(f"(?:{alternation(cues.policy_lists)})+[”\"]?{batch}名单(?![制库])")
    if key == "parks":
        town = "(?!(?<=新城)[区市县镇乡街小花大路控集])"
        return re.compile(f"(?:{alternation(cues.parks)})(?![域间块级]){town}")
    if key == "chains":
        others = "(?![长主条式化群接路]|招商|上(?!的|下游|,))(?!供应链)"
        return re.compile(f"(?:{alternation(cues.chains)}){others}")
    if key == "chain_lists":
        item = "[一-鿿A-Za-z0-9]{2,12}?(?:[(][一-鿿]{2,6}[)])?"
        many = r"(?:\d+|[两二三四五六七八九十]+)"
        sorts = "(?:重点|优势|特色|主导|标志性|新兴|先进制造业|战略性新兴|千亿级?|百亿级?)*"
        return re.compile(
            f"(?P<list>{item}(?:、{item})+?)(?:等)?{many}(?:条|大|个){sorts}(?P<kind>产业链群|产业链|产业集群|集群)(?!质量|服务|基础|公共)"
        )
    if key == "led_by":
        return re.compile(
            "为(?:龙头|链主|“链主”|\"链主\")(?:企业)?的(?P<name>[一-鿿]{2,12}?)(?=[、,。;)]|等|$)"
            "(?<!产业)(?<!行业)(?<!产业链)(?<!集群)(?<![体格方群梯模队阵团局矩][系局阵体队式伍容队面阵])(?<!企业)"
        )
    if key == "platforms":
        return re.compile(f"(?:{alternation(cues.platforms)})(?![体化型式]|(?<=站)点)")
    if key == "institutions":
        return re.compile(f"(?:{alternation(cues.institutions)})(?![生派院士者化])")
    if key == "industries":
        return re.compile(f"(?:{alternation(cues.industries)})(?![链园化集基务态带体]|技术|人才|工人)")
    if key == "brands":
        return re.compile(
            "(?<!平台)(?<!中心)(?<!系统)(?<!服务站)[“\"][一-鿿]{0,4}[质检标测计量企链园服][一-鿿]?(?:通|易)[”\"](?:应用程序|小程序|APP|应用|系统)?"
            "(?!平台|是|[一-鿿]{0,16}(?:平台|服务站|中心))"
        )
    if key == "main_trade":
        kind = "头号|当家|支柱|主导|第一大?|首位|首要|传统优势|优势|特色|核心|王牌"
        return re.compile(
            f"(?:^|[。,;:\n])(?P<name>[一-鿿]{{2,10}}?)(?:一直|历来)?(?:是|为)[^,。;是]{{0,8}}?(?:的|最大的)?"
            f"[“\"]?(?:{kind})[一-鿿]{{0,2}}产业"
        )
    if key == "honours":
        return re.compile(f"(?:{alternation(cues.honours)})(?!提名奖|管理|评|励)")
    if key == "person":
        after = alternation(cues.after_person)
        longer = alternation(w for w in cues.after_person if len(w) > 1)
        ends = f"(?=[^一-鿿]|{after}|$)"
        given = f"[一-鿿](?:(?={longer})|[一-鿿]{ends}|{ends})"
        return re.compile(f"(?P<post>{alternation(cues.posts)}) ?(?P<name>[{cues.surnames}]{given})")
    raise KeyError(key)
