"""What a question says of parts of documents, and the readings that are made of it.

``Asks`` holds the words: the classes of parts, relations and roles, things, negation, documents;
the names of parts are found with what these leave over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ontology.lexicon.mention import Mention
from ontology.model import Ontology
from ontology.structure import REGION, SECTION
from qa_service.questions.asked import Asked, asked_by
from qa_service.questions.part_words import COUNTED, part_words, stands
from qa_service.questions.parts import bits
from qa_service.questions.question import Question
from qa_service.questions.scope import part_classes, parts_in
from qa_service.readings.reading import Reading
from qa_service.session import Session
from queries.logical_form import (
    Both,
    Count,
    Direction,
    Either,
    Entity,
    EntitySet,
    Instances,
    LogicalForm,
    Op,
)

#: 归哪些部门管, 谁来抓: who has to do with it
_IN_CHARGE = re.compile(r"[归由找](?=谁|哪[些几个家]*(?:单位|部门|局|机构))")
#: bodies are asked for, not what they have to do with
_ASKS_BODY = re.compile(r"谁|(?:(?:哪|几|多少)[些几个家]*|最[多少]的)(?:单位|部门|局|机构|科室)")
#: (甲县质量强县培育): of which document the question is, beside what it asks
_ASIDE = re.compile(r"[(（]([^()（）]{4,30})[)）]")
#: 任务最多的单位: they have to do with the tasks
_MOST_BODY = re.compile(r"最[多少]的(?:单位|部门|局|机构|科室)")


@dataclass(frozen=True)
class Role:
    """A relation between things and parts of documents, as the question names it: from the
    part's side ``out`` or ``in``, and in which role ("" for any)."""

    relation: str
    role: str
    part: str
    other: frozenset[str]
    to_part: Direction

    @property
    def to_other(self) -> Direction:
        return "in" if self.to_part == "out" else "out"

    @property
    def where(self) -> tuple[tuple[str, Op, str], ...]:
        return (("role", "=", self.role),) if self.role else ()


@dataclass(frozen=True)
class Asks:
    """What a question says, apart from the names of parts."""

    text: str
    content: int
    weights: tuple[float, ...]
    asked: Asked
    documents: frozenset[str]
    sections: frozenset[str]
    roles: tuple[Role, ...]
    #: each role with the characters of one word that says it
    said_roles: tuple[tuple[Role, int], ...]
    role_mask: int
    classes: frozenset[str]
    class_mask: int
    things: tuple[tuple[str, str, int], ...]
    negation: int
    #: the places whose documents are asked
    places: int
    #: characters of parts that are named in full: no words that only lead on
    names: int
    #: characters in brackets that only repeat the title of the document asked of
    title: int = 0

    @property
    def counted(self) -> bool:
        return bool(COUNTED.search(self.text))

    @property
    def asks_body(self) -> bool:
        """Whether bodies are asked for, not the parts that they have to do with."""
        return _ASKS_BODY.search(self.text) is not None

    def has(self, kind: str) -> int:
        """The characters of the words of a list that stand in the question."""
        return stands(self.text, part_words()[kind]) & ~self.names


def asks_of(question: Question, session: Session) -> Asks | None:
    ontology = session.ontology
    of_parts = part_classes(ontology) - {SECTION}
    content = question.content()
    roles: list[tuple[Role, int]] = []
    role_mask = class_mask = negation = word_mask = names = places = 0
    classes: set[str] = set()
    things: list[tuple[str, str, int]] = []
    documents = question.scope.documents
    for alternatives in question.segments:
        if question.inside_scope(alternatives):
            continue
        span = bits(alternatives[0].start, alternatives[0].end)
        found = list(_roles(alternatives, of_parts, session.parts.linked, ontology))
        if found:
            role_mask |= span
            roles += [(role, span) for role in found]
        named = {str(m.value) for m in alternatives if m.kind == "class"} & of_parts
        if named and not any(m.kind == "entity" for m in alternatives):
            classes |= named
            class_mask |= span
        for m in alternatives:
            if m.kind == "entity" and isinstance(m.value, tuple):
                for node, cls in m.value:
                    if cls in of_parts:
                        names |= span
                    if cls == REGION:
                        near = _documents_of(str(node), session)
                        if near and not question.scope.documents:
                            documents = documents | near
                        if near or question.scope.documents:
                            content &= ~span
                            places |= span
                    elif cls not in of_parts:
                        things.append((str(node), str(cls), span))
        if any(m.kind == "word" and m.value == "not" for m in alternatives):
            negation |= span
        elif all(m.kind == "word" for m in alternatives):
            word_mask |= span
    doers = session.parts.doers_in(question.clean, documents)
    if doers:
        # 农业农村局 is one name, though 农业 may shorten another
        known = {span for _, _, span in doers}
        things = [t for t in things if not any(t[2] & span for span in known if t[2] | span == span)]
        things += [d for d in doers if not any(d[2] & t[2] for t in things)]
    content &= ~word_mask
    if not content:
        return None
    if not roles and (things or _ASKS_BODY.search(question.clean)):
        involved = stands(question.clean, part_words()["involved"]) & ~negation
        charged = _IN_CHARGE.search(question.clean)
        charged = charged or _MOST_BODY.search(question.clean)
        involved |= bits(charged.start(), charged.start() + 1) if charged else 0
        if involved:
            roles = [(role, involved) for role in _linked(session, of_parts)]
            role_mask = involved
    return Asks(
        question.clean,
        content,
        session.corpus.weights(question.clean),
        asked_by(question),
        documents,
        question.scope.sections,
        tuple(dict.fromkeys(role for role, _ in roles)),
        tuple(roles),
        role_mask & content,
        frozenset(classes),
        class_mask & content,
        tuple(things),
        negation & content,
        places,
        names,
        _title(question.clean, documents, session),
    )


def _title(text: str, documents: frozenset[str], session: Session) -> int:
    titles = [session.corpus.documents[d].words for d in documents if d in session.corpus.documents]
    mask = 0
    for m in _ASIDE.finditer(text):
        if any(m[1] in title for title in titles):
            mask |= bits(*m.span())
    return mask


def _roles(
    alternatives: Sequence[Mention],
    of_parts: frozenset[str],
    linked: frozenset[tuple[str, str, Direction]],
    o: Ontology,
) -> Iterator[Role]:
    """The relations of parts that a stretch names; a role where it names one."""
    named = [
        (r, o.roles[str(m.value)].value)
        for m in alternatives
        if m.kind == "role"
        for r in o.roles[str(m.value)].relations
    ]
    if not named:
        named = [(str(m.value), "") for m in alternatives if m.kind == "relation"]
    for name, role in named:
        relation = o.relations[name]
        if relation.structural:
            continue
        for part in sorted(relation.range & of_parts):
            if (name, part, "out") in linked:
                yield Role(name, role, part, relation.domain - of_parts, "out")
        for part in sorted(relation.domain & of_parts):
            if (name, part, "in") in linked:
                yield Role(name, role, part, relation.range - of_parts, "in")


def _linked(session: Session, of_parts: frozenset[str]) -> Iterator[Role]:
    """Every way in which something has to do with a part, in whatever role."""
    for name, part, to_part in sorted(session.parts.linked):
        relation = session.ontology.relations[name]
        other = relation.domain if to_part == "out" else relation.range
        yield Role(name, "", part, other - of_parts, to_part)


def _documents_of(region: str, session: Session) -> frozenset[str]:
    code = region.partition(":")[2]
    return frozenset(d.id for d in session.corpus.documents.values() if d.place == code)


# ---- readings ----------------------------------------------------------------------------------


def made(asks: Asks, form: LogicalForm, explained: int, rule: str, penalty: float = 0.0) -> Reading:
    need = asks.content & ~asks.has("aside") & ~asks.title
    total = sum(w for i, w in enumerate(asks.weights) if need >> i & 1)
    got = sum(w for i, w in enumerate(asks.weights) if (explained & need) >> i & 1)
    coverage = got / total if total else 1.0
    return Reading(
        form=form,
        cost=round(1.0 - coverage + penalty, 4),
        explained=explained | asks.has("aside") | asks.places,
        rule="about_parts",
        tree=f"about_parts {rule}: coverage {coverage:.2f}",
        source="structure",
    )


def counted(form: EntitySet, asks: Asks) -> LogicalForm:
    return Count(form) if asks.counted else form


def every_of(asks: Asks, cls: str) -> EntitySet:
    """All parts of the class, of the documents that the question names."""
    return inside(asks, Instances(cls), cls)


def homes(asks: Asks, session: Session) -> frozenset[str]:
    """The documents asked of; where none is named, those whose parts the things have to do with, and
    without things those with such parts at all."""
    if asks.documents:
        return asks.documents
    nodes = {node for node, _, _ in asks.things}
    doers = session.parts.doers
    return frozenset(d.document for d in doers if d.id in nodes) or frozenset(d.document for d in doers)


def inside(asks: Asks, form: EntitySet, cls: str) -> EntitySet:
    if not asks.documents:
        return form
    inside = parts_in(asks.documents, frozenset([cls]), asks.sections)
    return inside if isinstance(form, Instances) else Both(form, inside)


def either(ids: Sequence[str]) -> EntitySet:
    form: EntitySet = Entity(ids[0])
    for other in ids[1:]:
        form = Either(form, Entity(other))
    return form
