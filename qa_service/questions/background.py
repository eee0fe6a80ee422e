"""First clauses in which people tell of themselves: 我在写双碳材料, 资源加工业的能耗降了多少; what
they are going to write of is what they ask about: 想写一段古丈毛尖: 卖到几个国家了."""

from __future__ import annotations

import re
from functools import cache

from qa_service.rules.files import longest_first, word_file

#: what is left has to be a question of so many characters
_LEAST = 6
#: such a clause says soon whom it is about
_SOON = 14
_CLAUSE = re.compile(r"[^,，。;；:：?？!！]+[,，。;；:：]\s*")
_ASKS = re.compile(r"[哪谁何啥几]|什么|多[少大高久远]|吗|是否|是不是|怎|名单|列")


@cache
def _told() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    raw = word_file("background")
    words = {key: "|".join(map(re.escape, longest_first(said))) for key, said in raw.items()}
    return (
        re.compile(rf".{{0,{_SOON}}}(?:{words['selves']})|(?:{words['begins']})"),
        re.compile(words["asks"]),
        re.compile(rf".{{0,{_SOON}}}写(?:{words['pieces']})(?:{words['of']})?(?P<topic>[^\W\d_]{{2,14}})[:：]\s*"),
    )


def without_background(text: str) -> str:
    """The question without what its asker tells of himself before it; the text as it is where no
    question would be left.

    >>> without_background("我们在写一份材料，想引用一个数：怀化竹地板合格率多少")
    '怀化竹地板合格率多少'
    """
    tells, asks, writes = _told()
    rest, topic = text, ""
    while clause := _CLAUSE.match(rest):
        if not tells.match(clause[0]) or _ASKS.search(clause[0]):
            break
        of = writes.fullmatch(clause[0])
        topic = f"{of['topic']}，" if of else topic
        rest = rest[clause.end() :]
    begins = asks.match(rest) if rest != text else None
    if begins:
        rest = rest[begins.end() :].lstrip(" ,，:：")
    rest = topic + rest
    return rest if len(rest) >= _LEAST and _ASKS.search(rest) else text
