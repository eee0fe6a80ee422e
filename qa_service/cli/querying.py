"""nqi query: hand-written Cypher, and the catalogue of named queries."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from qa_service.cli.options import Command, Json, Store, from_stdin, note, print_json
from qa_service.settings import store_url, words


def query(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help=words("目录中查询的名字", "A query of the catalogue"))
    ] = "",
    cypher: Annotated[
        str,
        typer.Option(
            "--cypher",
            help=words(
                "一条只读的 Cypher 语句；- 表示从标准输入读取",
                "One reading Cypher statement; - reads it from stdin",
            ),
        ),
    ] = "",
    listed: Annotated[
        bool, typer.Option("--list", help=words("列出目录中的查询", "List the queries of the catalogue"))
    ] = False,
    param: Annotated[
        list[str] | None,
        typer.Option(
            "--param",
            metavar="K=V",
            help=words("目录查询的参数，可以多个", "A parameter of a catalogue query"),
        ),
    ] = None,
    params: Annotated[
        str, typer.Option(help=words("--cypher 的参数，JSON 对象", "Parameters of --cypher, a JSON object"))
    ] = "{}",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE",
            dir_okay=False,
            help=words("写到文件：.xlsx、.csv 或 .json", "Write to a file: .xlsx, .csv or .json"),
        ),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help=words("最多几行", "At most so many rows"))] = 1000,
    seconds: Annotated[
        float, typer.Option(min=0.1, help=words("最长几秒", "At most so many seconds"))
    ] = 10.0,
    store: Store = "",
    as_json: Json = False,
) -> int:
    from qa_service.cli.show import table
    from qa_service.statements.cypher import run_cypher
    from qa_service.statements.tables import WRITERS, write_table

    if [bool(name), bool(cypher), listed].count(True) != 1:
        raise typer.BadParameter(words("给出 NAME、--cypher 或 --list 之一", "Give NAME, --cypher or --list"))
    if listed:
        return _list(as_json)
    if out is not None and out.suffix.lower() not in WRITERS:
        raise typer.BadParameter(f"{out}: {', '.join(WRITERS)}", param_hint="--out")
    if cypher:
        text, values = from_stdin(cypher), _json_object(params)
    else:
        text, values = _named(name, param or (), store_url(store))
    result = run_cypher(text, values, store_url(store), limit=limit, seconds=seconds)
    for warning in result.warnings:
        note(warning)
    if out is not None:
        write_table(result.columns, result.rows, out)
        note(f"{len(result.rows)} → {out}")
    elif as_json:
        print_json(result.to_json())
    else:
        print(table(result.columns, result.rows))
    if result.truncated:
        note(words(f"只有前 {limit} 行（--limit）", f"The first {limit} rows only (--limit)"))
    return 0


def _named(name: str, given: Sequence[str], url: str) -> tuple[str, dict[str, object]]:
    """A query of the catalogue with its parameters; what is not given has the example's value."""
    import difflib

    from ontology.errors import QueryError
    from queries.catalog import catalogue

    known = catalogue()
    found = known.get(name)
    if found is None:
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.4)
        raise QueryError(
            words(f"目录中没有 {name}", f"The catalogue has no {name}"),
            hint=", ".join(near) or "nqi query --list",
        )
    values = {}
    for text in given:
        key, equals, value = text.partition("=")
        if not equals:
            raise typer.BadParameter(text, param_hint="--param K=V")
        values[key] = value
    for parameter in found.parameters:
        if parameter.name not in values:
            values[parameter.name] = parameter.example
            note(f"--param {parameter.name}={parameter.example}")
    statement = found.statement(values)
    return statement.query, dict(statement.params)


def _json_object(text: str) -> dict[str, object]:
    try:
        values = json.loads(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--params") from error
    if not isinstance(values, dict):
        raise typer.BadParameter(words('要写成 {"名字": 值}', 'Write {"name": value}'), param_hint="--params")
    return values


def _list(as_json: bool) -> int:
    from qa_service.cli.show import table
    from queries.catalog import catalogue

    found = catalogue().values()
    if as_json:
        print_json(
            {
                "queries": [
                    {
                        "name": q.name,
                        "title": words(q.title_zh, q.title_en),
                        "engines": list(q.engines),
                        "parameters": [
                            {"name": p.name, "type": p.type, "example": p.example} for p in q.parameters
                        ],
                    }
                    for q in found
                ]
            }
        )
        return 0
    print(
        table(
            (words("名字", "name"), words("内容", "title"), words("参数", "parameters")),
            [(q.name, words(q.title_zh, q.title_en), " ".join(p.name for p in q.parameters)) for q in found],
        )
    )
    return 0


COMMANDS = (
    Command(
        "query",
        query,
        words(
            "运行目录中的一个查询，或一条只读的 Cypher 语句。",
            "Run a query of the catalogue, or one Cypher statement that only reads.",
        ),
        (
            "nqi query --list",
            "nqi query chains_without_platform --param region=region:430200 --out gaps.xlsx",
            'nqi query --cypher "MATCH (c:Chain) RETURN c.name AS name ORDER BY name, c.id LIMIT 10"',
            "nqi query --cypher 'MATCH (r:Region {id: $id}) RETURN r.name' "
            '--params \'{"id": "region:430200"}\'',
        ),
    ),
)
