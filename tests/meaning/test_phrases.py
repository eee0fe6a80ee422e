"""Which terms a phrase may mean and which never: words, contrasts, and the shipped model."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from ontology.model import Ontology
from ontology.read import load_ontology
from qa_service.api.current import Current
from qa_service.meaning.model import KEPT, SHIPPED, Models, StaticMeaning
from qa_service.meaning.near import Terms, ontology_terms
from qa_service.meaning.phrases import groups, ordinary
from qa_service.meaning.tokens import Tokens
from qa_service.meaning.words import contrary
from qa_service.settings import EMBEDDING_MODEL, kept_folder
from tests.meaning.conftest import CORPUS
from tests.sample_store import build_store

CONTRARIES = yaml.safe_load((CORPUS / "contraries.yaml").read_text("utf-8"))
PHRASES = yaml.safe_load((CORPUS / "phrases.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="module")
def terms(ontology: Ontology) -> Terms:
    return Terms(ontology_terms(ontology), StaticMeaning(SHIPPED))


@pytest.mark.parametrize(("phrase", "term"), CONTRARIES["never"])
def test_never_taken_for_each_other(phrase: str, term: str, terms: Terms) -> None:
    assert contrary(phrase, term)
    assert contrary(term, phrase)
    (near,) = terms.nearest([phrase], most=50)
    assert term not in [x.term.surface for x in near]


@pytest.mark.parametrize(("phrase", "term"), CONTRARIES["may"])
def test_no_contraries(phrase: str, term: str) -> None:
    assert not contrary(phrase, term)


@pytest.mark.parametrize(("part", "right", "wrong", "outside"), [("threshold", 60, 0, 0), ("held", 55, 1, 1)])
def test_unknown_phrases(
    part: str, right: int, wrong: int, outside: int, terms: Terms, ontology: Ontology
) -> None:
    """At least so many phrases are read as the term that they mean, at most so many as another, and
    at most so many that mean no term as one."""
    meant = PHRASES[part]["means"]
    read = {
        phrase: (x[0].term.kind, x[0].term.value, x[0].term.inverse)
        for phrase, x in zip(meant, terms.nearest(list(meant)), strict=True) if x
    }
    good = {
        phrase for phrase, found in read.items()
        if found in {(w.kind, w.value, w.inverse) for w in ontology.meanings(meant[phrase])}
    }
    assert len(good) >= right
    assert len(read) - len(good) <= wrong, sorted(read.keys() - good)
    nothing = PHRASES[part]["none"]
    taken = [phrase for phrase, x in zip(nothing, terms.nearest(nothing), strict=True) if x]
    assert len(taken) <= outside, taken


def test_the_phrases_are_no_words_of_the_ontology(ontology: Ontology) -> None:
    known = [p for part in PHRASES.values() for p in part["means"] if ontology.meanings(p)]
    assert known == []


def test_no_phrase_of_the_part_held_was_trained_on(ontology: Ontology) -> None:
    trained = {p for members in groups(ontology).values() for p in members}
    seen = [p for p in PHRASES["held"]["means"] if p in trained]
    assert len(seen) <= len(PHRASES["held"]["means"]) // 4, seen


def test_the_shipped_model_knows_the_ontologys_characters(ontology: Ontology) -> None:
    """Where this fails, the ontology has grown: nqi train --out qa_service/meaning/shipped"""
    model = StaticMeaning(SHIPPED)
    surfaces = [t.surface for t in ontology_terms(ontology)]
    unknown = [s for s in surfaces if model.known(s) < 1.0]
    assert len(unknown) <= len(surfaces) // 50, unknown


def test_words_are_not_cut() -> None:
    text = "产品质量合格率"
    assert [text[a:b] for a, b in ordinary(text)] == ["产品", "质量", "合格率"]


def test_tokens_are_characters_and_frequent_pairs(tmp_path: Path) -> None:
    tokens = Tokens.of(SHIPPED / "tokenizer.json")
    assert "".join(tokens.cut("监督抽查 合格率")) == "监督抽查合格率"
    assert max(map(len, tokens.cut("监督抽查合格率"))) == 2
    assert tokens.numbers("\ue000") == [tokens.vocabulary["[UNK]"]]
    other = tmp_path / "tokenizer.json"
    other.write_text('{"model": {"type": "WordPiece", "vocab": {}, "merges": []}}')
    with pytest.raises(ValueError, match="no tokenizer of characters"):
        Tokens.of(other)


def test_a_model_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(EMBEDDING_MODEL, str(tmp_path / "none"))
    models = Models()
    assert models.meaning.name == SHIPPED.name
    for english in (True, False):
        assert str(tmp_path / "none") in models.note(english)
        assert SHIPPED.name in models.note(english)
    monkeypatch.delenv(EMBEDDING_MODEL)
    assert Models().note(english=True) == ""


def test_a_store_has_a_model_of_its_own(tmp_path: Path) -> None:
    assert Models(tmp_path).meaning is Models().meaning
    shutil.copytree(SHIPPED, tmp_path / KEPT)
    assert Models(tmp_path).meaning is not Models().meaning


def test_the_service_uses_the_model_of_the_store(tmp_path: Path) -> None:
    url = build_store(tmp_path)
    shutil.copytree(SHIPPED, kept_folder(url) / KEPT)
    current = Current(url)
    try:
        with current.session() as session:
            assert session.models.meaning is not Models().meaning
    finally:
        current.close()
