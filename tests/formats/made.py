"""Files of each format, made as they are needed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import docx
from docx.oxml import OxmlElement
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

TITLE = "株洲市质量工作方案"
SENTENCE = "2024年，株洲市竹器产品合格率达到92.3%。"
ROWS = (
    ("序号", "指标名称", "2020年", "2025年"),
    ("1", "竹器园区（个）", "12", "20"),
    ("2", "竹器合格率（%）", "91.5", "95.0"),
)

HTML = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE} - 株洲市政府</title>
<script>var a = "2024年合格率1%";</script><style>p {{ color: red }}</style></head><body>
<nav><ul><li><a href="/">首页</a></li><li><a href="/a">新闻</a></li><li><a href="/b">公开</a></li></ul></nav>
<div class="top"><a href="/">株洲市</a></div>
<div id="content"><h1>{TITLE}</h1><h2>一、总体情况</h2>
<p>2024年，<b>株洲市</b>竹器产品
合格率达到<span>92.3</span>%。</p><p style="display:none">隐藏的2024年合格率1%。</p>
<ul><li>建成竹器园区12个</li><li>服务企业300家</li></ul>
<table><tr><th>序号</th><th>指标名称</th><th>2020年</th><th>2025年</th></tr>
<tr><td rowspan="2">1</td><td>竹器园区（个）</td><td>12</td><td>20</td></tr>
<tr><td colspan="2">竹器合格率（%）</td><td>95.0</td></tr></table></div>
<footer>版权所有 2024年 电话 0731-1234567</footer></body></html>"""


def docx_bytes() -> bytes:
    """A heading, a sentence with an insertion and a deletion, numbers that Word sets, a table with
    merged cells, a sentence after it."""
    document = docx.Document()
    document.add_heading(TITLE, 1)
    paragraph = document.add_paragraph("2024年，株洲市竹器产品合格率达到")
    for tag, inner, text in (("w:del", "w:delText", "1.1%"), ("w:ins", "w:t", "92.3%。")):
        change, run, said = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(inner)
        said.text = text
        run.append(said)
        change.append(run)
        paragraph._p.append(change)
    document.add_paragraph("建成竹器园区12个", style="List Bullet")
    for task in ("加强检测", "推广标准"):
        document.add_paragraph(f"{task}。", style="List Number")
    table = document.add_table(rows=4, cols=3)
    for at, row in enumerate(
        (("类别", "指标", "2025年"), ("产品", "合格率", "95.0"), ("", "抽检率", "98"), ("合计", "", "2"))
    ):
        for cell, text in zip(table.rows[at].cells, row, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 0).merge(table.cell(3, 1))
    document.add_paragraph("表后的一句话。")
    return _saved(document)


def prose_docx(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return _saved(document)


def _saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def pdf_bytes() -> bytes:
    """A title, a sentence, a table with rules, a sentence after it."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle(
        "body", fontName="STSong-Light", fontSize=12, leading=18, wordWrap="CJK", spaceAfter=12
    )
    table = Table(
        [list(row) for row in ROWS],
        style=TableStyle(
            [("FONTNAME", (0, 0), (-1, -1), "STSong-Light"), ("GRID", (0, 0), (-1, -1), 0.5, "black")]
        ),
    )
    long = "表后还有一句话要说，这句话很长，要写成两行，才能看出断行之后是否仍然是一句话。"
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4).build(
        [
            Paragraph(TITLE, style),
            Paragraph(
                SENTENCE + long,
                style,
            ),
            table,
            Paragraph("表后的一句话。", style),
        ]
    )
    return out.getvalue()


def scanned_pdf(*pages: str) -> bytes:
    """Pages with a text each; one without is a picture."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for text in pages:
        if text:
            canvas.setFont("STSong-Light", 12)
            canvas.drawString(72, 700, text)
        else:
            from PIL import Image
            from reportlab.lib.utils import ImageReader

            canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 50, 50, 400, 700)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()
