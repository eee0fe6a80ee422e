"""The metric's phrase: what stands before (or behind) a number, without what is no part of it."""

from __future__ import annotations

import re
from functools import lru_cache

#: verbs between the phrase and its number
_COPULA = (
    "达到了|达到|达成|高达|长达|多达|可达|已达|(?<!发)达|均为|约为|分别为|(?<![作成])为|是|有|共有|共计"
    "|(?<!公)共|总计|合计|(?<![设统预估会累])计|升至|降至|增至|减至|升到|降到|增到"
    "|(?<![超通经不])过|提升至|提升到|提高到|提高至|增加到|增加至|扩大到|扩大至|下降到|下降至|降低到|降低至|减少到|减少至"
    "|压缩到|压缩至|缩短至|缩短到|缩小至|上升到|上升至|回升至|攀升至|跃升至"
    "|发展到|发展至|调整为|增长到|增长至|扩展至|突破|超过|稳定在|稳定于|保持在|保持着|保持|维持在|控制在"
    "|控制到|完成|实现|占了|占到|占据|独占|(?<![抢侵])占|只有|仅有|仅为|仅|拥有"
    "|累计|位居|各|到|至|在|(?<![节大制])约|冲上|迈上|跨上|迈入|分别|(?<![意方趋流走倾定取转动])向|(?<!公)里|(?<![集其])中"
    "|(?<![海国境省市县])内"
)
_ADVERB = (
    "已经|已|(?<!平)均|只|却|(?<!成)都|目前|(?<![发实体出表呈])现|当前|一直|持续"
    "|连续[一二两三四五六七八九十\\d]+(?:年|个月|个季度)|连续|稳步|普遍|首次|再次|(?<!不)再|又|也|则|更|还|仍|就|便|即|将|将会"
    "|(?<![协学商委工社])会|(?<![认许])可|要|预计"
    "|平均|力争|争取|确保|计划|(?<![虚模])拟|基本|大幅|显著|明显|进一步|总体|整体上|总数|数量|同时|逐步|成功"
    "|最终|全部|一共|加起来|总共|左右|余|超|逾|(?<![附最])近|下|的|甚至|虽然|虽|最高|最低|平均达|年均|远"
)
_TAIL = re.compile(rf"(?:{_COPULA}|{_ADVERB}|[\s:、*-])$".replace("\\\\d", "\\d"))
#: what a phrase does not begin with
_HEAD = re.compile(
    r"^(?:\d+(?=[将把])|用[\d一二两三四五六七八九十]{1,2}(?:[至到\-—~][\d一二两三四五六七八九十]{1,2})?年(?:左右|时间)*(?=[一-鿿]{2})|(?:未来|今后)?[\d一二两三四五六七八九十]{1,2}年(?:之?内|左右)(?=[一-鿿]{3})|\d{1,2}[.、](?=[一-鿿])|眼下|如今|此前|当天|同期|(?:项目)?(?:全部|全面)?(?:建成|投产|投用|达产|投运)(?:投产|达产)?后(?:预计|将)*(?:[可能](?=实现|年[产销]|新增|形成))?(?=[一-鿿]{2})|共建有|(?:国家|省|省级)、(?:省|市|市级)(?:、(?:县|区|市|县级))?[两三四]级(?=[一-鿿]{3})|[一二三四五六七八九十]{1,3}、(?=[一-鿿]{3})(?![一二三四五六七八九十])|其中|并且|以及|同时|此外|另外|另有|另|而且|特别是|尤其是|包括|例如|比如"
    r"|如(?![东皋意何])|且|而|并(?!购)|和(?!谐)|及(?!时)|与|或|则|但是|但|也|又|还|其(?!他)|该|的|使(?!用)"
    r"|令|让|致|导致"
    r"|里面|里(?!程)|内(?![部河容存陆蒙外饰贸需生])|中(?![小国华药医成心型等东部央联车高介标试间试])|方面"
    r"|当中|间(?!接)|期间|之后|后(?!备|续|市)|已|均(?!衡|值)|都|累计|目前|现有|现(?!代|场|有|金)|共保有"
    r"|共有|共(?!同|享|建|性)|保有|拥有"
    r"|共?已?建成|建有|设有|已有|有(?![色效机关限线害氧望])(?!.+的)|获(?![得证利奖评批取])|获批"
    r"|实现了?|完成了?|推动|带动(?=.{4})"
    r"|促使|是(?!否)|尽管|虽然|虽|如果|从(?!业)|(?:调查)?涉及|本次|此次|(?:(?:生产|销售|经营|使用)[、和及或]?)+的|可(?=年[产销]|新增|形成)|获得了?"
    r"|荣获|打造|培育出?(?!率)|约|仍|助力"
    r"|[集汇]聚了?|聚起了?|聚集了?|形成了?|全年|年内|到(?!位|货|场)|至|力争|争取|确保|计划|预计|将|拟|要(?!素)"
    r"|新建和改造|(?:(?:[定立设提]下?|确定|制定|提出)的)?(?:工作|年度|发展)?目标(?:任务)?(?:是|为)|[\s、,:;·*#\-—.)）>]"
    r"|一是|二是|三是|四是|五是|六是|首先|其次|最后|第[一二三](?!产业|季度|批|届|轮|期|代|方)|截至|截止|全面|成功|先后"
    r"|相继|陆续"
    r"|总体上?|整体(?!合格)|按可比价格?计?算?|同期|数据显示|抽查显示|显示|等(?:龙头|骨干|重点|链主"
    r"|领军)?(?:企业|公司|单位|机构|园区|地区|区域|省份|城市|地)的?)"
)
#: possession: the noun behind the number is all of the phrase
POSSESSION = re.compile(
    r"(?:下辖|辖|拥有|共有|已有|现有|另有|有|建成|建有|设有|设立|建立|建设|打造|培育|培养|形成|获批|共保有|保有"
    r"|集聚|聚集|汇聚|构建|发展|创建|包括|涵盖|涉及|共|达|至少|不少于|累计)$"
)
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]|\[\d{1,3}(?:\s?[-,，、]\s?\d{1,3})*\]")
#: a phrase that ends like this is a measure and can take the place of another one
MEASURE = re.compile(
    r"(?:工业)?(?:总产值|增加值|产值|总产量|产量|销量|销售额|销售收入|营业收入|主营业务收入|收入|年?营收|利润总额"
    r"|利润|出口交货值|出口额|进出口总额|出口|进口|总值|总额|税收|投资额?"
    r"|增速|增幅|增长率|升幅|降幅|规模|面积|数量|进度|产能|[一-鿿]{0,6}率|[一-鿿]{0,4}指数|满意度|覆盖面|比重|占比"
    r"|比例|强度|浓度|天数|[一-鿿]{2}(?<![数质重大少流产销])量|均值|平均值|系数|成本|总量|差距|差异"
    r"|得分|评分|分值|(?:互认|成熟|集中|知名|活跃|认可"
    r"|美誉|知晓|关联|贡献|覆盖|熟练|准确|开放|依存|信任|认知|忠诚|完整)度)$"
)
#: measures of time: their figures are durations
LENGTH = re.compile(
    r"(?:周期|时长|时间|时限|期限|标龄|年限|工期|工时|观察期|保质期|过渡期|有效期|保修期|年龄|工龄|寿命|龄"
    r"|耗时|用时|提速|(?:周期|时间|工期)(?:延长|缩短|压缩))(?:平均)?$"
)
#: measures of change: their figures are changes
RATE_OF_CHANGE = re.compile(r"(?:增速|增幅|涨幅|降幅|升幅|增长率|提升幅度|增长幅度)$")
#: 县(市、区), 市(州)长质量奖
_LEVELS = re.compile(r"[（(]([省市县区州、]{1,5})[）)]")
_JUNK = re.compile(
    r"^(?:过去|现在|之前|以前|主办方统计|初步统计|据统计|首批|我们|他们)$|^(?:可比|同口径|现价|当[月季]|本[月季]|单[月季])$|^(?:特别|尤其|其中|这|那|生产|销售|经营)$|^[\d一二两三四五六七八九十]*(?:是|为|等|个|项|家|前"
    r"|年|月)?$"
)


def blank(text: str) -> str:
    """The text with bracketed parts made blank, so that places stay."""
    text = _LEVELS.sub(lambda m: re.sub("[（(、）)]", " ", m[0]), text)
    return _BRACKETS.sub(lambda m: " " * len(m[0]), text)


#: 一年交付: what is done each year
_A_YEAR = re.compile(
    r"^一年(?:可|能)?(?=(?:交付|供货|生产|产出|出货|服务|检测|出具|加工|销售|消化|节约|节省|减少)[一-鿿]*$)"
)


@lru_cache(maxsize=4096)
def tidy(phrase: str) -> str:
    """``已达到`` off the end, ``其中`` off the beginning: ``其中食品合格率稳定在`` → ``食品合格率``."""
    phrase = phrase.strip(" \t\n、,，:：;；—-*#")
    while phrase:
        cut = _TAIL.sub("", phrase)
        if cut == phrase:
            break
        phrase = cut
    while phrase:
        cut = _HEAD.sub("", phrase)
        if cut == phrase:
            break
        phrase = cut
    phrase = _A_YEAR.sub("年", re.sub(r"\s+", "", phrase))
    if is_measure(phrase) and "通过" not in phrase:
        phrase = re.sub(r"(?<=[一-鿿])(?:全年|全部)?(?:完成|实现)(?=[一-鿿]{2})", "", phrase)
    phrase = _balanced(phrase)
    return "" if _JUNK.match(phrase) else phrase


def _balanced(phrase: str) -> str:
    for left, right in ("“”", "()", "《》", "（）"):
        if phrase.count(left) != phrase.count(right):
            phrase = phrase.removeprefix(right).removesuffix(left)
        if phrase.count(left) != phrase.count(right):
            phrase = phrase.replace(left, "").replace(right, "")
    if phrase.count('"') % 2:
        phrase = phrase.strip('"') if phrase.strip('"').count('"') % 2 == 0 else phrase.replace('"', "")
    return phrase


def is_measure(phrase: str) -> bool:
    """Whether the phrase ends in something that is measured: a rate, an amount, a length of time."""
    return bool(MEASURE.search(phrase) or LENGTH.search(phrase))


def head_of(phrase: str) -> str:
    """The measure at the end of a phrase: 规模以上工业总产值 → 总产值."""
    m = MEASURE.search(phrase)
    return m[0] if m else ""


#: a measure that says nothing of what it measures
_BARE = re.compile(
    r"(?:总产值|增加值|产值|总产量|产量|销量|销售额|销售收入|营业收入|收入|年?营收|利润总额|利润|出口交货值|出口额"
    r"|出口产值|进出口总额|出口|进口|税收|投资额?|增速|增幅|增长率|升幅|降幅|规模|面积"
    r"|(?:监督)?(?:抽检|抽查|抽样检验)?(?:批次)?不?合格率|占比|比重|平均值|均值)"
)
_BARE_RATE = re.compile(r"(?:可比价)?" + _BARE.pattern + r"(?:增速|增幅|增长率)?")
_BARE_END = re.compile(_BARE.pattern + "$")
#: the measure that opens a description: 出口产值居首(的)
LEADING_MEASURE = re.compile(_BARE.pattern + r"(?=居|排|位|最|增|领)")


def is_bare(phrase: str) -> bool:
    """Whether the phrase is a measure that says nothing of what it measures: 合格率, 增加值."""
    return bool(_BARE_RATE.fullmatch(phrase))


#: what is grown or bred: 黄桃种植面积
_GROWN = re.compile(r"(.{2,6}?)(?:种植|养殖|播种|栽培)(?:总)?(?:面积|规模)$")


def shared_head(phrase: str) -> str:
    """The measure that the last of several items has for all: 食品、药品抽检合格率 → 抽检合格率."""
    m = _BARE_END.search(phrase) or MEASURE.search(phrase)
    if m is not None and RATE_OF_CHANGE.fullmatch(m[0]):
        of = _BARE_END.search(phrase[: m.start()])
        return f"{of[0]}{m[0]}" if of is not None else m[0]
    return m[0] if m else ""


_GROWN_BY = re.compile(
    rf"({_BARE.pattern})" + r"(?:保持|实现|同比|均|呈|较快|持续)*(?:正增长|增长|下降|回升)"
)


def grown(phrase: str) -> str:
    """The measure that some are told to have grown by: 行业增加值保持增长 → 增加值."""
    m = _GROWN_BY.search(phrase)
    return m[1] if m is not None else ""


def stem_of(phrase: str) -> str:
    """What a bare measure at the end of a phrase is of: 汽车产业产值 → 汽车产业.

    >>> stem_of("汽车产业产值"), stem_of("产值"), stem_of("城镇化率")
    ('汽车产业', '', '')
    """
    head = _BARE_END.search(phrase)
    return phrase[:head.start()] if head is not None else ""


def extended(phrase: str, carried: str, goods: bool = False) -> str:
    """A bare measure takes over what the one before was of: 增加值 after 规模以上工业总产值 →
    规模以上工业增加值. ``goods``: what was carried is itself what was counted (新能源汽车 36万辆)."""
    grown = _GROWN.match(carried)
    if grown is not None and (_BARE_RATE.fullmatch(phrase) or phrase == "综合产值"):
        return grown[1] + phrase  # 黄桃种植面积, 综合产值
    if not carried or not _BARE_RATE.fullmatch(phrase):
        return phrase
    head = _BARE_END.search(carried)
    if RATE_OF_CHANGE.fullmatch(phrase) and head is None and is_measure(carried):
        return carried + phrase
    if head is None and (not goods or len(carried) > 8 or "的" in carried or "率" in phrase):
        return phrase
    if RATE_OF_CHANGE.fullmatch(phrase.removeprefix("可比价")) and head is not None:
        return phrase if RATE_OF_CHANGE.search(carried) else carried + phrase
    if phrase in ("占比", "比重") and not carried.endswith(phrase):
        return carried + phrase
    stem = carried[:head.start()] if head else carried
    stem = re.sub("(?:总|累计)$", "", stem)
    if not stem or stem == phrase or len(stem) > 20 or phrase.startswith(stem):
        return phrase
    return stem.removesuffix("的") + phrase
