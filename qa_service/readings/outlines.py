"""Readings from the outline of a document: which parts does this section have?

资源加工业的改进措施列了哪四条 asks for the parts of the section that says 改进措施 in the
section on 资源加工业. The parts are recorded structure, so the form is a typed one.
哪几章没有附资料来源 asks of the sections themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ontology.model import Ontology
from ontology.structure import FROM_SOURCE, IN_SECTION, SECTION, SOURCE
from qa_service.passages.corpus import Corpus, CorpusSection
from qa_service.passages.prose import anchors
from qa_service.questions.asked import Asked, asked_by
from qa_service.questions.overlap import covered
from qa_service.questions.part_words import COUNTED, aside_words, part_words, stands
from qa_service.questions.parts import bits
from qa_service.questions.question import Question
from qa_service.questions.wanted import wanted_by
from qa_service.readings.reading import Quoted, Reading
from queries.logical_form import (
    Both,
    Count,
    Either,
    Entity,
    EntitySet,
    Except,
    Follow,
    Instances,
    LogicalForm,
)

#: what a section's parts are worth for each further section out
_FADING = 0.85
#: an answer item has at most so many characters
_LONGEST = 60
#: a longer piece of a title than this says which part is meant
_PIECE = 2
#: characters of an answer in whole sentences
_TEXT = 600
_CLAUSE = re.compile("[,，;；:：]")
#: which of two is ahead, where something stands or comes from: no question after the parts of a section
_OF_OTHER = re.compile(
    "来源|出处|(?:哪一?[个种家类边项]|谁)的?(?:数量|个数)?(?:更|比较|要)?[多少高低大小强快](?:一些|一点)?[?。]?$"
    "|(?:哪一?|第几)[章节](?!有|分|包)"
)
#: labels that are part of a section's name; others only number it
_NAMING = re.compile(r"第.+[章节篇]|专栏|附[件表录]|部分")


def outlined(question: Question, corpus: Corpus, ontology: Ontology) -> list[Reading]:
    """Readings as the parts of one section, or as sections of a document, best first."""
    found = [
        *_parts(question, corpus, ontology),
        *_of_noun(question, corpus, ontology),
        *_sections(question, corpus, ontology),
    ]
    return sorted(found, key=lambda r: (r.cost, repr(r.form)))[:4]


# ---- the parts of a section -------------------------------------------------------------------


def _parts(question: Question, corpus: Corpus, ontology: Ontology) -> list[Reading]:
    asked = asked_by(question)
    if asked.sort not in ("list", "number", "thing", "text") or _OF_OTHER.search(question.clean):
        return []
    wanted = wanted_by(question, ontology)
    weights = corpus.weights(wanted.text)
    asking = bits(asked.start, asked.end) if asked.end > asked.start else 0
    # the noun asked after needs no explaining, unless it names a relation: 专栏7的责任单位
    idle = (aside_words(wanted.text) | asking) & ~_telling(question)
    scope = question.scope
    found = []
    for section, parts in corpus.children.items():
        if section not in corpus.sections or len(parts) < 2 or not all(p.title for p in parts):
            continue
        line = corpus.around(section)
        if scope.documents and line[0].document not in scope.documents:
            continue
        if scope.sections and not scope.sections & {s.id for s in line}:
            continue
        document = corpus.documents.get(line[0].document)
        layers = [*(s.words for s in line), document.words if document else ""]
        named = section in scope.sections
        own = covered(wanted.text, wanted.mask, layers[:1])
        if scope.sections and not named and not own & ~idle:
            continue  # 第3章讲了哪几个行业: what the noun stands in is no part of it
        if not named and not own & ~asking and not (asked.head and line[0].words.endswith(asked.head)):
            continue  # 哪些企业零缺陷交付: a title with 企业 in it is not what they are asked of
        if (not own and not named) or (not named and _of_part(wanted.text, own, line[0], parts)):
            continue
        explained, score, factor = 0, 0.0, 1.0
        for layer in layers:
            fresh = covered(wanted.text, wanted.mask & ~explained, (layer,))
            score += factor * sum(w for i, w in enumerate(weights) if fresh >> i & 1)
            explained |= fresh
            factor *= _FADING
        need = wanted.mask & ~(idle & ~explained)
        total = sum(w for i, w in enumerate(weights) if need >> i & 1)
        share = score / total if total else float(named)
        if named:
            share = 0.45 + 0.55 * share
        share += _fit(asked, parts) - (0.0 if named else 0.05 * _unsaid(line[0], wanted.text))
        inside = Follow(Entity(section), IN_SECTION, "in", cls=SECTION)
        form: LogicalForm = inside
        if asked.sort == "number":
            each = stands(wanted.text, part_words()["each"])
            form, share = inside if each else Count(inside), share - (0.0 if named else 0.2)
        quoted = None
        if asked.sort in ("thing", "text") and not asked.counts:
            share -= 0.1 if asked.sort == "thing" or (not named and _unsaid(line[0], wanted.text)) else 0.0
        if asked.sort == "text":
            quoted = Quoted(tuple(name for _, name in written(parts)), _told(parts, corpus))
        found.append(
            Reading(
                form=form,
                cost=round(1 - min(1.0, share), 4),
                explained=explained | idle,
                rule="outlined",
                tree=f"outlined {line[0].words}: {len(parts)} parts, in "
                + " / ".join(s.words for s in line[1:]),
                source="structure",
                written=written(parts),
                quoted=quoted,
            )
        )
    return found


def _of_part(text: str, own: int, section: CorpusSection, parts: Sequence[CorpusSection]) -> bool:
    """Whether the question is of one of the parts: its title says all that the section's does, and more of it
    in one piece (推动*工程质量*提升 in 产品、工程和服务质量)."""

    def stretch(words: str) -> int:
        return max((a.q1 - a.q0 for a in anchors(text, words) if not a.alike), default=0)

    whole = stretch(section.words)
    return any(
        covered(text, own, (p.words,)) == own and stretch(p.words) > max(whole, _PIECE) for p in parts
    )


def _of_noun(question: Question, corpus: Corpus, ontology: Ontology) -> list[Reading]:
    """“五力”是哪五个力: as many titles of a document as are asked for that end in the noun, though a
    box stands between them (聚合力,完善格局 … 激活力,浓厚氛围)."""
    asked = asked_by(question)
    quoted = re.search(r"[“\"][二三四五六七八九十两\d]+[大个项]?([\u4e00-\u9fff]{1,4})[”\"]", question.clean)
    noun = asked.head or (quoted[1] if quoted else "")
    if asked.sort != "list" or asked.count < 2 or not noun:
        return []
    wanted = wanted_by(question, ontology)
    weights = corpus.weights(wanted.text)
    asking = bits(asked.start, asked.end) | aside_words(wanted.text)
    need = wanted.mask & ~asking
    total = sum(w for i, w in enumerate(weights) if need >> i & 1)
    named: dict[str, list[CorpusSection]] = {}
    for section in corpus.sections.values():
        if question.scope.documents and section.document not in question.scope.documents:
            continue
        if _CLAUSE.split(section.title)[0].endswith(noun) and _CLAUSE.search(section.title):
            named.setdefault(section.document, []).append(section)
    found = []
    for document, parts in sorted(named.items()):
        first = corpus.sections.get(parts[0].wider)
        if len(parts) != asked.count or first is None:
            continue
        held = covered(wanted.text, need, (first.words, corpus.documents[document].words))
        share = sum(w for i, w in enumerate(weights) if held >> i & 1) / total if total else 0.0
        reading = Reading(
            form=_either([p.id for p in parts]),
            cost=round(1 - share, 4),
            explained=held | asking,
            rule="outlined",
            tree=f"outlined {asked.count} titles that end in {noun}, from {first.words} on",
            source="structure",
            written=written(parts),
        )
        found.append(reading)
    return found


def _telling(question: Question) -> int:
    """The characters of words that say what stands in which relation to what."""
    mask = 0
    for alternatives in question.segments:
        if any(m.kind in ("relation", "role", "metric", "entity") for m in alternatives):
            mask |= bits(alternatives[0].start, alternatives[0].end)
    return mask


def _told(parts: Sequence[CorpusSection], corpus: Corpus) -> str:
    """What the parts say, each with as many sentences as a readable answer holds."""
    room = _TEXT // len(parts)
    told = []
    for part in parts:
        said = ""
        for passage in corpus.within.get(part.id, ()):
            sentence = re.sub(r"\s+", "", passage.text)
            if said and len(said) + len(sentence) > room:
                break
            said += sentence[:room]
        told.append(said or part.title)
    return "；".join(t.rstrip("。；;") for t in told) + "。"


def _fit(asked: Asked, parts: Sequence[CorpusSection]) -> float:
    if not asked.counts:
        return 0.0
    if len(parts) in asked.counts:
        return 0.2
    return -0.4 if asked.count else -0.15  # 哪五项: not all of them


def _unsaid(section: CorpusSection, text: str) -> int:
    """1 where most of the section's own title is not in the question."""
    mask = (1 << len(section.words)) - 1
    said = covered(section.words, mask, (text,)).bit_count()
    return int(said * 2 < len(section.words))


def written(sections: Iterable[CorpusSection]) -> tuple[tuple[str, str], ...]:
    """Sections as an answer names them: without a label that only numbers them, and of a whole
    sentence as many clauses as an answer item holds."""
    return tuple((s.id, _named(s)) for s in sections)


def _named(section: CorpusSection) -> str:
    title = section.title.strip()
    if len(title) > _LONGEST:
        cut = max(title.rfind(mark, 0, _LONGEST) for mark in "，,；;。、：:")
        title = title[: cut if cut > 0 else _LONGEST]
    label = section.label if _NAMING.search(section.label) else ""
    return f"{label} {title}".strip()


# ---- the sections of a document ----------------------------------------------------------------


def _sections(question: Question, corpus: Corpus, ontology: Ontology) -> list[Reading]:
    """一共几章, 第2章有哪几节, 哪几章没有附资料来源."""
    asked = asked_by(question)
    scope = question.scope
    said = source = negation = 0
    word = held = ""
    names = ontology.classes[SOURCE].labels.all()
    for alternatives in question.segments:
        if question.inside_scope(alternatives):
            continue
        span = bits(alternatives[0].start, alternatives[0].end)
        if any(m.kind == "class" and m.value == SECTION for m in alternatives):
            said |= span
            again, held = alternatives[0].text, ""
            if word and again not in word:
                held = again
            else:
                word = again  # 章节有哪几章: the one of the two
        if any(m.kind == "word" and m.value == "not" for m in alternatives):
            negation |= span
    source = stands(question.clean, names)
    if not word or not scope.documents or not asked.sort:
        return []
    outer = scope.sections
    fitting = [
        s
        for s in corpus.sections.values()
        if s.document in scope.documents
        and (word in s.label or (s.kind == "chapter" and not outer and word in ("章", "部分", "chapter")))
        and (not outer or outer & {w.id for w in corpus.around(s.id)[1:]})
    ]
    if not fitting:
        return []
    every: EntitySet = _either([s.id for s in fitting])
    each = stands(question.clean, part_words()["each"])
    explained = said | negation | source | each | bits(asked.start, asked.end)
    if source:
        citing = _citing(corpus)
        every = Except(every, citing) if negation else Both(every, citing)
    elif held and held != word:
        inner = [s for s in corpus.sections.values() if s.document in scope.documents and held in s.label]
        if not inner:
            return []
        holding = _upwards(_either([s.id for s in inner]), corpus)
        every = Except(every, holding) if negation else Both(every, holding)
    elif negation:
        return []
    form: LogicalForm = Count(every) if COUNTED.search(question.clean) and not each else every
    wanted = wanted_by(question, ontology)
    need = wanted.mask & ~aside_words(wanted.text)
    total = max(1, (need | explained & question.content()).bit_count())
    share = (explained & question.content()).bit_count() / total
    tree = f"outlined {word}: {len(fitting)} sections"
    explained |= aside_words(question.clean)
    reading = Reading(form, round(1 - share, 4), explained, "outlined", tree, "structure")
    return [replace(reading, written=written(fitting))]


def _citing(corpus: Corpus) -> EntitySet:
    """Sections of which a passage, or one of a part, has a numbered source."""
    return _upwards(Follow(Instances(SOURCE), FROM_SOURCE, "in"), corpus)


def _upwards(inner: EntitySet, corpus: Corpus) -> EntitySet:
    """The sections that passages or sections lie in, however far out."""
    level: EntitySet = Follow(inner, IN_SECTION, "out", cls=SECTION)
    form = level
    for _ in range(max((len(corpus.around(s)) for s in corpus.sections), default=1) - 1):
        level = Follow(level, IN_SECTION, "out", cls=SECTION)
        form = Either(form, level)
    return form


def _either(ids: Sequence[str]) -> EntitySet:
    form: EntitySet = Entity(ids[0])
    for other in ids[1:]:
        form = Either(form, Entity(other))
    return form
