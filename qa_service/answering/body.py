"""What an answer says: its sentence, items and table; and what is said where nothing is
recorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.types import CypherStatement
from qa_service.answering.answer_types import Disagreement, StatusWord
from qa_service.answering.attributed import Clause, Told
from qa_service.answering.execute import Outcome, dicts
from qa_service.answering.figures import figure
from qa_service.answering.say import ids_in
from qa_service.questions.question import Question
from qa_service.session import Session
from queries import logical_form as lf


@dataclass(frozen=True)
class Body:
    """``text`` is a sentence as it stands, or one that is told with its sources."""

    status: StatusWord
    text: str | Told
    answers: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    basis: tuple[str | None, ...] = ()
    #: of each row the id of the thing that it names, and its passages
    ids: tuple[str | None, ...] = ()
    passages: tuple[tuple[str, ...], ...] = ()
    #: how many rows there are, where these are the first of more
    total: int = 0
    conflicts: tuple[Disagreement, ...] = ()
    notes: tuple[str, ...] = ()


#: characters of what was asked that a sentence repeats, in Chinese and in English
_SAID = (60, 150)


def sentence(said: str, items: Iterable[str], en: bool, more: int = 0) -> Told:
    """What was asked and its items; ``more`` are not named, and counted all the same."""
    listed = list(dict.fromkeys(items))
    n = len(listed) + more
    if len(said) > _SAID[en] or (len(listed) == 1 and listed[0].startswith(said)):
        said = ""  # what nobody would read, or says the same
    if en:
        names = ", ".join(listed) + (" …" if more else "")
        said = f"{said}: " if said else ""
        return Told((Clause(f"{said}{names}" + (f" ({n})" if n > 1 else "")),))
    names = "、".join(listed) + ("等" if more else "")
    said = f"{said}：" if said else ""
    return Told((Clause(f"{said}{names}" + (f"（共{n}个）" if n > 1 else "")),))


def nothing(question: Question, outcome: Outcome, session: Session, said: str) -> Body:
    """Understood, and nothing recorded answers it: said so, with what is known nearby."""
    en = question.english
    near = nearby(outcome.reading.form, session, en)
    text = f"Nothing is recorded about: {said}." if en else f"没有查到相关记录：{said}。没有记录不等于没有。"
    if near:
        text += (
            (" Recorded nearby: " if en else "相近的已有记录：")
            + ("; " if en else "；").join(near)
            + ("." if en else "。")
        )
    return Body("no_data", text)


def nearby(form: object, session: Session, en: bool) -> list[str]:
    """What is on record about the things that a form names, a few words each."""
    entities = [i for i in ids_in(form) if not i.startswith("metric:")][:2]
    if isinstance(form, lf.Observations) and form.metric:
        return _figures_nearby(form, session, en)
    if not entities:
        return []
    query = (
        "MATCH (n)-[r]-(m)\nWHERE n.id IN $ids AND r.polarity = 'stated' AND m.name IS NOT NULL\n"
        "RETURN n.name AS name, m.class AS cls, count(DISTINCT m.id) AS n\nORDER BY n DESC, cls\nLIMIT 4"
    )
    found = []
    for name, cls, n in session.store.read(CypherStatement(query, {"ids": entities})).rows:
        known = session.ontology.classes.get(str(cls))
        if known is None or known.structural or known.document_part:
            continue
        label = known.labels.en if en else known.labels.zh
        found.append(f"{name}: {n} {label}" if en else f"{name}的{label}{n}个")
    return found


def _figures_nearby(form: lf.Observations, session: Session, en: bool) -> list[str]:
    """The same metric of the thing in other periods, else of other things."""
    columns = (
        "s.name AS subject_name, o.metric AS metric, o.period AS period, o.value AS value, o.low AS low, "
        "o.high AS high, o.text AS text, o.unit AS unit, o.bound AS bound"
    )
    about = "MATCH (s)<-[:ABOUT]-(o:Observation)-[:MEASURES]->(m:Metric)\nWHERE m.id = $metric"
    same = CypherStatement(
        f"{about} AND s.id IN $ids\nRETURN {columns}\nORDER BY period DESC, o.id\nLIMIT 3",
        {"metric": form.metric, "ids": list(ids_in(form.subject))},
    )
    rows = dicts(session.store.read(same))
    if not rows:
        others = CypherStatement(
            f"{about}\nRETURN {columns}\nORDER BY period DESC, o.id\nLIMIT 3", {"metric": form.metric}
        )
        rows = dicts(session.store.read(others))
    return [
        f"{r['subject_name']} {r['metric']} {r['period'] or ''} {figure(r, english=en)}".replace("  ", " ")
        for r in rows
    ]
