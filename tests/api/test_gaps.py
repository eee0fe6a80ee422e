"""What the gaps of a chain rest on where a list is declared to be complete."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.open import open_store
from loaders.load import load
from ontology.read import load_ontology
from qa_service.browse.groups import group
from qa_service.session import Session

FIRMS = """\
企业,别称,所在地,产业链,产业链所在地,角色,产品,来源,网址,等级,发布年份
甲仪表,,衡阳市,仪表产业链,衡阳市,整机,,一则通告,https://example.org/a,B,2024
乙仪表,,常宁市,仪表产业链,衡阳市,配套,,一则通告,https://example.org/a,B,2024
丙轴承,,衡阳市,轴承产业链,衡阳市,整机,,一则通告,https://example.org/a,B,2024
丁轴承,,湘潭市,轴承产业链,衡阳市,配套,,一则通告,https://example.org/a,B,2024
"""
#: a platform, so that the kind is in use
PLATFORMS = "# 通告\n\n长沙市建成星城质量基础设施一站式服务平台。\n"


@pytest.mark.parametrize(("chain", "basis"), [("仪表", "covered"), ("轴承", "unrecorded")])
def test_a_list_of_one_place_says_nothing_of_another(tmp_path: Path, chain: str, basis: str) -> None:
    header, *rows = (Path(__file__).parents[2] / "data" / "coverage.csv").read_text("utf-8").splitlines()
    declared = next(row for row in rows if row.startswith("Platform/one_stop,衡阳市"))
    (tmp_path / "firms.csv").write_text(FIRMS, encoding="utf-8")
    (tmp_path / "coverage.csv").write_text(f"{header}\n{declared}\n", encoding="utf-8")
    (tmp_path / "notice.md").write_text(PLATFORMS, encoding="utf-8")
    ontology = load_ontology()
    store = open_store(str(tmp_path / "store"), ontology, writable=True)
    load([tmp_path / name for name in ("firms.csv", "coverage.csv", "notice.md")], store, ontology)
    try:
        found = group(f"chain:430400/{chain}", Session(store, ontology))
        (gap,) = [g for g in found.gaps if g.subtype == "one_stop"]
        assert gap.basis == basis
        assert [e.cells for e in gap.evidence] == (["Sheet1!A2:I2"] if basis == "covered" else [])
    finally:
        store.close()
