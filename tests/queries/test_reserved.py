"""A user's ontology may give anything any name: also one that an engine keeps for itself."""

from __future__ import annotations

import pytest

from graph.dialect import EMBEDDED
from graph.open import open_store
from graph.types import Contribution, NodeStatement, Support
from ontology.own_files import OwnFile
from ontology.read import load_ontology
from queries.compile import compile as compiled
from queries.logical_form import Follow, Instances, Where

WORDS = (
    "primary", "index", "column", "order", "group", "single", "default", "end", "match", "table", "join",
    "all", "none", "for", "hint", "union", "count", "type", "value", "node", "user", "role", "level",
)
TURTLE = """\
@prefix ex: <urn:example:> . @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix nqi: <urn:nqi:> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:Kept_{word} a owl:Class ; rdfs:label "甲{word}"@zh .
ex:{word} a owl:Class ; rdfs:subClassOf ex:Kept_{word} ; rdfs:label "乙{word}"@zh .
ex:HAS_{word} a owl:ObjectProperty ; rdfs:label "丙{word}"@zh ;
    rdfs:domain ex:Kept_{word} ; rdfs:range ex:Kept_{word} .
ex:{word}_of a owl:DatatypeProperty ; rdfs:label "丁{word}"@zh ;
    rdfs:domain ex:Kept_{word} ; rdfs:range xsd:string .
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    files = [OwnFile(f"{word}.ttl", TURTLE.format(word=word)) for word in WORDS]
    opened = open_store(str(tmp_path_factory.mktemp("kept") / "store"), load_ontology(files), writable=True)
    opened.apply([Contribution("a.csv", "d", tuple(
        NodeStatement(f"kept_{word}:x", f"Kept_{word}", (Support("a.csv#Sheet1!A2:B2", f"name={word}"),
                                                        Support("a.csv#Sheet1!A2:B2", f"subtype={word}")))
        for word in WORDS
    ), ())])
    yield opened
    opened.close()


@pytest.mark.parametrize("word", WORDS)
def test_word(store, word: str) -> None:  # type: ignore[no-untyped-def]
    kind = Instances(f"Kept_{word}", word)
    followed, compared = Follow(kind, f"HAS_{word}", "out"), Where(kind, f"{word}_of", "=", "x")
    for form, rows in ((kind, 1), (followed, 0), (compared, 0)):
        assert len(store.read(compiled(form, store.ontology, EMBEDDED).statement).rows) == rows
