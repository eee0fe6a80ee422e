"""以下简称: the short names that a document gives, which hold in that document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.documents.document import Passage
from ontology.lexicon.names import open_names

_SHORT = re.compile(
    r"[(（](?:[^()（）]{2,30}[,，])?(?:以下|下文)?(?:统一|均)?简称(?:为)?[:：]?\s?[“\"'《「]?(?P<short>[^”\"'》」()（）。；;]{2,20})[”\"'》」]?[)）]"
)
_TITLE = re.compile(r"《([^《》]{3,80})》$")


def abbreviations(passages: Sequence[Passage]) -> dict[str, str]:
    """Short name → full name: 某某检测研究院（以下简称“某检院”） → {某检院: 某某检测研究院}."""
    found: dict[str, str] = {}
    for passage in passages:
        if "简称" not in passage.text:
            continue
        names = open_names(passage.text)
        for short in _SHORT.finditer(passage.text):
            before = passage.text[: short.start()].rstrip()
            title = _TITLE.search(before)
            named = [m for m in names if m.end == len(before)]
            full = title.group(1) if title else max((m.text for m in named), key=len, default="")
            if full:
                found.setdefault(short.group("short").strip(), full)
    return found
