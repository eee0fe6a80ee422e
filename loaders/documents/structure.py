"""Facts that a document's structure states: the policy it is, its tasks and who is responsible,
its phases, the criteria of a rubric, the figures of an indicator table."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final

from loaders.documents.document import Document, Section
from loaders.documents.figure_tables import table_figures
from loaders.documents.head import NOTICE
from loaders.documents.indicators import indicators
from loaders.documents.responsibility import responsibilities
from loaders.documents.rubric import criteria
from loaders.facts import EntityFact, Fact, RelationFact, Thing
from ontology import structure
from ontology.lexicon import normalise
from ontology.lexicon.dimensions import mentions
from ontology.lexicon.mention import Period
from ontology.model import Ontology

POLICY: Final = "Policy"
TASK: Final = "Task"
PHASE: Final = "Phase"
CRITERION: Final = "Criterion"
INSTITUTION: Final = "Institution"
ISSUED_BY: Final = "ISSUED_BY"
RESPONSIBLE_FOR: Final = "RESPONSIBLE_FOR"

#: how documents that lay something down call themselves
_POLICY: Final = re.compile(
    r"(?:规划|纲要|方案|计划|意见|办法|细则|规定|条例|规范|指南|导则|要求|决定|措施|制度|标准)(?:[（(][^（）()]{1,20}[)）])*$"
)
#: what the title of a piece of news has and that of a paper has not
_NEWS: Final = re.compile(r"[?？!！]|出台|公布")
_AROUND: Final = re.compile(r"[（(][^（）()]*[)）]\s*$")


def structure_facts(document: Document, ontology: Ontology) -> list[Fact]:
    """All facts of the structure. Sections, passages and sources are no facts: they are carried
    by the document itself."""
    return list(stated_by_structure(document, ontology))


def stated_by_structure(document: Document, ontology: Ontology) -> Iterator[Fact]:
    """The same, one by one."""
    of_tables = (
        fact
        for table in document.tables
        for found in (
            criteria(document, table),
            indicators(document, table, ontology) or table_figures(document, table),
        )
        for fact in found
    )
    for fact in itertools.chain(_policy(document), _tasks(document), _phases(document), of_tables):
        if _sayable(fact, ontology):
            yield fact


def _sayable(fact: Fact, ontology: Ontology) -> bool:
    """A relation of the structure that the ontology does not have between such parts (a user's own
    ontology may not) is left unsaid: the parts' numbers hold the same."""
    if not isinstance(fact, RelationFact) or not fact.subject.id:
        return True
    relation = ontology.relations.get(fact.relation)
    return relation is not None and fact.object.cls in relation.range_for(fact.subject.cls)


def section_thing(document: Document, section: Section) -> Thing:
    """A section as the end of a fact."""
    name = " ".join(word for word in (section.label, section.title) if word) or section.number
    return Thing(structure.SECTION, name, id=section.id)


def part_facts(
    document: Document, thing: Thing, section: str, passage: str, quote: str
) -> Iterator[RelationFact]:
    """Where in its document a task, a phase or a criterion stands."""
    whole = Thing(structure.DOCUMENT, document.title or document.id, id=f"document:{document.id}")
    yield RelationFact(thing, structure.IN_DOCUMENT, whole, passage, quote)
    around = document.section_of.get(section)
    if around is not None:
        yield RelationFact(thing, structure.IN_SECTION, section_thing(document, around), passage, quote)


def _policy(document: Document) -> Iterator[Fact]:
    """The policy that the document is, with its number and issuer."""
    title = document.title
    called = (_POLICY.search(title) or NOTICE.search(title)) and not _NEWS.search(title)
    if not (document.number or (called and len(title) <= 80)):
        if document.issuer and document.passages:  # a report is issued too
            whole = Thing(structure.DOCUMENT, title or document.id, id=f"document:{document.id}")
            issuer = Thing(INSTITUTION, document.issuer, place=document.place)
            named = _place_of(document, document.issuer)
            if named is not None:
                yield RelationFact(whole, ISSUED_BY, issuer, *named)
        return
    at = _place_of(document, title)
    if at is None:
        return
    passage, quote = at
    policy = Thing(POLICY, re.sub(r"\s+", "", title))
    dated = {"dated": document.dated.isoformat()} if document.dated else {}
    yield EntityFact(policy, passage, quote, attributes=dated)
    if document.number:
        # the line that has the number, not the title's
        numbered = _place_of(document, document.number) or at
        yield EntityFact(policy, *numbered, attributes={"number": document.number})
    if document.issuer:
        named = _place_of(document, document.issuer) or at
        issuer = Thing(INSTITUTION, document.issuer, place=document.place)
        whole = Thing(structure.DOCUMENT, document.title or document.id, id=f"document:{document.id}")
        for subject in (policy, whole):
            yield RelationFact(subject, ISSUED_BY, issuer, *named)


def _place_of(document: Document, words: str) -> tuple[str, str] | None:
    """The first passage that holds these words (reference and text)."""
    key = normalise.fold(words)
    for passage in document.passages[:60]:
        if key in normalise.fold(passage.text):
            return document.reference(passage), document.quote(passage)
    if document.passages:
        first = document.passages[0]
        return document.reference(first), document.quote(first)
    return None


def _tasks(document: Document) -> Iterator[Fact]:
    """Tasks, and the institutions that lead them or answer for them."""
    for section in document.sections:
        if section.kind != "task":
            continue
        thing = task_thing(document, section)
        head = _head(document, section)
        attributes = {"number": section.number, "title": section.title, "label": section.label}
        yield EntityFact(thing, *head, attributes={k: v for k, v in attributes.items() if v})
        yield from part_facts(document, thing, section.id, *head)
    for passage in document.passages:
        task = next((s for s in document.ancestors(passage.section) if s.kind == "task"), None)
        if task is None:
            continue
        for unit in responsibilities(passage.text):
            a, b = passage.span(unit.start, unit.end)
            institution = Thing(INSTITUTION, unit.name, mention=document.text[a:b], place=document.place)
            yield RelationFact(
                institution,
                RESPONSIBLE_FOR,
                task_thing(document, task),
                document.reference(passage),
                document.quote(passage),
                qualifiers={"role": unit.role},
            )


def task_thing(document: Document, section: Section) -> Thing:
    """``task:DOC/3`` (contract §1)."""
    return Thing(TASK, section.title, id=f"task:{document.id}/{section.number}")


def _phases(document: Document) -> Iterator[Fact]:
    """Phases with their beginning and end."""
    for section in document.sections:
        if section.kind != "phase":
            continue
        head = _head(document, section)
        name = _AROUND.sub("", section.title).strip() or section.title
        thing = Thing(PHASE, name, id=f"phase:{document.id}/{section.number}")
        attributes = {"number": section.number, "title": section.title}
        span = _span(section.title) or _span(
            normalise.clean(document.text[section.start : section.end][:120]).text
        )
        if span is not None:
            attributes |= {"begins": span[0].text, "ends": span[1].text}
        yield EntityFact(thing, *head, attributes=attributes)
        yield from part_facts(document, thing, section.id, *head)


def _span(text: str) -> tuple[Period, Period] | None:
    """First and last period named in a heading: 2026年3月-2026年10月 → (2026-03, 2026-10)."""
    text = normalise.clean(text).text
    parts = re.findall(r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?|\d{4}年", text)
    periods: list[Period] = []
    year = ""
    for part in parts[:2]:
        year = part[:5] if "年" in part else year
        full = part if "年" in part else year + part
        found = [m.value for m in mentions(full) if isinstance(m.value, Period)]
        if found:
            periods.append(found[0])
    return (periods[0], periods[-1]) if periods else None


def _head(document: Document, section: Section) -> tuple[str, str]:
    """The passage that opens a section: reference and text."""
    passage = document.first_from(section.start)
    if passage is not None:
        return document.reference(passage), document.quote(passage)
    return f"{document.id}#{section.start}-{section.end}", document.text[section.start : section.end]
