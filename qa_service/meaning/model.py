"""Texts → vectors: the shipped model with numpy alone, or any sentence-transformers model.

``NQI_EMBEDDING_MODEL`` names another one, a folder or a name that sentence-transformers knows.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from ontology.errors import Unavailable
from qa_service.meaning.tokens import Tokens, plain
from qa_service.settings import EMBEDDING_MODEL

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

#: the model that comes with the program
SHIPPED = Path(__file__).with_name("shipped")
#: the folder of a model of its own in the folder that a store is kept in
KEPT: Final = "meaning"
_WEIGHTS, _TOKENIZER = "model.safetensors", "tokenizer.json"


class Meaning(Protocol):
    """A model: ``vectors`` of length 1, so that their product is how alike two texts are."""

    name: str

    def vectors(self, texts: Sequence[str]) -> Vectors: ...

    def known(self, text: str) -> float:
        """The share of a text's characters that the model was trained on."""
        ...


class StaticMeaning:
    """A folder as :func:`qa_service.meaning.training.train` writes it, read with numpy.

    >>> model = StaticMeaning(SHIPPED)
    >>> good, bad = model.vectors(["达标率", "投诉率"]) @ model.vectors(["合格率"])[0]
    >>> good > bad
    True
    """

    def __init__(self, folder: Path) -> None:
        self.name = folder.name
        self._tokens = Tokens.of(folder / _TOKENIZER)
        self._table = _weights(folder / _WEIGHTS)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        found = np.zeros((len(texts), self._table.shape[1]), dtype=np.float32)
        numbers = [self._tokens.numbers(text) for text in texts]
        rows = [n for n, own in enumerate(numbers) if own]
        if rows:
            counts = [len(numbers[n]) for n in rows]
            starts = np.cumsum([0, *counts[:-1]])
            sums = np.add.reduceat(self._table[[i for n in rows for i in numbers[n]]], starts, axis=0)
            found[rows] = sums / np.asarray(counts, dtype=np.float32)[:, None]
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        return np.asarray(found / np.maximum(lengths, 1e-12), dtype=np.float32)

    def known(self, text: str) -> float:
        characters = plain(text)
        vocabulary = self._tokens.vocabulary
        return sum(c in vocabulary for c in characters) / max(1, len(characters))


class ConfiguredMeaning:
    """Any model of sentence-transformers, by its name or folder."""

    def __init__(self, name: str) -> None:
        self.name = name
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise Unavailable(
                f"{EMBEDDING_MODEL}: {name} needs the package {error.name}, which is not installed",
                hint="pip install 'nqi-kg[embeddings]', or unset the setting",
            ) from error
        try:
            self._model = SentenceTransformer(name, device="cpu")
        # a hub's name that is not there, a folder that is not, a folder that holds something else
        except (OSError, ValueError, RuntimeError) as error:
            reason = str(error).partition("\n")[0] or repr(error)
            raise Unavailable(
                f"{EMBEDDING_MODEL}: no model {name}: {reason}",
                hint="name a folder with a sentence-transformers model, or unset the setting",
            ) from error

    def vectors(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        return np.asarray(self._model.encode(list(texts), normalize_embeddings=True), dtype=np.float32)

    def known(self, text: str) -> float:
        return 1.0


class Models:
    """Which model is used: the one that ``NQI_EMBEDDING_MODEL`` names, else the one that was trained for
    this store (``nqi train --store``), else the shipped one.

    One that is named and cannot be used is told in ``note``, and the next is used in its place.

    >>> Models().note(english=True)  # nothing is named                       # doctest: +SKIP
    ''
    """

    def __init__(self, kept: Path | None = None) -> None:
        self._kept = kept / KEPT if kept is not None else None

    @cached_property
    def _opened(self) -> tuple[Meaning, str]:
        name = os.environ.get(EMBEDDING_MODEL, "")
        if not name:
            return _static(self._kept), ""
        try:
            return ConfiguredMeaning(name), ""
        except Unavailable as error:
            return _static(self._kept), error.message

    @property
    def meaning(self) -> Meaning:
        return self._opened[0]

    def note(self, english: bool) -> str:
        """What has to be said of the model in an answer that used it; mostly nothing."""
        model, failed = self._opened
        if not failed:
            return ""
        if english:
            return f"{failed}; {model.name} is used"
        return f"设置的模型用不了，改用 {model.name}（{failed}）"


def _static(kept: Path | None) -> StaticMeaning:
    return _read(kept if kept is not None and (kept / _WEIGHTS).is_file() else SHIPPED)


@lru_cache(maxsize=4)
def _read(folder: Path) -> StaticMeaning:
    return StaticMeaning(folder)


def _weights(file: Path) -> Vectors:
    """The one table of a safetensors file: the length of its head, the head as JSON, the numbers."""
    import numpy as np

    data = file.read_bytes()
    size = int.from_bytes(data[:8], "little")
    tables = {k: v for k, v in json.loads(data[8 : 8 + size]).items() if k != "__metadata__"}
    (table,) = tables.values()
    if table["dtype"] != "F32" or len(table["shape"]) != 2:
        raise ValueError(f"{file.name} holds no table of 32-bit numbers")
    begin, end = table["data_offsets"]
    numbers = np.frombuffer(data, dtype="<f4", count=(end - begin) // 4, offset=8 + size + begin)
    return np.asarray(numbers.reshape(table["shape"]), dtype=np.float32)
