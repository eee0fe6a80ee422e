#!/usr/bin/env python3
"""Sets everything up on a machine that has Python 3.11 or newer and nothing else.

    python3 start.py              build the demonstration graph, answer four questions, serve
    python3 start.py --no-serve   the same without the server
    python3 start.py test         install what the tests need and run ruff, mypy and pytest

Makes ``.venv`` beside this file and installs there what ``requirements/`` pins; nothing
else on the machine is changed. Written so that an older Python can read it far enough to
say that it is too old.
"""

import argparse
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = "nqi-installed.json"
OLDEST = (3, 11)
OLDEST_PIP = (22, 3)
FIRST_PORT = 8700
PORTS = 50
#: free bytes that the environment takes, with room for the downloads on their way
ROOM = {"runtime": 500 * 1024 * 1024, "dev": 700 * 1024 * 1024, "embeddings": 9 * 1024 * 1024 * 1024}
#: what is downloaded for each, in MB; on Linux the last one brings the libraries of graphics cards
DOWNLOAD = {"runtime": 90, "dev": 120, "embeddings": 3_000}
#: what each level includes of the others
WIDER = {"runtime": ("dev", "embeddings"), "dev": ("embeddings",), "embeddings": ()}
#: engines and extras without which the tests fail instead of skipping (tests/conftest.py)
REQUIRE = "NQI_TEST_REQUIRE"
WINDOWS = os.name == "nt"


class SetupError(Exception):
    """Something that the user has to do first; the text says what."""


# ---- the Python that runs this ----------------------------------------------------


def check_python(version: "tuple[int, ...]" = sys.version_info[:3]) -> None:
    """Stops where Python is too old, and names a newer one if the machine has it."""
    if tuple(version[:2]) >= OLDEST:
        return
    found = newer_python()
    then = (
        f"This machine has {found}: run\n    {found} start.py" if found
        else "Install it from your system's packages or from python.org, then run this again."
    )
    needed, this = (".".join(str(n) for n in numbers) for numbers in (OLDEST, version))
    raise SetupError(f"Python {needed} or newer is needed; this is Python {this}.\n{then}")


def newer_python() -> str:
    """A command on this machine that is a Python new enough, or an empty text."""
    for minor in (13, 12, 11, 14):
        name = f"python3.{minor}"
        if shutil.which(name) and subprocess.call(
                [name, "-c", ""], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0:
            return name
    return ""


def check_venv_module() -> None:
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError as error:
        raise SetupError(
            f"This Python comes without its {error.name} module, so no environment can be made.\n"
            "Debian, Ubuntu:  sudo apt install python3-venv\n"
            "Others: install the complete Python of your system.") from error


# ---- the environment --------------------------------------------------------------


def venv_python(venv: Path = VENV) -> Path:
    return venv / ("Scripts/python.exe" if WINDOWS else "bin/python")


def venv_command(venv: Path = VENV) -> Path:
    return venv / ("Scripts/nqi.exe" if WINDOWS else "bin/nqi")


def child_environment() -> "dict[str, str]":
    """The environment without what would make pip or Python look elsewhere."""
    env = dict(os.environ)
    for name in ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT",
                 "PIP_REQUIRE_VIRTUALENV"):
        env.pop(name, None)
    env.update(PIP_USER="0", PIP_NO_INPUT="1", PIP_DISABLE_PIP_VERSION_CHECK="1", PYTHONUTF8="1",
               PYTHONIOENCODING="utf-8")
    return env


def fingerprint(level: str, root: Path = ROOT) -> "dict[str, str]":
    """What the environment was made from: the same text again means nothing to do."""
    digest = hashlib.sha256()
    for name in (f"requirements/{level}.txt", "pyproject.toml"):
        digest.update((root / name).read_bytes())
    # The page is built when this project is installed. Where that failed it is tried again once its
    # sources or the wish have changed, and not at every start.
    for folder, below, names in os.walk(str(root / "web")):
        below[:] = sorted(set(below) - {"node_modules", "__pycache__"})
        for name in sorted(names):
            digest.update((Path(folder) / name).read_bytes())
    page = root / "qa_service" / "bundled" / "web" / "index.html"
    digest.update(b"page" if page.is_file() else os.environ.get("NQI_WEB", "").encode())
    return {"level": level, "of": digest.hexdigest(), "root": str(root), "python": sys.version}


def is_installed(level: str, venv: Path = VENV, root: Path = ROOT) -> bool:
    """True where the stamp in the environment says that ``level`` is there already.
    What the tests need includes what runs, so a ``dev`` environment does for both; and so on."""
    try:
        stamp = json.loads((venv / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return any(stamp == fingerprint(has, root) for has in (level, *WIDER[level])) and works(venv)


def works(venv: Path) -> bool:
    """True where the environment has a Python of a fitting version that starts."""
    code = f"import sys; sys.exit(sys.version_info[:2] < {OLDEST!r})"
    try:
        return subprocess.run([str(venv_python(venv)), "-c", code], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, env=child_environment()).returncode == 0
    except OSError:
        return False


def set_up(level: str) -> None:
    """Makes ``.venv`` and installs; quick where that was done before."""
    if is_installed(level):
        return
    check_room(level)
    if (VENV / STAMP).exists():
        (VENV / STAMP).unlink()
    if not works(VENV):
        check_venv_module()
        if VENV.exists() and not (VENV / "pyvenv.cfg").exists() and any(VENV.iterdir()):
            raise SetupError(f"{VENV} is in the way: it is no Python environment. Move it away.")
        say("Making the environment .venv …")
        run([sys.executable, "-m", "venv", "--clear", str(VENV)], "The environment could not be made.")
    check_pip()
    python = str(venv_python())
    say(f"Installing what requirements/{level}.txt pins (downloads once, about {DOWNLOAD[level]} MB) …")
    run([python, "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:",
         "-r", f"requirements/{level}.txt"], "The packages could not be installed.")
    # A lock with hashes refuses -e, hence the second step; it builds with what the lock brought.
    run([python, "-m", "pip", "install", "--no-deps", "--no-build-isolation", "-e", "."],
        "This project could not be installed.")
    (VENV / STAMP).write_text(json.dumps(fingerprint(level)), encoding="utf-8")


def check_room(level: str) -> None:
    free = shutil.disk_usage(str(ROOT)).free
    if free < ROOM[level]:
        raise SetupError(
            f"Not enough space: about {ROOM[level] >> 20} MB are needed in {ROOT}, {free >> 20} MB are free.")


def check_pip() -> None:
    done = subprocess.run([str(venv_python()), "-m", "pip", "--version"], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, env=child_environment())
    words = done.stdout.decode("utf-8", "replace").split()
    if done.returncode or len(words) < 2:
        raise SetupError("The environment .venv has no pip that works. "
                         "Remove the folder .venv and run this again.")
    version = tuple(int(n) for n in words[1].split(".")[:2] if n.isdigit())
    if version < OLDEST_PIP:
        raise SetupError(f"pip {words[1]} in .venv is too old. Run\n"
                   f"    {venv_python()} -m pip install --upgrade pip\nand this again.")


def run(command: "list[str]", failure: str) -> None:
    """Runs one step quietly: a line for each package, all of it only when it fails."""
    lines: list[str] = []
    process = subprocess.Popen(command, cwd=str(ROOT), env=child_environment(), stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    assert process.stdout is not None
    for raw in process.stdout:
        line = raw.decode("utf-8", "replace").rstrip()
        lines.append(line)
        if line.startswith("Collecting "):
            say("  " + line.split()[1].split("==")[0])
    if process.wait() != 0:
        text = "\n".join(lines[-30:])
        raise SetupError(f"{failure}\n{reason(text)}\n\nWhat it said last:\n{text}")


#: what pip says → what to do; the first that fits
REASONS = (
    (("No space left", "Errno 28", "not enough space"),
     "The disk is full. Make room (about 500 MB), also in the folder for temporary files (TMPDIR)."),
    (("CERTIFICATE_VERIFY_FAILED", "SSLError", "SSLCertVerificationError"),
     "The package index showed a certificate that is not trusted here. Behind a company proxy set "
     "PIP_CERT to its certificate file."),
    (("NewConnectionError", "Failed to establish", "Temporary failure in name", "ConnectTimeout",
      "Read timed out", "ProxyError", "Network is unreachable", "Connection refused", "Connection reset",
      "getaddrinfo failed", "nodename nor servname"),
     "The package index cannot be reached. Check the network; behind a proxy set HTTPS_PROXY, with a mirror "
     "PIP_INDEX_URL, without a network PIP_NO_INDEX=1 and PIP_FIND_LINKS=folder with the packages."),
    (("DO NOT MATCH THE HASHES",),
     "A package is not the file that was pinned: a mirror or proxy gave another one. Try another index "
     "(PIP_INDEX_URL)."),
    (("(from versions: none)",),
     "The package index gave nothing at all. Most often it cannot be reached: check the network, "
     "HTTPS_PROXY and PIP_INDEX_URL. Otherwise it has no ready-made package for this system and Python."),
    (("No matching distribution", "is not a supported wheel", "Could not find a version"),
     "The package index has no ready-made package for this system and Python. 64-bit Linux, macOS and "
     "Windows with Python 3.11 to 3.13 are known to have all of them."),
    (("Permission denied", "Errno 13", "Access is denied", "Read-only file system"),
     "The folder cannot be written. Move the project to a folder of your own."),
)


def reason(text: str) -> str:
    """What to do about a failure, from what pip said."""
    for marks, words in REASONS:
        if any(mark in text for mark in marks):
            return words
    return "Remove the folder .venv and run this again; if it stays, report what it said."


# ---- what is run ------------------------------------------------------------------


def free_port(first: int = FIRST_PORT) -> int:
    """The first port from ``first`` on that nobody listens on."""
    for port in range(first, first + PORTS):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            if not WINDOWS:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise SetupError(f"All ports from {first} to {first + PORTS - 1} are taken; "
                     "name another one with --port.")


def call(command: "list[str]") -> int:
    """Runs a command in the foreground; its exit code."""
    try:
        return subprocess.call(command, cwd=str(ROOT), env=child_environment())
    except KeyboardInterrupt:
        return 130


def demo(args: argparse.Namespace) -> int:
    set_up("runtime")
    nqi = [str(venv_python()), "-m", "qa_service.cli"]
    store = ROOT / "data" / ".demo-store"
    code = call([*nqi, "demo", "--store", str(store), *(["--json"] if args.json else [])])
    if code:
        return code
    command = shown(venv_command())
    say(f"\nFrom now on the command is {command}, for example:\n"
        f"    {command} ask \"…\" --store {shown(store)}")
    if args.no_serve:
        return 0
    port = args.port or free_port()
    say(f"\nServing on http://127.0.0.1:{port}/  (stop with Ctrl+C)")
    return call([*nqi, "serve", "--store", str(store), "--port", str(port)])


def shown(path: Path) -> str:
    """A path as it is typed from here, where it lies below."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def test(arguments: "list[str]") -> int:
    """ruff, mypy and pytest, all three even where the first finds something."""
    embeddings = "embeddings" in os.environ.get(REQUIRE, "")
    set_up("embeddings" if embeddings else "dev")
    if not is_installed("embeddings"):
        say(f"Without sentence-transformers the tests that need it are skipped: {REQUIRE}=embeddings "
            f"python3 start.py test installs it (about {DOWNLOAD['embeddings'] // 1000} GB to download).")
    python = str(venv_python())
    codes = []
    if not arguments:
        say("ruff …")
        codes.append(call([python, "-m", "ruff", "check", "."]))
        say("mypy …")
        codes.append(call([python, "-m", "mypy"]))
    say("pytest …")
    codes.append(call([python, "-m", "pytest", *(arguments or ["-q", "-n", "auto"])]))
    return max(codes, key=abs)


def say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def main(argv: "list[str]") -> int:
    check_python()
    if argv[:1] == ["test"]:
        return test(argv[1:])
    parser = argparse.ArgumentParser(
        prog="start.py", description="Set up, build the demonstration graph, answer four questions, serve.",
        epilog="python3 start.py test [pytest arguments]  runs the tests.")
    parser.add_argument("--no-serve", action="store_true", help="stop after the four answers")
    parser.add_argument("--port", type=int, help="port to serve on (default: 8700, or the next free one)")
    parser.add_argument("--json", action="store_true", help="print the four answers as JSON, one a line")
    return demo(parser.parse_args(argv))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except SetupError as stop:
        say(f"\n{stop}")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
