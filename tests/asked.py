"""Corpora of questions: one meaning, many phrasings, and what has to be true of each answer.

An entry of ``tests/corpus/ask/<folder>/*.yaml`` has ``phrasings`` and, as far as it says:
``answers`` (in any order), ``holds`` (what the text has), ``status`` (``refused``: no answer, in
whatever words), ``form`` (the logical form, or how it begins), ``quote`` (stands in the
evidence), ``basis`` (of every row), ``conflict`` (figures that disagree are shown), and
``missing`` (why it is not answered yet: then it must not be, so that the mark is taken off).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from graph.open import open_store
from loaders.load import load
from ontology.read import load_ontology
from qa_service.answering.answer_types import Answer
from qa_service.ask import ask
from qa_service.session import Session

CORPUS = Path(__file__).parent / "corpus"
REFUSED = ("no_data", "not_understood", "ambiguous")


@dataclass(frozen=True)
class Case:
    """A phrasing with what has to be true of its answer."""

    question: str
    category: str
    answers: tuple[str, ...] | None = None
    holds: tuple[str, ...] = ()
    status: str = "answered"
    form: str = ""
    quote: str = ""
    basis: tuple[str, ...] = ()
    conflict: bool = False
    missing: str = ""


def cases(*folders: str) -> Iterator[Case]:
    """Every phrasing of the folders below ``corpus/ask``, by file; ``folder/file`` is one file."""
    for folder in folders:
        path = CORPUS / "ask" / folder
        for file in sorted(path.glob("*.yaml")) if path.is_dir() else [path.with_suffix(".yaml")]:
            for entry in yaml.safe_load(file.read_text("utf-8")):
                basis = entry.get("basis", ())
                for question in entry["phrasings"]:
                    yield Case(
                        question=question,
                        category=f"{file.parent.name}/{file.stem}",
                        answers=tuple(map(str, entry["answers"])) if "answers" in entry else None,
                        holds=tuple(entry.get("holds", ())),
                        status=entry.get("status", "answered"),
                        form=entry.get("form", ""),
                        quote=entry.get("quote", ""),
                        basis=(basis,) if isinstance(basis, str) else tuple(basis),
                        conflict=entry.get("conflict", False),
                        missing=entry.get("missing", ""),
                    )


@contextmanager
def session_over(material: str, folder: Path) -> Iterator[Session]:
    """A session over the made-up documents and tables of ``corpus/<material>``."""
    ontology = load_ontology()
    store = open_store(str(folder / "store"), ontology, writable=True)
    load([CORPUS / material], store, ontology)
    opened = Session(store, ontology, today=date(2025, 6, 1))
    yield opened
    opened.close()


def asked(case: Case, session: Session, *, documents: bool = True) -> Answer:
    """Ask a phrasing and hold its answer against the case; without ``documents`` the facts have no
    text that could be evidence."""
    answer = ask(case.question, session)
    wrong = list(_wrong(case, answer))
    if documents and answer.status == "answered" and not answer.evidence:
        wrong.append("no evidence")
    if case.missing:
        assert wrong, f"answered now: take off the mark ({case.missing})"
    else:
        assert wrong == []
    return answer


def _wrong(case: Case, answer: Answer) -> Iterator[str]:
    if case.status == "refused":
        if answer.answers or answer.status not in REFUSED:
            yield f"not refused: {answer.status} {answer.answers}"
        return
    if answer.status != case.status:
        yield f"status {answer.status}"
    if case.answers is not None and sorted(answer.answers) != sorted(case.answers):
        yield f"answers {answer.answers}"
    for told in case.holds:
        if told not in answer.text:
            yield f"{told} is not in: {answer.text}"
    if case.form and not answer.logical_form.startswith(case.form):
        yield f"form {answer.logical_form}"
    if case.quote and not any(case.quote in e.quote for e in answer.evidence):
        yield f"no evidence has {case.quote}"
    if case.basis and set(answer.row_basis) != set(case.basis):
        yield f"basis {answer.row_basis}"
    if case.conflict and not answer.conflicts:
        yield "no figures that disagree"
