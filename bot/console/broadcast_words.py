"""A broadcast in words a clerk reads: when it goes out, to where, what is missing, what the platform would refuse."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.console.labels import CHANNELS
from bot.store.areas import AreaTree
from bot.store.debunks import StoppedBy
from broadcasts.calendar import SHANGHAI, Late, due_times
from broadcasts.content import BroadcastKind, Channel, Content, Once, Schedule
from broadcasts.errors import BadSchedule
from broadcasts.planning import RefusalCode
from broadcasts.readiness import LARGEST_TEXT, has_passed
from broadcasts.relay import RelayStatus

KINDS: Mapping[BroadcastKind, str] = {
    BroadcastKind.NOTICE: "通知",
    BroadcastKind.INITIATIVE_LETTER: "倡议书",
    BroadcastKind.CUSTOMS_GUIDANCE: "红白事引导",
    BroadcastKind.DEBUNK: "辟谣",
    BroadcastKind.HEADCOUNT: "人数登记",
}
REFUSALS: Mapping[RefusalCode, str] = {
    RefusalCode.NOBODY: "这个渠道在所选地方没有能收到的人",
    RefusalCode.TOO_OFTEN: "本月次数超过平台允许的上限",
    RefusalCode.MONTH_USED_UP: "所有收件人本月的额度都已用完",
    RefusalCode.DAY_USED_UP: "当天的群发次数不够",
    RefusalCode.ONE_RECIPIENT: "只有一个收件人，群发至少要两个；请改由网格员转达",
}
SKIPS: Mapping[str, str] = {Late.EXPIRED: "有效期已过，没有发", Late.MISSED: "错过太久，没有补发"}
# Why a delivery stands where it stands; what is not here is shown as it was written down.
REASONS: Mapping[str, str] = {
    "halted": "已叫停",
    "claim_ran_out": "发送程序中断，不知是否发出",
    "no_open_window": "对方 48 小时内没有来信",
    "opted_out": "对方已退订",
    "unfollowed": "对方已取消关注",
    "erased": "对方已删除数据",
    "dismissed": "网格员已离任",
    "group_without_webhook": "这个群没有配置机器人",
    "group_without_owner": "这个群没有登记群主",
    "wecom_not_configured": "没有接通企业微信",
}
# Why a broadcast was stopped, where nobody did it by hand.
STOPPED: Mapping[str, str] = {
    StoppedBy.CORRECTED: "已因更正停止：它说的核实结论后来更正了",
    StoppedBy.WITHDRAWN: "已因撤回停止：它说的核实结论后来收回了",
    StoppedBy.RESTRICTED: "已因涉及个人停止：那条说法说到普通个人，不做推送",
    StoppedBy.OVER: "已停止：它说的核实结论不再有效，或比这份推送先到期",
}
RELAYS: Mapping[RelayStatus, str] = {
    RelayStatus.OPEN: "还没接",
    RelayStatus.CLAIMED: "已接，未确认",
    RelayStatus.FORWARDED: "已转发",
    RelayStatus.CANNOT: "转不了",
    RelayStatus.CANCELLED: "已撤回",
}
WEEKDAYS = ("周日", "周一", "周二", "周三", "周四", "周五", "周六")


def schedule_in_words(schedule: Schedule, zone: ZoneInfo) -> str:
    """When it goes out: what people say for the common ones, the expression itself for the rest."""
    if isinstance(schedule, Once):
        return f"一次，{schedule.at.astimezone(zone):%Y-%m-%d %H:%M}"
    until = f"，到 {schedule.until.astimezone(zone):%Y-%m-%d %H:%M} 为止"
    minute, hour, *days = schedule.cron.split()
    if minute.isdecimal() and hour.isdecimal():
        clock = f"{int(hour):02}:{int(minute):02}"
        if days == ["*", "*", "*"]:
            return f"每天 {clock}{until}"
        if days[:2] == ["*", "*"] and days[2].isdecimal():
            return f"每{WEEKDAYS[int(days[2]) % 7]} {clock}{until}"
    return f"按“{schedule.cron}”反复发{until}"


def places(codes: frozenset[str], tree: AreaTree) -> tuple[str, ...]:
    """The areas by their names; a code without one is shown as it is, not hidden."""
    return tuple(tree.full_name(code) if tree.get(code) else code for code in sorted(codes))


TIME_PASSED = "计划的发送时间已经过了，没有发出；请改一个新的发送时间"
NO_TIME = "从现在到有效期结束之间，没有一个发送时间"


def gaps_of(content: Content, *, now: datetime) -> tuple[str, ...]:
    """What keeps it from being submitted: the rules of `broadcasts.readiness`, in the words of the page."""
    return tuple(_gaps(content, now))


def _gaps(content: Content, now: datetime) -> Iterator[str]:
    if content.valid_until <= now:
        yield "有效期已过，请改一个以后的日期"
    if content.audience.is_empty:
        yield "没有选发到哪里"
    if not content.title.strip():
        yield "没有标题"
    if not content.texts:
        yield "没有选渠道"
    for item in content.texts:
        yield from _text_gaps(item.channel, item.text)
    try:
        if next(due_times(content.schedule, after=now, until=content.valid_until), None) is None:
            yield TIME_PASSED if has_passed(content.schedule, at=now) else NO_TIME
    except BadSchedule:
        yield "发送时间的写法读不懂"


def _text_gaps(channel: Channel, text: str) -> Iterator[str]:
    size, limit = size_of(text), LARGEST_TEXT[channel]
    if not text.strip():
        yield f"{CHANNELS[channel]}没有文字"
    elif size > limit:
        yield f"{CHANNELS[channel]}的文字有 {size} 字节，平台最多收 {limit} 字节（一个汉字 3 字节）"


def size_of(text: str) -> int:
    """Bytes, as platforms count."""
    return len(text.encode("utf-8", "surrogatepass"))


def local(at: datetime) -> datetime:
    """On the clock by which recurring broadcasts go out."""
    return at.astimezone(SHANGHAI)
