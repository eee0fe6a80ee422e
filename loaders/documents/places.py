"""Where clean characters stand in a document, kept in few bytes: characters that follow each other there
are one range, however many they are."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

_STRAIGHT = range(0)


class Places(Sequence[int]):
    """Runs of places, one behind another; never decreasing.

    >>> places = Places((range(3, 6), range(9, 11)))
    >>> list(places), places[3], list(places[2:4]), len(places)
    ([3, 4, 5, 9, 10], 9, [5, 9], 5)
    """

    __slots__ = ("_runs", "_size", "_starts")

    def __init__(self, runs: Iterable[range]) -> None:
        self._runs = tuple(run for run in runs if run)
        sizes = itertools.accumulate((len(run) for run in self._runs), initial=0)
        *starts, self._size = sizes
        self._starts = tuple(starts)

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[int]: ...
    def __getitem__(self, at: int | slice) -> int | Sequence[int]:
        if isinstance(at, slice):
            start, stop, _ = at.indices(self._size)
            return joined(*self._between(start, stop))
        index = at + self._size if at < 0 else at
        if not 0 <= index < self._size:
            raise IndexError(at)
        n = bisect_right(self._starts, index) - 1
        return self._runs[n][index - self._starts[n]]

    def _between(self, start: int, stop: int) -> Iterator[range]:
        n = max(0, bisect_right(self._starts, start) - 1)
        while n < len(self._runs) and self._starts[n] < stop:
            first = self._starts[n]
            yield self._runs[n][max(0, start - first) : stop - first]
            n += 1

    def __iter__(self) -> Iterator[int]:
        return itertools.chain.from_iterable(self._runs)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(int.__eq__, self, other))

    def __hash__(self) -> int:
        return hash(self._runs)


def joined(*parts: Sequence[int]) -> Sequence[int]:
    """The places of several stretches put together.

    >>> joined(range(2, 5), range(5, 7)), list(joined([1, 2, 3], [7]))
    (range(2, 7), [1, 2, 3, 7])
    """
    runs: list[range] = []
    for part in parts:
        for run in _runs(part):
            if runs and runs[-1].stop == run.start:
                runs[-1] = range(runs[-1].start, run.stop)
            elif run:
                runs.append(run)
    if len(runs) <= 1:
        return runs[0] if runs else _STRAIGHT
    return Places(runs)


def _runs(places: Sequence[int]) -> Iterator[range]:
    if isinstance(places, range):
        yield places
    elif isinstance(places, Places):
        yield from places._runs
    elif places and places[-1] - places[0] + 1 == len(places):
        # never decreasing: as many as there are between the ends, so long as none stands twice
        if len(set(places)) == len(places):
            yield range(places[0], places[-1] + 1)
        else:
            yield from _singly(places)
    else:
        yield from _singly(places)


def _singly(places: Sequence[int]) -> Iterator[range]:
    first = last = None
    for place in places:
        if last is not None and first is not None and place == last + 1:
            last = place
            continue
        if first is not None and last is not None:
            yield range(first, last + 1)
        first = last = place
    if first is not None and last is not None:
        yield range(first, last + 1)
