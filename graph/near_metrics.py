"""Figures of one thing that are worded otherwise (contract §2: conflicts and divergences).

Two phrases are *near* where nothing but vague words (整体, 平均, 的) and words of scope (规模以上,
监督抽查, 中小企业) tells them apart, or where one names things and the other says what is done
with them (园区 · 园区推广…). Where scope and wording agree, figures that nothing reconciles are a
conflict; else a divergence. A phrase that is nothing but a class word (企业, 个) is no ground.

>>> core("规模以上企业的平均产品合格率") == core("产品质量合格率")
True
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, product
from typing import Final, Literal

from graph.observation_rows import BASIS, Disagreement, ObservationRow, scope_of, unit_of
from ontology import structure
from ontology.gazetteer import gazetteer
from ontology.lexicon.metric_words import metric_words
from ontology.lexicon.normalise import fold

Reconciled = Callable[[ObservationRow, ObservationRow], bool]

#: say nothing of what is measured
_VAGUE: Final = metric_words("vague")
#: say of how much of it, or how it was found out
_SCOPE: Final = metric_words("scope")
#: what is told of things that were named before: the figure counts the things
_PREDICATE: Final = metric_words("predicate")
#: things that do not cease to be
_KEPT: Final = metric_words("kept")
_GAP: Final = re.compile(
    r"(?:(?P<one>[^与和]{2,8})[与和](?P<other>.{2,8}?))?(?:地区|区域)?(?P<rate>.{0,6}率)的?(?:差距|差异|差)$"
)
_LIST: Final = re.compile(r"(?P<members>[^、]{2,12}(?:、[^、]{2,12})+)等(?P<head>.{2,})")
_JOINT: Final = re.compile("及|和|与|、")
#: scope keys that restrict nothing: how a table sorts its rows, how many there are, examples
_UNRESTRICTIVE: Final = ("属性", "类别", "总数", "包括")
_PLACE, _POINTS = "地区", "百分点"
#: the ontology's own metrics; the node of a phrase is called by the phrase
_KNOWN: Final = re.compile(r"metric:[a-z0-9_]+$")
#: how a conflict differs that another year's level and change give
DERIVED: Final = "derived"
#: characters of a phrase that says by itself what is measured, and of what may be added before it
_SPECIFIC, _MODIFIER = 5, 8
#: phrases whose meaning is remembered
_REMEMBERED: Final = 1 << 16
#: figures of one place, metric and time that are compared with each other
_LOOKED_AT: Final = 200
_LAST_YEAR: Final = ("上年", "去年", "上一年", "上年同期", "同期")
#: keys of a scope that part a whole in one way
_AXIS: Final = {"产品": "行业"}
_LEVELS: Final = ("actual", "baseline")


@dataclass(frozen=True)
class Worded:
    """A row with what its phrase comes to. ``wording``: without vague words; ``core``: without words
    of scope too; ``counted``: the things that a phrase with a predicate counts."""

    row: ObservationRow
    place: str
    core: str
    wording: str
    scope: tuple[tuple[str, str], ...]
    counted: str = ""

    @property
    def document(self) -> frozenset[str]:
        return frozenset(passage.rpartition("#")[0] for passage in self.row.passages)


def near_disagreements(
    rows: Iterable[ObservationRow], reconciled: Reconciled
) -> tuple[Disagreement, ...]:
    """Conflicts and divergences among rows under other words."""
    groups: dict[tuple[str, ...], list[Worded]] = defaultdict(list)
    for row in rows:
        for worded in _worded(row):
            key = (worded.place, _kind(row), unit_of(row), _direction(row))
            groups[*key, worded.core].append(worded)
            if worded.counted and worded.counted != worded.core:
                groups[*key, worded.counted].append(replace(worded, core=worded.counted))
        gap = _gap(row)
        if gap is not None:
            groups[gap.place, "gap", unit_of(row), "", gap.core].append(gap)
    exact = {place: tuple(group) for place, group in groups.items()}
    for (where, kind, unit, direction, whole), same in exact.items():
        if unit == "#":
            continue  # a part has fewer than the whole
        for at in range(1, min(len(whole) - _SPECIFIC, _MODIFIER) + 1):  # 预包装食品合格率, 食品合格率
            shorter = (where, kind, unit, direction, whole[at:])
            if shorter in exact:
                groups[shorter].extend(same)
    found: list[Disagreement] = []
    for group in groups.values():
        if len({worded.row.id for worded in group}) > 1:
            found.extend(_among(group, reconciled))
            found.extend(_dwindled(group))
    return tuple(dict.fromkeys(found))


def derived_conflicts(
    rows: Sequence[ObservationRow], reconciled: Reconciled
) -> tuple[Disagreement, ...]:
    """Levels of a year that another year's level and its change since then contradict: 95.2 % in 2024,
    0.9 points more than in 2023, and 94.9 % in 2023."""
    levels: dict[tuple[str, str], list[ObservationRow]] = defaultdict(list)
    for row in rows:
        if row.kind in _LEVELS and row.value is not None and row.period.isdigit() and not row.scope:
            levels[row.subject, row.metric].append(row)
    found = []
    for change in rows:
        scope = scope_of(change.scope)
        year = _base_year(change, scope.pop(BASIS, ""))
        down = scope.pop("方向", "") == "下降"
        if year and change.kind == "change" and change.base_unit == _POINTS and change.value and not scope:
            known = levels[change.subject, change.metric]
            levels_now = [level for level in known if level.period == change.period and level.bound == "="]
            for now in sorted(levels_now, key=lambda level: -(level.decimals or 0))[:1]:  # the least rounded
                before = round((now.value or 0) + (change.value if down else -change.value), 6)
                derived = replace(now, value=before, base_value=before, period=year)
                for stated in (level for level in known if level.period == year):
                    if not reconciled(derived, stated):
                        found.append(Disagreement("conflict", now.subject, now.metric, year,
                                                  (stated, now, change), (DERIVED,)))
    return tuple(found)


def _base_year(change: ObservationRow, basis: str) -> str:
    year = _year(change.period)
    if not year or len(change.period) != 4:
        return ""
    if basis in _LAST_YEAR:
        return str(year - 1)
    return basis.removesuffix("年") if basis.removesuffix("年").isdigit() else ""


@lru_cache(_REMEMBERED)
def core(phrase: str) -> str:
    """What a phrase measures, without vague words and words of scope."""
    text = _wording(phrase)
    return _SCOPE.sub("", text)


@lru_cache(_REMEMBERED)
def _wording(phrase: str) -> str:
    text = _VAGUE.sub("", phrase)
    text = re.sub(r"^.{2,3}率(差距|差异)$", r"\1", text)  # a gap of rates is a gap
    return fold(text)


def meaning(row: ObservationRow) -> tuple[str, str]:
    """(place, core) of a row: what it speaks of, whatever the words.

    >>> meaning(ObservationRow("o", "region:430000", "metric:x", "平均产品合格率"))
    ('430000', '合格率')
    """
    place, thing = _place(row.subject, scope_of(row.scope).get(_PLACE, ""))
    return place, core(thing + row.phrase) or _wording(thing + row.phrase)


def is_ground(phrase_core: str, unit: str) -> bool:
    """Whether so much of a phrase is left that two figures speak of one thing."""
    return len(phrase_core) >= (4 if unit == "#" else 2)


def _worded(row: ObservationRow) -> Iterator[Worded]:
    scope = scope_of(row.scope)
    place, thing = _place(row.subject, scope.get(_PLACE, ""))
    restricting = tuple(sorted(
        (key, value) for key, value in scope.items()
        if key not in (*_UNRESTRICTIVE, _PLACE, BASIS, "方向")
    ))
    counts = unit_of(row) == "#"
    for phrase in (row.phrase,) if counts else _members(row.phrase):
        said = thing + phrase
        wording, bare = _wording(said), core(said)
        if bare.endswith(("差距", "差异")) and re.match("区域|地区|长.{0,4}与", phrase):
            place = _widest(place)  # a gap between areas is none of one of them
        counted = ""
        predicate = _PREDICATE.search(phrase, 2) if counts else None
        if predicate:
            things, what = phrase[: predicate.start()], _wording(phrase[predicate.end() :])
            counted = core(thing + things) if is_ground(_wording(things), unit_of(row)) else ""
            if not counted and len(what) > _SPECIFIC:  # counties on one list and on another like it
                counted = f"{things[:2]} {predicate.group()} {what[:4]}"
        if _KNOWN.match(row.metric):
            yield Worded(row, place, f"{thing} {row.metric}", wording, restricting)
        if counted or is_ground(wording if counts else bare, unit_of(row)):
            yield Worded(row, place, bare or wording, wording, restricting, counted)


def _gap(row: ObservationRow) -> Worded | None:
    """How far two places are from each other, said as a gap (甲与乙的合格率差距) or as a comparison
    (甲的合格率比乙高出)."""
    if row.base_unit != _POINTS or row.kind == "target":
        return None
    scope = scope_of(row.scope)
    one, _ = _place(row.subject, scope.get(_PLACE, ""))
    found = _GAP.match(row.phrase)
    if found is None and row.kind != "comparison":
        return None
    names = [found["one"], found["other"]] if found and found["one"] else ["", scope.get(BASIS, "")]
    ends = [_code(name) if name else one for name in names]
    said = found["rate"] if found else row.phrase
    if not all(ends) or len(set(ends)) < 2:
        return None
    return Worded(row, "|".join(sorted(ends)), core(said), _wording(said), ())


def _code(name: str) -> str:
    """The place of this name, "" where it is none: 湘西, 长株潭地区."""
    places = gazetteer().find(name) or gazetteer().find(re.sub("(?:地区|区域)$", "", name))
    return places[0].code if len(places) == 1 else ""


def _members(phrase: str) -> Iterator[str]:
    """甲、乙等产品合格率 → 甲产品合格率, 乙产品合格率; what is no list stays as it is."""
    found = _LIST.match(phrase)
    if found is None:
        yield phrase
        return
    for member in found["members"].split("、"):
        yield member + found["head"]


@lru_cache(_REMEMBERED)
def _place(subject: str, within: str) -> tuple[str, str]:
    """Where it is, and the words of the thing itself where it is no place. A firm or a platform is
    its own place: its figures are nobody else's."""
    kind, _, key = subject.partition(":")
    if kind == structure.REGION.lower():
        return key, ""
    where, _, name = key.rpartition("/")
    if where.isdigit():
        return where, name
    places = gazetteer().find(within) if within else ()
    return (places[0].code, key) if places else (subject, "")


def _widest(code: str) -> str:
    return f"{code[:2]}0000" if code.isdigit() else code


def _kind(row: ObservationRow) -> str:
    kind = "level" if row.kind in _LEVELS else row.kind
    basis = scope_of(row.scope).get(BASIS, "")
    if row.kind == "change" and (basis in _LAST_YEAR or basis == f"{_year(row.period) - 1}年"):
        basis = ""
    return f"{kind}/{fold(_VAGUE.sub('', basis))}"


def _direction(row: ObservationRow) -> str:
    return scope_of(row.scope).get("方向", "")


def _year(period: str) -> int:
    return int(period[:4]) if period[:4].isdigit() else 0


def _among(group: Sequence[Worded], reconciled: Reconciled) -> Iterator[Disagreement]:
    """Pairs at odds, put together where they differ in the same way."""
    latest = max((w.row.period for w in group if w.row.kind != "target"), default="")
    at_odds: dict[tuple[tuple[str, ...], frozenset[object]], dict[str, ObservationRow]] = defaultdict(dict)
    for a, b in _pairs(sorted(group, key=lambda w: w.row.id)):
        if a.row.id == b.row.id or not set(a.row.passages).isdisjoint(b.row.passages):
            continue
        if reconciled(replace(a.row, base_unit="", unit=""), replace(b.row, base_unit="", unit="")):
            continue
        differs = _differs_in(a, b, latest)
        if differs is not None:
            two = frozenset(((a.wording, a.scope), (b.wording, b.scope)))
            at_odds[differs, two].update({a.row.id: a.row, b.row.id: b.row})
    for (differs, _), members in at_odds.items():
        ordered = tuple(members[key] for key in sorted(members))
        first = ordered[0]
        period = max((row.period for row in ordered), default="")
        kind: Literal["conflict", "divergence"] = "divergence" if differs else "conflict"
        yield Disagreement(kind, first.subject, first.metric, period, ordered, differs)


def _dwindled(group: Sequence[Worded]) -> Iterator[Disagreement]:
    """Things that are kept once they are there, of which a later document has fewer: 116家老字号 at the end
    of 2020 and 31家 at that of 2023. One of the two counts something else."""
    kept = [w for w in group if _KEPT.search(w.row.phrase) and not w.counted and _end(w.row.period)]
    kept = [
        w
        for w in kept
        if w.row.kind in _LEVELS and unit_of(w.row) == "#" and w.row.bound in ("=", "")
        and not _JOINT.search(w.row.phrase)
    ]
    for late in kept[:_LOOKED_AT]:
        more = [w for w in kept[:_LOOKED_AT] if _fewer_than(late, w)]
        if more:
            rows = tuple(sorted((w.row for w in (*more, late)), key=lambda row: row.id))
            alike = all(w.wording == late.wording for w in more)
            differs = ("period",) if alike else ("period", "wording")
            of = late.row
            yield Disagreement("divergence", of.subject, of.metric, of.period, rows, differs)


def _fewer_than(late: Worded, early: Worded) -> bool:
    """Whether the later of two figures, each of a document of its own, is the smaller one."""
    years = _year(_end(early.row.period)), _year(_end(late.row.period))
    alike = early.scope == late.scope and not early.document & late.document
    return alike and years[0] < years[1] and (early.row.value or 0) > (late.row.value or 0)


def _pairs(group: Sequence[Worded]) -> Iterator[tuple[Worded, Worded]]:
    """Those that may speak of one time. A table with thousands of figures of one kind is looked at in
    part: they differ in what its columns say, not by mistake."""
    by_end: dict[str, list[Worded]] = defaultdict(list)
    for worded in group:
        by_end[_end(worded.row.period)].append(worded)
    undated = by_end.pop("", [])[:_LOOKED_AT]
    for dated in by_end.values():
        yield from combinations(dated[:_LOOKED_AT], 2)
        yield from product(undated, dated[:_LOOKED_AT])
    yield from combinations(undated, 2)


def _differs_in(a: Worded, b: Worded, latest: str) -> tuple[str, ...] | None:
    """In what two figures differ beside their values; None where they need not agree at all."""
    if _part_of(a, b) or _part_of(b, a):
        return None
    differs = {key for key, _ in set(a.scope) ^ set(b.scope)}
    axes_a, axes_b = ({_AXIS.get(key, key) for key, _ in w.scope if key in differs} for w in (a, b))
    if axes_a & axes_b:
        return None  # two parts of a whole: one product and another
    if "产品" in differs and a.wording != b.wording:
        return None  # another product, found out in another way
    if a.wording != b.wording:
        differs.add("wording")
    if a.row.period != b.row.period:
        periods = {a.row.period, b.row.period}
        one_document = bool(a.document & b.document)
        if "" in periods:
            if one_document:
                pass  # what a document says without a year it says of the year it speaks of
            elif a.row.kind == "target" or b.row.kind == "target" or latest not in periods:
                return None
            else:
                differs.add("period")
        elif len({_end(period) for period in periods}) > 1 or unit_of(a.row) != "#":
            return None  # another year: a series, no disagreement
        elif a.wording != b.wording or _JOINT.search(a.row.phrase):
            return None  # what was made in five years, and what there is at their end
    return tuple(sorted(differs))


def _part_of(a: Worded, b: Worded) -> bool:
    """Whether one number is of the first of those that the other counts together, and no greater: 甲奖 of
    甲奖及提名奖."""
    if unit_of(a.row) != "#" or (a.row.value or 0) > (b.row.value or 0):
        return False
    first, *more = _JOINT.split(b.row.phrase)
    return bool(more) and fold(first) == fold(a.row.phrase)


def _end(period: str) -> str:
    return period.rpartition("/")[2]
