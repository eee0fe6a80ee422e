"""Blocks → the tree of sections: chapters, sections, 专栏, tasks, phases, lists and their parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.documents.document import Document, Section
from loaders.documents.enumerations import Enumeration, enumerations
from loaders.documents.layout import Block
from loaders.documents.markers import BOLD_LEAD_RANK, BOLD_LINE_RANK, ITEM_RANK, LIST_RANK, Marker
from loaders.documents.opened import Form, Opened, letters
from loaders.documents.references import source_entry
from loaders.kept_aside import KeptAside
from ontology.lexicon import normalise

#: forms of markers that may number the items of a list
_LIST_FORMS = ("number", "number_bracket", "number_close", "circled")
_PLAIN_RANK = 2.5
_TITLE_END = re.compile(r"[。！？；!?;]|[:：](?!//)")
_CLAUSE_END = re.compile(r"[，,。；;:：！？!?]")
_TERMINAL = re.compile(r"[。！？；!?;]")
_UNITS = re.compile(
    r"(?:责任|牵头|配合|承办|主办|协办|参与|参加|落实)(?:单位|部门)\s?[:：]|按职责分工(?:负责|落实)"
)
_TASKS = re.compile(r"任务|重点工作|工作举措|主要举措")
_PHASE = re.compile(r"阶段")
_STEPS = re.compile(r"步骤|阶段|进度|安排|时序")
_SERIES = re.compile(r"(首先|其次|再次|再者|然后|此外|另外|同时|最后)[,，]")
_ASPECT = re.compile(r"([^，,。；;：:]{1,20}方面)[，,:：]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A block with the clean characters of its heading part (0 none, all for a mere heading), and
    where a title ends that is set into the text."""

    block: Block
    heading: int = 0
    title: int = 0


@dataclass(frozen=True)
class Outline:
    sections: tuple[Section, ...]
    units: Sequence[Unit]
    #: ids of the sections that begin or end inside a paragraph
    inline: frozenset[str] = frozenset()


def make_sections(document: Document, blocks: Sequence[Block]) -> Outline:
    """The outline of a document.

    >>> [s.title for s in make_sections(document, blocks).sections]  # doctest: +SKIP
    ['总体要求', '重点任务', '强化标准引领']
    """
    return _Builder(document, blocks).run()


class _Builder:
    def __init__(self, document: Document, blocks: Sequence[Block]) -> None:
        self.document = document
        self.blocks = blocks
        self.stack: list[Opened] = []
        self.all: list[Opened] = []
        self.numbers: dict[str, int] = {}
        self.tops = 0
        self.inner: set[int] = set()  # sections that hold numbered ones
        self.owner: Opened | None = None  # whose source list is being read
        self.cut: tuple[int, tuple[Opened, ...]] | None = None  # where what a box has cut goes on
        self.series: Opened | None = None  # in which 首先 … 其次 … is being read
        self.title = normalise.fold(document.title)
        self.front = self._front()
        self.numbered = any(
            b.kind == "text" and b.marker and b.marker.kind in ("chapter", "section", "cn", "part")
            for b in blocks
        )

    def run(self) -> Outline:
        units: KeptAside[Unit] = KeptAside()
        for i, block in enumerate(self.blocks):
            self._resume(block)
            if block.kind == "toc":
                continue
            if block.kind == "source_head":
                self._source_head(block)
                units.append(Unit(block, len(block.text)))
                continue
            if block.kind == "source":
                self._source(block)
                units.append(Unit(block))
                continue
            form = self._form(i, block) if block.kind == "text" else None
            if form is None:
                self._pop(BOLD_LEAD_RANK, block.start)
                units.append(Unit(block))
            else:
                self._open(block, form)
                units.append(Unit(block, form.heading, form.b))
            self._note_units(block)
            self._lists(i, block, form.heading if form else 0)
            self._note_cut(i, block)
        self._pop(0, max((b.end for b in self.blocks), default=0))
        inline = frozenset(self._id(o) for o in self.all if o.kind == "list" or o.form == "inline")
        return Outline(self._finished(), units, inline)

    # --- what a block is

    def _front(self) -> int:
        """Blocks before the first numbered heading of a document that has such headings."""
        for i, block in enumerate(self.blocks):
            if (
                block.kind == "text"
                and block.marker
                and block.marker.rank <= 5
                and block.marker.kind != "attachment"
            ):
                return i
        return 0

    def _form(self, i: int, block: Block) -> Form | None:
        text, found = block.text, block.marker
        if block.hashes:
            return self._hash_form(i, block)
        if found is None and i < 20 and len(text) <= 90 and normalise.fold(text) == self.title:
            return None
        if found is not None and found.kind == "attachment":
            bare = len(text) <= 40 and not re.search(r"[。！？；!?;:：]", text) and i > self.front
            return (
                Form(found.rank, "chapter", found.end, len(text), len(text), found.kind, found.number)
                if bare
                else None
            )
        if found is not None and not block.bulleted:
            if found.kind == "box":
                bare = len(text) <= 60 and not _TERMINAL.search(text) and text[-1:] not in ",，"
                return (
                    Form(found.rank, "box", found.end, len(text), len(text), "box", found.number)
                    if bare
                    else None
                )
            if found.kind in _LIST_FORMS and self._is_item(i, found):
                a, b, heading = self._title(block, found.end)
                return Form(self._item_rank(found.kind), "part", a, b, heading, found.kind, found.number)
            a, b, heading = self._title(block, found.end)
            heading = 0 if found.kind == "clause" else heading  # a clause is a statement
            return Form(found.rank, self._kind_of(found, block, b), a, b, heading, found.kind, found.number)
        if block.bulleted:
            a, b, heading = self._title(block, 0)
            return Form(self._item_rank("bullet"), "part", a, b, heading, "bullet")
        if block.head and block.head <= 45:
            b = len(text[: block.head].rstrip("。:：；;，, "))
            if block.head >= len(text.rstrip("。:：")):
                return Form(BOLD_LINE_RANK, "part", 0, b, len(text))
            return Form(BOLD_LEAD_RANK, "part", 0, b, 0)
        first = _SERIES.match(text)
        if first and (first.group(1) == "首先" or (self.series is not None and self.series is self._wider())):
            return self._series_form(text, first.end())
        if self._plain_heading(i):
            return Form(_PLAIN_RANK, "section", 0, len(text), len(text), "plain")
        if self._plain_lead(i) and (self._plain_lead(i - 1) or self._plain_lead(i + 1)):
            end = _TITLE_END.search(text)
            return Form(BOLD_LEAD_RANK, "part", 0, end.start() if end else 0, 0)
        return None

    def _wider(self) -> Opened | None:
        """The innermost open section that is more than a part set into the text."""
        return next((o for o in reversed(self.stack) if o.rank < BOLD_LEAD_RANK), None)

    def _series_form(self, text: str, a: int) -> Form | None:
        """A paragraph of a series: 首先，… 其次，… 最后，…"""
        end = _TITLE_END.search(text, a)
        b = end.start() if end else len(text)
        if b - a > 25:
            clause = _CLAUSE_END.search(text, a)
            b = clause.start() if clause and clause.start() - a <= 40 else a + 30
        if len(text) - b < 20:
            return None
        self.series = self._wider()
        return Form(BOLD_LEAD_RANK, "part", a, b, 0, "series")

    def _hash_form(self, i: int, block: Block) -> Form | None:
        found = block.marker
        text = block.text
        if found is None:
            if normalise.fold(text) == self.title or (i < self.front and self.numbered):
                return None
            if len(text) > 80 and _TERMINAL.search(text[:-1]):
                return None
            return Form(float(self._hash_rank(block)), "section", 0, len(text), len(text), "hash")
        a, b, heading = self._title(block, found.end)
        return Form(found.rank, self._kind_of(found, block, b), a, b, heading, found.kind, found.number)

    def _hash_rank(self, block: Block) -> float:
        """A heading without a number stands below the nearest one with fewer #."""
        hashed = [o for o in self.stack if o.hashes]
        if not hashed:
            return 7.5 if self.numbered and self.stack else 0.2 * block.hashes
        if block.hashes > hashed[-1].hashes:
            return hashed[-1].rank + 0.1
        fellow = next((o for o in reversed(hashed) if o.hashes == block.hashes and o.form == "hash"), None)
        if fellow is not None:
            return fellow.rank
        return 7.5 if self.numbered else 0.2 * block.hashes

    def _kind_of(self, found: Marker, block: Block, title_end: int) -> str:
        if found.kind in ("part", "chapter"):
            return "chapter"
        if found.kind == "box":
            return "box"
        if found.kind == "cn" and not any(o.rank < found.rank for o in self.stack):
            return "chapter"
        cut = block.text[title_end : title_end + 1]
        return "part" if cut in ("，", ",") and not block.hashes else "section"

    def _title(self, block: Block, a: int) -> tuple[int, int, int]:
        """Where the title of a heading or item begins and ends, and how much of the block is mere heading."""
        text = block.text
        if block.head > a and (block.head >= len(text) - 1 or block.head - a <= 45):
            b = block.head
        else:
            whole = text.rstrip("。:：")
            found = _TITLE_END.search(text, a)
            aspect = _ASPECT.match(text, a)
            if aspect:
                b = aspect.end(1)
            elif len(whole) - a <= 60 and not (found and found.start() < len(whole)):
                b = len(whole)
            elif found and found.start() - a <= (25 if re.search(r"[，,]", text[a : found.start()]) else 40):
                b = found.start()
            else:
                clause = _CLAUSE_END.search(text, a)
                b = clause.start() if clause and clause.start() - a <= 40 else min(a + 30, len(text))
        while b > a and text[b - 1] in "。:：；;，, ":
            b -= 1
        rest = text[b:].strip("。:： ")
        only = not rest and not block.bulleted and not (len(text) > 45 and not block.hashes)
        return a, b, len(text) if only else 0

    def _is_item(self, i: int, found: Marker) -> bool:
        """Does a number open an item of a list (and not a section)?"""
        for opened in reversed(self.stack):
            if opened.rank < LIST_RANK:
                break
            if opened.form == found.kind:
                return True
        before = self.blocks[i - 1] if i else None
        if before is None or before.kind != "text" or before.text[-1:] not in ":：" or before.hashes:
            return False
        for after in self.blocks[i + 1 : i + 10]:
            if after.marker and after.marker.kind == found.kind:
                return found.number == "1" and after.marker.number == "2"
            if not after.bulleted:
                return False
        return False

    def _item_rank(self, form: str) -> float:
        for opened in reversed(self.stack):
            if opened.form == form and opened.rank >= LIST_RANK:
                return opened.rank
            if opened.kind == "list":
                return opened.rank + 0.1
            if opened.rank >= ITEM_RANK:
                return opened.rank + 0.2
        return ITEM_RANK

    def _plain_heading(self, i: int) -> bool:
        """A short line of its own in a text without numbered headings, followed by a paragraph."""
        block = self.blocks[i]
        text = block.text
        if self.numbered or i == 0 or not block.blank or len(text) > 60 or normalise.fold(text) == self.title:
            return False
        if not len(text) >= 4 or text[-1] in "。；;,，:：、!！" or re.search(r"[。；]", text):
            return False
        if not re.match(r"[\w“\"《<【「]", text) or re.match(
            r"(?:本版|记者|通讯员|来源|作者|编辑|责编|发布|图为)", text
        ):
            return False
        if re.fullmatch(r"[\d年月日:\-/. ]+", text):
            return False
        if "**" in self.document.text[block.start : block.end]:  # a figure set off inside a statement
            return False
        for after in self.blocks[i + 1 : i + 4]:
            if after.kind != "text" or not after.blank:
                return False
            if len(after.text) >= 30 and _TERMINAL.search(after.text):
                return True
            if len(after.text) > 40 or after.text[-1] in "。；;,，":
                return False
        return False

    def _plain_lead(self, i: int) -> bool:
        """A paragraph that opens with a very short sentence, as a title set into the text."""
        if not 0 <= i < len(self.blocks):
            return False
        block = self.blocks[i]
        if block.kind != "text" or block.marker or block.hashes or block.bulleted or block.head:
            return False
        first = _TITLE_END.search(block.text)
        return bool(first and first.group() == "。" and 2 <= first.start() <= 16 and len(block.text) >= 40)

    # --- building the tree

    def _note_cut(self, i: int, block: Block) -> None:
        """A paragraph that a box cuts in two goes on behind the box, and so do the sections it stands in."""
        behind = block.spans[-1][0]
        if self.stack and i + 1 < len(self.blocks) and self.blocks[i + 1].start < behind:
            self.cut = (behind, tuple(self.stack))

    def _resume(self, block: Block) -> None:
        """Back to the sections that a box has cut: what the box opened ends there."""
        if self.cut is None or block.start < self.cut[0]:
            return
        (at, around), self.cut = self.cut, None
        wider = [o for o in around if o.rank < BOLD_LEAD_RANK]
        known = {id(o) for o in wider}
        while self.stack and id(self.stack[-1]) not in known:
            self._pop(self.stack[-1].rank, at)
        for opened in wider[len(self.stack) :]:
            opened.cut = True
            self.stack.append(opened)

    def _pop(self, rank: float, end: int) -> None:
        while self.stack and self.stack[-1].rank >= rank:
            opened = self.stack.pop()
            opened.end = opened.end if opened.cut else end

    def _open(self, block: Block, form: Form) -> Opened:
        self._pop(form.rank, block.start)
        written = block.clean.written(self.document.text, form.a, form.b)
        label = block.clean.written(self.document.text, 0, form.a).strip(" 、:：.") if form.a else ""
        body = block.clean.offsets[form.heading] if form.heading < len(block.text) else block.end
        if not form.heading and form.b < len(block.text):
            body = block.clean.offsets[form.b]
        parent = self.stack[-1] if self.stack else None
        opened = self._push(form, label, written, block.start, body, parent)
        opened.hashes = block.hashes
        if parent is not None and parent.kind == "list":
            opened.lead = parent.lead
        return opened

    def _push(
        self, form: Form, label: str, title: str, start: int, body: int, parent: Opened | None
    ) -> Opened:
        opened = Opened(
            number=self._number(form, parent),
            label=label,
            title=title,
            kind=form.kind,
            rank=form.rank,
            start=start,
            body=body,
            parent=parent,
            level=parent.level + 1 if parent else 1,
            form=form.form,
        )
        if parent:
            parent.children += 1
        self.stack.append(opened)
        self.all.append(opened)
        return opened

    def _number(self, form: Form, parent: Opened | None) -> str:
        """The path of numbers; what has none counts on its own: in digits where all its fellows have none."""
        own = form.number
        if form.kind == "box":
            path = f"专栏{own}" if own else "专栏"
        elif form.form == "attachment":
            path = f"附件{own}"
        else:
            if not own or form.form == "decimal":
                own = own.rpartition(".")[2] if own else self._ordinal(parent, form)
            path = f"{parent.number}.{own}" if parent else own
        seen = self.numbers.get(path, 0) + 1
        self.numbers[path] = seen
        return path if seen == 1 else f"{path}~{seen}"

    def _ordinal(self, parent: Opened | None, form: Form) -> str:
        if parent is None:
            self.tops += 1
            return letters(self.tops) if self.numbered else str(self.tops)
        parent.unnumbered += 1
        digits = parent.kind in ("list", "part", "box") and form.kind != "list"
        return str(parent.unnumbered) if digits else letters(parent.unnumbered)

    # --- lists, units, sources

    def _lists(self, i: int, block: Block, heading: int) -> None:
        """Open a list after the sentence that introduces it; add the enumerations inside a paragraph."""
        if block.kind != "text" or heading >= len(block.text):
            return
        for found in enumerations(block.text):
            self._inline(block, found)
        after = self.blocks[i + 1] if i + 1 < len(self.blocks) else None
        if block.text[-1:] not in ":：" or after is None or after.kind != "text":
            return
        numbered = (
            after.marker is not None
            and after.marker.kind in _LIST_FORMS
            and self._is_item(i + 1, after.marker)
        )
        if not (after.bulleted or numbered):
            return
        cut = max(block.text.rfind(mark, 0, len(block.text) - 1) for mark in "。；;！？")
        start = block.clean.offsets[min(cut + 1, len(block.text) - 1)]
        title = block.clean.written(self.document.text, cut + 1).rstrip(":： ")
        parent = self.stack[-1] if self.stack else None
        rank = max(LIST_RANK, parent.rank + 0.1 if parent else 0)
        opened = self._push(Form(rank, "list", 0, 0, 0), "", title, start, block.end, parent)
        opened.lead = title

    def _inline(self, block: Block, found: Enumeration) -> None:
        def place(at: int) -> int:
            return block.clean.offsets[at] if at < len(block.text) else block.end

        written = block.clean.written
        title = written(self.document.text, found.lead[0], found.lead[1]).rstrip(":：，, ")
        parent = self.stack[-1] if self.stack else None
        rank = max(LIST_RANK, parent.rank + 0.1 if parent else 0)
        group = self._push(
            Form(rank, "list", 0, 0, 0), "", title, place(found.lead[0]), place(found.lead[1]), parent
        )
        group.lead = title
        for item in found.items:
            form = Form(rank + 0.1, "part", item.a, item.b, 0, "inline", str(item.number))
            label = written(self.document.text, item.start, item.a).strip("，, ")
            part = self._push(
                form,
                label,
                written(self.document.text, item.a, item.b),
                place(item.start),
                place(item.b),
                group,
            )
            part.lead = title
            self._pop(rank + 0.1, block.clean.offsets[item.end - 1] + 1)
        self._pop(rank, block.clean.offsets[found.items[-1].end - 1] + 1)

    def _note_units(self, block: Block) -> None:
        if _UNITS.search(block.text):
            for opened in reversed(self.stack):
                if opened.rank <= 7:
                    opened.has_units = True
                    return

    def _source_head(self, block: Block) -> None:
        """The list belongs to the innermost section whose heading is wider than the list's own."""
        self._pop(BOLD_LINE_RANK, block.start)
        self.owner = self.stack[-1] if self.stack else None
        if block.hashes:
            for opened in reversed(self.stack):
                if opened.hashes and opened.hashes < block.hashes:
                    self.owner = opened
                    break

    def _source(self, block: Block) -> None:
        owner = self.owner or (self.stack[-1] if self.stack else None)
        if owner is None:
            return
        entry = source_entry(self.document.text, block)
        if entry is not None:
            owner.sources.append(entry)

    def _id(self, opened: Opened) -> str:
        return f"section:{self.document.id}/{opened.number}"

    def _finished(self) -> tuple[Section, ...]:
        self.inner = {id(o.parent) for o in self.all if o.parent is not None and o.rank <= 7}
        ordered = sorted(self.all, key=lambda o: (o.start, o.level))
        sections = []
        for order, opened in enumerate(ordered, 1):
            sections.append(
                Section(
                    id=self._id(opened),
                    number=opened.number,
                    label=opened.label,
                    title=opened.title,
                    level=opened.level,
                    kind=self._final_kind(opened),
                    start=opened.start,
                    end=opened.end,
                    parent=self._id(opened.parent) if opened.parent else "",
                    sources=tuple(opened.sources),
                    order=order,
                    body=opened.body,
                    lead=opened.lead,
                )
            )
        return tuple(sections)

    def _final_kind(self, opened: Opened) -> str:
        if opened.kind not in ("section", "part") or opened.rank > 7:
            return opened.kind
        if opened.has_units:
            return "task"
        wider = opened.parent
        if _PHASE.search(opened.title) and (
            re.search(r"\d{4}年", opened.title) or (wider and _STEPS.search(wider.title))
        ):
            return "phase"
        inner = id(opened) in self.inner
        while wider is not None and not inner and opened.form in ("cn_bracket", "number"):
            if _TASKS.search(wider.title):
                return "task"
            wider = wider.parent
        return opened.kind
