"""How people put a question: with what they tell of themselves, politely, in a hurry. None of this
changes what is asked. The sentences are not the parser's words: they were written beside it."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from qa_service.exam.item import Item

#: chance that a question is asked with more than itself
_MORE = 0.25
_BEFORE = (
    "下周要开调度会，", "手头这份规划初稿还缺一处：", "主任催得紧，", "我是发改局新来的，",
    "昨天会上有人问到，", "老师，", "不好意思打扰一下，", "劳烦核一下，", "有空的话帮着看看，",
    "想确认一件事：", "报告里要用，", "您好，请教个事，", "帮忙看下",
)  # fmt: skip
_BEHIND = ("？", "?", "，谢谢啦", "？急用", "，越快越好", "？麻烦您了", "，多谢多谢", "？谢谢！")
_BEFORE_EN = (
    "Quick question: ", "For tomorrow's meeting: ", "Good morning, ", "Sorry to bother you, ",
    "Could you check: ",
)  # fmt: skip
_BEHIND_EN = (" Thanks!", " Many thanks in advance.", " It is urgent.")


def said(item: Item, rng: Random) -> Item:
    """The same question, perhaps as a person would put it.

    >>> said(item, Random(3)).question                                            # doctest: +SKIP
    '下周要开调度会，漯河市有哪些企业'
    """
    if rng.random() >= _MORE:
        return item
    before, behind = (_BEFORE_EN, _BEHIND_EN) if item.english else (_BEFORE, _BEHIND)
    way = rng.randrange(3)
    first = rng.choice(before) if way < 2 else ""
    last = rng.choice(behind) if way > 0 else ""
    return replace(item, question=f"{first}{item.question}{last}")
