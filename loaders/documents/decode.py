"""Bytes → characters. Knows the encodings that Chinese offices write: UTF-8, UTF-16 with a mark,
GB18030 (and so GBK and GB2312), Big5. What is none of these is an error with its place."""

from __future__ import annotations

import re

from ontology.errors import SourceError

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def decode(raw: bytes, where: str) -> str:
    """Characters of a file; SourceError for an empty or a binary one, or an unknown encoding."""
    if not raw.strip(b" \t\r\n\x0b\x0c\xef\xbb\xbf"):
        raise SourceError(f"{where} is empty", hint="nothing was read from it", where=where)
    text = _marked(raw, where)
    if text is None:
        binary = raw.find(b"\x00")
        if binary >= 0:
            raise SourceError(
                f"{where} is no text: a zero byte at {binary}",
                hint="is it a text file?",
                where=f"{where}@{binary}",
            )
        text = _trial(raw, where)
    if not text.strip():
        raise SourceError(f"{where} is empty", hint="nothing was read from it", where=where)
    controls = _CONTROL.findall(text)
    if len(controls) * 200 > len(text) + 200:
        found = _CONTROL.search(text)
        place = found.start() if found else 0
        raise SourceError(
            f"{where} is no text: control characters from character {place}",
            hint="is it a text file?",
            where=f"{where}#{place}",
        )
    return text


def _marked(raw: bytes, where: str) -> str | None:
    """Text with a byte order mark, or None."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if raw.startswith(mark):
            try:
                return raw[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                at = error.start + len(mark)
                raise SourceError(
                    f"{where}: byte {at} is no {encoding}, which its first bytes promise",
                    where=f"{where}@{at}",
                ) from error
    return None


def _trial(raw: bytes, where: str) -> str:
    """UTF-8, else the first of the older encodings that gives plausible Chinese."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start
        cut = at >= len(raw) - 3 and at > 0  # a file cut in the middle of its last character
    if cut:
        return raw[:at].decode("utf-8")
    for encoding, test in (("gb18030", _common_gb), ("big5", _common_big5)):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if test(text):
            return text
    raise SourceError(
        f"{where}: unknown encoding (byte {at} is no UTF-8, and the whole is no plausible GB18030 or Big5)",
        hint="save the file as UTF-8",
        where=f"{where}@{at}",
    )


def _share(text: str, encoding: str, first: int, last: int) -> bool:
    """Are most characters beyond ASCII among the frequent ones of a national standard?"""
    seen = [c for c in text[:200_000] if ord(c) > 127]
    common = 0
    for char in seen:
        lead = char.encode(encoding, "ignore")[:1]
        common += bool(lead) and first <= lead[0] <= last
    return bool(seen) and common >= 0.8 * len(seen)


def _common_gb(text: str) -> bool:
    return _share(text, "gb2312", 0xA1, 0xD7)


def _common_big5(text: str) -> bool:
    return _share(text, "big5", 0xA1, 0xC6)
