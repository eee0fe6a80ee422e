"""Entities and relations that the prose of a document states."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from loaders.documents.document import Document
from loaders.documents.entities import Item, Naming, generic_platform, place_words
from loaders.documents.firm_abbreviations import own_name
from loaders.documents.head import NOTICE
from loaders.documents.names_read import NamesRead
from loaders.documents.published_lists import is_list
from loaders.documents.relation_implied import implied
from loaders.documents.relation_line import Line, Seen
from loaders.documents.relation_rules import Rule, rules, rules_for, token, word_pattern
from loaders.documents.relation_tables import readers
from loaders.facts import EntityFact, RelationFact, Thing
from ontology import structure
from ontology.gazetteer import COUNTRY, gazetteer
from ontology.model import Ontology


def relations(
    document: Document, ontology: Ontology | None = None, names: NamesRead | None = None
) -> list[EntityFact | RelationFact]:
    """Facts of the document's prose, passage by passage; each stands on one passage.

    >>> relations(document_from_text("三一重工等龙头企业落户长沙经开区。", "x.txt"))  # doctest: +SKIP
    [EntityFact(entity=Thing(cls='Enterprise', name='三一重工' …
    """
    return list(stated_relations(document, ontology, names or NamesRead(document.passages)))


def stated_relations(
    document: Document, ontology: Ontology | None, names: NamesRead
) -> Iterator[EntityFact | RelationFact]:
    """The same, one by one."""
    naming = Naming(document, ontology, names)
    compiled = rules(ontology)
    admitted = _admits(ontology)
    seen = Seen()
    rows = readers(document, naming)
    for passage, items in naming.items():
        line = _Passage(document, passage, items, naming, seen)
        # a row whose columns say how its cells are related is read by them alone
        row = rows.get(passage.start)
        facts = list(row.facts(line)) if row is not None else list(line.relations(compiled))
        found = [f for f in facts if isinstance(f, RelationFact) and admitted(f)]
        yield from line.entities(found)
        yield from (f for f in facts if isinstance(f, EntityFact))
        yield from found
        seen.note(passage, items)


#: 根据, 落实国务院: what stands behind is followed itself
_FOLLOWED = re.compile(f"{word_pattern('follow').pattern}(?:[{token('Institution')}、]{{1,5}}的?)?$")


class _Passage(Line):
    """A line and the facts that it states."""

    def entities(self, facts: Iterable[RelationFact]) -> Iterator[EntityFact]:
        """One fact for each thing that the passage names."""
        told: set[tuple[str, str, str]] = set()
        own = self.naming.own
        if own is not None and not self.seen.own and (at := self.passage.text.find(own.name)) >= 0:
            self.seen.own = True
            told.add((own.cls, own.name, own.place))
            yield EntityFact(own, self.reference, self.quote(at, at + len(own.name)))
        used = {f.subject.name for f in facts} | {f.object.name for f in facts}
        named = {item.thing.name for item in self.items}
        for fact in facts:
            issuer = fact.object if fact.relation == "ISSUED_BY" else None
            if issuer is not None and issuer.name not in named:  # 《甲市人民政府关于…》
                named.add(issuer.name)
                yield EntityFact(issuer, self.reference, fact.quote)
        addressed = re.fullmatch("各.*:", self.passage.text.strip()) is not None
        for item in self.items:
            thing = item.thing
            if addressed and not self._addressee(item):
                continue
            key = (thing.cls, thing.name, thing.place)
            # 紫砂、青瓷等三大产业集群 tells of trades more than of clusters
            in_passing = thing.cls == "Industry" or (item.rule == "chains_in_list" and thing.cls == "Cluster")
            if key in told or item.again or (in_passing and thing.name not in used):
                continue
            told.add(key)
            yield EntityFact(
                thing, self.reference, self.quote(item.start, item.end), attributes=self._attributes(item)
            )

    def _addressee(self, item: Item) -> bool:
        """各市人民政府,甲经开区,乙新区党政办公室:… names areas, and the offices of some."""
        office = item.thing.cls == "Institution" and word_pattern("area").search(item.thing.name) is not None
        return item.thing.cls == "Park" or office

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
        for fact in (*stated, *implied(self, stated)):
            key = (fact.relation, _key(fact.subject), _key(fact.object), fact.polarity)
            opposite = (*key[:3], structure.DENIED)
            if key[1] != key[2] and key not in told and opposite not in told:
                told.add(key)
                yield fact

    def _by_rules(self, compiled: tuple[Rule, ...]) -> Iterator[RelationFact]:
        told: set[tuple[str, str]] = set()
        things = frozenset(token(item.thing.cls) for item in self.at.values())
        for rule in rules_for(compiled, things):
            for m in rule.pattern.finditer(self.line):
                if rule.fact_only and self.planned(m):
                    continue
                for fact in self._facts(rule, m):
                    said = (fact.relation, _key(replace(fact.object, place="")))
                    if rule.subject and said in told:
                        continue  # the sentence names its subject; no need to think of one
                    told.add(said)
                    yield fact

    def _facts(self, rule: Rule, m: re.Match[str]) -> Iterator[RelationFact]:
        groups = m.groupdict()
        subjects = self.group(m, "s") or self.context(rule.subject, m)
        objects = self.group(m, "o") or self.context(rule.object, m)
        if rule.relation == "LISTED_IN":
            # 甲市、乙市某集群,丙市某集群: the places are those of the clusters
            subjects = [s for s in subjects if s.cls != structure.REGION] or subjects
            objects = [thing for thing in objects if is_list(thing)]
            if rule.name in ("recognised_on_list", "recognises_on_list"):
                said = re.match("[^,。;:、]*", self.line[m.end() :])
                words = own_name(re.sub(r"^\d{4}年度?", "", said[0] if said is not None else ""))
                objects = [thing for thing in objects if len(words) >= 4 and words in thing.name]
        product = _product(groups.get("product") or "")
        if rule.object == "product":
            objects = [Thing("Product", product, product)] if product else []
        if rule.object == "listing":
            objects = self._listing(m)
        qualifiers = dict(rule.qualifiers)
        if groups.get("role"):
            qualifiers["role"] = re.sub('[“”"]', "", groups["role"])
        if product and rule.relation == "SUPPLIES":
            qualifiers["product"] = product
        between = re.sub("[\ue000-\uf8ff]", "", m[0])
        denied = word_pattern("denied").search(between) or "lack" in rule.name
        quote = self.quote(self.places[m.start()], self.end_of(m.end()))
        for subject in subjects:
            for thing in objects:
                if rule.name == "plan_follows" and self._no_basis(thing):
                    continue
                if rule.name == "wins_honour" and _of_another(subject, between):
                    continue  # 甲市有5家企业获…, 甲市乙管理处获…: not the place
                if rule.name == "policy_then_follows" and _FOLLOWED.search(self.line[: m.start()]):
                    continue  # 根据《甲》,对照《乙》: what is done rests on both
                if rule.name == "firms_behind_park" and thing.code == COUNTRY:
                    continue
                if rule.name == "platform_of_place" and not subject.name.startswith("国家"):
                    continue  # 甲县国家某质检中心: the place is no part of the name
                if rule.name == "park_of_town" and thing.code:
                    continue  # a place of the gazetteer begins the park's name, or is said again
                if rule.name == "cluster_of_places" and len(subject.place) < 2:
                    continue  # 甲市、乙市、丙市某集群: the last place begins the name of what they share
                if rule.relation == "HAS_PLATFORM":
                    own = self.own_place(thing) if rule.subject else None
                    if own is not None and gazetteer().contains(subject.code, own.code):
                        subject = own  # narrower than the place that the text is about
                    thing = _placed(thing, subject)
                if rule.relation in ("LEADS", "MEMBER_OF") and thing.cls == "Industry":
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

    def _listing(self, m: re.Match[str]) -> list[Thing]:
        """第二批省级…试点园区: a selection that has no title is called by what was said of it."""
        first, last = m.span("listing")
        words = self.passage.text[self.places[first] : self.end_of(last)]
        return [Thing("Policy", words, words)] if word_pattern("selected").search(words) else []

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

    def _no_basis(self, policy: Thing) -> bool:
        """按照《…规范》 in the middle of a plan says how work is done, not what the plan rests on."""
        last = re.search("(?:" + word_pattern("no_basis").pattern + ")$", policy.name)
        if policy.name.endswith("办法") and NOTICE.search(self.document.title):
            return False  # 依据《…办法》: what is made known rests on it
        return last is not None and "制定" not in self.passage.text


def _admits(ontology: Ontology | None) -> Callable[[RelationFact], bool]:
    """Rules are typed: what the ontology does not admit between two classes is no reading."""

    def admitted(fact: RelationFact) -> bool:
        relation = ontology.relations.get(fact.relation) if ontology is not None else None
        return relation is None or (fact.subject.cls in relation.domain and fact.object.cls in relation.range)

    return admitted


def _placed(platform: Thing, owner: Thing) -> Thing:
    """A generically named platform is the one of the place that has it."""
    if platform.place or owner.cls != structure.REGION or place_words(platform.name):
        return platform
    return replace(platform, place=owner.code) if generic_platform(platform.name) else platform


def _of_another(winner: Thing, between: str) -> bool:
    """Whether what stands between a place and its award is who won it."""
    before = word_pattern("award").split(between)[0]
    told = re.search(r"\d|[几多]家|企业|公司|集团|[处院所厂站校]|中心|单位|组织|项目|工程", before)
    return winner.cls in (structure.REGION, "Park") and told is not None


def _product(words: str) -> str:
    words = re.sub("^(?:的|了|各类|一批|多种|大量)|(?:等|的|和|与|及).*$", "", words)
    words = re.sub("(?:优质|核心|重要|主要|一级|长期|独家|指定)+$", "", words)
    return (
        "" if word_pattern("no_product").match(words) or len(words) < 2 or words[-1] in "内中上里" else words
    )


def _key(thing: Thing) -> str:
    return thing.id or thing.code or f"{thing.cls}:{thing.place}/{thing.name}"
