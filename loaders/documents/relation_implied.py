"""Relations that no verb states: names that hold a place or an issuer, regions in a row,
lists of firms, rows of a published list, cited titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from loaders.documents.entities import Item, place_words
from loaders.documents.relation_line import Line, alone, under_way
from loaders.documents.relation_rules import token, word_pattern
from loaders.facts import RelationFact, Thing
from ontology import structure
from ontology.gazetteer import COUNTRY, Place, gazetteer
from ontology.lexicon.name_reading import BRAND
from ontology.lexicon.names import BATCH, OpenName, open_names

#: what others have, and is looked at
_OTHERS = re.compile("借鉴|学习|对标|参照|考察|参观|类似|例如|比如")
_INSIDE_NAME = re.compile(
    r"[(（](?P<in>[一-鿿]{2,6})[)）]|(?<=[心院所司团])(?P<of>[一-鿿]{2,4})(?:分中心|分院|分所|分公司|基地)$"
)
_ANSWERING = re.compile(
    f"。?[(](?:(?P<role>牵头|责任)单位:)?(?P<who>{token('Institution')}(?:[、和]{token('Institution')})*)(?(role)|(?P<leads>牵头))"
)
#: a park whose name says no more than a wider place is a title behind these
_TITLE_WON = re.compile(
    "(?:创成|创建成|创建为|获评|获批|认定为|评为|入选|荣获|获得|命名为|跻身|列入|成为)[^。;]*$"
)
#: rules of names that say "this is one of the firms spoken of here"
_LISTED_FIRM = ("firms_before_word", "firms_after_word", "firms_in_list", "firm_as_leader")


def implied(line: Line, stated: Iterable[RelationFact]) -> Iterator[RelationFact]:
    """Facts of a passage beside those that its verbs state."""
    told = list(stated)
    under = list(_under_heading(line))
    yield from under
    told += under
    placed = {f.object.name for f in told if f.relation == "HAS_PLATFORM"}
    for fact in told:
        own = fact.object.cls == structure.REGION
        own = own or (fact.object.cls == "Park" and not _of_others(fact.subject))
        here = fact.relation == structure.LOCATED_IN and own
        if here and fact.subject.cls == "Platform" and fact.subject.name not in placed:
            if _to_be(line, fact.subject):
                continue
            placed.add(fact.subject.name)
            yield replace(fact, relation="HAS_PLATFORM", subject=fact.object, object=fact.subject)
    yield from _issuers_in_titles(line)
    yield from _parts(line)
    yield from _firms_here(line, told)
    yield from _listed_here(told)
    yield from _answered_for(line)
    of_names = [f for f in _in_names(line) if f.object.name not in placed]
    yield from of_names
    placed |= {f.object.name for f in of_names}
    yield from (f for f in _branded(line) if f.object.name not in placed)
    yield from _places_in_names(line)
    yield from _cites(line)


def _under_heading(line: Line) -> Iterator[RelationFact]:
    """2020年甲市市长质量奖 / 乙有限公司 / 丙有限公司: who stands one a line under the heading of a list."""
    if line.seen.heading is None or not alone(line.passage.text, line.items):
        return
    listing, honour = line.seen.heading
    for item in line.items:
        if item.thing.cls == "Enterprise":
            quote = line.quote(item.start, item.end)
            yield RelationFact(item.thing, "LISTED_IN", listing, line.reference, quote)
            if honour is not None:
                yield RelationFact(item.thing, "AWARDED", honour, line.reference, quote)


def _to_be(line: Line, platform: Thing) -> bool:
    """加快甲县国家某中心筹建: it is meant for the place, which does not have it yet."""
    at = next((at for at, item in line.at.items() if item.thing.name == platform.name), None)
    if at is None:
        return False
    clause = re.split("[。;,]", line.line[:at])[-1]
    return word_pattern("planned").search(clause) is not None and line.line.startswith("筹建", at + 1)


def _answered_for(line: Line) -> Iterator[RelationFact]:
    """加强甲中心建设,加快乙中心筹建。(牵头单位:丙局,…): whoever is named first answers for what is built."""
    for m in _ANSWERING.finditer(line.line):
        bodies = [line.at[i].thing for i in range(m.start("who"), m.end("who")) if i in line.at]
        begin = max(line.line.rfind(mark, 0, m.start()) for mark in "。;\n")
        for at, item in line.at.items():
            if not begin < at < m.start() or item.thing.cls != "Platform":
                continue
            if not under_way(line.line[:at]):
                continue
            for body in bodies:
                yield RelationFact(
                    body, "RESPONSIBLE_FOR", item.thing, line.reference,
                    line.quote(line.places[begin + 1], line.end_of(m.end("who"))),
                    qualifiers={"role": m["role"] or m["leads"]},
                )


def _places_in_names(line: Line) -> Iterator[RelationFact]:
    """甲检测中心(包头), 甲中心仁怀分中心, 永济电机产业链: where it is, told within its name."""
    for item in line.items:
        thing = item.thing
        if item.again or thing.name in line.seen.located:
            continue
        if thing.cls in ("Chain", "Cluster") and len(thing.place) > 1:
            region = gazetteer().place(thing.place)
        elif thing.cls in ("Platform", "Enterprise"):
            inside = _INSIDE_NAME.search(thing.name)
            region = _place_called(line, inside["in"] or inside["of"]) if inside is not None else None
        else:
            continue
        of_chain = thing.cls in ("Chain", "Cluster")
        if region is None or region.code == COUNTRY or (region.level == "province" and not of_chain):
            continue
        line.seen.located.add(thing.name)
        here = line.naming.region(region)
        quote = line.quote(item.start, item.end)
        yield RelationFact(thing, structure.LOCATED_IN, here, line.reference, quote)


def _place_called(line: Line, word: str) -> Place | None:
    """The place of that name, one of the text's own place first."""
    own = line.naming.place
    found = (gazetteer().find(word, within=own.code) if own is not None else ()) or gazetteer().find(word)
    return found[0] if len(found) == 1 or (found and found[0].level != "county") else None


def _of_others(platform: Thing) -> bool:
    """甲省…中心, 国家…中心: what stands in a park and is a wider place's."""
    return bool(place_words(platform.name)) or platform.name.startswith("国家")


def _parts(line: Line) -> Iterator[RelationFact]:
    """台州市椒江区: a region in the row behind a wider one, in a name too; and the
    document's own place where a sentence names it and what it belongs to."""
    for item in line.items:
        if item.thing.cls in ("Institution", "Park", "Enterprise", "Platform", "Chain", "Cluster"):
            codes = place_words(item.thing.mention)
            for wide, narrow in pairwise(codes):
                inner = gazetteer().place(narrow)
                if item.thing.cls == "Enterprise" and inner is not None and inner.parent != wide:
                    continue  # 山东青州甲公司 does not say of which city 青州 is
                yield from _part(line, narrow, wide, item.start, item.end)
    row = [i for i in line.items if i.thing.cls == structure.REGION]
    for left, right in pairwise(row):
        if left.end == right.start and not right.again:
            yield from _part(line, right.thing.code, left.thing.code, left.start, right.end)
    place = line.naming.place
    if place is None:
        return
    here = [i for i in row if i.thing.code == place.code]
    wider = [i for i in row if i.thing.code == place.parent and not i.again]
    if here and wider and here[0].again and place.parent != COUNTRY:
        ends = [*here, *wider]
        yield from _part(line, place.code, place.parent, min(i.start for i in ends), max(i.end for i in ends))


def _part(line: Line, narrow: str, wide: str, start: int, end: int) -> Iterator[RelationFact]:
    inner, outer = gazetteer().place(narrow), gazetteer().place(wide)
    if inner is None or outer is None or wide in (COUNTRY, narrow):
        return
    if not gazetteer().contains(wide, narrow):
        return
    yield RelationFact(
        line.naming.region(inner),
        structure.PART_OF,
        line.naming.region(outer),
        line.reference,
        line.quote(start, end),
    )


def _firms_here(line: Line, stated: Iterable[RelationFact]) -> Iterator[RelationFact]:
    """Firms that a text about a place counts up (依托…等企业, 龙头有…) are firms of that place;
    so is a park whose name says no more than a wider place."""
    apart = {f.object.name for f in stated if f.relation == "SUPPLIES"}
    apart |= {f.subject.name for f in stated if f.relation == structure.LOCATED_IN}
    listed = _listed_firms(line)
    for at, item in line.at.items():
        thing = item.thing
        if at in listed and not thing.place and thing.name not in apart:
            if re.search(f"(?:{word_pattern('partner').pattern})$", _list_head(line, at)):
                continue
            here = _nearest_place(line, at) or _narrow(line, line.naming.place_of(line.passage))
            own = place_words(thing.name)
            if here is not None and (not own or _inside(here, own[-1])):
                yield RelationFact(
                    thing,
                    structure.LOCATED_IN,
                    here,
                    line.reference,
                    line.quote(0, len(line.passage.text)),
                )
        elif thing.cls == "Park" and not item.again:
            yield from _park(line, at, item)
        elif thing.cls == "Enterprise" and (region := _place_in_firm(line, thing)) is not None:
            quote = line.quote(item.start, item.end)
            yield RelationFact(thing, structure.LOCATED_IN, region, line.reference, quote)


def _nearest_place(line: Line, at: int) -> Thing | None:
    """The place that begins the sentence, or the text's own inside it: 甲市各县…,乙县…,丙公司等企业."""
    first = line.place_before(at)
    if first is None or not first.code:
        return first
    begin = max(line.line.rfind(mark, 0, at) for mark in "。;\n")
    said = [item.thing for i, item in line.at.items() if begin < i < at and item.thing.code]
    inside = [t for t in said if t.code != first.code and gazetteer().contains(first.code, t.code)]
    own = line.naming.place
    return inside[-1] if inside and own is not None and inside[-1].code == own.code else first


def _inside(place: Thing, code: str) -> bool:
    """Whether a place is the one of the code, or inside it."""
    codes = (place.code or place.place,) if place.code or place.place else place_words(place.name)[-1:]
    return any(gazetteer().contains(code, inner) for inner in codes)


def _listed_here(stated: Iterable[RelationFact]) -> Iterator[RelationFact]:
    """Firms on the list of a city (甲市市长质量奖获奖名单) are firms of that city, unless their names say
    another place; those that won its award, where they are called after it."""
    for fact in stated:
        if fact.relation not in ("LISTED_IN", "AWARDED") or fact.subject.cls != "Enterprise":
            continue
        batch = re.match(BATCH.pattern.removesuffix("$"), fact.object.name)
        codes = place_words(fact.object.name[batch.end() if batch is not None else 0 :])
        city = gazetteer().place(codes[-1]) if codes else None
        if city is None or city.level in ("country", "province", "group"):
            continue
        own = place_words(fact.subject.name)
        near = all(gazetteer().contains(c, city.code) or gazetteer().contains(city.code, c) for c in own)
        called = any(gazetteer().contains(city.code, c) for c in own)
        if near and (called or fact.relation == "LISTED_IN"):
            here = Thing(structure.REGION, city.name, city.name, code=city.code)
            yield replace(fact, relation=structure.LOCATED_IN, object=here, qualifiers={})


def _place_in_firm(line: Line, firm: Thing) -> Thing | None:
    """佛山市南海区…家具厂 stands there; a firm may be called 湖南… and stand elsewhere."""
    codes = place_words(firm.name)
    region = gazetteer().place(codes[-1]) if codes and firm.name not in line.seen.located else None
    if region is None or region.level in ("country", "province", "group") or region.name not in firm.name:
        return None
    line.seen.located.add(firm.name)
    return line.naming.region(region)


def _listed_firms(line: Line) -> set[int]:
    """Places of the firms in lists of which one member was told to be a firm of here."""
    found: set[int] = set()
    firm = f"{token('Enterprise')}(?:\\([A-Za-z0-9]{{2,12}}\\)(?=[、和与及]))?"
    for m in re.finditer(f"{firm}(?:(?:、|和|与|及){firm})*", line.line):
        row = [i for i in range(m.start(), m.end()) if i in line.at]
        counted = re.match("等[一-鿿]{0,8}(?:企业|公司)", line.line[m.end() :])
        leading = re.match(r"(?:\([A-Z]+\))?等?[^,。;]{0,6}为(?:龙头|链主)", line.line[m.end() :])
        counted = counted or (leading if line.line[: m.start()].endswith("以") else None)
        if counted or any(line.at[i].rule in _LISTED_FIRM for i in row):
            found.update(row)
    return found


def _list_head(line: Line, at: int) -> str:
    """What stands before the list that this thing is in."""
    head = re.sub(f"(?:[{token('Enterprise')}](?:、|和|与|及))+$", "", line.line[:at])
    return head[-4:]


def _narrow(line: Line, place: Thing | None) -> Thing | None:
    """A place that a firm can be said to be of without a word: narrower than a province."""
    region = gazetteer().place(place.code) if place is not None and place.code else None
    return None if region is not None and region.level in ("country", "province", "group") else place


def _park(line: Line, at: int, item: Item) -> Iterator[RelationFact]:
    codes = place_words(item.thing.name)
    around = line.naming.place_of(line.passage)
    place = gazetteer().place(around.code) if around is not None and around.code else line.naming.place
    code = codes[-1] if codes else item.thing.place
    if place is not None and (not code or gazetteer().contains(code, place.code)):
        if code not in ("", place.code) and _TITLE_WON.search(line.line, max(0, at - 60), at):
            return  # 甲园区创成江苏省生态工业园区: a title
        code = place.code
    region = gazetteer().place(code) if code else None
    if region is None or code == COUNTRY or item.thing.name in line.seen.located:
        return
    line.seen.located.add(item.thing.name)
    yield RelationFact(
        item.thing,
        structure.LOCATED_IN,
        line.naming.region(region),
        line.reference,
        line.quote(item.start, item.end),
    )


def _in_names(line: Line) -> Iterator[RelationFact]:
    """湖南省电机产业计量测试中心: a platform whose name begins with its place."""
    for at, item in line.at.items():
        region = line.own_place(item.thing) if item.thing.cls == "Platform" and not item.again else None
        clause = re.split("[。;,]", line.line[:at])[-1]
        if region is not None and not word_pattern("planned").search(clause):
            yield RelationFact(
                region, "HAS_PLATFORM", item.thing, line.reference, line.quote(item.start, item.end)
            )


def _branded(line: Line) -> Iterator[RelationFact]:
    """“锡质通”平台 in a text, or a section of it, on 无锡市: a platform with a name of its own is of"
    " that place."""
    around = _narrow(line, line.naming.place_of(line.passage))
    if around is None or (line.naming.own is not None and around.code == COUNTRY):
        return
    for at, item in line.at.items():
        thing = item.thing
        if thing.cls != "Platform" or BRAND.search(thing.name) is None or place_words(thing.name):
            continue
        clause = re.split("[。;,]", line.line[:at])[-1]
        if word_pattern("planned").search(clause) or _OTHERS.search(clause):
            continue
        if thing.name in line.seen.located:
            continue
        line.seen.located.add(thing.name)
        yield RelationFact(around, "HAS_PLATFORM", thing, line.reference, line.quote(item.start, item.end))


def _issuers_in_titles(line: Line) -> Iterator[RelationFact]:
    """《湖南省人民政府关于…的意见》 says who issued it."""
    for item in line.items:
        cut = item.thing.name.find("关于") if item.thing.cls == "Policy" and not item.again else -1
        if cut <= 0:
            continue
        head = re.sub(r"等\d*[一二三四五六七八九十]*个?(?:部门|部委|厅局|单位)?$", "", item.thing.name[:cut])
        bodies = [
            m for m in open_names(head) if isinstance(m.value, OpenName) and m.value.cls == "Institution"
        ]
        if bodies and bodies[-1].end == len(head) and bodies[0].start <= 2:
            for m in bodies:
                body = Thing("Institution", m.text, m.text)
                yield RelationFact(
                    item.thing, "ISSUED_BY", body, line.reference, line.quote(item.start, item.end)
                )


def _cites(line: Line) -> Iterator[RelationFact]:
    document = Thing(
        structure.DOCUMENT, line.document.title or line.document.id, id=f"document:{line.document.id}"
    )
    for item in line.items:
        if item.thing.cls in ("Policy", "Standard") and not item.again and item.thing != line.naming.own:
            yield RelationFact(
                document, "CITES", item.thing, line.reference, line.quote(item.start, item.end)
            )
