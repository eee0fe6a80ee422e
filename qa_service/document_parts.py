"""Readings about the parts of documents: tasks and who answers for them, steps and their times,
judged items and their points.

What is asked of such a part is said in any order: its name (shortened), its class, a relation of
it and a role in it, something that stands in the relation, a document. What the question has of
these makes the form; the ontology says which classes and relations are of parts of documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ontology.lexicon.dimensions.number import chinese
from ontology.lexicon.mention import Mention, Quantity
from ontology.model import Ontology
from ontology.structure import PART_OF, REGION, SECTION
from qa_service.asked import Asked, asked_by
from qa_service.named_parts import Found, NamedPart, NamedParts
from qa_service.part_words import COUNTED, part_words, stands
from qa_service.parts import bits
from qa_service.question import Question
from qa_service.reading import Reading
from qa_service.rules.grammar import instances
from qa_service.rules.words import structural_words
from qa_service.scope import part_classes, parts_in
from qa_service.session import Session
from queries.logical_form import (
    Both,
    Compared,
    Count,
    Direction,
    Either,
    Entity,
    EntitySet,
    Except,
    Follow,
    GroupBy,
    Instances,
    LogicalForm,
    Most,
    Observations,
    Op,
    Subjects,
)

#: parts of one name that become readings
_KEPT = 3
#: 第二个, 首个, 最后一步
_ORDINAL = re.compile(r"第([一二三四五六七八九十]+|\d+)(?:个|项|步|条)|(首个|首先的)|最后一?(?:个|项|步)?")
#: 最高档, 最低一档
_EXTREME = re.compile(r"最(高|低)的?一?[档级]")
#: share of the words that name a part that are to be accounted for
_TOLD = 0.7
#: a part explains at least so much less than the best one that it is not meant
_BEHIND = 0.12


@dataclass(frozen=True)
class _Role:
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
class _Asks:
    """What a question says, apart from the names of parts."""

    text: str
    content: int
    weights: tuple[float, ...]
    asked: Asked
    documents: frozenset[str]
    sections: frozenset[str]
    roles: tuple[_Role, ...]
    role_mask: int
    classes: frozenset[str]
    class_mask: int
    things: tuple[tuple[str, str, int], ...]
    negation: int
    #: the places whose documents are asked
    places: int
    #: characters of parts that are named in full: no words that only lead on
    names: int

    @property
    def counted(self) -> bool:
        return bool(COUNTED.search(self.text))

    def has(self, kind: str) -> int:
        """The characters of the words of a list that stand in the question."""
        return stands(self.text, part_words()[kind]) & ~self.names


def about_parts(question: Question, session: Session) -> list[Reading]:
    """Readings about parts of documents, best first."""
    asks = _asks(question, session)
    if asks is None:
        return []
    made: dict[LogicalForm, Reading] = {}
    readings = (
        *_of_things(asks),
        *_of_classes(asks, session),
        *_of_wholes(asks, session),
        *_of_named(asks, question, session),
    )
    for reading in readings:
        if reading.form not in made or reading.cost < made[reading.form].cost:
            made[reading.form] = reading
    return sorted(made.values(), key=lambda r: (r.cost, repr(r.form)))[:4]


def _asks(question: Question, session: Session) -> _Asks | None:
    ontology = session.ontology
    of_parts = part_classes(ontology) - {SECTION}
    content = question.content()
    roles: dict[_Role, None] = {}
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
            roles.update(dict.fromkeys(found))
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
    content &= ~word_mask
    if not content:
        return None
    return _Asks(
        question.clean,
        content,
        session.library.weights(question.clean),
        asked_by(question),
        documents,
        question.scope.sections,
        tuple(roles),
        role_mask & content,
        frozenset(classes),
        class_mask & content,
        tuple(things),
        negation & content,
        places,
        names,
    )


def _roles(
    alternatives: Sequence[Mention],
    of_parts: frozenset[str],
    linked: frozenset[tuple[str, str, Direction]],
    o: Ontology,
) -> Iterator[_Role]:
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
                yield _Role(name, role, part, relation.domain - of_parts, "out")
        for part in sorted(relation.domain & of_parts):
            if (name, part, "in") in linked:
                yield _Role(name, role, part, relation.range - of_parts, "in")


def _documents_of(region: str, session: Session) -> frozenset[str]:
    code = region.partition(":")[2]
    return frozenset(d.id for d in session.library.documents.values() if d.place == code)


# ---- forms -------------------------------------------------------------------------------------


def _of_things(asks: _Asks) -> Iterator[Reading]:
    """县商务局参与哪几项任务: from a thing over a relation to parts."""
    for node, cls, span in asks.things:
        for way in (r for r in asks.roles if cls in r.other):
            if asks.classes and way.part not in asks.classes:
                continue
            reached: EntitySet = Follow(Entity(node), way.relation, way.to_part, way.where, cls=way.part)
            explained = span | asks.role_mask | asks.class_mask | asks.has("part")
            if asks.negation:
                yield _reading(
                    asks, Except(_all(asks, way.part), reached), explained | asks.negation, "not_of_thing"
                )
                continue
            yield _reading(
                asks, _counted(_inside(asks, reached, way.part), asks), explained, "parts_of_thing"
            )


def _of_classes(asks: _Asks, session: Session) -> Iterator[Reading]:
    """各项任务, 没写明牵头单位的任务, 几项任务, 时间最长的阶段: all parts of a class, or those with
    a relation, or those without."""
    whole = [r for r in asks.roles if not asks.classes or r.part in asks.classes]
    named = asks.role_mask | asks.class_mask | asks.has("part")
    asks_class = bool(asks.classes)
    steps = asks.has("step")
    for way in whole:
        explained = named | asks.negation
        linked = Follow(instances(way.other), way.relation, way.to_part, way.where, cls=way.part)
        every = _all(asks, way.part)
        most = stands(asks.text, structural_words()["superlative.most"])
        if asks.negation and asks_class:
            yield _reading(asks, _counted(Except(every, linked), asks), explained, "parts_without")
        elif most and not asks.negation:
            units = Follow(every, way.relation, way.to_other, way.where)
            asked_part = asks_class and _behind_which(asks)
            grouped = (
                GroupBy(units, way.relation, way.to_part)
                if asked_part
                else GroupBy(every, way.relation, way.to_other)
            )
            yield _reading(asks, Most(grouped), explained | most, "most_parts")
        elif not asks.negation:
            if asks_class:
                yield _reading(asks, _counted(Both(every, linked), asks), explained, "parts_with", 0.02)
            if not asks.things:
                units = Follow(every, way.relation, way.to_other, way.where)
                yield _reading(
                    asks,
                    _counted(units, asks),
                    explained | asks.has("unit"),
                    "units_of_parts",
                    0.12 if asks_class else 0.03,
                )
    if asks.negation:
        return
    for cls in sorted(asks.classes or _timed(session.parts) if steps or asks.classes else ()):
        every = _all(asks, cls)
        fellows = [
            p
            for p in session.parts.parts
            if p.cls == cls and (not asks.documents or p.document in asks.documents)
        ]
        if not fellows:
            continue
        if any(p.wider for p in fellows) and len({p.document for p in fellows}) == 1:
            every = _either([p.id for p in fellows if not p.wider])  # not their parts too
        explained = asks.class_mask | steps | asks.has("part") | asks.has("unit") | asks.role_mask
        written = _written(fellows, session) if any(p.months for p in fellows) else ()
        at = _ordinal(asks.text, len(fellows))
        if at is not None and len({p.document for p in fellows}) == 1:
            place, mask = at
            reading = _reading(asks, Entity(fellows[place].id), explained | mask | asks.has("period"), "ordinal")
            yield replace(reading, written=written)
        for word, pick in (("longest", max), ("shortest", min)):
            mask = asks.has(word)
            timed = [p for p in fellows if p.months]
            if mask and timed:
                months = pick(p.months for p in timed)
                best = [p for p in timed if p.months == months]
                notes = tuple(f"{p.name}：{p.begins} 至 {p.ends}，{p.months}个月" for p in timed)
                reading = _reading(
                    asks, _either([p.id for p in best]), explained | mask | asks.has("period"), word
                )
                yield replace(reading, notes=notes, written=written)
        periods = asks.has("period")
        list_them = periods or steps or asks.has("each") or not asks.counted
        form: LogicalForm = every if list_them else Count(every)
        penalty = 0.06 if asks.roles else 0.0
        yield replace(_reading(asks, form, explained | periods, "all_parts", penalty), written=written)


def _of_wholes(asks: _Asks, session: Session) -> Iterator[Reading]:
    """总分多少, 分哪几块: the widest judged items of a document, and their points."""
    widest = [
        p for p in session.parts.parts if p.document in asks.documents and p.unit and not p.wider
    ]
    if len(widest) < 2 or asks.things:
        return
    every = _either([p.id for p in widest])
    points = re.compile(rf"总{widest[0].unit}|{widest[0].unit}值|满{widest[0].unit}|(?:几|多少){widest[0].unit}")
    said = 0
    for m in points.finditer(asks.text):
        said |= bits(m.start(), m.end())
    explained = said | asks.has("part") | asks.has("unit") | asks.class_mask
    if said:
        yield _reading(asks, Observations(every, "", kind="actual"), explained, "points of the whole", 0.04)
    elif asks.has("part") and (asks.counted or asks.asked.sort in ("list", "thing")):
        yield _reading(asks, _counted(every, asks), explained, "the widest parts", 0.04)


def _of_named(asks: _Asks, question: Question, session: Session) -> Iterator[Reading]:
    """绿色发展这块谁牵头, 加快服务质量升级有几个责任单位, 预防级加几分: of parts by their names."""
    of_parts = part_classes(session.ontology) - {SECTION}
    used = asks.role_mask | asks.negation
    for _, cls, span in asks.things:
        used |= span & asks.content if any(cls in r.other for r in asks.roles) else 0
    idle = used | asks.class_mask | _amounts(question, frozenset(p.unit for p in session.parts.parts if p.unit))
    for kind in ("aside", "unit", "part", "period"):
        idle |= asks.has(kind)
    rest = asks.content & ~idle
    roles = asks.roles or ()
    classes = frozenset(r.part for r in roles) if roles else of_parts
    found = session.parts.find(asks.text, rest, asks.documents, classes)
    if not found:
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
                    yield _reading(asks, _counted(form, asks), explained, f"of_part {f.part.name}", behind)
            continue
        yield from _of_figures(asks, f, behind, question, session)
        if f.part.months and (asks.has("period") or asks.asked.sort == "time"):
            explained = f.explained | asks.has("period") | asks.class_mask
            reading = _reading(asks, Entity(f.part.id), explained, f"times {f.part.name}", behind)
            yield replace(reading, written=_written([f.part], session))


def _of_figures(
    asks: _Asks, f: Found, behind: float, question: Question, session: Session
) -> Iterator[Reading]:
    """Points of a judged item, its levels, and those of its levels that give so much."""
    part = f.part
    if not part.unit:
        return
    levels = session.parts.within.get(part.id, ())
    amounts = [m for m in _quantities(question) if m[1].unit == part.unit and m[1].value is not None]
    explained = f.explained | asks.has("aside") | asks.has("part") | asks.class_mask
    unit = re.compile(rf"(?:几|多少|零|0|满|总|高|加|得|拿|到)\s?{part.unit}|{part.unit}值")
    asks_figure = 0
    for m in unit.finditer(asks.text):
        asks_figure |= bits(m.start(), m.end())
    extreme = _EXTREME.search(asks.text)
    if extreme and levels:
        pick = max if extreme[1] == "高" else min
        best = pick(levels, key=lambda p: p.high)
        mask = explained | bits(extreme.start(), extreme.end()) | asks_figure
        figure = Observations(Entity(best.id), "", kind="actual")
        yield _reading(asks, figure, mask, f"level {best.name}", behind - 0.05)
    elif asks_figure and not (amounts and asks.asked.sort == "list" and levels):
        figure = Observations(Entity(part.id), "", kind="actual")
        wants_level = bool(asks.negation)
        denies = re.search("[未没无不]", part.name) is not None
        penalty = behind + (0.0 if denies == wants_level else 0.08)
        yield _reading(
            asks,
            figure,
            explained | asks_figure | (asks.negation if denies else 0),
            f"points {part.name}",
            penalty,
        )
    elif levels and amounts and asks.asked.sort in ("list", "thing", "number"):
        start, amount = amounts[0]
        op = _compared(asks, amount, start)
        kept = [p.id for p in levels if _gives(p, op, float(amount.value or 0.0))]
        if kept:
            single = all(p.low == p.high for p in levels)
            inner = Observations(_within(part, session.parts), "", kind="actual")
            form: EntitySet = (
                Subjects(Compared(inner, op, float(amount.value or 0.0))) if single else _either(kept)
            )
            text = asks.text
            mask = explained | asks.negation | stands(text, [text[start : start + 3]])
            yield _reading(asks, _counted(form, asks), mask, f"levels {part.name}", behind)
    elif levels and asks.asked.sort in ("list", "number", "thing"):
        fits = not asks.asked.counts or len(levels) in asks.asked.counts
        penalty = behind + (0.0 if fits else 0.2)
        inside = _within(part, session.parts)
        yield _reading(asks, _counted(inside, asks), explained, f"within {part.name}", penalty + 0.03)


def _compared(asks: _Asks, amount: Quantity, start: int) -> Op:
    """拿不到4分, 不到3分 → less; 4分以上 → at least; else exactly so much."""
    if amount.bound in ("<", "<=", ">", ">="):
        return amount.bound  # type: ignore[return-value]
    return "<" if asks.negation or "不" in asks.text[max(0, start - 3) : start] else "="


def _gives(part: NamedPart, op: Op, value: float) -> bool:
    """Whether a level's points compare so; a range has a value where it lies inside."""
    if op == "<":
        return part.high < value
    if op == "<=":
        return part.low <= value
    if op == ">":
        return part.high > value
    if op == ">=":
        return part.high >= value
    return part.low <= value <= part.high


# ---- building blocks ---------------------------------------------------------------------------


def _reading(asks: _Asks, form: LogicalForm, explained: int, rule: str, penalty: float = 0.0) -> Reading:
    need = asks.content & ~asks.has("aside")
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


def _counted(form: EntitySet, asks: _Asks) -> LogicalForm:
    return Count(form) if asks.counted else form


def _all(asks: _Asks, cls: str) -> EntitySet:
    """All parts of the class, of the documents that the question names."""
    return _inside(asks, Instances(cls), cls)


def _inside(asks: _Asks, form: EntitySet, cls: str) -> EntitySet:
    if not asks.documents:
        return form
    inside = parts_in(asks.documents, frozenset([cls]), asks.sections)
    return inside if isinstance(form, Instances) else Both(form, inside)


def _within(part: NamedPart, parts: NamedParts) -> EntitySet:
    """What is directly part of a part; following PART_OF goes on to what that consists of."""
    inside = parts.within.get(part.id, ())
    if any(parts.within.get(p.id) for p in inside):
        return _either([p.id for p in inside])
    return Follow(Entity(part.id), PART_OF, "in")


def _either(ids: Sequence[str]) -> EntitySet:
    form: EntitySet = Entity(ids[0])
    for other in ids[1:]:
        form = Either(form, Entity(other))
    return form


def _timed(parts: NamedParts) -> frozenset[str]:
    return frozenset(p.cls for p in parts.parts if p.months)


def _written(parts: Sequence[NamedPart], session: Session) -> tuple[tuple[str, str], ...]:
    """Parts as their headings write them: with their times."""
    return tuple(
        (p.id, session.library.sections[p.section].title)
        for p in parts
        if p.section in session.library.sections
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


def _behind_which(asks: _Asks) -> bool:
    """哪项任务 …: the class is what is asked."""
    return re.search(r"(?:哪|什么)[^,。?]{0,3}$", asks.text[: _lowest(asks.class_mask)]) is not None


def _lowest(mask: int) -> int:
    return (mask & -mask).bit_length() - 1 if mask else 0


def _amounts(question: Question, units: frozenset[str]) -> int:
    """The characters of quantities in the units that parts carry (points)."""
    mask = 0
    for alternatives in question.segments:
        if any(m.kind == "quantity" and isinstance(m.value, Quantity) and m.value.unit in units for m in alternatives):
            mask |= bits(alternatives[0].start, alternatives[0].end)
    return mask


def _quantities(question: Question) -> list[tuple[int, Quantity]]:
    return [
        (m.start, m.value)
        for alternatives in question.segments
        for m in alternatives
        if m.kind == "quantity" and isinstance(m.value, Quantity)
    ]
