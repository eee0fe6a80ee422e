"""The page in a real Chromium, over a service that really runs.

Without Chromium, Playwright or the built page these tests skip and say what is missing;
``NQI_TEST_REQUIRE=browser`` makes that a failure.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn

from graph.file_lock import lock
from graph.open import open_store
from loaders.load import load
from ontology.read import load_ontology
from qa_service.api.app import create_app
from qa_service.keys import Keys
from qa_service.settings import bundled
from tests.project.modules import ROOT
from tests.web.material import write_material

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WEB = ROOT / "web"
REQUIRE = "NQI_TEST_REQUIRE"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
#: milliseconds that the page may take for anything
PATIENCE = 15_000


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """One browser and one service: these tests run in one process, one after the other."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))


def missing(what: str) -> None:
    """Ends the test: skipped, or failed where a browser is required."""
    if "browser" in os.environ.get(REQUIRE, ""):
        pytest.fail(what, pytrace=False)
    pytest.skip(what)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if program is None:
        missing("no Chromium on this machine (apt-get install chromium)")
    if not (bundled("web") / "index.html").is_file():
        missing("the page is not built (pip install -e ., or npm run build in web/)")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright is not installed")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=list(_FLAGS))
        yield running
        running.close()


@pytest.fixture(scope="session")
def npm() -> str:
    """npm, with everything installed that the tests of the page take: vitest, axe, TypeScript."""
    program = shutil.which("npm")
    if program is None:
        missing("no npm on this machine")
    assert program is not None
    # npm takes everything away before it installs: the workers of one run take turns, and a
    # folder counts only once npm has written its own list at the end
    with (Path(tempfile.gettempdir()) / f"nqi-npm-{fold_path(WEB)}.lock").open("a+b") as turn:
        while not lock(turn):
            time.sleep(0.2)
        done = (WEB / "node_modules" / ".package-lock.json").is_file()
        if not done or not (WEB / "node_modules" / "vitest").is_dir():
            command = [program, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"]
            if subprocess.run(command, cwd=WEB, capture_output=True, timeout=300).returncode:
                missing("npm ci could not install what the tests take")
    return program


def fold_path(path: Path) -> str:
    """A path as part of a file's name."""
    return hashlib.sha256(str(path).encode()).hexdigest()[:12]


@contextmanager
def served(url: str, *, require_key: bool = False) -> Iterator[str]:
    """The service over the store at ``url`` on a free port; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = create_app(url, require_key=require_key)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started:
        if time.monotonic() > until or not thread.is_alive():
            raise RuntimeError("the service did not start")
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


def filled(folder: Path, members: int | None = None) -> str:
    """The URL of a store with the material of these tests."""
    sources = write_material(folder / "sources", *([] if members is None else [members]))
    ontology = load_ontology()
    store = open_store(str(folder / "store"), ontology, writable=True)
    try:
        load([sources], store, ontology)
    finally:
        store.close()
    return str(folder / "store")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service over a filled store."""
    before = os.environ.get("NQI_TODAY")
    os.environ["NQI_TODAY"] = "2025-03-01"
    with served(filled(tmp_path_factory.mktemp("web"))) as address:
        yield address
    if before is None:
        del os.environ["NQI_TODAY"]
    else:
        os.environ["NQI_TODAY"] = before


@pytest.fixture
def locked_site(tmp_path: Path) -> Iterator[tuple[str, Keys]]:
    """The address of a service that takes a key, and its keys."""
    from tests.sample_store import build_store

    url = build_store(tmp_path)
    with served(url, require_key=True) as address:
        yield address, Keys(url)


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[str]:
    """The address of a service whose store is not there yet; loads of the test go into it."""
    with served(str(tmp_path / "new-store")) as address:
        yield address


Open = Callable[..., "Page"]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens an address in a window of its own. At the end nothing may have been asked of another
    host, refused by the content security policy or thrown."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768},
                                  accept_downloads=True)  # fmt: skip
    context.set_default_timeout(PATIENCE)
    wrong: list[str] = []
    own: set[str] = set()

    def opened(address: str, path: str = "/") -> Page:
        own.add(address)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"thrown: {error}"))
        page.on("console", lambda m: wrong.append(m.text) if "Content Security Policy" in m.text else None)
        page.goto(address + path)
        return page

    context.on("request", lambda r: None if _is_own(r.url, own) else wrong.append(f"asked of {r.url}"))
    yield opened
    context.close()
    assert not wrong


def _is_own(url: str, own: set[str]) -> bool:
    return url.startswith(("data:", "blob:")) or any(url.startswith(f"{o}/") for o in own)
