"""What is kept between processes: made again where its sources change, and not piled up."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ontology import kept as module
from ontology.kept import kept


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NQI_CACHE", str(tmp_path))
    return tmp_path


def test_it_is_made_once_for_the_same_sources() -> None:
    assert kept("words", list, [b"a", b"b"], lambda: [1]) == [1]
    assert kept("words", list, [b"a", b"b"], lambda: [2]) == [1]


@pytest.mark.parametrize("sources", [[b"a"], [b"ab"], [b"b", b"a"], [b"a", b"b", b""]])
def test_other_sources_are_something_else(sources: list[bytes]) -> None:
    kept("words", list, [b"a", b"b"], lambda: [1])
    assert kept("words", list, sources, lambda: [2]) == [2]


def test_a_copy_of_another_kind_is_not_taken() -> None:
    kept("words", list, [b"a"], lambda: [1])
    assert kept("words", dict, [b"a"], lambda: {"made": "again"}) == {"made": "again"}


def test_old_copies_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_COPIES", 2)
    kept("other", list, [b"x"], lambda: [0])
    for n in range(4):
        kept("words", list, [b"%d" % n], lambda n=n: [n])  # type: ignore[misc]
        for at, path in enumerate(sorted(folder.glob("words-*"), key=lambda p: p.stat().st_mtime_ns)):
            os.utime(path, (at, at))
    assert len(list(folder.glob("words-*"))) == 2
    assert len(list(folder.glob("other-*"))) == 1
    assert kept("words", list, [b"3"], list) == [3]
