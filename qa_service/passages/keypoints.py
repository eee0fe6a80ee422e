"""Readings of open questions (有哪些举措, 怎么做, 什么原因): the sentences that speak to them.

What is shown are sentences of one paragraph or one section as they stand, each with its quote;
nothing is put in other words. A section is taken by its title and the titles it stands under, a
paragraph by what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ontology.model import Ontology
from qa_service.passages.corpus import Corpus, CorpusPassage, CorpusSection
from qa_service.passages.frame import Frame, another_period, fitted, framed, placed, places_in, strengths
from qa_service.passages.prose import anchors, as_written, prose_words
from qa_service.questions.alike import general
from qa_service.questions.asked import asked_by
from qa_service.questions.overlap import covered
from qa_service.questions.question import Question
from qa_service.questions.wanted import wanted_by
from qa_service.readings.rank import THRESHOLD
from qa_service.readings.reading import Quoted, Reading
from queries.logical_form import Passages

#: characters of an answer to an open question, and sentences of it, at most
MOST = 690
_SENTENCES = 12
#: passages whose paragraphs and sections are looked into
_LOOKED_INTO = 30
#: what counts beside a section's own title or a paragraph's best sentence: titles farther out,
#: the rest of the paragraph, the text of a section
_UPPER = 0.75
_BESIDE = 0.75
_BODY = 0.55
_LISTED = 0.95
#: share of what is said of the things named that has to be accounted for
_LEAST_SAID = 0.35
#: what it is worth that a title names the region that is asked of
_HOME = 0.1
#: kind of a section that is a list in the text, under the sentence that leads up to it
_LIST = "list"
#: a section with more text than this is no answer
_LONGEST = 4_000
#: what it is worth that a unit names what is looked for in the question's word or another, or only
#: speaks of it; that its title is said (twice that where it says all that is asked); that it opens with
#: what is said
_ASKED = 0.2
_NAMED = 0.18
_CUED = 0.05
_TITLED = 0.1
_TOPICAL = 0.1
#: what it is worth that titles speak of all that is asked
_HEADED = 0.12
_READ = frozenset(("sentence", "item"))


@dataclass(frozen=True)
class Unit:
    """Sentences that belong together: a paragraph, or all of a section."""

    passages: tuple[CorpusPassage, ...]
    section: CorpusSection | None
    share: float
    score: float
    explained: int


@dataclass(frozen=True)
class Kind:
    """What an open question looks for (causes, lacks, acts): the words that name it, and those
    by which a sentence speaks of it."""

    asked: tuple[str, ...]
    names: tuple[str, ...]
    says: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Kind:
        asked: list[str] = []
        names: list[str] = []
        says: list[str] = []
        for asks, words in prose_words().cues.values():
            said = [a for a in asks if a in text]
            if said:
                says += words
            asked += said
            for word in said:
                names += [*(w for group in general().groups if word in group for w in group)]
        return cls(tuple(asked), tuple(names), tuple(says))

    def worth(self, *texts: str) -> float:
        """What it is worth that a text names what is looked for, or only speaks of it."""
        if any(name in words for name in self.asked for words in texts):
            return _ASKED
        if any(name in words for name in self.names for words in texts):
            return _NAMED
        return _CUED if any(word in words for word in self.says for words in texts) else 0.0


def keypoints(question: Question, corpus: Corpus, ontology: Ontology) -> list[Reading]:
    """Readings as the key points of one paragraph or section, best first."""
    asked = asked_by(question)
    if asked.sort != "text":
        return []
    frame = framed(question, asked, wanted_by(question, ontology), corpus, ontology)
    if not frame.weight(frame.mask):
        return []
    kind = Kind.of(question.clean[max(0, asked.start - 2) : asked.end + 2])
    units = sorted(
        (*_sections(frame, corpus, kind, question), *_paragraphs(frame, corpus, kind, question)),
        key=lambda u: (-u.score, len(u.passages), u.passages[0].id),
    )
    readings: list[Reading] = []
    for unit in units[:3]:
        if unit.share < THRESHOLD / 2:
            continue
        # the order of the units is that of their score
        confidence = min([0.97, unit.share + 0.1, *(1 - r.cost - 0.001 for r in readings)])
        chosen = _chosen(unit, frame, kind)
        text = _text(chosen, unit, question.english)
        readings.append(
            Reading(
                form=Passages(tuple(p.id for p in chosen)),
                cost=round(1 - confidence, 4),
                explained=unit.explained | (question.content() & ~frame.mask),
                rule="keypoints",
                tree=f"keypoints of {unit.section.words if unit.section else 'a paragraph'}  "
                f"share={unit.share:.2f} score={unit.score:.2f}, {len(unit.passages)} sentences\n"
                f"  {unit.passages[0].words[:80]}",
                source="passages",
                quoted=Quoted(_titles(unit, corpus), text),
            )
        )
    return readings


def _titles(unit: Unit, corpus: Corpus) -> tuple[str, ...]:
    """The titles of a section's parts where they are short: what the points are about."""
    parts = corpus.children.get(unit.section.id, ()) if unit.section else ()
    titles = tuple(re.sub(r"[。;；:：*]+$", "", p.title).strip() for p in parts)
    return titles if 2 <= len(titles) <= 12 and all(1 < len(t) <= 30 for t in titles) else ()


def _paragraphs(frame: Frame, corpus: Corpus, kind: Kind, question: Question) -> Iterator[Unit]:
    """The paragraphs of the passages that are nearest to the question, by their best sentence."""
    seen: set[str] = set()
    for passage in _near(frame, corpus):
        run = tuple(p for p in corpus.paragraphs.get(passage.id, (passage,)) if p.kind in _READ)
        if not run or run[0].id in seen or not question.scope.holds(p.id for p in run):
            continue
        seen.add(run[0].id)
        if run[-1].words.endswith(":"):
            continue  # what leads up to a list: the list is a section of its own
        whole = replace(run[0], id="", words="".join(p.words for p in run))
        fit = fitted(frame, whole, corpus, _LEAST_SAID)
        if fit is None or another_period(whole, frame.wanted, ""):
            continue
        outer = [*(s.words for s in corpus.around(run[0].section)), *_document(run[0].document, corpus)]
        best = max(run, key=lambda p: sum(_strength(frame, p.words)))
        if not any(_of_place(frame, p, p.words, corpus) for p in (run[0], best)):
            continue
        beside = _weakened(_strength(frame, whole.words), _BESIDE)
        titles = _weakened(_strengths(frame, outer), _UPPER)
        placed = _weakened(_mask(frame, fit.explained & frame.named), _UPPER)
        share = max(_share(frame, _strength(frame, p.words), beside, titles, placed) for p in run)
        score = share + kind.worth(*(p.words for p in run)) + _TOPICAL * _topical(frame, run[0].words)
        score += _HEADED * _share(frame, _strengths(frame, outer)) + _HOME * _at_home(frame, outer[:-1])
        yield Unit(run, None, share, score, fit.explained)


def _near(frame: Frame, corpus: Corpus) -> Iterator[CorpusPassage]:
    """The passages nearest to the question, with and without the noun that it asks after, and
    those of sections whose title is among them."""
    for text in (frame.bare, frame.wanted.text):
        for passage in corpus.nearest(text, _LOOKED_INTO):
            yield passage
            if passage.kind == "heading":
                yield from corpus.inside(passage.section)[:_LOOKED_INTO]


def _sections(frame: Frame, corpus: Corpus, kind: Kind, question: Question) -> Iterator[Unit]:
    """Sections whose title speaks of what is asked."""
    for section in corpus.sections.values():
        passages = tuple(p for p in corpus.within.get(section.id, ()) if p.kind in _READ)
        own = _strength(frame, section.words)
        if section.kind == _LIST and passages:
            # what leads up to a list is said in the sentences before it
            lead = corpus.paragraphs.get(passages[0].id, ())[-3:-1]
            own = [max(a, b) for a, b in zip(own, _strengths(frame, (p.words for p in lead)), strict=True)]
        if not any(own):
            continue
        size = sum(len(p.words) for p in passages)
        if not passages or size > _LONGEST or not question.scope.holds(p.id for p in passages):
            continue
        if not _of_place(frame, replace(passages[0], section=section.id), section.words, corpus):
            continue
        line = corpus.around(section.id)
        words = "。".join([section.words, *(p.words for p in passages)])
        whole = replace(passages[0], id="", words=words, section=section.id)
        fit = fitted(frame, whole, corpus, _LEAST_SAID)
        if fit is None or another_period(whole, frame.wanted, ""):
            continue
        outer = [*(s.words for s in line[1:]), *_document(section.document, corpus)]
        # a list without a title of its own is about what its section is about
        listed = section.kind == _LIST
        share = _share(
            frame,
            own,
            _weakened(_strengths(frame, outer), _LISTED if listed and not section.label else _UPPER),
            _weakened(_mask(frame, fit.explained & frame.named), _UPPER),
            _weakened(_strength(frame, words), _BESIDE if listed else _BODY),
        )
        # a title that the question says in full
        title = re.sub(r"[^\w]", "", section.words[len(section.label) :])
        title = title[next((len(v) for v in prose_words().verbs if title.startswith(v)), 0) :]
        said = covered(title, (1 << len(title)) - 1, (frame.wanted.text,)).bit_count()
        titled = len(title) >= 4 and said >= 0.9 * len(title)
        asks = frame.weight(covered(frame.wanted.text, frame.said, (section.words,)))
        score = share + _HEADED * _share(frame, own, _strengths(frame, outer)) + kind.worth(section.words)
        score += _HOME * _at_home(frame, [s.words for s in line])
        score += _TITLED * titled * (2 if asks >= 0.9 * frame.weight(frame.said) > 0 else 1)
        yield Unit(passages, section, share, score, fit.explained)


def _topical(frame: Frame, words: str) -> bool:
    """A paragraph that opens with what the question says of it."""
    opening = covered(frame.wanted.text, frame.said, (words[:16],))
    return frame.weight(opening) >= 0.6 * frame.weight(frame.said) > 0


def _at_home(frame: Frame, titles: Iterable[str]) -> bool:
    """A title names a region that the question names."""
    codes = {i.partition(":")[2] for _, ids in frame.wanted.named for i in ids}
    return any(code in codes for words in titles for _, _, code in places_in(words))


def _of_place(frame: Frame, passage: CorpusPassage, words: str, corpus: Corpus) -> bool:
    """Whether these words or the titles around them are of the regions that the question names: a
    region named once in a long text does not make the text one on it."""
    document = corpus.documents.get(passage.document)
    around = [*(s.words for s in corpus.around(passage.section)), document.words if document else ""]
    home = document.place if document else ""
    return placed(frame, replace(passage, words=words), around, home, (), ()) is not None


def _document(ident: str, corpus: Corpus) -> tuple[str, ...]:
    document = corpus.documents.get(ident)
    return (document.words,) if document else ()


def _strength(frame: Frame, words: str) -> list[float]:
    """For each character of the question how well these words match it."""
    return [0.4 + 0.6 * s if s else 0.0 for s in strengths(frame, anchors(frame.wanted.text, words))]


def _strengths(frame: Frame, texts: Iterable[str]) -> list[float]:
    found = [0.0] * len(frame.wanted.text)
    for words in texts:
        found = [max(a, b) for a, b in zip(found, _strength(frame, words), strict=True)]
    return found


def _mask(frame: Frame, mask: int) -> list[float]:
    return [1.0 if mask >> i & 1 else 0.0 for i in range(len(frame.wanted.text))]


def _weakened(strengths: list[float], by: float) -> list[float]:
    return [by * s for s in strengths]


def _share(frame: Frame, *strengths: list[float]) -> float:
    """Share of the question that is accounted for, each character by what matches it best."""
    got = sum(w * max(s[i] for s in strengths) for i, w in enumerate(frame.weights) if frame.mask >> i & 1)
    return got / frame.weight(frame.mask)


def _shared(frame: Frame, words: str) -> int:
    """The characters of the question that stand in these words, or have their meaning there."""
    found = 0
    for a in anchors(frame.wanted.text, words):
        found |= ((1 << (a.q1 - a.q0)) - 1) << a.q0
    return found & frame.mask


def _chosen(unit: Unit, frame: Frame, kind: Kind) -> list[CorpusPassage]:
    """The sentences to show, in order: the most telling ones that fit in the answer's length."""
    total = frame.weight(frame.mask) or 1.0

    def telling(n: int, passage: CorpusPassage) -> float:
        score = 2.0 * frame.weight(_shared(frame, passage.words)) / total
        score += 0.5 * any(word in passage.words for word in kind.says)
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


def _point(passage: CorpusPassage) -> str:
    text = as_written(passage.text, 0, len(passage.words))
    text = re.sub(r"^\s*(?:[-–·•]|\d+[.、)])\s*", "", text)
    return text.rstrip("。;；,，:： ")


def _text(chosen: list[CorpusPassage], unit: Unit, english: bool) -> str:
    points = [p for p in (_point(c) for c in chosen) if p]
    if len(points) == 1:
        return points[0][:MOST]
    head = "From the text:" if english else "原文写到："
    room = MOST - len(head) - 3 * len(points)
    long = max(60, room // len(points))
    spare = room - sum(min(len(p), long) for p in points)
    shown = []
    for point in points:
        most = long
        if len(point) > long and spare > 0:
            take = min(spare, len(point) - long)
            most, spare = long + take, spare - take
        shown.append(f"\n· {_cut(point, most)}")
    return (head + "".join(shown))[:MOST]


def _cut(text: str, most: int) -> str:
    """The text up to the last clause that fits."""
    if len(text) <= most:
        return text
    at = max((m.start() for m in re.finditer(r"[,，;；、]", text[:most])), default=most)
    return text[: at if at > most // 2 else most]
