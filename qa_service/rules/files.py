"""The files of words beside the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from functools import cache
from pathlib import Path
from typing import Any

from ontology.kept import kept

_HERE = Path(__file__).parent


def word_file(name: str) -> dict[str, Any]:
    """What ``rules/<name>.yaml`` holds."""
    return copy(_word_files()[name])


@cache
def _word_files() -> Mapping[str, dict[str, Any]]:
    """All of them, kept as they were read: reading YAML takes a thirtieth of the time of an answer."""
    texts = {path.stem: path.read_bytes() for path in sorted(_HERE.glob("*.yaml"))}
    sources = [part for name, text in texts.items() for part in (name.encode(), text)]
    return kept("words", dict, sources, lambda: {name: _parsed(text) for name, text in texts.items()})


def read_words(path: Path) -> dict[str, Any]:
    """What a YAML file of words holds."""
    return _parsed(path.read_bytes())


def _parsed(text: bytes) -> dict[str, Any]:
    """Read by libyaml where it is there: plain Python takes ten times as long."""
    import yaml

    tree: dict[str, Any] = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return tree


def longest_first(words: Iterable[object]) -> tuple[str, ...]:
    """The words so that none is found before a longer one that begins with it.

    >>> longest_first(["率", "合格率"])
    ('合格率', '率')
    """
    return tuple(sorted((str(w) for w in words), key=lambda w: (-len(w), w)))
