"""Readings about what a table says of its figures beside their values: 约束性 or 预期性, the group.

森林覆盖率属约束性还是预期性 asks for such a qualifier of a metric; 约束性指标有哪些 asks for the
metrics that have it; 规划共有几项指标 for all metrics of the table. Keys and values are those of the
recorded figures; a value is recognised by its beginning (约束型, 约束性).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from ontology.structure import METRIC
from qa_service.questions.overlap import covered
from qa_service.questions.part_words import COUNTED, aside_words, stands
from qa_service.questions.parts import bits
from qa_service.questions.question import Question
from qa_service.readings.cards import Card
from qa_service.readings.observed import matches
from qa_service.readings.reading import Quoted, Reading
from qa_service.readings.vetoes import period_fits
from qa_service.rules.files import word_file
from qa_service.session import Session
from queries.logical_form import Entity, Observations, Passages

#: a key says something of figures where so many have it, with no more values than these
_FEWEST_CARDS, _MOST_VALUES = 6, 8


@dataclass(frozen=True)
class _Words:
    beside: tuple[str, ...]
    denied: re.Pattern[str]
    no_number: re.Pattern[str]
    which: re.Pattern[str]


@cache
def _words() -> _Words:
    """The words and patterns of ``rules/qualifiers.yaml``."""
    raw = word_file("qualifiers")
    patterns = (re.compile(raw[k]) for k in ("denied", "no_number", "which"))
    return _Words(tuple(raw["beside"]), *patterns)


def qualified(question: Question, session: Session) -> list[Reading]:
    """Readings about qualifiers of recorded figures, best first."""
    text = question.clean
    cards = [c for c in session.cards.cards if question.scope.holds(c.passages)]
    keys = _keys(cards)
    said: dict[str, dict[str, int]] = {}
    for key, values in keys.items():
        found = {value: mask for value in values if (mask := stands(text, _ways(value)))}
        if found or stands(text, [key]):
            said[key] = found
    readings = [
        *_of_each_value(question, cards, said, session),
        *_of_metric(question, session, said, keys),
        *_metrics(question, cards, said, keys, session),
        *_without_number(question, cards, keys, session),
    ]
    return sorted(readings, key=lambda r: (r.cost, repr(r.form)))[:3]


def _of_metric(
    question: Question,
    session: Session,
    said: Mapping[str, Mapping[str, int]],
    keys: Mapping[str, Counter[str]],
) -> Iterator[Reading]:
    """森林覆盖率属约束性还是预期性."""
    text = question.clean
    if not _words().which.search(text):
        return
    for key, values in said.items():
        mask = stands(text, [key, "属于", "属", "还是"])
        for m in values.values():
            mask |= m
        for ending in re.finditer(r"[型性类]", text):
            if mask >> max(0, ending.start() - 1) & 1:
                mask |= bits(ending.start(), ending.end())
        mask |= aside_words(text)
        rest = replace(question, scope=replace(question.scope, mask=question.scope.mask | mask))
        fitting = (m for m in matches(rest, session.cards, session.ontology) if key in dict(_pairs(m.card)))
        best = next(fitting, None)
        if best is None or best.coverage < 0.7:
            continue
        card = best.card
        whether = len(values) == 1 and re.search(r"吗|是不是|是否|属不属", text) is not None
        wants_figure = bool(question.periods()) or any(
            m.kind == "word" and str(m.value) == "ask.amount" for a in question.segments for m in a
        )
        form = Observations(Entity(card.subject), card.metric_id, period=card.period, kind=card.kind)
        yield Reading(
            form=form,
            cost=round(1.0 - min(1.0, best.coverage), 4),
            explained=best.explained | mask,
            rule="qualified",
            tree=f"qualified {key} of {card.metric}: coverage {best.coverage:.2f}",
            source="observed",
            shown=("value", "qualifier") if wants_figure else ("qualifier",),
            sides=(key, next(iter(values)) if whether else ""),
            whole=True,
        )


def _metrics(
    question: Question,
    cards: list[Card],
    said: Mapping[str, Mapping[str, int]],
    keys: Mapping[str, Counter[str]],
    session: Session,
) -> Iterator[Reading]:
    """约束性指标有哪些, 有几项指标."""
    text = question.clean
    noun = stands(text, session.ontology.classes[METRIC].labels.all())
    counted = COUNTED.search(text)
    if not noun or not (counted or re.search(r"哪(?:些|几|项|个|种)|有什么|列出|名单", text)):
        return
    wanted = {
        key: _not_so(text, value, mask, keys[key])
        for key, values in said.items()
        for value, mask in values.items()
    }
    for key, values in keys.items():
        for m in re.finditer(r"(\w{2,4})类", text):
            near = [v for v in values if any(m[1][-n:] in v for n in range(len(m[1]), 1, -1))]
            if key not in wanted and len(near) == 1:
                wanted[key] = (near[0], bits(m.start(), m.end()))
    if not wanted and question.scope.documents and keys:
        wanted = {max(keys, key=lambda k: keys[k].total()): ("", 0)}
    if not wanted:
        return
    fitting = [
        c
        for c in cards
        if all(
            dict(_pairs(c)).get(key) == value or (not value and key in dict(_pairs(c)))
            for key, (value, _) in wanted.items()
        )
    ]
    subjects = Counter((c.subject, c.kind) for c in fitting)
    if not subjects:
        return
    # every metric has one figure of the kind that is given for most
    (subject, kind), _ = max(subjects.items(), key=lambda s: (s[1], s[0][1] != "target", s[0]))
    explained = noun | aside_words(text) | stands(text, _words().beside)
    for m in re.finditer(r"\d+[个项]", text):
        explained |= bits(*m.span())  # 24项指标: how many there are
    titles = {c.document for c in fitting}
    named = [d.words for d in session.corpus.documents.values() if d.id in titles]
    explained |= covered(text, bits(0, len(text)), named)
    for _, mask in wanted.values():
        explained |= mask
    need = question.content()
    for alternatives in question.segments:
        if all(m.kind == "word" for m in alternatives):
            need &= ~bits(alternatives[0].start, alternatives[0].end)
    total = max(1, need.bit_count())
    share = (need & explained).bit_count() / total
    qualifiers = tuple(f"{key}={value}" for key, (value, _) in sorted(wanted.items()))
    yield Reading(
        form=Observations(Entity(subject), "", kind=kind, scope=qualifiers),
        cost=round(1.0 - share, 4),
        explained=explained,
        rule="qualified",
        tree=f"qualified metrics with {';'.join(qualifiers)}: {len(fitting)} figures",
        source="observed",
        shown=("count",) if counted else ("metric",),
    )


def _of_each_value(
    question: Question, cards: list[Card], said: Mapping[str, Mapping[str, int]], session: Session
) -> Iterator[Reading]:
    """约束性的有几项,预期性的几项: how many metrics have each of the values that the question counts."""
    text = question.clean
    for key, values in said.items():
        counted = len(COUNTED.findall(text))
        if len(values) < 2 or not (counted >= len(values) or (counted and stands(text, ["各", "分别"]))):
            continue
        mask = 0
        shown, told, passages = [], [], []
        for value, span in sorted(values.items(), key=lambda v: v[1] & -v[1]):
            fitting = [c for c in cards if dict(_pairs(c)).get(key) == value]
            metrics = dict.fromkeys(c.metric for c in fitting)
            shown.append(f"{len(metrics)}项")
            told.append(f"{value}{len(metrics)}项（{'、'.join(metrics)}）")
            passages += [p for c in fitting for p in c.passages]
            mask |= span
        yield Reading(
            form=Passages(tuple(dict.fromkeys(passages))),
            cost=round(1.0 - _told(question, session, cards, mask), 4),
            explained=mask,
            rule="qualified",
            tree=f"qualified how many have each {key}: {'; '.join(told)}",
            source="structure",
            quoted=Quoted(tuple(shown), f"{'；'.join(told)}。"),
            whole=True,
        )


def _without_number(
    question: Question, cards: list[Card], keys: Mapping[str, Counter[str]], session: Session
) -> Iterator[Reading]:
    """哪项指标2025年没写具体数: the figures of a table that are words and no number."""
    text = question.clean
    denied = _words().no_number.search(text)
    if denied is None or not re.search(r"哪|什么|有没有", text):
        return
    periods = question.periods()
    found = [
        c
        for c in cards
        if c.value is None
        and any(key in keys for key, _ in _pairs(c))
        and (not periods or any(period_fits(c, p, session.cards) for p in periods))
    ]
    if not found or len({(c.subject, c.metric_id) for c in found}) > 1:
        return
    card = found[0]
    rows = [p.words for p in session.corpus.passages if p.id in card.passages]
    mask = bits(*denied.span()) | covered(text, bits(0, len(text)), rows)
    mask |= stands(text, session.ontology.classes[METRIC].labels.all())
    yield Reading(
        form=Observations(Entity(card.subject), card.metric_id, period=card.period, kind=card.kind),
        cost=round(1.0 - _told(question, session, found, mask), 4),
        explained=mask,
        rule="qualified",
        tree=f"qualified without a number: {card.metric} {card.period} {card.kind}",
        source="structure",
        shown=("metric",),
        whole=True,
    )


def _told(question: Question, session: Session, cards: list[Card], mask: int) -> float:
    """The share of what has to be explained that the characters and the documents' titles do."""
    text = question.clean
    titles = {c.document for c in cards}
    named = [d.words for d in session.corpus.documents.values() if d.id in titles]
    labels = session.ontology.classes[METRIC].labels.all()
    mask |= aside_words(text) | stands(text, (*_words().beside, *labels))
    mask |= covered(text, bits(0, len(text)), named)
    for m in (*COUNTED.finditer(text), *re.finditer(r"\d+[个项]", text)):
        mask |= bits(*m.span())
    need = question.content()
    for alternatives in question.segments:
        if all(m.kind in ("word", "period") for m in alternatives):
            need &= ~bits(alternatives[0].start, alternatives[0].end)
    return (need & mask).bit_count() / max(1, need.bit_count())


def _not_so(text: str, value: str, mask: int, values: Counter[str]) -> tuple[str, int]:
    """Of two values the other one, where the question denies the first: 不是预期性的."""
    denied = next((m for m in _words().denied.finditer(text) if mask >> m.end() & 1), None)
    if denied is None or len(values) != 2:
        return value, mask
    return next(v for v in values if v != value), mask | bits(*denied.span())


def _keys(cards: list[Card]) -> dict[str, Counter[str]]:
    """Key → how often each of its values is recorded, of those that divide figures into few sorts."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for card in cards:
        for key, value in _pairs(card):
            found[key][value] += 1
    return {
        key: values
        for key, values in found.items()
        if values.total() >= _FEWEST_CARDS and 2 <= len(values) <= _MOST_VALUES
    }


def _pairs(card: Card) -> list[tuple[str, str]]:
    """The qualifiers of a figure: (key, value)."""
    found = []
    for text in card.strong:
        if "=" in text:
            for pair in text.split(";"):
                key, _, value = pair.partition("=")
                if key and value:
                    found.append((key, value))
    return found


def _ways(value: str) -> tuple[str, ...]:
    """A value and the beginning by which it is said too."""
    return (value, value[:-1]) if len(value) >= 3 and value[-1] in "性型类" else (value,)
