"""Dimensions: numbers, quantities, periods, comparisons in a text.

``mentions("2024年合格率达到94.12%，较2023年提升0.89个百分点")`` finds two periods, two
quantities and a comparison. Mentions of one kind never overlap; a comparison covers the
words before its number and may hold a period (``较2023年提升``).
"""

from __future__ import annotations

from datetime import date

from ontology.lexicon.dimensions import comparison, number, period, quantity
from ontology.lexicon.mention import Mention

__all__ = ["comparison", "figures_and_periods", "mentions", "number", "period", "quantity"]


def mentions(text: str, today: date | None = None) -> list[Mention]:
    """Quantities, ordinals, periods and comparisons, by their place in the text. ``today``
    is the date that relative periods count from."""
    found = [*figures_and_periods(text, today), *comparison.find(text)]
    found.sort(key=lambda m: (m.start, m.end))
    return found


def figures_and_periods(text: str, today: date | None = None) -> list[Mention]:
    """The same without comparisons."""
    spans = number.refused(text)
    periods = [
        p for p in period.find(text, today)
        if not any(s <= p.start and p.end <= e for s, e in spans) or "-" in p.text or "年" in p.text
    ]
    taken = sorted([*spans, *((p.start, p.end) for p in periods)])
    found = [*periods, *quantity.find(text, taken)]
    found.sort(key=lambda m: (m.start, m.end))
    return found
