"""Targets: whether one is reached, how far it is, how much of it is reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ontology.lexicon.mention import Mention, Quantity
from qa_service.calculations.figures import Figures, coverage, same_metric
from qa_service.calculations.gaps import asked_ahead
from qa_service.questions.calculation_words import words
from qa_service.questions.overlap import covered
from qa_service.questions.parts import bits
from qa_service.questions.places import region_code
from qa_service.questions.wanted import Wanted
from qa_service.readings.cards import Card
from qa_service.readings.match import Match
from qa_service.readings.reading import Reading, Shown
from qa_service.readings.vetoes import knows
from queries.logical_form import Attained, Ratio

#: 完成目标没, 达到没有: whether, said at the end
_ENDS = re.compile(r"(?:没有?|否|不)[?。!]?$|(?:没有?|否)(?=[,;?])")
#: 过了规划的目标线没有: the words of being reached stand apart
_PASSED = re.compile("(?:过|超过|达到|达|到)了?[^,;?。]{0,14}(?:目标|线|要求)(?:值|数)?没有?(?=[,;?!。]|$)")
#: what the target's own words must account for of the question
_LEAST = 0.72
#: targets that a question may be about
_LOOKED_AT = 6


def attained(figures: Figures) -> Iterator[Reading]:
    """Whether a target is reached: the target of one source against the latest figure on record.

    >>> attained(…"示范点2025年的目标是不是提前完成了，超出几个")               # doctest: +SKIP
    """
    # 还差吗 asks whether, 还差几家 how far
    nears = figures.says("reached") or (figures.says("short") and not re.search("多少|几", figures.text))
    nears = nears or _PASSED.search(figures.text) is not None
    either = figures.mask_of("either_way")
    asks = ((figures.says("whether") or _ENDS.search(figures.text) is not None) and nears) or bool(either)
    beyond = beyond_target(figures) | either
    misses = (figures.says("exceeded", "short") or beyond) and figures.says("target")
    if not (figures.says("target", "reached") and (asks or misses)):
        return
    if not asks and figures.says("grown") and len(ends_said(figures)) > 1:
        return  # how much more from one year to the other
    cues = figures.mask_of("reached", "whether", "target", "exceeded", "short", "than") | beyond
    wanted = figures.without(cues | _denying_end(figures), kinds=("target",), keep_periods=False)
    if not wanted.mask:
        return
    yield from _attained_given(figures, asks, cues | _denying_end(figures))
    for target, actual, told in _reached(figures, wanted)[:1]:
        shown = _shown(figures, asks, beyond)
        if "result" in shown and {actual.bound, target.card.bound} & {"<", ">"}:
            return  # how far more than 2300 is from its target is not known
        yield figures.reading(
            "attained",
            Attained(figures.form_of(actual), figures.form_of(target.card)),
            [target, Match(actual, 1.0, 1.0, 1.0, 0)],
            told,
            shown=shown,
            whole=True,
            sure=0.04,
        )


def _reached(figures: Figures, wanted: Wanted) -> list[tuple[Match, Card, float]]:
    """Targets with the latest figure of each and what the two account for of the question, best first. What
    the question names either of the two has to know: 消费品制造业的合格率 has its target under 消费品合格率,
    and 连提名奖一起算 is told by the figure that is reached."""
    places = tuple(n for n in wanted.named if any(map(region_code, n[1])))
    found = []
    for target in figures.fits(replace(wanted, named=places), scoped=False)[:_LOOKED_AT]:
        actual = _latest(figures, target.card) if target.card.kind == "target" else None
        if actual is None:
            continue
        strong = target.strong | covered(wanted.text, wanted.mask, (actual.metric,))
        told = coverage(wanted, strong, target.explained)
        both = (target.card, actual)
        if is_target(replace(target, coverage=told)) and all(
            any(knows(c, m, ids) for c in both) for m, ids in wanted.named
        ):
            found.append((target, actual, told))
    said = ends_said(figures)

    def rank(f: tuple[Match, Card, float]) -> tuple[bool, float, float, str]:
        return f[0].card.period not in said, -f[2], -f[0].score, f[0].card.id

    return sorted(found, key=rank)


def fulfilled(figures: Figures) -> Iterator[Reading]:
    """目标完成率, 完成了目标的百分之几: the latest figure as a share of its target."""
    portion = figures.says("share") and figures.says("reached")
    if not (figures.says("target") and (portion or figures.says("fulfilled"))):
        return
    cues = figures.mask_of("fulfilled", "reached", "share", "target", "as_other")
    wanted = figures.without(cues, kinds=("target",), keep_periods=False)
    for target in figures.fits(wanted, scoped=False)[:3] if wanted.mask else ():
        actual = _latest(figures, target.card) if is_target(target) and target.card.value else None
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
    distance = (beyond or figures.says("exceeded", "short")) and re.search("多少|几|多大", figures.text)
    if distance:
        shown.append("result")
    now = "现在|目前|眼下|如今|实际|已经?|后来|最新|报道"
    level = re.search(rf"(?:{now})[^,;?。]{{0,8}}(?:多少|几)", figures.text)
    distances = {w for rule in ("short", "exceeded", "more", "less") for w in words()[rule]}
    asked = any(
        not any(w in m[1] for w in distances)
        for m in re.finditer(r"(?:要求|目标|规划|计划|线)([^,;?。]{0,16}?)(?:多少|几)", figures.text)
    )
    # 做到多少, 跟目标比够没够: either figure
    beside = level and re.search(r"[跟和与同对][^;?。]{2,24}比", figures.text)
    both = re.search(r"[两2]个?(?:数|指标|值)|(?:各|分别)(?:自)?(?:是|为)?(?:多少|几)", figures.text)
    if (asked and not _given_target(figures)) or beside or both or not (asks or distance):
        shown.append("right")
    if level or both or (len(shown) < 2 and not distance):
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
            if target.card.subject == card.subject and comparable(card, target.card):
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
    found = [
        c
        for c in figures.session.cards.cards
        if (c.subject, c.metric_id, c.metric, c.kind)
        == (card.subject, card.metric_id, card.metric, card.kind)
        and c.value is not None
    ]
    return max(
        found,
        key=lambda c: (
            year_of(c, figures),
            c.bound == "=",
            c.id,
        ),
    )


def beyond_target(figures: Figures) -> int:
    """比目标多了几个: the words that ask how far the actual figure is from the target."""
    periods = figures.question.periods()
    behind = "|".join(words()["target"])
    if len(periods) < 2 and not figures.says("starts"):
        if re.search(f"(?:比|较)[^,;?!。]{{0,12}}(?:{behind})", figures.text):
            return asked_ahead(figures)
        if figures.says("target") and _gives_level(figures):
            return asked_ahead(figures)
    return 0


def _gives_level(figures: Figures) -> bool:
    """报道说到了90.5%, 目标多少, 高出几个点: whether the question gives the level, and asks behind it."""
    given = _given_target(figures)
    return any(
        m.kind == "quantity" and m != given and re.search("[,;?。]", figures.text[m.end :])
        for alternatives in figures.question.segments
        for m in alternatives
    )


def _latest(figures: Figures, target: Card) -> Card | None:
    """The latest actual figure of the target's metric that is later than its start."""
    starts = starts_of(figures, target)
    start = max((c.end for c in starts), default="")
    document = target.document
    found = [
        c
        for c in figures.session.cards.cards
        if c.kind == "actual"
        and c.subject == target.subject
        and _of_one_measure(c, target)
        and c.value is not None
        and comparable(c, target)
        and (c.end > start or (not c.end and c.document != document))
    ]
    given = set(re.findall(r"\d+(?:\.\d+)?", figures.text))

    def rank(c: Card) -> tuple[bool, bool, bool, bool, str, bool, int]:
        return (
            f"{c.value:g}" in given,
            not any(_counts_otherwise(c, s, figures) for s in starts),
            c.metric_id == target.metric_id,
            c.metric == target.metric,
            year_of(c, figures) + c.end,
            c.bound == "=",
            decimals(c),
        )

    return max(found, key=rank) if found else None


def _of_one_measure(card: Card, target: Card) -> bool:
    """Whether the two are of one metric; what its own words leave out a target's sentence and titles may say:
    从业机构 of 检验检测行业改革 are 检验检测机构."""
    if same_metric(card, target):
        return True
    alike = card.metric[-2:] == target.metric[-2:] and card.base_unit == target.base_unit
    around = (target.metric, *target.weak[:-1])
    whole = bits(0, len(card.metric))
    return alike and covered(card.metric, whole, around) == whole


def _counts_otherwise(card: Card, start: Card, figures: Figures) -> bool:
    """Whether the words of the card counted something else when its target began: a plan's 甲奖 was 6, the
    甲奖 of its text 1, so that what 甲奖及提名奖 stands at measures it."""
    return any(
        c.metric == card.metric
        and c.kind == "actual"
        and c.end == start.end
        and c.bound == start.bound == "="
        and c.value != start.value
        for c in figures.session.cards.of_subject(start.subject)
        if c.metric_id == start.metric_id
    )


def starts_of(figures: Figures, target: Card) -> list[Card]:
    """Baselines of a target."""
    return [
        c
        for c in figures.session.cards.cards
        if c.kind == "baseline" and c.subject == target.subject and c.metric_id == target.metric_id
    ]


def comparable(a: Card, b: Card) -> bool:
    """Both shares, or both counts, or of one unit."""
    return (a.base_unit == "%") == (b.base_unit == "%")


def is_target(match: Match) -> bool:
    """A target with a number that fits; its phrase may say more where all of the question is in it."""
    close = 0.35 if match.coverage >= 0.95 else 0.5
    fits = match.coverage >= _LEAST and match.closeness >= close
    return fits and match.card.kind == "target" and match.card.value is not None


def year_of(card: Card, figures: Figures) -> str:
    """The year of a figure; of one that says none that of its document."""
    return figures.session.cards.year_of(card)


def decimals(card: Card) -> int:
    return len(f"{card.value:.6f}".rstrip("0").partition(".")[2]) if card.value is not None else 0


def ends_said(figures: Figures) -> tuple[str, ...]:
    """The periods that the question names; of a stretch of years (从2020年到2025年) both ends."""
    found: list[str] = []
    for p in figures.question.periods():
        found += p.text.split("/") if re.fullmatch(r"\d{4}/\d{4}", p.text) else [p.text]
    return tuple(found)
