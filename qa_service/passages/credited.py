"""Which action a figure is put under: 服务3200家企业记在哪个行动名下.

Documents tell what an action has brought in the sentence that names it, or in the one behind (深化“甲”活动
成效。借鉴服务3200家的经验). Each passage with the figure is read for the name nearest before it; of several
names all are given, since then the documents put one figure under several.
"""

from __future__ import annotations

import re
from itertools import pairwise

from qa_service.passages.corpus import Corpus, CorpusPassage
from qa_service.questions.overlap import covered
from qa_service.questions.parts import bits
from qa_service.questions.question import Question
from qa_service.readings.reading import Quoted, Reading
from queries.logical_form import Passages

#: what is undertaken under a name
_KINDS = "专项行动|专项整治|行动|活动|工程|计划"
_ASKED = re.compile(rf"(?:哪|什么)(?:一)?(?:个|项|场|次|类)?(?:{_KINDS})")
#: “甲”行动, 开展甲行动
_NAMED = re.compile(
    rf"[“\"「](?P<quoted>[^“”\"「」,，。;；]{{2,16}})[”\"」](?P<kind>{_KINDS})"
    rf"|(?:开展|实施|启动|推进|深化)(?P<plain>[\u4e00-\u9fff]{{2,8}}(?:{_KINDS}))"
)
_FIGURE = re.compile(r"\d[\d.,]*(?:万|亿)?")
#: what only asks under which action it is put
_PUT = re.compile(
    rf"(?:究竟|到底|具体|应该?)?(?:是)?(?:记|算|归|放|列|落)?(?:在|到|于|入)?(?:{_ASKED.pattern})"
    r"(?:的|之)?(?:名下|账上|头上|成绩|成果|成效|里|下)?|这个?(?:成绩|数|成果)|前后文?[^,，。]{0,8}(?:不同|不一样|不一致)"
)
#: share of the question's other characters that the two sentences have
_LEAST = 0.6
_MOST = 4


def credited(question: Question, corpus: Corpus) -> list[Reading]:
    """The actions under whose names the documents put the figure of the question."""
    text = question.clean
    number = next((m for m in _FIGURE.finditer(text) if not re.match("年|月|日", text[m.end() :])), None)
    if number is None or not _ASKED.search(text):
        return []
    mask = question.content()
    for m in (*_PUT.finditer(text), *re.finditer(r"(?:19|20)\d\d年", text)):
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
    return [
        Reading(
            form=Passages(tuple(dict.fromkeys(found.values()))),
            cost=0.08,
            explained=question.content(),
            rule="credited",
            tree="credited " + "；".join(found),
            source="span",
            quoted=Quoted(tuple(found)),
        )
    ]


def _before(passage: CorpusPassage, corpus: Corpus) -> CorpusPassage | None:
    """The sentence right before, in the same paragraph."""
    run = corpus.paragraphs.get(passage.id, ())
    return next((a for a, b in pairwise(run) if b.id == passage.id), None)


def _nearest(text: str) -> str:
    """The name that stands last, as it is written."""
    last = next(reversed(list(_NAMED.finditer(text))), None)
    if last is None:
        return ""
    return f"“{last['quoted']}”{last['kind']}" if last["quoted"] else str(last["plain"])


def _said(text: str, mask: int, words: str) -> float:
    return covered(text, mask, (words,)).bit_count() / max(1, mask.bit_count())
