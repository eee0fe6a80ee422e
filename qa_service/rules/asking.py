"""Rules for question words: what is asked of the sets that the other rules built."""

from __future__ import annotations

from collections.abc import Iterator

from ontology.structure import LOCATED_IN
from qa_service.questions.parts import Part
from qa_service.rules.grammar import Grammar
from queries.logical_form import Entity, Follow

_ASKS = {
    "ask.which": "which",
    "ask.who": "who",
    "ask.count": "count",
    "ask.amount": "count",
    "ask.define": "define",
    "ask.cite": "cite",
}
#: words that only carry the question for another verb
_AUXILIARY = ("do", "does", "did")
#: price of reading a word of being as one of having, or the other way round
_OTHERWISE = 1.0


def asked(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """A question word at a set, a relational noun or a verb's filler: 哪些 企业, 企业 有几家."""
    for ask, other in ((left, right), (right, left)):
        if ask.kind != "ask" or other.kind not in ("set", "noun", "value") or ask.word not in _ASKS:
            continue
        word = _ASKS[ask.word]
        if other.kind == "value":
            yield other.over(left, right, rule="asked_value", asked=word)
            continue
        before = ask is left
        if word in ("define", "cite"):
            if isinstance(other.form, Entity) or word == "cite":
                yield other.over(left, right, rule=f"asked_{word}", cost=0.1, asked=word)
            continue
        if other.asked and other.asked != "which":
            continue
        if other.kind == "set" and not other.open:
            continue
        # 多少 before a set counts it; behind it, it may ask for a figure: dearer
        yield other.over(left, right, rule=f"asked_{word}", cost=0.0 if before else 0.1, asked=word)


def where(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """中车株机 在哪里."""
    for ask, thing in ((left, right), (right, left)):
        if ask.kind == "ask" and ask.word == "ask.where" and thing.kind == "set" and thing.form is not None:
            _, result = g.ends(LOCATED_IN, "out")
            if thing.classes & g.ends(LOCATED_IN, "out")[0]:
                yield thing.over(
                    left,
                    right,
                    rule="asked_where",
                    form=Follow(thing.form, LOCATED_IN, "out"),
                    classes=result,
                    asked="which",
                    open=True,
                )


def yes_no(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """是不是/吗 turns a claim into a question; 是不是 before a set is a kind of 是."""
    for ask, other in ((left, right), (right, left)):
        if ask.kind != "ask" or ask.word != "ask.yesno":
            continue
        if other.kind == "claim":
            yield other.over(left, right, rule="asked_whether", asked="whether")
        elif other.kind in ("be", "have", "verb") and ask is left:
            yield other.over(left, right, rule="whether", tag="whether")
        elif other.kind == "set" and ask is left and other.form is not None:
            # 是不是 asks for being, 有没有 for having; 是否 and 吗 for either
            being, having = "是不是" in ask.text or "属" in ask.text, "有" in ask.text
            if ask.text in _AUXILIARY:
                being = having = True  # does X supply: neither is said
            yield other.over(
                left,
                right,
                rule="whether_is",
                cost=_OTHERWISE if having else 0.0,
                kind="be",
                object=other,
                form=None,
                asked="",
                word="be",
                relations=(),
                tag="whether",
            )
            yield other.over(
                left,
                right,
                rule="whether_has",
                kind="have",
                object=other,
                form=None,
                asked="",
                word="have",
                relations=(),
                tag="whether",
                cost=_OTHERWISE if being else 0.05 if other.open else 0.3,
            )


#: rule → the kinds that it joins, in either order: others need not be tried
BINARY = {
    asked: ("ask", "set noun value"),
    where: ("ask", "set"),
    yes_no: ("ask", "claim be have verb set"),
}
