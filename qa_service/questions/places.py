"""Regions named in a text, and whether one is another or a part of it."""

from __future__ import annotations

from functools import cache

from ontology.gazetteer import gazetteer
from ontology.lexicon.names import place_index
from ontology.structure import REGION

_REGION = f"{REGION.lower()}:"


def region_code(ident: str) -> str:
    """The code of a region's id; of another thing's nothing.

    >>> region_code("region:430100"), region_code("cluster:430000/工程机械")
    ('430100', '')
    """
    return ident.removeprefix(_REGION) if ident.startswith(_REGION) else ""


def places_in(text: str) -> list[tuple[int, int, str]]:
    """(start, end, code) of the regions named in a clean text; of a name that several bear
    all codes.

    >>> places_in("湘潭市产品质量状况")
    [(0, 3, '430300')]
    """
    return [(m.start, m.end, str(m.value)) for m in place_index().find(text)]


@cache
def lies_in(code: str, wider: str) -> bool:
    """True where ``code`` is ``wider`` or a part of it.

    >>> lies_in("430211", "430000"), lies_in("430000", "430211")
    (True, False)
    """
    return (
        code == wider
        or any(p.code == wider for p in gazetteer().ancestors(code))
        or any(code != wider and lies_in(code, child) for child in _members(wider))
    )


def _members(code: str) -> tuple[str, ...]:
    """The regions of a group (长株潭); nothing for others, whose parts know them themselves."""
    place = gazetteer().place(code)
    return (
        tuple(c.code for c in gazetteer().children(code))
        if place is not None and place.level == "group"
        else ()
    )
