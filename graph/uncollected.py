"""Work during which Python does not look for objects that refer to each other."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Nothing that is merged refers to itself: looking for such things among a million objects, again
    and again as there get more, is a fifth of a load. Of a process that answers one question it is a
    tenth of a second."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
