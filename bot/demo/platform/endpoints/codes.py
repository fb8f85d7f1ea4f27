"""Codes with a scene: made with a token, shown to anyone who has the ticket."""

from typing import Any

from bot.demo.platform.endpoints.endpoint import Answer, Binary, Call, Caller, Endpoint, mapping
from bot.demo.platform.qrcodes import picture
from bot.demo.platform.refusal import PlatformError
from bot.demo.platform.state import Platform

BAD_ACTION = 40053


def create(platform: Platform, call: Call) -> Answer:
    action = call.text("action_name")
    scene = mapping(call.part("action_info").get("scene", {}))
    seconds = call.body.get("expire_seconds")
    if seconds is not None and (not isinstance(seconds, int) or seconds < 1):
        raise PlatformError(BAD_ACTION)
    named = scene.get("scene_str" if action.endswith("STR_SCENE") else "scene_id")
    code = platform.codes.create(action, named, seconds=seconds, at=call.at)
    answer: dict[str, Any] = {"ticket": code.ticket, "url": code.url}
    if code.ends_at is not None:
        answer["expire_seconds"] = int((code.ends_at - call.at).total_seconds())
    return answer


def show(platform: Platform, call: Call) -> Answer:
    code = platform.codes.find(call.query.get("ticket", ""))
    if code is None or not code.valid(call.at):
        raise PlatformError(BAD_ACTION)
    return Binary(picture(code.url), "image/png")


ENDPOINTS = {
    "qrcode/create": Endpoint(create),
    "showqrcode": Endpoint(show, Caller.ANYONE, post=False),
}
