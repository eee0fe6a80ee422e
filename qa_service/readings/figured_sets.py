"""Readings as things chosen by a figure of theirs: the reserve with the most visitors, the firms
whose pass rate is above 98 %.

What is chosen from is any set that the rules of composition understand (保护区, 鹿鸣州的保护区,
wetland reserves in 鹿鸣州); the figure is any metric of the ontology.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from ontology.lexicon.dimensions import quantity
from ontology.lexicon.mention import Mention, Quantity
from ontology.model import Ontology
from qa_service.questions.bounds import bound_said
from qa_service.questions.calculation_words import words
from qa_service.questions.figure_words import spans_of
from qa_service.questions.parts import bits
from qa_service.questions.question import Question
from qa_service.readings.parse import parse
from qa_service.readings.reading import Reading
from qa_service.rules.grammar import instances
from qa_service.session import Session
from queries.check import is_entity_set
from queries.logical_form import (
    Average,
    Compared,
    Count,
    Direction,
    Entity,
    EntitySet,
    Follow,
    GroupBy,
    Instances,
    Least,
    LogicalForm,
    Most,
    Observations,
    Op,
    Subjects,
    Sum,
    Top,
)

#: how many readings of the set are gone on with
_SETS = 3
#: what it speaks for a reading that the question says what is counted
_COUNTED = 0.3
#: what a set costs that no word asks for
_UNASKED = 0.6
_COMPARED = re.compile(
    r"(?:超过|高于|低于|高出|低过|不如|优于|落后于?|(?<![占同环])比(?!重|例)|较|达到|接近)[^,;]{0,8}$"
)
#: 排名前三的市州, 位居前五
_RANKED = re.compile(
    r"(?:排名|排在|位居|位列|居于|名列|排)?前(?=[一二两三四五六七八九十]|\d{1,3}(?!\d*年))"
)
#: 前三, top 3
_FIRST = re.compile(r"前(?P<zh>[一二两三四五六七八九十]|\d{1,3})|top (?P<en>\d{1,3})")


@dataclass(frozen=True)
class _Choice:
    """How the set is narrowed: by an extreme (``most``, the first ``k``) or by a bound; or its figures
    are made one."""

    mask: int
    most: bool | None = None
    k: int = 1
    op: Op = "="
    value: float = 0.0
    unit: str = ""
    #: the figures of all of the set are added up, or their mean is taken
    added: type[Sum] | type[Average] | None = None


def figured_sets(question: Question, session: Session) -> list[Reading]:
    """Readings of a question that chooses things by one metric.

    >>> figured_sets(analysed("2024年访客量最高的保护区是哪个"), session)[0].form       # doctest: +SKIP
    Most(source=Observations(subject=Instances(cls='Reserve', …), metric='metric:visitors', …))
    """
    metrics = [(m, a) for a in question.segments for m in a if m.kind == "metric"]
    by_number = _most_of(question, [m for m, _ in metrics], session)
    if by_number or not metrics:
        return by_number
    if len({str(m.value) for m, _ in metrics}) != 1:
        return []
    metric, named = metrics[0]
    choices = [*_choices(question), *_added(question, bits(named[0].start, named[0].end))]
    if len(choices) != 1:
        return []
    choice = choices[0]
    period = question.periods()[0].text if question.periods() else ""
    gone = choice.mask | bits(named[0].start, named[0].end)
    for alternatives in question.segments:
        if any(m.kind == "period" for m in alternatives):
            gone |= bits(alternatives[0].start, alternatives[0].end)
    rest = tuple(a for a in question.segments if not gone & bits(a[0].start, a[0].end))
    readings = []
    for found in parse(replace(question, segments=rest), session.grammar)[:_SETS]:
        counted = isinstance(found.form, Count)
        chosen_from = found.form.source if isinstance(found.form, Count) else found.form
        if not is_entity_set(chosen_from) or isinstance(chosen_from, Entity):
            continue
        observed = Observations(chosen_from, f"metric:{metric.value}", period=period)
        form, extreme = _form(observed, choice)
        # 学生人数最多的小学 asks by itself, without any 哪
        asks = any(m.kind == "word" and str(m.value).startswith("ask.") for a in rest for m in a)
        unasked = extreme or choice.added is not None
        cost = found.cost if asks or not unasked else max(0.0, found.cost - _UNASKED)
        readings.append(replace(
            found, form=Count(form) if counted and isinstance(form, get_args(EntitySet)) else form,
            cost=cost, explained=found.explained | gone, rule="figured_set",
            tree=f"figured_set {metric.value} {period}\n  " + found.tree.replace("\n", "\n  "),
            shown=(("subject", "value") if "多少" in question.clean else ("subject",)) if extreme else (),
            whole=True,
        ))  # fmt: skip
    return readings


def _most_of(question: Question, metrics: Sequence[Mention], session: Session) -> list[Reading]:
    """Things chosen by how many of something belong to them: 企业最多的产业链, 供应商最多的厂."""
    # of least nothing is known: what nobody recorded is in no group
    choices = [c for c in _choices(question) if c.most]
    if len(choices) != 1 or not any(w in question.clean for w in words()["in_number"]):
        return []
    choice = choices[0]
    start = (choice.mask & -choice.mask).bit_length() - 1
    number = max((w for w in words()["number_of"] if question.clean[:start].endswith(w)), key=len, default="")
    counted = _ending(question, start - len(number), session)
    if not counted or any(m.start < counted[0].start < m.end for m in metrics):
        return []  # 高新技术企业数最多: a figure of its own, not how many 企业 there are
    gone = choice.mask | bits(counted[0].start, start)
    rest = tuple(a for a in question.segments if not gone & bits(a[0].start, a[0].end))
    readings = []
    for found in parse(replace(question, segments=rest), session.grammar)[:_SETS]:
        # groups are of all things that are led to: of a set that is narrowed nothing is known
        head = _anyone(found.form, counted, session.ontology)
        if head is None or head.subtype:
            continue
        for source, relation, way in _belonging(counted, head.cls, session):
            grouped = GroupBy(source, relation, way)
            readings.append(replace(
                found, form=Top(grouped, choice.k) if choice.k > 1 else Most(grouped),
                cost=found.cost - _COUNTED, explained=found.explained | gone, rule="most_of",
                shown=("subject",), whole=True,
                tree=f"most_of {relation}\n  " + found.tree.replace("\n", "\n  "),
            ))  # fmt: skip
    return readings[:1]


def _anyone(form: LogicalForm, counted: Sequence[Mention], ontology: Ontology) -> Instances | None:
    """All of a class; those of a relation (供应商) too where they are chosen by how many it leads to
    (客户最多的供应商), None for a set that is narrowed otherwise."""
    if isinstance(form, Follow) and isinstance(form.source, Instances) and not form.where and not form.cls:
        relation = ontology.relations[form.relation]
        ends = relation.domain if form.direction == "in" else relation.range
        if any(m.kind == "relation" and m.value == form.relation for m in counted):
            return next((Instances(cls) for cls in sorted(ends) if cls in relation.domain), None)
    return form if isinstance(form, Instances) else None


def _ending(question: Question, at: int, session: Session) -> tuple[Mention, ...]:
    """What the longest word that ends there means, also where it begins a longer one (企业|数量)."""
    for length in range(min(at, 8), 1, -1):
        said = question.clean[at - length : at]
        meant = [w for w in session.ontology.meanings(said) if w.kind in ("class", "relation")]
        if meant:
            span = (at - length, at, said)
            return tuple(Mention(w.kind, *span, w.value, "ontology", w.inverse) for w in meant)
    return ()


def _belonging(
    counted: tuple[Mention, ...], cls: str, session: Session
) -> Iterator[tuple[EntitySet, str, Direction]]:
    """What is counted, and how it leads to things of the class: by the relation that its word says, else
    by the one that the ontology has for both."""
    ontology, to = session.ontology, frozenset([cls])
    for m in counted:
        if m.kind == "relation":
            relation = ontology.relations[str(m.value)]
            near, far = (relation.domain, relation.range) if m.inverse else (relation.range, relation.domain)
            if to & far and not relation.structural:
                yield instances(near), relation.name, "out" if m.inverse else "in"
    for m in counted:
        if m.kind == "class":
            for relation_name, way in session.grammar.between(frozenset([str(m.value)]), to)[:1]:
                yield Instances(str(m.value)), relation_name, way


def _form(observed: Observations, choice: _Choice) -> tuple[LogicalForm, bool]:
    if choice.added is not None:
        return choice.added(observed), False
    if choice.most is None:
        return Subjects(Compared(observed, choice.op, choice.value, choice.unit)), False
    if choice.k > 1 and choice.most:
        return Top(observed, choice.k), True
    return (Most(observed) if choice.most else Least(observed)), True


def _choices(question: Question) -> Iterator[_Choice]:
    for alternatives in question.segments:
        for m in alternatives:
            span = bits(m.start, m.end)
            if m.kind == "word" and str(m.value).startswith("superlative."):
                k, more = _how_many(question, m)
                yield _Choice(span | more, most=m.value == "superlative.most", k=k)
                break
            if m.kind == "quantity" and isinstance(m.value, Quantity) and (bound := _bound(question, m)):
                op, mask = bound
                value = m.value.base_value if m.value.base_value is not None else m.value.value
                if value is not None:
                    yield _Choice(span | mask, op=op, value=value, unit=m.value.base_unit)
                break
    ranked = _RANKED.search(question.clean)
    said = (str(m.value) for a in question.segments for m in a if m.kind == "word")
    if ranked and not any(word.startswith("superlative.") for word in said):
        k, mask = _first(question)
        yield _Choice(mask | bits(*ranked.span()), most=True, k=k)


def _added(question: Question, metric: int) -> Iterator[_Choice]:
    """合计, 平均: not where the word is part of the metric (平均无故障时间)."""
    for rule, form in (("sum_only", Sum), ("mean", Average)):
        for start, end in spans_of(question.clean, words()[rule]):
            # 超过全省平均: what it is compared with
            if not bits(start, end) & metric and not _COMPARED.search(question.clean[:start]):
                yield _Choice(bits(start, end), added=form)
                break


def _bound(question: Question, m: Mention) -> tuple[Op, int] | None:
    op, mask = bound_said(question.clean, m)
    return (op, mask) if op and op != "=" else None


def _first(question: Question) -> tuple[int, int]:
    """前三, top 3: the number and the characters that say it; (1, 0) where none does."""
    first = _FIRST.search(question.clean)
    number = quantity.parse(f"{first['zh'] or first['en']}个") if first else None
    if first is None or number is None or not number.value:
        return 1, 0
    return int(number.value), bits(*first.span())


def _how_many(question: Question, superlative: Mention) -> tuple[int, int]:
    """最高的 三个, 前三, top 3: the number and the characters that say it; 1 where none does."""
    k, said = _first(question)
    if said:
        return k, said
    for alternatives in question.segments:
        m = alternatives[0]
        if (
            m.kind == "quantity" and isinstance(m.value, Quantity) and m.value.bound == "="
            and m.value.value and float(m.value.value).is_integer() and m.value.base_unit != "%"
            and question.clean[superlative.end : m.start] in ("", "的")
        ):  # fmt: skip
            return int(m.value.value), bits(m.start, m.end)
    return 1, 0
