"""What a question says of the figure, thing or passage that it asks for: the characters that
have to be explained, periods, kinds of values, metrics, names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ontology.lexicon.mention import Mention, Period
from ontology.lexicon.names import OpenName, open_names
from ontology.model import Ontology
from qa_service.questions.asked import class_asked_for
from qa_service.questions.calculation_words import back_spans
from qa_service.questions.figure_words import VAGUE, figure_words, spans_of
from qa_service.questions.parts import bits
from qa_service.questions.places import lies_in, region_code
from qa_service.questions.question import Question
from qa_service.questions.scope import kind_words

#: what sets two names beside each other
_APART = re.compile("[和与跟同及、比较是]|以及|还有")
#: behind these stands the unit that is asked for
_MEASURED = re.compile("多少|几")


@dataclass(frozen=True)
class Wanted:
    """What a question says of the figure that it asks for.

    ``mask`` are the characters that have to be explained, ``cues`` those that say a value
    kind, ``whole`` those that stand for the place spoken of; ``metrics`` the ontology's
    metrics that it names, with the characters that do; ``named`` the things that it names;
    ``modifier`` are the characters right before the metric that say what it is of.
    """

    text: str
    mask: int
    weights: tuple[float, ...]
    periods: tuple[Period, ...]
    kinds: frozenset[str]
    cues: int
    whole: int
    metrics: tuple[tuple[str, int], ...]
    named: tuple[tuple[Mention, frozenset[str]], ...]
    measures: frozenset[str]
    modifier: int = 0
    #: months of a year that the question does not name: 前三季度
    months: tuple[Period, ...] = ()
    #: characters that ask for a share, which a figure in per cent accounts for
    shares: int = 0
    #: and those of a unit (多少 *只*), which a figure in it does
    measured: int = 0
    #: levels of the places spoken of as a whole (全省: province), where none is named
    levels: frozenset[str] = frozenset()


def wanted_by(question: Question, ontology: Ontology) -> Wanted:
    """What the question says, apart from the words that only ask."""
    words = figure_words()
    text = question.clean
    basis = _basis(text)
    mask = question.content() & ~basis
    named: list[tuple[Mention, frozenset[str]]] = []
    metrics: list[tuple[str, int]] = []
    for alternatives in question.segments:
        first = alternatives[0]
        span = bits(first.start, first.end)
        if question.inside_scope(alternatives):
            continue
        if any(m.kind == "period" for m in alternatives):
            span |= _around_period(text, first)
            mask &= ~span
        elif all(m.kind == "word" for m in alternatives) and not any(m.value == "not" for m in alternatives):
            mask &= ~span
        if any(m.kind == "entity" for m in alternatives):
            span = bits(first.start, first.end)
            ids = frozenset(
                str(c[0])
                for m in alternatives
                if m.kind == "entity" and isinstance(m.value, tuple)
                for c in m.value
            )
            if not _wider(first, ids, question):
                named.append((first, ids))
        metrics += [(str(m.value), span) for m in alternatives if m.kind == "metric"]
    known = 0
    for m, _ in named:
        known |= bits(m.start, m.end)
    for name in open_names(text):
        # a thing that the graph does not know, by the form of its name
        span = bits(name.start, name.end)
        if span & question.scope.mask:
            continue  # 报道里国检中心: where it stands, and a word for many
        if any(name.text.startswith(w) and len(name.text) <= len(w) + 1 for w in kind_words()):
            continue  # 规划说: what a source says, no name
        known_already = span & known & mask
        in_metric = any(
            m.start <= name.start < m.end for a in question.segments for m in a if m.kind == "metric"
        )
        if isinstance(name.value, OpenName) and not known_already and not in_metric and span & mask:
            named.append((_core(name, ontology), frozenset()))
    weights = [1.0] * len(text)
    for start, end in spans_of(text, words.vague):
        weights[start:end] = [VAGUE] * (end - start)
    kinds: set[str] = set()
    cues = own = 0
    for _, span in metrics:
        own |= span
    for m in class_asked_for(question)[0]:
        own |= bits(m.start, m.end)
    periods = asked_periods(question)
    planned = False
    past = bool(periods) and all(p.end < question.today for p in periods)
    asking = _asking(question)
    reached = reaching(text)
    mask &= ~reached
    starts = spans_of(text, words.kinds["baseline"])
    for kind, kind_cues in words.kinds.items():
        for start, end in spans_of(text, kind_cues):
            if bits(start, end) & (reached | basis):
                continue
            if not bits(start, end) & ~question.scope.mask:
                continue  # 规划里: a document, no sort of figure
            if kind == "target" and not bits(start, end) & ~own:
                continue  # 规划面积, 多少个规划: a metric's own word, or the things themselves
            if kind == "target" and any(s <= start and end <= e for s, e in starts):
                continue  # 规划基数: where a plan begins
            if kind == "target" and past and bits(start, end) & asking:
                continue  # 2023年达到多少: what has been reached
            kinds.add(kind)
            cues |= bits(start, end)
            planned |= kind == "target" and text[start:end] not in kind_words()
    if "baseline" in kinds and not planned:
        kinds.discard("target")  # 规划给的基期数据: where the plan began
    whole = 0
    levels = set()
    for level, said in words.whole.items():
        for start, end in spans_of(text, said):
            whole |= bits(start, end)
            levels.add(level)
    measures: set[str] = set()
    measured = 0
    for asks in _MEASURED.finditer(text):
        measure = next((w for w in words.measures if text.startswith(w, asks.end())), "")
        if measure:
            measures.add(measure)
            measured |= bits(asks.end(), asks.end() + len(measure))
    for word, units in words.asked_units.items():
        if word in text:
            measures.update(units)
    shares = 0
    for start, end in spans_of(text, words.shares):
        shares |= bits(start, end)
    # no stretch of a figure's words can match a character that stands alone
    mask &= mask << 1 | mask >> 1 | measured
    return Wanted(
        text,
        mask,
        tuple(weights),
        periods,
        frozenset(kinds),
        cues & mask,
        whole & mask,
        tuple(metrics),
        tuple(named),
        frozenset(measures),
        _modifier(question, mask, whole | cues),
        tuple(p for m, p in _said_periods(question) if _months_only(m)),
        shares & mask,
        measured & mask,
        frozenset(levels - {""}) if not any(region_code(i) for _, ids in named for i in ids) else frozenset(),
    )


def _asking(question: Question) -> int:
    """The characters of the words that ask."""
    mask = 0
    for alternatives in question.segments:
        if any(m.kind == "word" and str(m.value).startswith("ask.") for m in alternatives):
            mask |= bits(alternatives[0].start, alternatives[0].end)
    return mask


def reaching(text: str) -> int:
    """The words that lead up to a level: 提高到多少 asks for that, not for the change; but 要达到 says that
    it is a target."""
    words = figure_words()
    cues = [span for cues in words.kinds.values() for span in spans_of(text, cues)]
    mask = 0
    for start, end in spans_of(text, words.reaching):
        if not any(s <= start and end <= e for s, e in cues):
            mask |= bits(start, end)
    return mask


def _around_period(text: str, said: Mention) -> int:
    """*从* 2020年 *底 起*: words that only join a period to what is said of it."""
    words = figure_words()
    mask = 0
    before = words.before_period.search(text[: said.start])
    if before:
        mask |= bits(before.start(), said.start)
    after = words.after_period.match(text, said.end)
    if after:
        mask |= bits(said.end, after.end())
    return mask


def _core(name: Mention, ontology: Ontology) -> Mention:
    """The name without the class word that it ends in: 工程机械集群 is 工程机械产业集群 too."""
    for length in range(min(6, len(name.text) - 2), 0, -1):
        if ontology.class_for(name.text[-length:]) is not None:
            return replace(name, end=name.end - length, text=name.text[:-length])
    return name


def _modifier(question: Question, mask: int, aside: int) -> int:
    """株洲 *航空动力产品* 的 合格率: what stands before the metric, back to a place, a period, a
    question word or a comma. Its own words must be the figure's own, not merely near it."""
    at = [a[0].start for a in question.segments if any(m.kind == "metric" for m in a)]
    if not at:
        return 0
    taken = 0
    for alternatives in question.segments:
        kinds = {m.kind for m in alternatives}
        if kinds & {"period", "entity", "word"} and not all(m.rule == "filler" for m in alternatives):
            taken |= bits(alternatives[0].start, alternatives[0].end)
    found = 0
    for i in range(max(at) - 1, -1, -1):
        if taken >> i & 1 or question.clean[i] in ",;?!。、":
            break
        found |= 1 << i
    return found & mask & ~aside


def asked_periods(question: Question) -> tuple[Period, ...]:
    """The periods that the figure asked for is of: not those that it is compared with (比上年)."""
    return tuple(
        p
        for m, p in _said_periods(question)
        if not _months_only(m) and not p.start == p.end == question.today  # 目前: the latest on record
    )


def _said_periods(question: Question) -> list[tuple[Mention, Period]]:
    return [
        (m, m.value)
        for alternatives in question.segments
        if not question.inside_scope(alternatives)
        and not question.clean[: alternatives[0].start].endswith(figure_words().against)
        and not _plan_that_begins(question.clean, alternatives)
        and not _basis(question.clean) & bits(alternatives[0].start, alternatives[0].end)
        for m in alternatives
        if m.kind == "period" and isinstance(m.value, Period)
    ]


def _basis(text: str) -> int:
    """The characters that say from what a figure is worked back, and nothing of the figure."""
    mask = 0
    for span in back_spans(text):
        mask |= bits(*span)
    return mask


def _plan_that_begins(text: str, said: tuple[Mention, ...]) -> bool:
    """十四五 *开局前*: the plan whose start is asked for, which is before it."""
    stretch = any(isinstance(m.value, Period) and "/" in m.value.text for m in said)
    return stretch and text.startswith(figure_words().kinds["baseline"], said[0].end)


def _months_only(said: Mention) -> bool:
    """前三季度, 1至9月: months of a year that is not said."""
    return (
        isinstance(said.value, Period)
        and not re.search(r"(?:19|20)\d\d|年", said.text)
        and "-" in said.value.text
        and said.value.start != said.value.end
    )


def _wider(said: Mention, ids: frozenset[str], question: Question) -> bool:
    """长沙 望城区: a region that only says where another one that is named behind it lies; not where the
    two are set beside each other (湖南省和长沙市相差多少)."""
    codes = [code for i in ids if (code := region_code(i))]
    others = {
        region_code(str(c[0]))
        for alternatives in question.segments
        for m in alternatives
        if m.kind == "entity" and isinstance(m.value, tuple) and m.start >= said.end
        and not _APART.search(question.clean, said.end, m.start)
        for c in m.value
    } - {""}  # fmt: skip
    return any(other not in codes and lies_in(other, code) for code in codes for other in others)


def says_now(question: Question) -> bool:
    """目前, 现在, 如今: the latest figure on record is meant."""
    return any(p.start == p.end == question.today for p in question.periods()) or any(
        w in question.clean for w in figure_words().now
    )


def masked(text: str, mask: int) -> str:
    return "".join(ch if mask >> i & 1 else " " for i, ch in enumerate(text))
