"""What logical forms denote, computed over the facts themselves: no Cypher, no compiler, only the
definitions of the contract (§2, §3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta

from ontology.model import Ontology, Step
from ontology.structure import DENIED, METRIC, PART_OF, STATED
from qa_service.exam.world import Figure, Link, Thing, World
from queries import logical_form as lf

#: (figure, figure it is set against or None, what comes out in base units)
Result = tuple[Figure, Figure | None, float]


class Evaluator:
    """Denotations of forms in one world.

    >>> Evaluator(world, ontology).entities(Instances("Enterprise"))                  # doctest: +SKIP
    {'enterprise:岚砚棠', 'enterprise:鹭芷桁'}
    """

    def __init__(self, world: World, ontology: Ontology) -> None:
        self.world = world
        self.ontology = ontology
        self._links: dict[tuple[str, str], list[Link]] = defaultdict(list)
        self._at: dict[tuple[str, str, str], list[Link]] = defaultdict(list)
        for link in world.links:
            self._links[link.relation, link.polarity].append(link)
            if link.polarity == STATED:
                self._at[link.relation, "out", link.source].append(link)
                self._at[link.relation, "in", link.target].append(link)

    def denotation(self, form: lf.LogicalForm) -> object:
        """What a form denotes, as a value that two worlds can be compared by."""
        match form:
            case lf.Except():
                return self.bases(form)
            case lf.Count(source) | lf.Exists(source):
                return self.denotation(source)
            case lf.Observations() | lf.Compared() | lf.Recorded():
                return sorted(f.id for f in self.observations(form))
            case lf.Sum() | lf.Average():
                return self.total(form)
            case lf.Least() | lf.Most() | lf.Top():
                return sorted(f.id for f in self.extremes(form))
            case lf.Difference() | lf.Ratio() | lf.Attained():
                return sorted(value for _, _, value in self.set_against(form))
            case lf.Subjects():
                return self.entities(form), self.denotation(form.source)
        return self.entities(form)  # type: ignore[arg-type]

    # ---- sets of things ---------------------------------------------------------

    def entities(self, form: lf.EntitySet) -> set[str]:
        things = self.world.things
        match form:
            case lf.Entity(node):
                return {node} & set(things)
            case lf.Instances(cls, subtype):
                return {
                    t.id
                    for t in things.values()
                    if t.cls == cls and (not subtype or self._is_a(t.subtype, subtype))
                }
            case lf.Follow():
                return self._follow(form, STATED)
            case lf.Where():
                return {i for i in self.entities(form.source) if self._holds(i, form)}
            case lf.Within(source, place):
                at = self.entities(place)
                return {i for i in self.entities(source) if self._places(i) & at}
            case lf.Whereabouts(source):
                return {place for i in self.entities(source) for place in self._places(i)}
            case lf.Both(left, right):
                return self.entities(left) & self.entities(right)
            case lf.Either(left, right):
                return self.entities(left) | self.entities(right)
            case lf.Except(source, excluded):
                return self.entities(source) - self.entities(excluded)
            case lf.Subjects(source):
                return {figure.subject for figure in self.observations(source)}
            case lf.Qualifying(cls, relation, qualifier):
                said = {x.qualifiers.get(qualifier) for x in self._links[relation, STATED]}
                return {t.id for t in things.values() if t.cls == cls and t.name in said}

    def named(self, form: lf.EntitySet) -> frozenset[str]:
        """The names of the things of a set."""
        return frozenset(self.world.things[i].name for i in self.entities(form))

    def bases(self, gap: lf.Except) -> dict[str, str]:
        """Each thing of a gap with the reason to say that it lacks what is excluded (contract §3)."""
        denied = self._denied(gap.excluded)
        covered = self._covered(gap)
        return {
            i: "denied" if i in denied else "covered" if covered else "unrecorded" for i in self.entities(gap)
        }

    def truth(self, thing: str, of: lf.EntitySet) -> bool | None:
        """Whether a thing is of a set: None where nothing is recorded for or against it."""
        if thing in self.entities(of):
            return True
        if isinstance(of, lf.Instances) and of.subtype:
            known = self.world.things[thing].subtype
            return False if known and self.ontology.exclude_each_other(known, of.subtype) else None
        return False if thing in self._denied(of) else None

    def _denied(self, form: lf.EntitySet) -> set[str]:
        if isinstance(form, lf.Follow):
            return self._follow(form, DENIED)
        if isinstance(form, lf.Both):
            return self._denied(form.left) | self._denied(form.right)
        return set()

    def _covered(self, gap: lf.Except) -> bool:
        """Whether what is lacked was read completely where the things of the gap are."""
        excluded = gap.excluded
        if not isinstance(excluded, lf.Follow):
            return False
        wanted = {excluded.relation}
        if isinstance(excluded.source, lf.Instances):
            wanted |= {excluded.source.cls, excluded.source.subtype} - {""}
        reached = {""}
        if isinstance(gap.source, lf.Within) and isinstance(gap.source.place, lf.Entity):
            place = gap.source.place.id
            reached |= {place, *self._wider(place)}
        return any(
            c.region in reached
            and {c.covers, c.covers.partition("/")[0], c.covers.partition("/")[2]} & wanted
            and not (c.covers.partition("/")[2] and c.covers.partition("/")[2] not in wanted)
            for c in self.world.covered
        )

    def _follow(self, form: lf.Follow, polarity: str) -> set[str]:
        near = self.entities(form.source)
        relation = self.ontology.relations[form.relation]
        found = set()
        for step in (Step(form.relation, "out"), *relation.also):
            qualifiers = self.ontology.relations[step.relation].qualifiers
            if any(name not in qualifiers for name, _, _ in form.where):
                continue
            symmetric = self.ontology.relations[step.relation].symmetric
            for link in self._links[step.relation, polarity]:
                ends = [(link.source, link.target), (link.target, link.source)]
                ways = ends if symmetric else ends[:1] if step.direction == form.direction else ends[1:]
                if all(
                    name in link.qualifiers and _compares(link.qualifiers[name], op, value)
                    for name, op, value in form.where
                ):
                    found |= {end for start, end in ways if start in near}
        return {i for i in found if not form.cls or self.world.things[i].cls == form.cls}

    def _places(self, node: str) -> set[str]:
        """All places that a thing is of: the ends of the ontology's ways, and what they are part of."""
        found: set[str] = set()
        for way in self.ontology.classes[self.world.things[node].cls].placed_by:
            ends = {node}
            for step in way:
                ends = {far for end in ends for far in self._step(end, step)}
            ends = {i for i in ends if self.ontology.classes[self.world.things[i].cls].is_place}
            found |= ends.union(*(self._wider(end) for end in ends))
        return found

    def _wider(self, place: str) -> set[str]:
        found: set[str] = set()
        layer = {place}
        while layer:
            layer = {far for end in layer for far in self._step(end, Step(PART_OF, "out"))} - found
            found |= layer
        return found

    def _step(self, node: str, step: Step) -> Iterator[str]:
        for link in self._at[step.relation, step.direction, node]:
            yield link.target if step.direction == "out" else link.source

    def _is_a(self, subtype: str, wanted: str) -> bool:
        while subtype:
            if subtype == wanted:
                return True
            subtype = self.ontology.subtypes[subtype].broader
        return False

    def _holds(self, node: str, form: lf.Where) -> bool:
        known: Thing = self.world.things[node]
        value = {"name": known.name, "subtype": known.subtype}[form.property]
        return bool(value) and _compares(value, form.op, form.value)

    # ---- figures ------------------------------------------------------------------

    def observations(self, form: lf.ObservationSet) -> list[Figure]:
        if isinstance(form, lf.Recorded):
            return [f for f in self.world.figures if f.id in form.ids]
        if isinstance(form, lf.Compared):
            return [
                f
                for f in self.observations(form.source)
                if (not form.unit or f.properties["base_unit"] == form.unit)
                and _known_to_be(f, form.op, form.value)
            ]
        subjects = self.entities(form.subject)
        wanted = self._narrower(form.metric)
        alike = [f for f in self.world.figures if f.subject in subjects and _alike(f, form, wanted)]
        groups: dict[tuple[str, str], list[Figure]] = defaultdict(list)
        for figure in alike:
            groups[figure.subject, figure.metric].append(figure)
        return [f for group in groups.values() for f in _in_period(group, form.period)]

    def total(self, form: lf.Sum | lf.Average) -> dict[str, float]:
        """Base unit → the sum or the mean of the figures that have it."""
        by_unit: dict[str, list[float]] = defaultdict(list)
        for f in self.observations(form.source):
            by_unit[str(f.properties["base_unit"])].append(_base(f))
        mean = isinstance(form, lf.Average)
        return {unit: sum(vs) / (len(vs) if mean else 1) for unit, vs in by_unit.items()}

    def extremes(self, form: lf.Least | lf.Most | lf.Top) -> list[Figure]:
        """The figures at the top or the bottom, with all that are level with the last of them."""
        assert not isinstance(form.source, lf.GroupBy)
        figures = sorted(self.observations(form.source), key=_base, reverse=not isinstance(form, lf.Least))
        count = form.k if isinstance(form, lf.Top) else 1
        first = list(dict.fromkeys((f.subject, f.metric) for f in figures))[:count]
        last = next((_base(f) for f in figures if (f.subject, f.metric) == first[-1]), 0.0) if first else 0.0
        end = next((n for n, f in enumerate(figures) if (f.subject, f.metric) not in first), len(figures))
        return [f for n, f in enumerate(figures) if n < end or _base(f) == last]

    def set_against(self, form: lf.Difference | lf.Ratio | lf.Attained) -> list[Result]:
        """What comes out for each two figures of one unit."""
        left, right = (form.actual, form.target) if isinstance(form, lf.Attained) else (form.left, form.right)
        found: list[Result] = []
        for a in self.observations(left):
            for b in self.observations(right):
                if a.properties["base_unit"] != b.properties["base_unit"] or a.metric != b.metric:
                    continue
                if isinstance(form, lf.Attained) and a.subject != b.subject:
                    continue
                if isinstance(form, lf.Ratio):
                    if _base(b):
                        found.append((a, b, _base(a) / _base(b)))
                else:
                    found.append((a, b, _base(a) - _base(b)))
        return found

    def _narrower(self, metric: str) -> frozenset[str]:
        start = f"{METRIC.lower()}:"
        keys = self.ontology.narrower_metrics(metric.removeprefix(start)) or (metric.removeprefix(start),)
        return frozenset(start + key for key in keys) if metric else frozenset()


def _alike(figure: Figure, form: lf.Observations, metrics: frozenset[str]) -> bool:
    p = figure.properties
    if metrics and figure.metric not in metrics:
        return False
    if form.kind and p["value_kind"] != form.kind:
        return False
    if not form.kind and not form.period and p["value_kind"] == "target":
        return False
    return all(word in f"{p['metric']}\n{p['scope']}" for word in form.scope)


def _in_period(group: Sequence[Figure], period: str) -> Iterable[Figure]:
    """Of figures of one thing and metric those of the period, else those inside it; the latest
    where none is asked for."""
    if not period:
        latest = max(str(f.properties["end"]) for f in group)
        return [f for f in group if str(f.properties["end"]) == latest]
    exact = [f for f in group if f.properties["period"] == period]
    if exact:
        return exact
    first, last = days(period)
    return [
        f
        for f in group
        if f.properties["period"] and first <= str(f.properties["start"]) and str(f.properties["end"]) <= last
    ]


def days(period: str) -> tuple[str, str]:
    """First and last day of a year, half-year or span of years.

    >>> days("2024-H1")
    ('2024-01-01', '2024-06-30')
    """
    first, _, last = period.partition("/")
    if last:
        return f"{first}-01-01", f"{last}-12-31"
    year, _, part = period.partition("-")
    months = {"": (1, 12), "H1": (1, 6), "H2": (7, 12)}.get(part)
    low, high = months or (int(part), int(part))
    end = (date(int(year) + high // 12, high % 12 + 1, 1) - timedelta(days=1)).isoformat()
    return f"{year}-{low:02}-01", end


def _base(figure: Figure) -> float:
    return float(str(figure.properties["base_value"]))


_OPERATIONS: dict[str, Callable[[float | str, float | str], bool]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    ">": lambda a, b: a > b,  # type: ignore[operator]
    "<": lambda a, b: a < b,  # type: ignore[operator]
    ">=": lambda a, b: a >= b,  # type: ignore[operator]
    "<=": lambda a, b: a <= b,  # type: ignore[operator]
}


def _known_to_be(figure: Figure, op: lf.Op, value: float) -> bool:
    """Whether a figure compares so for all values that its bound leaves open."""
    said, bound = _base(figure), str(figure.properties.get("bound") or "=")
    open_to = bound[0] if bound[0] in "<>" else ""
    if op[0] in "<>" and open_to and open_to != op[0]:
        return False
    return _compares(said, op, value) or (op == bound and op in ("<", ">") and said == value)


def _compares(left: object, op: lf.Op, right: object) -> bool:
    if op == "contains":
        return str(right) in str(left)
    if isinstance(left, float) and isinstance(right, float):
        return _OPERATIONS[op](left, right)
    return _OPERATIONS[op](str(left), str(right))
