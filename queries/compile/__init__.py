"""Logical forms → parameterised Cypher.

"""

from queries.compile.compiled import WITNESS_COLUMNS, Compiled, Cover, Witness
from queries.compile.form import ENTITY_COLUMNS, OBSERVATION_COLUMNS, compile  # noqa: A004 (the room's word for it)

__all__ = [
    "ENTITY_COLUMNS", "OBSERVATION_COLUMNS", "WITNESS_COLUMNS", "Compiled", "Cover", "Witness", "compile",
]
