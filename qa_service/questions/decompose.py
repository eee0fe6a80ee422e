"""One question that asks several things → its parts, each a question of its own.

国优奖2020年基数几项，2025年计划到几项？ asks twice; the second part is about what the
first one names. A clause that asks nothing (a background) stays with the one that it
introduces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ontology.lexicon.mention import Mention
from qa_service.questions.calculation_words import words
from qa_service.questions.figure_words import figure_words, spans_of
from qa_service.questions.gain_of_each import gains_of_each
from qa_service.questions.parts import bits
from qa_service.questions.question import Question
from qa_service.rules.files import word_file

#: where one part may end and the next begin
_BREAK = re.compile(r"[,;?!。]+|(?:还有|以及|分别是|其中)")


#: 几起, 几倍: asks for an amount in whichever unit
_AMOUNT = re.compile(rf"几(?:{'|'.join(figure_words().measures)})")


#: words that ask, also where another word has swallowed them: 哪一年
_ASKS = re.compile(r"哪|谁|啥|什么|何时|多久|第几")

#: 有两个|不同的数: how many figures there are is no figure
_OF_NUMBERS = re.compile(r"(?:不同的?|不一样的)?(?:数|说法)")


@dataclass(frozen=True)
class Part:
    """``text`` as asked, ``context`` the words of the parts before that it may lack, ``lead`` all that
    the first of them says without its asking words."""

    text: str
    context: str
    lead: str = ""
    #: it says itself where its answer stands: 报告里现在多少家
    elsewhere: bool = False

    @property
    def in_context(self) -> str:
        """The part with the words of those before; by a comma where they would be read as a part of the
        document's name."""
        return f"{self.context}{',' if self.elsewhere and self.context else ''}{self.text}"

    @property
    def points_back(self) -> bool:
        """Whether it says itself that it is about what was asked before: 对应的, 该市, 其."""
        return self.text.startswith(pointers())


@cache
def pointers() -> tuple[str, ...]:
    """Words that point back to the part before (``rules/pointers.yaml``)."""
    return _rules()["pointing_back"]


def plainly() -> str:
    """How what is only named is asked for: 是多少 (``rules/pointers.yaml``)."""
    return _rules()["plainly"][0]


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """The patterns of ``rules/pointers.yaml`` that are called so, as one."""
    return re.compile("|".join(_rules()[name]))


@cache
def _rules() -> Mapping[str, tuple[str, ...]]:
    raw = word_file("pointers")
    return {k: tuple(v) for k, v in raw.items()}


def pointed_at_all(part: Question, names: Sequence[str]) -> list[str]:
    """The part for each of the things that the one before it was answered with: 它们在哪条链上."""
    said = next((w for w in _rules()["those"] if part.clean.startswith(w)), "")
    return [name + part.clean[len(said) :] for name in names] if said else []


def pointed(part: Question, name: str) -> str:
    """The part with what the one before it was answered with in place of 该市, 该企业, 其.

    >>> pointed(analysed("该市合格率是多少"), "株洲市")                             # doctest: +SKIP
    '株洲市合格率是多少'
    """
    text = part.clean
    for word in _rules()["that_one"]:
        if text.startswith(word):
            end = len(word)
            for a in part.segments:
                if a[0].start == end and any(m.kind in ("class", "subtype") for m in a):
                    return name + text[a[0].end :]
            return name + text[end + 1 :] if word in _rules()["with_noun"] else name + text[end:]
    return text


def parts_of(question: Question, classes: frozenset[str] = frozenset()) -> list[Part]:
    """The parts that each ask something; one alone where the question asks once. ``classes`` are
    those whose words later parts are about too (几项任务, 其中有牵头单位的几项).

    >>> [p.text for p in parts_of(analysed("研发投入强度多少，累计申请专利多少件"))]  # doctest: +SKIP
    ['研发投入强度多少', '累计申请专利多少件']
    """
    text = question.clean
    asking = _asking(question)
    gains = [Part(each, "") for each in gains_of_each(question)]
    other = gains or _of_another(question, asking) or _as_stated_and_worked_back(question)
    if other:
        return other
    if len(asking) < 2:
        return [Part(without_examples(text), "")]
    clauses: list[tuple[int, int]] = []
    start = 0
    for m in _BREAK.finditer(text):
        clauses.append((start, m.start()))
        start = m.end() if not m[0][0].isalnum() else m.start()
    clauses.append((start, len(text)))
    clauses = [piece for a, b in clauses for piece in _listed(text, a, b, asking)]
    merged: list[tuple[int, int]] = []
    opened: int | None = None
    for a, b in clauses:
        if not text[a:b].strip():
            continue
        begin = a if opened is None else opened
        if any(a <= at < b for at in asking):
            if merged and _pattern("bare").fullmatch(text[begin:b].strip()):
                merged[-1] = (merged[-1][0], b)  # …谁最高,多少, 是哪条链的链主,叫什么: of what was asked
            else:
                merged.append((begin, b))
            opened = None
        else:
            opened = begin
    if opened is not None and merged:
        merged[-1] = (merged[-1][0], len(text))
    if len(merged) < 2:
        return [Part(text, "")]
    lead = _unasked(question, *merged[0])
    parts = []
    for n, (a, b) in enumerate(merged):
        elsewhere = bool(question.scope.mask & bits(a, b))
        named = _named(question, *merged[0], classes, elsewhere=elsewhere) if n else ""
        said = without_examples(text[a:b].strip(" ,;?!。、"))
        said = _of_the_other(text[: merged[0][1]], said) if n else said
        parts.append(Part(said, named, lead if n else "", elsewhere))
    return parts


#: what asks for an amount at the end of a part
_AMOUNT_LAST = re.compile(r"(?:大概|大约|约|又)*(?:是|为|有)?(?:多少|几)[^\W\d_]{0,2}$")


def _of_the_other(first: str, said: str) -> str:
    """The part with the measure of the one before, where it asks only of what that is compared with.

    >>> _of_the_other("新兴产业标龄比传统产业长几年", "传统产业大概几年")
    '传统产业标龄大概几年'
    """
    asks = _AMOUNT_LAST.search(said)
    other = said[: asks.start()] if asks else ""
    own, than, behind = first.partition("比")
    if asks is None or len(other) < 2 or not than or not behind.startswith(other):
        return said
    for length in range(len(other), 0, -1):
        at = own.find(other[-length:])
        if at >= 0:
            return f"{other}{own[at + length :]}{said[asks.start() :]}"
    return said


def _unasked(question: Question, start: int, end: int) -> str:
    """What the stretch says without the words that ask and those that say nothing."""
    left = bits(start, end) & question.content()
    for a in question.segments:
        if any(m.kind == "word" and str(m.value).startswith("ask.") for m in a):
            left &= ~bits(a[0].start, a[0].end)
    return "".join(question.clean[i] for i in range(start, end) if left >> i & 1)


def _asking(question: Question) -> list[int]:
    """Where the words stand that ask for something."""
    said = {
        a[0].start
        for a in question.segments
        if any(m.kind == "word" and str(m.value).startswith("ask.") for m in a)
    }
    known = {i for a in question.segments for i in range(a[0].start, a[0].end)}
    said |= {m.start() for m in _AMOUNT.finditer(question.clean) if m.start() not in known}
    inside = {
        i
        for a in question.segments
        if not any(m.kind in ("word", "qualifier") for m in a)
        for i in range(a[0].start, a[0].end)
    } | {i for a in question.segments if a[0].start in said for i in range(a[0].start, a[0].end)}
    said |= {m.start() for m in _ASKS.finditer(question.clean) if m.start() not in inside}
    return sorted(said | set(_only_named(question, said)))


def _only_named(question: Question, asking: set[int]) -> Iterator[int]:
    """Where clauses end that ask by their mark alone: 安化黑茶综合产值?单价涨了多少?"""
    begins = 0
    for mark in re.finditer("[,;。?]", question.clean):
        named = any(
            m.kind == "metric" and begins <= m.start < mark.start() for a in question.segments for m in a
        )
        if mark[0] == "?" and named and not any(begins <= at < mark.start() for at in asking):
            yield mark.start() - 1
        begins = mark.end()


def _of_another(question: Question, asking: list[int]) -> list[Part]:
    """甲市合格率, 乙市呢: the later part asks of another thing what the first asks of its own, from
    the metric on."""
    text = question.clean.rstrip(" ?？!。")
    found = re.search(rf"[,;?!。]([^,;?!。]{{2,20}}?)(?:{'|'.join(_rules()['and_that'])})$", text)
    if found is None or any(found.start() < at for at in asking):
        return []
    first = text[: found.start()]
    if any(m.kind == "metric" and a[0].start >= found.start(1) for a in question.segments for m in a):
        # 甲县黄桃种了多少亩, 产值呢: another figure of the same thing
        named = _named(question, 0, found.start(), frozenset())
        plain = f"{found[1]}{plainly()}"
        return [Part(first, ""), Part(plain, named, _unasked(question, 0, found.start()))]
    metrics = [
        a[0].start
        for a in question.segments
        if any(m.kind == "metric" for m in a) and a[0].end <= found.start()
    ]
    if not metrics:
        return _like(first, found[1])
    asks = "" if any(at < found.start() for at in asking) else plainly()
    return [Part(f"{first}{asks}", ""), Part(f"{found[1]}{text[metrics[0] : found.start()]}{asks}", "")]


#: what a figure is worked back from, up to the words that say so: 按2024年报告的增幅倒推
_FROM = "(?:按照?|根据|依据|由|用|以|从|拿|靠)[^,;?。]{2,24}?"


def _as_stated_and_worked_back(question: Question) -> list[Part]:
    """2023年合格率, 报上登的和按2024年增幅倒推的各是多少: what a source states, and what another one's level
    and change give."""
    text, said = question.clean, words()
    derived = "|".join(map(re.escape, said["derived"]))
    back = re.search(f"{_FROM}(?:{derived})", text)
    if back is None:
        return []
    metrics = [a[0] for a in question.segments if any(m.kind == "metric" for m in a)]
    before = [m.end for m in metrics if m.end <= back.start()]
    behind = [m.end for m in metrics if m.start >= back.end()]
    if before:
        head, rest = text[: before[0]], text[before[0] : back.start()] + text[back.end() :]
    elif behind:
        head, rest = text[back.end() : behind[0]].lstrip("的"), text[: back.start()] + text[behind[0] :]
    else:
        return []
    if not any(w in rest for w in (*said["agree"], *_rules()["stated"])):
        return []
    return [Part(f"{head}{plainly()}", ""), Part(f"{head},{back[0]}的{plainly()}", "")]


#: 最大|的和|最小|的各
_BOTH_ENDS = re.compile(
    r"(最[高低大小多少好差强弱快慢长短])的?(?:和|与|跟|及|以及|、)(最[高低大小多少好差强弱快慢长短])"
)
#: of each of them
_EACH = re.compile(r"分别|各自|各(?=是|为|在|有|多少|几)")


def of_both_ends(text: str) -> list[Part]:
    """产值最大和最小的各是哪个: first the one, then the other.

    >>> [p.text for p in of_both_ends("三县产值最大的和最小的各是哪个")]
    ['三县产值最大的是哪个', '三县产值最小的是哪个']
    """
    both = _BOTH_ENDS.search(text)
    if both is None:
        return []
    behind = _EACH.sub("", text[both.end() :])
    return [Part(text[: both.start()] + end + behind, "") for end in both.groups()]


def described(question: Question) -> tuple[str, int] | None:
    """A thing that the question only describes: (which one that is, where its class word ends).

    >>> described(analysed("承担秘书处的那家企业研发强度多少"))                     # doctest: +SKIP
    ('哪家企业承担秘书处', 11)
    """
    text = question.clean
    for alternatives in question.segments:
        first = alternatives[0]
        if not any(m.kind in ("class", "subtype") for m in alternatives):
            continue
        stands = _pattern("stands_in").search(text[: first.start])
        thing = text[: stands.start()] if stands else ""
        if thing and first.end < len(text) - 2 and not re.search(r"[,;。?哪谁]|什么", thing):
            return f"{thing}在哪个{first.text}", first.end
        lead = _pattern("of_which").search(text[: first.start])
        told = text[: lead.start()] if lead else ""
        if _pattern("only_which").fullmatch(text[first.end :]):
            continue  # 供应商最多的企业|是哪家: nothing is asked of it
        whole = text[first.end : first.end + 1] == "," or any(
            a[0].start == first.end for a in question.segments
        )
        if not whole or any(a[0].end < first.end and a[0].start > first.start for a in question.segments):
            continue  # 国家|级检测中心: a part of another word
        if (
            lead is None
            or len(told) < 5
            or first.end >= len(text) - 2
            or re.search(r"[,;。?哪谁]|什么", told)
        ):
            continue
        measure = lead[1] or ("家" if "企业" in first.text or "公司" in first.text else "个")
        return f"哪{measure}{first.text}{told}", first.end
    return None


def by_extreme(question: Question) -> bool:
    """Whether the thing that the question describes is the first or last of several: what is asked
    of 合格率最高的市 is no figure of another place."""
    which = described(question)
    return which is not None and any(
        m.kind == "word" and str(m.value).startswith("superlative.") and m.text in which[0]
        for a in question.segments
        for m in a
    )


def heads_of(question: Question) -> Iterator[tuple[str, str]]:
    """Ways to cut the question into a thing named by others and what is asked of it, longest
    names first: 甲链链主 | 研发投入强度是多少."""
    text = question.clean
    for alternatives in reversed(question.segments):
        end = alternatives[0].end
        if not any(m.kind in ("relation", "role", "class", "subtype") for m in alternatives):
            continue
        head, rest = text[:end], text[end:].lstrip("的, ")
        asks = re.search(r"[,;?。哪谁]|什么|多少|几", head) or re.match(r"[是在]?(?:哪|谁|什么)", rest)
        if alternatives[0].start >= 2 and len(rest) >= 3 and not asks:
            yield head, rest


def _like(first: str, other: str) -> list[Part]:
    """获得保证级加几分, 检验级呢: the word of one form with the other takes its place."""
    at = [
        m.start()
        for m in re.finditer(re.escape(other[-1]), first)
        if m.end() >= len(other) and first[m.end() - len(other) : m.end()].isalnum()
    ]
    if not at or len(other) < 2:
        return []
    end = at[-1] + 1
    return [Part(first, ""), Part(f"{first[: end - len(other)]}{other}{first[end:]}", "")]


def after_background(question: Question) -> Part | None:
    """The clause that asks, apart from those before it that only tell something with a number:
    目标是2200家, *现在有多少家*. What they name is still what it is about.

    >>> after_background(analysed("甲奖2025年目标12项，目前拥有几个"))                  # doctest: +SKIP
    Part(text='目前拥有几个', context='甲奖')
    """
    text = re.sub(r"[(（][^()（）]*[)）]", "", question.clean)
    text = text if text != question.clean else question.clean
    first = min(_asking(question), default=len(text))
    cut = max((text.rfind(mark, 0, first) for mark in ",;。"), default=-1)
    told = any(
        m.kind == "quantity" and m.end <= cut and not _OF_NUMBERS.match(text, m.end)
        for alternatives in question.segments
        for m in alternatives
    )
    together = any(w in text[:cut] for w in words()["sum_only"])  # 甲奖连提名奖加一起, 共有几个
    if cut <= 0 or not told or together or cut >= len(text) - 2:
        return None
    asks = text[cut + 1 :].strip(" ,;?!。、")
    named = _named(question, 0, cut, frozenset())
    return Part(of_these(asks, text[:cut]), f"{_time_told(question, cut)}{named}")


def _time_told(question: Question, cut: int) -> str:
    """When it was, by the clauses before ``cut``; "" where the one that asks says it itself, and where it is
    the time of a plan (2025年目标是2200家, 有多少家)."""
    periods = [a[0] for a in question.segments if any(m.kind == "period" for m in a)]
    if any(p.end > cut for p in periods):
        return ""
    told = [p.text for p in periods]
    planned = spans_of(question.clean[:cut], figure_words().kinds["target"])
    return told[0] if len(told) == 1 and not planned else ""


#: 甲厂的供应商,它自己的|供应商是谁: what is named first, and that of it which is asked
_ITS_OWN = re.compile(r"^([^,;。?]{2,30}?)的?,(?:它|其|他)们?(?:自己|自身|本身)的")


def of_its_own(question: Question) -> str:
    """What is asked of a thing that a clause before only names, said at once; "" where there is none.

    >>> of_its_own(analysed("甲厂的供应商，它自己的供应商又是谁"))                    # doctest: +SKIP
    '甲厂的供应商的供应商又是谁'
    """
    m = _ITS_OWN.match(question.clean)
    if m is None or min(_asking(question), default=0) < m.end():
        return ""
    return f"{m[1]}的{question.clean[m.end() :]}"


#: 纺织|那个|是谁建的: one of those that the clause before counts
_ONE_OF_THESE = re.compile(r"(?<=..)的?那(?:一)?[个家项座条种份场届批](?=[是由在归属])")
#: and what that clause counts: 3个|省级平台|在运行
_THESE = re.compile(
    r"(?:\d+|[两二三四五六七八九十]+)(?:个|家|项|座|条|种|份|场|届|批)([^\W\d]{2,16}?)(?=[在正都已均是有,;。的]|分别|$)"
)


def of_these(asks: str, told: str) -> str:
    """The clause that asks, with the noun that the one before counts in place of 那个.

    >>> of_these("纺织那个是谁建的", "省里有3个公共平台在运行")
    '纺织公共平台是谁建的'
    """
    counted = _THESE.search(told)
    return _ONE_OF_THESE.sub(counted[1], asks, count=1) if counted else asks


def without_examples(text: str) -> str:
    """像甲县正在完善的这种平台, 全省建了多少 asks about such platforms, not about 甲县."""
    return _example().sub("", text) or text


@cache
def _example() -> re.Pattern[str]:
    like, such = (_rules()[k] for k in ("like", "such"))
    return re.compile(f"(?:{'|'.join(like)})[^,;?!。]{{1,24}}?(?:{'|'.join(such)})(?:的)?")


def _listed(text: str, start: int, end: int, asking: list[int]) -> list[tuple[int, int]]:
    """建了多少个、服务多少家: a clause cut where it lists several questions."""
    own = [at for at in asking if start <= at < end]
    pieces = []
    for at in own[1:]:
        cut = max((text.rfind(mark, own[0], at) for mark in _rules()["listing"]), default=-1)
        if cut > start:
            pieces.append((start, cut))
            start = cut + 1
    return [*pieces, (start, end)]


def _inside_word(question: Question, mention: Mention) -> bool:
    """A structural word of one character before one that means nothing by itself is the
    beginning of another word: *中*药饮片, *有*机产品."""
    known = any(a[0].start <= mention.end < a[0].end for a in question.segments)
    follows = question.clean[mention.end : mention.end + 1].isalnum()
    return mention.kind == "word" and mention.end - mention.start == 1 and follows and not known


def _named(
    question: Question, start: int, end: int, classes: frozenset[str], *, elsewhere: bool = False
) -> str:
    """The things and metrics that the first part names and where its answer stands, in order:
    what later parts are about. Not where it stands if the later part says that itself (``elsewhere``)."""
    kept = question.scope.mask
    for a in question.segments:
        if any(m.kind in ("entity", "metric") or (m.kind == "class" and m.value in classes) for m in a):
            kept |= bits(a[0].start, a[0].end)
    told = 0
    for a in question.segments:
        if any(m.kind in ("period", "word", "entity") for m in a) and not _inside_word(question, a[0]):
            told |= bits(a[0].start, a[0].end)
    for a in question.segments:
        if any(m.kind == "metric" for m in a):
            # *消费品*制造业产品质量合格率: what the metric is of
            at = a[0].start
            while at > start and not told >> (at - 1) & 1 and question.clean[at - 1].isalnum():
                at -= 1
                kept |= 1 << at
    if not kept & ~question.scope.mask & bits(start, end):
        # nothing of it is a word of the ontology: all that it says, but when and what it asks
        for kind in ("target", "baseline"):
            for span in spans_of(question.clean, figure_words().kinds[kind]):
                told |= bits(*span)  # 规划目标: of the first part alone
        told |= question.scope.mask
        for i in range(start, end):
            if question.clean[i].isalnum() and not told >> i & 1:
                kept |= 1 << i
    for m in _example().finditer(question.clean):
        kept &= ~bits(*m.span())
    if elsewhere:
        kept &= ~question.scope.mask
    return "".join(question.clean[i] for i in range(start, end) if kept >> i & 1)
