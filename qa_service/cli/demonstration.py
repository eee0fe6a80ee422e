"""The demonstration: a graph of the bundled material, and questions that show what it does."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, cast

import yaml

from ontology.errors import SourceError
from qa_service.answering.answer_types import StatusWord
from qa_service.cli.options import note, progress
from qa_service.settings import bundled, words

_ROOT: Final = Path(__file__).resolve().parents[2]
_ROOMS: Final = ("ontology", "graph", "loaders")
#: inside the store's folder: what the graph was built from
_STAMP: Final = "demonstration.sha256"


@dataclass(frozen=True)
class Sample:
    """A sample question, what it shows, and the status that its answer has to have."""

    question: str
    shows_zh: str
    shows_en: str
    status: StatusWord


def samples() -> tuple[Sample, ...]:
    """The sample questions of ``samples.yaml``."""
    path = Path(__file__).with_name("samples.yaml")
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(
        Sample(
            str(e["question"]),
            str(e["shows"]["zh"]),
            str(e["shows"]["en"]),
            cast("StatusWord", str(e["status"])),
        )
        for e in entries
    )


def build(url: str) -> Literal["built", "there"]:
    """Builds the graph of the bundled material at ``url``, unless it is there already.

    It is built anew when the material, the ontology or the code that reads it has changed.
    """
    from graph.open import open_store
    from loaders.extract_files import EXTRACTOR
    from loaders.load import load
    from ontology.read import load_ontology

    folder = bundled("data")
    if not folder.is_dir():
        raise SourceError(
            words("没有自带的示例材料", "The demonstration material is missing"), where=str(folder)
        )
    stamp, now = Path(url) / _STAMP, fingerprint(folder)
    if stamp.is_file() and stamp.read_text(encoding="ascii") == now:
        return "there"
    note(words("正在用自带的材料建图……", "Building the graph of the bundled material …"))
    ontology = load_ontology()
    store = open_store(url, ontology, writable=True, extractor=EXTRACTOR, waiting=note)
    try:
        store.reset()
        report = load([folder], store, ontology, progress=progress)
    finally:
        store.close()
    note(
        words(
            f"{report.facts} 条事实，{len(report.rejections)} 条被拒绝，{report.seconds:.1f} 秒",
            f"{report.facts} facts, {len(report.rejections)} rejected, {report.seconds:.1f} s",
        )
    )
    stamp.write_text(now, encoding="ascii")
    return "built"


def fingerprint(folder: Path) -> str:
    """Hash of the material and of the code and ontology that make a graph of it."""
    digest = hashlib.sha256()
    for top in (folder, *(_ROOT / room for room in _ROOMS)):
        for path in sorted(top.rglob("*")):
            below = path.relative_to(top)
            if any(part.startswith((".", "__pycache__")) for part in below.parts) or not path.is_file():
                continue
            digest.update(f"{top.name}/{below.as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
