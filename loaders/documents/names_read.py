"""The names in the texts of one document, each text read once for all who ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from loaders.documents.document import Passage
from loaders.documents.firm_abbreviations import abbreviated, is_full
from loaders.kept_aside import KeptAside
from ontology.gazetteer import is_in_word
from ontology.lexicon.mention import Mention
from ontology.lexicon.names import place_index, strong_and_weak_names

_Read = tuple[Sequence[Mention], Sequence[Mention], Sequence[Mention]]
#: texts that are no passages (titles, pieces of endless sentences) are remembered up to so many
_OTHERS: Final = 5_000


class NamesRead:
    """Regions and openly named things of clean texts.

    Those of a document's ``passages`` are read in their order once and kept aside; who goes through them
    says ``at`` which one he is. Of other texts the last ones are remembered.

    >>> names = NamesRead()
    >>> [m.text for m in names.find("三一重工等龙头企业入驻长沙经开区，在株洲市")]
    ['三一重工', '长沙经开区', '株洲市']
    """

    def __init__(self, passages: Sequence[Passage] = ()) -> None:
        self._passages = passages
        self._of_passages: KeptAside[_Read] = KeptAside()
        self._here = ""
        self._read_here: _Read = ((), (), ())
        self._others: dict[str, _Read] = {}
        self._short: dict[frozenset[str], dict[str, str]] = {}

    def at(self, passage: Passage) -> None:
        """Its text is asked for next."""
        if not 0 < passage.order <= len(self._passages):
            return  # none of the document's
        if len(self._of_passages) < passage.order:
            for n in range(len(self._of_passages), passage.order):
                self._of_passages.append(_read(self._passages[n].text))
        self._here, self._read_here = passage.text, self._of_passages[passage.order - 1]

    def _of(self, text: str) -> _Read:
        if text == self._here:
            return self._read_here
        read = self._others.get(text)
        if read is None:
            if len(self._others) >= _OTHERS:
                self._others.clear()
            read = self._others[text] = _read(text)
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


def _read(text: str) -> _Read:
    places = place_index().find(text)
    begun = {m.start for m in places}
    # 杭州湾 is no 杭州, but 芜湖湾沚区 is in 芜湖
    places = [m for m in places if m.end in begun or not text.startswith("湾", m.end)]
    places = [m for m in places if not is_in_word(text, m.start, m.end)]
    strong, weak = strong_and_weak_names(text, places)
    # most texts name nothing of one sort or another
    return places or (), strong or (), weak or ()
