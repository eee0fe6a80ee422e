"""Characters as written → characters as compared, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.lexicon.normalise import clean, fold


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("“一站式” 服务平台", "一站式服务平台"),
        ("「泰檢易」平臺", "泰检易平台"),
        ("Ｒ＆Ｄ 投入强度（％）", "rd投入强度"),
        ("GB/T 19001—2016", "gbt190012016"),
        ("版本 2.0。", "版本2.0"),
        ("重慶市九龍坡區", "重庆市九龙坡区"),
        ("乾县", "乾县"),
        ("", ""),
        ("\u200b\ufeff 　", ""),
    ],
)
def test_fold(written: str, key: str) -> None:
    assert fold(written) == key


def test_clean_keeps_punctuation_and_circled_numbers() -> None:
    assert clean("《办法》，①２０２４年……（試行）").text == "《办法》,①2024年......(试行)"


def test_offsets_lead_back_where_a_character_expands() -> None:
    original = "建成面積３㎡的實驗室"
    made = clean(original)
    assert made.text == "建成面积3m2的实验室"
    start = made.text.index("实验室")
    assert original[slice(*made.original(start, start + 3))] == "實驗室"
    start = made.text.index("3m2")
    assert original[slice(*made.original(start, start + 3))] == "３㎡"


def test_lone_surrogates_and_control_characters_do_no_harm() -> None:
    assert clean("a\ud800\x00b").text == "a\ud800\x00b"
    assert fold("a\ud800\x00b") == "ab"


@given(st.text(max_size=60))
def test_every_clean_character_has_a_place(text: str) -> None:
    made = clean(text)
    assert len(made.offsets) == len(made.text) + 1
    assert list(made.offsets) == sorted(made.offsets)
    assert made.offsets[-1] == len(text)
    assert made.original(0, len(made.text)) == (0, len(text))


@given(st.text(max_size=60))
def test_folding_and_cleaning_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(clean(text).text) == fold(text)
