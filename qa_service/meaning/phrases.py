"""What the model is trained on: the ontology's words and the same in other ordinary words.

Nothing here comes from documents or from questions that anybody asked.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from ontology.lexicon.normalise import fold
from ontology.model import Ontology
from qa_service.meaning.words import contrary, words

#: other wordings of one word of the ontology at most, and words that are put for others in each
_MOST_VARIANTS = 60
_MOST_SWAPS = 2

#: what means the same → its phrases, as the ontology has them first
Groups = Mapping[str, tuple[str, ...]]


def groups(ontology: Ontology, seed: int = 0) -> Groups:
    """Phrases by what they mean: each term's own words with wordings made from them, and the groups of
    ``words.yaml``. Terms that share a word are one group, so that none is told from itself.

    >>> from ontology.read import load_ontology
    >>> "产品达标率" in groups(load_ontology())["metric product_pass_rate"]
    True
    """
    own: dict[str, list[str]] = defaultdict(list)
    for word in ontology.words():
        own[f"{word.kind} {word.value}{' inverse' if word.inverse else ''}"].append(word.surface)
    for n, group in enumerate(words().alike):
        own[f"words {n}"] = list(group)
    joined = _joined(own)
    pick = random.Random(seed)
    return {
        name: tuple(dict.fromkeys((*surfaces, *(v for s in surfaces for v in _variants(s, pick)))))
        for name, surfaces in joined.items()
    }


def _joined(own: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Terms that have a word in common, as one; a group of ordinary words stays on its own."""
    first: dict[str, str] = {}
    into: dict[str, str] = {}

    def root(name: str) -> str:
        while into.get(name, name) != name:
            name = into[name]
        return name

    for name, surfaces in own.items():
        into[name] = name
        for surface in surfaces if not name.startswith("words ") else ():
            other = first.setdefault(fold(surface), name)
            into[root(name)] = root(other)
    joined: dict[str, list[str]] = defaultdict(list)
    for name, surfaces in own.items():
        joined[root(name)] += surfaces
    return joined


def _variants(surface: str, pick: random.Random) -> list[str]:
    """The same in other ordinary words: one word put for another, and again in what that gives."""
    found: dict[str, None] = {}
    last = [surface]
    for _ in range(_MOST_SWAPS):
        last = [v for text in last for v in _swapped(text) if v != surface and not contrary(surface, v)]
        if len(last) > _MOST_VARIANTS:
            last = pick.sample(last, _MOST_VARIANTS)
        found |= dict.fromkeys(last)
    made = list(found)
    return made if len(made) <= _MOST_VARIANTS else sorted(pick.sample(made, _MOST_VARIANTS))


def ordinary(text: str) -> Iterator[tuple[int, int]]:
    """Where the words of ``words.yaml`` stand, longest first from the left: 产品 质量, never 产 品质 量."""
    table, longest = _table()
    at = 0
    while at < len(text):
        for end in range(min(len(text), at + longest), at, -1):
            # a single character is the word where it ends the phrase (率, 数), hardly inside
            if text[at:end] in table and (end - at > 1 or end == len(text)):
                yield at, end
                at = end
                break
        else:
            at += 1


def _swapped(text: str) -> Iterator[str]:
    """One of its words put for another."""
    table, _ = _table()
    for start, end in ordinary(text):
        yield from (text[:start] + other + text[end:] for other in table[text[start:end]])


@cache
def _table() -> tuple[Mapping[str, tuple[str, ...]], int]:
    table: dict[str, dict[str, None]] = defaultdict(dict)
    for group in words().alike:
        for word in group:
            table[word] |= dict.fromkeys(other for other in group if other != word)
    return {w: tuple(others) for w, others in table.items()}, max(map(len, table))
