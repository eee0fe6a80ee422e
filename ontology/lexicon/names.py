"""Names in Chinese text: given ones (:class:`NameIndex`) and open ones (:func:`open_names`).

An open name stands in no list. It is known by its form (a head such as 研究院, 产业园, 有限公司
and the way to the beginning of the name) and by cues around it (…等龙头企业, 以…为龙头).
The words are data (``name_cues.toml``); each rule here is one way of composing them, and a
mention carries the name of its rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from ontology.gazetteer import gazetteer
from ontology.lexicon.mention import Mention
from ontology.lexicon.name_chains import counted_clusters, led_trades
from ontology.lexicon.name_cues import name_cues
from ontology.lexicon.name_firms import firms
from ontology.lexicon.name_index import NameIndex
from ontology.lexicon.name_reading import ANY_AGENCY, Found, OpenName, Reading, pattern

__all__ = ["BATCH", "NameIndex", "OpenName", "open_names", "place_index", "strong_and_weak_names"]


@cache
def place_index() -> NameIndex:
    """The names of all regions that are no common words, kind ``entity``, value the code."""
    return NameIndex((surface, "entity", code) for surface, code in gazetteer().names())


def open_names(text: str, places: NameIndex | None = None, industries: bool = False) -> list[Mention]:
    """Names of things in a clean text, in order, none inside another. ``industries`` asks for
    those too (摩托车产业): their form is a weak one, for use between other names only.

    ``value`` is an :class:`OpenName`.

    >>> [(m.text, m.value.cls) for m in open_names("三一重工、中联重科等龙头企业入驻长沙经开区")]
    [('三一重工', 'Enterprise'), ('中联重科', 'Enterprise'), ('长沙经开区', 'Park')]
    """
    reading = Reading(text, (places or place_index()).find(text))
    found = [f for rule in (*_RULES, *(_WEAK_RULES if industries else ())) for f in rule(reading)]
    return _apart(text, found)


def strong_and_weak_names(text: str, places: Sequence[Mention]) -> tuple[list[Mention], list[Mention]]:
    """The names without and with industries, read once; ``places``: the regions of the text."""
    reading = Reading(text, places)
    strong = [f for rule in _RULES for f in rule(reading)]
    weak = [f for rule in _WEAK_RULES for f in rule(reading)]
    names = _apart(text, strong)
    return names, _apart(text, [*strong, *weak]) if weak else names


def _apart(text: str, found: list[Found]) -> list[Mention]:
    """Of names that overlap, one: a bracketed title, else the longer, then that of the earlier rule."""
    if not found:
        return []
    rank = {id(f): i for i, f in enumerate(found)}
    order = {"Policy": 0, "Person": 2}
    ordered = sorted(found, key=lambda f: (order.get(f.name.cls, 1), f.start - f.end, rank[id(f)]))
    taken = bytearray(len(text))
    kept: list[Found] = []
    for f in ordered:
        # a post is no end of another name: 计量院|长沙 holds no 院长
        begin = f.start - len(f.name.subtype) if f.name.cls == "Person" else f.start
        if not any(taken[max(0, begin) : f.end]):
            taken[f.start : f.end] = b"\x01" * (f.end - f.start)
            kept.append(f)
    kept.sort(key=lambda f: f.start)
    return [Mention("entity", f.start, f.end, text[f.start : f.end], f.name, f.rule) for f in kept]


# ---------------------------------------------------------------------------
# rules


def _policies(reading: Reading) -> Iterator[Found]:
    """《…》 with the document number behind it; a standard where it says so."""
    number = r"(?:[(〔]([^()《》]{2,30}?\d+号)[)〕])?"
    for m in re.finditer(r"《([^《》]*(?:《[^《》]*》[^《》]*)*)》" + number, reading.text):
        title = m[1].strip()
        if 2 <= len(title) <= 80:
            end = m.start(2) - 1 if m[2] else m.end()
            yield Found(
                m.start(), end, OpenName("Policy", _unspaced(title), number=m[2] or ""), "policy_in_brackets"
            )


def _unspaced(title: str) -> str:
    """Line breaks leave spaces between Chinese characters: 发展 规划 → 发展规划."""
    return re.sub(r"(?<=[一-鿿“”、])\s+(?=[一-鿿“”、])", "", title)


_QUOTED_TITLE = re.compile(
    "[“\"]([一-鿿]{0,24}关于[^“”\"。;]{4,60}的?(?:通知|通报|公告|通告|公示|意见|决定|办法|方案|措施))[”\"]"
)
#: which of several lists it is: 第三轮…名单, 2022年度…名单
_BATCHES = (
    "(?:第[一二三四五六七八九十百\\d]+(?:[、和至][一二三四五六七八九十\\d]+)?[轮批届]|首批|\\d{4}年度?)"
)
BATCH = re.compile(_BATCHES + "$")
_BATCH_OF_LIST = re.compile(
    _BATCHES + "(?:(?!公布|发布|印发|确定|入选|入围|列入|纳入|进入|关于|[的了]|第[一二三四五六七八九十])"
    "[一-鿿“”\"()、]){2,24}$"
)


def _policy_lists(reading: Reading) -> Iterator[Found]:
    """先进制造业集群名单: a published list is a document, without brackets too."""
    for m in pattern("policy_lists").finditer(reading.text):
        start = reading.begin(m.start(), limit=24, quotes=True)
        if (batch := _BATCH_OF_LIST.search(reading.text[max(0, m.start() - 28) : m.start()])) is not None:
            start = min(start, m.start() - len(batch[0]))
        quoted = re.search('[”"]', m[0]) is not None  # “专精特新企业”名单
        if quoted and reading.text[start - 1 : start] in ("“", '"'):
            start -= 1
        name = reading.text[start : m.end()]
        name = re.sub('[“”"]', "", name) if quoted else name
        if re.match("[(]|全称", reading.text[m.end() :]) or len(name) - len(m[0]) < 2:
            continue
        yield Found(start, m.end(), OpenName("Policy", name), "policy_list")


def _quoted_titles(reading: Reading) -> Iterator[Found]:
    """“甲市人民政府关于公布…的通报”: a title that stands in quotation marks."""
    for m in _QUOTED_TITLE.finditer(reading.text) if "关于" in reading.text else ():
        yield Found(m.start(), m.end(), OpenName("Policy", m[1]), "policy_in_quotes")


def _numbered_plans(reading: Reading) -> Iterator[Found]:
    """“1269”行动计划: a plan that goes by its number."""
    for m in re.finditer(r"[“\"]\d[\d+]{1,9}[”\"](?:[一-鿿]{0,6}行动(?:计划|方案))", reading.text):
        yield Found(m.start(), m.end(), OpenName("Policy", m[0]), "numbered_plan")


def _brands(reading: Reading) -> Iterator[Found]:
    """“鹤城质检通”应用程序, “园企通”: what a platform is called, where nothing else says that it is one."""
    for m in pattern("brands").finditer(reading.text) if "通" in reading.text or "易" in reading.text else ():
        yield Found(m.start(), m.end(), OpenName("Platform", m[0]), "brand")


def _standards(reading: Reading) -> Iterator[Found]:
    """GB/T 19001-2016, DB33/T 2428-2022, ISO 9001."""
    for m in re.finditer(
        r"(?<![A-Za-z])(?:GB|DB\s?\d{2}|ISO(?:/IEC)?|IEC|JJF|JJG|JB|QB|HG|YY|NY|SN|RB|T/[A-Z]{2,8})(?:/[TZ])?\s?"
        r"\d{2,6}(?:\.\d+)*(?:[-—]\d{4})?",
        reading.text,
    ):
        yield Found(m.start(), m.end(), OpenName("Standard", re.sub("—", "-", m[0])), "standard_number")


def _agencies(reading: Reading) -> Iterator[Found]:
    """(place or level) + field + 局/厅/委: 浙江省市场监管局, 区统计局."""
    headed = any(head[-1] in reading.text for head in name_cues().agency_heads)
    for m in pattern("agency").finditer(reading.text) if headed else ():
        yield from reading.institution(m.start(), m.end(), "agency")
    headed = any(head in reading.text for head in ANY_AGENCY)
    for m in pattern("agency_any").finditer(reading.text) if headed else ():
        if all(edge.lastgroup == "kept" for edge in pattern("kept_or_boundary").finditer(m[0], 1)):
            yield from reading.institution(m.start(), m.end(), "agency_of_level")
    for m in pattern("level_body").finditer(reading.text):
        yield from reading.institution(m.start(), m.end(), "body_of_level")
    for m in pattern("body").finditer(reading.text):
        yield Found(m.start(), m.end(), OpenName("Institution", m[0]), "body_of_state")


#: what is done about a national centre, in front of its name
_BUILT = re.compile("(?:规划|建设|筹建|新建|申报|创建|推进|加快|投资)+(?=国家)")
#: how the short names of universities end
_UNIVERSITIES = frozenset(("科大", "师大", "工大", "农大", "交大", "理工大"))
#: a town in front of the name of its park
_TOWN = re.compile("(?![各全该本每])[一-鿿]{2,3}(?:镇|乡|街道)(?=[一-鿿]{3})")


def _university(reading: Reading, start: int, head: re.Match[str]) -> int:
    """Where 中科大, 华南师大 begins in a list or beside others; -1 where it is no name."""
    text = reading.text
    start = max(start, text.rfind("、", start, head.start()) + 1)
    whole = 1 <= head.start() - start <= 4 and re.match("[^一-鿿]|[等和与及在的联合共]|$", text[head.end() :])
    return start if whole else -1
#: (智能电网)|装备集群
_IN_BRACKETS = re.compile("(?<=[一-鿿])[(][一-鿿]{2,10}[)]$")


def _by_head(cls: str, key: str, limit: int, quotes: bool = False) -> Callable[[Reading], Iterator[Found]]:
    """A rule: the head of a class, and the way left to the beginning of the name."""

    def rule(reading: Reading) -> Iterator[Found]:
        for m in pattern(key).finditer(reading.text):
            start = reading.begin(m.start(), limit, quotes, joined=cls in ("Chain", "Park", "Platform"))
            start = reading.at_place(start, m.start())
            name = reading.text[start : m.end()]
            if cls == "Institution" and m[0] in _UNIVERSITIES:
                start = _university(reading, start, m)
                if start < 0:
                    continue
                yield Found(start, m.end(), OpenName(cls, reading.text[start : m.end()]), "university")
                continue
            town = _TOWN.match(name) if cls == "Park" else None
            if town is not None and town.end() + len(m[0]) < len(name):
                start += town.end()  # 甲镇|乙工业园
                name = reading.text[start : m.end()]
            if cls == "Institution" and name[: -len(m[0])] in tuple("省市县区州"):
                yield Found(start, m.end(), OpenName(cls, name, place=name[0]), f"{key}_of_level")
                continue
            inner = _IN_BRACKETS.search(reading.text, max(0, start - 14), start) if cls == "Chain" else None
            if inner is not None:
                # 新型电力(智能电网)装备集群: the bracket is in the middle of the name
                began = reading.at_place(reading.begin(inner.start(), limit), inner.start())
                start = began if inner.start() - began >= 2 else start
                name = reading.text[start : m.end()]
            if cls == "Chain":  # 甲高新区稀土产业链: the park is where it is
                parks = [p.end() for p in pattern("parks").finditer(reading.text, start, m.start())]
                if parks and m.start() - parks[-1] >= 2:
                    start = parks[-1]
                    name = reading.text[start : m.end()]
            if cls == "Park" and re.search("(?:认定|评定|评|命名)为[“\"]?$", reading.text[:start]):
                continue  # a title that is awarded
            built = _BUILT.match(name) if cls == "Platform" else None
            if built is not None:
                start += built.end()
                name = reading.text[start : m.end()]
            if cls == "Platform" and reading.text.startswith("国家", reading.behind_places(start, m.start())):
                start = reading.behind_places(start, m.start())  # 甲县|国家某质检中心
                name = reading.text[start : m.end()]
            if reading.generic(start, m.start(), name):
                continue
            subtype = name_cues().subtype_of_platform(name) if cls == "Platform" else ""
            place = reading.place_of(start, m.end(), short=cls != "Platform")
            made = "Cluster" if cls == "Chain" and name.endswith("集群") else cls
            end = reading.with_brand(m.end()) if cls == "Platform" else m.end()
            name = reading.text[start:end]
            yield Found(start, end, OpenName(made, name, subtype, place), f"{key}_by_head")

    return rule


def _chain_lists(reading: Reading) -> Iterator[Found]:
    """甲、乙、丙等3条产业链: each of them is one."""
    listed = "、" in reading.text and any(kind in reading.text for kind in ("产业链", "集群"))
    for m in pattern("chain_lists").finditer(reading.text) if listed else ():
        first = m.start() + m["list"].index("、")
        start = max(m.start(), reading.begin(first, limit=16))
        made = "Cluster" if m["kind"].endswith("集群") else "Chain"
        for item in re.finditer("[^、]+", reading.text[start : m.end("list")]):
            name = reading.text[start + item.start() : start + item.end()]
            if 2 <= len(name) <= 18 and not pattern("adjectives").fullmatch(name):
                first, last = start + item.start(), start + item.end()
                place = reading.place_of(first, last) if reading.behind_places(first, last) < last else ""
                yield Found(first, last, OpenName(made, name, place=place), "chains_in_list")


def _led_by(reading: Reading) -> Iterator[Found]:
    """以甲集团为链主的特种纸: what a leader leads is a chain, although nothing behind says so."""
    for m in pattern("led_by").finditer(reading.text) if "为" in reading.text else ():
        name = m["name"]
        edges = pattern("kept_or_boundary").finditer(re.sub("[和与及]", "", name))
        if pattern("adjectives").fullmatch(name) or any(e.lastgroup == "boundary" for e in edges):
            continue
        yield Found(m.start("name"), m.end("name"), OpenName("Chain", name), "chain_of_leader")


def _honours(reading: Reading) -> Iterator[Found]:
    """鲁班奖, 中国质量奖, 省长质量奖 …: no open form, 奖 ends too many other words."""
    for m in pattern("honours").finditer(reading.text):
        start = reading.at_place(m.start(), m.start())
        if start == m.start() and start and reading.text[start - 1] in "省市县区州":
            start = reading.at_place(start - 1, start - 1)
        yield Found(start, m.end(), OpenName("Honour", reading.text[start : m.end()]), "honour")


def _persons(reading: Reading) -> Iterator[Found]:
    """A post and, behind it, a family name with one or two characters more."""
    posted = any(post in reading.text for post in name_cues().posts)
    for m in pattern("person").finditer(reading.text) if posted else ():
        yield Found(
            m.start("name"),
            m.end("name"),
            OpenName("Person", m["name"], subtype=m["post"]),
            "person_with_post",
        )


_RULES: tuple[Callable[[Reading], Iterator[Found]], ...] = (
    _policies,
    _policy_lists,
    _quoted_titles,
    _numbered_plans,
    _standards,
    _agencies,
    _by_head("Park", "parks", 24),
    _by_head("Platform", "platforms", 26, quotes=True),
    _brands,
    _by_head("Chain", "chains", 22),
    _chain_lists,
    counted_clusters,
    _by_head("Institution", "institutions", 20),
    _honours,
    _persons,
    firms,
    _led_by,
    led_trades,
)


def _main_trades(reading: Reading) -> Iterator[Found]:
    """鞋服是甲市的当家产业, 商用车是甲市的“头号产业”: a trade, although its name does not say so."""
    for m in pattern("main_trade").finditer(reading.text) if "产业" in reading.text else ():
        name = m["name"].removesuffix("产业")
        if not reading.is_place(m.start("name"), m.end("name")) and not pattern("boundary").search(
            re.sub("[和与及]", "", name)
        ):
            yield Found(m.start("name"), m.end("name"), OpenName("Industry", f"{name}产业"), "main_trade")


def _trades_with_leaders(reading: Reading) -> Iterator[Found]:
    """石材业的龙头有7家: a trade that has leaders."""
    for m in re.finditer("(?:^|[。;\n])(?P<name>[一-鿿]{1,5}业)的(?:龙头|链主)", reading.text):
        name = m["name"]
        if not name.endswith(("产业", "行业", "企业")) and name not in ("工业", "农业"):
            yield Found(m.start("name"), m.end("name"), OpenName("Industry", name), "trade_with_leaders")


_WEAK_RULES = (_by_head("Industry", "industries", 14), _main_trades, _trades_with_leaders)
