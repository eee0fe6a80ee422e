"""Rules for clauses: a verb and what fills its ends, having and lacking, being."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ontology.structure import LOCATED_IN
from qa_service.questions.parts import Part
from qa_service.rules.grammar import Grammar, instances, levelled, narrowed, within
from queries.logical_form import (
    Both,
    Direction,
    Either,
    Entity,
    EntitySet,
    Except,
    Follow,
    Instances,
    Qualifying,
    Whereabouts,
    Within,
)

#: negations of being such a thing, not of having one: 不是龙头, 不做整机
_NO_SUCH = ("不",)
#: what leaves something out of others
_APART = "除"
#: price of what stands right behind a verb for who does it
_DONE_TO = 0.2
#: price of what stands behind ``of`` for the object of a verb
_JOINS_NOUNS = 0.6


def fill(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """A verb takes a set as subject or object: by case word where there is one, else by
    place (before: subject, behind: object); the other way round only where the classes
    leave no choice."""
    for verb, filler in ((left, right), (right, left)):
        if verb.kind != "verb" or filler.kind != "set":
            continue
        before = filler is left
        for slot, cost in _slots(verb, filler, before):
            if slot == "subject" and verb.subject is None:
                fitting = tuple(p for p in verb.relations if filler.classes & _subject(p, g))
            elif slot == "object" and verb.object is None:
                fitting = tuple(p for p in verb.relations if filler.classes & _object(p, g))
            else:
                continue
            if fitting:
                filled = {slot: filler}
                yield verb.over(
                    left,
                    right,
                    rule=f"fill_{slot}",
                    cost=cost,
                    relations=fitting,
                    asked=verb.asked or filler.asked,
                    **filled,
                )


def fill_place(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """A verb takes a place where it wants what is of one: 生活在 鹿鸣州 is living in what lies there."""
    verb, place = left, right
    if verb.kind != "verb" or verb.object is not None:
        return
    if place.kind != "set" or not place.place or place.open or place.asked or place.form is None:
        return
    for pair in verb.relations:
        wanted = _object(pair, g)
        if wanted & place.classes or g.is_place(wanted) or not g.placeable(wanted):
            continue
        there = place.over(
            place, rule="what_is_there", form=within(None, wanted, place.form), classes=wanted, place=False
        )
        yield verb.over(left, right, rule="fill_place", cost=0.3, relations=(pair,), object=there)


def _slots(verb: Part, filler: Part, before: bool) -> tuple[tuple[str, float], ...]:
    if filler.tag == "to":
        return (("object", 0.0),)
    if filler.tag == "by":
        return (("subject", 0.0),)
    if before and verb.tag == "whether" and filler.asked:
        return (("object", 0.0), ("subject", 0.6))  # which firms does X supply: its subject has been said
    # suppliers of X: a noun has its argument so, a verb hardly its object
    dear = _JOINS_NOUNS if filler.rule == "case" and filler.children[0].text == "of" else 0.0
    if before and verb.subject is not None and verb.subject.tag == "by":
        return (("object", dear),)  # 甲厂的电解铜 由谁供应: who does it has been said
    if before:
        return (("subject", dear), ("object", 0.6 + dear))
    # 采购|甲厂: what stands right behind a verb is what it is done to
    right_behind = _DONE_TO if filler.start == verb.end and not verb.text.isascii() else 0.0
    return (("object", dear), ("subject", 0.6 + dear + right_behind))


def _subject(pair: tuple[str, Direction], g: Grammar) -> frozenset[str]:
    return g.ends(*pair)[0]


def _object(pair: tuple[str, Direction], g: Grammar) -> frozenset[str]:
    return g.ends(*pair)[1]


def close(part: Part, g: Grammar) -> Iterator[Part]:
    """A verb with its ends filled is the set that is asked for; with none asked, a claim.

    With one end open the open end is what is asked (给中联重科供应第三方物流的)."""
    if part.kind != "verb" or (part.subject is None and part.object is None):
        return
    if part.word:
        yield from _said_of(part, g)
        return
    # 哪些企业没写明供什么产品: what is not told is no product that is asked for
    any_object = part.negated and part.subject is not None and bool(part.subject.asked)
    wanted = "object" if part.object is not None and part.object.asked and not any_object else "subject"
    if part.subject is not None and part.object is None:
        wanted = "object"
    if part.subject is not None and part.subject.asked and part.object is None and part.where:
        # 电解铜是谁供应的: to whom is not said, what is
        ends = frozenset(c for pair in part.relations for c in _object(pair, g))
        anyone = part.subject.over(part.subject, rule="anyone", form=instances(ends), classes=ends, asked="")
        part = part.over(part, rule="close_to_anyone", object=anyone)
        wanted = "subject"
    what = any(qualifier != "role" for qualifier, _, _ in part.where)
    if part.object is not None and part.object.asked and part.subject is None and what:
        # 电解铜卖给谁: by whom is not said, what is
        ends = frozenset(c for pair in part.relations for c in _subject(pair, g))
        anyone = part.object.over(part.object, rule="anyone", form=instances(ends), classes=ends, asked="")
        part = part.over(part, rule="close_by_anyone", subject=anyone)
    known, head = (part.object, part.subject) if wanted == "subject" else (part.subject, part.object)
    if known is None or known.form is None:
        return
    form: EntitySet | None = None
    classes: frozenset[str] = frozenset()
    for relation, direction in part.relations:
        # the verb leads from its subject to its object; we go to the wanted end
        way: Direction = direction if wanted == "object" else ("in" if direction == "out" else "out")
        need, result = g.ends(relation, way)
        where = tuple(w for w in part.where)
        if not known.classes & need:
            continue
        if part.negated:
            relation, way = _answering(relation, way, head, g)
        followed: EntitySet = Follow(known.form, relation, way, where)
        if relation == LOCATED_IN and not where:
            # standing in a place is standing in what that is part of
            if way == "in" and known.place and head is not None and g.placeable(head.classes):
                followed = Within(head.form or instances(head.classes), known.form)
                result = head.classes
            elif way == "out" and head is not None and levelled(head.form) and g.placeable(known.classes):
                followed = Whereabouts(known.form)
        form = followed if form is None else Either(form, followed)
        classes |= result
    if form is None:
        return
    if head is not None:
        classes = (head.classes & classes) or head.classes
        if part.negated:
            base = head.form or Instances(sorted(classes)[0])
            form = Except(base, form)
        elif head.form is not None:
            if isinstance(form, Follow):
                form = narrowed(head.form, form)
            elif not isinstance(form, Within):
                form = Both(head.form, form)
    elif part.negated:
        return
    asked = head.asked if head is not None else ""
    is_claim = head is not None and not part.asked and not head.open
    yield part.over(
        part,
        rule="close",
        cost=0.0 if head is not None else 0.5,
        kind="claim" if is_claim else "set",
        form=form,
        classes=classes,
        open=True,
        subject=None,
        object=None,
        relations=(),
        where=(),
        negated=False,
        asked=asked or ("" if is_claim else "which" if head is None else ""),
    )


def _answering(
    relation: str, way: Direction, head: Part | None, g: Grammar
) -> tuple[str, Direction]:
    """The relation that answers for this one too, of what a gap is asked: chains that no platform serves
    are those that have none."""
    classes = head.classes if head is not None else frozenset()
    for other in g.ontology.relations.values():
        for step in other.also:
            back: Direction = "in" if step.direction == "out" else "out"
            if step.relation == relation and back == way and classes and classes <= other.domain:
                return other.name, "in"
    return relation, way


def _said_of(part: Part, g: Grammar) -> Iterator[Part]:
    """What a relation says in a qualifier, of the one or two ends that are named."""
    for known, other, flip in ((part.subject, part.object, False), (part.object, part.subject, True)):
        if known is None or known.form is None or known.open or known.asked:
            continue
        if other is not None and (other.form is None or other.open or other.asked):
            return
        relation, direction = part.relations[0]
        way: Direction = ("in" if direction == "out" else "out") if flip else direction
        need, far = g.ends(relation, way)
        if not known.classes & need or (other is not None and not other.classes & far):
            continue
        yield part.over(
            part,
            rule="said_of",
            kind="value",
            form=known.form,
            classes=known.classes,
            relations=((relation, way),),
            subject=None,
            object=other,
        )
        return


def negate(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """没有/未 before a verb or a relation of having."""
    if left.text.startswith(_APART):
        return
    if left.kind in ("not", "record") and right.kind == "verb" and not right.negated:
        yield right.over(left, right, rule="negate", negated=True)
    if left.kind in ("not", "record") and right.kind == "have":
        yield left.over(left, right, rule="not_have")


def having(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """Having or lacking something: 没有一站式平台, 拥有国检中心. Waits for its subject."""
    if (
        left.kind in ("not", "record", "have")
        and right.kind in ("set", "noun")
        and not left.subject
        and not left.object
    ):
        if right.kind == "set" and right.form is None:
            return
        if left.text.startswith(_NO_SUCH) and right.rule == "noun_set":
            yield left.over(left, right, rule="not_being", object=right, negated=True, tag="being")
            return
        yield left.over(
            left,
            right,
            rule="lacking" if left.kind != "have" else "having",
            object=right,
            negated=left.kind != "have",
        )


def haver(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """The set of those that have or lack it: 产业链 + 没有一站式平台, and the other way round."""
    for head, predicate, cost in ((left, right, 0.0), (right, left, 0.05)):
        if predicate.kind not in ("not", "record", "have") or predicate.object is None or head.kind != "set":
            continue
        if head.asked and predicate.object.asked:
            continue
        thing = predicate.object
        if predicate.tag == "being":
            if thing.classes & head.classes and head.form is not None and thing.form is not None:
                yield head.over(left, right, rule="is_none", form=Except(head.form, thing.form))
            continue
        if predicate.text.startswith(_APART):
            # 除了甲厂: the others of its sort, whatever they have to do with it
            if thing.classes & head.classes and thing.form is not None:
                base = head.form or Instances(sorted(head.classes)[0])
                yield head.over(
                    left, right, rule="apart_from", cost=cost, form=Except(base, thing.form), asked=head.asked
                )
            continue
        if thing.place and not thing.open:
            continue  # being in a place is no having of it
        if (
            head.place
            and not head.open
            and head.form is not None
            and g.placeable(thing.classes)
            and not thing.asked
        ):
            # 长沙有没有工程机械产业链: a place has what is of it
            if not predicate.negated and thing.form is not None:
                yield head.over(
                    left,
                    right,
                    rule="place_has",
                    cost=cost,
                    kind="claim",
                    classes=thing.classes,
                    place=False,
                    form=within(thing.form, thing.classes, head.form),
                )
            continue
        for n, possession in enumerate(_possession(head, thing, g)):
            base = head.form or Instances(sorted(head.classes)[0])
            if predicate.negated:
                form: EntitySet = Except(base, possession)
            elif thing.asked and thing.kind == "set" and head.form is not None:
                # 株洲有哪些平台: the thing had is what is asked
                continue
            else:
                form = (
                    narrowed(head.form, possession)
                    if isinstance(possession, Follow)
                    else Both(base, possession)
                )
            yield head.over(
                left,
                right,
                rule="lacks" if predicate.negated else "has",
                cost=cost + 0.3 * n,
                form=form,
                asked=head.asked,
                kind="set" if head.open else "claim",
            )


def haver_of_noun(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """Having or lacking, said of what a relational noun begins with: 有一站式平台的 产业链链主 are the lead
    firms of the chains that have one."""
    predicate, noun = left, right
    if predicate.kind not in ("not", "record", "have") or predicate.object is None or noun.kind != "noun":
        return
    if noun.object is not None or predicate.object.kind != "set":
        return
    for relation, direction in noun.relations:
        for cls in sorted(g.ends(relation, direction)[0]):
            labels = (w for w in g.ontology.classes[cls].labels.all() if not w.isascii())
            if not any(noun.text.startswith(word) and noun.text != word for word in labels):
                continue
            head = Part("set", "class", noun.start, noun.end, classes=frozenset([cls]), form=Instances(cls))
            for possession in list(_possession(head, predicate.object, g))[:1]:
                base = Instances(cls)
                having = Except(base, possession) if predicate.negated else narrowed(base, possession)
                yield noun.over(
                    left,
                    right,
                    rule="haver_of_noun",
                    kind="set",
                    open=True,
                    relations=(),
                    where=(),
                    form=Follow(having, relation, direction, noun.where),
                    classes=g.ends(relation, direction)[1],
                )


def verb_noun(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """A verb and the noun for who stands at its open end: 给甲厂供货的 供应商 are those who supply 甲厂, and
    nobody else's."""
    verb, noun = left, right
    if verb.kind != "verb" or noun.kind != "noun" or noun.object or noun.where or verb.word:
        return
    for slot, known, end in (("subject", verb.object, _subject), ("object", verb.subject, _object)):
        if known is None or (verb.subject and verb.object) or known.tag not in ("to", "by"):
            continue  # 甲厂的客户的采购方 goes on from one to the next
        for relation, direction in verb.relations:
            seen: Direction = direction if slot == "object" else "in" if direction == "out" else "out"
            if (relation, seen) not in noun.relations:
                continue
            who = noun.classes & end((relation, direction), g)
            head = noun.over(
                noun, rule="who", kind="set", open=True, relations=(), form=instances(who), classes=who
            )
            filled: dict[str, Any] = {slot: head}
            yield verb.over(
                left,
                right,
                rule="verb_noun",
                relations=((relation, direction),),
                asked=verb.asked or noun.asked,
                **filled,
            )


def _possession(head: Part, thing: Part, g: Grammar) -> Iterator[EntitySet]:
    """Sets of those of the head's classes that have the thing."""
    if thing.kind == "noun":
        for relation, direction in thing.relations:
            need, result = g.ends(relation, direction)
            back: Direction = "in" if direction == "out" else "out"
            if head.classes & need:
                yield Follow(instances(result), relation, back, thing.where)
                continue
            qualifier = g.qualifier_for(relation, head.classes)
            if qualifier:
                yield Qualifying(sorted(head.classes)[0], relation, qualifier)
        return
    assert thing.form is not None
    for relation, direction in g.between(thing.classes, head.classes)[:2]:
        yield Follow(thing.form, relation, direction)


def what_it_has(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """株洲 + 有 + 哪些平台: what is had is asked, the haver restricts it like a noun phrase."""
    if right.kind != "have" or right.object is None or not right.object.asked or left.kind != "set":
        return
    thing = right.object
    if thing.kind != "set" or left.form is None:
        return
    from qa_service.rules.nouns import implicit, of_place

    for rule in (of_place, implicit):
        for made in rule(left, thing, g):
            yield made.over(left, right, rule="what_it_has", cost=made.cost - left.cost - thing.cost)


def being(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """是 before a set waits for what it is said of: 是 + 工程机械产业链的龙头."""
    if left.kind == "be" and right.kind == "set" and left.object is None and right.form is not None:
        yield left.over(left, right, rule="being", object=right)
    if left.kind == "be" and right.kind == "noun" and right.object is not None and left.object is None:
        yield left.over(left, right, rule="being", object=right)
    if right.kind == "be" and right.object is not None and left.kind == "set" and left.form is not None:
        said = right.object
        if said.kind != "set":
            return
        if (
            isinstance(left.form, Entity)
            and said.open
            and not said.asked
            and left.classes & said.classes
            and said.form is not None
        ):
            yield left.over(left, right, rule="is_a", kind="claim", form=Both(left.form, said.form))
        elif said.asked and left.open and left.classes & said.classes:
            yield left.over(left, right, rule="is_which", asked=said.asked)
        elif left.asked and said.open and said.classes & left.classes:
            yield said.over(left, right, rule="which_is", asked=left.asked)


UNARY = (close,)
#: rule → the kinds that it joins, in either order: others need not be tried
BINARY = {
    fill: ("verb", "set"),
    fill_place: ("verb", "set"),
    negate: ("not record", "verb have"),
    having: ("not record have", "set noun"),
    haver: ("set", "not record have"),
    haver_of_noun: ("noun", "not record have"),
    verb_noun: ("verb", "noun"),
    what_it_has: ("set", "have"),
    being: ("be", "set noun"),
}
