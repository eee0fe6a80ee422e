"""Options that several commands share."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from qa_service.settings import words

Store = Annotated[
    str,
    typer.Option(
        "--store",
        metavar="URL",
        help=words(
            "存储的文件夹（默认 NQI_STORE 或 ./nqi-store）",
            "The store's folder (default: NQI_STORE or ./nqi-store)",
        ),
    ),
]
Ontologies = Annotated[
    list[Path] | None,
    typer.Option(
        "--ontology",
        metavar="FILE.ttl",
        exists=True,
        dir_okay=False,
        help=words(
            "自己的本体文件，可多次给出；随存储一起保存",
            "An ontology file of your own, as often as needed; it is kept with the store",
        ),
    ),
]
Json = Annotated[bool, typer.Option("--json", help=words("以 JSON 输出结果", "Print the result as JSON"))]


@dataclass(frozen=True)
class Command:
    """A command: its function gives the exit code; ``examples`` stand under its help."""

    name: str
    run: Callable[..., int]
    help: str
    examples: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(
            (self.help, "", "\b", words("例子：", "Examples:"), *(f"  {e}" for e in self.examples))
        )


def print_json(value: Mapping[str, object]) -> None:
    """One object, one line, on stdout."""
    print(json.dumps(value, ensure_ascii=False))


def from_stdin(given: str) -> str:
    """What was given, or for ``-`` what comes in: no more than can be let in anyway."""
    return sys.stdin.read(1_000_000) if given == "-" else given


def note(text: str) -> None:
    """A line for people, on stderr."""
    print(text, file=sys.stderr, flush=True)


def progress(done: int, total: int, what: str) -> None:
    """``[3/5] name`` on stderr: rewritten in place on a terminal, otherwise every tenth part."""
    line = f"[{done}/{total}] {what}"
    if sys.stderr.isatty():
        end = "\n" if done >= total else ""
        print(f"\r\x1b[K{line[:100]}", end=end, file=sys.stderr, flush=True)
    elif done >= total or done % max(1, total // 10) == 0:
        note(line)


def told_of_changes(url: str) -> None:
    """A line for each kept ontology file that has another text by now where it came from."""
    from graph.own_ontology import changed_files

    for name in changed_files(url):
        note(
            words(
                f"{name} 在保存之后改过；仍按保存的版本理解。nqi rebuild --ontology {name} 改用新的",
                f"{name} was changed after it was kept; the kept one counts. "
                f"nqi rebuild --ontology {name} takes the new one",
            )
        )
