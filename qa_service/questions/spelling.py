"""Single characters that are mistyped, seen by the words that the documents use: 净憎多少 → 净增多少.

Only where the question is not understood as it stands; only a character that nothing explains and that
stands nowhere beside its neighbours in the documents; and only where one that sounds or looks like it does,
with two neighbours or as two pairs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from qa_service.questions.correct import Correction, is_word, shape, sound
from qa_service.questions.parts import bits
from qa_service.questions.question import Question
from qa_service.rules.files import word_file

_HAN = re.compile(r"[\u4e00-\u9fff]+")


class Spelling:
    """Which characters stand beside each other in the texts, and which sound or look alike."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._runs: set[str] = set()
        for text in texts:
            for run in _HAN.findall(text):
                self._runs.update(run[i : i + n] for n in (2, 3) for i in range(len(run) - n + 1))
        self._alike: dict[object, set[str]] = defaultdict(set)
        for ch in {ch for pair in self._runs for ch in pair}:
            self._alike[sound(ch)].add(ch)
            self._alike[shape(ch)].add(ch)

    def meant(self, text: str, at: int) -> str:
        """The one character that may be meant by the one at ``at``, "" where none or several may.

        >>> Spelling(["五年净增多少项"]).meant("要净憎多少", 2)
        '增'
        """
        ch = text[at]
        words, never = _ordinary()
        beside = [text[i : i + 2] for i in (at - 1, at) if i >= 0]
        if ch in words or any(pair in self._runs or is_word(pair) for pair in beside):
            return ""
        likely = (self._alike[sound(ch)] | self._alike[shape(ch)]) - {ch} - never
        found = [c for c in sorted(likely) if self._fits(f"{text[:at]}{c}{text[at + 1 :]}", at)]
        return found[0] if len(found) == 1 else ""

    def _fits(self, text: str, at: int) -> bool:
        if any(text[i : i + 3] in self._runs for i in range(max(0, at - 2), at + 1)):
            return True
        if text[at] in _ordinary()[0]:
            return False  # 和 and 是 stand between any two
        return at > 0 and text[at - 1 : at + 1] in self._runs and text[at : at + 2] in self._runs


@cache
def _ordinary() -> tuple[frozenset[str], frozenset[str]]:
    """Characters that stand beside anything, and those that no other one is read as."""
    raw = word_file("ordinary")
    return frozenset(raw["words"]), frozenset(raw["never"])


def respelt(question: Question, spelling: Callable[[], Spelling]) -> tuple[str, tuple[Correction, ...]]:
    """The question's clean text with such characters written as those that are meant, and what was
    changed."""
    text = question.clean
    made = []
    # 岳阳|石化: a name that stands as it is goes on no further
    behind = {a[0].end for a in question.segments if any(m.kind == "entity" for m in a)}
    for at in list(_unexplained(question)):
        meant = "" if at in behind else spelling().meant(text, at)
        if meant:
            start, end = max(0, at - 1), at + 2
            before = text[start:end]
            text = f"{text[:at]}{meant}{text[at + 1 :]}"
            made.append(Correction(before, text[start:end]))
    return text, tuple(made)


def _unexplained(question: Question) -> Iterator[int]:
    told = 0
    for alternatives in question.segments:
        told |= bits(alternatives[0].start, alternatives[0].end)
    left = question.content() & ~told
    return (i for i, ch in enumerate(question.clean) if left >> i & 1 and _HAN.match(ch))
