"""A long list that is not held in memory: what does not fit stands in a file that has no name and goes
with its process. A short one is an ordinary list, and costs what one costs."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Final, TypeVar, overload

T = TypeVar("T")

#: items that are written and read together
PART: Final = 500
#: so many stay at hand
AT_HAND: Final = 5_000
#: parts that were read last are kept: readers look one or two items back and ahead
_RECENT: Final = 3


class KeptAside(Sequence[T]):
    """Items in their order, the first ones in memory and the others in a file.

    >>> kept = KeptAside("产业链", at_hand=0, part=2)
    >>> list(kept), kept[2], kept[-1], len(kept), list(kept[1:])
    (['产', '业', '链'], '链', '链', 3, ['业', '链'])

    Items are equal to those that were put in, and after a while not the same objects.
    """

    def __init__(self, items: Iterable[T] = (), *, at_hand: int = -1, part: int = 0) -> None:
        self._part = part or PART
        self._at_hand = AT_HAND if at_hand < 0 else at_hand
        self._first: list[T] = []
        self._last: list[T] = []
        self._file: IO[bytes] | None = None
        self._places: list[tuple[int, int]] = []
        self._read: dict[int, list[T]] = {}
        self.extend(items)

    def append(self, item: T) -> None:
        if len(self._first) < self._at_hand:
            self._first.append(item)
            return
        self._last.append(item)
        if len(self._last) == self._part:
            self._put_aside()

    def extend(self, items: Iterable[T]) -> None:
        for item in items:
            self.append(item)

    def __len__(self) -> int:
        return len(self._first) + len(self._places) * self._part + len(self._last)

    def __iter__(self) -> Iterator[T]:
        yield from self._first
        for number in range(len(self._places)):
            yield from self._aside(number)
        yield from self._last

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        index = at + len(self) if at < 0 else at
        if not 0 <= index < len(self):
            raise IndexError(at)
        if index < len(self._first):
            return self._first[index]
        number, place = divmod(index - len(self._first), self._part)
        return self._last[place] if number == len(self._places) else self._recent(number)[place]

    def stretch(self, start: int, end: int) -> Sequence[T]:
        """Items that follow each other, read anew each time where they are not at hand."""
        if end <= len(self._first):
            return tuple(self._first[start:end])
        return _Stretch(self, range(start, end))

    def _put_aside(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the list
        written = pickle.dumps(self._last, pickle.HIGHEST_PROTOCOL)
        start = self._file.seek(0, 2)
        self._file.write(written)
        self._places.append((start, len(written)))
        self._last = []

    def _aside(self, number: int) -> list[T]:
        assert self._file is not None
        start, size = self._places[number]
        self._file.seek(start)
        items: list[T] = pickle.loads(self._file.read(size))
        return items

    def _recent(self, number: int) -> list[T]:
        part = self._read.get(number)
        if part is None:
            while len(self._read) >= _RECENT:
                del self._read[next(iter(self._read))]
            part = self._read[number] = self._aside(number)
        return part


class _Stretch(Sequence[T]):
    def __init__(self, of: KeptAside[T], places: range) -> None:
        self._of = of
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        return _Stretch(self._of, self._places[at]) if isinstance(at, slice) else self._of[self._places[at]]
