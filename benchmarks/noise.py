"""How much noise in questions costs: the same questions with typos, in other characters, politely.

    python -m benchmarks.noise QUESTIONS.jsonl --store FOLDER [--json]

QUESTIONS as for ``benchmarks.compare``. Every question is asked as it stands and once with each kind of
noise; what has no place for a kind (no comma, no look-alike) is left out of it. Answers are judged by
``benchmarks.compare.graded``. The noise is made from a fixed seed.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

from benchmarks.compare import graded
from qa_service.questions.correct import sound
from qa_service.rules.files import word_file

Gold = dict[str, Any]
#: gives the noisy question, "" where this noise has no place in it
Noise = Callable[[str, random.Random], str]
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
#: characters from which homophones are taken: the commonest, by their place in GB 2312
_COMMON: Final = range(0xB0, 0xD8)
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


def other_order(text: str, chance: random.Random) -> str:
    """When it is asked about goes to the front: 甲市2024年合格率 → 2024年甲市合格率."""
    found = re.search(r"(?:19|20)\d\d年(?:上半年)?", text)
    if found is None or found.start() == 0 or re.search(r"[,，;；]", text):
        return ""
    return f"{found[0]}{text[: found.start()]}{text[found.end() :]}"


KINDS: Final[dict[str, Noise]] = {
    "homophone": homophone,
    "shape": shape,
    "traditional": traditional,
    "full width": full_width,
    "polite": polite,
    "other order": other_order,
}


def main(arguments: list[str] | None = None) -> int:
    """Asks, grades and prints, a line a kind: how many there are, right as they stood and with noise."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.noise", description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--store", required=True)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    golds = [json.loads(line) for line in options.questions.read_text("utf-8").splitlines() if line.strip()]
    figures = measured(golds, options.store)
    if options.json:
        print(json.dumps(figures, ensure_ascii=False))
        return 0
    print(f"{'noise':14}questions  right before  right  wrong  refused")
    for kind, f in figures.items():
        print(
            f"{kind:14}{f['questions']:9}  {f['before']:12}  {f['right']:5}  {f['wrong']:5}  {f['refused']:7}"
        )
    return 0


def measured(golds: list[Gold], store: str) -> dict[str, dict[str, int]]:
    """Each kind: how many questions, right as they stood, and right, wrong and refused with the noise."""
    from qa_service.ask import ask, open_session

    session = open_session(store)

    def judged(gold: Gold, text: str) -> str:
        answer = ask(text, session)
        items = list(answer.answers) if answer.status == "answered" else []
        return graded(gold, [answer.text, *items] if items and gold.get("category") == "text" else items)

    try:
        plain = [judged(gold, gold["question"]) for gold in golds]
        figures = {}
        for kind, noise in KINDS.items():
            chance = random.Random(7)
            counted: Counter[str] = Counter()
            for gold, before in zip(golds, plain, strict=True):
                text = noise(gold["question"], chance)
                if text:
                    counted["questions"] += 1
                    counted["before"] += before == "right"
                    counted[judged(gold, text)] += 1
            figures[kind] = {k: counted[k] for k in ("questions", "before", "right", "wrong", "refused")}
        return figures
    finally:
        session.close()


def _with(
    text: str, chance: random.Random, places: list[int], others: Callable[[str], list[str]]
) -> str:
    if not places:
        return ""
    at = chance.choice(places)
    return f"{text[:at]}{chance.choice(others(text[at]))}{text[at + 1 :]}"


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
