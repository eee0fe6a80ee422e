"""Made-up names that hold no word of the ontology, of questions or of the gazetteer."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from random import Random

from ontology.gazetteer import gazetteer
from ontology.model import Ontology
from qa_service.rules.words import structural_words

#: characters that stand in few words, no two of them read alike but for their tone
_CHARACTERS = "岚砚棠鹭芷桁珩翊霁璟茗黛禹蔚锦曦湛骁琅菡沐筠昀瑾绮泓珞嵘晔"
_LENGTH = 3


class Names:
    """Names one after another, each sharing no two neighbouring characters with another.

    >>> names = Names(load_ontology(), Random(1)); names.new() != names.new()          # doctest: +SKIP
    True
    """

    def __init__(self, ontology: Ontology, rng: Random, taken: Iterable[str] = ()) -> None:
        self._rng = rng
        self._words = _words(ontology)
        self._taken = frozenset(name[:_LENGTH] for name in taken)
        self._pairs: set[str] = set()

    def new(self, length: int = _LENGTH) -> str:
        for _ in range(10_000):
            name = "".join(self._rng.sample(_CHARACTERS, length))
            pairs = {name[i : i + 2] for i in range(length - 1)}
            if name in self._taken or any(word in name for word in self._words):
                continue
            if not pairs & self._pairs:
                self._pairs |= pairs
                return name
        raise ValueError("no name is left")


@cache
def _words(ontology: Ontology) -> frozenset[str]:
    """Words of the pool's characters that mean something."""

    def all_words() -> Iterable[str]:
        yield from (word.surface for word in ontology.words())
        yield from (word for words in structural_words().values() for word in words)
        yield from (name for name, _ in gazetteer().names(weak=True))

    pool = set(_CHARACTERS)
    return frozenset(word for word in all_words() if word and set(word) <= pool)
