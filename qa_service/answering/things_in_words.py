"""A thing in words: what it is, where it stands, how it hangs together with others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ontology.model import Labels, Ontology
from ontology.structure import LOCATED_IN, PART_OF
from qa_service.answering.answer_types import GraphEdge, GraphNode

#: names told of one relation, and sentences of one thing
_NAMES = 8
_SAID = 8
#: what a reader wants to know first
_FIRST = (LOCATED_IN, PART_OF)


def label(labels: Labels, english: bool) -> str:
    return (labels.en or labels.zh) if english else (labels.zh or labels.en)


def kind_of(row: Mapping[str, object], ontology: Ontology, english: bool) -> str:
    """The finer class of a thing, else its class, by the ontology's label."""
    subtype = ontology.subtypes.get(str(row.get("subtype") or ""))
    known = ontology.classes.get(str(row.get("class") or ""))
    if subtype is not None:
        return label(subtype.labels, english)
    return label(known.labels, english) if known else ""


def relations_told(
    node: str,
    edges: Mapping[str, GraphEdge],
    nodes: Mapping[str, GraphNode],
    roles: Mapping[str, str],
    ontology: Ontology,
    english: bool,
) -> list[tuple[str, str, tuple[str, ...]]]:
    """A word, the names and the passages for each relation of a thing, seen from it: 位于 娄底市 ·
    供应商 甲厂、乙厂.

    Where a relation implies another (a leader is a member), only the stronger one is told.
    """
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    passages: dict[tuple[str, str], list[str]] = defaultdict(list)
    pairs: dict[str, set[tuple[str, str]]] = defaultdict(set)
    kept = sorted(edges.values(), key=lambda e: (e.type not in _FIRST, e.type, e.id))
    for edge in kept:
        pairs[edge.type].add((edge.source, edge.target))
    for edge in kept:
        if any(
            (edge.source, edge.target) in pairs[r.name]
            for r in ontology.relations.values()
            if edge.type in r.implies
        ):
            continue
        way, other = ("out", edge.target) if edge.source == node else ("in", edge.source)
        name = nodes[other].name if other in nodes else other.partition(":")[2]
        role = roles.get(edge.id, "")
        name = (f"{name} ({role})" if english else f"{name}（{role}）") if role else name
        if name and name not in found[edge.type, way]:
            found[edge.type, way].append(name)
            passages[edge.type, way] += edge.passages[:1]
    told = []
    for (relation, way), names in found.items():
        known = ontology.relations[relation]
        word = label(known.labels if way == "out" else known.inverse_labels, english) or label(
            known.labels, english
        )
        more = len(names) - _NAMES
        if english:
            end = f" and {more} more" if more > 0 else ""
            said = f"{', '.join(names[:_NAMES])}{end}"
        else:
            end = f"等{len(names)}个" if more > 0 else ""
            said = f"{'、'.join(names[:_NAMES])}{end}"
        told.append((word, said, tuple(passages[relation, way][:_NAMES])))
    return told[:_SAID]


def way_told(
    along: Sequence[str],
    edges: Mapping[str, GraphEdge],
    nodes: Mapping[str, GraphNode],
    details: Mapping[str, str],
    ontology: Ontology,
    english: bool,
) -> str:
    """One way in words, each relationship in its own direction: 甲厂供应乙厂（轴承），乙厂位于株洲市."""
    said = []
    for ident in along:
        edge = edges.get(ident)
        if edge is None:
            continue
        names = [nodes[n].name if n in nodes else n for n in (edge.source, edge.target)]
        word = label(ontology.relations[edge.type].labels, english)
        detail = details.get(ident, "")
        if english:
            said.append(f"{names[0]} {word} {names[1]}" + (f" ({detail})" if detail else ""))
        else:
            said.append(f"{names[0]}{word}{names[1]}" + (f"（{detail}）" if detail else ""))
    return (", " if english else "，").join(said)
