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
#: 由2021年的(第9位上升至…)
FROM_PLACE = re.compile(r"(?:由|从)(?P<among>全[国省市县])?(?:[^由从,，]{0,12}的)?$")
#: 在全省九个设区市中(排名第二)
INSIDE = re.compile(r"(?<![一-鿿])在(?P<among>[^,，;；在]{2,20}?)(?:之?中|当中|范围内|内|里)?$")
#: 产量在全市各行政区(排名第一)
INSIDE_ALL = re.compile(r"在(?P<among>全[国省市县区州][^,，;；在]{0,12}?)(?:之?中|当中|范围内|内|里)?$")
FOR_LONG = re.compile(r"(?:多年来?|长期|一直|近年来|连续[一二两三四五六七八九十\d]+年)+$")
#: (全国93.3%，全省94.9%): others' figures of the same measure
BRACKET_LIST = re.compile(
    r"[(（](?:\s*[\d一-鿿]{2,12}?(?:平均(?:水平|值)?|均值)?(?:为|是|达)?\d+(?:\.\d+)?(?:%|分)(?:[,，;；、和]|(?=[)）]))){2,}[)）]"
)
#: (2020年底)分别为(2个和9个)
WERE = re.compile(r"(?:已)?(?:分别|依次)?(?:为|是|达到?)?")
#: (上年同期为91.2%)
YEAR_BEFORE = re.compile(r"(?:上年|去年|上一年)(?:度|同期|同季)?(?P<how>为|是|增长|下降|增速)?$")
#: …(占31%)、甲类(占19%)和乙类
BRACKET_AND = re.compile(r"[)）](?:、|以及|[和及与])")
AVERAGE_BEHIND = re.compile(r"^的(?:平均水平|平均值|均值|平均数|平均线|整体水平)")
AVERAGE = re.compile(r"^(?:的)?(?:平均水平|平均值|平均数|均值|水平|平均|(?:平均|总体)[一-鿿]{0,8}率)$")
REDUCE = re.compile(r"(缩短|降低|减少|压缩|提升|提高|节约|节省)(?:了)?(?P<what>[一-鿿]{2,12})$")
#: the n-th value is of the n-th that was named
IN_ORDER = re.compile(r"分别|依次")
THING_UNITS = re.compile(
    r"(?:个|家|项|席|件|批次|批|种|条|起|台|只|辆|艘|架|套|张|份|名|位|人|户|次|例|类|座|所|处|支|篇|场|款|枚"
    r"|组|大|项目|人次|家次|户次|门|片|台套)$"
)
NOUN_BEHIND = re.compile(
    r"^(?:\s?的)?\s?(?=[一-鿿“\"《A-Z])(?!以|等(?!级)|左右|之|者|和|及|与|或|且|并|为|是|至|到|在|居|位|占"
    r"|比|较|同比|增|减|上升|下降|均|都|,|被)"
)
NOUN_CUT = re.compile(
    r"(?:,|，|；|;|。|、|[和及与](?=所有|全部|其他|广大)|(?<=[一-鿿])在(?=[^,，在]{1,8}下[^,，]{2})|已(?!有|经|知)|(?<=企业)(?:成功|正式|顺利|相继|陆续)|(?<=企业)生产的?|(?<=[位业构校])(?:承担|实施|申报|牵头)的$|(?<=[一-鿿]{2})(?:之?中|里)(?=共|已|仅|只"
    r"|有)|(?<=[一-鿿”\"])(?:缩短|降低|减少|压缩|提升|提高)(?!改造|行动"
    r"|工程|示范|项目)|贡献了?|实现了?(?!(?:正|同比|两位数|较快)*增长|盈利)|完成了?|获得|荣获|通过|参与|提供|形成|推动|达到|并|占|被认定"
    r"|\d{1,2}月|(?:即将|预计|已经?|全部|陆续)?(?:交付|投用|启用|竣工|开工|揭牌)(?=$|[,，])|(?<!全)覆盖了?|提供了?|用于|位居|(?:分别|依次)(?:是|为)|(?<=产业链|业集群)(?:共?有|累计|(?=新签约|新增|新开工|新建|签约))|(?<=企业|集群|产业|项目|单位|品牌|平台)是(?=[^,，]{2,20}、)|(?:解决|出具|办理|化解|攻克|节约|节省|减免|培训|排查)了?(?=[一-鿿]{2})|,)"
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
    r"(?:新增|新建|建成|建立|建设|拥有|涵盖|覆盖|包括|包含|获批|获得|荣获|设立|培育|引进|入选|入围"
    r"|新建成|组建|新设|下设|内设|设有)了?$"
)
JOINT = re.compile(r"合计|合力|共同|总共|加起来|联合|一共")
ITS = re.compile(r"其(?!中|他)")
TRADE = re.compile(
    r"^[一-鿿]{2,8}?产业(?!项目|中心|协会|联盟|大脑|研究院|服务|质量基础|园|链|集群|基地|带|化|群|区)"
)
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
#: 保持11.5%的增速, 20%以上年均增速
GROWTH = re.compile(r"^的?(年均|平均)?(增速|增幅|增长率|涨幅|升幅|降幅|增长)(?![一-鿿])")
LEVEL_ONLY = re.compile(r"(?:国家|省|市|县|区|州)级")
#: a figure that is held up for comparison
YARDSTICK = re.compile(r"^的.{0,8}(?:建议值|标准值|要求|平均水平|目标值|门槛|警戒线)")
ADVISED = re.compile(r"^的([一-鿿]{0,6}(?:建议值|标准值|门槛|警戒线))$")
#: a clause that speaks of figures as an example
EXAMPLE = re.compile(
    r"的[^,，]{0,8}(?:实践|经验|案例|做法|基础上?|(?<!率)优势|现状|效应)$"
    r"|(?<=[一-鿿])基础上$"
)
PRONOUNS = {
    "行业": ("Industry",), "产业": ("Industry",), "企业": ("Enterprise",), "公司": ("Enterprise",),
    "集群": ("Cluster", "Chain"), "它": ("Enterprise", "Park", "Platform", "Institution"),
    "链": ("Chain", "Cluster"), "园区": ("Park",), "平台": ("Platform",), "中心": ("Platform", "Institution"),
    "当地": ("Region",), "市": ("Region",), "县": ("Region",), "区": ("Region", "Park"), "州": ("Region",),
    "镇": ("Region",), "乡": ("Region",), "街道": ("Region",),
}
DEMONSTRATIVE = re.compile(
    r"^(?:当地|公司(?=成立|现有|拥有|目前|先后|累计|主要|始|年|产值|营[业收]|销售|实现|收入|研发|产品|员工|职工|利润|纳税|出口|占地|获|自主)|该|其(?![中他它])|这一|这些|上述|它(?!们)|此(?![次前外后类]))(?:区|市|县|镇|乡|街道|省|州|企业|公司|行业|产业|集群|园区"
    r"|链|平台|中心)?的?"
)
#: 向95%的新目标迈进
AIM_BEHIND = re.compile(r"的?新?的?目标")
PREPOSITION = re.compile(
    r"(?:在|对|针对|支持|重点支持|指导|推动|反观|相比之下|参考|借鉴|可?复制|具体可复制|学习)?"
)
#: verbs whose figure is one of less
LESS = frozenset({"缩短", "降低", "减少", "压缩", "节约", "节省"})
INVEST = re.compile(
    r"(?:投资|投入|安排|出资|设立|筹集|募集|下达|拨付|争取|给予|奖励|补助|落实|发放|整合)$"
)
#: verbs that end the words before a list of examples: 将甲县、乙市等14个县市
EXAMPLES_FROM = re.compile(
    r"(?:(?<![国所私稀公特富])有(?![色机限效关线])|授予|表彰|整合|提供|集成|涵盖|开展|对|将|把|为|由|在|从|向|新增|新建|推动|支持|涉及|包括|覆盖|远销|销往|出口到|发布|制定|实施"
    r"|培育|引进|获得|荣获"
    r"|获评|建成|联合|依托|推广至|辐射|带动)(?=[^对将把为由在从向]*$)"
)
#: what has no meaning of its own as a metric: 360家企业(完成注册)
TOO_WIDE = frozenset(
    ("企业", "单位", "机构", "公司", "项目", "产品", "人员", "群众", "主体", "部门", "家企业")
)
#: 83家配套企业中,(仅29家…)
OUT_OF = re.compile(r"(?:之?中|里|内|当中)$")
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
#: 27个部门、18个乡镇、1542家企业参与轮训: what all of them do
ALL_DO = re.compile(
    r"(?:参与|参加|列入|纳入|入选|入围|加入|接入|进入|获评|通过|接受|荣?获得?|摘得|斩获)[一-鿿“”《》]{1,16}$"
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
#: 旅游装备每年, 200人次/年
YEARLY = re.compile(r"每年|平均每年|年均(?=\d|\s?$)|(?<![一-鿿\d])年(?=节省|节约|增收)")
#: words of a section in which what shall be done is told without saying so
ADVICE = re.compile(r"建议|对策|举措建议|重点任务|主要任务|保障措施|重点举措|重点工作|具体可采取|下一步")
IMPERATIVE = re.compile(
    r"^[^,，]{0,14}?(?:定向|再|重点|加快|计划|专项)?(?:新建|设立|培育|安排|选派|推动|建设|打造|输送"
    r"|缩短|压缩|提升|提高|降低|开展"
    r"|扩大|引进|组织|攻克|推广|支持|培养|开放|建成|将平均)"
)
NOT_YET = re.compile(r"已|现有|目前|当前|去年|上年|显示")
RELIED_ON = re.compile(r"依托|借鉴|其建成")
FOR_SOMEBODY = re.compile(r"(?:[为对向给]|(?<![作成认称评定列分均约])为[^,，为]{2,24}(?:和|及|与|以及))\s*$")
LEVEL_WORD = re.compile(r"(?:国家|省|市|县|区)级?|[一-鿿]{1,4}级")
#: 6个为正增长
STATE = re.compile(r"^(?:为|是|呈|实现)([一-鿿]{2,8})$")
#: 增长的有12个: the noun was named before
HEADLESS = re.compile(
    r"的(?:(?:更|也|还|就|则|却|仅|只|已|都|才)?是?(?:只|仅|已)?(?:共?有|占|达到?|为|共)?)\s*$"
)
EACH_HAS = re.compile(r"(?:各|分别)(?:自|有|达|为|占|建成|建|设|新增|培育)*\s*$")
#: (质量专员)已于4月底前到岗
DONE_ALREADY = re.compile(r"已(?:于|经|全部|有|累计|建成|完成|到岗|到位|投入)")
LAST_YEAR = re.compile(r"上年度?|上一年度?")
#: 企业实现(产值…): the firms are counted, and did something
DOES_OR_HAS = re.compile(r"实现|完成|共|创造|达成|贡献|拥有|,|，")
#: what a platform is told to have or to do; the figures of a place are none of these
OF_PLATFORM = re.compile(
    r"检测|检验|检定|校准|参数|项目|设备|仪器|实验|面积|占地|用地|投[资入]|资产|人员|专家|团队|员工|服务|入驻|注册|接入|报告|证书|样品|受理|办理"
    r"|办结|诉求|咨询|需求|订单|难题|问题|费用|营收|收入|时长|周期|满意|机构|成员|事项|覆盖|培训|活动|能力|资质|窗口|下载|用户|访问|走访|标准|课题"
    r"|专利|合作|减免|节[省约]|降低|缩短|帮助|指导|开展|完成|出具|解决|推出|到位|建设|工位|工作站|客户|订户|体检|省下|降本|增效|诊断|问诊|巡诊|对接|发布|收录|数据|开放"
)
#: (白酒产量, 受检率, 规上企业): figures of a place, whoever was named before
OF_PLACE = re.compile(
    r"规上|规模以上|抽检合格率|抽查合格率|受检率|全年|产业(?:总?产值|增加值|规模|营业?收入)|产量|生产总值|工业(?:总产值|增加值)|免征"
    r"|^(?:产值|营业?收入|税收)[^率]{0,12}的企业|每万|万人"
)
#: 三大整车企业身后: what stands around those that were named
AROUND = re.compile(r"(?:身后|背后|周边|周围|带动下|引领下|牵引下)$|(?:跟上|跟进|崛起|齐头并进|你追我赶)$")
#: (产量)占广西比重
OF_WHOLE = re.compile(r"占[^占]{1,12}比重$")
#: (两条产业链)的(服务平台)各建成
OF_EACH = re.compile(r"^的|(?:要|将|应|力争|分别|各|均|都|各自|建成|建有|设立|配备|达到?|有)+$")
#: 桐庐(、建德等地)
AND_OTHER_PLACES = re.compile(r"^(?:[、和][一-鿿]{2,4})+等(?:地|县|市|区|县市)")
#: 其中2家因营业收入下滑(20%)被调出: what became of some
BECAME_OF = re.compile(r"^\s*因[^,，。]{2,24}?被(?P<what>[一-鿿]{2,6})$")
#: rates of goods that are listed one by one
GOODS_RATE = re.compile(r"(?:受检率|良品率|完好率|国产化率)$")
#: (接近)国际先进水平(的0.7%)
A_LEVEL = re.compile(r"(?:水平|平均值?|均值|标准|目标|要求)$")
#: 也要看到差距：, which measures nothing
REMARK = re.compile(
    r"(?:^|[从分按就])[一-鿿]{2,8}看$|(?:以来|年来|之后|以后|期间)$"
    r"|看到|看出|存在|问题|不足|短板|正视|清醒|如下|差距$"
)
#: 这家甲集团子公司(去年…)
THIS_FIRM = re.compile(r"这家[^,，。]{0,14}?(?:子公司|公司|企业)")
#: (警示标识(占19%)三)项: how many were listed
SO_MANY_LISTED = re.compile(r"[(（][^()（）]*\d[^()（）]*[)）]\s*等?$")
#: 合格率(依次为81%、85%、88%): a value for each of the years
YEARS_BACK = re.compile(
    r"(?:近|过去|最近|连续)(?P<n>[两二三四五六七八九十\d])年|(?P<m>[两二三四五六七八九十])年(?:来|间)"
)
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
#: 服务覆盖(甲、乙等地)
REACHING = re.compile(r"(?:覆盖|惠及|辐射|服务|带动|遍布|涉及|来自)(?:了|到)?$")
#: (7个)高于全市平均
BEYOND = re.compile(r"(?:高于|低于|超过|优于|不及|达到|好于)[一-鿿]{2,}")
#: …三市, …等5家企业 behind a list of names
SO_MANY = re.compile(
    r"^等?[两二三四五六七八九十\d]+(?:个|家|市|县区?|区|省|州|地|大|类)?"
    r"(?:地区|城市|企业|行业|市|县|区|省|集群|园区)?"
)
PULLS = re.compile(r"(?P<verb>拉动)了?(?P<what>[^,，]{2,16})$")
#: what is said of a figure that stands behind it in brackets
TOO_HIGH = re.compile(r"(?:仍|还|较|偏|过|居)(?:较|偏)?(?:高|低|大|小|多|少)(?:不下)?$")
#: 等光伏企业 behind names and before how many they are
GROUP_OF = re.compile(
    r"等(?P<group>[一-鿿]{0,10}(?:企业|机构|单位|公司|厂家|厂商|平台|中心|实验室))(?:共|达|已达|超|约)?"
)
#: what leads up to the first of several things
FIRST_OF = re.compile(
    r"^.*(?:依次|分别|集中|体现|表现)(?:是|为|在)|^.{2,}?[是为有](?=[一-鿿]{4,})|^[和与及]"
)
#: verbs by which a platform comes to be, and what it then does
MADE = re.compile(r"(?:打造|建成|建有|搭建|建设|上线|组建|成立|推出|开通|设立|获批)了?[^,，]{0,8}$")
WORKS = re.compile(
    r"\s*(?:已|累计|先后|可|年|首批|现有)*(?:成员|会员|服务|为|提供|开展|出具|解决|办理|入驻|接入|注册|覆盖|辐射|检测|受理|面向|开放|共享|拥有|配备|聚焦|(?:建筑)?面积|占地|设备)"
)
#: 向甲公司采购…: it is no subject
TOWARDS = re.compile(r"(?:[向从给是系为]|[占列]|居|排[在名]|领先于?|[高低快优多]于)\s*$")
#: 甲公司、乙公司都在其中: examples of what was counted, whose figures do not come next
AMONG_THOSE = re.compile(
    r"(?:[均都也皆]|等|已|悉数|纷纷|双双|赫然)*(?:在列|在其中|在其列|在内|榜上有名|[位名]列其中|跻身其[中列]|上榜|入列)$"
)
#: 这4家中心, 每10台跑步机就有6台: what was counted before, and how often, is no number of what there is
NOT_COUNTED = re.compile(
    r"(?:(?<![一-鿿])这|上述|以上这?)$|每\d*[一-鿿]{1,2}?[一-鿿]{2,10}?(?:之?中|里)?,?(?:就|便)?有(?:约|近|超)?$"
)
#: (5GW)光伏组件、甲研发中心等项目8个: how large one of the examples is
SIZE_OF_LISTED = re.compile(r"[一-鿿]{2,14}(?:、[^、,，\d]{2,20})+等[^,，、\d]{2,16}\d")
#: 项目入选: what is chosen from those that were named before, and how many they are
CHOSEN_OF = re.compile(
    r"(?P<what>项目|企业|城市|园区|产品|品牌|案例|单位|集群|平台|机构)(?P<deed>入选|入围|上榜|在列|获评)"
)
SO_MANY_OF_ALL = re.compile(
    r"^(?:在|从)?(?:全[国省市县区])?(?:首批|第[一二三四五六七八九十]批)?[百千万数几多余]*[个家项]"
)
#: 12个城市入围，甲市是其中之一: they are not of that city
ONE_OF_THEM = re.compile(r"\s*(?:[一-鿿]{2,8}?)?(?:便|正|也|就)?(?:是|为|成为)?(?:其中之一|其中一[个座家员])")
#: 连同还在筹建的(5家)，全市共有国检中心34家
TOGETHER_WITH = re.compile(r"(?:连同|加上|算上)(?:还|仍|尚|目前|另外)?(?P<how>[一-鿿]{2,6})的$")
ALL_OF_THEM = re.compile(r"[^,，。;；]*?(?:共有|现有|已有|拥有|总共有|有)(?P<what>[一-鿿]{2,16})$")
#: 由甲院承担的: what stands behind is spoken of
MADE_BY = re.compile(r"\s*由[^,，]{2,30}(?:承担|承建|建设|运营|管理|筹建|牵头|打造)的$")
BACK_TO = re.compile(r"^(?:分别)?(?:恢复|回升)$")
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
#: 三大支柱产业, 两项指标 behind a list of so many
SO_MANY_KINDS = re.compile(
    r"(?<=[一-鿿])等?(?P<n>[两二三四五六七八九十])(?:大|项|个|类|条|种)"
    r"(?:[一-鿿]{0,4}?(?:产业链|产业|行业|领域|集群|产品|指标|板块))?(?=[一-鿿]{2})"
)
#: 三省, 两市 behind so many names
SO_MANY_OF = re.compile(r"([两二三四五六七八九十])(?:省|市|县|区|州|地)(?:市|区)?")
#: units in which goods are counted
GOODS_UNITS = re.compile(r"(?:辆|台|吨|只|套|艘|架|台套|千瓦时|立方米)$")
#: 1412.8亿元，这是…的增加值
THIS_IS = re.compile(r"^(?:这|那)(?:就)?是(.+)$")
#: a measure that is called high before its figure is given
CALLED = re.compile(r"^(.{4,}?)(?:更高|更快|更大|较高|较快|最高|最快|略低|居首|领先)$")
#: 5.6:44.5:49.9, a value that is no number
RATIO = re.compile(r"\d+(?:\.\d+)?(?:[:：∶]\d+(?:\.\d+)?){2,}")
#: 不合格案例中，81%源于…: what a share is of
SHARED = re.compile(r"(?P<what>[一-鿿]{2,16}?)(?:之?中|里|当中)$")
#: 12.2%不合格案例: a share without 的
FAULTY = re.compile(r"^(不合格[一-鿿]{2,6}?)(?:之?中|里)?$")
#: 某机器人企业: a firm that is not named
UNNAMED = re.compile(r"某[一-鿿]{0,8}?(?:企业|公司|工厂|园区|县区|县)")
#: what was examined: 抽查儿童玩具30批次, 电动自行车抽查10批次
EXAMINED = re.compile(
    r"^(?:抽样检验|监督抽查|监督抽检|抽查检验|抽查|抽检|抽样|检验|检测|检查|监测)了?(?P<behind>.{2,12})$"
    r"|^(?P<before>.{2,12}?)(?:共)?(?:监督抽查|监督抽检|抽样检验|抽查|抽检)$"
)
#: 出口产值出自三个行业
FROM_WHOM = re.compile(
    r"^(?P<what>[一-鿿]{2,10}?)(?:出自|来自于?|来源于|集中在|集中于)(?P<from>[一-鿿]{2,12})$"
)
#: 园区贡献了(32%的增加值)
GAVE = re.compile(r"^(?P<who>.*?)贡献了?(?P<of>[一-鿿]{0,4})$")
#: words that make 产业 no trade of its own
NO_TRADE_NAME = re.compile(
    r"^[是为的位作]|年来|不断|持续|优化|升级|调整|积极|大力|建成|国家|搭建|打造|成立|建设|加强|围绕|培育|壮大|发展|优势|传统|新兴|相关|县域|聚焦|推进|实施|重点|主导|特色|现代"
    r"|我[省市县]|支持|构建|全"
)
#: 周期长达(45天): a duration is the figure of a measure of time
LASTS = re.compile(
    r"(?:周期|时长|时间|时限|期限|标龄|年限|工期|工时|观察期|保质期|过渡期|有效期|保修期|年龄|工龄"
    r"|寿命|耗时|用时"
    r"|(?:周期|时间|工期)(?:平均)?(?:延长|缩短|压缩)(?:了)?)[^,，。;；、]{0,20}$"
)
LASTS_BEHIND = re.compile(
    r"^的(?:平均)?[一-鿿]{0,4}(?:周期|观察期|过渡期|期限|时限|保质期|有效期|缓冲期|保修期)"
)
#: a list in which something has a place: 全国百强县市第4位
LISTED = re.compile(
    r"百强|十强|千强|百佳|十佳|强县|强市|强区|榜|排行|指数|名单|城市|县市|竞争力|排名|评价|考核"
)
#: 跻身, 位列 before the name of a list
PLACED = re.compile(
    r"^(?:先后|并|成功|连续\d{1,2}年|连续[^,，]{1,4}年|再次|首次)*(?:跻身|位列|位居|入选|入围|荣登"
    r"|荣列|上榜|排名|名列|列|居|获评|稳居)+"
)
#: 得分, which takes what was spoken of before
SCORE = re.compile(r"^(?:综合|总|平均)?(?:得分|评分|分值|指数)$")
SPOKEN_OF = re.compile(r"^(.{3,16}?)(?:稳定|保持|位于|处于|持续|连续|稳步|总体|显著|进一步|较|呈)")
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
#: 两者合力把总产值拉高
BOTH = re.compile(r"^([两二三四五])(?:者|家|个行业|大行业|个产业|市|县|区)(?:合力|合计|共同|一起|联手|联合)?")
#: what small numbers count at the head of a clause
THINGS = re.compile(r"^(?:企业|产品|园区|项目|平台|机构|单位|集群|城市|县|市|区|[一-鿿]{2,6}企业)[一-鿿]{2,}")
#: 产业链质量合格率稳步提升: the measure that the next figures are of
RISES = re.compile(
    r"^(.{2,}?率)(?:稳步|持续|不断|显著|明显|大幅|逐年|总体|稳中)*(?:提升|提高|改善|增长|上升|下降"
    r"|向好|有升|较高|保持)"
)
#: 本次抽查共涉及(75批次产品): what was done with them
EXAMINING = re.compile(
    r"(监督抽查|监督抽检|抽查|抽检|抽样|检查)(?:[^,，]{0,4}(?:涉及|覆盖|共|了)|\d+[家户]企业的?\s*$|(?:全|我|本)[省市县区]共?\s*$)"
)
DRAWN = re.compile(r"(监督抽查|监督抽检|抽查|抽检|抽样|检查|检验)")
#: 14个市州中有(9个…)
SOME_OF = re.compile(r"^(?:之?中|里|当中),?(?:共|已|仅|只)?有?")
#: 与上年同期相比，投诉量减少
SAID_INSIDE = re.compile(r"(?:相比|比较|比)[,，]([一-鿿]{2,8}?)(?=增|提|升|下|减|降|上|回|扩|缩|高|低)")
#: 智能马桶产品合格率
PRODUCT_RATE = re.compile(
    r"^([一-鿿]{2,8}?)产品(?:质量)?(?:监督)?(?:抽检|抽查)?(?:不?合格率|良品率|达标率|不良率)"
)
#: goods of so many sorts that their rate is one of the place, and words that call no goods
BROAD = re.compile(
    r"制造|工业|行业|产业|企业|重点|主要|各类|同类|其他|全部|消费|农|食|药|日用|相关|进口|出口|本地|名牌|优质|新|高|抽|检|批|类|些|等|、|的|大型|中型|小|微"
)
#: 望城区抽查显示: a survey there says so, and what comes next is of nobody in particular
SURVEY = re.compile(r"^(?:的)?(?:监督)?(?:抽查|抽检|调查|测算|监测|检查)(?:数据|结果)?(?:显示|表明|发现)")
#: 甲市工程机械、乙市轨道交通两大集群
SO_MANY_GREAT = re.compile(
    r"^[一-鿿]{2,10}?[两二三四五六七八九十]大[一-鿿]{0,6}(?:集群|产业|基地|城市"
    r"|园区)(?:将)?(?:带动)?"
)
#: 缩小与长株潭地区(6个百分点的差距)
FROM_IT = re.compile(r"^(?:缩小|扩大|拉大|存在)?与(?P<it>[一-鿿]{2,8}?)(?:地区|相比)?$")
#: 省国税局: an authority of the place that the text is about
AUTHORITY = re.compile(r"(?:局|厅|委|委员会|政府|办公室|部门|海关|(?<!宣传)(?<!组织)(?<!统战)(?<!俱乐)部)$")
#: an authority of the whole country
NATIONAL = re.compile(r"(?:国家|国务院|中共中央|中央)|[一-鿿]{1,12}(?:部|总局)$")
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
#: a trade whose figure is of the measure before: 其中轻工业增长2.9%
OF_TRADE = re.compile(r"^[一-鿿、]{2,24}(?:业|产业)$")
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
#: 桃农人均增收: what each of those counted has
EACH = re.compile(r"(?<=[一-鿿])(?=(?:人均|户均|亩均|平均每))")
#: 覆盖率仅为长株潭的(60%)
RATIO_TO = re.compile(r"(?:仅为|只有|约为|不足|不到|不及|为|是|仅?相当于)(?P<base>[一-鿿]{2,12})的\s?$")
#: firms or goods that a place is named with
HOLDER = re.compile(r"^[一-鿿]{0,6}?(?:企业|产品)(?!园|加工|制造|行业|工业|业)")
#: 湘茶、湘酒地理标志产品: goods named by themselves
GOODS_NAME = re.compile(r"[一-鿿、]{2,16}(?:产品|制品|食品|用品|商品)")
#: results of an examination, which are of what was examined
RESULT = re.compile(
    r"(?:总体|批次|检出)?(?:不)?合格(?:率|的|样品|产品|批次|发现率)?|问题发现率|抽查(?:产品|企业)?|抽检|检验"
)
NOUN = re.compile(r"^[一-鿿“”]{2,12}$")
AMOUNT = re.compile(r"总量|数量|总数|规模|总规模")
#: a phrase that can be a metric: Chinese words, or an abbreviation
PHRASE = re.compile(r"[一-鿿]|^[A-Z&]{2,}$")
MEAN = re.compile(r"(?:平均(?:水平|值|数)?|均值)$")
#: 合格率的曲线印证了变化：, 来看一组合格率数据: — the measure of the figures behind the colon
HEADED = re.compile(
    r"(?:.*的)?(?P<what>[一-鿿]{2,16}?(?:率|指数|满意度|产值|产量|收入|投诉量))(?:的|数据|变化|走势|曲线|一路|逐年|连年|节节|如下|情况).*"
)
#: 最高的是甲市, 排在末位的为乙县: the figure behind is of the one that is named
SUPERLATIVE = re.compile(r"(?:最[一-鿿]{1,2}|首位|第一|末位|居首|领先|垫底|榜首|前列)的(?:依次)?(?:是|为)$")
#: 位于甲园区的(乙公司), 与它同步打造的(丙平台): what the clause is about stands behind
DESCRIBED = re.compile(
    r"(?:(?:走进|来到|在|记者在|据|而)?(?:位于|坐落[于在]|地处|设[在于]|落户(?:[于在])?|扎根|总部[位在设]于?|身处)|走进|来到|与(?:它|此|其|之)|作为|由|依托|刚刚|新近|正在).*的$"
)
#: 这家落户甲镇的企业, 这座园区
THIS_ONE = re.compile(
    r"(?:作为)?这[家个座条][^,，。]{0,24}?(企业|公司|集团|平台|中心|园区|产业园|集群|产业链)$|(?:这家)(企业|公司)"
)
#: 由甲局牵头，乙集团参与，(投资…): those who take part are not what is spoken of
TAKES_PART = re.compile(
    r"(?:等?[一-鿿]{0,4})?(?:共同|联合|具体|负责)?(?:参与|参加|配合|协助|牵头|承建|承担|负责|协办|支持|组织实施)$"
)
#: 与甲、乙的同类机构相比，(检测周期要长2天)
BESIDE_OTHERS = re.compile(
    r"(?:与|和|同|跟|较|对比|比起)(?P<base>.{2,30}?)(?:相比较?|比较|比起来)$|(?:对比|相比"
    r"|较之)(?P<others>[一-鿿].{2,30})$"
)
#: (要)长(2天): how much more or less than those
MORE_OR_LESS = re.compile(
    r"(?:要|还|仍|却|约|均|平均)*(?:高|低|长|短|多|少|快|慢|大|小|强|弱|领先|落后|偏[高低长短])(?:了|出|约|近|将近)*$"
)
#: 较三年前的(91.5%): what it was
WAS_THEN = re.compile(
    r"(?:较|比|相比|对比)(?P<when>[^,，;；较比]{0,10}?(?:前|年|同期|初|末|底|季度|月|时|以前|上次|上届))的\s?$"
)
#: conditions that somebody has to meet are no figures of anybody
REQUIRED = re.compile(
    r"原则上|上一?年度?[^,，。;；\d]{0,12}(?:要|需|须|应当?)(?=[超达不在大高]|$)|应(?:为|当|具备|满足|符合|不|在|达)|必须|须(?=[具达为满有经符]|不)|不得|方可|符合[^,，]{0,8}(?:条件|要求)的|条件(?:是|为)"
    r"|(?:可|给予)(?:一次性)?(?:奖励|补助|补贴)|对[^,，。]{2,30}的[,，](?=[^。]{0,24}(?:奖|补|给予))"
)
#: 在产值10亿元以上的企业(中认定一批): from whom somebody is chosen
CHOSEN_FROM = re.compile(
    r"(?:以[上下内])?的?[^,，。;；]{2,48}?(?:之?中|里|当中)(?:再|优先|择优|分批|每年)?(?:认定|遴选|评选|选|择优|筛选|确定|推荐|产生|培育)"
)
#: (规划面积…，其中12.5平方公里)已经建成
BUILT_UP = re.compile(
    r"\s*(?:已经?|现已|均已|全部)(?:全部|基本)?(?P<what>建成|开发|投用|建设|出让|供地)(?:投用|完成|使用)?$"
)
#: 浏览次数:(543次), which a page says of itself
OF_PAGE = re.compile(r"(?:浏览|点击|阅读|查看|访问|人气|打印|评论|字数)(?:次数|人数|量|数)?\s*[:：]\s*$")
#: (4个)行业合计拉动…: those that were named before
JOINTLY = re.compile(r"\s?(?:行业|产业|企业|县|市|区|县市|集群|产品|园区|产业链)(?:合计|合力|共同|一起|联手)")
#: (制造业)增加值在GDP中占比: a figure of the place
PART_OF_ALL = re.compile(
    r"(?:增加值|产值|总产值|投资)?[在占][^,，在占]{0,6}?(?:GDP|生产总值|工业|经济)[^,，在占]{0,6}?(?:占比|比重|比例|份额)"
)
#: 线上平台、线下窗口等服务模式
SUCH_THINGS = re.compile(r"(?P<list>[^、等]{2,16}(?:、[^、等]{2,16})+)等(?P<what>[一-鿿]{2,10})")
#: 12个县市区中: how many places a place has is known, and no figure of its own
OF_PLACES = re.compile(
    r"\s*(?P<what>县市区|市县区|区县市?|县区|市州|设区市|地级市|地市|州市|盟市|乡镇|镇街|街镇|县)(?:之?中|里|当中|内),?(?:共|已|仅"
    r"|只)?有?"
)
BY_A_YEAR = re.compile(r"20\d\d年|十[三四五六]五|年底|[一二两三四五六七八九十]年内")
#: (3.2亿元)的(甲中心)
WHOSE_BEHIND = re.compile(r"\s*的(?:[一-鿿]{2,4}型|全新|新|现代化)?")
#: what is said of the size of something: 占地, 总投资
ATTRIBUTE = re.compile(
    r"(?:占地|投资|面积|年产|产能|产值|营收|营业收入|资本|资产|规模|设计|日产|拥有|员工|可?检测)(?:面积|额|能力)?$"
)
HAVE_SIZES = frozenset(("Platform", "Enterprise", "Park", "Project", "Institution"))
#: 年初确定的(94.8%的目标): an aim of the measure that is spoken of
AIMED_AT = re.compile(r"(?:年初|此前|原先?|既|预|原)?(?:确|制|既|预|设|拟)定|年度|既定|规划|计划|年初")
#: 家具制造、纺织服装相对偏弱
TWO = re.compile(
    r"(?:其中)?(?P<a>[一-鿿]{2,10}?)[、和与及](?P<b>[一-鿿]{2,10}?)(?=相对|较|偏|均|都|两|表现|合格|问题|则|$)"
)
#: one of two that were named before, nobody knows of which
ONE_OF_TWO = re.compile(r"前者|后者")
#: 甲、乙等头部企业带动明显: what follows is of those whom they lead
LEADING_OTHERS = re.compile(
    r"等[一-鿿]{0,10}?(?:企业|公司|单位|机构)[一-鿿]{0,4}?(?:带动|引领|示范|辐射|集聚|支撑)"
)
#: the title of a paper in a sentence of its own
PAPER = re.compile(r"^\s*关于.{4,}的(?:通报|公告|通知|公示|报告|意见|决定|函|批复)[。\s]*$")
