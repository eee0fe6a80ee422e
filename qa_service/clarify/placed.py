"""A thing with a place before it that nothing on record says of it: 甲县的“乙”平台.

Tried only where the question is not understood with the place. The documents that name the thing have to name
the place too, and of the thing no other place may be on record.
"""

from __future__ import annotations

from itertools import pairwise

from graph.types import CypherStatement
from ontology.lexicon.mention import Mention
from ontology.structure import LOCATED_IN, REGION
from qa_service.questions.places import region_code
from qa_service.questions.question import Question
from qa_service.questions.scope import part_classes
from qa_service.session import Session

#: what may stand between the two
_BETWEEN = ("", "的", "那个", "这个", "的那个", "那家", "的那家")
_QUOTES = "“”\"'「」『』 "
_WHERE = (
    f"MATCH (n:{{cls}})-[:{LOCATED_IN}]->(r:{REGION}) WHERE n.id = $id RETURN r.id AS id ORDER BY id LIMIT 1"
)


def without_place(question: Question, session: Session) -> str:
    """The question without the place before the one thing that it names; "" where none stands so.

    >>> without_place(analysed("甲县“乙”平台服务了多少家企业", session), session)             # doctest: +SKIP
    '“乙”平台服务了多少家企业'
    """
    text = question.clean
    named = [a for a in question.segments if any(m.kind == "entity" for m in a)]
    for place, thing in pairwise(named):
        between = text[place[0].end : thing[0].start].strip(_QUOTES)
        codes = [region_code(i) for i, _ in _ids(place)]
        ids = _ids(thing)
        if between not in _BETWEEN or not all(codes) or not codes or len(ids) != 1:
            continue
        ident, cls = ids[0]
        if cls == REGION or cls in part_classes(session.ontology) or _somewhere(ident, cls, session):
            continue
        if _told_together(thing[0].text, place[0].text, session):
            return text[: place[0].start] + text[place[0].end :].removeprefix(between)
    return ""


def _ids(alternatives: tuple[Mention, ...]) -> list[tuple[str, str]]:
    return [
        (str(ident), str(cls))
        for m in alternatives
        if m.kind == "entity" and isinstance(m.value, tuple)
        for ident, cls in m.value
    ]


def _somewhere(ident: str, cls: str, session: Session) -> bool:
    """Whether it is on record where the thing is."""
    statement = CypherStatement(_WHERE.format(cls=cls), {"id": ident})
    return bool(session.store.read(statement).rows)


def _told_together(thing: str, place: str, session: Session) -> bool:
    """Whether a document that names the thing names the place too."""
    passages = session.corpus.passages
    documents = {p.document for p in passages if thing in p.words}
    return any(place in p.words for p in passages if p.document in documents)
