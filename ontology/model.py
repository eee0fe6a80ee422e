"""The ontology as the code sees it, read from the ``.ttl`` files and any the user adds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from ontology.lexicon.normalise import fold
from ontology.own_files import OwnFile

#: where on a chain a firm stands (contract §2)
STAGES = ("upstream", "midstream", "downstream", "unstated")

#: words behind which stands what a figure is compared with
_COMPARED_WITH = ("占", "高于", "低于", "快于", "慢于", "优于", "好于", "超过", "较")


@dataclass(frozen=True)
class Labels:
    """Words for a term. ``alt`` holds all other words, Chinese and English."""

    zh: str
    en: str
    alt: tuple[str, ...] = ()

    def all(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(w for w in (self.zh, self.en, *self.alt) if w))


@dataclass(frozen=True)
class Step:
    """One step of a property path: a relation and its direction, seen from the thing."""

    relation: str
    direction: Literal["out", "in"]


@dataclass(frozen=True)
class Class:
    """A class of things: one label in the graph.

    ``placed_by``: the ways in which such a thing is "of" a place, each a path of steps
    that ends at a place (chain: [LOCATED_IN out], [MEMBER_OF in, LOCATED_IN out] …).
    ``place_in_key``: the node id carries the place (chains, clusters).
    ``staged``: its members stand at stages (chains), which ``Ontology.stage_of`` tells of their roles.
    ``is_place``: regions, parks. ``structural``: no word of a question denotes it.
    ``document_part``: documents and their sections, which are no things of the domain.
    ``generic``: names that many such things bear (市场监督管理局): the place is in their key.
    ``parent``: IRI of the wider class of another vocabulary (org:FormalOrganization).
    """

    name: str
    labels: Labels
    comment: str = ""
    parent: str = ""
    placed_by: tuple[tuple[Step, ...], ...] = ()
    place_in_key: bool = False
    is_place: bool = False
    staged: bool = False
    structural: bool = False
    extract_name: str = ""
    document_part: bool = False
    generic: tuple[str, ...] = ()
    iri: str = ""


@dataclass(frozen=True)
class Subtype:
    """A finer class that is a property (``subtype``): one_stop of Platform.

    ``broader`` is the wider subtype; ``generic`` names of it carry the place in the key;
    ``disjoint``: nothing that is of one of these is of this one (wetland ↔ forest reserve)."""

    key: str
    cls: str
    labels: Labels
    broader: str = ""
    generic: tuple[str, ...] = ()
    iri: str = ""
    disjoint: tuple[str, ...] = ()


@dataclass(frozen=True)
class Relation:
    """A relation between classes: one relationship type in the graph.

    ``labels`` are words that lead from subject to object ("供应"), ``inverse_labels``
    words that name the subject seen from the object ("供应商"). ``roles``: words that say a
    value of the ``role`` qualifier (链主 → role 链主). ``also``: other steps by which the
    same question may be answered, seen from the subject (HAS_PLATFORM: SERVES in).
    ``ranges``: narrower ranges that hold for some classes of subjects (Chain PART_OF Chain).
    """

    name: str
    labels: Labels
    inverse_labels: Labels
    domain: frozenset[str]
    range: frozenset[str]
    identifying: tuple[str, ...] = ()
    qualifiers: Mapping[str, str] = field(default_factory=dict, hash=False)  # name → xsd type
    implies: tuple[str, ...] = ()
    also: tuple[Step, ...] = ()
    transitive: bool = False
    symmetric: bool = False
    structural: bool = False
    extract_name: str = ""
    ranges: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False)
    comment: str = ""
    iri: str = ""

    def range_for(self, subject: str) -> frozenset[str]:
        """Classes of objects that a subject of this class may have; empty where none."""
        if subject not in self.domain:
            return frozenset()
        return self.ranges.get(subject, self.range)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """All allowed (class of subject, class of object), sorted."""
        return tuple((s, o) for s in sorted(self.domain) for o in sorted(self.range_for(s)))


@dataclass(frozen=True)
class Attribute:
    """A typed property of a class (document number, level …), or a qualifier of relations:
    then ``domain`` holds names of relations, and ``says`` those whose subject it names (the lead
    firm that a source gives with a member)."""

    name: str
    labels: Labels
    domain: frozenset[str]
    datatype: str
    says: tuple[str, ...] = ()


@dataclass(frozen=True)
class Role:
    """A value of the qualifier ``role``: what a firm is on a chain, an institution in a task.

    ``stage`` is where on the chain such a firm stands; ``relations`` are those that it says.
    """

    value: str
    labels: Labels
    relations: tuple[str, ...] = ()
    stage: str = "unstated"


@dataclass(frozen=True)
class Metric:
    """A metric of the SKOS scheme. ``polarity``: +1 more is better, -1 less is better, 0.
    ``opposite`` is the key of its complement (合格率 ↔ 不合格率); ``broader`` the wider one;
    ``change_of`` the metric whose change it is (增加值增速 of 增加值); ``lowest`` and
    ``highest`` bound what can be true, where that is not 0 to 100 for a rate in %."""

    key: str
    labels: Labels
    unit: str = ""
    polarity: int = 0
    opposite: str = ""
    broader: str = ""
    comment: str = ""
    change_of: str = ""
    lowest: float | None = None
    highest: float | None = None


@dataclass(frozen=True)
class Word:
    """A word of the ontology and what it denotes: an entry for a name index.

    ``kind`` is ``class subtype relation metric role attribute qualifier``; ``value`` the
    name or key; ``inverse`` only for words that name a relation's subject (供应商)."""

    surface: str
    kind: str
    value: str
    inverse: bool = False


@dataclass(frozen=True, eq=False)  # one object, so that it can be a key of caches
class Ontology:
    """Everything that can be said, and the words for it. ``own``: the user's files among its sources.

    >>> from ontology.read import load_ontology
    >>> load_ontology().relation("LEADS").implies
    ('MEMBER_OF',)
    """

    classes: Mapping[str, Class]
    relations: Mapping[str, Relation]
    attributes: Mapping[str, Attribute]
    subtypes: Mapping[str, Subtype]
    metrics: Mapping[str, Metric]
    roles: Mapping[str, Role] = field(default_factory=dict)
    qualifiers: Mapping[str, Attribute] = field(default_factory=dict)
    own: tuple[OwnFile, ...] = ()

    # ---- classes ------------------------------------------------------------------

    def relation(self, name: str) -> Relation | None:
        """The relation of this local name (``SUPPLIES``), None where there is none."""
        return self.relations.get(name)

    def things(self) -> frozenset[str]:
        """Classes of the domain: what is neither structure nor part of a document."""
        return frozenset(c.name for c in self.classes.values() if not c.structural and not c.document_part)

    def places(self) -> frozenset[str]:
        """Classes whose things are places."""
        return frozenset(c.name for c in self.classes.values() if c.is_place)

    def subtypes_of(self, cls: str) -> tuple[Subtype, ...]:
        """All subtypes of a class, at any depth."""
        return tuple(s for s in self.subtypes.values() if s.cls == cls)

    def narrower_subtypes(self, key: str) -> tuple[str, ...]:
        """The keys that a thing of subtype ``key`` may carry: itself and all narrower ones."""
        found = [key] if key in self.subtypes else []
        for wide in found:  # grows while it is walked
            found.extend(s.key for s in self.subtypes.values() if s.broader == wide and s.key not in found)
        return tuple(found)

    def exclude_each_other(self, key: str, other: str) -> bool:
        """Whether nothing can be of both finer classes: these or wider ones of them are declared so.

        >>> from ontology.read import load_ontology
        >>> load_ontology().exclude_each_other("one_stop", "one_stop")
        False
        """
        return any(
            right in self.subtypes[left].disjoint or left in self.subtypes[right].disjoint
            for left in self._wider_subtypes(key) for right in self._wider_subtypes(other)
        )

    def _wider_subtypes(self, key: str) -> tuple[str, ...]:
        line: list[str] = []
        while key in self.subtypes and key not in line:
            line.append(key)
            key = self.subtypes[key].broader
        return tuple(line)

    def class_for(self, phrase: str) -> Class | None:
        """The class that this word denotes (企业, firm), None where none does."""
        found = self._first(phrase, "class")
        return self.classes[found] if found else None

    def subtype_for(self, phrase: str) -> Subtype | None:
        """The subtype that this word denotes (一站式平台), None where none does."""
        found = self._first(phrase, "subtype")
        return self.subtypes[found] if found else None

    def is_generic(self, cls: str, name: str) -> bool:
        """Whether many things of the class bear this name, so that the place is in the key."""
        return fold(name) in self._generic.get(cls, frozenset())

    def class_of_extract_name(self, name: str) -> str:
        """``chain`` → ``Chain``: the class behind a name in ``nqi extract``, "" where none.
        Where several share it, the first of the file counts."""
        return next((c.name for c in self.classes.values() if c.extract_name == name), "")

    # ---- relations ----------------------------------------------------------------

    def role_for(self, phrase: str) -> Role | None:
        """The role that this word says (龙头企业 → 龙头), None where none does."""
        found = self._first(phrase, "role")
        return self.roles[found] if found else None

    def stage_of(self, role: str) -> str:
        """upstream · midstream · downstream · unstated.

        A role that the ontology does not know but that begins with one that it knows
        (上游材料供应) stands where that one stands."""
        known = self.roles.get(role) or self.role_for(role)
        if known is not None:
            return known.stage
        key = fold(role)
        words = sorted(((fold(w), r) for r in self.roles.values() for w in r.labels.all()),
                       key=lambda pair: -len(pair[0]))
        return next((r.stage for w, r in words if len(w) > 1 and key.startswith(w)), "unstated")

    # ---- metrics ------------------------------------------------------------------

    def metric_for(self, phrase: str) -> Metric | None:
        """The metric one of whose labels is exactly this phrase, after folding.

        >>> from ontology.read import load_ontology
        >>> load_ontology().metric_for("研发投入 强度").key
        'rd_intensity'
        """
        key = self._metric_words.get(fold(phrase))
        return self.metrics[key] if key else None

    def head_metric(self, phrase: str) -> Metric | None:
        """The metric whose label is the longest that ends the phrase: 轨道交通装备产品合格率 → 产品合格率.

        What stands behind 占 or 高于 is what is compared with, not what is measured."""
        folded = fold(phrase)
        for start in range(len(folded)):
            key = self._metric_words.get(folded[start:])
            if key:
                return None if folded[:start].endswith(_COMPARED_WITH) else self.metrics[key]
        return None

    def broader_metrics(self, key: str) -> tuple[str, ...]:
        """The wider metrics of this one, nearest first."""
        line: list[str] = []
        metric = self.metrics.get(key)
        while metric is not None and metric.broader and metric.broader not in line:
            line.append(metric.broader)
            metric = self.metrics.get(metric.broader)
        return tuple(line)

    def narrower_metrics(self, key: str) -> tuple[str, ...]:
        """This metric and all narrower ones."""
        found = [key] if key in self.metrics else []
        for wide in found:  # grows while it is walked
            found.extend(m.key for m in self.metrics.values() if m.broader == wide and m.key not in found)
        return tuple(found)

    def change_metric(self, key: str) -> Metric | None:
        """The metric that is the change of this one: 增加值 → 增加值增速."""
        return next((m for m in self.metrics.values() if m.change_of == key), None)

    # ---- words --------------------------------------------------------------------

    def words(self) -> Iterator[Word]:
        """Every word that denotes a part of the ontology, as written, structural parts aside."""
        for c in self.classes.values():
            if not c.structural:
                yield from _words(c.labels, "class", c.name)
        for s in self.subtypes.values():
            yield from _words(s.labels, "subtype", s.key)
        for r in self.relations.values():
            if not r.structural:
                yield from _words(r.labels, "relation", r.name)
                yield from _words(r.inverse_labels, "relation", r.name, inverse=True)
        for m in self.metrics.values():
            yield from _words(m.labels, "metric", m.key)
        for role in self.roles.values():
            yield from _words(role.labels, "role", role.value)
        for a in self.attributes.values():
            yield from _words(a.labels, "attribute", a.name)
        for q in self.qualifiers.values():
            yield from _words(q.labels, "qualifier", q.name)

    @cached_property
    def synonyms(self) -> tuple[tuple[str, ...], ...]:
        """The labels of each class, subtype and metric that has several, in lower case: they say the
        same."""
        terms: dict[tuple[str, str], list[str]] = {}
        for word in self.words():
            if word.kind in ("class", "subtype", "metric") and len(word.surface) > 1:
                terms.setdefault((word.kind, word.value), []).append(word.surface.lower())
        return tuple(tuple(dict.fromkeys(words)) for words in terms.values() if len(set(words)) > 1)

    def meanings(self, phrase: str) -> tuple[Word, ...]:
        """All that a word denotes, after folding: 供应商 → (relation SUPPLIES, inverse)."""
        return self._words.get(fold(phrase), ())

    def _first(self, phrase: str, kind: str) -> str:
        return next((w.value for w in self.meanings(phrase) if w.kind == kind), "")

    @cached_property
    def _words(self) -> Mapping[str, tuple[Word, ...]]:
        table: dict[str, list[Word]] = {}
        for word in self.words():
            table.setdefault(fold(word.surface), []).append(word)
        return {k: tuple(v) for k, v in table.items()}

    @cached_property
    def _metric_words(self) -> Mapping[str, str]:
        words = {fold(w): m.key for m in self.metrics.values() for w in m.labels.all()}
        # a number of things is stated without saying 数: 拥有国检中心25家
        for word, key in tuple(words.items()):
            if len(word) > 3 and word.endswith(("数量", "总数", "数")):
                words.setdefault(word.removesuffix("数量").removesuffix("总数").removesuffix("数"), key)
        return words

    @cached_property
    def _generic(self) -> Mapping[str, frozenset[str]]:
        table: dict[str, set[str]] = {c.name: {fold(n) for n in c.generic} for c in self.classes.values()}
        for s in self.subtypes.values():
            table.setdefault(s.cls, set()).update(fold(n) for n in (*s.generic, *s.labels.all()))
        for c in self.classes.values():
            table[c.name].update(fold(w) for w in c.labels.all())
        return {k: frozenset(v) for k, v in table.items()}


def _words(labels: Labels, kind: str, value: str, *, inverse: bool = False) -> Iterable[Word]:
    return (Word(surface, kind, value, inverse) for surface in labels.all())
