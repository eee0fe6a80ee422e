"""Two figures of which a question says each once, on either side of 比, 和, 与."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ontology.lexicon.mention import Period
from qa_service.calculations.figures import Figures, coverage, same_metric, share
from qa_service.questions.alike import thesaurus
from qa_service.questions.figure_words import figure_words, spans_of
from qa_service.questions.overlap import covered
from qa_service.questions.parts import bits
from qa_service.questions.wanted import Wanted
from qa_service.readings.cards import Card
from qa_service.readings.match import Match
from qa_service.readings.vetoes import kinds_beside, period_fits

_NATION = "100000"
#: so much of either metric phrase the question has to say
_SAID = 0.7
#: and so much of what the question says beside names, places and times either has to account for
_MEASURED = 0.5


@dataclass(frozen=True)
class Pair:
    """Two figures with the characters that each accounts for, and the share of the question that
    they do together."""

    first: Card
    second: Card
    by_first: int
    by_second: int
    coverage: float

    def matches(self) -> list[Match]:
        return [
            Match(self.first, 1, self.coverage, 1, self.by_first),
            Match(self.second, 1, self.coverage, 1, self.by_second),
        ]


def best_pair(figures: Figures, wanted: Wanted, compatible: Callable[[Card, Card], bool]) -> Pair | None:
    """The two figures that account best for the two sides of 比, 和, 与 …: each for something on
    its own side that the other does not, and both for what is said once of both."""
    pivot = _pivot(figures)
    if pivot is None:
        return None
    periods: dict[Period, int] = {p: _span_of(p, figures) for p in figures.question.periods()}
    several = len(periods) > 1
    if several:
        for span in periods.values():
            wanted = replace(wanted, mask=wanted.mask | span)
    sided = []
    planned = "target" in figures.wanted.kinds
    for card in figures.cards:
        if card.value is None or card.kind in ("comparison", "rank", *(() if planned else ("target",))):
            continue
        if not figures.question.scope.holds(card.passages) or not (several or figures.fits_period(card)):
            continue
        strong = _strong(card, wanted, figures, periods if several else {})
        if strong.bit_count() >= 2 and coverage(wanted, strong) >= 0.25:
            sided.append((card, strong))
    told = _places_and_periods(figures)
    named = 0
    for mention, _ in wanted.named:
        named |= bits(mention.start, mention.end)
    best: tuple[float, Pair] | None = None
    measure = wanted.mask & ~told & ~named
    before = bits(0, pivot)
    for a, sa in sided:
        for b, sb in sided:
            own_a, own_b = sa & ~sb, sb & ~sa
            if several and (a.period == b.period or (a.subject != b.subject and wanted.named)):
                continue  # of two years one each
            if several and not same_metric(a, b):
                continue
            if planned and "target" not in (a.kind, b.kind):
                continue  # what is planned is asked for
            if a.id == b.id or not own_a or not own_b or own_b & before or own_a & ~before:
                continue
            if not compatible(a, b) or not _known(wanted, a, b):
                continue
            beyond = wanted.mask & ~before & ~told & ~(sa & sb)
            if not beyond and (own_a & ~told).bit_count() > 1:
                continue  # 甲市*小企业*合格率比乙市: the other side's figure is not of small firms
            if any((span & ~(sa | sb)).bit_count() > 0.5 * span.bit_count() for _, span in wanted.metrics):
                continue  # neither is of the metric that the question names
            if (measure & (sa | sb)).bit_count() < _MEASURED * measure.bit_count():
                continue  # 甲厂和乙厂哪家专利多: of neither are patents on record
            close = min(share(a.metric, wanted.text), share(b.metric, wanted.text))
            beside = 0
            if close >= _SAID:  # what both are of may stand in their sentence, but for a third thing named
                rest = wanted.mask & ~sa & ~sb & ~named
                beside = covered(wanted.text, rest, (*a.weak[:1], *b.weak[:1]))
            both = coverage(wanted, sa | sb, beside)
            # what is said once is said of both sides
            score = both + 0.5 * coverage(wanted, sa & sb) + 0.1 * close
            score += 0.05 * (a.subject_class == b.subject_class) + 0.05 * (a.metric_id == b.metric_id)
            score += 0.04 * bool(set(a.passages) & set(b.passages))
            score += 0.02 * (a.bound == "=") + 0.02 * (b.bound == "=")
            # where no change is asked for the levels are meant
            score -= 0.05 * any(c.kind == "change" and not asks_change(c, figures) for c in (a, b))
            # where no time is said, where a plan began is not how it stands
            began = not periods and "baseline" not in figures.wanted.kinds
            score -= 0.1 * (began and any(c.kind == "baseline" for c in (a, b)))
            if best is None or score > best[0]:
                best = (score, Pair(a, b, sa, sb, both))
    return best[1] if best else None


def asks_change(card: Card, figures: Figures) -> bool:
    """Whether the question asks for a change by words that are neither the figure's metric's own nor
    another's: 增速 of 营业收入增速 asks for no change of 营业收入."""
    outside = figures.question.outside_names()
    said = any(cue in outside for cue in figure_words().kinds["change"])
    return said and "change" in kinds_beside(card, figures.wanted)


def _places_and_periods(figures: Figures) -> int:
    """The characters that say where and when, not what."""
    mask = figures.wanted.whole | figures.mask_of("nation")
    for alternatives in figures.question.segments:
        if any(m.kind in ("entity", "period") for m in alternatives):
            mask |= bits(alternatives[0].start, alternatives[0].end)
    return mask


def _pivot(figures: Figures) -> int | None:
    """Where the first side ends: at 比, 较, 和, 与."""
    spans = figures.than() or figures.beside()
    return min(s for s, _ in spans) if spans else None


def _changes(figures: Figures) -> int:
    mask = 0
    for start, end in spans_of(figures.text, figure_words().kinds["change"]):
        mask |= bits(start, end)
    return mask


def _span_of(period: Period, figures: Figures) -> int:
    for alternatives in figures.question.segments:
        if any(m.kind == "period" and m.value == period for m in alternatives):
            return bits(alternatives[0].start, alternatives[0].end)
    return 0


def _strong(card: Card, wanted: Wanted, figures: Figures, periods: Mapping[Period, int]) -> int:
    strong = covered(wanted.text, wanted.mask, (card.subject_name.lower(), card.metric))
    for mention, ids in wanted.named:
        codes = {i.partition(":")[2] for i in ids}
        if card.subject in ids or (card.places & codes and len(card.places) == 1):
            strong |= bits(mention.start, mention.end)
    for key, span in wanted.metrics:
        if card.metric_id == f"metric:{key}":
            strong |= span
    strong |= thesaurus(figures.session.ontology).within(
        wanted.text, wanted.mask & ~strong, (card.subject_name.lower(), card.metric)
    )
    if card.kind == "change":
        strong |= _changes(figures) & wanted.mask
    if any(code.endswith("0000") for code in card.places) and len(card.places) == 1:
        strong |= figures.wanted.whole & wanted.mask
    if _NATION in card.places or card.subject.endswith(_NATION):
        strong |= figures.mask_of("nation")
    for period, span in periods.items():
        if period_fits(card, period, figures.session.cards):
            strong |= span
    return strong & wanted.mask


def _known(wanted: Wanted, a: Card, b: Card) -> bool:
    """Everything that the question names is known to one of the two."""
    for mention, ids in wanted.named:
        codes = {i.partition(":")[2] for i in ids}
        if not any(
            c.subject in ids or c.places & codes or any(mention.text in t for t in (*c.strong, *c.weak))
            for c in (a, b)
        ):
            return False
    return True
