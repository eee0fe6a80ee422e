"""Loading: an empty store, good and broken files, progress, the report, undo."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

pytest.importorskip("playwright")
from playwright.sync_api import expect

from tests.web.conftest import Open
from tests.web.material import NOTICE

BROKEN = """\
对象,对象类别,对象所在地,指标,时期,数值,单位,数值类型,产品,行业,范围,文字值,来源,网址,等级,发布年份
台州市,Region,,制造业产品质量合格率,2023,九十几,%,actual,,,,,某来源,,C,2024
台州市,Region,,制造业产品质量合格率,2022,92.0,%,actual,,,,,某来源,,C,2024
"""


def test_an_empty_store_offers_the_demonstration(open_page: Open, empty_site: str) -> None:
    page = open_page(empty_site)
    page.get_by_role("link", name="读入示范材料").click()
    expect(page.get_by_role("region", name="读入报告").first).to_be_visible(timeout=90_000)
    page.get_by_role("link", name="NQI-KG").click()
    page.locator(".examples a").first.click(timeout=60_000)
    expect(page.locator(".tag-answered")).to_be_visible(timeout=60_000)


def test_a_broken_and_a_good_file(open_page: Open, empty_site: str, tmp_path: Path) -> None:
    (tmp_path / "broken.csv").write_text(BROKEN, encoding="utf-8")
    (tmp_path / "notice.md").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    page = open_page(empty_site, "/load")
    page.locator("#files").set_input_files([tmp_path / n for n in ("broken.csv", "notice.md", "picture.png")])
    report = page.locator(".report")
    expect(report).to_be_visible(timeout=60_000)
    rejected = report.get_by_role("region", name="被拒绝的内容")
    expect(rejected.get_by_role("row", name="picture.png")).to_contain_text(".png")
    expect(rejected).to_contain_text("broken.csv")
    expect(rejected).to_contain_text("Sheet1!")
    expect(page.get_by_role("link", name="台州市质量通报")).to_be_visible()
    rejected.get_by_role("link").first.click()
    expect(page.locator("tr.marked")).to_contain_text("九十几")


@pytest.mark.parametrize(
    "view", ["/", "/chain", "/chain/none", "/load", "/entity/none", "/?q=" + quote("有哪些企业？")]
)
def test_every_view_of_no_store_offers_what_makes_one(open_page: Open, empty_site: str, view: str) -> None:
    page = open_page(empty_site, view)
    expect(page.get_by_text("读入示范材料").first).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_an_upload_says_in_which_language_it_is_told_of(
    open_page: Open, empty_site: str, tmp_path: Path
) -> None:
    page = open_page(empty_site)
    page.evaluate("localStorage.setItem('nqi.language', 'en')")
    page.goto(empty_site + "/load")
    (tmp_path / "a.md").write_text(NOTICE, encoding="utf-8")
    with page.expect_request("**/api/loads") as sent:
        page.locator("#files").set_input_files(tmp_path / "a.md")
    assert sent.value.headers["accept-language"].startswith("en")
    expect(page.locator(".report")).to_be_visible(timeout=60_000)


def test_undo(open_page: Open, empty_site: str, tmp_path: Path) -> None:
    page = open_page(empty_site, "/load")
    page.on("dialog", lambda dialog: dialog.accept())
    for name in ("one.md", "two.md"):
        (tmp_path / name).write_text(NOTICE, encoding="utf-8")
        page.locator("#files").set_input_files(tmp_path / name)
        expect(page.get_by_role("cell", name=name).first).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="撤销最近一次读入").click()
    expect(page.get_by_text("已撤销最近一次读入")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("cell", name="two.md")).to_have_count(0)
    expect(page.get_by_role("cell", name="one.md").first).to_be_visible()


def test_only_files_that_cannot_be_read(open_page: Open, empty_site: str, tmp_path: Path) -> None:
    (tmp_path / "a.exe").write_bytes(b"MZ")
    page = open_page(empty_site, "/load")
    page.locator("#files").set_input_files(tmp_path / "a.exe")
    report = page.locator(".report")
    expect(report.get_by_role("cell", name="未读入")).to_be_visible(timeout=30_000)
    expect(report.get_by_role("region", name="被拒绝的内容")).to_contain_text(".docx")
