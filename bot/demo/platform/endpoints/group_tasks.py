"""WeCom's customer groups: a call makes a task for the owner, and only the owner's tap sends it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.demo.platform.chats import Author, Channel, Content, Look
from bot.demo.platform.endpoints.content import fitting_text
from bot.demo.platform.endpoints.endpoint import Answer, Call, Caller, Endpoint
from bot.demo.platform.groups import Group, GroupKind, GroupTask, SendStatus
from bot.demo.platform.quota import day_of, month_of
from bot.demo.platform.refusal import PlatformError
from bot.demo.platform.state import Platform

BAD_PARAMETER, NO_TASK, LIMIT_REACHED = 40058, 41048, 45009
LONGEST_LOOK_BACK = timedelta(days=31)
A_DAY = timedelta(hours=24)


def create(platform: Platform, call: Call) -> Answer:
    sender = call.text("sender")
    if call.text("chat_type") != "group" or sender not in platform.members:
        raise PlatformError(BAD_PARAMETER)
    owned = [one.chat_id for one in _customer_groups(platform) if one.owner_userid == sender]
    wanted = call.items("chat_id_list") or owned
    if (
        len(wanted) > platform.limits.group_list
        or len(call.items("attachments")) > platform.limits.group_attachments
    ):
        raise PlatformError(BAD_PARAMETER)
    reachable = tuple(chat_id for chat_id in wanted if chat_id in owned)
    text = fitting_text(call.part("text").get("content"), most=platform.limits.group_text_bytes)
    number = "msg" + platform.mint(28)
    task = GroupTask(number, sender, Content(Look.TEXT, text), reachable, call.at)
    task.results = dict.fromkeys(reachable, SendStatus.WAITING)
    platform.tasks[number] = task
    _ask_owner(platform, task, "请确认群发到居民群", call.at)
    failed = [chat_id for chat_id in wanted if chat_id not in owned]
    return {"errcode": 0, "errmsg": "ok", "fail_list": failed, "msgid": number}


def _ask_owner(platform: Platform, task: GroupTask, title: str, at: datetime) -> None:
    card = Content(Look.TASK, task.content.text, title, reference=task.number)
    platform.chats.add(
        platform.members[task.owner_userid], card, at=at, name="企业微信", channel=Channel.GROUP_TASK
    )


def confirm(platform: Platform, task: GroupTask, at: datetime) -> bool:
    """The owner's tap: once, unless cancelled; a group that had its month's messages gets none."""
    if task.cancelled or task.confirmed_at is not None:
        return False
    task.confirmed_at = at
    for chat_id in task.chat_ids:
        group = platform.group_of_chat_id(chat_id)
        if group is not None:
            task.results[chat_id] = _send(platform, group, task, at)
    return True


def _send(platform: Platform, group: Group, task: GroupTask, at: datetime) -> SendStatus:
    """A group may receive as many in a month as the month has days."""
    month = month_of(at)
    first_of_next = (day_of(at).replace(day=1) + timedelta(days=32)).replace(day=1)
    if platform.group_received[group.chat, month] >= (first_of_next - timedelta(days=1)).day:
        return SendStatus.LIMIT_REACHED
    platform.group_received[group.chat, month] += 1
    platform.chats.add(
        group.chat, task.content, at=at, author=Author.THEM, name="群主", channel=Channel.GROUP_TASK
    )
    return SendStatus.SENT


def listing(platform: Platform, call: Call) -> Answer:
    start, end = _moment(call, "start_time"), _moment(call, "end_time")
    if not timedelta() <= end - start <= LONGEST_LOOK_BACK:
        raise PlatformError(BAD_PARAMETER)
    found = [task for task in platform.tasks.values() if start <= task.created_at <= end]
    return _page(call, "group_msg_list", [_summary(task) for task in found], most=100)


def members(platform: Platform, call: Call) -> Answer:
    task = _task(platform, call)
    row = {"userid": task.owner_userid, "status": 2 if task.confirmed_at else 0}
    if task.confirmed_at:
        row["send_time"] = int(task.confirmed_at.timestamp())
    return _page(call, "task_list", [row], most=1_000)


def results(platform: Platform, call: Call) -> Answer:
    task = _task(platform, call)
    sent_at = {"send_time": int(task.confirmed_at.timestamp())} if task.confirmed_at else {}
    rows = [
        {"chat_id": chat_id, "userid": task.owner_userid, "status": int(status), **sent_at}
        for chat_id, status in task.results.items()
    ]
    return _page(call, "send_list", rows, most=1_000)


def remind(platform: Platform, call: Call) -> Answer:
    task = _open_task(platform, call)
    recent = [at for at in task.reminded if call.at - at < A_DAY]
    if len(recent) >= platform.limits.reminders_per_day:
        raise PlatformError(LIMIT_REACHED)
    task.reminded = [*recent, call.at]
    _ask_owner(platform, task, "提醒：还有一条群发没有确认", call.at)
    return {"errcode": 0, "errmsg": "ok"}


def cancel(platform: Platform, call: Call) -> Answer:
    task = _open_task(platform, call)
    task.cancelled = True
    platform.chats.notice(platform.members[task.owner_userid], "管理员取消了这条群发", at=call.at)
    return {"errcode": 0, "errmsg": "ok"}


def _task(platform: Platform, call: Call) -> GroupTask:
    task = platform.tasks.get(call.text("msgid"))
    if task is None:
        raise PlatformError(NO_TASK)
    return task


def _open_task(platform: Platform, call: Call) -> GroupTask:
    task = _task(platform, call)
    if task.cancelled or task.confirmed_at:
        raise PlatformError(NO_TASK)
    return task


def _moment(call: Call, name: str) -> datetime:
    value = call.body.get(name)
    if not isinstance(value, int):
        raise PlatformError(BAD_PARAMETER)
    return datetime.fromtimestamp(value, UTC)


def _summary(task: GroupTask) -> dict[str, Any]:
    return {
        "msgid": task.number,
        "creator": task.owner_userid,
        "create_time": int(task.created_at.timestamp()),
        "create_type": 0,
        "text": {"content": task.content.text},
        "attachments": [],
    }


def _page(call: Call, name: str, rows: list[dict[str, Any]], *, most: int) -> Answer:
    start, size = call.page(most=most)
    more = str(start + size) if start + size < len(rows) else ""
    return {"errcode": 0, "errmsg": "ok", "next_cursor": more, name: rows[start : start + size]}


def _customer_groups(platform: Platform) -> list[Group]:
    return [group for group in platform.groups if group.kind is GroupKind.CUSTOMER]


ENDPOINTS = {
    "externalcontact/add_msg_template": Endpoint(create, Caller.CORP),
    "externalcontact/get_groupmsg_list_v2": Endpoint(listing, Caller.CORP),
    "externalcontact/get_groupmsg_task": Endpoint(members, Caller.CORP),
    "externalcontact/get_groupmsg_send_result": Endpoint(results, Caller.CORP),
    "externalcontact/remind_groupmsg_send": Endpoint(remind, Caller.CORP),
    "externalcontact/cancel_groupmsg_send": Endpoint(cancel, Caller.CORP),
}
