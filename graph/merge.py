"""What several documents say of one item → the item's properties. Pure.

The properties of a node or relationship depend on the *set* of its supports and of what each
document gives for it, never on the order in which documents came (contract §1). So taking a
document out is: drop what is its own, derive again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.hashing import line
from graph.ids import key_of
from graph.schema import NODE_COLUMNS, RELATIONSHIP_COLUMNS, STRINGS, UNNAMED, Table, coerced
from graph.types import Support, Value

Values = dict[str, Value]

_LISTS = ("passages", "stated_as", "sources")
_NOTHING: Set[str] = frozenset()


class Ends(NamedTuple):
    """What makes a relationship this one, besides its id."""

    source: str
    source_class: str
    target: str
    target_class: str
    polarity: str


@dataclass(slots=True)
class Item:
    """A node (``ends`` is None) or relationship while it is being merged.

    ``supports``: each once. ``variants``: for each document that supports it, the properties that
    document gives.
    """

    id: str
    table: Table
    ends: Ends | None = None
    supports: Collection[Support] = ()
    variants: dict[str, Values] = field(default_factory=dict)

    def drop(self, document: str) -> None:
        """Take back what a document says of it."""
        self.supports = {s for s in self.supports if s.document != document}
        self.variants.pop(document, None)

    def add(self, document: str, supports: Collection[Support], given: Mapping[str, Value]) -> None:
        """Put in what a document says of it; twice in one document is as good as once."""
        one = not self.supports and len(supports) == 1  # of most items, and a set takes room
        self.supports = supports if one else {*self.supports, *supports}
        properties: Values = {}
        for name, value in given.items():
            alias = name == "alias" and self.ends is None
            kept = coerced(self.table, "aliases" if alias else name, value)
            if kept or kept == 0:
                properties[name] = kept
        known = self.variants.get(document)
        self.variants[document] = properties if known is None else _filled([known, properties], sort=True)

    def values(self, broader: Mapping[str, str]) -> Values:
        """All properties, none of them empty. ``broader``: subtype → the wider one."""
        variants = self.variants if len(self.variants) == 1 else dict(sorted(self.variants.items()))
        values = _filled(list(variants.values()))
        values["id"] = self.id
        derived: Set[str] = _NOTHING
        if self.ends is None:
            values["class"] = self.table.name
            derived = self._derive(values, broader)
        elif self.ends.polarity:
            values["polarity"] = self.ends.polarity
        supports = self.supports if len(self.supports) == 1 else sorted(self.supports)
        passages, stated, sources = zip(*supports)  # noqa: B905 - strict takes as long as the rest
        values["passages"], values["stated_as"] = list(passages), list(stated)
        values["sources"] = list(sources)
        if self._told_apart(values, derived):
            explicit: list[str] = [
                json.dumps([d, p], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
                for d, p in variants.items() if p
            ]
            if explicit:
                values["variants"] = explicit
        return values

    def _told_apart(self, values: Values, derived: Set[str]) -> bool:
        """Whether what each document gives has to be kept beside the properties."""
        if len(self.variants) != 1:
            common = _common(self.ends is None, values, derived)
            return any(given != common for given in self.variants.values())
        (given,) = self.variants.values()
        base = NODE_COLUMNS if self.ends is None else RELATIONSHIP_COLUMNS
        return not (base.keys().isdisjoint(given) and derived.isdisjoint(given))

    def _derive(self, values: Values, broader: Mapping[str, str]) -> Set[str]:
        """Put in what the supports state; gives its names."""
        stated = _stated(self.table, self.supports)
        names = stated.pop("name", {})
        aliases = stated.pop("alias", {})
        if names or aliases:
            values["name"] = _first(names or aliases)
        elif "name" not in values and self.table.name not in UNNAMED and key_of(self.id):
            values["name"] = key_of(self.id)
        others = (names.keys() | aliases.keys()) - {values.get("name")}
        if others:
            values["aliases"] = sorted(others)
        subtypes = stated.pop("subtype", {})
        if subtypes:
            wider = {broader.get(s, "") for s in subtypes}
            finest = {s: n for s, n in subtypes.items() if s not in wider}
            values["subtype"] = _first(finest or subtypes)
        for attribute, tally in stated.items():
            values[attribute] = coerced(self.table, attribute, _first(tally))
        return stated.keys()


def stored_item(table: Table, values: Mapping[str, Value], ends: Ends | None = None) -> Item:
    """An item as it stands in the store, ready to be merged with more."""
    kept = {k: v for k, v in values.items() if v or v == 0}
    lists = [kept.get(name) for name in _LISTS]
    supports = set()
    if all(isinstance(entry, list) for entry in lists):
        supports = {Support(str(p), str(s), str(u)) for p, s, u in zip(*lists, strict=True)}
    return Item(
        id=str(kept["id"]), table=table, ends=ends, supports=supports,
        variants=_variants_from(table, ends is None, kept, supports),
    )


def hashed(name: str, values: Values, ends: Ends | None) -> Values:
    """What the graph hash takes of an item: its properties, with type (``name``) and ends of a
    relationship."""
    if ends is None:
        return values
    return {**values, "type": name, "source": ends.source, "target": ends.target}


def _variants_from(
    table: Table, node: bool, values: Mapping[str, Value], supports: Iterable[Support]
) -> dict[str, Values]:
    """What each document gives, read from an item's stored properties: the explicit list where
    there is one, else all documents give the same, namely what no support states."""
    documents = {s.document for s in supports}
    explicit = values.get("variants")
    found: dict[str, Values] = {document: {} for document in documents}
    if isinstance(explicit, list):
        for entry in explicit:
            document, properties = json.loads(str(entry))
            found[document] = properties
        return found
    common = _common(node, values, _stated(table, supports).keys() if node else frozenset())
    return {document: dict(common) for document in documents}


def _common(node: bool, values: Mapping[str, Value], derived: Set[str]) -> Values:
    """The properties that are given, and neither of every item nor derived from what is stated."""
    base = NODE_COLUMNS if node else RELATIONSHIP_COLUMNS
    return {k: v for k, v in values.items() if k not in base and k not in derived}


def _stated(table: Table, supports: Iterable[Support]) -> dict[str, dict[str, int]]:
    """attribute → value → in how many passages. What the ontology does not know stays in the
    supports and is not shown."""
    tallies: dict[str, dict[str, int]] = {}
    for support in supports:
        attribute, equals, value = support.stated_as.partition("=")
        if not equals or not value:
            continue
        shown = attribute in ("name", "alias", "code", "subtype") or (
            attribute not in NODE_COLUMNS and table.columns.get(attribute, STRINGS) != STRINGS
        )
        if shown:
            tally = tallies.setdefault(attribute, {})
            tally[value] = tally.get(value, 0) + 1
    return tallies


def _first(tally: Mapping[str, int]) -> str:
    """The value that most passages state; of equals the longest, then the smallest."""
    if len(tally) == 1:
        return next(iter(tally))
    return min(tally, key=lambda value: (-tally[value], -len(value), value))


def _filled(variants: list[Values], *, sort: bool = False) -> Values:
    """The first one's properties, with what only later ones have."""
    if len(variants) == 1:
        return dict(variants[0])
    merged: Values = {}
    for properties in sorted(variants, key=line) if sort else variants:
        for name, value in properties.items():
            merged.setdefault(name, value)
    return merged
