"""What the account sends, read from the JSON of a call, within the platform's limits."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.demo.platform.chats import Content, Look
from bot.demo.platform.endpoints.endpoint import Call, mapping
from bot.demo.platform.refusal import PlatformError
from bot.demo.platform.state import Platform

BAD_KIND, EMPTY, TOO_LONG = 40008, 44004, 45002
Reader = Callable[[Platform, Mapping[str, Any], datetime], Content]


def read_content(platform: Platform, call: Call) -> Content:
    """The message of a customer-service or mass call: `msgtype` and the object of that name."""
    kind = call.text("msgtype")
    reader = READERS.get(kind)
    if reader is None:
        raise PlatformError(BAD_KIND)
    return reader(platform, call.part(kind), call.at)


def fitting_text(value: object, *, most: int) -> str:
    """Text that is neither empty nor too long; the limit counts bytes of UTF-8."""
    if not isinstance(value, str) or not value.strip():
        raise PlatformError(EMPTY)
    if len(value.encode()) > most:
        raise PlatformError(TOO_LONG)
    return value


def _text(platform: Platform, part: Mapping[str, Any], at: datetime) -> Content:
    del at
    return Content(Look.TEXT, fitting_text(part.get("content"), most=platform.limits.text_bytes))


def _media(look: Look) -> Reader:
    def read(platform: Platform, part: Mapping[str, Any], at: datetime) -> Content:
        medium = platform.media.known(part.get("media_id"), at)
        return Content(
            look, str(part.get("description", "")), str(part.get("title", "")), media_id=medium.media_id
        )

    return read


def _pictures(platform: Platform, part: Mapping[str, Any], at: datetime) -> Content:
    """A mass call may name its picture in a list or by itself."""
    ids = part.get("media_ids") or [part.get("media_id")]
    medium = platform.media.known(ids[0] if isinstance(ids, list) else ids, at)
    return Content(Look.IMAGE, media_id=medium.media_id)


def _news(platform: Platform, part: Mapping[str, Any], at: datetime) -> Content:
    del platform, at
    articles = part.get("articles")
    if not isinstance(articles, list) or not articles:
        raise PlatformError(EMPTY)
    first = mapping(articles[0])
    return Content(
        Look.CARD,
        str(first.get("description", "")),
        str(first.get("title", "")),
        url=str(first.get("url", "")),
    )


def _menu(platform: Platform, part: Mapping[str, Any], at: datetime) -> Content:
    """A message whose entries can be tapped; on this phone they are lines to read and answer."""
    entries = [str(mapping(entry).get("content", "")) for entry in part.get("list", [])]
    lines = [str(part.get("head_content", "")), *entries, str(part.get("tail_content", ""))]
    return _text(platform, {"content": "\n".join(line for line in lines if line)}, at)


READERS: dict[str, Reader] = {
    "text": _text,
    "image": _pictures,
    "voice": _media(Look.VOICE),
    "video": _media(Look.VIDEO),
    "mpvideo": _media(Look.VIDEO),
    "news": _news,
    "msgmenu": _menu,
}
