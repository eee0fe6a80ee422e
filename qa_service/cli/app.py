"""The commands of ``nqi`` and their outer door.

Exit codes: 0 done (an honest ``no_data`` too), 1 something could not be done, 2 wrong use,
3 partly (some rejected: see the report). Results go to stdout, everything else to stderr.
"""

from __future__ import annotations

import functools
import io
import json
import os
import sys
import traceback
from collections.abc import Callable

import typer

from ontology.errors import KnowledgeGraphError
from qa_service.cli import (
    asking,
    care,
    disagreeing,
    examining,
    keys,
    loading,
    neo4j,
    querying,
    serving,
    training,
)
from qa_service.settings import words

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


def _exiting(run: Callable[..., int]) -> Callable[..., None]:
    """The command with its exit code raised, as the framework wants it."""

    @functools.wraps(run)
    def command(*args: object, **options: object) -> None:
        raise typer.Exit(run(*args, **options))

    return command


for _command in (
    *loading.COMMANDS,
    *asking.COMMANDS,
    *querying.COMMANDS,
    *disagreeing.COMMANDS,
    *care.COMMANDS,
    *examining.COMMANDS,
    *training.COMMANDS,
    *serving.COMMANDS,
):
    app.command(name=_command.name, help=_command.text)(_exiting(_command.run))

_server = typer.Typer(no_args_is_help=True)
for _command in neo4j.COMMANDS:
    _server.command(name=_command.name, help=_command.text)(_exiting(_command.run))
app.add_typer(_server, name="neo4j", help=words("本机上的 Neo4j。", "A Neo4j on this machine."))

_keys = typer.Typer(no_args_is_help=True)
for _command in keys.COMMANDS:
    _keys.command(name=_command.name, help=_command.text)(_exiting(_command.run))
app.add_typer(_keys, name="keys", help=words("让其他机器使用服务的密钥。", "Keys for other machines."))


def run() -> None:
    """Runs a command; every failure ends in words and an exit code."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(outcome(sys.argv[1:]))


def outcome(arguments: list[str]) -> int:
    """The exit code of a command line."""
    try:
        app(arguments, prog_name="nqi")
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
