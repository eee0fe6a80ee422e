"""How many things a question asks for at the least."""

from __future__ import annotations

import pytest

from qa_service.questions.items import items_asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("竹地板合格率是多少?", 1),
        ("竹地板合格率", 0),
        ("哪家企业带动?合格率多少", 2),
        ("实验室有多少个,覆盖几个市", 2),
        ("产量和增速", 2),
        ("两个园区的产值分别是多少", 2),
        ("具体是哪五条", 5),
        ("四大板块有哪些", 4),
        ("是哪个网站的哪篇文章", 1),
        ("说不清是哪一批的占多少", 1),
        ("《哪些标准要改》是谁印发的", 1),
        ("占比是几成几", 1),
        ("哪几章有来源", 1),
        ("从什么时候到什么时候", 1),
        ("规划哪年哪月发布", 1),
        ("24项指标里有哪些是约束性的", 1),
    ],
)
def test_items_asked(text: str, asked: int) -> None:
    assert items_asked(text) == asked
