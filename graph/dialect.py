"""What the engines spell differently: flags of one dataclass, nothing else.

Each flag says in a comment what it stands for and shows the Cypher of both sides.
Neo4j's behaviour is the meaning (architecture §6).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Dialect:
    """How one engine spells what has no portable spelling."""

    name: str


EMBEDDED = Dialect(name="embedded")
NEO4J = Dialect(name="neo4j")
