"""The files of words beside the rules."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml


def word_file(name: str) -> dict[str, Any]:
    """What ``rules/<name>.yaml`` holds."""
    return read_words(Path(__file__).with_name(f"{name}.yaml"))


def read_words(path: Path) -> dict[str, Any]:
    """What a YAML file of words holds.

    Read by libyaml where it is there: in plain Python the words take a third of the time in which
    ``nqi ask`` answers.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    tree: dict[str, Any] = yaml.load(path.read_text("utf-8"), loader)
    return tree


def longest_first(words: Iterable[object]) -> tuple[str, ...]:
    """The words so that none is found before a longer one that begins with it.

    >>> longest_first(["率", "合格率"])
    ('合格率', '率')
    """
    return tuple(sorted((str(w) for w in words), key=lambda w: (-len(w), w)))
