"""What is put into projects, each of which stands behind its figure: 投资20亿元的甲项目."""

from __future__ import annotations

import re

from loaders.documents.observations import cues, phrases
from loaders.documents.observations.clauses import Clause
from loaders.documents.observations.reading import quantity_of
from loaders.documents.observations.wholes import Wholes
from ontology.lexicon.mention import Mention

_PUT_IN = re.compile(r"(?:总?投资|投入)(?:额|总额|规模)?(?:约|达|为|超|近|逾)*\s*$")
#: 的(年产5万吨)负极材料项目: what it will make is no figure of now
_MAKES = re.compile(r"\s*的(?:年产|年加工|年处理|日产|日处理|产能)能?(?:力|约|达)*\s*$")
_PROJECT = re.compile(
    r"\s*的?(?P<name>(?!等)[^,，、;；。\d]{2,36}?(?:项目|生产线|工程))"
    r"(?=[、,，;；。和及与等已正将]|$|\s|顺利|成功|开工|投产|建设|落地|签约|竣工|落户|相继|陆续|全部)"
)


class Projects(Wholes):
    """The rules for what projects cost."""

    def _projects(self, clause: Clause, quantities: list[Mention]) -> list[Mention]:
        """Emits what was put into each project. → the other figures"""
        rest: list[Mention] = []
        makes = 0
        for q in quantities:
            if q.start < makes:
                continue
            money = quantity_of(q).unit.endswith("元")
            if not money or not _PUT_IN.search(self.plain, clause.start, q.start):
                rest.append(q)
                continue
            made = [m.end for m in quantities if _MAKES.fullmatch(self.plain, q.end, m.start)]
            found = _PROJECT.match(self.plain, made[0] if made else q.end)
            named = next((n for n in clause.names if self.plain[q.end:n.start].strip() == "的"), None)
            if named is not None and named.thing.cls in cues.HAVE_SIZES and len(quantities) > 1:
                follows = self.plain[named.end:named.end + 2]
                if follows[:1] in ("、", "") or follows in ("相继", "陆续", "开工", "投产"):
                    self._emit(clause, named.thing, "投资额", quantity_of(q), "actual", q, keep=False)
                    continue
            if found is None or not self.plain[q.end:].lstrip().startswith("的"):
                rest.append(q)
                continue
            names = [n for n in clause.names if n.end <= quantities[0].start]
            subject, _ = self._subject(clause, clause.start, q.start) if names else (None, "")
            whose = subject or self.subject or self.default
            metric = phrases.tidy(found["name"]) + "投资额"
            self._emit(clause, whose, metric, quantity_of(q), "actual", q, keep=False)
            makes = found.start("name")
        return rest
