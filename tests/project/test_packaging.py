"""The lock files, the start script's promises and what is inside a built package."""

from __future__ import annotations

import re
import tomllib
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest

from tests.project.modules import ROOT

LOCKS = (
    "requirements/runtime.txt", "requirements/dev.txt", "requirements/embeddings.txt",
    "requirements/benchmark.txt",
)


def pins(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^ \\;]+)", text, re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_registry(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index-url" not in "\n".join(line for line in text.splitlines() if not line.startswith("#"))


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_pins_everything_with_hashes(lock: str) -> None:
    blocks = re.split(r"\n(?=\S)", (ROOT / lock).read_text(encoding="utf-8"))
    unhashed = [
        b.split("==")[0] for b in blocks if "==" in b and not b.startswith("#") and "--hash=sha256:" not in b
    ]
    assert not unhashed
    assert len(pins(lock)) > 20


def test_lock_covers_what_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    for lock, wanted in (
        (LOCKS[0], [*project["dependencies"], *extras["build"]]),
        (LOCKS[1], [*project["dependencies"], *extras["build"], *extras["dev"]]),
        (LOCKS[2], [*project["dependencies"], *extras["build"], *extras["dev"], *extras["embeddings"]]),
        (LOCKS[3], [*project["dependencies"], *extras["neo4j-local"], *extras["benchmark"]]),
    ):
        names = {re.split(r"[<>=!~ \[]", d, maxsplit=1)[0].lower() for d in wanted}
        assert not names - set(pins(lock)), lock


def test_the_locks_agree() -> None:
    for narrow, wide in pairwise(map(pins, LOCKS[:3])):
        assert {name: wide.get(name) for name in narrow} == narrow
    runtime, benchmark = pins(LOCKS[0]), pins(LOCKS[3])
    assert {name: benchmark.get(name) for name in runtime} == runtime


def test_torch_is_not_installed_unless_asked_for() -> None:
    for lock in (*LOCKS[:2], LOCKS[3]):
        assert not {
            name for name in pins(lock) if name.startswith(("torch", "nvidia", "sentence-transformers"))
        }


def test_a_built_package_is_whole(tmp_path: Path) -> None:
    wheel = pytest.importorskip("hatchling.builders.wheel")
    built = next(wheel.WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"]))
    names = zipfile.ZipFile(built).namelist()
    for needed in (
        "ontology/nqi.ttl",
        "qa_service/cli/samples.yaml",
        "qa_service/rules/words.yaml",
        "qa_service/meaning/words.yaml",
        "qa_service/meaning/shipped/model.safetensors",
        "qa_service/meaning/shipped/tokenizer.json",
        "qa_service/bundled/web/index.html",
        "loaders/tables/mappings/hunan_chain_facts.yaml",
    ):
        assert needed in names, needed
    assert any(name.startswith("qa_service/bundled/data/") for name in names)
    unwanted = (".demo-store", "__pycache__", "tests/")
    assert not [name for name in names if any(part in name for part in unwanted)]
