"""What the rules ask of the ontology: which relations lead from one set to another."""

from __future__ import annotations

from collections.abc import Iterable

from ontology.model import Ontology
from ontology.structure import LOCATED_IN
from queries.logical_form import Both, Direction, Either, EntitySet, Except, Follow, Instances, Within

#: classes of other vocabularies whose things act, so that 谁 asks for them
_AGENTS = frozenset(
    (
        "http://www.w3.org/ns/org#Organization",
        "http://www.w3.org/ns/org#FormalOrganization",
        "http://www.w3.org/ns/org#OrganizationalUnit",
        "http://www.w3.org/ns/prov#Agent",
        "http://www.w3.org/ns/prov#Person",
        "http://www.w3.org/ns/prov#Organization",
        "http://xmlns.com/foaf/0.1/Agent",
        "http://xmlns.com/foaf/0.1/Person",
        "http://xmlns.com/foaf/0.1/Organization",
        "http://xmlns.com/foaf/0.1/Group",
        "https://schema.org/Person",
        "https://schema.org/Organization",
    )
)


class Grammar:
    """The ontology as seen by the rules of composition."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self._between: dict[tuple[frozenset[str], frozenset[str]], tuple[tuple[str, Direction], ...]] = {}

    def is_place(self, classes: Iterable[str]) -> bool:
        """True where every class is a place (Region, Park)."""
        known = [self.ontology.classes[c] for c in classes if c in self.ontology.classes]
        return bool(known) and all(c.is_place for c in known)

    def placeable(self, classes: Iterable[str]) -> bool:
        """True where things of one of the classes are "of" a place."""
        return any(self.ontology.classes[c].placed_by for c in classes if c in self.ontology.classes)

    def agents(self) -> frozenset[str]:
        """Classes whose things act: those that the ontology puts under a person or an organisation
        of another vocabulary."""
        return frozenset(c.name for c in self.ontology.classes.values() if c.parent in _AGENTS)

    def between(self, start: frozenset[str], end: frozenset[str]) -> tuple[tuple[str, Direction], ...]:
        """Relations that lead from things of ``start`` to things of ``end``, best first.

        A relation that is implied by another one comes before it (MEMBER_OF before LEADS) and before
        those that are as narrow as it, one that answers for others too (HAS_PLATFORM also SERVES)
        before those, a narrow one before one that joins many classes; standing in a place comes last.
        """
        key = (start, end)
        if key not in self._between:
            found: list[tuple[tuple[int, int, int, int, str], tuple[str, Direction]]] = []
            implied = {i for r in self.ontology.relations.values() for i in r.implies}
            implying = {r.name for r in self.ontology.relations.values() if r.implies}
            answered = {s.relation for r in self.ontology.relations.values() for s in r.also}
            for relation in self.ontology.relations.values():
                if relation.structural:
                    continue
                rank = (
                    int(relation.name == LOCATED_IN),
                    int(relation.name in implying) + int(relation.name in answered),
                    len(relation.domain) + len(relation.range),
                    int(relation.name not in implied),
                    relation.name,
                )
                if start & relation.domain and end & relation.range:
                    found.append((rank, (relation.name, "out")))
                elif start & relation.range and end & relation.domain:
                    found.append((rank, (relation.name, "in")))
            self._between[key] = tuple(pair for _, pair in sorted(found, key=lambda x: x[0]))
        return self._between[key]

    def ends(self, relation: str, direction: Direction) -> tuple[frozenset[str], frozenset[str]]:
        """(classes of the argument, classes of the result) of following ``relation``."""
        r = self.ontology.relations[relation]
        return (r.domain, r.range) if direction == "out" else (r.range, r.domain)

    def not_who(self, pair: tuple[str, Direction]) -> frozenset[str]:
        """The classes that 什么 may ask for where a relation leads to those who act (供应什么: no
        buyer); none where it leads to things (生产什么 asks for what is produced)."""
        if not self.ends(*pair)[1] & self.agents():
            return frozenset()
        known = self.ontology.classes.values()
        return frozenset(c.name for c in known if not c.place_in_key) - self.agents()

    def named_by_qualifier(self, relation: str, classes: frozenset[str]) -> Iterable[str]:
        """Text qualifiers by which the relation says what it is of, of ``classes`` (SUPPLIES: product)."""
        known = self.ontology.relations[relation]
        for name in known.identifying:
            cls = self.ontology.class_of_extract_name(name)
            if cls and known.qualifiers.get(name, "").endswith("string") and cls in classes:
                yield name

    def names_by_qualifier(self, relation: str) -> Iterable[str]:
        """Qualifiers that name who stands at the near end of ``relation`` (the lead firm of a member)."""
        return (q.name for q in self.ontology.qualifiers.values() if relation in q.says)

    def qualifier_for(self, relation: str, classes: frozenset[str]) -> str:
        """The qualifier of ``relation`` that names things of ``classes``, "" where none: the one
        that is called as they are (``chain`` names things of the class Chain)."""
        for name in self.ontology.relations[relation].identifying:
            if self.ontology.class_of_extract_name(name) in classes:
                return name
        return ""


def within(form: EntitySet | None, classes: frozenset[str], place: EntitySet) -> EntitySet:
    """``form`` of ``place``; an open set without a form is all things of its classes. Of a gap that
    from which is taken: the chains without a platform, in R, are the chains in R without one."""
    if isinstance(form, Except):
        return Except(within(form.source, classes, place), form.excluded)
    return Within(form or instances(classes), place)


def instances(classes: frozenset[str]) -> EntitySet:
    """All things of some classes, as one form."""
    ordered = sorted(classes)
    form: EntitySet = Instances(ordered[0])
    for name in ordered[1:]:
        form = Either(form, Instances(name))
    return form


def narrowed(form: EntitySet | None, by: EntitySet) -> EntitySet:
    """``by`` where nothing restricts it yet, else both."""
    if form is None or (isinstance(form, Instances) and not form.subtype and isinstance(by, Follow)):
        if isinstance(form, Instances) and isinstance(by, Follow):
            return Follow(by.source, by.relation, by.direction, by.where, by.cls or form.cls)
        return by
    return Both(form, by)


def turns_back(form: EntitySet | None, relation: str, direction: Direction) -> bool:
    """Whether a set is told by the same relation from its other end: of the suppliers of a thing those
    that a firm supplies."""
    return isinstance(form, Follow) and form.relation == relation and form.direction != direction


def levelled(form: EntitySet | None) -> bool:
    """Places of one level (哪个市): reached from wherever a thing stands, however deep inside."""
    return isinstance(form, Instances) and bool(form.subtype)
