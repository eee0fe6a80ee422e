"""A reading, executed: its rows, the things that are its answers, and the passages that make
them so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.types import CypherStatement, Rows
from ontology.structure import LOCATED_IN
from qa_service.answering.answer_types import GraphEdge, GraphNode, ShownCypher
from qa_service.answering.evidence import MOST, Reference, references_of
from qa_service.answering.say import ids_in
from qa_service.answering.workings import inputs_of
from qa_service.questions.question import ROWS
from qa_service.questions.scope import part_classes
from qa_service.readings.reading import Reading
from qa_service.session import Session
from queries import logical_form as lf
from queries.compile import Compiled, Witness
from queries.compile import compile as compiled_of

#: rows of an answer at most, also where more are asked for
MOST_ROWS = 10_000
#: passages that are named with one row
_OF_ONE_ROW = 5
#: facts that are read to say why the first 200 are answers; more rows take more
_WITNESSES = 2_000


@dataclass
class Outcome:
    """What executing a reading gave. ``empty``: nothing is recorded that answers it."""

    reading: Reading
    compiled: Compiled
    rows: list[dict[str, object]]
    shown: list[ShownCypher] = field(default_factory=list)
    items: list[dict[str, object]] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    nodes: dict[str, GraphNode] = field(default_factory=dict)
    edges: dict[str, GraphEdge] = field(default_factory=dict)
    #: what relationships say besides their ends, by id
    details: dict[str, str] = field(default_factory=dict)
    truncated: bool = False
    #: rows that the answer shows at most
    most: int = ROWS
    #: what each item rests on
    of_item: dict[str, list[Reference]] = field(default_factory=dict)

    def rest_on(self, ident: str, references: Iterable[Reference]) -> None:
        """Remembers passages that make ``ident`` an answer."""
        self.of_item.setdefault(ident, []).extend(references)

    def passages_of(self, items: Iterable[dict[str, object]]) -> tuple[tuple[str, ...], ...]:
        """The passages that each of some items rests on, the first few of each.

        A figure or a described thing names its own; of a thing that is an answer by its
        relationships they are those of the relationships.
        """
        return tuple(
            named(self.of_item.get(str(item.get("id"))) or references_of(item.get("passages"), ()))
            for item in items
        )

    @property
    def empty(self) -> bool:
        if self.compiled.kind == "truth":
            if isinstance(self.reading.form, lf.Exists) and isinstance(self.reading.form.source, lf.Compared):
                return False  # a figure that is not so is as good an answer
            return not self.rows or not self.rows[0].get("truth")
        if self.compiled.kind == "number":
            if self.rows and "left_id" in self.rows[0]:
                return False  # a difference of nothing is one
            return not self.rows or not (self.rows[0].get("n") or self.rows[0].get("value"))
        return not self.rows


def execute(reading: Reading, session: Session) -> Outcome:
    """Compile and run a reading's form. IllTypedForm, UnsupportedForm, StoreError."""
    compiled = compiled_of(reading.form, session.ontology, session.store.dialect)
    outcome = Outcome(reading, compiled, [])
    rows = compiled.cut(run(compiled.statement, session, outcome, limit=MOST_ROWS))
    outcome.truncated = rows.truncated
    outcome.rows = dicts(rows)
    return outcome


def run(statement: CypherStatement, session: Session, outcome: Outcome, *, limit: int | None = None) -> Rows:
    outcome.shown.append(ShownCypher(statement.query, dict(statement.params)))
    return session.store.read(statement, limit=limit, seconds=20)


def dicts(rows: Rows) -> list[dict[str, object]]:
    return [dict(zip(rows.columns, row, strict=True)) for row in rows.rows]


def named(references: Iterable[Reference]) -> tuple[str, ...]:
    """The first few passages of a row, each once."""
    return tuple(dict.fromkeys(passage for passage, _ in references))[:_OF_ONE_ROW]


def gather(outcome: Outcome, session: Session, *, most: int = ROWS) -> None:
    """Items, the relationships that make them answers, and their passages; of ``most`` items."""
    outcome.most = most
    kind = outcome.compiled.kind
    if kind in ("observations", "values"):
        outcome.items = outcome.rows
        for row in outcome.rows:
            outcome.references += references_of(row.get("passages"), row.get("sources"))
            node = str(row.get("subject"))
            outcome.nodes[node] = GraphNode(node, str(row.get("subject_class")), str(row.get("subject_name")))
        return
    if kind == "number" and outcome.rows and "left_id" in outcome.rows[0]:
        outcome.references += inputs_of(outcome.rows)
        return
    if kind == "path":
        _along(outcome, session)
        return
    if kind == "qualifier":
        outcome.items = outcome.rows
        for row in outcome.rows:
            _joined(outcome, row, str(row["id"]), getattr(outcome.reading.form, "relation", ""))
        return
    if kind == "passages":
        outcome.references += [(str(row["id"]), "") for row in outcome.rows]
        return
    if kind == "entities":
        outcome.items = _in_order(outcome.rows, session)
    elif outcome.compiled.items is not None and not outcome.empty:
        inner = run(outcome.compiled.items.statement, session, outcome, limit=most)
        outcome.items = dicts(inner)
    elif kind in ("describe", "cite", "property", "path", "groups"):
        outcome.items = outcome.rows
        for row in outcome.rows:
            stating = _stating(outcome.reading.form, row)
            outcome.references += stating
            outcome.rest_on(str(row.get("id")), stating)
    shown = outcome.items[:most]
    ids = [str(r["id"]) for r in shown if r.get("id")]
    for row in shown:
        if row.get("id") and row.get("name"):
            node = str(row["id"])
            outcome.nodes[node] = GraphNode(node, str(row.get("class") or ""), str(row["name"]))
    if not ids:
        _headings(outcome, session)
        return
    _chosen_by(outcome, session)
    for witness in outcome.compiled.witnesses:
        witnessed(witness, ids, outcome, session)
    if not outcome.references:
        own_passages(ids, outcome, session)
    bare = [ident for ident in ids if not outcome.of_item.get(ident)]
    if bare:
        own_passages(bare, outcome, session, evidence=False)
    _headings(outcome, session)


def _chosen_by(outcome: Outcome, session: Session) -> None:
    """The figures by which things were chosen, as what each of them rests on."""
    form = outcome.reading.form
    inner = form.source if isinstance(form, lf.Count | lf.Exists) else form
    if not isinstance(inner, lf.Subjects):
        return
    figures = compiled_of(inner.source, session.ontology, session.store.dialect)
    for row in dicts(run(figures.statement, session, outcome, limit=MOST_ROWS)):
        references = references_of(row.get("passages"), row.get("sources"))
        outcome.references += references
        outcome.rest_on(str(row["subject"]), references)


def _joined(outcome: Outcome, row: dict[str, object], ident: str, relation: str) -> None:
    """A relationship with both of its ends and its passages, into the graph that is shown."""
    references = references_of(row.get("passages"), row.get("sources"))
    outcome.references += references
    for end in ("source", "target"):
        node = str(row[end])
        outcome.nodes[node] = GraphNode(
            node, str(row.get(f"{end}_class") or ""), str(row.get(f"{end}_name") or "")
        )
    outcome.edges[ident] = GraphEdge(
        ident, relation, str(row["source"]), str(row["target"]), tuple(p for p, _ in references)
    )


def _along(outcome: Outcome, session: Session) -> None:
    """The relationships of the ways that were found, with what they say."""
    outcome.items = outcome.rows
    nodes = sorted({str(n) for row in outcome.rows for n in _listed(row.get("nodes"))})
    gone = {str(r) for row in outcome.rows for r in _listed(row.get("relationships"))}
    types = {str(t) for row in outcome.rows for t in _listed(row.get("types"))}
    for witness in outcome.compiled.witnesses:
        if witness.relation not in types:
            continue
        for row in dicts(run(witness.of(nodes), session, outcome, limit=2_000)):
            if str(row["id"]) in gone:
                _joined(outcome, row, str(row["id"]), str(row["type"]))
                detail = [str(row[k]) for k in ("role", "product") if row.get(k)]
                outcome.details[str(row["id"])] = "、".join(detail)


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def _headings(outcome: Outcome, session: Session) -> None:
    """Parts of documents that are asked of: their own lines, beside the line that answers."""
    parts = [ident for ident in ids_in(outcome.reading.form) if ident in session.parts.by_id]
    if parts and (outcome.references or outcome.compiled.kind == "truth"):
        own_passages(parts[:MOST], outcome, session)


def _stating(form: lf.LogicalForm, row: dict[str, object]) -> list[Reference]:
    """The passages of a row; of a property those that state it, where they are known."""
    references = references_of(row.get("passages"), row.get("sources"))
    stated = row.get("stated_as")
    if isinstance(form, lf.Property) and isinstance(stated, list | tuple):
        asked = f"{form.property}="
        own = [r for r, said in zip(references, stated, strict=False) if str(said).startswith(asked)]
        return own or references
    return references


def _in_order(rows: list[dict[str, object]], session: Session) -> list[dict[str, object]]:
    """Parts of documents in the order of the document, other things as they came (by name)."""
    if not all(str(r["class"]) in part_classes(session.ontology) for r in rows if r.get("class")):
        return rows
    place = {ident: n for n, ident in enumerate(session.corpus.sections)}
    place.update({part.id: n for n, part in enumerate(session.parts.parts)})
    return sorted(rows, key=lambda r: place.get(str(r["id"]), len(place)))


def witnessed(witness: Witness, ids: Sequence[str], outcome: Outcome, session: Session) -> set[str]:
    """Run a witness for the items; returns the items that it speaks of."""
    statement = witness.of(ids)
    spoken: set[str] = set()
    first: list[Reference] = []
    rest: list[Reference] = []
    for row in dicts(run(statement, session, outcome, limit=max(_WITNESSES, 10 * len(ids)))):
        item = str(row["item"])
        fresh = item not in spoken
        spoken.add(item)
        refs = references_of(row.get("passages"), row.get("sources"))
        outcome.rest_on(item, refs)
        # one passage of each item before the second of any
        (first if fresh else rest).extend(refs[:1] if fresh else refs)
        if fresh:
            rest += refs[1:]
        for end in ("source", "target"):
            node = str(row[end])
            outcome.nodes.setdefault(
                node, GraphNode(node, str(row.get(f"{end}_class") or ""), str(row.get(f"{end}_name") or ""))
            )
        edge = str(row["id"])
        detail = [str(row[k]) for k in ("role", "product") if row.get(k)]
        outcome.details[edge] = "、".join(detail)
        outcome.edges[edge] = GraphEdge(
            edge, str(row["type"]), str(row["source"]), str(row["target"]), tuple(p for p, _ in refs)
        )
    # where a thing stands is the weakest reason for it to be an answer
    if witness.relation == LOCATED_IN:
        outcome.references += first + rest
    else:
        outcome.references[:0] = first + rest
    return spoken


_OWN = (
    "MATCH (n) WHERE n.id IN $ids\n"
    "RETURN n.id AS id, n.passages AS passages, n.sources AS sources ORDER BY n.id"
)


def own_passages(ids: Sequence[str], outcome: Outcome, session: Session, *, evidence: bool = True) -> None:
    """The passages that speak of things themselves; without ``evidence`` as those of their rows only."""
    for row in dicts(run(CypherStatement(_OWN, {"ids": list(ids)}), session, outcome)):
        references = references_of(row["passages"], row["sources"])[:2]
        outcome.rest_on(str(row["id"]), references)
        if evidence:
            outcome.references += references
