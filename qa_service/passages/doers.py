"""Who does, charges or signs for something: persons by their post, bodies by how a sentence says
that they act (由甲局和乙委共同主办)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ontology.lexicon.later import later
from ontology.lexicon.name_cues import name_cues
from ontology.lexicon.name_reading import pattern
from qa_service.passages.beside import Beside, Span
from qa_service.passages.prose import CLAUSE, Anchor, clause_of, is_glue, prose_words, trimmed
from qa_service.questions.asked import near_run
from qa_service.questions.overlap import covered
from qa_service.questions.parts import bits

#: so far behind the word that charges somebody with it
_CHARGED_WITH = 12
#: 主办*方*, 出资*单位*: who does what the word before says
_DOER = later(r"(?:方|者|单位|机构|部门|主体|人)(?:都|分别|各)?(?:是|为|有|叫)?$")
#: the rule of one who is said to be in charge
CHARGED = "one in charge"
#: one who does something with others: 甲和乙*共同*主办
_WITH_OTHERS = "(?:共同|联合|一起|携手|牵头|具体|统一|分别)?"
_WHO = "(?P<who>[^,;。:的由]{2,40}?)"
#: what stands between two who act together
_BETWEEN = later(r"、|以及|(?<=..)[和与及](?=..)")
#: a post of lower rank with the same end: 副市长 is no 市长
_LOWER = ("副", "原", "前")
#: how directly the body has to stand before the post where its holder is asked for
_OF_THAT = 0.6
#: nouns for anybody who has a post
_ANYBODY = ("一把手", "主要负责人", "负责人", "领导", "同志", "专家")


def persons(b: Beside) -> Iterator[Span]:
    """哪位副市长, 会长是谁: the person whose name stands behind the post that is asked for."""
    post = post_asked(b)
    if not post:
        return
    for m in pattern("person").finditer(b.words):
        (start, end), whole = m.span("name"), m.start("post")
        if m["name"] in b.text or (post not in _ANYBODY and m["post"] != post):
            continue
        if b.words[:whole].endswith(_LOWER):
            continue
        side = max(b.side(start, end), b.side(whole, end))
        body = _before(b).removesuffix(post)
        if body != _before(b) and b.mask & bits(0, len(body)) and side < _OF_THAT:
            continue  # a post of another body
        yield Span(((start, end),), start, end, 1.0, side, "person by the post")


def post_asked(b: Beside) -> str:
    """The post whose holder is asked for: 副市长 of 哪位副市长, "" where none is."""
    m = re.search(r"哪(?:一|几)?[位名]([^\W\d]{1,8})", b.text)
    said = m[1] if m else b.head if re.search("哪|谁", b.text) else ""
    posts = sorted((*name_cues().posts, *_ANYBODY), key=len, reverse=True)
    return next((p for p in posts if said.startswith(p) or _before(b).endswith(p)), "")


def _before(b: Beside) -> str:
    """What is said before 是谁: 甲局局长."""
    return re.sub("(?:是|为|叫)$", "", b.text[: b.asked.start])


def doers(b: Beside) -> Iterator[Span]:
    """由甲局负责乙, 由甲会和乙委共同主办: who is said to do what the question asks of."""
    count = b.asked.count
    for found, fit in (*((f, 0.95) for f in _charged(b)), *((f, 0.95) for f in _acting(b))):
        start, end = trimmed(b.words, *found)
        if end - start < 2 or b.words[start:end] in b.text:
            continue
        items = _parts(b.words, start, end)
        if count > 1 and len(items) != count:
            continue
        if b.asked.sort == "list" and count == 0 and len(items) < 2:
            fit *= 0.8
        yield Span(items, start, end, fit, 1.0, CHARGED)


def _charged(b: Beside) -> Iterator[tuple[int, int]]:
    """由甲办公室负责乙: who is charged with what the question asks of."""
    if b.asked.sort == "list":
        return
    for m in prose_words().charged.finditer(b.words):
        if any(m.end() <= a.s0 <= m.end() + _CHARGED_WITH for a in b.anchors):
            yield m.span("who")


def _acting(b: Beside) -> Iterator[tuple[int, int]]:
    """Who stands before the verb that the question asks the doer of (谁主办, 主办方是哪两家, 报告由谁出)."""
    for a in b.anchors:
        if not _asks_doer(b, a) or not _of_that(b, a):
            continue
        first, _ = clause_of(b.words, a.s0, a.s1)
        before = b.words[first : a.s0]
        by = f"由{_WHO}{_WITH_OTHERS}$"
        together = f"^{_WHO}(?:共同|联合|一起|携手)$"
        m = re.search(by, before) or re.search(together, before)
        if m:
            yield first + m.start("who"), first + m.end("who")
    verb = re.match(r"[^\W\d]{1,3}", b.text[b.asked.end :])
    if verb is None or not b.text[: b.asked.start].endswith("由"):
        return
    for a in b.anchors:
        # 报告|该由|谁出: 由甲机构出|具的|报告
        if a.q1 > b.asked.start or not b.near(a):
            continue
        m = re.search(
            rf"由(?P<who>[^,;。:]{{2,24}}?){re.escape(verb[0][0])}[^,;。:的]{{0,3}}的?$", b.words[: a.s0]
        )
        if m:
            yield m.span("who")


def _asks_doer(b: Beside, a: Anchor) -> bool:
    """Whether the question asks who does what this stretch says."""
    if a.q1 <= b.asked.start:
        # who organises is not who receives: 承办方 asks for the one that the very word says
        return not a.alike and _DOER.fullmatch(b.text[a.q1 : b.asked.start]) is not None
    behind = b.text[b.asked.end : a.q0]
    acts = b.who or b.head_class in prose_words().acting or b.head in prose_words().bodies
    return a.q0 >= b.asked.end and not CLAUSE.search(behind) and is_glue(behind) and acts


def _of_that(b: Beside, a: Anchor) -> bool:
    """Whether the sentence itself has what stands right before the doing in the question: who held another
    fair is no answer, though the next sentence speaks of the one that is meant."""
    run = near_run(b.text, b.mask, min(a.q0, b.asked.start) - 1, -1)
    return (covered(b.text, run, (b.words,)).bit_count() >= 0.5 * run.bit_count()) if run else True


def _parts(words: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Those who act together, one by one."""
    cuts = [start]
    for m in _BETWEEN.finditer(words, start, end):
        cuts += [m.start(), m.end()]
    cuts.append(end)
    items = tuple(trimmed(words, s, e) for s, e in zip(cuts[::2], cuts[1::2], strict=True))
    long = all(e - s >= 3 for s, e in items)
    return items if long else ((start, end),)
