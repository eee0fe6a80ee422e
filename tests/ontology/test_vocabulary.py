"""The project's own ontology: complete, and without words that say two things."""

from __future__ import annotations

from collections import Counter

import pytest

from ontology import structure
from ontology.lexicon.normalise import fold
from ontology.model import STAGES, Ontology
from ontology.read import load_ontology

#: contract §2
CLASSES = {
    "Region",
    "Park",
    "Enterprise",
    "Chain",
    "Cluster",
    "Industry",
    "Product",
    "Project",
    "Platform",
    "Institution",
    "Policy",
    "Task",
    "Phase",
    "Metric",
    "Observation",
    "Honour",
    "Criterion",
    "Standard",
    "Person",
    "Document",
    "Section",
    "Passage",
    "Content",
    "Source",
    "LoadRun",
    "Coverage",
    "Decision",
}
RELATIONS = {
    "LOCATED_IN",
    "PART_OF",
    "MEMBER_OF",
    "LEADS",
    "CHAIRS",
    "SUPPLIES",
    "PRODUCES",
    "SERVES",
    "HAS_PLATFORM",
    "ISSUED_BY",
    "FOLLOWS",
    "RESPONSIBLE_FOR",
    "AWARDED",
    "LISTED_IN",
    "USES_STANDARD",
    "CITES",
    "ABOUT",
    "MEASURES",
    "STATED_IN",
    "IN_SECTION",
    "IN_DOCUMENT",
    "FROM_SOURCE",
}
PLATFORMS = {
    "one_stop",
    "national_centre",
    "provincial_centre",
    "metrology_centre",
    "testing_body",
    "innovation_centre",
    "standards_committee",
    "laboratory",
}


@pytest.fixture(scope="module")
def own() -> Ontology:
    return load_ontology()


def test_names_are_the_contract_s(own: Ontology) -> None:
    assert set(own.classes) == CLASSES
    assert set(own.relations) == RELATIONS
    assert {s.key for s in own.subtypes_of("Platform")} == PLATFORMS


def test_structural_names_are_in_the_ontology(own: Ontology) -> None:
    names = {k: v for k, v in vars(structure).items() if k.isupper() and isinstance(v, str)}
    for name in ("STATED", "DENIED"):
        del names[name]
    for constant, value in names.items():
        assert value in (own.relations if value.isupper() else own.classes), constant
    assert len(names) > 15


def test_every_relation_has_words_both_ways_in_both_languages(own: Ontology) -> None:
    for relation in own.relations.values():
        for labels in (relation.labels, relation.inverse_labels):
            assert labels.zh, relation.name
            assert labels.en, relation.name


def test_everything_has_labels_in_both_languages(own: Ontology) -> None:
    for table in (own.classes, own.subtypes, own.attributes, own.qualifiers, own.metrics, own.roles):
        for key, term in table.items():
            assert term.labels.zh, key
            assert term.labels.en, key


def test_no_word_denotes_two_of_one_kind(own: Ontology) -> None:
    kinds: dict[tuple[str, str], set[str]] = {}
    for word in own.words():
        if word.kind in ("metric", "class", "subtype", "role"):
            kinds.setdefault((word.kind, fold(word.surface)), set()).add(word.value)
    shared = {key: values for key, values in kinds.items() if len(values) > 1}
    assert shared == {}


def test_ends_paths_and_qualifiers_exist(own: Ontology) -> None:
    for relation in own.relations.values():
        assert relation.domain <= set(own.classes), relation.name
        assert relation.range <= set(own.classes), relation.name
        assert set(relation.identifying) <= set(relation.qualifiers), relation.name
        assert all(own.relations[wide].domain >= relation.domain for wide in relation.implies), relation.name
        for subject in relation.domain:
            assert relation.range_for(subject), relation.name
    for cls in own.classes.values():
        for path in cls.placed_by:
            at = {cls.name}
            for step in path:
                relation = own.relations[step.relation]
                ends = [relation.domain, relation.range]
                near, far = ends if step.direction == "out" else reversed(ends)
                assert at & near, (cls.name, path)
                at = set(far)
            assert at & own.places(), (cls.name, path)


def test_what_the_contract_says_of_single_relations(own: Ontology) -> None:
    assert own.relations["LEADS"].implies == ("MEMBER_OF",)
    assert own.relations["LEADS"].identifying == ("role",)
    assert own.relations["SUPPLIES"].identifying == ("chain", "product")
    assert own.relations["SUPPLIES"].qualifiers["year"] == "xsd:gYear"
    assert own.relations["AWARDED"].identifying == ("year",)
    assert [(s.relation, s.direction) for s in own.relations["HAS_PLATFORM"].also] == [("SERVES", "in")]
    assert own.relations["PART_OF"].transitive
    assert own.relations["PART_OF"].range_for("Chain") == {"Chain"}
    assert own.relations["LOCATED_IN"].range == {"Region", "Park"}
    assert own.relations["LOCATED_IN"].domain == own.things()
    assert {c.name for c in own.classes.values() if c.place_in_key} == {"Chain", "Cluster"}
    assert own.places() == {"Region", "Park"}
    assert own.class_of_extract_name("chain") == "Chain"
    assert own.classes["Cluster"].extract_name == "chain"


@pytest.mark.parametrize(
    ("word", "kind", "value", "inverse"),
    [
        ("企业", "class", "Enterprise", False),
        ("厂商", "class", "Enterprise", False),
        ("firms", "class", "Enterprise", False),
        ("链", "class", "Chain", False),
        ("chains", "class", "Chain", False),
        ("一站式平台", "subtype", "one_stop", False),
        ("“一站式”服务平台", "subtype", "one_stop", False),
        ("国检中心", "subtype", "national_centre", False),
        ("国家质检中心", "subtype", "national_centre", False),
        ("供应商", "relation", "SUPPLIES", True),
        ("suppliers", "relation", "SUPPLIES", True),
        ("供货", "relation", "SUPPLIES", False),
        ("链主", "relation", "LEADS", True),
        ("链主", "role", "链主", False),
        ("牵头单位", "role", "牵头", False),
        ("文号", "attribute", "number", False),
        ("市州", "subtype", "prefecture", False),
    ],
)
def test_words(own: Ontology, word: str, kind: str, value: str, inverse: bool) -> None:
    assert any((w.kind, w.value, w.inverse) == (kind, value, inverse) for w in own.meanings(word))


@pytest.mark.parametrize(
    ("role", "stage"),
    [
        ("上游材料", "upstream"),
        ("配套", "upstream"),
        ("零部件企业", "upstream"),
        ("整机", "midstream"),
        ("整车", "midstream"),
        ("下游", "downstream"),
        ("链主", "unstated"),
        ("链上企业", "unstated"),
        ("牵头", "unstated"),
        ("不知道", "unstated"),
        ("", "unstated"),
        ("上游材料供应", "upstream"),
    ],
)
def test_stages(own: Ontology, role: str, stage: str) -> None:
    assert own.stage_of(role) == stage
    assert stage in STAGES


def test_generic_names_need_a_place(own: Ontology) -> None:
    assert own.is_generic("Institution", "市场监督管理局")
    assert own.is_generic("Platform", "质量基础设施“一站式”服务平台")
    assert not own.is_generic("Institution", "某某大学")


# ---- metrics ------------------------------------------------------------------------------


def test_metrics_are_many_and_sound(own: Ontology) -> None:
    assert len(own.metrics) > 120
    for metric in own.metrics.values():
        assert metric.unit, metric.key
        assert metric.polarity in (-1, 0, 1), metric.key
        if metric.opposite:
            other = own.metrics[metric.opposite]
            assert other.opposite == metric.key
            assert other.polarity == -metric.polarity
            assert other.unit == metric.unit == "%"
        assert metric.key not in own.broader_metrics(metric.key)
        if metric.broader:
            assert own.metrics[metric.broader].polarity == metric.polarity, metric.key
        if metric.change_of:
            assert metric.unit == "%"
            assert not own.metrics[metric.change_of].change_of


@pytest.mark.parametrize(
    ("phrase", "key"),
    [
        ("制造业产品质量合格率", "manufacturing_pass_rate"),
        ("消费品质量合格率", "consumer_goods_pass_rate"),
        ("抽查不合格率", "spot_check_fail_rate"),
        ("R&D 投入强度", "rd_intensity"),
        ("GDP", "gdp"),
        ("規上工業增加值", "industrial_value_added"),
        ("pass rate", "pass_rate"),
        ("工程机械合格率", None),
        ("", None),
    ],
)
def test_metric_for(own: Ontology, phrase: str, key: str | None) -> None:
    metric = own.metric_for(phrase)
    assert (metric.key if metric else None) == key


@pytest.mark.parametrize(
    ("phrase", "key"),
    [
        ("轨道交通装备产品合格率", "product_pass_rate"),
        ("某区规上工业增加值增幅", "industrial_value_added_growth"),
        ("重点工业产品的抽查不合格率", "spot_check_fail_rate"),
        ("某产业增加值占GDP", None),
        ("某产业产值增速高于规上工业总产值增速", None),
        ("客厅", None),
    ],
)
def test_head_metric(own: Ontology, phrase: str, key: str | None) -> None:
    metric = own.head_metric(phrase)
    assert (metric.key if metric else None) == key


def test_wider_and_narrower(own: Ontology) -> None:
    assert own.broader_metrics("manufacturing_pass_rate") == ("product_pass_rate", "pass_rate")
    narrower = set(own.narrower_metrics("pass_rate"))
    assert {"pass_rate", "product_pass_rate", "manufacturing_pass_rate"} <= narrower
    change = own.change_metric("industrial_value_added")
    assert change is not None
    assert change.key == "industrial_value_added_growth"
    assert own.narrower_subtypes("one_stop") == ("one_stop",)


def test_no_label_is_said_twice_for_one_term(own: Ontology) -> None:
    for metric in own.metrics.values():
        again = [w for w, n in Counter(fold(w) for w in metric.labels.all()).items() if n > 1]
        assert again == [], metric.key
