"""What is let in as a question."""

from __future__ import annotations

import unicodedata
from typing import Final

from ontology.errors import QueryError
from qa_service.settings import words

#: characters of the longest question; a planner's are below 200
LONGEST: Final = 1000


class NoQuestion(QueryError):
    """What was given cannot be a question: empty, too long, or no text."""

    code = "question"


def admit_question(text: str) -> str:
    """The question without blanks around it and without invisible characters in it.

    NoQuestion where it is empty, longer than :data:`LONGEST`, or holds control characters
    other than tabs and line breaks.
    """
    if len(text) > LONGEST + 1000 or len(text.strip()) > LONGEST:
        raise NoQuestion(
            words(
                f"问题太长：{len(text)} 个字符，最多 {LONGEST} 个",
                f"The question is too long: {len(text)} characters, at most {LONGEST}",
            ),
            hint=words(
                "一次问一件事；要读入文档请用 nqi load。",
                "Ask one thing at a time; documents are read with nqi load.",
            ),
        )
    for place, char in enumerate(text):
        if unicodedata.category(char) in ("Cc", "Cs") and char not in "\t\n\r":
            raise NoQuestion(
                words(
                    f"问题里有控制字符 U+{ord(char):04X}",
                    f"The question holds the control character U+{ord(char):04X}",
                ),
                hint=words("请以普通文字输入问题。", "Write the question as plain text."),
                where=f"{place}",
            )
    kept = "".join(c for c in text if unicodedata.category(c) != "Cf").strip()
    if not any(c.isalnum() for c in kept):
        raise NoQuestion(
            words("没有问题", "There is no question"),
            hint=words(
                '例如：nqi ask "株洲市有哪些产业链？"', 'For example: nqi ask "which chains are in 株洲?"'
            ),
        )
    return kept
