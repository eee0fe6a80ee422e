"""What holds for every view: accessibility, keys, errors, the content security policy."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest

pytest.importorskip("playwright")
from playwright.sync_api import Page, expect

from qa_service.keys import Keys
from tests.project.modules import ROOT
from tests.web.conftest import Open

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
CHAIN = "/chain/" + quote("chain:331000/缝纫机", safe=":/")
VIEWS = {
    "start": "/",
    "answer": "/?q=" + quote("台州市2023年制造业产品质量合格率是多少？"),
    "list": "/?q=" + quote("泵阀产业链有哪些企业？"),
    "nothing": "/?q=" + quote("丁服饰的供应商有哪些？"),
    "not understood": "/?q=" + quote("唱一首歌"),
    "chain": CHAIN,
    "console": "/cypher",
    "load": "/load",
    "entity": "/entity/" + quote("enterprise:甲缝制"),
    "document": "/document/notice.md?start=20&end=40",
}


def settled(page: Page) -> None:
    page.locator("main *").first.wait_for()
    expect(page.locator("[aria-busy=true], .waiting")).to_have_count(0)


@pytest.mark.parametrize(
    ("view", "language"), [*((v, "zh") for v in VIEWS), ("answer", "en"), ("load", "en")]
)
@pytest.mark.usefixtures("npm")
def test_axe_finds_nothing_serious(open_page: Open, site: str, view: str, language: str) -> None:
    page = open_page(site)
    page.evaluate(f"localStorage.setItem('nqi.language', '{language}')")
    page.goto(site + VIEWS[view])
    settled(page)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    serious = [
        f"{v['id']}: {v['help']}: {[n['html'][:120] for n in v['nodes'][:3]]}"
        for v in found["violations"]
        if v["impact"] in ("serious", "critical")
    ]
    assert not serious


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_stands_over_the_edge(open_page: Open, site: str, view: str) -> None:
    page = open_page(site, VIEWS[view])
    settled(page)
    for width in (1366, 1920, 800):
        page.set_viewport_size({"width": width, "height": 768})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


#: what the page says itself; names, titles and quotes stay as they are written
OWN_WORDS = (
    "th:not(.reader th), .card > h2, .part > h3, .tag, .basis, .board-column > h2, .pager, label, legend, "
    ".tools option:first-child, .card-tools button, .part-tools button, .entity-head > p:first-child, "
    ".reading b, dt.faint"
)


@pytest.mark.parametrize("view", [v for v in VIEWS if v != "document"])
def test_english_covers_the_view(open_page: Open, site: str, view: str) -> None:
    page = open_page(site)
    page.evaluate("localStorage.setItem('nqi.language', 'en')")
    page.goto(site + VIEWS[view])
    settled(page)
    texts = page.locator(OWN_WORDS).all_inner_texts() + page.locator("[aria-label]").evaluate_all(
        "all => all.filter(e => !e.closest('.reader, .details, .board, article')).map(e => e.ariaLabel)"
    )
    assert texts
    assert not [text for text in texts if re.search("[\u4e00-\u9fff]", text)]


def test_metrics_classes_and_roles_in_english(open_page: Open, site: str) -> None:
    page = open_page(site)
    page.evaluate("localStorage.setItem('nqi.language', 'en')")
    page.goto(site + VIEWS["entity"])
    expect(page.get_by_role("link", name="first-pass yield")).to_be_visible()
    expect(page.locator(".entity-head")).to_contain_text("enterprise")
    page.goto(site + CHAIN)
    expect(page.locator("button.box", has_text="乙铸造")).to_contain_text("material")
    options = page.get_by_role("combobox", name="Colour by metric").locator("option")
    expect(options.filter(has_text="first-pass yield")).to_have_count(1)


def test_errors_in_english_tell_what_to_do(open_page: Open, site: str) -> None:
    page = open_page(site)
    page.evaluate("localStorage.setItem('nqi.language', 'en')")
    for path in ("/entity/none", "/document/none", "/chain/none", "/answer/00"):
        page.goto(site + path)
        said = page.get_by_role("alert").inner_text()
        assert len(said.splitlines()) >= 3, said
        assert not re.search("[\u4e00-\u9fff]", said)


def test_an_address_that_nobody_has(open_page: Open, site: str) -> None:
    page = open_page(site, "/nowhere")
    expect(page.get_by_text("没有这个页面")).to_be_visible()
    page.get_by_role("link", name="回到首页").click()
    expect(page.get_by_role("combobox", name="问题")).to_be_visible()


def test_keys_alone_from_question_to_evidence(open_page: Open, site: str) -> None:
    page = open_page(site)
    page.set_viewport_size({"width": 1100, "height": 768})
    page.keyboard.type("台州市2023年制造业产品质量合格率是多少？")
    page.keyboard.press("Enter")
    expect(page.get_by_role("article")).to_be_visible()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('button.passage')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".reader mark, .reader .marked").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".reader")).to_have_count(0)


def test_a_service_that_is_gone_is_told(open_page: Open, site: str) -> None:
    page = open_page(site)
    settled(page)
    page.route("**/api/ask", lambda route: route.abort())
    page.get_by_role("combobox", name="问题").fill("台州市有哪些产业链？")
    page.keyboard.press("Enter")
    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("连不上服务")
    page.unroute("**/api/ask")
    problem.get_by_role("button", name="重试").click()
    expect(page.get_by_role("article")).to_be_visible()


def test_a_key_that_is_not_known_is_told(open_page: Open, site: str) -> None:
    page = open_page(site)
    page.get_by_role("button", name="登录").click()
    page.get_by_label("访问密钥").fill("nqi_wrong")
    page.get_by_role("dialog").get_by_role("button", name="登录").click()
    page.get_by_role("combobox", name="问题").fill("台州市有哪些产业链？")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("密钥")
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("button", name="登录")).to_be_visible()


def sign_in(page: Page, key: str) -> None:
    page.get_by_role("button", name="登录").click()
    page.get_by_label("访问密钥").fill(key)
    page.get_by_role("dialog").get_by_role("button", name="登录").click()
    expect(page.get_by_role("button", name="退出")).to_be_visible()


def test_signing_in_with_a_key(open_page: Open, locked_site: tuple[str, Keys], tmp_path: Path) -> None:
    site, keys = locked_site
    page = open_page(site)
    expect(page.get_by_role("alert")).to_contain_text("右上角“登录”")
    sign_in(page, keys.add("reader")[1])
    page.get_by_role("combobox", name="问题").fill("台州市2023年制造业产品质量合格率是多少？")
    page.keyboard.press("Enter")
    expect(page.get_by_role("article")).to_contain_text("93.7%")
    (tmp_path / "a.md").write_text("# 通知\n", encoding="utf-8")
    page.goto(site + "/load")
    page.locator("#files").set_input_files(tmp_path / "a.md")
    expect(page.get_by_role("alert")).to_contain_text("loader")
    page.get_by_role("button", name="退出").click()
    sign_in(page, keys.add("loader")[1])
    page.locator("#files").set_input_files(tmp_path / "a.md")
    expect(page.locator(".report")).to_be_visible(timeout=30_000)


def test_the_policy_is_on(open_page: Open, site: str) -> None:
    page = open_page(site)
    policy = page.evaluate("fetch('/').then(r => r.headers.get('content-security-policy'))")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_a_hostile_document_stays_text(open_page: Open, empty_site: str, tmp_path: Path) -> None:
    name = "<img src=x onerror=alert(1)>.md"
    (tmp_path / "evil.md").write_text(f"# {name}\n\n<script>window.ran = 1</script>\n", encoding="utf-8")
    page = open_page(empty_site, "/load")
    page.locator("#files").set_input_files(tmp_path / "evil.md")
    page.get_by_role("link", name="<script>").first.click()
    expect(page.locator(".text")).to_contain_text("<img src=x onerror=alert(1)>")
    expect(page.locator(".text")).to_contain_text("<script>window.ran = 1</script>")
    assert page.evaluate("window.ran") is None
