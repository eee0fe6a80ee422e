"""A long document: read and written part by part, with the same graph and all or nothing."""

from __future__ import annotations

import itertools
import tracemalloc
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from graph.groups import next_group
from graph.open import open_store
from graph.store import GraphStore
from graph.types import Contribution, NodeStatement, Support
from loaders import kept_aside
from loaders.documents.read import document_from_text
from loaders.extract_files import Extracted, extract_prose
from loaders.facts import Fact
from loaders.kept_aside import KeptAside
from loaders.load import load
from loaders.origin import Origin
from loaders.resolve import resolve, resolve_in_parts
from ontology.read import load_ontology

ONTOLOGY = load_ontology()
#: a part of a document in these tests
STATEMENTS = 80


def text(paragraphs: int, year: int = 2024) -> str:
    """Sections with figures, firms, a table and a list of sources; every fact of the first paragraphs is told
    again further on, with another unit too."""
    lines = ["长沙市检验检测服务业发展报告", ""]
    for n in range(paragraphs):
        if n % 5 == 0:
            lines += [f"{'一二三四五六七八九十'[n // 5 % 10]}、第{n // 5 + 1}批情况", ""]
        told = n % max(1, paragraphs // 2)
        lines += [
            f"{year}年，株洲市检测机构营业收入为{told + 1}.5亿元，比上年增长{told % 9 + 1}.2%。"
            f"当年全市新增检测机构{told + 3}家，{year}年末株洲市检测机构营业收入达{told + 1}5000万元。"
            f"星云{told % 40}号检测仪器有限公司位于株洲市天元区，为工程机械产业链提供配套服务[1]。",
            "",
        ]
        if n % 7 == 0:
            lines += ["| 地区 | 合格率 |", "| --- | --- |"]
            lines += [f"| 长沙市 | {90 + n % 9}.1% |", f"| 湘潭市 | {88 + n % 9}.4% |", ""]
    return "\n".join([*lines, "资料来源", "[1] 某地年度公报：http://example.org/a"])


def extracted(content: str, name: str = "long.txt") -> Extracted:
    return extract_prose(document_from_text(content, name), "d" * 64, ONTOLOGY)


def in_parts(found: Extracted) -> Iterator[Contribution]:
    return resolve_in_parts(found.facts, found.origin, ONTOLOGY, STATEMENTS)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GraphStore]:
    opened = open_store(str(tmp_path / "store"), ONTOLOGY, writable=True)
    yield opened
    opened.close()


@pytest.fixture
def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store merges what comes at every part."""
    monkeypatch.setattr("graph.groups.STATEMENTS", STATEMENTS)


def test_the_facts_are_the_same_where_they_are_kept_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    at_hand = extracted(text(20))
    monkeypatch.setattr(kept_aside, "AT_HAND", 3)
    monkeypatch.setattr(kept_aside, "PART", 4)
    aside = extracted(text(20))
    assert tuple(aside.facts) == tuple(at_hand.facts)
    assert tuple(aside.origin.passages) == tuple(at_hand.origin.passages)
    assert aside.origin.sections == at_hand.origin.sections
    assert resolve(aside.facts, aside.origin, ONTOLOGY) == resolve(at_hand.facts, at_hand.origin, ONTOLOGY)


@pytest.mark.usefixtures("small_groups")
def test_a_document_in_parts_is_the_same_graph(store: GraphStore, tmp_path: Path) -> None:
    found = extracted(text(20))
    parts = list(in_parts(found))
    assert len(parts) > 4
    assert [part.begins for part in parts] == [True, *[False] * (len(parts) - 1)]
    assert [part.ends for part in parts] == [*[False] * (len(parts) - 1), True]
    store.apply(parts)
    whole = open_store(str(tmp_path / "whole"), ONTOLOGY, writable=True)
    whole.apply([resolve(found.facts, found.origin, ONTOLOGY)])
    assert store.content_hash() == whole.content_hash() == store.recomputed_hash()
    assert store.status().nodes == whole.status().nodes
    whole.close()


@pytest.mark.usefixtures("small_groups")
def test_replacing_and_taking_back_a_document_in_parts(store: GraphStore) -> None:
    nothing = store.content_hash()
    other = resolve(*_said(extracted(text(3, 2020), "other.txt")), ONTOLOGY)
    store.apply([other])
    before = store.content_hash()
    store.apply(itertools.chain(in_parts(extracted(text(20))), [replace(other, digest="e")]))
    store.apply(in_parts(extracted(text(12, 2023))))
    store.undo()
    store.apply(in_parts(extracted(text(12, 2023))))
    assert set(store.documents()) == {"long.txt", "other.txt"}
    store.apply([other], remove=["long.txt"])
    assert store.content_hash() == before
    store.apply((), remove=["other.txt"])
    assert store.content_hash() == nothing == store.recomputed_hash()


@pytest.mark.usefixtures("small_groups")
def test_a_document_that_breaks_off_leaves_nothing(store: GraphStore) -> None:
    store.apply([resolve(*_said(extracted(text(3, 2020), "other.txt")), ONTOLOGY)])
    before, version = store.content_hash(), store.version()

    def broken() -> Iterator[Contribution]:
        yield from itertools.islice(in_parts(extracted(text(20))), 4)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.apply(broken())
    assert (store.content_hash(), store.version()) == (before, version)
    assert set(store.documents()) == {"other.txt"}


@pytest.mark.usefixtures("small_groups")
def test_a_load_publishes_a_long_document_once(store: GraphStore, tmp_path: Path) -> None:
    file = tmp_path / "long.md"
    file.write_text(text(20), "utf-8")
    version = store.version()
    report = load([file], store, ONTOLOGY)
    assert store.version() == version + 1
    assert report.facts == len(extracted(text(20)).facts)
    assert load([file], store, ONTOLOGY).documents[0].status == "unchanged"


def test_groups_of_a_store_that_takes_whole_documents_only() -> None:
    def part(document: str, n: int, begins: bool = True, ends: bool = True) -> Contribution:
        node = NodeStatement(f"enterprise:{document}{n}", "Enterprise", (Support(f"{document}#{n}-9"),))
        return Contribution(document, "d", (node,) * 30_000, (), begins, ends)

    def coming() -> Iterator[Contribution]:
        return iter((part("a", 1), part("b", 1, ends=False), part("b", 2, begins=False, ends=False),
                     part("b", 3, begins=False), part("c", 1)))

    (_, b), more = next_group(coming(), complete=True)
    assert more
    assert b.begins
    assert b.ends
    assert len(b.nodes) == 90_000
    (_, b), more = next_group(coming())
    assert more
    assert b.begins
    assert not b.ends
    assert len(b.nodes) == 30_000


def test_what_is_kept_aside_is_a_list() -> None:
    items = [f"第{n}条" for n in range(23)]
    for at_hand in (0, 4, 10, 100):
        kept = KeptAside(items, at_hand=at_hand, part=4)
        assert list(kept) == items
        assert len(kept) == len(items)
        assert [kept[n] for n in range(-23, 23)] == [items[n] for n in range(-23, 23)]
        assert (kept[5:9], list(kept.stretch(3, 17))) == (items[5:9], items[3:17])
        assert list(kept.stretch(3, 17)[2:]) == items[5:17]
        with pytest.raises(IndexError):
            kept[23]


def test_memory_grows_by_what_is_named_and_not_by_all_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_aside, "AT_HAND", 20)
    monkeypatch.setattr(kept_aside, "PART", 20)
    _most_held(text(20))  # what the lexicon fills once
    short, long = text(60), text(240)
    grown = _most_held(long) - _most_held(short)
    assert grown < _BYTES_A_CHARACTER * (len(long) - len(short))


#: for the text, its outline and what is named and measured in it it is 45 (this text holds a figure every ten
#: characters); all passages, facts and statements at once take 190
_BYTES_A_CHARACTER = 80


def _most_held(content: str) -> int:
    """Bytes that reading a text and making statements of it hold at most."""
    tracemalloc.start()
    for part in resolve_in_parts(*_said(extracted(content)), ONTOLOGY, 200):
        assert part.document == "long.txt"
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def _said(found: Extracted) -> tuple[Sequence[Fact], Origin]:
    return found.facts, found.origin
