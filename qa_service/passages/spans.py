"""Readings from prose: a name, list, number, date or phrase of the asked sort in the best passages.

What is found is quoted, not recorded: the answer says so. A passage is read only where it has
what the question names and what it says of it; a span counts by how directly it stands where
the question has its asking words. Whatever the question says that neither the passage nor the
titles around it account for, takes from the confidence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from ontology.gazetteer import gazetteer
from ontology.lexicon.dimensions import mentions as dimension_mentions
from ontology.lexicon.later import later
from ontology.model import Ontology
from qa_service.passages.beside import Beside, Namer, Span
from qa_service.passages.candidates import spans
from qa_service.passages.corpus import Corpus, CorpusPassage
from qa_service.passages.derived import left_over
from qa_service.passages.doers import CHARGED, post_asked
from qa_service.passages.frame import Fit, Frame, another_period, fitted, framed, places_in, summing_up
from qa_service.passages.instead import says_another
from qa_service.passages.listed import SUMMED_UP
from qa_service.passages.measures import OF_WHOLE
from qa_service.passages.prose import as_written, clause_of, prose_words
from qa_service.questions.asked import Asked, asked_by
from qa_service.questions.figure_words import denies, figure_words
from qa_service.questions.overlap import covered
from qa_service.questions.parts import bits
from qa_service.questions.question import Question
from qa_service.questions.wanted import Wanted, wanted_by
from qa_service.readings.rank import THRESHOLD
from qa_service.readings.reading import Quoted, Reading
from queries.logical_form import Passages

#: passages that are looked into
_LOOKED_INTO = 24
#: of these, those whose neighbours are looked into too
_NEAREST = 8
#: passages of a section whose title is near
_OPENING = 8
#: share of the question that has to be accounted for
_LEAST = 0.6
#: least share of the common words that stands in the clause of a span and the one before
_LEAST_NEAR = 0.3
#: 什么是甲: a definition, which no phrase beside the word is
_DEFINES = re.compile(r"(?:请问)?(?:什么|啥)(?:是|叫)|何谓|何为")
#: what a sentence without its doer counts
_DOER_ABOVE = 0.86
#: two sentences that give values of one unit and fit so nearly alike are both shown
_ALIKE = 0.15
_SORTS = frozenset(
    (
        *("list", "thing", "time", "ordinal", "number", "document_number", "share"),
        *("purpose", "recipient", "nature", "goal"),
    )
)
#: a figure asked for beside the thing: …?具体多少
_AMOUNT_TOO = later(
    r"[,;?。]\s*(?:具体|分别|各|又|到底|究竟|数值|数字)*"
    r"(?:是|为|有)?(?:多少|多高|几)[\u4e00-\u9fff%]{0,2}[?。]*$"
)

#: what is left of the score where the sentence has another word in place of one of the question
_ANOTHER = 0.75
#: behind these stands the whole that a share is of
_PART_OF = ("占", "占到", "占了", "占总", "占全部", "占全省")
#: share of the question that a clause behind the answer's has to say of it
_TOLD_BEHIND = 0.25
#: one of several is set above or below all the others
_ORDERED = later(r"最[高低多少大小快慢好差强弱长短]|首位|之首|居首|第[一1]|垫底|highest|lowest")


def spanned(
    question: Question,
    corpus: Corpus,
    ontology: Ontology,
    main_year: Callable[[str], str],
    names: Namer,
) -> list[Reading]:
    """Readings as spans of passages, best first. ``main_year``: the year that a document is
    about; ``names``: the things named in a text."""
    bare = _AMOUNT_TOO.search(question.clean)
    if bare and bare.start() > 0:
        question = replace(question, clean=question.clean[: bare.start()])
    asked = asked_by(question)
    if asked.sort not in _SORTS or _DEFINES.match(question.clean):
        return []
    wanted = wanted_by(question, ontology)
    if asked.sort in ("number", "share") and _metric_asked(wanted, asked):
        return []  # a figure of a known metric is recorded, or it is not
    frame = framed(question, asked, wanted, corpus, ontology)
    if not frame.weight(frame.mask) and not (question.scope.sections and summing_up(frame)):
        return []
    readings = []
    given = _given(question)
    for passage in _looked_into(frame, corpus):
        if not readable(passage) or not question.scope.holds([passage.id]):
            continue
        if another_period(passage, wanted, main_year(passage.document)):
            continue
        if _ORDERED.search(question.clean) and not _ORDERED.search(passage.words):
            continue  # which is the highest is said by no passage that sets none above the others
        if "target" in wanted.kinds and asked.sort == "number" and not _planned(passage, corpus):
            continue  # how it stands is no answer to what is planned
        fit = fitted(frame, passage, corpus)
        if fit is None or fit.share < _LEAST:
            continue
        words, anchored = passage.words, fit.anchors
        beside = Beside(
            words,
            wanted.text,
            frame.asked,
            frame.head,
            frame.noun,
            wanted,
            anchored,
            ontology,
            names,
            frame.mask,
        )
        for span in spans(beside):
            near = _nearness(passage.words, span, frame)
            if near < _LEAST_NEAR or _of_another(passage.words, span, frame):
                continue
            derived = None
            if asked.sort in ("number", "share") and _turned_round(passage.words, span, frame):
                derived = left_over(frame, passage, span.items[0], fit) if span.rule == OF_WHOLE else None
                if derived is None:
                    continue
            if asked.sort in ("thing", "list") and denies(question.clean) and not denies(passage.words):
                continue
            if any(n not in _spoken(passage, corpus) for n in given):
                continue  # of another figure than the question tells of
            score = min(1.0, fit.share) * (0.42 + 0.3 * span.side + 0.13 * near + 0.15 * span.fit)
            # one in charge has been held against what he is in charge of
            another = span.rule != CHARGED and says_another(
                frame, passage, fit, corpus, (span.start, span.end)
            )
            score *= _ANOTHER if another else 1.0
            if bare and bare.start() > 0:
                span = _with_amount(passage.words, span)
            reading = _reading(passage, span, score, fit, frame, near, another)
            readings.append(replace(reading, quoted=derived or reading.quoted))
        if asked.sort == "thing":
            readings += _from_titles(frame, passage, corpus, fit)
            if not post_asked(beside):
                readings += _doer_above(frame, passage, corpus, fit, ontology, names)
    best: dict[tuple[str, ...], Reading] = {}
    for reading in sorted(readings, key=lambda r: (r.cost, repr(r.form))):
        assert reading.quoted is not None
        if all(reading.quoted.answers) and not any(len(a) > 60 for a in reading.quoted.answers):
            best.setdefault(reading.quoted.answers, reading)
    return _together(list(best.values())[:6], asked)[:4]


def _metric_asked(wanted: Wanted, asked: Asked) -> bool:
    """Whether a metric's own figure is asked for: not where the clause that asks names none (前面的合格率是
    背景), nor where the metric is what the share is of (占|营收|多少)."""
    text = wanted.text
    first, _ = clause_of(text, asked.start, asked.start)
    inside = [span for _, span in wanted.metrics if span >> first]
    if asked.sort != "share":
        return bool(wanted.metrics)
    return any(not text[: (span & -span).bit_length() - 1].endswith(_PART_OF) for span in inside)


def _given(question: Question) -> tuple[str, ...]:
    """Figures with a decimal point or a unit of money or share that the question tells: 3.2亿元."""
    return tuple(
        re.sub(r"[^\d.]", "", a[0].text)
        for a in question.segments
        if a[0].kind == "quantity" and re.search(r"\d(?:\.\d+)?(?:[万亿]|%)|\d\.\d", a[0].text)
    )


def _planned(passage: CorpusPassage, corpus: Corpus) -> bool:
    """Whether the passage, or a title above it, speaks of what is planned."""
    said = (passage.words, *(s.words for s in corpus.around(passage.section)))
    return any(cue in words for cue in figure_words().kinds["target"] for words in said)


def _spoken(passage: CorpusPassage, corpus: Corpus) -> str:
    return " ".join([passage.words, *(p.words for p in corpus.beside(passage))])


def _looked_into(frame: Frame, corpus: Corpus) -> list[CorpusPassage]:
    """The passages nearest to the question, and the sentences beside the very nearest."""
    found = corpus.nearest(f"{frame.bare} {frame.asked.head}", _LOOKED_INTO)
    summed = summing_up(frame)
    if summed:
        found += [p for p in corpus.nearest(summed, _NEAREST) if p not in found]
    beside: list[CorpusPassage] = []
    for near in found[:_NEAREST]:
        beside += corpus.inside(near.section)[:_OPENING] if near.kind == "heading" else corpus.beside(near)
    return list({p.id: p for p in (*found, *beside)}.values())


def readable(passage: CorpusPassage) -> bool:
    """Prose: no source note, and of tables only cells that hold sentences."""
    return passage.kind != "source" and (passage.kind != "row" or "。" in passage.words)


def _nearness(words: str, span: Span, frame: Frame) -> float:
    """How much of what the passage shares with the question stands in the clause of the span
    or the one before it; what the sentence begins with is near to all of it."""
    if span.rule in ("period", "name of the class", "name of one who acts") and span.start <= 1:
        return 0.7
    if span.rule == SUMMED_UP:
        return 0.9
    first, last = clause_of(words, span.start, span.end)
    before, _ = clause_of(words, max(0, first - 2), max(0, first - 1))
    if span.rule.startswith("name of") and span.start - first <= 1 and words[last : last + 1] == ",":
        # who begins a clause does what the next one says too: 甲公司通过试点,在乙领域突破
        _, last = clause_of(words, last + 1, last + 2)
    text, mask = frame.wanted.text, frame.mask
    shared = covered(text, mask, (words,))
    if not shared:
        return 0.0
    here = covered(text, mask, (words[first:last],))
    wider = covered(text, mask, (words[min(before, first) : last],))
    return 0.2 + (0.5 * frame.weight(here) + 0.3 * frame.weight(wider)) / frame.weight(shared)


def _turned_round(words: str, span: Span, frame: Frame) -> bool:
    """Who cannot do it is no answer to who can, nor the other way round."""
    text = frame.wanted.text
    if denies(text):
        return not denies(words)  # 四成仍靠经验,未建立体系: said in the next clause
    first, last = clause_of(words, span.start, span.end)
    _, behind = clause_of(words, last + 1, last + 2)
    here = covered(text, frame.mask, (words[first:last],))
    told = covered(text, frame.mask & ~here, (words[last:behind],))
    # 对17项指标,尚不具备认证能力: what the next clause denies of them
    follows = denies(words[last:behind]) and frame.weight(told) >= _TOLD_BEHIND * frame.weight(frame.mask)
    return denies(words[first:last]) or follows


def _of_another(words: str, span: Span, frame: Frame) -> bool:
    """The span stands between semicolons where less is shared than between others: what is
    parallel speaks of something else."""
    shared: list[tuple[bool, float]] = []
    start = 0
    for part in re.split(r"(?<=[;。])", words):
        end = start + len(part)
        weight = frame.weight(covered(frame.wanted.text, frame.mask, (part,)))
        shared.append((start <= span.start < end, weight))
        start = end
    own = next((w for here, w in shared if here), 0.0)
    return any(w > 2 * own for _, w in shared) or _of_another_item(words, span, frame)


def _of_another_item(words: str, span: Span, frame: Frame) -> bool:
    """A figure that says of which kind an item is (甲、20米的乙) is none of another item."""
    first, last = clause_of(words, span.start, span.end)
    if len(span.items) > 1 or "、" not in words[first:last] or not words[span.start].isdigit():
        return False
    start = max(first, words.rfind("、", first, span.start) + 1)
    end = words.find("、", span.end, last)
    end = last if end < 0 else end
    named = re.match(r"的?[^\W\d]{3,}", words[span.end : end])
    if named is None:
        return False

    def weight(part: str) -> float:
        return frame.weight(covered(frame.wanted.text, frame.mask, (part,)))

    own = weight(words[start:end])
    others = [*words[first:start].split("、"), *words[end:last].split("、")]
    return any(weight(part) > 1.2 * own for part in others)


def _reading(
    passage: CorpusPassage, span: Span, score: float, fit: Fit, frame: Frame, near: float, another: bool
) -> Reading:
    items = tuple(dict.fromkeys(as_written(passage.text, s, e) for s, e in span.items))
    return Reading(
        form=Passages((passage.id,)),
        cost=round(1 - score, 4),
        explained=fit.explained | bits(frame.asked.start, frame.asked.end),
        rule="spanned",
        tree=f"spanned {'、'.join(items)}  by {span.rule}  share={fit.share:.2f} said={fit.said:.2f} "
        f"side={span.side:.2f} near={near:.2f} fit={span.fit:.2f}{' another' if another else ''}\n  "
        f"{passage.words[:80]}",
        source="span",
        quoted=Quoted(items),
    )


def _with_amount(words: str, span: Span) -> Span:
    """The span with the first figure behind it in its clause."""
    _, last = clause_of(words, span.start, span.end)
    for m in dimension_mentions(words[span.end : last]):
        if m.kind == "quantity":
            place = (span.end + m.start, span.end + m.end)
            return Span((*span.items, place), span.start, span.end, span.fit, span.side, span.rule)
    return span


def _doer_above(
    frame: Frame,
    passage: CorpusPassage,
    corpus: Corpus,
    fit: Fit,
    ontology: Ontology,
    names: Namer,
) -> list[Reading]:
    """Who does it, where the sentence leaves that out: the one named by the title that it stands
    under (甲公司:站上制高点), or by the sentence that opens its section."""
    known = prose_words()
    cls = ontology.class_for(frame.head) if frame.head else None
    want = {cls.name} if cls else set()
    if not frame.head and any(w in frame.wanted.text for w in known.agents):
        want = set(known.acting)
    if not want & known.acting:
        return []
    if any(classes & want for _, _, classes in names(passage.words)):
        return []
    above = [section.words for section in corpus.around(passage.section)[:2]]
    above += [p.words for p in corpus.before(passage) if p.document == passage.document]
    document = corpus.documents.get(passage.document)
    if not passage.section and document is not None:
        above.append(document.words)
    for words in above:
        named = {words[s:e] for s, e, classes in names(words) if classes & want}
        if len(named) != 1:
            continue
        (name,) = named
        if name in frame.wanted.text:
            return []
        score = min(1.0, fit.share) * _DOER_ABOVE
        return [
            Reading(
                form=Passages((passage.id,)),
                cost=round(1 - score, 4),
                explained=fit.explained | bits(frame.asked.start, frame.asked.end),
                rule="spanned",
                tree=f"spanned {name}  by the one spoken of  share={fit.share:.2f}\n  {words}",
                source="span",
                quoted=Quoted((name,)),
            )
        ]
    return []


def _from_titles(frame: Frame, passage: CorpusPassage, corpus: Corpus, fit: Fit) -> list[Reading]:
    """The place asked for stands in a title around the passage: 中车株机 in 株洲市产品质量状况."""
    level = prose_words().places.get(frame.head)
    if level is None:
        return []
    for section in corpus.around(passage.section):
        for start, end, code in places_in(section.words):
            place = gazetteer().place(code)
            if place is None or (level and place.level != level):
                continue
            if section.words[start:end] in frame.wanted.text:
                continue
            # what the sentence itself says goes before what stands above it
            score = min(1.0, fit.share) * 0.86
            return [
                Reading(
                    form=Passages((passage.id,)),
                    cost=round(1 - score, 4),
                    explained=fit.explained | bits(frame.asked.start, frame.asked.end),
                    rule="spanned",
                    tree=f"spanned {place.name}  by a title  share={fit.share:.2f}\n  {section.words}",
                    source="span",
                    quoted=Quoted((place.name,)),
                )
            ]
    return []


def _together(readings: list[Reading], asked: Asked) -> list[Reading]:
    """Two sentences that give other times or numbers for the same, and fit alike: both."""
    if asked.sort not in ("time", "number") or len(readings) < 2:
        return readings
    first, second = readings[:2]
    assert first.quoted is not None
    assert second.quoted is not None
    units = {
        re.sub(r"[\d.,至到-]+|以[内上下]|不?超?过|约", "", a)
        for r in (first.quoted, second.quoted)
        for a in r.answers
    }
    if first.form == second.form or len(units) > 1 or units & {"年", "月"}:
        return readings
    if second.cost - first.cost > _ALIKE or second.cost > 1 - THRESHOLD + 0.05:
        return readings
    ids = tuple(i for r in (first, second) if isinstance(r.form, Passages) for i in r.form.ids)
    both = Reading(
        form=Passages(ids),
        cost=first.cost,
        explained=first.explained,
        rule="spanned",
        tree=f"{first.tree}\n{second.tree}",
        source="span",
        quoted=Quoted((*first.quoted.answers, *second.quoted.answers)),
    )
    return [both, *readings[2:]]
