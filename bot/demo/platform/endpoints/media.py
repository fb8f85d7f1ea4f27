"""Temporary media, up and down."""

from bot.demo.platform.endpoints.endpoint import Answer, Binary, Call, Caller, Endpoint
from bot.demo.platform.refusal import PlatformError
from bot.demo.platform.state import Platform

NO_DATA = 41005


def upload(platform: Platform, call: Call) -> Answer:
    if call.upload is None:
        raise PlatformError(NO_DATA)
    kind = call.query.get("type", "")
    medium = platform.media.keep(kind, call.upload.body, call.upload.content_type, at=call.at)
    return {"type": medium.kind, "media_id": medium.media_id, "created_at": int(call.at.timestamp())}


def get(platform: Platform, call: Call) -> Answer:
    medium = platform.media.known(call.query.get("media_id"), call.at)
    return Binary(medium.body, medium.content_type, filename=medium.media_id)


ENDPOINTS = {
    "media/upload": Endpoint(upload, Caller.EITHER),
    "media/get": Endpoint(get, Caller.EITHER, post=False),
}
