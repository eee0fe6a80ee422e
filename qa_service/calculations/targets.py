"""Targets: whether one is reached, how much is to be added from the start, which lie below it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ontology.lexicon.dimensions.number import chinese
from ontology.lexicon.mention import Mention, Quantity
from qa_service.calculations.figures import Figures, coverage, same_metric
from qa_service.calculations.gaps import asked_ahead
from qa_service.calculations.sources import each_of_stretch
from qa_service.questions.calculation_words import pattern, words
from qa_service.questions.parts import bits
from qa_service.readings.cards import Card
from qa_service.readings.observed import Match
from qa_service.readings.reading import Reading, Shown
from queries.logical_form import Against, Attained, Difference, Entity, Observations, Op, Ratio

#: 完成目标没, 达到没有: whether, said at the end
_ENDS = re.compile(r"(?:没有?|否|不)[?。!]?$|(?:没有?|否)(?=[,;?])")
#: what the target's own words must account for of the question
#: a change of the very metric
_EXACT = 0.9
_LEAST = 0.72


def attained(figures: Figures) -> Iterator[Reading]:
    """Whether a target is reached: the target of one source against the latest figure on record.

    >>> attained(…"示范点2025年的目标是不是提前完成了，超出几个")               # doctest: +SKIP
    """
    # 还差吗 asks whether, 还差几家 how far
    nears = figures.says("reached") or (figures.says("short") and not re.search("多少|几", figures.text))
    asks = (figures.says("whether") or _ENDS.search(figures.text) is not None) and nears
    beyond = _beyond_target(figures)
    misses = (figures.says("exceeded", "short") or beyond) and figures.says("target")
    if not (figures.says("target", "reached") and (asks or misses)):
        return
    if not asks and figures.says("grown") and len(_ends(figures)) > 1:
        return  # how much more from one year to the other
    cues = figures.mask_of("reached", "whether", "target", "exceeded", "short", "than") | beyond
    wanted = figures.without(cues | _denying_end(figures), kinds=("target",), keep_periods=False)
    if not wanted.mask:
        return
    yield from _attained_given(figures, asks, cues | _denying_end(figures))
    for target in figures.fits(wanted, scoped=False)[:3]:
        if not _is_target(target):
            continue
        actual = _latest(figures, target.card)
        if actual is None:
            continue
        form = Attained(figures.form_of(actual), figures.form_of(target.card))
        shown = _shown(figures, asks, beyond)
        both = [target, Match(actual, 1.0, 1.0, 1.0, 0)]
        yield figures.reading(
            "attained",
            form,
            both,
            coverage(wanted, target.strong, target.explained),
            shown=shown,
            whole=True,
            sure=0.04,
        )
        return


def fulfilled(figures: Figures) -> Iterator[Reading]:
    """目标完成率, 完成了目标的百分之几: the latest figure as a share of its target."""
    portion = figures.says("share") and figures.says("reached")
    if not (figures.says("target") and (portion or figures.says("fulfilled"))):
        return
    cues = figures.mask_of("fulfilled", "reached", "share", "target", "as_other")
    wanted = figures.without(cues, kinds=("target",), keep_periods=False)
    for target in figures.fits(wanted, scoped=False)[:3] if wanted.mask else ():
        actual = _latest(figures, target.card) if _is_target(target) and target.card.value else None
        if actual is None:
            continue
        yield figures.reading(
            "fulfilled",
            Ratio(figures.form_of(actual), figures.form_of(target.card)),
            [target, Match(actual, 1.0, 1.0, 1.0, 0)],
            coverage(wanted, target.strong, target.explained),
            shown=("portion",),
            whole=True,
            sure=0.06,
        )
        return


def _shown(figures: Figures, asks: bool, beyond: int) -> tuple[Shown, ...]:
    """The items that the question asks for: verdict, distance, either figure."""
    shown: list[Shown] = ["verdict"] if asks else []
    distance = (beyond or figures.says("exceeded", "short")) and re.search("多少|几", figures.text)
    if distance:
        shown.append("result")
    level = re.search(r"(?:现在|目前|眼下|如今|实际|已经?)[^,;?。]{0,8}(?:多少|几)", figures.text)
    asked = re.search(r"(?:要求|目标|规划|计划)([^,;?。]{0,8})(?:多少|几)", figures.text)
    far = asked and any(w in asked[1] for rule in ("short", "exceeded", "more") for w in words()[rule])
    # 做到多少, 跟目标比够没够: either figure
    beside = level and re.search(r"[跟和与同对][^;?。]{2,24}比", figures.text)
    if (asked and not far and not _given_target(figures)) or beside or not (asks or distance):
        shown.append("right")
    if level or (len(shown) < 2 and not distance):
        shown.append("left")
    return tuple(shown)


def _denying_end(figures: Figures) -> int:
    """The characters of 没, 没有 where they only ask whether."""
    mask = 0
    for m in _ENDS.finditer(figures.text):
        mask |= bits(*m.span())
    return mask


def _given_target(figures: Figures) -> Mention | None:
    """目标是2200家: the target that the question itself gives."""
    ways = "|".join(map(re.escape, words()["target"]))
    for alternatives in figures.question.segments:
        m = alternatives[0]
        if (
            m.kind == "quantity"
            and isinstance(m.value, Quantity)
            and re.search(f"(?:{ways})[^,;?。]{{0,6}}$", figures.text[: m.start])
        ):
            return m
    return None


def _attained_given(figures: Figures, asks: bool, cues: int) -> Iterator[Reading]:
    """The target that the question gives by its number against the figure that its other words
    mean: 检验机构目标是2200家，现在有多少家. The two may be recorded under different words."""
    given = _given_target(figures)
    if given is None or not isinstance(given.value, Quantity):
        return
    wanted = figures.without(cues | figures.mask_of("aside"), kinds=(), keep_periods=False)
    planned = figures.without(cues | figures.mask_of("aside"), kinds=("target",), keep_periods=False)
    targets = [
        m
        for m in figures.fits(planned, scoped=False)
        if m.card.kind == "target" and m.card.value == given.value.value and m.coverage >= _LEAST
    ]
    for actual in figures.fits(wanted, scoped=False)[:4]:
        card = actual.card
        if card.kind != "actual" or card.value is None or actual.coverage < _LEAST:
            continue
        for target in targets:
            if target.card.subject == card.subject and _comparable(card, target.card):
                newest = _newest(figures, card)
                yield figures.reading(
                    "attained",
                    Attained(figures.form_of(newest), figures.form_of(target.card)),
                    [target, Match(newest, 1.0, 1.0, 1.0, 0)],
                    coverage(wanted, actual.strong, actual.explained),
                    shown=_shown(figures, asks, 0),
                    whole=True,
                    sure=0.05,
                )
                return


def _newest(figures: Figures, card: Card) -> Card:
    """The latest figure of the card's subject, metric and sort."""
    cards = figures.session.cards
    found = [
        c
        for c in cards.cards
        if (c.subject, c.metric_id, c.metric, c.kind)
        == (card.subject, card.metric_id, card.metric, card.kind)
        and c.value is not None
    ]
    return max(
        found,
        key=lambda c: (
            c.end[:4] or cards.main_year(c.document) or cards.last_year(c.document),
            c.bound == "=",
            c.id,
        ),
    )


def _beyond_target(figures: Figures) -> int:
    """比目标多了几个: the words that ask how far the actual figure is from the target."""
    periods = figures.question.periods()
    behind = "|".join(words()["target"])
    if (
        len(periods) < 2
        and not figures.says("starts")
        and re.search(f"(?:比|较)[^,;?!。]{{0,12}}(?:{behind})", figures.text)
    ):
        return asked_ahead(figures)
    return 0


def _latest(figures: Figures, target: Card) -> Card | None:
    """The latest actual figure of the target's metric that is later than its start."""
    start = max((c.end for c in _starts(figures, target)), default="")
    document = target.document
    found = [
        c
        for c in figures.session.cards.cards
        if c.kind == "actual"
        and c.subject == target.subject
        and same_metric(c, target)
        and c.value is not None
        and _comparable(c, target)
        and (c.end > start or (not c.end and c.document != document))
    ]
    given = set(re.findall(r"\d+(?:\.\d+)?", figures.text))

    def rank(c: Card) -> tuple[bool, bool, bool, str, bool, int]:
        return (
            f"{c.value:g}" in given,
            c.metric_id == target.metric_id,
            c.metric == target.metric,
            c.end,
            c.bound == "=",
            _decimals(c),
        )

    return max(found, key=rank) if found else None


def _starts(figures: Figures, target: Card) -> list[Card]:
    """Baselines of a target."""
    return [
        c
        for c in figures.session.cards.cards
        if c.kind == "baseline" and c.subject == target.subject and c.metric_id == target.metric_id
    ]


def _comparable(a: Card, b: Card) -> bool:
    """Both shares, or both counts, or of one unit."""
    return (a.base_unit == "%") == (b.base_unit == "%")


def _is_target(match: Match) -> bool:
    """A target with a number that fits; its phrase may say more where all of the question is in it."""
    close = 0.35 if match.coverage >= 0.95 else 0.5
    fits = match.coverage >= _LEAST and match.closeness >= close
    return fits and match.card.kind == "target" and match.card.value is not None


def grown(figures: Figures) -> Iterator[Reading]:
    """How much is (to be) added from a start to an end, of two figures on record."""
    if not re.search("多少|几", figures.text):
        return
    # 2020年至今: now is no year of its own
    periods = tuple(p for p in _ends(figures) if p != figures.question.today.isoformat())
    since = len(periods) == 1 and figures.says("since")
    if each_of_stretch(figures):
        return  # 从2020年到2024年的变化, 各是多少
    if figures.basis and not figures.mask_of("grown") & ~figures.basis:
        return  # 按2024年的增幅倒推2023年: the growth is given
    ahead = asked_ahead(figures) if len(periods) > 1 or since or figures.says("starts", "target") else 0
    times = figures.says("times") and len(periods) > 1
    if not (figures.says("grown") or ahead or times) or _beyond_target(figures):
        return
    if not (len(periods) > 1 or since or figures.says("starts", "spans", "target")):
        return
    cues = figures.mask_of("grown", "starts", "spans", "target", "than", "since") | ahead
    if times:
        cues |= figures.mask_of("times", "as_other")
    wanted = figures.without(cues, kinds=("target",), keep_periods=False)
    if not wanted.mask:
        return
    for end in [] if since else figures.fits(wanted, scoped=False)[:4]:
        if not _is_target(end):
            continue
        starts = [
            c
            for c in _starts(figures, end.card)
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
    if since:
        last = max((m.card.end[:4] for m in found if m.card.kind == "actual"), default="")
        if last <= first:
            return
    # an exact figure before 在93%以上, of those worded as closely the one that says more
    found.sort(key=lambda m: (m.card.bound != "=", -round(m.closeness, 1), -_decimals(m.card)))
    if _change_recorded(figures, cues, first, last):
        return
    for end in found[:6]:
        for start in found:
            if (
                _of(end.card, last)
                and _of(start.card, first)
                and end.card.subject == start.card.subject
                and same_metric(end.card, start.card)
                and _comparable(end.card, start.card)
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


def _ends(figures: Figures) -> tuple[str, ...]:
    """The periods that the question names; of a stretch of years (从2020年到2025年) both ends."""
    found: list[str] = []
    for p in figures.question.periods():
        found += p.text.split("/") if re.fullmatch(r"\d{4}/\d{4}", p.text) else [p.text]
    return tuple(found)


def _both_periods(end: Card, start: Card, figures: Figures) -> bool:
    said = set(_ends(figures))
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


def _decimals(card: Card) -> int:
    return len(f"{card.value:.6f}".rstrip("0").partition(".")[2]) if card.value is not None else 0


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
