"""Customer-service messages: only inside the window the person opened, and counted."""

from bot.demo.platform.chats import Channel
from bot.demo.platform.endpoints.content import read_content
from bot.demo.platform.endpoints.endpoint import Answer, Call, Endpoint
from bot.demo.platform.refusal import PlatformError
from bot.demo.platform.state import Platform

OUT_OF_TIME = 45015


def send(platform: Platform, call: Call) -> Answer:
    follower = platform.followers.known(call.body.get("touser"))
    content = read_content(platform, call)
    if not follower.following:
        raise PlatformError(OUT_OF_TIME)
    follower.window.spend(call.at)
    platform.show(follower, content, channel=Channel.FOLLOW_UP)
    return {"errcode": 0, "errmsg": "ok"}


ENDPOINTS = {"message/custom/send": Endpoint(send)}
