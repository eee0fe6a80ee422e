"""Readings from observations matched by meaning: question ↔ subject + metric phrase + qualifiers.

Metric phrases are open vocabulary: what no ontology metric names is still recorded and can
be asked for. A card is read where it fits (``match``) and where nothing speaks against it
(``vetoes``): another period, another value kind, the opposite metric, a named thing that the
card knows nothing of; and of a share or a number where that is what is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ontology.lexicon.mention import Mention
from ontology.model import Ontology, Word
from qa_service.questions.asked import asked_by, class_asked_for
from qa_service.questions.calculation_words import before_change, calculates, works_back
from qa_service.questions.figure_words import figure_words
from qa_service.questions.overlap import covered
from qa_service.questions.parts import bits
from qa_service.questions.question import Question
from qa_service.questions.wanted import Wanted, masked, says_now, wanted_by
from qa_service.readings.cards import Card, Cards
from qa_service.readings.match import Match, in_unit, match_card
from qa_service.readings.reading import Reading
from qa_service.readings.vetoes import LEVELS, turned_round, vetoed
from queries.logical_form import Entity, Observations, Recorded

#: what is left of the doubt about a figure in the passage that answered the part before
_BESIDE = 0.3
#: of a part of a question so much has to be accounted for by a figure beside the one before, and what
#: the rest takes from its confidence
_LEAST_BESIDE = 0.5
_DOUBT_BESIDE = 0.5
#: kinds of figures that set two levels beside each other
_GAPS = ("change", "comparison")
#: what is left of a level's score where a calculation is asked for: it may be an input, it is no answer
_ALONE = 0.6
#: 优良水质比例多少: what is asked for is a share, which no count is
_SHARE = re.compile(
    r"(?:率|比例|比重|占比|百分比)(?:是|为|有|达到?|大约|大概)*(?:多少|几|多[高大])"
    r"|百分之[几多]|几成|占多大|占多少(?=[,;?!。]|$)"
)
#: 产值占全省多少: a share of a whole, not how much it moved
_OF_WHOLE = re.compile(r"占(?![比率有地用据])[^,;?。]{0,12}(?:多少|几)")
#: 优良水质比例2025年目标: and so where nothing says in what it is counted
_RATIO = re.compile("比例|比重|占比|百分比")
#: what a phrase says behind the things that it counts
_COUNT_ENDS = re.compile(r"(?:的)?(?:(?:总|个|户|家|人)?数量?|(?:家|户|人|批|件)次数?)$")
#: closeness from which on the question says the figure's metric in its very words
_EXACT = 0.995
#: coverage below which a card is no reading of the question
MIN_COVERAGE = 0.72


def observed(question: Question, cards: Cards, ontology: Ontology) -> list[Reading]:
    """Readings as ``Observations`` of one subject and metric, best first."""
    readings: list[Reading] = []
    seen: set[Observations | Recorded] = set()
    beyond = calculates(question.outside_names()) or before_change(question.clean)
    inputs = LEVELS if beyond else _GAPS if works_back(question.clean) else ()
    now = says_now(question)
    names = asked_by(question).sort in ("list", "thing")
    found = matches(question, cards, ontology)
    undated = {_same(m.card): m for m in found if _newest_undated(m.card, cards)}
    if question.periods():
        undated = {}
    for m in found:
        if names and not m.closeness:
            continue  # 哪几个行业: no figure, and none that the question names
        if m.coverage < MIN_COVERAGE or undated.get(_same(m.card), m) is not m:
            continue  # what is said without a year in a later document is later
        form: Observations | Recorded = Observations(
            Entity(m.card.subject),
            m.card.metric_id,
            period=m.card.period if question.periods() else "",
            kind=m.card.kind,
            scope=_telling(m.card, question.clean, cards, ontology),
        )
        near = bool(question.near & set(m.card.passages))
        beside = (near or now or _same(m.card) in undated) and _said_elsewhere(m.card, cards)
        if beside:
            # that which stands where the part before was answered, or the latest
            form = Recorded((m.card.id,))
        elsewhere = _beyond_scope(m.card, question, cards)
        if elsewhere:
            form = Recorded(elsewhere)  # of the document that is asked, not of others
        if form in seen:
            continue
        seen.add(form)
        readings.append(
            Reading(
                form=form,
                cost=round(max(0.02, 1.0 - m.score * (_ALONE if m.card.kind in inputs else 1.0)), 4),
                explained=m.explained,
                rule="observed",
                tree=(
                    f"observed coverage={m.coverage:.2f} closeness={m.closeness:.2f}\n"
                    f"  subject {m.card.subject_name}\n  metric {m.card.metric}\n"
                    f"  period {m.card.period} {m.card.kind}"
                ),
                source="calculated" if beside else "observed",
                shown=("value",) if beside else (),
            )
        )
    return [*readings[:5], *_beside(question, cards, ontology)]


def _beside(question: Question, cards: Cards, ontology: Ontology) -> list[Reading]:
    """What stands beside the figure that the part before was answered with, for a part that hardly
    says more than which sort it wants: …合格率做到多少了, *比上年涨了几个点*. One figure in the same
    sentence is of that sort and unit, and of what the part names."""
    if not question.near:
        return []
    wanted = wanted_by(question, ontology)
    kinds = wanted.kinds & set(_GAPS)
    found = [
        match_card(c, wanted, ontology)
        for c in cards.cards
        if question.near & set(c.passages)
        and (c.kind in kinds if kinds else bool(wanted.measures) and c.kind not in _GAPS)
        and in_unit(c, wanted)
        and not vetoed(c, wanted, cards)
    ]
    fitting = [m for m in found if m.coverage >= _LEAST_BESIDE]
    best = max(fitting, key=lambda m: (m.coverage, m.card.id), default=None)
    if best is None or any(
        m.coverage >= best.coverage and m.card.value != best.card.value for m in fitting if m is not best
    ):
        return []
    return [
        Reading(
            form=Recorded((best.card.id,)),
            cost=round(_DOUBT_BESIDE * (1.0 - best.coverage) + 0.1, 4),
            explained=best.explained,
            rule="beside",
            tree=f"beside what was asked before: coverage={best.coverage:.2f}\n  metric {best.card.metric}",
            source="calculated",
            shown=("value",),
        )
    ]


def _beyond_scope(card: Card, question: Question, cards: Cards) -> tuple[str, ...]:
    """The figures of the card's thing, metric, sort and time that stand where the question asks,
    where there are others elsewhere; none where there are not."""
    alike = [
        c
        for c in cards.of_subject(card.subject)
        if (c.metric_id, c.period, c.kind) == (card.metric_id, card.period, card.kind)
    ]
    inside = tuple(sorted(c.id for c in alike if question.scope.holds(c.passages)))
    return inside if question.scope.documents and len(inside) < len(alike) else ()


def _newest_undated(card: Card, cards: Cards) -> bool:
    """Whether the figure has no year, and others of its thing, metric and sort have one that lies before the
    year that its document is about: then it is the latest."""
    own = cards.year_of(card)
    others = [c for c in cards.of_subject(card.subject) if c.end and _same(c) == _same(card)]
    return not card.end and bool(own and others) and all(c.end[:4] <= own for c in others)


def _same(card: Card) -> tuple[str, str, str, str]:
    """What figures of one thing have in common that differ in their time."""
    return card.subject, card.metric_id, card.metric, _standing(card)


def _standing(card: Card) -> str:
    """The sort of a figure, where a plan begins being what there was."""
    return "level" if card.kind in ("actual", "baseline") else card.kind


def _said_elsewhere(card: Card, cards: Cards) -> bool:
    """Whether other passages give figures of the same thing and metric."""
    return any(
        c.metric_id == card.metric_id and c.kind == card.kind and not set(c.passages) & set(card.passages)
        for c in cards.of_subject(card.subject)
    )


def _named_outright(card: Card, ontology: Ontology) -> bool:
    """The phrase is a label of the ontology's metric, with nothing added."""
    return ontology.metric_for(card.metric) is not None


def _telling(card: Card, text: str, cards: Cards, ontology: Ontology) -> tuple[str, ...]:
    """The words of the question that tell the card from others of its subject and metric
    (电梯 of 电梯产品合格率), so that its form denotes it and not those. Another word for the very
    metric tells nothing."""
    key = card.metric_id.partition(":")[2]
    narrower = {card.metric_id, *(f"metric:{k}" for k in ontology.narrower_metrics(key))}
    rivals = [
        other
        for other in cards.of_subject(card.subject)
        if other.kind == card.kind
        and other.metric_id in narrower
        and other.strong != card.strong
        and not (
            other.metric_id == card.metric_id
            and other.scope == card.scope
            and _named_outright(other, ontology)
        )
    ]
    own = [t for t in card.strong if t != card.subject_name]
    best = ""
    for start in range(len(text) if rivals else 0):
        for end in range(start + 2, min(len(text), start + 16) + 1):
            word = text[start:end]
            if not any(word in t for t in own):
                break
            if end - start > len(best) and not any(word in t for other in rivals for t in other.strong):
                best = word
    return (best,) if best else ()


def matches(question: Question, cards: Cards, ontology: Ontology) -> list[Match]:
    """Cards that fit the question, best first; what speaks against a card leaves it out."""
    wanted = wanted_by(question, ontology)
    if not wanted.mask:
        return []
    asks_share = _SHARE.search(question.clean) or (
        not wanted.measures and _RATIO.search(question.clean) and not works_back(question.clean)
    )
    of_whole = not wanted.measures | wanted.kinds & set(_GAPS) and _OF_WHOLE.search(question.clean)
    found = [
        _beside_before(match_card(card, wanted, ontology), question, cards)
        for card in _near(wanted, cards)
        if question.scope.holds(card.passages)
        and not vetoed(card, wanted, cards)
        and not turned_round(card, wanted)
        and not (asks_share and card.base_unit not in ("%", "", "百分点", "个点"))
        and not (of_whole and (card.kind in _GAPS or card.base_unit not in ("%", "")))
    ]
    noun, counted = class_asked_for(question)
    if counted:
        named = {f"metric:{key}" for key, _ in wanted.metrics}
        found = [m for m in found if _counts(m, noun, named, question.clean, ontology)]
    if says_now(question):
        found = latest(found, cards)
    return sorted(found, key=lambda m: (-m.score, -int(cards.year_of(m.card) or 0), m.card.id))


def _counts(
    match: Match, noun: tuple[Mention, ...], named: set[str], text: str, ontology: Ontology
) -> bool:
    """Whether the figure may be the number of those things: a count, and of no others. 产业园区数 is no
    number of 产业, 单项冠军企业数 none of all 企业, 员工人数 none of 人员 (a metric of its own, which the
    question does not name), and no rate is."""
    card = match.card
    if card.unit and card.unit not in figure_words().counters:
        return False
    phrase = _COUNT_ENDS.sub("", card.metric)
    for start in range(len(phrase)):
        of = _classes(ontology.meanings(phrase[start:]), ontology)
        if of:
            narrower = bits(0, start)
            said = covered(phrase, narrower, (text,)).bit_count()
            return bool(of & _classes(noun, ontology)) and 2 * said >= start
    own = card.metric_id.removeprefix("metric:") in ontology.metrics
    return match.closeness > 0 and (not own or card.metric_id in named)


def _classes(meanings: Iterable[Word | Mention], ontology: Ontology) -> frozenset[str]:
    """The classes that words denote, also by a finer class."""
    return frozenset(
        ontology.subtypes[str(m.value)].cls if m.kind == "subtype" else str(m.value)
        for m in meanings
        if m.kind in ("class", "subtype")
    )


def _near(wanted: Wanted, cards: Cards) -> list[Card]:
    """The cards whose words are near, and those of the metrics that the question names under
    words that theirs need not share: 国优奖, 国家优质工程奖."""
    found = cards.nearest(masked(wanted.text, wanted.mask))
    for key, _ in wanted.metrics:
        found += cards.of_metric(f"metric:{key}")
    return list({c.id: c for c in found}.values())


def latest(found: list[Match], cards: Cards) -> list[Match]:
    """Of figures of one thing and metric those of the latest year only, where nothing is planned. What the
    question says in its very words is not outdated by what it says in others."""

    def key(card: Card) -> tuple[str, str, str]:
        return card.subject, card.metric_id, _standing(card)

    exact = [m for m in found if m.closeness >= _EXACT]
    if exact and len(exact) < len(found):
        keys = {key(m.card) for m in exact}
        found = [*exact, *(m for m in found if m.closeness < _EXACT and key(m.card) not in keys)]

    best = max(found, key=lambda m: m.score, default=None)
    # where a plan begins is not now, and what is not on record of now no other figure is
    if best and best.card.kind == "baseline":
        own = key(best.card)
        if not any(key(m.card) == own and m.card.kind == "actual" for m in found):
            return []
    found = [m for m in found if m.card.kind != "baseline"]
    last: dict[tuple[str, str, str], str] = {}
    for m in found:
        last[key(m.card)] = max(last.get(key(m.card), ""), cards.year_of(m.card))
    return [m for m in found if m.card.kind == "target" or cards.year_of(m.card) == last[key(m.card)]]


def _beside_before(match: Match, question: Question, cards: Cards) -> Match:
    """A figure that stands where the part of the question before was answered goes first; not where
    the question now names what that is compared with (对应的*大型企业*是多少)."""
    if not question.near & set(match.card.passages) or _of_other_side(match.card, question, cards):
        return match
    return replace(match, score=1.0 - _BESIDE * (1.0 - min(1.0, match.score)))


def _of_other_side(card: Card, question: Question, cards: Cards) -> bool:
    return any(
        reference.removeprefix("比较=") in question.clean
        for c in cards.of_subject(card.subject)
        if c.kind == "comparison" and c.metric_id == card.metric_id and set(c.passages) & set(card.passages)
        for reference in c.scope.lower().split(";")
        if reference.startswith("比较=") and len(reference) > 4
    )
