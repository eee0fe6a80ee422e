from __future__ import annotations

import pytest
from hypothesis import given, settings

from ontology.errors import NotationError
from queries.logical_form import Entity, Except, Follow, Instances, LogicalForm, Where, Within
from queries.notation import MAX_DEPTH, read, write
from tests.queries.forms import any_forms


@given(any_forms())
@settings(max_examples=300, deadline=None)
def test_what_is_written_is_read_back(form: LogicalForm) -> None:
    line = write(form)
    assert len(line.splitlines()) == 1
    assert read(line) == form


def test_a_gap() -> None:
    form = Except(
        Within(Instances("Chain"), Entity("region:430200")),
        Follow(Instances("Platform", "one_stop"), "HAS_PLATFORM", "in", (("since", ">=", "2020"),)))
    line = ('Except(Within(Instances(Chain), Entity("region:430200")), '
            'Follow(Instances(Platform, one_stop), HAS_PLATFORM, in, where=(since >= "2020")))')
    assert write(form) == line
    assert read(line) == form


@pytest.mark.parametrize("line", [
    ' Within( Instances(Chain),\n Entity("region:430200") ) ',
    'Within(place=Entity("region:430200"), source=Instances(cls=Chain, subtype=""))',
    'Within(Instances("Chain"), Entity(id="region:430200"))',
])
def test_free_spellings(line: str) -> None:
    assert read(line) == Within(Instances("Chain"), Entity("region:430200"))


def test_an_operator_in_place() -> None:
    form = Where(Instances("Criterion"), "points", ">=", 5)
    assert read("Where(Instances(Criterion), points, >=, 5)") == form


@pytest.mark.parametrize(("line", "at", "says"), [
    ("", 0, "word expected"),
    ("Nothing(Chain)", 0, "no such form"),
    ("Instances", 9, "( expected"),
    ("Instances(Chain", 15, ", expected"),
    ("Instances()", 0, "needs cls"),
    ("Instances(Chain,)", 16, "word|string"),
    ("Instances(Chain) x", 17, "the end expected"),
    ("Instances(Chain, one_stop, more)", 27, "takes 2"),
    ("Instances(Chain, cls=Chain)", 17, "given twice"),
    ("Instances(Chain, klass=Chain)", 17, "has no klass"),
    ("Entity(region)", 7, "string expected"),
    ('Entity("region', 7, "expected"),
    ('Entity("\\q")', 7, "escape"),
    ("Count(Count(Instances(Chain)))", 6, "cannot be Count"),
    ('Sum(Instances(Chain))', 4, "cannot be Instances"),
    ("Follow(Instances(Chain), MEMBER_OF, up)", 36, "in or out"),
    ("Where(Instances(Chain), name, ~, 5)", 30, "expected"),
    ("Where(Instances(Chain), name, =, 1e999)", 33, "too large"),
    ("Top(GroupBy(Instances(Chain), PART_OF, in), 0)", 44, "a count"),
    ("MATCH (n) DETACH DELETE n", 0, "no such form"),
    ("Instances(Chain); Instances(Chain)", 16, "expected"),
])
def test_what_is_no_form(line: str, at: int, says: str) -> None:
    with pytest.raises(NotationError) as caught:
        read(line)
    assert caught.value.where == str(at)
    assert any(part in caught.value.message for part in says.split("|"))


def test_deep_and_long_texts_are_refused_at_once() -> None:
    deep = "Exists(" + "Both(Instances(Chain), " * (MAX_DEPTH + 2)
    with pytest.raises(NotationError, match="deeper"):
        read(deep)
    with pytest.raises(NotationError, match="longer"):
        read("Entity(" + " " * 10_000_000)
