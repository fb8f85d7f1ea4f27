"""WeCom's other ways: the webhook of an internal group, app messages to members, and the customer groups' list."""

from typing import Any

from bot.demo.platform.chats import Channel, Content, Look
from bot.demo.platform.endpoints.content import fitting_text
from bot.demo.platform.endpoints.endpoint import Answer, Call, Caller, Endpoint, mapping
from bot.demo.platform.groups import Group, GroupKind
from bot.demo.platform.refusal import PlatformError
from bot.demo.platform.state import Platform

BAD_KEY, TOO_FAST, BAD_KIND, NOBODY, BAD_PARAMETER = 93000, 45009, 40008, 81013, 40058
GROUPS_PAGE = 1_000


def to_webhook(platform: Platform, call: Call) -> Answer:
    key = call.query.get("key", "")
    group = next((one for one in platform.groups if key and one.webhook_key == key), None)
    if group is None:
        raise PlatformError(BAD_KEY)
    if not platform.webhook_pace.take(key, call.at):
        raise PlatformError(TOO_FAST)
    content = _corp_content(platform, call)
    platform.chats.add(group.chat, content, at=call.at, name="定心助手", channel=Channel.WEBHOOK)
    return {"errcode": 0, "errmsg": "ok"}


def to_members(platform: Platform, call: Call) -> Answer:
    """To "a|b" or "@all"; above a member's pace the surplus is dropped without a word."""
    named = call.text("touser")
    wanted = list(platform.members) if named == "@all" else [one for one in named.split("|") if one]
    invalid = [userid for userid in wanted if userid not in platform.members]
    reached = [userid for userid in wanted if userid in platform.members]
    if not reached:
        raise PlatformError(NOBODY)
    content = _corp_content(platform, call)
    for userid in reached:
        if platform.app_pace.take(userid, call.at):
            platform.chats.add(
                platform.members[userid], content, at=call.at, name="企业微信", channel=Channel.APP
            )
    return {"errcode": 0, "errmsg": "ok", "invaliduser": "|".join(invalid), "msgid": platform.mint(32)}


def _corp_content(platform: Platform, call: Call) -> Content:
    kind = call.text("msgtype")
    limits = {
        "text": platform.limits.text_bytes,
        "markdown": platform.limits.webhook_markdown_bytes,
        "markdown_v2": platform.limits.webhook_markdown_bytes,
    }
    if kind in limits:
        return Content(Look.TEXT, fitting_text(call.part(kind).get("content"), most=limits[kind]))
    if kind == "news" and call.part("news").get("articles"):
        first = mapping(call.part("news")["articles"][0])
        return Content(
            Look.CARD,
            str(first.get("description", "")),
            str(first.get("title", "")),
            url=str(first.get("url", "")),
        )
    raise PlatformError(BAD_KIND)


def list_groups(platform: Platform, call: Call) -> Answer:
    owners = call.part("owner_filter").get("userid_list")
    found = [one for one in _customer_groups(platform) if not owners or one.owner_userid in owners]
    start, size = call.page(most=GROUPS_PAGE)
    rows = [{"chat_id": group.chat_id, "status": 0} for group in found[start : start + size]]
    answer: dict[str, Any] = {"errcode": 0, "errmsg": "ok", "group_chat_list": rows}
    if start + size < len(found):
        answer["next_cursor"] = str(start + size)
    return answer


def get_group(platform: Platform, call: Call) -> Answer:
    group = platform.group_of_chat_id(call.text("chat_id"))
    if group is None or group.kind is not GroupKind.CUSTOMER:
        raise PlatformError(BAD_PARAMETER)
    owner = {"userid": group.owner_userid, "type": 1, "join_scene": 1}
    guests = [
        {"userid": f"wm{group.chat_id}{index}", "type": 2, "join_scene": 3}
        for index in range(1, group.members)
    ]
    chat = {
        "chat_id": group.chat_id,
        "name": group.name,
        "owner": group.owner_userid,
        "notice": "",
        "member_list": [owner, *guests],
    }
    return {"errcode": 0, "errmsg": "ok", "group_chat": chat}


def _customer_groups(platform: Platform) -> list[Group]:
    return [group for group in platform.groups if group.kind is GroupKind.CUSTOMER]


ENDPOINTS = {
    "webhook/send": Endpoint(to_webhook, Caller.ANYONE),
    "message/send": Endpoint(to_members, Caller.CORP),
    "externalcontact/groupchat/list": Endpoint(list_groups, Caller.CORP),
    "externalcontact/groupchat/get": Endpoint(get_group, Caller.CORP),
}
