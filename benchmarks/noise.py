"""How much noise in questions costs: the same questions with typos, in other characters, politely.

    python -m benchmarks.noise QUESTIONS.jsonl --store FOLDER [--lost] [--json]

QUESTIONS as for ``benchmarks.compare``. Every question is asked as it stands and once with each kind of
noise; what has no place for a kind (no comma, no look-alike) is left out of it. Answers are judged by
``benchmarks.compare.graded``; ``--lost`` prints what was right without the noise only. The noise is
made from a fixed seed.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

from benchmarks.compare import graded
from ontology.gazetteer import gazetteer
from qa_service.questions.correct import sound
from qa_service.rules.files import word_file

Gold = dict[str, Any]
#: gives the noisy question, "" where this noise has no place in it
Noise = Callable[[str, random.Random], str]
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
#: characters from which homophones are taken: the commonest, by their place in GB 2312
_COMMON: Final = range(0xB0, 0xD8)
_ASKS: Final = re.compile(r"[哪谁何啥几]|什么|多[少大高久远]|吗|是否|是不是|怎")
_POINTS: Final = re.compile(r"[它其该此]|这|那|对应|当中|分别|又|各")
_YEAR: Final = re.compile(r"(?:19|20)\d\d年(?:上半年)?")
#: behind a place: the place is a part of a longer name there
_NAMED_BY_PLACE: Final = re.compile(r"[这那在经县市省区州]|\w{0,6}(?:实验室|集群|链|基地|园|集团|公司|中心)")
_ASKING_END: Final = re.compile(
    r"([^，,；;]{4,}?)(有哪些|有哪几\w|是哪些|是哪几\w|是谁|谁\w{2}|哪家\w{2})[？?。]?"
)
_BACKGROUND: Final = (
    ("我们科在写一份汇报，想核对一个数，", ""),
    ("我在整理材料，", ""),
    ("", "，写材料要用"),
    ("", "，我要写进汇报里"),
)
_POLITE: Final = (("麻烦帮我查一下，", "，谢谢"), ("你好，请问", ""), ("我想了解一下，", "？辛苦了"))


def homophone(text: str, chance: random.Random) -> str:
    """One character, not of the last two, as another that sounds so."""
    places = [i for i, ch in enumerate(text[:-2]) if _HAN.match(ch) and len(_sounding(ch)) > 1]
    return _with(text, chance, places, lambda ch: [c for c in _sounding(ch) if c != ch])


def shape(text: str, chance: random.Random) -> str:
    """One character as another that looks so (the table of the program itself)."""
    groups = word_file("shapes")["groups"]

    def alike(ch: str) -> list[str]:
        return [c for group in groups if ch in group for c in group if c != ch]

    return _with(text, chance, [i for i, ch in enumerate(text) if alike(ch)], alike)


def traditional(text: str, chance: random.Random) -> str:
    import opencc

    return str(opencc.OpenCC("s2t").convert(text))


def full_width(text: str, chance: random.Random) -> str:
    made = "".join(chr(ord(ch) + 0xFEE0) if "!" <= ch <= "~" else ch for ch in text)
    return made if made != text else ""


def polite(text: str, chance: random.Random) -> str:
    before, after = chance.choice(_POLITE)
    return f"{before}{text.rstrip('？?')}{after}"


def background(text: str, chance: random.Random) -> str:
    """What the asker tells of himself, before the question or behind it."""
    before, after = chance.choice(_BACKGROUND)
    return f"{before}{text.rstrip('？?。')}{after}"


def clauses(text: str, chance: random.Random) -> str:
    """A clause that asks nothing goes behind the one that asks: 据报告，甲市有几家 → 甲市有几家，据报告."""
    found = re.fullmatch(r"([^，,？?。；]{4,})[，,]([^，,？?。；]{5,})[？?。]?", text)
    if found is None or _ASKS.search(found[1]) or not _ASKS.search(found[2]) or _POINTS.search(found[2]):
        return ""
    return f"{found[2]}，{found[1]}"


def time_moved(text: str, chance: random.Random) -> str:
    """The time to the front, or from there behind the place: 甲市2024年合格率 ↔ 2024年甲市合格率."""
    found = _YEAR.search(text)
    if found is None or _inside(text, found.start()) or re.search(r"[到至从]$|？.", text[: found.start()]):
        return ""
    rest = text[: found.start()] + text[found.end() :]
    if found.start() > 0:
        return "" if re.search(r"[，,；;]", text[: found.start()]) else f"{found[0]}{rest}"
    place = _place(rest)
    return f"{place}{found[0]}{rest[len(place) :]}" if place else ""


def place_last(text: str, chance: random.Random) -> str:
    """The place as an afterthought: 甲市的合格率是多少 → 合格率是多少，甲市的."""
    place = _place(text)
    rest = text[len(place) :].removeprefix("的")
    if not place or len(rest) < 5 or re.search(r"[，,；;”]", rest) or _NAMED_BY_PLACE.match(rest):
        return ""
    return f"{rest.rstrip('？?。')}，{place}的"


def question_first(text: str, chance: random.Random) -> str:
    """What asks goes from the end to the front: 甲市的产业链有哪些 → 有哪些甲市的产业链."""
    found = _ASKING_END.fullmatch(text)
    return f"{found[2]}{found[1]}" if found else ""


KINDS: Final[dict[str, Noise]] = {
    "homophone": homophone,
    "shape": shape,
    "traditional": traditional,
    "full width": full_width,
    "polite": polite,
    "background": background,
    "clauses": clauses,
    "time moved": time_moved,
    "place last": place_last,
    "question first": question_first,
}


def main(arguments: list[str] | None = None) -> int:
    """Asks, grades and prints, a line a kind: how many there are, right as they stood and with noise."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.noise", description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--store", required=True)
    parser.add_argument("--lost", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    golds = [json.loads(line) for line in options.questions.read_text("utf-8").splitlines() if line.strip()]
    figures, lost = measured(golds, options.store)
    if options.json:
        print(json.dumps(figures, ensure_ascii=False))
        return 0
    print(f"{'noise':14}  questions  right before  right  wrong  refused  right turned wrong")
    for kind, f in figures.items():
        widths = (9, 12, 5, 5, 7, 18)
        print(f"{kind:14}", *(f"{n:{w}}" for n, w in zip(f.values(), widths, strict=True)), sep="  ")
    if options.lost:
        print(*lost, sep="\n")
    return 0


def measured(golds: list[Gold], store: str) -> tuple[dict[str, dict[str, int]], list[str]]:
    """Of each kind how many questions, right as they stood, and with the noise right, wrong, refused and
    wrong though right as they stood; and what was right without the noise only, a line each."""
    from qa_service.ask import ask, open_session

    session = open_session(store)

    def judged(gold: Gold, text: str) -> str:
        answer = ask(text, session)
        items = list(answer.answers) if answer.status == "answered" else []
        return graded(gold, [answer.text, *items] if items and gold.get("category") == "text" else items)

    figures: dict[str, dict[str, int]] = {}
    lost = []
    try:
        plain = [judged(gold, gold["question"]) for gold in golds]
        for kind, noise in KINDS.items():
            chance = random.Random(7)
            counted = dict.fromkeys(("questions", "before", "right", "wrong", "refused", "turned"), 0)
            for gold, before in zip(golds, plain, strict=True):
                text = noise(gold["question"], chance)
                if not text:
                    continue
                after = judged(gold, text)
                counted["questions"] += 1
                counted["before"] += before == "right"
                counted[after] += 1
                counted["turned"] += before == "right" and after == "wrong"
                if before == "right" and after != "right":
                    lost.append(f"{kind}: {after}: {gold['question']} → {text}")
            figures[kind] = counted
    finally:
        session.close()
    return figures, lost


def _with(
    text: str, chance: random.Random, places: list[int], others: Callable[[str], list[str]]
) -> str:
    if not places:
        return ""
    at = chance.choice(places)
    return f"{text[:at]}{chance.choice(others(text[at]))}{text[at + 1 :]}"


def _place(text: str) -> str:
    """The place whose name the text begins with, "" where there is none."""
    known = gazetteer()
    starts = [text[:n] for n in range(min(12, len(text)), 1, -1)]
    return next((name for name in starts if re.fullmatch(r"[\u4e00-\u9fff]+", name) and known.find(name)), "")


def _inside(text: str, at: int) -> bool:
    """Between quotation marks or those of a title."""
    return any(text[:at].count(a) > text[:at].count(b) for a, b in ("《》", "“”"))


@cache
def _homophones() -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for high in _COMMON:
        for low in range(0xA1, 0xFF):
            try:
                ch = bytes((high, low)).decode("gb2312")
            except UnicodeDecodeError:
                continue
            table.setdefault(sound(ch)[0], []).append(ch)
    return table


def _sounding(ch: str) -> list[str]:
    return _homophones().get(sound(ch)[0], [])


if __name__ == "__main__":
    raise SystemExit(main())
