"""The hook that builds the page: what it does without Node.js, npm or changes."""

from __future__ import annotations

import importlib.util
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tests.project.modules import ROOT

pytest.importorskip("hatchling")


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("page_build", ROOT / "web" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with sources of a page, on a machine without Node.js and without registries."""
    (tmp_path / "web" / "src").mkdir(parents=True)
    (tmp_path / "web" / "src" / "main.ts").write_text("let a = 1;", encoding="utf-8")
    (tmp_path / "web" / "package-lock.json").write_text('{"packages": {}}', encoding="utf-8")
    (tmp_path / "requirements").mkdir()
    shutil.copy(ROOT / "requirements" / "node.txt", tmp_path / "requirements" / "node.txt")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    monkeypatch.delenv("NQI_WEB", raising=False)
    return tmp_path


@pytest.fixture
def hook(build: ModuleType, project: Path) -> Callable[[], None]:
    def run() -> None:
        build.PageHook(str(project), {}, None, None, "", "wheel").initialize("standard", {})

    return run


def built(project: Path) -> Path:
    return project / "qa_service" / "bundled" / "web"


def program(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_where_it_cannot_be_built_the_reason_is_left(hook: Callable[[], None], project: Path) -> None:
    hook()
    assert "Node.js" in (built(project) / "why-not.txt").read_text(encoding="utf-8")
    assert not (built(project) / "index.html").exists()


def test_required_it_is_an_error(
    build: ModuleType, hook: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NQI_WEB", "require")
    with pytest.raises(build.CannotBuild, match=r"Node\.js"):
        hook()


def test_skipped_nothing_is_touched(
    hook: Callable[[], None], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NQI_WEB", "skip")
    hook()
    assert not built(project).exists()


def test_an_older_page_stays_where_a_newer_one_cannot_be_built(
    hook: Callable[[], None], project: Path
) -> None:
    built(project).mkdir(parents=True)
    (built(project) / "index.html").write_text("older", encoding="utf-8")
    hook()
    assert (built(project) / "index.html").read_text(encoding="utf-8") == "older"


@pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")
def test_it_is_built_once(build: ModuleType, hook: Callable[[], None], project: Path) -> None:
    """With a stand-in for Node.js that writes what Vite would."""
    out = built(project)
    writes = f'/bin/mkdir -p "{out}" && echo built >> "{out}/index.html"'
    node = f'case "$1" in --version) echo v22.20.0;; *) {writes};; esac'
    program(project / "bin", "node", node)
    program(project / "bin", "npm", "exit 0")
    hook()
    hook()
    assert (out / "index.html").read_text(encoding="utf-8") == "built\n"
    page = build.Page(project)
    assert page.is_current()
    (project / "web" / "src" / "main.ts").write_text("let a = 2;", encoding="utf-8")
    assert not page.is_current()
    hook()
    assert (out / "index.html").read_text(encoding="utf-8") == "built\nbuilt\n"


@pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")
@pytest.mark.parametrize(
    ("version", "fits"),
    [("v20.19.0", True), ("v20.18.3", False), ("v18.20.0", False), ("v21.7.0", False), ("v22.11.0", False),
     ("v22.12.0", True), ("v24.1.0", True), ("nonsense", False)],
)  # fmt: skip
def test_versions_of_node(build: ModuleType, project: Path, version: str, fits: bool) -> None:
    program(project / "bin", "node", f"echo {version}")
    program(project / "bin", "npm", "exit 0")
    assert (build.machine_node() is not None) == fits


def test_tests_and_packages_are_no_sources(build: ModuleType, project: Path) -> None:
    page = build.Page(project)
    before = page.fingerprint()
    for folder in ("node_modules", "test"):
        (project / "web" / folder).mkdir()
        (project / "web" / folder / "a.ts").write_text("x", encoding="utf-8")
    assert page.fingerprint() == before


def test_certificates_count_for_npm_too(build: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NODE_EXTRA_CA_CERTS", raising=False)
    monkeypatch.setenv("PIP_CERT", "/certificates.pem")
    assert build.environment("/opt/node/bin/node")["NODE_EXTRA_CA_CERTS"] == "/certificates.pem"


def test_node_is_pinned_with_hashes_of_all_systems(build: ModuleType) -> None:
    text = (ROOT / "requirements" / "node.txt").read_text(encoding="utf-8")
    assert build.pinned_node(ROOT) in text
    assert text.count("--hash=sha256:") >= 5
    assert "://" not in text
