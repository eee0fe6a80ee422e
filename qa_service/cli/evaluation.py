"""Many questions in one process: answers to a file, and how long they took."""

from __future__ import annotations

import json
import sys
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.store import Progress
from ontology.errors import KnowledgeGraphError, SourceError
from qa_service.answering.answer_types import Answer
from qa_service.settings import words


@dataclass(frozen=True)
class Asked:
    """One line of a file of questions."""

    id: str
    question: str
    line: int


@dataclass(frozen=True)
class Timing:
    """Milliseconds that each question took, and how many failed."""

    milliseconds: tuple[float, ...]
    failed: int

    def quantile(self, share: float) -> float:
        """The smallest time within which ``share`` of the questions were answered.

        >>> Timing((1.0, 2.0, 3.0, 100.0), 0).quantile(0.5)
        2.0
        """
        if not self.milliseconds:
            return 0.0
        ordered = sorted(self.milliseconds)
        return ordered[max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1)]

    def to_json(self) -> dict[str, object]:
        return {
            "questions": len(self.milliseconds),
            "failed": self.failed,
            "p50_ms": round(self.quantile(0.5), 1),
            "p99_ms": round(self.quantile(0.99), 1),
            "max_ms": round(self.quantile(1.0), 1),
        }


def read_questions(path: Path) -> tuple[Asked, ...]:
    """The questions of a file; SourceError with the line where one is no question."""
    questions = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            questions.append(Asked(str(entry["id"]), str(entry["question"]), number))
        except (ValueError, KeyError, TypeError) as error:
            raise SourceError(
                words("这一行不是问题", "This line is no question"),
                where=f"{path.name}:{number}",
                hint=words('每行一个 {"id": …, "question": …}', 'One {"id": …, "question": …} a line'),
            ) from error
    return tuple(questions)


def answer_all(questions: Sequence[Asked], url: str, out: Path, progress: Progress) -> Timing:
    """Answers every question into ``out``, each line written as soon as it is known.

    A question that cannot be worked on does not stop the others: it is told on stderr,
    written as not understood, and counted.
    """
    from qa_service.ask import ask, open_session
    from qa_service.questions.intake import admit_question

    session = open_session(url)
    times, failed = [], 0
    with out.open("w", encoding="utf-8", newline="\n") as file:
        for done, asked in enumerate(questions, 1):
            started = time.perf_counter()
            try:
                answer = ask(admit_question(asked.question), session)
            except KnowledgeGraphError as error:
                answer = _failure(asked, error.message)
            except Exception as error:  # noqa: BLE001  a fault of ours in one question costs that one only
                traceback.print_exc(file=sys.stderr)
                answer = _failure(asked, f"{type(error).__name__}: {error}")
            times.append((time.perf_counter() - started) * 1000)
            failed += answer.id == ""
            file.write(json.dumps(answer.to_json() | {"id": asked.id}, ensure_ascii=False) + "\n")
            file.flush()
            progress(done, len(questions), asked.id)
    return Timing(tuple(times), failed)


def _failure(asked: Asked, message: str) -> Answer:
    print(f"{asked.id}: {message}", file=sys.stderr)
    return Answer(id="", question=asked.question, status="not_understood", text=message)
