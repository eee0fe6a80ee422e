"""Readings from things to the parts of documents that they have to do with.

县商务局参与哪几项任务; two things (县工信局和县商务局都参与的任务), several roles (牵头或者参与的),
and what is denied: 没有县统计局参与的任务, 县发改局参与但不牵头的任务, 县工信局参与而县商务局不参与的.
Each thing takes the roles that are said behind it, up to the next thing; where none are, those of
the next. What is denied stands right behind a negation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import islice, product

from qa_service.readings.asked_parts import Asks, Role, counted, every_of, homes, inside, made
from qa_service.readings.reading import Reading
from qa_service.session import Session
from queries.logical_form import Both, Either, Entity, EntitySet, Except, Follow

_OR = re.compile("或")
_AND = re.compile("[和与跟及、]|以及")
#: 哪项任务 …: the class is what is asked
_WHICH = re.compile(r"(?:哪|什么)[^,。?]{0,3}$")
#: readings of names that several bear
_BEARERS = 4


@dataclass(frozen=True)
class _Claim:
    """That a thing stands in a role to a part, or that it does not."""

    parts: EntitySet
    denied: bool


def of_things(asks: Asks, session: Session) -> Iterator[Reading]:
    """The parts that the things of a question have to do with."""
    if asks.negation:
        asks = replace(asks, documents=homes(asks, session))
    if asks.asks_body:
        return
    for relation, part in dict.fromkeys((r.relation, r.part) for r in asks.roles):
        if asks.classes and part not in asks.classes:
            continue
        said = [(r, m) for r, m in asks.said_roles if (r.relation, r.part) == (relation, part)]
        things = _things(asks, said)
        if not things:
            continue
        explained = asks.role_mask | asks.class_mask | asks.has("part") | asks.negation | asks.has("joint")
        for span in things:
            explained |= span
        # a name that several bear gives a reading for each
        for nodes in islice(product(*things.values()), _BEARERS):
            claims = list(_claims(asks, said, dict(zip(things, nodes, strict=True))))
            form = counted(_form(asks, part, claims), asks)
            rule = f"parts_of_things: {len(claims)} claims"
            yield made(asks, form, explained, rule, -0.02 if behind_which(asks) else 0.0)


def behind_which(asks: Asks) -> bool:
    """Whether the class of parts is what is asked."""
    return _WHICH.search(asks.text[: _first(asks.class_mask)]) is not None


def _things(asks: Asks, said: Sequence[tuple[Role, int]]) -> dict[int, list[str]]:
    """Characters → the things that they may name, in their order."""
    found: dict[int, list[str]] = {}
    for node, cls, span in sorted(asks.things, key=lambda t: _first(t[2])):
        if any(cls in role.other for role, _ in said):
            found.setdefault(span, []).append(node)
    return found


def _claims(asks: Asks, said: Sequence[tuple[Role, int]], things: Mapping[int, str]) -> Iterator[_Claim]:
    marks = [n for n in range(len(asks.text)) if asks.negation >> n & 1]
    events = sorted([*map(_first, things), *(_first(m) for _, m in said)])
    spans = list(things)

    def denied(at: int) -> bool:
        before = max((e for e in events if e < at), default=-1)
        return any(before < n < at for n in marks)

    roles: dict[int, list[tuple[Role, int]]] = {span: [] for span in spans}
    for role, mask in said:
        behind = [s for s in spans if _first(s) < _first(mask)]
        roles[behind[-1] if behind else spans[0]].append((role, mask))
    last = _behind_all(events, marks)
    not_it = False
    for n, span in enumerate(spans):
        own = roles[span] or next((roles[s] for s in spans[n:] if roles[s]), list(said[:1]))
        joined = n > 0 and _AND.fullmatch(asks.text, spans[n - 1].bit_length(), _first(span))
        not_it = denied(_first(span)) or last or bool(joined and not_it)
        agreed = [r for r, m in own if not denied(_first(m))]
        others = [r for r, m in own if r not in agreed]
        if agreed:
            yield _Claim(_fold(Either, [_reached(things[span], r) for r in agreed]), not_it)
        for role in others:
            yield _Claim(_reached(things[span], role), not not_it)


def _behind_all(events: Sequence[int], marks: Sequence[int]) -> bool:
    """县统计局参与的任务里没有的: a negation behind everything that it could deny."""
    return bool(marks) and min(marks) > max(events)


def _reached(node: str, role: Role) -> EntitySet:
    return Follow(Entity(node), role.relation, role.to_part, role.where, cls=role.part)


def _form(asks: Asks, part: str, claims: Sequence[_Claim]) -> EntitySet:
    agreed = [c.parts for c in claims if not c.denied]
    against = [c.parts for c in claims if c.denied]
    join = Either if _OR.search(asks.text) else Both
    form = inside(asks, _fold(join, agreed), part) if agreed else every_of(asks, part)
    return Except(form, _fold(Either, against)) if against else form


def _fold(join: Callable[[EntitySet, EntitySet], EntitySet], sets: Sequence[EntitySet]) -> EntitySet:
    return reduce(join, sets)


def _first(mask: int) -> int:
    return (mask & -mask).bit_length() - 1 if mask else 0
