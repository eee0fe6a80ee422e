"""Text → blocks: what belongs together is joined, what is only the page's is left out.

A paragraph that a page break, a hard line end or a column break has cut in two is one block
with two spans. Page numbers, rules, running heads and tables of contents are no blocks.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from loaders.documents.clean import CleanText, clean_span
from loaders.documents.flat_tables import folded
from loaders.documents.layout_block import Block as Block
from loaders.documents.markers import Marker, bullet, marker
from loaders.documents.places import joined
from loaders.kept_aside import KeptAside

_LINE = re.compile(r"[^\r\n\f\x0b\x85\u2028\u2029]+|\r\n|[\r\n\f\x0b\x85\u2028\u2029]")
_RULE = re.compile(r"[\s\-—–=_*~·.]{3,}$|\|?[\s:|-]*-{3}[\s:|-]*$")
_PAGE = re.compile(
    r"[-—–·一\s]{1,4}\d{1,4}[-—–·一\s]{1,4}$|第?\s?\d{1,4}\s?页?\s?(?:/|,|，|共)\s?(?:共)?\s?\d{1,4}\s?页$|第\s?\d{1,4}\s?页$"
)
_TAG = re.compile(r"</?b>|\*\*|</?strong>", re.IGNORECASE)
_TOC_ENTRY = re.compile(r"(?:\.{3}|…{2}|·{3}|(?:\. ){3})[.…· \t]*\d{1,4}$")
_TOC_HEAD = re.compile(r"目 ?[录录錄]$")
_SOURCE_HEAD = re.compile(
    r"(?:主要)?(?:资料来源|数据来源|信息来源|参考资料|参考文献|参考来源|引用来源)[::]?$"
)
_SOURCE = re.compile(r"\[(\d{1,3})\][ \t]*")
_URL = re.compile(r"(?:https?|ftp)://\S+|www\.\S+")
_HASHES = re.compile(r"[ \t]{0,3}(#{1,6})[ \t]*")
_QUOTE = re.compile(r"[ \t]{0,3}>[ \t]?")
_BOLD = re.compile(
    r"(?:\*\*|__|<b>|<strong>|\[b\])([^*<\[\n]{1,80})(?:\*\*|__|</b>|</strong>|\[/b\])", re.IGNORECASE
)
_LONGEST = 4000
#: how many blocks may stand between the two parts of a paragraph
_REACH = 40
_ENDED = "。！？；：!?;:…"
_CLOSING = "”’」』）)》\"'"
#: 各县(市、区)市场监管局:
_ADDRESSED = re.compile(r"各[^。；;]{2,80}[:：]")
#: a half-width full stop behind Chinese words
_HALF_STOP = re.compile("[一-鿿]\\.$")
_TERMINAL = re.compile(r"[。！？；!?;]")
_STOP = re.compile(r"[。；;]")
_INSET = re.compile(r"[▲△▼▽]|图[\d一二三四五六七八九十为:：]|(?:19|20)\d{2}年\d{1,2}月")
_EMPHASIS = re.compile(r"\*\*[\d.]+%?\*\*|\*\*[\d.]")
#: a line that is the document's number or its date
_NUMBER = re.compile(
    r"[一-鿿]{1,14}[〔\[(【]\s?(?:19|20)\d{2}\s?[〕\])】]\s?第?\s?\d{1,4}\s?号"
    r"|[—–-]*(?:发布(?:时间|日期):)?(?:19|20)\d{2}[年/.-]\d{1,2}[月/.-]\d{1,2}日?(?:[ 在][^,，。;；]{0,40})?"
)
#: what a page tells above its text: 2025-03-08 来源:甲网 字体:[大][中][小] 阅读 18次
_ABOVE_TEXT = re.compile(
    r"(?:(?:发布|更新)?(?:时间|日期)[:：]\s?)?(?:19|20)\d{2}[年/.-]\d{1,2}[月/.-]\d{1,2}日?"
    r"(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?\s*"
    r"(?:(?:信息)?来源|作者|记者|字[体号]|浏览|阅读|点击|编辑|责编|【字体)[^,，。;；]{0,80}"
)
_FRAGMENT = re.compile(
    r"[,，、；;。）)》”]|\d[\d.]{0,9}[万亿]{0,2}[家个项件名人户张种类条批次位亿元%]{1,2}[,，、。；;]"
)


def paragraphs(text: str) -> Sequence[Block]:
    """Blocks in the order of the text."""
    lines = KeptAside(folded(KeptAside(_lines(text))))
    return KeptAside(_joined(_without_page_marks(lines)))


def _lines(text: str) -> Iterator[Block]:
    """Each line that is not empty, classified."""
    blank = ends = 0
    listed = False  # inside a numbered list of sources
    for found in _LINE.finditer(text):
        if found.group() in ("\r\n", "\r", "\n", "\f", "\v", "\x85", "\u2028", "\u2029"):
            ends += 1
            continue
        blank, ends = max(0, ends - 1) + blank, 0
        line = _line(text, found.start(), found.end(), blank, listed)
        if line is None:
            blank += 1
            continue
        listed = line.kind in ("source_head", "source", "source_more")
        yield line
        blank = 0


def _line(text: str, start: int, end: int, blank: int, listed: bool) -> Block | None:
    raw = text[start:end]
    bare = raw.strip()
    if not bare or (_RULE.match(bare) and len(bare) < 200):
        return None
    if len(bare) <= 24 and _PAGE.match(bare):
        return None
    if len(bare) < 300 and _TOC_ENTRY.search(_TAG.sub("", bare)):
        return Block("toc", ((start, end),), CleanText("", ()), blank=blank)
    row = _is_row(raw) or _is_row_of_few(text, start, end)
    if not row:
        start += len(raw) - len(raw.lstrip())
        raw = text[start:end]
    span = (start, start + len(raw.rstrip()))
    entry = _SOURCE.match(raw)
    if entry and (listed or _URL.search(raw)):
        return Block("source", (span,), clean_span(text, start + entry.end(), span[1]), blank=blank)
    if listed and _URL.match(raw):
        return Block("source_more", (span,), CleanText("", ()), blank=blank)
    if row:
        cells = clean_span(text, start, end)
        return Block("row", (span,), cells, blank=blank) if cells.text.strip() else None
    quoted = _QUOTE.match(raw)
    skip = quoted.end() if quoted else 0
    hashes = _HASHES.match(raw[skip:])
    skip += hashes.end() if hashes else 0
    dash = bullet(raw[skip:])
    body = start + skip + dash
    clean = clean_span(text, body, span[1])
    if not clean.text.strip():
        return None
    clean = clean.cut(0, len(clean.text))
    if len(clean.text) <= 12 and _SOURCE_HEAD.match(clean.text):
        return Block("source_head", (span,), clean, hashes=len(hashes.group(1)) if hashes else 0, blank=blank)
    if _TOC_HEAD.match(clean.text):
        return Block("toc", (span,), clean, blank=blank)
    found = marker(clean.text, text[clean.offsets[0]])
    return Block(
        "text",
        (span,),
        clean,
        found,
        len(hashes.group(1)) if hashes else 0,
        _bold_head(text, clean, found, body, span[1]),
        dash > 0,
        blank,
        bool(_EMPHASIS.search(raw)),
    )


def _is_row(raw: str) -> bool:
    """Cells parted by tabs or by bars."""
    bare = raw.strip(" \u3000\r\n")
    if (
        "\t" in bare.strip("\t")
        or bare.endswith("\t\t")
        or (bare.startswith("\t") and bare.strip("\t") != "")
    ):
        return "\t" in bare and not bare.startswith("\t\u3000")
    return (bare.count("|") >= 2 and bare.startswith("|")) or bare.count("|") >= 3


def _is_row_of_few(text: str, start: int, end: int) -> bool:
    """Three cells parted by two bars, where the line before or behind it has two bars too."""
    if text.count("|", start, end) != 2:
        return False
    above = text[max(0, start - 400) : start].rstrip().rpartition("\n")[2]
    below = text[end : end + 400].lstrip().partition("\n")[0]
    return above.count("|") == 2 or below.count("|") == 2


def _bold_head(text: str, clean: CleanText, found: Marker | None, body: int, end: int) -> int:
    """How many clean characters the bold part at the start of a line covers."""
    head = text[body : min(end, body + 200)]
    bold = _BOLD.search(head)
    if bold is None:
        return 0
    first = bisect_left(clean.offsets, body + bold.start(1))
    if first > (found.end if found else 0):
        return 0
    return bisect_left(clean.offsets, body + bold.end(1))


def _without_page_marks(lines: Sequence[Block]) -> Iterator[Block]:
    """Lines without running heads (the same short line between empty lines, again and again)."""
    seen = Counter(line.text for line in lines if _could_run(line))
    running = {text for text, times in seen.items() if times >= 3}
    for i, line in enumerate(lines):
        after = lines[i + 1].blank if i + 1 < len(lines) else 1
        if line.text in running and _could_run(line) and (line.blank and after):
            continue
        yield line


def _could_run(line: Block) -> bool:
    return (
        line.kind == "text"
        and not line.hashes
        and line.marker is None
        and not line.bulleted
        and 6 <= len(line.text) <= 40
        and not _TERMINAL.search(line.text)
    )


def _joined(lines: Iterator[Block]) -> Iterator[Block]:
    """Blocks: lines of one sentence put together, URLs put behind their source."""
    done: list[Block] = []  # those that may still go on
    passed = 0  # and how many there were before them
    open_at = -1  # an unfinished paragraph whose continuation was not the next line
    inset = False
    width = 0
    for line in lines:
        last = done[-1] if done else None
        width = max(len(line.text), width if not line.blank else 0)
        if line.kind == "source_more":
            if last is not None and last.kind == "source":
                done[-1] = replace(last, spans=(*last.spans, *line.spans))
            continue
        if len(done) > 2 * _REACH:
            yield from done[:_REACH]
            del done[:_REACH]
            passed, open_at = passed + _REACH, open_at - _REACH
        if line.kind == "text" and open_at >= 0 and len(done) - open_at <= _REACH:
            if _FRAGMENT.match(line.text) or (inset and _may_follow(line)):
                done[open_at] = _join(done[open_at], line)
                open_at, inset = (open_at if _unfinished(done[open_at]) else -1), False
                continue
            inset = False
        title = passed + len(done) == 1 and bool(line.blank) and not re.search(r"。|[，,、]$", done[0].text)
        if last is not None and not title and _continues(last, line, width):
            done[-1] = _join(last, line)
            continue
        if (
            last is not None
            and last.kind == "text"
            and _unfinished(last)
            and _prosy(last)
            and not (last.hashes or last.emphatic)
        ):
            open_at = len(done) - 1
            inset = _is_inset(line) and not _unfinished(line)
        done.append(line)
    yield from done


def _unfinished(block: Block) -> bool:
    text = block.text.rstrip(_CLOSING)
    return bool(text) and text[-1] not in _ENDED and not _HALF_STOP.search(text)


def _prosy(block: Block) -> bool:
    """Running text, not a heading."""
    return len(block.text) >= 60 or bool(_STOP.search(block.text[:-1]))


def _may_follow(line: Block) -> bool:
    return line.kind == "text" and not (line.hashes or line.marker or line.bulleted or line.head)


def _is_inset(line: Block) -> bool:
    """The words under a picture, set between the columns of a text."""
    return bool(line.blank and _INSET.match(line.text)) and (line.blank >= 3 or line.text[0] in "▲△▼▽图")


def _continues(last: Block, line: Block, width: int) -> bool:
    """Is ``line`` the rest of a sentence that ``last`` began?"""
    if len(last.text) > _LONGEST:  # a text without any end of a sentence stays linear
        return False
    if last.kind != "text" or last.hashes or not _may_follow(line) or not _unfinished(last):
        return False
    if (last.emphatic and line.emphatic) or _is_inset(line) or _NUMBER.fullmatch(line.text):
        return False
    if _ABOVE_TEXT.fullmatch(last.text):
        return False
    if _ADDRESSED.fullmatch(line.text):
        return False  # the title of a notice ends before those to whom it goes
    if _FRAGMENT.match(line.text) or last.text[-1] in "，,、":
        return True
    bracketed = last.text[-1] in ")）" and bool(_TERMINAL.search(last.text))
    if bracketed:
        return False
    if _prosy(last):
        return not line.blank or bool(_TERMINAL.search(line.text)) or len(line.text) >= 30
    full = len(last.text) >= 20 and len(last.text) >= 0.75 * width
    return not line.blank and full and last.spans[-1][1] - last.spans[-1][0] >= 20


def _join(a: Block, b: Block) -> Block:
    clean = CleanText(
        a.clean.text + _gap(a.text, b.text) + b.clean.text,
        joined(a.clean.offsets, (b.start - 1,) if _gap(a.text, b.text) else (), b.clean.offsets),
        a.clean.cites + b.clean.cites,
    )
    return replace(a, spans=(*a.spans, *b.spans), clean=clean)


def _gap(a: str, b: str) -> str:
    """Latin words need a space where a line ended between them."""
    return (
        " " if a and b and a[-1].isascii() and b[0].isascii() and a[-1].isalpha() and b[0].isalpha() else ""
    )
