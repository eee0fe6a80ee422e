"""Whose figure it is: the named things of a passage, and words that stand for one (全市)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from loaders.documents.document import Document, Passage
from loaders.documents.entities import called
from loaders.documents.firm_abbreviations import is_behind_itself
from loaders.documents.names_read import NamesRead
from loaders.documents.park_names import ParkNames, sort_of_park
from loaders.facts import Thing
from ontology.gazetteer import Place, gazetteer
from ontology.lexicon.mention import Mention
from ontology.lexicon.name_reading import BRAND
from ontology.lexicon.names import NameIndex, OpenName
from ontology.structure import REGION

#: classes of things that have no figures of their own in prose
_NO_SUBJECT = frozenset({"Policy", "Standard", "Honour", "Person"})
INDUSTRY = "Industry"
#: major groups of GB/T 4754 whose names hold a list mark or 和
_GROUPS = (
    "计算机、通信(?:和|及)其他电子设备制造业", "电气机械(?:和|及)器材制造业", "橡胶(?:和|及)塑料制品业",
    "铁路、船舶、航空航天(?:和|及)其他运输设备制造业",
    "化学原料(?:和|及)化学制品制造业", "酒、饮料(?:和|及)精制茶制造业",
    "纺织服装、服饰业", "煤炭开采(?:和|及)洗选业", "石油(?:和|及)天然气开采业",
    "皮革、毛皮、羽毛及其制品(?:和|及)制鞋业", "木材加工(?:和|及)木、竹、藤、棕、草制品业",
    "造纸(?:和|及)纸制品业",
    "印刷(?:和|及)记录媒介复制业", "文教、工美、体育(?:和|及)娱乐用品制造业", "石油、煤炭及其他燃料加工业",
    "黑色金属冶炼(?:和|及)压延加工业", "有色金属冶炼(?:和|及)压延加工业", "金属制品、机械和设备修理业",
    # of the high technology ones
    "航空、航天器及(?:相关)?设备制造业", "电子及通信设备制造业", "计算机及办公设备制造业",
    "医疗仪器设备及仪器仪表制造业",
    "电力、热力、燃气及水(?:的)?生产(?:和|及)供应业", "电力、热力生产(?:和|及)供应业",
)
_GROUP = re.compile("|".join(_GROUPS))
_INDUSTRY = re.compile(
    "|".join(_GROUPS)
    + r"|(?:[一-鿿]{0,10}?)"
    r"(?:制造业|加工业|制品业|采矿业|采选业|建筑业|房地产业|供应业|开采业|洗选业|印刷业|修理业|纺织业|服装业|食品业|制鞋业)"
    r"|[一-鿿]{2,8}?(?:行业|工业(?=[,，]|$))"
    # 锂离子电池制造、生物药品制造(增加值): classes of trades, as statistics call them
    r"|[一-鿿]{2,10}?制造(?=(?:、[一-鿿]{2,10}?制造)*(?:增加值|总?产值))"
)
#: what a found industry cannot begin with: it belongs to the words before
_NOT_IN_INDUSTRY = re.compile(
    r"^.*(?:全国|我国|全[省市县区州]|[我本该][省市县区国]|规模以上|规上"
    # not 新能源, 集成电路, 中药, 有色, 日用, 动力, 进口: these begin names of trades
    r"|日(?![用化])|大(?!型|数据|宗)|(?<!高)新(?!能源|材料|型)|等(?!离子)|(?<!集)成(?!药)|中(?![药医成])|有(?![色机])"
    r"|动(?![力画物])|进(?!口)|[省市县区州年月如的了在从是为和与及以于由较比个类占对把将达内涉到推批展入])(?=.{3})"
)
NO_TRADE = re.compile(r"具体|推动|一批|国家|进一步|其他|主要|各|开发|标准|全")
_GENERIC = frozenset(
    ("行业", "该行业", "本行业", "这些行业", "同行业", "重点行业", "传统行业",
     "优势行业", "服务行业", "相关行业")
)
_LEVEL_WORD = re.compile(
    r"(?:全|我|本|该|整个)(省|市|县|区|州)(?!域|级|外(?![贸资商向])|区|率先|首[创批家个])"
)
#: 示范区企业出口…: the park that was named before by its whole name
_PARK_WORD = re.compile(
    r"(?:(?<![一-鿿])|(?<=[由在全该本]))(示范区|开发区|高新区|经开区|试验区|保税区"
    r"|工业园)(?=[一-鿿])(?!级)"
)
#: 园区, where only one was named
_GROUNDS = re.compile(r"(?:(?<![一-鿿])|(?<=[由在全该本]))园区(?![级类]|经济|建设|平台|化|管)")
_THAT_PLATFORM = re.compile(r"该(平台|中心|实验室|服务站|站点)")
#: 走进甲产业园…，这里集聚了…; 这座海滨小城集聚了…
_HERE = re.compile(
    r"这里|(?<![一-鿿])当地(?=[集聚共现已有拥建])|这[座个片方](?:[一-鿿]{0,6}?)(?:小城|城市|县城|小县|大县|强县|古城|新城|小镇|热土|大市|之城|之乡|之都)"
)
_SEVERAL = Thing("Park", "", "")
#: 平台, 中心 at the head of what is said: the one that was named before
_PLATFORM_WORD = re.compile(
    r"(?:(?<![一-鿿”\"])|(?<=[由在该本]))(平台|中心|实验室|服务站|站点)"
    r"(?=[已为累共面汇整由先年现拥可每与对向将还也正自接占重聚针围选]|目前|主要|服务(?!业|体系|能力|水平|站|网)|集[成聚合中]|设[有立置]|出具"
    r"|建[有成立]|开[展发通放]|试?运行|总投|配[备有置])"
)
#: 舟山港, 白云机场: a place in the name of something else
_LANDMARK = re.compile(
    r"港(?![口澳区])|机场|站(?!点|式)|大桥|大道|路(?!线|径)|火车站|高速|湾"
    r"|制造(?!业)|名牌|名品|精品|老字号"
)
_LEVELS = {"省": "province", "市": "prefecture", "州": "prefecture", "县": "county", "区": "county"}


@dataclass(frozen=True, slots=True)
class Named:
    """A thing at a place of a passage."""

    start: int
    end: int
    thing: Thing


@dataclass
class Subjects:
    """Turns names into things for one document; remembers the last place of each level."""

    document: Document
    names: NamesRead = field(default_factory=NamesRead)
    last: dict[str, Thing] = field(default_factory=dict)
    #: firms that the document names somewhere; elsewhere in it nothing else may tell that they are firms
    known: NameIndex | None = None
    firms: dict[str, OpenName] = field(default_factory=dict)
    parks: dict[str, Thing] = field(default_factory=dict)
    #: the only park that was named, which 园区 stands for; else nothing
    park: Thing | None = None
    #: the park that the title is about, which it stands for where several are named
    about: Thing | None = None
    platform: Thing | None = None
    #: the place that was named last, which 这里 stands for
    here: Thing | None = None
    #: the quoted name of a platform → its whole name: “质检通” → 甲市“质检通”一站式服务平台
    brands: dict[str, str] = field(default_factory=dict)
    titles: dict[str, list[Named]] = field(default_factory=dict)
    park_names: ParkNames = field(default_factory=ParkNames)

    def learn(self, told: Callable[[Passage], bool]) -> None:
        """Reads the names of these passages, so that a firm is known wherever its name stands."""
        firms = self.firms
        for passage in filter(told, self.document.passages):
            self.names.at(passage)
            for m in self.names.find(passage.text):
                if isinstance(m.value, OpenName) and m.value.cls == "Enterprise" and len(m.text) >= 4:
                    firms.setdefault(m.text, m.value)
                if isinstance(m.value, OpenName) and m.value.cls == "Park":
                    self.park_names.note(m.value.name)
                if isinstance(m.value, OpenName) and (brand := brand_of(m.value)):
                    self.brands[brand] = max(self.brands.get(brand, ""), m.value.name, key=len)
        texts = (passage.text for passage in filter(told, self.document.passages))
        for short, full in self.names.abbreviated(firms, texts).items():
            firms.setdefault(short, firms[full])
        if firms:
            self.known = NameIndex((name, "entity", value) for name, value in firms.items())

    def _names(self, text: str) -> list[Mention]:
        found = self.names.find(text)
        taken = [(m.start, m.end) for m in found if isinstance(m.value, OpenName)]
        for m in self.known.find(text) if self.known is not None else ():
            if is_behind_itself(text, m.start, m.end):
                continue
            if not any(s < m.end and m.start < e for s, e in taken):
                found = [f for f in found if f.end <= m.start or m.end <= f.start]
                found.append(m)
        return found

    @property
    def place(self) -> Thing | None:
        """The region that the document is about, if its head or title says."""
        found = gazetteer().place(self.document.place) if self.document.place else None
        return region(found) if found else None

    def find(self, text: str) -> list[Named]:
        """Named things and words that stand for one, in order, none overlapping."""
        out: list[Named] = []
        taken: list[tuple[int, int]] = []
        opaque: list[tuple[int, int]] = []
        by_span: dict[tuple[int, int], list[Mention]] = {}
        for mention in self._names(text):
            by_span.setdefault((mention.start, mention.end), []).append(mention)
        for (start, end), same in by_span.items():
            thing = self._thing(same)
            begins = is_region(thing) and _quoted(text, start, end) if thing is not None else False
            if begins or (thing is not None and is_region(thing) and _LANDMARK.match(text, end)):
                opaque.append((start, end))
                continue
            if thing is not None and is_region(thing) and text.startswith("地区", end):
                end += 2
            if thing is None:
                opaque.append((start, end))
            else:
                out.append(Named(start, end, thing))
                taken.append((start, end))
        for m in _LEVEL_WORD.finditer(text):
            thing = self.level(m[1], m[0])
            if not _inside(m.start(), taken) and (thing.code or m[0][0] != "该"):
                out.append(Named(m.start(), m.end(), thing))
                taken.append((m.start(), m.end()))
        for m in _PARK_WORD.finditer(text):
            park = self.parks.get(m[1])
            if park is not None and not _inside(m.start(), taken) and not _inside(m.start(), opaque):
                out.append(Named(m.start(), m.end(), replace(park, mention=m[0])))
                taken.append((m.start(), m.end()))
        grounds = self.about if self.park in (None, _SEVERAL) else self.park
        for m in _GROUNDS.finditer(text):
            if grounds is not None and not _inside(m.start(), taken) and not _inside(m.start(), opaque):
                out.append(Named(m.start(), m.end(), replace(grounds, mention=m[0])))
                taken.append((m.start(), m.end()))
        for brand, name in self.brands.items() if any(c in text for c in "“\"") else ():
            for m in re.finditer(f"[“\"]{re.escape(brand)}[”\"]", text):
                if not _inside(m.start(), taken) and not _inside(m.start(), opaque):
                    out.append(Named(m.start(), m.end(), Thing("Platform", name, m[0])))
                    taken.append((m.start(), m.end()))
        for m in (*_THAT_PLATFORM.finditer(text), *_PLATFORM_WORD.finditer(text)):
            before = [n.thing for n in out if n.thing.cls == "Platform" and n.end <= m.start()]
            thing = called(m[1], [*([self.platform] if self.platform else []), *before])
            thing = thing or (before[-1] if before else self.platform)
            if thing is not None and not _inside(m.start(), taken) and not _inside(m.start(), opaque):
                out.append(Named(m.start(), m.end(), replace(thing, mention=m[0])))
                taken.append((m.start(), m.end()))
        for m in _HERE.finditer(text) if "这" in text or "当地" in text else ():
            named = [n.thing for n in out if self._is_here(n.thing) and n.end <= m.start()]
            here = named[-1] if named else self.here
            if here is None and len(m[0]) > 2:
                here = self.place  # 这座小城: the place that the text is about
            if here is not None:
                out.append(Named(m.start(), m.end(), replace(here, mention=m[0])))
                taken.append((m.start(), m.end()))
        out.sort(key=lambda n: n.start)
        self.here = next((n.thing for n in reversed(out) if self._is_here(n.thing)), self.here)
        self.platform = next((n.thing for n in reversed(out) if n.thing.cls == "Platform"), self.platform)
        for m in _INDUSTRY.finditer(text):
            start = m.start()
            listed = m[0].endswith("制造") and text[start - 1 : start] in ("、", ",", "，")  # 、集成电路制造
            cut = None if listed or _GROUP.fullmatch(m[0]) else _NOT_IN_INDUSTRY.match(m[0])
            if cut:
                start += cut.end()
            for s, e in taken:
                if s < m.end() and start < e <= m.end():
                    start = e
            name = text[start:m.end()]
            if len(name) < 3 or name in _GENERIC or _inside(start, taken) or _inside(start, opaque):
                continue
            if NO_TRADE.search(name) and not _GROUP.fullmatch(name):
                continue
            out.append(Named(start, m.end(), Thing(INDUSTRY, name, name)))
            taken.append((start, m.end()))
        # 甲高新区|乙产业链: the park only says which chain it is
        begun = {n.end: n.start for n in out if n.thing.cls == "Park"}
        chains = ("Chain", "Cluster")
        out = [replace(n, start=begun.get(n.start, n.start)) if n.thing.cls in chains else n for n in out]
        out.sort(key=lambda n: (n.start, -n.end))
        clear: list[Named] = []
        for n in out:
            if not clear or n.start >= clear[-1].end:
                clear.append(n)
        return clear

    def in_title(self, title: str) -> list[Named]:
        """The same for the title of a section, which many passages stand under."""
        if title not in self.titles:
            self.titles[title] = self.find(title)
        return self.titles[title]

    def _is_here(self, thing: Thing) -> bool:
        """Whether 这里 can stand for it: a park, or the text's own place or a part of it."""
        own = self.document.place
        inside = bool(own and thing.code) and gazetteer().contains(own, thing.code)
        return thing.cls == "Park" or (is_region(thing) and (inside or thing.code == own))

    def level(self, level: str, mention: str) -> Thing:
        """全市 → the city that the document is about, or the last one named."""
        wanted = _LEVELS[level]
        code = self.document.place
        if code:
            g = gazetteer()
            own = g.place(code)
            for place in ([own] if own else []) + list(g.ancestors(code)):
                if place is not None and _is_level(place, level, wanted):
                    return replace(region(place), mention=mention)
        known = self.last.get(level)
        if known is not None:
            return replace(known, mention=mention)
        return Thing(REGION, mention, mention)

    def _thing(self, same: list[Mention]) -> Thing | None:
        value = same[0].value
        if same[0].rule == "chains_in_list":
            return None  # 甲、乙两条产业链产值合计…: what all of them have
        if isinstance(value, OpenName):
            if value.cls in _NO_SUBJECT:
                return None
            place = value.place if len(value.place) != 1 else ""
            name = self.brands.get(brand_of(value), value.name)
            thing = Thing(value.cls, name, same[0].text, value.subtype, place)
            if value.cls == "Park":
                thing = replace(thing, name=self.park_names.called(name))
                self.parks[thing.name[-3:]] = self.parks[sort_of_park(thing.name)] = thing
                self.park = thing if self.park is None or self.park.name == thing.name else _SEVERAL
            return thing
        if same[0].text == "中国":  # 中国质量奖, 中国驰名商标: part of a name
            return None
        codes = [m.value for m in same if isinstance(m.value, str)]
        g = gazetteer()
        places = [p for c in codes if (p := g.place(c)) is not None]
        if not places:
            return None
        own = self.document.place
        if len(places) > 1 and own:
            inside = [p for p in places if g.contains(own, p.code) or g.contains(p.code, own)]
            if not inside and (parent := g.ancestors(own)):
                inside = [p for p in places if g.contains(parent[0].code, p.code)]
            places = inside or places
        short = len(same[0].text) <= 2 and places[0].level == "county"
        if own and short and not g.contains(own[:2] + "0000", places[0].code):
            return None  # a short name of a far county is a word that looks like it
        thing = replace(region(places[0]), mention=same[0].text)
        self.last[places[0].name[-1]] = thing
        return thing


def _quoted(text: str, start: int, end: int) -> bool:
    """“河北净菜”, “好品山东”: a place at the edge of what stands in quotation marks is part of a name."""
    if text[end : end + 1] in ("”", '"'):
        return re.search(r"[“\"][一-鿿]{1,6}$", text[:start]) is not None
    inside = re.match(r"[一-鿿]{1,8}[”\"]", text[end:])
    return start > 0 and text[start - 1] in "“\"" and inside is not None and not _PARK_WORD.search(inside[0])


def brand_of(name: OpenName) -> str:
    """The quoted name that a platform goes by, or nothing."""
    found = BRAND.search(name.name) if name.cls == "Platform" else None
    return found[1] if found is not None else ""


def region(place: Place) -> Thing:
    return Thing(REGION, place.name, place.name, code=place.code)


def is_region(thing: Thing) -> bool:
    return thing.cls == REGION


def _is_level(place: Place, level: str, wanted: str) -> bool:
    if place.level == wanted and (wanted != "county" or place.name.endswith(level) or level == "县"):
        return True
    return level == "市" and place.name.endswith("市")


def _inside(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(s <= position < e for s, e in spans)
