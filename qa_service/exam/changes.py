"""What must not change an answer, and what answers must say of each other: no gold is needed for these.

A supplies B ⇔ B is supplied by A · the parts of a place add up to it · a document about other things ·
documents loaded in another order · a document taken out and put in again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from graph.store import GraphStore
from ontology.model import Ontology, Step
from ontology.structure import LOCATED_IN, PART_OF
from qa_service.answering.answer_types import Answer
from qa_service.exam.build import build
from qa_service.exam.evaluate import Evaluator
from qa_service.exam.item import Item
from qa_service.exam.wording import Wording
from qa_service.exam.world import Thing, World
from qa_service.exam.write import load

#: asks one question
Asking = Callable[[str], Answer]
_PAIRS = 12


@dataclass(frozen=True)
class Broken:
    """Two answers that do not go together."""

    seed: int
    check: str
    question: str
    one: str
    other: str

    def to_json(self) -> dict[str, object]:
        return {
            "seed": self.seed, "check": self.check, "question": self.question, "mark": "wrong",
            "answers": [self.one, self.other],
        }  # fmt: skip


def broken(
    world: World, ontology: Ontology, store: GraphStore, seed: int, items: Sequence[Item], asking: Asking
) -> Iterator[Broken]:
    """What breaks of all this in a world that the store holds; the store holds it afterwards too.

    >>> list(broken(world, ontology, store, 1, items, asking))                        # doctest: +SKIP
    []
    """
    words = Wording(world, ontology, Random(f"{seed} changes"))
    yield from _directions(words, seed, asking)
    yield from _parts(words, seed, asking)
    before = {item.question: _said(asking(item.question)) for item in items}
    held = store.content_hash()
    first, *others = world.documents
    _again(world, first, ontology, store)
    yield from _compared("taken out and put in again", before, seed, asking, items)
    if store.content_hash() != held:
        yield Broken(seed, "taken out and put in again", "the graph hash", held, store.content_hash())
    _in_order(world, [*reversed(others), first], ontology, store)
    yield from _compared("another order of loading", before, seed, asking, items)
    if store.content_hash() != held:
        yield Broken(seed, "another order of loading", "the graph hash", held, store.content_hash())
    more = build(ontology, seed + 1, besides=world)
    both = World((*world.stated, *more.stated), {**world.metrics, **more.metrics})
    load(both, ontology, store, more.documents)
    wider = Evaluator(both, ontology)
    same = [item for item in items if wider.denotation(item.form) == words.facts.denotation(item.form)]
    yield from _compared("a document about other things", before, seed, asking, same)
    store.apply([], remove=more.documents)
    if store.content_hash() != held:
        yield Broken(seed, "documents taken out", "the graph hash", held, store.content_hash())


def _directions(w: Wording, seed: int, asking: Asking) -> Iterator[Broken]:
    """Who A supplies, and who supplies B: B is among the first where A is among the second."""
    nouns = [n for n in w.nouns() if w.verbs(n.relation) and w.linked(n.relation)]
    for _ in range(_PAIRS if nouns else 0):
        noun = w.rng.choice(nouns)
        relation = noun.relation
        a = w.rng.choice(w.linked(relation))
        b = w.rng.choice(w.linked(relation, "in"))
        if a == b or b.cls not in relation.range_for(a.cls) or b not in w.arguments(noun):
            continue
        said = w.label(w.ontology.classes[b.cls].labels, "class", b.cls)
        forward = f"{a.name}{w.verbs(relation)[0]}哪些{said}"
        backward = f"{b.name}的{noun.word}有哪些"
        there, back = asking(forward), asking(backward)
        if (b.name in there.answers) != (a.name in back.answers):
            yield Broken(seed, "the other direction", f"{forward} · {backward}", _said(there), _said(back))


def _parts(w: Wording, seed: int, asking: Asking) -> Iterator[Broken]:
    """How many there are in a place: those in its parts, and those that stand in itself."""
    classes = [c for c in w.placeable() if w.ontology.classes[c].placed_by == ((Step(LOCATED_IN, "out"),),)]
    wholes = [p for p in w.places() if _inside(w, p)]
    for cls in classes if wholes else ():
        whole = w.rng.choice(wholes)
        said = w.label(w.ontology.classes[cls].labels, "class", cls)
        question = f"{whole.name}有多少个{said}"
        parts = [_number(asking(f"{p.name}有多少个{said}")) for p in _inside(w, whole)]
        own = sum(
            x.target == whole.id and x.relation == LOCATED_IN and w.world.things[x.source].cls == cls
            for x in w.world.links
        )
        total = _number(asking(question))
        if total != sum(parts) + own:
            yield Broken(seed, "the sum of the parts", question, str(total), f"{parts} + {own}")


def _inside(w: Wording, place: Thing) -> list[Thing]:
    return [w.world.things[x.source] for x in w.world.links if x.relation == PART_OF and x.target == place.id]


def _number(answer: Answer) -> int:
    return int(answer.answers[0]) if answer.status == "answered" and answer.answers[0].isdigit() else 0


def _again(world: World, document: str, ontology: Ontology, store: GraphStore) -> None:
    store.apply([], remove=[document])
    load(world, ontology, store, [document])


def _in_order(world: World, documents: Sequence[str], ontology: Ontology, store: GraphStore) -> None:
    store.reset()
    half = len(documents) // 2
    for several in (documents[:half], documents[half:]):  # another order in a load and of loads
        load(world, ontology, store, several)


def _compared(
    check: str, before: dict[str, str], seed: int, asking: Asking, items: Sequence[Item]
) -> Iterator[Broken]:
    for item in items:
        after = _said(asking(item.question))
        if after != before[item.question]:
            yield Broken(seed, check, item.question, before[item.question], after)


def _said(answer: Answer) -> str:
    return f"{answer.status} {sorted(answer.answers)} {[b for b in answer.row_basis if b]}"
