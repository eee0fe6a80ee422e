"""What a document is by its title, and which title is meant where only its end is said."""

from __future__ import annotations

import re
from collections.abc import Iterable

from loaders.documents.document import Passage
from loaders.documents.firm_abbreviations import own_name
from loaders.documents.head import NOTICE
from loaders.facts import Thing
from ontology.lexicon.name_cues import name_cues
from ontology.lexicon.normalise import clean


def own_policy(title: str) -> Thing | None:
    """The document itself, where its title says that it is a plan, opinion, standard …, in whatever
    characters.

    >>> own_policy("甲縣質量工作計劃").name, own_policy("甲县举行活动")
    ('甲县质量工作计划', None)
    """
    return _policy_titled(title) or _policy_titled(clean(title).text)


def _policy_titled(whole: str) -> Thing | None:
    title = re.sub("[(（](?:征求意见稿|试行|送审稿|草案)[)）]", "", whole)
    title = re.sub(r"^.*?关于印发《?(.*?)》?的通知$", r"\1", title).strip("《》 ")
    about = "《(.+?)》(?:政策)?(?:问答|解读|图解|起草说明|编制说明)"
    asked = re.match(about, whole.strip())
    if asked is not None:
        title = asked[1]
    kind = re.sub("[(（][^()（）]*\\d{4}[^()（）]*年[)）]$", "", title)  # …方案(2022—2024年)
    own = kind.endswith(name_cues().policy_kinds) or NOTICE.search(kind)
    if len(title) > 60 or not own:
        return None
    return Thing("Policy", title, title)


_DRAWN_UP = re.compile(
    "(?:结合|根据|按照|为)[^。;]{2,120}?,(?:特|现)?(?:制定|提出)(?:了)?"
    "(?P<title>(?!本|如下|以下|该|此|相关)[^,。;:《》]{6,70}?(?:实施意见|意见|实施方案|方案|办法|措施|行动计划|规划))(?:如下)?[:。]$"
)


def drawn_up(passages: Iterable[Passage]) -> Thing | None:
    """结合我市实际,制定推进质量工作实施意见: what a text that has no title of its own says that it is.

    >>> from loaders.documents.read import document_from_text
    >>> text = "为做好工作,结合实际,制定加快甲县质量提升实施意见:"
    >>> drawn_up(document_from_text(text, "x.txt").passages).name
    '加快甲县质量提升实施意见'
    """
    for passage in passages:
        found = _DRAWN_UP.search(passage.text.strip())
        if found is not None:
            return Thing("Policy", found["title"], found["title"])
    return None


def whole_title(name: str, of_list: bool, own: Thing | None, titles: Iterable[str]) -> str:
    """《方案》 is the one of the ``titles`` that ends so, 甲市企业名单 (``of_list``) that of
    《2023年甲市企业名单》; "" where it is none of them.

    >>> whole_title("方案", False, None, ["甲市质量提升方案", "乙办法"])
    '甲市质量提升方案'
    """
    if of_list:
        bare = own_name(re.sub(r"^\d{4}年度?", "", name))
        return next((whole for whole in titles if whole.endswith(bare)), "")
    if name not in name_cues().policy_kinds:
        return ""
    if own is not None and own.name.endswith(name):
        return own.name
    return next((whole for whole in titles if whole.endswith(name) and whole != name), "")
