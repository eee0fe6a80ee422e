"""An English question in the order that Chinese has, so that the rules of figures, comparisons
and documents read it too (``rules/english.yaml``).

The names and measures in it stay as they are; words of the ontology are said by their Chinese
labels. It is one more way to read the question, ranked with the others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from ontology.lexicon.mention import Mention
from ontology.model import Ontology
from qa_service.questions.question import Vocabulary
from qa_service.rules.files import word_file

_YEAR = r"(?P<{slot}>(?:19|20)\d\d)"
_ANY = r"(?P<{slot}>.+?)"
_WHEN = re.compile(r",? ?\b(?:in|for|of|during|by) ((?:19|20)\d\d)$")
_LIST = re.compile(r",? and |, ?| or ")


@cache
def _rules() -> tuple[Mapping[str, Mapping[str, str]], tuple[tuple[re.Pattern[str], str], ...]]:
    """English word → Chinese word by list, and the patterns with what they say."""
    raw = word_file("english")
    words = {
        name: {en: zh for zh, said in table.items() for en in said} for name, table in raw["words"].items()
    }
    asks = []
    for pattern, zh in raw["asks"]:
        for name, table in words.items():
            choices = "|".join(sorted(map(re.escape, table), key=len, reverse=True))
            pattern = pattern.replace(f"{{{name}}}", f"(?P<{name}>{choices})")
        for slot in ("y", "z"):
            pattern = pattern.replace(f"{{{slot}}}", _YEAR.format(slot=slot))
        for slot in ("m", "a", "b", "all", "x", "q"):
            pattern = pattern.replace(f"{{{slot}}}", _ANY.format(slot=slot))
        asks.append((re.compile(pattern), zh))
    return words, tuple(asks)


def in_chinese_order(text: str, ontology: Ontology, vocabulary: Vocabulary) -> str:
    """The question as Chinese puts it; "" where no pattern fits.

    >>> in_chinese_order("what was the pass rate of 株洲 in 2024", ontology, vocabulary)   # doctest: +SKIP
    '2024年株洲合格率是多少'
    """
    asked = text.lower().strip(" ?？.。!")
    when = _WHEN.search(asked)
    for said, year in ((asked, ""), *(((asked[: when.start()], when[1]),) if when else ())):
        for pattern, zh in _rules()[1]:
            m = pattern.fullmatch(said)
            if m is None:
                continue
            slots = {k: _slot(k, v or "", ontology, vocabulary) for k, v in m.groupdict().items()}
            if re.search("[a-z]{2}", slots.get("m", "")):
                continue  # no measure that is known
            if year and slots.get("y"):
                continue
            return (f"{year}年" if year else "") + zh.format_map({"y": "", **slots})
    return ""


def _slot(name: str, said: str, ontology: Ontology, vocabulary: Vocabulary) -> str:
    words = _rules()[0]
    if name in words:
        return words[name].get(said, "")
    if name in ("y", "z"):
        return f"{said}年" if said else ""
    plain = re.sub(r"^(?:the|a|an) ", "", said.strip())
    if name == "all":
        several = (piece.strip() for piece in _LIST.split(plain))
        return "、".join(_in_chinese(piece, ontology, vocabulary) for piece in several if piece)
    return _in_chinese(plain, ontology, vocabulary, measure=name == "m")


def _in_chinese(text: str, ontology: Ontology, vocabulary: Vocabulary, *, measure: bool = False) -> str:
    """English words of the ontology (its metrics only, of a ``measure``) by their Chinese labels;
    甲 of 乙 as 乙的甲."""
    made, at = "", 0
    for start, end, meanings in sorted(vocabulary.find(text), key=lambda s: (s[0], -s[1])):
        if start < at or not text[start].isascii():
            continue
        known = (m for m in meanings if m.kind == "metric" or not measure)
        label = next((zh for m in known if (zh := _label(m, ontology))), "")
        if label:
            made += text[at:start] + label
            at = end
    made += text[at:]
    pieces = [re.sub("^(?:the|a|an) ", "", piece.strip()) for piece in made.split(" of ")]
    return "的".join(reversed(pieces))


def _label(m: Mention, ontology: Ontology) -> str:
    value = str(m.value)
    if m.kind == "class":
        return ontology.classes[value].labels.zh
    if m.kind == "subtype":
        return ontology.subtypes[value].labels.zh
    if m.kind == "metric":
        return ontology.metrics[value].labels.zh
    if m.kind == "role":
        return ontology.roles[value].labels.zh
    if m.kind == "relation" and m.inverse:
        noun = ontology.relations[value].inverse_labels.zh
        return "" if ontology.role_for(noun) else noun  # which would say more than the relation
    return ""
