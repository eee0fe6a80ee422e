"""Which level of a judged item something has reached that a question describes.

三家企业拿到了成果,成效也显著,这项打几分 tells what was achieved and asks for the points. The item is the
one whose name and levels have most of the question's words; its level is the one that what the
question says speaks for: words that only this level has, grades on one scale (全面 and 主要, 大幅 and
一定), numbers that reach what it demands, and what the question denies. Where two levels fit alike
none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ontology.lexicon.dimensions.number import chinese
from qa_service.passages.corpus import flat
from qa_service.questions.alike import general
from qa_service.questions.named_parts import NamedPart
from qa_service.questions.overlap import covered, pairs
from qa_service.questions.part_words import stands
from qa_service.questions.parts import bits
from qa_service.readings.asked_parts import Asks, either, made
from qa_service.readings.reading import Reading
from qa_service.rules.files import longest_first, word_file
from qa_service.session import Session
from queries.logical_form import Entity, Observations

#: share of the words of the question that item and levels account for at least
_LEAST = 0.6
#: how much the item is ahead of the next one, and the level of the next one
_AHEAD, _DECIDED = 0.08, 0.12
#: what speaks for a level: a grade it shares, one of another level, a number reached, a condition unmet
_GRADE, _OTHER_GRADE, _NUMBER, _UNMET = 0.5, -0.4, 0.4, 0.1
_POINTS = (
    "(?:几|多少|什么|哪个|哪一?档)\\s?{unit}|{unit}(?:数|值)?(?:区间|段|是多少)|哪一?[档级]|哪个(?:档|等级)"
)
_NO_LEVEL = re.compile(r"满分|总分|最[高低多少]|各档|每档|分别|[几多少]+个?[档级]|分[成为]")
_CLAUSE = re.compile(r"[,;。:!?]")
_NUMBER_SAID = re.compile(r"(\d+|[一两二三四五六七八九十]+)(余|多)?(?:个|家|项|种|次|名|件|类)(以上)?")


@dataclass(frozen=True)
class _Words:
    """``scales``: word → (scale, grade)."""

    scales: Mapping[str, tuple[int, int]]
    lists: Mapping[str, tuple[str, ...]]


@cache
def _words() -> _Words:
    raw = word_file("levels")
    scales = {
        str(word): (scale, grade)
        for scale, grades in enumerate(raw["scales"])
        for grade, words in enumerate(grades)
        for word in words
    }
    return _Words(scales, {k: longest_first(v) for k, v in raw.items() if k != "scales"})


@dataclass(frozen=True)
class Judged:
    """An item that a question describes a level of: ``level`` is None where several fit alike."""

    item: NamedPart
    level: NamedPart | None
    explained: int


def of_levels(asks: Asks, session: Session) -> list[Reading] | None:
    """Readings as the level that is described; None where none is described, [] where it stays
    open which one."""
    lacking = _mentioning(asks, session)
    if lacking is not None:
        return lacking
    judged = judged_by(asks, session)
    if judged is None:
        return None
    if judged.level is None:
        return []
    form = Observations(Entity(judged.level.id), "", kind="actual")
    return [made(asks, form, judged.explained, f"level described {judged.level.name}", -0.03)]


def judged_by(asks: Asks, session: Session) -> Judged | None:
    """The item and the level that a question describes."""
    chosen = _item(asks, session)
    if chosen is None:
        return None
    item, levels, name, explained = chosen
    unit = re.compile(_POINTS.format(unit=re.escape(item.unit)))
    asking = 0
    for m in unit.finditer(asks.text):
        asking |= bits(*m.span())
    told = asks.content & ~name & ~asking & ~asks.has("aside") & ~asks.has("part") & ~asks.class_mask
    if not asking or _NO_LEVEL.search(asks.text) or told.bit_count() < 4:
        return None
    scored = sorted(
        ((_speaks(asks, told, p, levels), n, p) for n, p in enumerate(levels)), key=lambda s: (-s[0], s[1])
    )
    best, behind = scored[0], scored[1]
    decided = best[0] > 0 and best[0] - behind[0] >= _DECIDED
    return Judged(item, best[2] if decided else None, explained | asking | asks.negation)


def _item(asks: Asks, session: Session) -> tuple[NamedPart, Sequence[NamedPart], int, int] | None:
    """The judged item whose name and levels have most of the question's words; the characters of
    its name, and all that it accounts for."""
    idle = asks.has("aside") | asks.class_mask | stands(asks.text, _words().scales)
    content = asks.content & ~idle
    total = _weight(asks, content)
    found = []
    for part in session.parts.parts:
        levels = session.parts.within.get(part.id, ())
        if not part.unit or len(levels) < 2 or (asks.documents and part.document not in asks.documents):
            continue
        if any(session.parts.within.get(p.id) or not p.unit for p in levels):
            continue
        name = covered(asks.text, asks.content, (flat(part.name),))
        texts = [flat(p.name) for p in levels]
        body = covered(asks.text, asks.content, texts) | general().within(asks.text, asks.content, texts)
        score = (1.3 * _weight(asks, name & content) + _weight(asks, body & content & ~name)) / max(
            total, 0.1
        )
        found.append((score, part, levels, name, name | body))
    found.sort(key=lambda f: (-f[0], f[1].id))
    if not found or found[0][0] < _LEAST or (len(found) > 1 and found[0][0] - found[1][0] < _AHEAD):
        return None
    _, part, levels, name, explained = found[0]
    return part, levels, name, explained | stands(asks.text, _words().scales)


def _speaks(asks: Asks, told: int, level: NamedPart, levels: Sequence[NamedPart]) -> float:
    """How much of what is told speaks for a level rather than for the others."""
    text = flat(level.name)
    others = [flat(p.name) for p in levels if p is not level]
    score = 0.0
    start = 0
    for end in [*(m.start() for m in _CLAUSE.finditer(asks.text)), len(asks.text)]:
        mask = told & bits(start, end)
        said = asks.text[start:end]
        start = end + 1
        if not mask:
            continue
        denied = _denies(said)
        score += _contrast(asks, mask, text, others) * (-1 if denied and not _denies(text) else 1)
        if denied and _denies(text) and not any(map(_denies, others)):
            score += _GRADE
        score += _graded(said, text, denied)
        if not denied:
            score += _reached(said, text)
    score += _joined(asks.text, text)
    return score - _UNMET * _unmet(text, others, asks.text)


def _contrast(asks: Asks, mask: int, text: str, others: Sequence[str]) -> float:
    """The characters told that this level has and others have not, as a share of all told."""

    def within(source: str) -> int:
        return covered(asks.text, mask, (source,)) | general().within(asks.text, mask, (source,))

    own = within(text)
    score = 0.0
    for other in others:
        score += _weight(asks, own & ~within(other))
    return score / max(1.0, _weight(asks, mask)) / max(1, len(others))


def _graded(said: str, text: str, denied: bool) -> float:
    """Grades of one scale: the same one speaks for the level, another one against it."""
    mine, its = _grades(said), _grades(text)
    score = 0.0
    for scale, grades in mine.items():
        if scale in its:
            same = bool(grades & its[scale])
            score += (_GRADE if same else _OTHER_GRADE) * (-1 if denied else 1)
    return score


def _grades(text: str) -> Mapping[int, frozenset[int]]:
    taken, found = 0, dict[int, set[int]]()
    for word, (scale, grade) in sorted(_words().scales.items(), key=lambda w: -len(w[0])):
        at = text.find(word)
        if at >= 0 and not taken & bits(at, at + len(word)):
            taken |= stands(text, [word])
            found.setdefault(scale, set()).add(grade)
    return {scale: frozenset(grades) for scale, grades in found.items()}


def _reached(said: str, text: str) -> float:
    """有三家 reaches 两个以上: a number that the level demands, of those told."""
    told = [n for n, _ in _numbers(said)]
    demanded = [n for n, more in _numbers(text) if more]
    if not told or not demanded:
        return 0.0
    return _NUMBER if max(told) >= max(demanded) else -2 * _NUMBER


def _numbers(text: str) -> list[tuple[int, bool]]:
    found = []
    for m in _NUMBER_SAID.finditer(text):
        value = int(m[1]) if m[1].isdigit() else chinese(m[1].replace("两", "二"))
        if value:
            found.append((int(value), bool(m[3])))
    return found


def _joined(said: str, text: str) -> float:
    """Whether one of two conditions is met, or both."""
    lists = _words().lists
    one = bool(stands(said, lists["either"]))
    its_one = bool(stands(text, ["或"])) and not stands(text, ["且"])
    if one:
        return 2 * _GRADE if its_one else 0.0
    return -_GRADE / 2 if its_one and stands(said, lists["both"]) else 0.0


def _unmet(text: str, others: Sequence[str], said: str) -> float:
    """The share of what only this level demands that the question says nothing of."""
    own = [p for p in pairs(text) if not any(p in o for o in others)]
    return sum(p not in said for p in own) / max(1, len(own)) if own else 0.0


def _denies(text: str) -> bool:
    return bool(stands(text, _words().lists["denied"]))


def _weight(asks: Asks, mask: int) -> float:
    return sum(w for i, w in enumerate(asks.weights) if mask >> i & 1)


def _mentioning(asks: Asks, session: Session) -> list[Reading] | None:
    """哪档没提首席质量官: the levels of a named item whose text has the words, or has them not."""
    lists = _words().lists
    verb = re.search(
        f"(?:{'|'.join(lists['asks_level'])})[^,;。]{{0,3}}?(没有?|未|不)?"
        f"(?:{'|'.join(lists['mentions'])})(?:到|了|过)?([^,;。?的]{{2,}})",
        asks.text,
    )
    if not verb:
        return None
    words = verb[2]
    found = []
    for part in session.parts.parts:
        levels = session.parts.within.get(part.id, ())
        if not part.unit or len(levels) < 2 or any(session.parts.within.get(p.id) for p in levels):
            continue
        name = covered(asks.text, asks.content, (flat(part.name),))
        having = [p for p in levels if words in flat(p.name)]
        if name and having and len(having) < len(levels):
            found.append((_weight(asks, name), part, levels, having, name))
    found.sort(key=lambda f: (-f[0], f[1].id))
    if not found or (len(found) > 1 and found[0][0] == found[1][0]):
        return None
    _, _, levels, having, name = found[0]
    kept = [p for p in levels if (p in having) != bool(verb[1])]
    explained = name | bits(*verb.span()) | asks.has("part") | asks.class_mask
    reading = made(asks, either([p.id for p in kept]), explained, f"levels with {words}", 0.0)
    written = tuple((p.id, f"{p.name}（{p.low:g}-{p.high:g}{p.unit}）") for p in kept)
    return [replace(reading, written=written)]
