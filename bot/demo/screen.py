"""What the phone page shows, as JSON: conversations, new bubbles, menu, codes, clock, faults."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.demo.cast import DEFAULT_MENU
from bot.demo.platform.chats import Bubble
from bot.demo.platform.endpoints import ENDPOINTS
from bot.demo.platform.faults import EVERYWHERE, FaultKind
from bot.demo.platform.groups import GroupTask
from bot.demo.platform.quota import SHANGHAI
from bot.demo.sandbox import Sandbox

HOUR = timedelta(hours=1)


def screen(sandbox: Sandbox, after: int) -> dict[str, Any]:
    """Everything small in full, bubbles only from the one after `after`."""
    platform = sandbox.platform
    with platform.lock:
        return {
            "account": platform.account.name,
            "now": _moment(sandbox.clock()),
            "moved_hours": sandbox.clock.moved // HOUR,
            "chats": conversations(sandbox),
            "bubbles": [_shown(bubble) for bubble in platform.chats.after(after)],
            "menu": platform.menu or list(DEFAULT_MENU),
            "codes": [{"label": code.label, "scene": code.scene} for code in sandbox.codes],
            "tasks": {number: _task_state(task) for number, task in platform.tasks.items()},
            "faults": {
                endpoint: f"{fault.kind}{_detail(fault.code, fault.seconds, fault.times)}"
                for endpoint, fault in platform.faults.all().items()
            },
        }


def choices() -> Mapping[str, list[str]]:
    """What the developers' panel offers."""
    return {"endpoints": [EVERYWHERE, *sorted(ENDPOINTS)], "kinds": list(FaultKind)}


def conversations(sandbox: Sandbox) -> list[dict[str, Any]]:
    platform = sandbox.platform
    people = [
        {
            "id": person.chat,
            "kind": "person",
            "name": person.name,
            "note": person.place,
            "following": _following(sandbox, person.chat),
            "forwards": bool(person.group),
        }
        for person in sandbox.people
    ]
    inboxes = [
        {
            "id": platform.members[person.userid],
            "kind": "inbox",
            "name": "企业微信通知",
            "note": f"{person.name}的企业微信",
        }
        for person in sandbox.people
        if person.userid
    ]
    groups = [
        {"id": group.chat, "kind": "group", "name": group.name, "note": f"{group.members} 人"}
        for group in platform.groups
    ]
    return [*people, *groups, *inboxes]


def _following(sandbox: Sandbox, chat: str) -> bool:
    follower = sandbox.platform.followers.of_chat(chat)
    return follower is not None and follower.following


def _shown(bubble: Bubble) -> dict[str, Any]:
    content = bubble.content
    return {
        "number": bubble.number,
        "chat": bubble.chat,
        "author": bubble.author,
        "name": bubble.name,
        "look": content.look,
        "text": content.text,
        "title": content.title,
        "url": content.url,
        "media": content.media_id,
        "task": content.reference,
        "channel": bubble.channel,
        "at": _moment(bubble.at),
    }


def _moment(at: datetime) -> dict[str, Any]:
    """As people in China read it, and in seconds to reckon with."""
    local = at.astimezone(SHANGHAI)
    return {
        "seconds": int(at.timestamp()),
        "day": f"{local.month}月{local.day}日",
        "time": f"{local.hour}:{local.minute:02d}",
    }


def _task_state(task: GroupTask) -> str:
    if task.cancelled:
        return "cancelled"
    return "done" if task.confirmed_at else "open"


def _detail(code: int, seconds: float, times: int | None) -> str:
    details = (
        f" {code}" if code else "",
        f" {seconds:g} 秒" if seconds else "",
        f" 还剩 {times} 次" if times else "",
    )
    return "".join(details)
