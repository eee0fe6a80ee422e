"""Contributions → the graph: read what is touched, merge, write what changed, in batches.

Engine-free but for the head of a batch (``graph/dialect.py``): a session runs the statements.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple, Protocol

from graph.completed import completed
from graph.dialect import Dialect, quoted
from graph.entity_index import Named
from graph.hashing import GraphHash, empty
from graph.merge import Ends, Item, Values, hashed, stored_item
from graph.schema import STRING, Schema, Table
from graph.types import Contribution, RelationshipStatement, Value
from graph.uncollected import uncollected
from ontology import structure
from ontology.errors import StoreError

#: rows of one batched statement
_BATCH_ROWS = 20_000
#: documents looked for in one pass over the graph
_DOCUMENTS_AT_ONCE = 16
#: classes that the graph hash leaves out (contract §1)
UNHASHED = frozenset({structure.LOAD_RUN})

_END_COLUMNS = {"e_src": STRING, "e_dst": STRING}


#: the ids of a relationship's ends (of a node: empty), and its properties
Row = tuple[str, str, Values]
#: where an item is kept: whether it is a relationship, its table, the classes of its ends
_Place = tuple[bool, str, str, str]
#: an item, what it was and what it becomes (None: it is not there)
_Changed = tuple[Item, Values | None, Values | None]


class Session(Protocol):
    """A connection that may write. ``inserts_from``: from so many rows on ``insert`` pays;
    ``inserts_at_once``: so many of them in one part, all where it is None."""

    inserts_from: int
    inserts_at_once: int | None

    def rows(self, query: str, params: Mapping[str, object] | None = None) -> list[list[Value]]: ...

    def batch(
        self, query: str, columns: Mapping[str, str], rows: Sequence[Mapping[str, Value]]
    ) -> list[list[Value]]:
        """Run a statement whose head is the dialect's batch head, once for all rows, of which only
        what is in ``columns`` counts."""
        ...

    def insert(
        self, table: str, pair: tuple[str, str], columns: Mapping[str, str], parts: Iterable[list[Row]]
    ) -> None:
        """Put in rows that are known to be new and whose ends are known to exist, faster than a
        MERGE can. It may come back before they are in: while some are written the next ones are made."""
        ...


class Change(NamedTuple):
    """What became of one item: enough to put it back as it was (``Writer.restore``).

    ``before`` is None where it was not there, ``there`` False where it is gone."""

    name: str
    id: str
    ends: Ends | None
    before: Values | None
    there: bool


class Writer:
    """Merges contributions into one graph. Keeps the hash and the counts up to date.

    ``documents``: id → digest of the documents in the graph. ``renamed``: nodes (class, id) whose
    names have changed, with their names now (None: gone); where there are any, the entity index has to be
    built anew. ``changes``: what was changed, where ``journal`` asks for it.
    """

    def __init__(
        self, session: Session, schema: Schema, dialect: Dialect, broader: Mapping[str, str],
        graph_hash: GraphHash, nodes: Mapping[str, int], relationships: Mapping[str, int],
        documents: Mapping[str, str], *, journal: bool = False,
    ) -> None:
        self._session = session
        self._schema = schema
        self._dialect = dialect
        self._broader = broader
        self.graph_hash = graph_hash
        self.nodes = Counter(nodes)
        self.relationships = Counter(relationships)
        self.documents = dict(documents)
        self.renamed: dict[tuple[str, str], Named | None] = {}
        self.changes: list[Change] = []
        self._journal = journal
        self._due: deque[list[_Changed]] = deque()

    def apply(self, contributions: Sequence[Contribution], remove: Iterable[str] = ()) -> None:
        """Put in the contributions in place of what their documents said before, and take back
        the documents in ``remove``."""
        new = {c.document: completed(c) for c in contributions}
        begun = (document for document, c in new.items() if c.begins)
        gone = {d for d in (*remove, *begun) if d in self.documents}
        with uncollected():
            self._apply(new, gone)
        for document in gone - new.keys():
            del self.documents[document]
        self.documents.update({c.document: c.digest for c in new.values()})

    def _apply(self, new: Mapping[str, Contribution], gone: set[str]) -> None:
        items: dict[tuple[str, str], Item] = {}
        before: dict[tuple[str, str], Values] = {}
        for item, values in self._supported_by(sorted(gone)):
            items[item.table.name, item.id] = item
            before[item.table.name, item.id] = values
        self._fetch_named(new.values(), items, before)
        for item in items.values():
            for document in gone:
                item.drop(document)
        nodes = {key: item for key, item in items.items() if item.ends is None}
        relationships = {key: item for key, item in items.items() if item.ends is not None}
        for contribution in new.values():
            self._add_nodes(contribution, nodes)
        gone_items = self._write(nodes, before)
        # a session that writes while others work has the nodes by now
        for contribution in new.values():
            self._add_relationships(contribution, relationships)
        gone_items += self._write(relationships, before)
        self._settle()
        self._take_away(gone_items)

    def restore(self, changes: Iterable[Change]) -> None:
        """Put items back as they were before the changes, of which there is one for each item.
        Hash and counts are the caller's to put back."""
        gone: list[Item] = []
        fresh: dict[_Place, list[Row]] = defaultdict(list)
        known: dict[_Place, list[Row]] = defaultdict(list)
        for change in changes:
            tables = self._schema.nodes if change.ends is None else self._schema.relationships
            item = Item(change.id, self._table(tables, change.name), change.ends)
            if change.before is None:
                gone.append(item)
            else:
                (known if change.there else fresh)[_place(item)].append(_row(item, change.before))
        for place in sorted(fresh.keys() | known.keys()):
            self._insert(place, _parts(fresh[place], self._session.inserts_at_once), len(fresh[place]))
            self._upsert(place, known[place])
        self._take_away(gone)

    # ---- reading what is touched -----------------------------------------------------------

    def _supported_by(self, documents: Sequence[str]) -> Iterator[tuple[Item, Values]]:
        """Every item that one of the documents supports."""
        for at in range(0, len(documents), _DOCUMENTS_AT_ONCE):
            some = documents[at : at + _DOCUMENTS_AT_ONCE]
            params = {f"d{i}": f"\n{d}#" for i, d in enumerate(some)}
            for name, count in list(self.nodes.items()):
                if count > 0 and name in self._schema.nodes:
                    table = self._schema.nodes[name]
                    where = self._supported("n", params)
                    query = f"MATCH (n:{quoted(name)}) WHERE {where} RETURN {returned('n', table)}"
                    for row in self._session.rows(query, params):
                        yield self._node(table, row)
            for name, count in list(self.relationships.items()):
                if count > 0 and name in self._schema.relationships:
                    table = self._schema.relationships[name]
                    query = (
                        f"MATCH (a)-[r:{quoted(name)}]->(b) WHERE {self._supported('r', params)} "
                        f"RETURN a.id, a.class, b.id, b.class, {returned('r', table)}"
                    )
                    for row in self._session.rows(query, params):
                        yield self._relationship(table, [str(v) for v in row[:4]], row[4:])

    def _supported(self, variable: str, params: Mapping[str, object]) -> str:
        """Whether one of the documents (each as newline, id, #) stands in the list of passages."""
        text = self._dialect.LIST_AS_TEXT.format(list=f"{variable}.passages")
        return " OR ".join(f"{text} CONTAINS ${name}" for name in params)

    def _fetch_named(
        self, contributions: Iterable[Contribution], items: dict[tuple[str, str], Item],
        before: dict[tuple[str, str], Values],
    ) -> None:
        """What the store has of the items that the contributions name."""
        nodes: dict[str, set[str]] = defaultdict(set)
        there = {name for counts in (self.nodes, self.relationships) for name, n in counts.items() if n > 0}
        relationships: dict[tuple[str, str, str], dict[str, RelationshipStatement]] = defaultdict(dict)
        for contribution in contributions:
            for node in contribution.nodes:
                if node.cls in there and (node.cls, node.id) not in items:
                    nodes[node.cls].add(node.id)
            for r in contribution.relationships:
                if r.type in there and (r.type, r.id) not in items:
                    relationships[r.type, r.source_class, r.target_class][r.id] = r
        head, column = self._dialect.BATCH_HEAD, self._dialect.BATCH_COLUMN
        for cls, ids in nodes.items():
            table = self._table(self._schema.nodes, cls)
            query = (
                f"{head} MATCH (n:{quoted(cls)} {{id: {column}e_key}}) RETURN {returned('n', table)}"
            )
            rows: list[dict[str, Value]] = [{"e_key": i} for i in sorted(ids)]
            for row in self._batched(query, {"e_key": STRING}, rows):
                item, values = self._node(table, row)
                items[cls, item.id], before[cls, item.id] = item, values
        for (name, start, end), statements in relationships.items():
            table = self._table(self._schema.relationships, name)
            query = (
                f"{head} MATCH (a:{quoted(start)} {{id: {column}e_src}})"
                f"-[r:{quoted(name)} {{id: {column}e_key}}]->(b:{quoted(end)} {{id: {column}e_dst}}) "
                f"RETURN a.id, a.class, b.id, b.class, {returned('r', table)}"
            )
            rows = [{"e_src": r.source, "e_key": i, "e_dst": r.target} for i, r in sorted(statements.items())]
            for row in self._batched(query, {**_END_COLUMNS, "e_key": STRING}, rows):
                item, values = self._relationship(table, [str(v) for v in row[:4]], row[4:])
                items[name, item.id], before[name, item.id] = item, values

    def _node(self, table: Table, row: Sequence[Value]) -> tuple[Item, Values]:
        values = kept(table, row)
        return stored_item(table, values), values

    def _relationship(self, table: Table, ends: list[str], row: Sequence[Value]) -> tuple[Item, Values]:
        values = kept(table, row)
        source, source_class, target, target_class = ends
        at = Ends(source, source_class, target, target_class, str(values.get("polarity", "")))
        return stored_item(table, values, at), values

    # ---- merging ---------------------------------------------------------------------------

    def _add_nodes(self, contribution: Contribution, items: dict[tuple[str, str], Item]) -> None:
        for node in contribution.nodes:
            item = items.get((node.cls, node.id))
            if item is None:
                table = self._table(self._schema.nodes, node.cls)
                item = items[node.cls, node.id] = Item(node.id, table)
            item.add(contribution.document, node.supports, node.properties)

    def _add_relationships(self, contribution: Contribution, items: dict[tuple[str, str], Item]) -> None:
        for r in contribution.relationships:
            item = items.get((r.type, r.id))
            if item is None:
                table = self._table(self._schema.relationships, r.type)
                if (r.source_class, r.target_class) not in table.pairs:
                    raise StoreError(
                        f"{r.type} does not lead from {r.source_class} to {r.target_class}",
                        hint="domain and range are declared in the ontology", where=contribution.document,
                    )
                ends = Ends(r.source, r.source_class, r.target, r.target_class, r.polarity)
                item = items[r.type, r.id] = Item(r.id, table, ends)
            elif item.ends is not None and (item.ends.source, item.ends.target) != (r.source, r.target):
                raise StoreError(f"two relationships have the id {r.id}", where=contribution.document)
            item.add(contribution.document, r.supports, r.qualifiers)

    @staticmethod
    def _table(tables: Mapping[str, Table], name: str) -> Table:
        table = tables.get(name)
        if table is None:
            raise StoreError(f"the ontology knows no class or relation {name!r}")
        return table

    # ---- writing ---------------------------------------------------------------------------

    def _write(
        self, items: Mapping[tuple[str, str], Item], before: Mapping[tuple[str, str], Values]
    ) -> list[Item]:
        """Write those that are new or have changed; gives those that no document supports any more. The
        last ones are neither counted nor hashed yet."""
        fresh: dict[_Place, list[Item]] = defaultdict(list)
        known: dict[_Place, list[tuple[Item, Values]]] = defaultdict(list)
        gone: list[Item] = []
        for key, item in items.items():
            old = before.get(key)
            if old is None:
                fresh[_place(item)].append(item)
            elif item.supports:
                known[_place(item)].append((item, old))
            else:
                self._account([(item, old, None)])
                gone.append(item)
        try:
            for place in sorted(fresh.keys() | known.keys()):
                count = len(fresh[place])
                new = ((item, None) for item in fresh[place])
                self._insert(place, self._merged(new, self._session.inserts_at_once), count)
                for rows in self._merged(iter(known[place])):
                    self._upsert(place, rows)
        except (StoreError, UnicodeEncodeError):
            self._settle()  # tells which item it is that holds no text
            raise
        return gone

    def _merged(
        self, items: Iterator[tuple[Item, Values | None]], at_once: int | None = None
    ) -> Iterator[list[Row]]:
        """Items and what they were → rows of those that are not as they were, in parts. A part is counted
        and hashed once the next one is on its way, so that a session that writes while others work is
        kept busy."""
        while some := list(islice(items, at_once)):
            changed: list[_Changed] = []
            for item, old in some:
                new = item.values(self._broader)
                if new != old:
                    changed.append((item, old, new))
            self._due.append(changed)
            yield [_row(item, new or {}) for item, _, new in changed]
            self._settle(but=1)

    def _settle(self, but: int = 0) -> None:
        """Count and hash what is being written, ``but`` for the last parts of it."""
        while len(self._due) > but:
            self._account(self._due.popleft())

    def _account(self, changed: Sequence[_Changed]) -> None:
        """Count and hash items of one table, and keep their names."""
        for item, old, new in changed:
            name, ends = item.table.name, item.ends
            if name not in UNHASHED:
                if old is not None:
                    self.graph_hash.remove(hashed(name, old, ends))
                if new is not None:
                    self.graph_hash.add(hashed(name, new, ends))
            counts = self.nodes if ends is None else self.relationships
            counts[name] += (new is not None) - (old is not None)
            if ends is None:
                self._keep_names(item, old, new)
            if self._journal:
                self.changes.append(Change(name, item.id, ends, old, new is not None))

    def _keep_names(self, item: Item, old: Values | None, new: Values | None) -> None:
        name, aliases = (new.get("name"), new.get("aliases")) if new else (None, None)
        if (name, aliases) != ((old.get("name"), old.get("aliases")) if old else (None, None)):
            others = tuple(map(str, aliases)) if isinstance(aliases, list) else ()
            key = item.table.name, item.id
            self.renamed[key] = Named(item.id, item.table.name, str(name), others) if new else None

    def _insert(self, place: _Place, parts: Iterator[list[Row]], count: int) -> None:
        """Rows that are known to be new."""
        related, name, start, end = place
        if count < max(1, self._session.inserts_from):
            for rows in parts:
                self._upsert(place, rows)
            return
        table = (self._schema.relationships if related else self._schema.nodes)[name]
        self._session.insert(name, (start, end), table.columns, parts)

    def _upsert(self, place: _Place, rows: Sequence[Row]) -> None:
        if not rows:
            return
        related, name, start, end = place
        head, column = self._dialect.BATCH_HEAD, self._dialect.BATCH_COLUMN
        table = (self._schema.relationships if related else self._schema.nodes)[name]
        columns = {f"c_{c}": t for c, t in table.columns.items()}
        if related:
            query = (
                f"{head} MATCH (a:{quoted(start)} {{id: {column}e_src}}) "
                f"MATCH (b:{quoted(end)} {{id: {column}e_dst}}) "
                f"MERGE (a)-[r:{quoted(name)} {{id: {column}{quoted('c_id')}}}]->(b) "
                f"SET {_assigned('r', table, column)}"
            )
            columns |= _END_COLUMNS
        else:
            query = (
                f"{head} MERGE (n:{quoted(name)} {{id: {column}{quoted('c_id')}}}) "
                f"SET {_assigned('n', table, column)}"
            )
        self._batched(query, columns, [
            {"e_src": source, "e_dst": target, **{f"c_{c}": values.get(c) for c in table.columns}}
            for source, target, values in rows
        ])

    def _take_away(self, gone: Sequence[Item]) -> None:
        """Relationships before their ends, as ends go in before relationships."""
        self._delete([i for i in gone if i.ends is not None])
        self._delete([i for i in gone if i.ends is None])

    def _delete(self, gone: list[Item]) -> None:
        groups: dict[tuple[str, str, str], list[dict[str, Value]]] = defaultdict(list)
        for item in gone:
            if item.ends is None:
                groups[item.table.name, "", ""].append({"e_key": item.id})
            else:
                ends = item.ends
                groups[item.table.name, ends.source_class, ends.target_class].append(
                    {"e_src": ends.source, "e_dst": ends.target, "e_key": item.id}
                )
        head, column = self._dialect.BATCH_HEAD, self._dialect.BATCH_COLUMN
        for (name, start, end), rows in sorted(groups.items(), key=lambda g: g[0]):
            if start:
                query = (
                    f"{head} MATCH (a:{quoted(start)} {{id: {column}e_src}})-[r:{quoted(name)} "
                    f"{{id: {column}e_key}}]->(b:{quoted(end)} {{id: {column}e_dst}}) DELETE r"
                )
                self._batched(query, {**_END_COLUMNS, "e_key": STRING}, rows)
            else:
                query = f"{head} MATCH (n:{quoted(name)} {{id: {column}e_key}}) DELETE n"
                self._batched(query, {"e_key": STRING}, rows)

    def _batched(
        self, query: str, columns: Mapping[str, str], rows: Sequence[Mapping[str, Value]]
    ) -> list[list[Value]]:
        found: list[list[Value]] = []
        for at in range(0, len(rows), _BATCH_ROWS):
            found.extend(self._session.batch(query, columns, rows[at : at + _BATCH_ROWS]))
        return found


def kept(table: Table, row: Sequence[Value]) -> Values:
    """The properties of an item, from a row of all its columns."""
    return {c: v for c, v in zip(table.columns, row, strict=True) if not empty(v)}


def returned(variable: str, table: Table) -> str:
    """All columns of an item, as a RETURN names them."""
    return ", ".join(f"{variable}.{quoted(c)}" for c in table.columns)


def _assigned(variable: str, table: Table, column: str) -> str:
    return ", ".join(
        f"{variable}.{quoted(c)} = {column}{quoted(f'c_{c}')}" for c in table.columns if c != "id"
    )


def _place(item: Item) -> _Place:
    ends = item.ends
    if ends is None:
        return False, item.table.name, "", ""
    return True, item.table.name, ends.source_class, ends.target_class


def _row(item: Item, values: Values) -> Row:
    return ("", "", values) if item.ends is None else (item.ends.source, item.ends.target, values)


def _parts(rows: list[Row], at_once: int | None) -> Iterator[list[Row]]:
    left = iter(rows)
    while some := list(islice(left, at_once)):
        yield some


