"""Passage references → evidence that a reader can open: quote, place, source, grade."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from graph.content import read_content
from graph.store import GraphStore
from graph.types import CypherStatement
from qa_service.answering.answer_types import Evidence

#: evidence shown with one answer
MOST = 12

_PASSAGES = """\
MATCH (p:Passage)
WHERE p.id IN $ids
RETURN p.id AS id, p.text AS text, p.document AS document, p.section AS section,
       p.start AS start, p.`end` AS finish
ORDER BY id"""
_NAMES = "MATCH (n) WHERE n.id IN $ids RETURN n.id AS id, n.name AS name ORDER BY id"
_SOURCES = "MATCH (s:Source) WHERE s.id IN $ids RETURN s.id AS id, s.url AS url, s.grade AS grade ORDER BY id"

#: (passage reference, source id or "")
Reference = tuple[str, str]


def evidence(store: GraphStore, references: Iterable[Reference], *, most: int = MOST) -> tuple[Evidence, ...]:
    """Evidence for passage references, in their order, each passage once.

    Prose quotes the passage; a table quotes its row, with the cells. A reference whose text
    is not in the store any more is left out: a quote is never made up.
    """
    wanted: dict[str, str] = {}
    for passage, source in references:
        if passage not in wanted or (source and not wanted[passage]):
            wanted[passage] = source
        if len(wanted) >= most:
            break
    prose = [p for p in wanted if _span(p) is not None]
    found: dict[str, tuple[str, str, str, int, int]] = {}
    if prose:
        for row in store.read(CypherStatement(_PASSAGES, {"ids": prose})).rows:
            found[str(row[0])] = (str(row[1]), str(row[2]), str(row[3] or ""), _int(row[4]), _int(row[5]))
    sections = _names(store, [v[2] for v in found.values() if v[2]])
    sources = _sources(store, [s for s in wanted.values() if s])
    texts: dict[str, str] = {}
    tables: dict[str, Sequence[Mapping[str, Sequence[Sequence[object]]]]] = {}
    shown = []
    for passage, cited in wanted.items():
        document, _, place = passage.rpartition("#")
        url, grade = sources.get(cited, (None, None))
        if passage in found:
            text, document, section, start, end = found[passage]
            shown.append(Evidence(document, sections.get(section, ""), text, start, end, None, url, grade))
            continue
        if document not in texts:
            texts[document] = read_content(store.read, document) or ""
        span = _span(passage)
        if span is not None:
            quote = texts[document][span[0] : span[1]]
            if quote:
                shown.append(Evidence(document, "", quote, span[0], span[1], None, url, grade))
        else:
            if document not in tables:
                tables[document] = _sheets(texts[document])
            row_text = _row(tables[document], place)
            if row_text:
                shown.append(Evidence(document, "", row_text, None, None, place, url, grade))
    return tuple(shown)


def references_of(passages: object, sources: object) -> list[Reference]:
    """The parallel lists of a node or relationship as references."""
    left = (
        [str(p) for p in passages] if isinstance(passages, Sequence) and not isinstance(passages, str) else []
    )
    right = (
        [str(s) for s in sources] if isinstance(sources, Sequence) and not isinstance(sources, str) else []
    )
    right += [""] * (len(left) - len(right))
    return list(zip(left, right, strict=False))


def _span(passage: str) -> tuple[int, int] | None:
    m = re.search(r"#(\d+)-(\d+)$", passage)
    return (int(m[1]), int(m[2])) if m else None


def _sheets(content: str) -> Sequence[Mapping[str, Sequence[Sequence[object]]]]:
    """The sheets of a table as its content holds them; none where it is no table's."""
    try:
        sheets = json.loads(content)
    except ValueError:
        return ()
    return sheets if isinstance(sheets, list) else ()


def _row(sheets: Sequence[Mapping[str, Sequence[Sequence[object]]]], place: str) -> str:
    """The cells ``Sheet1!A5:F5`` of a table, joined as they are read."""
    m = re.fullmatch(r"(.+)!([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?", place)
    if not m:
        return ""
    for sheet in sheets:
        if sheet.get("sheet") == m[1]:
            rows = sheet.get("rows", [])
            top, left = int(m[3]) - 1, _column(m[2])
            bottom, right = int(m[5] or m[3]) - 1, _column(m[4] or m[2])
            lines = [
                ", ".join(str(c) for c in row[left : right + 1] if c not in (None, ""))
                for row in rows[top : bottom + 1]
            ]
            return "\n".join(lines)
    return ""


def _column(letters: str) -> int:
    n = 0
    for ch in letters:
        n = n * 26 + ord(ch) - 64
    return n - 1


def _names(store: GraphStore, ids: Iterable[str]) -> Mapping[str, str]:
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    rows = store.read(CypherStatement(_NAMES, {"ids": wanted})).rows
    return {str(i): str(n or "") for i, n in rows}


def _sources(store: GraphStore, ids: Iterable[str]) -> Mapping[str, tuple[str | None, str | None]]:
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    rows = store.read(CypherStatement(_SOURCES, {"ids": wanted})).rows
    return {str(i): (_text(u), _text(g)) for i, u, g in rows}


def _text(value: object) -> str | None:
    return str(value) if value else None


def _int(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0
