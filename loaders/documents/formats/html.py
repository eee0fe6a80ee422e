"""Web pages: the main part of a page, with its headings, lists and tables. Menus, footers, scripts
and blocks of nothing but links are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree
from lxml import html as parser

from loaders.documents.decode import decode
from loaders.documents.formats.text_read import TextRead, rows_of
from ontology.errors import SourceError

_DROPPED: Final = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "footer",
        "aside",
        "form",
        "button",
        "select",
        "iframe",
        "svg",
        "object",
        "embed",
        "canvas",
        "audio",
        "video",
        "head",
        "textarea",
    )
)
_BLOCKS: Final = frozenset(
    (
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "figure",
        "figcaption",
        "pre",
        "address",
        "center",
        "fieldset",
        "hr",
        "body",
        "html",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "tfoot",
        "caption",
        "li",
        "table",
        "details",
        "summary",
    )
)
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([a-zA-Z0-9_-]{3,20})", re.IGNORECASE)
#: what no XML may hold, as it is or as a reference
_CONTROL: Final = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
    r"|&#(?:0*(?:[0-8]|11|1[4-9]|2\d|3[01])|x0*(?:[0-8bef]|1[0-9a-f]|d[89a-f]..|fff[ef]));?",
    re.IGNORECASE,
)
_HEADING: Final = re.compile(r"h[1-6]$")
#: the share of a page's words that its main part has
_MAIN: Final = 0.75
_DEEPEST: Final = 200


def text_of_html(raw: bytes, where: str) -> TextRead:
    """The words of a web page; SourceError where there are none."""
    try:
        page = parser.document_fromstring(_CONTROL.sub("", _decoded(raw) or decode(raw, where)))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise SourceError(f"{where} is no web page that can be read: {error}", where=where) from error
    body = page.find("body")
    whole = body if body is not None else page
    for element in list(whole.iter()):
        if _is_noise(element) and element.getparent() is not None and element is not whole:
            element.drop_tree()
    main = _main(whole)
    lines = [*_title(whole, main, page), *_blocks(main, 0)]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    if not text.strip():
        raise SourceError(f"{where} is empty", hint="the page may be made by a script", where=where)
    return TextRead(text + "\n")


def _decoded(raw: bytes) -> str | None:
    """By the character set that the page itself names, where that fits."""
    named = _CHARSET.search(raw[:4096])
    if named is None or raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return None
    name = named.group(1).decode("ascii").lower()
    try:
        text = raw.decode("gb18030" if name.startswith("gb") else name)
    except (LookupError, UnicodeDecodeError):
        return None
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


def _is_noise(element: Any) -> bool:
    if not isinstance(element.tag, str):
        return True  # comments, instructions
    return (
        element.tag in _DROPPED
        or "hidden" in element.attrib
        or bool(_HIDDEN.search(element.get("style") or ""))
    )


def _words(element: Any) -> int:
    """Characters that are not in links."""
    return len(_plain(element)) - sum(len(_plain(link)) for link in element.iter("a"))


def _plain(element: Any) -> str:
    return re.sub(r"\s+", "", "".join(element.itertext()))


def _main(body: Any) -> Any:
    """The innermost block that still has nearly all words of the page."""
    element, all_words = body, max(_words(body), 1)
    for _ in range(_DEEPEST):
        blocks = [
            c
            for c in element
            if c.tag in ("div", "section", "article", "main", "center", "table", "tbody", "tr", "td", "form")
        ]
        best = max(blocks, key=_words, default=None)
        if best is None or _words(best) < _MAIN * all_words or (best.tag == "table" and _is_data(best)):
            break
        element = best
    return element


def _title(body: Any, main: Any, page: Any) -> Iterator[str]:
    """The page's title, where the main part has no heading of its own."""
    if any(True for _ in main.iter("h1", "h2")):
        return
    heading = next((_said(h) for h in body.iter("h1", "h2") if _said(h)), "")
    if not heading:
        named = page.find(".//head/title")
        heading = re.split(r"\s[-_|–—]\s|[_|]", _said(named))[0].strip() if named is not None else ""
    if heading and heading not in _said(main)[:500]:
        yield f"# {heading}"
        yield ""


def _said(element: Any) -> str:
    return _folded("".join(element.itertext()))


def _folded(text: str) -> str:
    """White space of the source is no white space of the page."""
    text = re.sub(r"(?<=[\u3400-\u9fff，。；：、）])[ \t]*[\r\n]\s*(?=[\u3400-\u9fff（])", "", text)
    return re.sub(r"[ \t\r\n\f]+", " ", text).strip(" ")


def _blocks(element: Any, depth: int) -> Iterator[str]:
    """The lines of an element and of what is in it."""
    tag = element.tag
    if _is_menu(element):
        return
    if _HEADING.match(tag):
        yield from ("", f"{'#' * int(tag[1])} {_said(element)}", "") if _said(element) else ()
        return
    if tag == "table" and _is_data(element):
        yield from ("", *rows_of(_rows(element)), "")
        return
    inline: list[str] = [element.text or ""]
    mark = "- " if tag == "li" and element.getparent() is not None and element.getparent().tag != "ol" else ""
    for child in element:
        if child.tag == "br":
            inline.append("\0")
        elif depth < _DEEPEST and (child.tag in _BLOCKS or _HEADING.match(child.tag) or _holds_blocks(child)):
            for line in _flushed(inline, mark):
                yield line
                mark = ""
            inline = []
            yield from _blocks(child, depth + 1)
        else:
            inline.append("".join("\0" if part == "\0" else part for part in _inline(child)))
        inline.append(child.tail or "")
    yield from _flushed(inline, mark)
    if tag in ("p", "div", "ul", "ol", "section", "article"):
        yield ""


def _inline(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == "br":
            yield "\0"
        else:
            yield from _inline(child)
        yield child.tail or ""


def _flushed(parts: list[str], mark: str) -> Iterator[str]:
    for line in "".join(parts).split("\0"):
        said = _folded(line)
        if said:
            yield mark + said
            mark = ""


def _holds_blocks(element: Any) -> bool:
    return any(
        isinstance(e.tag, str) and (e.tag in _BLOCKS or _HEADING.match(e.tag))
        for e in element.iter()
        if e is not element
    )


def _is_menu(element: Any) -> bool:
    """A list or a block of nothing but links, and several of them."""
    if element.tag not in ("ul", "ol", "div", "table", "td", "p", "section"):
        return False
    links = [len(_plain(link)) for link in element.iter("a")]
    return len(links) >= 3 and sum(links) > 0.7 * max(len(_plain(element)), 1) and max(links) < 30


def _is_data(table: Any) -> bool:
    """Rows of cells, not a table that lays out a page."""
    rows = list(table.iter("tr"))
    cells = [sum(1 for c in row if c.tag in ("td", "th")) for row in rows]
    nested = any(True for inner in table.iter("table") if inner is not table)
    return not nested and len(rows) >= 2 and max(cells, default=0) >= 2


def _rows(table: Any) -> Iterator[list[str]]:
    """Cells by columns: one that spans rows is empty below, one that spans columns empty behind."""
    taken: dict[int, int] = {}
    for row in table.iter("tr"):
        cells: list[str] = []
        for cell in (c for c in row if c.tag in ("td", "th")):
            while taken.get(len(cells), 0):
                taken[len(cells)] -= 1
                cells.append("")
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            for at in range(across):
                if down > 1:
                    taken[len(cells)] = down - 1
                cells.append(_said(cell) if at == 0 else "")
        while taken.get(len(cells), 0):
            taken[len(cells)] -= 1
            cells.append("")
        yield cells


def _span(cell: Any, name: str) -> int:
    said = (cell.get(name) or "1").strip()
    return min(max(int(said), 1), 100) if said.isdigit() and said.isascii() else 1
