"""What in a passage may answer where a figure is asked for: times and durations, quantities of the
dimension that the asking words name, shares of a whole, ordinals, numbers of documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ontology.lexicon.dimensions import mentions as dimension_mentions
from ontology.lexicon.mention import Quantity
from qa_service.passages.beside import Beside, Span, span_at
from qa_service.passages.prose import clause_of, is_glue
from qa_service.questions.alike import general
from qa_service.questions.overlap import covered

#: 十四五 is a plan, not an answer to when
_NOT_A_TIME = ("“", '"', "十")
#: a year, and no stretch of some
_YEAR = re.compile(r"(?:19|20)\d\d年")
#: words that say a share of a whole
_SHARE = re.compile("占(?![地用据有])|比重|比例|份额")
#: the rule of a share that is said to be one of a whole
OF_WHOLE = "share of a whole"


def measures(b: Beside) -> Iterator[Span]:
    """Times, shares, quantities, ordinals and numbers of documents, as the question asks for."""
    sort, words = b.asked.sort, b.words
    if sort == "ordinal":
        for found in re.finditer(r"第[\d一二三四五六七八九十百]+(?:次|位|名|批|期|届|个)?", words):
            fit = 1.0 if f"几{found[0][-1]}" in b.text else 0.3
            yield span_at(b, found.start(), found.end(), fit, "ordinal")
        return
    if sort == "document_number":
        for found in re.finditer(r"[\u4e00-\u9fff]{1,8}[〔\[(]\d{4}[〕\])]\d+号", words):
            if not _number_of_another(b, found.start()):
                yield span_at(b, found.start(), found.end(), 1.0, "number of a document")
        return
    measure = _measure_names(b)
    for m in dimension_mentions(words):
        quantity = m.value if isinstance(m.value, Quantity) else None
        if m.text in b.text or _of_the_whole(b, m.end):
            continue
        if sort == "time":
            length = quantity is not None and quantity.unit in _DURATIONS
            wants_length = re.search(r"多久|多长|how long", b.text) is not None
            named = re.search(r"\d", m.text) and not m.text.startswith(_NOT_A_TIME)
            if _of_another_amount(b, m.end):
                continue
            if m.kind == "period" and named and not wants_length:
                first, _ = clause_of(words, m.start, m.end)
                # a time at the head of a clause holds for what follows
                side = 0.75 if m.start - first <= 1 else 0.0
                yield span_at(b, m.start, m.end, 1.0, "period", max(side, b.side(m.start, m.end)))
            elif length and (wants_length or "起止" in b.text):
                side = 1.0 if _measured(b, m.start, measure) else b.side(m.start, m.end)
                yield span_at(b, m.start, m.end, 1.0, "duration", side)
            elif _YEAR.match(m.text) and not wants_length:
                yield span_at(b, m.start, m.end, 0.7, "year")
        elif quantity is not None:
            if sort == "share":
                of_whole = _of_whole(b, m.start, m.end)
                asks_whole = _SHARE.search(b.text) is not None
                if quantity.base_unit == "%" and quantity.unit != "个百分点" and of_whole >= asks_whole:
                    yield span_at(b, m.start, m.end, 1.0, OF_WHOLE if of_whole else "share")
                continue
            fits = not b.wanted.measures or any(quantity.unit.endswith(u) for u in b.wanted.measures)
            if fits and _measured(b, m.start, measure):
                yield span_at(b, m.start, m.end, 1.0, "quantity by its measure", 1.0)
            elif fits:
                yield span_at(b, m.start, m.end, 0.8, "quantity")


def _of_another_amount(b: Beside, end: int) -> bool:
    """Whether between a time and the amount that the question gives another one stands: 哪年突破5万亿 of
    2020年过*4万亿*,去年突破5万亿; or the passage does not say that amount."""
    amounts = (m.text for m in dimension_mentions(b.text) if isinstance(m.value, Quantity))
    given = [text for text in amounts if re.search(r"\d", text)]  # no 一次, 哪一年
    if given and not any(text in b.words for text in given):
        return True
    for at in (b.words.find(text, end) for text in given):
        between = dimension_mentions(b.words[end:at]) if at >= 0 else []
        if any(isinstance(m.value, Quantity) for m in between):
            return True
    return False


#: 不合格案例里有多少: of what a part is asked for
_WITHIN = re.compile(r"([^\W\d]{3,})(?:里面|里头|里|当中|之中|中)有?(?:多少|几|多大)")


def _of_the_whole(b: Beside, end: int) -> bool:
    """Whether a figure is how many there are of that of which a part is asked for: the 83 of
    83家*配套企业中* 29家."""
    within = _WITHIN.search(b.text)
    behind = b.words[end:].lstrip("的")
    return within is not None and any(within[1].endswith(behind[:n]) for n in range(3, len(within[1]) + 1))


def _of_whole(b: Beside, start: int, end: int) -> bool:
    """The figure is said to be a share: 占营收的1.8%, 近八成|企业; a rate of something is none."""
    first, _ = clause_of(b.words, start, end)
    if _SHARE.search(b.words[first:start]):
        return True
    behind = re.compile("(?:以上|左右)?的?").match(b.words, end)
    return behind is not None and any(a.s0 <= behind.end() < a.s1 for a in b.anchors)


def _measure_names(b: Beside) -> tuple[str, ...]:
    """What the asking words measure: 距离 of 多远, 周期 of 多久."""
    asking = (a for a in general().alike(b.text) if a.start < b.asked.end and b.asked.start < a.end)
    return tuple(w for a in asking for w in a.words)


def _measured(b: Beside, start: int, measure: tuple[str, ...]) -> bool:
    """A figure stands behind what it measures: 距离|仍达|82公里."""
    first, _ = clause_of(b.words, start, start)
    before = b.words[first:start]
    at = max((before.rfind(w) + len(w) for w in measure if w in before), default=-1)
    return at >= 0 and is_glue(re.sub(r"(?:长|高|多|只)?达到?|约|近|超过?", "", before[at:]))


def _number_of_another(b: Beside, at: int) -> bool:
    """《甲意见》(…6号)和《乙纲要》: the number is of the title before it, not of the one asked for."""
    titles = [(m.end(), m[1]) for m in re.finditer(r"《([^》]+)》", b.words)]
    own = next((t for end, t in reversed(titles) if 0 <= at - end <= 2), "")
    text = (1 << len(b.text)) - 1
    said = {t: covered(b.text, text, (t,)).bit_count() for _, t in titles}
    return bool(own) and any(said[t] > said[own] for t in said)


_DURATIONS = ("年", "个月", "月", "天", "日", "小时", "周", "周年", "个工作日", "工作日", "分钟")
