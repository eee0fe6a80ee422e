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

    # The head of a batched write, and how a column of the batch is named behind it:
    #   embedded  LOAD FROM $rows              MERGE (n:`Chain` {id: c_id}) SET …
    #   neo4j     UNWIND $rows AS row          MERGE (n:`Chain` {id: row.c_id}) SET …
    # (UNWIND of maps on the embedded engine fails at a missing key and scans the table.)
    BATCH_HEAD: str = "UNWIND $rows AS row"
    BATCH_COLUMN: str = "row."

    # The shortest ways in either direction over {types}, none of them denied (queries/compile/path.py):
    #   embedded  MATCH way = (start)-[:A|B* ALL SHORTEST 1..6 (r, n | WHERE r.polarity = 'stated')]-(finish)
    #   neo4j     MATCH way = allShortestPaths((start)-[:A|B*1..6]-(finish))
    #             WHERE all(x IN relationships(way) WHERE x.polarity = 'stated')
    # (Neo4j looks at the WHERE while it searches; it takes no property map there.)
    SHORTEST_PATHS: str = (
        "allShortestPaths((start)-[:{types}*1..{longest}]-(finish))\n"
        "WHERE all(x IN relationships(way) WHERE x.polarity = '{polarity}')"
    )

    # A property of everything along a path, as a list:
    #   embedded  properties(nodes(way), 'id')
    #   neo4j     [x IN nodes(way) | x.id]
    ALONG_PATH: str = "[x IN {items}(way) | {of}]"

    # A list of strings as one text with a newline before each of them. (No parameter may stand
    # inside any() on the embedded engine, so a search in a list goes through this.)
    #   embedded  concat('\n', list_to_string('\n', n.passages))
    #   neo4j     reduce(text = '', x IN n.passages | text + '\n' + x)
    LIST_AS_TEXT: str = "reduce(text = '', x IN {list} | text + '\\n' + x)"

    # Some constructs mean something else than on Neo4j, without an error (architecture §6): those who
    # write statements by hand are warned.
    #   embedded  RETURN [10, 20][1]     10
    #   neo4j     RETURN [10, 20][1]     20
    OWN_MEANINGS: bool = False


EMBEDDED = Dialect(
    name="embedded", OWN_MEANINGS=True, BATCH_HEAD="LOAD FROM $rows", BATCH_COLUMN="",
    LIST_AS_TEXT="concat('\\n', list_to_string('\\n', {list}))",
    SHORTEST_PATHS=(
        "(start)-[:{types}* ALL SHORTEST 1..{longest} (r, n | WHERE r.polarity = '{polarity}')]-(finish)"
    ),
    ALONG_PATH="properties({items}(way), '{property}')",
)
NEO4J = Dialect(name="neo4j")


def quoted(identifier: str) -> str:
    """A label, type or property name as Cypher takes it on both engines: the one place where a
    name enters a query text.

    >>> quoted("order")
    '`order`'
    """
    return "`" + identifier.replace("`", "``") + "`"
