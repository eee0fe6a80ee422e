"""Answers that show a thing as a whole, a way between two things, or where something is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ontology.model import Labels, Ontology
from ontology.structure import SUPPORT_LISTS
from qa_service.answering.attributed import Clause, Told
from qa_service.answering.body import Body, sentence
from qa_service.answering.evidence import references_of
from qa_service.answering.execute import Outcome, named
from qa_service.answering.things_in_words import kind_of, relations_told, way_told

#: what stands in a cell at most, and how many things are named
_LONGEST = 60
_NAMED = 20

_COMMON: Mapping[str, tuple[str, str]] = {
    "class": ("类别", "class"),
    "subtype": ("细类", "kind"),
    "aliases": ("别称", "also called"),
    "code": ("代码", "code"),
}
#: what the kind of a thing says already
_IN_KIND = (("类别", "细类"), ("class", "kind"))
_CITED = {
    "name": ("名称", "name"),
    "text": ("原文", "text"),
    "document": ("资料", "document"),
    "section_title": ("章节", "section"),
    "source_title": ("来源", "source"),
    "url": ("网址", "address"),
    "grade": ("等级", "grade"),
}

Row = Mapping[str, object]


#: the things on a way without any between its ends
_ENDS = 2


def described(outcome: Outcome, ontology: Ontology, said: str, en: bool) -> Body:
    """The rows of a description, a citation or a path as a table that people can read."""
    answers = _answers(outcome.rows)
    if outcome.compiled.kind == "describe":
        return _thing(outcome, ontology, said, en, answers)
    if outcome.compiled.kind == "path":
        return _ways(outcome, ontology, en)
    return _cited(outcome, said, en, answers)


def _answers(rows: Iterable[Row]) -> tuple[str, ...]:
    names = []
    for row in rows:
        for key in ("target_name", "source_title", "document_name", "name", "value"):
            if row.get(key):
                names.append(str(row[key]))
                break
    return tuple(dict.fromkeys(n[:_LONGEST] for n in names))[:_NAMED]


def _thing(outcome: Outcome, ontology: Ontology, said: str, en: bool, answers: tuple[str, ...]) -> Body:
    """A line for each property that is recorded, under the words of the ontology."""
    rows: list[tuple[str, str]] = []
    passages = []
    for row in outcome.rows:
        own = named(outcome.of_item.get(str(row.get("id")), ()))
        for key, value in row.items():
            shown = _value(key, value, ontology, en)
            if key in ("id", "name", *SUPPORT_LISTS) or not shown:
                continue
            rows.append((_property(key, ontology, en), shown))
            passages.append(own)
    row = outcome.rows[0]
    told = relations_told(str(row.get("id")), outcome.edges, outcome.nodes, outcome.details, ontology, en)
    rows += [(name, value) for name, value, _ in told]
    passages += [refs for _, _, refs in told]
    kind = kind_of(row, ontology, en)
    about = [(name, value) for name, value in rows if name not in _IN_KIND[en]]
    text = sentence(said, answers, en)
    if about:
        names = (", " if en else "、").join(answers)
        facts = (f"{name}: {value}" if en else f"{name}：{value}" for name, value in about)
        whole = f"{names} ({kind}). {'; '.join(facts)}" if en else f"{names}（{kind}）。{'；'.join(facts)}"
        text = Told((Clause(whole),))
    columns = ("property", "value") if en else ("项目", "内容")
    return Body("answered", text, answers, columns, tuple(rows), passages=tuple(passages))


def _property(key: str, ontology: Ontology, en: bool) -> str:
    if key in _COMMON:
        return _COMMON[key][en]
    attribute = ontology.attributes.get(key)
    return _label(attribute.labels, en) if attribute else key


def _value(key: str, value: object, ontology: Ontology, en: bool) -> str:
    if value in (None, "", [], ()):
        return ""
    if key == "class" and str(value) in ontology.classes:
        return _label(ontology.classes[str(value)].labels, en)
    if key == "subtype" and str(value) in ontology.subtypes:
        return _label(ontology.subtypes[str(value)].labels, en)
    if isinstance(value, list | tuple):
        return (", " if en else "、").join(str(v) for v in value)
    return str(value)


def _ways(outcome: Outcome, ontology: Ontology, en: bool) -> Body:
    """The shortest ways: a line for each thing on one, with the relation that leads on from it; in
    words each relationship in its own direction."""
    rows, passages, ids, told = [], [], [], []
    for row in outcome.rows:
        names, classes = _list(row, "names"), _list(row, "classes")
        edges, types = _list(row, "relationships"), _list(row, "types")
        for n, (name, cls) in enumerate(zip(names, classes, strict=True)):
            relation = ontology.relations.get(types[n]) if n < len(types) else None
            known = ontology.classes.get(cls)
            label = _label(known.labels, en) if known else cls
            rows.append((name, label, _label(relation.labels, en) if relation else ""))
            edge = outcome.edges.get(edges[n]) if n < len(edges) else None
            passages.append(edge.passages if edge else ())
        ids += _list(row, "nodes")
        told.append(way_told(edges, outcome.edges, outcome.nodes, outcome.details, ontology, en))
    told = list(dict.fromkeys(t for t in told if t))
    text = "; ".join(told) + "." if en else "；".join(told) + "。"
    if len(told) > 1:
        text = f"{len(told)} shortest ways: {text}" if en else f"有{len(told)}条最短的联系：{text}"
    columns = ("name", "class", "relation") if en else ("名称", "类别", "关系")
    found = tuple(dict.fromkeys(name for row in outcome.rows for name in _list(row, "names")))
    if len(found) == _ENDS and told and all(len(t) <= _LONGEST for t in told):
        found = tuple(told)  # both were named: how one leads to the other is what is asked
    return Body("answered", text, found, columns, tuple(rows), ids=tuple(ids), passages=tuple(passages))


def qualified(outcome: Outcome, said: str, en: bool) -> Body:
    """What relationships say in a qualifier, with both of their ends beside it."""
    items = tuple(dict.fromkeys(str(r["value"]) for r in outcome.rows))
    rows = tuple((str(r["value"]), str(r["source_name"]), str(r["target_name"])) for r in outcome.rows)
    passages = tuple(named(references_of(r.get("passages"), ())) for r in outcome.rows)
    columns = ("value", "from", "to") if en else ("内容", "主体", "对象")
    ids = tuple(str(r["source"]) for r in outcome.rows)
    return Body("answered", sentence(said, items, en), items, columns, rows, ids=ids, passages=passages)


def _cited(outcome: Outcome, said: str, en: bool, answers: tuple[str, ...]) -> Body:
    """A line for each passage and each source that it names; what nothing has is left out."""
    shown = [key for key in _CITED if any(row.get(key) for row in outcome.rows)]
    rows = tuple(tuple("" if row.get(k) is None else str(row[k]) for k in shown) for row in outcome.rows)
    passages = tuple((str(row["passage"]),) if row.get("passage") else () for row in outcome.rows)
    columns = tuple(_CITED[key][en] for key in shown)
    return Body("answered", sentence(said, answers, en), answers, columns, rows, passages=passages)


def _list(row: Row, key: str) -> list[str]:
    value = row.get(key)
    return [str(v) for v in value] if isinstance(value, list | tuple) else []


def _label(labels: Labels, en: bool) -> str:
    return (labels.en if en else labels.zh) or labels.zh
