"""Which hand-written Cypher is let through: each statement of the corpus is a test of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from graph.open import open_store
from graph.store import GraphStore
from ontology.errors import StatementError
from ontology.read import load_ontology
from qa_service.statements.admit import admit
from qa_service.statements.cypher import read_cypher
from tests.sample_store import build_store

FOLDER = Path(__file__).parents[1] / "corpus" / "cypher"


def statements(file: str) -> list[tuple[str, str]]:
    groups: dict[str, list[object]] = yaml.safe_load((FOLDER / file).read_text(encoding="utf-8"))
    return [(group, str(text)) for group, texts in groups.items() for text in texts]


def cases(file: str, *groups: str) -> list[object]:
    return [
        pytest.param(text, id=f"{group}-{n}")
        for n, (group, text) in enumerate(statements(file))
        if not groups or group in groups
    ]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    opened = open_store(build_store(tmp_path_factory.mktemp("asked")), load_ontology())
    yield opened
    opened.close()


def test_no_statement_is_lost() -> None:
    assert len(statements("hostile.yaml")) >= 200
    assert len(statements("honest.yaml")) >= 60


@pytest.mark.parametrize("text", cases("hostile.yaml"))
def test_hostile(text: str) -> None:
    with pytest.raises(StatementError) as refused:
        admit(text)
    assert refused.value.hint


@pytest.mark.parametrize("text", cases("honest.yaml"))
def test_honest(text: str) -> None:
    assert admit(admit(text)) == admit(text)


@pytest.mark.parametrize("text", cases("honest.yaml", "both"))
def test_honest_and_runs(text: str, store: GraphStore) -> None:
    assert read_cypher(text, {}, store, seconds=30).columns


def test_what_an_engine_is_given_holds_no_comment_and_no_odd_space() -> None:
    text = "MATCH\u3000(n)\u00a0// a\r\n  WHERE /* b\n c */ n.x = '// d' RETURN n.`/* e */`"
    assert admit(text) == "MATCH (n)\nWHERE\nn.x = '// d' RETURN n.`/* e */`"


def test_a_character_by_its_code_is_written_as_itself() -> None:
    assert admit(r"RETURN '\u7532\u0027 SET' AS a") == "RETURN '甲\\' SET' AS a"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("CREATE (n)", "1:1"),
        ("MATCH (n)\nSET n.x = 1 RETURN n", "2:1"),
        ("MATCH (n) CALL { DELETE n } RETURN 1", "1:18"),
        ("RETURN 1; RETURN 2", "1:9"),
        ("MATCH (n) /* RETURN n", "1:11"),
        ("CALL dbms.listConfig() RETURN *", "1:6"),
    ],
)
def test_where(text: str, where: str) -> None:
    with pytest.raises(StatementError) as refused:
        admit(text)
    assert refused.value.where == where


@pytest.mark.parametrize(
    "text",
    [
        "RETURN '" + "a" * 9_000_000 + "' AS a",
        "RETURN " + "(" * 20_000 + "1" + ")" * 20_000,
        "RETURN " + "[" * 20_000,
        "MATCH (n) RETURN " + "/**/" * 30_000,
    ],
    ids=["9 MB", "20 000 brackets", "20 000 open brackets", "comments"],
)
def test_too_large(text: str) -> None:
    with pytest.raises(StatementError):
        admit(text)
