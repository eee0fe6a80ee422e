"""Questions for what is lacking, with the three reasons to say so (contract §3)."""

from __future__ import annotations

from qa_service.exam.item import Item, Kind
from qa_service.exam.mark import Gold
from qa_service.exam.wording import Wording
from queries.logical_form import Count, Entity, EntitySet, Except, Follow, Instances, Within


def without_class(w: Wording) -> Item | None:
    """漯河市哪些产业链没有一站式平台"""
    found = _lacked(w)
    if found is None:
        return None
    source, said, place, lacked, word = found
    text = w.rng.choice([
        f"{place}{w.which()}{said}没有{word}", f"{place}没有{word}的{said}{w.has_which()}",
        f"{place}{w.which()}{said}还没有{word}", f"{place}还缺{word}的{said}是哪些",
    ])  # fmt: skip
    return lacking("gap of a class", text, Except(source, lacked), w)


def without_class_en(w: Wording) -> Item | None:
    """Which industrial chains in 漯河市 have no one-stop platform?"""
    found = _lacked(w, english=True)
    if found is None:
        return None
    source, said, place, lacked, word = found
    where = f" in {place}" if place else ""
    return lacking("gap of a class", f"Which {said}{where} have no {word}?", Except(source, lacked), w)


def count_without(w: Wording) -> Item | None:
    """漯河市有多少条产业链没有一站式平台"""
    found = _lacked(w)
    if found is None:
        return None
    source, said, place, lacked, word = found
    form = Except(source, lacked)
    bases = w.facts.bases(form)
    known = [i for i, basis in bases.items() if basis != "unrecorded"]
    gold = Gold(count=len(known or bases), bases=bases) if bases else Gold(count=0, bases={"": "covered"})
    if not w.facts.entities(source):
        gold = Gold()
    return Item("count of a gap", f"{place}有多少个{said}没有{word}", Count(form), gold)


def _lacked(w: Wording, *, english: bool = False) -> tuple[EntitySet, str, str, Follow, str] | None:
    """Things, the word for them, the place, what they may lack, and the word for that."""
    here = sorted({t.cls for t in w.world.things.values() if not w.ontology.classes[t.cls].is_place})
    cls, other = w.rng.choice(here), w.rng.choice(here)
    way = w.between(other, cls)
    if cls == other or way is None:
        return None
    relation, direction = way
    head, said = w.head(cls, english=english)
    lacked, word = w.head(other, english=english)
    source: EntitySet = head
    place = ""
    if cls in w.placeable() and w.rng.random() < 0.6:
        at = w.rng.choice(w.places())
        source, place = Within(head, Entity(at.id)), w.name(at)
    return source, said, place, Follow(lacked, relation.name, direction), word


def without_noun(w: Wording) -> Item | None:
    """哪些产业链没有链长"""
    nouns = [n for n in w.nouns() if w.linked(n.relation)]
    if not nouns:
        return None
    noun = w.rng.choice(nouns)
    here = {t.cls for t in w.world.things.values()}
    classes = sorted(c for c in noun.relation.range & here if not w.ontology.classes[c].is_place)
    if not classes:
        return None
    head, said = w.head(w.rng.choice(classes))
    lacked = _any_of(sorted(noun.relation.domain))
    text = w.rng.choice([f"{w.which()}{said}没有{noun.word}", f"没有{noun.word}的{said}{w.has_which()}"])
    return lacking("gap of a relation", text, Except(head, Follow(lacked, noun.relation.name, "out")), w)


def _any_of(classes: list[str]) -> EntitySet:
    from queries.logical_form import Either

    form: EntitySet = Instances(classes[0])
    for name in classes[1:]:
        form = Either(form, Instances(name))
    return form


def without_thing(w: Wording) -> Item | None:
    """哪些保护区没有雪顶鹤: those without one named thing"""
    things = [t for t in w.world.things.values() if not w.ontology.classes[t.cls].is_place]
    thing = w.rng.choice(things)
    here = sorted({t.cls for t in things})
    cls = w.rng.choice(here)
    way = w.between(thing.cls, cls)
    if cls == thing.cls or way is None:
        return None
    head, said = w.head(cls)
    form = Except(head, Follow(Entity(thing.id), way[0].name, way[1]))
    return lacking("gap of a thing", f"{w.which()}{said}没有{w.name(thing)}", form, w)


def without_verb(w: Wording) -> Item | None:
    """哪些企业没有供应芷岚骁"""
    links = [x for x in w.world.links if w.ontology.relations[x.relation] in w.scope.relations]
    links = [x for x in links if w.verbs(w.ontology.relations[x.relation])]
    if not links:
        return None
    link = w.rng.choice(links)
    obj, subject = w.world.things[link.target], w.world.things[link.source]
    head, said = w.head(subject.cls)
    verb = w.rng.choice(w.verbs(w.ontology.relations[link.relation]))
    form = Except(head, Follow(Entity(obj.id), link.relation, "in"))
    return lacking("gap of a verb", f"{w.which()}{said}没有{verb}{w.name(obj)}", form, w)


def lacking(kind: str, text: str, form: Except, w: Wording) -> Item:
    """An item that asks for what is lacking: the denied and covered ones, else the unrecorded."""
    bases = w.facts.bases(form)
    known = {i: b for i, b in bases.items() if b != "unrecorded"} or bases
    told = {w.world.things[i].name: b for i, b in known.items()}
    if not w.facts.entities(form.source):
        return Item(kind, text, form, Gold())
    return Item(kind, text, form, Gold(names=frozenset(told), bases=told))


KINDS: tuple[Kind, ...] = (
    without_class, without_class_en, count_without, without_noun, without_thing, without_verb,
)  # fmt: skip
