"""How Chinese prose states relations: rules over a line in which every named thing is one
character, composed of cue words (``relation_cues.toml``).

In a pattern ``<E+>`` is a list of enterprises (A、B和C), ``<D++>`` one of titles with who issued
the second between them, ``<RK>`` one region or park (wide to narrow in a row), ``{g8}`` up to
eight characters without a name (``{c8}``: within the clause), ``{v8}`` such without a name that
could be the subject, ``{w8}`` any; ``{issue}`` any of the cue words of that name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from ontology.lexicon.name_cues import alternation
from ontology.model import Ontology

_DATA = Path(__file__).with_name("relation_cues.toml")
#: class → its letter in patterns; in the line it is a character of the private use area
LETTERS: Mapping[str, str] = {
    "Region": "R",
    "Park": "K",
    "Enterprise": "E",
    "Institution": "I",
    "Chain": "C",
    "Cluster": "C",
    "Platform": "F",
    "Policy": "D",
    "Standard": "S",
    "Person": "P",
    "Honour": "H",
    "Industry": "N",
    "Project": "J",
}
_BASE = 0xE000
_AND = "(?:[,、]?(?:以及|和|与|及|暨)|、|,|;)"
#: 甲印发的《乙》和丙印发的《丁》: who issued the second title, between the two
_ISSUED = "(?:[\ue049、]{1,5}(?:(?:联合)?(?:印发|发布|出台|制定|下发)的)?)?"


@dataclass(frozen=True, eq=False)
class Rule:
    """One way of stating a relation. ``subject``/``object`` say where an end comes from that
    the pattern has no group for: ``place`` (of section or document), ``own`` (the document
    as a policy), ``chain`` or a class (the last one named). ``fact_only``: said of plans
    (推进…建设) it states nothing."""

    name: str
    relation: str
    pattern: re.Pattern[str]
    subject: str = ""
    object: str = ""
    fact_only: bool = False
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    #: of each of these characters a line must hold one, or the pattern cannot match
    needs: tuple[frozenset[str], ...] = ()


def token(cls: str) -> str:
    """The character that stands for a thing of the class in a masked line."""
    return chr(_BASE + ord(LETTERS[cls]))


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return loaded


def compile_pattern(pattern: str, more: Mapping[str, tuple[str, ...]] | None = None) -> re.Pattern[str]:
    """A rule's pattern with its classes, gaps and cue words (and ``more`` of them) filled in."""
    return re.compile(_cues(_gaps(_classes(pattern)), more or {}))


def _classes(pattern: str) -> str:
    def made(m: re.Match[str]) -> str:
        one = _class(m[1]) + ("{1,5}" if set(m[1]) & set("RK") else "")
        joint = _AND[:-1] + "|会同|联合|携手)" if m[1] == "I" else _AND
        if m[1] == "D":  # 《甲办法》(某局令第18号)和《乙计划》
            one += r"(?:\([^()。]{0,40}\)(?=[和与及、,]))?"
            joint += _ISSUED if m[2] == "++" else ""
        if m[1] == "E":  # 甲镇的乙公司、丙镇的丁公司; 甲有限公司(ABC)
            one += r"(?:\([A-Za-z0-9]{2,12}\))?"
            joint += f"(?:{_class('RK')}{{1,3}}的)?"
        # titles in brackets need no comma between them, nor do 中共中央 国务院
        return f"{one}(?:(?:{joint}){'?' if m[1] in 'DI' else ''}{one}){{0,60}}" if m[2] else one

    return re.sub(r"(?<!P)<([A-Z]+)(\+{0,2})>", made, pattern)


def _class(letters: str) -> str:
    return "[" + "".join(chr(_BASE + ord(c)) for c in letters) + "]"


def _gaps(pattern: str) -> str:
    subjects = "".join(chr(_BASE + ord(c)) for c in "RKCIE")
    kinds = {"g": "\ue000-\uf8ff", "c": ",:\ue000-\uf8ff", "v": subjects, "w": ""}
    return re.sub(r"\{([gcvw])(\d+)\}", lambda m: f"[^。;{kinds[m[1]]}]{{0,{m[2]}}}?", pattern)


def _cues(pattern: str, more: Mapping[str, tuple[str, ...]]) -> str:
    words: dict[str, list[str]] = _data()["cues"]
    return re.sub(
        r"\{([a-z_]+)\}", lambda m: f"(?:{alternation((*words[m[1]], *more.get(m[1], ())))})", pattern
    )


def rules(ontology: Ontology | None = None) -> tuple[Rule, ...]:
    """All rules; with an ontology its labels are cue words too."""
    more: list[tuple[str, tuple[str, ...]]] = []
    if ontology is not None:
        for key, label in _data()["labels"].items():
            name, _, inverse = label.partition(" ")
            relation = ontology.relations.get(name)
            if relation is not None:
                labels = relation.inverse_labels if inverse else relation.labels
                more.append((key, tuple(w for w in labels.all() if not w.isascii() and len(w) > 1)))
    return _compiled(tuple(more))


@lru_cache(maxsize=8)
def _compiled(more: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[Rule, ...]:
    return tuple(
        Rule(
            r["name"],
            r["relation"],
            compile_pattern(r["pattern"], dict(more)),
            r.get("subject", ""),
            r.get("object", ""),
            r.get("fact_only", False),
            r.get("qualifiers", {}),
            _needs(r["pattern"]),
        )
        for r in _data()["rules"]
    )


@lru_cache(maxsize=4096)
def rules_for(compiled: tuple[Rule, ...], things: frozenset[str]) -> tuple[Rule, ...]:
    """The rules whose classes are all among those of a line: ``things``, its characters that are tokens."""
    return tuple(rule for rule in compiled if not any(map(things.isdisjoint, rule.needs)))


def _needs(pattern: str) -> tuple[frozenset[str], ...]:
    """The classes of the ends that a pattern names and does not leave open."""
    ends = re.findall(r"\(\?P<[so]><([A-Z]+)\+*>\)(?!\?)", pattern)
    return tuple(frozenset(chr(_BASE + ord(letter)) for letter in letters) for letters in ends)


@cache
def word_pattern(key: str) -> re.Pattern[str]:
    """The cue words of one name alone."""
    return re.compile(f"(?:{alternation(_data()['cues'][key])})")
