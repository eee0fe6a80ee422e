"""Parts of a question: what the rules of ``qa_service/rules`` compose.

A part spans characters of the question, denotes a set, a relation or a structural word,
and remembers the rule and the parts that it was made from, so that every reading can be
printed as a tree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from ontology.lexicon.mention import Period
from queries.logical_form import Direction, EntitySet, Op

Kind = Literal[
    "set", "noun", "verb", "claim", "ask", "not", "have", "be", "case", "period", "record", "link",
    "property", "value", "way",
]  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One constituent.

    set      a set of things: ``form`` over ``classes``; ``asked`` where the question wants it
    noun     a relational noun (供应商): the things that stand in ``relations`` to an argument
    verb     a relation with open ends: ``subject`` and ``object`` once they are filled
    claim    a closed statement, asked about by yes/no questions: ``form`` is the witness set
    property an attribute (设立年份) of things of ``classes``; ``word`` is its name
    value    an attribute of the set ``form``; of a relation's qualifier ``relations`` says which
    way      how two things hang together: ``subject`` and ``object`` once they are named
    others   structural words; ``word`` is the rule of ``words.yaml``
    """

    kind: Kind
    rule: str
    start: int
    end: int
    text: str = ""
    form: EntitySet | None = None
    classes: frozenset[str] = frozenset()
    asked: str = ""
    word: str = ""
    tag: str = ""
    open: bool = False  # a class head that restrictions attach to, not a named thing
    place: bool = False
    negated: bool = False
    relations: tuple[tuple[str, Direction], ...] = ()
    where: tuple[tuple[str, Op, str], ...] = ()
    subject: Part | None = None
    object: Part | None = None
    period: Period | None = None
    floats: tuple[Part, ...] = ()
    children: tuple[Part, ...] = ()
    cost: float = 0.0
    #: bit i is set where character i of the clean question is explained
    explained: int = 0

    def over(self, *children: Part, rule: str, cost: float = 0.0, **changes: Any) -> Part:
        """This part changed by a rule that consumed ``children``: span, cost, floats and
        explained characters are theirs together."""
        first = children[0]
        start, end, explained, floats, total = first.start, first.end, first.explained, first.floats, cost
        total += first.cost
        for child in children[1:]:
            start, end = min(start, child.start), max(end, child.end)
            explained |= child.explained
            total += child.cost
            floats += child.floats
        made = self.changed(
            rule=rule, start=start, end=end, children=children, cost=total, explained=explained, floats=floats
        )
        made.__dict__.update(changes)
        return made

    def changed(self, **changes: Any) -> Part:
        """This part with other values. A question makes tens of thousands of parts: copied by hand,
        which is what dataclasses.replace does, at a third of its price."""
        made = object.__new__(Part)
        made.__dict__.update(self.__dict__)
        made.__dict__.update(changes)
        return made

    def tree(self, depth: int = 0) -> str:
        """The part as an indented tree of rule names."""
        lines = [f"{'  ' * depth}{self.rule} [{self.start}:{self.end}] {self.text}".rstrip()]
        lines += [child.tree(depth + 1) for child in self.children]
        return "\n".join(lines)


def bits(start: int, end: int) -> int:
    """A mask with the bits of ``[start, end)`` set."""
    return ((1 << (end - start)) - 1) << start
