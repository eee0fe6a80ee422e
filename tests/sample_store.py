"""A small store that is really loaded: what the tests of the command line and the service ask."""

from __future__ import annotations

from pathlib import Path

from graph.open import open_store
from loaders.load import load
from ontology.read import load_ontology

CHAIN_TABLE = """\
chain,region,lead_firm,member_enterprise,role,supplier,buyer,product,year,source_title,url,source_grade
缝纫机,台州市,甲缝制,甲缝制,链主,,,,2023,一则通告,https://example.org/a,B
缝纫机,台州市,甲缝制,乙铸造,配套,乙铸造,甲缝制,机头,2023,一则通告,https://example.org/a,B
"""

BULLETIN = """\
台州市质量公报

一、总体情况

2023年，台州市制造业产品质量合格率为93.7%。
"""


def write_sources(folder: Path) -> Path:
    """A table of a chain and a short bulletin, made up for the tests."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "chain.csv").write_text(CHAIN_TABLE, encoding="utf-8")
    (folder / "通报").mkdir(exist_ok=True)
    (folder / "通报" / "bulletin.txt").write_text(BULLETIN, encoding="utf-8")
    return folder


def build_store(folder: Path) -> str:
    """The URL of a store with these sources in it."""
    sources = write_sources(folder / "sources")
    url = str(folder / "store")
    ontology = load_ontology()
    store = open_store(url, ontology, writable=True)
    try:
        load([sources], store, ontology)
    finally:
        store.close()
    return url
