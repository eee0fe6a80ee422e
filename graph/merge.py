"""What several documents say of one item → the item's properties. Pure.

The properties of a node or relationship depend on the *set* of its supports and of what each
document gives for it, never on the order in which documents came (contract §1). So taking a
document out is: drop what is its own, derive again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.hashing import empty, line
from graph.ids import key_of
from graph.schema import NODE_COLUMNS, RELATIONSHIP_COLUMNS, STRINGS, UNNAMED, Table, coerced
from graph.types import NodeStatement, RelationshipStatement, Support, Value

Values = dict[str, Value]

_LISTS = ("passages", "stated_as", "sources")


@dataclass(frozen=True)
class Ends:
    """What makes a relationship this one, besides its id."""

    source: str
    source_class: str
    target: str
    target_class: str
    polarity: str


@dataclass
class Item:
    """A node (``ends`` is None) or relationship while it is being merged.

    ``variants``: for each document that supports it, the properties that document gives.
    """

    id: str
    table: Table
    ends: Ends | None = None
    supports: set[Support] = field(default_factory=set)
    variants: dict[str, Values] = field(default_factory=dict)

    def drop(self, document: str) -> None:
        """Take back what a document says of it."""
        self.supports = {s for s in self.supports if s.document != document}
        self.variants.pop(document, None)

    def add(self, document: str, statement: NodeStatement | RelationshipStatement) -> None:
        """Put in what a document says of it; twice in one document is as good as once."""
        self.supports.update(statement.supports)
        node = isinstance(statement, NodeStatement)
        given = statement.properties if isinstance(statement, NodeStatement) else statement.qualifiers
        properties: Values = {}
        for name, value in given.items():
            kept = coerced(self.table, "aliases" if node and name == "alias" else name, value)
            if not empty(kept):
                properties[name] = kept
        known = self.variants.get(document)
        self.variants[document] = properties if known is None else _filled([known, properties], sort=True)

    def values(self, broader: Mapping[str, str]) -> Values:
        """All properties, empty ones left out. ``broader``: subtype → the wider one."""
        values = _filled([self.variants[d] for d in sorted(self.variants)])
        values["id"] = self.id
        derived: Iterable[str] = ()
        if self.ends is None:
            values["class"] = self.table.name
            derived = self._derive(values, broader)
        else:
            values["polarity"] = self.ends.polarity
        supports = sorted(self.supports) if len(self.supports) > 1 else list(self.supports)
        values["passages"] = [s.passage for s in supports]
        values["stated_as"] = [s.stated_as for s in supports]
        values["sources"] = [s.source for s in supports]
        values = {k: v for k, v in values.items() if not empty(v)}
        common = _common(self.ends is None, values, derived)
        if any(given != common for given in self.variants.values()):
            values["variants"] = [
                json.dumps([d, p], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
                for d, p in sorted(self.variants.items()) if p
            ]
        return values

    def _derive(self, values: Values, broader: Mapping[str, str]) -> Iterable[str]:
        """Put in what the supports state; gives its names."""
        stated = _stated(self.table, self.supports)
        names = stated.pop("name", Counter())
        aliases = stated.pop("alias", Counter())
        if names or aliases:
            values["name"] = _first(names or aliases)
        elif "name" not in values and self.table.name not in UNNAMED:
            values["name"] = key_of(self.id)
        others = (names.keys() | aliases.keys()) - {values.get("name")}
        if others:
            values["aliases"] = sorted(others)
        subtypes = stated.pop("subtype", Counter())
        if subtypes:
            wider = {broader.get(s, "") for s in subtypes}
            finest = Counter({s: n for s, n in subtypes.items() if s not in wider})
            values["subtype"] = _first(finest or subtypes)
        for attribute, tally in stated.items():
            values[attribute] = coerced(self.table, attribute, _first(tally))
        return stated.keys()


def stored_item(table: Table, values: Mapping[str, Value], ends: Ends | None = None) -> Item:
    """An item as it stands in the store, ready to be merged with more."""
    kept = {k: v for k, v in values.items() if not empty(v)}
    lists = [kept.get(name) for name in _LISTS]
    supports = set()
    if all(isinstance(entry, list) for entry in lists):
        supports = {Support(str(p), str(s), str(u)) for p, s, u in zip(*lists, strict=True)}
    return Item(
        id=str(kept["id"]), table=table, ends=ends, supports=supports,
        variants=_variants_from(table, ends is None, kept, supports),
    )


def hashed(name: str, values: Mapping[str, Value], ends: Ends | None) -> Values:
    """What the graph hash takes of an item: its properties, with type (``name``) and ends of a
    relationship."""
    if ends is None:
        return dict(values)
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
    common = _common(node, values, _stated(table, supports) if node else ())
    return {document: dict(common) for document in documents}


def _common(node: bool, values: Mapping[str, Value], derived: Iterable[str]) -> Values:
    """The properties that are given, and neither of every item nor derived from what is stated."""
    base = NODE_COLUMNS if node else RELATIONSHIP_COLUMNS
    return {k: v for k, v in values.items() if k not in base and k not in derived}


def _stated(table: Table, supports: Iterable[Support]) -> dict[str, Counter[str]]:
    """attribute → value → in how many passages. What the ontology does not know stays in the
    supports and is not shown."""
    tallies: dict[str, Counter[str]] = {}
    for support in supports:
        attribute, equals, value = support.stated_as.partition("=")
        if not equals or not value:
            continue
        shown = attribute in ("name", "alias", "code", "subtype") or (
            attribute not in NODE_COLUMNS and table.columns.get(attribute, STRINGS) != STRINGS
        )
        if shown:
            tallies.setdefault(attribute, Counter())[value] += 1
    return tallies


def _first(tally: Counter[str]) -> str:
    """The value that most passages state; of equals the longest, then the smallest."""
    return min(tally, key=lambda value: (-tally[value], -len(value), value))


def _filled(variants: list[Values], *, sort: bool = False) -> Values:
    """The first one's properties, with what only later ones have."""
    merged: Values = {}
    for properties in sorted(variants, key=line) if sort else variants:
        for name, value in properties.items():
            merged.setdefault(name, value)
    return merged
