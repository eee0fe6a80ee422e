"""Rows of a table → facts, by a mapping. Each fact's passage is its row: ``DOC#Sheet1!A5:F5``."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from loaders.facts import EntityFact, Fact, ObservationFact, Rejection, RelationFact, Thing
from loaders.origin import CoverageDeclaration, SourceInfo
from loaders.tables import cells
from loaders.tables.mapping import (
    EMPTY,
    CoverageRule,
    ObservationRule,
    Ref,
    RelationRule,
    TableMapping,
    ThingRule,
    choose,
    header_key,
)
from loaders.tables.read import Sheet, Table, column_letters
from ontology import structure
from ontology.errors import SourceError
from ontology.gazetteer import gazetteer
from ontology.model import Ontology


@dataclass(frozen=True)
class TableFacts:
    """All that a table says, and what in it could not be read."""

    title: str
    facts: tuple[Fact, ...]
    sources: tuple[SourceInfo, ...]
    coverage: tuple[CoverageDeclaration, ...]
    rejections: tuple[Rejection, ...]


def extract_table(table: Table, mappings: Sequence[TableMapping], ontology: Ontology) -> TableFacts:
    """Facts of every sheet; each sheet has the mapping that fits its headers.

    A sheet that none fits is a rejection where another sheet of the file is read, and a
    SourceError where none is.
    """
    found = _Findings(table.id)
    title = ""
    unread: list[SourceError] = []
    for sheet in table.sheets:
        try:
            mapping = choose(sheet.header, mappings, f"{table.id}#{sheet.name}!A1")
        except SourceError as error:
            unread.append(error)
            continue
        title = title or mapping.title
        _SheetReader(table.id, sheet, mapping, ontology, found).read()
    if unread and len(unread) == len(table.sheets):
        raise unread[0]
    for missing in unread:
        found.reject(missing.where.rpartition("#")[2], "no_mapping", f"{missing.message}; {missing.hint}")
    return TableFacts(title, tuple(found.facts), tuple(found.sources.values()),
                      tuple(found.coverage), tuple(found.rejections))


@dataclass
class _Findings:
    document: str
    facts: list[Fact] = field(default_factory=list)
    sources: dict[str, SourceInfo] = field(default_factory=dict)
    coverage: list[CoverageDeclaration] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)

    def reject(self, where: str, code: str, reason: str) -> None:
        self.rejections.append(Rejection(self.document, where, code, reason))


class _SheetReader:
    def __init__(self, document: str, sheet: Sheet, mapping: TableMapping, ontology: Ontology,
                 found: _Findings) -> None:
        self.document, self.sheet, self.mapping, self.ontology = document, sheet, mapping, ontology
        self.found = found
        self.columns: dict[str, int] = {}
        for number, header in enumerate(sheet.header):
            self.columns.setdefault(header_key(header), number)
        self.undeclared = self.undeclared_qualifiers()
        self.row: tuple[str, ...] = ()
        self.number = 0
        self.source = ""

    def read(self) -> None:
        for number, row in enumerate(self.sheet.rows):
            self.number, self.row = number, row
            if any(row):
                self.read_row()

    def undeclared_qualifiers(self) -> set[tuple[str, str]]:
        """(relation, qualifier) that the ontology does not have: said once, at the header."""
        found = set()
        for rule in self.mapping.relations:
            relation = self.ontology.relations.get(rule.relation.constant)
            for name, ref in rule.qualifiers.items():
                if relation is not None and name not in (*relation.qualifiers, *relation.identifying):
                    found.add((relation.name, name))
                    column = self.columns.get(header_key(ref.column), 0)
                    self.found.reject(f"{self.sheet.name}!{column_letters(column)}1", "bad_qualifier",
                                      f"{relation.name} has no qualifier “{name}”: it is left out")
        return found

    def read_row(self) -> None:
        surplus = [n for n, header in enumerate(self.sheet.header) if not header and self.row[n]]
        if surplus:
            self.found.reject(self.sheet.cell(self.number, surplus[0]), "row_too_long",
                              f"the cell “{self.row[surplus[0]]}” stands under no header: is a separator"
                              " missing its quotes? The row was not read")
            return
        self.source = self.read_source()
        things = {key: self.things(rule) for key, rule in self.mapping.things.items()}
        for key, rule in self.mapping.things.items():
            for thing in things[key]:
                self.found.facts.append(EntityFact(thing, self.passage, self.quote, self.source,
                                                   self.attributes(rule)))
        for relation in self.mapping.relations:
            if self.holds(relation.when):
                self.found.facts.extend(self.relations(relation, things))
        for observation in self.mapping.observations:
            if self.holds(observation.when):
                self.found.facts.extend(self.observations(observation, things))
        for coverage in self.mapping.coverage:
            self.read_coverage(coverage)

    # one cell

    @property
    def passage(self) -> str:
        return f"{self.document}#{self.sheet.cells(self.number)}"

    @property
    def quote(self) -> str:
        return ", ".join(cell for cell in self.row if cell)

    def value(self, ref: Ref) -> str:
        return ref.constant or self.cell(ref.column)

    def cell(self, column: str) -> str:
        place = self.columns.get(header_key(column))
        return "" if place is None else self.row[place]

    def where(self, *refs: Ref) -> str:
        """The cell of the first of these that is a column; else the row."""
        for ref in refs:
            place = self.columns.get(header_key(ref.column)) if ref.column else None
            if place is not None:
                return self.sheet.cell(self.number, place)
        return self.sheet.cells(self.number)

    def values(self, ref: Ref) -> list[str]:
        value = self.value(ref)
        parts = value.replace("；", ";").split(ref.split) if ref.split else [value]
        return list(dict.fromkeys(part.strip() for part in parts if part.strip()))

    def holds(self, when: Mapping[str, tuple[str, ...] | str]) -> bool:
        for column, wanted in when.items():
            value = self.cell(column)
            if isinstance(wanted, tuple):
                if value not in wanted:
                    return False
            elif bool(value) is (wanted == EMPTY):
                return False
        return True

    # things and facts

    def read_source(self) -> str:
        rule = self.mapping.source
        info = SourceInfo(self.value(rule.title), self.value(rule.url), self.value(rule.grade),
                          self.value(rule.published))
        if not (info.title or info.url):
            return ""
        # one source, cited by many rows: a grade that one row leaves out may stand in another
        known = self.found.sources.get(info.id)
        if known is None or (info.grade and not known.grade):
            self.found.sources[info.id] = info
        return info.id

    def things(self, rule: ThingRule) -> list[Thing]:
        made = []
        for name in self.values(rule.name):
            cls = self.value(rule.cls)
            if cls not in self.ontology.classes:
                self.found.reject(self.where(rule.cls, rule.name), "unknown_class",
                                  f"“{cls}” is no class of the ontology")
                continue
            code = self.value(rule.code)
            for ending_class, endings in rule.ends.items():
                if name.endswith(endings):
                    cls = ending_class
            if cls == structure.REGION and not gazetteer().place(code) and not gazetteer().find(name):
                if not rule.otherwise:
                    self.found.reject(self.where(rule.name), "unknown_region",
                                      f"“{name}” is no region of the gazetteer")
                    continue
                cls = rule.otherwise
            made.append(Thing(cls, name, name, self.value(rule.subtype), self.value(rule.place), code,
                              aliases=tuple(self.values(rule.aliases))))
        return made

    def attributes(self, rule: ThingRule) -> dict[str, str]:
        given = {key: self.value(ref) for key, ref in rule.attributes.items()}
        return {key: value for key, value in given.items() if value}

    def relations(self, rule: RelationRule, things: Mapping[str, list[Thing]]) -> Iterable[Fact]:
        relation, polarity = self.value(rule.relation), self.value(rule.polarity) or structure.STATED
        if relation not in self.ontology.relations:
            if relation:
                self.found.reject(self.where(rule.relation), "unknown_relation",
                                  f"“{relation}” is no relation of the ontology")
            return
        if polarity not in (structure.STATED, structure.DENIED):
            self.found.reject(self.where(rule.polarity), "unknown_polarity",
                              f"“{polarity}” is neither {structure.STATED} nor {structure.DENIED}")
            return
        declared = {name: ref for name, ref in rule.qualifiers.items()
                    if (relation, name) not in self.undeclared}
        names = list(declared)
        choices = [self.values(ref) or [""] for ref in declared.values()]
        for subject, target in itertools.product(things[rule.subject], things[rule.object]):
            for values in itertools.product(*choices):
                qualifiers = {name: value for name, value in zip(names, values, strict=True) if value}
                yield RelationFact(subject, relation, target, self.passage, self.quote, self.source,
                                   polarity, qualifiers)

    def observations(self, rule: ObservationRule, things: Mapping[str, list[Thing]]) -> Iterable[Fact]:
        metric, shown, text = self.value(rule.metric), self.value(rule.value), self.value(rule.text)
        if not metric or not (shown or text) or not things[rule.subject]:
            return
        quantity = cells.figure(shown, self.value(rule.unit)) if shown else None
        if shown and quantity is None:
            self.found.reject(self.where(rule.value), "not_a_number", f"“{shown}” is no figure ({metric})")
            return
        kind = self.value(rule.kind) or "actual"
        if kind not in structure.VALUE_KINDS:
            self.found.reject(self.where(rule.kind), "unknown_kind",
                              f"“{kind}” is none of {', '.join(structure.VALUE_KINDS)}")
            return
        written = self.value(rule.period)
        period = cells.period(written) if written else None
        if written and period is None:
            self.found.reject(self.where(rule.period), "not_a_period", f"“{written}” is no period ({metric})")
            return
        given = {key: self.value(ref) for key, ref in rule.scope.items()}
        scope = {key: value for key, value in given.items() if value}
        for subject in things[rule.subject]:
            yield ObservationFact(subject, metric, self.passage, self.quote, kind, period, quantity,
                                  "" if quantity else text, scope, self.source)

    def read_coverage(self, rule: CoverageRule) -> None:
        of, region, author = self.value(rule.of), self.value(rule.region), self.value(rule.author)
        if not (of or region):
            return
        wide, _, finer = of.partition("/")
        subtype = self.ontology.subtypes.get(finer)
        if (wide not in self.ontology.classes and wide not in self.ontology.relations) or (
                finer and (subtype is None or subtype.cls != wide)):
            self.found.reject(self.where(rule.of), "unknown_class",
                              f"“{of}” is neither a class nor a relation of the ontology")
            return
        place = self.covered_place(rule, region)
        if not place:
            return
        if not author:
            self.found.reject(self.where(rule.author), "no_author", "a coverage says who declares it")
            return
        written = self.value(rule.period)
        period = cells.period(written) if written else None
        if written and period is None:
            self.found.reject(self.where(rule.period), "not_a_period", f"“{written}” is no period")
            return
        self.found.coverage.append(CoverageDeclaration(
            of, place, self.passage, author, period.text if period else "", self.source,
            self.value(rule.note)))

    def covered_place(self, rule: CoverageRule, name: str) -> str:
        """The code of a region, or ``Class:name`` of a place of the user's own; "" where it is neither."""
        cls = self.value(rule.cls)
        if cls and cls != structure.REGION:
            known = self.ontology.classes.get(cls)
            if known is None or not known.is_place:
                self.found.reject(self.where(rule.cls, rule.region), "unknown_class",
                                  f"“{cls}” is no class of places")
                return ""
            return f"{cls}:{name}" if name else ""
        places = gazetteer().find(name) or tuple(p for p in (gazetteer().place(name),) if p)
        if not places:
            self.found.reject(self.where(rule.region), "unknown_region",
                              f"“{name}” is no region of the gazetteer")
            return ""
        return places[0].code
