"""Readings of open questions (有哪些举措, 怎么做, 什么原因): the sentences that speak to them.

What is shown are sentences of one paragraph or one section as they stand, each with its quote;
nothing is put in other words. A section is taken by its title and the titles it stands under, a
paragraph by what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ontology.model import Ontology
from qa_service.asked import asked_by
from qa_service.library import Library, LibraryPassage, LibrarySection
from qa_service.observed import wanted_by
from qa_service.overlap import covered
from qa_service.prose import anchors, as_written, prose_words
from qa_service.question import Question
from qa_service.rank import THRESHOLD
from qa_service.reading import Quoted, Reading
from qa_service.spans import Frame, another_period, fitted, framed
from queries.logical_form import Passages

#: characters of an answer to an open question, and sentences of it, at most
MOST = 690
_SENTENCES = 12
#: passages whose paragraphs and sections are looked into
_LOOKED_INTO = 30
#: what titles farther out, and the text of a section, count beside its own title
_UPPER = 0.85
_BODY = 0.5
#: a section with more text than this is no answer
_LONGEST = 4_000
#: what it is worth that a unit has the words of what is asked for (causes, lacks, acts)
_CUED = 0.12
_READ = frozenset(("sentence", "item"))


@dataclass(frozen=True)
class Unit:
    """Sentences that belong together: a paragraph, or all of a section."""

    passages: tuple[LibraryPassage, ...]
    section: LibrarySection | None
    score: float
    explained: int


def keypoints(question: Question, library: Library, ontology: Ontology) -> list[Reading]:
    """Readings as the key points of one paragraph or section, best first."""
    asked = asked_by(question)
    if asked.sort != "text":
        return []
    frame = framed(question, asked, wanted_by(question, ontology), library, ontology)
    if not frame.weight(frame.mask):
        return []
    says = tuple(
        word
        for asks, words in prose_words().cues.values()
        if any(a in question.clean for a in asks)
        for word in words
    )
    units = sorted(
        (u for u in (*_sections(frame, library, says, question), *_paragraphs(frame, library, says, question))),
        key=lambda u: (-u.score, len(u.passages), u.passages[0].id),
    )
    readings: list[Reading] = []
    for unit in units[:3]:
        if unit.score < THRESHOLD / 2:
            break
        chosen = _chosen(unit, frame, says)
        text = _text(chosen, unit, question.english)
        readings.append(
            Reading(
                form=Passages(tuple(p.id for p in chosen)),
                cost=round(1 - min(0.99, unit.score), 4),
                explained=unit.explained | (question.content() & ~frame.mask),
                rule="keypoints",
                tree=f"keypoints of {unit.section.words if unit.section else 'a paragraph'}  "
                f"score={unit.score:.2f}, {len(unit.passages)} sentences\n  {unit.passages[0].words[:80]}",
                source="passages",
                quoted=Quoted((), text),
            )
        )
    return readings


def _paragraphs(
    frame: Frame, library: Library, says: tuple[str, ...], question: Question
) -> Iterator[Unit]:
    """The paragraphs of the passages that are nearest to the question."""
    seen: set[str] = set()
    for passage in library.nearest(frame.bare, _LOOKED_INTO):
        run = tuple(p for p in library.paragraphs.get(passage.id, (passage,)) if p.kind in _READ)
        if not run or run[0].id in seen or not question.scope.holds(p.id for p in run):
            continue
        seen.add(run[0].id)
        whole = replace(run[0], id="", words="".join(p.words for p in run))
        if another_period(whole, frame.wanted, ""):
            continue
        fit = fitted(frame, whole, library)
        if fit is None:
            continue
        # the sentence that speaks of it most: words scattered over a long paragraph tell less
        most = max(frame.weight(_shared(frame, p.words)) for p in run) / frame.weight(frame.mask)
        score = 0.7 * min(1.0, fit.share) + 0.3 * max(most, min(1.0, fit.share) - 0.3)
        yield Unit(run, None, score + _cued(whole.words, says), fit.explained)


def _sections(frame: Frame, library: Library, says: tuple[str, ...], question: Question) -> Iterator[Unit]:
    """Sections whose title speaks of what is asked."""
    text, mask = frame.wanted.text, frame.mask
    inside = _descendants(library)
    for section in library.sections.values():
        own = _shared(frame, section.words)
        if not own:
            continue
        passages = inside.get(section.id, ())
        size = sum(len(p.words) for p in passages)
        if not passages or size > _LONGEST or not question.scope.holds(p.id for p in passages):
            continue
        line = [*library.around(section.id)]
        document = library.documents.get(section.document)
        whole = replace(
            passages[0], id="", words="。".join([section.words, *(p.words for p in passages)]), section=section.id
        )
        fit = fitted(frame, whole, library)
        if fit is None or another_period(whole, frame.wanted, ""):
            continue
        upper = covered(text, mask & ~own, [*(s.words for s in line[1:]), document.words if document else ""])
        places = fit.explained & frame.named & ~own
        upper |= places
        body = fit.explained & ~own & ~upper
        total = frame.weight(mask)
        share = (frame.weight(own) + _UPPER * frame.weight(upper) + _BODY * frame.weight(body)) / total
        # a short title that the question says in full
        said = covered(section.words, (1 << len(section.words)) - 1, (text,)).bit_count()
        full = said / max(1, len(section.words))
        yield Unit(passages, section, share * (0.88 + 0.12 * full) + _cued(section.words, says), fit.explained)


def _descendants(library: Library) -> dict[str, tuple[LibraryPassage, ...]]:
    """Section → the sentences in it and in the sections inside it, in order."""
    found: dict[str, list[LibraryPassage]] = {}
    for passage in library.passages:
        if passage.kind in _READ:
            for section in library.around(passage.section):
                found.setdefault(section.id, []).append(passage)
    return {k: tuple(v) for k, v in found.items()}


def _shared(frame: Frame, words: str) -> int:
    """The characters of the question that stand in these words, or have their meaning there."""
    found = 0
    for a in anchors(frame.wanted.text, words):
        found |= ((1 << (a.q1 - a.q0)) - 1) << a.q0
    return found & frame.mask


def _cued(words: str, says: tuple[str, ...]) -> float:
    return _CUED if any(word in words for word in says) else 0.0


def _chosen(unit: Unit, frame: Frame, says: tuple[str, ...]) -> list[LibraryPassage]:
    """The sentences to show, in order: the most telling ones that fit in the answer's length."""
    total = frame.weight(frame.mask) or 1.0

    def telling(n: int, passage: LibraryPassage) -> float:
        score = 2.0 * frame.weight(_shared(frame, passage.words)) / total
        score += 0.5 * any(word in passage.words for word in says)
        score += 0.4 * (n == 0 or unit.passages[n - 1].section != passage.section)
        score += 0.3 * (passage.kind == "item")
        # what follows a telling sentence goes with it
        if n and unit.passages[n - 1].section == passage.section:
            score += 0.5 * frame.weight(_shared(frame, unit.passages[n - 1].words)) / total
        return score - 0.001 * n

    order = sorted(range(len(unit.passages)), key=lambda n: -telling(n, unit.passages[n]))
    chosen: list[int] = []
    length = 12
    for n in order:
        size = min(len(_point(unit.passages[n])), MOST // 2) + 4
        if chosen and (length + size > MOST or len(chosen) >= _SENTENCES):
            continue
        chosen.append(n)
        length += size
    return [unit.passages[n] for n in sorted(chosen)]


def _point(passage: LibraryPassage) -> str:
    text = as_written(passage.text, 0, len(passage.words))
    text = re.sub(r"^\s*(?:[-–·•]|\d+[.、)])\s*", "", text)
    return text.rstrip("。;；,，:： ")


def _text(chosen: list[LibraryPassage], unit: Unit, english: bool) -> str:
    points = [p for p in (_point(c) for c in chosen) if p]
    if len(points) == 1:
        return points[0][:MOST]
    room = MOST - 4 * len(points) - 6
    long = max(60, room // len(points))
    spare = room - sum(min(len(p), long) for p in points)
    shown = []
    for n, point in enumerate(points, 1):
        most = long
        if len(point) > long and spare > 0:
            take = min(spare, len(point) - long)
            most, spare = long + take, spare - take
        shown.append(f"({n}){_cut(point, most)}")
    head = "From the text: " if english else "原文："
    return (head + ("; " if english else "；").join(shown))[:MOST]


def _cut(text: str, most: int) -> str:
    """The text up to the last clause that fits."""
    if len(text) <= most:
        return text
    at = max((m.start() for m in re.finditer(r"[,，;；、]", text[:most])), default=most)
    return text[: at if at > most // 2 else most]
