"""Which node a thing is: keys, places, generic names, abbreviations."""

from __future__ import annotations

import pytest

from loaders.facts import Thing
from loaders.identity import Identities
from ontology.read import load_ontology

LIXIAN = "430723"


@pytest.mark.parametrize(
    ("thing", "place", "node"),
    [
        (Thing("Region", "株洲"), "", "region:430200"),
        (Thing("Region", "株洲市"), "", "region:430200"),
        (Thing("Region", "湖南省株洲市"), "", "region:430200"),
        (Thing("Region", "株洲市", code="430200"), "", "region:430200"),
        (Thing("Region", "青山镇"), "", "region:青山镇"),
        (Thing("Enterprise", "湘江 风电（集团）"), "", "enterprise:湘江风电集团"),
        (Thing("Chain", "风电装备产业链"), "", "chain:风电装备"),
        (Thing("Chain", "风电装备"), "", "chain:风电装备"),
        (Thing("Chain", "风电装备产业链", place="株洲市"), "", "chain:430200/风电装备"),
        (Thing("Chain", "株洲风电装备产业链"), "", "chain:430200/风电装备"),
        (Thing("Chain", "株洲市风电装备产业链", place="株洲"), "", "chain:430200/风电装备"),
        (Thing("Chain", "资源加工产业链"), "", "chain:资源加工"),
        (Thing("Cluster", "长沙工程装备产业集群"), "", "cluster:430100/工程装备"),
        (
            Thing("Platform", "一站式服务平台", subtype="one_stop", place="株洲市"),
            "",
            "platform:430200/一站式服务平台",
        ),
        (
            Thing("Platform", "质量基础设施“一站式”服务平台", subtype="one_stop", place="430200"),
            "",
            "platform:430200/一站式服务平台",
        ),
        (Thing("Platform", "株洲市质量基础设施“一站式”服务平台"), "", "platform:430200/一站式服务平台"),
        (Thing("Platform", "湘江检测云", place="株洲市"), "", "platform:湘江检测云"),
        (Thing("Institution", "湖南省市场监督管理局"), "", "institution:430000/市场监督管理局"),
        (Thing("Institution", "县市场监管局"), LIXIAN, "institution:430723/市场监督管理局"),
        (Thing("Institution", "澧县市场监督管理局"), "", "institution:430723/市场监督管理局"),
        (Thing("Institution", "县发改局"), LIXIAN, "institution:430723/发展和改革局"),
        (Thing("Institution", "省市场监督管理局"), LIXIAN, "institution:430000/市场监督管理局"),
        (Thing("Institution", "国家市场监督管理总局"), LIXIAN, "institution:国家市场监督管理总局"),
        (Thing("Park", "株洲高新区"), "", "park:430200/高新技术产业开发区"),
        (Thing("Task", "提升质量", id="task:a.md/1"), "", "task:a.md/1"),
    ],
)
def test_node(thing: Thing, place: str, node: str) -> None:
    assert Identities(load_ontology(), place).identify(thing).id == node


def test_short_names_hold_where_the_document_says_so() -> None:
    short = {"湘江": "湘江风电股份有限公司"}
    here = Identities(load_ontology(), short=short).identify(Thing("Enterprise", "湘江"))
    elsewhere = Identities(load_ontology()).identify(Thing("Enterprise", "湘江"))
    assert here.id == "enterprise:湘江风电股份有限公司"
    assert set(here.stated_as) == {"name=湘江风电股份有限公司", "alias=湘江"}
    assert elsewhere.id == "enterprise:湘江"


def test_an_alias_of_two_things_is_no_ones() -> None:
    things = (
        Thing("Enterprise", "湘江风电", aliases=("湘江",)),
        Thing("Enterprise", "湘江仪表", aliases=("湘江",)),
    )
    identities = Identities(load_ontology(), things=things)
    assert identities.identify(Thing("Enterprise", "湘江")).id == "enterprise:湘江"


def test_an_office_named_by_its_level_has_its_full_name() -> None:
    office = Identities(load_ontology(), LIXIAN).identify(Thing("Institution", "县发改局"))
    assert office.name == "澧县发改局"
    assert "alias=县发改局" in office.stated_as


def test_a_county_is_not_called_by_its_citys_short_name() -> None:
    county = Identities(load_ontology()).identify(Thing("Region", "长沙县"))
    assert county.id == "region:430121"
    assert "alias=长沙" not in county.stated_as
