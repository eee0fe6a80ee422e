"""The chain view: links to their evidence, filters, gaps, large chains, export."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

pytest.importorskip("playwright")
from playwright.sync_api import Page, expect

from tests.web.conftest import Open

SMALL = "/chain/" + quote("chain:331000/缝纫机", safe=":/")
LARGE = "/chain/" + quote("chain:331000/泵阀", safe=":/")


def box(page: Page, name: str):  # type: ignore[no-untyped-def]
    return page.locator("button.box", has_text=name)


def test_stages_from_upstream_to_downstream(open_page: Open, site: str) -> None:
    page = open_page(site, SMALL)
    expect(page.get_by_role("heading", name="缝纫机产业链")).to_be_visible()
    for column, firm in (("上游", "乙铸造"), ("中游", "戊整机"), ("下游", "丁服饰")):
        stage = page.get_by_role("region", name=column)
        expect(stage.locator("button.box", has_text=firm)).to_be_visible()
    left = [box(page, name).bounding_box()["x"] for name in ("乙铸造", "戊整机", "丁服饰")]
    assert left == sorted(left)
    assert len(set(left)) == 3


def test_a_link_leads_to_its_evidence(open_page: Open, site: str) -> None:
    page = open_page(site, SMALL)
    edge = page.locator(".edge", has=page.locator("title", has_text="己电机"))
    edge.locator(".edge-hit").dispatch_event("click")
    details = page.get_by_role("complementary")
    expect(details).to_contain_text("伺服电机")
    details.locator(".passage").first.click()
    row = page.locator(".reader tr.marked")
    expect(row).to_contain_text("己电机")
    expect(row).to_be_in_viewport()


def test_a_firm_shows_its_links_and_evidence(open_page: Open, site: str) -> None:
    page = open_page(site, SMALL)
    box(page, "甲缝制").click()
    details = page.get_by_role("complementary", name="甲缝制")
    expect(details.locator(".link-list > li")).to_have_count(4)
    expect(details).to_contain_text("98.5%")
    details.locator(".passage").first.click()
    expect(page.locator(".reader tr.marked")).to_contain_text("甲缝制")


def test_the_only_source_is_marked(open_page: Open, site: str) -> None:
    page = open_page(site, SMALL)
    expect(box(page, "乙铸造")).to_contain_text("唯一来源")
    expect(box(page, "丁服饰")).not_to_contain_text("唯一来源")


def test_denied_is_told_apart_from_not_recorded(open_page: Open, site: str) -> None:
    page = open_page(site, SMALL)
    gap = page.locator(".gap", has_text="一站式服务平台")
    expect(gap).to_contain_text("资料明说没有")
    gap.click()
    expect(page.locator(".reader mark")).to_contain_text("尚未建成一站式服务平台")


def test_filters(open_page: Open, site: str) -> None:
    page = open_page(site, SMALL)
    expect(page.locator("button.box")).to_have_count(6)
    page.get_by_role("combobox", name="按地区筛选").select_option(label="宁波市")
    expect(box(page, "丙精密")).to_be_visible()
    expect(box(page, "乙铸造")).to_have_count(0)
    page.get_by_role("combobox", name="按地区筛选").select_option("")
    page.get_by_role("combobox", name="按年份筛选").select_option("2023")
    expect(page.locator(".edge")).to_have_count(1)
    expect(page.locator("button.box")).to_have_count(2)
    page.get_by_role("combobox", name="按年份筛选").select_option("")
    page.get_by_role("searchbox", name="查找企业").fill("戊")
    expect(page.locator("button.box")).to_have_count(1)


def test_colour_by_a_metric(open_page: Open, site: str) -> None:
    page = open_page(site, SMALL)
    page.get_by_role("combobox", name="按指标着色").select_option(label="一次检验合格率")
    expect(page.locator("button.box.shade-4")).to_contain_text("98.5%")
    expect(page.locator("button.box.shade-0")).to_contain_text("91.2%")


def test_a_large_chain_is_aggregated_first(open_page: Open, site: str) -> None:
    page = open_page(site, LARGE)
    groups = page.locator("button.box.group")
    expect(groups.first).to_be_visible()
    assert page.locator("button.box").count() <= 120
    before = page.locator("button.box").count()
    groups.first.click()
    expect(groups.first).to_have_attribute("aria-expanded", "true")
    assert page.locator("button.box").count() > before


def test_export(open_page: Open, site: str, tmp_path: Path) -> None:
    page = open_page(site, SMALL)
    with page.expect_download() as svg:
        page.get_by_role("button", name="SVG").click()
    svg.value.save_as(tmp_path / "chain.svg")
    text = "".join(ElementTree.parse(tmp_path / "chain.svg").getroot().itertext())
    assert "缝纫机产业链" in text
    assert "乙铸造" in text
    with page.expect_download() as png:
        page.get_by_role("button", name="PNG").click()
    png.value.save_as(tmp_path / "chain.png")
    assert (tmp_path / "chain.png").read_bytes().startswith(b"\x89PNG")


def test_keys_alone(open_page: Open, site: str) -> None:
    page = open_page(site, SMALL)
    first = page.locator(".board-column").first.locator("button.box").first
    first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    focused = page.evaluate("document.activeElement.closest('.board-column').getAttribute('aria-label')")
    assert focused.startswith("中游")
    page.keyboard.press("Enter")
    details = page.get_by_role("complementary")
    expect(details).to_be_visible()
    details.locator(".passage").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".reader .marked")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".reader")).to_have_count(0)


def test_another_chain_is_picked(open_page: Open, site: str) -> None:
    page = open_page(site, LARGE)
    page.get_by_role("searchbox", name="选择产业链").fill("缝纫机")
    page.get_by_role("navigation", name="选择产业链").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="缝纫机产业链")).to_be_visible()


def test_the_first_chain_gets_an_address(open_page: Open, site: str) -> None:
    page = open_page(site, "/chain")
    expect(page.get_by_role("heading", name="泵阀产业链")).to_be_visible()
    assert page.evaluate("decodeURIComponent(location.pathname)") == "/chain/chain:331000/泵阀"


def test_colours_take_no_more_than_reading(open_page: Open, site: str) -> None:
    """The console's route takes another role than looking at a chain."""
    page = open_page(site)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site + SMALL)
    page.get_by_role("combobox", name="按指标着色").select_option(label="一次检验合格率")
    expect(page.locator("button.box[class*=shade-]")).to_have_count(3)
    assert not [url for url in asked if "/api/cypher" in url]
