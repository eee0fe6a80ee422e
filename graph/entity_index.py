"""Name or alias → candidate entities, built with each version of a store.

A memory-mapped trie: millions of names take tens of megabytes and open at once. Exact spellings
come first, then spellings that fold to the same key (``ontology.lexicon.normalise.fold``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import marisa_trie

from ontology.lexicon.normalise import fold

#: stands before a folded key; no name begins with it
_FOLDED = "\x01"
_SEPARATOR = "\x1f"


class Named(NamedTuple):
    """A node with its names, as the index is built from it."""

    id: str
    cls: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """A node that a name may mean."""

    id: str
    cls: str
    name: str


class EntityIndex:
    """The names of one version of a graph.

    >>> index.find("中车株机")                                            # doctest: +SKIP
    (Candidate(id='enterprise:中车株洲电力机车有限公司', cls='Enterprise', name=…),)
    """

    def __init__(self, path: Path | None = None) -> None:
        self._trie = marisa_trie.BytesTrie()
        if path is not None:
            self._trie.mmap(str(path))

    def find(self, surface: str) -> tuple[Candidate, ...]:
        """The nodes of that name or alias: exact spelling before folded, names before aliases."""
        found: dict[str, Candidate] = {}
        exact = [_candidate(entry) for entry in self._trie.get(surface, ())]
        folded = [_candidate(entry) for entry in self._trie.get(_FOLDED + fold(surface), ())]
        for group in (exact, folded):
            by_id = {candidate.id: candidate for candidate in group}
            named = [id_ for id_ in sorted(by_id) if by_id[id_].name == surface]
            for id_ in (*named, *sorted(by_id)):
                found.setdefault(id_, by_id[id_])
        return tuple(found.values())

    def surfaces(self) -> tuple[str, ...]:
        """Every name and alias, as written, each once."""
        return tuple(dict.fromkeys(k for k in self._trie.iterkeys() if not k.startswith(_FOLDED)))

    def prefix(self, prefix: str, limit: int = 20) -> tuple[str, ...]:
        """Names and aliases that begin so, the first ``limit`` of them."""
        found: dict[str, None] = {}
        for key in self._trie.iterkeys(prefix):
            if not key.startswith(_FOLDED):
                found[key] = None
            if len(found) >= limit:
                break
        return tuple(found)

    def within(self, folded: str) -> tuple[tuple[int, int, tuple[Candidate, ...]], ...]:
        """Every stretch of a folded text that is a name: (start, end, candidates).

        >>> index.within("谁给中联重科供货")                                # doctest: +SKIP
        ((2, 6, (Candidate(id='enterprise:中联重科', …),)),)
        """
        found = []
        for start in range(len(folded)):
            for key in self._trie.prefixes(_FOLDED + folded[start:]):
                candidates = {c.id: c for c in map(_candidate, self._trie[key])}
                named = [i for i in sorted(candidates) if fold(candidates[i].name) == key[1:]]
                ranked = dict.fromkeys((*named, *sorted(candidates)))
                found.append((start, start + len(key) - 1, tuple(candidates[i] for i in ranked)))
        return tuple(found)

    def beginning(self, folded: str, limit: int = 20) -> tuple[tuple[str, Candidate], ...]:
        """Folded names that begin so, with what they name: the first ``limit`` of them."""
        found = []
        for key, entry in self._trie.iteritems(_FOLDED + folded):
            found.append((key[1:], _candidate(entry)))
            if len(found) >= limit:
                break
        return tuple(found)

    def __len__(self) -> int:
        return len(self.surfaces())


def build(nodes: Iterable[Named], path: Path) -> None:
    """Write the index of ``nodes`` to a file."""
    marisa_trie.BytesTrie(_entries(nodes)).save(str(path))


def _entries(nodes: Iterable[Named]) -> Iterable[tuple[str, bytes]]:
    for node in nodes:
        entry = _SEPARATOR.join((node.cls, node.id, node.name)).encode()
        folded = set()
        for surface in dict.fromkeys((node.name, *node.aliases)):
            if not surface:
                continue
            yield surface, entry
            folded.add(fold(surface))
        for key in sorted(folded - {""}):
            yield _FOLDED + key, entry


def _candidate(entry: bytes) -> Candidate:
    cls, id_, name = entry.decode().split(_SEPARATOR, 2)
    return Candidate(id_, cls, name)
