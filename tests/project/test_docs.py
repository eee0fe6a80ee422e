"""The documentation names every command, option, setting and route, and no other."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
import typer

from qa_service.api.app import create_app
from qa_service.api.describe import markdown
from qa_service.cli.app import GROUPS, ROOMS, command_line
from tests.project.modules import ROOT, files

READMES = ("README.md", "README.zh.md")
PAGES = (*READMES, "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md", "docs/contract.md")
COMMANDS = {name for names in ROOMS.values() for name in names} | set(GROUPS)


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def options(name: str) -> set[str]:
    """``--limit`` …: the options that a command takes."""
    group = typer.main.get_command(command_line())
    command = group.commands[name]  # type: ignore[attr-defined]
    parts = command.commands.values() if name in GROUPS else (command,)
    named = {option for part in parts for p in part.params for option in p.opts}
    return {option for option in named if option.startswith("--")} - {"--help"}


def contract_commands() -> dict[str, set[str]]:
    rows = re.findall(r"^\| `nqi (\w+)[^|]*\|[^|]*\|([^|]*)\|$", text("docs/contract.md"), re.MULTILINE)
    return {name: set(re.findall(r"--[a-z-]+", named)) for name, named in rows}


@pytest.mark.parametrize("page", READMES)
def test_commands(page: str) -> None:
    rows = re.findall(r"^\| `nqi (\w+)", text(page), re.MULTILINE)
    assert sorted(rows) == sorted(COMMANDS)


@pytest.mark.parametrize("room", ROOMS)
def test_commands_stand_in_their_room(room: str) -> None:
    found = import_module(f"qa_service.cli.{room}").COMMANDS
    assert tuple(c.name for c in found) == ROOMS[room]


def test_commands_of_the_contract() -> None:
    common = {"--store", "--json"}
    assert contract_commands() == {name: options(name) - common for name in COMMANDS}


@pytest.mark.parametrize("page", READMES)
def test_options_that_a_readme_names_exist(page: str) -> None:
    for line in re.findall(r"^\| `nqi .*$", text(page), re.MULTILINE):
        name = re.findall(r"nqi (\w+)", line)[0]
        unknown = set(re.findall(r"--[a-z-]+", line)) - options(name)
        assert not unknown, f"{page}: nqi {name} has no {unknown}"


@pytest.mark.parametrize("page", PAGES)
def test_commands_in_examples_exist(page: str) -> None:
    """Lines that begin with nqi, and every nqi in code, are commands; what is to come says so."""
    for line in text(page).splitlines():
        named = re.findall(r"^nqi ([a-z0-9]+)|`nqi ([a-z0-9]+)", line)
        for name in ("".join(pair) for pair in named):
            assert name in COMMANDS or "to come" in line, f"{page}: nqi {name}"


@pytest.mark.parametrize("page", [*READMES, "docs/contract.md"])
def test_settings(page: str) -> None:
    in_code = {
        name
        for file in files()
        for name in re.findall(r"\bNQI_[A-Z0-9_]+\b", file.read_text(encoding="utf-8"))
    }
    assert set(re.findall(r"\bNQI_[A-Z0-9_]+\b", text(page))) == in_code


@pytest.mark.parametrize("page", READMES)
def test_routes(page: str, tmp_path: Path) -> None:
    served = {
        f"{method.upper()} {route}"
        for route, methods in create_app(str(tmp_path)).openapi()["paths"].items()
        for method in methods
    }
    # outside the description: the page and the description itself
    served |= {"GET /", "GET /docs", "GET /api/openapi.json"}
    assert set(re.findall(r"^\| `((?:GET|POST) [^`]+)`", text(page), re.MULTILINE)) == served


def test_routes_of_the_contract(tmp_path: Path) -> None:
    page = text("docs/contract.md")
    present = "\n".join(line for line in page.splitlines() if not line.startswith("*(To come)*"))
    for route in create_app(str(tmp_path)).openapi()["paths"]:
        assert f" {route}`" in present, route


def test_api_page_is_written_from_the_service(tmp_path: Path) -> None:
    """python -m qa_service.api.write_docs > docs/api.md"""
    assert text("docs/api.md") == markdown(create_app(str(tmp_path)).openapi())


@pytest.mark.parametrize("page", PAGES)
def test_links(page: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", text(page)):
        assert "://" in target or ((ROOT / page).parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES)
def test_nothing_outside_the_repository_is_named(page: str) -> None:
    assert "../" not in text(page)
    assert not re.search(r"(?<![\w.])/(work|tmp|home|root)/", text(page))


def test_both_readmes_have_the_same_parts() -> None:
    shapes = [
        [line.split(" ")[0] for line in text(page).splitlines() if line.startswith(("#", "|", "```"))]
        for page in READMES
    ]
    assert shapes[0] == shapes[1]


def test_paths_of_the_architecture_exist() -> None:
    """Every file and folder of the drawing in §1 is there."""
    drawing = text("docs/architecture.md").split("```")[1]
    missing, room = [], ROOT
    for line in drawing.splitlines():
        if line and not line.startswith(" "):
            room = ROOT / line.split("/")[0]
        for name in re.findall(r"(?<![\w/*.])([\w.-]+/|[\w-]+\.(?:py|ttl|toml))(?![\w*])", line):
            if not (ROOT / name).exists() and not any(room.rglob(name.rstrip("/"))):
                missing.append(f"{room.name}: {name}")
    assert not missing


def test_sample_questions_are_four_and_one_is_refused() -> None:
    from qa_service.cli.demonstration import samples

    assert [s.status for s in samples()].count("no_data") == 1
    assert len(samples()) == 4
