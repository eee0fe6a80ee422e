"""Runs the command line in this process, as the console script does."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from qa_service.cli.app import outcome
from tests.sample_store import build_store


@dataclass(frozen=True)
class Done:
    """What a command line left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def nqi(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("NQI_TODAY", "2025-03-01")
    monkeypatch.delenv("NQI_LANG", raising=False)

    def run(*arguments: str, stdin: str = "") -> Done:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        code = outcome(list(arguments))
        out, err = capsys.readouterr()
        return Done(code, out, err)

    return run


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A loaded store that no test changes."""
    return build_store(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def own_store(tmp_path: Path) -> str:
    """A loaded store of the test's own."""
    return build_store(tmp_path / "own")
