"""What asking needs from one store: its names, words and observations, read once a version."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

from graph.dialect import quoted
from graph.entity_index import Candidate, EntityIndex
from graph.ids import label_pattern
from graph.open import open_store
from graph.own_ontology import ontology_of
from graph.store import GraphStore
from graph.types import CypherStatement
from ontology.gazetteer import gazetteer
from ontology.lexicon.mention import Mention
from ontology.model import Ontology
from ontology.read import load_ontology
from ontology.structure import PART_OF
from qa_service.meaning.model import Models
from qa_service.meaning.near import Terms, ontology_terms, phrase_terms
from qa_service.passages.corpus import Corpus, load_corpus
from qa_service.questions.correct import Sounds, asking_words
from qa_service.questions.named_parts import NamedParts, load_parts
from qa_service.questions.places import region_code
from qa_service.questions.question import Vocabulary, ontology_vocabulary
from qa_service.questions.spelling import Spelling
from qa_service.readings.belief import fitted
from qa_service.readings.cards import Cards, load_cards
from qa_service.rules.grammar import Grammar
from qa_service.rules.words import structural_words
from qa_service.settings import kept_folder

_QUALIFIER_VALUES = """\
MATCH ()-[r:{relation}]->()
WHERE r.{qualifier} IS NOT NULL
RETURN DISTINCT r.{qualifier} AS value
ORDER BY value"""

_SAME_ELSEWHERE = """\
MATCH (narrow:{cls})-[:{relation}]->(wide:{cls})
RETURN DISTINCT narrow.id AS narrow, wide.id AS wide
ORDER BY wide, narrow"""


#: how the names of regions end that are said without it too
_REGION_ENDS = ("省", "市", "县", "区", "州")


class Session:
    """An open store with the ontology, for many questions.

    What is read from the store is kept until its version changes (``refreshed``).
    """

    def __init__(
        self,
        store: GraphStore,
        ontology: Ontology,
        *,
        today: date | None = None,
        models: Models | None = None,
    ) -> None:
        self.store = store
        #: the model of meaning, opened when a question has a word that nothing explains
        self.models = models or Models()
        self.ontology = ontology
        self.grammar = Grammar(ontology)
        self._today = today
        #: names said without their place, filled when first looked for (``link``)
        self.cores: dict[str, list[Candidate]] | None = None
        self.placed: list[tuple[str, int, Candidate]] = []
        #: what may be asked, filled when first suggested (``suggest``)
        self.suggesting: object | None = None
        #: how likely answers are right, and from when on they are given
        self.belief = fitted()

    @property
    def today(self) -> date:
        """From ``NQI_TODAY`` where it is set (tests), else the clock."""
        if self._today is not None:
            return self._today
        fixed = os.environ.get("NQI_TODAY")
        return date.fromisoformat(fixed) if fixed else date.today()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return ontology_vocabulary(self.ontology)

    @cached_property
    def version(self) -> str:
        """The graph hash that everything below was read at."""
        return self.store.content_hash()

    @cached_property
    def index(self) -> EntityIndex:
        return self.store.entity_index()

    @cached_property
    def cards(self) -> Cards:
        return load_cards(self.store, self.corpus)

    @cached_property
    def corpus(self) -> Corpus:
        return load_corpus(self.store)

    @cached_property
    def parts(self) -> NamedParts:
        return load_parts(self.store, self.ontology, self.corpus)

    @cached_property
    def families(self) -> Mapping[str, tuple[str, ...]]:
        """Of things whose place is in their key (chains): the one without a place, then those of
        the same name in places, by each of their ids."""
        found: dict[str, list[str]] = {}
        for cls in self.ontology.classes.values():
            if not cls.place_in_key or cls.name not in self.ontology.relations[PART_OF].domain:
                continue
            query = _SAME_ELSEWHERE.format(cls=quoted(cls.name), relation=quoted(PART_OF))
            for narrow, wide in self.store.read(CypherStatement(query)).rows:
                if str(narrow).rpartition("/")[2] == str(wide).partition(":")[2]:
                    found.setdefault(str(wide), [str(wide)]).append(str(narrow))
        return {ident: tuple(family) for family in found.values() for ident in family}

    @cached_property
    def values(self) -> Vocabulary:
        """Values of the relations' own text qualifiers (products supplied …)."""
        entries = []
        for relation in self.ontology.relations.values():
            for qualifier in relation.identifying:
                if relation.structural or any(
                    relation.name in r.relations for r in self.ontology.roles.values()
                ):
                    continue  # roles have words of their own
                if not relation.qualifiers.get(qualifier, "").endswith("string"):
                    continue
                query = _QUALIFIER_VALUES.format(relation=relation.name, qualifier=qualifier)
                for (value,) in self.store.read(CypherStatement(query)).rows:
                    text = str(value)
                    meaning = Mention("value", 0, 0, text, (relation.name, qualifier, text), "qualifier")
                    entries.append((text, meaning))
        return Vocabulary(entries)

    @cached_property
    def sounds(self) -> Sounds:
        """Names of the graph and words of the ontology by how they are read."""
        words = (w.surface for w in self.ontology.words() if len(w.surface) > 2)
        groups = (name for name, code in gazetteer().names() if not code.isdigit())
        surfaces = self.index.surfaces()
        regions = (c.id for name in surfaces if name[-1:] in _REGION_ENDS for c in self.index.find(name))
        short = (place.short for r in regions if (place := gazetteer().place(region_code(r))) is not None)
        return Sounds((*surfaces, *short, *words, *groups, *sorted(asking_words())))

    @cached_property
    def spelling(self) -> Spelling:
        """How the documents, the names of the graph, the ontology and questions write their words."""
        corpus = self.corpus
        titles = (x.words for found in (corpus.sections, corpus.documents) for x in found.values())
        words = (w.surface for w in self.ontology.words())
        asking = (w for rule in structural_words().values() for w in rule)
        passages = (p.words for p in corpus.passages)
        return Spelling((*passages, *titles, *self.index.surfaces(), *words, *asking))

    @cached_property
    def terms(self) -> Terms:
        """What an unknown word may mean: the ontology's words, the metric phrases of the documents."""
        known = ontology_terms(self.ontology)
        phrases = phrase_terms((c.metric for c in self.cards.cards), known)
        return Terms([*known, *phrases], self.models.meaning)

    def refreshed(self) -> Session:
        """This session, or a new one where the store has moved on to another version."""
        if self.store.content_hash() == self.version:
            return self
        ontology, own = self.ontology, self.store.own_ontology()
        if own and own != ontology.own:  # a load has brought another ontology
            ontology = load_ontology(own)
            self.store.adopt(ontology)
        return Session(self.store, ontology, today=self._today, models=self.models)

    def names(self, ids: Sequence[str]) -> Mapping[str, str]:
        """Names of nodes by id; a region that is not in the graph has its name from the
        gazetteer, other ids without a node are left out."""
        label = label_pattern(ids, self.ontology.classes)
        query = f"MATCH (n{label}) WHERE n.id IN $ids RETURN n.id AS id, n.name AS name ORDER BY id"
        rows = self.store.read(CypherStatement(query, {"ids": sorted(set(ids))})).rows
        found = {str(i): str(n) for i, n in rows if n}
        for ident in ids:
            place = gazetteer().place(region_code(ident))
            if place is not None:
                found.setdefault(ident, place.name)
        return found

    def close(self) -> None:
        self.store.close()


def open_session(url: str, *, ontology: Sequence[Path] = (), today: date | None = None) -> Session:
    """Open a store for asking, with the ontology that is kept with it. Unavailable where there is none.

    >>> session = open_session("data/.demo-store")                            # doctest: +SKIP
    """
    known = ontology_of(url, tuple(ontology))
    return Session(open_store(url, known), known, today=today, models=Models(kept_folder(url)))
