"""Things listed by the places of a level: 按市州列出来."""

from __future__ import annotations

from dataclasses import replace

from ontology.errors import IllTypedForm, UnsupportedForm
from qa_service.answering.answer import finish
from qa_service.answering.answer_types import Answer
from qa_service.answering.combine import together
from qa_service.answering.execute import dicts, execute
from qa_service.followups.before import Before
from qa_service.questions.question import Question
from qa_service.readings.reading import Reading
from qa_service.session import Session
from queries import logical_form as lf
from queries.compile import compile as compiled_of

#: places of a level that are listed one after another at most
_MOST = 40


def by_place(
    question: Question, found: lf.EntitySet, level: lf.Instances, before: Before, told: str, session: Session
) -> Answer | None:
    """The things of ``found`` in each place of the level that has any, a row a thing; those that
    are in none of them are told of. None where no place has any."""
    where = compiled_of(lf.Both(level, lf.Whereabouts(found)), session.ontology, session.store.dialect)
    places = dicts(session.store.read(where.statement, limit=_MOST))
    each: list[Answer] = []
    rows: list[tuple[str, str]] = []
    ids: list[str | None] = []
    passages: list[tuple[str, ...]] = []
    for place in places:
        form = lf.Within(found, lf.Entity(str(place["id"])))
        reading = Reading(
            form=form, cost=0.0, explained=0, rule="follow_up", tree="follow_up", source="typed",
            confidence=before.confidence,
        )  # fmt: skip
        try:
            answer = finish(question, execute(reading, session), session)
        except (IllTypedForm, UnsupportedForm):
            return None
        if answer.status == "answered":
            each.append(answer)
            rows += [(str(place["name"]), row[0]) for row in answer.rows]
            ids += answer.row_ids
            passages += answer.row_passages
    if not each:
        return None
    en = question.english
    listed = {name for _, name in rows}
    left = [name for name in before.answers if name not in listed]
    notes: tuple[str, ...] = (told,)
    if left:
        notes += (f"in none of these: {', '.join(left)}" if en else f"不在以上各地的：{'、'.join(left)}",)
    return replace(
        together(question, each),
        columns=("place", "name") if en else ("地区", "名称"),
        rows=tuple(rows),
        row_basis=tuple(None for _ in rows),
        row_ids=tuple(ids),
        row_passages=tuple(passages),
        total=len(rows),
        notes=notes,
        asked=before.question,
    )
