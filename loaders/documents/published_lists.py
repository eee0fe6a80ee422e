"""Lists that were made public (名单, 公示, an award's winners), and which of them a passage speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from loaders.documents.entities import Item
from loaders.facts import Thing
from ontology.gazetteer import gazetteer
from ontology.lexicon.names import BATCH

#: a title that is one of a list
_A_LIST = re.compile(r"名单|公示|榜单|\d+强$|百强|(?:获奖|入选|入围|上榜)(?:单位|企业|组织|集群|项目|结果)")
_ANY_LIST = re.compile(
    "(?P<whose>[一-鿿]{0,8}?)(?:此次|本次)?(?:拟?(?:入选|入围|上榜|获奖|获评|认定|推荐))?(?:企业|单位|项目|机构|产品)?名单"
)
#: a heading that is no more than an award with its year or its batch
_HEADING = re.compile(
    "(?:[(（]?[一二三四五六七八九十]+[)）、.]?)?(?:\\d{4}年度?|第[一二三四五六七八九十]+届)?奖(?:[(（]\\d+[家个名][)）])?"
)
#: behind an award: what is told are those who won it
_WINNERS = re.compile(
    "(?:获奖(?:单位|企业|组织|名单|名录|个人)|[^,。;]{0,6}?(?:揭晓|出炉|(?:公布|公示|发布|通报)了?[^,。;]{0,6}?名单))"
)


def says_no_more(name: str) -> bool:
    """Whether a list's name tells nothing of what the list is: 甲市入选企业名单.

    >>> says_no_more("洛阳市入选企业名单"), says_no_more("洛阳市绿色工厂名单")
    (True, False)
    """
    m = _ANY_LIST.fullmatch(name)
    return m is not None and (not m["whose"] or bool(gazetteer().find(m["whose"])))


def list_named(text: str, items: Iterable[Item]) -> Thing | None:
    """The last list that a passage names.

    >>> list_named("甲市市长质量奖获奖企业包括…", [Item(0, 7, honour, "honour")]).name  # doctest: +SKIP
    '甲市市长质量奖获奖名单'
    """
    found = None
    for item in items:
        thing = item.thing
        if thing.cls == "Policy" and _A_LIST.search(thing.name):
            found = thing
        elif thing.cls == "Honour" and (of := _WINNERS.match(text, item.end)) is not None:
            batch = BATCH.search(text[: item.start])
            name = (batch[0] if batch is not None else "") + thing.name
            found = Thing("Policy", name + "获奖名单", text[item.start : of.end()])
    return found


def headed(text: str, items: Sequence[Item]) -> tuple[Thing, Thing | None] | None:
    """The list, and the award if it is one of winners, of a line that is no more than its heading:
    第八届甲市市长质量奖获奖单位, 2020年甲市市长质量奖.

    A list is known by its heading; its members stand one a line below.
    """
    line = text.strip(" :：>》")
    if len(line) > 40 or re.search("[。,;]", line):
        return None
    honours = [item.thing for item in items if item.thing.cls == "Honour"]
    listing = list_named(text, items)
    if listing is None and len(honours) == 1 and re.fullmatch(_HEADING, line.replace(honours[0].name, "奖")):
        listing = Thing("Policy", line.removesuffix(honours[0].name) + honours[0].name + "获奖名单", line)
    ends = listing is not None and (honours or line.endswith("名单"))
    return (listing, honours[-1] if honours else None) if listing is not None and ends else None


def is_list(policy: Thing) -> bool:
    """Whether a document is a list by its title."""
    return _A_LIST.search(policy.name) is not None
