"""What made each answer an answer: statements that, given ``$ids``, return relationships.

A witness walks the form as the condition does, but binds the relationships. A denial walks
what an Except takes away, and asks for the relationship with the polarity ``denied``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph.types import CypherStatement
from ontology.model import Ontology, Relation, Step
from ontology.structure import ABOUT, DENIED, OBSERVATION, PART_OF, STATED
from queries import logical_form as lf
from queries.check import classes_of
from queries.compile.compiled import WITNESS_COLUMNS, Cover, Witness
from queries.compile.sets import Sets
from queries.compile.text import Clause, Names, labelled, quote, statement, step
from queries.terms import across, alternatives, ends, place_paths, places


def witnesses(form: lf.EntitySet, ontology: Ontology) -> tuple[Witness, ...]:
    """Statements for the relationships that made things answers of ``form``."""
    classes = classes_of(form, ontology)
    return tuple(_walk(form, _Start(ontology, classes)))


def observation_witnesses(form: lf.ObservationSet, ontology: Ontology) -> tuple[Witness, ...]:
    """The same for the subjects of observations; ``$ids`` are the observations'."""
    while isinstance(form, lf.Compared):
        form = form.source
    if isinstance(form, lf.Recorded):
        return ()
    classes = classes_of(form.subject, ontology)
    return tuple(_walk(form.subject, _Start(ontology, classes, of_observations=True)))


def denials(form: lf.EntitySet, ontology: Ontology) -> tuple[Witness, ...]:
    """Statements for the relationships by which a source denies what Except takes away."""
    if isinstance(form, lf.Except):
        classes = classes_of(form.source, ontology)
        start = _Start(ontology, classes, polarity=DENIED)
        return denials(form.source, ontology) + tuple(_walk(form.excluded, start))
    if isinstance(form, lf.Where | lf.Within):
        return denials(form.source, ontology)
    if isinstance(form, lf.Both | lf.Either):
        return denials(form.left, ontology) + denials(form.right, ontology)
    return ()


def denials_of_claim(form: lf.EntitySet, ontology: Ontology) -> tuple[Witness, ...]:
    """What a source says against a claim ("is X a leader of Y?") that holds of nothing. There
    is no answer to ask about, so ``$ids`` are given: the things that the claim names."""
    named = _named(form)
    if not named:
        return ()
    start = _Start(ontology, classes_of(form, ontology), polarity=DENIED)
    return tuple(
        replace(w, statement=CypherStatement(w.statement.query, {**w.statement.params, "ids": named}))
        for w in _walk(form, start)
    )


def _named(form: lf.EntitySet) -> list[str]:
    """Ids that the set can consist of, where it names them itself."""
    if isinstance(form, lf.Entity):
        return [form.id]
    if isinstance(form, lf.Both):
        return _named(form.left) or _named(form.right)
    if isinstance(form, lf.Where | lf.Within | lf.Except):
        return _named(form.source)
    return []


def touching(relation: Relation, classes: frozenset[str], ontology: Ontology) -> tuple[Witness, ...]:
    """All stated relationships of one relation at things of ``classes``, a statement per
    direction that the relation allows there."""
    found = []
    for hop in (Step(relation.name, "out"), Step(relation.name, "in")):
        if relation.symmetric and hop.direction == "in":
            continue
        far = across(ontology, relation, hop.direction, classes)
        if far:
            found.append(_one_step(relation, hop, classes, far, "x.id IN $ids"))
    return tuple(found)


def induced(relation: Relation, ontology: Ontology) -> Witness:
    """All stated relationships of one relation between any two of ``$ids``."""
    domain, range_ = ends(ontology, relation, "out")
    return _one_step(relation, Step(relation.name, "out"), domain, range_, "x.id IN $ids", "y.id IN $ids")


def _one_step(
    relation: Relation, hop: Step, near: frozenset[str], far: frozenset[str], *conditions: str
) -> Witness:
    link = step(hop.relation, hop.direction, variable="made_by", symmetric=relation.symmetric)
    clause = Clause(f"(x{labelled(near)}){link}(y{labelled(far)})", list(conditions))
    return _witness([clause], Names(), "x.id", relation, "made_by", "x", "y", hop)


def covers(form: lf.EntitySet, ontology: Ontology) -> tuple[Cover, ...]:
    """What must have been read completely so that the gaps of ``form`` are true gaps."""
    if isinstance(form, lf.Except):
        place, period = _place(form), ""
        found = [Cover(of, place, period) for of in _needed(form.excluded)]
        return covers(form.source, ontology) + tuple(dict.fromkeys(found))
    if isinstance(form, lf.Where | lf.Within):
        return covers(form.source, ontology)
    if isinstance(form, lf.Both | lf.Either):
        return covers(form.left, ontology) + covers(form.right, ontology)
    return ()


def _needed(form: lf.EntitySet) -> Iterator[tuple[str, ...]]:
    if isinstance(form, lf.Follow):
        of = [form.relation]
        inner: lf.EntitySet = form.source
        while isinstance(inner, lf.Where | lf.Within | lf.Except):
            inner = inner.source
        if isinstance(inner, lf.Instances):
            of += [inner.cls, inner.subtype] if inner.subtype else [inner.cls]
        yield tuple(of)
    elif isinstance(form, lf.Instances):
        yield (form.cls, form.subtype) if form.subtype else (form.cls,)
    elif isinstance(form, lf.Qualifying):
        yield (form.relation,)
    elif isinstance(form, lf.Where | lf.Within | lf.Except):
        yield from _needed(form.source)
    elif isinstance(form, lf.Both | lf.Either):
        yield from _needed(form.left)
        yield from _needed(form.right)


def _place(form: lf.EntitySet) -> str:
    """The place that the whole set is asked within, "" where it is none or several."""
    if isinstance(form, lf.Within):
        return form.place.id if isinstance(form.place, lf.Entity) else ""
    if isinstance(form, lf.Where | lf.Except):
        return _place(form.source)
    if isinstance(form, lf.Both):
        return _place(form.left) or _place(form.right)
    return ""


@dataclass(frozen=True)
class _Start:
    """Where a walk stands: the steps that lead from the item to here."""

    ontology: Ontology
    classes: frozenset[str]
    polarity: str = STATED
    of_observations: bool = False
    before: tuple[tuple[lf.Follow, Step, frozenset[str]], ...] = ()


def _walk(form: lf.EntitySet, start: _Start) -> Iterator[Witness]:
    if isinstance(form, lf.Both | lf.Either):
        yield from _walk(form.left, start)
        yield from _walk(form.right, start)
    elif isinstance(form, lf.Where | lf.Except):
        yield from _walk(form.source, start)
    elif isinstance(form, lf.Within):
        yield from _walk(form.source, start)
        if start.polarity == STATED:
            yield from _placed(form, start)
    elif isinstance(form, lf.Qualifying):
        yield _qualified(form, start)
    elif isinstance(form, lf.Whereabouts):
        yield from _stands(form, start)
    elif isinstance(form, lf.Follow):
        ontology = start.ontology
        near = classes_of(form.source, ontology)
        for hop in alternatives(ontology.relations[form.relation], form.direction):
            relation = ontology.relations[hop.relation]
            if not across(ontology, relation, hop.direction, near) & start.classes:
                continue
            if any(name not in relation.qualifiers for name, _, _ in form.where):
                continue
            back = Step(hop.relation, "in" if hop.direction == "out" else "out")
            here = near & ends(ontology, relation, hop.direction)[0]
            yield _followed(form, back, here, start)
            if start.polarity == STATED:
                yield from _walk(form.source, _Start(
                    ontology, here, STATED, start.of_observations, (*start.before, (form, back, here))))


def _opening(start: _Start, sets: Sets) -> tuple[list[Clause], str, str]:
    """Clauses from the item to where the walk stands, the item's id and the last variable."""
    names = sets.names
    first = start.before[0] if start.before else None
    classes = classes_of(first[0], start.ontology) if first else start.classes
    x = names.variable("thing")
    if start.of_observations:
        o = names.variable("observation")
        clauses = [Clause(f"({o}:{OBSERVATION})-[:{ABOUT}]->({x}{labelled(classes)})", [f"{o}.id IN $ids"])]
        item = f"{o}.id"
    else:
        clauses = [Clause(f"({x}{labelled(classes)})", [f"{x}.id IN $ids"])]
        item = f"{x}.id"
    for form, back, here in start.before:
        relation = start.ontology.relations[back.relation]
        link, conditions = sets.link(form, relation, back)
        y = names.variable("thing")
        conditions += sets.condition(form.source, y, here)
        clauses.append(Clause(f"({x}){link}({y}{labelled(here)})", conditions))
        x = y
    return clauses, item, x


def _followed(form: lf.Follow, back: Step, here: frozenset[str], start: _Start) -> Witness:
    ontology = start.ontology
    relation = ontology.relations[back.relation]
    names = Names()
    sets = Sets(ontology, names, relaxed=start.polarity == DENIED)
    clauses, item, x = _opening(start, sets)
    r, y = names.variable("made_by"), names.variable("other")
    link = step(back.relation, back.direction, variable=r, polarity=start.polarity,
                symmetric=relation.symmetric)
    conditions = sets.qualified(form, relation, r) + sets.condition(form.source, y, here)
    clauses.append(Clause(f"({x}){link}({y}{labelled(here)})", conditions))
    return _witness(clauses, names, item, relation, r, x, y, back)


def _qualified(form: lf.Qualifying, start: _Start) -> Witness:
    ontology = start.ontology
    relation = ontology.relations[form.relation]
    names = Names()
    clauses, item, x = _opening(start, Sets(ontology, names))
    r, subject, obj = names.variable("made_by"), names.variable("subject"), names.variable("object")
    domain, range_ = ends(ontology, relation, "out")
    link = step(form.relation, "out", variable=r, polarity=start.polarity)
    said = f"{r}.{quote(form.qualifier)}"
    clauses.append(Clause(f"({subject}{labelled(domain)}){link}({obj}{labelled(range_)})",
                          [f"({said} = {x}.name OR {said} IN {x}.aliases)"]))
    return _witness(clauses, names, item, relation, r, subject, obj, Step(form.relation, "out"))


def _stands(form: lf.Whereabouts, start: _Start) -> Iterator[Witness]:
    """The first step of each way from the things to the place."""
    for path, of in Sets(start.ontology, Names()).ways(form):
        hop = path[0]
        if hop == Step(PART_OF, "out"):
            continue
        names = Names()
        sets = Sets(start.ontology, names)
        clauses, item, place = _opening(start, sets)
        r, x, y = names.variable("made_by"), names.variable("thing"), names.variable("other")
        pattern, conditions = sets.path_from(form.source, path, of, place, made_by=r, ends=(x, y))
        clauses.append(Clause(pattern, conditions))
        yield _witness(clauses, names, item, start.ontology.relations[hop.relation], r, x, y, hop)


def _placed(form: lf.Within, start: _Start) -> Iterator[Witness]:
    """The steps of each way to the place; PART_OF among places is the gazetteer's."""
    ontology = start.ontology
    by_path: dict[tuple[Step, ...], set[str]] = {}
    for cls in sorted(start.classes):
        for path in place_paths(ontology, cls):
            by_path.setdefault(path, set()).add(cls)
    for path, of in by_path.items():
        for i, hop in enumerate(path):
            if hop == Step(PART_OF, "out"):
                continue
            names = Names()
            sets = Sets(ontology, names)
            clauses, item, x = _opening(start, sets)
            classes = frozenset(of)
            last = i == len(path) - 1
            place = names.variable("place")
            for at, before in enumerate(path[: i + 1]):
                relation = ontology.relations[before.relation]
                far = across(ontology, relation, before.direction, classes)
                r = names.variable("made_by") if at == i else ""
                y = place if last and at == i else names.variable("other")
                link = step(before.relation, before.direction, variable=r, symmetric=relation.symmetric)
                clauses.append(Clause(f"({x}){link}({y}{'' if y == place else labelled(far)})"))
                previous, x, classes = x, y, far
            first = labelled(classes & places(ontology)) if last else ""
            pattern, conditions = sets.path_to_place(form.place, path[i + 1 :], x, classes, first=first)
            if last:  # from the place: measured three times as fast as towards it
                clauses.insert(0, Clause(pattern, conditions, keep=place))
            else:
                clauses.append(Clause(pattern, conditions))
            yield _witness(clauses, names, item, ontology.relations[hop.relation], r, previous, x, hop)


def _witness(
    clauses: list[Clause], names: Names, item: str, relation: Relation, r: str, x: str, y: str, hop: Step
) -> Witness:
    """Rows of the relationship ``r`` from ``x`` to ``y`` over ``hop``, in its own direction."""
    source, target = (x, y) if hop.direction == "out" else (y, x)
    given = {
        "item": item, "type": f"'{relation.name}'",
        "source": f"{source}.id", "source_name": f"{source}.name", "source_class": f"{source}.class",
        "target": f"{target}.id", "target_name": f"{target}.name", "target_class": f"{target}.class",
    }
    qualifiers = tuple(sorted(set(relation.qualifiers) - set(WITNESS_COLUMNS)))
    columns = (*WITNESS_COLUMNS, *qualifiers)
    returned = ",\n  ".join(f"{given.get(c, f'{r}.{quote(c)}')} AS {quote(c)}" for c in columns)
    query = statement(clauses, f"RETURN DISTINCT\n  {returned}", "ORDER BY item, id")
    return Witness(CypherStatement(query, names.params), columns, relation.name)
