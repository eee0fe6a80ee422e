from __future__ import annotations

from typing import Any

import pytest

from ontology.errors import IllTypedForm
from ontology.model import Ontology
from queries.check import check
from queries.notation import read
from tests.queries.cases import cases


@pytest.mark.parametrize("case", cases("types"), ids=lambda c: c["form"])
def test_what_a_form_denotes(case: dict[str, Any], ontology: Ontology) -> None:
    denotation = check(read(case["form"]), ontology)
    assert denotation.kind == case["kind"]
    assert sorted(denotation.classes) == case["classes"]


@pytest.mark.parametrize("case", cases("ill_typed"), ids=lambda c: c["form"])
def test_what_is_not_allowed(case: dict[str, Any], ontology: Ontology) -> None:
    with pytest.raises(IllTypedForm) as caught:
        check(read(case["form"]), ontology)
    assert case["says"] in caught.value.message


def test_floors() -> None:
    floors = {"types": 20, "ill_typed": 26, "sets": 22, "values": 39, "rewrites": 7}
    assert {name: len(cases(name)) for name in floors if len(cases(name)) < floors[name]} == {}
