"""Documents that something has damaged: never a crash, never a fact whose quote is not in the text.

``NQI_TEST_NOISE`` says how many damaged documents of each sort are tried (a few without it).
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.documents.extract import extract
from loaders.documents.read import document_from_bytes, document_from_text
from loaders.facts import Fact
from ontology.errors import SourceError
from ontology.read import load_ontology
from tests.formats import made

ROUNDS = int(os.environ.get("NQI_TEST_NOISE", "60"))
SAMPLES = Path(__file__).parents[1] / "corpus" / "load"
TEXTS = [
    *(path.read_text(encoding="utf-8") for path in sorted(SAMPLES.rglob("*.md"))),
    "# 株洲市质量工作方案\n\n一、总体目标\n到2025年，全市竹器产品合格率达到95%以上，建成12个园区。"
    "（牵头单位：市工信局，责任单位：市财政局）\n"
    "2024年，株洲、湘潭竹器合格率分别达到95.8%和94.7%，高于全省平均水平1.2个百分点[1]。\n\n"
    "专栏 1 主要指标\n序号\t指标名称\t2020年\t2025年\t属性\n1\t竹器合格率(%)\t91.5\t95.0\t预期性\n\n"
    "### 资料来源\n[1] 竹器公报：http://example.org/a.html\n",
]
#: what damaged files have between their characters
PIECES = (
    "",
    "\n",
    "\n\n",
    "\t",
    "|",
    "**",
    "<b>",
    "[1]",
    "[",
    "]",
    "(",
    "）",
    "《",
    "》",
    "“",
    "。",
    "；",
    "%",
    "0",
    "99999999999999999999",
    "1.2.3",
    "-",
    "～",
    "亿",
    "年",
    "2024年",
    "十四五",
    "\u0000",
    "\ufeff",
    "\u200b",
    "\u2028",
    "𠮷",
    "é",
    "\ud83d\ude00",
    "其中",
    "分别",
    "、",
    "# ",
    "- ",
    "一、",
    "（一）",
    "专栏 ",
    "http://",
    " " * 40,
)


def checked(facts: list[Fact], text: str) -> None:
    for fact in facts:
        place, _, span = fact.passage.rpartition("#")
        start, _, end = span.partition("-")
        assert place
        assert 0 <= int(start) < int(end) <= len(text)
        assert fact.quote in text, f"{fact.quote!r} is not in the text"


def damaged(text: str, chance: random.Random) -> str:
    """Pieces dropped, doubled, moved, put in between."""
    for _ in range(chance.randint(1, 12)):
        a = chance.randint(0, len(text))
        b = min(len(text), a + chance.choice((0, 1, 1, 2, 5, 20, 100)))
        what = chance.randrange(5)
        if what == 0:
            text = text[:a] + text[b:]
        elif what == 1:
            text = text[:b] + text[a:]
        elif what == 2:
            at = chance.randint(0, len(text))
            text = text[:at] + text[a:b] + text[at:]
        elif what == 3:
            other = chance.choice(TEXTS)
            at = chance.randint(0, len(other))
            text = text[:a] + other[at : at + chance.choice((5, 50, 200))] + text[b:]
        else:
            text = text[:a] + chance.choice(PIECES) * chance.choice((1, 1, 1, 3, 50)) + text[b:]
    return text


@pytest.mark.parametrize("seed", range(8))
def test_damaged_characters(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(max(1, ROUNDS // 8)):
        text = damaged(chance.choice(TEXTS), chance)
        document = document_from_text(text, "a.md")
        checked(extract(document, load_ontology()), text)


@settings(
    max_examples=ROUNDS,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.lists(st.sampled_from([*PIECES, *"".join(TEXTS)]) | st.text(max_size=5), max_size=120))
def test_characters_in_any_order(pieces: list[str]) -> None:
    text = "".join(pieces)
    checked(extract(document_from_text(text, "a.md"), load_ontology()), text)


@pytest.mark.parametrize("suffix", [".txt", ".html", ".docx", ".pdf"])
def test_damaged_bytes(suffix: str) -> None:
    """What cannot be read says so; what can be read gives facts that stand in it."""
    chance = random.Random(suffix)
    whole = {
        ".txt": TEXTS[-1].encode(),
        ".html": made.HTML.encode(),
        ".docx": made.docx_bytes(),
        ".pdf": made.pdf_bytes(),
    }[suffix]
    for _ in range(ROUNDS // 2):
        raw = bytearray(whole)
        for _ in range(chance.choice((1, 3, 30, 300))):
            at = chance.randrange(len(raw))
            match chance.randrange(3):
                case 0:
                    raw[at] = chance.randrange(256)
                case 1 if len(raw) > 10:
                    del raw[at : at + chance.choice((1, 10))]
                case _:
                    raw[at:at] = bytes(chance.randrange(256) for _ in range(chance.choice((1, 4))))
            if not raw:
                break
        try:
            document = document_from_bytes(bytes(raw), f"a{suffix}", suffix)
        except SourceError:
            continue
        checked(extract(document, load_ontology()), document.text)
