"""Characters that sound or look like a name and are not it: 中连重科 → 中联重科, said in the answer.

Only where the question has characters that nothing explains, only whole names of the graph and
words of the ontology and of questions, only with the same reading, or the same shape
(``rules/shapes.yaml``), character by character; a word that is known
as it stands is never changed (南方航空 stays beside 东方航空, 衡阳 beside 衡山).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from ontology.lexicon.later import later
from qa_service.questions.question import Question
from qa_service.rules.files import word_file
from qa_service.rules.words import structural_words

_HAN = later(r"[\u4e00-\u9fff]+")
#: names of so many characters are compared
_SHORTEST, _LONGEST = 2, 14


@dataclass(frozen=True)
class Correction:
    """``said`` in the question is read as ``meant``."""

    said: str
    meant: str

    def note(self, english: bool) -> str:
        return f"“{self.said}” read as “{self.meant}”" if english else f"按“{self.meant}”理解“{self.said}”"


@cache
def asking_words() -> frozenset[str]:
    """Words of two characters by which questions ask: 哪些, 多少. Longer ones hold other words."""
    words = structural_words()
    return frozenset(
        w
        for rule in words
        if rule.startswith("ask.")
        for w in words[rule]
        if len(w) == 2 and _HAN.fullmatch(w)
    )


class Sounds:
    """Names by how they are read, character by character and without tones."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[tuple[str, ...], list[str]] = {}
        self._shapes: dict[str, list[str]] = {}
        for name in dict.fromkeys(names):
            if _SHORTEST <= len(name) <= _LONGEST and _HAN.fullmatch(name):
                self._names.setdefault(sound(name), []).append(name)
                self._shapes.setdefault(shape(name), []).append(name)

    def like(self, text: str) -> tuple[str, ...]:
        """Names that sound or look like ``text``, most of their characters the same."""
        most = max(1, len(text) // 3)
        return tuple(
            sorted(
                name
                for name in {*self._names.get(sound(text), ()), *self._shapes.get(shape(text), ())}
                if 0 < sum(a != b for a, b in zip(name, text, strict=True)) <= most
            )
        )


def sound(text: str) -> tuple[str, ...]:
    """The readings of the characters, the commonest of each.

    >>> sound("株洲") == sound("株州")
    True
    """
    return tuple(_reading(ch) for ch in text)


def shape(text: str) -> str:
    """The text with one character in place of all that look like it.

    >>> shape("未阳") == shape("末阳"), shape("衡阳") == shape("衡山")
    (True, False)
    """
    return text.translate(_alike())


@cache
def _alike() -> dict[int, str]:
    return {ord(ch): group[0] for group in word_file("shapes")["groups"] for ch in group[1:]}


@cache
def _reading(character: str) -> str:
    from pypinyin import Style, lazy_pinyin  # a tenth of a second to import: only where it is needed

    return str(lazy_pinyin(character, style=Style.NORMAL)[0])


def is_word(text: str) -> bool:
    """Whether it is one of the some 47 000 common words and phrases whose readings are known.

    >>> is_word("幅度"), is_word("福度")
    (True, False)
    """
    from pypinyin.constants import PHRASES_DICT

    return text in PHRASES_DICT


def corrected(
    question: Question, sounds: Callable[[], Sounds], written: Callable[[str], bool] = lambda text: False
) -> tuple[str, tuple[Correction, ...]]:
    """The question's clean text with what sounds like a name written as the name, and what was
    changed; the same text where every character is explained or nothing sounds alike. What is
    ``written`` so in a document is no slip: 岳阳石|化 is no 岳阳市."""
    text = question.clean
    content = question.content()
    told = firm = 0
    for alternatives in question.segments:
        first = alternatives[0]
        for i in range(first.start, first.end):
            told |= 1 << i
            # words of the question stay as they are: 最高几分 asks for no 高级; but what only fills may
            # be the beginning of another (那|些 for 哪些)
            asks = all(m.kind == "word" and m.rule != "filler" for m in alternatives)
            if first.end - first.start > 1 or asks:
                firm |= 1 << i
    left = [i for i in range(len(text)) if content >> i & 1 and not told >> i & 1 and _HAN.match(text[i])]
    if not left:
        return text, ()
    # 那家企业…多少: what asks already needs no 那 for 哪
    words = [m for alternatives in question.segments for m in alternatives if m.kind == "word"]
    asks_already = any(str(m.value).startswith("ask.") for m in words)
    known = sounds()
    names = {(a[0].start, a[0].end) for a in question.segments if any(m.kind == "entity" for m in a)}
    found: list[tuple[int, int, str]] = []
    for length in range(min(_LONGEST, len(text)), _SHORTEST - 1, -1):
        for start in range(len(text) - length + 1):
            window = text[start : start + length]
            touched = [i for i in left if start <= i < start + length]
            if not touched or not _HAN.fullmatch(window):
                continue
            if any(a < start + length and start < b for a, b, _ in found):
                continue
            for name in known.like(window)[:1]:
                wrong = [start + i for i, (a, b) in enumerate(zip(name, window, strict=True)) if a != b]
                if name in asking_words() and (asks_already or "的" in text[start + length :]):
                    continue  # 那家企业的供应商: that one
                whole = length > 2 or set(wrong) <= set(left) or name in asking_words()
                if any(written(text[max(0, i - 1) : i + 2]) for i in wrong if 0 < i < len(text) - 1):
                    continue
                if wrong == [start + length - 1] and (start, start + length - 1) in names:
                    continue  # 岳阳|石化: the name stands there as it is
                if whole and not any(firm >> i & 1 for i in wrong):
                    found.append((start, start + length, name))
    return _rewritten(text, found)


def _rewritten(text: str, found: list[tuple[int, int, str]]) -> tuple[str, tuple[Correction, ...]]:
    made = []
    for start, end, name in sorted(found):
        made.append(Correction(text[start:end], name))
        text = text[:start] + name + text[end:]  # as long as what it replaces
    return text, tuple(made)
