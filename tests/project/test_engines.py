from __future__ import annotations

from tests.engines_page import ROOT, page


def test_the_page_says_what_is_compared() -> None:
    made = (ROOT / "docs" / "engines.md").read_text(encoding="utf-8")
    assert made == page(), "python -m tests.engines_page > docs/engines.md"
