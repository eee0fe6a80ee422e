"""A reading: one way to understand a question, whichever source proposed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from queries.logical_form import LogicalForm, Passages

Source = Literal["typed", "observed", "calculated", "structure", "span", "passages"]


@dataclass(frozen=True)
class Quoted:
    """What was read from the text itself: answer items (spans), or for open questions the
    sentences that speak to it (``text``). Not recorded facts: the answer says so."""

    answers: tuple[str, ...]
    text: str = ""


#: what a calculated answer names: the verdict on a target, the result, either side's value, the
#: greater or lesser side's name, the metric phrases of the rows, each value with its phrase; of a claim
#: the sources that state it
Shown = Literal[
    "verdict",
    "result",
    "left",
    "right",
    "greater",
    "lesser",
    "metric",
    "subject",
    "scope",
    "value",
    "figure",
    "count",
    "growth",
    "times",
    "portion",
    "qualifier",
    "source",
]


@dataclass(frozen=True)
class Reading:
    """``form`` is what would be computed; ``cost`` what its rules cost (0 is best);
    ``explained`` a mask of the question's characters that it accounts for; ``tree`` how the
    rules built it. ``source`` is which of the four sources of readings proposed it
    (architecture §4); ``confidence`` is set by the ranking."""

    form: LogicalForm
    cost: float
    explained: int
    rule: str
    tree: str
    source: Source
    confidence: float = 0.0
    notes: tuple[str, ...] = ()
    quoted: Quoted | None = None
    #: things as the document writes them, where their name alone says less (a step with its times)
    written: tuple[tuple[str, str], ...] = ()
    #: items of a calculated answer, in their order
    shown: tuple[Shown, ...] = ()
    #: names of the two sides as the question says them
    sides: tuple[str, str] = ("", "")
    #: how sure it is that its unknown words mean what they were taken for; 1 where there are none
    sure: float = 1.0
    #: the reading answers a question of several parts as one
    whole: bool = False


def read_from(found: Mapping[str, str], rule: str, cost: float, explained: int) -> Reading:
    """What passages say: each answer with the passage that it was read from."""
    return Reading(
        form=Passages(tuple(dict.fromkeys(found.values()))),
        cost=cost,
        explained=explained,
        rule=rule,
        tree=f"{rule} {'；'.join(found)}",
        source="span",
        quoted=Quoted(tuple(found)),
    )
