"""Tables of chains inside a document: the header says how the cells of a row are related."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from loaders.documents.document import Table
from loaders.documents.relation_line import Line
from loaders.documents.relation_rules import word_pattern
from loaders.facts import RelationFact, Thing

#: column of a table → the relation of its things to the chain of the row
_COLUMNS = (
    ("head_chair", "CHAIRS", ("Person", "Institution")),
    ("head_leader", "LEADS", ("Enterprise",)),
    ("head_member", "MEMBER_OF", ("Enterprise",)),
)


def table_relations(table: Table, lines: Mapping[int, Line]) -> Iterator[RelationFact]:
    """产业链 | 链长 | 链主企业: each row says who chairs and who leads its chain. ``lines`` are
    the passages of the document by where they begin."""
    if len(table.rows) < 2:
        return
    header = table.rows[0].text.split("\t")
    roles = [_role(cell) for cell in header]
    if "head_chain" not in roles or not set(roles) & {key for key, _, _ in _COLUMNS}:
        return
    for row in table.rows[1:]:
        line = lines.get(row.start)
        cells = _cells(row.text)
        if line is None or len(cells) != len(header):
            continue
        chain = _chain(line, *cells[roles.index("head_chain")])
        if chain is None:
            continue
        quote = line.quote(0, len(row.text))
        for key, relation, classes in _COLUMNS:
            for (start, end), head, role in zip(cells, header, roles, strict=True):
                if role != key:
                    continue
                said = word_pattern("lead_role").search(head)
                qualifiers = {"role": re.sub('[“”"]', "", said[0])} if said and relation == "LEADS" else {}
                for item in line.items:
                    if start <= item.start and item.end <= end and item.thing.cls in classes:
                        yield RelationFact(
                            item.thing, relation, chain, line.reference, quote, qualifiers=qualifiers
                        )


def _role(cell: str) -> str:
    for key in ("head_chair", "head_leader", "head_chain", "head_member"):
        if word_pattern(key).search(cell):
            return key
    return ""


def _cells(text: str) -> list[tuple[int, int]]:
    cells: list[tuple[int, int]] = []
    start = 0
    for part in text.split("\t"):
        cells.append((start, start + len(part)))
        start += len(part) + 1
    return cells


def _chain(line: Line, start: int, end: int) -> Thing | None:
    """The chain of a row; under its header the bare trade (光电子信息) names one."""
    for item in line.items:
        if start <= item.start and item.end <= end and item.thing.cls in ("Chain", "Cluster", "Industry"):
            return replace(item.thing, cls="Chain") if item.thing.cls == "Industry" else item.thing
    name = line.passage.text[start:end].strip()
    return Thing("Chain", name, name) if re.fullmatch("[一-鿿A-Za-z、与和及()]{2,20}", name) else None
