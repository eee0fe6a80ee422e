"""A stretch of a document as given → clean characters, each with its place.

Dropped: markdown, HTML and BBCode marks, bookmarks of converters, citations ``[1][4]``
(returned apart), readings between brackets (質(zhì)量), spaces inside Chinese words.
Folded: width and traditional characters (``ontology.lexicon.normalise``).

>>> clean_span("**合格率**达 95 %[2]。", 0, 16).text
'合格率达95%。'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from loaders.documents.places import joined
from ontology.lexicon import normalise


@dataclass(frozen=True, slots=True)
class CleanText:
    """``offsets[i]`` is where ``text[i]`` stands in the document; never decreasing."""

    text: str
    offsets: Sequence[int]
    #: citations that stood in it: (place in the document, number)
    cites: tuple[tuple[int, int], ...] = ()

    def cut(self, a: int, b: int) -> CleanText:
        """The clean characters from ``a`` to ``b``, without white space at the ends."""
        while a < b and self.text[a].isspace():
            a += 1
        while b > a and self.text[b - 1].isspace():
            b -= 1
        return CleanText(self.text[a:b], self.offsets[a:b], self.cites)

    def written(self, document: str, a: int = 0, b: int | None = None) -> str:
        """The same characters as the document writes them (width, traditional), without the markup."""
        places = self.offsets[a : len(self.text) if b is None else b]
        return "".join(document[o] for o in dict.fromkeys(places)).strip()


_HTML = "b|i|u|strong|em|sub|sup|span|font|br|p|div|a|center|table|tbody|thead|tr|td|th|h[1-6]|ul|ol|li|img"
_BBCODE = "b|i|u|s|size|color|font|face|list|url|img|quote|align|left|center|right|table|tr|td|p|indent|hr"
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
_HAN = "\u3400-\u9fff\uf900-\ufaff"

# One pass over the characters. Every branch is bounded, so that a line of megabytes stays linear.
_MARKUP = re.compile(
    rf"(?P<cite>\[\d{{1,3}}(?:[ ]?[-–~,，、][ ]?\d{{1,3}}){{0,9}}\](?!\())"
    rf"|(?P<image>!\[[^\]\n]{{0,200}}\]\([^)\n]{{0,500}}\))"
    rf"|(?P<link>\]\((?:https?:|/|\#)[^)\s]{{0,500}}\))"
    rf"|(?P<mark>\*\*|__|</?(?:{_HTML})(?:\s[^<>\n]{{0,200}})?/?>|\[/?(?:{_BBCODE})(?:=[^\]\n]{{0,100}})?\]"
    rf"|\[\*\]|\[bookmark:[^\]\n]{{0,100}}\]|<!--[^\n]{{0,200}}?-->)"
    rf"|(?P<space>&(?:nbsp|emsp|ensp);)"
    rf"|(?P<reading>[(（](?=[a-zü]{{0,6}}[{_TONES}])[a-zü{_TONES}]{{1,8}}[)）])"
    rf"|(?P<etc>(?<=[{_HAN}])[ ]etc[.]?[ ](?=[{_HAN}，。、；]))"
    rf"|(?P<and>(?<=[{_HAN}])[ ]and[ ](?=[{_HAN}]))",
    re.IGNORECASE,
)
_OPEN_LINK = re.compile(r"\[(?=[^\[\]\n]{1,200}\]\((?:https?:|/|#))")


def clean_span(text: str, start: int, end: int) -> CleanText:
    """Clean characters of ``text[start:end]``."""
    raw = text[start:end]
    if not (_DROPPED.search(raw) or _MARKUP.search(raw) or "](" in raw):
        plain = normalise.clean(raw)
        if len(plain.text) == len(raw):
            return CleanText(_misread(plain.text), range(start, end))
    kept: list[str] = []
    places: list[int] = []
    cites: list[tuple[int, int]] = []

    def keep(a: int, b: int) -> None:
        for i in range(a, b):
            if i not in links:
                kept.append(raw[i])
                places.append(start + i)

    links = {m.start() for m in _OPEN_LINK.finditer(raw)} if "](" in raw else frozenset()
    at = 0
    for mark in _MARKUP.finditer(raw):
        keep(at, mark.start())
        at = mark.end()
        kind = mark.lastgroup
        if kind == "cite":
            cites.extend((start + mark.start(), n) for n in _numbers(mark.group()))
        elif kind == "space":
            kept.append(" ")
            places.append(start + mark.start())
        elif kind in ("etc", "and"):  # a recogniser of characters that lapsed into English
            kept.append("等" if kind == "etc" else "和")
            places.append(start + mark.start() + 1)
    keep(at, len(raw))
    folded = normalise.clean("".join(kept))
    folded = replace(folded, text=_misread(folded.text))
    offsets = [places[folded.offsets[i]] for i in range(len(folded.text))]
    return _spaces(folded.text, offsets, tuple(cites))


#: white space but tabs, and characters without width
_DROPPED = re.compile("[^\\S\t]|[\u200b\ufeff\xad]")


#: 2O25年, 1l%: letters among digits, as a recogniser of characters takes them
_LETTER_IN_NUMBER = re.compile(r"(?<=\d)[Oo](?=[\d.%年])|(?<=\d)[lI](?=[\d.%])")


def _misread(text: str) -> str:
    """Digits that were taken for letters, put right; as many characters as before."""
    if not _LETTER_IN_NUMBER.search(text):
        return text
    return _LETTER_IN_NUMBER.sub(lambda m: "0" if m[0] in "Oo" else "1", text)


def _numbers(cite: str) -> Iterable[int]:
    """``[1-3]`` → 1 2 3; ``[2,5]`` → 2 5."""
    for part in re.split(r"[,，、]", cite.strip("[]")):
        ends = [int(n) for n in re.findall(r"\d+", part)]
        yield from range(ends[0], min(ends[-1], ends[0] + 50) + 1) if len(ends) == 2 else ends


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def _spaces(text: str, offsets: list[int], cites: tuple[tuple[int, int], ...]) -> CleanText:
    """One space where it parts words or phrases, none inside a Chinese word or before its figures."""
    out: list[str] = []
    places: list[int] = []
    size = len(text)
    prose = size >= 30 and _SENTENCE.search(text) is not None
    i = 0
    while i < size:
        char = text[i]
        if char == "\t" or not (char.isspace() or char in "\u200b\ufeff\xad"):
            out.append(char)
            places.append(offsets[i])
            i += 1
            continue
        j = i
        while j < size and text[j] != "\t" and (text[j].isspace() or text[j] in "\u200b\ufeff\xad"):
            j += 1
        wide = any(text[k].isspace() for k in range(i, j))
        if wide and out and j < size and out[-1] != "\t" and text[j] != "\t" and _parts(
            text, out, j, j - i, prose
        ):
            out.append(" ")
            places.append(offsets[i])
        i = j
    return CleanText("".join(out), joined(places), cites)


_THOUSANDS = re.compile(r"\d{3}(?!\d)(?=\s?[一-鿿])")
_SHORT_NUMBER = re.compile(r"(?<!\d)\d{1,3}$")
#: what a sentence has and a title, a signature or a row has not
_SENTENCE = re.compile("[,，。;；]")


def _parts(text: str, before: list[str], j: int, width: int, prose: bool) -> bool:
    """Does the white space before ``text[j]`` part two phrases?"""
    left, right = before[-1], text[j]
    if width >= 3:
        return True
    if _is_han(left) and _is_han(right):
        # 结 合 实 际: letters spaced out; 质量强企 某某公司: two phrases
        alone_left = len(before) < 2 or before[-2] == " " or not _is_han(before[-2])
        alone_right = j + 1 >= len(text) or not _is_han(text[j + 1])
        if prose and width == 1 and not _open_bracket(before):
            return False  # 质检中 心二期: in a sentence a space between two Chinese characters is noise
        return width > 1 or not (alone_left or alone_right)
    if left.isdigit() and right.isdigit():
        # 1 876人次: a space that parts thousands
        thousands = _THOUSANDS.match(text, j) and _SHORT_NUMBER.search("".join(before[-4:]))
        return not (prose and width == 1 and thousands)
    if prose and width == 1 and (left.isdigit() or right.isdigit()) and {left, right} & set("./％%"):
        return False  # 91 .3%, 95 . 1%
    if left == "." and right.isdigit() and len(before) > 1 and before[-2].isdigit():
        return False  # 2. 12件
    if _is_han(left) or _is_han(right):
        return width > 1 and not (left.isdigit() or right.isdigit())
    return left not in "，。；：、！？（《“,;:(〔" and right not in "，。；：、！？）》”,;:)%〕"


def _open_bracket(before: list[str]) -> bool:
    """Whether a bracket stands open: (记者 甲 通讯员 乙) parts its words."""
    last = before[-60:]
    return max((k for k, c in enumerate(last) if c in "(（"), default=-1) > max(
        (k for k, c in enumerate(last) if c in ")）"), default=-1
    )
