"""Which documents are written together."""

from __future__ import annotations

from collections.abc import Iterator

from graph.types import Contribution

#: documents are merged in groups of about so many statements …
STATEMENTS = 50_000
#: … and a load that takes long publishes what it has every so many documents
DOCUMENTS = 500


def next_group(coming: Iterator[Contribution], documents: int = DOCUMENTS) -> tuple[list[Contribution], bool]:
    """The next documents, up to so many or to about a group's statements; whether more may come."""
    group: list[Contribution] = []
    statements = 0
    for contribution in coming:
        group.append(contribution)
        statements += len(contribution.nodes) + len(contribution.relationships)
        if len(group) >= documents or statements >= STATEMENTS:
            return group, True
    return group, False
