"""Ids of nodes, relationships and observations (contract §1): readable where a person reads
them, and a function of what they denote, so that the same fact has the same id in every
document and on every machine.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from graph.dialect import quoted
from graph.types import Value
from ontology import structure
from ontology.lexicon.normalise import fold
from ontology.model import Relation


def node_id(cls: str, key: str) -> str:
    """``class:key``.

    >>> node_id("Enterprise", "三一重工")
    'enterprise:三一重工'
    """
    return f"{cls.lower()}:{key}"


def entity_key(name: str, place: str = "") -> str:
    """The key of a thing without a code of its own: its normalised full name, behind the place
    that the document states where the name alone does not tell things of its kind apart.

    >>> entity_key("轨道交通装备", "430200")
    '430200/轨道交通装备'
    """
    key = fold(name)
    return f"{place}/{key}" if place else key


def key_of(node: str) -> str:
    """What stands behind the class in a node id."""
    return node.partition(":")[2]


def label_pattern(ids: Iterable[str], classes: Iterable[str]) -> str:
    """What a pattern says of nodes that have these ids: ``:Chain|Region``. One engine finds ids by
    an index of their label only; "" where an id does not tell its class.

    >>> label_pattern(["region:430200", "chain:工程机械"], ["Chain", "Park", "Region"])
    ':`Chain`|`Region`'
    """
    known = {cls.lower(): cls for cls in classes}
    found = {"" if "#" in node else known.get(node.partition(":")[0], "") for node in ids}
    return "" if "" in found or not found else ":" + "|".join(quoted(cls) for cls in sorted(found))


def document_id(document: str) -> str:
    """The node id of a document: ``document:DOC``."""
    return node_id(structure.DOCUMENT, document)


def content_id(document: str, part: int, kind: str = "") -> str:
    """The node id of a part of a document's content: ``content:DOC/0``; ``content:DOC/mapping/0``."""
    return node_id(structure.CONTENT, "/".join((document, *([kind] if kind else ()), str(part))))


def source_id(title: str, url: str = "", published: str = "") -> str:
    """The node id of a numbered or cited source: two entries with one address are one source."""
    return node_id(structure.SOURCE, url.strip() or _digest(["source", fold(title), published]))


def scope_text(scope: Mapping[str, str]) -> str:
    """Qualifiers of an observation as one string: sorted, empty ones dropped.

    >>> scope_text({"范围": "省级", "产品": "电梯"})
    '产品=电梯;范围=省级'
    """
    return ";".join(f"{_plain(k)}={_plain(v)}" for k, v in sorted(scope.items()) if v)


def relationship_id(
    relation: Relation,
    source: str,
    target: str,
    polarity: str = structure.STATED,
    qualifiers: Mapping[str, Value] | None = None,
) -> str:
    """16 hex digits over type, end ids, polarity and the qualifiers that the ontology marks as
    identifying. Other qualifiers (a year of delivery) do not make another relationship."""
    given = qualifiers or {}
    identifying = {q: str(given[q]) for q in relation.identifying if given.get(q) not in (None, "")}
    return _digest([relation.name, source, target, polarity, identifying])


def observation_id(
    subject: str,
    metric: str,
    *,
    period: str = "",
    kind: str = "actual",
    base_value: float | None = None,
    low: float | None = None,
    high: float | None = None,
    text: str = "",
    base_unit: str = "",
    bound: str = "=",
    scope: str = "",
) -> str:
    """The node id of an observation. ``metric`` is the id of the ontology's metric, else the
    phrase as written (normalised here); ``low`` and ``high`` are in base units."""
    phrase = metric if metric.startswith(node_id(structure.METRIC, "")) else fold(metric)
    numbers = [None if n is None else float(n) for n in (base_value, low, high)]
    value = [*numbers, fold(text), base_unit, bound or "="]
    return node_id(structure.OBSERVATION, _digest([subject, phrase, period, kind, *value, scope]))


#: one for all ids: json.dumps makes a new one each time
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _digest(parts: list[object]) -> str:
    return hashlib.sha256(_ENCODER.encode(parts).encode()).hexdigest()[:16]


def _plain(text: str) -> str:
    """Without the two separators of a scope, so that a scope can be taken apart again."""
    return text.replace(";", "；").replace("=", "＝").strip()
