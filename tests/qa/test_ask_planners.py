"""Every kind of question that planners put, over made-up documents and tables on farm machinery.

The phrasings were written before any was run: terse, colloquial, long, in English. Each is its
own test.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from qa_service.session import Session
from tests.asked import Case, asked, cases, session_over

#: kind of question → where its phrasings stand; each has at least ``LEAST``
KINDS: Mapping[str, tuple[str, ...]] = {
    "metric": ("planners/metric", "metric"),
    "baseline": ("planners/baseline",),
    "target": ("planners/target", "target"),
    "list": ("planners/list", "list", "relation", "outline"),
    "gap": ("planners/gap", "gap"),
    "count": ("planners/count", "count"),
    "sum": ("planners/sum",),
    "mean": ("planners/mean",),
    "comparison": ("planners/comparison",),
    "difference": ("planners/difference", "gap_of_figures"),
    "ratio": ("planners/ratio",),
    "back-calculation": ("planners/back", "other_side"),
    "superlative": ("planners/superlative", "extreme"),
    "multi-hop": ("planners/multihop",),
    "path": ("planners/path",),
    "rubric": ("planners/rubric", "rubric"),
    "responsibility": ("planners/responsibility", "responsibility"),
    "provenance": ("planners/provenance", "provenance"),
    "definition": ("planners/definition",),
    "conflict": ("planners/conflict",),
    "yes or no": ("planners/whether", "whether"),
    "sources and years": ("planners/sources_years",),
}
LEAST = 25


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with session_over("asked_planners", tmp_path_factory.mktemp("planners")) as opened:
        yield opened


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_enough_phrasings(kind: str) -> None:
    assert len({c.question for c in cases(*KINDS[kind]) if not c.missing}) >= LEAST


@pytest.mark.parametrize("case", list(cases("planners")), ids=lambda c: c.question)
def test_phrasing(case: Case, session: Session) -> None:
    answer = asked(case, session)
    for evidence in answer.evidence:
        assert evidence.quote
