"""Names of chains and clusters that nothing at their end says to be such: what was counted as clusters,
and trades that a firm is said to lead.

    产值超百亿元的集群有3个，甲轴承、乙陶瓷、丙茶业都在其中    → three clusters
    食品加工以甲食品有限公司为龙头                          → the chain that the firm leads
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ontology.lexicon.name_reading import Found, OpenName, Reading, pattern

_ITEM = r"[一-鿿A-Za-z0-9]{2,14}?(?:[(（][一-鿿]{2,8}[)）][一-鿿]{0,8}?)?"
_HAN = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
#: (集群…)6个,甲、乙、丙都在其中; 获批3个,即甲、乙、丙
_COUNTED = re.compile(
    r"(?P<n>\d{1,3}|[两二三四五六七八九十])[个条][,，:：]?(?P<lead>即|分别[是为]|为|包括|其中有?|如)?[:：]?"
    rf"(?P<list>{_ITEM}(?:[、和]{_ITEM})+)"
    r"(?P<tail>等?(?:集群)?(?:[都均也皆已]|赫然|悉数|纷纷|双双|成功)*(?:在其中|在列|上榜|入列|榜上有名|[名位]列其中|跻身其中)|等(?:集群)?(?=[。;；]|$)|(?=[。;；]|$))"
)
_AMONG = ("中", "列", "榜", "名")
_KIND = re.compile(r"(?P<kind>产业链|集群)(?![^,，。;；、]{0,6}(?:企业|项目|平台|园区))")
#: other things that can be counted between the clusters and the number
_OTHER = re.compile(r"企业|项目|平台|园区|基地|中心|实验室|工厂|县|镇|产品|品牌|人才|团队")
_LED = re.compile(
    r"(?:^|[,，。;；:：\n])(?P<name>[一-鿿]{2,12}?)(?:板块|领域|方面)?以(?=[^,，。;；以]{2,40}为(?:龙头|链主|“链主”)"
    r"(?:企业)?(?:[,，。;；]|$))"
)
#: 纺织板块的龙头为…
_LEADER_OF = re.compile(
    r"(?:^|[,，。;；:：、\n])(?P<name>[一-鿿]{2,10}?)(?:板块|领域|方面)的?龙头(?:企业)?(?=为|是|有|包括)"
)
#: what is no trade: 甲市以…为龙头, 目前以…为龙头
_NO_TRADE = re.compile(
    r"[我本全该各][省市县区]|目前|现已|主要|初步|形成|其中|发展|坚持|围绕|带动|园区|[省市县区镇乡州]$|企业$|平台$|集群$|产业链$"
)


def counted_clusters(reading: Reading) -> Iterator[Found]:
    """集群有6个,甲、乙、丙都在其中: each of those that are told is one of what was counted."""
    text = reading.text
    for m in _COUNTED.finditer(text) if ("、" in text and "个" in text) or "条" in text else ():
        sentence = max(text.rfind(mark, 0, m.start()) for mark in "。\n") + 1
        kinds = list(_KIND.finditer(text, sentence, m.start()))
        if not kinds or _OTHER.search(text, kinds[-1].end(), m.start()):
            continue
        items = list(re.finditer("[^、]+", m["list"]))
        last = re.match("(.{2,})和(.{2,})$", items[-1][0])
        total = int(m["n"]) if m["n"].isdigit() else _HAN[m["n"]]
        all_told = len(items) + (last is not None) == total
        if not m["tail"].endswith(_AMONG) and (not m["lead"] or not (m["tail"] or all_told)):
            continue
        if len(items) > total:
            continue
        made = "Cluster" if kinds[-1]["kind"] == "集群" else "Chain"
        for item in items:
            first, end = m.start("list") + item.start(), m.start("list") + item.end()
            behind = reading.behind_places(first, end)
            if behind == end or pattern("adjectives").fullmatch(text[behind:end]):
                continue
            begin = first
            parks = [p.end() for p in pattern("parks").finditer(text, first, end)]
            if parks and end - parks[-1] >= 2:
                first = parks[-1]  # 甲高新区|乙材料
            bracket = text[reading.behind_places(first, end)] in "(（"  # 甲地(含乙)丙产业
            # two parks may have a cluster of one trade: the park stays in the name
            place = "" if bracket or begin < first else reading.place_of(first, end)
            name = OpenName(made, text[begin:end], place=place)
            yield Found(first, end, name, "counted_cluster")


def led_trades(reading: Reading) -> Iterator[Found]:
    """食品加工以甲公司为龙头: what a leader leads is a chain, although nothing behind says so."""
    led = (m for of in (_LED, _LEADER_OF) for m in of.finditer(reading.text))
    for m in led if "为" in reading.text or "龙头" in reading.text else ():
        name, start, end = m["name"], m.start("name"), m.end("name")
        edges = pattern("kept_or_boundary").finditer(re.sub("[和与及]", "", name))
        if _NO_TRADE.search(name) or any(e.lastgroup == "boundary" for e in edges):
            continue
        if reading.behind_places(start, end) == end or pattern("adjectives").fullmatch(name):
            continue
        chain = OpenName("Chain", name, place=reading.place_of(start, end))
        yield Found(start, end, chain, "chain_of_leader")
