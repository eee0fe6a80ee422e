"""Entities and relations that the prose of a document states."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from loaders.documents.document import Document, Passage
from loaders.documents.entities import Item, Naming, generic_platform, place_words
from loaders.documents.relation_rules import LETTERS, Rule, rules, token, word_pattern
from loaders.facts import EntityFact, RelationFact, Thing
from ontology import structure
from ontology.gazetteer import COUNTRY, gazetteer
from ontology.lexicon.names import OpenName, open_names
from ontology.model import Ontology

#: rules of names that say "this is one of the firms spoken of here"
_LISTED_FIRM = ("firms_before_word", "firms_after_word", "firms_in_list", "firm_as_leader")

#: a cell of a chain and the cell of its firm behind it
_ROW = re.compile(f"[|\t]\\s*(?P<o>[^|\t。;]{{1,24}}?)\\s*[|\t]\\s*(?P<s>{token('Enterprise')})")


def relations(document: Document, ontology: Ontology | None = None) -> list[EntityFact | RelationFact]:
    """Facts of the document's prose, passage by passage; each stands on one passage.

    >>> relations(document_from_text("三一重工等龙头企业落户长沙经开区。", "x.txt"))  # doctest: +SKIP
    [EntityFact(entity=Thing(cls='Enterprise', name='三一重工' …
    """
    naming = Naming(document, ontology)
    compiled = rules(ontology)
    admitted = _admits(ontology)
    facts: list[EntityFact | RelationFact] = []
    seen = Seen()
    lines = naming.items()
    for passage, items in lines:
        line = Line(document, passage, items, naming, seen)
        found = [f for f in line.relations(compiled) if admitted(f)]
        facts += line.entities(found)
        facts += found
        seen.note(passage, items)
    return facts


class Seen:
    """What the passages before this one named."""

    def __init__(self) -> None:
        self.last: dict[str, Thing] = {}
        self.chain: tuple[Passage, Thing] | None = None
        self.located: set[str] = set()
        self.own = False

    def note(self, passage: Passage, items: Iterable[Item]) -> None:
        for item in items:
            self.last[item.thing.cls] = item.thing
            if item.thing.cls in ("Chain", "Cluster") or _as_chain(passage.text, item):
                self.chain = (passage, item.thing)


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
        self._places: list[int] = []
        place = 0
        for item in items:
            if item.start < place or item.thing.cls not in LETTERS:
                continue
            parts.append(passage.text[place : item.start])
            self._places.extend(range(place, item.start))
            self.at[len(self._places)] = item
            self._places.append(item.start)
            parts.append(token(item.thing.cls))
            place = item.end
        parts.append(passage.text[place:])
        self._places.extend(range(place, len(passage.text) + 1))
        self.line = "".join(parts)

    def quote(self, start: int, end: int) -> str:
        """Characters of the document behind a span of the passage's clean text."""
        a, b = self.passage.span(max(0, start), max(start + 1, min(end, len(self.passage.offsets))))
        return self.document.text[a:b]

    # -- entities

    def entities(self, facts: Iterable[RelationFact]) -> Iterator[EntityFact]:
        """One fact for each thing that the passage names."""
        told: set[tuple[str, str, str]] = set()
        own = self.naming.own
        if own is not None and not self.seen.own and (at := self.passage.text.find(own.name)) >= 0:
            self.seen.own = True
            told.add((own.cls, own.name, own.place))
            yield EntityFact(own, self.reference, self.quote(at, at + len(own.name)))
        used = {f.subject.name for f in facts} | {f.object.name for f in facts}
        for item in self.items:
            thing = item.thing
            key = (thing.cls, thing.name, thing.place)
            if key in told or item.again or (thing.cls == "Industry" and thing.name not in used):
                continue
            told.add(key)
            yield EntityFact(
                thing, self.reference, self.quote(item.start, item.end), attributes=self._attributes(item)
            )

    def _attributes(self, item: Item) -> Mapping[str, str]:
        if item.thing.cls == "Policy":
            number = re.match(r"[(〔]([^()《》]{2,30}?\d+号)[)〕]", self.passage.text[item.end :])
            if number:
                return {"document_number": number[1]}
        if item.thing.cls == "Person":
            post = re.search("[一-鿿]{2,6}$", self.passage.text[: item.start])
            if post:
                return {"post": post[0]}
        return {}

    # -- relations

    def relations(self, compiled: tuple[Rule, ...]) -> Iterator[RelationFact]:
        told: set[tuple[str, str, str, str]] = set()
        stated = list(self._by_rules(compiled))
        placed = {f.object.name for f in stated if f.relation == "HAS_PLATFORM"}
        named = (f for f in self._in_names() if f.object.name not in placed)
        for fact in (
            *stated,
            *self._rows(),
            *self._issuers_in_titles(),
            *self._parts(),
            *self._firms_here(stated),
            *named,
            *self._cites(),
        ):
            key = (fact.relation, _key(fact.subject), _key(fact.object), fact.polarity)
            opposite = (*key[:3], structure.DENIED)
            if key[1] != key[2] and key not in told and opposite not in told:
                told.add(key)
                yield fact

    def _by_rules(self, compiled: tuple[Rule, ...]) -> Iterator[RelationFact]:
        told: set[tuple[str, str]] = set()
        for rule in compiled:
            for m in rule.pattern.finditer(self.line):
                if rule.fact_only and self._planned(m):
                    continue
                for fact in self._facts(rule, m):
                    said = (fact.relation, _key(replace(fact.object, place="")))
                    if rule.subject and said in told:
                        continue  # the sentence names its subject; no need to think of one
                    told.add(said)
                    yield fact

    def _facts(self, rule: Rule, m: re.Match[str]) -> Iterator[RelationFact]:
        groups = m.groupdict()
        subjects = self._group(m, "s") or self._context(rule.subject, m)
        objects = self._group(m, "o") or self._context(rule.object, m)
        product = _product(groups.get("product") or "")
        if rule.object == "product":
            objects = [Thing("Product", product, product)] if product else []
        qualifiers = dict(rule.qualifiers)
        if groups.get("role"):
            qualifiers["role"] = re.sub('[“”"]', "", groups["role"])
        if product and rule.relation == "SUPPLIES":
            qualifiers["product"] = product
        between = re.sub("[\ue000-\uf8ff]", "", m[0])
        denied = word_pattern("denied").search(between) or "lack" in rule.name
        quote = self.quote(self._places[m.start()], self._end(m.end()))
        for subject in subjects:
            for thing in objects:
                if rule.name == "plan_follows" and self._no_basis(thing):
                    continue
                if rule.relation == "HAS_PLATFORM":
                    own = self._own_place(thing) if rule.subject else None
                    if own is not None and gazetteer().contains(subject.code, own.code):
                        subject = own  # narrower than the place that the text is about
                    thing = _placed(thing, subject)
                if rule.relation == "LEADS" and thing.cls == "Industry":
                    thing = replace(thing, cls="Chain")
                for end in (subject, *self._public(subject, rule)):
                    yield RelationFact(
                        end,
                        rule.relation,
                        thing,
                        self.reference,
                        quote,
                        polarity=structure.DENIED if denied else structure.STATED,
                        qualifiers=qualifiers,
                    )

    def _public(self, owner: Thing, rule: Rule) -> tuple[Thing, ...]:
        """What an office of a place builds for the public, the place has: 姜堰区市场监管局 → 姜堰区."""
        if (
            rule.relation != "HAS_PLATFORM"
            or owner.cls != "Institution"
            or not owner.name.endswith(("局", "委", "厅", "政府"))
        ):
            return ()
        codes = place_words(owner.name) or ((owner.place,) if owner.place else ())
        region = gazetteer().place(codes[-1]) if codes else None
        return (self.naming.region(region),) if region is not None and region.code != COUNTRY else ()

    def _own_place(self, thing: Thing) -> Thing | None:
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

    def _no_basis(self, policy: Thing) -> bool:
        """按照《…规范》 in the middle of a plan says how work is done, not what the plan rests on."""
        last = re.search("(?:" + word_pattern("no_basis").pattern + ")$", policy.name)
        return last is not None and "制定" not in self.passage.text

    def _end(self, masked: int) -> int:
        """Where a span of the masked line ends in the clean text."""
        last = masked - 1
        item = self.at.get(last)
        return item.end if item is not None else self._places[last] + 1

    def _group(self, m: re.Match[str], name: str) -> list[Thing]:
        """The things of a group; of places in a row (益阳市沅江市) the last one."""
        if name not in m.groupdict() or m[name] is None:
            return []
        found: list[Thing] = []
        for i in range(m.start(name), m.end(name)):
            item = self.at.get(i)
            if item is None:
                continue
            if i + 1 < m.end(name) and i + 1 in self.at and item.thing.cls == structure.REGION:
                continue
            found.append(item.thing)
        return found

    def _context(self, source: str, m: re.Match[str]) -> list[Thing]:
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
            here = self._place_before(m.start()) or self.naming.place_of(self.passage)
            return [here] if here is not None else []
        if source.startswith("chain"):
            chain = self._chain_near(m.start(), source == "chain")
            return [chain] if chain is not None else []
        if source == "work":
            works = [i.thing for at, i in self.at.items() if at < m.start() and _is_work(i.thing)]
            if works:
                return [works[-1]]
            chain = self._chain_near(m.start(), True)
            return [chain] if chain is not None else []
        if source in LETTERS:
            before = [i.thing for at, i in self.at.items() if at < m.start() and i.thing.cls == source]
            last = before[-1] if before else self.seen.last.get(source)
            return [last] if last is not None else []
        return []

    def _place_before(self, end: int) -> Thing | None:
        """The place that begins the sentence, if it is before this character of the line."""
        for at, item in self.at.items():
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
        before = [i for i in inside if i.start <= self._places[end]]
        if inside:
            return (before or inside)[-1 if before else 0].thing
        if before_it and self.seen.chain is not None and self._close(self.seen.chain[0]):
            return self.seen.chain[1]
        return None

    def _close(self, other: Passage) -> bool:
        same = other.section == self.passage.section or self.passage.section.startswith(other.section + ".")
        return same and self.passage.start - other.end < 160

    def _planned(self, m: re.Match[str]) -> bool:
        """Whether the clause speaks of what is to be and not of what is."""
        begin = max(self.line.rfind(mark, 0, m.start() + 1) for mark in "。;,:\n") + 1
        end = m.end("o") if m.groupdict().get("o") else m.end()
        clause = re.sub("[\ue000-\uf8ff]", "|", self.line[begin:end])
        sentence = max(self.line.rfind(mark, 0, m.start() + 1) for mark in "。;\n") + 1
        ahead = re.search(r"到\d{4}年|\d{4}年底?前|提出到?", self.line[sentence : m.end()])
        return bool(ahead or word_pattern("planned").search(clause)) and not re.search(
            "正在|已建成|已经|建成了|累计建成", clause
        )

    # -- relations that no verb states

    def _parts(self) -> Iterator[RelationFact]:
        """台州市椒江区: a region in the row behind a wider one, in a name too; and the
        document's own place where a sentence names it and what it belongs to."""
        for item in self.items:
            if item.thing.cls in ("Institution", "Park"):
                codes = place_words(item.thing.mention)
                for wide, narrow in pairwise(codes):
                    yield from self._part(narrow, wide, item.start, item.end)
        row = [i for i in self.items if i.thing.cls == structure.REGION]
        for left, right in pairwise(row):
            if left.end == right.start and not right.again:
                yield from self._part(right.thing.code, left.thing.code, left.start, right.end)
        place = self.naming.place
        if place is None:
            return
        here = [i for i in row if i.thing.code == place.code]
        wider = [i for i in row if i.thing.code == place.parent and not i.again]
        if here and wider and here[0].again and place.parent != COUNTRY:
            ends = [*here, *wider]
            yield from self._part(
                place.code, place.parent, min(i.start for i in ends), max(i.end for i in ends)
            )

    def _part(self, narrow: str, wide: str, start: int, end: int) -> Iterator[RelationFact]:
        inner, outer = gazetteer().place(narrow), gazetteer().place(wide)
        if inner is None or outer is None or wide in (COUNTRY, narrow):
            return
        if not gazetteer().contains(wide, narrow):
            return
        yield RelationFact(
            self.naming.region(inner),
            structure.PART_OF,
            self.naming.region(outer),
            self.reference,
            self.quote(start, end),
        )

    def _firms_here(self, stated: Iterable[RelationFact]) -> Iterator[RelationFact]:
        """Firms that a text about a place counts up (依托…等企业, 龙头有…) are firms of that place;
        so is a park whose name says no more than a wider place."""
        apart = {f.object.name for f in stated if f.relation == "SUPPLIES"}
        apart |= {f.subject.name for f in stated if f.relation == structure.LOCATED_IN}
        listed = self._listed_firms()
        for at, item in self.at.items():
            thing = item.thing
            if at in listed and not thing.place and thing.name not in apart:
                if re.search(f"(?:{word_pattern('partner').pattern})$", self._list_head(at)):
                    continue
                here = self._place_before(at) or self._narrow(self.naming.place_of(self.passage))
                if here is not None and not place_words(thing.name):
                    yield RelationFact(
                        thing,
                        structure.LOCATED_IN,
                        here,
                        self.reference,
                        self.quote(0, len(self.passage.text)),
                    )
            elif thing.cls == "Park" and not item.again:
                yield from self._park(item)
            elif thing.cls == "Enterprise" and (region := self._place_in_firm(thing)) is not None:
                quote = self.quote(item.start, item.end)
                yield RelationFact(thing, structure.LOCATED_IN, region, self.reference, quote)

    def _place_in_firm(self, firm: Thing) -> Thing | None:
        """佛山市南海区…家具厂 stands there; a firm may be called 湖南… and stand elsewhere."""
        codes = place_words(firm.name)
        region = gazetteer().place(codes[-1]) if codes and firm.name not in self.seen.located else None
        if region is None or region.level == "province" or region.name not in firm.name:
            return None
        self.seen.located.add(firm.name)
        return self.naming.region(region)

    def _listed_firms(self) -> set[int]:
        """Places of the firms in lists of which one member was told to be a firm of here."""
        found: set[int] = set()
        for m in re.finditer(f"{token('Enterprise')}(?:(?:、|和|与|及){token('Enterprise')})*", self.line):
            row = [i for i in range(m.start(), m.end()) if i in self.at]
            if any(self.at[i].rule in _LISTED_FIRM for i in row):
                found.update(row)
        return found

    def _list_head(self, at: int) -> str:
        """What stands before the list that this thing is in."""
        head = re.sub(f"(?:[{token('Enterprise')}](?:、|和|与|及))+$", "", self.line[:at])
        return head[-4:]

    def _narrow(self, place: Thing | None) -> Thing | None:
        """A place that a firm can be said to be of without a word: narrower than a province."""
        region = gazetteer().place(place.code) if place is not None and place.code else None
        return None if region is not None and region.level in ("country", "province", "group") else place

    def _park(self, item: Item) -> Iterator[RelationFact]:
        codes = place_words(item.thing.name)
        around = self.naming.place_of(self.passage)
        place = gazetteer().place(around.code) if around is not None and around.code else self.naming.place
        code = codes[-1] if codes else ""
        if place is not None and (not code or gazetteer().contains(code, place.code)):
            code = place.code
        region = gazetteer().place(code) if code else None
        if region is None or code == COUNTRY or item.thing.name in self.seen.located:
            return
        self.seen.located.add(item.thing.name)
        yield RelationFact(
            item.thing,
            structure.LOCATED_IN,
            self.naming.region(region),
            self.reference,
            self.quote(item.start, item.end),
        )

    def _in_names(self) -> Iterator[RelationFact]:
        """湖南省电机产业计量测试中心: a platform whose name begins with its place."""
        for at, item in self.at.items():
            region = self._own_place(item.thing) if item.thing.cls == "Platform" and not item.again else None
            clause = re.split("[。;,]", self.line[:at])[-1]
            if region is not None and not word_pattern("planned").search(clause):
                yield RelationFact(
                    region, "HAS_PLATFORM", item.thing, self.reference, self.quote(item.start, item.end)
                )

    def _issuers_in_titles(self) -> Iterator[RelationFact]:
        """《湖南省人民政府关于…的意见》 says who issued it."""
        for item in self.items:
            cut = item.thing.name.find("关于") if item.thing.cls == "Policy" and not item.again else -1
            if cut <= 0:
                continue
            head = item.thing.name[:cut]
            bodies = [
                m for m in open_names(head) if isinstance(m.value, OpenName) and m.value.cls == "Institution"
            ]
            if bodies and bodies[-1].end == len(head) and bodies[0].start <= 2:
                for m in bodies:
                    body = Thing("Institution", m.text, m.text)
                    yield RelationFact(
                        item.thing, "ISSUED_BY", body, self.reference, self.quote(item.start, item.end)
                    )

    def _rows(self) -> Iterator[RelationFact]:
        """Rows of a published list of leaders: … | 产业链 | 企业."""
        role = re.search(word_pattern("lead_role").pattern, self.naming.title)
        if role is None or "名单" not in self.naming.title:
            return
        for m in _ROW.finditer(self.line):
            firm = next((self.at[i] for i in range(m.start("s"), m.end("s")) if i in self.at), None)
            cell = next((self.at[i] for i in range(m.start("o"), m.end("o")) if i in self.at), None)
            name = m["o"].strip()
            if cell is not None and cell.thing.cls in ("Chain", "Cluster", "Industry"):
                chain = replace(cell.thing, cls="Chain" if cell.thing.cls == "Industry" else cell.thing.cls)
            elif cell is None and re.fullmatch("[一-鿿、与和及()]{2,20}", name):
                chain = Thing("Chain", name, name)
            else:
                continue
            if firm is not None:
                quote = self.quote(self._places[m.start("o")], self._end(m.end("s")))
                yield RelationFact(
                    firm.thing,
                    "LEADS",
                    chain,
                    self.reference,
                    quote,
                    qualifiers={"role": re.sub('[“”"]', "", role[0])},
                )
                here = self._narrow(self.naming.place_of(self.passage))
                if here is not None and not firm.thing.place:
                    yield RelationFact(firm.thing, structure.LOCATED_IN, here, self.reference, quote)

    def _cites(self) -> Iterator[RelationFact]:
        document = Thing(
            structure.DOCUMENT, self.document.title or self.document.id, id=f"document:{self.document.id}"
        )
        for item in self.items:
            if item.thing.cls in ("Policy", "Standard") and not item.again and item.thing != self.naming.own:
                yield RelationFact(
                    document, "CITES", item.thing, self.reference, self.quote(item.start, item.end)
                )


def _admits(ontology: Ontology | None) -> Callable[[RelationFact], bool]:
    """Rules are typed: what the ontology does not admit between two classes is no reading."""

    def admitted(fact: RelationFact) -> bool:
        relation = ontology.relations.get(fact.relation) if ontology is not None else None
        return relation is None or (fact.subject.cls in relation.domain and fact.object.cls in relation.range)

    return admitted


def _as_chain(text: str, item: Item) -> bool:
    """摩托车产业 at the head of a clause: what the leaders named next to it lead."""
    if item.thing.cls != "Industry" or not re.search("(?<!地)产业$", item.thing.name):
        return False
    return item.start == 0 or text[item.start - 1] in "。,;:"


def _is_work(thing: Thing) -> bool:
    """What a body can be in charge of."""
    joint = thing.cls == "Institution" and thing.name.endswith(("联盟", "联合体", "研究院"))
    return joint or thing.cls in ("Platform", "Cluster", "Chain", "Project")


def _placed(platform: Thing, owner: Thing) -> Thing:
    """A generically named platform is the one of the place that has it."""
    if platform.place or owner.cls != structure.REGION or place_words(platform.name):
        return platform
    return replace(platform, place=owner.code) if generic_platform(platform.name) else platform


def _product(words: str) -> str:
    words = re.sub("^(?:的|了|各类|一批|多种|大量)|(?:等|的|和|与|及).*$", "", words)
    return (
        "" if word_pattern("no_product").match(words) or len(words) < 2 or words[-1] in "内中上里" else words
    )


def _key(thing: Thing) -> str:
    return thing.id or thing.code or f"{thing.cls}:{thing.place}/{thing.name}"
