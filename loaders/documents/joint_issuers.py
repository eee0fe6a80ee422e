"""Party and government that issue as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from loaders.facts import EntityFact, Fact, RelationFact, Thing


def jointly(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Party and government issue as one (中共中央、国务院; 省委、省政府): one line for both."""
    held: Fact | None = None
    for fact in facts:
        joint = _joint(held, fact) if held is not None else None
        if held is not None and joint is None:
            yield held
        held = joint or fact
    if held is not None:
        yield held


def _joint(left: Fact, right: Fact) -> Fact | None:
    match left, right:
        case EntityFact(), EntityFact() if left.passage == right.passage:
            both = _both(left.entity, right.entity)
            return replace(left, entity=both, quote=left.quote) if both is not None else None
        case RelationFact(), RelationFact() if (left.relation, left.quote) == (right.relation, right.quote):
            both = _both(left.object, right.object)
            if both is not None and left.subject == right.subject and both.name in left.quote:
                return replace(left, object=both)
    return None


def _both(left: Thing, right: Thing) -> Thing | None:
    if left.cls != right.cls or left.cls != "Institution":
        return None
    central = (left.name, right.name) == ("中共中央", "国务院")
    # 乙省委、省政府: the place is said once
    level = left.name[-2:].removesuffix("委")
    government = (left.name.removesuffix("委") + "政府", level + "政府")
    if central or (left.name.endswith("委") and level in tuple("省市县区州") and right.name in government):
        return replace(left, name=f"{left.name}、{right.name}", mention="", aliases=())
    return None
