"""A box that cuts a paragraph cuts no section: what stands behind it belongs to the section still."""

from __future__ import annotations

from pathlib import Path

from loaders.documents.read import read_document

_TEXT = """\
鹿岭区质量工作巡礼

本报记者 林禾

质量强县 青杉县:“三力”并举

青杉县多年来坚持质量立县,把质量工作列入年度考核,推动县域竹业由小到大、由弱到强,形成了覆盖全县的质量工作网络。

聚合力,完善工作机制。成立质量工作领导小组,专项经费有保障,全县各乡镇都设立了质量工作站并配备专职人员负责日常工作。

提效力,打造示范样板。拥有规模以上竹加工企业40余家、全国竹业百强企业

“数”说鹿岭质量

2023年全区竹制品合格率达**96.4%**,连续3年居全市第一,竹家具、竹地板等主要产品的质量稳步提升。

全区拥有省长质量奖**3**个。

3家,竹业产值占全县工业的44%。

添动力,夯实发展基础。“竹质通”质量基础设施“一站式”服务平台入驻服务机构26家,提供线下服务300余次,惠及县内外各类竹业企业。

激活力,浓厚质量氛围。举办首席质量官专题培训,全县18个乡镇、126家企业参与轮训,形成了人人重视质量的良好局面。
"""


def test_parts_behind_a_box_belong_to_the_section_it_cut(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(_TEXT, "utf-8")
    document = read_document(tmp_path / "page.txt", "page.txt")
    titles = {section.id: section.title for section in document.sections}
    parents = {section.title: titles.get(section.parent, "") for section in document.sections}
    assert parents["添动力,夯实发展基础"] == parents["聚合力,完善工作机制"] != ""
    assert "青杉县" in parents["添动力,夯实发展基础"]


def test_what_stands_in_the_box_does_not(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(_TEXT, "utf-8")
    document = read_document(tmp_path / "page.txt", "page.txt")
    titles = {section.id: section.title for section in document.sections}
    of_box = next(p for p in document.passages if document.text.startswith("2023年全区", p.start))
    assert titles[of_box.section] == "“数”说鹿岭质量"
