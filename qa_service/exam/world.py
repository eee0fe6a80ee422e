"""The facts of a made-up graph, as plain values: who states what, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from graph.types import Value
from ontology.structure import STATED


@dataclass(frozen=True)
class Thing:
    id: str
    cls: str
    name: str
    subtype: str = ""


@dataclass(frozen=True)
class Link:
    source: str
    relation: str
    target: str
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    polarity: str = STATED


@dataclass(frozen=True)
class Figure:
    """An observation: ``properties`` as they stand on its node, ``metric`` the id of what it measures."""

    id: str
    subject: str
    metric: str
    properties: Mapping[str, Value]


@dataclass(frozen=True)
class Covered:
    """``covers`` (a class, finer class or relation) was read completely in ``region`` ("" is everywhere)."""

    covers: str
    region: str = ""


Fact = Thing | Link | Figure | Covered


@dataclass(frozen=True)
class World:
    """What each document states. One fact may stand in several.

    >>> World((("a.csv", Thing("club:1", "Club", "合唱团")),)).things["club:1"].name
    '合唱团'
    """

    stated: tuple[tuple[str, Fact], ...]
    #: ids of metrics → the labels that name them here
    metrics: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def things(self) -> Mapping[str, Thing]:
        return {fact.id: fact for _, fact in self.stated if isinstance(fact, Thing)}

    @cached_property
    def links(self) -> tuple[Link, ...]:
        found = {}
        for _, fact in self.stated:
            if isinstance(fact, Link):
                qualifiers = tuple(sorted(fact.qualifiers.items()))
                found[fact.source, fact.relation, fact.target, fact.polarity, qualifiers] = fact
        return tuple(found.values())

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        return tuple({fact.id: fact for _, fact in self.stated if isinstance(fact, Figure)}.values())

    @cached_property
    def covered(self) -> tuple[Covered, ...]:
        return tuple(dict.fromkeys(fact for _, fact in self.stated if isinstance(fact, Covered)))

    @cached_property
    def documents(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(document for document, _ in self.stated))
