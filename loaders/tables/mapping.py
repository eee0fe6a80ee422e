"""Which columns of a table say what: a declarative mapping, read from YAML and checked.

```yaml
headers: [chain, firm, role, year]      # a table with these headers is read by this mapping
title: Firms on chains                  # of the document
source: {title: source_title, url: url, grade: grade, published: year}
things:
  chain: {class: Chain, name: chain}
  firm:  {class: Enterprise, name: firm, aliases: {column: short names, split: ";"}}
relations:
  - {relation: MEMBER_OF, subject: firm, object: chain, qualifiers: {role: role, year: year}}
  - {relation: LEADS, subject: firm, object: chain, when: {role: [链主, 龙头]}, qualifiers: {role: role}}
observations:
  - {subject: firm, metric: metric, period: year, value: value, unit: unit}
coverage:
  - {of: MEMBER_OF, region: region, author: author}
```

A value is a column's header, or ``{column: …, split: ";"}``, or ``{constant: …}``; for
``class``, ``relation``, ``kind``, ``polarity`` and ``of`` a plain word is a constant. An
empty cell is unknown: what needs it is not stated.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from ontology.errors import SourceError

#: conditions of ``when`` that are no list of values
EMPTY: Final = "empty"
GIVEN: Final = "given"
#: file names of mappings
MAPPING_SUFFIXES: Final = (".yaml", ".yml")

_BUNDLED: Final = Path(__file__).parent / "mappings"
_GUIDE: Final = "docs/mappings.md"


@dataclass(frozen=True)
class Ref:
    """Where a value comes from: a column, cut at ``split``, or a constant."""

    column: str = ""
    constant: str = ""
    split: str = ""


@dataclass(frozen=True)
class ThingRule:
    """A thing that a row speaks of. ``otherwise`` is its class where ``cls`` is the regions'
    and no region has that name; ``ends`` gives a class by how the name ends (地铁1号线)."""

    key: str
    cls: Ref
    name: Ref
    otherwise: str = ""
    ends: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    subtype: Ref = Ref()
    place: Ref = Ref()
    code: Ref = Ref()
    aliases: Ref = Ref()
    attributes: Mapping[str, Ref] = field(default_factory=dict)


@dataclass(frozen=True)
class RelationRule:
    relation: Ref
    subject: str
    object: str
    when: Mapping[str, tuple[str, ...] | str] = field(default_factory=dict)
    qualifiers: Mapping[str, Ref] = field(default_factory=dict)
    polarity: Ref = Ref(constant="stated")


@dataclass(frozen=True)
class ObservationRule:
    """``value`` is a number as written, with or without unit and bound (≥98%); ``text`` holds
    what is no number (达到国家考核目标)."""

    subject: str
    metric: Ref
    period: Ref = Ref()
    value: Ref = Ref()
    unit: Ref = Ref()
    text: Ref = Ref()
    kind: Ref = Ref(constant="actual")
    scope: Mapping[str, Ref] = field(default_factory=dict)
    when: Mapping[str, tuple[str, ...] | str] = field(default_factory=dict)


@dataclass(frozen=True)
class SourceRule:
    title: Ref = Ref()
    url: Ref = Ref()
    grade: Ref = Ref()
    published: Ref = Ref()


@dataclass(frozen=True)
class CoverageRule:
    """``cls`` is the class of the place, where that is none of the gazetteer's."""

    of: Ref
    region: Ref
    author: Ref
    period: Ref = Ref()
    note: Ref = Ref()
    cls: Ref = Ref()


@dataclass(frozen=True)
class TableMapping:
    name: str
    headers: tuple[str, ...]
    things: Mapping[str, ThingRule]
    title: str = ""
    source: SourceRule = SourceRule()
    relations: tuple[RelationRule, ...] = ()
    observations: tuple[ObservationRule, ...] = ()
    coverage: tuple[CoverageRule, ...] = ()
    preferred: bool = False  # the user's own: it wins wherever it fits
    text: str = ""  # of the user's own file: kept with what is read by it

    def fits(self, header: Sequence[str]) -> bool:
        """Every header that the mapping names stands in the table."""
        seen = {header_key(cell) for cell in header}
        return all(header_key(name) in seen for name in self.headers)

    def terms(self) -> Iterable[tuple[str, str]]:
        """(kind, constant) of each class and relation it names, for a check against the ontology."""
        for thing in self.things.values():
            yield from (("class", c) for c in (thing.cls.constant, thing.otherwise, *thing.ends) if c)
        for rule in self.relations:
            if rule.relation.constant:
                yield "relation", rule.relation.constant


def header_key(text: str) -> str:
    """Headers are compared without width, case and surrounding or inner spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def choose(header: Sequence[str], mappings: Sequence[TableMapping], where: str) -> TableMapping:
    """The mapping whose headers the table has, the one that names most of them first."""
    fitting = [mapping for mapping in mappings if mapping.fits(header)]
    if not fitting:
        seen = ", ".join(cell for cell in header if cell)
        raise SourceError(
            f"no mapping fits this table; its headers are: {seen}", where=where,
            hint=f"write a mapping that says what these columns mean ({_GUIDE}) and give it with"
                 f" --mapping FILE.yaml; bundled are: {', '.join(m.name for m in mappings)}",
        )
    return max(fitting, key=lambda mapping: (mapping.preferred, len(mapping.headers), mapping.name))


@cache
def bundled() -> tuple[TableMapping, ...]:
    """The mappings that come with the product, by name."""
    return tuple(read_mapping(path) for path in sorted(_BUNDLED.glob("*.yaml")))


def read_mapping(path: Path) -> TableMapping:
    """A mapping from a YAML file. SourceError names the key that is wrong."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SourceError(f"mapping {path.name} cannot be read: {error.strerror}", where=path.name) from error
    except UnicodeDecodeError as error:
        raise SourceError(f"mapping {path.name} is no YAML: {error}", where=path.name) from error
    return mapping_from_text(text, path.name)


def own_mapping(path: Path) -> TableMapping:
    """A user's own mapping: it wins wherever it fits."""
    read = read_mapping(path)
    return replace(read, preferred=True, text=path.read_bytes().decode("utf-8-sig"))


def mapping_from_text(text: str, name: str) -> TableMapping:
    """The same from text that is at hand."""
    try:
        tree = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise SourceError(f"mapping {name} is no YAML: {error}", where=name) from error
    return _Reader(name).mapping(name.rpartition(".")[0] or name, tree)


def beside(table: Path) -> Path | None:
    """The mapping that lies beside a table: ``firms.yaml`` for ``firms.csv``, else the folder's
    ``mapping.yaml``."""
    for name in (table.stem, "mapping"):
        for suffix in MAPPING_SUFFIXES:
            found = table.with_name(name + suffix)
            if found.is_file():
                return found
    return None


class _Reader:
    """Turns the YAML tree into dataclasses; every error says file and key."""

    def __init__(self, file: str) -> None:
        self.file = file

    def wrong(self, where: str, what: str) -> SourceError:
        return SourceError(f"mapping {self.file}: {where}: {what}", where=f"{self.file}: {where}",
                           hint=f"the keys are described in {_GUIDE}")

    def mapping(self, name: str, tree: object) -> TableMapping:
        top = self.keys("top level", tree, required=("headers",), optional=(
            "name", "title", "source", "things", "relations", "observations", "coverage"))
        headers = self.words("headers", top["headers"])
        if not headers:
            raise self.wrong("headers", "names no column")
        things = {key: self.thing(f"things.{key}", key, value)
                  for key, value in self.table("things", top.get("things")).items()}
        result = TableMapping(
            name=self.word("name", top.get("name", name)), headers=headers, things=things,
            title=self.word("title", top.get("title", "")), source=self.source(top.get("source")),
            relations=tuple(self.relation(where, entry, things)
                            for where, entry in self.listed("relations", top)),
            observations=tuple(self.observation(where, entry, things)
                               for where, entry in self.listed("observations", top)),
            coverage=tuple(self.coverage(where, entry) for where, entry in self.listed("coverage", top)),
        )
        if not (things or result.coverage):
            raise self.wrong("things", "is empty: the mapping states nothing")
        return result

    def thing(self, where: str, key: str, value: object) -> ThingRule:
        tree = self.keys(where, value, required=("class", "name"), optional=(
            "otherwise", "ends", "subtype", "place", "code", "aliases", "attributes"))
        ends = self.table(f"{where}.ends", tree.get("ends"))
        return ThingRule(
            key=key, cls=self.ref(f"{where}.class", tree["class"], plain_is_constant=True),
            name=self.ref(f"{where}.name", tree["name"]),
            otherwise=self.word(f"{where}.otherwise", tree.get("otherwise", "")),
            ends={cls: self.words(f"{where}.ends.{cls}", words) for cls, words in ends.items()},
            subtype=self.ref(f"{where}.subtype", tree.get("subtype")),
            place=self.ref(f"{where}.place", tree.get("place")),
            code=self.ref(f"{where}.code", tree.get("code")),
            aliases=self.ref(f"{where}.aliases", tree.get("aliases")),
            attributes=self.refs(f"{where}.attributes", tree.get("attributes")),
        )

    def relation(self, where: str, value: object, things: Mapping[str, ThingRule]) -> RelationRule:
        tree = self.keys(where, value, required=("relation", "subject", "object"),
                         optional=("when", "qualifiers", "polarity"))
        return RelationRule(
            relation=self.ref(f"{where}.relation", tree["relation"], plain_is_constant=True),
            subject=self.end(f"{where}.subject", tree["subject"], things),
            object=self.end(f"{where}.object", tree["object"], things),
            when=self.when(f"{where}.when", tree.get("when")),
            qualifiers=self.refs(f"{where}.qualifiers", tree.get("qualifiers")),
            polarity=self.ref(f"{where}.polarity", tree.get("polarity", "stated"), plain_is_constant=True),
        )

    def observation(self, where: str, value: object, things: Mapping[str, ThingRule]) -> ObservationRule:
        tree = self.keys(where, value, required=("subject", "metric"), optional=(
            "period", "value", "unit", "text", "kind", "scope", "when"))
        if "value" not in tree and "text" not in tree:
            raise self.wrong(where, "has neither value nor text")
        return ObservationRule(
            subject=self.end(f"{where}.subject", tree["subject"], things),
            metric=self.ref(f"{where}.metric", tree["metric"]),
            period=self.ref(f"{where}.period", tree.get("period")),
            value=self.ref(f"{where}.value", tree.get("value")),
            unit=self.ref(f"{where}.unit", tree.get("unit")),
            text=self.ref(f"{where}.text", tree.get("text")),
            kind=self.ref(f"{where}.kind", tree.get("kind", "actual"), plain_is_constant=True),
            scope=self.refs(f"{where}.scope", tree.get("scope")),
            when=self.when(f"{where}.when", tree.get("when")),
        )

    def source(self, value: object) -> SourceRule:
        tree = self.keys("source", value or {}, optional=("title", "url", "grade", "published"))
        return SourceRule(**{key: self.ref(f"source.{key}", entry) for key, entry in tree.items()})

    def coverage(self, where: str, value: object) -> CoverageRule:
        tree = self.keys(where, value, required=("of", "region", "author"),
                         optional=("period", "note", "class"))
        return CoverageRule(
            of=self.ref(f"{where}.of", tree["of"], plain_is_constant=True),
            cls=self.ref(f"{where}.class", tree.get("class"), plain_is_constant=True),
            **{key: self.ref(f"{where}.{key}", tree.get(key))
               for key in ("region", "author", "period", "note")},
        )

    def ref(self, where: str, value: object, *, plain_is_constant: bool = False) -> Ref:
        if value is None:
            return Ref()
        if isinstance(value, str | int):
            return Ref(constant=str(value)) if plain_is_constant else Ref(column=str(value))
        tree = self.keys(where, value, optional=("column", "constant", "split"))
        if ("column" in tree) == ("constant" in tree):
            raise self.wrong(where, "give either a column or a constant")
        return Ref(**{key: self.word(f"{where}.{key}", entry) for key, entry in tree.items()})

    def refs(self, where: str, value: object) -> Mapping[str, Ref]:
        return {key: self.ref(f"{where}.{key}", entry) for key, entry in self.table(where, value).items()}

    def when(self, where: str, value: object) -> Mapping[str, tuple[str, ...] | str]:
        conditions: dict[str, tuple[str, ...] | str] = {}
        for column, wanted in self.table(where, value).items():
            if wanted in (EMPTY, GIVEN):
                conditions[column] = str(wanted)
            else:
                conditions[column] = self.words(f"{where}.{column}", wanted)
        return conditions

    def end(self, where: str, value: object, things: Mapping[str, ThingRule]) -> str:
        key = self.word(where, value)
        if key not in things:
            raise self.wrong(where, f"{key!r} is none of the things: {', '.join(things)}")
        return key

    def keys(self, where: str, value: object, *, required: tuple[str, ...] = (),
             optional: tuple[str, ...] = ()) -> dict[str, object]:
        tree = self.table(where, value)
        for key in required:
            if key not in tree:
                raise self.wrong(where, f"the key {key!r} is missing")
        for key in tree:
            if key not in required + optional:
                raise self.wrong(where, f"unknown key {key!r}; known are {', '.join(required + optional)}")
        return tree

    def table(self, where: str, value: object) -> dict[str, object]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise self.wrong(where, f"should hold keys and values, not {value!r}")
        return {str(key): entry for key, entry in value.items()}

    def listed(self, key: str, tree: dict[str, object]) -> list[tuple[str, object]]:
        """(place, entry) of the list under a key."""
        return [(f"{key}[{n}]", entry) for n, entry in enumerate(self.items(key, tree.get(key)))]

    def items(self, where: str, value: object) -> list[object]:
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.wrong(where, "should be a list")
        return value

    def words(self, where: str, value: object) -> tuple[str, ...]:
        if isinstance(value, str):
            return (value,)
        return tuple(self.word(where, entry) for entry in self.items(where, value))

    def word(self, where: str, value: object) -> str:
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            raise self.wrong(where, f"should be text, not {value!r}")
        return str(value)
