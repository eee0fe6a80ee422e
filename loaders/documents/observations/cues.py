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
    rf"(?:占(?![比有用领]|地(?!方|区))[到据]?|相当于)(?P<of>[^占]{{0,24}}?)(?:的?(?:比重|比例|份额))?(?:预计|已经?|将|也|仍)?{_REACH}\s*$"
    r"|(?P<few>不足|仅为|仅是|仅有|不到|约为|接近|超过)(?P<part>[^占]{2,20}?)的\s*$"
)
#: 不到, 近 between a description and its share
FEW = re.compile(r"(?:不足|不到|超过|接近|约|近|超|仅|只)+$")
SHARE_WORD = re.compile(rf"(?:占比|所?占比重|占有率){_REACH}\s*$")
RANK = re.compile(
    r"(?:跃居|稳居|位居|位列|排名|排在|排位|排|名列|居于|居|列|跻身|进入"
    r"|(?:跃|上|提|攀|回)?升[至到为]|(?:前移|前进|跃进|退|后移|下滑|下降|降)[至到为]|保持|持续|上榜|荣登|荣列)(?P<among>[^,，;；。:：居列排]{0,14}?)(?:的|中|保持|稳居|居|列)?\s*$"
)
#: (全国93.3%，全省94.9%): others' figures of the same measure
BRACKET_LIST = re.compile(
    r"[(（](?:\s*[\d一-鿿]{2,12}?(?:平均(?:水平|值)?|均值)?(?:为|是|达)?\d+(?:\.\d+)?(?:%|分)(?:[,，;；、和]|(?=[)）]))){2,}[)）]"
)
AVERAGE_BEHIND = re.compile(r"^的(?:平均水平|平均值|均值|平均数|平均线|整体水平)")
AVERAGE = re.compile(r"^(?:的)?(?:平均水平|平均值|平均数|均值|水平|平均|(?:平均|总体)[一-鿿]{0,8}率)$")
REDUCE = re.compile(r"(缩短|降低|减少|压缩|提升|提高|节约|节省)(?:了)?(?P<what>[一-鿿]{2,12})$")
#: the n-th value is of the n-th that was named
IN_ORDER = re.compile(r"分别|依次")
THING_UNITS = re.compile(
    r"(?:个|家|项|席|件|批次|批|种|条|起|台|只|辆|艘|架|套|张|份|名|位|人|户|次|例|类|座|所|处|支|篇|场|款|枚"
    r"|组|大|项目|人次|家次|户次|门|片|台套)$"
)
#: 比上年增长 → 增长, where it tells apart what is counted
PLAIN_CHANGE = re.compile(r"(?:比|较)(?:上年|去年|20\d\d年)(?:同期)?(?=[增上提下降减])|同比")
HAN_COUNT = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
JOINT = re.compile(r"合计|合力|共同|总共|加起来|联合|一共")
ITS = re.compile(r"其(?!中|他)")
#: nouns behind a number that only say how high it is
HEIGHT = re.compile(
    r"^(?:的)?(?:稳定)?(?:(?:较快|合理|较高|高位|中高速|两位数)(?:增长)?区间|高位|较高水平|高水平|水平|新台阶|区间|成绩|新高|年均增速|目标|新目标|新的目标)"
)
#: figures behind these are named, not stated
NAMED_AGAIN = re.compile(
    r"(?:依托|整合|针对|借鉴|利用|发挥|重点解决|每)(?:全[省市县区]|现有|目前)*$|每(?:培育|新增|增加"
    r"|投入|建设|引进|减少)$"
)
RATE_NOUN = re.compile(r"^的?(?:稳定)?([一-鿿“”]{1,12}?率)(?!先|差距)")
LEVEL_ONLY = re.compile(r"(?:国家|省|市|县|区|州)级")
#: a figure that is held up for comparison
YARDSTICK = re.compile(r"^的.{0,8}(?:建议值|标准值|要求|平均水平|目标值|门槛|警戒线)")
#: a clause that speaks of figures as an example
EXAMPLE = re.compile(
    r"的[^,，]{0,8}(?:实践|经验|案例|做法|基础上?|(?<!率)优势|现状|效应)$"
    r"|(?<=[一-鿿])基础上$"
)
DEMONSTRATIVE = re.compile(
    r"^(?:当地|公司(?=成立|现有|拥有|目前|先后|累计|主要|始|年|产值|营[业收]|销售|实现|收入|研发|产品|员工|职工|利润|纳税|出口|占地|获|自主)|该|其(?![中他它])|这一|这些|上述|它(?!们)|此(?![次前外后类]))(?:区|市|县|镇|乡|街道|省|州|企业|公司|行业|产业|集群|园区"
    r"|链|平台|中心)?的?"
)
#: 向95%的新目标迈进
AIM_BEHIND = re.compile(r"的?新?的?目标")
#: verbs whose figure is one of less
LESS = frozenset({"缩短", "降低", "减少", "压缩", "节约", "节省"})
INVEST = re.compile(
    r"(?:投资|投入|安排|出资|设立|筹集|募集|下达|拨付|争取|给予|奖励|补助|落实|发放|整合)$"
)
#: what has no meaning of its own as a metric: 360家企业(完成注册)
TOO_WIDE = frozenset(
    ("企业", "单位", "机构", "公司", "项目", "产品", "人员", "群众", "主体", "部门", "家企业")
)
#: 具备规范的文件, 涉及争议: what some of a whole do or have
DOES = re.compile(
    r"^(?:的)?(?:具备|建立|建成|建有|设有|通过|获得|实现|达到|完成|拥有|未|没有|存在|能够|开展|采用|纳入|参与|成为"
    r"|获|入选|接入|设立"
    r"|源于|涉及|来自|来源于|集中|属于|源自|由|缺乏|无法|仍|已(?!于)|尚未|不具备|制定|推行|实行|使用|配备)"
)
#: 企业没有专职检验员: who they are of whom a share is given, and what they do
WHO_DO = re.compile(
    r"的?[一-鿿]{0,6}?(?:企业|单位|机构|产品|受访者|消费者|群众|园区|行业|项目)"
    r"(?:具备|建立|通过|获得|实现|达到|完成|拥有|未|没有|存在|能够?|开展|采用|接入|设[立有置]|缺乏|无法|认为|反映|表示|希望|配备|使用|制定|成立).{2,24}"
)
#: a quantity of things inside a phrase: 84类重点监控产品不合格率
COUNTED = re.compile(
    r"^的?(.{0,16}?(?:产品|企业|机构|断面|城市|县区|县市区|园区|项目|行业|平台|样品|商品|单位|指标"
    r"|产业链|集群|食品|品牌|基地|开发区"
    r"|药品|医院|学校|品种))"
)
#: a new point of an enumeration: whose figures these are starts anew
POINT = re.compile(
    r"^[\s、]*(?:[一二三四五六七八九十]是|首先|其次|再次|最后|第[一二三四五六][,，]|一方面|另一方面"
    r"|此外|同时[,，]"
    r"|[一-鿿]{2,8}(?:方面|端|层面)[,，])"
)
#: an aside that the words behind it do not belong to
ASIDE = re.compile(r"^(?:其中|尤其是|特别是)")
#: words of a section in which what shall be done is told without saying so
ADVICE = re.compile(r"建议|对策|举措建议|重点任务|主要任务|保障措施|重点举措|重点工作|具体可采取|下一步")
FOR_SOMEBODY = re.compile(r"(?:[为对向给]|(?<![作成认称评定列分均约])为[^,，为]{2,24}(?:和|及|与|以及))\s*$")
LEVEL_WORD = re.compile(r"(?:国家|省|市|县|区)级?|[一-鿿]{1,4}级")
#: 6个为正增长
STATE = re.compile(r"^(?:为|是|呈|实现)([一-鿿]{2,8})$")
#: 增长的有12个: the noun was named before
HEADLESS = re.compile(
    r"的(?:(?:更|也|还|就|则|却|仅|只|已|都|才)?是?(?:只|仅|已)?(?:共?有|占|达到?|为|共)?)\s*$"
)
EACH_HAS = re.compile(r"(?:各|分别)(?:自|有|达|为|占|建成|建|设|新增|培育)*\s*$")
#: (白酒产量, 受检率, 规上企业): figures of a place, whoever was named before
OF_PLACE = re.compile(
    r"规上|规模以上|抽检合格率|抽查合格率|受检率|全年|产业(?:总?产值|增加值|规模|营业?收入)|产量|生产总值|工业(?:总产值|增加值)|免征"
    r"|^(?:产值|营业?收入|税收)[^率]{0,12}的企业|每万|万人"
)
#: 其中2家因营业收入下滑(20%)被调出: what became of some
BECAME_OF = re.compile(r"^\s*因[^,，。]{2,24}?被(?P<what>[一-鿿]{2,6})$")
#: (警示标识(占19%)三)项: how many were listed
SO_MANY_LISTED = re.compile(r"[(（][^()（）]*\d[^()（）]*[)）]\s*等?$")
#: 省下(近80万元)
SAVED = re.compile(r"(?:节省|节约|省下?|少花)了?$")
#: 组织获市长质量奖: who did it; what only is done has nobody
WHO_DID = re.compile(
    r"(?P<who>(?:[一-鿿]{0,6}(?:企业|组织|单位|机构|产品|项目|个人|集体|品牌|商标))?)(?:获|入选|通过|拿到|列入|荣获|获评"
    r"|摘得)[一-鿿“”]+$"
)
#: 新登记(市场主体)
NEW_KIND = re.compile(r"新(?:登记|增|设立|认定|注册|建|培育|获批)")
#: (其中当年)新建
NEWLY = re.compile(r"(?:当年|本年|年内|全年)?新(?:建|增|认定|培育|设|批|立|注册|获批|发证)+")
OWNED = re.compile(r"^(?:累计)?(?:建立|拥有|建有|共有|现有|保有)")
#: 新增甲、乙、丙
LISTED_NEW = re.compile(
    r"(?P<new>新增|新设|新列入|新纳入|增加|取消|增设)了?(?P<list>[一-鿿]{2,12}(?:[、和及][一-鿿]{2,12})+)"
)
#: (7个)高于全市平均
BEYOND = re.compile(r"(?:高于|低于|超过|优于|不及|达到|好于)[一-鿿]{2,}")
PULLS = re.compile(r"(?P<verb>拉动)了?(?P<what>[^,，]{2,16})$")
#: 100万吨煤制油项目: what the figure tells of is called by it
PLANT = re.compile(
    r"(?![一-鿿]{0,3}的)[一-鿿]{1,12}?(?:项目|生产线|工程|装置|机组)(?!费用|资金|投资|数)"
    r"|(?:散货|集装箱|危化品|通用|深水)*(?:码头|泊位|锚地)"
)
#: (食品320批次，合格率…；)药品(210批次)
GOODS_ALONE = re.compile(r"(?!.*(?:合格|抽|检|批|其中|问题|样))[一-鿿]{2,10}")
#: goods of all sorts, of which each is named next
MAIN = re.compile(r"(?:主要|重点|大宗|全部|各类?)[一-鿿]{0,6}产品")
#: what makes a rate of change of an amount
RATE_END = re.compile(r"(?<=[一-鿿]{2})(?:年均|同比)?(?:增速|增幅|增长率|降幅|升幅|涨幅)$")
#: 1412.8亿元，这是…的增加值
THIS_IS = re.compile(r"^(?:这|那)(?:就)?是(.+)$")
#: 5.6:44.5:49.9, a value that is no number
RATIO = re.compile(r"\d+(?:\.\d+)?(?:[:：∶]\d+(?:\.\d+)?){2,}")
#: 12.2%不合格案例: a share without 的
FAULTY = re.compile(r"^(不合格[一-鿿]{2,6}?)(?:之?中|里)?$")
LASTS_BEHIND = re.compile(
    r"^的(?:平均)?[一-鿿]{0,4}(?:周期|观察期|过渡期|期限|时限|保质期|有效期|缓冲期|保修期)"
)
#: 得分, which takes what was spoken of before
SCORE = re.compile(r"^(?:综合|总|平均)?(?:得分|评分|分值|指数)$")
#: 这类企业: what was spoken of by a name of several words
THIS_KIND = re.compile(
    r"^(?:但|而)?(?:这类|该类|此类|这些|上述)(?P<what>企业|产品|机构|单位|园区|平台|项目"
    r"|行业)(?P<rest>.*)$"
)
#: 主导和参与制定(国际标准)
DEED = re.compile(
    r"^((?:[一-鿿、]{0,6}?)(?:主导|参与|牵头|累计|发布|制定|制修订|修订|起草|获得|申请|授权|认定"
    r"|新增|完成|开展|查处|办理|检查|抽查)"
    r"(?:[和或、及]?(?:主导|参与|牵头|制定|制修订|修订|制订|起草|发布|认定|建立))*)(?=[一-鿿“《])"
)
#: which trades or firms are counted goes without saying the second time
COUNTED_OF = re.compile(r"^(?:规上|规模以上)(?:工业)?|^(?:制造业|工业)(?=行业)")
#: 本次抽查共涉及(75批次产品): what was done with them
EXAMINING = re.compile(
    r"(监督抽查|监督抽检|抽查|抽检|抽样|检查)(?:[^,，]{0,4}(?:涉及|覆盖|共|了)|\d+[家户]企业的?\s*$|(?:全|我|本)[省市县区]共?\s*$)"
)
DRAWN = re.compile(r"(监督抽查|监督抽检|抽查|抽检|抽样|检查|检验)")
#: goods of so many sorts that their rate is one of the place, and words that call no goods
BROAD = re.compile(
    r"制造|工业|行业|产业|企业|重点|主要|各类|同类|其他|全部|消费|农|食|药|日用|相关|进口|出口|本地|名牌|优质|新|高|抽|检|批|类|些|等|、|的|大型|中型|小|微"
)
#: 缩小与长株潭地区(6个百分点的差距)
FROM_IT = re.compile(r"^(?:缩小|扩大|拉大|存在)?与(?P<it>[一-鿿]{2,8}?)(?:地区|相比)?$")
#: 省国税局: an authority of the place that the text is about
AUTHORITY = re.compile(r"(?:局|厅|委|委员会|政府|办公室|部门|海关|(?<!宣传)(?<!组织)(?<!统战)(?<!俱乐)部)$")
#: what is done with those that a rate is of
DEALT_WITH = re.compile(r"实施|开展|进行|给予|采取|加强|予以")
#: a plan's tasks: whatever they name is aimed at
TASKS = re.compile(r"(?:重点|主要|工作|目标|建设)任务|重点举措|重点工作|行动任务|工作(?:安排|打算|部署|思路)")
#: papers of which every figure is aimed at, where it says nothing else
WORK_PLAN = re.compile(r"工作(?:计划|要点|任务)|(?:任务|目标)(?:分解|分工|清单)|目标任务|重点任务|责任分解")
#: papers whose sections are on one kind of goods each, and titles that name goods
EXAMINATION = re.compile(r"抽查|抽检|抽样|风险监测")
GOODS_TITLE = re.compile(
    r"(?!.*(?:情况|结果|问题|要求|工作|措施|方面|目标|任务|概况|状况|意见|建议|处理|分析|依据|总体|名单))[一-鿿、]{2,10}"
)
#: 3批次不合格 behind several numbers
COME_OUT = re.compile(r"(?:经检验|综合判定|判定|检出)?(?:不合格|合格|不达标|达标|未通过)")
#: 建设计量测试中心1个, 发展国检中心24家
BUILT = re.compile(r"^(?:建设|发展|建好|布局)(?=[一-鿿“]{4,}$)")
#: what a count of all loses: 新增高新技术企业96家，总数达…
NEW_ONES = re.compile(r"新增$|^(?:新增|新认定|入选第[一二三四五六七八九十]+批|入选)")
#: 集群拥有高新技术企业128家
OWNS = re.compile(
    r"^(?P<who>集群|园区|企业|平台|公司|基地|产业|联盟|[区县镇]内)"
    r"(?:内?(?:拥有|共有|现有|已有)|内?(?:集聚|聚集|汇聚|入驻)了?)(?P<what>.{3,})$"
)
#: verbs before what is counted, which its parts do without: 试点项目46个，其中国家级12个
CARRIED_OUT = re.compile(r"^(?:实施|开展|新增|建成|建设|获批|认定|培育|拥有|参与|承担|新建)")
#: what bare honours are of: 中国质量奖2个、提名奖8个
OF_HONOUR = re.compile(r"^(?:提名奖?|入围奖?|优秀奖)$")
#: 覆盖率仅为长株潭的(60%)
RATIO_TO = re.compile(r"(?:仅为|只有|约为|不足|不到|不及|为|是|仅?相当于)(?P<base>[一-鿿]{2,12})的\s?$")
AMOUNT = re.compile(r"总量|数量|总数|规模|总规模")
MEAN = re.compile(r"(?:平均(?:水平|值|数)?|均值)$")
#: (要)长(2天): how much more or less than those
MORE_OR_LESS = re.compile(
    r"(?:要|还|仍|却|约|均|平均)*(?:高|低|长|短|多|少|快|慢|大|小|强|弱|领先|落后|偏[高低长短])(?:了|出|约|近|将近)*$"
)
#: (规划面积…，其中12.5平方公里)已经建成
BUILT_UP = re.compile(
    r"\s*(?:已经?|现已|均已|全部)(?:全部|基本)?(?P<what>建成|开发|投用|建设|出让|供地)(?:投用|完成|使用)?$"
)
#: 线上平台、线下窗口等服务模式
SUCH_THINGS = re.compile(r"(?P<list>[^、等]{2,16}(?:、[^、等]{2,16})+)等(?P<what>[一-鿿]{2,10})")
#: 12个县市区中: how many places a place has is known, and no figure of its own
OF_PLACES = re.compile(
    r"\s*(?P<what>县市区|市县区|区县市?|县区|市州|设区市|地级市|地市|州市|盟市|乡镇|镇街|街镇|县)(?:之?中|里|当中|内),?(?:共|已|仅"
    r"|只)?有?"
)
HAVE_SIZES = frozenset(("Platform", "Enterprise", "Park", "Project", "Institution"))
#: 年初确定的(94.8%的目标): an aim of the measure that is spoken of
AIMED_AT = re.compile(r"(?:年初|此前|原先?|既|预|原)?(?:确|制|既|预|设|拟)定|年度|既定|规划|计划|年初")
#: one of two that were named before, nobody knows of which
ONE_OF_TWO = re.compile(r"前者|后者")
#: the title of a paper in a sentence of its own
PAPER = re.compile(r"^\s*关于.{4,}的(?:通报|公告|通知|公示|报告|意见|决定|函|批复)[。\s]*$")
