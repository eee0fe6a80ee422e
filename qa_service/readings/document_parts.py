"""Readings about the parts of documents: tasks and who answers for them, steps and their times,
judged items and their points.

What is asked of such a part is said in any order: its name (shortened), its class, a relation of
it and a role in it, something that stands in the relation, a document. What the question has of
these makes the form; the ontology says which classes and relations are of parts of documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ontology.lexicon.dimensions.number import chinese
from ontology.structure import SECTION
from qa_service.questions.named_parts import NamedPart, NamedParts
from qa_service.questions.part_words import bar_asked
from qa_service.questions.parts import bits
from qa_service.questions.question import Question
from qa_service.questions.scope import part_classes
from qa_service.readings.asked_parts import Asks, Role, asks_of, counted, either, every_of, homes, made
from qa_service.readings.levels import of_levels
from qa_service.readings.parts_of_things import behind_which, of_things
from qa_service.readings.points import (
    added,
    amounts,
    extreme_of,
    of_amount,
    of_bands,
    of_each,
    of_figures,
    of_wholes,
)
from qa_service.readings.reading import Reading
from qa_service.rules.grammar import instances
from qa_service.session import Session
from queries.logical_form import (
    Both,
    Count,
    Entity,
    EntitySet,
    Except,
    Exists,
    Follow,
    GroupBy,
    LogicalForm,
    Qualifier,
)

#: parts of one name that become readings
_KEPT = 3
#: 第二个, 首个, 最后一步
_ORDINAL = re.compile(r"第([一二三四五六七八九十]+|\d+)(?:个|项|步|条)|(首个|首先的)|最后一?(?:个|项|步)?")
_WHICH_ROLE = re.compile(r"还是|什么(?:角色|身份)")
_WHETHER = re.compile(r"是不是|是否|吗|对不对|属不属")
#: share of the words that name a part that are to be accounted for
_TOLD = 0.7
#: a part explains at least so much less than the best one that it is not meant
_BEHIND = 0.12


def about_parts(question: Question, session: Session) -> list[Reading]:
    """Readings about parts of documents, best first."""
    asks = asks_of(question, session)
    if asks is None or bar_asked(question.clean):
        return []
    found: dict[LogicalForm, Reading] = {}
    levels = of_levels(asks, session)
    readings = (
        *of_things(asks, session),
        *_of_classes(asks, session),
        *of_wholes(asks, question, session),
        *of_bands(asks, session),
        *of_amount(asks, question, session),
        *(_of_named(asks, question, session) if levels is None else levels),
    )
    for reading in readings:
        if reading.form not in found or reading.cost < found[reading.form].cost:
            found[reading.form] = reading
    return sorted(found.values(), key=lambda r: (r.cost, repr(r.form)))[:4]


def _of_classes(asks: Asks, session: Session) -> Iterator[Reading]:
    """各项任务, 没写明牵头单位的任务, 几项任务, 时间最长的阶段: all parts of a class, or those with
    a relation, or those without."""
    whole = [r for r in asks.roles if not asks.classes or r.part in asks.classes]
    named = asks.role_mask | asks.class_mask | asks.has("part")
    asks_class = bool(asks.classes)
    steps = asks.has("step")
    for way in whole:
        explained = named | asks.negation
        others = [(node, span) for node, cls, span in asks.things if cls in way.other]
        if asks.negation and others and asks.asks_body:
            # 除了县科技局还有谁牵头
            units = Follow(every_of(asks, way.part), way.relation, way.to_other, way.where)
            for node, span in others:
                mask = explained | span | asks.has("unit") | asks.has("joint")
                yield made(asks, counted(Except(units, Entity(node)), asks), mask, "other_units")
            continue
        linked = Follow(instances(way.other), way.relation, way.to_part, way.where, cls=way.part)
        every = every_of(asks, way.part)
        extreme, ends = extreme_of(asks)
        if asks.negation and asks_class:
            stated = _stated(asks, way)
            every = every_of(replace(asks, documents=homes(asks, session)), way.part)
            base = Both(every, stated) if stated is not None else every
            yield made(asks, counted(Except(base, linked), asks), explained, "parts_without")
        elif extreme and not asks.negation:
            units = Follow(every, way.relation, way.to_other, way.where)
            asked_part = asks_class and _of_part(asks, ends)
            grouped = (
                GroupBy(units, way.relation, way.to_part, way.where)
                if asked_part
                else GroupBy(every, way.relation, way.to_other, way.where)
            )
            explained |= ends | asks.has("unit") | asks.has("part")
            yield made(asks, extreme(grouped), explained, "most_parts")
        elif not asks.negation:
            if asks_class:
                yield made(
                    asks,
                    counted(Both(every, linked), asks),
                    explained,
                    "parts_with",
                    0.0 if behind_which(asks) else 0.02,
                )
            if not asks.things:
                units = Follow(every, way.relation, way.to_other, way.where)
                yield made(
                    asks,
                    counted(units, asks),
                    explained | asks.has("unit"),
                    "units_of_parts",
                    0.12 if asks_class else 0.03,
                )
    if asks.negation or extreme_of(asks)[1]:
        return
    for cls in sorted(asks.classes or _timed(session.parts) if steps or asks.classes else ()):
        every = every_of(asks, cls)
        fellows = [
            p
            for p in session.parts.parts
            if p.cls == cls and (not asks.documents or p.document in asks.documents)
        ]
        if not fellows:
            continue
        if any(p.wider for p in fellows) and len({p.document for p in fellows}) == 1:
            every = either([p.id for p in fellows if not p.wider])  # not their parts too
        explained = asks.class_mask | steps | asks.has("part") | asks.has("unit") | asks.role_mask
        written = _written(fellows, session) if any(p.months for p in fellows) else ()
        at = _ordinal(asks.text, len(fellows))
        if at is not None and len({p.document for p in fellows}) == 1:
            place, mask = at
            reading = made(asks, Entity(fellows[place].id), explained | mask | asks.has("period"), "ordinal")
            yield replace(reading, written=written)
        for word, pick in (("longest", max), ("shortest", min)):
            mask = asks.has(word)
            timed = [p for p in fellows if p.months]
            if mask and timed:
                months = pick(p.months for p in timed)
                best = [p for p in timed if p.months == months]
                notes = tuple(f"{p.name}：{p.begins} 至 {p.ends}，{p.months}个月" for p in timed)
                reading = made(
                    asks, either([p.id for p in best]), explained | mask | asks.has("period"), word
                )
                yield replace(reading, notes=notes, written=written)
        periods = asks.has("period")
        list_them = periods or steps or asks.has("each") or not asks.counted
        form: LogicalForm = every if list_them else Count(every)
        penalty = 0.06 if asks.roles else 0.0
        yield replace(made(asks, form, explained | periods, "all_parts", penalty), written=written)


def _of_part(asks: Asks, extreme: int) -> bool:
    """Whether a part is asked for by the number of its units: 责任单位最多的任务, 哪项任务的责任单位最多,
    任务中责任单位最多的; but 任务最多的单位."""
    behind = asks.text[asks.class_mask.bit_length() :].startswith(("里", "中", "当中", "之中"))
    end = extreme.bit_length()
    follows = asks.class_mask >> (end + asks.text.startswith("的", end)) & 1
    return bool(behind or follows or behind_which(asks))


def _stated(asks: Asks, way: Role) -> EntitySet | None:
    """只写了责任单位没写牵头单位: the parts with the role that is said before what is denied."""
    denied = min((n for n in range(len(asks.text)) if asks.negation >> n & 1), default=0)
    for role, mask in asks.said_roles:
        if role.role and role != way and role.relation == way.relation and not mask >> denied:
            return Follow(instances(role.other), role.relation, role.to_part, role.where, cls=role.part)
    return None


def _of_named(asks: Asks, question: Question, session: Session) -> Iterator[Reading]:
    """绿色发展这块谁牵头, 加快服务质量升级有几个责任单位, 预防级加几分: of parts by their names."""
    of_parts = part_classes(session.ontology) - {SECTION}
    used = asks.role_mask | asks.negation
    for _, cls, span in asks.things:
        used |= span & asks.content if any(cls in r.other for r in asks.roles) else 0
    idle = (
        used | asks.class_mask | amounts(question, frozenset(p.unit for p in session.parts.parts if p.unit))
    )
    for kind in ("aside", "unit", "part", "period", "amount"):
        idle |= asks.has(kind)
    idle |= added(asks)
    rest = asks.content & ~idle
    roles = asks.roles or ()
    classes = frozenset(r.part for r in roles) if roles else of_parts
    found = session.parts.find(asks.text, rest, asks.documents, classes)
    if not found:
        return
    if not roles:
        several = list(of_each(asks, found))
        yield from several
        if several:
            return
    near = [f for f in found if found[0].score - f.score <= _BEHIND][:_KEPT]
    for f in near:
        if (f.explained & rest).bit_count() < _TOLD * rest.bit_count():
            continue
        behind = found[0].score - f.score
        if roles:
            for way in roles:
                if way.part == f.part.cls and not asks.negation:
                    form: EntitySet = Follow(Entity(f.part.id), way.relation, way.to_other, way.where, cls="")
                    explained = f.explained | used | asks.has("unit") | asks.has("part") | asks.class_mask
                    fillers = [(node, span) for node, cls, span in asks.things if cls in way.other]
                    if fillers and _WHICH_ROLE.search(asks.text):
                        for node, span in fillers:
                            role = Qualifier(
                                Entity(node), way.relation, way.to_part, "role", to=Entity(f.part.id)
                            )
                            mask = explained | span | asks.has("joint")
                            yield made(asks, role, mask, f"role in {f.part.name}", behind - 0.02)
                        continue
                    if fillers and _WHETHER.search(asks.text):
                        for node, span in fillers:
                            claim = Exists(Both(Entity(node), form))
                            rule = f"whether_of_part {f.part.name}"
                            yield made(asks, claim, explained | span, rule, behind)
                        continue
                    if fillers and behind_which(asks) and not asks.asks_body:
                        continue  # 县司法局被派到哪项任务: the task is asked, not who has to do with one
                    yield made(asks, counted(form, asks), explained, f"of_part {f.part.name}", behind)
            continue
        yield from of_figures(asks, f, behind, question, session)
        if f.part.months and (asks.has("period") or asks.asked.sort == "time"):
            explained = f.explained | asks.has("period") | asks.class_mask
            reading = made(asks, Entity(f.part.id), explained, f"times {f.part.name}", behind)
            yield replace(reading, written=_written([f.part], session))


def _timed(parts: NamedParts) -> frozenset[str]:
    return frozenset(p.cls for p in parts.parts if p.months)


def _written(parts: Sequence[NamedPart], session: Session) -> tuple[tuple[str, str], ...]:
    """Parts as their headings write them: with their times."""
    return tuple(
        (p.id, session.corpus.sections[p.section].title)
        for p in parts
        if p.section in session.corpus.sections
    )


def _ordinal(text: str, count: int) -> tuple[int, int] | None:
    """第二个, 最后一个: the place in the order of the document and the characters that say so."""
    m = _ORDINAL.search(text)
    if m is None:
        return None
    value = chinese(m[1]) if m[1] else None
    place = int(m[1]) if m[1] and m[1].isdigit() else int(value) if value else 0 if m[2] else count
    at = place - 1 if m[1] or not m[2] else 0
    return (at, bits(m.start(), m.end())) if 0 <= at < count else None
