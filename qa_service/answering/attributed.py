"""An answer's sentence with its source in words: 据《甲市质量报告》，2024年甲市合格率为95.2%."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from graph.ids import document_id
from graph.store import GraphStore
from graph.types import CypherStatement
from qa_service.answering.evidence import Reference

#: sources that are named for one clause; of more only how many there are
_NAMED = 2
_LONGEST = 40
_ISSUED = re.compile(r"关于(?:印发|发布|公布|转发)《(.+)》的(?:通知|公告|通告)$")
_NAMES = "MATCH (n) WHERE n.id IN $ids RETURN n.id AS id, n.name AS name ORDER BY id"


@dataclass(frozen=True)
class Clause:
    """What is claimed, and what it rests on: None is all that the answer rests on, nothing is where
    no source claims it."""

    text: str
    references: tuple[Reference, ...] | None = None


@dataclass(frozen=True)
class Told:
    """The sentence of an answer: a verdict, the clauses that sources state, what follows from them."""

    clauses: tuple[Clause, ...]
    before: str = ""
    after: str = ""

    def resting_on(self, references: Sequence[Reference]) -> Told:
        """With what the answer rests on where a clause has nothing of its own."""
        clauses = (
            c if c.references is not None else replace(c, references=tuple(references)) for c in self.clauses
        )
        return replace(self, clauses=tuple(clauses))


def attributed(told: Told, titles: Mapping[str, str], *, english: bool) -> str:
    """The sentence with the titles of its sources; neighbours of one source name it once.

    >>> attributed(Told((Clause("甲市为95%", (("a.txt#0-9", ""),)),)), {"a.txt": "质量报告"}, english=False)
    '据《质量报告》，甲市为95%。'
    """
    parts = []
    for names, clauses in groupby(told.clauses, lambda c: titles_of(c.references or (), titles)):
        text = ("; " if english else "；").join(c.text for c in clauses)
        parts.append(f"{_according(names, english)}{text}")
    body = ("; " if english else "；").join(parts)
    stop = "" if told.after[:1] in ("；", ";") or body.endswith(("。", ".")) else "." if english else "。"
    return f"{told.before}{body}{stop}{told.after}"


def titles_of(references: Iterable[Reference], titles: Mapping[str, str]) -> tuple[str, ...]:
    """What to call the sources of passages: a text by its own title, a table's row by the source
    that it names."""
    found = []
    for passage, source in references:
        document, _, place = passage.rpartition("#")
        prose = place[:1].isdigit()
        found.append(titles.get(document, "") if prose else titles.get(source) or titles.get(document, ""))
    return tuple(dict.fromkeys(name for name in found if name))


def load_titles(store: GraphStore, references: Iterable[Reference]) -> Mapping[str, str]:
    """The short titles of the documents and sources of some passages, by the document's path and
    the source's id."""
    documents = {document_id(p.rpartition("#")[0]): p.rpartition("#")[0] for p, _ in references}
    sources = {source: source for _, source in references if source}
    keys = documents | sources
    if not keys:
        return {}
    rows = store.read(CypherStatement(_NAMES, {"ids": sorted(keys)})).rows
    return {keys[str(ident)]: short_title(str(name)) for ident, name in rows if name}


def short_title(title: str) -> str:
    """A title as one cites it in a sentence.

    >>> short_title("某市市场监督管理局关于印发《某市质量提升方案》的通知")
    '某市质量提升方案'
    """
    issued = _ISSUED.search(title)
    title = (issued[1] if issued else title).strip("《》 ")
    title = title.replace("《", "〈").replace("》", "〉")
    return title if len(title) <= _LONGEST else f"{title[:_LONGEST]}…"


def _according(names: Sequence[str], english: bool) -> str:
    if not names:
        return ""
    if english:
        shown = " and ".join(f"“{n}”" for n in names[:_NAMED])
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        return f"According to {shown}{more}: "
    shown = "".join(f"《{n}》" for n in names[:_NAMED])
    more = f"等{len(names)}份资料" if len(names) > _NAMED else ""
    return f"据{shown}{more}，"
