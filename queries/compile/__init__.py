"""Logical forms → parameterised Cypher.

>>> compile(Instances("Chain"), load_ontology(), EMBEDDED).statement.query.splitlines()[0]
'MATCH (chain:Chain)'
"""

from queries.compile.compiled import WITNESS_COLUMNS, Compiled, Cover, Witness
from queries.compile.form import ENTITY_COLUMNS, OBSERVATION_COLUMNS
from queries.compile.form import compile as compile  # noqa: A004 (the room's word for it)

__all__ = [
    "ENTITY_COLUMNS", "OBSERVATION_COLUMNS", "WITNESS_COLUMNS", "Compiled", "Cover", "Witness", "compile",
]
