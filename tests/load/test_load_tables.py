"""Cells, sheets and mappings."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.tables import cells
from loaders.tables.mapping import bundled, choose, read_mapping
from loaders.tables.read import column_letters, table_from_bytes
from ontology.errors import SourceError
from ontology.read import load_ontology


@pytest.mark.parametrize(
    ("cell", "unit", "base", "base_unit", "bound"),
    [
        ("95.2", "%", 95.2, "%", "="),
        ("95.2%", "", 95.2, "%", "="),
        ("９５．２％", "", 95.2, "%", "="),
        ("1,600", "亿元", 1.6e11, "元", "="),
        ("1600亿元", "%", 1.6e11, "元", "="),
        ("≥98", "%", 98, "%", ">="),
        ("不足80%", "", 80, "%", "<"),
        ("98%以上", "", 98, "%", ">="),
        ("约1.2万家", "", 12000, "家", "~"),
        ("-0.5", "个百分点", -0.5, "百分点", "="),
        ("2.5419万", "", 25419, "", "="),
        ("3200", "家次", 3200, "家次", "="),
    ],
)
def test_figure(cell: str, unit: str, base: float, base_unit: str, bound: str) -> None:
    found = cells.figure(cell, unit)
    assert found is not None
    assert (found.base_value, found.base_unit, found.bound) == (base, base_unit, bound)


def test_a_range_has_no_single_value() -> None:
    found = cells.figure("3-5", "个")
    assert found is not None
    assert (found.value, found.low, found.high) == (None, 3, 5)


@pytest.mark.parametrize("cell", ["", "-", "暂无", "约二", "1.2.3", "5-3", "2024年3月", "12,34", "95.2(含)"])
def test_no_figure(cell: str) -> None:
    assert cells.figure(cell, "%") is None


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("2024", "2024"),
        ("2024年", "2024"),
        ("2024-H1", "2024-H1"),
        ("2024年上半年", "2024-H1"),
        ("2022-Q1", "2022-Q1"),
        ("2021/2025", "2021/2025"),
        ("2024-06", "2024-06"),
        ("2024-06-30", "2024-06-30"),
        ("2024/6/30", "2024-06-30"),
        ("2024-01/2024-11", "2024-01/2024-11"),
    ],
)
def test_period(cell: str, text: str) -> None:
    found = cells.period(cell)
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize("cell", ["去年", "今年上半年", "2024-13", "24", "某年", "2024-02-31"])
def test_no_period(cell: str) -> None:
    assert cells.period(cell) is None


def test_columns_are_lettered_like_a_spreadsheets() -> None:
    assert [column_letters(n) for n in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


def test_ragged_rows_and_other_separators() -> None:
    (sheet,) = table_from_bytes(b"a;b\n1\n2;3;4\n\n", "t.csv", ".csv").sheets
    assert sheet.header == ("a", "b", "")
    assert sheet.rows == (("1", "", ""), ("2", "3", "4"))
    assert sheet.cells(1) == "Sheet1!A3:C3"


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (b"", ".csv"),
        (b"\xef\xbb\xbf", ".csv"),
        (b"PK no zip", ".xlsx"),
        (b'a,b\n"x,y\n', ".csv"),
        (b"a\0b\0\n", ".csv"),
    ],
)
def test_unreadable(data: bytes, suffix: str) -> None:
    with pytest.raises(SourceError) as error:
        table_from_bytes(data, f"t{suffix}", suffix)
    assert f"t{suffix}" in error.value.message


def test_no_mapping_says_the_headers_and_what_to_do() -> None:
    with pytest.raises(SourceError) as error:
        choose(("商品", "单价"), bundled(), "t.csv#Sheet1!A1")
    assert "商品, 单价" in error.value.message
    assert "--mapping" in error.value.hint
    assert "docs/mappings.md" in error.value.hint


def test_headers_match_whatever_their_width_case_and_spaces() -> None:
    header = (
        "Ｃｈａｉｎ",
        "region ",
        "lead_firm",
        "MEMBER_enterprise",
        "role",
        "supplier",
        "buyer",
        "product",
        "year",
        "source_title",
        "url",
        "source_grade",
    )
    assert choose(header, bundled(), "").name == "hunan_chain_facts"


@pytest.mark.parametrize("mapping", bundled(), ids=lambda mapping: mapping.name)
def test_bundled_mappings_name_only_what_the_ontology_has(mapping) -> None:  # type: ignore[no-untyped-def]
    ontology = load_ontology()
    known = {"class": ontology.classes, "relation": ontology.relations}
    assert not [term for kind, term in mapping.terms() if term not in known[kind]]
    for rule in mapping.relations:
        relation = ontology.relations[rule.relation.constant]
        assert set(rule.qualifiers) <= {*relation.qualifiers, *relation.identifying}


WRONG = {
    "headers missing": ("things: {}", "headers"),
    "unknown key": ("headers: [a]\nthings: {x: {class: Chain, name: a, nam: b}}", "unknown key 'nam'"),
    "thing without a name": ("headers: [a]\nthings: {x: {class: Chain}}", "'name' is missing"),
    "end that is no thing": (
        "headers: [a]\nthings: {x: {class: Chain, name: a}}\n"
        "relations: [{relation: PART_OF, subject: x, object: y}]",
        "'y' is none of the things",
    ),
    "column and constant": (
        "headers: [a]\nthings: {x: {class: Chain, name: {column: a, constant: b}}}",
        "either",
    ),
    "no value": (
        "headers: [a]\nthings: {x: {class: Chain, name: a}}\nobservations: [{subject: x, metric: a}]",
        "neither value nor text",
    ),
    "states nothing": ("headers: [a]", "states nothing"),
    "no list": ("headers: [a]\nthings: {x: {class: Chain, name: a}}\nrelations: {a: b}", "should be a list"),
    "no yaml": ("headers: [a", "no YAML"),
}


@pytest.mark.parametrize(("text", "says"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_mapping_says_where(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(SourceError) as error:
        read_mapping(path)
    assert says in error.value.message
    assert "mine.yaml" in error.value.message
