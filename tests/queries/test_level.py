"""All that are level at the top or the bottom are asked for, not one of them."""

from __future__ import annotations

import pytest

from graph.types import CypherStatement, Rows
from queries.compile.compiled import Compiled


def rows(*values: float) -> Rows:
    return Rows(("id", "base_value"), tuple((f"o{n}", value) for n, value in enumerate(values)))


@pytest.mark.parametrize(("first", "values", "kept"), [
    (1, (9.0, 8.0), 1), (1, (9.0, 9.0, 8.0), 2), (2, (9.0, 9.0, 8.0, 8.0), 2), (2, (9.0, 8.0, 8.0, 7.0), 3),
    (3, (9.0,), 1), (0, (9.0, 9.0), 2),
])
def test_cut(first: int, values: tuple[float, ...], kept: int) -> None:
    compiled = Compiled(CypherStatement(""), ("id", "base_value"), "observations", first=first)
    assert len(compiled.cut(rows(*values)).rows) == kept
