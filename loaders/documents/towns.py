"""Towns, which no gazetteer has, by what says that something is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from loaders.facts import Thing
from ontology import structure

_TOWN = re.compile(
    r"(?:位于|坐落于|坐落在|地处|落户|设在|驻)(?P<town>[一-鿿]{2,4}?(?:镇|乡|街道))(?![一-鿿]{0,9}?[园区](?:内|的))"
    # 甲镇的乙公司 at the head of a clause or in a list
    r"|(?<![一-鿿])(?P<its>(?![各全该本每特])[一-鿿]{2,3}镇)(?=的)"
    # 在丙镇丁工业区
    r"|(?<![一-鿿])(?:走进|来到|在)(?P<before>(?![各全该本每])[一-鿿]{2,3}?(?:镇|乡|街道))"
    r"(?=[一-鿿]{2,8}(?:工业区|工业园|产业园|科技园|园区))"
)
#: behind the short name of a town: something is there
_THERE = "(?=落户|扎根|安家|建厂|设厂|投产|[^一-鿿])"


@dataclass
class Towns:
    """The towns that a document names.

    >>> towns = Towns()
    >>> [town.name for _, _, town in towns.named("在丙岭镇河东工业区", "")]
    ['丙岭镇']
    >>> [town.name for _, _, town in towns.named("甲公司在丙岭落户", "")]
    ['丙岭镇']
    """

    #: 丙岭, by which 丙岭镇 goes further on
    short: dict[str, Thing] = field(default_factory=dict)

    def named(self, text: str, within: str) -> Iterator[tuple[int, int, Thing]]:
        """Where a text names them; ``within``: the code of the document's place, empty where it has none."""
        for m in _TOWN.finditer(text):
            group = next(name for name, word in m.groupdict().items() if word)
            if not within and group != "before":
                continue
            town = Thing(structure.REGION, m[group], m[group], place=within)
            yield m.start(group), m.end(group), town
            if len(m[group]) > 2 and m[group].endswith("镇"):
                self.short.setdefault(m[group][:-1], town)
        for word, town in self.short.items():
            for m in re.finditer(f"(?<=在){word}{_THERE}", text):
                yield m.start(), m.end(), replace(town, mention=word)
