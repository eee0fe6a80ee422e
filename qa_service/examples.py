"""Questions to begin with: made from what the graph holds, and only those that it can answer.

Which relations, classes and metrics there are comes from the ontology and the graph, so a graph of
something else gets examples of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from graph.dialect import quoted
from graph.types import CypherStatement
from ontology import structure
from ontology.errors import KnowledgeGraphError
from ontology.model import Relation
from qa_service.ask import ask
from qa_service.browse.metrics import conflicts
from qa_service.session import Session

#: examples of one kind, and questions of one kind that are tried for them
_EACH: Final = 2
_TRIED: Final = 4
#: characters of a kind's name that does not stand alone
_SHORTEST: Final = 2

_FIGURES: Final = f"""\
MATCH (x)<-[:{structure.ABOUT}]-(o:{structure.OBSERVATION})-[:{structure.MEASURES}]->(m:{structure.METRIC})
WHERE o.value_kind = $kind AND o.base_value IS NOT NULL AND o.scope IS NULL
RETURN DISTINCT m.name AS metric, x.name AS subject, o.period AS period, x.class AS cls
ORDER BY period DESC, metric, subject
LIMIT 400"""


@dataclass(frozen=True)
class Example:
    """A question that is answered here, and what it shows."""

    question: str
    shows_zh: str
    shows_en: str


def examples(session: Session) -> Iterator[Example]:
    """A few of each kind, each tried: an example that gets no answer would be none."""
    found: set[str] = set()
    for kind in (_disagreements, _figures, _gaps, _relations, _lists):
        fits = 0
        for number, example in enumerate(kind(session)):
            if fits == _EACH or number == _TRIED:
                break
            if example.question not in found and _answered(example.question, session):
                found.add(example.question)
                fits += 1
                yield example


def _answered(question: str, session: Session) -> bool:
    try:
        return ask(question, session).status == "answered"
    except KnowledgeGraphError:
        return False


def _disagreements(session: Session) -> Iterator[Example]:
    for pair in conflicts(session, kind="conflict", limit=_TRIED).conflicts:
        if _is_year(pair.period):
            question = f"{pair.subject.name}{pair.period}年{pair.metric}是多少？"
            yield Example(question, "资料说法不一", "sources disagree")


def _figures(session: Session) -> Iterator[Example]:
    rows = session.store.read(CypherStatement(_FIGURES, {"kind": "actual"})).rows
    seen: set[object] = set()
    for metric, subject, period, _ in rows:
        if metric not in seen and _is_year(str(period)):
            seen.add(metric)
            yield Example(f"{subject}{period}年{metric}是多少？", "指标的值", "the value of a metric")


def _is_year(period: str) -> bool:
    return len(period) == 4 and period.isdigit()


def _relations(session: Session) -> Iterator[Example]:
    """Who stands at the other end, for those of which most is recorded."""
    for relation in _told(session):
        for name, _ in _busiest(relation, session):
            yield Example(f"{name}的{relation.inverse_labels.zh}有哪些？", "谁和谁", "who with whom")
            break


def _told(session: Session) -> list[Relation]:
    """Relations between things that are no places, those with qualifiers of their own first."""
    places = session.ontology.places()
    fitting = [
        r
        for r in session.ontology.relations.values()
        if not r.structural and r.inverse_labels.zh and not places & r.range and r.domain
    ]
    return sorted(fitting, key=lambda r: (-len(r.identifying), r.name))


def _busiest(relation: Relation, session: Session) -> list[tuple[str, int]]:
    query = (
        f"MATCH (a)-[r:{quoted(relation.name)} {{polarity: $stated}}]->(b) "
        "RETURN b.name AS name, count(DISTINCT a.id) AS n ORDER BY n DESC, name LIMIT 3"
    )
    rows = session.store.read(CypherStatement(query, {"stated": structure.STATED})).rows
    return [(str(name), int(str(n))) for name, n in rows]


def _regions(cls: str, session: Session) -> Iterable[str]:
    """Places with most things of a class."""
    query = (
        f"MATCH (x:{quoted(cls)})-[:{structure.LOCATED_IN}]->(p:{structure.REGION}) "
        "RETURN p.name AS name, count(DISTINCT x.id) AS n ORDER BY n DESC, name LIMIT 3"
    )
    return [str(name) for name, _ in session.store.read(CypherStatement(query)).rows]


def _gaps(session: Session) -> Iterator[Example]:
    """Where something is lacking: classes whose members stand at stages, and what may serve them."""
    ontology = session.ontology
    for cls in ontology.classes.values():
        if not cls.staged:
            continue
        reached = {c for r in ontology.relations.values() if cls.name in r.domain for c in r.range}
        lacking = sorted(reached - ontology.places())
        for region in list(_regions(cls.name, session))[:1]:
            for subtype in _kinds(lacking, session):
                yield Example(f"{region}哪些{cls.labels.zh}没有{subtype}？", "缺什么", "what is lacking")


def _kinds(classes: Iterable[str], session: Session) -> list[str]:
    """The kinds of things of these classes that there are, the most frequent first."""
    counted: list[tuple[int, str]] = []
    for cls in classes:
        query = (
            f"MATCH (x:{quoted(cls)}) WHERE x.subtype IS NOT NULL "
            "RETURN x.subtype AS kind, count(x.id) AS n ORDER BY kind"
        )
        for kind, n in session.store.read(CypherStatement(query)).rows:
            known = session.ontology.subtypes.get(str(kind))
            # 国家, 市级: kinds whose name alone says what they are of are longer
            if known is not None and known.cls == cls and len(known.labels.zh) > _SHORTEST:
                counted.append((-int(str(n)), known.labels.zh))
    return [label for _, label in sorted(counted)]


def _lists(session: Session) -> Iterator[Example]:
    for cls in session.ontology.classes.values():
        if not cls.structural and not cls.is_place and cls.placed_by:
            for region in list(_regions(cls.name, session))[:1]:
                yield Example(f"{region}有哪些{cls.labels.zh}？", "清单", "a list")
