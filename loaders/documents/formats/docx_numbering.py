"""The numbers that Word sets before paragraphs by itself (一、 （二） 3.): they are no text of the
file, and what is numbered cannot be told without them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, Final

from docx.oxml.ns import qn

_DIGITS: Final = "零一二三四五六七八九"
_CHINESE: Final = frozenset(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "ideographDigital",
        "japaneseCounting",
        "taiwaneseCountingThousand",
    )
)
_VAL = qn("w:val")


class Numbering:
    """Counts the paragraphs of one document, in order."""

    def __init__(self, document: Any) -> None:
        self.levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self.of_style: dict[str, tuple[str, int]] = {}
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)
        self.abstract: dict[str, str] = {}
        part = next(
            (
                rel.target_part
                for rel in document.part.rels.values()
                if rel.reltype.endswith("/numbering") and not rel.is_external
            ),
            None,
        )
        element = getattr(part, "element", None)
        if element is None:
            return
        for number in element.iter(qn("w:num")):
            named = number.find(qn("w:abstractNumId"))
            if named is not None:
                self.abstract[number.get(qn("w:numId"), "")] = named.get(_VAL, "")
        for abstract in element.iter(qn("w:abstractNum")):
            for level in abstract.iter(qn("w:lvl")):
                at = level.get(qn("w:ilvl"), "0")
                key = (abstract.get(qn("w:abstractNumId"), ""), int(at) if at.isdigit() else 0)
                start = _value(level, "w:start", "1")
                self.levels[key] = (
                    _value(level, "w:numFmt", "decimal"),
                    _value(level, "w:lvlText", ""),
                    int(start) if start.isdigit() else 1,
                )
        for style in document.styles.element.iter(qn("w:style")):
            place = self._place(style)
            if place is not None:
                self.of_style[style.get(qn("w:styleId"), "")] = place

    def label(self, paragraph: Any, style: str) -> str:
        """What stands before this paragraph: ``一、``, ``- `` for a bullet, nothing."""
        place = self._place(paragraph) or self.of_style.get(style)
        if place is None:
            return ""
        number, level = place
        abstract = self.abstract.get(number)
        if abstract is None or (abstract, level) not in self.levels:
            return ""
        form, pattern, start = self.levels[abstract, level]
        if form == "bullet":
            return "- "
        counts = self.counts[abstract]
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        if form == "none":
            return ""

        def written(found: re.Match[str]) -> str:
            at = int(found.group(1)) - 1
            its_form, _, its_start = self.levels.get((abstract, at), (form, "", 1))
            return _written(counts.get(at, its_start), its_form)

        said = re.sub(r"%(\d)", written, pattern)
        return said if said.endswith(("、", "．", "）", ")")) else f"{said} "

    def _place(self, element: Any) -> tuple[str, int] | None:
        properties = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if properties is None:
            return None
        number, level = _value(properties, "w:numId", ""), _value(properties, "w:ilvl", "0")
        return (number, int(level)) if number not in ("", "0") and level.isdigit() else None


def _value(element: Any, name: str, default: str) -> str:
    found = element.find(qn(name))
    return default if found is None else str(found.get(_VAL, default))


def _written(number: int, form: str) -> str:
    if form in _CHINESE and 0 < number < 100:
        tens, ones = divmod(number, 10)
        return ("" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (
            _DIGITS[ones] if ones else ""
        )
    if form in ("lowerLetter", "upperLetter") and 0 < number <= 26:
        return chr((97 if form == "lowerLetter" else 65) + number - 1)
    return str(number)
