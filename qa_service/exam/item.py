"""A question of the exam with its form and its gold, and the table of the kinds of questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qa_service.exam.mark import Gold
from qa_service.exam.wording import Wording
from queries.logical_form import LogicalForm
from queries.notation import write


@dataclass(frozen=True)
class Item:
    """``form`` is what the question means; the gold was computed from it by the evaluator."""

    kind: str
    question: str
    form: LogicalForm
    gold: Gold

    @property
    def form_name(self) -> str:
        """The outermost form: Follow, Except, Count …"""
        return type(self.form).__name__

    @property
    def english(self) -> bool:
        return sum("a" <= ch <= "z" for ch in self.question.lower()) > 10

    def to_json(self) -> dict[str, object]:
        gold = self.gold
        return {
            "kind": self.kind, "question": self.question, "form": write(self.form),
            "names": sorted(gold.names) if gold.names is not None else None, "count": gold.count,
            "truth": gold.truth, "bases": dict(gold.bases) or None,
            "figures": sorted(map(list, gold.figures)) if gold.figures is not None else None,
        }  # fmt: skip


#: asks one question of a kind, None where this world gives no occasion
Kind = Callable[[Wording], Item | None]
