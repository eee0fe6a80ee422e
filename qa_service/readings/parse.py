"""Mentions → readings, by composition.

A chart over the stretches of the question: neighbouring parts are combined by every rule
of ``qa_service/rules`` that fits, in any order, and the cheapest of what spans the whole
question become readings. A stretch that no rule can use may be passed over at a price, so
a reading always says which characters it leaves unexplained.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache, partial
from typing import cast

from graph.ids import node_id
from ontology.gazetteer import gazetteer
from ontology.lexicon.mention import Mention
from ontology.model import Ontology
from ontology.structure import REGION
from qa_service.questions.parts import Kind, Part, bits
from qa_service.questions.places import region_code
from qa_service.questions.question import Question
from qa_service.readings.reading import Reading
from qa_service.rules import asking, clauses, nouns
from qa_service.rules.grammar import Grammar, narrowed, turns_back, within
from qa_service.rules.words import verbal_endings
from queries.logical_form import (
    Cite,
    Count,
    Describe,
    Direction,
    Either,
    Entity,
    EntitySet,
    Except,
    Exists,
    Follow,
    Instances,
    LogicalForm,
    Op,
    Path,
    Property,
    Qualifier,
)

_UNARY = (*nouns.UNARY, *clauses.UNARY)
_BINARY = {**nouns.BINARY, **clauses.BINARY, **asking.BINARY}
#: joins two neighbouring parts
Rule = Callable[[Part, Part, Grammar], Iterator[Part]]
#: parts kept in a cell of the chart
_BEAM = 14
#: a part that costs more can be no answer: the ranking takes too much of its confidence
_DEAREST = 3.5
#: price of passing over a stretch, a character; less for one that may be filler
_PASS = 0.45
#: price of taking words that want an object (生活在, lives in) for a noun
_VERBAL = 0.4
#: price of an attribute of a thing: what its document says of it in so many words goes before
_ATTRIBUTE = 0.5
#: price of a role that is borne by what a relation leads to
_OTHER_END = 0.3
#: price of 谁 for what neither is a person nor an organisation (谁捕食金斑雀)
_NO_AGENT = 0.3
#: price of a set that is said to stand at an end of a relation, and of which none is said
_DANGLING = 0.6
#: longer questions are cut into clauses by their punctuation before the chart is filled
_LONGEST = 26


def parse(question: Question, grammar: Grammar) -> list[Reading]:
    """Typed readings of a question, cheapest first; empty where none of its words can head one."""
    rows = [
        [] if _only_where(alternatives, question) else list(_leaves(alternatives, grammar))
        for alternatives in question.segments
    ]
    leaves = [
        (alternatives, parts) for alternatives, parts in zip(question.segments, rows, strict=True) if parts
    ]
    if not leaves or len(leaves) > _LONGEST:
        return []
    n = len(leaves)
    chart: dict[tuple[int, int], list[Part]] = {}
    for i, (_, parts) in enumerate(leaves):
        chart[i, i + 1] = _best(_closed(parts, grammar))
    for width in range(2, n + 1):
        for i in range(n - width + 1):
            made: list[Part] = []
            for k in range(i + 1, i + width):
                made += _combined(chart[i, k], chart[k, i + width], grammar)
            made += _passing_over(chart, i, i + width, leaves[i][0], leaves[i + width - 1][0])
            chart[i, i + width] = _best(_closed(made, grammar))
    readings: dict[LogicalForm, Reading] = {}
    for part in chart[0, n]:
        for reading in _readings(part, grammar):
            known = readings.get(reading.form)
            if known is None or reading.cost < known.cost:
                readings[reading.form] = reading
    found = list(readings.values())
    if _side_by_side(question):
        # 企业和园区: a reading that joins them in another way, or takes one for both, means something else
        found = [r for r in found if "beside" in r.tree]
    return sorted(found, key=lambda r: (r.cost, repr(r.form)))


def _side_by_side(question: Question) -> bool:
    """Whether two roles, or two classes, stand on either side of 和 or 或."""
    kinds = [{m.kind for m in alternatives} for alternatives in question.segments]
    joins = [any(m.kind == "word" and m.value == "and" for m in a) for a in question.segments]
    for n in range(1, len(kinds) - 1):
        a, b = question.segments[n - 1], question.segments[n + 1]
        near = question.segments[n][0].start == a[0].end and question.segments[n][0].end == b[0].start
        if joins[n] and near and any({kind} <= kinds[n - 1] & kinds[n + 1] for kind in ("role", "class")):
            return True
    return False


def _only_where(alternatives: tuple[Mention, ...], question: Question) -> bool:
    """报告里 有多少家: the word for a document that only says where the answer stands; no documents are
    counted."""
    return question.inside_scope(alternatives) and all(m.kind in ("class", "subtype") for m in alternatives)


def _leaves(alternatives: Iterable[Mention], g: Grammar) -> Iterator[Part]:
    kept = list(alternatives)
    if any(m.kind in ("class", "subtype") for m in kept):
        # the word for a kind, and the name of several of that kind: none of them is meant; but of places
        # (高新区) it is asked which
        kept = [m for m in kept if not _several_things(m, g)]
    for m in kept:
        if m.kind == "relation" and (role := _role_of(m, kept, g)):
            # 牵头 says the relation and a role in it
            where: tuple[tuple[str, Op, str], ...] = (("role", "=", role),)
            yield from (replace(part, where=where) for part in _leaf(m, g))
        else:
            yield from _leaf(m, g)


def _several_things(m: Mention, g: Grammar) -> bool:
    """A name that several things have that are no places."""
    if m.kind != "entity" or not isinstance(m.value, tuple) or len(m.value) < 2:
        return False
    return not any(g.is_place([cls]) for _, cls in m.value)


def _is_verbal(text: str) -> bool:
    """Words that end in what leads to an object: 生活在, 采购自, lives in."""
    return text.endswith(verbal_endings())


def _role_of(m: Mention, alternatives: Iterable[Mention], g: Grammar) -> str:
    """The role that the same words say of the relation, "" where none."""
    roles = (g.ontology.roles[str(a.value)] for a in alternatives if a.kind == "role")
    return next((r.value for r in roles if str(m.value) in r.relations), "")


def _leaf(m: Mention, g: Grammar) -> Iterator[Part]:
    """What one mention may be in a reading."""
    base = Part("set", m.kind, m.start, m.end, m.text, explained=bits(m.start, m.end))
    o = g.ontology
    if m.kind == "class":
        c = o.classes[str(m.value)]
        yield replace(base, form=Instances(c.name), classes=frozenset([c.name]), open=True, place=c.is_place)
    elif m.kind == "subtype":
        s = o.subtypes[str(m.value)]
        form, place = Instances(s.cls, s.key), o.classes[s.cls].is_place
        yield replace(base, form=form, classes=frozenset([s.cls]), open=True, place=place)
    elif m.kind == "entity" and isinstance(m.value, tuple):
        family = _family(m.value)
        if family is not None:
            same, cls = family
            yield replace(base, form=same, classes=frozenset([cls]), cost=_doubt(m), text=m.text)
        for n, (node, cls) in enumerate(m.value, start=int(family is not None)):
            place = g.is_place([cls])
            yield replace(
                base,
                form=_with_members(node),
                classes=frozenset([cls]),
                place=place,
                cost=0.05 * n + _doubt(m),
                text=m.text,
            )
    elif m.kind == "relation":
        r = o.relations[str(m.value)]
        # every word of a relation may be used as a noun (供应商, 客户) and as a verb (采购, 供应)
        way: Direction = "in" if m.inverse else "out"
        main = r.inverse_labels if m.inverse else r.labels
        by_name = 0.0 if m.text in (main.zh, main.en) else 0.1  # its label before one of its other words
        yield replace(
            base,
            kind="noun",
            relations=((r.name, way),),
            classes=g.ends(r.name, way)[1],
            cost=by_name + (0.0 if m.inverse else 0.4) + (_VERBAL if _is_verbal(m.text) else 0.0),
        )
        yield replace(
            base, kind="verb", relations=((r.name, way),), cost=by_name + (0.1 if m.inverse else 0.0)
        )
    elif m.kind == "attribute":
        a = o.attributes[str(m.value)]
        domain = a.domain & o.things()
        if domain:
            yield replace(base, kind="property", word=a.name, classes=domain, cost=_ATTRIBUTE)
    elif m.kind == "qualifier":
        known = [o.relations[name] for name in sorted(o.qualifiers[str(m.value)].domain)]
        implied = {i for r in known for i in r.implies}
        for r in (r for r in known if not r.implies or not implied & set(r.implies)):
            yield replace(
                base,
                kind="property",
                word=str(m.value),
                relations=((r.name, "out"),),
                classes=r.domain,
                cost=_ATTRIBUTE,
            )
    elif m.kind == "role":
        role = o.roles[str(m.value)]
        for relation in _strongest(role.relations, o):
            yield replace(
                base,
                kind="noun",
                relations=((relation, "in"),),
                classes=o.relations[relation].domain,
                where=(("role", "=", role.value),),
            )
            if _says_class(m.text, o.relations[relation].domain, o):
                continue  # 链主企业 is no chain
            # 启明中学的校长: the role is that of the one at the other end, where the argument says so
            yield replace(
                base,
                kind="noun",
                relations=((relation, "out"),),
                classes=o.relations[relation].range,
                where=(("role", "=", role.value),),
                cost=_OTHER_END,
            )
    elif m.kind == "value" and isinstance(m.value, tuple):
        relation, qualifier, value = m.value
        yield replace(base, kind="link", relations=((relation, "out"),), where=((qualifier, "=", value),))
    elif m.kind == "word":
        yield from _structural(m, base, g)


def _says_class(text: str, classes: frozenset[str], o: Ontology) -> bool:
    """Whether the word ends in what one of the classes is called."""
    return any(
        text != label and text.endswith(label)
        for cls in classes
        for label in o.classes[cls].labels.all()
        if not label.isascii()
    )


def _family(value: tuple[tuple[str, str], ...]) -> tuple[EntitySet, str] | None:
    """Things of one class and name in several places, as one set; the one without a place first."""
    keys = {node.partition(":")[2].rpartition("/")[2] for node, _ in value}
    classes = {cls for _, cls in value}
    if len(value) < 2 or len(keys) != 1 or len(classes) != 1 or "/" in value[0][0]:
        return None
    form: EntitySet = Entity(value[0][0])
    for node, _ in value[1:]:
        form = Either(form, Entity(node))
    return form, value[0][1]


def _with_members(node: str) -> EntitySet:
    """A thing; for a group of regions (长株潭) it or one of its members: what is of a member is
    of the group, whether or not a document says which these are."""
    form: EntitySet = Entity(node)
    place = gazetteer().place(region_code(node))
    if place is not None and place.level == "group":
        for member in gazetteer().children(place.code):
            form = Either(form, Entity(node_id(REGION, member.code)))
    return form


def _structural(m: Mention, base: Part, g: Grammar) -> Iterator[Part]:
    word = str(m.value)
    if word == "ask.who":
        agents = frozenset(c for r in g.ontology.relations.values() if not r.structural for c in r.domain)
        yield replace(base, open=True, asked="who", classes=g.agents() & agents or agents)
        yield replace(base, open=True, asked="who", classes=agents, cost=_NO_AGENT)
        yield replace(base, kind="ask", word=word)
    elif word.startswith("ask."):
        yield replace(base, kind="ask", word=word)
    elif word in ("not", "have", "be", "record"):
        kind: Kind = cast(Kind, word)
        yield replace(base, kind=kind, word=word)
    elif word.startswith("case."):
        yield replace(base, kind="case", word=word)


def _doubt(m: Mention) -> float:
    """A name that was matched by its beginning only costs a little."""
    return 0.1 if m.rule in ("beginning", "initials") else 0.0


def _strongest(relations: tuple[str, ...], o: Ontology) -> tuple[str, ...]:
    """Of the relations that a role says, those that imply the others (LEADS ⇒ MEMBER_OF)."""
    implied = {i for r in relations for i in o.relations[r].implies}
    return tuple(r for r in relations if r not in implied) or relations


def _closed(parts: list[Part], g: Grammar) -> list[Part]:
    """The parts and what the unary rules make of them; but for those so dear that ``_best`` drops them."""
    kept = [part for part in parts if part.cost <= _DEAREST]
    return [*kept, *(made for part in kept for rule in _UNARY for made in rule(part, g))]


def _combined(left: list[Part], right: list[Part], g: Grammar) -> list[Part]:
    return [made for a in left for b in right for rule in _rules(a.kind, b.kind) for made in rule(a, b, g)]


@cache
def _rules(left: str, right: str) -> tuple[Rule, ...]:
    """The rules that join parts of these kinds."""
    return tuple(
        rule
        for rule, (one, other) in _BINARY.items()
        if (left in one.split() and right in other.split())
        or (right in one.split() and left in other.split())
    )


def _passing_over(
    chart: dict[tuple[int, int], list[Part]],
    i: int,
    j: int,
    first: tuple[Mention, ...],
    last: tuple[Mention, ...],
) -> list[Part]:
    """Parts of the shorter stretch, with the mention at either end passed over."""
    made = []
    for rest, gone in ((chart[i + 1, j], first), (chart[i, j - 1], last)):
        price = _price(gone)
        # a word that only asks or joins says nothing that a reading could miss
        plain = any(m.kind == "word" for m in gone)
        told = bits(gone[0].start, gone[0].end) if plain else 0
        for part in rest:
            made.append(part.changed(cost=part.cost + price, explained=part.explained | told))
    return made


def _price(mentions: tuple[Mention, ...]) -> float:
    length = mentions[0].end - mentions[0].start
    words = {str(m.value) for m in mentions if m.kind == "word"}
    if words:
        if words == {"case.to"} and not mentions[0].text.isascii():
            return 1.0  # 给甲厂供货的: who stands at which end is said
        if words & {"not", "record"} or any(w.startswith("superlative.") for w in words):
            return 3.0  # a negation that is not understood turns the answer round, the highest is not any
        return 0.12 if any(w.startswith("case.") or w in ("be", "and", "have") for w in words) else 0.3
    return 0.6 + _PASS * length


def _best(parts: list[Part]) -> list[Part]:
    """The cheapest of the parts that can do the same, then the cheapest few."""
    kept: dict[tuple[object, ...], Part] = {}
    for part in parts:
        if part.cost > _DEAREST:
            continue
        key = (
            part.kind,
            part.form,
            part.asked,
            part.tag,
            part.relations,
            part.where,
            part.negated,
            part.word,
            part.subject.form if part.subject else None,
            part.object.form if part.object else None,
            part.object.asked if part.object else "",
            tuple(f.form for f in part.floats),
        )
        if key not in kept or part.cost < kept[key].cost:
            kept[key] = part
    # parts come in a fixed order and sorting is stable: equal costs keep it
    return sorted(kept.values(), key=lambda p: (p.cost, p.start))[:_BEAM]


def _readings(part: Part, g: Grammar) -> Iterator[Reading]:
    """A part that spans the question, as a reading with its question type."""
    if part.kind == "way" and part.subject is not None and part.object is not None and not part.floats:
        ends = [_one_thing(end.form) for end in (part.subject, part.object)]
        if all(ends) and ends[0] != ends[1]:
            yield Reading(
                form=Path(*ends), cost=part.cost, explained=part.explained,  # type: ignore[arg-type]
                rule=part.rule, tree=part.tree(), source="typed",
            )  # fmt: skip
        return
    if part.kind == "value" and part.relations and part.form is not None and not part.floats:
        (relation, direction), to = part.relations[0], part.object
        yield Reading(
            form=Qualifier(part.form, relation, direction, part.word, to.form if to else None),
            cost=part.cost, explained=part.explained, rule=part.rule, tree=part.tree(), source="typed",
        )  # fmt: skip
        return
    if part.kind == "value" and part.form is not None and not part.floats:
        yield Reading(
            form=Property(part.form, part.word), cost=part.cost, explained=part.explained,
            rule=part.rule, tree=part.tree(), source="typed",
        )  # fmt: skip
        return
    if part.kind not in ("set", "claim") or part.form is None:
        return
    form, left_over = _landed(part, g)
    if left_over:
        return
    # 给 (甲厂供货的): to whom is said of nothing
    cost, whole = part.cost + (_DANGLING if part.tag in ("to", "by") else 0.0), form
    made: LogicalForm
    if part.kind == "claim":
        made = Exists(whole)
        cost += 0.0 if part.asked in ("whether", "cite") else 0.4
    elif part.asked == "count":
        made = Count(whole)
    elif part.asked == "cite":
        made = Cite(whole)
    elif part.asked == "define" and (one := _one_thing(whole)) is not None:
        made = Describe(one)
    elif isinstance(whole, Entity):
        made, cost = Describe(whole), cost + 1.0
    else:
        made = whole
        cost += 0.0 if part.asked else 0.6
    yield Reading(
        form=made, cost=cost, explained=part.explained, rule=part.rule, tree=part.tree(), source="typed",
        shown=("source",) if part.kind == "claim" and part.asked == "cite" else (),
    )  # fmt: skip


def _one_thing(form: EntitySet | None) -> Entity | None:
    """A thing by itself; of a family (a chain in several places) the one that the others are part of."""
    while isinstance(form, Either):
        form = form.left
    return form if isinstance(form, Entity) else None


def _landed(part: Part, g: Grammar) -> tuple[EntitySet, bool]:
    """Floating restrictions attached to the head; True where one found no place."""
    form = part.form
    assert form is not None
    for floating in part.floats:
        assert floating.form is not None
        if isinstance(form, Entity):
            return form, True
        if floating.place and g.placeable(part.classes):
            form = _restrict_head(form, partial(_within, part.classes, floating.form))
            continue
        ways = g.between(floating.classes, part.classes)
        if not ways:
            return form, True
        relation, direction = ways[0]
        if turns_back(form, relation, direction):
            return form, True
        followed = Follow(floating.form, relation, direction)
        form = _restrict_head(form, partial(_narrowed, followed))
    return form, False


def _within(classes: frozenset[str], place: EntitySet, form: EntitySet) -> EntitySet:
    return within(form, classes, place)


def _narrowed(by: EntitySet, form: EntitySet) -> EntitySet:
    return narrowed(form, by)


def _restrict_head(form: EntitySet, wrap: Callable[[EntitySet], EntitySet]) -> EntitySet:
    """Restrict what a gap is taken from, not the gap itself: (A without B) in R = (A in R) without B."""
    if isinstance(form, Except):
        return Except(_restrict_head(form.source, wrap), form.excluded)
    return wrap(form)
