"""One thing under other words: conflicts, divergences, and what is neither."""

from __future__ import annotations

from itertools import count

import pytest

from graph.conflicts import disagreements
from graph.observation_rows import ObservationRow

_NUMBERS = count()


def row(phrase: str, value: float, unit: str = "%", **more: object) -> ObservationRow:
    number = next(_NUMBERS)
    given: dict[str, object] = {
        "id": f"observation:{number:04d}",
        "subject": "region:990000",
        "metric": f"metric:{phrase}",
        "phrase": phrase,
        "period": "2024",
        "value": value,
        "base_value": value,
        "unit": unit,
        "base_unit": unit,
        "decimals": 1,
        "passages": (f"d.md#{number}-1",),
        **more,
    }
    return ObservationRow(**given)  # type: ignore[arg-type]


def found(*rows: ObservationRow) -> list[tuple[str, tuple[str, ...]]]:
    return [(d.kind, d.differs_in) for d in disagreements(rows)]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (row("竹器产品合格率", 91.2), row("竹器产品的整体质量合格率", 92.2)),
        (
            row("竹器、漆器等产品合格率", 2.3, "百分点", kind="change"),
            row("漆器产品合格率", 2.1, "百分点", kind="change"),
        ),
        (
            row("检定平均制修订周期", 12, "个月", kind="target", bound="<="),
            row("检定制定周期", 6, "个月", kind="target", period=""),
        ),
        (
            row("区域质量差距", 4, "百分点", kind="target", bound="<="),
            row("区域合格率差距", 3, "百分点", kind="target", bound="<=", subject="region:990100"),
        ),
        (
            row("云江质量勋章", 1, "个", period="2016/2020"),
            row("云江质量勋章", 6, "项", period="2020", kind="baseline"),
        ),
        (
            row("合格率", 91.2, subject="industry:竹器行业", scope="地区=长沙市"),
            row("竹器行业合格率", 92.2, subject="region:430100"),
        ),
    ],
)
def test_the_same_in_other_words_conflicts(a: ObservationRow, b: ObservationRow) -> None:
    assert found(a, b) == [("conflict", ())]
    assert found(b, a) == [("conflict", ())]


@pytest.mark.parametrize(
    ("a", "b", "differs"),
    [
        (row("规模以上企业竹器合格率", 91.2), row("竹器合格率", 92.2), ("wording",)),
        (row("竹器追溯体系覆盖率", 78), row("竹器追溯系统覆盖率", 54, scope="范围=新兴领域"), ("范围",)),
        (row("园艺食品抽检合格率", 97.5, bound=">="), row("散装园艺食品合格率", 89.7), ("wording",)),
        (row("省级以上竹器园区", 23, "个"), row("省级以上竹器园区推广共享检测", 21, "个"), ("wording",)),
        (
            row("竹器检测中心", 18, "个"),
            row("竹器检测中心", 25, "家", period="", passages=("e.md#1-2",)),
            ("period",),
        ),
        (
            row("县市区纳入国家质量先进县培育库", 21, "个"),
            row("县市纳入国家质量先进县名单", 14, "个"),
            ("wording",),
        ),
    ],
)
def test_another_scope_or_wording_diverges(
    a: ObservationRow, b: ObservationRow, differs: tuple[str, ...]
) -> None:
    assert found(a, b) == [("divergence", differs)]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (row("竹器产品合格率", 91.2), row("漆器产品合格率", 92.2)),
        (row("国家竹器中心数", 18, "个"), row("省级竹器中心数", 74, "个")),
        (row("竹器合格率", 91.2, scope="产品=竹椅"), row("竹器抽检合格率", 95.2)),
        (row("竹器合格率", 91.2, scope="行业=甲"), row("竹器平均合格率", 95.2, scope="产品=乙")),
        (row("企业", 20, "家"), row("重点企业", 30, "家")),
        (row("竹器奖", 50, "个"), row("竹器奖及提名奖", 67, "个")),
        (row("企业完成注册", 20, "家"), row("企业参与竞赛", 30, "家")),
        (row("竹器合格率", 91.2), row("竹器合格率", 95, kind="target")),
        (row("竹器合格率", 91.2), row("竹器合格率", 92.2, period="2023")),
        (row("竹器合格率", 91.2), row("竹器的合格率", 92.2, subject="region:990100")),
        (row("竹器合格率", 91.2), row("竹器的平均合格率", 91, bound=">=")),
        (
            row("竹器合格率", 0.5, "百分点", kind="comparison", scope="比较=全国平均水平"),
            row("竹器的合格率", 2.7, "百分点", kind="comparison", scope="比较=园区外企业"),
        ),
        (
            row("竹器合格率", 91.2, passages=("d.md#1-2",)),
            row("竹器平均合格率", 92.2, passages=("d.md#1-2",)),
        ),
        (row("竹器园区", 20, "个"), row("竹器园区", 20, "家")),
        (
            row("制定竹器和漆器标准", 15, "项", period="2016/2020"),
            row("制定竹器和漆器标准", 90, "项", period="2020"),
        ),
        (
            row("竹器检测中心", 18, "个"),
            row("竹器检测中心", 25, "家", period="", kind="target", passages=("e.md#1-2",)),
        ),
        (
            row("重点竹链质量合格率差距", 3, "百分点", kind="target"),
            row("区域质量差距", 4, "百分点", kind="target"),
        ),
    ],
)
def test_what_is_neither(a: ObservationRow, b: ObservationRow) -> None:
    assert found(a, b) == []


def test_a_level_of_the_year_before_follows_from_the_change() -> None:
    now = row("竹器合格率", 94.1)
    change = row("竹器合格率", 0.9, "百分点", kind="change", scope="比较=2023年")
    assert found(now, change, row("竹器合格率", 93.9, period="2023")) == [("conflict", ("derived",))]
    assert found(now, change, row("竹器合格率", 93.2, period="2023")) == []
    assert found(now, change, row("竹器合格率", 93.9, period="2022")) == []


@pytest.mark.parametrize(("points", "said"), [(6, [("conflict", ())]), (5.1, []), (5, [])])
def test_a_gap_between_places_and_a_comparison_of_them(points: float, said: list[object]) -> None:
    compared = row(
        "产品合格率",
        5,
        "百分点",
        kind="comparison",
        scope="比较=株洲地区",
        bound="~",
        subject="region:430300",
    )
    assert found(compared, row("株洲与湘潭合格率差距", points, "百分点")) == said
    other_way = row("合格率差距", points, "百分点", scope="比较=湘潭", subject="region:430200")
    assert found(compared, other_way) == said
    elsewhere = row("合格率差距", points, "百分点", scope="比较=长沙", subject="region:430200")
    assert found(compared, elsewhere) == []


def test_each_figure_is_told_of_once() -> None:
    rows = [row("竹器合格率", 91.2), row("竹器平均合格率", 92.2), row("竹器合格率", 93.2)]
    (only,) = disagreements(rows)
    assert {o.id for o in only.observations} == {o.id for o in rows}


def test_of_what_is_kept_a_later_document_has_fewer() -> None:
    early = row("青杉老字号", 116, "家", period="2020", passages=("plan.md#1-2",))
    table = row("青杉老字号", 116, "家", period="2020", kind="baseline", passages=("plan.md#8-9",))
    late = row("青杉老字号", 31, "家", period="2023", passages=("press.md#1-2",))
    (one,) = disagreements([early, table, late])
    assert (one.kind, one.differs_in, one.period) == ("divergence", ("period",), "2023")
    assert {o.id for o in one.observations} == {early.id, table.id, late.id}


def _brands(value: float, period: str, phrase: str = "青杉老字号", **more: object) -> ObservationRow:
    return row(phrase, value, "家", period=period, **more)


@pytest.mark.parametrize(
    "rows",
    [
        # it grew, it is no thing that is kept, one document tells a series
        (_brands(31, "2020"), _brands(116, "2023", passages=("p.md#1-2",))),
        (_brands(116, "2020", "新增企业"), _brands(31, "2023", "新增企业", passages=("p.md#1-2",))),
        (_brands(116, "2020"), _brands(31, "2023")),
    ],
)
def test_what_may_have_changed_is_no_disagreement(rows: tuple[ObservationRow, ObservationRow]) -> None:
    assert found(*rows) == []
