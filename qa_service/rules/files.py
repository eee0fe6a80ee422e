"""The files of words beside the rules."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml


def word_file(name: str) -> dict[str, Any]:
    """What ``rules/<name>.yaml`` holds."""
    tree: dict[str, Any] = yaml.safe_load(Path(__file__).with_name(f"{name}.yaml").read_text("utf-8"))
    return tree


def longest_first(words: Iterable[object]) -> tuple[str, ...]:
    """The words so that none is found before a longer one that begins with it.

    >>> longest_first(["率", "合格率"])
    ('合格率', '率')
    """
    return tuple(sorted((str(w) for w in words), key=lambda w: (-len(w), w)))
