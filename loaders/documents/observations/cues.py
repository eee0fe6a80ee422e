"""Words around figures, as the rules of :mod:`figures` and :mod:`reading` know them."""

from __future__ import annotations

import re

LIST_MARK = re.compile(r"^[\s、和及与]*(?:以及)?[\s、]*$")
SPLIT = re.compile(r"[、]|以及|和|及|与")
FROM = re.compile(r"(?:由|从)(?P<base>[^由从]{0,14}?)$")
BECOMES = re.compile(
    r"^[^,，。]{0,4}?(?:调整|增加|提高|提升|增长|扩大|上升|下降|降低|减少|压缩|缩短|精简|发展|跃升|攀升|增"
    r"|升|降|减)?(?:为|到|至)"
)
_REACH = (
    r"(?:已?(?:提升|提高|上升|增加|下降|降低)?(?:升|降|增)?[至到]"
    r"|已?达到?了?|为|是|约|超过|超|最高达?|仅)?"
)
SHARE = re.compile(
    rf"(?:占(?!比)|相当于)(?P<of>[^占]{{0,24}}?)(?:的?(?:比重|比例|份额))?{_REACH}\s*$"
    r"|(?:不足|仅为|仅是|仅有|不到|约为)(?P<part>[^占]{2,20}?)的\s*$"
)
SHARE_WORD = re.compile(rf"(?:占比|所?占比重|占有率){_REACH}\s*$")
RANK = re.compile(
    r"(?:稳居|位居|位列|排名|排在|排位|排|名列|居于|居|列|跻身|进入"
    r"|保持)(?P<among>[^,，;；。:：居列排]{0,14}?)(?:的|中|保持|稳居|居|列)?\s*$"
)
AVERAGE_BEHIND = re.compile(r"^的(?:平均水平|平均值|均值|平均数|平均线|整体水平)")
AVERAGE = re.compile(r"^(?:的)?(?:平均水平|平均值|平均数|均值|水平|平均)$")
REDUCE = re.compile(r"(缩短|降低|减少|压缩|提升|提高|节约|节省)(?:了)?(?P<what>[一-鿿]{2,12})$")
THING_UNITS = re.compile(
    r"(?:个|家|项|件|批次|批|种|条|起|台|只|辆|艘|架|套|张|份|名|位|人|户|次|例|类|座|所|处|支|篇|场|款|枚"
    r"|组|大|项目|人次|家次|户次|门|片|台套)$"
)
NOUN_BEHIND = re.compile(
    r"^(?:\s?的)?\s?(?=[一-鿿“\"《A-Z])(?!以|等(?!级)|左右|之|者|和|及|与|或|且|并|为|是|至|到|在|居|位|占"
    r"|比|较|同比|增|减|上升|下降|均|都|,|被)"
)
NOUN_CUT = re.compile(
    r"(?:,|，|；|;|。|、|贡献了?|实现了?|完成了?|获得|荣获|通过|参与|提供|形成|推动|达到|并|占|被认定"
    r"|(?<!全)覆盖了?|提供了?|用于|位居|,)"
)
#: 比上年增长 → 增长, where it tells apart what is counted
PLAIN_CHANGE = re.compile(r"(?:比|较)(?:上年|去年|20\d\d年)(?:同期)?(?=[增上提下降减])|同比")
PARTS = re.compile(
    r"^(?P<parts>[^、]+(?:、[^、]+)+?)(?P<n>[两二三四五六七八九十])(?:大)?(?:项|个|类|种|家|市|县|区"
    r"|省)(?:指标|产品|行业|领域)?的?(?P<tail>.+)$"
)
THESE = re.compile(
    r"^(?:上述|这|以上)?(?P<n>[两二三四五六七八九十])(?:大)?(?:个|家|市|县|区|省|类|者)(?:地区|企业|行业"
    r"|城市|市|县区|省份|集群|园区|龙头企业|龙头)?的?(?P<tail>.+)$"
)
HAN_COUNT = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
GAINED = re.compile(
    r"(?:新增|新建|建成|建立|建设|拥有|获批|获得|荣获|设立|培育|引进|入选|入围|新建成|组建|新设)了?$"
)
JOINT = re.compile(r"合计|合力|共同|总共|加起来|联合|一共")
ITS = re.compile(r"其(?!中|他)")
TRADE = re.compile(r"^[一-鿿]{2,8}?产业(?!园|链|集群|基地|带|化|群|区)")
#: nouns behind a number that only say how high it is
HEIGHT = re.compile(
    r"^(?:的)?(?:稳定)?(?:高位|较高水平|高水平|水平|新台阶|区间|成绩|新高|年均增速|目标|新目标|新的目标)"
)
#: figures behind these are named, not stated
NAMED_AGAIN = re.compile(r"(?:依托|整合|针对|借鉴|利用|发挥|重点解决|每)(?:全[省市县区]|现有|目前)*$")
RATE_NOUN = re.compile(r"^的?(?:稳定)?([一-鿿“”]{1,12}?率)(?!先|差距|优势)")
LEVEL_ONLY = re.compile(r"(?:国家|省|市|县|区|州)级")
#: a figure that is held up for comparison
YARDSTICK = re.compile(r"^的.{0,8}(?:建议值|标准值|要求|平均水平|目标值|门槛|警戒线)")
#: a clause that speaks of figures as an example
EXAMPLE = re.compile(r"的[^,，]{0,8}(?:实践|经验|案例|做法|基础上?|优势|现状|效应)$|(?:基础上|后|时)$")
PRONOUNS = {
    "行业": ("Industry",), "产业": ("Industry",), "企业": ("Enterprise",), "公司": ("Enterprise",),
    "集群": ("Cluster", "Chain"),
    "链": ("Chain", "Cluster"), "园区": ("Park",), "平台": ("Platform",), "中心": ("Platform", "Institution"),
    "市": ("Region",), "县": ("Region",), "区": ("Region", "Park"), "州": ("Region",),
}
DEMONSTRATIVE = re.compile(
    r"^(?:该|其|这一|这些|上述|此)(?:区|市|县|省|州|企业|公司|行业|产业|集群|园区|链|平台|中心)?的?"
)
#: 向95%的新目标迈进
AIM_BEHIND = re.compile(r"的?新?的?目标")
PREPOSITION = re.compile(r"(?:在|对|针对)?")
#: a clause with these is no heading for the next one
NO_TOPIC = re.compile(r"[了着过是在为]|值得|注意|数据|显示|总体|具体|认为|表示")
#: verbs whose figure is one of less
LESS = frozenset({"缩短", "降低", "减少", "压缩", "节约", "节省"})
INVEST = re.compile(r"(?:投资|投入|安排|出资)$")
FOR_SOMEBODY = re.compile(r"[为对向给]\s*$")
LEVEL_WORD = re.compile(r"(?:国家|省|市|县|区)级?|[一-鿿]{1,4}级")
#: 6个为正增长
STATE = re.compile(r"^(?:为|是|呈|实现)([一-鿿]{2,8})$")
#: 增长的有12个: the noun was named before
HEADLESS = re.compile(r"的(?:共?有|占|达到?|为|共)?\s*$")
EACH_HAS = re.compile(r"各(?:有|达|为|占)?\s*$")
#: …三市, …等5家企业 behind a list of names
SO_MANY = re.compile(
    r"^等?[两二三四五六七八九十\d]+(?:个|家|市|县区?|区|省|州|地|大|类)?"
    r"(?:地区|城市|企业|行业|市|县|区|省|集群|园区)?"
)
#: units in which goods are counted
GOODS_UNITS = re.compile(r"(?:辆|台|吨|只|套|艘|架|台套|千瓦时|立方米)$")
#: 1412.8亿元，这是…的增加值
THIS_IS = re.compile(r"^(?:这|那)(?:就)?是(.+)$")
#: a measure that is called high before its figure is given
CALLED = re.compile(r"^(.{4,}?)(?:更高|更快|更大|较高|较快|最高|最快|略低|居首|领先)$")
#: 5.6:44.5:49.9, a value that is no number
RATIO = re.compile(r"\d+(?:\.\d+)?(?:[:：∶]\d+(?:\.\d+)?){2,}")
#: what was examined: 抽查儿童玩具30批次, 电动自行车抽查10批次
EXAMINED = re.compile(
    r"^(?:抽样检验|监督抽查|监督抽检|抽查检验|抽查|抽检|抽样|检验|检测|检查|监测)了?(?P<behind>.{2,12})$"
    r"|^(?P<before>.{2,12}?)(?:共)?(?:监督抽查|监督抽检|抽样检验|抽查|抽检)$"
)
#: results of an examination, which are of what was examined
RESULT = re.compile(r"(?:总体)?(?:不)?合格(?:率|的|样品|产品|发现率)?|问题发现率")
NOUN = re.compile(r"^[一-鿿“”]{2,12}$")
AMOUNT = re.compile(r"总量|数量|总数|规模|总规模")
#: a phrase that can be a metric: Chinese words, or an abbreviation
PHRASE = re.compile(r"[一-鿿]|^[A-Z&]{2,}$")
MEAN = re.compile(r"平均(?:水平|值|数)?$")
