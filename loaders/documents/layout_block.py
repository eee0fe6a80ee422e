"""A block: a paragraph, heading, list item or row of a document, as the layout of the page gives it."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.documents.clean import CleanText
from loaders.documents.markers import Marker


@dataclass(frozen=True, slots=True)
class Block:
    """``kind``: text row source_head source. ``hashes``: level of a markdown heading, 0 if none.
    ``head``: clean characters of a leading part in bold. ``bulleted``: opens with - • ——.
    ``blank``: empty lines before it. ``spans``: its pieces in the document."""

    kind: str
    spans: tuple[tuple[int, int], ...]
    clean: CleanText
    marker: Marker | None = None
    hashes: int = 0
    head: int = 0
    bulleted: bool = False
    blank: int = 0
    #: figures are set in bold inside it: a statement of its own in a box of figures
    emphatic: bool = False

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]

    @property
    def text(self) -> str:
        return self.clean.text
