"""Places of China by code and by name."""

from __future__ import annotations

import re

import pytest

from ontology.gazetteer import COUNTRY, gazetteer
from ontology.lexicon.normalise import fold


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("株洲市", ["430200"]),
        ("株洲", ["430200"]),
        ("湖南", ["430000"]),
        ("湘", ["430000"]),
        ("澧县", ["430723"]),
        ("湘西", ["433100"]),
        ("湘西州", ["433100"]),
        ("湘西自治州", ["433100"]),
        ("湘西土家族苗族自治州", ["433100"]),
        ("全国", [COUNTRY]),
        ("中国", [COUNTRY]),
        ("長沙市", ["430100"]),
        ("九龍坡區", ["500107"]),
        ("内蒙古", ["150000"]),
        ("广西", ["450000"]),
        ("浦东", ["310115"]),
        ("江华", ["431129"]),
        ("会同县", ["431225"]),
        ("靖州县", ["431229"]),
        ("长株潭", ["长株潭"]),
        ("长株潭城市群", ["长株潭"]),
        ("台湾", ["710000"]),
        # the wider place has the short name
        ("长沙", ["430100"]),
        ("长沙县", ["430121"]),
        ("吉林", ["220000"]),
        ("吉林市", ["220200"]),
        ("海南", ["460000"]),
        ("河南", ["410000"]),
        # the wider place in front
        ("湖南省株洲市天元区", ["430211"]),
        ("株洲天元区", ["430211"]),
        ("湖南长沙", ["430100"]),
        # counties that are cities or districts today
        ("宁乡县", ["430182"]),
        ("望城县", ["430112"]),
        ("亚特兰蒂斯", []),
        ("", []),
    ],
)
def test_find(name: str, codes: list[str]) -> None:
    assert [p.code for p in gazetteer().find(name)] == codes


def test_ambiguous_names_give_all_and_a_place_around_decides() -> None:
    places = gazetteer()
    assert len(places.find("鼓楼区")) > 2
    assert [p.code for p in places.find("鼓楼区", within="320100")] == ["320106"]
    assert [p.code for p in places.find("天元区", within="430000")] == ["430211"]
    assert places.find("天元区", within="440000") == ()


@pytest.mark.parametrize("name", ["城区", "郊区", "东区", "和平", "岳麓", "湘", "新县", "通道", "建水"])
def test_names_that_are_words_too_are_left_out_unless_asked_for(name: str) -> None:
    places = gazetteer()
    assert places.is_weak(name)
    assert name not in {surface for surface, _ in places.names()}
    assert name in {surface for surface, _ in places.names(weak=True)}


@pytest.mark.parametrize("name", ["株洲", "浏阳", "岳麓区", "通道县", "湘西", "长株潭", "江华县"])
def test_names_that_are_nothing_else_are_strong(name: str) -> None:
    assert not gazetteer().is_weak(name)


def test_the_tree() -> None:
    places = gazetteer()
    assert [p.name for p in places.ancestors("430211")] == ["株洲市", "湖南省", "中国"]
    assert [p.name for p in places.ancestors("110105")] == ["北京市", "中国"]
    assert len(places.children("430000")) == 14
    assert sum(len(places.children(p.code)) for p in places.children("430000")) == 122
    assert len(places.children(COUNTRY)) == 34
    assert [p.code for p in places.children("长株潭")] == ["430100", "430200", "430300"]
    assert [p.code for p in places.wider("430200")] == ["430000", "长株潭"]
    assert places.contains("长株潭", "430211")
    assert not places.contains("430100", "430211")
    assert places.ancestors("000000") == ()
    assert places.place("000000") is None


def test_every_place_is_sound() -> None:
    places = gazetteer()
    for surface, code in places.names(weak=True):
        place = places.place(code)
        assert place is not None
        assert fold(surface) == surface, "a folded text would not find it"
        assert place in places.find(surface)
        if place.level == "group":
            assert places.children(code)
        else:
            assert re.fullmatch(r"\d{6}", code)
            assert place.level == "country" or places.ancestors(code)[-1].code == COUNTRY


def test_short_names_are_names() -> None:
    """Nothing is left over of 县, 区, 自治 or the names of peoples."""
    places = gazetteer()
    for _, code in places.names(weak=True):
        place = places.place(code)
        assert place is not None
        assert len(place.short) > 1 or len(place.name) == 1
        if place.short != place.name:
            assert not re.search("(自治|族|矿|[左右]翼.)$", place.short), place
