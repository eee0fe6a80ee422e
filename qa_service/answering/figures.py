"""Observations as people write them: 95.2%, 不足80%, 53个, 3—5个百分点."""

from __future__ import annotations

from collections.abc import Mapping

_BOUND_ZH = {">=": "不低于", ">": "超过", "<=": "不超过", "<": "不足", "~": "约"}
_BOUND_EN = {">=": "at least ", ">": "over ", "<=": "at most ", "<": "below ", "~": "about "}
#: units of a place in an order
_PLACES = ("位", "名")


def number(value: float) -> str:
    """A number without needless zeros.

    >>> number(95.20), number(32878.0)
    ('95.2', '32878')
    """
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.10g}"


def figure(row: Mapping[str, object], *, english: bool = False) -> str:
    """The value of an observation row with bound and unit; its text where it is no number."""
    unit = str(row.get("unit") or "")
    value, low, high = row.get("value"), row.get("low"), row.get("high")
    bound = str(row.get("bound") or "=")
    if isinstance(value, int | float):
        if row.get("value_kind") == "rank" and unit in _PLACES:
            return f"no. {number(float(value))}" if english else f"第{number(float(value))}{unit}"
        prefix = (_BOUND_EN if english else _BOUND_ZH).get(bound, "")
        return f"{prefix}{number(float(value))}{unit}"
    if isinstance(low, int | float) and isinstance(high, int | float):
        return f"{number(float(low))}-{number(float(high))}{unit}"
    return str(row.get("text") or "")
