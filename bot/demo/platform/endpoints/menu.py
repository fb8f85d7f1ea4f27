"""The account's menu: three entries, five below each."""

from typing import Any

from bot.demo.platform.endpoints.endpoint import Answer, Call, Endpoint, mapping
from bot.demo.platform.refusal import PlatformError
from bot.demo.platform.state import Platform

TOO_MANY, TOO_MANY_BELOW, NO_MENU = 40016, 40023, 46003
WIDTH, DEPTH = 3, 5


def create(platform: Platform, call: Call) -> Answer:
    buttons = [dict(mapping(button)) for button in call.items("button")]
    if not 1 <= len(buttons) <= WIDTH:
        raise PlatformError(TOO_MANY)
    if any(len(button.get("sub_button", [])) > DEPTH for button in buttons):
        raise PlatformError(TOO_MANY_BELOW)
    platform.menu = buttons
    return {"errcode": 0, "errmsg": "ok"}


def get(platform: Platform, call: Call) -> Answer:
    del call
    if platform.menu is None:
        raise PlatformError(NO_MENU)
    answer: dict[str, Any] = {"menu": {"button": platform.menu}}
    return answer


def delete(platform: Platform, call: Call) -> Answer:
    del call
    platform.menu = None
    return {"errcode": 0, "errmsg": "ok"}


ENDPOINTS = {
    "menu/create": Endpoint(create),
    "menu/get": Endpoint(get, post=False),
    "menu/delete": Endpoint(delete, post=False),
}
