"""What a chain lacks, each gap with its basis: denied, covered or unrecorded (docs/contract.md §3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graph.coverage import Coverage, all_declared, reaches
from graph.dialect import quoted
from graph.types import CypherStatement
from ontology import structure
from ontology.model import STAGES, Class, Relation, Subtype
from qa_service.answering.evidence import references_of
from qa_service.browse.reading import Quotes, text
from qa_service.browse.shapes import Gap, Member, Ref, Stage, labelled
from qa_service.session import Session


def empty_stages(stages: Iterable[Stage]) -> Iterable[Gap]:
    for stage in stages:
        if stage.stage != STAGES[-1] and not any(m.polarity == structure.STATED for m in stage.members):
            yield Gap("stage", stage.label, stage.stage, "", "", "", "unrecorded", ())


def no_leader(leaders: Mapping[str, Member], leading: Iterable[Relation]) -> Iterable[Gap]:
    for relation in leading if not leaders else ():
        words = relation.inverse_labels
        yield Gap("relation", labelled(words), "", relation.name, "", "", "unrecorded", ())


def recorded_gaps(
    ident: str, cls: Class, places: Sequence[Ref], session: Session, quotes: Quotes
) -> list[tuple[Gap, tuple[str, ...]]]:
    """Finer classes that things of this class may have (one_stop of Platform) and this one has not."""
    found = []
    declared = all_declared(session.store.read)
    wider = _wider(places, session)
    for relation in session.ontology.relations.values():
        if relation.structural or not relation.also or cls.name not in relation.domain:
            continue
        has, denied = _had(ident, cls, relation, session)
        for target in sorted(relation.range_for(cls.name)):
            for finer in _in_use(target, denied, declared, session):
                kinds = session.ontology.narrower_subtypes(finer.key)
                if has & set(kinds):
                    continue
                passages = tuple(p for k in kinds for p in denied.get(k, ()))
                names = [relation.name, f"{target}/{finer.key}"]
                covering = _covering(declared, names, wider)
                basis = "denied" if passages else "covered" if covering else "unrecorded"
                passages = passages or tuple(p for c in covering for p in c.passages)
                quotes.want(list(passages), [])
                found.append(
                    (
                        Gap(
                            "relation",
                            labelled(finer.labels),
                            "",
                            relation.name,
                            target,
                            finer.key,
                            basis,
                            (),
                        ),
                        passages,
                    )
                )
    return found


def _covering(
    declared: Sequence[Coverage], names: Sequence[str], wider: Sequence[tuple[str, ...]]
) -> list[Coverage]:
    """The declarations by which nothing recorded means nothing there: one that holds everywhere, else
    one for each of the places. A list of one county says nothing of a chain that also stands elsewhere."""
    found = [[c for c in declared if reaches(c, names, regions)] for regions in wider]
    if found[0]:
        return found[0]
    every = len(found) > 1 and all(found[1:])
    return list(dict.fromkeys(c for some in found[1:] for c in some)) if every else []


def _had(
    ident: str, cls: Class, relation: Relation, session: Session
) -> tuple[set[str], dict[str, tuple[str, ...]]]:
    """Subtypes of what the thing has by a relation or one that answers the same; and of what it is
    said not to have, with the passages that say so."""
    has: set[str] = set()
    denied: dict[str, tuple[str, ...]] = {}
    ways = [(relation.name, "out"), *((s.relation, s.direction) for s in relation.also)]
    for name, direction in ways:
        edge = f"-[r:{quoted(name)}]-"
        arrow = f"{edge}>" if direction == "out" else f"<{edge}"
        query = (
            f"MATCH (a:{quoted(cls.name)} {{id: $id}}){arrow}(b) WHERE b.subtype IS NOT NULL "
            "RETURN b.subtype AS subtype, r.polarity AS polarity, r.passages AS passages, "
            "r.sources AS sources ORDER BY subtype, r.id"
        )
        for subtype, polarity, passages, sources in session.store.read(
            CypherStatement(query, {"id": ident})
        ).rows:
            if polarity == structure.DENIED:
                said = tuple(p for p, _ in references_of(passages, sources))
                denied[str(subtype)] = (*denied.get(str(subtype), ()), *said)
            else:
                has.add(str(subtype))
    return has, denied


def _in_use(
    target: str, denied: Mapping[str, object], declared: Iterable[object], session: Session
) -> list[Subtype]:
    """The finer classes that anything in the graph is of, or that something is said of."""
    query = f"MATCH (b:{quoted(target)}) RETURN DISTINCT b.subtype AS subtype ORDER BY subtype"
    used = {str(r[0]) for r in session.store.read(CypherStatement(query)).rows if r[0]} | set(denied)
    used |= {text(getattr(c, "covers", "")).partition("/")[2] for c in declared}
    return [s for s in session.ontology.subtypes_of(target) if s.key in used]


def _wider(places: Sequence[Ref], session: Session) -> list[tuple[str, ...]]:
    """For each place: it and all that it lies in; what holds without a place holds for every thing."""
    found: list[tuple[str, ...]] = [()]
    for place in places:
        query = (
            f"MATCH (p)-[:{structure.PART_OF}|{structure.LOCATED_IN}*0..6]->(w) WHERE p.id = $id "
            "RETURN DISTINCT w.id AS id ORDER BY id"
        )
        rows = session.store.read(CypherStatement(query, {"id": place.id})).rows
        found.append((place.id, *(str(r[0]) for r in rows)))
    return found
