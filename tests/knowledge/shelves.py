"""A few articles and claims to search in."""

from datetime import date

from knowledge.article import Article, Scope, Source, Validity
from knowledge.claim import Claim, Verdict

DINGXI, LINTAO, TAOYANG, ANDING = "621100000000", "621124000000", "621124100000", "621102000000"
AT_LINTAO = (DINGXI, LINTAO, TAOYANG, "621124100001")
AT_ANDING = (DINGXI, ANDING, "621102001000")
SOURCE = Source(issuer="定西市民政局")

TESTING = Article(
    "testing",
    "哪里可以做核酸检测",
    "到所在社区的采样点。",
    ("核酸在哪里做", "去哪捅嗓子", "做核酸的地方在哪"),
    SOURCE,
)
NURSING_HOME = Article(
    "nursing-home",
    "现在可以去养老院探望老人吗",
    "暂停探视，可以视频。",
    ("养老院让不让进去看老人", "能不能去敬老院看我妈", "敬老院探视放开了没有"),
    SOURCE,
)
WEDDING = Article(
    "wedding",
    "婚礼酒席可以办几桌",
    "红事缓办。",
    ("结婚能摆几桌席", "办喜事限制多少桌"),
    SOURCE,
)
VACCINE_PREGNANT = Article(
    "vaccine-pregnant",
    "孕妇能打新冠疫苗吗",
    "请先问医生。",
    ("怀娃的能不能打疫苗", "怀孕期间可以接种吗"),
    SOURCE,
)
GOING_OUT = Article(
    "going-out", "小区居民现在可以出门吗", "减少外出。", ("能不能出小区", "现在让出门不"), SOURCE
)
GOING_OUT_LINTAO = Article(
    "going-out-lintao",
    "小区居民现在可以出门吗",
    "足不出户。",
    ("能不能出小区", "封控区让出门不"),
    SOURCE,
    scope=Scope(LINTAO),
)
MARKET_LINTAO = Article(
    "market-lintao",
    "集市什么时候恢复赶集",
    "另行通知。",
    ("逢集还让不让跟集", "啥时候能赶集"),
    SOURCE,
    scope=Scope(LINTAO),
)
BUS_UNTIL_JULY = Article(
    "bus",
    "城区公交车现在开不开",
    "停运到十日。",
    ("公交车通了没有", "坐不坐得上公交"),
    SOURCE,
    validity=Validity(date(2022, 7, 1), date(2022, 7, 10)),
)
ARTICLES = (
    TESTING,
    NURSING_HOME,
    WEDDING,
    VACCINE_PREGNANT,
    GOING_OUT,
    GOING_OUT_LINTAO,
    MARKET_LINTAO,
    BUS_UNTIL_JULY,
)

LIQUOR = Claim(
    "liquor",
    "喝高度白酒能杀死新冠病毒",
    Verdict.FALSE,
    "喝酒不能消毒。",
    ("喝白酒可以防新冠", "多喝酒病毒就死了"),
)
LOCK_DOWN = Claim("lock-down", "明天零点全县封城三天", Verdict.FALSE, "没有这样的安排。", ("明晚全县要封城",))
PARCEL = Claim(
    "parcel", "收快递会感染新冠病毒", Verdict.MISLEADING, "风险很低。", ("快递上带病毒收了就传染",)
)
SALT = Claim(
    "salt",
    "食盐马上断货要涨价",
    Verdict.FALSE,
    "货源充足。",
    ("盐要卖光了赶紧囤盐",),
    validity=Validity(None, date(2022, 7, 10)),
)
CLAIMS = (LIQUOR, LOCK_DOWN, PARCEL, SALT)
