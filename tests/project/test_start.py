"""What start.py does before and around the installation."""

from __future__ import annotations

import ast
import importlib.util
import json
import socket
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.project.modules import ROOT


@pytest.fixture(scope="module")
def start() -> ModuleType:
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_older_python_can_read_it() -> None:
    ast.parse((ROOT / "start.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_it_uses_the_standard_library_only() -> None:
    tree = ast.parse((ROOT / "start.py").read_text(encoding="utf-8"))
    tops = {
        alias.name.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names
    }
    tops |= {str(n.module).split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert tops <= sys.stdlib_module_names


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 13)])
def test_too_old(start: ModuleType, version: tuple[int, int, int]) -> None:
    with pytest.raises(start.SetupError, match=r"Python 3\.11 or newer is needed; this is Python \d"):
        start.check_python(version)


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 13, 2), (4, 0, 0)])
def test_new_enough(start: ModuleType, version: tuple[int, int, int]) -> None:
    start.check_python(version)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        (
            "NewConnectionError: Failed to establish a new connection: name resolution",
            "network",
        ),
        ("SSLError(SSLCertVerificationError(1, 'CERTIFICATE_VERIFY_FAILED'))", "PIP_CERT"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "mirror"),
        ("(from versions: none)\nERROR: No matching distribution found for x==1", "cannot be reached"),
        ("(from versions: 0.21.0)\nERROR: No matching distribution found for x==1", "ready-made package"),
        ("PermissionError: [Errno 13] Permission denied: '/opt/x'", "cannot be written"),
        ("something that nobody expected", "Remove the folder .venv"),
    ],
)
def test_reason(start: ModuleType, said: str, told: str) -> None:
    assert told in start.reason(said)


def test_a_connection_that_fails_is_no_missing_package(start: ModuleType) -> None:
    """pip says both; the first is why."""
    said = "Retrying … NewConnectionError … \nERROR: No matching distribution found for x==1"
    assert "PIP_INDEX_URL" in start.reason(said)


def test_no_room(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(start.ROOM, "runtime", 1 << 62)
    with pytest.raises(start.SetupError, match="Not enough space"):
        start.check_room("runtime")


def test_the_next_free_port(start: ModuleType) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert port < start.free_port(port) < port + start.PORTS


def test_nothing_of_the_users_environment_leads_pip_astray(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX"):
        monkeypatch.setenv(name, "/somewhere")
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    env = start.child_environment()
    assert not {"PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX"} & set(env)
    assert env["PIP_USER"] == "0"
    assert env["PIP_INDEX_URL"] == "https://mirror.example/simple"


def test_the_stamp(start: ModuleType, tmp_path: Path) -> None:
    """Installed is what was stamped for the same lock, project and place, and still works."""
    venv = tmp_path / ".venv"
    assert not start.is_installed("runtime", venv)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    assert not start.is_installed("runtime", venv)
    stamp = venv / start.STAMP
    stamp.write_text(json.dumps(start.fingerprint("dev")), encoding="utf-8")
    assert start.is_installed("dev", venv)
    assert start.is_installed("runtime", venv), "what the tests need includes what runs"
    assert not start.is_installed("embeddings", venv)
    stamp.write_text(json.dumps(start.fingerprint("embeddings")), encoding="utf-8")
    assert start.is_installed("dev", venv)
    stamp.write_text(json.dumps(start.fingerprint("runtime")), encoding="utf-8")
    assert not start.is_installed("dev", venv)
    stamp.write_text(json.dumps(start.fingerprint("runtime") | {"root": "/elsewhere"}), encoding="utf-8")
    assert not start.is_installed("runtime", venv), "a folder that was moved is set up anew"
    stamp.write_text("not json", encoding="utf-8")
    assert not start.is_installed("runtime", venv)


def test_a_failed_step_tells_what_to_do(start: ModuleType) -> None:
    code = "import sys; print('OSError: [Errno 28] No space left on device'); sys.exit(1)"
    with pytest.raises(start.SetupError, match=r"(?s)It failed.*disk is full.*Errno 28"):
        start.run([sys.executable, "-c", code], "It failed.")
