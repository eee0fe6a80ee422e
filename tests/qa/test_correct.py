"""Names written as they sound: read as the name, and said; what is a word already is left alone."""

from __future__ import annotations

import pytest

from qa_service.questions.correct import Sounds, sound

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
