"""What a text says that a term is: “一机一码”是指给每台设备赋码 for 什么是一机一码."""

from __future__ import annotations

import re
from functools import cache

from qa_service.passages.corpus import Corpus
from qa_service.passages.prose import as_written
from qa_service.questions.question import Question
from qa_service.readings.reading import Quoted, Reading
from qa_service.rules.files import longest_first, word_file
from queries.logical_form import Passages

#: characters of the shortest and the longest term, and of what is told of it
_TERM = (2, 16)
_TOLD = (6, 120)
#: what a text says that the thing is goes before what happens to be recorded of it
_SAID_OUTRIGHT = -0.2
#: sentences shown at most
_MOST = 3
_MARKS = "“”\"'《》‘’「」 "


@cache
def _asks() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p) for p in word_file("definitions")["asks"])


def term_of(text: str) -> str:
    """The term whose meaning is asked, "" where none is.

    >>> term_of("“一机一码”是什么意思？"), term_of("株洲有哪些产业链")
    ('一机一码', '')
    """
    asked = text.strip(" ?？。.!！")
    for pattern in _asks():
        m = pattern.fullmatch(asked)
        if m is not None:
            term = m["term"].strip(_MARKS)
            if _TERM[0] <= len(term) <= _TERM[1]:
                return term
    return ""


def defined(question: Question, corpus: Corpus) -> list[Reading]:
    """One reading with the clauses that say what the term is."""
    term = term_of(question.clean)
    if not term:
        return []
    found: dict[str, str] = {}
    said = _said_of(term)
    for passage in corpus.passages:
        if passage.kind in ("source", "row", "heading") or not question.scope.holds([passage.id]):
            continue
        m = said.search(passage.words)
        if m is not None and _TOLD[0] <= len(m["what"]) <= _TOLD[1]:
            found.setdefault(as_written(passage.text, *m.span("what")), passage.id)
    if not found:
        return []
    kept = dict(list(found.items())[:_MOST])
    told = ("; " if question.english else "；").join(kept)
    said_as = f"{term}: {told}." if question.english else f"{term}：{told}。"
    return [
        Reading(
            form=Passages(tuple(dict.fromkeys(kept.values()))),
            cost=_SAID_OUTRIGHT,
            explained=question.content(),
            rule="defined",
            tree=f"defined {term}\n  " + "\n  ".join(kept),
            source="span",
            quoted=Quoted(tuple(kept), said_as),
        )
    ]


@cache
def _said_of(term: str) -> re.Pattern[str]:
    """The term at the head of a clause, with or without the word for its sort, and what it is."""
    raw = word_file("definitions")
    says, never, sorts = ("|".join(map(re.escape, longest_first(raw[k]))) for k in ("says", "never", "sorts"))
    # 湘农检平台 and “湘农检”平台
    core = re.sub(rf"(?<=.{{{_TERM[0]}}})(?:{sorts})$", "", term)
    return re.compile(
        rf"(?:^|[,，。;；:：])[{_MARKS}]*{re.escape(core)}[{_MARKS}]*(?:{sorts})?[{_MARKS}]*"
        rf"(?!{never})(?:{says})(?P<what>[^。;；!！?？]+)"
    )
