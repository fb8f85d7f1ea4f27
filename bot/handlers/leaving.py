"""取消, 退订, 订阅: one word each, from anywhere; 退订 in one's own words as well, for nobody annoyed looks up a command."""

import re

from bot import household_wording, wording
from bot.conversation import RESTING, Step
from bot.handlers.context import Context
from bot.handlers.open_headcount import open_headcount
from bot.messages import Inbound, Reply, Text
from bot.store import outbox, residents

NAME = "leaving"

KEEPS_DATA = frozenset({"不删了", "不删"})
CANCEL = KEEPS_DATA | {"取消", "算了", "不办了", "不用了", "退出", "不填了", "不说了", "没事了"}
# Of a household's numbers; from nobody who was not asked for them.
CALLS_OFF = re.compile(
    r"(?:我|我们|俺)?(?:家)?(?:的)?(?:人数|人口)?(?:我)?(?:就|先|也|都)*(?:不|不想|不要)(?:报|登记|填|上报)(?:人数|人口)?(?:了|啦)?"
)
OPT_OUT = frozenset({"退订", "不要再发", "别再发了", "td", "取消订阅"})
# What we send, as people call it: a code, a rumour or somebody else's message is none of it.
_SENT = r"(?:你们?|您|这些|这种|这类|那些|任何|什么|的)*(?:消息|信息|短信|通知|推送|群发|倡议书)"
_PLEASE = r"(?:请|麻烦|求|你们?|您|以后|今后|能不能|可不可以|可以|就)*"
_SIGH = r"(?:真|太|好)?(?:烦死人?|烦人|烦得很|烦|吵死人?|吵)(?:我|了|啦)*"
OPT_OUT_IN_OWN_WORDS = re.compile(
    rf"(?:{_SIGH},?)?(?:我|俺)?{_PLEASE}(?:"
    rf"(?:别|不要|不用|甭|莫)(?:(?:再|老|天天|一直)+(?:给[我俺]们?)?|给[我俺]们?)(?:群发|发送|发|推送|推)(?:{_SENT})?"
    rf"|(?:别|不要|甭|莫)(?:群发|发送|发|推送|推)(?:{_SENT})?(?=了)"
    r"|(?:别|不要|不用|甭|莫)再?(?:通知|打扰)[我俺]们?"
    rf"|(?:真的?|实在|再也)*(?:(?:不想|不愿意?|不要|不用|不需要|不)再?(?:收到?|接收|接到)|(?:不想|不愿意?)再?看到?){_SENT}"
    r"|(?:想|要|申请|给我|帮我)*(?:把[我俺])?(?:退订|取消订阅|取消(?:通知|推送|群发)|关闭?(?:通知|推送)|停止推送)"
    rf"(?:{_SENT}|一下)?"
    rf")(?:了|啦|吧|哈|嘛)*(?:[,!]?(?:{_SIGH}|可以吗?|行吗?|好吗?|谢谢))*"
)
OPT_IN = frozenset({"订阅", "重新订阅"})


def matches(_message: Inbound, context: Context) -> bool:
    return context.plain in CANCEL | OPT_IN or _opts_out(context) or _calls_off(context)


def handle(_message: Inbound, context: Context) -> Reply:
    if _opts_out(context):
        residents.opt_out(context.session, context.resident.id, context.now)
        outbox.cancel_shares_of(context.session, context.resident.id, reason="opted_out", now=context.now)
        return Text(wording.OPTED_OUT)
    if context.plain in OPT_IN:
        residents.opt_in(context.session, context.resident.id)
        return Text(wording.OPTED_IN)
    return _cancel(context)


def _cancel(context: Context) -> Reply:
    """Everything that was open, the numbers too that were set aside; but whoever keeps their data calls off nothing else."""
    only_deletion = context.plain in KEEPS_DATA and context.at(Step.CONFIRMING_DELETION)
    if open_headcount(context).is_open and not only_deletion:
        context.forget()
        return Text(household_wording.CALLED_OFF)
    waits = context.conversation is not None and context.conversation.step not in RESTING
    return Text(wording.CANCELLED if waits else wording.NOTHING_TO_CANCEL)


def _calls_off(context: Context) -> bool:
    return CALLS_OFF.fullmatch(context.plain) is not None and open_headcount(context).is_open


def _opts_out(context: Context) -> bool:
    return context.plain in OPT_OUT or OPT_OUT_IN_OWN_WORDS.fullmatch(context.plain) is not None
