"""Tables of firms, chains and platforms inside a document: what the columns hold says how the things of
a row are related.

    企业名称 | 所在镇街 | 产业链   → the firm LOCATED_IN the town; it is a MEMBER_OF the chain, or LEADS it
                                     where the head or the title speaks of leaders (链主, 龙头)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from loaders.documents.document import Document, Table
from loaders.documents.entities import Naming, place_words
from loaders.documents.relation_line import Line
from loaders.documents.relation_rules import word_pattern
from loaders.documents.rubric import cells
from loaders.documents.table_columns import Columns, columns_of, is_place, parts
from loaders.facts import EntityFact, RelationFact, Thing
from ontology import structure
from ontology.gazetteer import gazetteer
from ontology.lexicon.names import OpenName, open_names

#: kind of a column → the class of what its cells name
_CLASSES = {
    "firm": "Enterprise", "leader": "Enterprise", "supplier": "Enterprise", "buyer": "Enterprise",
    "chain": "Chain", "chair": "Person", "body": "Institution", "holder": "Institution",
    "platform": "Platform", "project": "Project", "product": "Product",
}
_FIRMS = ("leader", "firm", "supplier", "buyer")
_NAME = re.compile(r"[一-鿿A-Za-z0-9·&“”\"()（）\-]{2,40}")
#: what a column of places may call by a name that no list has: 五里园, 城东片区
_PLACE = re.compile("[一-鿿]{2,14}")
#: a cell that was left empty, or merged with the one above
_NOTHING = re.compile("[-—–]*")
_LIST_HEADING = re.compile(r"[^,，。;；]{2,40}名单(?:公示)?(?:[(（][^()（）]{1,16}[)）])?")
_LEAD_BODY = re.compile("牵头|主管")
_MADE = re.compile("主要|主导|主营|生产|配套|核心|代表|产品名称$|^产品$")


class RowReader:
    """The rows of one table whose columns are known. ``lines`` of its rows come one by one."""

    def __init__(self, document: Document, table: Table, columns: Columns, naming: Naming) -> None:
        self.document, self.columns, self.naming = document, columns, naming
        self.led = word_pattern("lead_role").search(self._caption(table))
        self.title_chain = self._chain_in(self._caption(table)) if not columns.of("chain") else None
        self.heading = _list_heading((self.naming.title, *self._lines_above(table)))
        self.above: dict[int, tuple[Thing, ...]] = {}

    def facts(self, line: Line) -> Iterator[EntityFact | RelationFact]:
        """What a row says: the things that its cells name, and how they are related."""
        spans = list(cells(line.passage.text))
        if len(spans) > len(self.columns.kinds):
            return
        quote = line.quote(0, len(line.passage.text))
        named: dict[int, tuple[Thing, ...]] = {}
        for at, (start, end) in enumerate(spans):
            kind = self.columns.kinds[at]
            found = tuple(self._things(line, kind, start, end))
            empty = _NOTHING.fullmatch(line.passage.text[start:end].strip()) is not None
            if empty and kind in ("chain", "place", "leader"):
                found = self.above.get(at, ())  # a cell that was merged with the one above it
            named[at] = found
            if found and kind in _CLASSES and kind != "product":
                yield from (EntityFact(thing, line.reference, quote) for thing in found)
        yield from self._on_list(line, named, quote)
        self.above.update({at: things for at, things in named.items() if things})
        for subject, relation, target, qualifiers in self._related(named):
            if (subject.cls, subject.name) != (target.cls, target.name):
                yield RelationFact(subject, relation, target, line.reference, quote, qualifiers=qualifiers)

    def _lines_above(self, table: Table) -> list[str]:
        first = table.rows[0].order - 1
        return [p.text for p in self.document.passages[max(0, first - 3) : first] if p.kind != "row"]

    def _on_list(
        self, line: Line, named: Mapping[int, Sequence[Thing]], quote: str,
    ) -> Iterator[RelationFact]:
        """The firms under 甲市入选企业名单 are on the list that was spoken of, and of that city."""
        listing = line.seen.listing[1] if self.heading and line.seen.listing is not None else None
        if listing is None or self.led or self.columns.of("chain"):
            return  # which chain they lead or are on says more
        codes = place_words(self.heading)
        city = gazetteer().place(codes[-1]) if codes and not self.columns.of("place") else None
        for firm in (thing for at in self.columns.of("firm", "leader") for thing in named.get(at, ())):
            yield RelationFact(firm, "LISTED_IN", listing, line.reference, quote)
            if city is not None and city.level not in ("country", "province", "group"):
                here = self.naming.region(city)
                yield RelationFact(firm, structure.LOCATED_IN, here, line.reference, quote)

    def _caption(self, table: Table) -> str:
        """The titles over a table and the sentences right before it."""
        before = self._lines_above(table)
        titles = [section.title for section in self.document.ancestors(table.section)]
        return " ".join((*before, *titles, self.naming.title))

    def _chain_in(self, caption: str) -> Thing | None:
        names = [m.value for m in open_names(caption) if isinstance(m.value, OpenName)]
        chain = next((n for n in names if n.cls in ("Chain", "Cluster")), None)
        return self.naming.thing(chain, chain.name) if chain is not None else None

    # -- the things of a cell

    def _things(self, line: Line, kind: str, start: int, end: int) -> Iterator[Thing]:
        if kind == "place":
            yield from self._places(line, start, end)
            return
        cls = _CLASSES.get(kind)
        if cls is None:
            return
        for a, b in parts(line.passage.text[start:end]):
            thing = self._thing(line, cls, start + a, start + b)
            if thing is not None:
                yield thing

    def _thing(self, line: Line, cls: str, start: int, end: int) -> Thing | None:
        word = line.passage.text[start:end]
        for item in line.items:
            if start <= item.start and item.end <= end:
                if cls == "Chain" and item.thing.cls in ("Chain", "Cluster", "Industry"):
                    return replace(item.thing, cls="Chain") if item.thing.cls == "Industry" else item.thing
                if item.thing.cls == cls or (cls == "Person" and item.thing.cls == "Institution"):
                    return item.thing
                whole = (item.start, item.end) == (start, end)
                if cls == "Institution" and item.thing.cls == "Enterprise" and whole:
                    return item.thing  # a firm may be what a platform relies on
        if not _NAME.fullmatch(word) or (cls == "Chain" and is_place(word)) or cls == "Person":
            return None
        return Thing(cls, word, word)

    def _places(self, line: Line, start: int, end: int) -> Iterator[Thing]:
        for a, b in parts(line.passage.text[start:end]):
            inside = [i.thing for i in line.items if start + a <= i.start and i.end <= start + b]
            parks = [thing for thing in inside if thing.cls == "Park"]
            regions = [thing for thing in inside if thing.cls == structure.REGION]
            word = line.passage.text[start + a : start + b]
            whole = gazetteer().find(word)
            if parks:
                yield parks[-1]
            elif regions and (whole or regions[-1].mention == word):
                yield regions[-1]
            elif is_place(word) or _PLACE.fullmatch(word):
                park = not re.search("[镇乡木道办村县市州]$", word)
                place = self.document.place
                yield Thing("Park" if park else structure.REGION, word, word, place=place)

    # -- how they are related

    def _related(
        self, named: Mapping[int, Sequence[Thing]]
    ) -> Iterator[tuple[Thing, str, Thing, Mapping[str, str]]]:
        def told(*kinds: str) -> Iterator[tuple[str, str, Thing]]:
            for at in self.columns.of(*kinds):
                for thing in named.get(at, ()):
                    yield self.columns.kinds[at], self.columns.heads[at], thing

        chains = [thing for _, _, thing in told("chain")]
        if not chains and self.title_chain is not None:
            chains = [self.title_chain]
        platforms = [thing for _, _, thing in told("platform")]
        places = [thing for _, _, thing in told("place")]
        firms = list(told(*_FIRMS))
        yield from self._of_firms(firms, chains, places, platforms)
        for _, head, product in told("product"):
            if _MADE.search(head):
                yield from ((firm, "PRODUCES", product, {}) for kind, _, firm in firms if kind != "buyer")
        for chain in chains:
            for _, _, chair in told("chair"):
                yield chair, "CHAIRS", chain, {}
        for _, head, body in told("body"):
            role = "牵头" if _LEAD_BODY.search(head) else "责任"
            for work in (*platforms, *(() if platforms else chains)):
                yield body, "RESPONSIBLE_FOR", work, {"role": role}
        for platform in platforms:
            for place in places:
                yield platform, "LOCATED_IN", place, {}
                yield place, "HAS_PLATFORM", platform, {}
            for _, _, holder in told("holder"):
                yield holder, "HAS_PLATFORM", platform, {}
            for chain in chains:
                yield platform, "SERVES", chain, {}

    def _of_firms(
        self, firms: Sequence[tuple[str, str, Thing]], chains: Sequence[Thing], places: Sequence[Thing],
        platforms: Sequence[Thing],
    ) -> Iterator[tuple[Thing, str, Thing, Mapping[str, str]]]:
        whom = [firm for kind, _, firm in firms if kind in ("leader", "buyer")]
        for kind, head, firm in firms:
            said = word_pattern("lead_role").search(head) or (self.led if kind == "firm" else None)
            role = {"role": re.sub('[“”"]', "", said[0])} if said else {}
            for chain in () if platforms else chains:
                yield firm, "LEADS" if said else "MEMBER_OF", chain, role
            if not (kind in ("supplier", "buyer") and len(firms) > 1):  # the place is the leader's
                yield from ((firm, structure.LOCATED_IN, place, {}) for place in places)
            if kind == "supplier":
                yield from ((firm, "SUPPLIES", buyer, {}) for buyer in whom)
            if said and not places and not firm.place and (here := self._here()) is not None:
                yield firm, structure.LOCATED_IN, here, {}

    def _here(self) -> Thing | None:
        """The place of a published list, where it is narrower than a province."""
        place = self.naming.place
        if place is None or place.level in ("country", "province", "group"):
            return None
        return self.naming.region(place)


def readers(document: Document, naming: Naming) -> dict[int, RowReader]:
    """For the rows that columns tell how to read: where a row begins → what reads it."""
    found: dict[int, RowReader] = {}
    for table in document.tables:
        columns = columns_of(table)
        if columns is None:
            continue
        reader = RowReader(document, table, columns, naming)
        if not _relates(columns) and not (reader.heading and columns.of("firm")):
            continue
        found.update({row.start: reader for row in columns.rows})
    return found


def _list_heading(lines: Sequence[str]) -> str:
    """The line that is no more than the heading of a list of firms: 甲市入选企业名单; else nothing."""
    headings = (line.strip(" :：") for line in lines)
    return next((h for h in reversed(list(headings)) if _LIST_HEADING.fullmatch(h)), "")


def _relates(columns: Columns) -> bool:
    """Whether things of two columns can be related at all."""
    things = set(columns.kinds) & {*_FIRMS, "platform", "chain"}
    others = set(columns.kinds) & {"place", "chain", "body", "holder", "chair", "product", *_FIRMS}
    return bool(things) and len(things | others) > 1
