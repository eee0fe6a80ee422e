"""A thing as one document speaks of it → the node it is.

Pure: the document's own place and abbreviations, the ontology and the gazetteer decide,
never what else is loaded (contract §1).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from graph.ids import entity_key, key_of, node_id
from loaders.facts import Thing
from ontology import structure
from ontology.gazetteer import Place, gazetteer
from ontology.lexicon.normalise import fold
from ontology.model import Ontology

#: 县市场监管局 in a county's document: the word in front says at which level the place stands
_LEVEL_WORDS: Final = tuple(f"{whose}{level}" for whose in ("全", "我", "本", "") for level in "省市州县区")
_LONGEST_REGION_NAME: Final = 15


#: “星质通”质量基础设施一站式服务平台 goes by the brand alone too
_BRAND = re.compile(r"[“\"「]([^”\"」]{2,8})[”\"」](?=.{2})")


@dataclass(frozen=True)
class Identity:
    """``name`` is the full name that the document gives, ``bare`` the name without the place.
    ``place`` is a region's own code; ``located`` is where a thing stands whose key carries its
    place. ``stated_as`` is what the document states of the node by naming it: ``name=…``,
    ``alias=…``, ``code=…``."""

    id: str
    cls: str
    name: str
    place: str = ""
    located: Thing | None = None
    bare: str = ""
    stated_as: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return key_of(self.id)


class Identities:
    """Identities of the things of one document.

    ``place`` is the document's own place; ``short`` its abbreviations (short → full name).

    >>> from ontology.read import load_ontology
    >>> Identities(load_ontology()).identify(Thing("Region", "株洲")).id
    'region:430200'
    """

    def __init__(
        self,
        ontology: Ontology,
        place: str = "",
        short: Mapping[str, str] | None = None,
        things: Iterable[Thing] = (),
    ) -> None:
        self._ontology = ontology
        self._place = place
        self._short = {fold(alias): full for alias, full in (short or {}).items()}
        self._aliases = _aliases(things)
        self._known: dict[Thing, Identity] = {}

    def identify(self, thing: Thing) -> Identity:
        """The node that this thing is."""
        known = self._known.get(thing)
        if known is None:
            known = self._known[thing] = self._identify(thing)
        return known

    def region(self, code: str) -> Identity:
        """The node of a region by its code in the gazetteer."""
        place = gazetteer().place(code)
        name = place.name if place else code
        stated = [f"name={name}"]
        if place and place.short != name and [p.code for p in gazetteer().find(place.short)] == [code]:
            stated.append(f"alias={place.short}")
        if code.isdigit():
            stated.append(f"code={code}")
        if place and place.level in self._ontology.subtypes:
            stated.append(f"subtype={place.level}")
        return Identity(
            node_id(structure.REGION, code), structure.REGION, name, code, bare=name, stated_as=tuple(stated)
        )

    def place(self, name: str) -> str:
        """The key of the place that a name or a code denotes: 长沙市 → 430100; a name that no
        region has is a park's: 长沙经开区 → 430100/经济技术开发区."""
        return self.identify(self.place_thing(name)).key if name else ""

    def place_thing(self, place: str) -> Thing:
        """A place by its code or name, as a thing: a region, else a thing of another class of places."""
        code = place if gazetteer().place(place) else self._regions(place)
        if code:
            return Thing(structure.REGION, code, code=code)
        others = sorted(self._ontology.places() - {structure.REGION})
        return Thing(others[0] if others else structure.REGION, place)

    def _identify(self, thing: Thing) -> Identity:
        if thing.id:
            return Identity(
                thing.id, thing.cls, thing.name, bare=thing.name, stated_as=self._stated(thing, thing.name)
            )
        if thing.cls == structure.REGION:
            code = thing.code if gazetteer().place(thing.code) else self._regions(thing.name, thing.place)
            if code:
                region = self.region(code)
                aliases = (f"alias={alias}" for alias in thing.aliases)
                return replace(region, stated_as=tuple(dict.fromkeys((*region.stated_as, *aliases))))
        full = self._full(thing)
        stated = self._stated(thing, full)
        if thing.cls == structure.REGION and thing.place:  # a town, which the gazetteer does not have
            return self._placed(thing.cls, full, thing.place, full, stated)
        ontology_class = self._ontology.classes.get(thing.cls)
        if ontology_class is not None and ontology_class.place_in_key:
            place, bare = self._split(thing, full)
            bare = self._without_class_words(thing.cls, bare)
            return self._placed(thing.cls, full, place, bare, stated)
        generic = self._generic(thing, full)
        if generic is not None:
            place, bare, subtype = generic
            full, stated = self._with_place(thing, full, stated)
            if subtype and not thing.subtype:
                stated = (*stated, f"subtype={subtype}")
            return self._placed(thing.cls, full, place, bare, stated)
        return Identity(node_id(thing.cls, entity_key(full)), thing.cls, full, bare=full, stated_as=stated)

    def _placed(self, cls: str, full: str, place: str, bare: str, stated: tuple[str, ...]) -> Identity:
        """A thing whose key carries the place, where one is known."""
        key = node_id(cls, entity_key(bare, self.place(place)))
        return Identity(key, cls, full, "", self.place_thing(place) if place else None, bare, stated)

    def _full(self, thing: Thing) -> str:
        """The full name where the document itself says what a name is short for."""
        key = fold(thing.name)
        return self._short.get(key) or self._aliases.get((thing.cls, key)) or thing.name

    def _regions(self, name: str, within: str = "") -> str:
        """The code of the region of this name, the document's own parts first."""
        inside = gazetteer().find(name, within=self.place(within)) if within else ()
        nearby = gazetteer().find(name, within=self._place) if self._place else ()
        found = inside or nearby or _in_same_province(name, self._place) or gazetteer().find(name)
        return found[0].code if found else ""

    def _split(self, thing: Thing, name: str) -> tuple[str, str]:
        """(place, name without it): the stated place, else a region that the name begins with."""
        place, rest = _leading_region(name, self._place)
        if place and self._ontology.is_generic(thing.cls, rest):  # 湖南省产业链: no chain's name
            place, rest = "", name
        return thing.place or place, rest

    def _generic(self, thing: Thing, name: str) -> tuple[str, str, str] | None:
        """(place, name without it, subtype) of a name that many things bear; None for any other."""
        # 汉寿经济开发区 is the zone of 汉寿县, but 衡山实验室 is not the laboratory of 衡山县
        loose = thing.cls in self._ontology.places()
        place, rest = _leading_region(name, self._place, loose=loose)
        level = ""
        if not self._ontology.is_generic(thing.cls, rest):
            level = next((word for word in _LEVEL_WORDS if rest.startswith(word)), "")
            rest = rest[len(level) :]
            if not level or not self._ontology.is_generic(thing.cls, rest):
                return None
        place = place or thing.place or _at_level(self._place, level[-1:])
        subtype = self._ontology.subtypes.get(thing.subtype) or self._ontology.subtype_for(rest)
        if subtype is None or subtype.cls != thing.cls:
            return place, _unabbreviated(rest), ""
        # 一站式平台 and 一站式服务平台 of one place are one, 经开区 and 经济技术开发区 too
        return place, subtype.labels.zh or rest, subtype.key

    def _with_place(self, thing: Thing, full: str, stated: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        """县发改局 in a document of 澧县: the full name is 澧县发改局, the other one an alias."""
        level = next((word for word in _LEVEL_WORDS if full.startswith(word)), "")
        place = gazetteer().place(_at_level(self._place, level[-1:])) if level else None
        if place is None or _leading_region(full, self._place)[0]:
            return full, stated
        name = place.name + full[len(level) :]
        others = (said for said in stated if not said.startswith("name="))
        return name, tuple(dict.fromkeys((f"name={name}", f"alias={full}", *others)))

    def _stated(self, thing: Thing, full: str) -> tuple[str, ...]:
        said = [f"name={full}"]
        brand = _BRAND.match(full)
        words = (w for s in self._ontology.subtypes_of(thing.cls) for w in s.labels.all())
        # “一站式” says what sort of platform it is and is the brand of none
        own = brand is not None and not any(fold(brand[1]) in fold(word) for word in words)
        brands = (brand[1],) if brand is not None and own else ()
        said.extend(f"alias={a}" for a in (thing.name, *thing.aliases, *brands) if fold(a) != fold(full))
        if thing.code:
            said.append(f"code={thing.code}")
        if thing.subtype:
            said.append(f"subtype={thing.subtype}")
        return tuple(dict.fromkeys(said))

    def _without_class_words(self, cls: str, name: str) -> str:
        """先进轨道交通装备产业链 → 先进轨道交通装备: the key holds no word for the class itself."""
        words = sorted((fold(w) for w in self._ontology.classes[cls].labels.all()), key=len, reverse=True)
        key = fold(name)
        if key in words:
            return name
        return next((key[: -len(word)] for word in words if key.endswith(word)), name)


def _aliases(things: Iterable[Thing]) -> dict[tuple[str, str], str]:
    """(class, short name) → full name, of the short names that mean one thing only."""
    full: dict[tuple[str, str], set[str]] = {}
    for thing in things:
        for alias in thing.aliases:
            full.setdefault((thing.cls, fold(alias)), set()).add(thing.name)
    return {key: next(iter(names)) for key, names in full.items() if len({fold(n) for n in names}) == 1}


def _unabbreviated(office: str) -> str:
    """市场监管局 → 市场监督管理局: one office, however it is called."""
    stem = office.rstrip("局厅委")
    full = _abbreviations().get(stem)
    return office if full is None else full + office[len(stem) :]


@cache
def _abbreviations() -> Mapping[str, str]:
    table = tomllib.loads(Path(__file__).with_name("abbreviations.toml").read_text("utf-8"))
    return {str(short): str(full) for short, full in table["offices"].items()}


@lru_cache(maxsize=20_000)
def _leading_region(name: str, within: str, *, loose: bool = False) -> tuple[str, str]:
    """株洲先进轨道交通装备 → (430200, 先进轨道交通装备); ("", name) where no region leads.

    A county's short name (资源加工: 资源县) counts inside the document's own place, or where the
    rest is known to be a name that many bear (``loose``: 汉寿经济开发区) and one county has it.
    """
    places = gazetteer()
    for cut in range(min(len(name) - 1, _LONGEST_REGION_NAME), 1, -1):
        head = name[:cut]
        if places.is_weak(head):
            continue
        found = (places.find(head, within=within) if within else ()) or places.find(head)
        for place in found:
            full = head.endswith(place.name)
            near = bool(within) and places.contains(within, place.code)
            if full or near or place.level in ("province", "prefecture") or (loose and len(found) == 1):
                return place.code, name[cut:]
    return "", name


def _in_same_province(name: str, place: str) -> tuple[Place, ...]:
    """Regions of this name beside the document's place: a county's document names its neighbours."""
    line = gazetteer().ancestors(place) if place else ()
    province = next((wider.code for wider in line if wider.level == "province"), "")
    return gazetteer().find(name, within=province) if province else ()


def _at_level(place: str, level: str) -> str:
    """The document's place, or the wider one whose name ends with this word: 省 of 430200 → 430000."""
    here = gazetteer().place(place) if place else None
    if here is None or not level:
        return place
    for candidate in (here, *gazetteer().ancestors(place)):
        if candidate.name.endswith(level) or (level == "省" and candidate.level == "province"):
            return candidate.code
    return place
