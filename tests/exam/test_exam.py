"""A seeded sample of the ontology's own exam: ours on both engines, two of other people's on one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from graph.open import open_store
from graph.store import GraphStore
from ontology.model import Ontology
from ontology.read import load_ontology
from qa_service.exam.build import build
from qa_service.exam.changes import broken
from qa_service.exam.item import Item
from qa_service.exam.mark import Gold, mark, read_figure
from qa_service.exam.run import KINDS, Examinee, questions
from qa_service.exam.wording import Wording
from qa_service.exam.write import load

CORPUS = Path(__file__).parents[1] / "corpus"
OURS: tuple[Path, ...] = ()
RESERVES = (CORPUS / "own_domain" / "reserves.ttl",)
SCHOOLS = (CORPUS / "own_schools" / "schools.ttl",)
#: engine, ontology, seed, questions
SAMPLES = {
    "ours-embedded": ("embedded", OURS, 101, 275),
    "reserves-embedded": ("embedded", RESERVES, 102, 75),
    "schools-embedded": ("embedded", SCHOOLS, 103, 50),
    "ours-neo4j": ("neo4j", OURS, 104, 100),
}
CHUNK = 25
CHUNKS = [
    pytest.param(name, start, id=f"{name}-{start}")
    for name, (_, _, _, n) in SAMPLES.items()
    for start in range(0, n, CHUNK)
]


class Sample:
    """A made-up graph in a store, with the questions about it."""

    def __init__(self, name: str, url: str) -> None:
        _, own, self.seed, n = SAMPLES[name]
        self.ontology: Ontology = load_ontology(own)
        self.world = build(self.ontology, self.seed)
        self.items: list[Item] = list(islice(questions(self.world, self.ontology, self.seed), n))
        self.store: GraphStore = open_store(url, self.ontology, writable=True)
        self.store.reset()
        load(self.world, self.ontology, self.store)
        self.examinee = Examinee.of(self.store, self.ontology)


@pytest.fixture(scope="module")
def samples(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Sample]]:
    made: dict[str, Sample] = {}
    yield made
    for sample in made.values():
        sample.store.close()


def sample_of(name: str, samples: dict[str, Sample], request: pytest.FixtureRequest) -> Sample:
    if name not in samples:
        folder = request.getfixturevalue("tmp_path_factory").mktemp("exam")
        on_server = SAMPLES[name][0] == "neo4j"
        url = request.getfixturevalue("neo4j_url") if on_server else str(folder / "store")
        samples[name] = Sample(name, url)
    return samples[name]


@pytest.mark.parametrize(("name", "start"), CHUNKS)
def test_sample(name: str, start: int, samples: dict[str, Sample], request: pytest.FixtureRequest) -> None:
    sample = sample_of(name, samples, request)
    chunk = sample.items[start : start + CHUNK]
    assert len(chunk) == CHUNK
    marked = [sample.examinee.marked(sample.seed, start + n, item) for n, item in enumerate(chunk)]
    assert not [m.to_json() for m in marked if m.mark != "right"]


@pytest.mark.parametrize("name", ["schools-embedded"])
def test_nothing_changes_an_answer(
    name: str, samples: dict[str, Sample], request: pytest.FixtureRequest
) -> None:
    sample = sample_of(name, samples, request)
    again = sample.items[::3]
    found = broken(
        sample.world, sample.ontology, sample.store, sample.seed, again, sample.examinee.ask
    )
    assert not list(found)


def test_the_same_seed_makes_the_same_exam() -> None:
    ontology = load_ontology()
    first, second = (
        list(islice(questions(build(ontology, 7), ontology, 7), 80)) for _ in range(2)
    )
    assert first == second
    other = list(islice(questions(build(ontology, 8), ontology, 8), 80))
    assert {i.question for i in first}.isdisjoint(i.question for i in other)


def test_every_kind_of_question_is_asked() -> None:
    ontology = load_ontology()
    wording = Wording(build(ontology, 7), ontology, Random(7))
    assert not [kind.__name__ for kind in KINDS if not any(kind(wording) for _ in range(100))]
    golds = [item.gold for item in islice(questions(build(ontology, 7), ontology, 7), 400)]
    bases = {basis for gold in golds for basis in gold.bases.values()}
    assert bases == {"denied", "covered", "unrecorded"}
    assert any(gold.absent for gold in golds)
    assert any(gold.truth is False for gold in golds)


def test_a_wrong_answer_is_marked_wrong(samples: dict[str, Sample], request: pytest.FixtureRequest) -> None:
    """The answers to other questions are no answers to these."""
    sample = sample_of("schools-embedded", samples, request)
    chunk = sample.items[:CHUNK]
    answers = [sample.examinee.ask(item.question) for item in chunk]
    pairs = [(i, a) for i, a in zip(chunk, answers[1:] + answers[:1], strict=True)]
    assert sum(mark(item.gold, answer)[0] != "right" for item, answer in pairs) > 0.8 * CHUNK


def test_figures_are_read_with_their_units() -> None:
    assert read_figure("1100亿元") == (1.1e11, "元")
    assert read_figure("2.5个百分点") == (2.5, "百分点")
    assert read_figure("不低于97%") == (97.0, "%")
    assert read_figure("一百") is None
    assert Gold().absent
    assert not Gold(count=0).absent
