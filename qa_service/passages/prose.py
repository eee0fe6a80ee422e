"""A question laid beside a sentence: which words they share, and what stands between these.

What the question's words match is the frame; where the question has its asking words, the
sentence has the answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from ontology.lexicon.normalise import clean
from qa_service.questions.alike import Thesaurus, general
from qa_service.questions.overlap import pairs
from qa_service.rules.files import longest_first, word_file

#: punctuation at which a clause ends
CLAUSE = re.compile(r"[,;。!?:]|--|——")
#: a count before the thing counted
_COUNTED = re.compile(r"第?[一二三四五六七八九十]个")
#: a short quotation or a title
_QUOTED = re.compile(r"“[^”。]{1,40}”|《[^》]{1,60}》|\"[^\"。]{1,40}\"")
_QUOTES = "“”\"'‘’《》()（）*"


@dataclass(frozen=True)
class ProseWords:
    """The word lists of ``rules/prose.yaml``, longer words first."""

    glue: re.Pattern[str]
    begins: tuple[str, ...]
    ends: re.Pattern[str]
    leading: tuple[str, ...]
    strip_before: tuple[str, ...]
    strip_after: tuple[str, ...]
    leads: re.Pattern[str]
    verbs: tuple[str, ...]
    never: tuple[str, ...]
    acting_ends: tuple[str, ...]
    closes: re.Pattern[str]
    purposes: tuple[re.Pattern[str], ...]
    aims: re.Pattern[str]
    aim_words: tuple[str, ...]
    complete: tuple[str, ...]
    saying: tuple[str, ...]
    any_thing: frozenset[str]
    places: Mapping[str, str]
    titles: tuple[str, ...]
    codes: frozenset[str]
    worded: frozenset[str]
    agents: tuple[str, ...]
    bodies: frozenset[str]
    charged: re.Pattern[str]
    acting: frozenset[str]
    any_left: re.Pattern[str]
    all_of_them: re.Pattern[str]
    cues: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]


@cache
def prose_words() -> ProseWords:
    raw = word_file("prose")
    glue = _any(raw["glue"])
    return ProseWords(
        glue=re.compile(
            rf"(?:{glue}|[{_QUOTES}\s]|第?[\d一二三四五六七八九十两]+(?:大|个|家|项|类|种|条|余家)?)*"
        ),
        begins=longest_first(raw["begins"]),
        ends=re.compile(_any(raw["ends"])),
        leading=tuple(w for w in longest_first([*raw["begins"], *raw["leads"]]) if len(w) > 1),
        strip_before=longest_first(raw["strip_before"]),
        strip_after=longest_first(raw["strip_after"]),
        leads=re.compile(rf".*(?:{_any(raw['leads'])})(?=..)"),
        verbs=tuple(w for w in longest_first(raw["leads"]) if len(w) > 1),
        never=longest_first(raw["never"]),
        acting_ends=longest_first(raw["acting_ends"]),
        closes=re.compile(_any(raw["closes"])),
        purposes=tuple(re.compile(p) for p in raw["purposes"]),
        aims=re.compile("|".join(raw["aims"])),
        aim_words=longest_first(raw["aim_words"]),
        complete=tuple(raw["complete"]),
        saying=longest_first(raw["saying"]),
        any_thing=frozenset(raw["any_thing"]),
        places={str(k): str(v) for k, v in raw["places"].items()},
        titles=longest_first(raw["titles"]),
        codes=frozenset(raw["codes"]),
        worded=frozenset([*raw["codes"], *raw["worded"]]),
        agents=tuple(raw["agents"]),
        bodies=frozenset(raw["bodies"]),
        charged=re.compile(raw["charged"]),
        acting=frozenset(raw["acting"]),
        any_left=re.compile(raw["any_left"]),
        all_of_them=re.compile(raw["all_of_them"]),
        cues={k: (longest_first(v["asks"]), longest_first(v["says"])) for k, v in raw["cues"].items()},
    )


def _any(words: list[object]) -> str:
    return "|".join(re.escape(w) for w in longest_first(words))


@dataclass(frozen=True)
class Anchor:
    """A stretch that question and sentence share: ``[q0, q1)`` of the one, ``[s0, s1)`` of the
    other; ``alike``: not the same word but one of the same meaning."""

    q0: int
    q1: int
    s0: int
    s1: int
    alike: bool = False


def anchors(text: str, words: str, taken: int = 0, known: Thesaurus | None = None) -> tuple[Anchor, ...]:
    """The longest stretches of two characters and more that both have, and words of the same
    meaning (those of ``known``). ``taken``: characters of the question that ask, and match nothing.

    >>> anchors("依托哪个基地", "并依托株洲基地")
    (Anchor(q0=0, q1=2, s0=1, s1=3), Anchor(q0=4, q1=6, s0=5, s1=7))
    """
    at: dict[str, list[int]] = {}
    for j, pair in enumerate(pairs(words)):
        at.setdefault(pair, []).append(j)
    found: list[Anchor] = []
    for i in range(len(text) - 1):
        if taken >> i & 3:
            continue
        for j in at.get(text[i : i + 2], ()):
            if i and j and text[i - 1] == words[j - 1] and not taken >> (i - 1) & 1:
                continue  # a part of a longer one
            n = 2
            while (
                i + n < len(text)
                and j + n < len(words)
                and text[i + n] == words[j + n]
                and not taken >> (i + n) & 1
            ):
                n += 1
            found += _bare(text, Anchor(i, i + n, j, j + n))
    for said in (known or general()).alike(text):
        if any(taken >> k & 1 for k in range(said.start, said.end)):
            continue
        for word in said.words:
            for m in re.finditer(re.escape(word), words):
                found.append(Anchor(said.start, said.end, m.start(), m.end(), True))
    return tuple(sorted(found, key=lambda a: (a.s0, -a.s1, a.q0)))


def _bare(text: str, anchor: Anchor) -> list[Anchor]:
    """The anchor without punctuation at its ends; none where fewer than two characters are left."""
    q0, q1 = anchor.q0, anchor.q1
    while q0 < q1 and not text[q0].isalnum():
        q0 += 1
    while q0 < q1 and not text[q1 - 1].isalnum():
        q1 -= 1
    if q1 - q0 < 2:
        return []
    return [Anchor(q0, q1, anchor.s0 + q0 - anchor.q0, anchor.s1 - (anchor.q1 - q1))]


def is_glue(text: str) -> bool:
    """Nothing but words that may stand between an answer and the words it goes with."""
    return prose_words().glue.fullmatch(text) is not None


def trimmed(words: str, start: int, end: int) -> tuple[int, int]:
    """The span without what is no part of an item at either end: particles, quotes, brackets."""
    known = prose_words()
    counted = _COUNTED.match(words, start, end)
    if counted and end - counted.end() >= 2:
        start = counted.end()
    changed = True
    while changed and end - start > 1:
        changed = False
        while start < end and (words[start] in _QUOTES + "、,;:。-— " and not _opens(words, start, end)):
            start, changed = start + 1, True
        while start < end and (words[end - 1] in _QUOTES + "、,;:。-— " and not _closes(words, start, end)):
            end, changed = end - 1, True
        for word in known.strip_before:
            if words.startswith(word, start) and end - start - len(word) >= 2:
                start, changed = start + len(word), True
                break
        for word in known.strip_after:
            if words.endswith(word, start, end) and end - start - len(word) >= 2:
                end, changed = end - len(word), True
                break
    return start, end


def _opens(words: str, start: int, end: int) -> bool:
    """An opening quote or bracket that is closed inside the item belongs to it."""
    pair = {"“": "”", "《": "》", "(": ")", '"': '"'}.get(words[start])
    return pair is not None and words.find(pair, start + 1, end - 1) >= 0


def _closes(words: str, start: int, end: int) -> bool:
    pair = {"”": "“", "》": "《", ")": "(", '"': '"'}.get(words[end - 1])
    return pair is not None and words.rfind(pair, start, end - 1) >= 0


def as_written(text: str, start: int, end: int) -> str:
    """The characters ``[start, end)`` of a passage's words (see ``corpus.flat``) as the
    document has them, without line breaks and marks of layout."""
    cleaned = clean(text)
    kept = [
        i
        for i, ch in enumerate(cleaned.text)
        if not (
            ch.isspace()
            and (
                i == 0
                or i + 1 >= len(cleaned.text)
                or not (cleaned.text[i - 1].isascii() and cleaned.text[i + 1].isascii())
            )
        )
    ]
    if not kept[start:end]:
        return ""
    first, last = cleaned.original(kept[start], kept[end - 1] + 1)
    raw = text[first:last].replace("**", "").replace("\n", "")
    return re.sub(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])|\[\d+\]", "", raw).strip()


def clause_of(words: str, start: int, end: int) -> tuple[int, int]:
    """The clause around a span."""
    first = max((e for _, e in breaks(words) if e <= start), default=0)
    last = min((s for s, _ in breaks(words) if s >= end), default=len(words))
    return first, last


@lru_cache(maxsize=512)
def breaks(words: str) -> tuple[tuple[int, int], ...]:
    """Where clauses end: punctuation outside quotes and titles.

    >>> breaks("以“夯实基础,助推发展”为主题,开展活动")
    ((14, 15),)
    """
    quoted = [m.span() for m in _QUOTED.finditer(words)]
    return tuple(
        m.span() for m in CLAUSE.finditer(words) if not any(s < m.start() and m.end() < e for s, e in quoted)
    )
