"""Figures in prose → :class:`ObservationFact`.

    合格率达到94.12%，较2023年提升0.89个百分点    → a level and a change of one metric

A grammar over typed mentions (quantities, periods, comparisons, names), not a pattern for
each kind of sentence: ``clauses`` cuts the passage, ``figures`` reads each quantity with
the words around it, ``subjects`` says whose it is, ``phrases`` what is measured, ``qualify``
what only qualifies it, ``timing`` when, and whether it was reached or is aimed at.

Keys of a figure's ``scope``: 比较 (beside what, or since when), 方向 (下降, 低于), 口径 (年均, 每年),
地区 (where a trade or a product is), 行业 (the trade that the section or the words before are about),
产品, 规模 (of the firms), 范围 (the field, or among whom a rank is), 总数 (how many the part is of),
包括 (examples), 地点 (where in it something is set up),
对象 (several things with one figure together), 主体 (who it was, where no subject)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from loaders.documents.document import Document, Passage
from loaders.documents.head import ADDRESSED, is_of_head
from loaders.documents.names_read import NamesRead
from loaders.documents.observations import cues, phrases
from loaders.documents.observations.clauses import clauses, unit_at_the_end
from loaders.documents.observations.figures import Reader
from loaders.documents.observations.reading import Figure
from loaders.documents.observations.subjects import Named, Subjects
from loaders.documents.observations.timing import Clock, spoken_from
from loaders.facts import ObservationFact, Thing
from ontology.lexicon.dimensions import comparison as comparisons
from ontology.lexicon.dimensions import figures_and_periods
from ontology.lexicon.normalise import clean
from ontology.model import Ontology
from ontology.read import load_ontology

__all__ = ["figures_in_prose", "observations"]

_IS_OF = re.compile(r"(?<!最[一-鿿])(?<!最[一-鿿]{2})(?<![末首]位)(?<!第一)(?<!前列)的(?:正|就)?是")
#: ——这是甲平台上线一年的账单: of whom the figures before it were
_ACCOUNT = re.compile(
    r"[^,，。;；]{0,24}(?:账单|成绩单|答卷|数据|家底|变化|写照|战绩|成效|手笔|底气|速度|清单|画像|成绩)$"
)
_THIS_IS_OF = re.compile(r"这(?:就|便|也|正)?是")
#: where and by whom a report was written, before it begins
_BYLINE = re.compile(
    r"^\s*(?:[^,，。;；]{2,30}\s(?=本报讯))?(?:【[^】]{1,16}[讯讯电]】|(?:本报|本网|新华社|新华网|中新网|中新社|人民网|央广网)[^,，。;；(（]{0,12}[讯电](?:[(（][^()（）]{0,40}[)）])?"
    r"|[(（](?:记者|通讯员)[^()（）]{2,40}[)）])\s*(?=[^,，])"
)
#: what a page says before the title that it repeats
_LABEL = re.compile(r"^\s*(?:核心提示|摘要|导读|导语|内容提要|提要|标题)\s*[:：]")
#: a bracket behind a number of things, which says how many of them are of a sort
_AMONG_THEM = re.compile(
    r"(?<=\d[家个项件名人户条种台座款只]|[家个项件名人]次|批次)[(（]((?:其中|国家级|省级|市级)[^()（）]*\d[^()（）]*)[)）]"
)
#: (甲新区)质量小站
_PARK_IN_NAME = re.compile(r"[一-鿿]{2,14}?(?:新区|经开区|高新区|开发区|示范区|保税区|产业园区?|工业园区?)")
_LONGEST_PRODUCT = 8
_PRODUCT = re.compile(rf"(?<![一-鿿])([一-鿿]{{2,{_LONGEST_PRODUCT}}}?)产品(?=[一-鿿]{{0,6}}率)")
_TRADE = re.compile("产业(?!链|集群|园)")
#: characters read at once
_LONGEST = 2000
#: classes of things that a section is about when its title names one
_OF_SECTION = frozenset({"Region", "Park", "Enterprise", "Chain", "Cluster"})
#: classes of things that a list can be about without naming them again
_OF_LIST = frozenset({"Platform", "Enterprise", "Park"})
#: kinds of passages that hold prose
_PROSE = frozenset({"sentence", "item"})


def observations(
    document: Document, ontology: Ontology | None = None, names: NamesRead | None = None
) -> list[ObservationFact]:
    """The figures that the prose of a document states, in its order.

    The ontology tells metrics that have a name of their own, so that 制造业产品质量合格率 is not
    read as a figure of 制造业. ``names``: the names of its texts, where they were read before.
    """
    return list(figures_in_prose(document, ontology, names or NamesRead(document.passages)))


def figures_in_prose(
    document: Document, ontology: Ontology | None, names: NamesRead
) -> Iterator[ObservationFact]:
    """The same, one by one."""
    metric_for = (ontology or load_ontology()).metric_for

    def known(phrase: str) -> bool:
        return metric_for(phrase) is not None

    subjects = Subjects(document, names)
    about = clean(document.title).text
    told = (*_PROSE, "row")
    subjects.learn(lambda p: p.kind in told and len(p.text) <= _LONGEST)
    since, until = spoken_from(document.number, about)
    clock = Clock(document.dated, since=since, until=until)
    products = _products(document)
    section: str | None = None
    previous: Thing | None = None
    end = 0
    subjects.about = _park_of(subjects, about)
    default = subjects.about or subjects.place
    own = default
    group: tuple[Thing, ...] = ()
    advice = False
    tasks = False
    trade = examined = earlier = ""
    told_last = ("", "")
    above: Thing | None = None
    for passage in document.passages:
        if passage.section != section:
            section = passage.section
            above_it = document.ancestors(section)
            around = [(s.id, s.title) for s in above_it if not is_of_head(clean(s.title).text)]
            clock.at_section(around, document.title)
            titles = [title for _, title in around]
            if passage.kind in _PROSE and titles and passage.text.startswith(clean(titles[0]).text):
                titles = titles[1:]  # an item whose title is the statement itself
            own = _of_section(subjects, titles) or default
            previous = _titled(subjects, titles)
            group, earlier, told_last = (), "", ("", "")
            tasks = any(cues.TASKS.search(title) for title in titles)
            tasks = tasks or cues.WORK_PLAN.search(about) is not None
            tasks = tasks or any(s.kind == "task" for s in document.ancestors(section))
            examined = _examined(document, titles)
            trade = _trade_of(subjects, titles)
            advice = any(cues.ADVICE.search(title) for title in titles)
        elif "\n" in document.text[end:passage.start]:
            clock.at_paragraph()
            previous = None
        else:
            clock.at_sentence(passage.text)
        end = passage.end
        if passage.kind not in _PROSE:
            continue
        titled = _LABEL.sub("", passage.text).strip() == document.title.strip()
        titled = titled and passage.text.rstrip()[-1:] not in "。！"
        if titled or is_of_head(passage.text) or ADDRESSED.match(passage.text):
            continue
        if passage.text.rstrip("”\"’」").endswith(("?", "？")):
            continue  # what is asked is not stated
        names.at(passage)
        for start, text in _pieces(_opened_up(passage.text)):
            found = subjects.find(text)
            if own is None:
                own = default = _first_level(found)
            # what a sentence without names says after one on a platform is of the platform
            goes_on = previous is not None and previous.cls == "Platform" and not found
            whose = previous if goes_on and not cues.OF_PLACE.search(text[:40]) else own
            if previous is not None and own is not None and previous.cls == own.cls == "Park" and not found:
                whose = previous  # in a text on a park, what comes after another one is of that
            listed = above if passage.kind == "item" else None
            if listed is not None and not any(n.thing.cls == listed.cls for n in found):
                whose = listed  # a list below what was said of a platform
            reader = _reader(text, found, clock, _named_last(text, found) or whose, previous, known)
            reader.earlier, reader.told_last = earlier, told_last
            reader.group, reader.advice, reader.tasks, reader.examined = group, advice, tasks, examined
            reader.title = about
            reader.section_trade, reader.place, reader.products = trade, subjects.place, products
            for figure in reader.read():
                yield _fact(document, passage, start, figure)
            group, told_last = reader.group, (reader.metric, reader.counted)
            earlier = reader.metric if phrases.shared_head(reader.metric) else earlier
            if reader.subject is not None and reader.subject != own:
                previous = reader.subject
            if passage.kind == "sentence":
                whose = reader.subject
                above = whose if whose is not None and whose.cls in _OF_LIST else None


def _opened_up(text: str) -> str:
    """企业113家(其中国家级8家): what the bracket tells of the figure before it is a clause of its own."""
    return _AMONG_THEM.sub(lambda m: f",{m[1]},", text)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """The passage, or where no full stop ever came, pieces of it that end with a clause."""
    byline = _BYLINE.match(text)
    start = byline.end() if byline is not None else 0
    while len(text) - start > _LONGEST:
        end = max(text.rfind(mark, start, start + _LONGEST) for mark in ",，;；、 ") + 1
        end = end if end > start else start + _LONGEST
        yield start, text[start:end]
        start = end
    yield start, text[start:]


def _reader(
    text: str, names: list[Named], clock: Clock, own: Thing | None, previous: Thing | None,
    known: Callable[[str], bool],
) -> Reader:
    found = figures_and_periods(text, clock.today)
    found = unit_at_the_end(text, found)
    found += comparisons.find(phrases.blank(text))
    periods = [m for m in found if m.kind == "period"]
    return Reader(text, clauses(text, found, names), periods, clock, own, previous, known)


def _fact(document: Document, passage: Passage, at: int, figure: Figure) -> ObservationFact:
    start, end = passage.span(at + figure.start, at + figure.end)
    return ObservationFact(
        subject=figure.subject,
        metric=figure.metric,
        passage=document.reference(passage),
        quote=document.text[start:end].strip(),
        kind=figure.kind,
        period=figure.period,
        quantity=figure.quantity,
        text=figure.text,
        scope=dict(figure.scope),
    )


def _of_section(subjects: Subjects, titles: list[str]) -> Thing | None:
    """The thing that the nearest section title names."""
    for title in titles:
        for named in subjects.in_title(title):
            if named.thing.cls in _OF_SECTION:
                return named.thing
    return None


def _park_of(subjects: Subjects, title: str) -> Thing | None:
    """The park that a title begins with, which the text is about: 甲经开区：构建特色产业集群."""
    first = next((n.thing for n in subjects.in_title(title) if not n.start), None)
    if first is None or first.cls == "Park":
        return first
    of = _PARK_IN_NAME.match(first.name) if first.cls in ("Platform", "Institution") else None
    return Thing("Park", of[0], of[0]) if of is not None else None  # 甲新区质量小站


def _examined(document: Document, titles: list[str]) -> str:
    """The goods that a section of a paper on examined goods is about: 一、儿童服装."""
    if not titles or not cues.EXAMINATION.search(document.title):
        return ""
    return titles[0] if cues.GOODS_TITLE.fullmatch(titles[0]) else ""


def _trade_of(subjects: Subjects, titles: list[str]) -> str:
    """The trade that the nearest section title names: 装备制造业产品质量状况 → 装备制造业."""
    for title in titles:
        for named in subjects.in_title(title):
            if named.thing.cls == "Industry" and named.start <= 4 and not re.search("[、和与及]", title):
                return named.thing.name
    return ""


def _products(document: Document) -> frozenset[str]:
    """Products that the document names as a trade too: 智能马桶, where it speaks of the 智能马桶产业."""
    found = {m[1] for p in document.passages if "产品" in p.text for m in _PRODUCT.finditer(p.text)}
    trades: set[str] = set()
    for passage in document.passages if found else ():
        for m in _TRADE.finditer(passage.text) if "产业" in passage.text else ():
            before = passage.text[max(0, m.start() - _LONGEST_PRODUCT) : m.start()]
            trades.update(found.intersection(before[n:] for n in range(len(before))))
    return frozenset(trades)


def _titled(subjects: Subjects, titles: list[str]) -> Thing | None:
    """What the title names, which 该行业 in the text under it stands for."""
    return next((n.thing for n in subjects.in_title(titles[0])), None) if titles else None


def _first_level(found: list[Named]) -> Thing | None:
    return next((n.thing for n in found if n.thing.cls == "Region"), None)


def _named_last(text: str, found: list[Named]) -> Thing | None:
    """交出这份答卷的是甲县: the subject of what was said before it."""
    for m in _IS_OF.finditer(text):
        for named in found:
            if named.start == m.end() and (named.end == len(text) or text[named.end] in ",，。;；"):
                return named.thing
    for m in _THIS_IS_OF.finditer(text, 1):
        for named in found:
            if m.end() <= named.start <= m.end() + 2 and _ACCOUNT.match(text[named.end:].rstrip("。!！”\"")):
                return named.thing
    return None
