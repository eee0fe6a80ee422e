"""Finding many given names in a text at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import add

from ontology.lexicon.mention import Mention

#: characters that are written or left out at will: quotation marks, spaces
_SKIPPED = frozenset("“”‘’\"'「」『』 \u3000\t\n\r")


class NameIndex:
    """Longest match over given surfaces; every value of a surface is kept.

    >>> index = NameIndex([("株洲", "entity", "430200"), ("株洲市", "entity", "430200")])
    >>> [(m.text, m.value) for m in index.find("在株洲市天元区")]
    [('株洲市', '430200')]

    Quotation marks, spaces and case make no difference: “一站式”服务平台 is found where
    一站式服务平台 was given. Latin names are found as whole words only. One pass over the
    text; the cost does not depend on the number of names.
    """

    def __init__(self, entries: Iterable[tuple[str, str, object]]) -> None:
        self._values: dict[str, list[tuple[str, object]]] = {}
        lengths: dict[str, set[int]] = {}
        for surface, kind, value in entries:
            key = _key(surface)
            if not key:
                continue
            found = self._values.setdefault(key, [])
            if (kind, value) not in found:
                found.append((kind, value))
            lengths.setdefault(key[:2], set()).add(len(key))
        #: first two characters → lengths of the names that begin so, longest first
        self._lengths = {head: tuple(sorted(known, reverse=True)) for head, known in lengths.items()}
        self._singles = any(len(head) == 1 for head in lengths)

    def __len__(self) -> int:
        return len(self._values)

    def find(self, text: str) -> list[Mention]:
        """Mentions in order, none inside another; several of one span where a name has
        several values."""
        places: Sequence[int] = range(len(text))
        line = text.lower()
        if not _SKIPPED.isdisjoint(text):
            places = [i for i, char in enumerate(text) if char not in _SKIPPED]
            line = "".join([text[i] for i in places]).lower()
        if len(line) != len(places):  # a character whose lower case is longer: leave case alone
            line = "".join([text[i] for i in places])
        found: list[Mention] = []
        values, by_head = self._values, self._lengths
        heads = [at for at, head in enumerate(map(add, line, line[1:])) if head in by_head]
        if self._singles:
            heads = sorted({*heads, *(at for at, char in enumerate(line) if char in by_head)})
        end = 0
        for at in heads:
            if at < end:
                continue
            length = self._longest(line, at, places, by_head.get(line[at : at + 2], ()))
            if not length and line[at] in by_head:
                length = self._longest(line, at, places, by_head[line[at]])
            if not length:
                continue
            start, stop = places[at], places[at + length - 1] + 1
            found.extend(
                Mention(kind, start, stop, text[start:stop], value, "name_index")
                for kind, value in values[line[at : at + length]]
            )
            end = at + length
        return found

    def _longest(self, line: str, at: int, places: Sequence[int], lengths: tuple[int, ...]) -> int:
        for length in lengths:
            end = at + length
            if line[at:end] in self._values and end <= len(line) and _whole_words(line, at, end, places):
                return length
        return 0


def _key(surface: str) -> str:
    if _SKIPPED.isdisjoint(surface):
        return surface.lower()
    return "".join([char for char in surface if char not in _SKIPPED]).lower()


def _whole_words(line: str, start: int, end: int, places: Sequence[int]) -> bool:
    """Latin letters and digits at the edge of a name must end there in the text too."""
    if start and _latin(line[start]) and _latin(line[start - 1]) and places[start] == places[start - 1] + 1:
        return False
    return not (
        end < len(line) and _latin(line[end - 1]) and _latin(line[end]) and places[end] == places[end - 1] + 1
    )


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
