"""What the columns of a table in a document hold: their heads say it, and where a head says nothing, or
there is none, the cells do.

    序号 | 企业名称 | 所在镇街 | 产业链    → ordinal, firm, place, chain
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.documents.document import Passage, Table
from loaders.documents.rubric import cells
from ontology.gazetteer import gazetteer
from ontology.lexicon.name_cues import alternation, name_cues
from ontology.lexicon.names import OpenName, open_names

#: kind of a column ← words of its head; the first that fits
_HEADS: tuple[tuple[str, str], ...] = (
    ("ordinal", r"^(?:序号|编号|No\.?|排名|名次)$"),
    ("place", r"所在|注册地|地址|属地|^所属(?:地|区|县|市|镇|园)|^(?:产业)?园区(?:名称)?$"
              r"|^(?:所属)?(?:地区|区域|县区|县市区?|市县|区县|市州|州市|市区|镇街|街道|乡镇|区划|辖区)"),
    ("chair", r"链长"),
    ("leader", r"链主|龙头"),
    ("supplier", r"配套(?:单位|企业|厂)|供应商|供货(?:方|单位|企业)|供方"),
    ("buyer", r"采购(?:单位|企业|方)|需方|用户单位|客户|整机|主机厂"),
    ("holder", r"(?:依托|承建|承担|建设|运营|申报|挂靠|组建)(?:单位|机构|主体|企业)"),
    ("body", r"(?:牵头|责任|主管|负责|配合|支撑)(?:单位|部门|科室|处室)"),
    ("platform", r"平台|(?:中心|实验室|检测机构|服务机构|站点)(?:名称)?$"),
    ("chain", r"产业链|集群|链条|链群|^链名"),
    ("project", r"项目名称|工程名称"),
    ("product", r"产品|商品|品种|样品名称|食品名称|配套件|零部件"),
    ("firm", r"企业|公司|厂家|单位名称|(?:受检|被检|抽查|被抽查|生产|经营|销售|标称).{0,4}(?:单位|者)"),
)
_FIGURE = re.compile(r"[≥≤<>＜＞~约]?\s?-?\d[\d,，.]*\s?[^\d\s]{0,6}")
_EMPTY = re.compile(r"[-—–/…·\s]*|无")
_TOWN = re.compile(r"[一-鿿]{1,8}(?:镇|乡|街道|街道办|苏木)")
#: class of what a cell names as a whole → kind of its column
_SORTS = {
    "Enterprise": "firm", "Chain": "chain", "Cluster": "chain", "Institution": "body", "Platform": "platform",
}
_PARTS = re.compile(r"[、;；\n]|(?<=[)）])\s+|\s{2,}")


@dataclass(frozen=True)
class Columns:
    """The kinds of the columns, and the rows under their heads. Where a table has no heads all of its
    rows are rows of things, and ``heads`` are empty."""

    kinds: tuple[str, ...]
    heads: tuple[str, ...]
    rows: Sequence[Passage]

    def of(self, *kinds: str) -> list[int]:
        """The places of the columns of these kinds."""
        return [at for at, kind in enumerate(self.kinds) if kind in kinds]


def columns_of(table: Table) -> Columns | None:
    """The columns of a table; None where it has too few rows or cells to tell."""
    told = [words_of(row) for row in table.rows]
    if not told or len(told[0]) < 2:
        return None
    width = len(told[0])
    body = [row for row in told[1:] if 1 < len(row) <= width]
    kinds = tuple(_kind(told[0][at], [row[at] for row in body if at < len(row)]) for at in range(width))
    own = tuple(_by_cells([row[at] for row in told if at < len(row)]) for at in range(width))
    alike = [word for word, kind in zip(told[0], own, strict=True) if kind and kind == _by_cells([word])]
    if len(alike) > 1:  # the first row says no other things than those below it
        return Columns(own, ("",) * width, table.rows)
    return Columns(kinds, tuple(told[0]), table.rows[1:])


def words_of(row: Passage) -> list[str]:
    """The words of the cells of a row."""
    return [row.text[a:b].strip() for a, b in cells(row.text)]


def parts(cell: str) -> Iterator[tuple[int, int]]:
    """The things that are listed in a cell: 甲厂、乙厂."""
    at = 0
    for cut in [*_PARTS.finditer(cell), None]:
        end = cut.start() if cut is not None else len(cell)
        piece = cell[at:end]
        word = piece.strip()
        if word and not _EMPTY.fullmatch(word) and not _FIGURE.fullmatch(word):
            start = at + piece.index(word)
            yield start, start + len(word)
        at = cut.end() if cut is not None else end


def is_place(word: str) -> bool:
    """Whether a cell names a place or a park as a whole: 小榄镇, 株洲高新区."""
    if gazetteer().find(word) or _TOWN.fullmatch(word):
        return True
    return re.fullmatch(f"[一-鿿]{{2,18}}(?:{alternation(name_cues().parks)})", word) is not None


def _kind(head: str, body: Sequence[str]) -> str:
    told = [word for word in body if not _EMPTY.fullmatch(word)]
    if told and all(map(_FIGURE.fullmatch, told)):
        return "" if kind_of_head(head) != "ordinal" else "ordinal"
    by_cells = _by_cells(body)
    kind = kind_of_head(head)
    if kind == "chain" and by_cells == "place":
        return "place"  # a place is never a chain
    return kind or by_cells


def kind_of_head(head: str) -> str:
    """What the head of a column says that its cells are, or nothing."""
    word = re.sub(r"[\s“”\"'()（）]", "", head)
    if len(word) > 16:
        return ""
    return next((kind for kind, pattern in _HEADS if re.search(pattern, word)), "")


def _by_cells(body: Sequence[str]) -> str:
    """What most of the cells are."""
    told = [word for word in body if word and not _EMPTY.fullmatch(word)]
    if not told:
        return ""
    if all(re.fullmatch(r"\d{1,3}[.、]?", word) for word in told):
        return "ordinal"
    kinds = [_sort(word) for word in told]
    best = max(set(kinds), key=kinds.count)
    return best if best and 3 * kinds.count(best) >= 2 * len(kinds) else ""


def _sort(word: str) -> str:
    if is_place(word):
        return "place"
    for m in open_names(word):
        if isinstance(m.value, OpenName) and (m.start, m.end) == (0, len(word)):
            return _SORTS.get(m.value.cls, "")
    return ""
