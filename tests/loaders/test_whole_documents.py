"""Whole documents as planners write them: all facts that are read, and none besides.

Below the line of dashes stand the facts of the text. ``?`` is read although it is not what the text
says, ``-`` is said and not read: both are known shortcomings, kept so that nobody takes them for right.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ontology.read import load_ontology
from qa_service.cli.extraction import facts_of

FILES = sorted((Path(__file__).parents[1] / "corpus" / "whole_documents").glob("*.txt"))
PREDICATES = frozenset(
    ("located_in", "serves", "leads_chain", "member_of", "supplies", "issued_by", "has_platform", "part_of",
     "follows_policy", "responsible_for")
)
CLASSES = frozenset(("enterprise", "institution", "policy", "chain", "platform", "park"))


def line(fact: dict[str, Any]) -> str:
    """A fact in the words of the corpus, or nothing where the corpus does not list its sort."""
    if fact["type"] == "entity":
        return f"entity | {fact['entity_type']} | {fact['name']}" if fact["entity_type"] in CLASSES else ""
    if fact["type"] == "relation":
        said = f"relation | {fact['subject']} | {fact['predicate']} | {fact['object']}"
        return said if fact["predicate"] in PREDICATES else ""
    value = f"{fact['value']:g}" if isinstance(fact["value"], float) else fact["value"]
    bound = "" if fact["op"] == "=" else fact["op"]
    return " | ".join((
        "observation", fact["subject"], fact["metric"], fact["period"] or "-",
        f"{bound}{value}{fact['unit'] or ''}", fact["kind"],
    ))


@pytest.mark.parametrize("file", FILES, ids=[f.stem for f in FILES])
def test_facts_of_a_document(file: Path, tmp_path: Path) -> None:
    text, _, told = file.read_text(encoding="utf-8").partition("----\n")
    (tmp_path / file.name).write_text(text, encoding="utf-8")
    facts = facts_of([tmp_path / file.name], lambda *_: None, load_ontology())
    read = {line(fact) for fact in facts if isinstance(fact, dict)} - {""}
    listed = {said.removeprefix("? ") for said in told.splitlines() if not said.startswith("- ")}
    assert read == listed


def test_most_of_what_is_said_is_read() -> None:
    lines = [said for file in FILES for said in file.read_text("utf-8").partition("----\n")[2].splitlines()]
    wrong = sum(said.startswith("? ") for said in lines)
    missed = sum(said.startswith("- ") for said in lines)
    assert len(lines) > 500
    assert wrong < 0.02 * len(lines)
    assert missed < 0.02 * len(lines)
