"""Readings about the points of judged items: how many, which level, which levels give so much."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ontology.lexicon.dimensions.number import chinese
from ontology.lexicon.mention import Quantity
from ontology.structure import PART_OF
from qa_service.passages.corpus import flat
from qa_service.questions.calculation_words import words as calculation_words
from qa_service.questions.named_parts import Found, NamedPart, NamedParts
from qa_service.questions.overlap import covered
from qa_service.questions.part_words import part_words, stands
from qa_service.questions.parts import bits
from qa_service.questions.question import Question
from qa_service.readings.asked_parts import Asks, counted, either, made
from qa_service.readings.reading import Quoted, Reading
from qa_service.rules.words import structural_words
from qa_service.session import Session
from queries.logical_form import (
    Compared,
    Entity,
    EntitySet,
    Follow,
    Least,
    LogicalForm,
    Most,
    Observations,
    Op,
    Subjects,
    Sum,
)

#: 下面四个小项, 栏目标的总分
_ITEMS_INSIDE = re.compile(
    r"(?:下面|里面)?的?[两二三四五六七八九十\d]*[个项]?[小子分各]项|下面|里面|栏目|大项|[跟和与]|标的?"
)
#: 最高档, 最低一档
#: what asks what has to be done
_DEMANDS = re.compile(
    "(?:做到|达到|要求|满足|条件|标准|做|是)(?:的?是|些|了)?(?:什么|啥|哪些|怎样)|怎么(?:样|做|描述|要求)|如何"
)
#: what asks for points
_POINTS_ASKED = re.compile("(?:几|多少)分")
#: what asks for a name
_NAMES = re.compile("哪|什么|啥")
_EXTREME = re.compile(r"最(高|低)的?一?[档级]")
#: 满分不是8分
_NOT_SO_MUCH = re.compile("(?:不是|不为|不等于|并非)$")
#: 分四档, 不是按三档给分
_BANDS = re.compile(
    r"(?P<not>不是|没有|没|不)?(?:按照?|只|是|有|给|设)*(?:分成|分为|分|有|按|给|设|成)?了?"
    r"(?P<n>[一二两三四五六七八九十]|\d)个?(?:档次|等级|档|级)(?:来)?(?:打分|给分|评分|评|给)?"
)


def of_wholes(asks: Asks, question: Question, session: Session) -> Iterator[Reading]:
    """总分多少, 分哪几块: the widest judged items of a document, and their points."""
    judged = [p for p in session.parts.parts if p.unit and not p.wider]
    documents = asks.documents or {p.document for p in judged}
    widest = [p for p in judged if p.document in documents]
    if len(widest) < 2 or asks.things or len(documents) > 1 or _BANDS.search(asks.text):
        return
    if any(q.unit == widest[0].unit for _, q in quantities(question)):
        return
    points = re.compile(
        rf"总{widest[0].unit}|{widest[0].unit}值|满{widest[0].unit}|(?:几|多少){widest[0].unit}"
    )
    said = 0
    for m in points.finditer(asks.text):
        said |= bits(m.start(), m.end())
    explained = said | asks.has("part") | asks.has("unit") | asks.class_mask
    title = session.corpus.documents.get(widest[0].document)
    if title is not None:
        explained |= covered(asks.text, asks.content, [title.words])
    inner = [p for p in session.parts.parts if p.unit and p.wider in {w.id for w in widest}]
    of_inner = stands(asks.text, part_words()["inside"])
    if said and not of_inner and stands(asks.text, calculation_words()["total"]):
        yield from _total(asks, widest, explained)
    without = stands(asks.text, part_words()["left_out"])
    if without:  # 除掉加分项
        extras = {w.id for w in widest if any(w.name.startswith(x) for x in part_words()["extra"])}
        inner = [p for p in inner if p.wider not in extras]
    items = inner if of_inner and inner else widest
    best = _extreme_levels(asks, items)
    if said and best:
        explained |= extreme_of(asks)[1] | of_inner
        things = either([p.id for p in best])
        if _NAMES.search(asks.text):
            yield made(asks, things, explained, "extreme of the whole")
        elif not _EXTREME.search(asks.text):  # 分值最高的小项多少分; the lowest level is that of one item
            points_of = Observations(things, "", kind="actual")
            yield made(asks, points_of, explained, "points of the extreme")
    elif said and not (asks.counted and of_inner and not _POINTS_ASKED.search(asks.text)):
        form = either([p.id for p in items])
        yield made(
            asks, Observations(form, "", kind="actual"), explained | of_inner, "points of the whole", 0.04
        )
    elif asks.has("part") and (asks.counted or asks.asked.sort in ("list", "thing")):
        form = either([p.id for p in items])
        yield made(asks, counted(form, asks), explained | of_inner | without, "the widest parts", 0.04)


def of_bands(asks: Asks, session: Session) -> Iterator[Reading]:
    """哪些评价内容分四档, 不是按三档给分的有哪些: the judged items by the number of their levels."""
    said = _BANDS.search(asks.text)
    if said is None or asks.things or not (asks.counted or asks.asked.sort in ("list", "thing")):
        return
    number = int(chinese(said["n"]) or 0) if not said["n"].isdigit() else int(said["n"])
    within = session.parts.within
    items = [
        p
        for p in session.parts.parts
        if p.unit and p.id in within and not any(level.id in within for level in within[p.id])
    ]
    wider = [p for p in session.parts.parts if p.unit and p.id in {i.wider for i in items}]
    named = {p.id: asks.text.find(p.words) for p in wider if p.words in asks.text}
    denied = said["not"] is not None
    kept = [
        p
        for p in items
        if (len(within[p.id]) == number) != denied
        and (not named or p.wider in named)
        and p.document in (asks.documents or {p.document})
    ]
    if not kept or len({p.document for p in kept}) > 1:
        return
    explained = bits(*said.span()) | asks.has("part") | asks.has("unit") | asks.class_mask | asks.negation
    explained |= asks.has("joint") | asks.has("aside") | stands(asks.text, ["两大", "里", "的", "大块"])
    for part in wider:
        if part.id in named:
            explained |= bits(named[part.id], named[part.id] + len(part.words))
    form = counted(either([p.id for p in kept]), asks)
    reading = made(asks, form, explained, f"items of {number} levels", -0.02)
    yield replace(reading, notes=tuple(f"{p.name}：{len(within[p.id])}档" for p in kept))


def extreme_of(asks: Asks) -> tuple[type[Most] | type[Least] | None, int]:
    """Whether the greatest or the least is asked for, and the characters that say so."""
    for form, word in ((Most, "most"), (Least, "least")):
        mask = stands(asks.text, structural_words()[f"superlative.{word}"]) & ~asks.names
        if mask:
            return form, mask
    return None, 0


def _total(asks: Asks, widest: Sequence[NamedPart], explained: int) -> Iterator[Reading]:
    """满分多少, 连加分项算上: all that can be had, extras where they are said to count."""
    extras = [p for p in widest if any(p.name.startswith(w) for w in part_words()["extra"])]
    mentioned = stands(asks.text, [*part_words()["extra"], *(p.name for p in extras)])
    without = stands(asks.text, part_words()["left_out"])
    kept = [p for p in widest if p not in extras or (mentioned and not without)]
    explained |= stands(asks.text, [*calculation_words()["total"], *part_words()["counted_in"]])
    form = Sum(Observations(either([p.id for p in kept]), "", kind="actual"))
    yield made(asks, form, explained | mentioned | without, "points of all", 0.0)


def of_amount(asks: Asks, question: Question, session: Session) -> Iterator[Reading]:
    """哪些评价内容是10分的: the judged items that carry so many points, no name being given."""
    amounts = [
        (start, q)
        for start, q in quantities(question)
        if any(p.unit and p.unit == q.unit for p in session.parts.parts) and q.value is not None
    ]
    if len(amounts) != 1 or asks.things or not (asks.counted or asks.asked.sort in ("list", "thing")):
        return
    start, amount = amounts[0]
    op = _compared(asks, amount, start)
    items = [
        p
        for p in session.parts.parts
        if p.unit == amount.unit
        and p.document in (asks.documents or {p.document})
        and p.low == p.high
        and _gives(p, op, float(amount.value or 0.0))
        # what is not 5分 are the items, not their levels and not what they are put under
        and (op != "!=" or (p.wider and p.id in session.parts.within))
    ]
    if not items or len({p.document for p in items}) > 1:
        return
    said = next(m for a in question.segments for m in a if m.start == start)
    explained = bits(start, said.end) | asks.has("part") | asks.has("unit") | asks.class_mask | asks.negation
    explained |= stands(asks.text, ["满分", "分值", "的"])
    form = counted(either([p.id for p in items]), asks)
    yield made(asks, form, explained, f"items of {amount.value} {amount.unit}", 0.04)


def of_each(asks: Asks, found: Sequence[Found]) -> Iterator[Reading]:
    """A和B各占多少分: the points of the parts that are named side by side."""
    adds = stands(asks.text, calculation_words()["sum_only"])
    if not (asks.has("each") or adds) or not re.search(r"[、和与及跟]", asks.text):
        return
    named: dict[str, int] = {}
    explained = 0
    for part in (f.part for f in found if f.part.unit):
        at = asks.text.find(flat(part.name))
        if at >= 0 and not explained & bits(at, at + len(flat(part.name))):
            named[part.id] = at
            explained |= bits(at, at + len(flat(part.name)))
    if len(named) > 1:
        explained |= asks.has("part") | asks.has("each") | asks.class_mask | asks.has("amount")
        form = Observations(either(sorted(named, key=lambda n: named[n])), "", kind="actual")
        if adds:
            explained |= adds | stands(asks.text, [f"{n}项" for n in "两二三四五六七八九十"])
            yield made(asks, Sum(form), explained, "points together", -0.03)
        else:
            yield made(asks, form, explained, "points of each", -0.02)


def of_figures(
    asks: Asks, f: Found, behind: float, question: Question, session: Session
) -> Iterator[Reading]:
    """Points of a judged item, its levels, and those of its levels that give so much."""
    part = f.part
    if not part.unit:
        return
    levels = session.parts.within.get(part.id, ())
    summed = _points_within(asks, f, levels)
    if summed is not None:
        yield summed
        return
    form: EntitySet
    counting = asks.counted and not asks.negation
    amounts = [m for m in quantities(question) if m[1].unit == part.unit and m[1].value is not None]
    explained = f.explained | asks.has("aside") | asks.has("part") | asks.class_mask
    unit = re.compile(rf"(?:几|多少|零|(?<!\d)0|满|总|高|加|得|拿|到)\s?{part.unit}|{part.unit}值")
    asks_figure = 0
    for m in unit.finditer(asks.text):
        asks_figure |= bits(m.start(), m.end())
    # 一共8分，分成几档: its own points are no condition on its levels
    own = not any(p.low <= part.high <= p.high for p in levels)
    amounts = [m for m in amounts if not ((counting or own) and m[1].value == part.high)]
    extreme = _EXTREME.search(asks.text)
    ranged = _of_range(asks, part, levels, question)
    if ranged:
        form = either([p.id for p in ranged[0]])
        mask = ranged[1]
        yield made(asks, form, explained | mask | asks_figure, f"levels {part.name}", behind - 0.02)
    elif extreme and levels:
        pick = max if extreme[1] == "高" else min
        best = pick(levels, key=lambda p: p.high)
        mask = explained | bits(extreme.start(), extreme.end()) | asks_figure
        level: LogicalForm = Entity(best.id)
        if not _DEMANDS.search(asks.text) or asks_figure:  # 最高档要做到什么 asks what it says
            level = Observations(Entity(best.id), "", kind="actual")
        yield made(asks, level, mask, f"level {best.name}", behind - 0.05)
    elif (
        _NAMES.search(asks.text)
        and asks.asked.sort in ("list", "thing")
        and (best_of := _extreme_levels(asks, levels))
    ):
        mask = explained | asks_figure | extreme_of(asks)[1]
        mask |= stands(asks.text, ["分值", "得分", "分数", "分"])
        yield made(asks, either([p.id for p in best_of]), mask, f"extreme within {part.name}", behind)
    elif asks_figure and not counting and not (amounts and asks.asked.sort == "list" and levels):
        figure = Observations(Entity(part.id), "", kind="actual")
        wants_level = bool(asks.negation)
        denies = re.search("[未没无不]", part.name) is not None
        penalty = behind + (0.0 if denies == wants_level else 0.08)
        yield made(
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
            inner = Observations(parts_within(part, session.parts), "", kind="actual")
            form = Subjects(Compared(inner, op, float(amount.value or 0.0))) if single else either(kept)
            text = asks.text
            mask = explained | asks.negation | stands(text, [text[start : start + 3]])
            yield made(asks, counted(form, asks), mask, f"levels {part.name}", behind)
    elif levels and (asks.asked.sort in ("list", "number", "thing") or asks.has("part")):
        fits = not asks.asked.counts or len(levels) in asks.asked.counts
        penalty = behind + (0.0 if fits else 0.2)
        inside = parts_within(part, session.parts)
        yield made(asks, counted(inside, asks), explained, f"within {part.name}", penalty + 0.03)


def added(asks: Asks) -> int:
    """The characters that say that the points of items inside another are added up, and set beside its
    own; 0 where nothing is added."""
    words = calculation_words()
    mask = stands(asks.text, words["sum_only"])
    if mask:
        mask |= stands(asks.text, (*words["agree"], *words["total"]))
        for m in _ITEMS_INSIDE.finditer(asks.text):
            mask |= bits(*m.span())
    return mask


def _points_within(asks: Asks, f: Found, levels: Sequence[NamedPart]) -> Reading | None:
    """四个小项相加多少分，和大项的分值一致吗: the points of what lies in a judged item together, and whether
    they come to its own."""
    adds = added(asks)
    inside = [p for p in levels if p.unit == f.part.unit and p.low == p.high]
    if not adds or len(inside) < 2 or len(inside) != len(levels):
        return None
    agree = stands(asks.text, calculation_words()["agree"])
    explained = f.explained | adds | asks.class_mask
    for kind in ("aside", "part", "amount", "each"):
        explained |= asks.has(kind)
    form = Sum(Observations(either([p.id for p in inside]), "", kind="actual"))
    reading = made(asks, form, explained, f"points within {f.part.name}", -0.05)
    if not agree:
        return reading
    total, own, unit = sum(p.high for p in inside), f.part.high, f.part.unit
    same = "一致" if total == own else "不一致"
    each = "、".join(f"{p.name}{p.high:g}{unit}" for p in inside)
    text = f"{f.part.name}写明{own:g}{unit}；其中{each}，相加为{total:g}{unit}，{same}。"
    answers = (f"{total:g}{unit}", same, *([] if total == own else [f"{own:g}{unit}"]))
    return replace(
        reading,
        form=Observations(either([f.part.id, *(p.id for p in inside)]), "", kind="actual"),
        quoted=Quoted(answers, text),
        whole=True,
    )


def _of_range(
    asks: Asks, part: NamedPart, levels: Sequence[NamedPart], question: Question
) -> tuple[list[NamedPart], int] | None:
    """4分到6分要做到什么: the levels that give so many points and no others."""
    for start, q in quantities(question):
        if q.unit == part.unit and q.value is None and q.low is not None and q.high is not None:
            kept = [p for p in levels if q.low <= p.low and p.high <= q.high]
            said = next(m for a in question.segments for m in a if m.start == start)
            return (kept, bits(start, said.end)) if kept else None
    return None


def _extreme_levels(asks: Asks, levels: Sequence[NamedPart]) -> list[NamedPart]:
    """分值最高的是哪几项: those with the most (or fewest) points, [] where that is not asked."""
    extreme, _ = extreme_of(asks)
    if not extreme or not levels:
        return []
    bound = (max if extreme is Most else min)(p.high for p in levels)
    return [p for p in levels if p.high == bound]


def _compared(asks: Asks, amount: Quantity, start: int) -> Op:
    """不是8分 → not so much; 拿不到4分, 不到3分 → less; 4分以上 → at least; else exactly so much."""
    if _NOT_SO_MUCH.search(asks.text[:start]):
        return "!="
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
    if op == "!=":
        return not part.low <= value <= part.high
    return part.low <= value <= part.high


def parts_within(part: NamedPart, parts: NamedParts) -> EntitySet:
    """What is directly part of a part; following PART_OF goes on to what that consists of."""
    inside = parts.within.get(part.id, ())
    if any(parts.within.get(p.id) for p in inside):
        return either([p.id for p in inside])
    return Follow(Entity(part.id), PART_OF, "in")


def amounts(question: Question, units: frozenset[str]) -> int:
    """The characters of quantities in the units that parts carry (points)."""
    mask = 0
    for alternatives in question.segments:
        if any(
            m.kind == "quantity" and isinstance(m.value, Quantity) and m.value.unit in units
            for m in alternatives
        ):
            mask |= bits(alternatives[0].start, alternatives[0].end)
    return mask


def quantities(question: Question) -> list[tuple[int, Quantity]]:
    return [
        (m.start, m.value)
        for alternatives in question.segments
        for m in alternatives
        if m.kind == "quantity" and isinstance(m.value, Quantity)
    ]
