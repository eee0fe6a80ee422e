"""The benchmarks' page names every figure, and their material is the same each time."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from benchmarks import __main__ as benchmarks
from benchmarks import compare, material
from benchmarks.baselines import AhoCorasick, Retrieval
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


def test_what_is_right_wrong_and_refused() -> None:
    gold = {"status": "answered", "answers": [["95.2%", "百分之95.2"], ["96.2%"]], "match": "set"}
    assert compare.graded(gold, ["96.2％", "95.2%"]) == "right"
    assert compare.graded(gold, ["95.2%"]) == "wrong"
    assert compare.graded(gold, ["95.2%", "96.2%", "1%"]) == "wrong"
    assert compare.graded(gold, ["195.2%", "96.2%"]) == "wrong"
    assert compare.graded(gold, []) == "refused"
    assert compare.held(gold, ["一份报告给出95.2%，另一份96.2%"]) == "right"
    nothing = {"status": "no_data", "answers": []}
    assert (compare.graded(nothing, []), compare.graded(nothing, ["x"])) == ("right", "wrong")


def test_the_baselines_find_what_stands_there() -> None:
    words = AhoCorasick({"合格率": "a", "不合格率": "b", "率": "c", "格率高": "d"})
    assert sorted(words.find("不合格率高")) == [(0, 4, "b"), (1, 4, "a"), (2, 5, "d"), (3, 4, "c")]
    passages = ["甲市的产品合格率是九成五", "乙市有三条产业链", "丙县的平台服务企业"]
    assert Retrieval(passages).best("乙市的产业链有几条") == passages[1:2]


def test_the_questions_that_are_compared() -> None:
    lines = compare.QUESTIONS.read_text("utf-8").splitlines()
    golds = [json.loads(line) for line in lines]
    assert len({g["question"] for g in golds}) == len(golds) > 40
    assert all((g["status"] == "answered") == bool(g["answers"]) for g in golds)
    assert sum(g["status"] == "no_data" for g in golds) >= len(golds) // 6
