"""What the benchmarks load: made-up tables and prose, the same each time."""

from __future__ import annotations

import csv
import random
from pathlib import Path

SEED = 7
_CITIES = ("长沙市", "株洲市", "湘潭市", "衡阳市", "岳阳市", "常德市", "益阳市", "郴州市")
_GOODS = ("齿轮", "轴承", "电缆", "阀门", "泵体", "车轴", "线圈", "机壳", "滤芯", "密封圈")
_METRICS = ("产品质量合格率", "监督抽查合格率", "研发投入强度", "优等品率")
HEADERS = (
    "chain", "region", "lead_firm", "member_enterprise", "role", "supplier", "buyer", "product", "year",
    "source_title", "url", "source_grade",
)


def table(path: Path, rows: int) -> Path:
    """Firms, chains and who supplies whom: a row states two to four facts."""
    dice = random.Random(SEED)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(HEADERS)
        for number in range(rows):
            firm, buyer = f"试验{number % (rows // 3 + 1)}号厂", f"试验{dice.randrange(rows // 3 + 1)}号厂"
            chain, role = f"{dice.choice(_GOODS)}{number % 40}", dice.choice(("配套", "整机"))
            writer.writerow((
                chain, dice.choice(_CITIES), "", firm, role,
                firm, buyer, dice.choice(_GOODS), str(2020 + number % 5), f"试验资料{number % 20}", "", "C",
            ))
    return path


def prose(folder: Path, documents: int, paragraphs: int) -> int:
    """Reports with sections, figures and names; gives the number of characters written."""
    dice = random.Random(SEED)
    folder.mkdir()
    written = 0
    for number in range(documents):
        city = _CITIES[number % len(_CITIES)]
        lines = [f"{city}产品质量状况报告（{2015 + number}年度）", ""]
        for n in range(paragraphs):
            if n % 6 == 0:
                lines += [f"{'一二三四五六七八九十'[n // 6 % 10]}、第{n // 6 + 1}部分情况", ""]
            lines += [_paragraph(dice, city, 2015 + number), ""]
        text = "\n".join(lines)
        (folder / f"report{number:02d}.txt").write_text(text, "utf-8")
        written += len(text)
    return written


def long_text(path: Path, megabytes: float) -> int:
    """One report of so many megabytes; gives its characters."""
    dice = random.Random(SEED)
    written = characters = number = 0
    with path.open("w", encoding="utf-8", newline="") as out:
        while written < megabytes * 1e6:
            part = "" if number else "长沙市产品质量状况报告（2024年度）\n\n"
            if number % 6 == 0:
                part += f"{'一二三四五六七八九十'[number // 6 % 10]}、第{number // 6 + 1}部分情况\n\n"
            part += _paragraph(dice, _CITIES[number % len(_CITIES)], 2015 + number % 9) + "\n\n"
            written += len(part.encode())
            characters += len(part)
            number += 1
            out.write(part)
    return characters


def _paragraph(dice: random.Random, city: str, year: int) -> str:
    metric, goods = dice.choice(_METRICS), dice.choice(_GOODS)
    return "".join((
        f"{year}年，{city}{metric}为{dice.uniform(80, 99):.1f}%，",
        f"比上年提高{dice.uniform(0.1, 3):.1f}个百分点。",
        f"全市规模以上{goods}企业{dice.randint(20, 900)}家，实现产值{dice.uniform(1, 90):.2f}亿元，",
        f"同比增长{dice.uniform(1, 15):.1f}%。试验{dice.randint(1, 99)}号{goods}有限公司",
        f"建成检测实验室{dice.randint(1, 9)}个，制定标准{dice.randint(1, 40)}项，",
        f"力争到{year + 3}年合格率达到{dice.randint(95, 99)}%以上。",
    ))
