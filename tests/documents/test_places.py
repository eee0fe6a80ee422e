"""Places of clean characters in few bytes: what they hold is what a tuple of them would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from loaders.documents.places import joined

_ROWS = st.lists(st.integers(0, 40), max_size=30).map(sorted)


@given(_ROWS, _ROWS.map(lambda row: [place + 41 for place in row]), st.integers(-5, 65), st.integers(-5, 65))
def test_places_are_those_that_were_put_together(left: list[int], right: list[int], a: int, b: int) -> None:
    places = joined(left, tuple(right))
    told = [*left, *right]
    assert list(places) == told
    assert len(places) == len(told)
    assert list(places[a:b]) == told[a:b]
    assert [places[at] for at in range(-len(told), len(told))] == told * 2


def test_what_follows_on_is_one_range() -> None:
    assert joined([3, 4, 5], (6,), range(7, 9)) == range(3, 9)
