"""The figures that a calculating question may be about, and how well each fits a part of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ontology.lexicon.mention import Period
from qa_service.questions.asked import class_asked_for
from qa_service.questions.calculation_words import back_spans, before_change, words
from qa_service.questions.figure_words import spans_of
from qa_service.questions.overlap import covered
from qa_service.questions.parts import bits
from qa_service.questions.question import Question
from qa_service.questions.wanted import Wanted, masked, wanted_by
from qa_service.readings.cards import Card
from qa_service.readings.match import Match, match_card
from qa_service.readings.reading import Reading, Shown
from qa_service.readings.vetoes import period_fits, vetoed
from qa_service.session import Session
from queries.logical_form import Entity, LogicalForm, Observations, ObservationSet, Recorded

#: 各类, 各级: of all sorts together
_ALL_SORTS = ("类", "种", "级", "界")
#: cards looked at for one question
_LOOKED_AT = 400
#: share of a phrase that another must hold to be of the same metric
_ALIKE = 0.85
#: scope keys of an observation (contract §2): what it is compared with
_COMPARED = "比较="


@dataclass(frozen=True)
class Figures:
    """A question with the cards near it; matching is done once for all kinds."""

    question: Question
    session: Session

    @cached_property
    def text(self) -> str:
        return self.question.clean

    @cached_property
    def wanted(self) -> Wanted:
        return wanted_by(self.question, self.session.ontology)

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        text = masked(self.text, self.wanted.mask)
        found = self.session.cards.nearest(text, _LOOKED_AT)
        for key, _ in self.wanted.metrics:
            # 国优奖 shares no two characters with 国家优质工程奖
            found += self.session.cards.of_metric(f"metric:{key}")
        return tuple({c.id: c for c in found}.values())

    @cached_property
    def basis(self) -> int:
        """The characters that say from what a figure is to be worked back: *按2024年的增幅* 倒推."""
        mask = 0
        for span in back_spans(self.text):
            mask |= bits(*span)
        return mask

    @cached_property
    def year_before(self) -> bool:
        """Whether the time before that of a figure is asked for, without its year."""
        return self.says("before") or before_change(self.text)

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The periods that the question names, but for those of the basis."""
        return tuple(
            m.value
            for alternatives in self.question.segments
            for m in alternatives
            if isinstance(m.value, Period)
            and m.kind == "period"
            and not self.question.inside_scope(alternatives)
            and not self.basis & bits(m.start, m.end)
            and not (self.basis and m.text in words()["before"])
        )

    def says(self, *rules: str) -> bool:
        """Whether the question has a word of one of the rules, which is no part of a name: the
        metric 标准一致性程度 asks nothing, and 成都 does not say 都."""
        return any(self._spans(words()[rule]) for rule in rules)

    def sums(self) -> bool:
        """Whether the figures are to be added up; also where the metric's name takes in the word, and is
        one without it too (甲乙两市*产值合计*多少), unless something else is asked (利润总额相差多少)."""
        if self.says("sum"):
            return True
        if self.says("each", "apart", "which", "times", "share") or self.than():
            return False
        known = self.session.ontology.metrics
        named = (m for a in self.question.segments for m in a if m.kind == "metric")
        return any(
            m.text.endswith(word) and m.text.removesuffix(word) in known[str(m.value)].labels.all()
            for m in named
            for word in words()["sum"]
        )

    def _spans(self, said: Iterable[str]) -> list[tuple[int, int]]:
        """Where the words stand, but for those inside the longer name of a thing or a metric or
        inside a quantity (超过 of 不超过121项), and for the class that is asked for (哪些规划)."""
        return [
            (s, e)
            for s, e in spans_of(self.text, said)
            if not any(a <= s and e <= b and e - s < b - a for a, b in self._names)
            and not (self.text[s:e] == "各" and self.text[e : e + 1] in _ALL_SORTS)
            and not any(m.start <= s and e <= m.end for m in class_asked_for(self.question)[0])
        ]

    @cached_property
    def _names(self) -> tuple[tuple[int, int], ...]:
        return tuple(
            (a[0].start, a[0].end)
            for a in self.question.segments
            if any(m.kind in ("entity", "metric", "quantity") for m in a)
        )

    def than(self) -> list[tuple[int, int]]:
        """Where 比, 较 … set one thing beside another (比例 and 同比 do not)."""
        other = spans_of(self.text, words()["no_than"])
        found = spans_of(self.text, words()["than"])
        than = [
            (s, e)
            for s, e in found
            if not any(a <= s and e <= b for a, b in other)
            and self.text[e : e + 1].isalnum()
            and (s, e) not in self.joined
        ]
        return sorted([*than, *self.ahead_of])

    @cached_property
    def ahead_of(self) -> list[tuple[int, int]]:
        """甲市 *高出* 乙市 几个点: how far ahead, said between the two."""
        names = {a[0].start for a in self.question.segments if any(m.kind == "entity" for m in a)}
        if not re.search("多少|几", self.text):
            return []
        return [(s, e) for s, e in spans_of(self.text, words()["ahead_of"]) if e in names]

    @cached_property
    def joined(self) -> list[tuple[int, int]]:
        """甲市和乙市 *比*: what sets two things beside each other that stand before it."""
        found = []
        outside = self.question.outside_names()  # 参与制定标准数比2023年: 与 is the metric's own
        for m in re.finditer("相比|比(?!例|重|率|值)", self.text):
            before = re.search("(?:和|与|跟|同|、)[^,;。和与跟同、]{2,10}$", outside[: m.start()])
            behind = re.split("[,;。]", self.text[m.end() :])[0]
            named = any(
                a[0].start >= m.end() and a[0].end <= m.end() + len(behind)
                for a in self.question.segments
                if any(x.kind == "entity" for x in a)
            )
            if before and not named:
                found.append(m.span())
        return found

    def beside(self) -> list[tuple[int, int]]:
        """Where 和, 与, 、 … stand between two things (not inside a word: 参与, 同比)."""
        inside = 0
        for start, end in spans_of(self.text, words()["no_than"]):
            inside |= bits(start, end)
        for alternatives in self.question.segments:
            first, named = alternatives[0], any(m.kind == "entity" for m in alternatives)
            if not all(m.kind == "word" for m in alternatives):
                inside |= bits(first.start + (not named), first.end)  # 同仁市 is a name
        found = spans_of(self.text, words()["beside"])
        return [(s, e) for s, e in found if not inside & bits(s, e)]

    def mask_of(self, *rules: str) -> int:
        """The characters of the words of these rules, longest first."""
        found = 0
        if "than" in rules:
            rules = tuple(r for r in rules if r != "than")
            for start, end in self.than():
                found |= bits(start, end)
        if "beside" in rules:
            rules = tuple(r for r in rules if r != "beside")
            for start, end in (*self.beside(), *self.joined):
                found |= bits(start, end)
        for start, end in self._spans(sorted((w for r in rules for w in words()[r]), key=len, reverse=True)):
            found |= bits(start, end)
        return found

    def without(self, mask: int, *, kinds: Iterable[str] = (), keep_periods: bool = True) -> Wanted:
        """What is wanted apart from the words of ``mask``, the quantities that the question itself
        gives, and asides; ``kinds`` replaces the kinds of value that it asks for."""
        given = 0
        for alternatives in self.question.segments:
            if any(m.kind == "quantity" for m in alternatives):
                given |= bits(alternatives[0].start, alternatives[0].end)
        wanted = self.wanted
        left = wanted.mask & ~mask & ~given & ~self.mask_of("aside")
        # a character that stands alone between words that are explained tells nothing
        left &= (left << 1) | (left >> 1)
        asked = frozenset(kinds)
        return replace(
            wanted,
            mask=left,
            kinds=asked,
            cues=wanted.cues & left,
            whole=wanted.whole & left,
            periods=wanted.periods if keep_periods else (),
            modifier=wanted.modifier & left,
        )

    def fits(
        self, wanted: Wanted, cards: Iterable[Card] | None = None, *, scoped: bool = True
    ) -> list[Match]:
        """Cards that fit, best first; what speaks against one leaves it out."""
        found = [
            match_card(card, wanted, self.session.ontology)
            for card in (self.cards if cards is None else cards)
            if (not scoped or self.question.scope.holds(card.passages))
            and not vetoed(card, wanted, self.session.cards)
        ]
        return sorted(found, key=lambda m: (-(m.score + self.bonus(m.card)), m.card.id))

    def bonus(self, card: Card) -> float:
        """What stands where the part of the question before this one was answered goes first."""
        return 0.15 if self.question.near & set(card.passages) else 0.0

    def fits_period(self, card: Card) -> bool:
        periods = self.question.periods()
        return not periods or any(period_fits(card, p, self.session.cards) for p in periods)

    # ---- from cards to forms -----------------------------------------------------------------

    def form_of(self, card: Card) -> ObservationSet:
        """``Observations`` where that names this card alone, else the card by its id."""
        alike = [
            c
            for c in self.session.cards.cards
            if (c.subject, c.metric_id, c.period, c.kind)
            == (card.subject, card.metric_id, card.period, card.kind)
        ]
        if len(alike) == 1 and card.period:
            return Observations(Entity(card.subject), card.metric_id, period=card.period, kind=card.kind)
        return Recorded((card.id,))

    def reading(
        self,
        rule: str,
        form: LogicalForm,
        matches: Sequence[Match],
        coverage: float,
        *,
        shown: tuple[Shown, ...],
        sides: tuple[str, str] = ("", ""),
        whole: bool = False,
        sure: float = 0.0,
    ) -> Reading:
        """A reading whose confidence is how much of the question its figures account for."""
        confidence = min(0.99, 0.55 + 0.42 * coverage + sure)
        explained = self.wanted.mask
        tree = "\n".join(
            [f"{rule} coverage={coverage:.2f}"]
            + [
                f"  {m.card.subject_name} | {m.card.metric} | {m.card.period} {m.card.kind}"
                f" {m.card.value}{m.card.unit}"
                for m in matches
            ]
        )
        return Reading(
            form=form,
            cost=round(1.0 - confidence, 4),
            explained=explained,
            rule=rule,
            tree=tree,
            source="calculated",
            shown=shown,
            sides=sides,
            whole=whole,
        )


def coverage(wanted: Wanted, strong: int, weak: int = 0) -> float:
    """The share of what has to be explained that is; what stands near counts for less."""
    total = got = 0.0
    for i, weight in enumerate(wanted.weights):
        if wanted.mask >> i & 1:
            total += weight
            got += weight if strong >> i & 1 else 0.6 * weight if weak >> i & 1 else 0.0
    return got / total if total else 0.0


def share(a: str, b: str) -> float:
    """How much of ``a`` stands in ``b``."""
    return covered(a, bits(0, len(a)), (b,)).bit_count() / len(a) if a else 0.0


def same_metric(a: Card, b: Card) -> bool:
    """Of one metric of the ontology, or of phrases of which the shorter stands in the longer."""
    if a.metric_id == b.metric_id:
        return True
    short, long = sorted((a.metric, b.metric), key=len)
    return len(short) >= 3 and share(short, long) >= _ALIKE


def compared_with(card: Card) -> str:
    """What a gap or change is recorded to be compared with, "" where nothing is."""
    for part in card.scope.lower().split(";"):
        if part.startswith(_COMPARED):
            return part.removeprefix(_COMPARED)
    return ""


def siblings(card: Card, cards: Iterable[Card], *kinds: str) -> list[Card]:
    """Figures of the same passage about the same thing, of these kinds."""
    own = set(card.passages)
    return [
        c
        for c in cards
        if c.id != card.id and c.kind in kinds and c.subject == card.subject and own & set(c.passages)
    ]
