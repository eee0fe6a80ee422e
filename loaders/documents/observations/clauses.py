"""A passage in clauses, each with its mentions of figures, periods and comparisons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from loaders.documents.observations import cues
from loaders.documents.observations.subjects import Named
from ontology.lexicon.mention import Mention, Quantity

#: 周期长达(45天): a duration is the figure of a measure of time
_LASTS = re.compile(
    r"(?:周期|时长|时间|时限|期限|标龄|年限|工期|工时|观察期|保质期|过渡期|有效期|保修期|年龄|工龄"
    r"|寿命|耗时|用时"
    r"|(?:周期|时间|工期)(?:平均)?(?:延长|缩短|压缩)(?:了)?)[^,，。;；、]{0,20}$"
)
_BREAK = re.compile(
    r"[，;；。！？!?]|(?<!\d),|,(?!\d{3})|(?<!\d)[:：]|[:：](?!\d)|——|\t|\.{3,}|…+"
    r"|(?<=[一-鿿])\.(?=\s*$|[一-鿿])|(?<=%)(?=(?!的|以[上下内]|左右|和|及|与|或)[一-鿿]{2,12}(?:、[一-鿿]{2,12})+等[一-鿿])"
)
_BRACKET = re.compile(r"[(（《“)）》”]")
#: 分别为98.6、97.1和(99.2%)
_ROW = re.compile(r"(?:分别|依次)[^\d,，。;；]{0,8}(?P<row>(?:\d+(?:\.\d+)?\s?[、和与及]\s?)+)$")
#: a sign behind a list mark or a verb
_MINUS = re.compile(r"(?:[、和与及]|增长|下降|为)[-−－﹣]$")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
#: what somebody says, which has clauses of its own; a name in quotation marks has none
_SAID = re.compile(r"“[^“”]*[,，。;；!！?？][^“”]*”")
#: stretches of time and the like are no figures of a metric
_DURATION = frozenset(
    ("年", "周年", "岁", "个月", "天", "周", "小时", "分钟", "秒", "个工作日", "工作日", "字", "节", "群")
)


_TIME = frozenset(("年", "个月", "天", "周", "小时", "分钟", "个工作日", "工作日", "岁"))


@dataclass(frozen=True, slots=True)
class Clause:
    """``text[start:end]`` of a passage, without the mark that ends it (``mark``)."""

    start: int
    end: int
    mark: str
    quantities: tuple[Mention, ...]
    ordinals: tuple[Mention, ...]
    comparisons: tuple[Mention, ...]
    periods: tuple[Mention, ...]
    names: tuple[Named, ...]


def clauses(text: str, mentions: Sequence[Mention], names: Sequence[Named]) -> list[Clause]:
    """The clauses of a passage in order."""
    deep = _inside_brackets(text)
    comparisons = [m for m in mentions if m.kind == "comparison"]
    cuts = [
        m.span() for m in _BREAK.finditer(text)
        if not deep[m.start()] and not any(c.start < m.start() < c.end for c in comparisons)
    ]
    cuts.append((len(text), len(text)))
    out: list[Clause] = []
    start = 0
    for s, e in cuts:
        if s > start:
            out.append(Clause(
                start, s, text[s:e],
                tuple(
                    m for m in mentions
                    if start <= m.start and m.end <= s and (figure(m) or _lasts(text, start, s, m))
                ),
                tuple(m for m in mentions if m.kind == "ordinal" and start <= m.start < s),
                tuple(m for m in comparisons if start < m.end <= s),
                tuple(m for m in mentions if m.kind == "period" and start <= m.start < s),
                tuple(n for n in names if start <= n.start < s),
            ))
        start = e
    return out


def unit_at_the_end(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, with those of 分别快13.1、23.0、19.7个百分点 that have their unit behind the last."""
    out = [_below_zero(text, m) for m in mentions]
    for m in list(out):
        value = m.value
        if not isinstance(value, Quantity) or not value.value or value.base_value is None or not value.unit:
            continue
        row = _ROW.search(text, 0, m.start)
        for number in _NUMBER.finditer(text, row.start("row"), row.end("row")) if row is not None else ():
            known = [o for o in out if o.start == number.start() and isinstance(o.value, Quantity)]
            if any(isinstance(o.value, Quantity) and o.value.unit for o in known):
                continue
            one = float(number[0])
            quantity = replace(value, value=one, bound="=", base_value=one * value.base_value / value.value)
            out = [o for o in out if o not in known]
            out.append(Mention("quantity", *number.span(), number[0], quantity, m.rule))
    return sorted(out, key=lambda m: m.start)


def _below_zero(text: str, m: Mention) -> Mention:
    """分别增长3.3%和-2.4%: the sign that would be a dash behind a figure."""
    value = m.value
    if not isinstance(value, Quantity) or not value.value or _MINUS.search(text, 0, m.start) is None:
        return m
    below = None if value.base_value is None else -abs(value.base_value)
    quantity = replace(value, value=-abs(value.value), base_value=below)
    return Mention(m.kind, m.start - 1, m.end, text[m.start - 1:m.end], quantity, m.rule)


def _inside_brackets(text: str) -> bytearray:
    """1 for each character between brackets or quotation marks, and for these themselves."""
    deep = bytearray(len(text))
    said = {at for m in _SAID.finditer(text) for at in (m.start(), m.end() - 1)}
    depth = opened = 0
    for m in _BRACKET.finditer(text):
        if m.start() in said:
            continue
        if m[0] in "(（《“":
            opened = opened if depth else m.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                deep[opened:m.end()] = b"\x01" * (m.end() - opened)
    # a bracket that is never closed: brackets say nothing here
    return bytearray(len(text)) if depth else deep


def _lasts(text: str, start: int, end: int, m: Mention) -> bool:
    """送检周期长达45天, 12个月的观察期: a duration that something is said to have."""
    if not isinstance(m.value, Quantity) or m.value.unit not in _TIME:
        return False
    said = _LASTS.search(text[start:m.start]) or cues.LASTS_BEHIND.match(text[m.end:end])
    compared = any(text[m.start - n:m.start] in ("高出", "延长", "缩短") for n in (2,))
    return said is not None or compared


def figure(m: Mention) -> bool:
    """Whether a quantity can be the value of a metric."""
    return isinstance(m.value, Quantity) and m.value.unit not in _DURATION
