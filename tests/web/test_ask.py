"""Asking: input methods, the answer, its evidence in the document, links and files."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from urllib.parse import quote, unquote

import openpyxl
import pytest

pytest.importorskip("playwright")
from playwright.sync_api import Page, Route, expect

from tests.web.conftest import Open
from tests.web.material import LARGE

FIGURE = "台州市2023年制造业产品质量合格率是多少？"
FIRMS = "泵阀产业链有哪些企业？"


def ask(page: Page, question: str) -> None:
    page.get_by_role("combobox", name="问题").fill(question)
    page.get_by_role("button", name="提问", exact=True).click()
    expect(page.get_by_role("article", name=question)).to_be_visible()


def test_first_question(open_page: Open, site: str) -> None:
    page = open_page(site)
    ask(page, FIGURE)
    card = page.get_by_role("article")
    expect(card).to_contain_text("93.7%")
    expect(card).to_contain_text("我理解为")


def test_enter_of_an_input_method_asks_nothing(open_page: Open, site: str) -> None:
    page = open_page(site)
    box = page.get_by_role("combobox", name="问题")
    box.focus()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "taizhou", "selectionStart": 7, "selectionEnd": 7})
    # the Enter that takes a candidate: keyCode 229, as Chromium gives it while composing
    session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "Enter", "code": "Enter",
                                            "windowsVirtualKeyCode": 229})  # fmt: skip
    assert page.evaluate("location.pathname + location.search") == "/"
    session.send("Input.insertText", {"text": "台州市2023年制造业产品质量合格率是多少"})
    expect(box).to_have_value("台州市2023年制造业产品质量合格率是多少")
    box.press("Enter")
    expect(page.get_by_role("article")).to_contain_text("93.7%")


def test_names_are_completed(open_page: Open, site: str) -> None:
    page = open_page(site)
    box = page.get_by_role("combobox", name="问题")
    box.press_sequentially("丙精密")
    option = page.get_by_role("option", name="丙精密零部件制造及表面处理技术股份有限公司 企业")
    expect(option).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    expect(box).to_have_value("丙精密零部件制造及表面处理技术股份有限公司")
    assert page.evaluate("location.search") == ""


def test_a_whole_question_is_suggested_and_asked(open_page: Open, site: str) -> None:
    page = open_page(site)
    box = page.get_by_role("combobox", name="问题")
    box.press_sequentially("乙铸造2023")
    page.get_by_role("option", name="乙铸造2023年一次检验合格率是多少？").click()
    expect(page.get_by_role("article")).to_contain_text("91.2%")
    expect(box).to_have_value("乙铸造2023年一次检验合格率是多少？")


def test_evidence_opens_in_the_document(open_page: Open, site: str) -> None:
    page = open_page(site)
    ask(page, FIGURE)
    page.locator(".passage", has_text="notice.md").click()
    reader = page.get_by_role("complementary", name="原文")
    mark = reader.locator("mark")
    expect(mark).to_have_text("2023年，台州市制造业产品质量合格率为93.7%。")
    expect(mark).to_be_in_viewport()
    expect(mark).to_be_focused()
    outline = reader.get_by_role("navigation", name="目录")
    expect(outline.get_by_role("button")).to_have_count(3)
    expect(outline.locator("[aria-current]")).to_contain_text("总体情况")


def test_evidence_of_a_table_opens_at_its_row(open_page: Open, site: str) -> None:
    page = open_page(site)
    ask(page, FIGURE)
    page.locator(".passage", has_text="metrics.csv").click()
    row = page.get_by_role("complementary", name="原文").locator("tr.marked")
    expect(row).to_contain_text("94.1")
    expect(row).to_be_in_viewport()


def test_values_that_disagree_stand_side_by_side(open_page: Open, site: str) -> None:
    page = open_page(site)
    ask(page, FIGURE)
    sides = page.locator(".side")
    expect(sides).to_have_count(2)
    lower = sides.filter(has=page.get_by_text("93.7%"))
    lower.get_by_role("button").first.click()
    expect(page.locator(".reader mark")).to_contain_text("93.7%")


def test_a_number_of_the_table_opens_its_evidence(open_page: Open, site: str) -> None:
    page = open_page(site)
    ask(page, FIGURE)
    page.get_by_role("cell").get_by_role("button", name="94.1%").click()
    expect(page.locator(".reader tr.marked")).to_contain_text("94.1")


def test_a_number_of_the_sentence_opens_its_evidence(open_page: Open, site: str) -> None:
    page = open_page(site)
    ask(page, FIGURE)
    page.locator(".sentence").get_by_role("button", name="93.7%").click()
    expect(page.locator(".reader mark")).to_contain_text("93.7%")
    page.locator(".sentence").get_by_role("button", name="94.1%").click()
    expect(page.locator(".reader tr.marked")).to_contain_text("94.1")


def test_what_was_counted_opens_its_evidence(open_page: Open, site: str) -> None:
    page = open_page(site)
    ask(page, "缝纫机产业链有多少家企业？")
    page.locator(".sentence").get_by_role("button", name="5").click()
    expect(page.locator(".reader tr.marked")).to_contain_text("缝纫机产业链")


def test_going_on_from_an_answer(open_page: Open, site: str) -> None:
    page = open_page(site)
    ask(page, "甲缝制2023年一次检验合格率是多少？")
    page.get_by_role("textbox", name="接着这个回答问").fill("乙铸造呢？")
    page.keyboard.press("Enter")
    card = page.get_by_role("article", name="乙铸造呢？")
    expect(card).to_contain_text("91.2%")
    page.wait_for_url("**/answer/*")
    # the address holds the question complete, for where the answer is no longer kept
    assert "一次检验合格率" in unquote(page.url)


def changed(page: Page, **parts: object) -> None:
    """What the service answers, with parts that it gives of other questions only."""

    def answer(route: Route) -> None:
        given = route.fetch().json()
        route.fulfill(json={**given, **parts})

    page.route("**/api/ask", answer)


def test_suggestions_go_on_from_the_answer(open_page: Open, site: str) -> None:
    page = open_page(site)
    changed(page, suggestions=["乙铸造呢？"])
    ask(page, "甲缝制2023年一次检验合格率是多少？")
    page.unroute("**/api/ask")
    with page.expect_request("**/api/ask") as asked:
        page.get_by_role("region", name="接着问").get_by_role("link", name="乙铸造呢？").click()
    assert asked.value.post_data_json["previous"]
    expect(page.get_by_role("article", name="乙铸造呢？")).to_contain_text("91.2%")


@pytest.mark.parametrize(
    ("status", "heading"), [("ambiguous", "不止一种读法"), ("not_understood", "最接近的理解")]
)
def test_readings_to_choose_from(open_page: Open, site: str, status: str, heading: str) -> None:
    page = open_page(site)
    changed(
        page, status=status, suggestions=["乙铸造2023年一次检验合格率是多少？", FIGURE], rows=[], evidence=[]
    )
    ask(page, "合格率是多少？")
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    page.unroute("**/api/ask")
    with page.expect_request("**/api/ask") as asked:
        page.locator(".readings").get_by_role("link", name="乙铸造").click()
    assert "previous" not in asked.value.post_data_json
    expect(page.get_by_role("article")).to_contain_text("91.2%")


def test_how_sure_the_reading_is_where_it_is_not(open_page: Open, site: str) -> None:
    page = open_page(site)
    changed(page, confidence=0.62)
    ask(page, FIGURE)
    expect(page.locator(".card-head")).to_contain_text("理解把握 62%")


def test_an_answer_is_copied_with_its_sources(open_page: Open, site: str) -> None:
    page = open_page(site)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, FIGURE)
    page.get_by_role("button", name="复制回答").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(FIGURE)
    assert "[1] " in copied
    assert "notice.md" in copied
    assert "2023年，台州市制造业产品质量合格率为93.7%。" in copied


def test_a_kept_answer_is_asked_anew_on_wish(open_page: Open, site: str) -> None:
    page = open_page(site)
    ask(page, FIGURE)
    page.wait_for_url("**/answer/*")
    page.reload()
    with page.expect_request("**/api/ask"):
        page.get_by_role("button", name="重新提问").click()
    expect(page.get_by_role("button", name="重新提问")).to_have_count(0)


def test_the_address_of_an_answer_opens_it_again(open_page: Open, site: str) -> None:
    page = open_page(site)
    ask(page, FIGURE)
    page.wait_for_url("**/answer/*")
    address = page.url
    other = open_page(site, address.removeprefix(site))
    expect(other.get_by_role("article")).to_contain_text("93.7%")
    expect(other.get_by_role("button", name="重新提问")).to_be_visible()


def test_an_answer_that_is_no_longer_kept_is_asked_anew(open_page: Open, site: str) -> None:
    page = open_page(site, f"/answer/0123456789abcdef?q={quote(FIGURE)}")
    expect(page.get_by_role("article")).to_contain_text("93.7%")
    expect(page.get_by_role("article")).to_contain_text("重新得到")


def test_back_leads_to_the_question_before(open_page: Open, site: str) -> None:
    page = open_page(site)
    ask(page, FIGURE)
    page.wait_for_url("**/answer/*")
    ask(page, "甲缝制的供应商有哪些？")
    page.go_back()
    expect(page.get_by_role("article", name=FIGURE)).to_be_visible()


def test_history_is_kept(open_page: Open, site: str) -> None:
    page = open_page(site)
    ask(page, FIGURE)
    page.get_by_role("link", name="NQI-KG").click()
    entry = page.get_by_role("region", name="最近问过").get_by_role("link", name=FIGURE)
    expect(entry).to_be_visible()


def test_examples_have_answers(open_page: Open, site: str) -> None:
    page = open_page(site)
    page.locator(".examples a").first.click()
    expect(page.locator(".tag-answered")).to_be_visible()


def test_what_is_missing_is_said(open_page: Open, site: str) -> None:
    page = open_page(site)
    ask(page, "丁服饰的供应商有哪些？")
    expect(page.get_by_role("article")).to_contain_text("没有记录不等于没有")
    expect(page.get_by_role("link", name="读入资料")).to_be_visible()


def test_what_is_not_understood_gets_examples(open_page: Open, site: str) -> None:
    page = open_page(site)
    ask(page, "唱一首歌")
    expect(page.get_by_role("article").locator(".examples a").first).to_be_visible()


def test_a_long_table_page_by_page(open_page: Open, site: str) -> None:
    page = open_page(site)
    ask(page, FIRMS)
    card = page.get_by_role("article")
    rows = card.locator(".table-frame tbody tr")
    expect(rows).to_have_count(50)
    expect(card).to_contain_text(f"共 {LARGE} 行，这里是前 200 行")
    card.get_by_role("button", name=f"显示全部 {LARGE} 项").click()
    pages = card.get_by_role("navigation", name="翻页")
    expect(pages).to_contain_text(f"第 1–50 行，共 {LARGE} 行")
    header = card.get_by_role("columnheader").first
    header.get_by_role("button").click()
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "descending")
    expect(rows.first).to_contain_text(f"泵阀{LARGE - 1:04}厂")
    pages.get_by_role("button", name="最后一页").click()
    expect(rows).to_have_count(LARGE % 50)
    expect(rows.last).to_contain_text("泵阀0000厂")


@pytest.mark.parametrize("last", [False, True])
def test_every_row_of_a_long_table_opens_its_own_evidence(open_page: Open, site: str, last: bool) -> None:
    page = open_page(site)
    ask(page, FIRMS)
    if last:
        page.get_by_role("button", name="最后一页").click()
    for row in (page.locator(".card tbody tr").first, page.locator(".card tbody tr").last):
        name = row.get_by_role("link").inner_text()
        row.get_by_role("button", name=f"{name} 的依据").click()
        expect(page.locator(".reader tr.marked")).to_contain_text(name)
        expect(page.locator(".reader tr.marked")).to_be_in_viewport()


def test_files_hold_all_rows(open_page: Open, site: str, tmp_path: Path) -> None:
    page = open_page(site)
    ask(page, FIRMS)
    with page.expect_download() as as_csv:
        page.get_by_role("button", name="CSV", exact=True).click()
    as_csv.value.save_as(tmp_path / "a.csv")
    text = (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert len(lines) == LARGE + 1
    assert lines[1][0] == "泵阀0000厂"
    with page.expect_download() as as_xlsx:
        page.get_by_role("button", name="XLSX", exact=True).click()
    as_xlsx.value.save_as(tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert [sheet.max_row, sheet["A2"].value] == [LARGE + 1, "泵阀0000厂"]


def test_several_figures_as_a_chart(open_page: Open, site: str) -> None:
    page = open_page(site)
    ask(page, "甲缝制、乙铸造和戊整机2023年的一次检验合格率分别是多少？")
    expect(page.locator(".card .table-frame tbody tr")).to_have_count(3)
    page.get_by_role("button", name="图表").click()
    chart = page.get_by_role("img", name="3 个数值的图表")
    expect(chart).to_contain_text("98.5%")
    expect(chart).to_contain_text("乙铸造")


def test_a_name_leads_to_what_is_recorded_of_it(open_page: Open, site: str) -> None:
    page = open_page(site)
    ask(page, "甲缝制的供应商有哪些？")
    page.get_by_role("cell").get_by_role("link", name="乙铸造").click()
    expect(page.get_by_role("heading", name="乙铸造", level=1)).to_be_visible()
    page.locator(".fact-sources button").first.click()
    expect(page.locator(".reader tr.marked")).to_contain_text("乙铸造")


def test_the_statement_opens_in_the_console(open_page: Open, site: str) -> None:
    page = open_page(site)
    ask(page, "甲缝制的供应商有哪些？")
    page.locator(".working summary").click()
    page.get_by_role("link", name="在查询台打开").first.click()
    expect(page.locator(".cm-content")).to_contain_text("MATCH")
    page.get_by_role("button", name="运行").click()
    expect(page.locator(".result-table tbody tr").first).to_be_visible()


def test_english(open_page: Open, site: str) -> None:
    page = open_page(site)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "en"
    page.reload()
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()


def test_the_answer_follows_the_language(open_page: Open, site: str) -> None:
    page = open_page(site)
    ask(page, FIGURE)
    page.get_by_role("button", name="English").click()
    card = page.get_by_role("article")
    expect(card).to_contain_text("understood as: manufacturing product pass rate")
    expect(card.get_by_role("columnheader").first).to_have_text("subject")
    page.get_by_role("button", name="中文").click()
    expect(card).to_contain_text("我理解为")
