"""The contract's notation of a period as its first and last day.

>>> bounds("2024-H1")
('2024-01-01', '2024-06-30')
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_YEAR = r"(?P<year>\d{4})"
_SHAPES = (
    re.compile(_YEAR),
    re.compile(_YEAR + r"-H(?P<half>[12])"),
    re.compile(_YEAR + r"-Q(?P<quarter>[1-4])"),
    re.compile(_YEAR + r"-(?P<month>\d\d)"),
    re.compile(_YEAR + r"-(?P<month>\d\d)-(?P<day>\d\d)"),
)


def bounds(period: str) -> tuple[str, str] | None:
    """First and last day, as ISO dates; None where ``period`` is not in the notation."""
    first, slash, last = period.partition("/")
    if slash:
        begin, end = bounds(first), bounds(last)
        return (begin[0], end[1]) if begin and end and begin[0] <= end[1] else None
    match = next((m for m in (shape.fullmatch(period) for shape in _SHAPES) if m), None)
    if match is None:
        return None
    part = match.groupdict()
    year, low, high = int(part["year"]), 1, 12
    if part.get("half"):
        low = 1 if part["half"] == "1" else 7
        high = low + 5
    elif part.get("quarter"):
        low = 3 * int(part["quarter"]) - 2
        high = low + 2
    elif part.get("month"):
        low = high = int(part["month"])
    try:
        if part.get("day"):
            day = date(year, low, int(part["day"])).isoformat()
            return day, day
        return date(year, low, 1).isoformat(), date(year, high, monthrange(year, high)[1]).isoformat()
    except ValueError:
        return None
