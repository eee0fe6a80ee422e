"""A follow-up and the answer before it → what is asked now: an edited form, or a complete question."""

from __future__ import annotations

from dataclasses import dataclass

from graph.ids import node_id
from ontology.errors import IllTypedForm
from ontology.lexicon.mention import Mention, Period
from ontology.model import Ontology
from ontology.structure import METRIC
from qa_service.followups import edits
from qa_service.followups.before import Before
from qa_service.followups.rewrite import rewritten
from qa_service.followups.said import Said
from qa_service.questions.question import Question
from qa_service.session import Session
from queries import logical_form as lf
from queries.check import check, classes_of, is_entity_set
from queries.logical_form import LogicalForm


@dataclass(frozen=True)
class Edited:
    """``form`` is the edited one (None where it took no edit), ``text`` the question before in
    the follow-up's words ("" where they have no place in it), ``changes`` what was put in."""

    form: LogicalForm | None
    text: str
    changes: tuple[str, ...] = ()


def edited(said: Said, before: Before, asked: Question, session: Session) -> Edited:
    """The question before as the follow-up changes it; ``asked`` is that question, analysed."""
    ontology = session.ontology
    form = before.form if before.form is not None and edits.editable(before.form) else None
    narrower = _leveled(form, said.rest, ontology) if form is not None and len(said.rest) > 1 else None
    if narrower is not None and _typed(narrower, ontology):
        return Edited(narrower, "", (said.rest,))
    text = rewritten(asked, said, ontology, _metric_name(form, session)) or ""
    for order in said.orders:
        if form is not None and order in ("list", "having"):
            form = _ordered(form, order)
    for alternatives in said.named if "per" not in said.orders else ():
        if form is not None:
            form = _put(form, alternatives, said, ontology)
    if form is not None and said.kind:
        form = edits.with_kind(form, said.kind)
    if form is not None and said.phrase:
        form = _with_phrase(form, said.phrase, session)
    for order in said.orders:
        if form is not None and order in ("count", "most", "least"):
            form = _ordered(form, order)
    if form is not None and not _typed(form, ontology):
        form = None
    words = tuple(a[0].text for a in said.named) + ((said.kind_word,) if said.kind_word else ())
    return Edited(form, text, (*words, *((said.phrase,) if said.phrase else ())))


def _ordered(form: LogicalForm, order: str) -> LogicalForm | None:
    if order == "count":
        return edits.counted(form)
    if order == "list":
        # 那企业有哪些: which ones of another sort, of things that were listed already
        return edits.listed(form) or (form if is_entity_set(form) else None)
    if order == "having":
        return edits.having(form)
    return edits.extreme(form, least=order == "least")


def _put(
    form: LogicalForm, alternatives: tuple[Mention, ...], said: Said, ontology: Ontology
) -> LogicalForm | None:
    """The form with what a stretch names in it, by the first of its meanings that fits."""
    for m in alternatives:
        made = _with(form, m, said, ontology)
        if made is not None and _typed(made, ontology):
            return made
    return None


def _with(form: LogicalForm, m: Mention, said: Said, ontology: Ontology) -> LogicalForm | None:
    if m.kind == "entity" and isinstance(m.value, tuple):
        return edits.with_thing(form, m.value, ontology)
    if isinstance(m.value, Period):
        return edits.with_period(form, m.value.text)
    if m.kind == "metric":
        return edits.with_metric(form, node_id(METRIC, str(m.value)))
    if m.kind == "role":
        return edits.with_role(form, str(m.value), ontology.roles[str(m.value)].relations)
    if m.kind == "subtype":
        cls = ontology.subtypes[str(m.value)].cls
        return edits.with_sort(form, cls, str(m.value), ontology)
    if m.kind == "class":
        if "count" in said.orders and _finds(form, str(m.value), ontology):
            return form  # 有几条产业链, after which chains there are
        return edits.with_sort(form, str(m.value), "", ontology)
    return None


def _with_phrase(form: LogicalForm, phrase: str, session: Session) -> LogicalForm | None:
    """Another figure, by the phrase that it is recorded under."""
    metric = node_id(METRIC, phrase)
    return edits.with_metric(form, metric) if session.names([metric]) else None


def _metric_name(form: LogicalForm | None, session: Session) -> str:
    """The phrase of the figure that a form is about, "" where it is about none."""
    metric = form.metric if isinstance(form, lf.Observations) else ""
    return session.names([metric]).get(metric, "") if metric else ""


def _finds(form: LogicalForm, cls: str, ontology: Ontology) -> bool:
    found = edits.found_set(form)
    return found is not None and classes_of(found, ontology) == frozenset({cls})


def _leveled(form: LogicalForm, phrase: str, ontology: Ontology) -> LogicalForm | None:
    """国家级, 省级: subtypes of what is found whose words begin so."""
    found = edits.found_set(form)
    if found is None:
        return None
    classes = classes_of(found, ontology)
    exact = {m.value for m in ontology.meanings(phrase) if m.kind == "subtype"}
    fitting = sorted(
        s.key
        for s in ontology.subtypes.values()
        if s.cls in classes
        and (s.key in exact if exact else any(w.startswith(phrase) for w in s.labels.all()))
    )
    if not fitting:
        return None
    wanted: lf.EntitySet = lf.Instances(ontology.subtypes[fitting[0]].cls, fitting[0])
    for key in fitting[1:]:
        wanted = lf.Either(wanted, lf.Instances(ontology.subtypes[key].cls, key))
    return edits.narrowed_to(form, wanted, ontology)


def _typed(form: LogicalForm, ontology: Ontology) -> bool:
    try:
        check(form, ontology)
    except IllTypedForm:
        return False
    return True
