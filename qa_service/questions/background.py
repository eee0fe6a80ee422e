"""What stands around a question and is none of it: 我在写双碳材料, 资源加工业的能耗降了多少, 汇报要用; what
askers are going to write of is what they ask about: 想写一段古丈毛尖: 卖到几个国家了."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from qa_service.questions.calculation_words import words
from qa_service.questions.places import places_in
from qa_service.questions.question import Question
from qa_service.rules.files import longest_first, word_file

#: what is left has to be a question of so many characters
_LEAST = 6
#: such a clause says soon whom it is about
_SOON = 14
_CLAUSE = re.compile(r"[^,，。;；:：?？!！]+[,，。;；:：]\s*")
_LAST = re.compile(r"[,，。;；?？!！]\s*([^,，。;；:：?？!！]{2,16})[。!！\s]*$")
_ASKS = re.compile(
    r"[哪谁何啥几]|什么|多[少大高久远]|吗|是否|是不是|有没有|有无|最[高低大小多少]|怎|名单|列"
    r"|\b(?:wh(?:at|ich|o|ere|en)|how|do|does|did|is|are|was|were|has|have|list)\b",
    re.IGNORECASE,
)


@cache
def _told() -> Mapping[str, re.Pattern[str]]:
    raw = word_file("background")
    patterns = {key: re.compile(raw.pop(key)) for key in ("who_asks", "us", "piece_of", "piece")}
    said = {key: "|".join(map(re.escape, longest_first(known))) for key, known in raw.items()}
    return patterns | {
        "tells": re.compile(rf".{{0,{_SOON}}}(?:{said['selves']}|{said['tasks']})|(?:{said['begins']})"),
        "tasks": re.compile(rf".{{0,{_SOON}}}(?:{said['tasks']})"),
        "needs": re.compile(
            rf".{{0,{_SOON}}}(?:{said['tasks']})(?:{said['needs']})(?P<topic>.{{{_LEAST},}})"
        ),
        "uses": re.compile(said["tasks"] + "|" + said["uses"]),
        "asks": re.compile(said["asks"]),
        "writes": re.compile(
            rf".{{0,{_SOON}}}写(?:{said['pieces']})(?:{said['of']})?(?P<topic>[^\W\d_]{{2,14}})[:：]\s*"
        ),
    }


def without_background(text: str) -> str:
    """The question without what its asker tells of himself before it or behind it; the text as it is
    where no question would be left.

    >>> without_background("我们在写一份材料，想引用一个数：怀化竹地板合格率多少")
    '怀化竹地板合格率多少'
    >>> without_background("怀化竹地板合格率，写材料要用")
    '怀化竹地板合格率'
    """
    told = _told()
    text = _without_use(text)
    rest, topic, tasks = text, "", False
    while clause := _CLAUSE.match(rest):
        if not told["tells"].match(clause[0]) or _ASKS.search(clause[0]):
            break
        needs = told["needs"].match(clause[0])
        if needs:  # 写材料要用|甲中心的个数, …: what is needed is what is asked of
            rest, tasks = f"{needs['topic']}{rest[clause.end() :]}", True
            break
        of = told["writes"].fullmatch(clause[0])
        topic = f"{of['topic']}，" if of else topic
        tasks = tasks or told["tasks"].match(clause[0]) is not None
        rest = rest[clause.end() :]
    told_of = text[: len(text) - len(rest)]
    begins = told["asks"].match(rest) if rest != text else None
    if begins:
        rest = rest[begins.end() :].lstrip(" ,，:：")
    rest = _said_of_us(topic + _of_the_piece(rest, told_of), told_of)
    return rest if len(rest) >= _LEAST and (tasks or _ASKS.search(rest)) else text


def _said_of_us(rest: str, told: str) -> str:
    """With the name of those who ask in the place of 我们: 我是县司法局的, 哪项任务把我们列上了.

    >>> _said_of_us("我们市有哪些产业链", "我是株洲市工信局的，")
    '株洲市有哪些产业链'
    """
    who = _told()["who_asks"].search(told)
    if who is None:
        return rest

    def name(us: re.Match[str]) -> str:
        if us["level"] is None:
            return who["who"]
        ends = [end for _, end, _ in places_in(who["who"]) if who["who"][end - 1] == us["level"][-1]]
        return who["who"][: max(ends)] if ends else us[0]

    return _told()["us"].sub(name, rest)


def _of_the_piece(rest: str, told: str) -> str:
    """With what somebody writes of in the place of the word that means it: 要一份甲链的材料, 链上有哪些企业.

    >>> _of_the_piece("把链上的企业列出来", "领导要一份农机链的材料，")
    '把农机链上的企业列出来'
    """
    piece = _told()["piece_of"].search(told)
    return _told()["piece"].sub(piece["topic"], rest, count=1) if piece else rest


def _without_use(text: str) -> str:
    """Without a last clause that says what the answer is for."""
    last = _LAST.search(text)
    if last is None or last.start() < _LEAST or _ASKS.search(last[1]) or not _told()["uses"].search(last[1]):
        return text
    return text[: last.start()]


#: so many characters before a colon are more than a heading (目标：)
_HEADING = 6
#: what makes such a clause more than a lead: things, figures, times, and calculations
_NAMES = ("entity", "metric", "quantity", "value", "period")
_CALCULATED = ("sides", "agree", "sum", "mean", "share", "times", "apart", "each")


def without_lead(question: Question) -> str:
    """The question without a clause that only leads on to it before a colon: it names nothing on record and
    asks nothing; "" where there is none.

    >>> without_lead(analysed("手头这份初稿还缺一处：株洲市有哪些产业链", session))           # doctest: +SKIP
    '株洲市有哪些产业链'
    """
    end = question.clean.find(":") + 1
    rest = question.clean[end:].strip()
    if end <= _HEADING or len(rest) < _LEAST:
        return ""
    for alternatives in question.segments:
        if alternatives[0].start >= end:
            break
        for m in alternatives:
            # 还缺一处: one of them restricts nothing
            named = m.kind in _NAMES and not (m.kind == "quantity" and m.text.startswith("一"))
            if named or (m.kind == "word" and str(m.value).startswith("ask.")):
                return ""
    lead = question.clean[:end]
    return "" if any(w in lead for rule in _CALCULATED for w in words()[rule]) else rest
