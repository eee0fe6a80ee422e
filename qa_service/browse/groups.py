"""Chains (every class whose members stand at stages) by stage, with what links and what lacks.

Which relation says membership, which one leads, and where a role stands, is the ontology's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.dialect import quoted
from graph.types import CypherStatement
from ontology import structure
from ontology.model import STAGES, Class, Ontology, Relation
from qa_service.browse.gaps import empty_stages, no_leader, recorded_gaps
from qa_service.browse.reading import (
    Quotes,
    facts_of,
    figures_about,
    quoted_figures,
    ref,
    relation_facts,
    text,
    texts,
    with_evidence,
)
from qa_service.browse.shapes import (
    Fact,
    GroupList,
    GroupPage,
    GroupRow,
    Link,
    Member,
    Ref,
    Stage,
    Words,
    labelled,
    no_such_thing,
)
from qa_service.session import Session

#: members of one chain that are read, and facts of one relation between them
_MEMBERS = 3000
_STAGE_WORDS: Mapping[str, Words] = {
    "upstream": Words("上游", "upstream"),
    "midstream": Words("中游", "midstream"),
    "downstream": Words("下游", "downstream"),
    "unstated": Words("未说明环节", "stage not stated"),
}


def membership(ontology: Ontology) -> tuple[Relation, ...]:
    """The relations that roles with a stage say: who is on a chain."""
    names = {n for role in ontology.roles.values() if role.stage != STAGES[-1] for n in role.relations}
    return tuple(r for r in ontology.relations.values() if r.name in names)


def leading(ontology: Ontology) -> tuple[Relation, ...]:
    """The relations that imply membership: who leads a chain."""
    names = {r.name for r in membership(ontology)}
    return tuple(r for r in ontology.relations.values() if names & set(r.implies))


def group_classes(ontology: Ontology) -> tuple[Class, ...]:
    """Classes whose members stand at stages."""
    return tuple(c for c in ontology.classes.values() if c.staged)


def groups(
    session: Session, *, region: str = "", prefix: str = "", limit: int = 100, offset: int = 0
) -> GroupList:
    """The chains, with where they are and how many members they have; of a region where one is
    given (a chain is of a region if it, a member or a lead firm is located in it or in a part of it)."""
    within = _within(region, session) if region else None
    found = []
    for cls in group_classes(session.ontology):
        query = f"MATCH (c:{quoted(cls.name)}) RETURN c.id AS id, c.name AS name ORDER BY name, id"
        rows = session.store.read(CypherStatement(query)).rows
        places = _places([str(r[0]) for r in rows], cls, session)
        members = _counts(cls, membership(session.ontology), session)
        leaders = _counts(cls, leading(session.ontology), session)
        for ident, name in rows:
            key = str(ident)
            at = places.get(key, ())
            if within is not None and not any(p.id in within for p in at):
                continue
            if prefix and not text(name).startswith(prefix):
                continue
            found.append(
                GroupRow(key, cls.name, text(name) or key, at, members.get(key, 0), leaders.get(key, 0))
            )
    return GroupList(tuple(found[offset : offset + limit]), len(found) > offset + limit)


def _counts(cls: Class, relations: Iterable[Relation], session: Session) -> Mapping[str, int]:
    counted: dict[str, int] = {}
    for relation in relations:
        query = (
            f"MATCH (m)-[:{quoted(relation.name)} {{polarity: $stated}}]->(c:{quoted(cls.name)}) "
            "RETURN c.id AS id, count(DISTINCT m.id) AS n ORDER BY id"
        )
        for ident, n in session.store.read(CypherStatement(query, {"stated": structure.STATED})).rows:
            counted[str(ident)] = counted.get(str(ident), 0) + int(str(n))
    return counted


def _places(ids: Sequence[str], cls: Class, session: Session) -> Mapping[str, tuple[Ref, ...]]:
    """Where things are, by the ways that the ontology names; their own places first."""
    found: dict[str, dict[str, Ref]] = {i: {} for i in ids}
    for path in cls.placed_by if ids else ():
        steps = []
        for number, step in enumerate(path):
            edge = f"-[:{quoted(step.relation)} {{polarity: $stated}}]-"
            steps.append((f"{edge}>" if step.direction == "out" else f"<{edge}") + f"(s{number})")
        end = f"s{len(path) - 1}"
        query = (
            f"UNWIND $ids AS id MATCH (c:{quoted(cls.name)} {{id: id}}){''.join(steps)} "
            f"RETURN DISTINCT c.id AS own, {end}.id AS id, {end}.class AS cls, {end}.name AS name "
            "ORDER BY own, id"
        )
        for own, *place in session.store.read(
            CypherStatement(query, {"ids": list(ids), "stated": structure.STATED})
        ).rows:
            found[str(own)].setdefault(str(place[0]), ref(*place))
    return {own: tuple(places.values()) for own, places in found.items() if places}


def _within(region: str, session: Session) -> frozenset[str]:
    """The ids of a place and of all that lies in it."""
    places = "|".join(quoted(c) for c in sorted(session.ontology.places()))
    query = (
        f"MATCH (p:{places})-[:{structure.PART_OF}|{structure.LOCATED_IN}*0..6]->(r) WHERE r.id = $region "
        "RETURN DISTINCT p.id AS id ORDER BY id"
    )
    rows = session.store.read(CypherStatement(query, {"region": region})).rows
    return frozenset({region, *(str(r[0]) for r in rows)})


# ---- one chain ---------------------------------------------------------------------------


@dataclass(frozen=True)
class _Join:
    """One fact that puts a member on a chain."""

    fact: Fact
    role: str
    leads: bool


def group(ident: str, session: Session) -> GroupPage:
    """A chain with stages, lead firms, links and gaps; NoSuchThing where none has this id."""
    ontology = session.ontology
    joins = (*membership(ontology), *leading(ontology))
    classes = {obj for relation in joins for _, obj in relation.pairs()}
    query = (
        "MATCH (n) WHERE n.id = $id RETURN n.class AS cls, n.name AS name, n.aliases AS aliases ORDER BY cls"
    )
    rows = session.store.read(CypherStatement(query, {"id": ident})).rows
    if not rows or rows[0][0] not in classes:
        raise no_such_thing(ident)
    cls = ontology.classes[str(rows[0][0])]
    quotes = Quotes(session)
    by_member: dict[str, list[_Join]] = {}
    truncated = False
    for relation in joins:
        facts, cut = facts_of([ident], cls.name, relation, "in", session, quotes, limit=_MEMBERS)
        truncated |= cut
        leads = relation in leading(ontology)
        for fact in facts.get(ident, ()):
            role = text(fact.qualifiers.get("role"))
            by_member.setdefault(fact.other.id, []).append(_Join(fact, role, leads))
    ends = {m: some[0].fact.other for m, some in by_member.items()}
    links, cut = _links(ends, text(rows[0][1]), cls, session, quotes)
    truncated |= cut
    places = _member_places(ends, session)
    own = _places([ident], cls, session).get(ident, ())
    relations = relation_facts(ident, cls.name, session, quotes, without=[r.name for r in joins])
    figures, more = figures_about([ident], session, quotes)
    truncated |= more
    gaps = recorded_gaps(ident, cls, own, session, quotes)
    quotes.read()
    stages = _stages(by_member, places, session, quotes)
    members = [m for s in stages for m in s.members]
    leaders = {m.id: m for m in members if m.leads and m.polarity == structure.STATED}
    shown = tuple(replace(link, evidence=quotes.of(link.passages)) for link in links)
    return GroupPage(
        id=ident,
        cls=cls.name,
        label=labelled(cls.labels),
        name=text(rows[0][1]) or ident,
        aliases=texts(rows[0][2]),
        places=own,
        stages=stages,
        lead_firms=tuple(leaders.values()),
        suppliers=tuple(_sources(shown)),
        links=shown,
        relations=with_evidence(relations, quotes),
        gaps=(
            *empty_stages(stages),
            *no_leader(leaders, leading(ontology)),
            *(replace(g, evidence=quotes.of(passages)) for g, passages in gaps),
        ),
        observations=quoted_figures(figures, quotes),
        truncated=truncated,
    )


def _stages(
    by_member: Mapping[str, Sequence[_Join]],
    places: Mapping[str, tuple[Ref, ...]],
    session: Session,
    quotes: Quotes,
) -> tuple[Stage, ...]:
    """Every member at the stages that its roles say; at none of them only if no role says one."""
    ontology = session.ontology
    at: dict[str, list[Member]] = {stage: [] for stage in STAGES}
    for ident, joins in by_member.items():
        staged: dict[str, list[_Join]] = {}
        for join in joins:
            staged.setdefault(ontology.stage_of(join.role), []).append(join)
        if len(staged) > 1:
            staged.pop(STAGES[-1], None)
        for stage, some in staged.items():
            said = [j for j in joins if j in some or ontology.stage_of(j.role) == STAGES[-1]]
            passages = tuple(dict.fromkeys(p for j in said for p in j.fact.passages))
            stated = any(j.fact.polarity == structure.STATED for j in said)
            other = joins[0].fact.other
            at[stage].append(
                Member(
                    other.id,
                    other.cls,
                    other.name,
                    tuple(dict.fromkeys(j.role for j in said if j.role)),
                    tuple(sorted({text(j.fact.qualifiers.get("year")) for j in said} - {""})),
                    any(j.leads for j in joins),
                    structure.STATED if stated else structure.DENIED,
                    places.get(ident, ()),
                    passages,
                    quotes.of(passages),
                )
            )
    return tuple(
        Stage(stage, _STAGE_WORDS[stage], tuple(sorted(at[stage], key=lambda m: (not m.leads, m.name, m.id))))
        for stage in STAGES
    )


def _member_places(ends: Mapping[str, Ref], session: Session) -> Mapping[str, tuple[Ref, ...]]:
    found: dict[str, tuple[Ref, ...]] = {}
    for name in sorted({r.cls for r in ends.values()}):
        cls = session.ontology.classes[name]
        found.update(_places([i for i, r in ends.items() if r.cls == name], cls, session))
    return found


def _links(
    ends: Mapping[str, Ref], name: str, cls: Class, session: Session, quotes: Quotes
) -> tuple[list[Link], bool]:
    """Relationships between members, and those that name this chain in a qualifier (挂在链上的供应)."""
    found: dict[str, Link] = {}
    truncated = False
    for relation in session.ontology.relations.values():
        # a qualifier that is called as the class is in facts says on which chain the relation holds
        names_chain = cls.extract_name in relation.qualifiers
        for member_class in sorted({r.cls for r in ends.values()}):
            if relation.structural or not any(s == member_class for s, _ in relation.pairs()):
                continue
            ids = [i for i, r in ends.items() if r.cls == member_class]
            facts, cut = facts_of(ids, member_class, relation, "out", session, quotes, limit=_MEMBERS)
            truncated |= cut
            for own, some in facts.items():
                for fact in some:
                    on_chain = names_chain and fact.qualifiers.get(cls.extract_name) == name
                    if on_chain or fact.other.id in ends:
                        found[fact.id] = _link(fact, relation, ends[own])
        if names_chain and not relation.structural:
            for link in _named_in_qualifier(relation, name, cls, session, quotes):
                found.setdefault(link.id, link)
    return sorted(
        found.values(), key=lambda link: (link.type, link.source.name, link.target.name, link.id)
    ), truncated


def _link(fact: Fact, relation: Relation, source: Ref) -> Link:
    return Link(
        fact.id,
        relation.name,
        labelled(relation.labels),
        source,
        fact.other,
        fact.polarity,
        fact.qualifiers,
        fact.passages,
        (),
    )


def _named_in_qualifier(
    relation: Relation, name: str, cls: Class, session: Session, quotes: Quotes
) -> Iterable[Link]:
    """Relationships of others that are said to be on this chain: a supplier that is no member."""
    qualifiers = list(relation.qualifiers)
    columns = "".join(f", r.{quoted(q)} AS {quoted('q_' + q)}" for q in qualifiers)
    query = (
        f"MATCH (a)-[r:{quoted(relation.name)}]->(b) WHERE r.{quoted(cls.extract_name)} = $name "
        "RETURN r.id AS id, r.polarity AS polarity, a.id AS a_id, a.class AS a_class, a.name AS a_name, "
        f"b.id AS b_id, b.class AS b_class, b.name AS b_name, r.passages AS passages, "
        f"r.sources AS sources{columns} "
        "ORDER BY id"
    )
    for row in session.store.read(CypherStatement(query, {"name": name}), limit=_MEMBERS).rows:
        ident, polarity, a, a_class, a_name, b, b_class, b_name, passages, sources, *values = row
        yield Link(
            text(ident),
            relation.name,
            labelled(relation.labels),
            ref(a, a_class, a_name),
            ref(b, b_class, b_name),
            text(polarity) or structure.STATED,
            {q: v for q, v in zip(qualifiers, values, strict=True) if v not in (None, "")},
            quotes.want(passages, sources),
            (),
        )


def _sources(links: Iterable[Link]) -> Iterable[Ref]:
    """The suppliers: where stated links that one thing may have with its like begin."""
    seen: set[str] = set()
    for link in links:
        if (
            link.polarity == structure.STATED
            and link.source.id not in seen
            and link.source.cls == link.target.cls
        ):
            seen.add(link.source.id)
            yield link.source
