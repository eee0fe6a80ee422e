"""One figure for each of several things: 甲、乙、丙三市合格率分别是多少, 甲奖和乙奖目标各是多少.

What is asked of several things may be one metric of theirs, or each of them a metric of one
place; a group of regions (长株潭) stands for its members where they have figures of their own.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from graph.ids import node_id
from ontology.gazetteer import gazetteer
from ontology.lexicon.dimensions.number import chinese
from ontology.lexicon.mention import Mention
from ontology.structure import REGION
from qa_service.calculations.figures import Figures, coverage
from qa_service.calculations.narrowed import asks_narrowed
from qa_service.questions.parts import bits
from qa_service.questions.places import region_code
from qa_service.questions.side_by_side import joins, pattern
from qa_service.questions.wanted import Wanted
from qa_service.readings.cards import Card
from qa_service.readings.match import Match
from qa_service.readings.reading import Reading
from qa_service.readings.vetoes import kinds_beside
from queries.logical_form import Difference, Recorded

_LEAST = 0.72
_CLOSE = 0.6
_VAGUE = 0.3

#: things with the characters that name them
Named = tuple[tuple[Mention, frozenset[str]], ...]


def for_each(figures: Figures) -> Iterator[Reading]:
    """The figure of every thing that the question names."""
    each = figures.says("each") and re.search("多少|几|什么水平|多[高大]", figures.text)
    compared = pattern("compare").search(figures.text) and not re.search("[哪谁]|多少|几|吗", figures.text)
    if not (each or compared) or figures.basis:
        return  # what is worked back of each is no figure on record
    named = several(figures, figures.wanted)
    if len(named) < 2:
        return
    wanted = figures.without(
        figures.mask_of("each", "sides", "beside", *(("compare",) if compared else ()))
        | counted(figures, named),
        kinds=figures.wanted.kinds,
    )
    found = figure_of_each(figures, replace(wanted, named=named))
    if len(found) < 2:
        return
    told = 0
    for m in found:
        told |= m.strong
    for mention, _ in named:
        told |= bits(mention.start, mention.end)
    yield figures.reading(
        "each",
        Recorded(tuple(m.card.id for m in found)),
        found,
        coverage(wanted, told, told),
        shown=("value",),
        whole=True,
        sure=0.06,
    )


def gap_of_two(figures: Figures) -> Iterator[Reading]:
    """甲奖和乙奖2025年目标差几项: how far the figures of two metrics or things are apart."""
    if not figures.says("apart") or not re.search("多少|几", figures.text) or asks_narrowed(figures):
        return
    named = several(figures, figures.wanted)
    if len(named) != 2:
        return
    cues = figures.mask_of("apart", "beside", "each") | counted(figures, named)
    wanted = figures.without(cues, kinds=figures.wanted.kinds)
    found = figure_of_each(figures, replace(wanted, named=named))
    if len(found) != 2 or found[0].card.base_unit not in ("", "%", found[1].card.base_unit):
        return
    told = found[0].strong | found[1].strong
    for mention, _ in named:
        told |= bits(mention.start, mention.end)
    yield figures.reading(
        "gap of two",
        Difference(figures.form_of(found[0].card), figures.form_of(found[1].card)),
        found,
        coverage(wanted, told, told),
        shown=("result",),
        whole=True,
        sure=0.0,
    )


def several(figures: Figures, wanted: Wanted) -> Named:
    """The things or metrics that the question names side by side; for a group of regions its
    members; where none stand so, all things that it names."""
    alike = _of_one_tail(figures)
    if alike:
        return alike
    named: list[tuple[Mention, frozenset[str]]] = [n for n in wanted.named if n[1]]
    taken = {m.start for m, _ in named}
    metrics = [
        (m, frozenset([f"metric:{m.value}"]))
        for alternatives in figures.question.segments
        for m in alternatives
        if m.kind == "metric" and m.start not in taken
    ]
    best: list[tuple[Mention, frozenset[str]]] = []
    chain: list[tuple[Mention, frozenset[str]]] = []
    for item in sorted([*named, *metrics], key=lambda n: n[0].start):
        if not chain or not _beside_one(_between(figures, chain[-1][0].end, item[0].start), chain[-1], item):
            chain = []
        chain.append(item)
        best = max(best, list(chain), key=len)
    inside = {m.start for m, _ in best}
    if len(best) > 1 and any(m.start not in inside for m, _ in named):
        # 甲乙之和与丙相差多少: what stands apart from them is named too
        best = [] if all(m.start in taken for m, _ in best) else best
        named = [] if not best else named
    found = best if len(best) > 1 else named
    return tuple((m, one) for m, ids in found for one in (_members(ids) or [ids]))


def _of_one_tail(figures: Figures) -> Named:
    """拖拉机、插秧机、烘干机 抽检不合格率: words side by side that begin the phrases of metrics which end
    alike, of one thing; each stands for its metric."""
    groups: dict[tuple[str, str], dict[int, tuple[Mention, frozenset[str]]]] = {}
    for card in figures.cards:
        for cut in range(2, len(card.metric) - 1):
            head, tail = card.metric[:cut], card.metric[cut:]
            at = figures.text.find(head)
            if at < 0 or card.metric in figures.text.replace(head, "", 1) or tail not in figures.text:
                continue
            said = Mention("metric", at, at + cut, head, card.metric_id, "tail")
            group = groups.setdefault((card.subject, tail), {})
            group.setdefault(at, (said, frozenset([card.metric_id])))
    best: list[tuple[Mention, frozenset[str]]] = []
    for _, found in sorted(groups.items()):
        chain: list[tuple[Mention, frozenset[str]]] = []
        for at in sorted(found):
            if chain and not _beside_one(_between(figures, chain[-1][0].end, at), chain[-1], found[at]):
                chain = []
            chain.append(found[at])
            best = max(best, list(chain), key=len)
    return tuple(best) if len(best) > 1 else ()


def told_apart(card: Card, others: Iterable[Card], text: str) -> str:
    """The metric's phrase; of several that end alike what the question says of it: 烘干机 of
    烘干机抽检不合格率 beside 拖拉机抽检不合格率."""
    phrases = [card.metric, *(c.metric for c in others)]
    if all(p in text for p in phrases):
        return card.metric
    for cut in range(len(card.metric) - 2, 1, -1):
        head, tail = card.metric[:cut], card.metric[cut:]
        if head in text and all(p.endswith(tail) for p in phrases):
            return head
    return card.metric


def _between(figures: Figures, start: int, end: int) -> str:
    """What stands between two names, but for the words of a sort of figure (甲奖*目标*和乙奖)."""
    cues = figures.wanted.cues
    return "".join(figures.text[i] for i in range(start, end) if not cues >> i & 1)


def _beside_one(between: str, a: tuple[Mention, frozenset[str]], b: tuple[Mention, frozenset[str]]) -> bool:
    """甲、乙, 甲和乙; of regions also 甲乙."""
    if between.strip() in joins("figures"):
        return True
    return not between and all(map(region_code, (*a[1], *b[1])))


def _members(ids: frozenset[str]) -> list[frozenset[str]]:
    """The regions of a group, each by itself; none where it is no group."""
    members: list[frozenset[str]] = []
    for ident in sorted(ids):
        code = region_code(ident)
        place = gazetteer().place(code)
        if place is not None and place.level == "group":
            members += [frozenset([node_id(REGION, c.code)]) for c in gazetteer().children(code)]
    return members


def counted(figures: Figures, named: Named) -> int:
    """The characters right behind the names that only count them: 三个市, 两家; and others that
    say how many they are: 三市(甲、乙、丙)."""
    mask = 0
    for mention, _ in named:
        m = pattern("counted").match(figures.text, mention.end)
        if m:
            mask |= bits(*m.span())
    for m in pattern("how_many").finditer(figures.text):
        said = m[1] or m[2]
        number = int(said) if said.isdigit() else chinese(said.replace("两", "二"))
        if number == len(named):
            mask |= bits(*m.span())
    return mask


def figure_of_each(figures: Figures, wanted: Wanted) -> list[Match]:
    """The figure of each thing named, all of one metric and counted alike; none where one of them
    has none."""
    others = 0
    sides = _sides(figures, wanted.named)
    for mention, _ in wanted.named:
        others |= sides[mention.start]
    fitting: list[list[Match]] = []
    for mention, ids in wanted.named:
        own = sides[mention.start]
        alone = replace(wanted, named=((mention, ids),), mask=wanted.mask & ~(others & ~own))
        fitting.append(_fitting(figures, alone, mention, ids))
        if not fitting[-1]:
            return []
    common = set.intersection(*({m.card.metric_id for m in own} for own in fitting))
    if common:
        # 合格率 means a narrower one (制造业产品合格率) only where it is the same of each
        best: dict[str, list[Match]] = {}
        for metric in sorted(common):
            best[metric] = [_exact_first([m for m in own if m.card.metric_id == metric]) for own in fitting]
        found = max(best.values(), key=lambda ms: sum(m.score for m in ms))
    else:
        found = [next((m for m in own if m.closeness >= _CLOSE), own[0]) for own in fitting]
        if any(m.closeness < _CLOSE or not _alike(m, found[0]) for m in found):
            return []
    return found if len({m.card.id for m in found}) == len(found) else []


def _exact_first(found: list[Match]) -> Match:
    """Of those as good as the best the most exact figure: 94.12 % before 超过94 % and 94 %."""
    alike = [m for m in found if m.score >= found[0].score - 0.02 and m.card.kind == found[0].card.kind]
    return max(alike, key=lambda m: (m.card.bound == "=", len(f"{m.card.value or 0:g}".partition(".")[2])))


def _sides(figures: Figures, named: Named) -> dict[int, int]:
    """Where a name stands → its characters and those that say what is asked of it alone:
    *衡阳釉料* 和 *怀化窑炉设备* 合格率."""
    sides = {m.start: bits(m.start, m.end) for m, _ in named}
    starts = sorted(sides)
    ends = {m.start: m.end for m, _ in named}
    modified = False
    for start, following in itertools.pairwise(starts):
        between = figures.text[ends[start] : following]
        mark = max((between.rfind(j) for j in joins("figures") if j in between), default=-1)
        if mark > 1:
            sides[start] |= bits(ends[start], ends[start] + mark)
            modified = True
    if modified:
        last = starts[-1]
        metrics = [
            a[0].start
            for a in figures.question.segments
            if a[0].start >= ends[last] and any(m.kind == "metric" for m in a)
        ]
        if metrics:
            sides[last] |= bits(ends[last], metrics[0])
    return sides


def _fitting(figures: Figures, alone: Wanted, mention: Mention, ids: frozenset[str]) -> list[Match]:
    codes = set(map(region_code, ids)) - {""}
    metrics = {i for i in ids if i.startswith("metric:")}
    if metrics:
        alone = replace(alone, named=())
    found = []
    for m in figures.fits(alone):
        card = m.card
        if card.kind in ("change", "comparison") and card.kind not in kinds_beside(card, alone):
            continue
        # 第三产业占比 is the metric of 服务业增加值占GDP比重, far as the words are
        meant = any(card.metric_id == f"metric:{key}" for key, _ in alone.metrics)
        if card.value is None or card.kind == "rank" or m.coverage < _LEAST:
            continue
        if m.closeness < _VAGUE and not meant:
            continue
        if codes and not card.places & codes:
            continue  # of a wider region, not of this one
        if metrics and card.metric_id not in metrics:
            continue
        found.append(m)
    return found


def _alike(match: Match, first: Match) -> bool:
    """Counted alike: metrics of one thing, or of one head (输变电设备合格率, 石化产品合格率)."""
    a, b = match.card, first.card
    if a.kind != b.kind and {a.kind, b.kind} - {"actual", "baseline", "share"}:
        return False
    if (a.base_unit == "%") != (b.base_unit == "%"):
        return False
    one_unit = len({a.base_unit, b.base_unit} - {""}) < 2  # 500亿, and 32亿元
    one_head = one_unit and a.metric[-2:] == b.metric[-2:]  # 综合产值, 总产值
    return a.subject == b.subject or a.metric[-3:] == b.metric[-3:] or one_head
