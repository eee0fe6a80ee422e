"""Names written as they sound: read as the name, and said; what is a word already is left alone."""

from __future__ import annotations

from datetime import date

import pytest

from qa_service.questions.correct import Sounds, corrected, sound
from qa_service.questions.question import Vocabulary, analyse

NAMES = ("株洲市", "中联重科", "衡阳", "衡山", "南方航空", "东方航空", "长株潭", "齿轮箱传动系统")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("株州市", "株洲市"),
        ("中连重科", "中联重科"),
        ("长株谭", "长株潭"),
        ("齿轮箱传动系桶", "齿轮箱传动系统"),
    ],
)
def test_sounds_like(said: str, meant: str) -> None:
    assert Sounds(NAMES).like(said) == (meant,)


@pytest.mark.parametrize("said", ["南方航空", "衡阳", "东方航天", "株洲", "中国铁路", "忠莲仲柯"])
def test_is_left_alone(said: str) -> None:
    assert Sounds(NAMES).like(said) == ()


@pytest.mark.parametrize(
    ("said", "meant"),
    [("株州市", "株洲市"), ("珠洲市", "株洲市"), ("长株谭", "长株潭"), ("齿轮箱传劝系统", "齿轮箱传动系统")],
)
def test_looks_like(said: str, meant: str) -> None:
    assert Sounds(NAMES).like(said) == (meant,)


def test_sound_is_by_character() -> None:
    assert sound("重科") == sound("重") + sound("科")


@pytest.mark.parametrize(("written", "text"), [(True, "岳阳石化合格率"), (False, "岳阳市化合格率")])
def test_what_a_document_writes_so_is_no_slip(written: bool, text: str) -> None:
    question = analyse("岳阳石化合格率", Vocabulary(()), lambda text: [], date(2025, 6, 1))
    fixed, changed = corrected(
        question, lambda: Sounds(("岳阳市",)), lambda said: written and said in "岳阳石化产业"
    )
    assert fixed == text
    assert bool(changed) != written
