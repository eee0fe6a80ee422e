"""Ontology → tables: a node table per class, a table per relation with all pairs of labels that
the ontology allows, every column typed; on Neo4j → constraints and indexes.

Both the writer and the growth of a store's schema (a user's own ``.ttl``) work from this.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph.dialect import quoted
from graph.types import Value
from ontology import structure
from ontology.errors import StoreError
from ontology.model import Ontology

STRING, INTEGER, DOUBLE, BOOLEAN = "STRING", "INT64", "DOUBLE", "BOOL"
STRINGS, INTEGERS = "STRING[]", "INT64[]"

#: columns that every node has; ``variants`` is filled only where documents state the properties
#: of one node differently, or where they cannot be told from derived ones (graph/merge.py)
NODE_COLUMNS: Mapping[str, str] = {
    "id": STRING, "class": STRING, "name": STRING, "subtype": STRING, "aliases": STRINGS,
    "code": STRING, **dict.fromkeys(structure.SUPPORT_LISTS, STRINGS), "variants": STRINGS,
}
RELATIONSHIP_COLUMNS: Mapping[str, str] = {
    "id": STRING, "polarity": STRING, **dict.fromkeys(structure.SUPPORT_LISTS, STRINGS),
    "variants": STRINGS,
}

#: classes whose nodes are no things that a question names: they get no name but a stated one
UNNAMED = frozenset({
    structure.OBSERVATION, structure.PASSAGE, structure.CONTENT, structure.LOAD_RUN,
    structure.COVERAGE, structure.DECISION,
})

_SPAN = {"document": STRING, "start": INTEGER, "end": INTEGER, "order": INTEGER, "kind": STRING}
#: the columns of structural classes (contract §2), whatever else the ontology declares for them
_STRUCTURAL_COLUMNS: Mapping[str, Mapping[str, str]] = {
    structure.OBSERVATION: {
        "metric": STRING, "period": STRING, "start": STRING, "end": STRING, "value": DOUBLE,
        "low": DOUBLE, "high": DOUBLE, "text": STRING, "unit": STRING, "base_value": DOUBLE,
        "base_unit": STRING, "bound": STRING, "value_kind": STRING, "scope": STRING,
        "decimals": INTEGER,
    },
    structure.METRIC: {"unit": STRING, "polarity": INTEGER},
    structure.DOCUMENT: {
        "title": STRING, "number": STRING, "issuer": STRING, "dated": STRING, "draft": BOOLEAN,
        "place": STRING, "digest": STRING,
    },
    structure.SECTION: {
        **_SPAN, "number": STRING, "label": STRING, "title": STRING, "level": INTEGER,
    },
    structure.PASSAGE: {**_SPAN, "text": STRING, "section": STRING, "cites": INTEGERS},
    structure.CONTENT: {
        "document": STRING, "part": INTEGER, "kind": STRING, "data": STRING, "size": INTEGER,
    },
    structure.SOURCE: {"title": STRING, "url": STRING, "grade": STRING, "published": STRING},
    structure.COVERAGE: {
        "covers": STRING, "region": STRING, "period": STRING, "source": STRING, "author": STRING,
    },
    structure.LOAD_RUN: {"started": STRING, "finished": STRING},
    structure.DECISION: {"kind": STRING, "author": STRING, "text": STRING},
}
#: pairs that the structure needs; "*" stands for every class that is no structure itself
_STRUCTURAL_PAIRS: Mapping[str, tuple[tuple[str, str], ...]] = {
    structure.ABOUT: (
        (structure.OBSERVATION, "*"), (structure.OBSERVATION, structure.DOCUMENT),
        (structure.OBSERVATION, structure.SECTION),
    ),
    structure.MEASURES: ((structure.OBSERVATION, structure.METRIC),),
    structure.STATED_IN: ((structure.OBSERVATION, structure.PASSAGE),),
    structure.IN_SECTION: (
        (structure.PASSAGE, structure.SECTION), (structure.SECTION, structure.SECTION),
        ("*", structure.SECTION),
    ),
    structure.IN_DOCUMENT: (
        (structure.SECTION, structure.DOCUMENT), (structure.PASSAGE, structure.DOCUMENT),
        ("*", structure.DOCUMENT),
    ),
    structure.FROM_SOURCE: ((structure.PASSAGE, structure.SOURCE),),
}
_INTEGER_TYPES = {"integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger"}
_DOUBLE_TYPES = {"decimal", "double", "float"}


@dataclass(frozen=True)
class Table:
    """A class or a relation as a table. ``pairs`` (from label, to label) for relations only."""

    name: str
    columns: Mapping[str, str]
    pairs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Schema:
    nodes: Mapping[str, Table]
    relationships: Mapping[str, Table]

    def text(self) -> str:
        """As it is kept with a version."""
        return json.dumps(
            [[[t.name, dict(t.columns), t.pairs] for t in tables.values()]
             for tables in (self.nodes, self.relationships)],
            ensure_ascii=False, separators=(",", ":"),
        )

    def grown_from(self, stored: str) -> Schema:
        """This schema with all that a store (its ``text()``) has besides, so that a load with
        fewer ``.ttl`` files still sees what one with more has written. Types stay as they are."""
        if not stored:
            return self
        nodes, relationships = (
            {name: Table(name, columns, tuple((s, e) for s, e in pairs)) for name, columns, pairs in tables}
            for tables in json.loads(stored)
        )
        return Schema(_grown(nodes, self.nodes), _grown(relationships, self.relationships))


def schema_of(ontology: Ontology) -> Schema:
    """The tables that an ontology asks for."""
    labels = sorted({*ontology.classes, *_STRUCTURAL_COLUMNS})
    families = {label: _wider(ontology, label) for label in labels}
    nodes = {}
    for label in labels:
        columns = dict(NODE_COLUMNS)
        for attribute in sorted(ontology.attributes.values(), key=lambda a: a.name):
            if not attribute.domain or attribute.domain & families[label]:
                columns.setdefault(attribute.name, column_type(attribute.datatype))
        columns.update(_STRUCTURAL_COLUMNS.get(label, {}))
        nodes[label] = Table(label, columns)
    things = [
        n for n in labels
        if n not in _STRUCTURAL_COLUMNS and not (n in ontology.classes and ontology.classes[n].structural)
    ]
    relationships = {}
    for name in sorted({*ontology.relations, *_STRUCTURAL_PAIRS}):
        pairs: set[tuple[str, str]] = set()
        columns = dict(RELATIONSHIP_COLUMNS)
        for start, end in _STRUCTURAL_PAIRS.get(name, ()):
            pairs.update((s, e) for s in _star(start, things) for e in _star(end, things))
        relation = ontology.relations.get(name)
        if relation is not None:
            domain = [n for n in labels if families[n] & relation.domain] if relation.domain else things
            range_ = [n for n in labels if families[n] & relation.range] if relation.range else things
            pairs.update((s, e) for s in domain for e in range_)
            for qualifier, datatype in sorted((relation.qualifiers or {}).items()):
                columns.setdefault(qualifier, column_type(datatype))
            for qualifier in relation.identifying:
                columns.setdefault(qualifier, STRING)
        relationships[name] = Table(name, columns, tuple(sorted(pairs)))
    return Schema(nodes, relationships)


def column_type(datatype: str) -> str:
    """An XSD type (``xsd:integer``, a full IRI or a local name) as the engine's column type."""
    local = datatype.replace("#", ":").rpartition(":")[2]
    if local in _INTEGER_TYPES:
        return INTEGER
    if local in _DOUBLE_TYPES:
        return DOUBLE
    return BOOLEAN if local == "boolean" else STRING


def growth(schema: Schema, existing: Iterable[str]) -> Iterator[str]:
    """The statements that bring a store with the tables ``existing`` to ``schema``. Nothing is
    ever dropped: a store keeps the columns of an ontology that is no longer given."""
    present = set(existing)
    for table in schema.nodes.values():
        if table.name not in present:
            columns = ", ".join(
                f"{quoted(c)} {t}{' PRIMARY KEY' if c == 'id' else ''}" for c, t in table.columns.items()
            )
            yield f"CREATE NODE TABLE {quoted(table.name)} ({columns})"
        else:
            yield from _added_columns(table)
    for table in schema.relationships.values():
        if table.name not in present:
            if not table.pairs:
                continue
            pairs = ", ".join(f"FROM {quoted(s)} TO {quoted(e)}" for s, e in table.pairs)
            columns = ", ".join(f"{quoted(c)} {t}" for c, t in table.columns.items())
            yield f"CREATE REL TABLE {quoted(table.name)} ({pairs}, {columns})"
        else:
            yield from _added_columns(table)
            for start, end in table.pairs:
                yield (
                    f"ALTER TABLE {quoted(table.name)} ADD IF NOT EXISTS "
                    f"FROM {quoted(start)} TO {quoted(end)}"
                )


#: properties of nodes that Neo4j looks up by themselves. They are short; ``name`` may be too long for
#: a range index, so it has the full-text one.
_LOOKED_UP = ("code", "document", "period", "metric")


def constraints(schema: Schema) -> Iterator[str]:
    """The constraints and indexes of a Neo4j database, each made where it is not there yet."""
    for label, table in schema.nodes.items():
        yield (
            f"CREATE CONSTRAINT {quoted(f'nqi_{label}_id')} IF NOT EXISTS "
            f"FOR (n:{quoted(label)}) REQUIRE n.id IS UNIQUE"
        )
        for column in _LOOKED_UP:
            if column in table.columns and (column != "code" or label not in _STRUCTURAL_COLUMNS):
                yield (
                    f"CREATE INDEX {quoted(f'nqi_{label}_{column}')} IF NOT EXISTS "
                    f"FOR (n:{quoted(label)}) ON (n.{quoted(column)})"
                )
    named = "|".join(quoted(label) for label in schema.nodes if label not in UNNAMED)
    # 重科 finds 中联重科股份有限公司
    yield (
        f"CREATE FULLTEXT INDEX nqi_names IF NOT EXISTS FOR (n:{named}) ON EACH [n.name, n.aliases] "
        "OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk', `fulltext.eventually_consistent`: true}}"
    )
    yield (
        f"CREATE FULLTEXT INDEX nqi_passages IF NOT EXISTS FOR (n:{structure.PASSAGE}) ON EACH [n.text] "
        "OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk', `fulltext.eventually_consistent`: true}}"
    )


def coerced(table: Table, column: str, value: Value) -> Value:
    """``value`` in the type of its column, so that what is hashed is what is read back."""
    kind = table.columns.get(column)
    if kind is None:
        raise StoreError(
            f"{table.name} has no property {column!r}",
            hint="declare it in the ontology, as an attribute of the class or a qualifier of the relation",
        )
    if kind == STRING and isinstance(value, str):
        return value or None
    if value is None or value == "" or value == []:
        return None
    try:
        if kind == STRINGS:
            return [str(v) for v in (value if isinstance(value, list) else [value])]
        if kind == INTEGERS:
            return [_whole(int(v)) for v in (value if isinstance(value, list) else [value])]
        if isinstance(value, list):
            raise TypeError
        if kind == INTEGER:
            return _whole(int(value))
        if kind == DOUBLE:
            return _finite(float(value))
        if kind == BOOLEAN:
            return value if isinstance(value, bool) else {"true": True, "false": False}[str(value).lower()]
    except (ValueError, TypeError, KeyError, OverflowError):
        raise StoreError(
            f"{table.name}.{column} takes {kind}, not {value!r}",
            hint="the property's type is declared in the ontology",
        ) from None
    return str(value)


def _grown(stored: dict[str, Table], wanted: Mapping[str, Table]) -> dict[str, Table]:
    grown = dict(stored)
    for name, table in wanted.items():
        known = stored.get(name, Table(name, {}))
        grown[name] = Table(
            name, {**known.columns, **{c: t for c, t in table.columns.items() if c not in known.columns}},
            tuple(sorted({*known.pairs, *table.pairs})),
        )
    return dict(sorted(grown.items()))


def _finite(number: float) -> float:
    if not math.isfinite(number):
        raise ValueError
    return number


def _whole(number: int) -> int:
    if not -(1 << 63) <= number < 1 << 63:
        raise ValueError
    return number


def _added_columns(table: Table) -> Iterator[str]:
    for column, kind in table.columns.items():
        if column != "id":
            yield f"ALTER TABLE {quoted(table.name)} ADD IF NOT EXISTS {quoted(column)} {kind}"


def _wider(ontology: Ontology, label: str) -> frozenset[str]:
    """The class and all classes above it; a cycle in the file ends the walk."""
    seen: list[str] = []
    while label and label not in seen:
        seen.append(label)
        known = ontology.classes.get(label)
        label = known.parent if known else ""
    return frozenset(seen)


def _star(label: str, things: list[str]) -> list[str]:
    return things if label == "*" else [label]
