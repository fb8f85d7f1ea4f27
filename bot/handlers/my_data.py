"""我的数据 and 删除: what is kept about oneself, and its deletion with a receipt."""

from bot import wording
from bot.conversation import Step
from bot.handlers.context import Context
from bot.handlers.offices import written
from bot.handlers.open_headcount import figures
from bot.messages import Inbound, Reply, Text
from bot.store import grid_workers, headcounts, inbox, inquiries, outbox, residents, retention, screenshots

NAME = "my_data"

SHOW = frozenset({"我的数据", "我的信息", "存了我什么"})
DELETE = frozenset({"删除", "删除我的数据", "删掉我的数据", "删除数据", "注销"})
CONFIRMED = frozenset({"确认删除", "确认", "确定", "确定删除", "确定删", "确认删"})
COUNTED = 1000


def matches(_message: Inbound, context: Context) -> bool:
    confirming = context.at(Step.CONFIRMING_DELETION) and context.plain in CONFIRMED
    return context.plain in SHOW | DELETE or confirming


def handle(_message: Inbound, context: Context) -> Reply:
    if context.plain in SHOW:
        return Text(_summary(context))
    if context.plain in DELETE:
        context.enter(Step.CONFIRMING_DELETION)
        return Text(wording.CONFIRM_DELETION + _if_opted_out(wording.CONFIRM_FORGETTING_OPT_OUT, context))
    return Text(_delete(context))


def _summary(context: Context) -> str:
    community = context.community
    drive = headcounts.running_drive(context.session, context.area_path, day=context.today)
    current = headcounts.current_of(context.session, context.resident.id, drive.id) if drive else None
    own = inquiries.own_inquiries(context.session, context.resident.id, limit=COUNTED)
    return wording.MY_DATA.format(
        community=context.areas.full_name(community.code) if community else wording.NOT_REGISTERED,
        subscription=wording.UNSUBSCRIBED if context.resident.opted_out_at else wording.SUBSCRIBED,
        inquiries=len(own),
        headcount=figures(current) if current else wording.NOT_REGISTERED,
    )


def _delete(context: Context) -> str:
    session, resident_id = context.session, context.resident.id
    context.forget()
    counted = headcounts.delete_of(session, resident_id)
    asked = inquiries.unlink(session, resident_id)
    outbox.cancel_for(session, resident_id, reason="erased", now=context.now)
    retention.forget_follow_ups(session, resident_id)
    screenshots.forget(session, resident_id)
    inbox.forget(session, resident_id)
    grid_workers.release(session, resident_id)
    residents.erase(session, resident_id, context.now)
    receipt = wording.DELETED.format(day=written(context.today), headcounts=counted, inquiries=asked)
    return receipt + _if_opted_out(wording.FORGOT_OPT_OUT, context)


def _if_opted_out(sentence: str, context: Context) -> str:
    """The opting out goes with the rest: whoever comes back is new to us and is sent to again."""
    return sentence if context.resident.opted_out_at else ""
