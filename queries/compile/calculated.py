"""Calculations over two sides: every figure of the one with every comparable one of the other."""

from __future__ import annotations

from typing import Final

from graph.types import CypherStatement
from ontology.model import Ontology
from ontology.structure import OBSERVATION, PASSAGE, STATED_IN
from queries import logical_form as lf
from queries.check import sides
from queries.compile.bind import bind_observed
from queries.compile.compiled import Compiled
from queries.compile.observed import innermost
from queries.compile.sets import Sets
from queries.compile.text import Clause, Names, exists, labelled, quote, statement

#: units in which things are counted one by one: of one metric 72项 and 99个 compare
COUNTED: Final = (
    "个",
    "家",
    "项",
    "件",
    "张",
    "份",
    "种",
    "类",
    "条",
    "座",
    "所",
    "名",
    "人",
    "户",
    "台",
    "套",
)
#: units of a distance between two shares
POINTS: Final = ("百分点", "个百分点", "个点")
TIMES: Final = "倍"
PERCENT: Final = "%"
#: the kind of value that is a part of a whole
SHARE: Final = "share"
#: how an observation's scope says that its gap or change goes down
LOWER: Final = ("方向=低于", "方向=下降")

#: properties of an observation that an answer needs of each side
_SHOWN: Final = (
    "metric",
    "period",
    "value",
    "low",
    "high",
    "text",
    "unit",
    "base_value",
    "base_unit",
    "bound",
    "decimals",
    "value_kind",
    "scope",
    "passages",
    "sources",
)
#: between the sides: Neo4j then plans the one after the other, in a fifth of the time that both at once take
_PARTED: Final = "{}, {}, {}"
_TwoSided = lf.Difference | lf.Ratio | lf.Shifted | lf.Attained


def two_sided(form: _TwoSided, ontology: Ontology) -> Compiled:
    """Difference, ratio, shift, attainment: ``value`` and ``unit`` with both sides beside it."""
    names = Names()
    one, other = sides(form)
    left, lo, ls, lm = bind_observed(one, Sets(ontology, names))
    right, ro, rs, rm = bind_observed(other, Sets(ontology, names))
    guard = [f"{lo}.base_value IS NOT NULL", f"{ro}.base_value IS NOT NULL"]
    if isinstance(form, lf.Shifted):
        guard += [f"{ls}.id = {rs}.id", _one_passage(lo, ro), _gap_fits(lo, ro, names)]
    else:
        first, second = innermost(one), innermost(other)
        if isinstance(first, lf.Observations) and isinstance(second, lf.Observations):
            if first.metric == second.metric:
                guard.append(f"{lm}.id = {rm}.id")
            if first.subject == second.subject:
                guard.append(f"{ls}.id = {rs}.id")
        guard.append(_one_unit(lo, ro, names, counted=not isinstance(form, lf.Ratio)))
    if isinstance(form, lf.Ratio):
        guard.append(f"{ro}.base_value <> 0")
    right[-1].conditions += guard
    left[-1].keep = _PARTED.format(lo, ls, lm)
    columns = [*_side("left", lo, ls, lm), *_side("right", ro, rs, rm)]
    returned = ",\n  ".join(f"{value} AS {name}" for name, value in columns)
    query = statement(
        [*left, *right],
        f"RETURN DISTINCT\n  {_value(form, lo, ro, names)} AS value, {lo}.base_unit AS unit,\n  {returned}",
        "ORDER BY left_id, right_id",
    )
    return Compiled(
        CypherStatement(query, names.params), ("value", "unit", *(name for name, _ in columns)), "number"
    )


def rest(form: lf.Rest, ontology: Ontology) -> Compiled:
    """100 % less a share."""
    names = Names()
    clauses, o, subject, metric = bind_observed(form.source, Sets(ontology, names))
    clauses[-1].conditions += [
        f"{o}.base_value IS NOT NULL",
        f"{o}.base_unit = {names.value('unit', PERCENT)}",
    ]
    columns = _side("left", o, subject, metric)
    returned = ",\n  ".join(f"{value} AS {name}" for name, value in columns)
    query = statement(
        clauses,
        f"RETURN DISTINCT\n  100.0 - {o}.base_value AS value, {o}.base_unit AS unit,\n  {returned}",
        "ORDER BY left_id",
    )
    return Compiled(
        CypherStatement(query, names.params), ("value", "unit", *(name for name, _ in columns)), "number"
    )


def against(form: lf.Against, sets: Sets) -> tuple[list[Clause], str, str, str]:
    """Clauses that bind the observations of ``source`` for which there is such another one."""
    clauses, o, subject, metric = bind_observed(form.source, sets)
    more, other, whose, which = bind_observed(form.other, sets)
    op = "<>" if form.op == "!=" else form.op
    beside = f"{other}.base_value"
    if form.times != 1.0:
        # as decimals say it: 3.3 is 1.1 * 3
        beside = f"round({sets.names.value('times', form.times)} * {beside}, 9)"
    more[-1].conditions += [
        f"{whose}.id = {subject}.id",
        f"{which}.id = {metric}.id",
        f"{o}.base_unit = {other}.base_unit",
        f"{o}.base_value {op} {beside}",
    ]
    clauses[-1].keep = _PARTED.format(o, subject, metric)
    return [*clauses, *more], o, subject, metric


def _side(side: str, o: str, subject: str, metric: str) -> list[tuple[str, str]]:
    own = [(f"{side}_{name}", f"{o}.{quote(name)}") for name in _SHOWN]
    return [
        (f"{side}_id", f"{o}.id"),
        (f"{side}_subject", f"{subject}.id"),
        (f"{side}_subject_name", f"{subject}.name"),
        (f"{side}_subject_class", f"{subject}.class"),
        (f"{side}_metric_id", f"{metric}.id"),
        (f"{side}_metric_name", f"{metric}.name"),
        *own,
    ]


def _value(form: _TwoSided, lo: str, ro: str, names: Names) -> str:
    left, right = f"{lo}.base_value", f"{ro}.base_value"
    if isinstance(form, lf.Ratio):
        return f"{left} / {right}"
    if not isinstance(form, lf.Shifted):
        return f"{left} - {right}"
    down = " OR ".join(f"coalesce({ro}.scope, '') CONTAINS {names.value('down', word)}" for word in LOWER)
    sign = f"(CASE WHEN {down} THEN -1.0 ELSE 1.0 END)"
    times, percent = names.value("times", TIMES), names.value("percent", PERCENT)
    share = names.value("share", SHARE)
    return (
        f"CASE WHEN {ro}.value_kind = {share} AND {ro}.base_unit = {percent} AND {right} <> 0\n"
        f"    THEN {left} / ({right} / 100.0)\n"
        f"    WHEN {ro}.base_unit = {times} AND {right} <> 0 THEN {left} / {right}\n"
        f"    WHEN {ro}.base_unit = {percent} AND ({lo}.base_unit IS NULL OR {lo}.base_unit <> {percent})\n"
        f"    THEN {left} / (1.0 + {sign} * {right} / 100.0)\n"
        f"    ELSE {left} - {sign} * {right} END"
    )


def _one_passage(lo: str, ro: str) -> str:
    passage = labelled((PASSAGE,))
    shared = exists(f"({lo})-[:{STATED_IN}]->({passage})<-[:{STATED_IN}]-({ro})", [])
    prose = exists(f"({lo}{labelled((OBSERVATION,))})-[:{STATED_IN}]->({passage})", [])
    return f"({shared} OR NOT {prose})"


def _gap_fits(lo: str, ro: str, names: Names) -> str:
    """Points belong to shares, times and percent to anything, other units to their own."""
    points, percent = names.value("points", list(POINTS)), names.value("percent", PERCENT)
    times = names.value("times", TIMES)
    return (
        f"({ro}.base_unit = {lo}.base_unit OR {ro}.base_unit = {times}\n"
        f"  OR ({ro}.base_unit IN {points} AND ({lo}.base_unit = {percent} OR {lo}.base_unit IS NULL"
        f" OR {lo}.base_unit = ''))\n  OR {ro}.base_unit = {percent})"
    )


def _one_unit(lo: str, ro: str, names: Names, *, counted: bool) -> str:
    same = f"{lo}.base_unit = {ro}.base_unit OR ({lo}.base_unit IS NULL AND {ro}.base_unit IS NULL)"
    if not counted:
        return f"({same})"
    words = names.value("counted", list(COUNTED))
    return f"({same} OR ({lo}.base_unit IN {words} AND {ro}.base_unit IN {words}))"
