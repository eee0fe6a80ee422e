"""The description of the routes for people: a page that loads nothing from elsewhere (``/docs``), and
``docs/api.md``, both written from the OpenAPI description.

    python -m qa_service.api.write_docs > docs/api.md
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, PlainTextResponse

_STYLE: Final = """\
body { font: 16px/1.5 system-ui, "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", sans-serif;
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fff; }
h2 { border-bottom: 1px solid #ccc; margin-top: 2.5rem; }
h3 { font-family: ui-monospace, monospace; margin-top: 2rem; }
pre { background: #f4f4f4; padding: .75rem; overflow: auto; max-height: 24rem; white-space: pre-wrap; }
table { border-collapse: collapse; } th, td { border: 1px solid #ccc; padding: .2rem .5rem; }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #161616; } pre { background: #222; } }
"""
_HEAD: Final = """\
# API

Written from the service's own description (`GET /api/openapi.json`) by `python -m qa_service.api.write_docs`;
the same is on the page `/docs` of a running service. The examples are real: of the small store that the
tests load.

Every failure is `{"error": {"code", "message", "hint", "where"}}`: 400 what was asked cannot be done so,
401 a key is needed, 403 its role does not allow this, 404 there is no such thing, 408 it took too long,
413 the request is too large, 422 it has another shape, 503 the store cannot be used now or the service is
busy (try again). 5xx apart from 503 is a fault of the program.

Lists take `limit` and `offset` and say by `truncated` whether more is there. Ids may hold slashes and stand
in paths as they are (percent-encoded where they hold `#`, `?` or `%`). Responses are UTF-8.

On the service's own machine no key is needed, unless the service was started with `--require-key`. From
elsewhere send `Authorization: Bearer KEY` with a key of `nqi keys add`; its role is `reader` (questions and
the graph), `analyst` (Cypher too), `loader` (loads and undo too) or `admin`.
"""
_TITLES: Final = {
    "questions": "Questions",
    "graph": "The graph",
    "cypher": "Cypher",
    "loading": "Loading",
    "service": "The service",
}


def add_docs(app: FastAPI) -> None:
    """Adds ``/docs``."""

    @app.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        return HTMLResponse(page(app.openapi()))

    @app.get("/docs/style.css", include_in_schema=False)
    def style() -> PlainTextResponse:
        return PlainTextResponse(_STYLE, media_type="text/css; charset=utf-8")


def markdown(schema: Mapping[str, Any]) -> str:
    """The description as Markdown."""
    lines = [_HEAD]
    for tag, title in _TITLES.items():
        lines.append(f"## {title}\n")
        for method, path, operation in _operations(schema, tag):
            lines.append(f"### `{method} {path}`\n\n{_text(operation)}\n")
            parameters = operation.get("parameters", [])
            if parameters:
                lines.append("| parameter | in | type | meaning |\n|---|---|---|---|")
                lines += [f"| {' | '.join(row)} |" for row in map(_parameter, parameters)]
                lines.append("")
            for name, example in _examples(operation):
                lines.append(f"{name}:\n```json\n{example}\n```\n")
            fields = _fields(operation, schema)
            if fields:
                lines.append(
                    "<details><summary>shape</summary>\n\n```\n" + "\n".join(fields) + "\n```\n</details>\n"
                )
    return "\n".join(lines)


def page(schema: Mapping[str, Any]) -> str:
    """The description as one page without scripts."""
    parts = [
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>NQI-KG API</title>'
        '<link rel="stylesheet" href="/docs/style.css"><h1>NQI-KG API</h1>',
        f"<p>{html.escape(schema['info']['description'])}</p>",
        '<p>For programs: <a href="/api/openapi.json">openapi.json</a></p>',
    ]
    for tag, title in _TITLES.items():
        parts.append(f"<h2>{title}</h2>")
        for method, path, operation in _operations(schema, tag):
            parts.append(f"<h3>{method} {html.escape(path)}</h3><p>{html.escape(_text(operation))}</p>")
            rows = [_parameter(p) for p in operation.get("parameters", [])]
            if rows:
                cells = "".join(
                    "<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in row) + "</tr>" for row in rows
                )
                parts.append(f"<table><tr><th>parameter<th>in<th>type<th>meaning</tr>{cells}</table>")
            for name, example in _examples(operation):
                parts.append(f"<p>{name}</p><pre>{html.escape(example)}</pre>")
            fields = _fields(operation, schema)
            if fields:
                shape = html.escape("\n".join(fields))
                parts.append(f"<details><summary>shape</summary><pre>{shape}</pre></details>")
    return "".join(parts) + "</html>"


def _operations(schema: Mapping[str, Any], tag: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            if tag in operation.get("tags", ())[-1:]:
                yield method.upper(), path, operation


def _text(operation: Mapping[str, Any]) -> str:
    return " ".join(str(operation.get("description", "")).split())


def _parameter(parameter: Mapping[str, Any]) -> tuple[str, str, str, str]:
    shape = parameter["schema"]
    kind = _type(shape, {})
    default = (
        f", default {json.dumps(shape['default'])}" if shape.get("default") not in (None, "", []) else ""
    )
    bounds = "".join(
        f", {sign} {shape[key]}" for key, sign in (("minimum", "≥"), ("maximum", "≤")) if key in shape
    )
    needed = "" if not parameter.get("required") else " (required)"
    return (
        parameter["name"] + needed,
        parameter["in"],
        kind + bounds + default,
        parameter.get("description", ""),
    )


def _examples(operation: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    body = operation.get("requestBody", {}).get("content", {})
    for kind in body.values():
        if "example" in kind:
            yield "Request", _json(kind["example"])
    for code in ("200", "202"):
        for media, kind in operation["responses"].get(code, {}).get("content", {}).items():
            if "example" in kind:
                shown = kind["example"]
                yield "Response", shown if media.startswith("text/") else _json(shown)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _fields(operation: Mapping[str, Any], schema: Mapping[str, Any]) -> list[str]:
    for code in ("200", "202"):
        for kind in operation["responses"].get(code, {}).get("content", {}).values():
            reference = kind.get("schema", {}).get("$ref")
            if reference:
                return list(_shape(_named(reference, schema), schema, 0))
    return []


def _shape(model: Mapping[str, Any], schema: Mapping[str, Any], depth: int) -> Iterator[str]:
    for name, part in model.get("properties", {}).items():
        note = part.get("description", "")
        yield "  " * depth + f"{name}: {_type(part, schema)}" + (f"    {note}" if note else "")
        inner = _inner(part)
        if inner and depth < 4:
            yield from _shape(_named(inner, schema), schema, depth + 1)


def _inner(part: Mapping[str, Any]) -> str:
    """The model that a field holds, alone, in a list or in one of two cases."""
    if "$ref" in part:
        return str(part["$ref"])
    for inside in (part.get("items"), *part.get("anyOf", ())):
        if isinstance(inside, Mapping) and _inner(inside):
            return _inner(inside)
    return ""


def _type(part: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    if "$ref" in part:
        return str(part["$ref"]).rpartition("/")[2]
    if "anyOf" in part:
        return " | ".join(_type(p, schema) for p in part["anyOf"])
    if "enum" in part:
        return " | ".join(json.dumps(v) for v in part["enum"])
    if part.get("type") == "array":
        return f"[{_type(part.get('items', {}), schema)}]"
    if part.get("type") == "object" and isinstance(part.get("additionalProperties"), Mapping):
        return f"{{name: {_type(part['additionalProperties'], schema)}}}"
    return str(part.get("const") or part.get("type") or "any")


def _named(reference: str, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = schema["components"]["schemas"][reference.rpartition("/")[2]]
    return found
