"""What makes a figure no answer, however alike the words: another period, a target where none is
asked for, the opposite metric, a thing that it does not know."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from ontology.lexicon.dimensions import mentions as dimension_mentions
from ontology.lexicon.mention import Mention, Period
from qa_service.questions.figure_words import denies, figure_words, spans_of
from qa_service.questions.overlap import covered, pairs
from qa_service.questions.part_words import bar_asked
from qa_service.questions.parts import bits
from qa_service.questions.places import region_code
from qa_service.questions.wanted import Wanted
from qa_service.readings.cards import Card, Cards

#: names up to this length have to stand as they are
_SHORT = 4
#: the base unit of a distance between two rates
POINTS = "百分点"
#: a name that is a code of letters and figures
_CODE = re.compile("[a-z]+[- ]?[0-9]")
#: from which year a change is counted, and that a question asks for that of one year
_SINCE = re.compile(r"比较=(\d{4})年")
_OF_A_YEAR = re.compile("(?:比|较)(?:上年|去年|前一年|上一年)|同比")
#: words that only things are counted in
_PIECES = frozenset("项家条件名人座所批户")
#: kinds of figures that stand for a level
LEVELS = ("actual", "baseline", "share", "target")


def vetoed(card: Card, wanted: Wanted, cards: Cards) -> bool:
    """What makes a card no answer, however alike the words: another period, a target where
    none is asked (or the other way round), the opposite metric, a thing it does not know."""
    if wanted.periods and not any(period_fits(card, p, cards) for p in wanted.periods):
        return True
    if bar_asked(wanted.text) and card.bound == "=":
        return True
    if _other_months(card, wanted):
        return True
    if card.base_unit in ("%", POINTS) and wanted.measures and _PIECES.issuperset(wanted.measures):
        return True  # 约束性几项: no rate is a number of things
    if card.kind == "rank" and "share" in wanted.kinds and "rank" not in wanted.kinds:
        return True
    if _only_moved(card, wanted) or _of_other_standing(card, wanted) or _since_another_year(card, wanted):
        return True
    sides = zip(_sides(wanted.text), _sides(card.metric), strict=True)
    if any(asked is not None and said is not None and asked != said for asked, said in sides):
        return True
    if ("target" in wanted.kinds) != (card.kind == "target"):
        if card.kind == "target":
            reaches = any(p.end.isoformat() >= (card.end or "9") for p in wanted.periods)
            if not reaches and not _only_planned(card, wanted, cards):
                return True
        elif not _cued(card, wanted):
            return True
    return any(not knows(card, mention, ids) for mention, ids in wanted.named)


@lru_cache(maxsize=2048)
def _sides(text: str) -> tuple[bool | None, ...]:
    """Of each pair of opposites whether the text has the marked one; None where it has neither."""
    return tuple(
        any(w in text for w in marked) if any(w in text for w in plain) else None
        for marked, plain in figure_words().opposites
    )


def _only_moved(card: Card, wanted: Wanted) -> bool:
    """By how many points a rate moved is no answer to how high it is: in 甲市增加值增速是多少 增速 is the
    metric's own word and asks for no change of it."""
    if card.kind != "change" or card.base_unit != POINTS or not own_words(card, wanted):
        return False
    return "change" not in kinds_beside(card, wanted) and not any(map(card.unit.endswith, wanted.measures))


def _since_another_year(card: Card, wanted: Wanted) -> bool:
    """Whether a change is one of several years, and one of a year is asked for: 比上年."""
    since = _SINCE.search(card.scope) if card.kind == "change" else None
    several = since is not None and int(since[1]) + 1 < int(card.period[:4] or 0)
    return several and _OF_A_YEAR.search(wanted.text) is not None


def _of_other_standing(card: Card, wanted: Wanted) -> bool:
    """Whether the question says one standing and the figure's metric another: 省字号 and 国家级."""
    if any(card.metric_id == f"metric:{key}" for key, _ in wanted.metrics):
        return False  # one metric, whatever it is called
    said = figure_words().levels
    asked = [n for n, pattern in enumerate(said) if pattern.search(wanted.text)]
    own = [n for n, pattern in enumerate(said) if pattern.search(card.metric)]
    return bool(asked) and bool(own) and not set(asked) & set(own)


def own_words(card: Card, wanted: Wanted) -> int:
    """The characters by which the question names the card's metric outright."""
    own = 0
    for key, span in wanted.metrics:
        if card.metric_id == f"metric:{key}":
            own |= span
    return own


def kinds_beside(card: Card, wanted: Wanted) -> frozenset[str]:
    """The kinds that the question asks for by words that are not the metric's own: 增速 says a change,
    but not of the metric 营业收入增速."""
    own, text = own_words(card, wanted), wanted.text
    cues = figure_words().kinds
    return frozenset(
        kind for kind in wanted.kinds
        if any(
            text[start:end] not in card.metric and bits(start, end) & ~own
            for start, end in spans_of(text, cues[kind])
        )
    )  # fmt: skip


def _only_planned(card: Card, wanted: Wanted, cards: Cards) -> bool:
    """Of the figure nothing but the plan is on record, and the question does not say that it is of
    now: 省里设立的基金盘子多大. That it is planned the answer says."""
    now = any(w in wanted.text for w in figure_words().now) or figure_words().done.search(wanted.text)
    return not wanted.periods and not now and not any(
        c.metric_id == card.metric_id and c.kind != "target" for c in cards.of_subject(card.subject)
    )


def turned_round(card: Card, wanted: Wanted) -> bool:
    """Who have it not is no answer to who have it, nor the other way round; nor is what is inside to
    what is outside."""
    for outside in figure_words().outside.finditer(wanted.text):
        if outside[1] in card.metric and not re.search(rf"{outside[1]}(?:以|之)?外", card.metric):
            # but how far it is ahead of those outside is of both
            return card.kind != "comparison"
    asked = denies(wanted.text)
    return denies(card.metric) != asked and not (asked and _denied_near(card, wanted))


def _other_months(card: Card, wanted: Wanted) -> bool:
    """Whether the figure is of other months than the question says without their year."""
    months = {_months(p) for p in wanted.months}
    if not months:
        return False
    own = {(card.start[5:7], card.end[5:7])} if card.start and "-" in card.period else set()
    sentence = card.weak[0] if card.weak else ""
    return not months & (own | _months_in(sentence))


def _months(period: Period) -> tuple[str, str]:
    return (f"{period.start:%m}", f"{period.end:%m}")


@lru_cache(maxsize=2048)
def _months_in(sentence: str) -> frozenset[tuple[str, str]]:
    found = dimension_mentions(sentence, today=date(2000, 1, 1))
    return frozenset(_months(m.value) for m in found if isinstance(m.value, Period))


def _denied_near(card: Card, wanted: Wanted) -> bool:
    """What the question denies the figure's sentence denies too, in the same words."""
    words = figure_words()
    sentence = card.weak[0] if card.weak else ""
    for m in words.denials.finditer(wanted.text):
        behind = wanted.text[m.end() : m.end() + 6]
        for n in words.denials.finditer(sentence):
            if any(pair in sentence[n.end() : n.end() + 10] for pair in pairs(behind)):
                return True
    return False


def _cued(card: Card, wanted: Wanted) -> bool:
    """A cue word is part of the card's own words (规划 in a metric phrase): no sign of a kind."""
    return any(
        cue in wanted.text and cue in text
        for text in card.strong
        for cues in figure_words().kinds.values()
        for cue in cues
    )


def period_fits(card: Card, wanted: Period, cards: Cards) -> bool:
    """The card's period is the one asked for or lies in it; without one of its own, the
    words around it must name the year, or its document must be about that year."""
    if card.period == wanted.text:
        return True
    if card.start and card.end:
        # “十三五”末: the level that it ended with
        last = card.kind in LEVELS and card.end == wanted.end.isoformat()
        return last or (wanted.start.isoformat() <= card.start and card.end <= wanted.end.isoformat())
    if not card.period and _months(wanted) in _months_in(card.weak[0] if card.weak else ""):
        return True  # 今年前三季度 of a text that says 1至9月 and no year
    year = str(wanted.start.year)
    return any(year in text for text in card.weak) or cards.main_year(card.document) == year


def knows(card: Card, mention: Mention, ids: frozenset[str]) -> bool:
    """The thing that the question names is the card's subject or stands in its words; a
    region is where the card is of, not merely a name in a title that begins alike."""
    if card.subject in ids:
        return True
    codes = [code for i in ids if (code := region_code(i))]
    if codes:
        # 比全国高, 居全国第9位: the place that a gap or rank is measured against
        # and 占全国 the one that a share is taken of
        of_whole = card.kind == "share" and mention.text in "".join(card.weak[:1])
        return bool(card.places & set(codes)) or mention.text in card.scope.lower() or of_whole
    # 按ISO9001管理的占多少: what a code stands for the figure's own words say, not those around it
    said = card.strong if _CODE.search(mention.text) else (*card.strong, *card.weak)
    if any(mention.text in text for text in said):
        return True
    # 县级一站式平台 is 一站式县级服务平台: a name that the graph does not know, its words in another order
    whole = bits(0, len(mention.text))
    own = (text for text in card.strong if len(mention.text) > _SHORT)
    return not ids and any(covered(mention.text, whole, (text,)) == whole for text in own)
