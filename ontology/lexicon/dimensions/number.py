"""Numbers as written: ``1,600`` · ``93.61`` · ``３．２`` · ``八千亿`` · ``十二`` · ``百分之五``.

Also says which digits are no figures at all (document numbers, standards, telephone
numbers, citations, slogans …), so that no other dimension reads them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
SMALL = {"十": 10, "百": 100, "千": 1000}
MULTIPLIERS = {
    "万亿": 1e12, "千亿": 1e11, "百亿": 1e10, "十亿": 1e9, "亿": 1e8,
    "千万": 1e7, "百万": 1e6, "十万": 1e5, "万": 1e4, "千": 1e3,
}
MULTIPLIER = "|".join(sorted(MULTIPLIERS, key=len, reverse=True))

#: a blank may part the thousands ("1 204批次"); one inside the decimals is what scanning leaves behind
#: ("2. 12件")
_PARTED = r"\d{1,3}(?: \d{3})+(?=[批家个项件人次种户台枪张条起万亿元吨])"
_SCANNED = r"\.\s\d{1,2}(?=\s?[件家个项%万亿])"
ARABIC = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?|{_PARTED}|\d+(?:\.\d+|{_SCANNED})?)"
CHINESE = r"[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?"

#: digits that are names, addresses or marks; what they cover is no figure
NO_FIGURE = re.compile(
    r"""
      https?://[^\s，。；、）)]+ | www\.[^\s，。；、）)]+              # addresses
    | [〔\[【(（]\s*(?:19|20)\d\d\s*[〕\]】)）]\s*第?\s*\d+\s*号         # 〔2024〕6号
    | \[\d{1,3}(?:\s*[-,，、]\s*\d{1,3})*\]                         # [1] [2,3]
    | (?<![A-Za-z])[A-Z]{1,6}(?:/[A-Z]{1,3})?[\s_]?\d+(?:\.\d+)*        # GB/T 1.1-2020
      (?:\s?[-—–:]\s?(?:19|20)?\d{2,4})?(?!\d|\.\d)
    | [A-Za-z]+[-.]?\d+(?:\.\d+)*                                  # PM2.5 A5 v2
    | \d+(?:\.\d+)?(?:[DGH]|[Dd]印|[×xX*]\d+)(?![A-Za-z])            # 3D 5G 4×4
    | (?<!\d)0\d{2,3}[-－—]\d{7,8} | (?<!\d)1[3-9]\d{9}(?!\d) | (?<!\d)400[-\d]{7,9}(?!\d)  # telephones
    | \d+(?:\.\d+)?(?:[:：∶]\d+(?:\.\d+)?){2,}                        # 5.6:44.5:49.9
    | \d{1,2}:\d{2}(?::\d{2})?(?!\d)                                # 07:38
    | (?<![\d.])\d{11,}(?![\d.])                                    # identifiers
    | \d+(?:\+\d+)+\+?                                             # 1+6+28
    | [“"「『‘'][^”"」』’'%％元]{0,4}?\d+                               # “5 个 100” “4812”
      (?:\s?[个+大]\s?[^”"」』’'，。%％]{0,8}|)[”"」』’']
    | [“"][^“”"，,。；;%％]{0,12}\d[^“”"，,。；;%％]{0,16}            # “286种产品目录”
      (?:目录|行动|工程|计划|项目|体系|制度|模式|机制|方案|清单|专项|体检)[”"]
    | \d+\s?个\s?\d+(?=工程|行动|计划)
    | \d+\s?强(?!化|调|度|制)                                        # 世界500强
    | (?:专栏|附件|附表|图|表|第)\s?\d+\s?(?:[-—–.]\d+)?\s?
      (?:条|章|节|款|页|版|号|期|届|次|批(?!次)|个?五年|编|卷)?
    | \d+\s?号(?!\w{0,2}线产)                                        # 6号
    """,
    re.X,
)
#: the number of a list item at the beginning of a line
LIST_NUMBER = re.compile(
    r"^[\s*#>\-—]*(?:\d{1,2}(?:[.、．](?!\d)|\.\d{1,2}\s+(?![个家项件亿万元%]))|[(（]\d{1,2}[)）]"
    r"|\d{1,2}[)）])\**", re.M)


@dataclass(frozen=True, slots=True)
class Number:
    """``value`` with the decimals written; ``factor`` of a multiplier that follows (万, 亿)."""

    value: float
    decimals: int
    start: int
    end: int
    chinese: bool = False


def parse(text: str) -> float | None:
    """Value of a number that is the whole text: ``八千亿`` → 8e11, ``3.2亿`` → 3.2e8."""
    text = text.strip().replace(" ", "")
    m = re.fullmatch(rf"([+-]?{ARABIC})({MULTIPLIER})?", text)
    if m:
        return float(m[1].replace(",", "")) * MULTIPLIERS.get(m[2] or "", 1.0)
    if re.fullmatch(CHINESE, text):
        return chinese(text)
    return None


def chinese(text: str) -> float | None:
    """``十二`` → 12 · ``八千亿`` → 8e11 · ``二〇二四`` → 2024 · ``九十五点三`` → 95.3."""
    whole, _, fraction = text.partition("点")
    if not whole:
        return None
    if len(whole) > 1 and all(c in DIGITS for c in whole):
        if not any(c in "零〇" for c in whole) and len(whole) < 4:
            return None  # 三五 is no 35
        value = float("".join(str(DIGITS[c]) for c in whole))
    else:
        total, part, digit = 0.0, 0.0, -1
        for c in whole:
            if c in DIGITS:
                digit = DIGITS[c]
            elif c in SMALL:
                part += (1 if digit < 0 else digit) * SMALL[c]
                digit = -1
            else:
                part += max(digit, 0)
                digit = -1
                factor = 1e4 if c == "万" else 1e8
                if c == "亿":
                    total, part = (total + (part or (0 if total else 1))) * factor, 0.0
                else:
                    total, part = total + (part or 1) * factor, 0.0
        value = total + part + max(digit, 0)
    if fraction:
        value += float("0." + "".join(str(DIGITS[c]) for c in fraction))
    return value


_DIGIT = re.compile(rf"(?:(?<=[为是达至率:：\s,，(（])[+-])?{ARABIC}")
_HAN = re.compile(CHINESE)


_ANY_DIGIT = re.compile(r"\d|://|www\.")


def refused(text: str) -> list[tuple[int, int]]:
    """Spans whose digits are no figures, in order."""
    if not _ANY_DIGIT.search(text):
        return []
    spans = [m.span() for m in NO_FIGURE.finditer(text)]
    spans += [m.span() for m in LIST_NUMBER.finditer(text)]
    spans.sort()
    return spans


def inside(spans: list[tuple[int, int]], position: int, at: int) -> tuple[bool, int]:
    """Is ``position`` in one of the ordered spans? ``at`` is where to go on looking."""
    while at < len(spans) and spans[at][1] <= position:
        at += 1
    return (at < len(spans) and spans[at][0] <= position), at


def numbers(text: str, without: list[tuple[int, int]] | None = None) -> list[Number]:
    """All numbers in the text outside ``without`` (by default: outside what is no figure)."""
    spans = refused(text) if without is None else without
    found: list[Number] = []
    at = 0
    for m in _DIGIT.finditer(text):
        hit, at = inside(spans, m.start(), at)
        if hit:
            continue
        written = m[0].replace(",", "").replace(" ", "")
        _, _, decimals = written.partition(".")
        found.append(Number(float(written), len(decimals), m.start(), m.end()))
    at = 0
    for m in _HAN.finditer(text):
        hit, at = inside(spans, m.start(), at)
        if hit or (m.start() and text[m.start() - 1] in "0123456789."):
            continue
        value = chinese(m[0])
        if value is not None:
            found.append(Number(value, len(m[0].partition("点")[2]), m.start(), m.end(), chinese=True))
    found.sort(key=lambda n: n.start)
    return found
