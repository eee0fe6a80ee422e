"""What is counted: wholes and their parts, figures that only tell apart, lists of examples."""

from __future__ import annotations

import re

from loaders.documents.observations import cues, phrases
from loaders.documents.observations.clauses import Clause
from loaders.documents.observations.reading import quantity_of
from loaders.documents.observations.shares import Shares
from loaders.documents.observations.subjects import is_region
from ontology.lexicon.mention import Mention, Quantity


class Wholes(Shares):
    """The rules for figures that belong to other figures."""

    def _examples(self, clause: Clause, at: int, q: Mention) -> int:
        """甲开发区、乙开发区等14个开发区: where the examples begin; they go to the scope."""
        words = self.plain[at:q.start].rstrip()
        if not words.endswith("等") or len(words) < 4:
            return q.start
        first = words.find("、")
        names = [n for n in clause.names if at <= n.start and n.end <= at + len(words)]
        lead = cues.EXAMPLES_FROM.search(words[:first if first > 0 else len(words) - 1])
        if lead is not None:
            start = at + lead.end()
        elif names and (first < 0 or names[0].end <= at + first) and not is_region(names[0].thing):
            start = names[0].start
        else:
            start = at
        listed = phrases.tidy(self.text[start:at + len(words) - 1])
        if not listed or (any(is_region(n.thing) and n.start > start for n in names) and "、" not in words):
            return q.start
        self.told["包括"] = listed
        return start

    def _part_of(self, clause: Clause, stop: int, noun: str, q: Mention) -> None:
        """83家配套企业中: some of them come next."""
        rest = self.plain[stop:clause.end].strip()
        words = self.plain[q.end:clause.end].strip()
        if cues.OUT_OF.fullmatch(rest) or (not rest and cues.OUT_OF.search(words)):
            self.whole = (noun.removesuffix("中"), q.text)
        elif cues.SOME_OF.match(rest):
            self.whole = (noun, q.text)

    def _portion(self, before: str, noun: str) -> str:
        """90%的出口产值出自三个行业 → 三个行业出口产值占比; 园区贡献了32%的增加值 → 园区占增加值比重."""
        gave = cues.GAVE.match(before)
        if gave is not None:
            return f"{gave['who'] or self.counted}占{gave['of']}{noun}比重"
        source = cues.FROM_WHOM.match(noun)
        if source is not None and not before:
            return f"{source['from']}{source['what']}占比"
        return before + noun

    @staticmethod
    def _is_countable(quantity: Quantity) -> bool:
        return bool(cues.THING_UNITS.search(quantity.unit)) or quantity.unit in ("万", "亿", "千万", "百万")

    def _counts(self, clause: Clause, q: Mention) -> bool:
        """A small number in characters counts only at the end of its clause or behind a verb
        of having: 行业有两个, 新建两家工厂, but not 五个环节, 一项标准, 三大动力."""
        quantity = quantity_of(q)
        small = quantity.value is not None and not any(c.isdigit() or c in "万亿百千%" for c in q.text)
        if not small and quantity.unit != "大":
            return True
        if quantity.value == 1 or (small and quantity.unit == "大"):
            return False
        ahead = self.plain[clause.start:q.start].strip(" 、")
        things = cues.THINGS.match(self.plain[q.end:clause.end])
        if not ahead and quantity.unit in ("家", "个", "项", "名") and things is not None:
            return True
        at_end = quantity.unit != "大" and not self.plain[q.end:clause.end].strip()
        return at_end or bool(cues.GAINED.search(self.plain[max(clause.start, q.start - 8):q.start]))

    def _population(self, clause: Clause, at: int, q: Mention, following: Mention) -> bool:
        """84类重点产品不合格率低于2%: how many there are is a figure, and qualifies the rate."""
        quantity = quantity_of(q)
        if quantity.bound != "=" or not self._is_countable(quantity):
            return False
        between = self.plain[q.end:following.start]
        noun = cues.COUNTED.match(re.sub(r"\s+", "", between))
        if noun is None:
            return False
        subject, raw = self._subject(clause, at, q.start)
        before = phrases.tidy(raw)
        self._emit(clause, subject, phrases.tidy(before + noun[1]), quantity, "actual", q, keep=False)
        self.plain = self.plain[:q.start] + " " * (q.end - q.start) + self.plain[q.end:]
        self.told["总数"] = q.text
        return True

    def _some_of(self, clause: Clause, at: int, q: Mention, following: Mention) -> bool:
        """14个市州中有9个合格率超过90%: 合格率超过90%的市州."""
        between = self.plain[q.end:following.start].strip()
        later = quantity_of(following)
        ahead = self.plain[at:q.start].strip(" ,，")
        if self.whole is None or later.bound == "=" or not cues.SOME_OF.match(ahead):
            return False
        if not phrases.is_measure(phrases.tidy(between)) or self.plain[following.end:clause.end].strip():
            return False
        subject, _ = self._subject(clause, at, q.start)
        if self.whole[1]:
            self.told["总数"] = self.whole[1]
        metric = f"{phrases.tidy(between)}{following.text}的{self.whole[0]}"
        self._emit(clause, subject, metric, quantity_of(q), "actual", q, keep=False)
        return True

    def _is_qualifier(self, clause: Clause, q: Mention, following: Mention) -> bool:
        """超过1000亿元的名牌企业10家: the first figure tells which firms are counted."""
        between = self.plain[q.end:following.start]
        if re.search(r"^\s*[、,，]|[、,，]$", between):
            return False
        later = quantity_of(following)
        if ("%" in later.unit or "百分" in later.unit) and cues.THING_UNITS.search(quantity_of(q).unit):
            # 286种产品的抽查不合格率降至2%: how many there are belongs to the phrase
            words = between
            for m in clause.comparisons:
                if q.end < m.start and following.start - 1 <= m.end <= following.end:
                    words = self.plain[q.end:m.start]
            words = phrases.tidy(words)
            told_apart = phrases.RATE_OF_CHANGE.search(phrases.tidy(between)) and later.bound != "="
            if not told_apart and (phrases.head_of(words) or len(between) <= 4):
                return True
        if quantity_of(q).bound == "=" or len(between) > 24:
            return False
        size = quantity_of(q).unit.endswith("元") and cues.NOUN.match(between)
        if not between.startswith("的") and not size:
            return False
        return "、" not in between and bool(cues.THING_UNITS.search(later.unit))
