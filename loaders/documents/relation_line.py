"""A passage in which every named thing is one character, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.documents.document import Document, Passage
from loaders.documents.entities import Item, Naming, place_words
from loaders.documents.published_lists import headed, list_named, says_no_more
from loaders.documents.relation_rules import LETTERS, token, word_pattern
from loaders.facts import Thing
from ontology import structure
from ontology.gazetteer import COUNTRY, gazetteer

_ACTORS = frozenset(("Platform", "Enterprise"))
#: what is done about a platform for which somebody answers
_BUILDS = re.compile(
    r"(?:建设|建成|筹建|新建|搭建|打造|组建|成立|设立|推广|上线|升级|创建)(?:了)?[^,，。;；]{0,10}$"
)
#: up to where leaders are those of the chain named before: of any, and of the one that a place lives on
_NEAR, _FAR = 160, 600


#: at the head of a clause: what is worked on
_WORKED_ON = re.compile(
    "(?:积极|重点|大力|加快|着力|统筹|全面|扎实|协同|共同|有序)?(?:加强|支持|加快|推进|推动|建设|打造|筹建|搭建|组建|创建|申报|提升|做强)"
)


def under_way(before: str) -> bool:
    """Whether the words before a platform's name say that it is being built or looked after.

    >>> under_way("支持企业发展,加快乙县"), under_way("送样到")
    (True, False)
    """
    clause = re.split("[,、;:。]", before)[-1]
    return _WORKED_ON.match(clause) is not None or _BUILDS.search(before) is not None


def alone(text: str, items: Sequence[Item]) -> bool:
    """Whether a line is a firm and its number: 3.甲有限公司."""
    firms = [item for item in items if item.thing.cls == "Enterprise"]
    if len(firms) != 1:
        return False
    before, behind = text[: firms[0].start], text[firms[0].end :]
    return re.fullmatch(r"[\s\d.、()]*", before) is not None and not behind.strip(" ;。、,")


class Seen:
    """What the passages before this one named."""

    def __init__(self) -> None:
        self.last: dict[str, Thing] = {}
        #: the chain that was spoken of, where, and how many characters on it is still meant
        self.chain: tuple[Passage, Thing, int] | None = None
        #: the platforms that were to be built last, and where that was said
        self.work: tuple[Passage, tuple[Thing, ...]] | None = None
        #: the list that was made public last, and where that was said
        self.listing: tuple[Passage, Thing] | None = None
        #: the list, and the award, under whose heading the lines stand
        self.heading: tuple[Thing, Thing | None] | None = None
        #: the platform or firm that was named last
        self.actor: Thing | None = None
        self.located: set[str] = set()
        self.own = False

    def note(self, passage: Passage, items: Sequence[Item]) -> None:
        listing = list_named(passage.text, items)
        if listing is not None and not (self.listing is not None and says_no_more(listing.name)):
            self.listing = (passage, listing)
        heading = headed(passage.text, items)
        if heading is not None or not alone(passage.text, items):
            self.heading = heading
        platforms = (item for item in items if item.thing.cls == "Platform")
        works = tuple(item.thing for item in platforms if under_way(passage.text[: item.start]))
        if works:
            self.work = (passage, works)
        led = {i.thing.name for i in items if i.thing.cls in ("Chain", "Cluster") and not i.again}
        for item in items:
            self.last[item.thing.cls] = item.thing
            if item.thing.cls in _ACTORS:
                self.actor = item.thing
            if item.thing.cls in ("Chain", "Cluster") or _as_chain(passage.text, item):
                far = self.chain is not None and self.chain[2] == _FAR
                if far and item.thing.cls == "Industry" and item.rule != "main_trade":
                    continue  # what a place lives on is meant still
                self.chain = (passage, item.thing, _FAR if item.rule == "main_trade" else _NEAR)
        if len(led) > 2 and self.chain is not None and self.chain[2] == _NEAR:
            self.chain = None  # of three and more the next sentence does not say which it means


class Line:
    """A passage in which every thing is one character."""

    def __init__(
        self, document: Document, passage: Passage, items: list[Item], naming: Naming, seen: Seen
    ) -> None:
        self.document, self.passage, self.naming, self.seen = document, passage, naming, seen
        self.items = items
        self.reference = f"{document.id}#{passage.start}-{passage.end}"
        parts: list[str] = []
        self.at: dict[int, Item] = {}
        self.places: list[int] = []
        place = 0
        for item in items:
            if item.start < place or item.thing.cls not in LETTERS:
                continue
            if item.thing.cls == "Industry" and not _heads_clause(passage.text, item, place):
                continue  # elsewhere a trade is no more than words between names
            parts.append(passage.text[place : item.start])
            self.places.extend(range(place, item.start))
            self.at[len(self.places)] = item
            self.places.append(item.start)
            parts.append(token(item.thing.cls))
            place = item.end
        parts.append(passage.text[place:])
        self.places.extend(range(place, len(passage.text) + 1))
        self.line = "".join(parts)

    def quote(self, start: int, end: int) -> str:
        """Characters of the document behind a span of the passage's clean text."""
        a, b = self.passage.span(max(0, start), max(start + 1, min(end, len(self.passage.offsets))))
        return self.document.text[a:b]

    def own_place(self, thing: Thing) -> Thing | None:
        codes = place_words(thing.name)
        region = gazetteer().place(codes[-1]) if codes else None
        if region is None or region.code == COUNTRY:
            return None
        if (
            region.level == "county"
            and not thing.name.startswith(region.name)
            and thing.subtype != "one_stop"
        ):
            return None  # 衡山实验室 is called after a hill
        return self.naming.region(region)

    def end_of(self, masked: int) -> int:
        """Where a span of the masked line ends in the clean text."""
        last = masked - 1
        item = self.at.get(last)
        return item.end if item is not None else self.places[last] + 1

    def group(self, m: re.Match[str], name: str) -> list[Thing]:
        """The things of a group; of places in a row (益阳市沅江市) the last one."""
        if name not in m.groupdict() or m[name] is None:
            return []
        found: list[Thing] = []
        for i in range(m.start(name), m.end(name)):
            item = self.at.get(i)
            if item is None:
                continue
            if i + 1 < m.end(name) and i + 1 in self.at and item.thing.cls in (structure.REGION, "Park"):
                continue
            modifies = self.line.startswith("的", i + 1) and i + 2 < m.end(name)
            if modifies and item.thing.cls in (structure.REGION, "Park"):
                continue  # 甲镇的乙公司、丙镇的丁公司
            found.append(item.thing)
        policies = [thing for thing in found if thing.cls in ("Policy", "Standard")]
        return policies or found  # who issued the second title stands between the two

    def context(self, source: str, m: re.Match[str]) -> list[Thing]:
        """An end that is not said in the pattern's reach."""
        if source == "own":
            own = self.naming.own
            return [own] if own is not None else []
        if source == "place_of_report" and self.naming.own is not None:
            # a plan says what is to be done; only what it calls done is there
            begin = max(self.line.rfind(mark, 0, m.start() + 1) for mark in "。;\n") + 1
            if not word_pattern("plan_done").search(self.line[begin : m.end()]):
                return []
        if source.startswith("place"):
            here = self.place_before(m.start()) or self.naming.place_of(self.passage)
            return [here] if here is not None else []
        if source.startswith("chain"):
            chain = self._chain_near(m.start(), source == "chain")
            return [chain] if chain is not None else []
        if source == "platform_here":  # …。主要用户为甲公司: of a platform, where it was named last
            actors = [i.thing for at, i in self.at.items() if at < m.start() and i.thing.cls in _ACTORS]
            last = actors[-1] if actors else self.seen.actor
            return [last] if last is not None and last.cls == "Platform" else []
        if source == "work_before":  # …建设甲中心。(乙局、丙局)
            said = self.seen.work
            near = said is not None and said[0].section == self.passage.section
            near = near and said is not None and self.passage.start - said[0].end < 120
            return list(said[1]) if said is not None and near else []
        if source == "list":  # the list named in the passage, else in the one or two before
            at = self.places[m.start()]
            here = list_named(self.passage.text, [i for i in self.items if i.start < at])
            if here is None and self.seen.listing is not None:
                said_in, told = self.seen.listing
                here = told if self.passage.start - said_in.end < _NEAR else None
            return [here] if here is not None else []
        if source == "work":
            works = [i.thing for at, i in self.at.items() if at < m.start() and _is_work(i.thing)]
            if works:
                return [works[-1]]
            behind = self._built_behind(m.end())
            chain = behind or self._chain_near(m.start(), True)
            return [chain] if chain is not None else []
        if source == "topic":  # the firm that began the last clause before, else the one named first
            begin = max(self.line.rfind(mark, 0, m.start() + 1) for mark in "。;") + 1
            inside = [(at, i.thing) for at, i in self.at.items() if begin <= at < m.start()]
            firms = [(at, thing) for at, thing in inside if thing.cls == "Enterprise"]
            acting = [thing for at, thing in firms if at == begin or self.line[at - 1] in ",:“\""]
            return acting[-1:] or [thing for _, thing in firms][:1]
        if source in LETTERS:
            before = [i.thing for at, i in self.at.items() if at < m.start() and i.thing.cls == source]
            last = before[-1] if before else self.seen.last.get(source)
            return [last] if last is not None else []
        return []

    def _built_behind(self, end: int) -> Thing | None:
        """由甲局牵头,…,推动乙平台建设: the platform that the rest of the sentence says to be built."""
        stop = re.search("[。;]", self.line[end:])
        last = end + stop.start() if stop is not None else len(self.line)
        for at, item in self.at.items():
            if end <= at < last and item.thing.cls == "Platform" and under_way(self.line[:at]):
                return item.thing
        return None

    def place_before(self, end: int) -> Thing | None:
        """The place that begins the sentence, if it is before this character of the line."""
        for at, item in self.at.items():
            if at < end and item.thing.cls in ("Industry", "Chain", "Cluster") and not item.again:
                own = self.own_place(item.thing)  # 新昌县轴承产业
                if own is not None:
                    return own
            if at < end and item.thing.cls in (structure.REGION, "Park") and item.thing.code != COUNTRY:
                behind = self.at.get(at + 1)
                return (
                    behind.thing
                    if behind is not None and behind.thing.cls == structure.REGION
                    else item.thing
                )
        return None

    def _chain_near(self, end: int, before_it: bool) -> Thing | None:
        """The chain that a sentence about leaders speaks of: in it, else in those just before."""
        inside = [
            i
            for at, i in self.at.items()
            if i.thing.cls in ("Chain", "Cluster") or _as_chain(self.passage.text, i)
        ]
        listed = [i for i in inside if i.rule == "chains_in_list"]
        if len(listed) > 1:
            inside = [i for i in inside if i not in listed]  # who leads which of them is not said
        before = [i for i in inside if i.start <= self.places[end]]
        if inside:
            return (before or inside)[-1 if before else 0].thing
        if self.seen.chain is not None:
            said, chain, reach = self.seen.chain
            if (before_it or reach == _FAR) and self._close(said, reach):
                return chain
        return None if listed else self.naming.title_chain

    def _close(self, other: Passage, reach: int) -> bool:
        same = other.section == self.passage.section or self.passage.section.startswith(other.section + ".")
        return same and self.passage.start - other.end < reach

    def planned(self, m: re.Match[str]) -> bool:
        """Whether the clause speaks of what is to be and not of what is."""
        begin = max(self.line.rfind(mark, 0, m.start() + 1) for mark in "。;,:\n") + 1
        end = m.end("o") if m.groupdict().get("o") else m.end()
        clause = re.sub("[\ue000-\uf8ff]", "|", self.line[begin:end])
        clause = re.sub(r"由\|+[^,|]{0,4}筹建", "", clause)  # by whom it was founded
        sentence = max(self.line.rfind(mark, 0, m.start() + 1) for mark in "。;\n") + 1
        said = self.line[sentence : m.end()]
        ahead = re.search(r"到\d{4}年|\d{4}年底?前|\d{1,2}月底?前|提出到?|会议要求", said)
        last = re.split("[,:]", clause)[-1]  # 正在争创…,力争建成…: only what is said of it
        done = "正在|已建成|已经|建成了|累计建成|于(?:\\d{4}年|去年|前年|今年|上月|近日|日前|昨[日天])"
        return bool(ahead or word_pattern("planned").search(clause)) and not re.search(done, last)


def _heads_clause(text: str, item: Item, before: int) -> bool:
    return item.start == 0 or text[item.start - 1] in "。,;:" or item.start == before


def _as_chain(text: str, item: Item) -> bool:
    """摩托车产业 at the head of a clause: what the leaders named next to it lead."""
    if item.rule == "trade_with_leaders":
        return True
    if item.thing.cls != "Industry" or not re.search("(?<!地)产业$", item.thing.name):
        return False
    return item.start == 0 or text[item.start - 1] in "。,;:"


def _is_work(thing: Thing) -> bool:
    """What a body can be in charge of."""
    joint = thing.cls == "Institution" and thing.name.endswith(("联盟", "联合体", "研究院"))
    return joint or thing.cls in ("Platform", "Cluster", "Chain", "Project")
