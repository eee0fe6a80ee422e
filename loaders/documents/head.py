"""What the head of a document says of it: title, number, issuer, date, draft or not, place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import zip_longest

from loaders.documents.document import Document
from loaders.documents.layout import Block
from loaders.documents.markers import arabic
from ontology.gazetteer import COUNTRY, Place, gazetteer, is_in_word
from ontology.lexicon.normalise import clean, fold

_HEAD = 40  # blocks that may belong to the head
#: what kinds of documents call themselves
_KIND = re.compile(
    r"(?:规划|纲要|方案|计划|意见|办法|细则|规定|条例|规范|指南|导则|标准|要求|通知|通报|通告|公告|公报|公示|决定|报告|函|清单|目录|名单|措施|制度)"
    r"(?:[（(][^（）()]{1,20}[)）])?$"
)
#: what a body makes known under its name: …关于…结果的公告
NOTICE = re.compile(r"关于.{2,60}的(?:通知|通报|公告|通告|公示|函)(?:[(（][^()（）]{1,16}[)）])?$")
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,14}[〔\[(（【〈]\s?(?:19|20)\d{2}\s?[〕\])）】〉]\s?第?\s?\d{1,4}\s?号"
)
_ISSUER = re.compile(
    r"[\u4e00-\u9fff]{2,30}?(?:人民政府|政府|委员会|办公厅|办公室|管理局|监督局|总局|联席会议|领导小组|[\u4e00-\u9fff]局|[\u4e00-\u9fff]厅|[\u4e00-\u9fff]委|部)$"
)
#: 发布机构: in what a page tells of its document, perhaps with the name in the next line
_ISSUER_LABEL = re.compile(r"(?:发布|发文|制定|公开|印发)(?:机构|机关|单位|部门)\s?[:：]\s*(?P<who>.*)$")
_NOTICE = re.compile(r"^(?P<issuer>[\u4e00-\u9fff、 ]{3,40}?)(?:关于|印发|发布)")
_WRAPS = re.compile(
    r"(?:印发|发布|转发|公布)(?:[^《》]{0,30})《(?P<title>[^《》]{4,80}(?:《[^《》]{1,60}》[^《》]{0,40})?)》"
)
_DATE = re.compile(
    r"(?P<y>(?:19|20)\d{2}|[二〇○零一三四五六七八九]{4})\s?[年./-]\s?(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})(?:\s?[月./-]"
    r"(?:\s?(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})(?:\s?日)?)?)?"
)
#: the date behind a signature, in the same line
_SIGNED = re.compile(
    r"(?:(?:19|20)\d{2}|[一二][〇○零九一二三四五六七八]{3})年[\d一二三四五六七八九十]{1,2}月(?:[\d一二三四五六七八九十]{1,3}日)?$"
)
_DATED = re.compile(
    r"^(?:(?:发布|更新|上传|录入|发表|刊发|报送|编辑|供稿)(?:时间|日期|于)?|发文日期|成文日期|印发日期|日期|时间|来源)"
    r"[^\d二,，。;；]{0,20}"
)
_SPOKEN = re.compile(r"[—–-]*\s*(?P<date>(?:19|20)\d{2}年\d{1,2}月\d{1,2}日)在[^,，。;；]{4,60}上")
_AFTER_DATE = (
    r"(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?\s*"
    r"(?:(?:来源|信息来源|作者|记者|浏览|阅读|点击|字体|字号|编辑|责任编辑|责编|发布|星期|第\d+版|版面)[^,，。;；]*)?"
)
_DRAFT = re.compile(r"征求意见稿|公开征求意见|草案|讨论稿|送审稿")
_BYLINE = re.compile(
    r"^(?:本版|记者|通讯员|来源|作者|编辑|责编|发布|摘要|附件|目录|[·•\-—]|索引号|主题)|浏览次数|文件$"
)
_LEVELS = {"省": "province", "市": "prefecture", "县": "county", "区": "county", "州": "prefecture"}
#: 各市(含甲市)市场监管局： those to whom it is sent are not those it is about
ADDRESSED = re.compile(r"各[省市县区州地单部有直].{0,160}[:：]\s*$", re.DOTALL)
#: 省局机关, 市市场监管局: the level of who speaks, where nothing else says it
_SPEAKS = re.compile(
    r"(?<![一-鿿])([省市县区州])(?:人民政府|政府|局|[一-鿿]{2,10}(?:[局厅委]|委员会|办公室))"
)


def read_head(document: Document, blocks: Sequence[Block]) -> Document:
    """The document with title, number, issuer, dated, draft and place filled in."""
    text = document.text
    head = list(_head(blocks))
    tail = [b for b in blocks[-6:] if b.kind == "text"]
    titles = [b for b in head if b.marker is None and _may_be_title(b)]
    title = _title(text, titles, head, blocks)
    number = next((m for b in head if (m := _number(text, b))), "")
    issuer = _issuer(text, head, tail)
    dated = next((d for b in head if (d := _date_line(b))), None) or next(
        (d for b in tail if (d := _date_line(b))), None
    )
    first = title + " ".join(b.text for b in head if len(b.text) < 40)
    return replace(
        document,
        title=title,
        number=number,
        issuer=issuer,
        dated=dated,
        draft=bool(_DRAFT.search(first)),
        place=_place(title, issuer, blocks),
    )


def _head(blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks before the first numbered heading."""
    for block in blocks[:_HEAD]:
        if block.kind == "toc":
            continue
        if block.kind != "text" or (
            block.marker and block.marker.rank <= 5 and block.marker.kind != "attachment"
        ):
            return
        yield block


def _may_be_title(block: Block) -> bool:
    text = block.text
    if not 4 <= len(text) <= 90 or text[-1] in "。；;，,：:" or "。" in text:
        return False
    bracketed = text[0] in "(（" and text[-1] in ")）"
    return not (bracketed or _BYLINE.search(text) or _date_line(block) or _NUMBER.fullmatch(text))


def _title(text: str, titles: Sequence[Block], head: Sequence[Block], blocks: Sequence[Block]) -> str:
    """The document's own title: what a covering notice wraps, else the line that calls itself a
    document, else the first line that may be one."""
    for block in titles:
        wrapped = _WRAPS.search(block.text)
        if wrapped:
            inner = fold(wrapped.group("title"))
            found = next((b for b in blocks[: 2 * _HEAD] if b is not block and fold(b.text) == inner), None)
            if found is not None:
                return found.clean.written(text)
    named = [b for b in titles if _KIND.search(b.text)]
    chosen = (named or titles)[:1]
    if chosen:
        return chosen[0].clean.written(text)
    texts = [b for b in blocks if b.kind == "text"]
    first = next((b for b in texts if not ADDRESSED.match(b.text)), texts[0] if texts else None)
    if first is None:
        return ""
    a = first.marker.end if first.marker else 0
    return first.clean.written(text, a)[:60].strip() if a < len(first.text) else ""


def _number(text: str, block: Block) -> str:
    found = _NUMBER.search(block.text)
    if found is None or len(block.text) > len(found.group()) + 6:
        return ""
    return block.clean.written(text, *found.span())


def _issuer(text: str, head: Sequence[Block], tail: Sequence[Block]) -> str:
    """Who signs: a line in the head, the subject of a notice, or the signature."""
    for block, following in zip_longest(head, head[1:]):
        label = _ISSUER_LABEL.match(block.text)
        told = label["who"] or (following.text if following is not None else "") if label is not None else ""
        named = re.sub(r"[(（].*[)）]$", "", told.replace(" ", ""))  # 甲市市场监管局(知识产权局)
        if len(named) <= 40 and _ISSUER.fullmatch(named):
            return named
    for block in head:
        line = block.text.replace(" ", "")
        if line.endswith("文件") and _ISSUER.search(line[:-2]):
            return line[:-2]
    for block in head:
        found = _NOTICE.match(block.text.replace(" ", ""))
        by = ("根据", "按照", "依据", "落实", "为", "经")
        sent = found is not None and not found.group("issuer").startswith(by)
        if found and sent and len(block.text) < 90 and _ISSUER.match(found.group("issuer")):
            return found.group("issuer")
    for block in (*head, *reversed(tail)):
        line = _SIGNED.sub("", block.text.replace(" ", ""))  # 甲市人民政府办公室 二〇二一年十二月
        if len(line) <= 40 and block.marker is None and _ISSUER.fullmatch(line):
            return line
    return ""


def _date_line(block: Block) -> date | None:
    return date_line(block.text)


def is_of_head(text: str) -> bool:
    """A line that says of the document when it is from or what number it has, and states nothing."""
    return date_line(text) is not None or _NUMBER.fullmatch(text.strip()) is not None


def date_line(text: str) -> date | None:
    """The date of a line that says no more than when, and perhaps by whom or from where.

    >>> date_line("乙市统计局 2025年3月20日"), date_line("2023-05-30 来源：乙市日报")
    (datetime.date(2025, 3, 20), datetime.date(2023, 5, 30))
    >>> date_line("2025年3月20日产量12万吨")
    """
    line = text.strip("()（） ")
    if len(line) > 80:
        return None
    lead = _DATED.match(line)
    found = _DATE.match(line, lead.end() if lead else 0)
    spoken = _SPOKEN.fullmatch(line)
    if spoken is not None:  # ——2025年1月8日在乙市第八届人民代表大会上
        line = spoken["date"]
        found = _DATE.match(line)
    if found is None or (not lead and len(line) > len(found.group()) + 2):
        found = next((m for m in _DATE.finditer(line) if _is_signed(line, m)), None)
    if found is None:
        return None
    year = found.group("y")
    if not year.isdigit():
        year = "".join(str("〇一二三四五六七八九".find("〇" if c in "零○" else c)) for c in year)
    month, day = arabic(found.group("m")), arabic(found.group("d") or "1")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _is_signed(line: str, m: re.Match[str]) -> bool:
    """Whether only a body or a paper stands before the date, and only where it comes from behind it."""
    before, after = line[: m.start()].strip(), line[m.end() :].strip()
    if not m.group("d") and not _ISSUER.fullmatch(before.replace(" ", "")):
        return False
    return (
        len(before) <= 24
        and not re.search(r"[,，。;；!！?？《》到至自从于在]|20\d\d", before)
        and not _KIND.search(before)
        and re.fullmatch(_AFTER_DATE, after) is not None
    )


def _place(title: str, issuer: str, blocks: Sequence[Block]) -> str:
    """The place that the document is about: of its title, its issuer, else the one named most,
    at the level that 我省/全市/我县 names."""
    national = False  # 中国钛谷有了检测平台: what calls itself after the country may be of a town
    for words in (title, issuer):
        found = [place for _, place in _named(clean(words).text)]
        if found and any(place.code != COUNTRY for place in found):
            return _settle(found)
        national = national or bool(found)
    counts: Counter[str] = Counter()
    hints: Counter[str] = Counter()
    speaks: Counter[str] = Counter()
    read = 0
    for block in blocks:
        if block.kind not in ("text", "row"):
            continue
        text = block.text[:2000]
        read += len(text)
        for level in _SPEAKS.findall(text):
            speaks[_LEVELS[level]] += 1
        if ADDRESSED.match(text):
            continue
        for hint in re.findall(r"[我全](省|市|县|区|州)(?!域|场)", text):
            hints[_LEVELS[hint]] += 1
        for _, place in _named(text):
            counts[place.code] += 1
        if read > 20_000:
            break
    known = gazetteer()
    if hints:
        wanted = hints.most_common(1)[0][0]
        at_level = [(n, code) for code, n in counts.items() if (p := known.place(code)) and p.level == wanted]
        # what is said of its parts counts for the wider place
        best = max(at_level, default=None)
        return best[1] if best else ""
    level = speaks.most_common(1)[0][0] if speaks else ""
    of_level = [code for code in counts if (p := known.place(code)) and p.level == level]
    if len(of_level) == 1 and not national:
        return of_level[0]
    best = max(((n, code) for code, n in counts.items()), default=None)
    if national:
        return best[1] if best and best[0] >= 3 else COUNTRY
    return best[1] if best and best[0] >= 2 else ""


def _settle(found: Sequence[Place]) -> str:
    """The narrowest of the places named first: 湖南省株洲市天元区 → 天元区."""
    known = gazetteer()
    best = found[0]
    for place in found[1:]:
        if known.contains(best.code, place.code):
            best = place
    return best.code


def _named(text: str) -> Iterator[tuple[int, Place]]:
    """Places named in a text, longest names first; an ambiguous name only where a wider place
    named before decides."""
    known = gazetteer()
    i = ended = 0
    surfaces = _surfaces()
    before: list[Place] = []
    while i < len(text) - 1:
        if not "\u3400" <= text[i] <= "\u9fff":
            i += 1
            continue
        behind = before[-1].code if before and ended == i else ""
        for size in range(min(12, len(text) - i), 1, -1):
            name = text[i : i + size]
            # 河北清河: right behind a wider place a short name that many places bear says which it is
            inside = known.find(name, within=behind) if behind else ()
            if name not in surfaces and len(inside) != 1:
                continue
            if is_in_word(text, i, i + size):
                continue
            places = inside if len(inside) == 1 else known.find(name)
            if len(places) > 1:
                places = (
                    tuple(p for p in places if any(known.contains(w.code, p.code) for w in before)) or places
                )
            if len(places) == 1:
                yield i, places[0]
                before.append(places[0])
                i += size - 1
                ended = i + 1
                break
        i += 1


@cache
def _surfaces() -> frozenset[str]:
    """Names that say "place" by themselves."""
    return frozenset(surface for surface, _ in gazetteer().names())
