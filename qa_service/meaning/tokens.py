"""How a text is cut into the model's tokens: as its ``tokenizer.json`` says, in plain Python.

The model's tokenizer is byte-pair encoding whose merges are pairs of characters, thirty lines here; the
library ``tokenizers`` would bring the client of a model hub into a program that uses no network. A
test holds that both cut alike.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from pathlib import Path

UNKNOWN = "[UNK]"


def plain(text: str) -> str:
    """As the model sees it: compatible characters as one, in lower case, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


class Tokens:
    """Characters, and the pairs of them that are tokens of their own."""

    def __init__(self, vocabulary: Mapping[str, int], pairs: Mapping[str, int]) -> None:
        self.vocabulary = vocabulary
        self._pairs = pairs

    @classmethod
    def of(cls, file: Path) -> Tokens:
        """From a ``tokenizer.json``; ValueError where it is of another sort."""
        model = json.loads(file.read_text("utf-8"))["model"]
        if model.get("type") != "BPE" or any(len(a + b) != 2 for a, b in model["merges"]):
            raise ValueError(f"{file.name} is no tokenizer of characters and pairs of characters")
        return cls(model["vocab"], {a + b: n for n, (a, b) in enumerate(model["merges"])})

    def cut(self, text: str) -> list[str]:
        """The tokens of a text, the commonest pairs first.

        >>> Tokens({}, {"合格": 0, "格率": 1}).cut("合格率")
        ['合格', '率']
        """
        text = plain(text)
        pairs = ((text[i : i + 2], i) for i in range(len(text) - 1))
        found = [(self._pairs[pair], i) for pair, i in pairs if pair in self._pairs]
        starts: set[int] = set()
        taken: set[int] = set()
        for _, i in sorted(found):
            if i not in taken and i + 1 not in taken:
                starts.add(i)
                taken |= {i, i + 1}
        own = [i for i in range(len(text)) if i in starts or i not in taken]
        return [text[i : i + 2] if i in starts else text[i] for i in own]

    def numbers(self, text: str) -> list[int]:
        """The tokens as rows of the model; what it does not know is ``[UNK]``."""
        unknown = self.vocabulary.get(UNKNOWN, 0)
        return [self.vocabulary.get(token, unknown) for token in self.cut(text)]
