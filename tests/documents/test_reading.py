"""Bytes → documents: the corpora, the encodings, and that every place is right."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.documents.clean import clean_span
from loaders.documents.document import Document
from loaders.documents.read import decode, document_from_text, read_document
from ontology.errors import SourceError

CORPUS = Path(__file__).parents[1] / "corpus" / "documents"


def cases(name: str) -> list[dict[str, object]]:
    loaded: list[dict[str, object]] = yaml.safe_load((CORPUS / f"{name}.yaml").read_text("utf-8"))
    return loaded


def read(text: object) -> Document:
    return document_from_text(str(text).replace("⇥", "\t"), "a.txt")


def named(case: dict[str, object]) -> str:
    return str(case.get("name") or case.get("title") or case.get("raw"))


@pytest.mark.parametrize("case", cases("clean"), ids=named)
def test_clean(case: dict[str, object]) -> None:
    raw = str(case["raw"])
    clean = clean_span("前" + raw, 1, 1 + len(raw))
    assert clean.text.strip() == case["clean"]
    assert [n for _, n in clean.cites] == case.get("cites", [])


@pytest.mark.parametrize("case", cases("outlines"), ids=named)
def test_outline(case: dict[str, object]) -> None:
    assert [f"{s.kind} {s.number} {s.title}" for s in read(case["text"]).sections] == case["sections"]


@pytest.mark.parametrize("case", cases("passages"), ids=named)
def test_passages(case: dict[str, object]) -> None:
    assert [f"{p.kind}: {p.text}" for p in read(case["text"]).passages] == case["passages"]


@pytest.mark.parametrize("case", cases("heads"), ids=named)
def test_head(case: dict[str, object]) -> None:
    document = read(case["text"])
    for key, expected in case.items():
        if key != "text":
            value = getattr(document, key)
            assert (value.replace(" ", "") if key == "title" else value) == expected, key


def test_floor() -> None:
    """A lost corpus file or a leftover filter is noticed."""
    assert sum(len(cases(n)) for n in ("clean", "outlines", "passages", "heads", "structure")) >= 42


def test_a_list_keeps_its_lead() -> None:
    document = read("## 第1节 建议\n形势平稳。重点抓好：\n1. **标准**：修订\n2. **帮扶**：上门\n")
    group = next(s for s in document.sections if s.kind == "list")
    assert group.lead == "重点抓好"
    assert [s.title for s in document.children(group.id)] == ["标准", "帮扶"]
    assert [s.lead for s in document.children(group.id)] == ["重点抓好", "重点抓好"]


SOURCES = """# 第1章 甲
## 第1节 乙
产值增长[1][3]。产量下降[2]。
### 资料来源
[1] 统计公报：http://example.org/a
[3] 年度报告
http://example.org/b
## 第2节 丙
合格率提高[1]。价格上涨[9]。
### 资料来源
[1] 另一份公报：http://example.org/c
# 第2章 丁
没有引用。
"""


def test_numbers_belong_to_their_own_list() -> None:
    document = read(SOURCES)
    cited = {p.text: [(s.title, s.url) for s in document.cited(p)] for p in document.passages if p.cites}
    assert cited == {
        "产值增长。": [("统计公报", "http://example.org/a"), ("年度报告", "http://example.org/b")],
        "产量下降。": [],
        "合格率提高。": [("另一份公报", "http://example.org/c")],
        "价格上涨。": [],
    }
    assert [s.number for s in document.sections if s.sources] == ["1.1", "1.2"]


def test_abbreviations() -> None:
    text = "甲市纤维检验检测研究院（以下简称“甲检院”）落实《质量强市建设纲要》（以下简称《纲要》）。"
    assert document_from_text(text, "a").aliases["纲要"] == "质量强市建设纲要"


TEXT = "一、总体要求\n坚持质量第一，产品合格率达到百分之九十五以上。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "big5"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    text = TEXT if encoding != "big5" else "一、總體要求\n堅持質量第一，產品合格率達到百分之九十五以上。\n"
    path = tmp_path / "方案.TXT"
    path.write_bytes(text.encode(encoding))
    document = read_document(path, "方案.TXT")
    assert document.text == text
    assert document.sections[0].id == "section:方案.TXT/1"
    assert document.passages[1].text == "坚持质量第一,产品合格率达到百分之九十五以上。"


def test_line_ends_stay_as_they_are() -> None:
    document = document_from_text(TEXT.replace("\n", "\r\n"), "a.txt")
    assert document.text.count("\r\n") == 2
    assert [document.quote(p) for p in document.passages] == TEXT.split("\n")[:2]


@pytest.mark.parametrize(
    "raw",
    [
        *(
            b"",
            b" \r\n\t",
            b"\xef\xbb\xbf",
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
            b"PK\x03\x04" + bytes(range(256)),
        ),
        *(b"\xff\xff\x80\x81abc", bytes(range(1, 32)) * 20),
    ],
    ids=["empty", "blank", "mark only", "png", "zip", "junk", "control"],
)
def test_no_text(raw: bytes) -> None:
    with pytest.raises(SourceError) as error:
        decode(raw, "bad.txt")
    assert error.value.where.startswith("bad.txt")


def test_unknown_type(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no reader"):
        read_document(tmp_path / "a.xyz", "a.xyz")
    with pytest.raises(SourceError, match="cannot be read"):
        read_document(tmp_path / "missing.txt", "missing.txt")


PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "第一章 甲",
                "一、乙",
                "（一）丙",
                "1. 丁",
                "- 戊：",
                "**己。**",
                "一是庚",
                "二是辛",
                "首先，",
                "其次，",
            ),
            *(
                "產值",
                "达12亿元",
                "2025年",
                "Ⅲ",
                "％",
                "[1][2]",
                "[3] http://e.x/y",
                "### 资料来源",
                "# ",
                "專欄 2 壬",
            ),
            *(
                "，",
                "。",
                "；",
                "：",
                "（",
                "）",
                "“",
                "”",
                "\n",
                "\n\n",
                "\r\n",
                "\t",
                "a\tb",
                " ",
                "\u3000",
            ),
            *(
                "<b>",
                "</b>",
                "**",
                "&nbsp;",
                " etc ",
                "— 3 —",
                "...... 7",
                "(责任单位:县局、市局)",
                "(1-3分)",
                "简称“甲”",
            ),
        ]
    ),
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(PIECES)
def test_every_character_has_its_place(pieces: list[str]) -> None:
    """Whatever the text: passages and sections lie inside it, and offsets never go back."""
    text = "".join(pieces)
    document = document_from_text(text, "a")
    for passage in document.passages:
        assert len(passage.text) == len(passage.offsets) > 0
        assert passage.offsets[0] >= passage.start
        assert passage.offsets[-1] < passage.end
        assert all(a <= b for a, b in zip(passage.offsets, passage.offsets[1:], strict=False))
        assert document.quote(passage).strip()
        for i, char in enumerate(passage.text):
            given_char = text[passage.offsets[i]]
            if char.isascii() and char.isdigit() and given_char.isascii():
                assert char == given_char
        assert not passage.section or passage.section in document.section_of
    ids = [s.id for s in document.sections]
    assert len(ids) == len(set(ids))
    keys = [(p.start, p.end) for p in document.passages]
    assert len(keys) == len(set(keys))
    for section in document.sections:
        assert 0 <= section.start <= section.end <= len(text)
        assert not section.parent or section.parent in document.section_of
        if section.parent:
            wider = document.section_of[section.parent]
            assert wider.start <= section.start
            assert section.end <= wider.end


@pytest.mark.parametrize(
    "text",
    [
        "合格率达95%[1]；" * 12_000,
        "(" * 100_000,
        "一是甲，" * 20_000,
        "- 甲\n" * 20_000,
        "甲 " * 60_000,
        "长长，\n" * 30_000,
    ],
    ids=["one sentence", "brackets", "ordinals", "items", "spaces", "no end"],
)
def test_hostile_texts_take_no_more_than_their_length(text: str) -> None:
    """Quadratic work would take minutes here."""
    began = time.process_time()
    document_from_text(text, "a")
    assert time.process_time() - began < 15


def test_who_issued_it_stands_behind_its_label_or_below() -> None:
    for told in ("发布机构:台州市市场监管局(知识产权局)", "发布机构:\n\n台州市市场监管局(知识产权局)"):
        head = f"文件名称:\n\n台州市质量强市实施方案\n\n{told}\n\n成文日期:\n\n2024-11-13"
        text = f"{head}\n\n一、总体目标\n\n全面提升质量。"
        assert document_from_text(text, "x.txt").issuer == "台州市市场监管局"


def test_a_line_above_the_text_is_no_part_of_it() -> None:
    above = "2025-01-24 08:12   来源:综合   字体:[大] [中] [小]   阅读 18 次"
    said = "摘要:合格率为93%,较上年提高0.2个百分点。"
    document = document_from_text(f"2024年监测结果公布\n\n{above}\n{said}", "x.txt")
    assert said in [p.text for p in document.passages]
