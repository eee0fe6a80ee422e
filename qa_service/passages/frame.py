"""A question laid beside a passage: the characters that the passage has to account for, what it
accounts for, and the place and the period that it is of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ontology.lexicon.name_cues import name_cues
from ontology.model import Ontology
from qa_service.passages.corpus import Corpus, CorpusPassage
from qa_service.passages.prose import Anchor, anchors, prose_words
from qa_service.questions.asked import COUNTED, Asked, count_of, near_run, noun_before
from qa_service.questions.figure_words import figure_words
from qa_service.questions.overlap import covered
from qa_service.questions.parts import bits
from qa_service.questions.places import lies_in, region_code
from qa_service.questions.places import places_in as _places_in
from qa_service.questions.question import Question
from qa_service.questions.wanted import Wanted

_NUMERALS = ("一", *"二三四五六七八九十", *(f"十{n}" for n in "一二三四五六七八九"), "二十")
#: what has a name that is asked for: 联盟|叫|什么
_NAME_ASKED = re.compile(
    r"([^\W\d]{2})[”\"]?(?:(?:的?(?:名字|名称|全称|全名|名))?(?:具体|究竟|到底|又|就)?(?:叫|名叫|叫做|叫作|称作|称为|名为)"
    r"|的?(?:名字|名称|全称|全名)(?:是|为))$"
)
#: texts whose places are kept
_KEPT = 4096
#: what the words around a passage count: neighbouring sentences, section titles, the document's
_AROUND = 0.75
#: and those of the title that it stands under
_TITLE = 0.9
#: share of what the question says of the things it names that has to be accounted for
_LEAST_SAID = 0.5
#: a noun asked after of so many characters tells where it stands in full
#: a noun asked after of several words has so many characters
_SHORT_HEAD, _LONG_HEAD = 3, 8
_LONG = 4
#: what is left of it where the words right beside the asking ones are not
_UNTOUCHED = 0.7
#: fillers that also end words of two characters
_INSIDE = "用地得才"
#: place words that also begin words of two characters
_PLACED = "上里中内下"
#: with these a word goes on: 国际标准|化
_GOES_ON = "化性型类率度级品员部处会者"


@lru_cache(maxsize=_KEPT)
def places_in(text: str) -> tuple[tuple[int, int, str], ...]:
    """The regions named in a text; each text is read once."""
    return tuple(_places_in(text))


@dataclass(frozen=True)
class Frame:
    """What a question says, for laying it beside passages. ``mask`` characters that have to be
    accounted for, ``named`` those of things that it names, ``said`` the others."""

    wanted: Wanted
    asked: Asked
    head: str
    noun: str
    mask: int
    named: int
    weights: tuple[float, ...]

    @property
    def said(self) -> int:
        return self.mask & ~self.named

    def weight(self, mask: int) -> float:
        return sum(w for i, w in enumerate(self.weights) if mask >> i & 1)

    @property
    def bare(self) -> str:
        """The question with blanks where nothing has to be accounted for."""
        return "".join(ch if self.mask >> i & 1 else " " for i, ch in enumerate(self.wanted.text))


@dataclass(frozen=True)
class Fit:
    """How a passage accounts for a question: shares of the whole, and of what is said of things."""

    share: float
    said: float
    explained: int
    anchors: tuple[Anchor, ...]
    #: what the passage itself or the titles around it account for
    own: int = 0


def framed(question: Question, asked: Asked, wanted: Wanted, corpus: Corpus, ontology: Ontology) -> Frame:
    """The question's words without those that ask and the noun they ask after."""
    text = wanted.text
    noun = noun_before(text, asked.start)
    any_thing = [w for w in prose_words().any_thing if len(w) > 1]
    general = next((w for w in any_thing if asked.head.endswith(w) or asked.head[:-1] == w), "")
    # 国家级牌子: a word for any such thing, whatever stands before it
    post = asked.head if asked.head in name_cues().posts else ""
    said = _known(asked.head, corpus, ontology)
    head = general or post or _of_kind(asked.head, ontology) or _head(said, ontology)
    if not head and noun and asked.sort == "thing":
        # 链主企业是哪家: what it is stands at the end of the noun
        head = next((noun[-n:] for n in range(4, 1, -1) if ontology.class_for(noun[-n:])), "")
    if not head and asked.sort == "thing":
        head = name_asked(text, asked.start) or (noun if noun in prose_words().worded else "")
    if text[: asked.start].endswith("由") and not general and not class_of_head(head, ontology):
        head = head if head in prose_words().bodies else ""  # 由哪两家|主办
    start, end = asked.start, asked.end
    if asked.head and head != asked.head and not general:
        end = text.find(asked.head, start) + len(head) if text.find(asked.head, start) >= 0 else end
    mask = wanted.mask & ~bits(start, end)
    if head in prose_words().codes and not asked.head:
        mask &= ~bits(at := text.rfind(head, 0, asked.start), at + len(head))  # 型号|是什么
    if asked.sort != "text":
        mask &= ~wanted.whole
    elif asked.head and not corpus.knows(asked.head[-2:]):
        mask &= ~bits(asked.start, text.find(asked.head, asked.start) + len(asked.head))  # 哪些具体抓法
    for i in range(1, len(text) - 1):
        # 信|用: a filler inside a word
        filler = text[i] in _INSIDE and not mask >> i & 1 and i not in range(start, end)
        if filler and mask >> (i - 1) & 1 and corpus.knows(text[i - 1 : i + 1]):
            mask |= 1 << i
    for m in COUNTED.finditer(text):
        if asked.count and m.end() <= start and start - m.start() <= 12:
            mask &= ~bits(*m.span())  # the list is counted
    if asked.count:
        for m in re.finditer(rf"(?<!\d){asked.count}(?!\d)", text):
            mask &= ~bits(*m.span())  # 那个8指的是哪8个体系
    for word in prose_words().saying:
        for m in re.finditer(word, text):
            mask &= ~bits(*m.span())
    if asked.sort in ("number", "share"):
        # whether the one denies what the other says is looked at by itself; 占 says what 百分之几 asks
        for m in figure_words().denials.finditer(text):
            mask &= ~bits(*m.span())
        if text[:start].endswith("占"):
            mask &= ~bits(start - 1, start)
    mask = _joined(text, mask)
    named = 0
    for mention, _ in wanted.named:
        named |= bits(mention.start, mention.end)
    for quoted in re.finditer(r"[“\"《]([^”\"》]{2,40})[”\"》]", text):
        named |= bits(quoted.start(1), quoted.end(1))
    moved = Asked(asked.sort, head, asked.counts, start, end, asked.count)
    return Frame(wanted, moved, head, noun, mask, named & mask, corpus.weights(text))


def _joined(text: str, mask: int) -> int:
    """The mask without single characters, which no stretch of a sentence can match; of 上线 the
    上 is no word of its own and stays with the other."""
    alone = mask & ~(mask << 1 | mask >> 1)
    for i in range(1, len(text)):
        if alone >> i & 1 and text[i - 1] in _PLACED:
            mask |= 1 << (i - 1)
    return mask & (mask << 1 | mask >> 1)


def _known(head: str, corpus: Corpus, ontology: Ontology) -> str:
    """As much of the noun as any passage has: of 银行托管, which none has, 银行; of 国际技术委员会 its end,
    which says what it is, where that is longer."""
    start = head
    while len(start) > 2 and not any(start in p.words for p in corpus.passages):
        start = start[:-1]
    if start == head or ontology.class_for(start) or ontology.subtype_for(start):
        return start
    end = head[len(start) :]
    longer = len(end) > _SHORT_HEAD and len(end) >= len(start)
    return end if longer and any(end in p.words for p in corpus.passages) else start


def class_of_head(head: str, ontology: Ontology) -> str:
    """The class that the noun asked after denotes, or the end of it does (国家*部门*); "" where none."""
    for length in range(len(head), 1, -1):
        cls = ontology.class_for(head[-length:])
        if cls is not None:
            return cls.name
    return ""


def name_asked(text: str, start: int) -> str:
    """The end of the noun whose name is asked for, "" where none is.

    >>> name_asked("牵头设立的联盟叫什么名字", 8), name_asked("联盟做什么", 3)
    ('联盟', '')
    """
    found = _NAME_ASKED.search(text[:start])
    return found[1] if found else ""


def _of_kind(head: str, ontology: Ontology) -> str:
    """The noun asked after where only its end is a class, with what says of which kind: 国家*部门*|帮扶."""
    for length in range(min(len(head), _LONG_HEAD), _SHORT_HEAD, -1):
        piece = head[:length]
        goes_on = length < len(head) and head[length] in _GOES_ON
        if ontology.class_for(piece) is None and class_of_head(piece, ontology) and not goes_on:
            return piece
    return ""


def _head(head: str, ontology: Ontology) -> str:
    """The noun without what follows it: 企业获批… → 企业, 领域实现 → 领域."""
    for length in range(len(head), 1, -1):
        piece = head[:length]
        known = ontology.class_for(piece) or ontology.subtype_for(piece) or piece in prose_words().places
        if known and (piece == head or (length <= 4 and head[length] not in _GOES_ON)):
            return piece
    if head in prose_words().places:
        return head
    if head[:1] in prose_words().places:
        return head[:1]
    verb = prose_words().ends.search(head, 1)
    cut = head[: verb.start()] if verb else head
    for word in ("上", "里", "中"):
        cut = cut.removesuffix(word)
    return cut


def fitted(frame: Frame, passage: CorpusPassage, corpus: Corpus, least: float = _LEAST_SAID) -> Fit | None:
    """How a passage accounts for the question; None where it lacks a thing that the question
    names, or says less than ``least`` of what is said of it."""
    text, mask = frame.wanted.text, frame.mask
    found = anchors(text, passage.words, ~mask & bits(frame.asked.start, frame.asked.end))
    inside = 0
    for a in found:
        inside |= bits(a.q0, a.q1)
    inside &= mask
    around = [s.words for s in corpus.around(passage.section)]
    document = corpus.documents.get(passage.document)
    around.append(document.words if document else "")
    beside = corpus.beside(passage)
    outside = covered(text, mask & ~inside, [*around, *(p.words for p in beside)])
    before = [p.words for p in corpus.before(passage)]
    places = placed(frame, passage, around, document.place if document else "", beside, before)
    if places is None:
        return None
    outside |= places & mask & ~inside
    titled = covered(text, mask & ~inside, around[:1])
    for mention, ids in frame.wanted.named:
        if any(map(region_code, ids)):
            continue
        span = bits(mention.start, mention.end) & mask
        if span and (span & (inside | outside)).bit_count() < 0.7 * span.bit_count():
            return None
    touched = _touched(frame, inside | outside)
    total = frame.weight(mask)
    said = frame.weight(frame.said)
    told = frame.weight(frame.said & inside) + _AROUND * frame.weight(frame.said & outside)
    told += (_TITLE - _AROUND) * frame.weight(frame.said & titled)
    if said and told / said < least:
        return None
    if not total:  # 甲工程里的三大体系: all else says where
        return Fit(1.0, 1.0, 0, found) if _summed_up(frame, passage.words) else None
    share = _weighed(frame, found, inside) + _AROUND * frame.weight(outside)
    share = (share + (_TITLE - _AROUND) * frame.weight(titled)) / total
    if not inside & mask and least == _LEAST_SAID and not _summed_up(frame, passage.words):
        return None  # all that is shared stands in titles
    if len(frame.head) >= _LONG and frame.head in passage.words:
        at = text.find(frame.head)
        share = (share * total + (own := frame.weight(bits(at, at + len(frame.head))))) / (total + own)
    if not touched:
        share *= _UNTOUCHED
    own = inside | places | covered(text, mask & ~inside, around)
    return Fit(share, told / said if said else 1.0, inside | outside, found, own)


def _summed_up(frame: Frame, words: str) -> bool:
    """The sentence counts what is asked for as the question does: 甲、乙、丙等三大体系."""
    noun = summing_up(frame).partition("大")[2]
    if not noun:
        return False
    counted = (m for m in COUNTED.finditer(words) if words.startswith(noun, m.end()))
    return any(count_of(m) == frame.asked.count for m in counted)


def summing_up(frame: Frame) -> str:
    """How a list is summed up that has as many items as are asked for, "" where none is asked for.

    >>> summing_up(framed(analysed("强链工程的三大体系是哪三个体系"), ...))    # doctest: +SKIP
    '三大体系'
    """
    noun = re.sub(r"^(?:\d+|[一二三四五六七八九十]+)[大个项]", "", (frame.head or frame.noun).strip('“”"'))
    count = frame.asked.count
    if not 1 < count <= len(_NUMERALS) or len(noun) < 2:
        return ""
    return f"{_NUMERALS[count - 1]}大{noun}"


def _weighed(frame: Frame, found: Sequence[Anchor], inside: int) -> float:
    """The weight of what the passage says too: in full where the stretch that they share is as
    long as the question's, up to four characters; less where it only has the pieces of it."""
    strength = strengths(frame, found)
    return sum(w * (0.85 + 0.15 * strength[i]) for i, w in enumerate(frame.weights) if inside >> i & 1)


def strengths(frame: Frame, found: Sequence[Anchor]) -> list[float]:
    """For each character of the question how much of its stretch the longest shared one is."""
    text, mask = frame.wanted.text, frame.mask
    best = [0.0] * len(text)
    for a in found:
        left, right = a.q0, a.q1
        while left > 0 and mask >> (left - 1) & 1:
            left -= 1
        while mask >> right & 1:
            right += 1
        strength = 1.0 if a.alike else min(1.0, (a.q1 - a.q0) / min(4, right - left))
        for i in range(a.q0, a.q1):
            best[i] = max(best[i], strength)
    return best


def _touched(frame: Frame, explained: int) -> bool:
    """Whether the words right beside the asking words, on either side, are accounted for: who
    a thing was *built by* is not said where only the thing is."""
    text, asked = frame.wanted.text, frame.asked
    for run in (near_run(text, frame.mask, asked.start - 1, -1), near_run(text, frame.mask, asked.end, 1)):
        total = frame.weight(run)
        if run & ~frame.named and frame.weight(run & explained) < 0.5 * total:
            return False
    return True


def placed(
    frame: Frame,
    passage: CorpusPassage,
    around: Sequence[str],
    home: str,
    beside: Sequence[CorpusPassage],
    before: Sequence[str],
) -> int | None:
    """The characters of regions that the passage is of: it names them or what is around it does,
    or, where it names none, what its section said before; None where it is of another region."""
    if places_in(passage.words):
        before = ()
    mask = 0
    for mention, ids in frame.wanted.named:
        codes = set(map(region_code, ids)) - {""}
        if not codes:
            continue
        for words in (passage.words, *around[:-1], *(p.words for p in beside), *before):
            named = {code for _, _, code in places_in(words)}
            if any(c == code or lies_in(code, c) for c in codes for code in named):
                mask |= bits(mention.start, mention.end)
                break
        else:
            if not home or not any(c == home or lies_in(home, c) for c in codes):
                return None
            mask |= bits(mention.start, mention.end)
    return mask


def another_period(passage: CorpusPassage, wanted: Wanted, main_year: str) -> bool:
    """The passage names years and none of those that are asked for; where it names none, the
    document is about another year."""
    if not wanted.periods or not re.search(r"\d|年|五", wanted.text):
        return False  # none asked for, or only 当前
    named = set(re.findall(r"(?:19|20)\d\d", passage.words)) or ({main_year} if main_year else set())
    asked = {str(p.start.year) for p in wanted.periods} | {str(p.end.year) for p in wanted.periods}
    return bool(named) and not named & asked
