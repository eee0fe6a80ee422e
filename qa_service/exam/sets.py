"""Questions for things: lists, relations, hops, counts, whether something is so."""

from __future__ import annotations

from qa_service.exam.item import Item, Kind
from qa_service.exam.mark import Gold
from qa_service.exam.wording import Noun, Wording
from qa_service.exam.world import Thing
from queries import logical_form as lf
from queries.logical_form import Both, Count, Direction, Entity, EntitySet, Exists, Follow, Within


def of_place(w: Wording) -> Item | None:
    """漯河市有哪些企业"""
    cls, place = w.rng.choice(w.placeable()), w.rng.choice(w.places())
    head, said = w.head(cls)
    p = w.name(place)
    text = w.rng.choice([
        f"{p}{w.has_which()}{said}", f"{p}的{said}{w.has_which()}", f"{w.which()}{said}在{p}",
        f"列出{p}的{said}", f"{p}{said}名单", f"{p}都有什么{said}",
        f"把{p}的{said}列出来", f"{said}，{p}有哪些",
    ])  # fmt: skip
    return names("list of a place", text, Within(head, Entity(place.id)), w)


def of_place_en(w: Wording) -> Item | None:
    """Which enterprises are in 漯河市?"""
    cls, place = w.rng.choice(w.placeable()), w.rng.choice(w.places())
    head, said = w.head(cls, english=True)
    text = w.rng.choice([
        f"Which {said} are in {place.name}?", f"What {said} are there in {place.name}?",
        f"List the {said} in {place.name}",
    ])  # fmt: skip
    return names("list of a place", text, Within(head, Entity(place.id)), w)


def _argument(noun: Noun, w: Wording) -> Thing:
    """Something that the noun may be said of; mostly something of which it is true."""
    all_of = w.arguments(noun)
    linked = [t for t in w.linked(noun.relation, "in") if t in all_of]
    return w.rng.choice(linked if linked and w.rng.random() < 0.85 else all_of)


def _noun(w: Wording, *, english: bool = False) -> tuple[Noun, Thing] | None:
    nouns = w.nouns(english=english)
    nouns = [n for n in nouns if any(not w.is_place(t) for t in w.linked(n.relation, "in"))]
    if not nouns:
        return None
    noun = w.rng.choice(nouns)
    return noun, _argument(noun, w)


def relational(w: Wording) -> Item | None:
    """芷岚骁的供应商有哪些"""
    found = _noun(w)
    if found is None:
        return None
    noun, of = found
    x = w.name(of)
    text = w.rng.choice(
        [
            f"{x}的{noun.word}{w.has_which()}", f"{x}{w.has_which()}{noun.word}", f"列出{x}的{noun.word}",
            f"{x}的{noun.word}是谁", f"{x}的{noun.word}都有谁",
        ]
    )
    return names("relation", text, _of(noun, Entity(of.id)), w)


def relational_en(w: Wording) -> Item | None:
    """Which are the suppliers of 芷岚骁?"""
    found = _noun(w, english=True)
    if found is None:
        return None
    noun, of = found
    text = w.rng.choice([f"What are the {noun.word} of {of.name}?", f"List the {noun.word} of {of.name}"])
    return names("relation", text, _of(noun, Entity(of.id)), w)


def _of(noun: Noun, argument: EntitySet) -> Follow:
    return Follow(argument, noun.relation.name, noun.direction)


def _verb(w: Wording, *, english: bool = False) -> tuple[str, str, Thing, Thing] | None:
    """(verb, plain verb, subject, object) of some stated link."""
    links = [
        x
        for x in w.world.links
        if x.polarity == "stated" and w.ontology.relations[x.relation] in w.scope.relations
    ]
    w.rng.shuffle(links)
    for link in links[:20]:
        relation = w.ontology.relations[link.relation]
        said = w.english_verb(relation) if english else next(((v, v) for v in w.verbs(relation)), None)
        if said:
            return *said, w.world.things[link.source], w.world.things[link.target]
    return None


def _relation(w: Wording, verb: str) -> str:
    return next(m.value for m in w.ontology.meanings(verb) if m.kind == "relation")


def object_of(w: Wording) -> Item | None:
    """芷岚骁供应哪些企业"""
    found = _verb(w)
    if found is None:
        return None
    verb, _, subject, obj = found
    head, said = w.head(obj.cls, finer=False)
    form = Follow(Entity(subject.id), _relation(w, verb), "out", (), head.cls)
    return names("verb, its object", f"{w.name(subject)}{verb}{w.which()}{said}", form, w)


def object_of_en(w: Wording) -> Item | None:
    """Which enterprises does 芷岚骁 supply?"""
    found = _verb(w, english=True)
    if found is None:
        return None
    verb, plain, subject, obj = found
    head, said = w.head(obj.cls, english=True, finer=False)
    form = Follow(Entity(subject.id), _relation(w, verb), "out", (), head.cls)
    return names("verb, its object", f"Which {said} does {subject.name} {plain}?", form, w)


def subject_of(w: Wording) -> Item | None:
    """哪些企业供应芷岚骁"""
    found = _verb(w)
    if found is None:
        return None
    verb, _, subject, obj = found
    head, said = w.head(subject.cls)
    o = w.name(obj)
    texts = [f"{w.which()}{said}{verb}{o}"]
    if subject.cls != obj.cls:  # else 供应芷岚骁的企业 names 芷岚骁企业
        texts.append(f"{verb}{o}的{said}{w.has_which()}")
    text = w.rng.choice(texts)
    return names(
        "verb, its subject", text, _narrowed(head, Follow(Entity(obj.id), _relation(w, verb), "in")), w
    )


def subject_of_en(w: Wording) -> Item | None:
    """Which enterprises supply 芷岚骁?"""
    found = _verb(w, english=True)
    if found is None:
        return None
    verb, plain, subject, obj = found
    head, said = w.head(subject.cls, english=True)
    said_verb = plain if said.endswith("s") else verb
    form = _narrowed(head, Follow(Entity(obj.id), _relation(w, verb), "in"))
    return names("verb, its subject", f"Which {said} {said_verb} {obj.name}?", form, w)


def _narrowed(head: lf.Instances, by: Follow) -> EntitySet:
    if head.subtype:
        return Both(head, by)
    return Follow(by.source, by.relation, by.direction, by.where, head.cls)


def two_nouns(w: Wording) -> Item | None:
    """芷岚骁的供应商的供应商有哪些"""
    found = _noun(w)
    if found is None:
        return None
    first, of = found
    reached = first.relation.domain
    nouns = [n for n in w.nouns() if w.linked(n.relation) and n.relation.range & reached]
    if not nouns:
        return None
    second = w.rng.choice(nouns)
    text = f"{w.name(of)}的{first.word}的{second.word}{w.has_which()}"
    return names("two hops", text, _of(second, _of(first, Entity(of.id))), w)


def noun_then_verb(w: Wording) -> Item | None:
    """芷岚骁的供应商生产哪些产品"""
    found, verbal = _noun(w), _verb(w)
    if found is None or verbal is None:
        return None
    (noun, of), (verb, _, subject, obj) = found, verbal
    if subject.cls not in noun.relation.domain:
        return None
    head, said = w.head(obj.cls, finer=False)
    form = Follow(_of(noun, Entity(of.id)), _relation(w, verb), "out", (), head.cls)
    return names("two hops", f"{w.name(of)}的{noun.word}{verb}{w.which()}{said}", form, w)


def of_placed(w: Wording) -> Item | None:
    """漯河市的企业的供应商有哪些"""
    nouns = [n for n in w.nouns() if w.linked(n.relation)]
    if not nouns:
        return None
    noun = w.rng.choice(nouns)
    classes = sorted(noun.relation.range & set(w.placeable()))
    if not classes:
        return None
    head, said = w.head(w.rng.choice(classes))
    place = w.rng.choice(w.places())
    form = _of(noun, Within(head, Entity(place.id)))
    return names("place, then hop", f"{w.name(place)}的{said}的{noun.word}{w.has_which()}", form, w)


def in_role(w: Wording) -> Item | None:
    """芷岚骁的站长是谁"""
    links = [x for x in w.world.links if x.qualifiers.get("role") and x.polarity == "stated"]
    for link in w.rng.sample(links, min(6, len(links))):
        value = link.qualifiers["role"]
        role = w.ontology.roles[value]
        words = [x for x in w.only(role.labels.all(), "role", value) if not x.isascii()]
        if words and role.relations == (link.relation,):
            of = w.world.things[link.target]
            text = f"{w.name(of)}的{w.rng.choice(words)}{w.rng.choice(['是谁', w.has_which()])}"
            form = Follow(Entity(of.id), link.relation, "in", (("role", "=", value),))
            return names("role", text, form, w)
    return None


def qualified(w: Wording) -> Item | None:
    """芷岚骁的齿轮供应商有哪些: a value that a relationship is qualified by"""
    nouns = w.nouns()
    links = [
        (x, q, n)
        for x in w.world.links
        for q in x.qualifiers
        for n in nouns
        if x.polarity == "stated"
        and n.relation.name == x.relation
        and q != "role"
        and n.relation.qualifiers[q].endswith("string")
    ]
    if not links:
        return None
    link, qualifier, noun = w.rng.choice(links)
    value = link.qualifiers[qualifier]
    of = w.world.things[link.target]
    form = Follow(Entity(of.id), link.relation, "in", ((qualifier, "=", value),))
    return names("qualifier", f"{w.name(of)}的{value}{noun.word}{w.has_which()}", form, w)


def whereabouts(w: Wording) -> Item | None:
    """芷岚骁在哪个市州"""
    things = [t for t in w.world.things.values() if t.cls in w.placeable()]
    thing, level = w.rng.choice(things), w.rng.choice(w.places())
    head, said = w.head(level.cls, finer=True)
    if not head.subtype:
        return None
    text = f"{w.name(thing)}在{w.rng.choice(['哪个', '哪些'])}{said}"
    return names("whereabouts", text, Both(head, lf.Whereabouts(Entity(thing.id))), w)


# ---- counts ------------------------------------------------------------------------


def count_of_place(w: Wording) -> Item | None:
    """漯河市有多少家企业"""
    cls, place = w.rng.choice(w.placeable()), w.rng.choice(w.places())
    head, said = w.head(cls)
    p = w.name(place)
    text = w.rng.choice(
        [
            f"{p}有多少个{said}", f"{p}有几个{said}", f"{p}的{said}有多少个", f"{p}一共有多少{said}",
            f"{said}在{p}有多少个", f"{p}总共几个{said}",
        ]
    )
    return counted("count of a place", text, Within(head, Entity(place.id)), w)


def count_of_place_en(w: Wording) -> Item | None:
    """How many enterprises are there in 漯河市?"""
    cls, place = w.rng.choice(w.placeable()), w.rng.choice(w.places())
    head, said = w.head(cls, english=True)
    text = f"How many {said} are there in {place.name}?"
    return counted("count of a place", text, Within(head, Entity(place.id)), w)


def count_of_noun(w: Wording) -> Item | None:
    """芷岚骁有几个供应商"""
    found = _noun(w)
    if found is None:
        return None
    noun, of = found
    text = w.rng.choice([f"{w.name(of)}有几个{noun.word}", f"{w.name(of)}的{noun.word}有多少个"])
    return counted("count of a relation", text, _of(noun, Entity(of.id)), w)


def count_of_subject(w: Wording) -> Item | None:
    """有多少企业供应芷岚骁"""
    found = _verb(w)
    if found is None:
        return None
    verb, _, subject, obj = found
    head, said = w.head(subject.cls)
    text = f"有多少{w.rng.choice(['', '个'])}{said}{verb}{w.name(obj)}"
    return counted(
        "count of a verb", text, _narrowed(head, Follow(Entity(obj.id), _relation(w, verb), "in")), w
    )


# ---- whether -----------------------------------------------------------------------


def _pair(w: Wording) -> tuple[str, Thing, Thing] | None:
    """A verb between two things: true, denied, or of nothing recorded."""
    links = [x for x in w.world.links if w.ontology.relations[x.relation] in w.scope.relations]
    links = [x for x in links if w.verbs(w.ontology.relations[x.relation])]
    denied = [x for x in links if x.polarity == "denied"]
    if not links:
        return None
    link = w.rng.choice(denied if denied and w.rng.random() < 0.3 else links)
    verb = w.rng.choice(w.verbs(w.ontology.relations[link.relation]))
    obj = w.world.things[link.target]
    if w.rng.random() < 0.2:
        obj = w.rng.choice(w.of_class(obj.cls))
    subject = w.world.things[link.source]
    return None if subject == obj else (verb, subject, obj)


def whether_verb(w: Wording) -> Item | None:
    """芷岚骁供应桁珞嵘吗"""
    found = _pair(w)
    if found is None:
        return None
    verb, subject, obj = found
    s, o = w.name(subject), w.name(obj)
    asked = ["{s}{v}{o}吗", "{s}是否{v}{o}", "{s}有没有{v}{o}", "{s}{v}{o}，对吗"]
    text = w.rng.choice(asked).format(s=s, v=verb, o=o)
    return told("whether, by verb", text, subject, Follow(Entity(obj.id), _relation(w, verb), "in"), w)


def whether_verb_en(w: Wording) -> Item | None:
    """Does 芷岚骁 supply 桁珞嵘?"""
    found = _verb(w, english=True)
    if found is None:
        return None
    verb, plain, subject, obj = found
    if w.rng.random() < 0.4:
        obj = w.rng.choice(w.of_class(obj.cls))
    if subject == obj:
        return None
    text = f"Does {subject.name} {plain} {obj.name}?"
    return told("whether, by verb", text, subject, Follow(Entity(obj.id), _relation(w, verb), "in"), w)


def whether_noun(w: Wording) -> Item | None:
    """芷岚骁是不是桁珞嵘的供应商"""
    found = _noun(w)
    if found is None:
        return None
    noun, of = found
    links = [x for x in w.world.links if x.relation == noun.relation.name and x.target == of.id]
    subjects = [w.world.things[x.source] for x in links]
    if not subjects or w.rng.random() < 0.25:
        subjects = [t for t in w.world.things.values() if t.cls in noun.relation.domain and t != of]
    subject = w.rng.choice(subjects)
    text = w.rng.choice(["{s}是不是{o}的{n}", "{s}是{o}的{n}吗"]).format(
        s=w.name(subject), o=w.name(of), n=noun.word
    )
    return told("whether, by noun", text, subject, _of(noun, Entity(of.id)), w)


def whether_kind(w: Wording) -> Item | None:
    """芷岚骁是不是湿地保护区"""
    fine = [t for t in w.world.things.values() if t.subtype and not w.ontology.classes[t.cls].is_place]
    if not fine:
        return None
    thing = w.rng.choice(fine)
    head, said = w.head(thing.cls)
    if not head.subtype or said in thing.name:
        return None
    return told("whether, by kind", f"{w.name(thing)}是不是{said}", thing, head, w)


def whether_place(w: Wording) -> Item | None:
    """漯河市有没有企业"""
    cls, place = w.rng.choice(w.placeable()), w.rng.choice(w.places())
    head, said = w.head(cls)
    form = Within(head, Entity(place.id))
    gold = Gold(truth=True) if w.facts.entities(form) else Gold()
    text = w.rng.choice([f"{w.name(place)}有没有{said}", f"{w.name(place)}有{said}吗"])
    return Item("whether, of a place", text, Exists(form), gold)


def told(kind: str, text: str, thing: Thing, of: EntitySet, w: Wording) -> Item:
    """An item that asks whether a thing is of a set."""
    truth = w.facts.truth(thing.id, of)
    return Item(kind, text, Exists(Both(Entity(thing.id), of)), Gold(truth=truth))


def names(kind: str, text: str, form: EntitySet, w: Wording) -> Item:
    """An item that asks for the things of a set; nothing is to be answered where it is empty."""
    found = w.facts.named(form)
    return Item(kind, text, form, Gold(names=found) if found else Gold())


def counted(kind: str, text: str, form: EntitySet, w: Wording) -> Item:
    """An item that asks how many things a set has; none on record is no number."""
    n = len(w.facts.entities(form))
    return Item(kind, text, Count(form), Gold(count=n) if n else Gold())


def back(direction: Direction) -> Direction:
    return "in" if direction == "out" else "out"


KINDS: tuple[Kind, ...] = (
    of_place, of_place_en, relational, relational_en, object_of, object_of_en, subject_of, subject_of_en,
    two_nouns, noun_then_verb, of_placed, in_role, qualified, whereabouts, count_of_place, count_of_place_en,
    count_of_noun, count_of_subject, whether_verb, whether_verb_en, whether_noun, whether_kind, whether_place,
)  # fmt: skip
