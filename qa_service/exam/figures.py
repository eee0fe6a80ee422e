"""Questions for figures: levels, targets, changes, what is calculated from them, and what is chosen
by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.ids import node_id
from ontology.gazetteer import gazetteer
from ontology.model import Metric
from ontology.structure import METRIC, REGION
from qa_service.exam.build import BASELINE, TARGET, YEARS
from qa_service.exam.item import Item, Kind
from qa_service.exam.mark import Gold
from qa_service.exam.wording import Wording
from qa_service.exam.world import Figure, Thing
from queries import logical_form as lf
from queries.logical_form import (
    Compared,
    Count,
    Entity,
    EntitySet,
    Least,
    Most,
    Observations,
    Subjects,
    Within,
)

#: how a question says that a figure is above or below another one, which the parser knows for quantities
_BOUNDS: tuple[tuple[str, lf.Op], ...] = (("超过", ">"), ("不低于", ">="), ("低于", "<"), ("不超过", "<="))
_POINTS = "百分点"


@dataclass(frozen=True)
class Measured:
    """A metric of the world with the class of things that have it."""

    metric: Metric
    cls: str
    things: tuple[Thing, ...]

    @property
    def id(self) -> str:
        return node_id(METRIC, self.metric.key)


def measured(w: Wording) -> Measured | None:
    """Some metric that figures are recorded of."""
    here = sorted({f.metric for f in w.world.figures})
    if not here:
        return None
    metric = w.rng.choice(here)
    subjects = sorted({f.subject for f in w.world.figures if f.metric == metric})
    things = tuple(w.world.things[i] for i in subjects)
    return Measured(w.ontology.metrics[metric.partition(":")[2]], things[0].cls, things)


def level(w: Wording) -> Item | None:
    """芷岚骁2024年产值是多少"""
    m = measured(w)
    if m is None:
        return None
    thing, year = w.rng.choice(m.things), w.rng.choice(YEARS)
    x, said = w.name(thing), w.metric(m.metric)
    text = w.rng.choice([
        f"{x}{year}年{said}是多少", f"{year}年{x}的{said}是多少", f"{x}的{said}{year}年达到多少",
        f"{x} {year} {said}", f"{x}的{said}，{year}年有多少", f"{year}年{said}，{x}做到了多少",
    ])  # fmt: skip
    return valued("level", text, Observations(Entity(thing.id), m.id, year), w)


def level_en(w: Wording) -> Item | None:
    """What was the output value of 芷岚骁 in 2024?"""
    m = measured(w)
    if m is None:
        return None
    thing, year = w.rng.choice(m.things), w.rng.choice(YEARS)
    said = w.metric(m.metric, english=True)
    text = w.rng.choice(
        [f"What was the {said} of {thing.name} in {year}?", f"{said} of {thing.name} in {year}"]
    )
    return valued("level", text, Observations(Entity(thing.id), m.id, year), w)


def latest(w: Wording) -> Item | None:
    """芷岚骁的产值是多少: the latest on record, else where a plan began"""
    m = measured(w)
    if m is None:
        return None
    thing = w.rng.choice(m.things)
    text = f"{w.name(thing)}的{w.metric(m.metric)}是多少"
    form = Observations(Entity(thing.id), m.id)
    if not w.facts.observations(form):
        form = replace(form, kind="baseline")
    return valued("latest level", text, form, w)


def target(w: Wording) -> Item | None:
    """芷岚骁2025年产值目标是多少"""
    m = measured(w)
    if m is None:
        return None
    thing = w.rng.choice(m.things)
    x, said = w.name(thing), w.metric(m.metric)
    text = w.rng.choice(
        [f"{x}{TARGET}年{said}目标是多少", f"{TARGET}年{x}{said}的目标值", f"{x}的{said}{TARGET}年要达到多少"]
    )
    return valued("target", text, Observations(Entity(thing.id), m.id, TARGET, "target"), w)


def baseline(w: Wording) -> Item | None:
    """芷岚骁2020年产值基数是多少"""
    m = measured(w)
    if m is None:
        return None
    thing = w.rng.choice(m.things)
    text = f"{w.name(thing)}{BASELINE}年{w.metric(m.metric)}的基数是多少"
    return valued("baseline", text, Observations(Entity(thing.id), m.id, BASELINE, "baseline"), w)


def change(w: Wording) -> Item | None:
    """芷岚骁2024年产值同比变化了多少"""
    m = measured(w)
    if m is None:
        return None
    changed = [f for f in w.world.figures if f.metric == m.id and f.properties["value_kind"] == "change"]
    if not changed:
        return None
    figure = w.rng.choice(changed)
    way = "下降了" if "下降" in str(figure.properties["scope"]) else "增长了"
    thing = w.world.things[figure.subject]
    year = str(figure.properties["period"])
    text = f"{w.name(thing)}{year}年{w.metric(m.metric)}同比{way}多少"
    return valued("change", text, Observations(Entity(thing.id), m.id, year, "change"), w)


def attained(w: Wording) -> Item | None:
    """芷岚骁2025年产值目标完成了吗"""
    m = measured(w)
    if m is None:
        return None
    thing = w.rng.choice(m.things)
    actual = Observations(Entity(thing.id), m.id, TARGET)
    wanted = Observations(Entity(thing.id), m.id, TARGET, "target")
    form = lf.Attained(actual, wanted)
    results = w.facts.set_against(form)
    if len(results) != 1:
        return None
    ahead = results[0][2] * (m.metric.polarity or 1)
    text = f"{w.name(thing)}{TARGET}年{w.metric(m.metric)}目标完成了吗"
    return Item("target and actual", text, form, Gold(truth=ahead >= 0))


def _two(m: Measured, year: str, w: Wording) -> tuple[tuple[Thing, Figure], tuple[Thing, Figure]] | None:
    """Two things that have one figure each of a year."""
    found = []
    for thing in m.things:
        figures = w.facts.observations(Observations(Entity(thing.id), m.id, year))
        if len(figures) == 1:
            found.append((thing, figures[0]))
    if len(found) < 2:
        return None
    first, second = w.rng.sample(found, 2)
    return first, second


def difference(w: Wording) -> Item | None:
    """芷岚骁和桁珞嵘2024年产值相差多少"""
    m = measured(w)
    year = w.rng.choice(YEARS)
    two = _two(m, year, w) if m else None
    if m is None or two is None:
        return None
    (a, _), (b, _) = two
    form = lf.Difference(Observations(Entity(a.id), m.id, year), Observations(Entity(b.id), m.id, year))
    (gap,) = (r[2] for r in w.facts.set_against(form))
    x, y = (a, b) if gap > 0 else (b, a)
    said = w.metric(m.metric)
    text = w.rng.choice([
        f"{w.name(a)}和{w.name(b)}{year}年{said}相差多少", f"{year}年{w.name(x)}的{said}比{w.name(y)}高多少",
    ] if gap else [f"{w.name(a)}和{w.name(b)}{year}年{said}相差多少"])  # fmt: skip
    return Item(
        "difference", text, form, Gold(figures=_gap(two[0][1], abs(gap)), rounded=_rounding(two[0][1]))
    )


def between_years(w: Wording) -> Item | None:
    """芷岚骁2024年产值比2023年高多少"""
    m = measured(w)
    if m is None:
        return None
    thing = w.rng.choice(m.things)
    first, second = sorted(w.rng.sample(YEARS, 2))
    form = lf.Difference(*(Observations(Entity(thing.id), m.id, year) for year in (second, first)))
    results = w.facts.set_against(form)
    if len(results) != 1 or results[0][2] == 0:
        return None
    figure, _, gap = results[0]
    way = "高" if gap > 0 else "低"
    text = f"{w.name(thing)}{second}年{w.metric(m.metric)}比{first}年{way}多少"
    return Item(
        "difference of years", text, form, Gold(figures=_gap(figure, abs(gap)), rounded=_rounding(figure))
    )


def ratio(w: Wording) -> Item | None:
    """芷岚骁2024年产值是桁珞嵘的多少倍"""
    m = measured(w)
    year = w.rng.choice(YEARS)
    two = _two(m, year, w) if m else None
    if m is None or two is None:
        return None
    (a, _), (b, _) = two
    form = lf.Ratio(Observations(Entity(a.id), m.id, year), Observations(Entity(b.id), m.id, year))
    results = w.facts.set_against(form)
    if len(results) != 1:
        return None
    text = f"{w.name(a)}{year}年{w.metric(m.metric)}是{w.name(b)}的多少倍"
    return Item("ratio", text, form, Gold(figures=frozenset({(results[0][2], "倍")}), rounded=0.006))


def greater(w: Wording) -> Item | None:
    """芷岚骁和桁珞嵘2024年产值哪个高"""
    m = measured(w)
    year = w.rng.choice(YEARS)
    two = _two(m, year, w) if m else None
    if m is None or two is None:
        return None
    (a, fa), (b, fb) = two
    form = Most(lf.Recorded((fa.id, fb.id)))
    found = frozenset(w.world.things[f.subject].name for f in w.facts.extremes(form))
    if len(found) > 1:
        return None
    x, y, said = w.name(a), w.name(b), w.metric(m.metric)
    text = w.rng.choice([
        f"{x}和{y}{year}年的{said}哪个高", f"{year}年{said}，{x}和{y}谁更高",
        f"{x}跟{y}比，{year}年{said}哪个高",
    ])  # fmt: skip
    return Item("which is greater", text, form, Gold(names=found))


def each(w: Wording) -> Item | None:
    """芷岚骁、桁珞嵘2024年产值分别是多少"""
    m = measured(w)
    year = w.rng.choice(YEARS)
    two = _two(m, year, w) if m else None
    if m is None or two is None:
        return None
    (a, fa), (b, fb) = two
    text = f"{w.name(a)}和{w.name(b)}{year}年{w.metric(m.metric)}分别是多少"
    return Item("each of several", text, lf.Recorded((fa.id, fb.id)), Gold(figures=_values([fa, fb])))


# ---- chosen by a figure, and added up ---------------------------------------------------


def _chosen_from(m: Measured, w: Wording, *, english: bool = False) -> tuple[EntitySet, str, str]:
    """A set of things that have the metric, the word for them, and their place's name."""
    head, said = w.head(m.cls, english=english)
    if m.cls in w.placeable() and w.rng.random() < 0.4:
        place = w.rng.choice(w.places())
        return Within(head, Entity(place.id)), said, w.name(place)
    return head, said, ""


def extreme(w: Wording) -> Item | None:
    """2024年产值最高的企业是哪个, with all that are level"""
    m = measured(w)
    if m is None:
        return None
    chosen, said, place = _chosen_from(m, w)
    year = w.rng.choice(YEARS)
    most = w.rng.random() < 0.5
    word = w.rng.choice(["最高", "最大", "最多"] if most else ["最低", "最小", "最少"])
    metric = w.metric(m.metric)
    text = w.rng.choice(
        [
            f"{place}{year}年{metric}{word}的{said}是哪个", f"{year}年{place}哪个{said}的{metric}{word}",
            f"{f'{place}的' if place else ''}{said}里{year}年{metric}{word}的是哪个",
        ]
    )
    observed = Observations(chosen, m.id, year)
    return _at_the_top("superlative", text, Most(observed) if most else Least(observed), w)


def extreme_en(w: Wording) -> Item | None:
    """Which enterprise had the highest output value in 2024?"""
    m = measured(w)
    if m is None:
        return None
    head, said = w.head(m.cls, english=True)
    year = w.rng.choice(YEARS)
    most = w.rng.random() < 0.5
    word = w.word("superlative.most" if most else "superlative.least", "highest|lowest|largest|smallest")
    text = f"Which {said} had the {word} {w.metric(m.metric, english=True)} in {year}?"
    observed = Observations(head, m.id, year)
    return _at_the_top("superlative", text, Most(observed) if most else Least(observed), w)


def top(w: Wording) -> Item | None:
    """2024年产值最高的三个企业"""
    m = measured(w)
    if m is None:
        return None
    chosen, said, place = _chosen_from(m, w)
    year, k = w.rng.choice(YEARS), w.rng.choice((2, 3))
    text = f"{place}{year}年{w.metric(m.metric)}最高的{'两三'[k - 2]}个{said}"
    return _at_the_top("first few", text, lf.Top(Observations(chosen, m.id, year), k), w)


def _at_the_top(kind: str, text: str, form: Most | Least | lf.Top, w: Wording) -> Item:
    figures = w.facts.extremes(form)
    found = frozenset(w.world.things[f.subject].name for f in figures)
    return Item(kind, text, form, Gold(names=found) if found else Gold())


def above(w: Wording) -> Item | None:
    """2024年产值超过3亿元的企业有哪些"""
    return _compared(w, counting=False)


def count_above(w: Wording) -> Item | None:
    """2024年产值超过3亿元的企业有多少个"""
    return _compared(w, counting=True)


def _compared(w: Wording, *, counting: bool) -> Item | None:
    m = measured(w)
    if m is None:
        return None
    chosen, said, place = _chosen_from(m, w)
    year = w.rng.choice(YEARS)
    observed = Observations(chosen, m.id, year)
    figures = w.facts.observations(Observations(lf.Instances(m.cls), m.id, year))
    if not figures:
        return None
    limit = w.rng.choice(figures).properties
    bound, op = w.rng.choice(_BOUNDS)
    form = Subjects(Compared(observed, op, float(str(limit["base_value"])), str(limit["base_unit"])))
    text = f"{place}{year}年{w.metric(m.metric)}{bound}{limit['value']:g}{limit['unit']}的{said}"
    found = w.facts.named(form)
    if counting:
        gold = Gold(count=len(found)) if found else Gold()
        return Item("count by a figure", f"{text}有多少个", Count(form), gold)
    return Item("chosen by a figure", f"{text}有哪些", form, Gold(names=found) if found else Gold())


def total(w: Wording) -> Item | None:
    """漯河市的企业2024年产值合计是多少"""
    return _added(w, mean=False)


def mean(w: Wording) -> Item | None:
    """漯河市的企业2024年平均产值是多少"""
    return _added(w, mean=True)


def _added(w: Wording, *, mean: bool) -> Item | None:
    m = measured(w)
    if m is None or (not mean and m.metric.unit == "%"):
        return None
    chosen, said, place = _chosen_from(m, w)
    year = w.rng.choice(YEARS)
    observed = Observations(chosen, m.id, year)
    form = lf.Average(observed) if mean else lf.Sum(observed)
    found = w.facts.total(form)
    if len(found) > 1:
        return None
    metric, thing = w.metric(m.metric), f"{place}的{said}" if place else f"所有{said}"
    words = ["的平均值是多少", "平均是多少"] if mean else ["合计是多少", "加起来是多少", "之和是多少"]
    text = f"{thing}{year}年{metric}{w.rng.choice(words)}"
    figures = w.facts.observations(observed)
    gold = Gold(
        figures=frozenset((value, unit) for unit, value in found.items()),
        rounded=_rounding(figures[0]) if figures else 0.0,
    ) if found else Gold()  # fmt: skip
    return Item("mean" if mean else "sum", text, form, gold)


# ---- what cannot be answered --------------------------------------------------------------


def other_year(w: Wording) -> Item | None:
    """芷岚骁2015年产值是多少"""
    m = measured(w)
    if m is None:
        return None
    thing = w.rng.choice(m.things)
    text = f"{w.name(thing)}2015年{w.metric(m.metric)}是多少"
    return Item("unrecorded year", text, Observations(Entity(thing.id), m.id, "2015"), Gold(unknown=True))


def other_metric(w: Wording) -> Item | None:
    """芷岚骁2024年的专利数是多少: a metric that nothing is recorded of"""
    m = measured(w)
    here = {f.metric.partition(":")[2] for f in w.world.figures}
    near = {
        n for key in here for n in (key, *w.ontology.broader_metrics(key), *w.ontology.narrower_metrics(key))
    }
    others = [x for x in w.scope.metrics if x.key not in near and not {x.change_of, x.opposite} & here]
    if m is None or not others:
        return None
    other, thing = w.rng.choice(others), w.rng.choice(m.things)
    text = f"{w.name(thing)}{w.rng.choice(YEARS)}年{w.metric(other)}是多少"
    form = Observations(Entity(thing.id), node_id(METRIC, other.key))
    return Item("unrecorded metric", text, form, Gold(unknown=True))


def unknown_metric(w: Wording) -> Item | None:
    """芷岚骁2024年的棠鹭翊指数是多少: a metric that nobody knows"""
    m = measured(w)
    if m is None:
        return None
    thing = w.rng.choice(m.things)
    made_up = "".join(w.rng.sample("澹峣葳璈昉旻", 2))
    text = f"{w.name(thing)}{w.rng.choice(YEARS)}年{made_up}{w.rng.choice(['指数', '率', '总量'])}是多少"
    return Item("unknown metric", text, Observations(Entity(thing.id), ""), Gold(unknown=True))


def other_place(w: Wording) -> Item | None:
    """拉萨市2024年产值是多少, 拉萨市有哪些企业: a place of which nothing is recorded"""
    m = measured(w)
    if m is None:
        return None
    known = gazetteer()
    codes = sorted({code for _, code in known.names() if code.isdigit()})
    place = known.place(w.rng.choice(codes))
    if place is None or place.level not in ("prefecture", "county"):
        return None
    recorded = {t.id.partition(":")[2] for t in w.places()}
    if any(known.contains(place.code, c) or known.contains(c, place.code) for c in recorded):
        return None
    here = Entity(node_id(REGION, place.code))
    if w.rng.random() < 0.5:
        year = w.rng.choice(YEARS)
        text = f"{place.name}{year}年{w.metric(m.metric)}是多少"
        return Item("unrecorded place", text, Observations(here, m.id, year), Gold(unknown=True))
    head, said = w.head(w.rng.choice(w.placeable()))
    text = f"{place.name}{w.has_which()}{said}"
    return Item("unrecorded place", text, Within(head, here), Gold(unknown=True))


# ---- gold --------------------------------------------------------------------------------


def valued(kind: str, text: str, form: Observations, w: Wording) -> Item:
    """An item that asks for figures; nothing is to be answered where there are none."""
    figures = w.facts.observations(form)
    return Item(kind, text, form, Gold(figures=_values(figures)) if figures else Gold())


def _values(figures: Sequence[Figure]) -> frozenset[tuple[float, str]]:
    return frozenset(
        (float(str(f.properties["base_value"])), str(f.properties["base_unit"])) for f in figures
    )


def _gap(figure: Figure, gap: float) -> frozenset[tuple[float, str]]:
    unit = str(figure.properties["base_unit"])
    return frozenset({(gap, _POINTS if unit == "%" else unit)})


def _rounding(figure: Figure) -> float:
    """Half a unit in the last place that is shown, in base units."""
    p = figure.properties
    value, base = float(str(p["value"])), float(str(p["base_value"]))
    return 0.05 * (base / value if value else 1.0) * 1.01


KINDS: tuple[Kind, ...] = (
    level, level_en, latest, target, baseline, change, attained, difference, between_years, ratio, greater,
    each, extreme, extreme_en, top, above, count_above, total, mean, other_year, other_metric, unknown_metric,
    other_place,
)  # fmt: skip
