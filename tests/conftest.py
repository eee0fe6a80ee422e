"""The Neo4j that tests run on: one for the whole run, started by the project's own code."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.local_neo4j import LocalServer, start, stop
from ontology.errors import Unavailable

#: a server to use instead of starting one; everything in its database is deleted
URI = "NQI_TEST_NEO4J_URI"
#: engines and extras without which the run fails, where they cannot be had, instead of skipping
REQUIRE = "NQI_TEST_REQUIRE"


@pytest.fixture(scope="session")
def neo4j_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a Neo4j whose graph may be deleted."""
    given = os.environ.get(URI)
    if given:
        yield given
        return
    home = tmp_path_factory.mktemp("neo4j")
    server = started(home)
    try:
        yield f"bolt://{server.user}:{server.password}@127.0.0.1:{server.port}"
    finally:
        stop(home)


@pytest.fixture
def neo4j_home(tmp_path: Path) -> Iterator[Path]:
    """The home of a Neo4j of the test's own, which runs and may be killed."""
    home = tmp_path / "neo4j"
    started(home)
    try:
        yield home
    finally:
        stop(home)


def started(home: Path) -> LocalServer:
    try:
        return start(home, memory=512)
    except Unavailable as error:
        reason = f"no Neo4j to test on: {error.message}"
        if "neo4j" in os.environ.get(REQUIRE, ""):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """There is one Neo4j with one graph: what runs on it runs in one process, one after the other;
    everything else anywhere."""
    from xdist.scheduler import LoadScopeScheduling

    class OneNeo4j(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return "neo4j" if "neo4j" in nodeid else nodeid

    return OneNeo4j(config, log)
