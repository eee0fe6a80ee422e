"""Readings from observations matched by meaning: question ↔ subject + metric phrase + qualifiers.

Metric phrases are open vocabulary: what no ontology metric names is still recorded and can
be asked for. A card matches where its words and those around it account for what the
question says (coverage), where the question accounts for what the metric phrase says
(closeness), and where nothing speaks against it: another period, another value kind, the
opposite metric, a named thing that the card knows nothing of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

import yaml

from ontology.lexicon.dimensions import mentions as dimension_mentions
from ontology.lexicon.mention import Mention, Period
from ontology.lexicon.names import OpenName, open_names
from ontology.model import Ontology
from ontology.structure import REGION
from qa_service.calculation_words import calculates, works_back
from qa_service.cards import Card, Cards, pairs
from qa_service.overlap import covered
from qa_service.parts import bits
from qa_service.places import lies_in
from qa_service.question import Question
from qa_service.reading import Reading
from queries.logical_form import Entity, Observations

_REGION = f"{REGION.lower()}:"
#: how much a character counts that is only explained by the words around the figure
_WEAK = 0.85
#: weight of a character of a vague word (产品, 质量 …) beside 1 for others
_VAGUE = 0.35
#: what is left of the doubt about a figure in the passage that answered the part before
_BESIDE = 0.3
#: kinds of figures that stand for a level, and what is left of one's score where a calculation is
#: asked for: it may be an input, it is no answer
_LEVELS = ("actual", "baseline", "share", "target")
_GAPS = ("change", "comparison")
_ALONE = 0.6
#: what is left of the score of a figure about something narrower than the question speaks of
_UNSAID_SUBJECT = 0.72
#: names up to this length have to stand as they are
_SHORT = 4
#: coverage below which a card is no reading of the question
MIN_COVERAGE = 0.72


@dataclass(frozen=True)
class _Figures:
    kinds: Mapping[str, tuple[str, ...]]
    opposites: tuple[tuple[str, str], ...]
    vague: tuple[str, ...]
    whole: tuple[str, ...]
    measures: tuple[str, ...]
    denials: re.Pattern[str]
    harmless: re.Pattern[str]
    against: tuple[str, ...]
    reaching: tuple[str, ...]
    now: tuple[str, ...]
    before_period: re.Pattern[str]
    after_period: re.Pattern[str]


@cache
def figure_words() -> _Figures:
    """The word lists of ``rules/figures.yaml``; longer words first."""
    raw = yaml.safe_load((Path(__file__).parent / "rules" / "figures.yaml").read_text("utf-8"))
    return _Figures(
        kinds={k: _longest_first(v) for k, v in raw["kinds"].items()},
        opposites=tuple((a, b) for a, b in raw["opposites"]),
        vague=_longest_first(raw["vague"]),
        whole=tuple(raw["whole"]),
        measures=_longest_first(raw["measures"]),
        denials=re.compile("|".join(map(re.escape, _longest_first(raw["denials"]["words"])))),
        harmless=re.compile("|".join(raw["denials"]["harmless"])),
        against=tuple(raw["against"]),
        reaching=_longest_first(raw["reaching"]),
        now=tuple(raw["now"]),
        before_period=re.compile(f"(?:{'|'.join(_longest_first(raw['before_period']))})$"),
        after_period=re.compile("|".join(_longest_first(raw["after_period"]))),
    )


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted((str(w) for w in words), key=lambda w: (-len(w), w)))


@dataclass(frozen=True)
class Match:
    """A card with how well it fits: ``coverage`` of the question by the card, ``closeness``
    of the metric phrase to the question, both 0 … 1; ``score`` ranks."""

    card: Card
    score: float
    coverage: float
    closeness: float
    explained: int
    #: of the explained characters those that are the figure's own, not merely near it
    strong: int = 0


@dataclass(frozen=True)
class Wanted:
    """What a question says of the figure that it asks for.

    ``mask`` are the characters that have to be explained, ``cues`` those that say a value
    kind, ``whole`` those that stand for the place spoken of; ``metrics`` the ontology's
    metrics that it names, with the characters that do; ``named`` the things that it names;
    ``modifier`` are the characters right before the metric that say what it is of.
    """

    text: str
    mask: int
    weights: tuple[float, ...]
    periods: tuple[Period, ...]
    kinds: frozenset[str]
    cues: int
    whole: int
    metrics: tuple[tuple[str, int], ...]
    named: tuple[tuple[Mention, frozenset[str]], ...]
    measures: frozenset[str]
    modifier: int = 0
    #: months of a year that the question does not name: 前三季度
    months: tuple[Period, ...] = ()


def observed(question: Question, cards: Cards, ontology: Ontology) -> list[Reading]:
    """Readings as ``Observations`` of one subject and metric, best first."""
    readings: list[Reading] = []
    seen: set[Observations] = set()
    beyond = calculates(question.clean)
    inputs = _LEVELS if beyond else _GAPS if works_back(question.clean) else ()
    for m in matches(question, cards, ontology):
        if m.coverage < MIN_COVERAGE:
            continue
        form = Observations(
            Entity(m.card.subject),
            m.card.metric_id,
            period=m.card.period if question.periods() else "",
            kind=m.card.kind,
            scope=_telling(m.card, question.clean, cards, ontology),
        )
        if form in seen:
            continue
        seen.add(form)
        readings.append(
            Reading(
                form=form,
                cost=round(max(0.02, 1.0 - m.score * (_ALONE if m.card.kind in inputs else 1.0)), 4),
                explained=m.explained,
                rule="observed",
                tree=(
                    f"observed coverage={m.coverage:.2f} closeness={m.closeness:.2f}\n"
                    f"  subject {m.card.subject_name}\n  metric {m.card.metric}\n"
                    f"  period {m.card.period} {m.card.kind}"
                ),
                source="observed",
            )
        )
    return readings[:5]


def _named_outright(card: Card, ontology: Ontology) -> bool:
    """The phrase is a label of the ontology's metric, with nothing added."""
    return ontology.metric_for(card.metric) is not None


def _telling(card: Card, text: str, cards: Cards, ontology: Ontology) -> tuple[str, ...]:
    """The words of the question that tell the card from others of its subject and metric
    (电梯 of 电梯产品合格率), so that its form denotes it and not those. Another word for the very
    metric tells nothing."""
    key = card.metric_id.partition(":")[2]
    narrower = {card.metric_id, *(f"metric:{k}" for k in ontology.narrower_metrics(key))}
    rivals = [
        other
        for other in cards.of_subject(card.subject)
        if other.kind == card.kind
        and other.metric_id in narrower
        and other.strong != card.strong
        and not (
            other.metric_id == card.metric_id
            and other.scope == card.scope
            and _named_outright(other, ontology)
        )
    ]
    own = [t for t in card.strong if t != card.subject_name]
    best = ""
    for start in range(len(text) if rivals else 0):
        for end in range(start + 2, min(len(text), start + 16) + 1):
            word = text[start:end]
            if not any(word in t for t in own):
                break
            if end - start > len(best) and not any(word in t for other in rivals for t in other.strong):
                best = word
    return (best,) if best else ()


def matches(question: Question, cards: Cards, ontology: Ontology) -> list[Match]:
    """Cards that fit the question, best first; what speaks against a card leaves it out."""
    wanted = wanted_by(question, ontology)
    if not wanted.mask:
        return []
    found = [
        _beside_before(match_card(card, wanted, ontology), question)
        for card in _near(wanted, cards)
        if question.scope.holds(card.passages)
        and not vetoed(card, wanted, cards)
        and not turned_round(card, wanted)
    ]
    if says_now(question):
        found = latest(found, cards)
    return sorted(found, key=lambda m: (-m.score, m.card.id))


def _near(wanted: Wanted, cards: Cards) -> list[Card]:
    """The cards whose words are near, and those of the metrics that the question names under
    words that theirs need not share: 国优奖, 国家优质工程奖."""
    found = cards.nearest(masked(wanted.text, wanted.mask))
    for key, _ in wanted.metrics:
        found += cards.of_metric(f"metric:{key}")
    return list({c.id: c for c in found}.values())


def says_now(question: Question) -> bool:
    """目前, 现在, 如今: the latest figure on record is meant."""
    return any(p.start == p.end == question.today for p in question.periods()) or any(
        w in question.clean for w in figure_words().now
    )


def latest(found: list[Match], cards: Cards) -> list[Match]:
    """Of figures of one thing and metric those of the latest year only, where nothing is planned."""

    def key(card: Card) -> tuple[str, str, str]:
        return card.subject, card.metric_id, "level" if card.kind in ("actual", "baseline") else card.kind

    def year(card: Card) -> str:
        return card.end[:4] or cards.main_year(card.document)

    last: dict[tuple[str, str, str], str] = {}
    for m in found:
        last[key(m.card)] = max(last.get(key(m.card), ""), year(m.card))
    return [m for m in found if m.card.kind == "target" or year(m.card) == last[key(m.card)]]


def _beside_before(match: Match, question: Question) -> Match:
    """A figure that stands where the part of the question before was answered goes first."""
    if not question.near & set(match.card.passages):
        return match
    return replace(match, score=1.0 - _BESIDE * (1.0 - min(1.0, match.score)))


def wanted_by(question: Question, ontology: Ontology) -> Wanted:
    """What the question says, apart from the words that only ask."""
    words = figure_words()
    text = question.clean
    mask = question.content()
    named: list[tuple[Mention, frozenset[str]]] = []
    metrics: list[tuple[str, int]] = []
    for alternatives in question.segments:
        first = alternatives[0]
        span = bits(first.start, first.end)
        if question.inside_scope(alternatives):
            continue
        if any(m.kind == "period" for m in alternatives):
            span |= _around_period(text, first)
            mask &= ~span
        elif all(m.kind == "word" for m in alternatives) and not any(m.value == "not" for m in alternatives):
            mask &= ~span
        if any(m.kind == "entity" for m in alternatives):
            span = bits(first.start, first.end)
            ids = frozenset(
                str(c[0])
                for m in alternatives
                if m.kind == "entity" and isinstance(m.value, tuple)
                for c in m.value
            )
            if not _wider(ids, question):
                named.append((first, ids))
        metrics += [(str(m.value), span) for m in alternatives if m.kind == "metric"]
    known = 0
    for m, _ in named:
        known |= bits(m.start, m.end)
    for name in open_names(text):
        # a thing that the graph does not know, by the form of its name
        span = bits(name.start, name.end)
        known_already = span & known & mask
        in_metric = any(
            m.start <= name.start < m.end for a in question.segments for m in a if m.kind == "metric"
        )
        if isinstance(name.value, OpenName) and not known_already and not in_metric and span & mask:
            named.append((_core(name, ontology), frozenset()))
    weights = [1.0] * len(text)
    for start, end in spans_of(text, words.vague):
        weights[start:end] = [_VAGUE] * (end - start)
    kinds: set[str] = set()
    cues = 0
    reaching = _reaching(text)
    mask &= ~reaching
    for kind, kind_cues in words.kinds.items():
        for start, end in spans_of(text, kind_cues):
            if bits(start, end) & reaching:
                continue
            if not bits(start, end) & ~question.scope.mask:
                continue  # 规划里: a document, no sort of figure
            kinds.add(kind)
            cues |= bits(start, end)
    whole = 0
    for start, end in spans_of(text, words.whole):
        whole |= bits(start, end)
    measures = frozenset(m for m in words.measures if any(q + m in text for q in ("多少", "几", "有多少")))
    return Wanted(
        text,
        mask,
        tuple(weights),
        asked_periods(question),
        frozenset(kinds),
        cues & mask,
        whole & mask,
        tuple(metrics),
        tuple(named),
        measures,
        _modifier(question, mask, whole | cues),
        tuple(p for m, p in _said_periods(question) if _months_only(m)),
    )


def _reaching(text: str) -> int:
    """提高到多少 asks for the level, not for the change; but 要达到 says that it is a target."""
    words = figure_words()
    cues = [span for cues in words.kinds.values() for span in spans_of(text, cues)]
    mask = 0
    for start, end in spans_of(text, words.reaching):
        if not any(s <= start and end <= e for s, e in cues):
            mask |= bits(start, end)
    return mask


def _around_period(text: str, said: Mention) -> int:
    """*从* 2020年 *底 起*: words that only join a period to what is said of it."""
    words = figure_words()
    mask = 0
    before = words.before_period.search(text[: said.start])
    if before:
        mask |= bits(before.start(), said.start)
    after = words.after_period.match(text, said.end)
    if after:
        mask |= bits(said.end, after.end())
    return mask


def _core(name: Mention, ontology: Ontology) -> Mention:
    """The name without the class word that it ends in: 工程机械集群 is 工程机械产业集群 too."""
    for length in range(min(6, len(name.text) - 2), 0, -1):
        if ontology.class_for(name.text[-length:]) is not None:
            return replace(name, end=name.end - length, text=name.text[:-length])
    return name


def _modifier(question: Question, mask: int, aside: int) -> int:
    """株洲 *航空动力产品* 的 合格率: what stands before the metric, back to a place, a period, a
    question word or a comma. Its own words must be the figure's own, not merely near it."""
    at = [a[0].start for a in question.segments if any(m.kind == "metric" for m in a)]
    if not at:
        return 0
    taken = 0
    for alternatives in question.segments:
        kinds = {m.kind for m in alternatives}
        if kinds & {"period", "entity", "word"} and not all(m.rule == "filler" for m in alternatives):
            taken |= bits(alternatives[0].start, alternatives[0].end)
    found = 0
    for i in range(max(at) - 1, -1, -1):
        if taken >> i & 1 or question.clean[i] in ",;?!。、":
            break
        found |= 1 << i
    return found & mask & ~aside


def spans_of(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where the words stand, longer ones first, none inside another."""
    found: list[tuple[int, int]] = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            if not any(s < at + len(word) and at < e for s, e in found):
                found.append((at, at + len(word)))
            at = text.find(word, at + 1)
    return found


def vetoed(card: Card, wanted: Wanted, cards: Cards) -> bool:
    """What makes a card no answer, however alike the words: another period, a target where
    none is asked (or the other way round), the opposite metric, a thing it does not know."""
    if wanted.periods and not any(period_fits(card, p, cards) for p in wanted.periods):
        return True
    if _other_months(card, wanted):
        return True
    for marked, plain in figure_words().opposites:
        both = plain and plain in wanted.text and plain in card.metric
        if both and (marked in wanted.text) != (marked in card.metric):
            return True
    if ("target" in wanted.kinds) != (card.kind == "target"):
        if card.kind == "target":
            if not any(p.end.isoformat() >= (card.end or "9") for p in wanted.periods):
                return True
        elif not _cued(card, wanted):
            return True
    return any(not knows(card, mention, ids) for mention, ids in wanted.named)


def turned_round(card: Card, wanted: Wanted) -> bool:
    """Who have it not is no answer to who have it, nor the other way round."""
    asked = denies(wanted.text)
    return denies(card.metric) != asked and not (asked and _denied_near(card, wanted))


def asked_periods(question: Question) -> tuple[Period, ...]:
    """The periods that the figure asked for is of: not those that it is compared with (比上年)."""
    return tuple(
        p
        for m, p in _said_periods(question)
        if not _months_only(m) and not p.start == p.end == question.today  # 目前: the latest on record
    )


def _said_periods(question: Question) -> list[tuple[Mention, Period]]:
    return [
        (m, m.value)
        for alternatives in question.segments
        if not question.inside_scope(alternatives)
        and not question.clean[: alternatives[0].start].endswith(figure_words().against)
        for m in alternatives
        if m.kind == "period" and isinstance(m.value, Period)
    ]


def _months_only(said: Mention) -> bool:
    """前三季度, 1至9月: months of a year that is not said."""
    return (
        isinstance(said.value, Period)
        and not re.search(r"(?:19|20)\d\d|年", said.text)
        and "-" in said.value.text
        and said.value.start != said.value.end
    )


def _other_months(card: Card, wanted: Wanted) -> bool:
    """Whether the figure is of other months than the question says without their year."""
    months = {_months(p) for p in wanted.months}
    if not months:
        return False
    own = {(card.start[5:7], card.end[5:7])} if card.start and "-" in card.period else set()
    sentence = card.weak[0] if card.weak else ""
    return not months & (own | _months_in(sentence))


def _months(period: Period) -> tuple[str, str]:
    return (f"{period.start:%m}", f"{period.end:%m}")


@lru_cache(maxsize=2048)
def _months_in(sentence: str) -> frozenset[tuple[str, str]]:
    found = dimension_mentions(sentence, today=date(2000, 1, 1))
    return frozenset(_months(m.value) for m in found if isinstance(m.value, Period))


def denies(text: str) -> bool:
    """Whether a word turns the text round: 尚未建立, 拿不出 (有没有 does not)."""
    words = figure_words()
    return words.denials.search(words.harmless.sub("", text)) is not None


def _denied_near(card: Card, wanted: Wanted) -> bool:
    """What the question denies the figure's sentence denies too, in the same words."""
    words = figure_words()
    sentence = card.weak[0] if card.weak else ""
    for m in words.denials.finditer(wanted.text):
        behind = wanted.text[m.end() : m.end() + 6]
        for n in words.denials.finditer(sentence):
            if any(pair in sentence[n.end() : n.end() + 10] for pair in pairs(behind)):
                return True
    return False


def _cued(card: Card, wanted: Wanted) -> bool:
    """A cue word is part of the card's own words (规划 in a metric phrase): no sign of a kind."""
    return any(
        cue in wanted.text and cue in text
        for text in card.strong
        for cues in figure_words().kinds.values()
        for cue in cues
    )


def period_fits(card: Card, wanted: Period, cards: Cards) -> bool:
    """The card's period is the one asked for or lies in it; without one of its own, the
    words around it must name the year, or its document must be about that year."""
    if card.period == wanted.text:
        return True
    if card.start and card.end:
        return wanted.start.isoformat() <= card.start and card.end <= wanted.end.isoformat()
    year = str(wanted.start.year)
    return any(year in text for text in card.weak) or cards.main_year(card.document) == year


def _wider(ids: frozenset[str], question: Question) -> bool:
    """长沙 望城区: a region that only says where another one that is named lies."""
    codes = [i.partition(":")[2] for i in ids if i.startswith(_REGION)]
    others = {
        str(c[0]).partition(":")[2]
        for alternatives in question.segments
        for m in alternatives
        if m.kind == "entity" and isinstance(m.value, tuple)
        for c in m.value
        if str(c[0]).startswith(_REGION)
    }
    return any(other not in codes and lies_in(other, code) for code in codes for other in others)


def knows(card: Card, mention: Mention, ids: frozenset[str]) -> bool:
    """The thing that the question names is the card's subject or stands in its words; a
    region is where the card is of, not merely a name in a title that begins alike."""
    if card.subject in ids:
        return True
    codes = [i.partition(":")[2] for i in ids if i.startswith(_REGION)]
    if codes:
        # 比全国高, 居全国第9位: the place that a gap or rank is measured against
        return bool(card.places & set(codes)) or mention.text in card.scope.lower()
    if any(mention.text in text for text in (*card.strong, *card.weak)):
        return True
    # 县级一站式平台 is 一站式县级服务平台: a name that the graph does not know, its words in another order
    whole = bits(0, len(mention.text))
    own = (text for text in card.strong if len(mention.text) > _SHORT)
    return not ids and any(covered(mention.text, whole, (text,)) == whole for text in own)


def match_card(card: Card, wanted: Wanted, ontology: Ontology) -> Match:
    strong = covered(wanted.text, wanted.mask, card.strong)
    for mention, ids in wanted.named:
        if card.subject in ids or any(i.startswith(_REGION) for i in ids):
            strong |= bits(mention.start, mention.end)  # a region: it was not vetoed
    for key, span in wanted.metrics:
        if (
            card.metric_id == f"metric:{key}"
            or key in ontology.broader_metrics(card.metric_id.partition(":")[2])
            or _labelled(card, key, ontology)
        ):
            strong |= span
    if card.kind in wanted.kinds or (card.kind == "actual" and wanted.kinds == {"baseline"}):
        strong |= wanted.cues
    if card.places:
        strong |= wanted.whole
    strong |= _abbreviated(wanted, strong, card.strong)
    strong &= wanted.mask
    weak = covered(wanted.text, wanted.mask & ~strong, card.weak)
    closeness = _closeness(card, wanted, ontology)
    # words near the figure count for little where the metric itself is another one
    near = _WEAK * (0.4 + 0.6 * closeness)
    total = got = 0.0
    for i, weight in enumerate(wanted.weights):
        if wanted.mask >> i & 1:
            total += weight
            if strong >> i & 1:
                got += weight
            elif weak >> i & 1:
                got += weight * near
    coverage = got / total if total else 0.0
    score = 0.62 * coverage + 0.25 * closeness + _preferences(card, wanted)
    outright = any(card.metric_id == f"metric:{key}" for key, _ in wanted.metrics)
    if (
        card.subject_class != REGION
        and not outright
        and not any(card.subject in ids for _, ids in wanted.named)
    ):
        name = card.subject_name.lower()
        if 2 * covered(name, bits(0, len(name)), (wanted.text,)).bit_count() < len(name):
            score *= _UNSAID_SUBJECT
    told = _told(wanted, wanted.modifier)
    if told:
        score *= 0.6 + 0.4 * _told(wanted, wanted.modifier & strong) / told
    return Match(card, score, coverage, closeness, strong | weak, strong)


def _labelled(card: Card, key: str, ontology: Ontology) -> bool:
    """The card's words have the metric under another label: GDP, 地区生产总值."""
    metric = ontology.metrics.get(key)
    return metric is not None and any(label.lower() in card.metric for label in metric.labels.all())


def _abbreviated(wanted: Wanted, known: int, texts: Iterable[str]) -> int:
    """轨交 is 轨道交通, 科创 科技创新: the first and third of four characters."""
    found = 0
    for i in range(len(wanted.text) - 1):
        pair = bits(i, i + 2)
        if pair & wanted.mask == pair and not pair & known and not wanted.text[i : i + 2].isascii():
            short = re.compile(
                f"{re.escape(wanted.text[i])}[^\\W\\d_]{re.escape(wanted.text[i + 1])}[^\\W\\d_]"
            )
            if any(short.search(t) for t in texts):
                found |= pair
    return found


def _told(wanted: Wanted, mask: int) -> float:
    return sum(w for i, w in enumerate(wanted.weights) if mask >> i & 1)


def _preferences(card: Card, wanted: Wanted) -> float:
    """Up to 0.13 for what speaks for one of several that fit, less for what speaks against it."""
    bonus = 0.0
    if any(card.subject in ids for _, ids in wanted.named):
        bonus += 0.05
    if not wanted.measures or any(card.unit.endswith(m) for m in wanted.measures):
        bonus += 0.04
    elif card.unit:
        bonus -= 0.08
    level = card.kind in ("actual", "baseline", "share")
    if card.kind in wanted.kinds or (level and not wanted.kinds):
        bonus += 0.04
    elif not level or wanted.kinds & {"change", "comparison", "rank"}:
        bonus -= 0.12
    return bonus


def _closeness(card: Card, wanted: Wanted, ontology: Ontology) -> float:
    """How much of the metric phrase the question says; vague characters count less."""
    phrase = card.metric
    if not phrase:
        return 0.0
    asked = ontology.head_metric(phrase)
    labels = tuple(w for w in (asked.labels.all() if asked else ()) if w.lower() in wanted.text)
    mask = covered(phrase, bits(0, len(phrase)), (wanted.text,))
    if asked and labels:
        # another word for the same metric is in the question
        for label in asked.labels.all():
            at = phrase.rfind(label)
            if at >= 0:
                mask |= bits(at, at + len(label))
    weights = [1.0] * len(phrase)
    for vague in figure_words().vague:
        at = phrase.find(vague)
        if at >= 0:
            weights[at : at + len(vague)] = [_VAGUE] * len(vague)
    return sum(w for i, w in enumerate(weights) if mask >> i & 1) / sum(weights)


def masked(text: str, mask: int) -> str:
    return "".join(ch if mask >> i & 1 else " " for i, ch in enumerate(text))
