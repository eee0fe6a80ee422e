"""The words that the rules of ``names.py`` compose, read from ``name_cues.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ontology.kept import kept

_DATA = Path(__file__).with_name("name_cues.toml")


@dataclass(frozen=True)
class NameCues:
    """Words by what they say; see the comments of the data file."""

    boundary: tuple[str, ...]
    kept: tuple[str, ...]
    leading: tuple[str, ...]
    generic: frozenset[str]
    trades: frozenset[str]
    adjectives: tuple[str, ...]
    modifiers: tuple[str, ...]
    not_in_firm: tuple[str, ...]
    strong: tuple[str, ...]
    brand: tuple[str, ...]
    weak: tuple[str, ...]
    listed: tuple[str, ...]
    firm_kinds: tuple[str, ...]
    stems: tuple[str, ...]
    agency_heads: tuple[str, ...]
    ministries: tuple[str, ...]
    bodies: tuple[str, ...]
    level_bodies: tuple[str, ...]
    institutions: tuple[str, ...]
    parks: tuple[str, ...]
    chains: tuple[str, ...]
    platforms: tuple[str, ...]
    platform_subtypes: tuple[tuple[str, tuple[str, ...]], ...]
    industries: tuple[str, ...]
    honours: tuple[str, ...]
    posts: tuple[str, ...]
    surnames: str
    after_person: tuple[str, ...]
    policy_kinds: tuple[str, ...]
    policy_lists: tuple[str, ...]

    def subtype_of_platform(self, name: str) -> str:
        """``国家轨道交通质检中心`` → national_centre; empty where the name says nothing."""
        bare = re.sub("[“”\"'‘’]", "", name)
        for key, words in self.platform_subtypes:
            for word in words:
                if word in bare if key == "one_stop" else bare.endswith(word):
                    if key == "testing_body" and bare.startswith("国家") and len(bare) > 6:
                        return "national_centre"
                    return key
        return ""


def alternation(words: Iterable[str]) -> str:
    """A pattern that matches any of the words, the longest first."""
    return "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w)))


@cache
def name_cues() -> NameCues:
    """The cue words; read once and kept (``kept.py``)."""
    sources = (_DATA.read_bytes(), Path(__file__).read_bytes())
    return kept("name-cues", NameCues, sources, lambda: _parsed(sources[0].decode()))


def _parsed(text: str) -> NameCues:
    import tomllib

    data: dict[str, Any] = tomllib.loads(text)
    generic, firm, body = data["generic"], data["enterprise"], data["institution"]
    return NameCues(
        boundary=tuple(data["boundary"]["words"]),
        kept=tuple(data["boundary"]["kept"]),
        leading=tuple(data["boundary"]["leading"]),
        generic=frozenset(generic["words"]),
        trades=frozenset(generic["trades"]),
        adjectives=tuple(generic["adjectives"]),
        modifiers=tuple(generic["modifiers"]),
        not_in_firm=tuple(generic["not_in_firm"]),
        strong=tuple(firm["strong"]),
        brand=tuple(firm["brand"]),
        weak=tuple(firm["weak"]),
        listed=tuple(firm["listed"]),
        firm_kinds=tuple(firm["kinds"]),
        stems=tuple(body["stems"]),
        agency_heads=tuple(body["heads"]),
        ministries=tuple(body["ministries"]),
        bodies=tuple(body["fixed"]),
        level_bodies=tuple(body["levels_bodies"]),
        institutions=tuple(body["suffixes"]),
        parks=tuple(data["park"]["suffixes"]),
        chains=tuple(data["chain"]["suffixes"]),
        platforms=tuple(data["platform"]["heads"]["words"]),
        platform_subtypes=tuple((k, tuple(v)) for k, v in data["platform"]["subtypes"].items()),
        industries=tuple(data["industry"]["suffixes"]),
        honours=tuple(data["honour"]["words"]),
        posts=tuple(data["person"]["posts"]),
        surnames=data["person"]["surnames"],
        after_person=tuple(data["person"]["after"]),
        policy_kinds=tuple(data["policy"]["kinds"]),
        policy_lists=tuple(data["policy"]["lists"]),
    )
