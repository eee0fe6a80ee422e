"""What a reader of a file format gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loaders.documents.document import Unread


@dataclass(frozen=True)
class TextRead:
    """The text of a file, and the parts of it that gave none."""

    text: str
    unread: tuple[Unread, ...] = ()


def rows_of(cells: Iterable[Sequence[str | None]]) -> list[str]:
    """Table rows as lines: cells parted by tabs, rows and columns without any words left out.

    >>> rows_of([["指标", None, "2024年"], ["合格率", "", "95.2"]])
    ['指标\\t2024年', '合格率\\t95.2']
    """
    table = [[re.sub(r"\s+", " ", cell or "").strip() for cell in row] for row in cells]
    width = max((len(row) for row in table), default=0)
    used = [at for at in range(width) if any(at < len(row) and row[at] for row in table)]
    lines = []
    for row in table:
        said = [row[at] if at < len(row) else "" for at in used]
        if any(said):
            lines.append("\t".join(said) if len(used) > 1 else said[0])
    return lines
