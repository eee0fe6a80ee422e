"""The things that the passages of one document name, with full names and places resolved
inside the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from loaders.documents.document import Document, Passage
from loaders.documents.firm_abbreviations import is_behind_itself, own_name
from loaders.documents.names_read import NamesRead
from loaders.documents.park_names import ParkNames
from loaders.documents.relation_rules import word_pattern
from loaders.documents.titles import drawn_up, own_policy, whole_title
from loaders.documents.towns import Towns
from loaders.facts import Thing
from ontology import structure
from ontology.gazetteer import COUNTRY, Place, gazetteer
from ontology.lexicon.mention import Mention
from ontology.lexicon.name_cues import name_cues
from ontology.lexicon.name_index import NameIndex
from ontology.lexicon.name_reading import BRAND
from ontology.lexicon.names import OpenName, open_names, place_index
from ontology.lexicon.normalise import clean
from ontology.model import Ontology

_LEVELS = {
    "省": ("province",),
    "市": ("prefecture", "county"),
    "县": ("county",),
    "区": ("county",),
    "州": ("prefecture",),
}
_DEICTIC = re.compile(
    r"(?P<which>[全我本该])(?P<level>[省市县区州])(?![场级委政直长辖]|率先|首[创批家个])|(?P<nation>全国(?!际|质量强|百强|文明|先进|首|重点|知名|唯一|性)|我国)"
)
#: 宜兴市官林镇: a town behind the county that it is in
_TOWN_BEHIND = re.compile(r"(?![各全该本每所下特和与及或的是])[一-鿿]{1,3}?(?:镇|乡|街道)(?![企工级])")
_PLACES_LISTED = re.compile(
    r"(?:(?<=[(])(?=[^()]*[)]))?(?P<list>[一-鿿]{2,4}(?:、[一-鿿]{2,4})+?)(?:等(?:地|县|区|市|县市)|(?=[)]))"
)
#: 落户高新区: the park of the place that the text is about
_ITS_PARK = re.compile(
    r"(?:落户|位于|坐落[于在]|地处|设[在于]|入驻|迁[入至]|依托)(?P<park>高新区|经开区|高新技术产业开发区|经济技术开发区|综保区|综合保税区)(?![一-鿿]?[内级])"
)
_DASHES = str.maketrans("—–－（）", "---()")
_BYLINE = re.compile("(?:来源|供稿|作者|编辑|责编|校对)[:：][ 一-鿿]{0,6}$")
_SHORT = re.compile(
    r"[(](?:[^()]{2,30},)?(?:以下)?(?:统一|均)?简称(?:为)?[:“\"'《]*([^”\"'》()。]{2,20})[”\"'》]*[)]"
)
_AGAIN = {
    "Cluster": re.compile("(?:这一|这个|该|本|上述)(?:产业)?集群"),
    "Chain": re.compile("(?:这一|这条|该|本|上述)产业链"),
    "Platform": re.compile(
        '(?:这一|这个|该|本)(?:服务)?(?:平台|中心|实验室)|(?<![一-鿿”"])(?:平台|中心)(?=[已为累共面服汇集设整由重聚针围选]|可为|拥有|主要)'
    ),
    "Park": re.compile(
        "(?:这一|这个|该|本|上述)(?:园区|示范区|开发区|产业园|经开区|高新区)"
        "|(?<![一-鿿])(?:市级|省级|国家级)?示范区(?=企业|内|至此)"
    ),
    "Enterprise": re.compile("(?:该|这家)(?:公司|企业|集团)|这家(?=[^,。]{2,24}的(?:公司|企业))"),
    "Policy": re.compile(
        "(?:该|这一|这项|此)(?:标准|规范|方案|办法|意见|规划|纲要|计划|措施|政策)"
        "|(?<![一-鿿])标准(?=的(?:提出|归口|起草|主管)|由)"
    ),
}
#: 湘云机车股份有限公司 is called 湘云机车 further on
_SUFFIX = re.compile("(?:股份|集团|控股)*(?:有限责任公司|有限公司|公司)(?:[(].*[)])?$|股份$")
_OWN = re.compile("(?:本|此)(?:方案|办法|意见|规划|纲要|计划|措施|细则|通知|规范|标准)")


@dataclass(frozen=True, slots=True)
class Item:
    """A thing at a place of a passage. ``again``: said by 该…/全市 and not by its name."""

    start: int
    end: int
    thing: Thing
    rule: str
    again: bool = False


@dataclass
class Naming:
    """What one document calls things: its place, its own title, its abbreviations."""

    document: Document
    ontology: Ontology | None = None
    names: NamesRead = field(default_factory=NamesRead)
    short: dict[str, Thing] = field(default_factory=dict)
    _brands: dict[str, str] = field(default_factory=dict)
    _last: dict[str, Thing] = field(default_factory=dict)
    _last_place: dict[str, Thing] = field(default_factory=dict)
    _section_places: dict[str, Thing | None] = field(default_factory=dict)
    _towns: Towns = field(default_factory=Towns)
    _parks: ParkNames = field(default_factory=ParkNames)
    #: the titles of policies that stand in 《》, in their order
    _policies: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.place = gazetteer().place(self.document.place) if self.document.place else None
        self.place = self._narrower_in_title() or self.place
        self.own = own_policy(self.document.title) or drawn_up(self.document.passages[:8])
        first = self.document.passages[0].text if self.document.passages else ""
        self.title = clean(self.document.title).text or first
        self.topic = self._topic()
        self.title_chain = self._title_chain()

    def items(self) -> Iterator[tuple[Passage, list[Item]]]:
        """Every passage with its things in order. Names that were found by their
        surroundings at one place are known at all the others."""
        firms: dict[str, OpenName] = {}
        for passage in self.document.passages:
            self.names.at(passage)
            mentions = self.names.with_industries(passage.text)
            self._brand_names(mentions)
            for m in mentions:
                if isinstance(m.value, OpenName) and m.value.cls == "Enterprise" and len(m.text) > 1:
                    firms.setdefault(m.text, m.value)
                if isinstance(m.value, OpenName) and m.value.cls == "Park":
                    self._parks.note(m.text)
                if m.rule == "policy_in_brackets" and isinstance(m.value, OpenName):
                    self._policies.append(m.value.name)
        texts = (passage.text for passage in self.document.passages)
        for word, full in self.names.abbreviated(firms, texts).items():
            thing = self.thing(firms[full], full)
            self.short.setdefault(word, replace(thing, aliases=(*thing.aliases, word)))
        for passage in self.document.passages:
            self.names.at(passage)
            self._abbreviations(passage, self.names.with_industries(passage.text))
        known = NameIndex(
            [*((name, "entity", value) for name, value in firms.items()),
             *((short, "entity", thing) for short, thing in self.short.items())]
        )
        for passage in self.document.passages:
            self.names.at(passage)
            text = passage.text
            mentions = [m for m in self.names.with_industries(text) if not _signs(text, m.start)]
            items = [self._item(m) for m in _with_known(mentions, known.find(passage.text), passage.text)]
            items += self._places(passage.text, items)
            items += self._again(passage.text, items)
            items.sort(key=lambda i: i.start)
            yield passage, [self._settled(i) for i in items]

    def region(self, place: Place, mention: str = "") -> Thing:
        return Thing(structure.REGION, place.name, mention or place.name, code=place.code)

    def place_of(self, passage: Passage) -> Thing | None:
        """The place that the sections around a passage speak of, else the document's topic."""
        if passage.section not in self._section_places:
            self._section_places[passage.section] = self._place_around(passage.section)
        return self._section_places[passage.section]

    def _place_around(self, section: str) -> Thing | None:
        for at in self.document.ancestors(section):
            row = [i for i in self._places(at.title, ()) if not i.again]
            while len(row) > 1 and row[0].end == row[1].start:
                row.pop(0)  # 重庆市璧山区: the narrower one
            if row and row[0].thing.code != COUNTRY:
                return row[0].thing
        return self.topic

    # -- building things

    def _item(self, m: Mention) -> Item:
        if isinstance(m.value, Thing):
            return Item(m.start, m.end, replace(m.value, mention=m.text), "short_name", again=True)
        assert isinstance(m.value, OpenName)
        listed = m.rule == "policy_list"
        whole = whole_title(m.value.name, listed, self.own, self._policies) if m.value.cls == "Policy" else ""
        if whole:
            return Item(m.start, m.end, self.thing(replace(m.value, name=whole), m.text), m.rule, again=True)
        return Item(m.start, m.end, self.thing(m.value, m.text), m.rule)

    def thing(self, name: OpenName, mention: str) -> Thing:
        """What a name stands for in this document."""
        own = self.own if name.cls == "Policy" and len(name.name) >= 4 else None
        dashed = own.name.translate(_DASHES) == name.name.translate(_DASHES) if own is not None else False
        if own is not None and (dashed or re.sub("[(（].*[)）]$", "", own.name).endswith(name.name)):
            return replace(own, mention=mention)  # 《行动方案》 in what explains it
        if name.cls == "Park":
            name = replace(name, name=self._parks.called(name.name))
        if name.cls in ("Enterprise", "Park", "Institution") and name.name in self.short:
            return replace(self.short[name.name], mention=mention)
        if name.cls == "Platform" and (brand := BRAND.search(name.name)) and brand[1] in self._brands:
            name = replace(name, name=self._brands[brand[1]])
        full = self.document.aliases.get(name.name, name.name)
        aliases: tuple[str, ...] = (name.name,) if full != name.name else ()
        place = self._level(name.place) if len(name.place) == 1 else name.place
        subtype = (name.subtype or self._subtype(name.cls, full)) if name.cls != "Person" else ""
        starts = len(name.place) > 1
        if name.cls in ("Chain", "Cluster"):
            bare = own_name(full) if starts else full
            if name.cls == "Chain":
                bare = re.sub("全?产业链$", "", bare) or bare
            if bare != full:
                aliases = (*aliases, full)
            full = bare
        elif name.cls == "Park" and starts and not place_words(full):
            pass  # 江苏省南京市江北新区 is 江北新区 in 南京市
        elif starts or (name.cls == "Platform" and not place and not generic_platform(full)):
            place = ""  # the name says it, or it is the only one of that name
        elif name.cls == "Institution" and place and re.fullmatch("[省市县区州](?:人民)?政府", full):
            owner = gazetteer().place(place)  # 市政府 in what 甲市人民政府 issued
            if owner is not None and self.document.issuer == f"{owner.name}人民政府":
                aliases, full, place = (full,), f"{owner.name}人民政府", ""
        elif name.cls == "Institution" and not place and full.startswith(("市场监督管理局", "市场监管局")):
            place = self.place.code if self.place else ""
        return Thing(name.cls, full, mention, subtype, place, aliases=aliases)

    def _subtype(self, cls: str, name: str) -> str:
        if self.ontology is None:
            return ""
        bare = re.sub("[“”\"'‘’]|体系$", "", name)
        return max(
            ((len(word), key) for word, key in _subtype_words(self.ontology, cls) if bare.endswith(word)),
            default=(0, ""),
        )[1]

    def _level(self, level: str) -> str:
        """省 → the province that the document is about."""
        if self.place is None:
            return ""
        for place in (self.place, *gazetteer().ancestors(self.place.code)):
            if place.level in _LEVELS[level] and (place.level != "county" or place.name.endswith(level)):
                return place.code
        return ""

    def _places(self, text: str, items: Iterable[Item]) -> list[Item]:
        taken = _taken(items)
        found: list[Item] = []
        for m in self.names.regions(text):
            if word_pattern("no_place").fullmatch(m.text):
                continue
            if text.startswith(("都市圈", "经济圈", "城市群"), m.end):
                continue  # 南京都市圈 reaches farther
            if m.text == "中国" and text[m.start - 1 : m.start] == "其" and text.startswith("家", m.end):
                continue  # 其中|国家标准
            if _free(m.start, m.end, taken) and (not found or found[-1].start != m.start):
                place = self._nearest(m.text)
                if place is not None and place.level != "group":
                    again = m.text in ("我国", "全国")
                    found.append(Item(m.start, m.end, self.region(place, m.text), "place", again))
        for item in self._own_behind_parent(text, found):
            if _free(item.start, item.end, taken | _taken(found)):
                found.append(item)
        within = self.place.code if self.place is not None else ""
        for item in self._listed_counties(text, found):
            if _free(item.start, item.end, taken | _taken(found)):
                found.append(item)
        for county in [item for item in found if item.thing.code]:
            behind = _TOWN_BEHIND.match(text, county.end)
            if behind is not None and _free(behind.start(), behind.end(), taken | _taken(found)):
                town = Thing(structure.REGION, behind[0], behind[0], place=county.thing.code)
                found.append(Item(behind.start(), behind.end(), town, "town"))
        for start, end, town in self._towns.named(text, within):
            if _free(start, end, taken | _taken(found)):
                found.append(Item(start, end, town, "town"))
        for p in _ITS_PARK.finditer(text) if self.place is not None and within != COUNTRY else ():
            assert self.place is not None
            if _free(p.start("park"), p.end(), taken | _taken(found)) and self.place.level != "province":
                name = self._parks.called(self.place.short + p["park"])
                park = Thing("Park", name, p["park"], place=self.place.code)
                found.append(Item(p.start("park"), p.end(), park, "its_park"))
        found.sort(key=lambda item: item.start)
        taken |= _taken(found)
        for d in _DEICTIC.finditer(text):
            if _free(d.start(), d.end(), taken) and (thing := self._deictic(d)) is not None:
                found.append(
                    Item(d.start(), d.end(), replace(thing, mention=d[0]), "place_again", again=True)
                )
        return found

    def _own_behind_parent(self, text: str, found: Sequence[Item]) -> list[Item]:
        """重庆永川: the short name of the text's own county right behind what it is part of."""
        own = self.place
        if own is None or own.level != "county" or len(own.short) < 2:
            return []
        behind = [i.end for i in found if i.thing.code == own.parent and text.startswith(own.short, i.end)]
        return [Item(at, at + len(own.short), self.region(own, own.short), "place") for at in behind]

    def _listed_counties(self, text: str, found: Sequence[Item]) -> Iterator[Item]:
        """丹江口、郧阳等地: beside a place that is known the short names of others in the same city."""
        for m in _PLACES_LISTED.finditer(text) if found and self.place is not None else ():
            assert self.place is not None
            if not any(m.start() <= item.start < m.end() for item in found):
                continue
            for word in re.finditer("[一-鿿]+", m["list"]):
                inside = gazetteer().find(word[0], within=self.place.code)
                if len(inside) == 1 and inside[0].level == "county":
                    at = m.start("list") + word.start()
                    yield Item(at, at + len(word[0]), self.region(inside[0], word[0]), "place")

    def _nearest(self, name: str) -> Place | None:
        """Of several places of one name the one near the document's own."""
        around = (self.place, *gazetteer().ancestors(self.place.code)) if self.place else ()
        for wide in around:
            if wide is not None and (inner := gazetteer().find(name, within=wide.code)):
                return inner[0]
        found = gazetteer().find(name)
        return found[0] if found and (len(found) == 1 or found[0].level != "county") else None

    def _deictic(self, m: re.Match[str]) -> Thing | None:
        if m["nation"]:
            country = gazetteer().place(COUNTRY)
            return self.region(country) if country else None
        if m["which"] == "该":
            last = self._last_place.get(m["level"])
            if last is not None:
                return last
        code = self._level(m["level"])
        place = gazetteer().place(code) if code else None
        return self.region(place) if place else None

    def _again(self, text: str, items: Iterable[Item]) -> list[Item]:
        taken = _taken(items)
        found: list[Item] = []
        if self.own is not None:
            found += [
                Item(m.start(), m.end(), replace(self.own, mention=m[0]), "own_title", True)
                for m in _OWN.finditer(text)
                if _free(m.start(), m.end(), taken)
            ]
        for cls, words in _AGAIN.items():
            for m in words.finditer(text):
                before = [i.thing for i in items if i.end <= m.start() and i.thing.cls == cls]
                last = self._last.get(cls)
                word = next((w for w in ("平台", "中心", "实验室") if w in m[0]), "")
                same = called(word, [*([last] if last else []), *before]) if word else None
                thing = same or (before[-1] if before else last)
                if thing is not None and _free(m.start(), m.end(), taken):
                    found.append(Item(m.start(), m.end(), replace(thing, mention=m[0]), "named_before", True))
        return found

    def _settled(self, item: Item) -> Item:
        if not item.again:
            self._last[item.thing.cls] = item.thing
            if item.thing.cls == structure.REGION:
                self._last_place[item.thing.name[-1]] = item.thing
        return item

    def _brand_names(self, mentions: Iterable[Mention]) -> None:
        """“泰测易”平台 and “泰测易”质量基础设施一站式服务平台 are one: the longest name holds."""
        for m in mentions:
            name = m.value.name if isinstance(m.value, OpenName) and m.value.cls == "Platform" else ""
            brand = BRAND.search(name)
            if brand and len(name) > len(self._brands.get(brand[1], "")):
                self._brands[brand[1]] = name

    def _abbreviations(self, passage: Passage, mentions: Iterable[Mention]) -> None:
        for m in mentions:
            behind = _SHORT.match(passage.text, m.end)
            if behind and isinstance(m.value, OpenName):
                thing = self.thing(m.value, m.text)
                self.short[behind[1]] = replace(thing, aliases=(*thing.aliases, behind[1]))
        for m in mentions:
            if isinstance(m.value, OpenName) and m.value.cls == "Park" and m.value.place:
                bare = own_name(m.text)
                if bare != m.text and len(bare) > (3 if bare.endswith(("新区", "新城")) else 4):
                    # 常州西太湖科技产业园, further on without its city
                    self.short.setdefault(bare, self.thing(m.value, m.text))
            if isinstance(m.value, OpenName) and m.value.cls == "Institution" and len(m.value.place) > 1:
                owner = gazetteer().place(m.value.place)
                bare = own_name(m.text)
                office = bare.endswith(("局", "委", "厅", "委员会", "办公室"))
                if owner is not None and bare != m.text and office:
                    # 保定市工业和信息化局, further on 市工业和信息化局
                    self.short.setdefault(owner.name[-1] + bare, self.thing(m.value, m.text))
                    if "监督管理" in bare:  # 市市场监管局
                        known = owner.name[-1] + bare.replace("监督管理", "监管")
                        self.short.setdefault(known, self.thing(m.value, m.text))
            if isinstance(m.value, OpenName) and m.value.cls == "Enterprise":
                short = _SUFFIX.sub("", m.text)
                for word in (short, own_name(short)):
                    if word != m.text and len(word) > 2 and word not in name_cues().trades:
                        self.short.setdefault(word, self.thing(m.value, m.text))

    def _narrower_in_title(self) -> Place | None:
        """重庆市璧山区…: of a row of places in the title the narrowest is meant."""
        row: list[Place] = []
        at = -1
        for m in place_index().find(self.document.title):
            place = gazetteer().place(str(m.value))
            if place is None or (
                row and (m.start != at or not gazetteer().contains(row[-1].code, place.code))
            ):
                continue
            row.append(place)
            at = m.end
        inside = (
            len(row) > 1 and self.place is not None and gazetteer().contains(row[0].code, self.place.code)
        )
        return row[-1] if inside else None

    def _title_chain(self) -> Thing | None:
        """The chain, or the trade as one, that the title names: what is said of leaders is said of it."""
        for m in self.names.with_industries(self.title):
            if isinstance(m.value, OpenName) and m.value.cls in ("Chain", "Cluster", "Industry"):
                chain = self.thing(m.value, m.text)
                return replace(chain, name=own_name(chain.name))
        return None

    def _topic(self) -> Thing | None:
        """The place that a document without more is about: a park in its title, else its region."""
        for m in open_names(self.title):
            if isinstance(m.value, OpenName) and m.value.cls == "Park" and m.value.place:
                if m.text.endswith("示范区"):
                    continue  # a title held by a place that has a name of its own
                return self.thing(m.value, m.text)
        if self.place is None or self.place.code == COUNTRY:
            return None
        return self.region(self.place)


def _signs(text: str, at: int) -> bool:
    """文章来源:甲新城: who put the text there is nothing that it tells of."""
    return len(text) < 80 and "。" not in text and _BYLINE.search(text[:at]) is not None


def called(word: str, things: Sequence[Thing]) -> Thing | None:
    """The last of these that goes by the word: 平台 is no 检测中心 that was named with it."""
    return next((thing for thing in reversed(things) if word in re.sub(r"[(（].*", "", thing.name)), None)


def place_words(name: str) -> tuple[str, ...]:
    """The places, wide to narrow, that a name begins with: 台州市椒江区市场监管局 → both."""
    found: list[str] = []
    at = 0
    for m in place_index().find(name[:24]):
        if m.start != at:
            break
        inside = gazetteer().find(m.text, within=found[-1]) if found else ()
        if found and not inside and found[-1] != str(m.value) and m.text == _short_county(str(m.value)):
            break  # 宜宾三江新区: no county of another province
        if found and not inside and not gazetteer().contains(found[-1], str(m.value)):
            break  # 河南川渝家具公司: called after two places, and in the first
        if not found or found[-1] != str(m.value):
            found.append(inside[0].code if inside else str(m.value))
        at = m.end
    return tuple(found)


def _short_county(code: str) -> str:
    """The short name of a county, which other places have too."""
    place = gazetteer().place(code)
    return place.short if place is not None and place.level == "county" else ""


def generic_platform(name: str) -> bool:
    """质量基础设施“一站式”服务平台: any place has one; “星质通”… is one."""
    branded = re.search('[“"](?!一站式)[^”"]+[”"]', name) is not None
    return name.startswith(("质量基础", "产业质量基础")) or ("一站式" in name and not branded)


def _with_known(mentions: Sequence[Mention], known: Iterable[Mention], text: str) -> Iterator[Mention]:
    taken = _taken(mentions)
    yield from mentions
    for m in known:
        if _free(m.start, m.end, taken) and not is_behind_itself(text, m.start, m.end):
            taken.update(range(m.start, m.end))
            yield m


def _taken(items: Iterable[Item | Mention]) -> set[int]:
    return {at for item in items for at in range(item.start, item.end)}


def _free(start: int, end: int, taken: set[int]) -> bool:
    return taken.isdisjoint(range(start, end))


def _subtype_words(ontology: Ontology, cls: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (re.sub("[“”]", "", word), s.key)
        for s in ontology.subtypes.values()
        if s.cls == cls
        for word in s.labels.all()
        if not word.isascii() and len(word) > 1
    )
