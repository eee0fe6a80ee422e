"""What several pages read: facts of things, figures about them, and the passages behind both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from graph.dialect import quoted
from graph.types import CypherStatement
from ontology import structure
from ontology.model import Relation
from qa_service.answering.answer_types import Evidence
from qa_service.answering.evidence import Reference, evidence, references_of
from qa_service.answering.figures import figure
from qa_service.browse.shapes import Fact, ObservationView, Ref, RelationFacts, labelled
from qa_service.session import Session
from qa_service.settings import wished

#: passages that are quoted with one fact; the references of all are given
QUOTED = 3


def text(value: object) -> str:
    return "" if value is None else str(value)


def texts(value: object) -> tuple[str, ...]:
    return tuple(str(v) for v in value) if isinstance(value, list | tuple) else ()


def whole(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0


def decimal(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def ref(ident: object, cls: object, name: object) -> Ref:
    return Ref(text(ident), text(cls), text(name) or text(ident))


class Quotes:
    """Passages of many facts, read together: ``want`` while facts are made, then ``of``."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._wanted: dict[str, str] = {}
        self._found: dict[str, Evidence] = {}

    def want(self, passages: object, sources: object) -> tuple[str, ...]:
        """Remembers the first passages; gives the references of all."""
        references: Sequence[Reference] = references_of(passages, sources)
        for passage, source in references[:QUOTED]:
            if source or passage not in self._wanted:
                self._wanted[passage] = source
        return tuple(dict.fromkeys(passage for passage, _ in references))

    def read(self) -> None:
        found = evidence(self._session.store, self._wanted.items(), most=max(1, len(self._wanted)))
        self._found = {_reference(e): e for e in found}

    def of(self, passages: Iterable[str]) -> tuple[Evidence, ...]:
        return tuple(self._found[p] for p in list(passages)[:QUOTED] if p in self._found)


def _reference(shown: Evidence) -> str:
    place = shown.cells if shown.cells is not None else f"{shown.start}-{shown.end}"
    return f"{shown.document}#{place}"


def relations_of(cls: str, session: Session, *, structural: bool = False) -> list[tuple[Relation, str]]:
    """The relations that a thing of this class may have, with the direction seen from it."""
    found = []
    for relation in session.ontology.relations.values():
        if relation.structural and not structural:
            continue
        pairs = relation.pairs()
        if any(subject == cls for subject, _ in pairs):
            found.append((relation, "out"))
        if any(obj == cls for _, obj in pairs):
            found.append((relation, "in"))
    return found


def facts_of(
    ids: Sequence[str],
    cls: str,
    relation: Relation,
    direction: str,
    session: Session,
    quotes: Quotes,
    *,
    limit: int = 50,
) -> tuple[Mapping[str, tuple[Fact, ...]], bool]:
    """Facts of the things ``ids`` (all of class ``cls``) in one relation, by thing."""
    arrow = "-[r:{}]->" if direction == "out" else "<-[r:{}]-"
    names = list(relation.qualifiers)
    columns = "".join(f", r.{quoted(name)} AS {quoted('q_' + name)}" for name in names)
    query = (
        f"UNWIND $ids AS id MATCH (a:{quoted(cls)} {{id: id}}){arrow.format(quoted(relation.name))}(b) "
        "RETURN a.id AS own, r.id AS id, r.polarity AS polarity, b.id AS other, b.class AS cls, "
        f"b.name AS name, r.passages AS passages, r.sources AS sources{columns} ORDER BY own, name, id"
    )
    rows = session.store.read(CypherStatement(query, {"ids": list(ids)}), limit=limit)
    found: dict[str, list[Fact]] = {}
    for own, ident, polarity, other, other_class, name, passages, sources, *values in rows.rows:
        qualifiers = {n: v for n, v in zip(names, values, strict=True) if v not in (None, "")}
        found.setdefault(str(own), []).append(
            Fact(
                text(ident),
                text(polarity) or structure.STATED,
                ref(other, other_class, name),
                qualifiers,
                quotes.want(passages, sources),
            )
        )
    return {own: tuple(facts) for own, facts in found.items()}, rows.truncated


def relation_facts(
    ident: str,
    cls: str,
    session: Session,
    quotes: Quotes,
    *,
    limit: int = 50,
    without: Iterable[str] = (),
) -> tuple[RelationFacts, ...]:
    """All facts of one thing by relation; evidence is put in by :func:`with_evidence`."""
    left_out = set(without)
    found = []
    for relation, direction in relations_of(cls, session):
        if relation.name in left_out:
            continue
        facts, truncated = facts_of([ident], cls, relation, direction, session, quotes, limit=limit)
        if facts:
            labels = relation.labels if direction == "out" else relation.inverse_labels
            label = labelled(labels if labels.zh or labels.en else relation.labels)
            found.append(RelationFacts(relation.name, direction, label, facts[ident], truncated))
    return tuple(found)


def with_evidence(facts: Iterable[RelationFacts], quotes: Quotes) -> tuple[RelationFacts, ...]:
    return tuple(
        replace(r, facts=tuple(replace(f, evidence=quotes.of(f.passages)) for f in r.facts)) for r in facts
    )


_FIGURES = (
    f"MATCH (o:{structure.OBSERVATION})-[:{structure.ABOUT}]->(x) {{where}} "
    f"OPTIONAL MATCH (o)-[:{structure.MEASURES}]->(m:{structure.METRIC}) "
    "RETURN o.id AS id, x.id AS subject, x.class AS cls, x.name AS name, m.id AS metric, "
    "m.name AS metric_name, "
    "o.metric AS phrase, o.period AS period, o.value AS value, o.low AS low, o.high AS high, o.text AS text, "
    "o.unit AS unit, o.bound AS bound, o.value_kind AS value_kind, o.scope AS scope, o.passages AS passages, "
    "o.sources AS sources ORDER BY period DESC, phrase, id"
)


def figures_about(
    ids: Sequence[str], session: Session, quotes: Quotes, *, limit: int = 200
) -> tuple[tuple[ObservationView, ...], bool]:
    """The observations about some things, the latest first."""
    return _figures("WHERE x.id IN $ids", ids, session, quotes, limit)


def figures_by_id(ids: Sequence[str], session: Session, quotes: Quotes) -> Mapping[str, ObservationView]:
    """Observations by their own ids."""
    found, _ = _figures("WHERE o.id IN $ids", ids, session, quotes, max(1, 4 * len(ids)))
    return {o.id: o for o in found}


def _figures(
    where: str, ids: Sequence[str], session: Session, quotes: Quotes, limit: int
) -> tuple[tuple[ObservationView, ...], bool]:
    rows = session.store.read(CypherStatement(_FIGURES.format(where=where), {"ids": list(ids)}), limit=limit)
    found = []
    for values in rows.rows:
        row = dict(zip(rows.columns, values, strict=True))
        found.append(
            ObservationView(
                id=text(row["id"]),
                subject=ref(row["subject"], row["cls"], row["name"]),
                metric=ref(row["metric"], structure.METRIC, row["metric_name"]) if row["metric"] else None,
                phrase=text(row["phrase"]),
                period=text(row["period"]),
                shown=figure(row, english=wished() == "en"),
                value=decimal(row["value"]),
                low=decimal(row["low"]),
                high=decimal(row["high"]),
                text=text(row["text"]),
                unit=text(row["unit"]),
                bound=text(row["bound"]) or "=",
                value_kind=text(row["value_kind"]) or structure.VALUE_KINDS[0],
                scope=text(row["scope"]),
                passages=quotes.want(row["passages"], row["sources"]),
            )
        )
    return tuple(found), rows.truncated


def quoted_figures(figures: Iterable[ObservationView], quotes: Quotes) -> tuple[ObservationView, ...]:
    return tuple(replace(o, evidence=quotes.of(o.passages)) for o in figures)
