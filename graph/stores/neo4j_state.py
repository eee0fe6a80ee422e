"""What a Neo4j database keeps beside the graph: its state, and what the last loads changed.

    (:GraphState)   one: version, hash, counts, schema of the graph as it is now
    (:GraphUndo)    what a load changed, to be put back by undo
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from graph.merge import Ends
from graph.stores.bolt import BoltSession
from graph.types import Value
from graph.versions import KEPT
from graph.write import Change
from ontology.errors import NoStore

NO_GRAPH = "there is no graph in this database yet"

#: characters of one part of an undo step
_PART = 1_000_000
_STATE = "MATCH (s:GraphState {key: 'state'})"


@dataclass(frozen=True)
class State:
    """The properties of the GraphState node. ``names``: the version at which names last changed.
    ``sweeping``: what is there is being taken out, or replaced by a copy of another graph, of which
    ``placed`` parts are in."""

    uuid: str = ""
    version: int = 0
    hash: str = "0" * 64
    schema: str = ""
    extractor: str = ""
    nodes: str = "{}"
    relationships: str = "{}"
    names: int = 0
    sweeping: bool = False
    placed: int | None = 0
    ontology: str | None = ""  # the user's own files; databases of before have none

    def counts(self) -> tuple[dict[str, int], dict[str, int]]:
        return json.loads(self.nodes), json.loads(self.relationships)


def state_of(session: BoltSession) -> State | None:
    """The state as it is; None where there is none."""
    names = list(State.__dataclass_fields__)
    rows = session.rows(f"{_STATE} RETURN {', '.join(f's.{name}' for name in names)}")
    return State(**dict(zip(names, rows[0], strict=True))) if rows else None  # type: ignore[arg-type]


def locked(session: BoltSession) -> State:
    """The state, which nobody else changes until this transaction ends."""
    session.rows(f"{_STATE} SET s.locked = timestamp()")
    state = state_of(session)
    if state is None:
        raise NoStore(NO_GRAPH)
    return state


def save(session: BoltSession, state: State) -> None:
    session.rows(f"{_STATE} SET s += $new", {"new": properties(state)})


def properties(state: State) -> dict[str, Value]:
    return {name: getattr(state, name) for name in State.__dataclass_fields__ if name != "uuid"}


def counted(counts: Mapping[str, int]) -> str:
    return json.dumps({name: count for name, count in sorted(counts.items()) if count})


# ---- undo ------------------------------------------------------------------------------------


def last_load(session: BoltSession) -> int:
    """The number of the last load that can be undone, 0 for none."""
    ((last,),) = session.rows("MATCH (u:GraphUndo) RETURN coalesce(max(u.load), 0)")
    return int(str(last))


def keep_undo(session: BoltSession, load: int, before: State, changes: list[Change]) -> None:
    """Keep what a step changed; forget loads that are too long ago to be undone."""
    data = _packed(before, changes)
    ((step,),) = session.rows(
        "MATCH (u:GraphUndo) WHERE u.load = $load RETURN coalesce(max(u.step), 0) + 1", {"load": load}
    )
    parts = [data[at : at + _PART] for at in range(0, len(data), _PART)]
    session.rows(
        "UNWIND $rows AS row CREATE (u:GraphUndo) SET u = row",
        {"rows": [{"load": load, "step": step, "part": n, "data": d} for n, d in enumerate(parts)]},
    )
    session.rows(
        "MATCH (u:GraphUndo) WITH DISTINCT u.load AS load ORDER BY load DESC SKIP $kept "
        "MATCH (old:GraphUndo) WHERE old.load = load DELETE old", {"kept": KEPT},
    )


def _packed(before: State, changes: list[Change]) -> str:
    rows = [
        [c.name, c.id, None if c.ends is None else [
            c.ends.source, c.ends.source_class, c.ends.target, c.ends.target_class, c.ends.polarity
        ], c.before, c.there]
        for c in changes
    ]
    text = json.dumps([properties(before), rows], ensure_ascii=False, separators=(",", ":"))
    # nobody can load before this is kept, so time counts for more than size
    return base64.b64encode(zlib.compress(text.encode(), 1)).decode("ascii")


def undo_of(data: str) -> tuple[State, list[Change]]:
    """The state before a step, and what the step changed."""
    state, rows = json.loads(zlib.decompress(base64.b64decode(data)))
    return State(**state), [
        Change(name, id_, None if ends is None else Ends(*ends), before, there)
        for name, id_, ends, before, there in rows
    ]
