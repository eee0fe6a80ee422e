"""Which documents are written together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from graph.types import Contribution

#: documents, and the parts of a long one, are merged in groups of about so many statements …
STATEMENTS = 50_000
#: … and a load that takes long publishes what it has every so many documents
DOCUMENTS = 500


def next_group(
    coming: Iterator[Contribution], documents: int = DOCUMENTS, *, complete: bool = False
) -> tuple[list[Contribution], bool]:
    """The next documents, up to so many or to about a group's statements; whether more may come.

    The last one may go on in the next group, unless groups are to be ``complete``.
    """
    group: list[Contribution] = []
    statements = ended = 0
    for contribution in coming:
        statements += len(contribution.nodes) + len(contribution.relationships)
        if group and not contribution.begins:
            contribution = _joined(group.pop(), contribution)
        group.append(contribution)
        ended += contribution.ends
        if ended >= documents or (statements >= STATEMENTS and (contribution.ends or not complete)):
            return group, True
    return group, False


def _joined(one: Contribution, other: Contribution) -> Contribution:
    return replace(one, nodes=one.nodes + other.nodes, ends=other.ends,
                   relationships=one.relationships + other.relationships)
