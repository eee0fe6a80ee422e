"""Made-up material for the tests of the page: a small chain, a large one, a notice and figures."""

from __future__ import annotations

from pathlib import Path

SOURCE = "一则通告,https://example.org/a,B,2024"

FIRMS = """\
企业,别称,所在地,产业链,产业链所在地,角色,产品,来源,网址,等级,发布年份
甲缝制,,台州市,缝纫机产业链,台州市,链主,缝纫机,{s}
乙铸造,,台州市,缝纫机产业链,台州市,上游材料,机壳,{s}
丙精密零部件制造及表面处理技术股份有限公司,,宁波市,缝纫机产业链,台州市,配套,旋梭,{s}
丁服饰,,杭州市,缝纫机产业链,台州市,下游应用,,{s}
戊整机,,台州市,缝纫机产业链,台州市,整机,包缝机,{s}
"""

SUPPLY = """\
供应方,采购方,产品,产业链,年份,来源,网址,等级,发布年份
乙铸造,甲缝制,机壳,缝纫机产业链,2023,{s}
丙精密零部件制造及表面处理技术股份有限公司,甲缝制,旋梭,缝纫机产业链,2024,{s}
己电机,甲缝制,伺服电机,缝纫机产业链,2024,{s}
"""

METRICS = """\
对象,对象类别,对象所在地,指标,时期,数值,单位,数值类型,产品,行业,范围,文字值,来源,网址,等级,发布年份
台州市,Region,,制造业产品质量合格率,2023,94.1,%,actual,,,,,另一份年鉴,https://example.org/b,C,2024
甲缝制,Enterprise,台州市,一次检验合格率,2023,98.5,%,actual,,,,,{s}
乙铸造,Enterprise,台州市,一次检验合格率,2023,91.2,%,actual,,,,,{s}
戊整机,Enterprise,台州市,一次检验合格率,2023,95.6,%,actual,,,,,{s}
"""

#: 𠮷 is one character to the service and two units to the browser, in front of what is quoted
NOTICE = """\
# 台州市质量通报

## 一、总体情况

𠮷𠮷𠮷年报由市局编写。2023年，台州市制造业产品质量合格率为93.7%。

## 二、产业链

台州市缝纫机产业链尚未建成一站式服务平台。

## 三、附则

本通报自印发之日起施行。
"""

LARGE = 260
_PLACES = ("台州市", "宁波市", "杭州市", "温州市", "嘉兴市", "绍兴市")
_ROLES = ("上游材料", "配套", "整机", "下游应用")


def large_chain(members: int = LARGE, name: str = "泵阀产业链") -> str:
    """A table of a chain with many firms, spread over places and roles."""
    lines = [FIRMS.splitlines()[0]]
    lines += [
        f"泵阀{n:04}厂,,{_PLACES[n % len(_PLACES)]},{name},台州市,{_ROLES[n // 3 % len(_ROLES)]},,{SOURCE}"
        for n in range(members)
    ]
    return "\n".join(lines) + "\n"


def large_supply(members: int = LARGE, name: str = "泵阀产业链") -> str:
    """Links between the firms of that chain."""
    lines = [SUPPLY.splitlines()[0]]
    lines += [
        f"泵阀{n:04}厂,泵阀{(n + 6) % members:04}厂,部件{n % 9},{name},{2022 + n % 3},{SOURCE}"
        for n in range(0, members, 2)
    ]
    return "\n".join(lines) + "\n"


def write_material(folder: Path, members: int = LARGE) -> Path:
    """Writes all of it below ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        "firms.csv": FIRMS.format(s=SOURCE),
        "supply.csv": SUPPLY.format(s=SOURCE),
        "metrics.csv": METRICS.format(s=SOURCE),
        "notice.md": NOTICE,
        "large/firms.csv": large_chain(members),
        "large/supply.csv": large_supply(members),
    }
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
