"""Which period a figure is of, and whether it is aimed at or reached."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ontology.lexicon.dimensions import period as periods
from ontology.lexicon.mention import Mention, Period
from ontology.lexicon.normalise import fold

#: before a number these say that it is aimed at
_AIM = re.compile(
    r"力争|争取|确保|预计|有望|预期(?=[目增达到实为值])|目标(?:是|为|[:：])|计划(?=到|在|于|新|建|培|完|实|通|用)|拟(?![定奖录认入推表命授评])"
    r"|将(?=由|从|再|带|促|推|使|达|建|新|培|实|形|突|超|有|覆|完|稳|增|提|降|升|保|率先|进一步|全面)"
    r"|(?<![升降增减提高加扩少大截止长展跃涨落缩短年])(?:到|至)\s?20\d\d\s?年|20\d\d年底?前(?![\d一二两三四五六七八九十]{1,2}个?(?:月|季))|十[三四五六]五”?末|规划期末|年底前"
    r"|要(?=达|使|实现|力争|突破|冲|占|超过|提[高升到至]|增[加长到至]|降[低到至]|建成|从现)|(?<!\d)(?:未来|今后)?[两三四五六七八九十\d]{1,2}年内|(?:建成|投产|投用|达产|投运)后|(?<![必只需重主])要$|(?<=[位门地局委区县市镇关])要(?=[按加强抓推围突聚认持进全积主切结依])|(?<![必急])需(?:要)?(?=构建|建立|加快|加强|完善|强化|通过)"
)
#: words of aims that need no date
_STRIVES = re.compile(r"力争|争取|确保|目标(?:是|为|[:：])|计划(?=到|在|于)")
#: a period behind these is the date of something else
_SINCE = re.compile(r"(?:自|自从|始于|创立于|成立于|较|比|相较于|对比|由)$")
_ASIDE = re.compile(r"(?:自|从|自从|于|始于|源自)$")
#: 2018年版标准, 2023年以来: a year that is not the figure's
_OF_ELSE = re.compile(
    r"以来|的定|成立|版|标准|款|建成|创立|创办"
    # 去年6月通过验收，检测参数826项: the date of an event, where no figure stands with it
    r"|(?:正式|经[^,，\d]{2,10})?(?:获批|通过(?:验收|认定|审核)|揭牌|挂牌|投用|启用|上线|开工|投产|落户|落地|印发|发布|设立|开业|入驻)"
    r"[^,，。;；\d]{0,8}[,，]"
)
#: 到2017年底 by itself, which figures of aims and of what was so can follow
_BY_THEN = re.compile(r"(?:到|至)\s?20\d\d\s?年")
#: 90多家, 1万余人: nobody aims at about so many
_ABOUT_SO_MANY = re.compile(r"\d[万亿]?(?:多|余)[万亿]?(?=[一-鿿])(?![年天月小元])")
_REACHED = re.compile(r"(?:目前|当前|现)[^,，。;；]{0,14}?已")
#: 与2020年相比, the figure is of another year
_BESIDE = re.compile(r"(?:同期)?(?:相比|相较|比较|(?:基本|大体)?(?:持平|相当))")
_AHEAD = re.compile(
    r"(?:未来|今后)(?:[一二两三四五六七八九十\d]+年|一段时间|几年)|(?<!近)(?<!过去)[一二两三四五六七八九十\d]+年(?:之?内|时间)"
)
#: a year of which nobody knows from which date it counts
_UNKNOWN_YEAR = re.compile(r"(?:去年|前年|上年|上一年度?|今年|本年)")
#: years that a reader keeps in mind for the sentences that follow
_YEAR_WORD = re.compile(r"(?:去年|前年|上年|上一年度?)")
_NOW = re.compile(r"[^,，。]{0,6}(?:当前|目前|现已|已)")
#: 基础和目标: a section that tells of both aims at nothing by its title
_AIM_TITLE = re.compile(r"(?!.*(?:基础|现状|成效|成绩|回顾|形势|背景))(?:.*目标|.*规划指标|.*预期)")


def spoken_from(number: str, title: str) -> tuple[int | None, int | None]:
    """The year that an undated document speaks from, by its number (〔2021〕16号) or the span of the plan in
    its title, and the last year that it may call reached: a plan is drawn up at its beginning.

    >>> spoken_from("", "乙市质量提升行动计划(2024—2026年)")
    (2024, 2025)
    """
    numbered = re.search(r"[〔\[(（](20\d\d)[〕\])）]", number)
    if numbered is not None:
        return int(numbered[1]), int(numbered[1])
    for m in periods.find(fold(title), None):
        if isinstance(m.value, Period) and m.value.start.year < m.value.end.year:
            return m.value.start.year, m.value.start.year + 1
    return None, None


@dataclass
class Clock:
    """The date that a document speaks from and the period that the text is at."""

    today: date | None
    carried: Period | None = None
    base: Period | None = None
    here: str = ""
    #: section → the period that its first sentence opens with
    opened: dict[str, tuple[Period | None, bool]] = field(default_factory=dict)
    aim: bool = False
    #: the year that the document's number or its plan's span speaks from, where it has no date,
    #: and the last year of which it may tell what was reached
    since: int | None = None
    until: int | None = None
    #: whether ``carried`` and ``base`` were named as something aimed at
    carried_aim: bool = False
    base_aim: bool = False

    def at_section(self, around: Sequence[tuple[str, str]], document_title: str) -> None:
        """A new section, given as (id, title) from itself outwards: whether its figures are aims
        and their period come from its titles, else from how the sections around it opened."""
        self.here = around[0][0] if around else ""
        self.aim = any(_AIM_TITLE.search(title) for _, title in around[:2])
        self.base, self.base_aim = None, False
        for section, title in [*around, ("", document_title)]:
            found = [m.value for m in periods.find(title, None) if isinstance(m.value, Period)]
            # a plan's span is no period of what it reports
            if found and (self.aim or found[0].start.year == found[0].end.year):
                self.base = found[0]
            else:
                self.base, self.base_aim = self.opened.get(section, (None, False))
            if self.base is not None:
                break
        self.at_paragraph()

    def at_sentence(self, text: str) -> None:
        """A new sentence in a paragraph: a part of a year holds no longer where the section has its year;
        what is aimed at is not the time of what is so now."""
        held, base = self.carried, self.base
        if held is None or base is None or held == base:
            return
        shorter = held.start.year == base.start.year == base.end.year and len(held.text) > len(base.text)
        if shorter or (held.start > base.end and _NOW.match(text)):
            self.at_paragraph()

    def at_paragraph(self) -> None:
        """A new paragraph: only how the section opened holds on."""
        self.carried, self.carried_aim = self.base, self.base_aim

    def read(self, text: str, mentions: Sequence[Mention], outside: Sequence[tuple[int, int]]) -> None:
        """What a sentence that was read leaves behind: the last absolute period that stands by itself."""
        for m in mentions:
            year = _YEAR_WORD.match(m.text) if m.rule == "relative" else None
            value = self._value(m) if year or m.rule != "relative" else None
            if value is None or any(s <= m.start < e for s, e in outside):
                continue
            if _ASIDE.search(text[max(0, m.start - 3):m.start]) or _OF_ELSE.match(text, m.end):
                continue
            if _BESIDE.match(text, m.end):
                continue
            self.carried, self.carried_aim = value, self._aims(text[:m.end], text)
            if self.here not in self.opened and (m.start <= 4 or _opens(text, m)):
                self.base, self.base_aim = value, self.carried_aim
                self.opened[self.here] = (value, self.carried_aim)
        if any(c.isdigit() for c in text):  # a sentence without figures opens nothing
            self.opened.setdefault(self.here, (None, False))

    def of(
        self, mentions: Sequence[Mention], before: int, outside: Sequence[tuple[int, int]], text: str = "",
    ) -> Period | None:
        """The period of a figure at ``before``: the last one named before it, outside of
        comparisons, else the one that the text is at."""
        found: Period | None = None
        unknown = False
        for m in mentions:
            if m.start >= before:
                break
            if any(s <= m.start < e for s, e in outside):
                continue
            since = _SINCE.search(text[max(0, m.start - 3):m.start]) or _OF_ELSE.match(text, m.end)
            if text and (since or _BESIDE.match(text, m.end)):
                continue
            value = self._value(m)
            if value is not None:
                found = value
            elif self.today is None and _UNKNOWN_YEAR.match(m.text):
                found, unknown = None, True
                continue
            unknown = False
        if unknown:
            return None
        if found is None and (_AHEAD.search(text[:before]) or self._is_over(text[:before])):
            return None
        return found or self.carried

    @staticmethod
    def is_beside(text: str, m: Mention) -> bool:
        """与2022年相比: the period of what is compared with, and of nothing else."""
        return _BESIDE.match(text, m.end) is not None

    def _is_over(self, before: str) -> bool:
        """力争…: what is aimed at is not of the past year that was spoken of before."""
        held = self.carried
        over = held is not None and self.today is not None and held.end < self.today
        return over and not self.aim and bool(_STRIVES.search(before))

    def _value(self, m: Mention) -> Period | None:
        if m.rule != "relative":
            return m.value if isinstance(m.value, Period) else None
        # 全年, 上半年, 1至9月 are of the year that was named last
        if _HAS_NO_YEAR.match(m.text):
            if self.carried is not None:
                year = self.carried.start.year
                if self.carried.end.year == year:
                    return periods.parse(f"{year}年{m.text}", date(year, 12, 31)) or self.carried
                return self.carried
            if m.text in ("全年", "年内"):
                return None
        if self.today is None:
            return None
        value = m.value
        if isinstance(value, Period):
            return value
        return periods.parse(m.text, self.today)

    def _aims(self, before: str, text: str) -> bool:
        """Whether the words say that the sentence ``text`` aims at something. 到2017年底，有企业90多家: in a
        text without a date the figures say that it does not."""
        aims = list(_AIM.finditer(before))
        if not aims or _REACHED.search(before, aims[-1].end()):
            return False
        undated = self.today is None and self.since is None
        then = undated and all(_BY_THEN.fullmatch(m[0]) for m in aims)
        return not (then and _ABOUT_SO_MANY.search(text))

    def is_aim(self, before: str, period: Period | None, text: str = "") -> bool:
        """Whether the figure behind ``before`` (the sentence ``text`` so far) is aimed at."""
        if period is not None and self.today is not None:
            if period.start > self.today:
                return True
            if period.end < self.today and not self.aim:
                return False
        elif period is not None and self.since is not None and self.until is not None:
            if period.start.year > self.until:
                return True
            if period.end.year < self.since and not self.aim:
                return False
        if self.carried_aim and period is not None and period is self.carried:
            return True
        if self._aims(before, text or before):
            return True
        return self.aim and (period is None or self.today is None or period.end >= self.today)


def year_before(period: Period | None) -> Period | None:
    """The same stretch of the year before, where it is a whole year; else nobody knows which."""
    if period is None:
        return None
    return periods.parse(f"{period.end.year - 1}年", date(period.end.year, 12, 31))


def _opens(text: str, m: Mention) -> bool:
    """甲省装备制造业在2024年…: a year in the first words, before any figure."""
    at = m.start
    whole = len(m.text) == len("2024年")
    return at <= 16 and text[at - 1] == "在" and whole and not re.search(r"[\d,，。;；]", text[:at])


_HAS_NO_YEAR = re.compile(
    r"^(?:截[至止]到?|到|至)?(?:全年|当年|年内|年底|年末|上半年|下半年|前.季度|第?[一二三四]季度|\d{1,2}\s?月?\s?(?:至|到|[-—–~～－])"
    r"|\d{1,2}月|前\S{1,2}个?月)"
)
