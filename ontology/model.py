"""The ontology as the code sees it, read from the ``.ttl`` files and any the user adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Labels:
    """Words for a term. ``alt`` holds all other words, Chinese and English."""

    zh: str
    en: str
    alt: tuple[str, ...] = ()

    def all(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(w for w in (self.zh, self.en, *self.alt) if w))


@dataclass(frozen=True)
class Step:
    """One step of a property path: a relation and its direction, seen from the thing."""

    relation: str
    direction: Literal["out", "in"]


@dataclass(frozen=True)
class Class:
    """A class of things: one label in the graph.

    ``placed_by``: the ways in which such a thing is "of" a place, each a path of steps
    that ends at a place (chain: [LOCATED_IN out], [MEMBER_OF in, LOCATED_IN out] …).
    ``place_in_key``: the node id carries the place (chains, clusters).
    ``is_place``: regions, parks. ``structural``: no word of a question denotes it.
    """

    name: str
    labels: Labels
    comment: str = ""
    parent: str = ""
    placed_by: tuple[tuple[Step, ...], ...] = ()
    place_in_key: bool = False
    is_place: bool = False
    structural: bool = False
    extract_name: str = ""


@dataclass(frozen=True)
class Subtype:
    """A finer class that is a property (``subtype``): one_stop of Platform.

    ``broader`` is the wider subtype; ``generic`` names of it carry the place in the key."""

    key: str
    cls: str
    labels: Labels
    broader: str = ""


@dataclass(frozen=True)
class Relation:
    """A relation between classes: one relationship type in the graph.

    ``labels`` are words that lead from subject to object ("供应"), ``inverse_labels``
    words that name the subject seen from the object ("供应商"). ``roles``: words that say a
    value of the ``role`` qualifier (链主 → role 链主). ``also``: other steps by which the
    same question may be answered, seen from the subject (HAS_PLATFORM: SERVES in).
    """

    name: str
    labels: Labels
    inverse_labels: Labels
    domain: frozenset[str]
    range: frozenset[str]
    identifying: tuple[str, ...] = ()
    qualifiers: Mapping[str, str] = None  # type: ignore[assignment]  # name → xsd type
    implies: tuple[str, ...] = ()
    also: tuple[Step, ...] = ()
    transitive: bool = False
    symmetric: bool = False
    structural: bool = False
    extract_name: str = ""


@dataclass(frozen=True)
class Attribute:
    """A typed property of a class (document number, level …)."""

    name: str
    labels: Labels
    domain: frozenset[str]
    datatype: str


@dataclass(frozen=True)
class Metric:
    """A metric of the SKOS scheme. ``polarity``: +1 more is better, -1 less is better, 0.
    ``opposite`` is the key of its complement (合格率 ↔ 不合格率); ``broader`` the wider one."""

    key: str
    labels: Labels
    unit: str = ""
    polarity: int = 0
    opposite: str = ""
    broader: str = ""


@dataclass(frozen=True)
class Ontology:
    classes: Mapping[str, Class]
    relations: Mapping[str, Relation]
    attributes: Mapping[str, Attribute]
    subtypes: Mapping[str, Subtype]
    metrics: Mapping[str, Metric]
