"""The same questions through a dictionary with templates, through retrieval alone, and through the program.

    python -m benchmarks.compare [QUESTIONS.jsonl] [--store FOLDER] [--json]

A line of QUESTIONS has ``question``, ``answers`` (groups of accepted alternatives), ``status`` (``answered``
or ``no_data``) and perhaps ``forbid`` and ``match``. Without it the questions beside this file are asked
of the demonstration material. ``docs/benchmarks.md`` says how right and wrong are told.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.baselines import Retrieval, Templates

QUESTIONS = Path(__file__).with_name("compared.jsonl")
#: an item longer than this is a passage, not an answer
_LONGEST = 60
#: more items than there are answers, by so many, are a list of guesses
_SLACK = 4

Gold = dict[str, Any]


def main(arguments: list[str] | None = None) -> int:
    """Asks, grades and prints: right, wrong, refused."""
    options = _options(arguments)
    golds = [json.loads(line) for line in options.questions.read_text("utf-8").splitlines() if line.strip()]
    with tempfile.TemporaryDirectory(prefix="nqi-compare-") as passing:
        figures = compared(golds, options.store or _demonstration(Path(passing)))
    if options.json:
        print(json.dumps({"questions": len(golds), **figures}))
        return 0
    print(f"{len(golds)} questions{'':14}right  wrong  refused")
    for name, counted in figures.items():
        print(f"{name:24}  {counted['right']:5}  {counted['wrong']:5}  {counted['refused']:7}")
    return 0


def compared(golds: Sequence[Gold], store: str) -> dict[str, dict[str, int]]:
    """How many questions each of the three answered rightly, wrongly, not at all."""
    from qa_service.ask import ask, open_session

    session = open_session(store)
    templates = Templates(session)
    retrieval = Retrieval([p.text for p in session.corpus.passages])

    def program(gold: Gold) -> str:
        answer = ask(gold["question"], session)
        items = list(answer.answers) if answer.status == "answered" else []
        if items and gold.get("category") == "text":
            items = [answer.text, *items]
        return graded(gold, items)

    ways: dict[str, Callable[[Gold], str]] = {
        "dictionary and templates": lambda gold: graded(gold, templates.answer(gold["question"])),
        "retrieval (best passage)": lambda gold: held(gold, retrieval.best(gold["question"])),
        "retrieval (best five)": lambda gold: held(gold, retrieval.best(gold["question"], 5)),
        "nqi": program,
    }
    try:
        counted = {name: Counter(way(gold) for gold in golds) for name, way in ways.items()}
    finally:
        session.close()
    return {name: {k: c[k] for k in ("right", "wrong", "refused")} for name, c in counted.items()}


def graded(gold: Gold, items: Sequence[str]) -> str:
    """``right``, ``wrong`` or ``refused``; where nothing is known refusing is right.

    >>> graded({"status": "answered", "answers": [["95.2%"]]}, ["95.2%"])
    'right'
    >>> graded({"status": "no_data", "answers": []}, [])
    'right'
    """
    if gold["status"] != "answered":
        return "wrong" if items else "right"
    if not items:
        return "refused"
    groups = gold["answers"]
    missing = [g for g in groups if not any(_has(a, i) for a in g for i in items)]
    claimed = [f for f in gold.get("forbid") or () if any(_has(f, i) for i in items)]
    extra = [i for i in items if not any(_has(a, i) for g in groups for a in g)]
    prose = gold.get("category") == "text"
    many = bool(extra) if gold.get("match") == "set" else len(items) > len(groups) + _SLACK
    long = any(len(i) > _LONGEST for i in items)
    return "wrong" if missing or claimed or ((many or long) and not prose) else "right"


def held(gold: Gold, passages: Sequence[str]) -> str:
    """Retrieval is right where its passages hold all that was asked for, whatever else they hold; it
    never refuses."""
    if gold["status"] != "answered":
        return "wrong" if passages else "right"
    if not passages:
        return "refused"
    return "right" if all(any(_has(a, p) for a in g for p in passages) for g in gold["answers"]) else "wrong"


def _has(alternative: str, text: str) -> bool:
    """Whether it stands there, without regard to width, spaces and punctuation; numbers as wholes."""
    wanted, given = _plain(alternative), _plain(text)
    left = r"(?<![\d.])" if wanted[:1].isdigit() else ""
    right = r"(?![\d]|\.\d)" if wanted[-1:].isdigit() else ""
    return bool(wanted) and re.search(left + re.escape(wanted) + right, given) is not None


def _plain(text: str) -> str:
    text = re.sub(r"(?<=\d),(?=\d{3})", "", unicodedata.normalize("NFKC", text).lower())
    return "".join(c for c in text if c.isalnum() or c in "%.")


def _demonstration(folder: Path) -> str:
    from graph.open import open_store
    from loaders.load import load
    from ontology.read import load_ontology
    from qa_service.settings import bundled

    print("… loading the demonstration material", file=sys.stderr, flush=True)
    store = open_store(str(folder / "demo"), load_ontology(), writable=True)
    load([bundled("data")], store, load_ontology())
    store.close()
    return str(folder / "demo")


def _options(arguments: list[str] | None) -> argparse.Namespace:
    assert __doc__
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare", description=__doc__.splitlines()[0])
    parser.add_argument("questions", nargs="?", type=Path, default=QUESTIONS, help="JSON lines")
    parser.add_argument("--store", default="", help="the store to ask (default: the demonstration material)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
