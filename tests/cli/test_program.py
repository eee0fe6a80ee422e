"""The program as it is started: help, exit codes of the process, and how soon it is there."""

from __future__ import annotations

import subprocess
import sys

import pytest

from qa_service.cli import asking, loading, serving
from tests.cli.conftest import Run

COMMANDS = [c.name for c in (*loading.COMMANDS, *asking.COMMANDS, *serving.COMMANDS)]


def program(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "qa_service.cli", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(nqi: Run, command: str) -> None:
    done = nqi(command, "--help")
    assert done.code == 0
    assert f"  nqi {command}" in done.out


def test_process_exit_codes(store: str) -> None:
    assert program("status", "--store", store).returncode == 0
    assert program("status", "--store", store + "-none").returncode == 1
    assert program("nonsense").returncode == 2


def test_a_reader_that_goes_away_is_no_failure(store: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "qa_service.cli", "status", "--store", store],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate()
    assert b"Traceback" not in err


def test_asking_reads_no_more_than_it_needs(store: str) -> None:
    """What takes long to import stays out of the way to an answer."""
    code = (
        "import sys; from qa_service.cli.app import outcome; "
        "outcome(['ask', '台州市有哪些产业链？', '--brief', '--store', sys.argv[1]]); "
        "print(*sorted({m.split('.')[0] for m in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, store], capture_output=True, encoding="utf-8", check=True
    )
    loaded = set(done.stdout.splitlines()[-1].split())
    slow = {"torch", "pandas", "fastapi", "uvicorn", "rdflib", "pyshacl", "loaders", "networkx"}
    assert not loaded & slow
