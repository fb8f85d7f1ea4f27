"""取消, 退订, 订阅: one word each, from anywhere."""

from bot import wording
from bot.handlers.context import Context
from bot.messages import Inbound, Reply, Text
from bot.store import outbox, residents

NAME = "leaving"

CANCEL = frozenset(
    {"取消", "算了", "不办了", "不用了", "退出", "不填了", "不说了", "不删了", "不删", "没事了"}
)
OPT_OUT = frozenset({"退订", "不要再发", "别再发了", "td", "取消订阅"})
OPT_IN = frozenset({"订阅", "重新订阅"})


def matches(_message: Inbound, context: Context) -> bool:
    return context.plain in CANCEL | OPT_OUT | OPT_IN


def handle(_message: Inbound, context: Context) -> Reply:
    if context.plain in OPT_OUT:
        residents.opt_out(context.session, context.resident.id, context.now)
        outbox.cancel_shares_of(context.session, context.resident.id, reason="opted_out", now=context.now)
        return Text(wording.OPTED_OUT)
    if context.plain in OPT_IN:
        residents.opt_in(context.session, context.resident.id)
        return Text(wording.OPTED_IN)
    return Text(wording.CANCELLED if context.conversation else wording.NOTHING_TO_CANCEL)
