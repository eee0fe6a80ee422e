"""Which action a figure is put under: 服务3200家企业记在哪个行动名下.

Documents tell what an action has brought in the sentence that names it, or in the one behind (深化“甲”活动
成效。借鉴服务3200家的经验). Each passage with the figure is read for the name nearest before it; of several
names all are given, since then the documents put one figure under several.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from qa_service.passages.corpus import Corpus, CorpusPassage
from qa_service.questions.overlap import covered
from qa_service.questions.parts import bits
from qa_service.questions.question import Question
from qa_service.readings.reading import Reading, read_from
from qa_service.rules.files import longest_first, word_file

_FIGURE = re.compile(r"\d[\d.,]*(?:万|亿)?")
#: share of the question's other characters that the two sentences have
_LEAST = 0.6
_MOST = 4


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    raw = word_file("prose")
    asked = raw["action_asked"]
    kinds = "|".join(longest_first(raw["actions"]))
    made = {key: raw[key].replace("{asked}", asked) for key in ("action_asked", "action_named", "put_under")}
    return {key: re.compile(text.replace("{kinds}", kinds)) for key, text in made.items()}


def credited(question: Question, corpus: Corpus) -> list[Reading]:
    """The actions under whose names the documents put the figure of the question."""
    text = question.clean
    number = next((m for m in _FIGURE.finditer(text) if not re.match("年|月|日", text[m.end() :])), None)
    if number is None or not _patterns()["action_asked"].search(text):
        return []
    mask = question.content()
    for m in (*_patterns()["put_under"].finditer(text), *re.finditer(r"(?:19|20)\d\d年", text)):
        mask &= ~bits(*m.span())
    found: dict[str, str] = {}
    for passage in corpus.passages:
        if not question.scope.holds([passage.id]) or passage.kind in ("source", "row", "heading"):
            continue
        at = re.search(rf"(?<![\d.]){re.escape(number[0])}(?![\d.]*\d)", passage.text)
        before = _before(passage, corpus)
        if at is None or _said(text, mask, f"{before.words if before else ''}{passage.words}") < _LEAST:
            continue
        name = _nearest(passage.text[: at.start()]) or (_nearest(before.text) if before else "")
        if name:
            found.setdefault(name, passage.id)
    if not found or len(found) > _MOST:
        return []
    return [read_from(found, "credited", 0.08, question.content())]


def _before(passage: CorpusPassage, corpus: Corpus) -> CorpusPassage | None:
    """The sentence right before, in the same paragraph."""
    run = corpus.paragraphs.get(passage.id, ())
    return next((a for a, b in pairwise(run) if b.id == passage.id), None)


def _nearest(text: str) -> str:
    """The name that stands last, as it is written."""
    last = next(reversed(list(_patterns()["action_named"].finditer(text))), None)
    if last is None:
        return ""
    return f"“{last['quoted']}”{last['kind']}" if last["quoted"] else str(last["plain"])


def _said(text: str, mask: int, words: str) -> float:
    return covered(text, mask, (words,)).bit_count() / max(1, mask.bit_count())
