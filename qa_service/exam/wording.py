"""The words of questions: the ontology's labels and the structural words of ``rules/words.yaml``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from random import Random

from ontology.gazetteer import gazetteer
from ontology.model import Labels, Metric, Ontology, Relation
from ontology.structure import REGION
from qa_service.exam.evaluate import Evaluator
from qa_service.exam.scope import Scope
from qa_service.exam.world import Thing, World
from qa_service.rules.words import structural_words, verbal_endings
from queries.logical_form import Direction, Instances

#: chances that a narrower class is asked for, and that a region is said by its short name
_FINER = 0.35
#: a Chinese word for one who stands in a relation has so many characters, or ends as others do
_NOUN = 3
_PARTICIPLES = (" by", " to", " from")
_SHORT = 0.3


@dataclass(frozen=True)
class Noun:
    """A word for what stands in a relation to an argument: 供应商 (SUPPLIES, in)."""

    word: str
    relation: Relation
    direction: Direction


@dataclass
class Wording:
    """What the questions about one world are made with; every choice is the generator's."""

    world: World
    ontology: Ontology
    rng: Random

    @cached_property
    def facts(self) -> Evaluator:
        return Evaluator(self.world, self.ontology)

    @cached_property
    def scope(self) -> Scope:
        return Scope.of(self.ontology)

    @cached_property
    def _structural(self) -> frozenset[str]:
        return frozenset(w for words in structural_words().values() for w in words)

    @cached_property
    def _ends_structural(self) -> Callable[[str], bool]:
        """Whether a structural word ends in this one."""
        return cache(lambda word: any(s.endswith(word) for s in self._structural))

    # ---- structural words -----------------------------------------------------------

    def word(self, rule: str, pattern: str) -> str:
        """One of the rule's words that the pattern matches whole."""
        return self.rng.choice([w for w in structural_words()[rule] if re.fullmatch(pattern, w)])

    def which(self) -> str:
        """哪些 before what is asked for."""
        return self.word("ask.which", "哪些|哪几个|哪个")

    def has_which(self) -> str:
        """有哪些, before or behind it."""
        return self.word("ask.which", ".*有哪些")

    # ---- the ontology's words ---------------------------------------------------------

    def only(self, words: Iterable[str], kind: str, value: str) -> list[str]:
        """Those words that mean this and nothing else."""
        return [
            w
            for w in words
            if w
            and "…" not in w
            and not self._ends_structural(w)
            and {(m.kind, m.value) for m in self.ontology.meanings(w)} == {(kind, value)}
        ]

    def label(self, labels: Labels, kind: str, value: str, *, english: bool = False) -> str:
        """A word of a term, its main one where no other means only that."""
        words = [w for w in self.only(labels.all(), kind, value) if w.isascii() == english]
        return self.rng.choice(words) if words else labels.en if english else labels.zh

    def head(self, cls: str, *, english: bool = False, finer: bool = True) -> tuple[Instances, str]:
        """Things of a class (or of a finer one that is in the world), and a word for them."""
        here = sorted({t.subtype for t in self.world.things.values() if t.cls == cls and t.subtype})
        if finer and here and self.rng.random() < _FINER:
            subtype = self.rng.choice(here)
            labels = self.ontology.subtypes[subtype].labels
            return Instances(cls, subtype), self._said(labels, "subtype", subtype, english)
        return Instances(cls), self._said(self.ontology.classes[cls].labels, "class", cls, english)

    def _said(self, labels: Labels, kind: str, value: str, english: bool) -> str:
        words = [w for w in self.only(labels.all(), kind, value) if w.isascii() == english]
        if english:
            words = [w for w in words if w.endswith("s")] or words
        return self.rng.choice(words) if words else labels.en if english else labels.zh

    def nouns(self, *, english: bool = False) -> list[Noun]:
        """Words for the subject of a relation as seen from its object."""
        found = []
        for relation in self.scope.relations:
            said = [w for w in relation.inverse_labels.all() if w.isascii() == english]
            ends = Counter(w[-1] for w in said)
            for word in self.only(said, "relation", relation.name):
                verbal = word.endswith((*verbal_endings(), *_PARTICIPLES))
                # 供应商 and 供货商 end alike, as nouns do; 印发 and 出台 do not
                if not verbal and (english or len(word) >= _NOUN or ends[word[-1]] > 1):
                    found.append(Noun(word, relation, "in"))
        return found

    def arguments(self, noun: Noun) -> list[Thing]:
        """What the noun may be said of. Not a place where that which stands in the relation is of places
        itself: 郑州的服务对象 are those in 郑州."""
        classes = noun.relation.range
        if any(self.ontology.classes[c].placed_by for c in noun.relation.domain):
            classes = frozenset(c for c in classes if not self.ontology.classes[c].is_place)
        return [t for t in self.world.things.values() if t.cls in classes]

    def verbs(self, relation: Relation) -> list[str]:
        """Words that lead from its subject to its object."""
        return self.only([relation.labels.zh], "relation", relation.name)

    def english_verb(self, relation: Relation) -> tuple[str, str] | None:
        """(supplies, supply), where the ontology has both."""
        known = relation.labels.all()
        for word in self.only(known, "relation", relation.name):
            first, _, rest = word.partition(" ")
            base = first.removesuffix("ies") + "y" if first.endswith("ies") else first.removesuffix("s")
            plain = f"{base} {rest}".strip()
            if word.isascii() and plain != word and plain in known:
                return word, plain
        return None

    def metric(self, metric: Metric, *, english: bool = False) -> str:
        return self.label(metric.labels, "metric", metric.key, english=english)

    # ---- things -----------------------------------------------------------------------

    def name(self, thing: Thing) -> str:
        """The name; of a region perhaps the short one."""
        if thing.cls == REGION and self.rng.random() < _SHORT:
            place = gazetteer().place(thing.id.partition(":")[2])
            short = place.short if place else ""
            if len(short) > 1 and gazetteer().find(short) == (place,) and not gazetteer().is_weak(short):
                return short
        return thing.name

    def is_place(self, thing: Thing) -> bool:
        return self.ontology.classes[thing.cls].is_place

    def of_class(self, cls: str) -> list[Thing]:
        return [t for t in self.world.things.values() if t.cls == cls]

    def places(self) -> list[Thing]:
        return [t for t in self.world.things.values() if self.ontology.classes[t.cls].is_place]

    def placeable(self) -> list[str]:
        """Classes whose things stand in places."""
        here = {t.cls for t in self.world.things.values()}
        return [c.name for c in self.scope.things if c.placed_by and c.name in here]

    def between(self, start: str, end: str) -> tuple[Relation, Direction] | None:
        """The relation by which things of two classes belong together, None where there is none or
        several: one that answers for others or is implied by them stands for these."""
        found: list[tuple[Relation, Direction]] = []
        relations = [r for r in self.ontology.relations.values() if not r.structural]
        for r in relations:
            if end in r.range_for(start):
                found.append((r, "out"))
            if start in r.range_for(end):
                found.append((r, "in"))
        names = {r.name for r, _ in found}
        stands_for = {step.relation for r, _ in found for step in r.also}
        found = [(r, d) for r, d in found if not set(r.implies) & names and r.name not in stands_for]
        return found[0] if len(found) == 1 else None

    def linked(self, relation: Relation, direction: Direction = "out") -> list[Thing]:
        """The things that a relation starts from (out) or ends at (in), in this world."""
        ids = {
            x.source if direction == "out" else x.target
            for x in self.world.links
            if x.relation == relation.name
        }
        return [self.world.things[i] for i in sorted(ids)]

    def classes_of(self, ids: Iterable[str]) -> Sequence[str]:
        return sorted({self.world.things[i].cls for i in ids})
