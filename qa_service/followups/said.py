"""What a follow-up says: the things, periods, metrics and sorts that it names, and what is to be
done with the answer before (counted, listed, cited …)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ontology.lexicon.mention import Mention
from qa_service.questions.figure_words import figure_words, spans_of
from qa_service.questions.parts import bits
from qa_service.questions.question import Question
from qa_service.rules.files import longest_first, word_file

#: kinds of mentions that a follow-up can put in place of others
NAMING = ("entity", "period", "metric", "class", "subtype", "role")
#: kinds of mentions, and rules of structural words, with which a question says something by itself
_SAYING = ("relation", "attribute", "qualifier", "value")
_SAYING_WORDS = (
    "not", "record", "superlative.most", "superlative.least", "ask.where", "ask.who", "ask.yesno",
)  # fmt: skip
#: characters of a phrase of no vocabulary that a follow-up may be about
_PHRASE = 2


@dataclass(frozen=True)
class Said:
    """``named`` are the stretches that name something, each with all that it may mean; ``orders``
    what is to be done; ``kind`` the value kind asked for; ``phrase`` characters that mean nothing
    by themselves; ``pointing`` where a word points back; ``narrows``: only a part is wanted."""

    named: tuple[tuple[Mention, ...], ...] = ()
    orders: tuple[str, ...] = ()
    kind: str = ""
    kind_word: str = ""
    phrase: str = ""
    #: all that is left without the words that lead on and narrow: 国家级
    rest: str = ""
    pointing: tuple[int, int] | None = None
    narrows: bool = False


def said_by(question: Question) -> Said | None:
    """What a question says as a follow-up; None where it is a question of its own.

    >>> said_by(analysed("那株洲呢")).named[0][0].text                        # doctest: +SKIP
    '株洲'
    >>> said_by(analysed("株洲有哪些产业链"))                                  # doctest: +SKIP
    """
    text = question.clean.rstrip(" ?？。!！")
    words = _words()
    pointing = _pointing(text)
    if pointing is not None:
        return Said(pointing=pointing)
    told, going_on = _around(text)
    by = re.match(rf"(?:{_any(words['by'])})", text)
    inner = [m for a in question.segments for m in a if m.kind in ("class", "subtype")]
    per = by is not None and any(m.start == by.end() for m in inner)
    if by is not None and per:
        told |= bits(*by.span())
        told |= _stands(text, words["apart"])
    orders = ["per"] if per else []
    named = [a for a in question.segments if any(m.kind in NAMING for m in a)]
    fixed = 0
    for a in named:
        fixed |= bits(a[0].start, a[0].end)
    taken = told & ~_tail(text) | _metrics(question)
    ordered = [
        (end - start, order, start, end)
        for order, surfaces in words["orders"].items()
        for start, end in spans_of(text, surfaces)
        if not bits(start, end) & taken
    ]
    if ordered and not per:
        _, order, start, end = max(ordered)
        orders.append(order)
        told |= bits(start, end)
    named = [a for a in named if not bits(a[0].start, a[0].end) & told or per]
    only = _stands(text, words["only"])
    rest = "".join(ch for i, ch in enumerate(text) if not (told | only) >> i & 1).strip()
    kind, kind_word = _kind(text, told | _metrics(question))
    named = [a for a in named if a[0].text != kind_word]
    said = told | only
    for a in named:
        said |= bits(a[0].start, a[0].end)
    if kind_word:
        at = text.find(kind_word)
        said |= bits(at, at + len(kind_word))
    others = [a for a in question.segments if not bits(a[0].start, a[0].end) & said]
    phrase = _left(question, text, said)
    if _complete(named, others, orders, phrase, going_on or bool(only), bool(kind)):
        return None
    found = Said(tuple(named), tuple(orders), kind, kind_word, phrase, rest, None, bool(only))
    return found if found != Said(rest=rest, narrows=found.narrows) else None


def _complete(
    named: list[tuple[Mention, ...]],
    others: list[tuple[Mention, ...]],
    orders: list[str],
    phrase: str,
    going_on: bool,
    kind: bool,
) -> bool:
    """A question of its own: it says what is asked, and of what."""
    kinds = {m.kind for a in named for m in a}
    rules = {str(m.value) for a in others for m in a if m.kind == "word"}
    sorts = kinds & {"class", "subtype", "metric", "role"}
    asks = any(r.startswith("ask.") for r in rules)
    if any(m.kind in _SAYING for a in others for m in a if len(a) == 1) or rules & set(_SAYING_WORDS):
        return True
    if "entity" in kinds and (sorts or len(phrase) >= _PHRASE) and (asks or orders or not going_on):
        return True
    if "metric" in kinds and kinds & {"class", "subtype"} and "per" not in orders:
        return True
    if phrase and (len(phrase) > 8 or (not going_on and (asks or orders))):
        return True
    # bare words are searched for as they are: 轨道交通产业链
    return not (going_on or orders or asks or kind or (kinds <= {"entity", "period"} and len(named) <= 2))


def _left(question: Question, text: str, said: int) -> str:
    content = question.content()
    for a in question.segments:
        if any(m.kind == "word" for m in a):
            content &= ~bits(a[0].start, a[0].end)
    return "".join(ch for i, ch in enumerate(text) if content >> i & 1 and not said >> i & 1)


def _kind(text: str, told: int) -> tuple[str, str]:
    """The value kind that the words outside others ask for, and its word."""
    kinds = {**figure_words().kinds, "actual": tuple(_words()["actual"])}
    for kind, cues in kinds.items():
        for start, end in spans_of(text, cues):
            if not bits(start, end) & told:
                return kind, text[start:end]
    return "", ""


def _metrics(question: Question) -> int:
    mask = 0
    for a in question.segments:
        if any(m.kind in ("metric", "entity") for m in a):
            mask |= bits(a[0].start, a[0].end)
    return mask


def _pointing(text: str) -> tuple[int, int] | None:
    lead = re.match(rf"(?:{_any(_words()['lead'])})?", text)
    start = lead.end() if lead else 0
    for at in dict.fromkeys((start, 0)):
        found = re.match(_any(_words()["pointing"]), text[at:])
        other = text.startswith(("其中", "其他", "其余", "其它"), at)
        if found and at + found.end() < len(text) and not other:
            return at, at + found.end()
    return None


def _around(text: str) -> tuple[int, bool]:
    """The characters that only lead on, at both ends, and whether they go on from something."""
    words = _words()
    lead = re.match(rf"(?:(?:{_any(words['lead'])})[ ,]*)+(?=.)", text)
    mask = bits(0, lead.end()) if lead else 0
    mask |= _tail(text)
    going = _any(words["going_on"])
    on = re.match(going, text) is not None or re.search(rf"(?:{going})$", text) is not None
    return mask, on


def _tail(text: str) -> int:
    found = re.search(rf"(?:{_any(_words()['tail'])})+$", text)
    return bits(found.start(), len(text)) if found and found.start() > 0 else 0


def _stands(text: str, surfaces: tuple[str, ...]) -> int:
    mask = 0
    for start, end in spans_of(text, surfaces):
        mask |= bits(start, end)
    return mask


@cache
def _words() -> Mapping[str, Any]:
    raw = word_file("followups")
    made: dict[str, Any] = {k: longest_first(v) for k, v in raw.items() if k != "orders"}
    made["orders"] = {k: longest_first(v) for k, v in raw["orders"].items()}
    return made


def _any(surfaces: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, surfaces))


def with_sort(text: str, at: int) -> bool:
    """Whether the sort of the thing may stand behind the pointing word that ends at ``at``."""
    return text[:at].endswith(tuple(_words()["pointing_at"]))
