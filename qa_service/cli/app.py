"""The commands of ``nqi`` and their outer door.

Exit codes: 0 done (an honest ``no_data`` too), 1 something could not be done, 2 wrong use,
3 partly (some rejected: see the report). Results go to stdout, everything else to stderr.
"""

from __future__ import annotations

import functools
import gc
import io
import json
import os
import sys
import traceback
from collections.abc import Callable
from importlib import import_module

import typer

from ontology.errors import KnowledgeGraphError
from qa_service.settings import words

#: the commands by the module that they stand in, as help shows them: only the module of the command
#: that runs is read, and made into a command line
ROOMS = {
    "loading": ("load", "unload", "undo", "reset", "extract"),
    "asking": ("ask", "explain", "eval", "status"),
    "querying": ("query",),
    "disagreeing": ("conflicts", "audit"),
    "care": ("backup", "restore", "rebuild", "doctor"),
    "examining": ("exam",),
    "training": ("train",),
    "serving": ("serve", "demo"),
}
#: commands of several parts, each a module: nqi keys add
GROUPS = {
    "neo4j": words("本机上的 Neo4j。", "A Neo4j on this machine."),
    "keys": words("让其他机器使用服务的密钥。", "Keys for other machines."),
}


def command_line(first: str = "") -> typer.Typer:
    """The commands beside one; all of them where there is no such command (help, a slip of the pen)."""
    app = typer.Typer(
        name="nqi",
        help=words(
            "把文档和表格读入知识图谱，再用中文（或英文）提问；每个答案都给出所依据的原文。",
            "Reads documents and tables into a knowledge graph and answers questions over it, "
            "each answer with the passages it rests on.",
        ),
        epilog=words(
            "存储：--store，否则 NQI_STORE，否则 ./nqi-store。",
            "The store: --store, else NQI_STORE, else ./nqi-store.",
        ),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(lambda: None)  # a module of one command is still a group
    asked = [first] if first in GROUPS else [room for room, names in ROOMS.items() if first in names]
    for room in asked or (*ROOMS, *GROUPS):
        if room in GROUPS:
            group = typer.Typer(no_args_is_help=True)
            _add(group, room)
            app.add_typer(group, name=room, help=GROUPS[room])
        else:
            _add(app, room)
    return app


def _add(app: typer.Typer, room: str) -> None:
    for command in import_module(f"qa_service.cli.{room}").COMMANDS:
        app.command(name=command.name, help=command.text)(_exiting(command.run))


def _exiting(run: Callable[..., int]) -> Callable[..., None]:
    """The command with its exit code raised, as the framework wants it."""

    @functools.wraps(run)
    def command(*args: object, **options: object) -> None:
        raise typer.Exit(run(*args, **options))

    return command


def run() -> None:
    """Runs a command; every failure ends in words and an exit code."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    code = outcome(sys.argv[1:])
    gc.freeze()  # what is left goes with the process: looking through it first is a tenth of a second
    sys.exit(code)


def outcome(arguments: list[str]) -> int:
    """The exit code of a command line."""
    try:
        command_line(*arguments[:1])(arguments, prog_name="nqi")
        return 0
    except SystemExit as done:  # the framework has told wrong use in words
        return done.code if isinstance(done.code, int) else 1
    except BrokenPipeError:
        # whoever read our output has gone; nothing is left to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KnowledgeGraphError as error:
        return _failed(arguments, error.code, error.message, error.hint, error.where)
    except OSError as error:
        return _failed(arguments, "system", error.strerror or str(error), "", str(error.filename or ""))
    except KeyboardInterrupt:
        _tell(words("已中断", "Stopped"), "", "")
        return 130
    except Exception as error:  # noqa: BLE001  the outer door: a fault of ours is told, not hidden
        traceback.print_exc()
        return _failed(
            arguments,
            "internal",
            f"{type(error).__name__}: {error}",
            words(
                "这是程序的错误，请把上面的内容报告给维护者。",
                "This is a fault of the program: please report what stands above.",
            ),
            "",
        )


def _failed(arguments: list[str], code: str, message: str, hint: str, where: str) -> int:
    if "--json" in arguments:
        error = {"code": code, "message": message, "hint": hint, "where": where}
        print(json.dumps({"error": error}, ensure_ascii=False))
    _tell(words("错误：", "Error: ") + message, where, hint)
    return 1


def _tell(message: str, where: str, hint: str) -> None:
    print(message + (f"  [{where}]" if where else ""), file=sys.stderr)
    if hint:
        print(words("怎么办：", "What to do: ") + hint, file=sys.stderr)
