"""Document → facts: what its structure states, its figures in prose, its entities and relations in prose."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from loaders.documents.document import Document
from loaders.documents.observations import observations
from loaders.documents.structure import structure_facts
from loaders.facts import Fact
from ontology.model import Ontology


def extract(document: Document, ontology: Ontology) -> list[Fact]:
    """All facts of a document, unresolved and unchecked, in the order of the three readers."""
    facts: list[Fact] = [*structure_facts(document, ontology), *observations(document)]
    if find_spec("loaders.documents.relations"):
        facts.extend(import_module("loaders.documents.relations").relations(document, ontology))
    return facts
