"""Reading Turtle: what a user adds, what is wrong in it, and the cache."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ontology import read
from ontology.errors import OntologyError
from ontology.model import Ontology
from ontology.read import load_ontology

PREFIXES = """
@prefix nqi: <urn:nqi:> . @prefix ex: <https://example.org/terms#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""

ADDED = (
    PREFIXES
    + """
ex:Mine a owl:Class ; rdfs:label "矿山"@zh , "mine"@en ; skos:altLabel "矿场"@zh ;
    nqi:placedBy ( nqi:LOCATED_IN ) .
ex:coal_mine a owl:Class ; rdfs:subClassOf ex:Mine ; rdfs:label "煤矿"@zh , "coal mine"@en .
ex:pit a owl:Class ; rdfs:subClassOf ex:coal_mine ; rdfs:label "矿井"@zh , "pit"@en .
ex:OWNS a owl:ObjectProperty ; rdfs:domain nqi:Enterprise ; rdfs:range ex:Mine ;
    rdfs:label "控股"@zh , "owns"@en ;
    nqi:identifiedBy ex:stake .
ex:ownedBy a owl:ObjectProperty ; owl:inverseOf ex:OWNS ; rdfs:label "股东"@zh , "owner"@en .
ex:stake a owl:DatatypeProperty ; rdfs:range xsd:decimal ; rdfs:label "持股比例"@zh , "stake"@en .
ex:depth a owl:DatatypeProperty ; rdfs:domain ex:Mine ; rdfs:range xsd:decimal ;
    rdfs:label "深度"@zh , "depth"@en .
ex:ore_grade a nqi:Metric ; skos:prefLabel "矿石品位"@zh , "ore grade"@en ; nqi:unit "%" ; nqi:polarity 1 .
nqi:Enterprise skos:altLabel "东家"@zh .
nqi:SUPPLIES schema:rangeIncludes ex:Mine .
ex:digger a nqi:Role ; skos:notation "采掘" ; skos:prefLabel "采掘"@zh , "digger"@en ;
    nqi:says nqi:MEMBER_OF ; nqi:stage "upstream" .
"""
)


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("NQI_CACHE", str(folder))
    return folder


@pytest.fixture
def added(tmp_path: Path) -> Ontology:
    path = tmp_path / "mines.ttl"
    path.write_text(ADDED, encoding="utf-8")
    return load_ontology([path])


def test_a_user_adds_everything_without_code(added: Ontology) -> None:
    assert added.classes["Mine"].placed_by[0][0].relation == "LOCATED_IN"
    assert added.subtypes["coal_mine"].cls == "Mine"
    assert added.subtypes["pit"].broader == "coal_mine"
    assert added.narrower_subtypes("coal_mine") == ("coal_mine", "pit")
    owns = added.relations["OWNS"]
    assert owns.pairs() == (("Enterprise", "Mine"),)
    assert owns.qualifiers == {"stake": "xsd:decimal"}
    assert added.meanings("股东")[0].inverse
    assert added.attributes["depth"].domain == {"Mine"}
    metric = added.head_metric("某矿矿石品位")
    assert metric is not None
    assert metric.key == "ore_grade"
    word = added.class_for("东家")
    assert word is not None
    assert word.name == "Enterprise"
    assert added.relations["SUPPLIES"].range == {"Enterprise", "Project", "Institution", "Mine"}
    assert added.stage_of("采掘") == "upstream"


def test_what_reaches_every_thing_reaches_a_class_that_was_added(added: Ontology) -> None:
    assert "Mine" in added.relations["LOCATED_IN"].domain
    assert "Mine" in added.relations["ABOUT"].range
    assert "Mine" not in load_ontology().relations["ABOUT"].range


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        (PREFIXES + 'ex:A a owl:Class ;\n rdfs:label "甲"@zh\nex:B a owl:Class .', "Not Turtle", 9),
        (PREFIXES + "x:A a owl:Class .", "Not Turtle", 7),
        (PREFIXES + "ex:A a owl:Class .", "no rdfs:label", 0),
        (PREFIXES + 'ex:R a owl:ObjectProperty ; rdfs:label "关"@zh .', "no domain", 0),
        (
            PREFIXES
            + 'ex:R a owl:ObjectProperty ; rdfs:domain ex:No ; rdfs:range nqi:Chain ; rdfs:label "关"@zh .',
            "no class",
            0,
        ),
        (PREFIXES + 'ex:m a nqi:Metric ; skos:prefLabel "产品合格率"@zh .', "share the label", 0),
        (PREFIXES + 'ex:m a nqi:Metric ; skos:prefLabel "某率"@zh ; nqi:opposite ex:none .', "no metric", 0),
        (PREFIXES + 'ex:m a nqi:Metric ; skos:prefLabel "某率"@zh ; nqi:polarity "up" .', "polarity", 0),
        (PREFIXES + 'ex:m a nqi:Metric ; skos:prefLabel "某率"@zh ; nqi:highest "much" .', "no number", 0),
        (PREFIXES + 'ex:r a nqi:Role ; skos:prefLabel "某"@zh ; nqi:stage "above" .', "nqi:stage", 0),
        (PREFIXES + 'ex:r a nqi:Role ; skos:prefLabel "某"@zh ; nqi:says ex:NOTHING .', "no relation", 0),
        (PREFIXES + 'ex:Chain a owl:Class ; rdfs:label "链子"@zh .', "have the name Chain", 0),
        (PREFIXES + 'ex:矿 a owl:Class ; rdfs:label "矿"@zh .', "cannot be a name", 0),
        (
            PREFIXES + 'ex:a a owl:Class ; rdfs:subClassOf ex:b ; rdfs:label "甲"@zh .\n'
            'ex:b a owl:Class ; rdfs:subClassOf ex:a ; rdfs:label "乙"@zh .',
            "subclass of itself",
            0,
        ),
        (PREFIXES + "nqi:SERVES nqi:qualifiedBy ex:unheard .", "declared nowhere", 0),
        (
            PREFIXES + 'ex:A a owl:Class ; rdfs:label "甲"@zh ; nqi:placedBy ( ex:NOTHING ) .',
            "no relation",
            0,
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, words: str, line: int) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError) as caught:
        load_ontology([path])
    assert words in caught.value.message
    if line:
        assert caught.value.where == f"{path}:{line}"
    elif "declared nowhere" not in words and "ex:NOTHING" not in text:
        assert caught.value.where == str(path)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(OntologyError) as caught:
        load_ontology([tmp_path / "none.ttl"])
    assert caught.value.where.endswith("none.ttl")
    path = tmp_path / "gbk.ttl"
    path.write_bytes("# 质量\nex:A".encode("gb18030"))
    with pytest.raises(OntologyError, match="UTF-8") as caught:
        load_ontology([path])
    assert caught.value.where == f"{path}:1"


def test_the_cache_gives_the_same_and_nothing_is_parsed(
    own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read._load.cache_clear()
    first = load_ontology()
    assert len(list(own_cache.iterdir())) == 1
    read._load.cache_clear()
    monkeypatch.delattr(read, "_parsed")
    second = load_ontology()
    assert second is not first
    assert [getattr(first, name) for name in vars(first) if not name.startswith("_")] == [
        getattr(second, name) for name in vars(first) if not name.startswith("_")
    ]


def test_a_broken_or_unwritable_cache_is_no_matter(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read._load.cache_clear()
    load_ontology()
    kept = next(own_cache.iterdir())
    kept.write_bytes(b"rubbish")
    read._load.cache_clear()
    assert "Chain" in load_ontology().classes
    monkeypatch.setenv("NQI_CACHE", os.devnull + "/nowhere")
    read._load.cache_clear()
    assert "Chain" in load_ontology().classes


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(PREFIXES + 'nqi:Chain skos:altLabel "链子"@zh .', encoding="utf-8")
    assert load_ontology([path]).class_for("链子") is not None
    path.write_text(PREFIXES + 'nqi:Chain skos:altLabel "锁链"@zh .  # later', encoding="utf-8")
    assert load_ontology([path]).class_for("锁链") is not None
    assert load_ontology([path]).class_for("链子") is None
