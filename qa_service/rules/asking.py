"""Rules for question words: what is asked of the sets that the other rules built."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ontology.structure import LOCATED_IN
from qa_service.questions.parts import Part
from qa_service.rules.grammar import Grammar
from queries.logical_form import Entity, Follow, Instances

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
#: words before a class word that ask what a thing is
_WHAT_KIND = ("是什么", "是个什么")
#: price of reading the word behind "how many" as a verb
_COUNTED_NOUN = 0.4
#: asks how much of something, never how many
_MEASURED = re.compile("[钱高大远重成]|水平|百分|high")
#: price of asking by 谁 which thing it is that does not act
_NO_AGENT = 1.0
#: price of reading a word of being as one of having, or the other way round
_OTHERWISE = 1.0


def asked(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """A question word at a set, a relational noun or a verb's filler: 哪些 企业, 企业 有几家."""
    for ask, other in ((left, right), (right, left)):
        if ask.kind != "ask" or other.kind not in ("set", "noun", "value", "claim") or ask.word not in _ASKS:
            continue
        word = _ASKS[ask.word]
        if word == "count" and _MEASURED.search(ask.text):
            continue  # 多少钱: money is no number of things
        if other.kind == "claim":
            if word == "cite" and not other.asked:  # 甲厂给乙厂供货, 依据是什么
                yield other.over(left, right, rule="claim_cited", asked=word)
            continue
        if other.kind == "value":
            yield other.over(left, right, rule="asked_value", asked=word)
            continue
        before = ask is left
        if word in ("define", "cite"):
            if isinstance(other.form, Entity) or word == "cite":
                yield other.over(left, right, rule=f"asked_{word}", cost=0.1, asked=word)
            elif other.kind == "set" and other.open and ask.text.startswith("who"):
                yield other.over(left, right, rule="asked_who", asked="who")
            continue
        if other.asked and other.asked != "which":
            continue
        if other.kind == "set" and not other.open:
            continue
        # 多少 before a set counts it; behind it, it may ask for a figure: dearer
        cost = 0.0 if before else 0.1
        plain = other.rule in ("class", "subtype", "case_behind")
        if word == "who" and plain and g.agents() and not other.classes & g.agents():
            cost += _NO_AGENT  # 收割机链上有谁 asks who is on it, not which it is
        if word == "count" and other.rule == "close" and ask.text.isascii():
            cost = _COUNTED_NOUN  # how many customers: a noun, whatever else it may be
        yield other.over(left, right, rule=f"asked_{word}", cost=cost, asked=word)


def what_kind(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """是什么 企业, 是家什么样的 公司: the thing itself is asked for, and the class word says nothing more."""
    bare = right.kind == "set" and right.open and isinstance(right.form, Instances) and not right.form.subtype
    if left.kind == "ask" and bare and (left.word == "ask.define" or left.text in _WHAT_KIND):
        yield left.over(left, right, rule="what_kind", word="ask.define", cost=-0.1)


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


def related(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """三一重工 和 株洲 有什么关系: both things that a way is asked between, one after the other."""
    for ask, thing in ((left, right), (right, left)):
        if thing.kind != "set" or thing.open or thing.asked or thing.form is None or thing.floats:
            continue
        if ask.kind == "ask" and ask.word == "ask.relation":
            yield ask.over(left, right, rule="related", kind="way", subject=thing)
        elif ask.kind == "way" and ask.object is None and ask.subject and ask.subject.form != thing.form:
            first, last = (thing, ask.subject) if thing is left else (ask.subject, thing)
            yield ask.over(left, right, rule="related_to", subject=first, object=last)


def what_of_relation(left: Part, right: Part, g: Grammar) -> Iterator[Part]:
    """供应 什么, 供应 哪些产品: what a relation says in its qualifier, not who stands at its end."""
    verb, ask = left, right
    if verb.kind != "verb" or verb.word or verb.asked or verb.negated:
        return
    for pair in verb.relations:
        of = ask.classes if ask.kind == "set" else g.not_who(pair)
        for qualifier in g.named_by_qualifier(pair[0], of):
            if ask.kind == "ask" and ask.word != "ask.what":
                continue
            if ask.kind == "set" and not (ask.asked and ask.open and isinstance(ask.form, Instances)):
                continue
            yield verb.over(left, right, rule="what_of_relation", relations=(pair,), word=qualifier)
            break


#: rule → the kinds that it joins, in either order: others need not be tried
BINARY = {
    asked: ("ask", "set noun value claim"),
    where: ("ask", "set"),
    yes_no: ("ask", "claim be have verb set"),
    related: ("ask way", "set"),
    what_of_relation: ("verb", "ask set"),
    what_kind: ("ask", "set"),
}
