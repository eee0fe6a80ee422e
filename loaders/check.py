"""Facts of one document → those that are kept, and a rejection with a reason for each other.

Wrong data is a value here, never an exception.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeGuard

from loaders.facts import EntityFact, Fact, ObservationFact, Rejection, RelationFact, Thing
from loaders.kept_aside import KeptAside
from ontology import structure
from ontology.gazetteer import gazetteer
from ontology.lexicon.normalise import fold
from ontology.model import Ontology

#: every code that a Rejection may carry, and what it says
CODES: Final[Mapping[str, str]] = {
    "unreadable": "the file cannot be read (encoding, format, damaged)",
    "unread_part": "a part of the file that gives no text (a scanned page)",
    "unknown_type": "no reader for files of this type",
    "duplicate_id": "two files of one load have one document id and other bytes",
    "no_mapping": "no mapping fits the headers of this table",
    "row_too_long": "a row has cells under no header",
    "not_a_number": "a cell that should hold a figure holds none",
    "not_a_period": "a cell that should hold a period holds none",
    "unknown_class": "a class that the ontology does not have",
    "unknown_relation": "a relation that the ontology does not have",
    "unknown_region": "a region that the gazetteer does not have",
    "unknown_subtype": "a subtype that the ontology does not have, or of another class",
    "unknown_kind": "a value kind that is none of the contract's",
    "unknown_polarity": "a polarity that is neither stated nor denied",
    "no_author": "a coverage that nobody declares",
    "no_content": "a document that was loaded without its content cannot be read again",
    "no_provenance": "a fact without a passage of its document",
    "no_name": "a thing without a name, or with one that is no name",
    "no_value": "an observation without figure and text",
    "against_ontology": "a relation between things that the ontology does not relate so",
    "bad_qualifier": "a qualifier that the relation does not have, or of another type",
    "cyclic_hierarchy": "things that are a part of each other",
}

#: nothing is called by so many characters: a sentence was taken for a name
LONGEST_NAME: Final = 120

_INTEGERS: Final = ("integer", "int", "long", "nonNegativeInteger", "positiveInteger", "gYear")
_DECIMALS: Final = ("decimal", "double", "float")


def check(
    facts: Iterable[Fact], ontology: Ontology, document: str
) -> tuple[Sequence[Fact], list[Rejection]]:
    """(kept, rejected) of one document's facts.

    A relation with a qualifier that does not fit is kept without it, and the report says so.
    """
    checker = _Checker(ontology, document)
    kept = KeptAside(checked for fact in facts if (checked := checker.checked(fact)) is not None)
    return checker.without_cycles(kept), checker.rejections


@dataclass(frozen=True)
class _Fault:
    code: str
    reason: str


class _Checker:
    def __init__(self, ontology: Ontology, document: str) -> None:
        self.ontology, self.document = ontology, document
        self.rejections: list[Rejection] = []
        self.class_words = {cls.name: frozenset(fold(word) for word in cls.labels.all())
                            for cls in ontology.classes.values()}

    def reject(self, fact: Fact, fault: _Fault) -> None:
        where = fact.passage.rpartition("#")[2]
        self.rejections.append(Rejection(self.document, where, fault.code, fault.reason))

    def checked(self, fact: Fact) -> Fact | None:
        fault = self.provenance(fact)
        if fault is None:
            match fact:
                case EntityFact():
                    fault = self.thing(fact.entity)
                case RelationFact():
                    fault = self.thing(fact.subject) or self.thing(fact.object) or self.relation(fact)
                case ObservationFact():
                    fault = self.thing(fact.subject) or self.observation(fact)
        if fault is not None:
            self.reject(fact, fault)
            return None
        return self.with_fitting_qualifiers(fact) if isinstance(fact, RelationFact) else fact

    def provenance(self, fact: Fact) -> _Fault | None:
        document, _, where = fact.passage.rpartition("#")
        if document != self.document or not where:
            return _Fault("no_provenance", f"its passage “{fact.passage}” is none of {self.document}")
        return None

    def thing(self, thing: Thing) -> _Fault | None:
        if thing.cls not in self.ontology.classes:
            return _Fault("unknown_class", f"“{thing.cls}” is no class of the ontology")
        if not thing.id and not fold(thing.name):
            return _Fault("no_name", f"“{thing.name}” names nothing")
        if not (thing.id or thing.place) and fold(thing.name) in self.class_words[thing.cls]:
            return _Fault("no_name", f"“{thing.name}” is the word for every {thing.cls}, not the name of one")
        if len(thing.name) > LONGEST_NAME:
            return _Fault("no_name", f"“{thing.name[:40]}…” is too long for a name")
        if thing.subtype:
            subtype = self.ontology.subtypes.get(thing.subtype)
            if subtype is None or subtype.cls != thing.cls:
                known = ", ".join(s.key for s in self.ontology.subtypes_of(thing.cls)) or "none"
                return _Fault("unknown_subtype",
                              f"“{thing.subtype}” is no subtype of {thing.cls} (known: {known})")
        return None

    def relation(self, fact: RelationFact) -> _Fault | None:
        relation = self.ontology.relations.get(fact.relation)
        if relation is None:
            return _Fault("unknown_relation", f"“{fact.relation}” is no relation of the ontology")
        if fact.object.cls not in relation.range_for(fact.subject.cls):
            return _Fault("against_ontology", f"{fact.relation} does not lead from {fact.subject.cls}"
                          f" “{fact.subject.name}” to {fact.object.cls} “{fact.object.name}”")
        if fact.polarity not in (structure.STATED, structure.DENIED):
            return _Fault("unknown_polarity", f"“{fact.polarity}” is no polarity")
        return None

    def observation(self, fact: ObservationFact) -> _Fault | None:
        if not fold(fact.metric):
            return _Fault("no_name", f"“{fact.metric}” names no metric")
        if fact.quantity is None and not fact.text:
            return _Fault("no_value", f"“{fact.metric}” has neither figure nor text")
        if fact.kind not in structure.VALUE_KINDS:
            return _Fault("unknown_kind", f"“{fact.kind}” is none of {', '.join(structure.VALUE_KINDS)}")
        return None

    def with_fitting_qualifiers(self, fact: RelationFact) -> RelationFact:
        relation = self.ontology.relations[fact.relation]
        kept = {}
        for name, value in fact.qualifiers.items():
            datatype = relation.qualifiers.get(name, "string" if name in relation.identifying else "")
            if not datatype:
                self.reject(fact, _Fault("bad_qualifier", f"{fact.relation} has no qualifier “{name}”"))
            elif not _fits(value, datatype):
                self.reject(fact, _Fault("bad_qualifier", f"“{value}” is no {name} ({datatype})"))
            else:
                kept[name] = value
        return fact if len(kept) == len(fact.qualifiers) else replace(fact, qualifiers=kept)

    def without_cycles(self, facts: Sequence[Fact]) -> Sequence[Fact]:
        """Without the facts by which something would be a part of itself; the gazetteer is right."""
        wider: dict[str, set[str]] = {}
        shown: dict[str, str] = {}
        for fact in facts:
            if _is_part_of(fact):
                narrow, wide = _part_key(fact.subject), _part_key(fact.object)
                wider.setdefault(narrow, set()).add(wide)
                shown |= {narrow: fact.subject.name, wide: fact.object.name}
        if not wider:
            return facts
        for key in list(shown):
            for place in gazetteer().ancestors(key.partition(":")[2]):
                above = f"{structure.REGION}:{place.code}"
                wider.setdefault(key, set()).add(above)
                shown.setdefault(above, place.name)
                key = above
        return KeptAside(
            fact for fact in facts if not (_is_part_of(fact) and self.in_cycle(fact, wider, shown))
        )

    def in_cycle(
        self, fact: RelationFact, wider: Mapping[str, set[str]], shown: Mapping[str, str]
    ) -> bool:
        narrow, wide = _part_key(fact.subject), _part_key(fact.object)
        line = [] if _known_part(narrow, wide) else _way(wide, narrow, wider)
        if line:
            names = " → ".join(shown[key] for key in (narrow, *line))
            self.reject(fact, _Fault("cyclic_hierarchy", f"parts of each other: {names}"))
        return bool(line)


def _fits(value: str, datatype: str) -> bool:
    local = datatype.replace("#", ":").rpartition(":")[2]
    try:
        if local in _INTEGERS:
            int(value)
        elif local in _DECIMALS:
            float(value)
    except ValueError:
        return False
    return True


def _is_part_of(fact: Fact) -> TypeGuard[RelationFact]:
    return (isinstance(fact, RelationFact) and fact.relation == structure.PART_OF
            and fact.polarity == structure.STATED)


def _known_part(narrow: str, wide: str) -> bool:
    """Whether the gazetteer says so too: then another fact of the cycle is the wrong one."""
    return wide.partition(":")[2] in {p.code for p in gazetteer().ancestors(narrow.partition(":")[2])}


def _part_key(thing: Thing) -> str:
    if thing.cls == structure.REGION:
        found = gazetteer().find(thing.name)
        code = thing.code or (found[0].code if found else "")
        if code:
            return f"{thing.cls}:{code}"
    return f"{thing.cls}:{thing.id or thing.place + '/' + fold(thing.name)}"


def _way(start: str, end: str, wider: Mapping[str, set[str]]) -> list[str]:
    """The way up from ``start`` to ``end``, both given; empty where there is none."""
    trail: dict[str, str] = {start: ""}
    queue = [start]
    while queue:
        here = queue.pop(0)
        if here == end:
            line = [here]
            while trail[line[-1]]:
                line.append(trail[line[-1]])
            return line[::-1]
        for above in sorted(wider.get(here, ())):
            if above not in trail:
                trail[above] = here
                queue.append(above)
    return []
