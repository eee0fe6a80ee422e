"""What sort of answer a question asks for, where it asks, and the noun that it asks after."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from ontology.lexicon.dimensions.number import chinese
from ontology.lexicon.mention import Mention
from ontology.lexicon.name_cues import alternation, name_cues
from qa_service.questions.parts import bits
from qa_service.questions.question import Question
from qa_service.rules.files import word_file

#: characters at which the noun behind 哪个 … ends
_ENDS = "的是在有由被把将给对从向和与及或,;?!。、:吗呢了里中上时能会要可不没占被属算写列获得为"
#: nouns behind 什么 that ask for a figure
_AMOUNTS = ("比例", "水平", "程度", "规模", "数", "幅度", "比重", "位置", "名次", "指标")
_NUMERALS = "两二三四五六七八九十几0123456789"
_MEASURE = "个家条项类种所座份些位批章步大块件张部名"
#: behind these 会 ends a noun (大会, 协会, 博览会) and is no word of its own
_MEETINGS = "员大协商展博览论年学峰委议谈讨介布易洽"
_HEAD = re.compile(
    rf"(?:哪(?>些|(?:一|几|[两二三四五六七八九十]+|\d+)?[{_MEASURE}]?)|什么|何种|啥)"
    rf"((?:[^\W\d_{_ENDS}]|(?<=[{_MEETINGS}])会){{1,12}})"
)
#: 哪位局长: whoever has the post
_POST = re.compile(f"哪(?:一|几)?[位名]({alternation(name_cues().posts)})")
#: 叫什么名字: the name of what stands before is asked for
_NAME_ASKED = ("名字", "名称")
_NAMED_COUNT = re.compile(
    r"(?:[两二三四五六七八九十]+|(?<!\d)\d{1,2})(?:大|个|条|项|类|种|章|步|方面|块|位)[^\W\d]{2,8}[”\"]?$"
)
COUNTED = re.compile(
    r"([两二三四五六七八九十]+|\d{1,3})(?:余|多)?(?:大|个|条|项|类|种|家|章|步|方面|块|件|位|所)"
)
#: words between the noun asked after and the word that asks: 三大集群 | 是 | 哪三个
_COPULA = re.compile(r"(?:都|分别|主要|具体|各)?(?:有|是|包括|包含|涵盖|指|为|叫|点名|列)了?$")


@dataclass(frozen=True)
class Asked:
    """``sort``: number, list, thing …; ``head``: the noun asked after (哪个基地 → 基地), "" where
    none; ``counts``: numbers of items that the question itself names (哪四条 → 4), ``count`` that of
    the noun asked after; ``start`` and ``end``: the characters that ask, with their noun."""

    sort: str
    head: str = ""
    counts: frozenset[int] = frozenset()
    start: int = 0
    end: int = 0
    count: int = 0


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    raw = word_file("asked")
    return {sort: re.compile("|".join(f"(?:{p})" for p in patterns)) for sort, patterns in raw.items()}


def asked_by(question: Question) -> Asked:
    """What the question asks for.

    >>> asked_by(analysed("衡山实验室是依托哪个基地打造的？")).head          # doctest: +SKIP
    '基地'
    """
    text = question.clean.rstrip(" ?？。!！")
    sort, start, end = "", len(text), len(text)
    for name, pattern in _patterns().items():
        m = pattern.search(text)
        if m and (name != "meaning" or _figure_meant(text, m)):
            only = "asks" if "asks" in m.re.groupindex and m["asks"] else 0
            sort, (start, end) = name, m.span(only)
            break
    named = _NAMED_COUNT.search(text) if not sort else None
    if named:
        sort = "list"  # 规划的三条基本原则: a counted noun and nothing that asks
    head = _HEAD.search(text, max(0, start - 1)) or _HEAD.search(text)
    noun = head[1] if head and head[1] not in _NAME_ASKED else ""
    stop = head.end() if head else 0
    post = _POST.match(text, head.start()) if head else None
    if post:
        noun, stop = post[1], post.end()  # 哪位副省长|到过甲县
    if head and sort not in ("text", "meaning", "purpose", "nature", "goal", "recipient"):
        start, end = min(start, head.start()), max(end, stop)
    while end < len(text) and end > start and text[end] in _MEASURE and text[end - 1] in _NUMERALS:
        end += 1  # 哪四|个
    counts = {}
    for m in COUNTED.finditer(text):
        value = count_of(m)
        if value and value <= 200 and not text[: m.start()].endswith("第"):
            counts[m.start()] = value
    # of the noun asked after: in the asking words, or before their copula (三大集群是哪三个)
    near = [
        n for at, n in counts.items() if start - 12 <= at <= end and not re.search(r"[,;。]", text[at:start])
    ]
    return Asked(
        sort,
        noun,
        frozenset(counts.values()),
        start,
        end,
        near[-1] if near else 0,
    )


def count_of(counted: re.Match[str]) -> int:
    """The number of a match of ``COUNTED``, 0 where it is none.

    >>> count_of(COUNTED.search("等八大体系"))
    8
    """
    value = int(counted[1]) if counted[1].isdigit() else chinese(counted[1].replace("两", "二"))
    return int(value or 0)


#: behind these characters a number is none of a name
_NO_NAME = ("这", "在", "说", "都", "分", "各", "用", "到", "究", "一", ",", "")


def _figure_meant(text: str, asking: re.Match[str]) -> bool:
    """3200 指什么 asks for what a figure says; 8大体系指哪些 for a list, and so does 1和3分别指什么."""
    figures = list(re.finditer(r"\d[\d.]*%?[”\"]?", re.sub(r"(?:19|20)\d\d年", "", text)))
    # one figure of which several things are said; “131”工程的131 is the name of one
    behind = [f.string[f.end() : f.end() + 1] for f in figures]
    one = len({f[0].strip("”\"") for f in figures}) == 1 and all(b in _NO_NAME for b in behind)
    return (
        bool(figures)
        and (one or "分别" not in text[asking.start() - 3 : asking.end()])
        and _NAMED_COUNT.search(text[: asking.start()]) is None
    )


def wants_thing(question: Question, asked: Asked) -> bool:
    """A thing, a time or a list of things is asked for, and no figure.

    谁, 哪家企业, 哪些产业, 什么时候; but 什么水平 asks for a figure.
    """
    text = question.clean
    if re.search(r"多少|几|百分之|多[高大]|第[几一]|how (?:many|much)", text):
        return False
    if re.search("叫(?:做)?(?:啥|什么)", text):
        return True
    if asked.sort == "list":
        return re.search(r"哪|名[单字称]|清单", text[asked.start : asked.end]) is not None
    if asked.sort == "thing":
        named = bool(asked.head) or re.search(r"谁|哪", text[asked.start : asked.end])
        figure = any(m.kind == "metric" for alternatives in question.segments for m in alternatives)
        return (bool(named) or not figure) and not asked.head.startswith(_AMOUNTS)
    return asked.sort in ("time", "purpose", "recipient", "nature", "document_number")


def class_asked_for(question: Question) -> tuple[tuple[Mention, ...], bool]:
    """The class of things that is listed or counted, as the segment that says it, and whether it is
    counted: 规划 of 甲县有多少个规划, which is no plan's figure then, and of 规划在甲县有多少个; none where
    no class stands beside the word that asks."""
    segments = [a for a in question.segments if not all(m.rule == "filler" for m in a)]
    for n, asking in enumerate(segments):
        rules = {str(m.value) for m in asking if m.kind == "word"} & {"ask.which", "ask.count"}
        beside = [segments[at] for at in (n + 1, n - 1) if rules and 0 <= at < len(segments)]
        if rules and n + 2 < len(segments) and _modifies(segments[n + 1], segments[n + 2]):
            beside.insert(0, segments[n + 2])
        for noun in beside:
            if _says_class(noun):
                return noun, "ask.count" in rules
        if "ask.count" in rules and n == len(segments) - 1:
            where = list(takewhile(_says_where, segments[n::-1]))
            placed = any(m.kind == "entity" for a in where for m in a)
            noun = segments[n - len(where)] if placed and n >= len(where) else ()
            between = question.clean[noun[0].end : asking[0].start] if noun else ","
            if _says_class(noun) and not re.search("[,;:。]", between):
                return noun, True
    return (), False


def _says_class(alternatives: tuple[Mention, ...]) -> bool:
    return all(m.kind in ("class", "subtype") for m in alternatives)


def _modifies(word: tuple[Mention, ...], noun: tuple[Mention, ...]) -> bool:
    """A character that only belongs to a longer word with the noun: 中 of 多少家*中*小企业."""
    short = all(m.kind == "word" and m.end - m.start == 1 for m in word)
    return short and 0 < noun[0].start - word[0].end < 3


def _says_where(alternatives: tuple[Mention, ...]) -> bool:
    """A name, and the words that join it and ask: 在甲县有多少个."""
    return all(m.kind in ("word", "relation", "entity") for m in alternatives)


def untold(question: Question, asked: Asked, explained: int, *, behind: bool = True) -> bool:
    """Whether nothing accounts for the nearest words of content on one side of the asking ones
    (before them, and ``behind``), in their clause: 占地 of 园区占地多少亩."""
    if not asked.sort or asked.sort == "text":
        return False
    content = question.content()
    for alternatives in question.segments:
        if all(m.kind in ("word", "period") for m in alternatives):
            content &= ~bits(alternatives[0].start, alternatives[0].end)
    for at, step in ((asked.start - 1, -1), (asked.end, 1))[: 1 + behind]:
        run = near_run(question.clean, content, at, step)
        if run.bit_count() >= 2 and not run & explained:
            return True
    return False


def near_run(text: str, mask: int, at: int, step: int) -> int:
    """The nearest stretch of up to four masked characters from ``at`` on, in the clause."""
    run = 0
    while 0 <= at < len(text) and text[at] not in ",;。:?!":
        if mask >> at & 1:
            run |= 1 << at
            if run.bit_count() == 4:
                break
        elif run:
            break
        at += step
    return run


def noun_before(text: str, start: int) -> str:
    """The noun in front of 是哪些, 有哪几个 …, "" where another word stands there.

    >>> noun_before("形成产业链的优势产业有哪些", 11), noun_before("主要依托哪个基地", 4)
    ('优势产业', '')
    """
    before = re.split(r"[,;。:]", text[: start + 3].split("哪")[0].split("什")[0])[-1]
    cut = _COPULA.sub("", before)
    return re.split("的", cut)[-1] if cut != before else ""
