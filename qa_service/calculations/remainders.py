"""What is left of a whole: 83 of which 29 have it → 54 have it not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ontology.lexicon.mention import Quantity
from qa_service.calculations.figures import Figures, coverage, share, siblings
from qa_service.questions.calculation_words import words
from qa_service.questions.link import entities
from qa_service.questions.question import analyse
from qa_service.questions.scope import scoped
from qa_service.readings.cards import Card
from qa_service.readings.match import Match
from qa_service.readings.reading import Reading
from qa_service.readings.vetoes import turned_round
from queries.logical_form import Difference, Ratio, Rest, Shifted

_LEAST = 0.6
_LEAST_TURNED = 0.75
_UNITS = ("率", "比", "比例", "比重", "占比", "系数", "指数", "满意度", "强度", "浓度")

#: 农机合格率 is not the other side of 插秧机不合格率: so much of that phrase has to be said
_CLOSE_TURNED = 0.8


#: 产值占全国产值比重: the part, and the whole, of which the question has to name all but a character
_SHARE_OF = re.compile(r"^(?P<part>.+?)占(?P<whole>.+?)(?:的)?(?:比重|比例|份额|比)$")
_NAMED = 0.9
#: a share is asked for, not what it is of
_PORTION = re.compile(r"占(?![^,;?。]{0,12}\d)")


def remaining(figures: Figures) -> Iterator[Reading]:
    """How many (or what share) have not what is on record of a part, or have what a part has not;
    what share of the whole a part is."""
    if re.search("几|多少|百分之|比例|占比|比重", figures.text):
        yield from _left(figures)
    if figures.says("share"):
        yield from _share(figures)
    yield from _complement(figures)


def whole_of(figures: Figures) -> Iterator[Reading]:
    """The whole that a recorded share is of, worked back from the part: 860亿元 that are 8.6% of it; where
    the question says that it is to be, or gives the part and asks for the whole (投12万, 净利润大概多少)."""
    named = _without(figures.text, figures.basis)
    back = figures.says("derived") or bool(figures.basis)
    if _PORTION.search(named) or not (back or _quantities(figures)):
        return  # 甲业占税收的比重推算一下 asks for the share
    wanted = figures.without(figures.mask_of("derived", "share") | figures.basis, kinds=())
    for match in figures.fits(wanted)[:5]:
        of = _SHARE_OF.search(match.card.metric)
        if match.card.kind != "share" or match.card.base_unit != "%" or of is None or not match.card.value:
            continue
        parts = (c for c in _parts(match.card, figures) if share(of["part"], c.metric) >= _CLOSE_TURNED)
        part = next(parts, None)
        whole = of["whole"].removeprefix("其")
        least = _LEAST_TURNED if back else _LEAST
        if part is None or match.coverage < least or share(whole, named) < _NAMED:
            continue
        if not back and not (_given(part, match.card, figures) and _asks_amount(whole, figures.text)):
            continue
        form = Shifted(figures.form_of(part), figures.form_of(match.card))
        both = [match, Match(part, 1, 1, 1, 0)]
        sides = (part.subject_name, whole)
        told = max(match.coverage, _LEAST_TURNED)
        yield figures.reading(
            "whole", form, both, told, shown=("result",), sides=sides, whole=True, sure=0.06
        )
        return


def _asks_amount(whole: str, text: str) -> bool:
    """净利润大概多少, 多少净利润."""
    name = re.escape(whole)
    return bool(re.search(f"{name}[^,;?。]{{0,6}}(?:多少|几)|(?:多少|几)[^,;?。]{{0,4}}{name}", text))


def _quantities(figures: Figures) -> list[Quantity]:
    """The amounts that the question itself gives."""
    return [
        m.value
        for alternatives in figures.question.segments
        for m in alternatives
        if m.kind == "quantity" and isinstance(m.value, Quantity)
    ]


def _given(part: Card, of_whole: Card, figures: Figures) -> bool:
    """Whether the question gives the part or its share."""
    known = {c.value for c in (part, of_whole)} | {c.base_value for c in (part, of_whole)}
    return any({q.value, q.base_value} & known - {None} for q in _quantities(figures))


def _parts(card: Card, figures: Figures) -> list[Card]:
    """The levels beside a share that are no rates themselves."""
    beside = siblings(card, figures.session.cards.cards, "actual")
    return [c for c in beside if c.base_unit != "%" and c.value is not None and c.bound == "="]


def _without(text: str, mask: int) -> str:
    return "".join(" " if mask >> i & 1 else ch for i, ch in enumerate(text))


def _left(figures: Figures) -> Iterator[Reading]:
    wanted = figures.without(figures.mask_of("denied", "share"), kinds=(), keep_periods=True)
    if not wanted.mask:
        return
    for match in figures.fits(wanted)[:3]:
        part = match.card
        if match.coverage < _LEAST or match.closeness < 0.5 or part.value is None:
            continue
        if not turned_round(part, figures.wanted):
            return
        told = coverage(wanted, match.strong, match.explained)
        if part.base_unit == "%" and (not part.metric.endswith(_UNITS) or _denied_rate(part, figures)):
            yield figures.reading(
                "rest", Rest(figures.form_of(part)), [match], told, shown=("result",), sure=0.04
            )
            return
        whole = _whole(part, figures)
        if part.base_unit != "%" and whole is not None:
            form = Difference(figures.form_of(whole), figures.form_of(part))
            both = [match, Match(whole, 1, 1, 1, 0)]
            yield figures.reading("remaining", form, both, told, shown=("result",), sure=0.04)
            return


def _denied_rate(part: Card, figures: Figures) -> bool:
    """没达标的占百分之几: what a rate counts, denied (达标率)."""
    counts = part.metric.removesuffix("率")[-2:]
    denied = "|".join(map(re.escape, words()["denied"]))
    said = re.search(rf"(?:{denied})(?:能|曾)?{re.escape(counts)}(?!率)", figures.text)
    return part.metric.endswith("率") and len(counts) == 2 and said is not None


def _complement(figures: Figures) -> Iterator[Reading]:
    """A rate of which only the opposite is on record: 100 % less that."""
    metrics = figures.session.ontology.metrics
    for key, _ in figures.wanted.metrics:
        opposites = [m for m in metrics.values() if m.key == metrics[key].opposite or m.opposite == key]
        label = next((w for w in metrics[key].labels.all() if w.lower() in figures.text), "")
        if not opposites or not label:
            continue
        labels = [w for m in opposites for w in m.labels.all()]
        # 产品合格率 → 产品不合格率
        turned = next((w for w in labels if set(label) < set(w)), labels[0])
        other = _asked_instead(figures, figures.text.replace(label.lower(), turned))
        wanted = other.without(other.mask_of("derived", "share"), kinds=(), keep_periods=True)
        for match in other.fits(wanted)[:3]:
            fits = match.coverage >= _LEAST_TURNED and match.closeness >= _CLOSE_TURNED
            if fits and match.card.base_unit == "%" and match.card.kind in ("actual", "baseline", "share"):
                told = coverage(wanted, match.strong, match.explained)
                # what is recorded itself goes before
                form = Rest(figures.form_of(match.card))
                yield figures.reading("complement", form, [match], told, shown=("result",), sure=-0.05)
                return


def _asked_instead(figures: Figures, text: str) -> Figures:
    """The figures for the same question in other words."""
    session = figures.session
    question = analyse(text, session.vocabulary, lambda t: entities(t, session), figures.question.today)
    return Figures(scoped(question, session.corpus, session.cards), session)


def _share(figures: Figures) -> Iterator[Reading]:
    wanted = figures.without(figures.mask_of("share"), kinds=(), keep_periods=True)
    for match in figures.fits(wanted)[:3]:
        part = match.card
        if match.coverage < 0.75 or part.value is None or part.base_unit == "%" or part.kind != "actual":
            continue
        whole = _whole(part, figures)
        if _recorded_share(figures, match):
            return
        if whole is not None and not turned_round(part, figures.wanted):
            form = Ratio(figures.form_of(part), figures.form_of(whole))
            yield figures.reading("share", form, [match], match.coverage, shown=("result",))
            return


def _recorded_share(figures: Figures, part: Match) -> bool:
    """Whether a share is on record that fits the question about as well as the part does."""
    wanted = figures.without(0, kinds=figures.wanted.kinds)
    return any(
        m.card.base_unit == "%" and m.closeness >= 0.55 and m.coverage >= part.coverage - 0.15
        for m in figures.fits(wanted)[:8]
    )


def _whole(part: Card, figures: Figures) -> Card | None:
    """The number of which the part is some: in the same passage, of the same unit, greater, and
    called by what the part is of."""
    value = part.value or 0.0
    found = [
        c
        for c in siblings(part, figures.session.cards.cards, "actual")
        if c.base_unit == part.base_unit and c.value is not None and c.value > value
    ]
    named = [c for c in found if f"{c.value:g}" in figures.text or c.metric[-2:] in figures.text]
    return min(named, key=lambda c: (c.value or 0, c.id)) if named else None
