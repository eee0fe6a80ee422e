"""Tables with a measure in each row."""

from __future__ import annotations

from loaders.documents.measure_tables import measures
from loaders.documents.read import document_from_text
from loaders.documents.structure import stated_by_structure
from loaders.facts import ObservationFact
from ontology.read import load_ontology

BY_TABS = """黄山市2023年工业经济运行情况

指标名称\t单位\t1-12月\t同比增长(%)
规模以上工业增加值\t亿元\t182.6\t7.2
规模以上工业企业数\t家\t612\t4.1
其中：汽车产量\t辆\t12600\t-3.5
"""
BY_LINES = """景德镇市2024年1-9月主要经济指标

指标
单位
1-9月
同比增长(%)
规模以上工业增加值
%
7.6
7.6
工业用电量
亿千瓦时
28.4
5.2
"""


def shown(text: str) -> list[str]:
    document = document_from_text(text, "a.txt")
    return [
        f"{f.subject.name} | {f.metric} | {f.period.text if f.period else '-'} | "
        f"{f.quantity.value:g}{f.quantity.unit} | {f.kind}{' | 下降' if '方向' in f.scope else ''}"
        for f in stated_by_structure(document, load_ontology())
        if isinstance(f, ObservationFact) and f.quantity is not None
    ]


def test_levels_and_how_much_they_grew() -> None:
    assert shown(BY_TABS) == [
        "黄山市 | 规模以上工业增加值 | 2023 | 182.6亿元 | actual",
        "黄山市 | 规模以上工业增加值 | 2023 | 7.2% | change",
        "黄山市 | 规模以上工业企业数 | 2023 | 612家 | actual",
        "黄山市 | 规模以上工业企业数 | 2023 | 4.1% | change",
        "黄山市 | 汽车产量 | 2023 | 12600辆 | actual",
        "黄山市 | 汽车产量 | 2023 | 3.5% | change | 下降",
    ]


def test_a_cell_on_each_line_and_an_amount_in_percent() -> None:
    assert shown(BY_LINES) == [
        "景德镇市 | 规模以上工业增加值 | 2024-01/2024-09 | 7.6% | change",
        "景德镇市 | 工业用电量 | 2024-01/2024-09 | 28.4亿千瓦时 | actual",
        "景德镇市 | 工业用电量 | 2024-01/2024-09 | 5.2% | change",
    ]


def test_other_tables_are_none_of_measures() -> None:
    document = document_from_text("企业名单\n\n序号\t企业\t地区\n1\t甲公司\t歙县\n2\t乙公司\t黟县\n", "a.txt")
    assert [measures(document, table, None) for table in document.tables] == [[] for _ in document.tables]
