"""The benchmarks' page names every figure, and their material is the same each time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from benchmarks import __main__ as benchmarks
from benchmarks import material
from tests.project.modules import ROOT


def test_every_figure_is_explained() -> None:
    source = (ROOT / "benchmarks" / "__main__.py").read_text("utf-8")
    page = (ROOT / "docs" / "benchmarks.md").read_text("utf-8")
    named = set(re.findall(
        r'"((?:machine|load|store|ask|cold|memory)_[a-z0-9_]+_(?:ms|mb|ratio|second|row))"', source
    ))
    assert len(named) > 12
    for figure in named - {"ask_all_p50_ms", "ask_all_p99_ms"}:
        assert f"`{figure}`" in page, figure
    kinds = yaml.safe_load((ROOT / "benchmarks" / "questions.yaml").read_text("utf-8"))
    assert f"`{' '.join(kinds)}`" in page


def test_the_material_is_the_same_each_time(tmp_path: Path) -> None:
    written = [material.prose(tmp_path / name, 2, 8) for name in ("a", "b")]
    assert written[0] == written[1] > 1000
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()
    tables = [material.table(tmp_path / f"{name}.csv", 50).read_bytes() for name in ("a", "b")]
    assert tables[0] == tables[1]


def test_nothing_is_kept_in_the_repository() -> None:
    with pytest.raises(SystemExit, match="outside"):
        benchmarks.main(["--out", str(ROOT / "figures.json")])
    assert not (ROOT / "figures.json").exists()


def test_what_is_worse() -> None:
    assert benchmarks._worse("load_rows_per_second", 0.5)
    assert not benchmarks._worse("load_rows_per_second", 2.0)
    assert benchmarks._worse("cold_ask_ms", 1.5)
    assert not benchmarks._worse("cold_ask_ms", 0.5)
