"""Typed readings of a question that also says where its answer stands.

澧县方案里县民政局负责哪些任务: the words 澧县方案里 restrict what is found. The document may as well
be what is asked of (质量强省规划依据什么): then it stands in the question as a thing.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import replace
from typing import Any

from ontology.lexicon.mention import Mention
from ontology.structure import DOCUMENT, SECTION
from qa_service.answering.say import ids_in
from qa_service.questions.question import Question
from qa_service.questions.scope import restricted
from qa_service.readings.parse import parse
from qa_service.readings.reading import Reading
from qa_service.session import Session
from queries.logical_form import Both, Either, Follow


def typed(question: Question, session: Session) -> list[Reading]:
    """Readings by composition, of the question as it is and within its scope."""
    found = [r for r in parse(question, session.grammar) if not _all_sections(r, question, session)]
    whole = [replace(r, form=shared(r.form)) for r in found] if _COMMON.search(question.clean) else found
    scope = question.scope
    if not scope.mask:
        return whole
    bare = tuple(a for a in question.segments if not question.inside_scope(a))
    inside = []
    for reading in parse(replace(question, segments=bare), session.grammar):
        form = restricted(reading.form, scope, session.ontology)
        # what neither is part of the document nor starts from a named thing would be said of all
        if (form != reading.form or ids_in(form)) and not _all_sections(reading, question, session):
            inside.append(replace(reading, form=form))
    subject = _subject(question, session)
    if subject is not None:
        named = tuple(sorted((*bare, (subject,)), key=lambda a: a[0].start))
        inside += [r for r in parse(replace(question, segments=named), session.grammar) if ids_in(r.form)]
    return [*inside, *whole]


#: what several things have in common
_COMMON = re.compile("共同|共有|[同都](?:时)?(?:给|为|向)")


def shared(form: Any) -> Any:
    """The form with what each of several named things has to do with in place of what any of them has:
    甲厂和乙厂共同的供应商.

    >>> from queries.logical_form import Entity
    >>> shared(Follow(Either(Entity("a"), Entity("b")), "SUPPLIES", "in")).left.source
    Entity(id='a')
    """
    if isinstance(form, Follow) and isinstance(form.source, Either) and ids_in(form.source):
        left, right = form.source.left, form.source.right
        return Both(shared(replace(form, source=left)), shared(replace(form, source=right)))
    if dataclasses.is_dataclass(form) and not isinstance(form, type):
        changed = {f.name: shared(getattr(form, f.name)) for f in dataclasses.fields(form)}
        return replace(form, **changed)
    return form


def _subject(question: Question, session: Session) -> Mention | None:
    """The document that the question names, and the policy that it is, as a thing."""
    scope = question.scope
    if len(scope.documents) != 1 or scope.sections:
        return None
    (document,) = scope.documents
    things = session.ontology.things()
    known = session.corpus.documents.get(document)
    found = [(c.id, c.cls) for c in (session.index.find(known.name) if known else ()) if c.cls in things]
    found.append((f"document:{document}", DOCUMENT))
    start = (scope.mask & -scope.mask).bit_length() - 1
    end = start
    while scope.mask >> end & 1:
        end += 1
    value = tuple(dict.fromkeys(found))
    return Mention("entity", start, end, question.clean[start:end], value, "scope")


def _all_sections(reading: Reading, question: Question, session: Session) -> bool:
    """章, 节 and 专栏 are sorts of sections: all sections of every sort are not what is asked."""
    said = {a[0].text for a in question.segments if any(m.kind == "class" and m.value == SECTION for m in a)}
    labels = session.ontology.classes[SECTION].labels
    return bool(said) and not said & {labels.zh, labels.en} and f"cls='{SECTION}'" in repr(reading.form)
