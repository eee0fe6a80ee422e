"""The meaning of a question: a tree without variables (architecture §5).

Each node denotes a set of entities, a set of observations, a set of values, or a number.
Names in it (classes, relations, subtypes, metrics) are the ontology's.

>>> Except(Within(Instances("Chain"), Entity("region:430200")),
...        Follow(Instances("Platform", "one_stop"), "HAS_PLATFORM", "in"))
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Literal

Direction = Literal["out", "in"]
Op = Literal["=", "!=", ">=", "<=", ">", "<", "contains"]


# ---- sets of entities -------------------------------------------------------


@dataclass(frozen=True)
class Entity:
    """One thing, by node id."""

    id: str


@dataclass(frozen=True)
class Instances:
    """All things of a class (of a subtype, narrower ones included)."""

    cls: str
    subtype: str = ""


@dataclass(frozen=True)
class Follow:
    """What is reached from ``source`` over ``relation``.

    ``direction`` "out": source –relation→ result; "in": result –relation→ source.
    ``where`` are qualifiers of the relationship that must hold: ``(("role", "=", "链主"),)``.
    A relation that the ontology lets be answered by another one too
    (HAS_PLATFORM ↔ SERVES reversed) is followed over both. Only stated relationships count.
    ``cls`` narrows the class of the result ("" = what the ontology allows).
    """

    source: EntitySet
    relation: str
    direction: Direction
    where: tuple[tuple[str, Op, str], ...] = ()
    cls: str = ""


@dataclass(frozen=True)
class Where:
    """Those of ``source`` whose property compares so (``subtype``, ``name``, ``year`` …)."""

    source: EntitySet
    property: str
    op: Op
    value: str | float


@dataclass(frozen=True)
class Within:
    """Those of ``source`` that are of ``place`` or a part of it, by the ways that the
    ontology names for their class (a chain also by its members; contract §2)."""

    source: EntitySet
    place: EntitySet


@dataclass(frozen=True)
class Whereabouts:
    """The places that things of ``source`` are of, the wider ones too: the other way round of
    Within. A firm in a park of 天元区 is in 天元区, 株洲市 and 湖南省."""

    source: EntitySet


@dataclass(frozen=True)
class Both:
    left: EntitySet
    right: EntitySet


@dataclass(frozen=True)
class Either:
    left: EntitySet
    right: EntitySet


@dataclass(frozen=True)
class Except:
    """``source`` without ``excluded``: negation and gaps (contract §3)."""

    source: EntitySet
    excluded: EntitySet


@dataclass(frozen=True)
class Subjects:
    """The things that the observations of ``source`` are about.

    >>> Subjects(Compared(Observations(Instances("Region"), "metric:pass_rate"), ">", 95.0, "%"))
    """

    source: ObservationSet


@dataclass(frozen=True)
class Qualifying:
    """Things of ``cls`` that some stated relationship of type ``relation`` names in its
    qualifier ``qualifier``: chains on which a supply is recorded (SUPPLIES, chain)."""

    cls: str
    relation: str
    qualifier: str


# ---- sets of observations, values and numbers --------------------------------


@dataclass(frozen=True)
class Observations:
    """Observations about ``subject`` of ``metric``.

    ``metric``: key of a metric node (``metric:…``), "" for any. ``period``: contract
    notation, "" for the latest on record. ``kind``: a value kind, "" for any.
    ``scope``: words that the observation's scope or phrase must contain.
    """

    subject: EntitySet
    metric: str
    period: str = ""
    kind: str = "actual"
    scope: tuple[str, ...] = ()


@dataclass(frozen=True)
class Compared:
    """Those of ``source`` whose value, in the base unit, compares so with ``value``; one that is recorded
    with a bound only where the bound says so: 超过8 is more than 8, 不足60 is not known to be more than 50.

    ``unit`` is a base unit (元, %, 家); "" compares whatever the unit is."""

    source: ObservationSet
    op: Op
    value: float
    unit: str = ""


@dataclass(frozen=True)
class Recorded:
    """Observations by id: figures that were found one by one and belong together in a
    calculation or side by side.

    >>> Difference(Recorded(("observation:a1",)), Recorded(("observation:b2",)))
    """

    ids: tuple[str, ...]


@dataclass(frozen=True)
class Value:
    """The value of each observation of ``source``."""

    source: ObservationSet


@dataclass(frozen=True)
class Property:
    """A property of each thing of ``source``: a document's number, a qualifier …"""

    source: EntitySet
    property: str


@dataclass(frozen=True)
class Qualifier:
    """What stated relationships of type ``relation`` at ``source`` say in their qualifier
    ``qualifier``: the products that a firm supplies. ``direction`` as in ``Follow``; ``to``
    narrows the other end.

    >>> Qualifier(Entity("enterprise:甲厂"), "SUPPLIES", "out", "product", to=Entity("enterprise:乙厂"))
    """

    source: EntitySet
    relation: str
    direction: Direction
    qualifier: str
    to: EntitySet | None = None


@dataclass(frozen=True)
class Count:
    source: EntitySet | ObservationSet


@dataclass(frozen=True)
class Sum:
    source: ObservationSet


@dataclass(frozen=True)
class Average:
    source: ObservationSet


@dataclass(frozen=True)
class Least:
    """The observation with the least value, and the thing it is about: all of them where several
    are level; of a ``GroupBy`` the thing with the smallest count."""

    source: ObservationSet | GroupBy


@dataclass(frozen=True)
class Most:
    source: ObservationSet | GroupBy


@dataclass(frozen=True)
class Top:
    """The ``k`` observations (or groups) with the greatest values, and those level with the last."""

    source: ObservationSet | GroupBy
    k: int


@dataclass(frozen=True)
class GroupBy:
    """How many of ``source`` there are for each thing reached over ``relation``; ``where`` as for
    ``Follow``: by tasks that they lead, not all that they have to do with."""

    source: EntitySet
    relation: str
    direction: Direction
    where: tuple[tuple[str, Op, str], ...] = ()


@dataclass(frozen=True)
class Difference:
    left: ObservationSet
    right: ObservationSet


@dataclass(frozen=True)
class Ratio:
    left: ObservationSet
    right: ObservationSet


@dataclass(frozen=True)
class Shifted:
    """What a figure of ``level`` is compared with by a recorded gap or change: the level less
    the gap, or plus where the gap says lower; divided by it where it is a number of times. Of a
    share it is the whole: the level divided by that.

    91.5 % that are 9.2 points more than elsewhere → 82.3 % elsewhere. The two are of one
    subject, and of one passage where they are prose.
    """

    level: ObservationSet
    gap: ObservationSet


@dataclass(frozen=True)
class Rest:
    """What is left of the whole of a share: 100 % less each of ``source``."""

    source: ObservationSet


@dataclass(frozen=True)
class Attained:
    """Each figure of ``actual`` less each comparable one of ``target``, and so whether the
    target is reached (which way is better is the metric's polarity)."""

    actual: ObservationSet
    target: ObservationSet


@dataclass(frozen=True)
class Against:
    """Those observations of ``source`` whose value compares so with one of ``other`` that is
    of the same subject and metric: targets below their own baseline; with ``times`` that many of it:
    targets of twice their baseline."""

    source: ObservationSet
    op: Op
    other: ObservationSet
    times: float = 1.0


@dataclass(frozen=True)
class Path:
    """A shortest way between two things over the domain's relationships."""

    start: Entity
    end: Entity


@dataclass(frozen=True)
class Exists:
    """Whether ``source`` has anything in it: yes/no questions."""

    source: EntitySet | ObservationSet


@dataclass(frozen=True)
class Describe:
    """Class, attributes and relations of one thing."""

    source: Entity


@dataclass(frozen=True)
class Cite:
    """Where ``source`` stands: documents, sections, passages and numbered sources."""

    source: EntitySet | ObservationSet


@dataclass(frozen=True)
class Passages:
    """Passages of prose by id, as they stand: what an answer was read from that is no
    recorded fact."""

    ids: tuple[str, ...]


EntitySet = (
    Entity | Instances | Follow | Where | Within | Whereabouts | Both | Either | Except
    | Qualifying | Subjects
)
ObservationSet = Observations | Compared | Recorded
LogicalForm = (
    EntitySet | ObservationSet | Value | Property | Qualifier | Count | Sum | Average | Least | Most | Top
    | GroupBy | Difference | Ratio | Shifted | Rest | Attained | Against
    | Path | Exists | Describe | Cite | Passages
)


def nodes(form: Any) -> Iterator[Any]:
    """The form and all forms in it, outer ones first.

    >>> list(nodes(Count(Instances("Chain"))))
    [Count(source=Instances(cls='Chain', subtype='')), Instances(cls='Chain', subtype='')]
    """
    yield form
    for field in fields(form):
        value = getattr(form, field.name)
        if is_dataclass(value):
            yield from nodes(value)


def mapped(form: Any, change: Callable[[Any], Any]) -> LogicalForm:
    """The form with every node changed, inner ones first.

    >>> mapped(Count(Instances("Chain")), lambda n: Instances("Park") if isinstance(n, Instances) else n)
    Count(source=Instances(cls='Park', subtype=''))
    """
    inner: dict[str, Any] = {
        field.name: mapped(value, change)
        for field in fields(form)
        if is_dataclass(value := getattr(form, field.name))
    }
    made: LogicalForm = change(replace(form, **inner) if inner else form)
    return made


def with_node(form: LogicalForm, old: EntitySet, new: EntitySet) -> LogicalForm:
    """The form with one node in place of another, wherever it stands."""
    return mapped(form, lambda node: new if node == old else node)
