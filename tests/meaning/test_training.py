"""What needs the extra: training, and the same vectors by sentence-transformers and by numpy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from ontology.read import load_ontology
from qa_service.meaning.model import SHIPPED, ConfiguredMeaning, Models, StaticMeaning
from qa_service.meaning.near import Terms, ontology_terms
from qa_service.meaning.tokens import Tokens
from qa_service.meaning.training import train
from qa_service.settings import EMBEDDING_MODEL
from tests.cli.conftest import Run, nqi, own_store
from tests.meaning.conftest import CORPUS

__all__ = ["nqi", "own_store"]

pytestmark = pytest.mark.usefixtures("embeddings")

TEXTS = ["", "达标率", "ＧＤＰ 增速", "第三方\ue000检测", "which chains?", "罕见字龘龘", "抽查产品合格率"]
OWN = """\
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix own: <urn:own:> .
own:Kiln a owl:Class ; rdfs:label "窑炉"@zh , "kiln"@en ; skos:altLabel "龙窑"@zh .
"""


def phrases() -> list[str]:
    parts = yaml.safe_load((CORPUS / "phrases.yaml").read_text("utf-8"))
    return [p for part in parts.values() for p in (*part["means"], *part["means"].values(), *part["none"])]


def test_both_give_the_same_vectors() -> None:
    import numpy as np

    texts = [*TEXTS[1:], *phrases()]
    served = StaticMeaning(SHIPPED).vectors(texts)
    assert np.abs(served - ConfiguredMeaning(str(SHIPPED)).vectors(texts)).max() < 1e-6


def test_both_cut_alike() -> None:
    from tokenizers import Tokenizer

    theirs, ours = Tokenizer.from_file(str(SHIPPED / "tokenizer.json")), Tokens.of(SHIPPED / "tokenizer.json")
    for text in (*TEXTS, *phrases(), *(t.surface for t in ontology_terms(load_ontology()))):
        assert theirs.encode(text, add_special_tokens=False).ids == ours.numbers(text), text


def test_training_again_gives_the_same_bits(tmp_path: Path) -> None:
    made = [train(load_ontology(), tmp_path / name, rounds=8).folder for name in ("a", "b")]
    for file in ("model.safetensors", "tokenizer.json"):
        assert (made[0] / file).read_bytes() == (made[1] / file).read_bytes()


def test_words_of_ones_own_are_learned(tmp_path: Path, nqi: Run, own_store: str) -> None:
    """The shipped model has never seen 窑; one that is trained for the store reads by it."""
    own = tmp_path / "own.ttl"
    own.write_text(OWN, "utf-8")
    done = nqi("train", "--ontology", str(own), "--store", own_store, "--json")
    assert done.code == 0, done.err
    folder = Path(json.loads(done.out)["folder"])
    assert folder.is_relative_to(own_store)
    ontology = load_ontology([own])
    before = Terms(ontology_terms(ontology), StaticMeaning(SHIPPED)).nearest(["窑炉子"])[0]
    after = Terms(ontology_terms(ontology), Models(Path(own_store)).meaning).nearest(["窑炉子"])[0]
    assert [x.term.value for x in before] != ["Kiln"]
    assert after[0].term.value == "Kiln"


def test_any_model_may_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(EMBEDDING_MODEL, str(SHIPPED))
    models = Models()
    assert isinstance(models.meaning, ConfiguredMeaning)
    assert models.note(english=False) == ""
