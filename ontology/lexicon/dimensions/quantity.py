"""Quantities: a number with its unit and bound. ``约1.2万家`` · ``3—5个百分点`` · ``不足80%``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ontology.lexicon.dimensions.number import (
    ARABIC,
    MULTIPLIER,
    MULTIPLIERS,
    Number,
    chinese,
    numbers,
    refused,
)
from ontology.lexicon.later import later
from ontology.lexicon.mention import Mention, Quantity

#: words before a number and the bound they set, longest first
BEFORE = {
    "首次突破": ">", "已突破": ">", "突破": ">", "首次超过": ">", "超过了": ">", "超过": ">", "超出": ">",
    "超": ">", "逾": ">",
    "多于": ">", "大于": ">", "高于": ">", "跨越": ">", "迈过": ">",
    "迈上": "=", "冲上": "=", "跨上": "=", "站上": "=", "登上": "=", "上": ">=",
    "不低于": ">=", "不少于": ">=", "不小于": ">=", "至少": ">=", "最低": ">=", "≥": ">=", ">=": ">=",
    ">": ">", "＞": ">",
    "不足": "<", "不到": "<", "低于": "<", "少于": "<", "小于": "<", "＜": "<", "<": "<",
    "不超过": "<=", "不高于": "<=", "不大于": "<=", "不多于": "<=", "至多": "<=", "最多": "<=", "≤": "<=",
    "<=": "<=",
    "大约": "~", "约为": "~", "约": "~", "将近": "~", "接近": "~", "近": "~", "超约": "~", "左右": "~",
}
_BEFORE = later("(?:" + "|".join(sorted(map(re.escape, BEFORE), key=len, reverse=True)) + r")了?\s?$")
#: words behind the unit
AFTER = {
    "以上": ">=", "及以上": ">=", "以下": "<=", "及以下": "<=", "以内": "<=", "之内": "<=",
    "左右": "~", "上下": "~", "大关": "", "之多": "",
}
_AFTER = later(r"\s?(及以上|及以下|以上|以下|以内|之内|左右|上下(?!游)|大关|之多)(?:大关)?")

#: what a word's next characters must not be, where it would be another word
_UNITS = [
    "个百分点", "百分点", "个点", "%", "％", "‰", "个基点",
    "元/(?:人|户|吨|亩|平方米|千瓦时|公里)",
    "美元", "欧元", "港元", "日元", "元(?![素器件旦])", "吨标准煤", "吨", "公斤", "千克", "毫克", "克(?!拉)",
    "千升", "平方公里", "平方千米", "平方米", "立方米", "公里", "千米", "厘米", "毫米", "海里", "米", "公顷",
    "亩",
    "(?:[kMGT]Wh?|TEU|[TP]B)(?![A-Za-z])", "千瓦时", "千瓦", "兆瓦", "吉瓦", "千卡",
    "km/h", "km2", "km", "㎡", "m2", "kg", "标准箱",
    "升(?![级幅至为到值高温])",
    "个工作日", "工作日", "个月", "小时", "分钟", "秒", "天", "周(?![年期边岁])", "岁", "周年",
    "年(?![度级])",
    "人次", "家次", "户次", "件次", "台次", "车次", "批次", "班次", "项次", "场次", "枪次", "台件",
    "台套", "台\\(套\\)", "台（套）", "大类(?!别)", "个", "家", "项", "件", "批(?![准发复])",
    "种(?![植养子业])", "条", "起", "台(?![湾州阶账])", "只", "辆", "艘", "架",
    "套", "张", "份(?!额)", "名(?![单录称优牌企校师特品])", "位(?![于列居置])", "人(?![工才均口大])",
    "户(?![籍外])", "次(?![级品])", "例(?!如)", "宗", "类(?![似别])",
    "座", "所(?![有在属示谓得占需])", "处(?![理置于罚分长级])", "支(?![持撑付部])", "棵", "匹", "篇",
    "场(?![地所景])", "门(?![槛户])", "款(?!项)", "颗", "枚",
    "组(?![织成建长合])", "片(?!区)", "间(?!接)", "栋", "幢", "层(?!次)", "对(?=夫|校|母)", "箱", "瓶", "袋",
    "盒", "株(?!洲)", "根(?!据)", "部(?![门分委署位级长])",
    "倍", "成(?![立为果功效本员长都就型])",
    "分(?![之别类布级公局会解析享期配支行])", "级(?!别)", "度(?![假过])", "头(?![部条版])",
    "道(?![路德])", "册", "期(?![间望])",
    "大(?![学型量幅力多批概约会赛规局于关小众])",
    "点(?![\\d对上位明前半])", "字", "群", "班", "站(?!式)", "节(?![约能水点日])", "块(?!钱)",
    "席(?![位次卡])", "平米", "单(?![位独项一个价元])", "项目",
]
_UNIT = later(rf"\s{{0,2}}((?:{MULTIPLIER})?)\s?(多|余|几)?({'|'.join(_UNITS)})")
#: a multiplier that no unit follows: 120万 · 500亿 · 近8万农户
_BARE = later(rf"\s?((?:{MULTIPLIER}))(多|余)?")
#: small Chinese numbers are figures only before these (一带一路, 三高四新, 统一 … are words)
_COUNTERS = frozenset((
    "个", "家", "项", "件", "批次", "种", "条", "起", "台", "只", "辆", "艘", "架", "套", "张", "份", "名",
    "位", "人", "户", "次", "例", "类", "大类", "座", "所", "处", "支", "篇", "场", "款", "枚", "家次",
    "人次", "个百分点", "百分点", "元", "美元", "吨", "亩", "公里", "平方公里", "公顷", "平方米", "倍",
    "成", "年", "个月", "天", "个工作日", "小时", "岁", "大", "项目", "分", "级", "台套",
))
_RANGE = r"\s?(?:至|到|[-—–~～－]{1,2})\s?"
_TO = re.compile(_RANGE + rf"({ARABIC})")
_PERCENT_WORD = re.compile(r"百分之$")
_VAGUE = re.compile(r"[数几上]$")
_ASIDE = re.compile(r"[(（][^()（）]{2,14}[)）](?=[万亿]?元)")
_MULTIPLE = re.compile(r"(多|余|几)")


@dataclass(frozen=True)
class Ordinal:
    """A place in an order: ``第9位`` → 9, bound ``=``; ``前三位`` → 3, bound ``<=``."""

    value: int
    bound: str = "="
    unit: str = ""


_ORDINAL = re.compile(
    r"第\s?(?!三方)(\d{1,4}|[一二两三四五六七八九十百]+)\s?(位|名|次|届|批(?!次)|个|家|季度|产业|期|大)?"
    r"|(?<![提目以之])前\s?(\d{1,3}|[一二两三四五六七八九十百]+)\s?(位|名|强|列)|(首位|榜首|之首|第一方阵)"
    r"|(?<=[省市县区国业居列])前\s?([二三四五六七八九十]|\d{1,2})(?=[,，。;；]|$)"
)


#: 营收过亿元, 产值破千亿元: one of a magnitude, behind a word that sets a bound
_MAGNITUDE = re.compile(
    r"(?:首次|已|均|都)?(?P<bound>突破|超过|过|超|破|逾|近|不足|达到?)(?P<n>[十百千]?[万亿]|万亿)(?P<unit>元|美元|吨"
    r"|人次?)(?!级)"
)
_FRACTION = re.compile(
    r"(?<![百十万第])([二三四五六七八九十])分之([一二三四五六七八九])"
    r"|(?<=占)(?:[^,，。;；\d]{0,8})(?<!\d)(\d)/(\d{1,2})(?![\d/])"
)


def base(value: float, multiplier: str, unit: str) -> tuple[float, str]:
    """Value and unit for comparing: 3.2, 亿, 元 → 3.2e8, 元 · 5, ‰ → 0.5, % · 三成 → 30, %."""
    factor = MULTIPLIERS.get(multiplier, 1.0)
    if unit in ("%", "％"):
        return value, "%"
    if unit == "‰":
        return round(value / 10, 10), "%"
    if unit in ("个百分点", "百分点"):
        return value, "百分点"
    if unit == "成":
        return value * 10, "%"
    return float(f"{value * factor:.12g}"), unit


def _mention(text: str, start: int, end: int, q: Quantity, rule: str) -> Mention:
    return Mention("quantity", start, end, text[start:end], q, rule)


def find(text: str, without: list[tuple[int, int]] | None = None) -> list[Mention]:
    """Quantities and ordinals in the text, in order, none overlapping. ``without``: spans
    that are something else (periods, document numbers)."""
    spans = refused(text) if without is None else without
    out: list[Mention] = []
    last = 0
    for number in numbers(text, spans):
        if number.start < last:
            continue
        mention = _quantity(text, number)
        if mention is None or mention.start < last:
            continue
        out.append(mention)
        last = mention.end
    taken = [(m.start, m.end) for m in out]
    for m in _ORDINAL.finditer(text):
        if any(s < m.end() and m.start() < e for s, e in taken):
            continue
        if m[5]:
            out.append(Mention("ordinal", m.start(), m.end(), m[0], Ordinal(1), "first place"))
            continue
        digits = m[1] or m[3] or m[6]
        value = float(digits) if digits.isdigit() else chinese(digits)
        if value is not None:
            ordinal = Ordinal(int(value), "=" if m[1] else "<=", (m[2] or m[4] or ""))
            out.append(Mention("ordinal", m.start(), m.end(), m[0], ordinal, "ordinal"))
    for m in _MAGNITUDE.finditer(text):
        if any(o.start < m.end() and m.start() < o.end for o in out):
            continue
        factor = {"万": "万", "亿": "亿"}[m["n"][-1]] if m["n"] != "万亿" else "万亿"
        digit = {"十": 10.0, "百": 100.0, "千": 1000.0}.get(m["n"][0], 1.0)
        bound = {"近": "~", "不足": "<", "达": "=", "达到": "="}.get(m["bound"], ">")
        value, unit = base(digit, factor, m["unit"])
        q = Quantity(digit, factor + m["unit"], bound, None, None, value, unit)
        out.append(_mention(text, m.start("bound"), m.end(), q, "magnitude"))
    for m in _FRACTION.finditer(text):
        whole, part = (chinese(m[1]), chinese(m[2])) if m[1] else (float(m[4]), float(m[3]))
        if whole and part and part < whole and not any(o.start < m.end() and m.start() < o.end for o in out):
            value = round(100 * part / whole, 2)
            at = m.start() if m[1] else m.start(3)
            found = _finish(text, at, m.end(), text[max(0, at - 6):at], value, "", "%",
                            "=" if 100 * part % whole == 0 else "~", None, None, 0)
            out += [found] if found is not None else []
    out.sort(key=lambda m: m.start)
    return out


def _quantity(text: str, number: Number) -> Mention | None:
    start, end, value = number.start, number.end, number.value
    before = text[max(0, start - 6):start]
    low = high = None
    decimals = number.decimals
    if number.chinese:
        return _chinese(text, number, before)
    if start and text[start - 1] in "/.:：" and start > 1 and text[start - 2].isdigit():
        return None
    if before.endswith("前") and text[end:end + 1] in ("位", "名", "列"):
        return None  # an ordinal
    if text[end:end + 1] == "/" and text[end + 1:end + 2].isdigit():
        return None
    m = _UNIT.match(text, end)
    if m is None and (aside := _ASIDE.match(text, end)):
        m = _UNIT.match(text, aside.end())  # 276.38(某某除外)亿元
    if m is None or m[3] == "年":
        to = _TO.match(text, end)
        if to is not None:
            unit2 = _UNIT.match(text, to.end())
            if unit2 is not None:
                return _range(text, number, float(to[1].replace(",", "")), unit2, before)
    elif text[m.end():m.end() + 1] in "至到-—–~～－":
        to = _TO.match(text, m.end())
        if to is not None:
            unit2 = _UNIT.match(text, to.end())
            if unit2 is not None and unit2[3] == m[3]:
                return _range(text, number, float(to[1].replace(",", "")), unit2, before)
    bound = "="
    if before.endswith(("-", "－", "−")) and re.search(r"(?:^|[、,，为长降达是(（])[-－−]$", before):
        start, value = start - 1, -value  # 3.2%、11.4%、-2.7%
        before = before[:-1]
    if m is not None:
        multiplier, more, unit = m[1], m[2], m[3]
        stop = m.end()
        if not more and (inner := _MULTIPLE.match(text, stop)) and unit in ("个", "家") and inner[1] == "多":
            stop, more = inner.end(), "多"
    else:
        more_first = re.match(r"\s?(多|余)\s?", text[end:end + 3])
        m = _UNIT.match(text, end + more_first.end()) if more_first else None
        if m is not None and more_first is not None:
            multiplier, more, unit, stop = m[1], more_first[1], m[3], m.end()
        else:
            bare = _BARE.match(text, end)
            if bare is not None:
                multiplier, more, unit, stop = bare[1], bare[2], "", bare.end()
            else:
                multiplier, more, unit, stop = "", "", "", end
                after_of = number.decimals > 0 and (
                    before.endswith(("的", "由", "从")) or _SCALE.search(before) is not None
                )
                if not (after_of or _BEFORE.search(before) or _LEADS.search(before)):
                    return None  # a bare whole number: a mark, a name, a year …
                if text[end:end + 1] in "+×/":
                    return None
    if unit not in ("个", "家", "") and _CLASS.match(text, stop):
        return None
    if more:
        bound = ">"
    return _finish(text, start, stop, before, value, multiplier, unit, bound, low, high, decimals)


#: a bare number behind such a word is a value
_LEADS = re.compile(
    r"(?:(?:指数|得分|评分|分值|满意度)在|达到?了?|为|是|至|到|升至|降至|[控限]制在|(?:稳定|保持|维持)在|[:：])\s?$"
)
#: a number with decimals behind these has no unit: 竞争力指数89.4
_SCALE = re.compile(
    r"(?:(?:缩小|扩大|提高|提升|上升|下降|降低|增加|减少)了?|指数|得分|评分|系数|分值|比值|均值|平均值|平均水平)在?\s?$"
)
#: 4000吨级起重机, 百亿元级企业: a class of things and no figure
_CLASS = re.compile(r"级(?!别)")


def _finish(
    text: str, start: int, stop: int, before: str, value: float | None, multiplier: str, unit: str,
    bound: str, low: float | None, high: float | None, decimals: int,
) -> Mention | None:
    lead = _BEFORE.search(before)
    first = start
    if lead is not None:
        word = lead[0].strip().removesuffix("了") if lead[0].strip() not in BEFORE else lead[0].strip()
        if not (word == "上" and value is not None) and not (word == "近" and unit in ("年", "个月")):
            first = start - len(lead[0])
            bound = BEFORE.get(word, bound) if bound == "=" else bound
    after = _AFTER.match(text, stop)
    if after is not None:
        stop = after.end()
        bound = AFTER[after[1]] or bound
    written = multiplier + unit
    base_value: float | None
    base_value, base_unit = base(value or 0.0, multiplier, unit)
    if value is None:
        base_value = None
    q = Quantity(value, written.replace("％", "%"), bound, low, high, base_value, base_unit, decimals)
    return _mention(text, first, stop, q, "range" if value is None else "number and unit")


def _range(text: str, number: Number, high: float, m: re.Match[str], before: str) -> Mention | None:
    low = number.value
    if high <= low:
        return None
    return _finish(text, number.start, m.end(), before, None, m[1], m[3], "=", low, high, number.decimals)


def _chinese(text: str, number: Number, before: str) -> Mention | None:
    """Chinese numerals count only with a measure word, or with 亿/万 after a bound."""
    start, end, value = number.start, number.end, number.value
    written = text[start:end]
    if before.endswith(("第", "前", "后", "“", "\"", "十分", "之", "同", "统",
    "每")) and not _PERCENT_WORD.search(before):
        return None
    if before.endswith("百分之"):
        q = Quantity(value, "%", "=", None, None, value, "%", number.decimals)
        return _mention(text, start - 3, end, q, "百分之")
    if written.endswith("百分") or written.startswith("百分"):
        return None
    lead = _BEFORE.search(before)
    vague = _VAGUE.search(before)
    if vague and vague[0] == "上" and not all(c in "十百千万亿" for c in written):
        vague = None
    if lead and len(lead[0].strip()) > 1 and lead[0].strip().endswith("上"):
        vague = None  # 迈上万亿元
    magnitude = all(c in "十百千万亿" for c in written)
    more = re.match(r"(多|余|几)", text[end:end + 1])
    at = end + (1 if more else 0)
    m = _UNIT.match(text, at)
    unit = m[3] if m is not None else ""
    if written == "十" and unit == "分" and not (lead or vague):
        return None
    if unit and (unit in _COUNTERS or (len(written) > 1 and unit)):
        money = len(written) > 1 and unit in ("元", "美元", "吨")
        if magnitude and written != "十" and not (lead or vague or more or money):
            return None  # 千家万户, 百种 …
        stop = m.end() if m else at
    elif m is None and len(written) > 1 and (
        (lead and written[-1] in "万亿") or (written[-1] == "亿" and not magnitude)
    ):
        stop = at
    else:
        return None
    if re.match(r"[”\"]", text[stop:stop + 1]) and before.endswith(("“", "\"")):
        return None
    multiplier = ""
    for name in sorted(MULTIPLIERS, key=len, reverse=True):
        if written.endswith(name) and name in ("万", "亿", "万亿"):
            multiplier = name
            break
    shown = value / MULTIPLIERS[multiplier] if multiplier else value
    if unit == "成" and text.startswith("半", stop):
        shown, value, stop = shown + 0.5, value + 0.5, stop + 1  # 六成半
    bound = ">" if more else "~" if vague and vague[0] != "上" else ">=" if vague else "="
    if vague:
        start -= 1
        before = text[max(0, start - 6):start]
    return _finish(text, start, stop, before, shown, multiplier, unit, bound, None, None, number.decimals)


def parse(text: str) -> Quantity | None:
    """The quantity that is the whole text, or None: ``约1.2万家`` → 1.2 万家 ~ (12000 家)."""
    text = text.strip()
    for m in find(text):
        if m.start == 0 and m.end == len(text) and isinstance(m.value, Quantity):
            return m.value
    return None
