"""Documents of each format: what is read, in which order, and what a broken file leaves."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

from graph.open import open_store
from graph.types import CypherStatement
from loaders.documents.read import document_from_bytes
from loaders.extract_files import extract_paths
from loaders.facts import Fact, ObservationFact, Rejection
from loaders.load import load
from ontology.errors import SourceError
from ontology.read import load_ontology
from tests.formats import made

Said = dict[str, tuple[tuple[Fact, ...], tuple[Rejection, ...]]]

FILES = {".html": made.HTML.encode(), ".docx": made.docx_bytes(), ".pdf": made.pdf_bytes()}


def extracted(folder: Path) -> Said:
    return {name: (facts, refused) for name, facts, refused in extract_paths([folder], load_ontology())}


@pytest.mark.parametrize("suffix", sorted(FILES))
def test_offsets_point_into_the_text_as_read(suffix: str) -> None:
    document = document_from_bytes(FILES[suffix], f"a{suffix}", suffix)
    assert document.title == made.TITLE
    for passage in document.passages:
        for at, place in enumerate(passage.offsets):
            assert passage.text[at] in (document.text[place], ",", "(", ")", " ", "\t")
    assert any("竹器产品合格率达到92.3%" in passage.text for passage in document.passages)


@pytest.mark.parametrize("suffix", [".html", ".pdf"])
def test_tables_keep_their_cells_and_their_place(suffix: str) -> None:
    lines = document_from_bytes(FILES[suffix], "a", suffix).text.splitlines()
    at = lines.index("\t".join(made.ROWS[0]))
    assert lines[at + 1] == "\t".join(made.ROWS[1])
    assert any("92.3" in line for line in lines[:at])


def test_a_web_page_without_its_surroundings() -> None:
    text = document_from_bytes(FILES[".html"], "a.html", ".html").text
    for noise in ("首页", "var a", "隐藏", "版权", "color"):
        assert noise not in text
    assert "# 株洲市质量工作方案\n\n## 一、总体情况\n" in text
    assert "\n- 建成竹器园区12个\n- 服务企业300家\n" in text
    assert text.endswith("\n\t竹器合格率（%）\t\t95.0\n")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
def test_a_web_page_in_any_encoding(encoding: str) -> None:
    page = made.HTML.replace("utf-8", "gb2312" if encoding == "gb18030" else encoding)
    assert made.TITLE in document_from_bytes(page.encode(encoding), "a.html", ".html").text


def test_a_page_of_layout_tables_is_prose() -> None:
    page = "<table><tr><td><p>第一段话。</p><p>第二段话。</p></td></tr></table>"
    assert document_from_bytes(page.encode(), "a.html", ".html").text == "第一段话。\n\n第二段话。\n"


def test_word_keeps_order_numbers_merged_cells_and_changes() -> None:
    lines = document_from_bytes(FILES[".docx"], "a.docx", ".docx").text.splitlines()
    assert lines == [
        "# 株洲市质量工作方案",
        "",
        "2024年，株洲市竹器产品合格率达到92.3%。",
        "- 建成竹器园区12个",
        "1. 加强检测。",
        "2. 推广标准。",
        "",
        "类别\t指标\t2025年",
        "产品\t合格率\t95.0",
        "\t抽检率\t98",
        "合计\t\t2",
        "",
        "表后的一句话。",
    ]


def test_word_numbers_of_its_own_in_chinese() -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    level = '<w:lvl w:ilvl="{0}"><w:start w:val="1"/><w:numFmt w:val="{1}"/><w:lvlText w:val="{2}"/></w:lvl>'
    levels = level.format(0, "chineseCounting", "%1、") + level.format(1, "chineseCounting", "（%2）")
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    for xml in (
        f'<w:abstractNum xmlns:w="{space}" w:abstractNumId="77">{levels}</w:abstractNum>',
        f'<w:num xmlns:w="{space}" w:numId="77"><w:abstractNumId w:val="77"/></w:num>',
    ):
        numbering.append(etree.fromstring(xml))
    for text, at in (("总体要求", 0), ("主要目标", 1), ("基本原则", 1), ("重点任务", 0), ("质量提升", 1)):
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        number = OxmlElement("w:numPr")
        for name, value in (("w:ilvl", str(at)), ("w:numId", "77")):
            said = OxmlElement(name)
            said.set(qn("w:val"), value)
            number.append(said)
        properties.append(number)
    out = io.BytesIO()
    document.save(out)
    read = document_from_bytes(out.getvalue(), "a.docx", ".docx").text.splitlines()
    assert read == ["一、总体要求", "（一）主要目标", "（二）基本原则", "二、重点任务", "（一）质量提升"]


def test_a_line_that_a_page_has_broken_is_one_sentence() -> None:
    document = document_from_bytes(FILES[".pdf"], "a.pdf", ".pdf")
    assert any("要写成两行,才能看出断行之后是否仍然是一句话。" in p.text for p in document.passages)


def test_a_scanned_page_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(made.scanned_pdf(made.SENTENCE, "", "第三页有字。"))
    (tmp_path / "b.pdf").write_bytes(made.scanned_pdf("", ""))
    said = extracted(tmp_path)
    (remark,) = said["a.pdf"][1]
    assert (remark.code, remark.where) == ("unread_part", "page 2")
    assert any(isinstance(fact, ObservationFact) for fact in said["a.pdf"][0])
    (refused,) = said["b.pdf"][1]
    assert (refused.code, refused.where) == ("unreadable", "page 1")


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".zip"])
@pytest.mark.parametrize("cut", [0, 1, 10, -300, -20])
def test_a_broken_file_is_a_rejection_and_the_others_load(tmp_path: Path, suffix: str, cut: int) -> None:
    whole = {**FILES, ".zip": made.zip_bytes({"x.txt": made.SENTENCE.encode()})}[suffix]
    (tmp_path / f"broken{suffix}").write_bytes(whole[:cut])
    (tmp_path / "whole.txt").write_text(made.SENTENCE, encoding="utf-8")
    said = extracted(tmp_path)
    assert said["whole.txt"][0]
    facts, rejections = said[f"broken{suffix}"]
    assert [r.code for r in rejections] == ["unreadable"] or facts
    assert all(r.reason for r in rejections)


def test_each_member_of_an_archive_is_a_document(tmp_path: Path) -> None:
    archive = made.zip_bytes(
        {
            "方案/a.docx": FILES[".docx"],
            "b.pdf": FILES[".pdf"],
            "bad.docx": b"no",
            "c.exe": b"x",
            "__MACOSX/b.pdf": b"x",
            ".hidden.txt": b"x",
            "../out.txt": made.SENTENCE.encode(),
            "in.zip": b"x",
        }
    )
    (tmp_path / "all.zip").write_bytes(archive)
    said = extracted(tmp_path)
    good = {name for name, (facts, _) in said.items() if facts}
    assert good == {"all.zip/方案/a.docx", "all.zip/b.pdf", "all.zip/out.txt"}
    assert {name: [r.code for r in said[name][1]] for name in set(said) - good} == {
        "all.zip/bad.docx": ["unreadable"],
        "all.zip/c.exe": ["unknown_type"],
        "all.zip/in.zip": ["unknown_type"],
    }


def test_names_in_an_archive_as_windows_writes_them(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("GBKNAME.txt", made.SENTENCE)
    name = "方案".encode("gb18030") + b"1-2"
    (tmp_path / "a.zip").write_bytes(out.getvalue().replace(b"GBKNAME", name))
    assert [said[0] for said in extract_paths([tmp_path], load_ontology())] == ["a.zip/方案1-2.txt"]


def test_loaded_kept_and_left_alone_the_second_time(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for suffix, raw in FILES.items():
        (folder / f"a{suffix}").write_bytes(raw)
    (folder / "more.zip").write_bytes(made.zip_bytes({"b.docx": made.prose_docx(made.SENTENCE)}))
    store = open_store(str(tmp_path / "store"), load_ontology(), writable=True)
    try:
        first = load([folder], store, load_ontology())
        second = load([folder], store, load_ontology())
        rows = store.read(
            CypherStatement("MATCH (p:Passage) RETURN p.document AS d, p.text AS t ORDER BY d, p.`order`")
        ).rows
    finally:
        store.close()
    assert [(d.id, d.status) for d in first.documents] == [
        ("a.docx", "loaded"),
        ("a.html", "loaded"),
        ("a.pdf", "loaded"),
        ("more.zip/b.docx", "loaded"),
    ]
    assert {d.status for d in second.documents} == {"unchanged"}
    assert sum("92.3" in str(text) for _, text in rows) == 4


def test_an_archive_that_would_unpack_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders.archives.LARGEST_MEMBER", 1000)
    (tmp_path / "a.zip").write_bytes(
        made.zip_bytes({"big.txt": b"a" * 5000, "small.txt": made.SENTENCE.encode()})
    )
    said = extracted(tmp_path)
    assert [r.code for r in said["a.zip/big.txt"][1]] == ["unreadable"]
    assert said["a.zip/small.txt"][0]


@pytest.mark.parametrize("page", [b"", b"<html></html>", b"<script>1</script>", b"\x00\x01\x02"])
def test_a_page_without_words_is_no_document(page: bytes) -> None:
    with pytest.raises(SourceError):
        document_from_bytes(page, "a.html", ".html")
