"""The terms that an unknown phrase is nearest to, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ontology.lexicon.normalise import fold
from ontology.model import Ontology
from qa_service.meaning.model import Meaning
from qa_service.meaning.words import contrary

if TYPE_CHECKING:
    from qa_service.meaning.model import Vectors

#: how alike a phrase has to be to a term to be taken for it; the middle of where the part `threshold` of
#: tests/corpus/meaning/phrases.yaml does not change (0.75 to 0.8): 62 of 66 phrases right, none wrong, and
#: none of the 36 that mean no term. The part `held`: 57 of 74 right, 1 wrong, 1 of 32
THRESHOLD = 0.78
#: two terms so near to each other leave it open which is meant
MARGIN = 0.03
#: kinds of terms of which one is not meant where another is
_THINGS = frozenset(("class", "subtype"))
#: how long a phrase of a document may be
_LONGEST_PHRASE = 12


@dataclass(frozen=True)
class Term:
    """A word and what it denotes: ``kind`` as in :class:`ontology.model.Word`, or ``phrase`` (a metric
    as documents write it)."""

    surface: str
    kind: str
    value: str
    inverse: bool = False


@dataclass(frozen=True)
class Likeness:
    """``said`` may mean ``term``; ``sure`` is how alike they are, 0 to 1."""

    said: str
    term: Term
    sure: float


class Terms:
    """Everything that an unknown phrase may mean, by its vectors.

    >>> terms = Terms(ontology_terms(load_ontology()), StaticMeaning(SHIPPED))  # doctest: +SKIP
    >>> terms.nearest(["过关率"])[0][0].term.surface                            # doctest: +SKIP
    '合格率'
    """

    def __init__(self, terms: Iterable[Term], model: Meaning) -> None:
        # a word of one character is alike to all that has it: 超市 is no 市
        self._terms = tuple(t for t in dict.fromkeys(terms) if len(t.surface) > 1 and not t.surface.isascii())
        self.model = model

    @cached_property
    def _vectors(self) -> Vectors:
        return self.model.vectors([t.surface for t in self._terms])

    def nearest(
        self, phrases: Sequence[str], most: int = 3, less: Sequence[Sequence[str]] = ()
    ) -> list[list[Likeness]]:
        """For each phrase the terms that it may mean, the likeliest first; none on the other side of a
        contrast, none below ``THRESHOLD``.

        ``less`` are lists of the phrases with some characters left out: a term that is as near to what is
        left is no reading of those (帮 in 一站式平台帮, which is near to 一站式平台)."""
        if not phrases:
            return []
        import numpy as np

        alike = self.model.vectors(phrases) @ self._vectors.T
        alike *= np.array([self.model.known(p) for p in phrases])[:, None]
        # few terms are near to any phrase: only with those what is left is compared
        terms = np.flatnonzero((alike >= THRESHOLD).any(axis=0))
        alike, vectors = alike[:, terms], self._vectors[terms].T
        bare = np.zeros_like(alike)
        for shorter in less:
            bare = np.maximum(bare, self.model.vectors(shorter) @ vectors)
        found = []
        for phrase, row, other in zip(phrases, alike, bare, strict=True):
            candidates = np.flatnonzero((row >= THRESHOLD) & (row > other))
            order = candidates[np.argsort(-row[candidates], kind="stable")]
            near = [Likeness(phrase, self._terms[terms[n]], round(float(row[n]), 3)) for n in order]
            found.append(_distinct(near, most))
        return found


def _distinct(ordered: Sequence[Likeness], most: int) -> list[Likeness]:
    """The best of each meaning; none where its contrary is as near, or another sort of thing."""
    allowed = [x for x in ordered if not contrary(x.said, x.term.surface)]
    best: dict[tuple[str, str, bool], Likeness] = {}
    for x in allowed:
        best.setdefault((x.term.kind, x.term.value, x.term.inverse), x)
    kept = list(best.values())[:most]
    if not kept:
        return []
    first = kept[0]
    rivals = (x for x in allowed if x.sure > first.sure - MARGIN and x.term.surface != first.term.surface)
    return [] if any(_another(x.term, first.term) for x in rivals) else kept


def _another(one: Term, other: Term) -> bool:
    """Two terms of which only one can be meant; two metrics may be a wider and a narrower one."""
    if contrary(one.surface, other.surface):
        return True
    things = one.kind in _THINGS and other.kind in _THINGS
    return things and (one.kind, one.value) != (other.kind, other.value)


def ontology_terms(ontology: Ontology) -> list[Term]:
    """The ontology's words. Not those for kinds of figures: 要增加 and 要增加到 are as alike as can be,
    and the one asks for the change, the other for the level."""
    return [Term(w.surface, w.kind, w.value, w.inverse) for w in ontology.words()]


def phrase_terms(phrases: Iterable[str], known: Iterable[Term]) -> list[Term]:
    """Metric phrases as documents write them, as far as they are no words of the ontology."""
    words = {fold(t.surface) for t in known}
    return [
        Term(p, "phrase", p)
        for p in sorted(set(phrases))
        if len(p) <= _LONGEST_PHRASE and fold(p) not in words and not any(c.isdigit() for c in p)
    ]
