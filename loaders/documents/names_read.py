"""The names in the texts of one document, each text read once for all who ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from loaders.documents.firm_abbreviations import abbreviated, is_full
from ontology.lexicon.mention import Mention
from ontology.lexicon.names import place_index, strong_and_weak_names

_Read = tuple[Sequence[Mention], Sequence[Mention], Sequence[Mention]]


class NamesRead:
    """Regions and openly named things of clean texts.

    >>> names = NamesRead()
    >>> [m.text for m in names.find("三一重工等龙头企业入驻长沙经开区，在株洲市")]
    ['三一重工', '长沙经开区', '株洲市']
    """

    def __init__(self) -> None:
        self._read: dict[str, _Read] = {}
        self._short: dict[frozenset[str], dict[str, str]] = {}

    def _of(self, text: str) -> _Read:
        read = self._read.get(text)
        if read is None:
            places = place_index().find(text)
            begun = {m.start for m in places}
            # 杭州湾 is no 杭州, but 芜湖湾沚区 is in 芜湖
            places = [m for m in places if m.end in begun or not text.startswith("湾", m.end)]
            strong, weak = strong_and_weak_names(text, places)
            # most texts name nothing of one sort or another
            read = self._read[text] = (places or (), strong or (), weak or ())
        return read

    def abbreviated(self, firms: Iterable[str], texts: Iterable[str]) -> dict[str, str]:
        """The firms that the texts call by the beginning of their names; found once for the same firms."""
        full = frozenset(filter(is_full, firms))
        if full not in self._short:
            self._short[full] = abbreviated(full, texts)
        return self._short[full]

    def regions(self, text: str) -> Sequence[Mention]:
        """The regions that a text names, also those inside other names."""
        return self._of(text)[0]

    def with_industries(self, text: str) -> Sequence[Mention]:
        """Openly named things, industries among them (摩托车产业)."""
        return self._of(text)[2]

    def find(self, text: str) -> list[Mention]:
        """Openly named things without industries, then the regions that lie in none of them."""
        places, names, _ = self._of(text)
        taken = [(m.start, m.end) for m in names]
        return [*names, *(p for p in places if not any(s < p.end and p.start < e for s, e in taken))]
