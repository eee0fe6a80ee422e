"""One thing beside another: the gap on record, the gap of two figures, the other side of a gap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from qa_service.calculations.each import told_apart
from qa_service.calculations.figures import (
    Figures,
    compared_with,
    same_metric,
    share,
    siblings,
)
from qa_service.calculations.narrowed import asks_narrowed
from qa_service.calculations.pairs import best_pair
from qa_service.questions.calculation_words import words
from qa_service.questions.parts import bits
from qa_service.questions.places import region_code
from qa_service.questions.wanted import Wanted
from qa_service.readings.cards import Card
from qa_service.readings.match import Match, match_card
from qa_service.readings.reading import Reading, Shown
from qa_service.readings.vetoes import vetoed
from queries.logical_form import Difference, Shifted

_LEAST = 0.74
_LEVELS = ("actual", "baseline", "share")


# ---- the other side of a recorded gap ----------------------------------------------------------


def shifted(figures: Figures) -> Iterator[Reading]:
    """The side that a recorded gap is measured from: 31.7% that is 16.7 points more than another's.

    A change gives the year before, a comparison what its scope names. Only where the question
    names that side (or that year), and no gap is what it asks for.
    """
    if _asks_gap(figures) or (_asks_change(figures) and not figures.basis) or figures.says("times"):
        return
    # 用上系统的占多少 asks for a share of a whole, which no rate is
    of_whole = re.search(r"占(?:了|到)?(?:多少|几|多大)", figures.text) is not None
    wanted = figures.without(
        figures.mask_of("derived", "before") | figures.basis,
        kinds=(),
        keep_periods=not figures.year_before,
    )
    if figures.basis:
        wanted = replace(wanted, periods=() if figures.year_before else figures.periods)
    if not wanted.mask:
        return
    sure = 0.06 if figures.says("derived") or figures.basis else 0.0
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
        near = figures.bonus(card) > 0
        if (
            match is None
            or match.coverage < _LEAST
            or (not near and (match.closeness < 0.3 or match.score < 0.6))
        ):
            continue
        if card.kind == "comparison" and not _names(compared_with(card), figures):
            continue
        level = _level(card, figures)
        if level is not None and of_whole and level.kind != "share":
            continue
        if level is not None and card.kind == "change" and not sure and _on_record(other, figures):
            continue  # worked back only where the question asks for that
        if level is not None:
            found.append((match.score + figures.bonus(card), match, card, level))
    found.sort(key=lambda f: (-f[0], f[2].id))
    for _, match, card, level in found[:2]:
        form = Shifted(figures.form_of(level), figures.form_of(card))
        before = f"{int(card.period) - 1}年" if len(card.period) == 4 else words()["before"][0]
        other_name = compared_with(card) or before
        yield figures.reading(
            "shifted",
            form,
            [match, Match(level, 1, 1, 1, 0)],
            min(1.0, match.coverage * (0.84 + 0.1 * match.closeness) + sure + figures.bonus(card)),
            shown=("result",),
            sides=(level.subject_name, other_name),
            sure=0.0,
        )


def _on_record(other: Card, figures: Figures) -> bool:
    """Whether the other side of a change has a figure of its own."""
    return other.period != "" and any(
        c.subject == other.subject
        and c.period == other.period
        and c.kind in _LEVELS
        and same_metric(c, other)
        for c in figures.session.cards.cards
    )


def _other_side(gap: Card, figures: Figures) -> Card | None:
    """The card that would be on record for the other side: the same words with what it is compared
    with; for a change the year before."""
    reference = compared_with(gap)
    if gap.kind == "change" and len(gap.period) != 4 and figures.year_before:
        return replace(gap, kind="actual", unit="", scope="")  # the same months
    if gap.kind == "change":
        if len(gap.period) != 4 or not gap.period.isdigit():
            return None
        year = re.search(r"(?:19|20)\d\d", reference)
        before = year[0] if year else str(int(gap.period) - 1)
        periods = figures.periods
        told = figures.year_before and all(p.text != gap.period for p in periods)
        if not told and not any(p.text == before for p in periods):
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
    for mention, ids in wanted.named:
        # a thing named in the same sentence only is not what the gap is of
        regions = any(map(region_code, ids))
        if not regions and card.subject not in ids and not any(mention.text in t for t in card.strong):
            return None
    return match_card(card, wanted, figures.session.ontology)


def _names(reference: str, figures: Figures) -> bool:
    """Whether the question names what a gap is compared with: nearly all of its characters."""
    core = re.sub(r"(?:的)?(?:平均水平|平均值|平均分|平均|水平|均值)$", "", reference) or reference
    core = re.sub(r"(?<=..)(?:企业|机构|产品)$", "", core)  # 园区外|企业
    return share(core, figures.text) >= 0.99 and bool(core)


def _level(gap: Card, figures: Figures) -> Card | None:
    """The level that the gap belongs to: of the same passage and metric (or the share of it)."""
    found = [
        c
        for c in siblings(gap, figures.session.cards.cards, *_LEVELS)
        if c.value is not None and _fits_gap(c, gap)
    ]
    named = [c for c in found if same_metric(c, gap) and c.period in (gap.period, "")]
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


def _asks_change(figures: Figures) -> bool:
    """提升多少, 降了几个点: the change itself."""
    grown = "|".join(map(re.escape, words()["grown"]))
    return bool(re.search(rf"(?:{grown})(?:了|到)?(?:多少|几|百分之几)", figures.text))


def _asks_gap(figures: Figures) -> bool:
    """Whether the question asks how far apart two things are, or which is ahead."""
    text = figures.text
    if asks_narrowed(figures):
        return False
    more = "|".join(map(re.escape, (*words()["more"], *words()["less"])))
    if figures.mask_of("apart") & ~figures.basis or figures.ahead_of:
        return True
    if re.search(rf"(?:{more})(?:出|了)?(?:多少|几|百分之几)", text) and (
        figures.than() or bool(figures.beside())
    ):
        return True
    return bool(_which(figures))


def _which(figures: Figures) -> bool:
    more = "|".join(map(re.escape, (*words()["more"], *words()["less"])))
    which = "|".join(map(re.escape, words()["which"]))
    if _either(figures):
        return True
    return bool(re.search(rf"(?:{which})[^,;?。]{{0,8}}(?:更|得)?(?:{more})(?!于)", figures.text)) and (
        bool(figures.than()) or bool(figures.beside())
    )


def _either(figures: Figures) -> int:
    """The characters of 甲市 *大还是* 乙市 *大*."""
    ahead = "|".join(map(re.escape, (*words()["more"], *words()["less"])))
    m = re.search(rf"({ahead})(还是)[^,;。]{{2,10}}?(\1)(?=[,;?。些点]|$)", figures.text)
    return bits(m.start(1), m.end(2)) | bits(*m.span(3)) if m else 0


def _of_less(figures: Figures) -> bool:
    """哪个低 asks for the one with less."""
    which, less = ("|".join(map(re.escape, words()[k])) for k in ("which", "less"))
    told = rf"(?:{which})[^,;?。、]{{0,8}}?(?:更|得)?(?<!多)(?:{less})(?!于)|(?:{less})还是"
    return bool(re.search(told, figures.text))


def compared(figures: Figures) -> Iterator[Reading]:
    """How far apart two things are: by the gap on record, else by the two figures."""
    if not _asks_gap(figures):
        return
    cues = figures.mask_of("than", "beside", "apart", "which") | asked_ahead(figures) | _either(figures)
    shown: list[Shown] = []
    if _which(figures):
        shown.append("lesser" if _of_less(figures) else "greater")
    if re.search("多少|几", figures.text) or figures.says("apart") or not shown:
        shown.append("result")
    yield from _recorded(figures, cues, tuple(shown))
    yield from _pairs(figures, cues, tuple(shown))


def asked_ahead(figures: Figures) -> int:
    """The characters of 高多少, 慢了几个, 差: how far one is ahead of another."""
    mask = 0
    ahead = "|".join(map(re.escape, sorted((*words()["more"], *words()["less"]), key=len, reverse=True)))
    for m in re.finditer(
        rf"(?:更|还|要|得)*(?!多少)(?<!多)(?:{ahead})(?:出|了)?(?=多少|几|百分之几|一?些|[,;?!。呢吗]|$)|个?百分点|个点$",
        figures.text,
    ):
        mask |= bits(m.start(), m.end())
    return mask


def turned(figures: Figures, said: int, first: float | None, second: float | None) -> bool:
    """Whether the words that ask how much more (``said``) say so of what is less: 18 beside 24 do not answer
    比2020年多几家."""
    told = "".join(figures.text[i] if said >> i & 1 else " " for i in range(len(figures.text)))
    told = told.replace("多少", "")
    up = any(w in told for w in words()["upward"])
    down = any(w in told for w in words()["downward"])
    if up == down or first is None or second is None:
        return False
    return first < second if up else first > second


def _recorded(figures: Figures, cues: int, shown: tuple[Shown, ...]) -> Iterator[Reading]:
    if "greater" in shown or "lesser" in shown:
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
    wanted = figures.without(cues, kinds=frozenset(), keep_periods=True)
    pair = best_pair(figures, wanted, _beside)
    if pair is None or pair.coverage < _LEAST:
        return
    a, b = pair.first, pair.second
    if "result" in shown and {a.bound, b.bound} & {"<", ">"} and not figures.says("about"):
        return  # how far below 80% is not known
    if shown == ("result",) and turned(figures, asked_ahead(figures), a.base_value, b.base_value):
        return
    yield figures.reading(
        "beside",
        Difference(figures.form_of(a), figures.form_of(b)),
        pair.matches(),
        pair.coverage,
        shown=shown,
        sides=(_name(a, b, figures.text), _name(b, a, figures.text)),
        whole=True,
    )


def _beside(a: Card, b: Card) -> bool:
    """Whether a difference of the two means something: one unit, one sort of value, one measure."""
    if a.base_unit != b.base_unit and not ({a.unit, b.unit} <= {"个", "家", "项", "件", "张"}):
        return False
    if (a.kind == "change") != (b.kind == "change") and not (_growth(a) and _growth(b)):
        return False
    if (a.subject, a.metric_id, a.period) == (b.subject, b.metric_id, b.period):
        return False
    moved = a.kind == b.kind == "change"
    return same_metric(a, b) or _common(a.metric, b.metric) >= 3 - moved


def _growth(card: Card) -> bool:
    return card.kind == "change" or card.metric.endswith(("增速", "增幅", "增长率", "增长"))


def _common(a: str, b: str) -> int:
    """Length of the longest stretch that both have."""
    for length in range(min(len(a), len(b)), 0, -1):
        if any(a[i : i + length] in b for i in range(len(a) - length + 1)):
            return length
    return 0


def _name(card: Card, other: Card, text: str) -> str:
    """What tells a side from the other: its subject, else its metric, else its period."""
    if card.subject != other.subject:
        return card.subject_name
    if card.metric != other.metric:
        return told_apart(card, [other], text)
    return f"{card.period}年" if len(card.period) == 4 else card.period
