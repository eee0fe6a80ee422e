"""An ontology and a seed → a made-up world: places, things, what joins them, figures, and what
was read completely, spread over several documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random

from graph.ids import entity_key, key_of, node_id, observation_id, scope_text
from graph.types import Value
from ontology.gazetteer import Place, gazetteer
from ontology.model import Metric, Ontology, Relation, Step
from ontology.structure import DENIED, LOCATED_IN, METRIC, PART_OF, REGION, STATED
from qa_service.exam.evaluate import days
from qa_service.exam.names import Names
from qa_service.exam.scope import Scope
from qa_service.exam.world import Covered, Fact, Figure, Link, Thing, World

YEARS = ("2021", "2022", "2023", "2024")
TARGET = "2025"
BASELINE = "2020"
#: what the documents of an exam are called by, so that no other one is taken for theirs
FOLDER = "exam/"
_DOCUMENTS = 4
_METRICS = 5
_COVERED = 6
#: pairs of classes that one relation is filled for
_PAIRS = 2
_MONEY = (("亿元", 1e8), ("万元", 1e4))


def build(ontology: Ontology, seed: int, besides: World | None = None) -> World:
    """The world of a seed: the same one every time. One that is made besides another has other names,
    other places and other documents.

    >>> build(load_ontology(), 1) == build(load_ontology(), 1)                       # doctest: +SKIP
    True
    """
    return _Builder(ontology, seed, besides).world()


class _Builder:
    def __init__(self, ontology: Ontology, seed: int, besides: World | None) -> None:
        self.ontology = ontology
        self.rng = Random(seed)
        self.scope = Scope.of(ontology)
        self.taken = frozenset(besides.things) if besides else frozenset()
        self.names = Names(ontology, self.rng, [t.name for t in besides.things.values()] if besides else ())
        self.documents = [f"{FOLDER}{'另' if besides else ''}{n}.csv" for n in range(1, _DOCUMENTS + 1)]
        self.places: list[Thing] = []
        self.things: list[Thing] = []
        self.links: list[Link] = []
        self.figures: list[Figure] = []
        self.metrics = self._metrics()

    def world(self) -> World:
        self._make_places()
        for cls in self.scope.things:
            self._make_things(cls.name)
        for relation in self.scope.relations:
            self._join(relation)
        for metric in self.metrics:
            self._measure(metric)
        facts: list[Fact] = [*self.places, *self.things, *self.links, *self.figures, *self._covered()]
        stated: list[tuple[str, Fact]] = []
        for fact in facts:
            first = self.rng.choice(self.documents)
            stated.append((first, fact))
            if self.rng.random() < 0.15:
                stated.append((self.rng.choice([d for d in self.documents if d != first]), fact))
        labels = {node_id(METRIC, m.key): m.labels.zh for m in self.metrics}
        return World(tuple(stated), labels)

    # ---- places and things ----------------------------------------------------------

    def _make_places(self) -> None:
        for name in self.scope.places:
            if name == REGION:
                self._regions()
            else:
                self._own_places(name)

    def _regions(self) -> None:
        """A province with some of its prefectures and their counties."""
        known = gazetteer()
        provinces = [
            p
            for _, code in known.names()
            if (p := known.place(code))
            and p.level == "province"
            and len([c for c in known.children(code) if c.level == "prefecture"]) > 5
            and node_id(REGION, code) not in self.taken
        ]
        province = self.rng.choice(sorted(set(provinces), key=lambda p: p.code))
        prefectures = [c for c in known.children(province.code) if c.level == "prefecture"]
        chosen: list[tuple[Place, Place | None]] = [(province, None)]
        for city in self.rng.sample(prefectures, 4):
            chosen.append((city, province))
            counties = [c for c in known.children(city.code) if c.level == "county"]
            chosen += [(county, city) for county in self.rng.sample(counties, min(2, len(counties)))]
        for place, wider in chosen:
            self.places.append(Thing(node_id(REGION, place.code), REGION, place.name, place.level))
            if wider is not None:
                target = node_id(REGION, wider.code)
                self.links.append(Link(self.places[-1].id, PART_OF, target))

    def _own_places(self, cls: str) -> None:
        """Places of one class: a level for each of its finer classes, else all level."""
        levels = [s for s in self.ontology.subtypes_of(cls) if not s.broader]
        nested = cls in self.ontology.relations[PART_OF].range_for(cls)
        above: list[Thing] = []
        for depth, subtype in enumerate(levels or [None]):
            here = []
            for _ in range(1 if levels and depth == 0 else 4 if depth < 2 else 6):
                key = subtype.key if subtype else ""
                thing = self._thing(cls, key)
                here.append(thing)
                if above and nested:
                    self.links.append(Link(thing.id, PART_OF, self.rng.choice(above).id))
            self.places += here
            above = here

    def _thing(self, cls: str, subtype: str, place: str = "") -> Thing:
        labels = (self.ontology.subtypes[subtype] if subtype else self.ontology.classes[cls]).labels
        name = self.names.new()
        if self.rng.random() < 0.3 and len(labels.zh) <= 6:
            name += labels.zh
        return Thing(node_id(cls, entity_key(name, place)), cls, name, subtype)

    def _make_things(self, cls: str) -> None:
        known = self.ontology.classes[cls]
        stands = (Step(LOCATED_IN, "out"),) in known.placed_by
        subtypes = [s.key for s in self.ontology.subtypes_of(cls)]
        subtypes = self.rng.sample(subtypes, min(3, len(subtypes)))
        for _ in range(self.rng.randint(4, 7)):
            place = self.rng.choice(self.places) if stands and self.rng.random() < 0.85 else None
            subtype = self.rng.choice(["", *subtypes, *subtypes])
            key = key_of(place.id) if place and known.place_in_key else ""
            thing = self._thing(cls, subtype, key)
            self.things.append(thing)
            if place is not None:
                self.links.append(Link(thing.id, LOCATED_IN, place.id))

    # ---- relations --------------------------------------------------------------------

    def _join(self, relation: Relation) -> None:
        here = {t.cls for t in (*self.things, *self.places)}
        pairs = [(s, o) for s, o in relation.pairs() if s in here and o in here]
        for subject, obj in self.rng.sample(pairs, min(_PAIRS, len(pairs))):
            targets = [t for t in (*self.things, *self.places) if t.cls == obj]
            for thing in [t for t in (*self.things, *self.places) if t.cls == subject]:
                others = [t for t in targets if t != thing and not self._joined(relation, t, thing)]
                chosen = self.rng.sample(others, min(len(others), self.rng.choice((0, 1, 1, 2, 3))))
                for target in chosen:
                    self._link(relation, thing, target, DENIED if self.rng.random() < 0.12 else STATED)

    def _joined(self, relation: Relation, source: Thing, target: Thing) -> bool:
        """Whether a link the other way round says the same already."""
        return relation.symmetric and any(
            (x.source, x.relation, x.target) == (source.id, relation.name, target.id) for x in self.links
        )

    def _link(self, relation: Relation, source: Thing, target: Thing, polarity: str) -> None:
        qualifiers = {q: v for q in relation.identifying if (v := self._qualifier(relation, q))}
        for name in (relation.name, *(relation.implies if polarity == STATED else ())):
            known = self.ontology.relations[name]
            if target.cls not in known.range_for(source.cls):
                continue
            own = {q: v for q, v in qualifiers.items() if q in known.qualifiers}
            self.links.append(Link(source.id, name, target.id, own, polarity))

    def _qualifier(self, relation: Relation, qualifier: str) -> str:
        if qualifier == "role":
            return self.rng.choice(["", *roles_of(relation, self.ontology)])
        if relation.qualifiers.get(qualifier, "").endswith("gYear"):
            return self.rng.choice(YEARS)
        named = self.ontology.class_of_extract_name(qualifier)
        things = [t.name for t in self.things if t.cls == named]
        if things:
            return self.rng.choice(["", *things])
        if not hasattr(self, "_said"):
            self._said: dict[str, list[str]] = {}
        words = self._said.setdefault(qualifier, [self.names.new() for _ in range(3)])
        return self.rng.choice(["", *words])

    # ---- figures ----------------------------------------------------------------------

    def _metrics(self) -> list[Metric]:
        """Some metrics, no two of which are near: none wider, opposite or a change of another."""
        chosen: list[Metric] = []
        pool = list(self.scope.metrics)
        self.rng.shuffle(pool)
        for metric in pool:
            if len(chosen) < _METRICS and not any(_near(metric, other, self.ontology) for other in chosen):
                chosen.append(metric)
        return chosen

    def _measure(self, metric: Metric) -> None:
        classes = sorted({t.cls for t in self.things if self.ontology.classes[t.cls].placed_by})
        cls = self.rng.choice([*classes, *([self.places[0].cls] * 3)])
        subjects = [t for t in (*self.things, *self.places) if t.cls == cls]
        key = node_id(METRIC, metric.key)
        phrases = [w for w in metric.labels.all() if not w.isascii()]
        unit, scale = self.rng.choice(_MONEY) if metric.unit == "元" else (metric.unit, 1.0)
        by_year: dict[str, list[float]] = {}
        for thing in subjects:
            phrase = self.rng.choice([metric.labels.zh, *phrases])
            for year in YEARS:
                if self.rng.random() < 0.3:
                    continue
                seen = by_year.setdefault(year, [])
                value = self.rng.choice(seen) if seen and self.rng.random() < 0.2 else self._value(metric)
                seen.append(value)
                self._figure(thing, key, phrase, year, value, unit, scale, metric.unit)
                if self.rng.random() < 0.05:
                    self._figure(thing, key, phrase, year, self._value(metric), unit, scale, metric.unit)
            if self.rng.random() < 0.5:
                self._figure(
                    thing, key, phrase, TARGET, self._value(metric), unit, scale, metric.unit, "target"
                )
                if self.rng.random() < 0.5:
                    value = self._value(metric)
                    self._figure(thing, key, phrase, TARGET, value, unit, scale, metric.unit)
            if self.rng.random() < 0.3:
                value = self._value(metric)
                self._figure(thing, key, phrase, BASELINE, value, unit, scale, metric.unit, "baseline")
            if self.rng.random() < 0.3:
                self._change(thing, key, phrase, metric)

    def _value(self, metric: Metric) -> float:
        if metric.unit == "%":
            return round(self.rng.uniform(40, 99.9), 1)
        if metric.unit == "元":
            return round(self.rng.uniform(1, 900), 1)
        return float(self.rng.randint(2, 900))

    def _change(self, thing: Thing, metric: str, phrase: str, known: Metric) -> None:
        """By how much it went up or down on the year before."""
        points = known.unit == "%"
        scope = scope_text({"方向": "下降" if self.rng.random() < 0.4 else ""})
        value = round(self.rng.uniform(0.1, 9.9), 1)
        unit, base = ("个百分点", "百分点") if points else ("%", "%")
        self._figure(thing, metric, phrase, YEARS[-1], value, unit, 1.0, base, "change", scope)

    def _figure(
        self, thing: Thing, metric: str, phrase: str, period: str, value: float, unit: str, scale: float,
        base_unit: str, kind: str = "actual", scope: str = "",
    ) -> None:  # fmt: skip
        start, end = days(period)
        base = round(value * scale, 2)
        properties: dict[str, Value] = {
            "metric": phrase, "period": period, "start": start, "end": end, "value": value, "unit": unit,
            "base_value": base, "base_unit": base_unit, "bound": "=", "value_kind": kind, "scope": scope,
            "decimals": 0 if value == int(value) else 1,
        }  # fmt: skip
        key = observation_id(
            thing.id, metric, period=period, kind=kind, base_value=base, base_unit=base_unit, scope=scope
        )
        self.figures.append(Figure(key, thing.id, metric, properties))

    # ---- coverage -----------------------------------------------------------------------

    def _covered(self) -> Iterator[Covered]:
        """Some relations and classes that were read completely, here or everywhere."""
        names = [r.name for r in self.scope.relations] + [c.name for c in self.scope.things]
        for name in self.rng.sample(names, min(_COVERED, len(names))):
            yield Covered(name, self.rng.choice(["", self.rng.choice(self.places).id]))


def roles_of(relation: Relation, ontology: Ontology) -> list[str]:
    """The roles that a relation has words for."""
    return [role.value for role in ontology.roles.values() if relation.name in role.relations]


def _near(metric: Metric, other: Metric, ontology: Ontology) -> bool:
    def around(m: Metric) -> Iterable[str]:
        yield from (m.key, m.opposite, m.change_of, *ontology.broader_metrics(m.key))
        yield from ontology.narrower_metrics(m.key)

    return bool({k for k in around(metric) if k} & {k for k in around(other) if k})
