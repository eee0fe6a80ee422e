"""How well one recorded figure fits a question: what of the question its words and those around it account
for (coverage), and what of its metric phrase the question says (closeness)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ontology.gazetteer import gazetteer
from ontology.model import Ontology
from ontology.structure import REGION
from qa_service.questions.alike import thesaurus
from qa_service.questions.figure_words import VAGUE, figure_words
from qa_service.questions.overlap import covered, pairs_at
from qa_service.questions.parts import bits
from qa_service.questions.places import region_code
from qa_service.questions.wanted import Wanted
from qa_service.readings.cards import Card
from qa_service.readings.vetoes import POINTS, kinds_beside

#: what the figure of another town or country loses where the whole province is spoken of
_OTHER_LEVEL = 0.05
#: how much a character counts that is there in another word
_OTHERWISE = 0.95
#: what a heading says of a figure counts so much of what its own words would
_ABOVE = 0.8
#: how much a character counts that is only explained by the words around the figure
_WEAK = 0.85
#: what is left of the score of a figure about something narrower than the question speaks of
_UNSAID_SUBJECT = 0.72
#: what a figure gains whose metric the question says in its very words
_VERY_WORDS = 0.004


@dataclass(frozen=True)
class Match:
    """A card with how well it fits: ``coverage`` of the question by the card, ``closeness``
    of the metric phrase to the question, both 0 … 1; ``score`` ranks."""

    card: Card
    score: float
    coverage: float
    closeness: float
    explained: int
    #: of the explained characters those that are the figure's own, not merely near it
    strong: int = 0


def match_card(card: Card, wanted: Wanted, ontology: Ontology) -> Match:
    """How well a card fits what a question wants, whatever else there is."""
    strong = covered(wanted.text, wanted.mask, card.strong)
    for mention, ids in wanted.named:
        if card.subject in ids or any(map(region_code, ids)):
            strong |= bits(mention.start, mention.end)  # a region: it was not vetoed
    for key, span in wanted.metrics:
        if (
            card.metric_id == f"metric:{key}"
            or key in ontology.broader_metrics(card.metric_id.partition(":")[2])
            or _labelled(card, key, ontology)
        ):
            strong |= span
    if card.kind in wanted.kinds or (card.kind == "actual" and wanted.kinds == {"baseline"}):
        strong |= wanted.cues
    if card.places:
        strong |= wanted.whole
    if card.base_unit == "%":
        strong |= wanted.shares
    if in_unit(card, wanted):
        strong |= wanted.measured
    strong |= _abbreviated(wanted, strong, card.strong)
    strong &= wanted.mask
    known = thesaurus(ontology)
    otherwise = known.within(wanted.text, wanted.mask & ~strong, card.strong)
    strong |= otherwise
    weak = covered(wanted.text, wanted.mask & ~strong, card.weak)
    weak |= known.within(wanted.text, wanted.mask & ~strong & ~weak, card.weak)
    closeness = _closeness(card.metric, wanted.text, ontology)
    # words near the figure count for little where the metric itself is another one
    near = _WEAK * (0.4 + 0.6 * closeness)
    total = got = 0.0
    for i, weight in enumerate(wanted.weights):
        if wanted.mask >> i & 1:
            total += weight
            if strong >> i & 1:
                got += weight * (_OTHERWISE if otherwise >> i & 1 else 1.0)
            elif weak >> i & 1:
                got += weight * near
    coverage = got / total if total else 0.0
    score = 0.62 * coverage + 0.25 * closeness + _preferences(card, wanted)
    outright = any(card.metric_id == f"metric:{key}" for key, _ in wanted.metrics)
    if (
        card.subject_class != REGION
        and not outright
        and not any(card.subject in ids for _, ids in wanted.named)
    ):
        name = card.subject_name.lower()
        if 2 * covered(name, bits(0, len(name)), (wanted.text,)).bit_count() < len(name):
            score *= _UNSAID_SUBJECT
    if len(card.metric) > 2 and card.metric in wanted.text:
        score += _VERY_WORDS  # 总产值 asked for is no 产值, of two that fit alike
    told = _told(wanted, wanted.modifier)
    if told:
        # what it is of the headings above may say: under 检验检测行业改革 the 营收 is of that trade
        above = covered(wanted.text, wanted.modifier & ~strong, card.weak[1:-1])
        said = _told(wanted, wanted.modifier & strong) + _ABOVE * _told(wanted, above)
        score *= 0.6 + 0.4 * said / told
    return Match(card, score, coverage, closeness, strong | weak, strong)


def _of_level(card: Card, wanted: Wanted) -> bool:
    """The figure is of a place of the level spoken of: 全省 of a province, no town's and no country's."""
    levels = {p.level for p in map(gazetteer().place, card.places) if p is not None}
    return not wanted.levels or not levels or bool(levels & wanted.levels)


def in_unit(card: Card, wanted: Wanted) -> bool:
    """The figure is in a unit that the question asks for, or both only count."""
    if not wanted.measures or any(card.unit.endswith(m) for m in wanted.measures):
        return True
    counters = figure_words().counters
    return card.unit in counters and bool(wanted.measures & counters)


def _labelled(card: Card, key: str, ontology: Ontology) -> bool:
    """The card's words have the metric under another label: GDP, 地区生产总值."""
    metric = ontology.metrics.get(key)
    return metric is not None and any(label.lower() in card.metric for label in metric.labels.all())


def _abbreviated(wanted: Wanted, known: int, texts: Iterable[str]) -> int:
    """轨交 is 轨道交通, 科创 科技创新: the first and third of four characters."""
    own = pairs_at(wanted.text)
    found = 0
    for said in frozenset[str]().union(*map(_skipping, texts)).intersection(own):
        if own[said] & wanted.mask & ~known and not said.isascii():
            for at in (m.start() for m in re.finditer(f"(?={re.escape(said)})", wanted.text)):
                pair = bits(at, at + 2)
                if pair & wanted.mask == pair and not pair & known:
                    found |= pair
    return found


@lru_cache(maxsize=4096)
def _skipping(text: str) -> frozenset[str]:
    """The first and third of any four characters of which the others are letters: 轨交 of 轨道交通."""
    return frozenset(
        text[i] + text[i + 2] for i in range(len(text) - 3) if text[i + 1].isalpha() and text[i + 3].isalpha()
    )


def _told(wanted: Wanted, mask: int) -> float:
    return sum(w for i, w in enumerate(wanted.weights) if mask >> i & 1)


def _preferences(card: Card, wanted: Wanted) -> float:
    """Up to 0.13 for what speaks for one of several that fit, less for what speaks against it."""
    bonus = 0.0
    if any(card.subject in ids for _, ids in wanted.named):
        bonus += 0.05
    if not _of_level(card, wanted):
        bonus -= _OTHER_LEVEL
    if in_unit(card, wanted):
        bonus += 0.04
    elif card.unit:
        bonus -= 0.08
    level = card.kind in ("actual", "baseline", "share")
    kinds = kinds_beside(card, wanted)
    if card.kind in kinds or (level and not kinds):
        bonus += 0.04
    elif card.kind == "change" and "change" in wanted.kinds and card.base_unit == POINTS:
        bonus -= 0.12  # of how much 营业收入增速 is, by how many points it grew is no answer
    elif card.kind not in wanted.kinds and (not level or kinds & {"change", "comparison", "rank"}):
        bonus -= 0.12
    return bonus


@lru_cache(maxsize=4096)
def _closeness(phrase: str, text: str, ontology: Ontology) -> float:
    """How much of the metric phrase the question says; vague characters count less."""
    if not phrase:
        return 0.0
    asked = ontology.head_metric(phrase)
    labels = tuple(w for w in (asked.labels.all() if asked else ()) if w.lower() in text)
    mask = covered(phrase, bits(0, len(phrase)), (text,))
    otherwise = thesaurus(ontology).within(phrase, bits(0, len(phrase)) & ~mask, (text,))
    if asked and labels:
        # another word for the same metric is in the question
        for label in asked.labels.all():
            if any(label.startswith(f"{said}{and_}") for said in labels for and_ in "及和与、"):
                continue  # 甲奖及提名奖 says more than 甲奖
            at = phrase.rfind(label)
            if at >= 0:
                mask |= bits(at, at + len(label))
    weights = [1.0] * len(phrase)
    for vague in figure_words().vague:
        at = phrase.find(vague)
        if at >= 0:
            weights[at : at + len(vague)] = [VAGUE] * len(vague)
    said = sum(w for i, w in enumerate(weights) if mask >> i & 1)
    said += _OTHERWISE * sum(w for i, w in enumerate(weights) if (otherwise & ~mask) >> i & 1)
    return said / sum(weights)
