"""Document → facts: what its structure states, its figures in prose, its entities and relations in prose,
and those of the user's own ontology."""

from __future__ import annotations

from collections.abc import Iterator

from loaders.documents.document import Document
from loaders.documents.names_read import NamesRead
from loaders.documents.observations import figures_in_prose
from loaders.documents.own_things import own_facts
from loaders.documents.relations import stated_relations
from loaders.documents.structure import stated_by_structure
from loaders.facts import Fact
from ontology.model import Ontology


def extract(document: Document, ontology: Ontology) -> list[Fact]:
    """All facts of a document, unresolved and unchecked, in the order of the readers."""
    return list(facts_of(document, ontology))


def facts_of(document: Document, ontology: Ontology) -> Iterator[Fact]:
    """The same, one by one: a long document's facts need not all be at hand at once."""
    names = NamesRead(document.passages)
    yield from stated_by_structure(document, ontology)
    yield from figures_in_prose(document, ontology, names)
    yield from stated_relations(document, ontology, names)
    yield from own_facts(document, ontology)
