"""Rules for noun phrases: 株洲的轨道交通产业链, 工程机械产业链的链主企业, chains in 株洲."""

from __future__ import annotations

from collections.abc import Iterator

from ontology.gazetteer import gazetteer
from ontology.structure import LOCATED_IN, REGION
from qa_service.questions.parts import Part
from qa_service.questions.places import lies_in, region_code
from qa_service.rules.grammar import Grammar, levelled, narrowed, turns_back, within
from qa_service.rules.words import transitive
from queries.logical_form import (
    Both,
    Direction,
    Either,
    Entity,
    EntitySet,
    Except,
    Follow,
    Instances,
    Where,
    Whereabouts,
    Within,
)

#: price of 的 between a name and its class word
_OF_ITSELF = 0.3
#: price of taking the object of a verb for the argument of a noun
_OBJECT = 0.5
#: price of on which of all there are (链上), where none is named
_ON_ANY = 1.8
#: price of the same relation back again, where a phrase has said who stands at which end of it
_SAID_AGAIN = 0.6
#: price of a case word before a phrase rather than before its first thing
_OVER_PHRASE = 0.3


def class_suffix(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """A named thing and its class word: 中联重科 公司, 工程机械 产业链."""
    if left.kind == right.kind == "set" and not left.open and _bare(right) and left.classes & right.classes:
        # 甲厂的企业 is hardly 甲厂 itself
        apart = right.start > left.end and not right.text.isascii()
        yield left.over(left, right, rule="class_suffix", cost=_OF_ITSELF if apart else 0.0)


def subtype_head(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """A finer kind and its class word: 一站式 + 平台."""
    for fine, wide in ((left, right), (right, left)):
        if (
            isinstance(fine.form, Instances)
            and fine.form.subtype
            and _bare(wide)
            and fine.classes & wide.classes
            and not (fine.asked and wide.asked)
        ):
            yield fine.over(left, right, rule="subtype_head", asked=fine.asked or wide.asked)
            return


def class_class(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """Two words for one class: 企业 名单."""
    if _bare(left) and _bare(right) and left.form == right.form:
        yield left.over(left, right, rule="class_class", asked=left.asked or right.asked)


def beside(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """Things named side by side, of which each is meant: 长沙、株洲; 甲厂和乙厂."""
    if left.classes == right.classes and not (left.asked or right.asked or left.tag or right.tag):
        one, other = left.form, right.form
        if one is None or other is None or not _named(one) or not _named(other):
            return
        if not _named(one) & _named(other) and apart(one, other):
            yield left.over(left, right, rule="beside", form=Either(one, other))


def which_of(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """Those named before and which of them is asked: 长株潭三市 … 哪个市, 长沙、株洲、湘潭 … 哪个市."""
    if left.kind != "set" or right.kind != "set" or left.asked or not isinstance(right.form, Instances):
        return
    if len(_named(left.form)) > 1 and left.classes == right.classes and apart(left.form, left.form):
        # 长沙、株洲、湘潭三市: how many they are
        yield left.over(left, right, rule="which_of", asked=right.asked, open=bool(right.asked))
    elif left.open and right.asked:
        head = left.form
        while isinstance(head, Within | Where):
            head = head.source
        if head == right.form and left.form != head:
            yield left.over(left, right, rule="which_of", asked=right.asked)


def _named(form: EntitySet | None) -> frozenset[str]:
    """The things that a set consists of; none where it is found by what is said of them."""
    if isinstance(form, Entity):
        return frozenset([form.id])
    if isinstance(form, Either):
        one, other = _named(form.left), _named(form.right)
        return one | other if one and other else frozenset()
    return frozenset()


def apart(left: EntitySet | None, right: EntitySet | None) -> bool:
    """Whether no place of one set is, or lies in, another of the other: 长沙, 株洲."""
    pairs = [(a, b) for a in _named(left) for b in _named(right) if a != b]
    codes = [(region_code(a), region_code(b)) for a, b in pairs]
    return not any(a and b and (lies_in(a, b) or lies_in(b, a)) for a, b in codes)


def of_place(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """A place and what is of it: 株洲的产业链, chains in 株洲."""
    for place, thing, cost in ((left, right, 0.0), (right, left, 0.15)):
        if place.kind != "set" or thing.kind != "set" or not place.place or place.open or place.asked:
            continue
        if place.form is None or place.tag in ("to", "by", "out"):
            continue
        inner = thing.form.place if isinstance(thing.form, Within) else None
        if _named(inner) and apart(place.form, inner):
            continue  # 长沙、株洲: of each, not of one in the other
        if thing.open and not thing.place and g.placeable(thing.classes):
            yield thing.over(
                left, right, rule="of_place", cost=cost, form=within(thing.form, thing.classes, place.form)
            )
        elif thing.open and thing.place and thing.form is not None:
            # 湖南的市州: places inside a place
            yield thing.over(
                left,
                right,
                rule="place_in_place",
                cost=cost,
                form=within(thing.form, thing.classes, place.form),
            )


def outside(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """What is somewhere, but in no part of a place: 湖南省以外的企业."""
    if left.kind != "set" or left.form is None:
        return
    if right.kind == "case" and right.word == "case.out" and left.place and not (left.open or left.tag):
        yield left.over(left, right, rule="place_outside", tag="out")
        return
    placed = right.classes & g.ends(LOCATED_IN, "out")[0] and right.open and not right.place
    if left.tag == "out" and right.kind == "set" and right.form is not None and placed:
        somewhere = Both(right.form, Follow(Instances(REGION), LOCATED_IN, "in"))
        form = Except(somewhere, within(right.form, right.classes, left.form))
        yield right.over(left, right, rule="outside", form=form)


def implicit(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """Two sets side by side, joined by the relation that the ontology has for them:
    工程机械产业链 + 企业. The open one is the head; of two open ones the right one."""
    if left.kind != "set" or right.kind != "set":
        return
    pairs = []
    if right.open and not (left.place and not left.open and g.placeable(right.classes)):
        pairs.append((left, right, 0.4))
    if left.open and not right.open and not right.place:
        pairs.append((right, left, 0.5))
    if left.open and right.open and left.asked and not right.asked:
        pairs.append((right, left, 0.5))
    for argument, head, cost in pairs:
        if argument.form is None or argument.tag in ("to", "by", "out") or (argument.asked and head.asked):
            continue
        if argument.asked and head is right and isinstance(head.form, Instances):
            # 南车二厂是 哪条产业链上的 企业: who it is said of stands elsewhere
            ways = g.between(argument.classes, head.classes)[:1]
            yield head.over(
                left,
                right,
                rule="implicit_asked",
                cost=0.2,
                kind="noun",
                relations=ways,
                form=None,
                open=False,
                object=argument,
                asked=argument.asked,
            )
            cost += 0.8
        for n, (relation, direction) in enumerate(g.between(argument.classes, head.classes)[:2]):
            back = _SAID_AGAIN if turns_back(head.form, relation, direction) else 0.0
            followed: EntitySet = Follow(argument.form, relation, direction)
            if relation == LOCATED_IN and direction == "out" and levelled(head.form):
                followed = Whereabouts(argument.form)
            _, result = g.ends(relation, direction)
            yield head.over(
                left,
                right,
                rule="implicit",
                cost=cost + 0.4 * n + back,
                form=narrowed(head.form, followed),
                classes=head.classes & result or head.classes,
                asked=head.asked or argument.asked,
            )


def nouns_beside(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """All the roles of a relation side by side: 链主和龙头企业 are those who lead in either role."""
    if left.relations != right.relations or left.object or right.object or left.where == right.where:
        return
    roles = {value for q, _, value in (*left.where, *right.where) if q == "role"}
    ((relation, _),) = left.relations[:1]
    known = {r.value for r in g.ontology.roles.values() if relation in r.relations}
    if len(left.where) == len(right.where) == 1 and roles == known:
        yield left.over(left, right, rule="nouns_beside", where=(), asked=left.asked or right.asked)


def named_after(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """What a thing is said to be, and its name right behind: 甲厂的供应商 乙厂."""
    if (
        left.kind == right.kind == "set"
        and left.rule in ("noun_of", "noun_class")
        and isinstance(left.form, Follow)
        and isinstance(right.form, Entity)
        and not (left.asked or right.asked or left.tag or right.open or right.place)
        and left.end == right.start
        and left.classes & right.classes
    ):
        yield right.over(left, right, rule="named_after", form=Both(right.form, left.form))


def noun_of(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """What a relational noun says of its argument: 中联重科 的 供应商."""
    for argument, noun, cost in ((left, right, 0.0), (right, left, 0.3)):
        if (
            argument.kind != "set"
            or noun.kind != "noun"
            or noun.object is not None
            or argument.form is None
            or argument.tag in ("to", "by")
        ):
            continue
        if argument.rule == "case" and argument.children[0].text == "of":
            cost = 0.0  # suppliers of X
        if noun is left and noun.text in transitive():
            cost += _OBJECT  # 采购甲厂的: who buys of it
        if argument.asked:
            # 哪项任务的责任单位: what is asked is the argument; who stands in the relation is
            # said elsewhere (X 是 …)
            fitting = tuple(p for p in noun.relations if argument.classes & g.ends(*p)[0])
            if fitting and noun.subject is None:
                yield noun.over(
                    left,
                    right,
                    rule="noun_of_asked",
                    cost=cost,
                    relations=fitting,
                    object=argument,
                    asked=argument.asked,
                )
            cost += 0.8  # 哪些企业的供应商 as the suppliers of which firms: hardly ever meant
        for relation, direction in noun.relations:
            need, result = g.ends(relation, direction)
            if argument.classes & need and not (argument.place and g.placeable(result)):
                yield noun.over(
                    left,
                    right,
                    rule="noun_of",
                    cost=cost,
                    kind="set",
                    open=True,
                    relations=(),
                    form=Follow(argument.form, relation, direction, noun.where),
                    classes=noun.classes & result or result,
                    asked=noun.asked or argument.asked,
                    where=(),
                )


def stands_as(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """县民政局 [是] 哪项任务的责任单位: the asked argument of the relation that a thing stands in."""
    noun = right
    if noun.kind == "be" and noun.object is not None and noun.object.kind == "noun":
        noun = noun.object
    if (
        left.kind != "set"
        or left.form is None
        or noun.kind != "noun"
        or noun.object is None
        or not noun.object.asked
    ):
        return
    argument = noun.object
    if argument.place and g.placeable(left.classes) and left.classes & noun.classes:
        if _wide(left.form) and levelled(argument.form):
            return  # no 市 holds a province
        # 星质通是哪个县的平台: the place that it is of
        form = narrowed(argument.form, Whereabouts(left.form))
        yield argument.over(left, right, rule="stands_at", form=form, asked=argument.asked)
        return
    for relation, direction in noun.relations:
        _, result = g.ends(relation, direction)
        back: Direction = "in" if direction == "out" else "out"
        if left.classes & result:
            followed = Follow(left.form, relation, back, noun.where)
            yield argument.over(
                left,
                right,
                rule="stands_as",
                form=narrowed(argument.form, followed),
                asked=argument.asked,
            )


def _wide(form: EntitySet | None) -> bool:
    """Whether a place is a province, or a group of places (长株潭 or what it consists of)."""
    while isinstance(form, Either):
        form = form.left
    place = gazetteer().place(region_code(form.id)) if isinstance(form, Entity) else None
    return place is not None and place.level in ("province", "group")


def noun_set(part: Part, g: Grammar) -> Iterator[Part]:
    """A relational noun without argument: all that stand in the relation to anything."""
    if part.kind != "noun" or part.object is not None:
        return
    for relation, direction in part.relations:
        need, result = g.ends(relation, direction)
        for cls in sorted(need)[:1] if len(need) == 1 else sorted(need):
            yield part.over(
                part,
                rule="noun_set",
                cost=0.45 + 0.02 * sorted(need).index(cls),
                kind="set",
                open=True,
                relations=(),
                where=(),
                form=Follow(Instances(cls), relation, direction, part.where),
                classes=part.classes & result or result,
            )


def noun_class(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """A relational noun and the class of what it denotes: 配套 + 企业."""
    for noun, head in ((left, right), (right, left)):
        if noun.kind == "noun" and noun.object is None and _bare(head):
            fitting = tuple((r, d) for r, d in noun.relations if g.ends(r, d)[1] & head.classes)
            if fitting:
                yield noun.over(
                    left,
                    right,
                    rule="noun_class",
                    relations=fitting,
                    classes=head.classes,
                    asked=noun.asked or head.asked,
                )
                return


def with_value(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """A qualifier's value narrows a relation: 第三方物流 + 供应商, 牵引系统 + 供."""
    for value, other in ((left, right), (right, left)):
        if value.kind != "link" or other.kind not in ("noun", "verb"):
            continue
        names = {r for r, _ in value.relations}
        fitting = tuple((r, d) for r, d in other.relations if r in names)
        if fitting:
            yield other.over(
                left, right, rule="with_value", relations=fitting, where=(*other.where, *value.where)
            )


def value_suffix(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """A qualifier's value and the word for what it is: 输变电装备 链 as the chain of a supply."""
    if left.kind == "link" and _bare(right) and left.text != right.text:
        kinds = {g.ontology.class_of_extract_name(name) for name, _, _ in left.where}
        if kinds & right.classes:
            yield left.over(left, right, rule="value_suffix")


def set_with_value(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """A qualifier's value behind or before a set that was reached over its relation."""
    for value, other in ((left, right), (right, left)):
        if value.kind == "link" and other.kind == "set" and isinstance(other.form, Follow):
            f = other.form
            if f.relation in {r for r, _ in value.relations}:
                yield other.over(
                    left,
                    right,
                    rule="set_with_value",
                    cost=0.1,
                    form=Follow(f.source, f.relation, f.direction, (*f.where, *value.where), f.cls),
                )


def case(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """A case word and its set: 给 中联重科, 由 哪些企业, in 株洲, 产业链 上."""
    if left.kind == "case" and right.kind == "set" and not right.tag and left.word != "case.out":
        # 给 甲厂 供货的 rather than 给 (甲厂供货的)
        cost = _OVER_PHRASE if isinstance(right.form, Follow) else 0.0
        yield right.over(left, right, rule="case", cost=cost, tag=left.word.removeprefix("case."))
    if right.kind == "case" and left.kind in ("set", "link") and right.word == "case.at" and not left.tag:
        # 链上的配套企业: which chain it is was said before
        definite = _bare(left) and not left.asked and right.text == "上"
        yield left.over(left, right, rule="case_behind", cost=_ON_ANY if definite else 0.01)


def floating(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """A named thing that does not restrict its neighbour but the head of the whole phrase:
    衡阳市 输变电装备产业链 … 龙头企业 (the firms are in 衡阳, the chain is what it is)."""
    for argument, other in ((left, right), (right, left)):
        if argument.kind != "set" or argument.open or argument.asked or argument.form is None:
            continue
        if argument.tag == "out":
            continue
        if other.kind in ("set", "verb", "noun") and not argument.floats and len(other.floats) < 2:
            if other.kind == "set" and other.open and argument.place and g.placeable(other.classes):
                continue
            made = other.over(left, right, rule="floating", cost=0.5)
            yield made.over(made, rule="floating", floats=(*other.floats, argument))
        if other.kind == "set" and isinstance(other.form, Entity) and not argument.place:
            return


def property_of(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """An attribute of a set: 碧落湖 的 设立年份, founding year of 碧落湖."""
    for thing, named, cost in ((left, right, 0.0), (right, left, 0.1)):
        if (
            named.kind == "property"
            and thing.kind == "set"
            and thing.form is not None
            and not thing.asked
            and thing.classes & named.classes
        ):
            yield named.over(
                left,
                right,
                rule="property_of",
                cost=cost,
                kind="value",
                form=thing.form,
                classes=thing.classes,
            )


def leads_member(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """甲厂的 链主: the firm around which a source tells of the member 甲厂."""
    member, noun = left, right
    if member.kind != "set" or noun.kind != "noun" or noun.object or member.form is None or member.asked:
        return
    for relation, direction in noun.relations:
        for qualifier in g.names_by_qualifier(relation):
            wider = g.ontology.relations[relation].implies
            for name in (w for w in wider if qualifier in g.ontology.relations[w].qualifiers):
                if direction == "in" and member.classes & g.ends(name, "out")[0]:
                    yield noun.over(
                        left, right, rule="leads_member", kind="value", word=qualifier, form=member.form,
                        classes=member.classes, relations=((name, "out"),), where=(),
                        asked=noun.asked,
                    )  # fmt: skip


def qualified_at(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """甲厂 在收割机链里 的角色: at which end of the relation its qualifier is read."""
    for value, end in ((left, right), (right, left)):
        if value.kind not in ("property", "value") or not value.relations or value.object is not None:
            continue
        if end.kind != "set" or end.open or end.asked or end.form is None:
            continue
        if end.classes & g.ends(*value.relations[0])[1]:
            yield value.over(left, right, rule="qualified_at", object=end)


UNARY = (noun_set,)
#: rule → the kinds that it joins, in either order: others need not be tried
BINARY = {
    class_suffix: ("set", "set"),
    subtype_head: ("set", "set"),
    class_class: ("set", "set"),
    beside: ("set", "set"),
    which_of: ("set", "set"),
    of_place: ("set", "set"),
    outside: ("set", "set case"),
    implicit: ("set", "set"),
    named_after: ("set", "set"),
    nouns_beside: ("noun", "noun"),
    noun_of: ("set", "noun"),
    stands_as: ("set", "noun be"),
    noun_class: ("noun", "set"),
    with_value: ("link", "noun verb"),
    set_with_value: ("link", "set"),
    value_suffix: ("link", "set"),
    case: ("case", "set link"),
    floating: ("set", "set verb noun"),
    property_of: ("property", "set"),
    qualified_at: ("property value", "set"),
    leads_member: ("set", "noun"),
}


def _bare(part: Part) -> bool:
    """A class word that nothing restricts yet."""
    return part.kind == "set" and part.open and isinstance(part.form, Instances) and not part.form.subtype
