"""What the page costs in a browser: bytes and time to the first answer, frames a second on large chains.

    python -m benchmarks.web_page [60 400 2000]

Takes Chromium and the built page, and prints one JSON object.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page, sync_playwright

from tests.web.conftest import _FLAGS, filled, served

QUESTION = "台州市2023年制造业产品质量合格率是多少？"
CHAIN = "/chain/" + quote("chain:331000/泵阀", safe=":/")

_SENT = """() => performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))
  .map(e => [new URL(e.name).pathname, e.encodedBodySize])"""

#: counts frames while something is done at each of them, for two seconds
_FRAMES = """(what) => new Promise(done => {
  const board = document.querySelector('.board');
  const find = document.querySelector('.tools input[type=search]');
  let frames = 0, worst = 0, last = performance.now();
  const start = last;
  const frame = now => {
    frames += 1;
    worst = Math.max(worst, now - last);
    last = now;
    const way = board.scrollHeight - board.clientHeight;
    if (what === 'scroll') board.scrollTop = Math.abs(Math.sin((now - start) / 500)) * way;
    else if (frames % 15 === 0) {
      find.value = find.value ? '' : '1';
      find.dispatchEvent(new Event('input', {bubbles: true}));
    }
    if (now - start < 2000) return requestAnimationFrame(frame);
    if (find.value) {
      find.value = '';
      find.dispatchEvent(new Event('input', {bubbles: true}));
    }
    done([Math.round(frames * 1000 / (now - start)), Math.round(worst)]);
  };
  requestAnimationFrame(frame);
})"""


def first_answer(page: Page, address: str) -> dict[str, object]:
    """From an empty cache to the question box, and from the question to its answer."""
    started = time.perf_counter()
    page.goto(address)
    page.get_by_role("combobox").wait_for()
    ready = time.perf_counter() - started
    interactive = page.evaluate("performance.getEntriesByType('navigation')[0].domInteractive")
    asked = time.perf_counter()
    page.get_by_role("combobox").fill(QUESTION)
    page.keyboard.press("Enter")
    page.get_by_role("article").wait_for()
    answered = time.perf_counter() - asked
    sent = [(path, size) for path, size in page.evaluate(_SENT)]
    page_bytes = sum(size for path, size in sent if not path.startswith("/api/"))
    return {
        "page_bytes_gz": page_bytes,
        "api_bytes_gz": sum(size for _, size in sent) - page_bytes,
        "box_ready_ms": round(ready * 1000),
        "dom_interactive_ms": round(interactive),
        "question_to_answer_ms": round(answered * 1000),
    }


def chain(page: Page, address: str) -> dict[str, object]:
    """A chain's board as it opens first, and with each firm (at most 400) shown."""
    started = time.perf_counter()
    page.goto(address + CHAIN)
    page.locator("button.box").first.wait_for()
    opened = round((time.perf_counter() - started) * 1000)
    found: dict[str, object] = {"opened_ms": opened, "boxes": page.locator("button.box").count()}
    found |= frames(page)
    each = page.get_by_role("checkbox")
    if each.count():
        each.check()
        page.wait_for_timeout(500)
        found["each"] = {"boxes": page.locator("button.box").count(), **frames(page)}
    return found


def frames(page: Page) -> dict[str, object]:
    scroll, longest_scroll = page.evaluate(_FRAMES, "scroll")
    filtering, longest_filter = page.evaluate(_FRAMES, "filter")
    return {"scroll_fps": scroll, "scroll_longest_ms": longest_scroll,
            "filter_fps": filtering, "filter_longest_ms": longest_filter}  # fmt: skip


def main(sizes: list[int]) -> None:
    os.environ["NQI_TODAY"] = "2025-03-01"
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        sys.exit("no Chromium on this machine")
    result: dict[str, object] = {}
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=program, args=list(_FLAGS))
        for size in sizes:
            with served(filled(Path(folder) / str(size), size)) as address:
                context = browser.new_context(viewport={"width": 1366, "height": 768})
                page = context.new_page()
                if not result:
                    first_answer(page, address)  # the service reads the store on its first question
                    context.close()
                    context = browser.new_context(viewport={"width": 1366, "height": 768})
                    page = context.new_page()
                    result["first"] = first_answer(page, address)
                result[f"chain_{size}"] = chain(page, address)
                context.close()
        browser.close()
    print(json.dumps(result, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main([int(n) for n in sys.argv[1:]] or [60, 400, 2000])
