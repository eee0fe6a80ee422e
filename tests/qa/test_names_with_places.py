"""Firms said with the places of their names, and who does something for whom, over a table of supplies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.open import open_store
from loaders.load import load
from ontology.read import load_ontology
from qa_service.ask import ask
from qa_service.session import Session

_HEAD = (
    "chain,region,lead_firm,member_enterprise,role,supplier,buyer,product,"
    "year,source_title,url,source_grade"
)
_SUPPLIERS = (
    ("江苏丹阳市星禾精工机械有限公司", "排种器"),
    ("宁波市江北穗丰电子有限公司", "传感器"),
    ("宁波市镇海穗丰塑料有限公司", "料斗"),
    ("攸县轨道交通装备有限公司", "车轮"),
)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    folder: Path = tmp_path_factory.mktemp("places")
    (folder / "material").mkdir()
    rows = [
        f"播种机,攸县,禾田农装,{firm},配套,{firm},禾田农装,{product},2023,播种机名录,http://example.org/p,A"
        for firm, product in _SUPPLIERS
    ]
    (folder / "material" / "supplies.csv").write_text("\n".join([_HEAD, *rows, ""]), "utf-8")
    ontology = load_ontology()
    store = open_store(str(folder / "store"), ontology, writable=True)
    load([folder / "material"], store, ontology)
    opened = Session(store, ontology)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("丹阳星禾供应什么产品", ["排种器"]),
        ("丹阳市星禾精工供应什么产品", ["排种器"]),
        ("丹阳星禾精工机械给谁供货", ["禾田农装"]),
        ("宁波江北穗丰给谁供货", ["禾田农装"]),
        ("江北穗丰供应什么产品", ["传感器"]),
        ("宁波江北穗丰电子供应什么产品", ["传感器"]),
        ("镇海穗丰供应什么产品", ["料斗"]),
        # who does it is said with 由: what stands before it is done to
        ("禾田农装的排种器由谁供应", ["江苏丹阳市星禾精工机械有限公司"]),
        ("禾田农装的传感器由哪家企业供应", ["宁波市江北穗丰电子有限公司"]),
        ("禾田农装的料斗是由哪家企业供货的", ["宁波市镇海穗丰塑料有限公司"]),
    ],
)
def test_answered(question: str, answers: list[str], session: Session) -> None:
    answer = ask(question, session)
    assert (answer.status, list(answer.answers)) == ("answered", answers)


@pytest.mark.parametrize(
    "question",
    [
        "丹阳穗丰供应什么产品",
        "苏州星禾供应什么产品",
        "宁波穗丰供应什么产品",
        # these are no firms' names
        "攸县轨道交通产业供应什么产品",
    ],
)
def test_another_place_or_several_firms_are_not_guessed(question: str, session: Session) -> None:
    assert ask(question, session).status != "answered"
