"""Facts as a loader finds them in one document, before they are resolved to nodes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ontology.lexicon.mention import Period, Quantity


@dataclass(frozen=True, slots=True)
class Thing:
    """The end of a fact: a thing as one document speaks of it.

    ``name`` is the full name that the document gives (after its own 以下简称, 全市 → the
    place of the document …), ``mention`` the characters at this place. ``place`` is the
    six-digit code or the name of the place that the document states for it (contract §1:
    part of the key of chains, clusters and generically named platforms/institutions).
    ``id`` is given where the thing already has one (a section, a task, a coded region).
    """

    cls: str
    name: str
    mention: str = ""
    subtype: str = ""
    place: str = ""
    code: str = ""
    id: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EntityFact:
    """A thing is named here, perhaps with attributes (``document_number``, ``date`` …)."""

    entity: Thing
    passage: str
    quote: str
    source: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RelationFact:
    """subject –relation→ object. ``relation`` is the local name in the graph (LOCATED_IN)."""

    subject: Thing
    relation: str
    object: Thing
    passage: str
    quote: str
    source: str = ""
    polarity: str = "stated"
    qualifiers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ObservationFact:
    """A figure (or a text where the value is no number) about a subject.

    ``metric`` is the phrase as written, with what qualifies it; ``scope`` holds
    qualifiers that are no part of the phrase (产品, 范围, 口径, 属性 …).
    """

    subject: Thing
    metric: str
    passage: str
    quote: str
    kind: str = "actual"
    period: Period | None = None
    quantity: Quantity | None = None
    text: str = ""
    scope: Mapping[str, str] = field(default_factory=dict)
    source: str = ""


Fact = EntityFact | RelationFact | ObservationFact


@dataclass(frozen=True, slots=True)
class Rejection:
    """What did not reach the graph, where it stood and why. ``code`` is from
    ``loaders.check.CODES``; ``where`` is a passage reference's part behind the ``#``."""

    document: str
    where: str
    code: str
    reason: str
