"""What is added from a start to an end: of one figure, of the one of several that grows most; which targets
lie below (above, at) their own start."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ontology.lexicon.dimensions.number import chinese
from qa_service.calculations.each import Named, several
from qa_service.calculations.figures import Figures, coverage, same_metric
from qa_service.calculations.gaps import asked_ahead, turned
from qa_service.calculations.sources import each_of_stretch
from qa_service.calculations.targets import (
    beyond_target,
    comparable,
    decimals,
    ends_said,
    is_target,
    starts_of,
    year_of,
)
from qa_service.questions.calculation_words import pattern, words
from qa_service.readings.cards import Card
from qa_service.readings.match import Match
from qa_service.readings.reading import Reading, Shown
from queries.logical_form import Against, Difference, Entity, Observations, Op, Ratio

#: what a figure's own words must account for of the question
_LEAST = 0.72
#: a change of the very metric
_EXACT = 0.9
#: of those that are compared so many are told
_TOLD = 6


def grown(figures: Figures) -> Iterator[Reading]:
    """How much is (to be) added from a start to an end, of two figures on record."""
    if not re.search("多少|几", figures.text) or _grows_most(figures):
        return
    # 2020年至今: now is no year of its own
    today = figures.question.today.isoformat()
    periods = tuple(p for p in ends_said(figures) if p != today)
    since = len(periods) == 1 and (figures.says("since", "now") or today in ends_said(figures))
    if figures.says("short") and len(periods) < 2 and not (since or figures.says("starts", "spans")):
        return  # 离目标还差几项: from how it stands, not from where the plan began
    if each_of_stretch(figures):
        return  # 从2020年到2024年的变化, 各是多少
    if figures.basis and not figures.mask_of("grown") & ~figures.basis:
        return  # 按2024年的增幅倒推2023年: the growth is given
    ahead = asked_ahead(figures) if len(periods) > 1 or since or figures.says("starts", "target") else 0
    times = figures.says("times") and len(periods) > 1
    if not (figures.says("grown") or ahead or times) or beyond_target(figures):
        return
    if not (len(periods) > 1 or since or figures.says("starts", "spans", "target")):
        return
    cues = figures.mask_of("grown", "starts", "spans", "target", "than", "since", "now") | ahead
    if times:
        cues |= figures.mask_of("times", "as_other")
    wanted = figures.without(cues, kinds=("target",), keep_periods=False)
    if not wanted.mask:
        return
    for end in [] if since else figures.fits(wanted, scoped=False)[:4]:
        if not is_target(end):
            continue
        starts = [
            c
            for c in starts_of(figures, end.card)
            if c.value is not None and set(c.passages) & set(end.card.passages)
        ]
        if not starts or (len(periods) > 1 and not _both_periods(end.card, starts[0], figures)):
            continue
        form, shown = _increase(figures, end.card, starts[0])
        yield figures.reading(
            "grown",
            form,
            [end, Match(starts[0], 1.0, 1.0, 1.0, 0)],
            coverage(wanted, end.strong, end.explained),
            shown=(shown,),
            whole=True,
            sure=0.03,
        )
        return
    years = sorted({p[:4] for p in periods})
    if len(years) < 2 and not since:
        return
    level = figures.without(cues, kinds=(), keep_periods=False)
    first, last = (years[0], years[-1])
    found: list[Match] = [
        m
        for m in figures.fits(level, scoped=False)
        if m.coverage >= _LEAST
        and m.card.kind in ("actual", "baseline", "share")
        and m.card.value is not None
    ]
    newest: dict[tuple[str, str], str] = {}
    if since:  # under each of its names
        for card in (m.card for m in found if m.card.kind == "actual"):
            year = year_of(card, figures)
            if year > max(first, newest.get((card.subject, card.metric), "")):
                newest[card.subject, card.metric] = year
        if not newest:
            return
        last = max(newest.values())
    # an exact figure before 在93%以上, of those worded as closely the one that says more
    found.sort(key=lambda m: (m.card.bound != "=", -round(m.closeness, 1), -decimals(m.card)))
    if _change_recorded(figures, cues, first, last):
        return
    for end in found[:6]:
        for start in found:
            if (
                _at_last(end.card, newest.get((end.card.subject, end.card.metric), last), since, figures)
                and _of(start.card, first)
                and end.card.subject == start.card.subject
                and same_metric(end.card, start.card)
                and comparable(end.card, start.card)
                and not turned(
                    figures, figures.mask_of("grown") | ahead, end.card.base_value, start.card.base_value
                )
            ):
                form, shown = _increase(figures, end.card, start.card)
                yield figures.reading(
                    "grown",
                    form,
                    [end, start],
                    coverage(level, end.strong & start.strong, end.explained),
                    shown=(shown,),
                    whole=True,
                    sure=0.03,
                )
                return


def grown_most(figures: Figures) -> Iterator[Reading]:
    """Which of several is to grow most from where its plan began, and by how much.

    >>> grown_most(…"甲奖、乙奖、丙奖规划期内净增最多的是哪个，增几项")               # doctest: +SKIP
    """
    text = figures.text
    grows = figures.says("grown") or any(w in text for w in words()["to_grow"])
    planned = figures.says("target", "starts", "spans") or len(ends_said(figures)) > 1
    if not (_grows_most(figures) and grows and planned):
        return
    asks_share = figures.says("times") or re.search(r"百分之|百分比|倍", text) is not None
    named = several(figures, figures.wanted)
    pairs = _of_named(figures, named) if len(named) > 1 else []
    if len(pairs) < 2:
        pairs = [(s, e) for s, e in _starts_and_targets(figures) if e.metric in text]
    if len(pairs) < 2 and len(named) < 2 and asks_share and "指标" in text:
        pairs = _of_all(figures)
    if len(pairs) < 2 or (not asks_share and len({e.base_unit for _, e in pairs}) > 1):
        return  # points and pieces are not to be compared

    def gain(pair: tuple[Card, Card]) -> float:
        start, end = (c.base_value or 0.0 for c in pair)
        return end / start if asks_share and start else end - start

    ranked = sorted(pairs, key=lambda p: (-gain(p), p[1].id))
    if gain(ranked[0]) == gain(ranked[1]):
        return
    start, end = ranked[0]
    name = end.metric
    form: Difference | Ratio = Difference(figures.form_of(end), figures.form_of(start))
    result: Shown = "result"
    if asks_share:
        form, result = Ratio(figures.form_of(end), figures.form_of(start)), "growth"
    shown: tuple[Shown, ...] = ("greater", result) if re.search("多少|几", text) else ("greater",)
    found = [Match(c, 1.0, 1.0, 1.0, 0) for pair in ranked for c in pair]
    reading = figures.reading(
        "grown_most", form, found, 1.0, shown=shown, sides=(name, name), whole=True, sure=0.03
    )
    others = "；".join(f"{e.metric}{s.value:g}→{e.value:g}{e.unit}" for s, e in ranked[:_TOLD])
    yield replace(reading, notes=(others,))


def _grows_most(figures: Figures) -> bool:
    """Whether it is asked which of several is ahead."""
    most = figures.says("most") or any(w in figures.text for w in words()["greater_growth"])
    return most and not figures.says("least") and re.search("哪|谁", figures.text) is not None


def _of_named(figures: Figures, named: Named) -> list[tuple[Card, Card]]:
    """Start and target of each of the metrics (or things) named; none where one has none."""
    found = []
    for mention, ids in named:
        pair = next(
            (
                (s, e)
                for s, e in _starts_and_targets(figures)
                if e.metric_id in ids or e.subject in ids or mention.text in e.metric
            ),
            None,
        )
        if pair is None:
            return []
        found.append(pair)
    return list(dict.fromkeys(found))


def _of_all(figures: Figures) -> list[tuple[Card, Card]]:
    """Start and target of every indicator of one thing in what the question asks of."""
    pairs = [(s, e) for s, e in _starts_and_targets(figures) if figures.question.scope.holds(e.passages)]
    subjects = [e.subject for _, e in pairs]
    subject = max(set(subjects), key=subjects.count, default="")
    return [(s, e) for s, e in pairs if e.subject == subject and s.value]


def _starts_and_targets(figures: Figures) -> list[tuple[Card, Card]]:
    """Baselines with the targets of the same rows."""
    cards = figures.session.cards.cards
    ends = {
        (c.subject, c.metric_id, c.passages[0]): c
        for c in cards
        if c.kind == "target" and c.value is not None
    }
    return [
        (c, ends[key])
        for c in cards
        if c.kind == "baseline"
        and c.value is not None
        and (key := (c.subject, c.metric_id, c.passages[0])) in ends
    ]


def _increase(figures: Figures, end: Card, start: Card) -> tuple[Difference | Ratio, Shown]:
    """How much more, or how many times; in per cent of the start where the question asks so and they
    are no shares."""
    if figures.says("times") and start.value:
        return Ratio(figures.form_of(end), figures.form_of(start)), "times"
    asks_share = re.search(r"百分之[几多]|百分比|幅度", figures.text) is not None
    if asks_share and end.base_unit != "%" and start.value:
        return Ratio(figures.form_of(end), figures.form_of(start)), "growth"
    return Difference(figures.form_of(end), figures.form_of(start)), "result"


def _of(card: Card, period: str) -> bool:
    return card.period == period or card.end[:4] == period


def _at_last(card: Card, last: str, since: bool, figures: Figures) -> bool:
    """Whether a figure is that of the end; one without a year where its document is about that year, or
    was written in it, the year after."""
    own = year_of(card, figures)
    if since:
        return own == last
    return _of(card, last) or (not card.end and own in (last, str(int(last) - 1)))


def _both_periods(end: Card, start: Card, figures: Figures) -> bool:
    said = set(ends_said(figures))
    return end.period in said and start.period in said


def against(figures: Figures) -> Iterator[Reading]:
    """Which of many targets lie below (above, at) their own start: the set that both are on record for."""
    if not ((figures.says("target") and figures.says("starts")) or _two_ends(figures)):
        return
    if not re.search("哪|几项|多少项", figures.text):
        return
    op: Op
    multiple = _multiple(figures)
    if multiple:
        op = multiple[1]
    elif figures.says("same"):
        op = "="
    elif figures.says("below"):
        op = "<"
    elif figures.says("above"):
        op = ">"
    else:
        return
    attribute = _attribute(figures)
    places = [i for _, ids in figures.wanted.named for i in ids]
    starts = [c for c in figures.session.cards.cards if c.kind == "baseline" and c.value is not None]
    ends = {
        (c.subject, c.metric_id): c
        for c in figures.session.cards.cards
        if c.kind == "target" and c.value is not None
    }
    both = [(c, ends[c.subject, c.metric_id]) for c in starts if (c.subject, c.metric_id) in ends]
    both = [
        (s, e) for s, e in both if s.passages[0] == e.passages[0] and figures.question.scope.holds(s.passages)
    ]
    subjects = [s.subject for s, _ in both if not places or s.subject in places]
    if len(subjects) < 3:
        return
    subject = max(set(subjects), key=subjects.count)
    start, end = next((s, e) for s, e in both if s.subject == subject)
    form = Against(
        Observations(Entity(subject), "", period=end.period, kind="target", scope=attribute),
        op,
        Observations(Entity(subject), "", period=start.period, kind="baseline"),
        multiple[0] if multiple else 1.0,
    )
    asked: Shown = "count" if re.search("(?<!哪)几[项个]|多少[项个]", figures.text) else "metric"
    yield figures.reading("against", form, [], 1.0, shown=(asked,), whole=True)


def _change_recorded(figures: Figures, cues: int, first: str, last: str) -> bool:
    """Whether the change from one year to the next is on record itself: two levels that were rounded do
    not know better."""
    if int(last) - int(first) != 1:
        return False
    wanted = figures.without(cues, kinds=("change",), keep_periods=False)
    return any(
        m.card.kind == "change" and m.coverage >= _LEAST and m.closeness >= _EXACT and _of(m.card, last)
        for m in figures.fits(wanted, scoped=False)
    )


def _multiple(figures: Figures) -> tuple[float, Op] | None:
    """How many times its start a target is to be: 正好是基数的两倍, 翻一番."""
    m = pattern("multiple").search(figures.text)
    if m is None:
        return None
    if m["n"]:
        times = float(m["n"]) if m["n"][0].isdigit() else float(chinese(m["n"].replace("两", "二")) or 0)
        times += 1.0 if m["more"] and "到" not in m[0] else 0.0
    else:
        times = 2.0 ** int(chinese((m["k"] or "一").replace("两", "二")) or 1)
    if m["under"] or figures.says("under"):
        return times, "<"
    return times, ">=" if m["over"] or m["plus"] or m["above"] or m["up"] else "="


def _attribute(figures: Figures) -> tuple[str, ...]:
    """约束性指标: a word of the targets' scope that the question says."""
    values = {
        value.partition("=")[2]
        for c in figures.session.cards.cards
        if c.kind == "target"
        for value in c.scope.lower().split(";")
    }
    said = sorted((v for v in values if len(v) > 1 and v in figures.text), key=len)
    return (said[-1],) if said else ()


def _two_ends(figures: Figures) -> bool:
    """两 years, the later one's target: 2025年目标比2020年还低."""
    return (
        len(figures.question.periods()) > 1
        and figures.says("target")
        and re.search("指标", figures.text) is not None
    )
