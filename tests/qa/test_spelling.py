"""Single mistyped characters are read by the words that the documents use; words are left alone."""

from __future__ import annotations

import pytest

from qa_service.questions.spelling import Spelling

TEXTS = (
    *("五年净增多少项", "依托国家级基地打造", "小企业合格率", "是不是提前完成"),
    *("山和水", "水和智慧园区", "百分之几"),
)


@pytest.mark.parametrize(
    ("said", "wrong", "meant"),
    [
        ("标准要净憎多少", "憎", "增"),
        ("实验室依脱国家级基地", "脱", "托"),
        ("小仝业合格率", "仝", "企"),
        ("目标是补是完成了", "补", "不"),
        ("高百分之儿", "儿", "几"),
    ],
)
def test_read_as(said: str, wrong: str, meant: str) -> None:
    assert Spelling(TEXTS).meant(said, said.index(wrong)) == meant


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("企业搞完成了", "搞"),  # a word of its own
        ("提升幅度多少", "幅"),  # a common word, though no document has it
        ("山河智能的产品", "河"),  # a name that nobody has told us
        ("净增百分之爸", "爸"),  # no other number is put in anybody's mouth
        ("小企业合格率", "企"),
    ],
)
def test_left_alone(said: str, left: str) -> None:
    assert Spelling(TEXTS).meant(said, said.index(left)) == ""
