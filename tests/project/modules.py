"""The project's own modules and what they import, read without running them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("ontology", "graph", "queries", "loaders", "qa_service")


@dataclass(frozen=True)
class Import:
    """``name`` is imported by ``file`` in ``line``; ``typing`` where only for type checking."""

    file: Path
    line: int
    name: str
    typing: bool

    @property
    def top(self) -> str:
        return self.name.split(".")[0]


def files(*rooms: str) -> list[Path]:
    return sorted(f for room in rooms or ROOMS for f in (ROOT / room).rglob("*.py"))


def module_name(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def imports(file: Path) -> Iterator[Import]:
    """Every import of a file, those inside functions too. ``from a import b`` gives ``a.b`` where
    that is a module of ours, else ``a``."""
    checking = {
        id(inner)
        for node in ast.walk(tree(file))
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree(file)):
        typing = id(node) in checking
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(file, node.lineno, alias.name, typing)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno}: imports are written in full"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                name = whole if _is_module(whole) else str(node.module)
                yield Import(file, node.lineno, name, typing)


def _is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()
