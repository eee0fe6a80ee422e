"""Entries of a source list (资料来源): ``[3] title：url``, the url perhaps on the next line."""

from __future__ import annotations

import re
from bisect import bisect_left

from loaders.documents.document import NumberedSource
from loaders.documents.layout import Block

_URL = re.compile(r"(?:https?|ftp)://\S+|www\.\S+")


def source_entry(text: str, block: Block) -> NumberedSource | None:
    """The source of one entry; None where it has no number."""
    number = re.match(r"\[(\d{1,3})\]", text[block.start : block.start + 8])
    if number is None:
        return None
    first, last = block.spans[0], block.spans[-1]
    line = text[first[0] : first[1]]
    url = _URL.search(line) or (_URL.search(text[last[0] : last[1]]) if len(block.spans) > 1 else None)
    address = url.group().rstrip("。，；)）") if url else ""
    clean = block.clean
    cut = len(clean.text)
    if url is not None and len(block.spans) == 1:
        cut = bisect_left(clean.offsets, first[0] + url.start())
    title = clean.written(text, 0, cut).strip().rstrip(":：,，- ").strip()
    return NumberedSource(int(number.group(1)), title, address, block.start, block.end)
