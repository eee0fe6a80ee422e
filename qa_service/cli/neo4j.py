"""nqi neo4j start | stop | status: a real Neo4j on this machine."""

from __future__ import annotations

import shlex
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa_service.cli.options import Command, Json, note, print_json
from qa_service.settings import words

if TYPE_CHECKING:
    from graph.local_neo4j import LocalServer

DEFAULT_HOME = Path("nqi-neo4j")

Home = Annotated[
    Path,
    typer.Option(
        "--home",
        metavar="DIR",
        help=words("服务器的文件夹：数据、日志、密码", "The server's folder: data, logs, password"),
    ),
]


def start(
    home: Home = DEFAULT_HOME,
    port: Annotated[
        int,
        typer.Option(
            min=0, max=65535, help=words("Bolt 端口（默认找一个空闲的）", "Bolt port (default: a free one)")
        ),
    ] = 0,
    browser: Annotated[
        bool,
        typer.Option("--browser", help=words("同时提供 Neo4j Browser", "Serve Neo4j Browser as well")),
    ] = False,
    memory: Annotated[
        int, typer.Option(min=128, help=words("堆内存（MB）", "Heap memory in megabytes"))
    ] = 512,
    as_json: Json = False,
) -> int:
    from graph.local_neo4j import start as start_server

    _show(start_server(home, port=port, browser=browser, memory=memory, say=note), as_json)
    return 0


def stop(home: Home = DEFAULT_HOME, as_json: Json = False) -> int:
    from graph.local_neo4j import stop as stop_server

    stopped = stop_server(home)
    if as_json:
        print_json({"stopped": stopped})
    else:
        print(words("已停止", "Stopped") if stopped else words("没有在运行", "It was not running"))
    return 0


def status(home: Home = DEFAULT_HOME, as_json: Json = False) -> int:
    from graph.local_neo4j import running

    found = running(home)
    if found is not None:
        _show(found, as_json)
    elif as_json:
        print_json({"running": False, "home": str(home.expanduser().resolve())})
    else:
        print(words(f"{home} 没有在运行", f"{home} is not running"))
    return 0 if found is not None else 1


def _show(server: LocalServer, as_json: bool) -> None:
    if as_json:
        print_json({name: value for name, value in asdict(server).items() if value != ""})
        return
    print(f"Neo4j {server.version}  {server.uri}  {words('进程', 'process')} {server.pid}")
    if server.browser:
        print(f"Neo4j Browser  {server.browser}")
    print(
        words(
            f"用户 {server.user}，密码在 {Path(server.home) / 'server.json'} 里。使用：",
            f"User {server.user}, the password is in {Path(server.home) / 'server.json'}. To use it:",
        )
    )
    print(f"  nqi load PATH… --store {shlex.quote(server.home)}")


COMMANDS = (
    Command(
        "start",
        start,
        words(
            "在本机启动一个真正的 Neo4j（不需要 Docker；第一次从 Maven Central 取约 120 MB）。",
            "Start a real Neo4j on this machine (no Docker; about 120 MB from Maven Central the first time).",
        ),
        ("nqi neo4j start", "nqi neo4j start --home ~/nqi-neo4j --browser", "nqi neo4j start --json"),
    ),
    Command("stop", stop, words("停止它。", "Stop it."), ("nqi neo4j stop",)),
    Command(
        "status",
        status,
        words("它在运行吗，在哪里。", "Whether it runs, and where."),
        ("nqi neo4j status",),
    ),
)
