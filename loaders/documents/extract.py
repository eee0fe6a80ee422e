"""Document → facts: what its structure states, its figures in prose, its entities and relations in prose,
and those of the user's own ontology."""

from __future__ import annotations

from loaders.documents.document import Document
from loaders.documents.observations import observations
from loaders.documents.own_things import own_facts
from loaders.documents.relations import relations
from loaders.documents.structure import structure_facts
from loaders.facts import Fact
from ontology.model import Ontology


def extract(document: Document, ontology: Ontology) -> list[Fact]:
    """All facts of a document, unresolved and unchecked, in the order of the readers."""
    return [
        *structure_facts(document, ontology),
        *observations(document, ontology),
        *relations(document, ontology),
        *own_facts(document, ontology),
    ]
