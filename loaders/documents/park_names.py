"""One name for a park that a document calls by several: with wider places before it, or shortened."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from loaders.documents.firm_abbreviations import own_name
from ontology.lexicon.name_cues import name_cues
from ontology.lexicon.names import place_index

#: how a sort of park is shortened → what it is shortened from
_LONG = {
    "经开区": ("经济技术开发区", "经济开发区"),
    "高新区": ("高新技术产业开发区", "高新技术开发区"),
    "综保区": ("综合保税区",),
}
#: 江苏省南京市|江北新区: a row of places, or one by its whole name
_ROW = re.compile("[省市县区]$")


def sort_of_park(name: str) -> str:
    """The short word at its end that a park is called by further on.

    >>> sort_of_park("乙市经济技术开发区"), sort_of_park("乙高新区")
    ('经开区', '高新区')
    """
    return next((short for short, longer in _LONG.items() if name.endswith(longer)), name[-3:])


@dataclass
class ParkNames:
    """The names of parks that a document has.

    >>> parks = ParkNames()
    >>> parks.note("曲靖经济技术开发区")
    >>> parks.called("曲靖经开区"), parks.called("江苏省南京市江北新区"), parks.called("株洲经开区")
    ('曲靖经济技术开发区', '江北新区', '株洲经开区')
    """

    names: set[str] = field(default_factory=set)

    def note(self, name: str) -> None:
        """One more name."""
        self.names.add(name)

    def called(self, name: str) -> str:
        """The name under which the park is known in the document."""
        for short, longer in _LONG.items():
            if name.endswith(short):
                stem = name.removesuffix(short)
                name = next((stem + sort for sort in longer if stem + sort in self.names), name)
        bare = own_name(name)
        places = name[: len(name) - len(bare)]
        row = len(place_index().find(places)) > 1 or _ROW.search(places) is not None
        whole = bare.endswith(("新区", "新城")) and len(bare) > 3 and bare not in name_cues().generic
        return bare if row and whole else name
