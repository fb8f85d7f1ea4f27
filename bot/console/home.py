"""The first page: what is broken, what waits for me, what is late, how the day goes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask.typing import ResponseReturnValue

from bot.access import Permission
from bot.console import charts
from bot.console.routing import Route
from bot.console.visit import Visit
from bot.office import condition, home, staff
from bot.office.condition import Trouble
from bot.office.home import Matter
from bot.store.daily_figures import Figure


@dataclass(frozen=True, slots=True)
class Tile:
    """What a matter is called and where the list of it is; a page that is not there is not linked."""

    label: str
    endpoint: str
    query: Mapping[str, str] = field(default_factory=dict)
    urgent: bool = False


TILES: Mapping[Matter, Tile] = {
    Matter.DANGER: Tile("紧急情况待接手", "console.alerts_index", {"state": "open"}, urgent=True),
    Matter.OVERDUE: Tile("传言核查已超时", "console.claims_index", {"due": "late"}, urgent=True),
    Matter.TO_TRIAGE: Tile("新传言待分派", "console.claims_index", {"state": "new"}),
    Matter.MINE: Tile("由我核查", "console.claims_index", {"assigned": "me"}),
    Matter.TO_APPROVE: Tile("结论待签发", "console.claims_index", {"state": "drafted"}),
    Matter.SUGGESTIONS: Tile("线索归并待确认", "console.claims_suggestions"),
    Matter.APPEALS: Tile("不同意见待复核", "console.claims_appeals"),
    Matter.ARTICLES: Tile("知识条目待审", "console.articles_index", {"state": "in_review"}),
    Matter.ENDING: Tile("知识条目快到期", "console.articles_index", {"ends": "soon"}),
    Matter.QUESTIONS: Tile("待答问题", "console.questions_index", {"state": "open"}),
    Matter.BROADCASTS: Tile("推送待签发", "console.broadcasts_index", {"status": "submitted"}),
}
TROUBLES: Mapping[Trouble, tuple[str, str]] = {
    Trouble.TOKEN: (
        "公众号凭证失效",
        "平台不认我们的凭证，消息发不出去。请管理员运行 dingxin doctor，按提示更换。",
    ),
    Trouble.PLATFORM: ("连不上平台", "微信平台没有回应，系统会自动重试。持续半小时以上请管理员查网络。"),
    Trouble.WORKER: ("发送程序没有在工作", "有消息等了 10 分钟以上没人处理。请管理员查看 dingxin worker。"),
    Trouble.SCHEDULER: ("定时程序没有在工作", "推送、提醒和统计都停着。请管理员查看 dingxin scheduler。"),
    Trouble.QUOTA: ("平台额度用完", "今天的调用额度已满，没发完的明天零点后自动继续。"),
    Trouble.KNOWLEDGE: ("知识库是空的", "居民的问题都答不了。请导入或发布知识条目。"),
    Trouble.OFFICE_ALERTS: (
        "工作群提醒没发出去",
        "有提醒等了 10 分钟以上。请管理员检查企业微信工作群的机器人。",
    ),
}


def show(visit: Visit) -> ResponseReturnValue:
    act = visit.act
    days = home.days(act)
    today = days[-1]
    return visit.render(
        "console/home.html",
        {
            "troubles": [TROUBLES[one] for one in condition.troubles(act)],
            "first_sign_ins": staff.first_sign_ins(act),
            "waits": [(TILES[one.matter], one) for one in home.what_waits(act)],
            "figures": (
                ("来信", charts.count(today.counts[Figure.MESSAGES])),
                ("当场答复", charts.share(today.answered_share)),
                ("新线索", charts.count(today.counts[Figure.REPORTS])),
                ("新问题", charts.count(today.counts[Figure.QUESTIONS])),
                ("发布结论", charts.count(today.counts[Figure.PUBLISHED])),
            ),
            "counted": home.has_figures(act),
            "charts": (charts.messages(days), charts.answered(days), charts.ages(act), charts.coverage(act)),
        },
    )


ROUTES = (Route("/", "home.show", show, Permission.FIGURES_READ),)
