"""The exam: worlds from seeds, questions about them, answers marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from graph.store import GraphStore
from ontology.model import Ontology
from qa_service.answering.answer_types import Answer
from qa_service.ask import ask
from qa_service.exam import figures, gaps, sets
from qa_service.exam.build import build
from qa_service.exam.changes import Broken, broken
from qa_service.exam.item import Item, Kind
from qa_service.exam.mark import Mark, mark
from qa_service.exam.spoken import said
from qa_service.exam.wording import Wording
from qa_service.exam.world import World
from qa_service.exam.write import load
from qa_service.session import Session

KINDS: tuple[Kind, ...] = (*sets.KINDS, *gaps.KINDS, *figures.KINDS)
#: questions about one world, and of these those that are asked again after each change to it
OF_ONE_WORLD = 500
ASKED_AGAIN = 40
#: the day that questions are asked on
TODAY = date(2026, 3, 1)
_TRIES = 40


@dataclass(frozen=True)
class Marked:
    """A question, what was answered, and the mark with its reason. ``seed`` and ``number`` make it again."""

    seed: int
    number: int
    item: Item
    answer: Answer
    mark: Mark
    why: str

    def to_json(self) -> dict[str, object]:
        answer = self.answer
        return {
            "seed": self.seed, "number": self.number, **self.item.to_json(), "mark": self.mark,
            "why": self.why, "status": answer.status, "answers": list(answer.answers),
            "read_as": answer.logical_form,
        }  # fmt: skip


@dataclass
class Examinee:
    """A store that is asked as it is, whatever has been loaded since the last question."""

    session: Session

    @classmethod
    def of(cls, store: GraphStore, ontology: Ontology) -> Examinee:
        return cls(Session(store, ontology, today=TODAY))

    def ask(self, question: str) -> Answer:
        self.session = self.session.refreshed()
        return ask(question, self.session)

    def marked(self, seed: int, number: int, item: Item) -> Marked:
        answer = self.ask(item.question)
        return Marked(seed, number, item, answer, *mark(item.gold, answer))


def questions(world: World, ontology: Ontology, seed: int) -> Iterator[Item]:
    """Questions about a world, the kinds in turn, none twice; it ends where no new one is found."""
    wording = Wording(world, ontology, Random(f"{seed} questions"))
    asked: set[str] = set()
    while True:
        fresh = 0
        for kind in KINDS:
            for _ in range(_TRIES):
                item = kind(wording)
                item = said(item, wording.rng) if item is not None else None
                if item is not None and item.question not in asked:
                    asked.add(item.question)
                    fresh += 1
                    yield item
                    break
        if not fresh:
            return


def examined(
    ontology: Ontology, store: GraphStore, *, n: int, seed: int, changes: bool = True
) -> Iterator[Marked | Broken]:
    """``n`` questions, up to 500 about each world, asked of a store whose graph is replaced; then what
    no change to the documents may change.

    >>> all(m.mark == "right" for m in examined(load_ontology(), store, n=500, seed=1))   # doctest: +SKIP
    True
    """
    left = n
    while left > 0:
        world = build(ontology, seed)
        store.reset()
        load(world, ontology, store)
        examinee = Examinee.of(store, ontology)
        items = []
        for number, item in zip(
            range(min(left, OF_ONE_WORLD)), questions(world, ontology, seed), strict=False
        ):
            items.append(item)
            yield examinee.marked(seed, number, item)
        if changes:
            again = items[:: max(1, len(items) // ASKED_AGAIN)][:ASKED_AGAIN]
            yield from broken(world, ontology, store, seed, again, examinee.ask)
        left -= len(items)
        seed += 1


def tally(marked: Iterable[Marked]) -> dict[tuple[str, str], dict[Mark, int]]:
    """(form, kind) → how many of each mark."""
    found: dict[tuple[str, str], dict[Mark, int]] = {}
    for m in marked:
        counts = found.setdefault((m.item.form_name, m.item.kind), {"right": 0, "wrong": 0, "refused": 0})
        counts[m.mark] += 1
    return found
