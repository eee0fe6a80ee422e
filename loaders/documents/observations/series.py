"""Values in a row: the n-th is the n-th name's or the n-th metric's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from types import EllipsisType

from loaders.documents.observations import cues, phrases
from loaders.documents.observations.clauses import Clause
from loaders.documents.observations.reading import Figure, quantity_of
from loaders.documents.observations.whose import Whose
from loaders.facts import Thing
from ontology.lexicon.dimensions.comparison import Comparison
from ontology.lexicon.mention import Mention, Period, Quantity


class Series(Whose):
    """The rules for several values at once."""

    def _run(self, quantities: Sequence[Mention], i: int) -> Sequence[Mention]:
        j = i + 1
        while j < len(quantities):
            if self._opened(quantities[j]) >= 0 and self._opened(quantities[j - 1]) < 0:
                break
            if not cues.LIST_MARK.match(self.plain[quantities[j - 1].end:quantities[j].start]):
                break
            j += 1
        return quantities[i:j]

    def _distribute(self, clause: Clause, at: int, run: Sequence[Mention]) -> bool:
        """长沙、株洲合格率分别达到96%、95%: the n-th value is the n-th name's or metric's."""
        n = len(run)
        values = _in_one_unit(run)
        compared = self._comparison(clause, at, run[0])
        end = compared.start if compared is not None else run[0].start
        kind, scope = "actual", dict[str, str]()
        if compared is not None and isinstance(compared.value, Comparison):
            kind = "change" if compared.value.sort == "change" else "comparison"
            if compared.value.base not in ("", "同比"):
                scope["比较"] = compared.value.base
            if compared.value.direction < 0:
                scope["方向"] = "下降" if kind == "change" else "低于"
        before = re.sub(r"(?:分别|依次)(?:是|为|达到?|占)?$", "", self.plain[at:end].rstrip())
        names = [x for x in clause.names if at <= x.start and x.end <= at + len(before)]
        listed = self._listed(names)
        subjects: tuple[Thing | None, ...]
        metrics: tuple[str, ...]
        years: Sequence[Period | EllipsisType | None] = self._years(run[0].start)
        if len(years) != n:
            years = (...,) * n
        if len(listed) == n:
            rest = cues.SO_MANY.sub("", self.plain[listed[-1].end:at + len(before)])
            self.group = tuple(x.thing for x in listed)
            subjects, metrics = self.group, (self._metric(rest) or self.metric,) * n
        else:
            subject, raw = self._subject(clause, at, at + len(before))
            text = self._metric(raw)
            if cues.BACK_TO.search(text):
                return True  # 恢复到2019年的75%: beside another year, no level
            parts = [phrases.tidy(p) for p in cues.SPLIT.split(_uncounted(text, n))] if text else []
            if len(parts) == n and all(parts):
                head = phrases.shared_head(parts[-1])
                parts = [p if phrases.head_of(p) else p + head for p in parts]
                subjects, self.metrics = (subject,) * n, tuple(parts)
                metrics = self.metrics
            elif not cues.IN_ORDER.search(self.plain, at, run[0].start):
                return False
            elif years[0] is not ...:  # 2022年、2023年合格率分别达到93%、94%
                subjects, metrics = (subject,) * n, (text or self.metric,) * n
            elif not text and len(recent := self._recent(n)) == n:
                subjects, metrics = tuple(f.subject for f in recent), tuple(f.metric for f in recent)
            elif len(self.group) == n:
                subjects, metrics = self.group, (text or self.metric,) * n
            elif len(self.metrics) == n and not text:
                subjects, metrics = (subject,) * n, self.metrics
            else:
                return False
        come_out = self.plain[run[-1].end:clause.end].strip()
        if cues.COME_OUT.fullmatch(come_out):
            metrics = tuple(m + come_out for m in metrics)  # 分别有3批次和2批次不合格
        for one, metric, q, value, year in zip(subjects, metrics, run, values, years, strict=True):
            whole = phrases.extended(metric, self.metric) if subjects != self.group else metric
            self._emit(clause, one, whole, value, kind, q, scope, period=year)
        return True

    def _years(self, end: int) -> list[Period]:
        """The years named in a row before: 2022年、2023年、2024年."""
        row: list[Mention] = []
        for m in self.periods:
            if m.end > end or not isinstance(m.value, Period):
                continue
            follows = bool(row) and cues.LIST_MARK.match(self.text[row[-1].end:m.start]) is not None
            row = [*row, m] if follows else row if len(row) > 1 else [m]
        return [m.value for m in row if isinstance(m.value, Period)] if len(row) > 1 else []

    def _recent(self, n: int) -> list[Figure]:
        """The levels given last, each of another metric: …12亿吨，…33万箱，分别增长…"""
        levels = [f for f in self.out if f.kind in ("actual", "target")][-n:]
        return levels if len({(f.subject, f.metric) for f in levels}) == n else []

    def _gaps(self, clause: Clause, at: int, run: Sequence[Mention]) -> bool:
        """分别高于全国、全省平均水平3.6个、1.2个百分点: one thing beside several."""
        compared = self._comparison(clause, at, run[0])
        if compared is None or not isinstance(compared.value, Comparison) or compared.value.sort != "gap":
            return False
        bases = [b.strip() for b in cues.SPLIT.split(compared.value.base)]
        if len(bases) != len(run):
            return False
        mean = cues.MEAN.search(bases[-1])
        subject, raw = self._subject(clause, at, compared.start)
        metric = self._metric(raw) or self.metric
        for base, q, value in zip(bases, run, _in_one_unit(run), strict=True):
            scope = {"比较": base + mean[0] if mean and not base.endswith(mean[0]) else base}
            if compared.value.direction < 0:
                scope["方向"] = "低于"
            self._emit(clause, subject, metric, value, "comparison", q, scope)
        return True

    @staticmethod
    def _comparison(clause: Clause, at: int, q: Mention) -> Mention | None:
        """The comparison whose number this is."""
        return next((m for m in clause.comparisons if at <= m.start and q.start - 1 <= m.end <= q.end), None)


def _uncounted(text: str, n: int) -> str:
    """纺织、印染、化纤三大支柱产业产值 → 纺织、印染、化纤产值, where so many are listed."""
    words = cues.SO_MANY_KINDS.sub(lambda m: "" if cues.HAN_COUNT.get(m["n"]) == n else m[0], text)
    return words if words == text else re.sub(r"的(?=[一-鿿]{2,8}$)", "", words)


def _in_one_unit(run: Sequence[Mention]) -> list[Quantity]:
    """5.1个和8.4个百分点: the unit stands with the last."""
    values = [quantity_of(q) for q in run]
    last = values[-1]
    if last.unit != "个百分点":
        return values
    return [replace(v, unit=last.unit, base_unit=last.base_unit) if v.unit == "个" else v for v in values]
