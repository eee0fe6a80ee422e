"""One thing beside another: the gap on record, the gap of two figures, the other side of a gap."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ontology.lexicon.mention import Period
from qa_service.calculations.figures import (
    Figures,
    compared_with,
    coverage,
    same_metric,
    share,
    siblings,
    words,
)
from qa_service.cards import Card
from qa_service.observed import Match, Wanted, figure_words, match_card, period_fits, spans_of, vetoed
from qa_service.overlap import covered
from qa_service.parts import bits
from qa_service.reading import Reading, Shown
from queries.logical_form import Difference, Shifted

_LEAST = 0.74
_LEVELS = ("actual", "baseline", "share")
_NATION = "100000"


# ---- the other side of a recorded gap ----------------------------------------------------------


def shifted(figures: Figures) -> Iterator[Reading]:
    """The side that a recorded gap is measured from: 31.7% that is 16.7 points more than another's.

    A change gives the year before, a comparison what its scope names. Only where the question
    names that side (or that year), and no gap is what it asks for.
    """
    if _asks_gap(figures):
        return
    wanted = figures.without(figures.mask_of("derived"), kinds=(), keep_periods=True)
    if not wanted.mask:
        return
    sure = 0.06 if figures.says("derived") else 0.0
    found = []
    for card in figures.cards:
        if card.kind not in ("comparison", "change") or card.value is None:
            continue
        if not figures.question.scope.holds(card.passages):
            continue
        other = _other_side(card, figures)
        if other is None:
            continue
        match = _fit(other, wanted, figures)
        if match is None or match.coverage < _LEAST or match.closeness < 0.5:
            continue
        if card.kind == "comparison" and not _names(compared_with(card), figures):
            continue
        level = _level(card, figures)
        if level is not None:
            found.append((match.score + figures.bonus(card), match, card, level))
    found.sort(key=lambda f: (-f[0], f[2].id))
    for score, match, card, level in found[:2]:
        form = Shifted(figures.form_of(level), figures.form_of(card))
        other_name = compared_with(card) or f"{card.period[:4]}前一年"
        yield figures.reading(
            "shifted",
            form,
            [match, Match(level, 1, 1, 1, 0)],
            min(1.0, match.coverage * 0.94 + sure + figures.bonus(card)),
            shown=("result",),
            sides=(level.subject_name, other_name),
            sure=0.0,
        )


def _other_side(gap: Card, figures: Figures) -> Card | None:
    """The card that would be on record for the other side: the same words with what it is compared
    with; for a change the year before."""
    reference = compared_with(gap)
    if gap.kind == "change":
        if len(gap.period) != 4 or not gap.period.isdigit():
            return None
        year = re.search(r"(?:19|20)\d\d", reference)
        before = year[0] if year else str(int(gap.period) - 1)
        if not any(p.text == before for p in figures.question.periods()):
            return None
        return replace(
            gap,
            kind="actual",
            period=before,
            start=f"{before}-01-01",
            end=f"{before}-12-31",
            unit="",
            scope="",
        )
    if not reference:
        return None
    return replace(gap, kind="actual", unit="", strong=(*gap.strong, reference))


def _fit(card: Card, wanted: Wanted, figures: Figures) -> Match | None:
    if vetoed(card, wanted, figures.session.cards):
        return None
    return match_card(card, wanted, figures.session.ontology)


def _names(reference: str, figures: Figures) -> bool:
    """Whether the question names what a gap is compared with: nearly all of its characters."""
    core = re.sub(r"(?:的)?(?:平均水平|平均值|平均分|平均|水平|均值)$", "", reference) or reference
    return share(core, figures.text) >= 0.99 and bool(core)


def _level(gap: Card, figures: Figures) -> Card | None:
    """The level that the gap belongs to: of the same passage and metric (or the share of it)."""
    found = [
        c
        for c in siblings(gap, figures.session.cards.cards, *_LEVELS)
        if c.value is not None and _fits_gap(c, gap)
    ]
    named = [c for c in found if same_metric(c, gap)]
    if not named:
        return None

    def rank(c: Card) -> tuple[bool, bool, str]:
        return (c.metric == gap.metric, c.bound == "=", c.id)

    return max(named, key=rank)


def _fits_gap(level: Card, gap: Card) -> bool:
    if gap.base_unit in ("百分点", "个点"):
        return level.base_unit in ("%", "")
    return (
        gap.base_unit in ("倍", "%") and gap.base_unit != level.base_unit
    ) or gap.base_unit == level.base_unit


# ---- one beside another ---------------------------------------------------------------------------


def _asks_gap(figures: Figures) -> bool:
    """Whether the question asks how far apart two things are, or which is ahead."""
    text = figures.text
    more = "|".join(map(re.escape, (*words()["more"], *words()["less"])))
    if figures.says("apart"):
        return True
    if re.search(rf"(?:{more})(?:出|了)?(?:多少|几|百分之几)", text) and figures.says("than", "beside"):
        return True
    return bool(_which(figures))


def _which(figures: Figures) -> bool:
    more = "|".join(map(re.escape, (*words()["more"], *words()["less"])))
    which = "|".join(map(re.escape, words()["which"]))
    return bool(
        re.search(rf"(?:{which})[^,;?。]{{0,8}}(?:更|得)?(?:{more})(?!于)", figures.text)
    ) and figures.says("beside", "than")


def compared(figures: Figures) -> Iterator[Reading]:
    """How far apart two things are: by the gap on record, else by the two figures."""
    if not _asks_gap(figures):
        return
    cues = figures.mask_of("than", "beside", "apart", "which") | _trailing(figures)
    shown: list[Shown] = []
    if _which(figures):
        shown.append("greater")
    if re.search("多少|几", figures.text) or figures.says("apart") or not shown:
        shown.append("result")
    yield from _recorded(figures, cues, tuple(shown))
    yield from _pairs(figures, cues, tuple(shown))


def _trailing(figures: Figures) -> int:
    mask = 0
    ahead = "|".join(map(re.escape, sorted((*words()["more"], *words()["less"]), key=len, reverse=True)))
    for m in re.finditer(
        rf"(?:更|还|要|得)*(?:{ahead})(?:出|了)?(?=多少|几|百分之几|一?些|[,;?!。呢吗]|$)|个?百分点|个点$",
        figures.text,
    ):
        mask |= bits(m.start(), m.end())
    return mask


def _recorded(figures: Figures, cues: int, shown: tuple[Shown, ...]) -> Iterator[Reading]:
    if "greater" in shown:
        return
    wanted = figures.without(cues, kinds=("comparison",), keep_periods=True)
    for match in figures.fits(wanted)[:4]:
        card = match.card
        if card.kind != "comparison" or not _names(compared_with(card), figures) or match.coverage < 0.7:
            continue
        yield figures.reading(
            "gap",
            figures.form_of(card),
            [match],
            min(1.0, match.coverage + figures.bonus(card)),
            shown=("value",),
            sure=0.03,
        )
        return


def _pairs(figures: Figures, cues: int, shown: tuple[Shown, ...]) -> Iterator[Reading]:
    """Two figures, each of which accounts for a side of the question that the other does not."""
    pivot = _pivot(figures)
    if pivot is None:
        return
    wanted = figures.without(cues, kinds=frozenset(), keep_periods=True)
    period_bits = {p: _span_of(p, figures) for p in figures.question.periods()}
    several = len(period_bits) > 1
    if several:
        for span in period_bits.values():
            wanted = replace(wanted, mask=wanted.mask | span)
    sided = []
    for card in figures.cards:
        if (
            card.value is None
            or card.kind in ("comparison", "rank", "target")
            or not figures.question.scope.holds(card.passages)
        ):
            continue
        strong = _strong(card, wanted, figures, period_bits if several else {})
        if not several and not figures.fits_period(card):
            continue
        if strong.bit_count() >= 2 and coverage(wanted, strong) >= 0.3:
            sided.append((card, strong))
    best: tuple[float, Card, Card] | None = None
    before = bits(0, pivot)
    for a, sa in sided:
        for b, sb in sided:
            if a.id == b.id or not _beside(a, b):
                continue
            own_a, own_b = sa & ~sb, sb & ~sa
            if not (own_a & before) or not (own_b & ~before) or (own_b & before) or (own_a & ~before):
                continue
            if not _known(wanted, a, b):
                continue
            both = coverage(wanted, sa | sb, 0)
            close = min(_close(a, wanted), _close(b, wanted))
            # what is said once is said of both sides
            score = (
                both
                + 0.5 * coverage(wanted, sa & sb)
                + 0.1 * close
                + 0.05 * (a.subject_class == b.subject_class)
                + 0.05 * (a.metric_id == b.metric_id)
            )
            score += (
                0.04 * bool(set(a.passages) & set(b.passages))
                + 0.02 * (a.bound == "=")
                + 0.02 * (b.bound == "=")
            )
            if best is None or score > best[0]:
                best = (score, a, b)
    if best is None:
        return
    _, a, b = best
    strong_of = {c.id: s for c, s in sided}
    sa, sb = strong_of[a.id], strong_of[b.id]
    both = coverage(wanted, sa | sb)
    if both < _LEAST:
        return
    form = Difference(figures.form_of(a), figures.form_of(b))
    names = (_name(a, b), _name(b, a))
    yield figures.reading(
        "beside",
        form,
        [Match(a, 1, both, 1, sa), Match(b, 1, both, 1, sb)],
        both,
        shown=shown,
        sides=names,
        whole=True,
    )


def _pivot(figures: Figures) -> int | None:
    """Where the first side ends: at 比, 较, 和, 与."""
    spans = spans_of(figures.text, words()["than"]) or spans_of(figures.text, words()["beside"])
    return spans[0][0] if spans else None


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


def _beside(a: Card, b: Card) -> bool:
    """Whether a difference of the two means something: one unit, one sort of value, one measure."""
    if a.base_unit != b.base_unit and not ({a.unit, b.unit} <= {"个", "家", "项", "件", "张"}):
        return False
    if (a.kind == "change") != (b.kind == "change") and not (_growth(a) and _growth(b)):
        return False
    if (a.subject, a.metric_id, a.period) == (b.subject, b.metric_id, b.period):
        return False
    return same_metric(a, b) or _common(a.metric, b.metric) >= 3


def _growth(card: Card) -> bool:
    return card.kind == "change" or card.metric.endswith(("增速", "增幅", "增长率", "增长"))


def _common(a: str, b: str) -> int:
    """Length of the longest stretch that both have."""
    for length in range(min(len(a), len(b)), 0, -1):
        if any(a[i : i + length] in b for i in range(len(a) - length + 1)):
            return length
    return 0


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


def _close(card: Card, wanted: Wanted) -> float:
    return share(card.metric, wanted.text)


def _name(card: Card, other: Card) -> str:
    """What tells a side from the other: its subject, else its metric, else its period."""
    if card.subject != other.subject:
        return card.subject_name
    if card.metric != other.metric:
        return card.metric
    return f"{card.period}年" if len(card.period) == 4 else card.period
