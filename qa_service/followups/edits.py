"""Edits of a logical form: another thing, period, metric, kind or sort in place of its own.

Each gives the edited form, or None where the form has no place for it. What the ontology does
not allow is found by the check of forms (``queries.check``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from ontology.model import Ontology
from ontology.structure import REGION
from queries import logical_form as lf
from queries.check import classes_of, is_entity_set
from queries.logical_form import LogicalForm, mapped, nodes, with_node
from queries.period import bounds
from queries.terms import class_of, places

#: what makes a form one that is calculated or read from the text: edited in words instead
_CLOSED = (lf.Passages, lf.Recorded, lf.Shifted, lf.Rest, lf.Attained, lf.Against, lf.Difference, lf.Ratio)


def editable(form: LogicalForm) -> bool:
    """Whether the form itself can be edited.

    >>> editable(lf.Passages(("a#1-2",))), editable(lf.Entity("region:430200"))
    (False, True)
    """
    return not any(isinstance(node, _CLOSED) for node in nodes(form))


def with_thing(
    form: LogicalForm, candidates: Sequence[tuple[str, str]], ontology: Ontology
) -> LogicalForm | None:
    """Another thing in place of the one of its sort; a place that the form has none of restricts
    what is found. None where the form has several of the sort, or none."""
    named = {node.id for node in nodes(form) if isinstance(node, lf.Entity)}
    for ident, cls in candidates:
        same = {n for n in named if _sort(class_of(ontology, n), ontology) == _sort(cls, ontology)}
        if len(same) == 1:
            return with_node(form, lf.Entity(*same), lf.Entity(ident))
        if not same and cls in places(ontology):
            return _at_head(form, _inside(lf.Entity(ident)))
    return None


def _inside(place: lf.Entity) -> Callable[[lf.EntitySet], lf.EntitySet]:
    return lambda source: lf.Within(source, place)


def with_period(form: LogicalForm, period: str) -> LogicalForm | None:
    """The same figures of another period."""
    if not any(isinstance(n, lf.Observations) for n in nodes(form)):
        return None
    return mapped(form, lambda n: replace(n, period=period) if isinstance(n, lf.Observations) else n)


def shifted(form: LogicalForm, years: int, shown: Sequence[str]) -> LogicalForm | None:
    """The same figures so many years on; ``shown`` are the periods of the figures before, which
    count where the form names none."""
    named = {n.period for n in nodes(form) if isinstance(n, lf.Observations) and n.period} or set(shown)
    if len(named) != 1 or not bounds(*named):
        return None
    (period,) = named
    year, rest = period[:4], period[4:]
    return with_period(form, f"{int(year) + years:04d}{rest}") if "/" not in period else None


def with_metric(form: LogicalForm, metric: str) -> LogicalForm | None:
    """Another figure of the same thing; what only the figure before was of is left out."""
    if not any(isinstance(n, lf.Observations) for n in nodes(form)):
        return None
    return mapped(
        form, lambda n: replace(n, metric=metric, scope=()) if isinstance(n, lf.Observations) else n
    )


def with_kind(form: LogicalForm, kind: str) -> LogicalForm | None:
    """The same figure as a target, as it was at the start …: of whatever period that is recorded."""
    if not any(isinstance(n, lf.Observations) for n in nodes(form)):
        return None
    return mapped(form, lambda n: replace(n, kind=kind, period="") if isinstance(n, lf.Observations) else n)


def with_sort(form: LogicalForm, cls: str, subtype: str, ontology: Ontology) -> LogicalForm | None:
    """Things of another class or subtype: in place of the one of its class, else of what is found."""
    wanted = lf.Instances(cls, subtype)
    own = {n for n in nodes(form) if isinstance(n, lf.Instances) and n.cls == cls}
    if len(own) == 1:
        (old,) = own
        return None if old == wanted else with_node(form, old, wanted)

    def change(source: lf.EntitySet) -> lf.EntitySet:
        if isinstance(source, lf.Instances):
            return wanted
        if isinstance(source, lf.Follow) and source.cls and source.cls != cls:
            source = replace(source, cls=cls)
        return lf.Both(source, wanted)

    return _at_head(form, change)


def narrowed_to(form: LogicalForm, wanted: lf.EntitySet, ontology: Ontology) -> LogicalForm | None:
    """Those of what is found that are of some sort too."""

    def change(source: lf.EntitySet) -> lf.EntitySet:
        classes = classes_of(wanted, ontology)
        if isinstance(source, lf.Instances) and not source.subtype and {source.cls} >= classes:
            return wanted
        return lf.Both(source, wanted)

    return _at_head(form, change)


def with_role(form: LogicalForm, role: str, relations: Sequence[str]) -> LogicalForm | None:
    """Those with another role in the same relation."""
    if not any(isinstance(n, lf.Follow) and n.relation in relations for n in nodes(form)):
        return None

    def change(node: Any) -> Any:
        if not isinstance(node, lf.Follow) or node.relation not in relations:
            return node
        kept = tuple(w for w in node.where if w[0] != "role")
        return replace(node, where=(*kept, ("role", "=", role)))

    return mapped(form, change)


def of_each(form: LogicalForm, wanted: lf.Instances, ontology: Ontology) -> LogicalForm | None:
    """The figures of each place of a level inside the place that they were of."""
    if not isinstance(form, lf.Observations) or wanted.cls not in places(ontology):
        return None
    subject = form.subject
    inside: lf.EntitySet = wanted
    if isinstance(subject, lf.Entity) and class_of(ontology, subject.id) == REGION:
        inside = lf.Within(wanted, subject)
    elif isinstance(subject, lf.Within):
        inside = lf.Within(wanted, subject.place)
    return replace(form, subject=inside)


def counted(form: LogicalForm) -> LogicalForm | None:
    """How many there are."""
    if isinstance(form, lf.Exists):
        form = form.source
    return lf.Count(form) if is_entity_set(form) else None


def listed(form: LogicalForm) -> LogicalForm | None:
    """Which they are, that were counted or asked for as such."""
    return form.source if isinstance(form, lf.Count | lf.Exists) else None


def extreme(form: LogicalForm, *, least: bool) -> LogicalForm | None:
    """The highest or lowest of several figures."""
    if isinstance(form, lf.Most | lf.Least):
        form = form.source
    if not isinstance(form, lf.Observations) or isinstance(form.subject, lf.Entity):
        return None
    return lf.Least(form) if least else lf.Most(form)


def having(form: LogicalForm) -> LogicalForm | None:
    """Those that have what the others lack."""
    if isinstance(form, lf.Count | lf.Exists):
        form = form.source
    return lf.Both(form.source, form.excluded) if isinstance(form, lf.Except) else None


def found_set(form: LogicalForm) -> lf.EntitySet | None:
    """The set of things that a form lists, counts or asks after."""
    inner = form.source if isinstance(form, lf.Count | lf.Exists | lf.Cite) else form
    return inner if is_entity_set(inner) and not isinstance(inner, lf.Entity) else None


def _sort(cls: str, ontology: Ontology) -> str:
    """Places of all levels are one sort, other things are of their class."""
    return REGION if cls in places(ontology) else cls


def _at_head(form: Any, change: Callable[[lf.EntitySet], lf.EntitySet]) -> LogicalForm | None:
    """The form with what it finds changed: the things under counts, gaps and restrictions; None
    where it finds one named thing or none."""
    if isinstance(form, lf.Entity | lf.Describe):
        return None
    if isinstance(form, lf.Observations):
        if isinstance(form.subject, lf.Entity):
            return None
        subject = _at_head(form.subject, change)
        return replace(form, subject=subject) if subject is not None and is_entity_set(subject) else None
    if isinstance(form, lf.Within | lf.Where | lf.Except) or not is_entity_set(form):
        source = getattr(form, "source", None)
        inner = _at_head(source, change) if source is not None else None
        return None if inner is None else _with_source(form, inner)
    return change(form)


def _with_source(form: Any, source: LogicalForm) -> LogicalForm:
    made: LogicalForm = replace(form, source=source)
    return made
