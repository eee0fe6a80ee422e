"""nqi conflicts and nqi audit."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from graph.open import open_store
from loaders.load import load
from ontology.read import load_ontology
from tests.cli.conftest import Run

TEXT = """# 竹器质量报告
2024年，株洲市竹器产品质量合格率达到92.3%。全市处置不合格竹器1796批次。

# 漆器质量报告
2024年，株洲市竹器产品合格率达到93.4%。2024年，湘潭市查处漆器案件1796起。2024年，株洲市漆器产品合格率达到92.1%。
"""


@pytest.fixture(scope="module")
def doubtful(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("doubtful")
    (folder / "report.md").write_text(TEXT, encoding="utf-8")
    store = open_store(str(folder / "store"), load_ontology(), writable=True)
    load([folder / "report.md"], store, load_ontology())
    store.close()
    return str(folder / "store")


def test_conflicts_with_both_passages(nqi: Run, doubtful: str) -> None:
    done = nqi("conflicts", "--store", doubtful, "--json")
    (found,) = json.loads(done.out)["conflicts"]
    assert (done.code, found["kind"]) == (0, "conflict")
    assert sorted(found["values"]) == ["92.3%", "93.4%"]
    for figure in found["observations"]:
        (evidence,) = figure["evidence"]
        assert TEXT[evidence["start"] : evidence["end"]] == evidence["quote"]
    assert json.loads(nqi("status", "--store", doubtful, "--json").out)["conflicts"] == 1


def test_conflicts_as_a_table(nqi: Run, doubtful: str) -> None:
    done = nqi("conflicts", "--store", doubtful)
    assert "92.3%" in done.out
    assert "93.4%" in done.out
    assert nqi("conflicts", "--kind", "divergence", "--store", doubtful, "--json").out.count("93.4") == 0


@pytest.mark.parametrize(("command", "lines"), [("conflicts", 2), ("audit", 2)])
def test_into_a_spreadsheet(nqi: Run, doubtful: str, tmp_path: Path, command: str, lines: int) -> None:
    file = tmp_path / "found.xlsx"
    assert nqi(command, "--store", doubtful, "--out", str(file)).code == 0
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert len(rows) == lines
    assert all("report.md" in row for row in rows)


def test_audit_tells_of_one_number_for_two_things(nqi: Run, doubtful: str) -> None:
    (found,) = json.loads(nqi("audit", "--store", doubtful, "--json").out)["suspicious"]
    assert found["number"] == "1796"
    assert {figure["unit"] for figure in found["observations"]} == {"批次", "起"}
    assert all(figure["evidence"] for figure in found["observations"])


@pytest.mark.parametrize("arguments", [("conflicts", "--out", "a.doc"), ("conflicts", "--kind", "x"),
                                       ("audit", "--out", "a.doc")])
def test_wrong_use_is_told(nqi: Run, doubtful: str, arguments: tuple[str, ...]) -> None:
    assert nqi(*arguments, "--store", doubtful).code == 2
