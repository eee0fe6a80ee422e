"""nqi query with the catalogue, and rows into files."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from qa_service.statements.tables import write_table
from queries.catalog import catalogue
from tests.cli.conftest import Run

QUERY = ("query", "chain_members", "--param", "chain=chain:缝纫机")


def test_the_list_names_every_query(nqi: Run) -> None:
    done = nqi("query", "--list")
    assert done.code == 0
    assert {line.split()[0] for line in done.out.splitlines()[2:]} == set(catalogue())
    told = json.loads(nqi("query", "--list", "--json").out)
    assert [q["name"] for q in told["queries"]] == list(catalogue())


def test_a_query_by_name(nqi: Run, store: str) -> None:
    done = nqi(*QUERY, "--store", store, "--json")
    assert done.code == 0
    found = json.loads(done.out)
    at = found["columns"].index("name")
    assert [row[at] for row in found["rows"]] == ["乙铸造", "甲缝制"]


def test_what_is_not_given_is_the_example_and_said(nqi: Run, store: str) -> None:
    done = nqi("query", "chain_members", "--store", store)
    assert done.code == 0
    assert "--param chain=" in done.err


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("query", "chain_member"), 1, "chain_members"),
        (("query", "chain_members", "--param", "chain"), 2, "--param"),
        (("query", "chain_members", "--param", "x=1"), 1, "x"),
        (("query", "chain_members", "--cypher", "RETURN 1 AS n"), 2, "--list"),
        (("query",), 2, "--list"),
        (("query", "chain_members", "--out", "rows.doc"), 2, ".xlsx"),
    ],
)
def test_wrong_use_is_told(nqi: Run, store: str, arguments: tuple[str, ...], code: int, says: str) -> None:
    done = nqi(*arguments, "--store", store)
    assert done.code == code
    assert says in done.err


@pytest.mark.parametrize("ending", ["xlsx", "csv", "json"])
def test_rows_into_a_file(nqi: Run, store: str, tmp_path: Path, ending: str) -> None:
    rows = json.loads(nqi(*QUERY, "--store", store, "--json").out)
    file = tmp_path / f"rows.{ending}"
    assert nqi(*QUERY, "--store", store, "--out", str(file)).code == 0
    at = rows["columns"].index("name")
    assert _column(file, at, "name") == [row[at] for row in rows["rows"]]


def _column(file: Path, at: int, name: str) -> list[object]:
    if file.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(file).active
        assert sheet is not None
        return [row[at] for row in sheet.iter_rows(min_row=2, values_only=True)]
    if file.suffix == ".csv":
        assert file.read_bytes().startswith(b"\xef\xbb\xbf")
        with file.open(encoding="utf-8-sig", newline="") as opened:
            return [row[at] for row in list(csv.reader(opened))[1:]]
    return [row[name] for row in json.loads(file.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("text", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\tx", "http://example.org"])
def test_no_cell_becomes_a_formula(tmp_path: Path, text: str) -> None:
    write_table(["a", "b"], [[text, -1.5], [["x", "y"], None]], tmp_path / "rows.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "rows.xlsx").active
    assert sheet is not None
    assert [(c.value, c.data_type) for c in sheet[2]] == [(text, "s"), (-1.5, "n")]
    assert sheet["A3"].value == "x\ny"
    write_table(["a"], [[text]], tmp_path / "rows.csv")
    with (tmp_path / "rows.csv").open(encoding="utf-8-sig", newline="") as opened:
        (written,) = list(csv.reader(opened))[1]
    assert written == text if text.startswith("http") else written == "'" + text
