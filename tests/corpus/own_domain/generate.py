"""Writes the tables of a made-up province's nature reserves and the questions with their gold.

Run it to make ``tables/*.csv`` and ``questions.jsonl`` anew; the seed is fixed, so nothing changes.
The gold is counted here from the rows, by code that knows nothing of the product.

    python tests/corpus/own_domain/generate.py
"""

from __future__ import annotations

import csv
import json
import random
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).parent
SEED = 20240901

CANTONS = {
    "澄溪州": ("松涛郡", "月湾郡", "石笋郡"), "青屏州": ("竹影郡", "云脚郡", "鹤渚郡"),
    "鹿鸣州": ("霜林郡", "赤壤郡", "银滩郡"), "雁回州": ("远岫郡", "落星郡", "寒泉郡"),
    "白鹭州": ("芦汀郡", "沙洲郡", "晴川郡"),
}
STEMS = [
    "碧落湖", "乌啼岭", "千瓣泽", "望舒山", "枕流谷", "听雪原", "九曲荡", "栖霞坡", "浮玉泽", "鸣沙滩",
    "苍梧岭", "饮马原", "回雁荡", "抱石山", "翠微谷", "藏龙泽", "卧云岭", "牧星原", "流萤荡", "断虹山",
    "镜心湖", "眠鹿坡", "归鸦岭", "长风原", "洗砚泽", "落英谷",
]
KINDS = {"湖": "wetland_reserve", "泽": "wetland_reserve", "荡": "wetland_reserve", "滩": "wetland_reserve",
         "原": "steppe_reserve"}
NAMES = {"wetland_reserve": "湿地保护区", "forest_reserve": "森林保护区", "steppe_reserve": "草原保护区"}
BIRDS = ["雪顶鹤", "金斑雀", "斑尾林鸽", "银额鸻", "赤喉鹟", "墨翅鸢", "灰背雨燕", "玉带鹭"]
MAMMALS = ["云纹狸", "长须羚", "赤尾貂", "白唇岩兔", "夜行獴", "短角麂", "银背獾"]
PLANTS = ["紫叶杉", "铁线草", "岩生兰", "倒披针柳", "霜降菊", "冷箭竹"]
STATION_STEMS = ["望鹤", "守拙", "松风", "北坡", "听涛", "石桥", "晚晴", "东篱", "青岩", "半山",
                 "临渊", "知秋", "南麓", "渡口", "铜铃", "白桦", "野渡"]
SURNAMES = "林陆沈韩苏程顾温"
GIVEN = ["远山", "一苇", "青禾", "望川", "知白", "怀石", "若谷", "听松", "映雪", "长庚"]
METRICS = (("访客量", "人次"), ("植被覆盖率", "%"), ("巡护里程", "公里"))

Row = dict[str, str]


def tables() -> dict[str, list[Row]]:
    """Every table as rows, by its file's name."""
    dice = random.Random(SEED)
    territories = [{"辖地": "云岚省", "级别": "realm", "上级": ""}]
    shires = []
    for canton, parts in CANTONS.items():
        territories.append({"辖地": canton, "级别": "canton", "上级": "云岚省"})
        for shire in parts:
            territories.append({"辖地": shire, "级别": "shire", "上级": canton})
            shires.append(shire)
    reserves = []
    for number, stem in enumerate(STEMS):
        kind = KINDS.get(stem[-1], "forest_reserve")
        reserves.append({
            "保护区": stem + NAMES[kind], "简称": stem, "类型": kind,
            "辖地": shires[number % len(shires)] if number < len(shires) else dice.choice(shires),
            "设立年份": str(dice.randint(1985, 2019)), "毗邻": "",
        })
    for number in range(0, len(reserves) - 1, 4):
        reserves[number]["毗邻"] = reserves[number + 1]["保护区"]
    groups = (("bird", BIRDS), ("mammal", MAMMALS), ("plant", PLANTS))
    species = [{"物种": name, "类群": kind, "捕食": ""} for kind, names in groups for name in names]
    hunted = {
        "墨翅鸢": "金斑雀;白唇岩兔", "云纹狸": "金斑雀;斑尾林鸽", "赤尾貂": "白唇岩兔", "夜行獴": "灰背雨燕",
        "银背獾": "金斑雀",
    }
    for row in species:
        row["捕食"] = hunted.get(row["物种"], "")
    sightings = []
    for row in reserves:
        for name in dice.sample(BIRDS + MAMMALS + PLANTS, dice.randint(2, 4)):
            season = dice.choice(["冬季", "夏季"]) if name in BIRDS else ""
            sightings.append({"保护区": row["保护区"], "物种": name, "季节": season, "结论": "有"})
    seen = {(row["保护区"], row["物种"]) for row in sightings}
    for stem in ("乌啼岭", "听雪原", "镜心湖"):
        name = next(row["保护区"] for row in reserves if row["简称"] == stem)
        if (name, "雪顶鹤") not in seen:
            sightings.append({"保护区": name, "物种": "雪顶鹤", "季节": "", "结论": "无"})
    guarded = dice.sample([row["保护区"] for row in reserves], 18)
    stations = []
    for number, stem in enumerate(STATION_STEMS):
        since = str(dice.randint(1990, 2020))
        stations.append({"管护站": f"{stem}管护站", "管护的保护区": guarded[number], "起始年份": since})
    stations[3]["管护的保护区"] += ";" + guarded[17]
    people = dice.sample([s + g for s in SURNAMES for g in GIVEN], 30)
    rangers = [
        {"护林员": name, "管护站": stations[n % 17]["管护站"], "职务": "站长" if n < 17 else "队员"}
        for n, name in enumerate(people)
    ]
    figures = []
    for row in reserves[:20]:
        for metric, unit in METRICS:
            year = dice.choice([2023, 2024]) if metric == "巡护里程" else 0
            for at in ([year] if year else [2023, 2024]):
                value = (f"{dice.uniform(55, 97):.1f}" if unit == "%" else str(dice.randint(120, 990) * (
                    100 if unit == "人次" else 1)))
                named = {"保护区": row["保护区"], "指标": metric, "年份": str(at)}
                figures.append(named | {"数值": value, "单位": unit})
    complete = [{"内容": "GUARDS", "辖地": "鹿鸣州", "声明人": "云岚省林野厅"}]
    return {"territories": territories, "reserves": reserves, "species": species, "sightings": sightings,
            "stations": stations, "rangers": rangers, "figures": figures, "complete": complete}


class World:
    """The rows, indexed for the gold."""

    def __init__(self, made: dict[str, list[Row]]) -> None:
        self.above = {row["辖地"]: row["上级"] for row in made["territories"]}
        self.reserves = {row["保护区"]: row for row in made["reserves"]}
        self.kind = {row["物种"]: row["类群"] for row in made["species"]}
        self.prey = {row["物种"]: [p for p in row["捕食"].split(";") if p] for row in made["species"]}
        self.lives: dict[str, set[str]] = defaultdict(set)
        self.season: dict[tuple[str, str], str] = {}
        self.denied: dict[str, set[str]] = defaultdict(set)
        for row in made["sightings"]:
            (self.lives if row["结论"] == "有" else self.denied)[row["保护区"]].add(row["物种"])
            self.season[row["保护区"], row["物种"]] = row["季节"]
        self.guards = {row["管护站"]: row["管护的保护区"].split(";") for row in made["stations"]}
        self.staff = [(row["护林员"], row["管护站"], row["职务"]) for row in made["rangers"]]
        self.figure = {(row["保护区"], row["指标"], row["年份"]): row["数值"] for row in made["figures"]}

    def of(self, territory: str, kind: str = "") -> list[str]:
        """The reserves of a territory, at any depth."""
        return [name for name, row in self.reserves.items()
                if (not kind or row["类型"] == kind) and territory in self.line(row["辖地"])]

    def line(self, territory: str) -> list[str]:
        found = []
        while territory:
            found.append(territory)
            territory = self.above[territory]
        return found

    def stations_of(self, reserve: str) -> list[str]:
        return [station for station, guarded in self.guards.items() if reserve in guarded]

    def habitats(self, species: str) -> list[str]:
        return [reserve for reserve, found in self.lives.items() if species in found]

    def ranked(self, metric: str, year: str, of: list[str]) -> list[str]:
        with_figures = [name for name in of if (name, metric, year) in self.figure]
        return sorted(with_figures, key=lambda name: float(self.figure[name, metric, year]))


def questions(w: World) -> list[dict[str, object]]:
    """Forty questions of every kind. ``match``: set (these and no others), value, count, truth, none."""
    asked: list[dict[str, object]] = []

    def ask(kind: str, question: str, answers: object, match: str = "set", basis: str = "") -> None:
        given = sorted(answers) if isinstance(answers, (list, set)) else [str(answers)]
        entry: dict[str, object] = {"id": f"own{len(asked) + 1:02d}", "kind": kind, "question": question,
                                    "answers": given, "match": match}
        asked.append(entry | ({"basis": basis} if basis else {}))

    lake, ridge = "碧落湖湿地保护区", "乌啼岭森林保护区"
    kept = next(r for r in w.of("鹿鸣州") if w.stations_of(r))
    ask("list", "云岚省有哪些州？", list(CANTONS))
    ask("list", "鹿鸣州下辖哪些郡？", list(CANTONS["鹿鸣州"]))
    ask("list", "鹿鸣州有哪些保护区？", w.of("鹿鸣州"))
    ask("list", "白鹭州有哪些湿地保护区", w.of("白鹭州", "wetland_reserve"))
    ask("list", "列出松涛郡的自然保护区", w.of("松涛郡"))
    ask("list", "Which nature reserves are in 白鹭州?", w.of("白鹭州"))
    ask("relation", f"{lake}生活着哪些物种？", w.lives[lake])
    ask("relation", "雪顶鹤的栖息地有哪些？", w.habitats("雪顶鹤"))
    ask("relation", "松风管护站管护哪个保护区？", w.guards["松风管护站"])
    ask("relation", f"哪个管护站负责管护{kept}？", w.stations_of(kept))
    ask("relation", "金斑雀有哪些天敌？", [s for s, prey in w.prey.items() if "金斑雀" in prey])
    ask("relation", "云纹狸捕食哪些物种？", w.prey["云纹狸"])
    heads = [p for p, s, role in w.staff if s == "望鹤管护站" and role == "站长"]
    ask("relation", "望鹤管护站的站长是谁？", heads)
    someone = w.staff[4]
    ask("relation", f"{someone[0]}任职于哪个管护站？", [someone[1]])
    ask("relation", f"{lake}毗邻哪个保护区？", [w.reserves[lake]["毗邻"]])
    ask("relation", f"Which species does {ridge} harbour?", w.lives[ridge])
    ask("count", "鹿鸣州有几个保护区？", len(w.of("鹿鸣州")), "count")
    ask("count", "云岚省一共有多少个森林保护区？", len(w.of("云岚省", "forest_reserve")), "count")
    ask("count", "How many reserves are there in 青屏州?", len(w.of("青屏州")), "count")
    ask("count", "望鹤管护站有多少名护林员？", len([1 for _, s, _ in w.staff if s == "望鹤管护站"]), "count")
    lacking = [r for r in w.of("鹿鸣州") if not w.stations_of(r)]
    ask("gap", "鹿鸣州哪些保护区没有管护站？", lacking, basis="covered")
    denied = [r for r, found in w.denied.items() if "雪顶鹤" in found]
    ask("gap", "哪些保护区没有雪顶鹤？", denied, basis="denied")
    unguarded = [r for r in w.of("白鹭州") if not w.stations_of(r)]
    ask("gap", "白鹭州哪些保护区没有管护站？", unguarded, basis="unrecorded")
    ask("gap", "Which reserves in 鹿鸣州 have no ranger station?", lacking, basis="covered")
    bird = next(s for s in sorted(w.lives[lake]))
    ask("yes_no", f"{lake}有没有{bird}？", "是", "truth")
    ask("yes_no", f"{ridge}是不是湿地保护区？", "否", "truth")
    ask("yes_no", f"松风管护站管护{w.guards['松风管护站'][0]}吗？", "是", "truth")
    ask("metric", f"{lake}2023年的访客量是多少？", w.figure[lake, "访客量", "2023"], "value")
    ask("metric", "听雪原2024年植被覆盖率多少", w.figure["听雪原草原保护区", "植被覆盖率", "2024"], "value")
    visited = w.figure[ridge, "访客量", "2024"]
    ask("metric", f"What was the number of visitors of {ridge} in 2024?", visited, "value")
    ask("hop", f"管护{kept}的管护站有哪些护林员？",
        [p for p, s, _ in w.staff if s in w.stations_of(kept)])
    ask("hop", "雪顶鹤的栖息地由哪些管护站管护？",
        {s for r in w.habitats("雪顶鹤") for s in w.stations_of(r)})
    ask("hop", "金斑雀的天敌生活在哪些保护区？",
        {r for s, prey in w.prey.items() if "金斑雀" in prey for r in w.habitats(s)})
    ask("hop", "鹿鸣州的保护区生活着哪些鸟类？",
        {s for r in w.of("鹿鸣州") for s in w.lives[r] if w.kind[s] == "bird"})
    ask("superlative", "2024年访客量最高的保护区是哪个？", [w.ranked("访客量", "2024", w.of("云岚省"))[-1]])
    ask("superlative", "澄溪州2023年植被覆盖率最低的保护区是哪个？",
        [w.ranked("植被覆盖率", "2023", w.of("澄溪州"))[0]])
    ask("superlative", "Which reserve had the highest vegetation cover in 2024?",
        [w.ranked("植被覆盖率", "2024", w.of("云岚省"))[-1]])
    ask("unanswerable", f"{lake}2019年的访客量是多少？", [], "none")
    ask("unanswerable", "听雪原的土壤酸碱度是多少？", [], "none")
    ask("unanswerable", "东海州有哪些保护区？", [], "none")
    return asked


def more(w: World) -> list[dict[str, object]]:
    """Other ways of asking, written after the first forty were right."""
    asked: list[dict[str, object]] = []

    def ask(question: str, answers: object, match: str = "set", basis: str = "") -> None:
        given = sorted(answers) if isinstance(answers, (list, set)) else [str(answers)]
        entry: dict[str, object] = {"id": f"more{len(asked) + 1:02d}", "question": question, "answers": given,
                                    "match": match}
        asked.append(entry | ({"basis": basis} if basis else {}))

    everywhere, lake = w.of("云岚省"), "碧落湖湿地保护区"
    visitors = {name: float(w.figure[name, "访客量", "2024"]) for name in everywhere
                if (name, "访客量", "2024") in w.figure}
    cover = {name: float(w.figure[name, "植被覆盖率", "2024"]) for name in everywhere
             if (name, "植被覆盖率", "2024") in w.figure}
    ask("碧落湖里都有些什么动植物", w.lives[lake])
    ask("雁回州的湿地保护区名单", w.of("雁回州", "wetland_reserve"))
    ask("哪个保护区的访客量在2024年最大", [max(visitors, key=lambda name: visitors[name])])
    ask("2024年访客量超过5万人次的保护区有哪些", [name for name, n in visitors.items() if n > 50000])
    ask("2024年植被覆盖率不低于90%的保护区有几个", len([1 for n in cover.values() if n >= 90]))
    ask("2024年访客量最高的三个保护区", w.ranked("访客量", "2024", everywhere)[-3:])
    ask("reserves with vegetation cover above 90% in 2024", [name for name, n in cover.items() if n > 90])
    ask("千瓣泽在哪个郡", [w.reserves["千瓣泽湿地保护区"]["辖地"]])
    ask("千瓣泽湿地保护区在哪个州", [w.line(w.reserves["千瓣泽湿地保护区"]["辖地"])[1]])
    ask("银滩郡属于哪个州", [w.above["银滩郡"]])
    ask("雪顶鹤生活在哪些州", {w.line(w.reserves[r]["辖地"])[1] for r in w.habitats("雪顶鹤")})
    ask("鹿鸣州有没有雪顶鹤", "是")
    ask("Who is the head of 望鹤管护站?",
        [p for p, s, role in w.staff if s == "望鹤管护站" and role == "站长"])
    ask("Which cantons are part of 云岚省?", list(CANTONS))
    ask("谁捕食金斑雀", [s for s, prey in w.prey.items() if "金斑雀" in prey])
    ask("没有管护站的湿地保护区有哪些",
        [r for r in w.of("云岚省", "wetland_reserve") if not w.stations_of(r)], basis="unrecorded")
    ask("Which birds live in 鹿鸣州?", {s for r in w.of("鹿鸣州") for s in w.lives[r] if w.kind[s] == "bird"})
    ask("碧落湖的设立年份", w.reserves[lake]["设立年份"], "value")
    ask("守拙管护站都有谁", [p for p, s, _ in w.staff if s == "守拙管护站"])
    return asked


def main() -> None:
    made = tables()
    world = World(made)
    for name, rows in made.items():
        with (HERE / "tables" / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    for name, entries in (("questions", questions(world)), ("more", more(world))):
        with (HERE / f"{name}.jsonl").open("w", encoding="utf-8", newline="\n") as out:
            for entry in entries:
                out.write(json.dumps(entry, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
