"""The question before in other words: what the follow-up names in place of what it named.

For readings that are no form over the graph (read from prose, calculated, of several parts), and
as the complete question that a follow-up stands for.
"""

from __future__ import annotations

from ontology.lexicon.mention import Mention
from ontology.model import Ontology
from qa_service.followups.said import Said
from qa_service.questions.figure_words import figure_words, spans_of
from qa_service.questions.question import Question
from queries.terms import places

#: (start, end, what takes the place of the characters between)
_Change = tuple[int, int, str]


def rewritten(before: Question, said: Said, ontology: Ontology, metric: str = "") -> str | None:
    """The question before with the follow-up's words; None where it has no place for one of them.
    ``metric`` is the phrase of the figure that it was answered with.

    >>> rewritten(analysed("株洲有哪些产业链"), said_by(analysed("湘潭呢")), ontology)   # doctest: +SKIP
    '湘潭有哪些产业链'
    """
    changes: list[_Change] = []
    for alternatives in said.named:
        change = _of(before, alternatives, ontology, metric)
        if change is None:
            return None
        changes.append(change)
    if said.kind:
        change = _of_kind(before, said)
        if change is None:
            return None
        changes.append(change)
    if said.phrase:
        change = _of_phrase(before, said, metric)
        if change is None:
            return None
        changes.append(change)
    if not changes:
        return None
    text = before.clean
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _of(
    before: Question, alternatives: tuple[Mention, ...], ontology: Ontology, metric: str
) -> _Change | None:
    """Where the stretch of the follow-up goes: in place of the first of its sort."""
    text = alternatives[0].text
    wanted = {s for m in alternatives for s in _sorts(m, ontology)}
    for own in before.segments:
        if any(s in wanted for m in own for s in _sorts(m, ontology)):
            return own[0].start, own[0].end, text
    if "period" in wanted or "place" in wanted:
        return 0, 0, text  # when and where stand in front
    if "metric" in wanted:
        return _in_place_of(before, metric, text)
    if any(m.kind in ("class", "subtype") for m in alternatives):
        heads = [a for a in before.segments if any(m.kind in ("class", "subtype") for m in a)]
        if heads:
            return heads[0][0].start, heads[0][0].end, text
    return None


def _sorts(m: Mention, ontology: Ontology) -> tuple[str, ...]:
    """What may take the place of what: names of one class, places of all levels, words of a class
    and of its subtypes."""
    if m.kind == "entity" and isinstance(m.value, tuple):
        return tuple("place" if cls in places(ontology) else f"thing {cls}" for _, cls in m.value)
    if m.kind == "subtype":
        return (f"class {ontology.subtypes[str(m.value)].cls}",)
    if m.kind == "class":
        return (f"class {m.value}",)
    return (m.kind,) if m.kind in ("period", "metric", "role") else ()


def _of_kind(before: Question, said: Said) -> _Change | None:
    for cues in figure_words().kinds.values():
        for start, end in spans_of(before.clean, cues):
            return start, end, said.kind_word
    metric = _first(before, "metric")
    return (metric.end, metric.end, said.kind_word) if metric else None


def _of_phrase(before: Question, said: Said, metric: str) -> _Change | None:
    """A phrase of no vocabulary: another figure, or what narrows a sort of things."""
    if said.narrows:
        head = _first(before, "class") or _first(before, "subtype")
        return (head.start, head.start, said.phrase) if head else None
    known = _first(before, "metric")
    return (known.start, known.end, said.phrase) if known else _in_place_of(before, metric, said.phrase)


def _in_place_of(before: Question, phrase: str, new: str) -> _Change | None:
    at = before.clean.find(phrase) if phrase else -1
    return (at, at + len(phrase), new) if at >= 0 else None


def _first(question: Question, kind: str) -> Mention | None:
    return next((m for a in question.segments for m in a if m.kind == kind), None)
