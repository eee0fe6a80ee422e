"""The console: statements, the catalogue, what is refused."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

pytest.importorskip("playwright")
from playwright.sync_api import Page, expect

from tests.web.conftest import Open


def run(page: Page, statement: str) -> None:
    editor = page.get_by_role("textbox", name="Cypher 语句")
    editor.click()
    page.keyboard.press("Control+a")
    # taken away first: what replaces a selection Chromium styles inline, which the policy refuses
    page.keyboard.press("Delete")
    page.keyboard.type(statement)
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")


def test_rows(open_page: Open, site: str) -> None:
    page = open_page(site, "/cypher")
    run(page, "MATCH (e:Enterprise {name: '乙铸造'}) RETURN e.id AS id, e.passages AS passages")
    row = page.locator(".result-table tbody tr")
    expect(row).to_have_count(1)
    row.get_by_role("link", name="firms.csv").click()
    expect(page.locator("tr.marked")).to_contain_text("乙铸造")


def test_a_number_leads_to_the_passage_of_its_row(open_page: Open, site: str) -> None:
    page = open_page(site, "/cypher")
    run(page, "MATCH (o:Observation) WHERE o.value = 91.2 RETURN o.value AS value, o.passages AS passages")
    page.locator(".result-table tbody tr").get_by_role("link", name="91.2", exact=True).click()
    expect(page.locator("tr.marked")).to_contain_text("乙铸造")


@pytest.mark.parametrize("statement", ["MATCH (n) DETACH DELETE n", "LOAD FROM '/etc/passwd' RETURN *"])
def test_what_writes_or_reads_files_is_refused(open_page: Open, site: str, statement: str) -> None:
    page = open_page(site, "/cypher")
    run(page, statement)
    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("statement")
    expect(page.get_by_text("只读：只接受一条")).to_be_visible()
    run(page, "MATCH (n:Enterprise) RETURN count(n) AS n")
    expect(page.locator(".result-table tbody tr")).to_have_count(1)


def test_catalogue_with_parameters(open_page: Open, site: str) -> None:
    page = open_page(site, "/cypher")
    page.get_by_role("button", name="一家企业的供应商和客户").click()
    page.get_by_label("$firm").fill("enterprise:甲缝制")
    page.get_by_role("button", name="运行").click()
    expect(page.locator(".result-table tbody tr")).to_have_count(3)


def test_graph_and_json(open_page: Open, site: str) -> None:
    page = open_page(site, "/cypher")
    run(page, "MATCH (a:Enterprise)-[:SUPPLIES]->(b:Enterprise {name: '甲缝制'}) RETURN a.id AS a, b.id AS b")
    page.get_by_role("tab", name="关系图").click()
    expect(page.locator(".graph-node")).to_have_count(4)
    page.get_by_role("tab", name="JSON").click()
    expect(page.locator(".result-body pre")).to_contain_text("enterprise:甲缝制")


def test_limit_is_told_and_files_hold_numbers(open_page: Open, site: str, tmp_path: Path) -> None:
    page = open_page(site, "/cypher")
    page.get_by_role("spinbutton", name="行数上限").fill("7")
    run(page, "UNWIND range(1, 50) AS n RETURN n")
    expect(page.locator(".result .note")).to_contain_text("前 7 行")
    with page.expect_download() as download:
        page.get_by_role("button", name="XLSX").click()
    download.value.save_as(tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert [row[0].value for row in sheet.iter_rows()] == ["n", *range(1, 8)]


def test_labels_and_relations_are_completed(open_page: Open, site: str) -> None:
    page = open_page(site, "/cypher")
    run(page, "MATCH (e:")
    page.get_by_role("textbox", name="Cypher 语句").press_sequentially("Ent")
    expect(page.locator(".cm-tooltip-autocomplete")).to_contain_text("Enterprise")


def test_properties_are_completed_with_their_words(open_page: Open, site: str) -> None:
    page = open_page(site, "/cypher")
    run(page, "MATCH (e:Enterprise) RETURN e")
    page.get_by_role("textbox", name="Cypher 语句").press_sequentially(".cre")
    expect(page.locator(".cm-tooltip-autocomplete")).to_contain_text("credit_code")
    expect(page.locator(".cm-tooltip-autocomplete")).to_contain_text("统一社会信用代码")


def test_many_rows_page_by_page(open_page: Open, site: str) -> None:
    page = open_page(site, "/cypher")
    run(page, "UNWIND range(1, 120) AS n RETURN n")
    rows = page.locator(".result-table tbody tr")
    expect(rows).to_have_count(50)
    page.get_by_role("button", name="最后一页").click()
    expect(rows).to_have_count(20)
    expect(rows.last).to_have_text("120")


def test_tabs_by_keys(open_page: Open, site: str) -> None:
    page = open_page(site, "/cypher")
    run(page, "RETURN 1 AS n")
    page.get_by_role("tab", name="表格").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("tab", name="JSON")).to_be_focused()
    expect(page.get_by_role("tab", name="JSON")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tabpanel", name="JSON")).to_contain_text('"n": 1')
