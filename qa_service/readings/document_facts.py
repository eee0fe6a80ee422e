"""Readings about a document as a whole: its number, who issued it, when, whether it is a draft.

The document is the one that the question names (``scope``), or the one that bears the number in
the question. The answer is written as the document writes it, with the line that says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.types import CypherStatement
from ontology.lexicon.later import later
from ontology.lexicon.normalise import fold
from ontology.structure import DOCUMENT
from qa_service.passages.corpus import CorpusPassage, flat
from qa_service.questions.asked import asked_by
from qa_service.questions.overlap import covered
from qa_service.questions.part_words import aside_words, part_words, stands
from qa_service.questions.parts import bits
from qa_service.questions.question import Question
from qa_service.readings.reading import Quoted, Reading
from qa_service.session import Session
from queries.logical_form import Entity, Follow, LogicalForm, Passages, Property

_DOCUMENT_NUMBER = later(r"[\u4e00-\u9fff]{1,8}[〔\[(（]\d{4}[〕\])）]\d+号")
#: a title with the number of the document behind it
_NUMBERED_TITLE = later(
    r"《(?P<title>[^》]{4,80})》\s*[（(](?P<number>[^（）()《》]{1,10}[〔\[(（]\d{4}[〕\])）]\d+号)[)）]"
)
_TITLE = later(r"《([^》]{4,80})》")
#: characters before it that say whose it is
_BEFORE_TITLE = 40
#: passages at either end of a document where it says what it is
_EDGE = 12
_LONGEST = 60
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True)
class _Value:
    """A value as written, what it is (its label), the passage that writes it, and the form that
    computes it."""

    label: str
    shown: str
    passage: CorpusPassage | None
    form: LogicalForm


def of_documents(question: Question, session: Session) -> list[Reading]:
    """Readings about the documents that a question names, best first."""
    return [*_by_number(question, session), *_numbers_cited(question, session), *_facts(question, session)]


def _by_number(question: Question, session: Session) -> Iterator[Reading]:
    """湘市监质〔2021〕110号是哪份文件."""
    m = _DOCUMENT_NUMBER.search(question.clean)
    if m is None:
        return
    for document in session.corpus.documents.values():
        if document.number and fold(document.number) in fold(m[0]):
            passage = _saying(document.id, document.number, session)
            shown = bits(m.start(), m.end()) | aside_words(question.clean) | stands(question.clean, _KIND)
            yield _reading(
                question,
                session,
                [_Value("", document.name, passage, Entity(f"document:{document.id}"))],
                shown,
                "numbered",
            )


def _numbers_cited(question: Question, session: Session) -> Iterator[Reading]:
    """澧县方案引用的指导意见,文号是什么: the number that a document gives of another one that it names."""
    text = question.clean
    cites = stands(text, part_words()["cites"])
    number = re.search("(?:发文)?(?:文号|字号)|文件编号", text)
    documents = question.scope.documents
    if number is None or not cites or len(documents) != 1:
        return
    asked = asked_by(question)
    told = bits(*number.span()) | bits(asked.start, asked.end) | cites | aside_words(text)
    told |= stands(text, (*_WHO, *_KIND, *_EDGES, *_NAMED, "是什么", "是多少", "分别"))
    need = question.content() & ~told
    need &= need << 1 | need >> 1
    total = need.bit_count()
    found = []
    for passage in session.corpus.passages:
        if passage.document not in documents:
            continue
        for m in _NUMBERED_TITLE.finditer(passage.text):
            around = flat(passage.text[max(0, m.start() - _BEFORE_TITLE) : m.end()])
            said = covered(text, need, (around,))
            found.append((said.bit_count() / total if total else 1.0, passage, m, said))
    found.sort(key=lambda f: (-f[0], f[1].order))
    if not found or (len(found) > 1 and found[0][0] == found[1][0]):
        return
    share, passage, m, said = found[0]
    basis = re.search(r"哪[几两一二三四五]?[份个些]", text)
    titles = _TITLE.findall(passage.text) if basis else [m["title"]] if stands(text, _NAMED) else []
    shown = tuple(dict.fromkeys([*titles, m["number"]]))
    yield Reading(
        form=Passages((passage.id,)),
        cost=round(1 - share, 4),
        explained=told | said,
        rule="of_documents",
        tree=f"of_documents number cited: {m['number']}, share {share:.2f}",
        source="structure",
        quoted=Quoted(shown, f"该文件写到《{m['title']}》（{m['number']}）。"),
        whole=True,
    )


#: where a document says what it rests on
_EDGES = ("开篇", "开头", "篇首", "引言", "前言", "首段", "第一段")
#: its name is asked for too
_NAMED = ("全名", "全称", "名称", "标题", "名字", "题目")
_KIND = (
    "哪两份",
    "那份",
    "哪份",
    "哪个",
    "哪一份",
    "文件",
    "材料",
    "规划",
    "方案",
    "文号",
    "叫什么",
    "名称",
    "标题",
    "which",
    "document",
)


def _facts(question: Question, session: Session) -> Iterator[Reading]:
    ontology = session.ontology
    asked = asked_by(question)
    attributes: dict[str, int] = {}
    relations: dict[str, int] = {}
    for alternatives in question.segments:
        if question.inside_scope(alternatives):
            continue
        span = bits(alternatives[0].start, alternatives[0].end)
        for m in alternatives:
            name = str(m.value)
            if m.kind == "attribute" and DOCUMENT in ontology.attributes[name].domain:
                attributes[name] = attributes.get(name, 0) | span
            elif (
                m.kind == "relation"
                and ontology.relations[name].domain < _wide(session)
                and DOCUMENT in (ontology.relations[name].domain)
            ):
                relations[name] = relations.get(name, 0) | span
    documents = question.scope.documents
    if len(documents) != 1 or question.scope.sections or not (attributes or relations):
        return
    (document,) = documents
    whole = Entity(f"document:{document}")
    values: list[_Value] = []
    explained = 0
    timed = asked.sort == "time"
    text = question.clean
    if timed:
        explained |= bits(asked.start, asked.end) | stands(text, part_words()["period"])
        for name, datatype in ((a.name, a.datatype) for a in ontology.attributes.values()):
            if datatype.endswith("date") and DOCUMENT in ontology.attributes[name].domain:
                attributes.setdefault(name, 0)
    for name, span in attributes.items():
        value = _attribute(name, document, whole, session)
        if value is not None and value.shown not in {v.shown for v in values}:
            values.append(value)
        explained |= span
    for name, span in relations.items():
        explained |= span
        # 是哪个文号印发的 asks for nobody
        numbered = asked.sort == "document_number"
        if (timed or numbered) and not any(w in text for w in ("谁", "单位", "机关", "部门")):
            continue
        values += _related(name, document, whole, session)
    if values:
        yield _reading(question, session, values, explained | stands(text, _WHO), "facts")


_WHO = (
    "谁",
    "单位",
    "机关",
    "部门",
    "哪个",
    "给我",
    "一下",
    "稿",
    "吗",
    "是不是",
    "是否",
    "哪天",
    "时间",
    "日期",
)


def _wide(session: Session) -> frozenset[str]:
    return frozenset(session.ontology.classes)


def _attribute(name: str, document: str, whole: Entity, session: Session) -> _Value | None:
    """A property of the document, as it writes it."""
    query = f"MATCH (d:{DOCUMENT}) WHERE d.id = $id RETURN d.`{name}` AS value"
    rows = session.store.read(CypherStatement(query, {"id": whole.id})).rows
    value = rows[0][0] if rows else None
    label = session.ontology.attributes[name].labels.zh
    if session.ontology.attributes[name].datatype.endswith("boolean"):
        opening = _edges(document, session)
        passage = _saying(document, label, session) if value else (opening[0] if opening else None)
        return _Value(label, "是" if value else "否", passage, Property(whole, name))
    if not value:
        return None
    date = _DATE.fullmatch(str(value))
    if date:
        year, month, day = (int(g) for g in date.groups())
        pattern = re.compile(rf"{year}\s?年\s?{month}\s?月(?:\s?{day}\s?日)?")
        for passage in _edges(document, session):
            m = pattern.search(passage.words)
            if m:
                return _Value(label, m[0], passage, Property(whole, name))
        return _Value(label, f"{year}年{month}月{day}日", None, Property(whole, name))
    return _Value(label, str(value)[:_LONGEST], _saying(document, str(value), session), Property(whole, name))


def _related(name: str, document: str, whole: Entity, session: Session) -> Iterator[_Value]:
    query = (
        f"MATCH (d:{DOCUMENT})-[r:{name}]->(x) WHERE d.id = $id AND r.polarity = 'stated'\n"
        "RETURN x.name AS name ORDER BY name"
    )
    label = session.ontology.relations[name].labels.zh
    for (found,) in session.store.read(CypherStatement(query, {"id": whole.id})).rows:
        shown = str(found or "")
        if shown:
            yield _Value(
                label, shown[:_LONGEST], _saying(document, shown, session), Follow(whole, name, "out")
            )


def _edges(document: str, session: Session) -> list[CorpusPassage]:
    own = [p for p in session.corpus.passages if p.document == document]
    return own if len(own) <= 2 * _EDGE else [*own[:_EDGE], *own[-_EDGE:]]


def _saying(document: str, words: str, session: Session) -> CorpusPassage | None:
    """The first passage at the edges of the document that has these words."""
    key = fold(words)
    return next((p for p in _edges(document, session) if key in fold(p.text)), None)


def _reading(
    question: Question, session: Session, values: list[_Value], explained: int, rule: str
) -> Reading:
    need = question.content() & ~aside_words(question.clean)
    for alternatives in question.segments:
        if all(m.kind == "word" for m in alternatives):
            need &= ~bits(alternatives[0].start, alternatives[0].end)
    total = max(1, need.bit_count())
    share = (need & explained).bit_count() / total if need else 1.0
    passages = tuple(dict.fromkeys(v.passage.id for v in values if v.passage is not None))
    names = [d.name for d in session.corpus.documents.values() if d.id in question.scope.documents]
    said = "；".join(f"{v.label}：{v.shown}" if v.label else v.shown for v in values)
    text = "" if question.english else f"《{names[0]}》{said}。" if names else f"{said}。"
    quoted = Quoted(tuple(dict.fromkeys(v.shown for v in values)), text) if passages else None
    form: LogicalForm = Passages(passages) if passages else values[0].form
    return Reading(
        form=form,
        cost=round(1 - share, 4),
        explained=explained,
        rule="of_documents",
        tree=f"of_documents {rule}: " + "、".join(v.shown for v in values),
        source="structure",
        quoted=quoted,
        whole=True,
    )
