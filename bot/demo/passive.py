"""Reading what the callback answered, as strictly as the platform does."""

from collections.abc import Mapping
from typing import Any
from xml.parsers.expat import ExpatError

import xmltodict

from bot.demo.envelope import BrokenEnvelopeError, Envelope
from bot.demo.platform.chats import Content, Look

NOTHING_TO_SAY = frozenset({b"", b"success"})
TEXT_BYTES = 2_048


class MalformedReplyError(Exception):
    """The platform would tell the person that the account is out of order."""


def read_reply(body: bytes, *, envelope: Envelope | None, account: str, openid: str) -> Content | None:
    """The reply to show, None when there is none. In safe mode only an encrypted one counts."""
    if body.strip() in NOTHING_TO_SAY:
        return None
    reply = _xml(body)
    if envelope is not None:
        reply = _opened(reply, envelope)
    if reply.get("ToUserName") != openid or reply.get("FromUserName") != account:
        raise MalformedReplyError("addressed to somebody else")
    return _content(reply)


def _opened(outer: Mapping[str, Any], envelope: Envelope) -> Mapping[str, Any]:
    try:
        inner = envelope.open(
            str(outer.get("Encrypt", "")),
            timestamp=str(outer.get("TimeStamp", "")),
            nonce=str(outer.get("Nonce", "")),
            signed=str(outer.get("MsgSignature", "")),
        )
    except BrokenEnvelopeError as broken:
        raise MalformedReplyError(str(broken)) from None
    return _xml(inner.encode())


def _xml(body: bytes) -> Mapping[str, Any]:
    try:
        root = xmltodict.parse(body.decode())["xml"]
    except (ExpatError, KeyError, ValueError):
        raise MalformedReplyError("not the platform's XML") from None
    if not isinstance(root, dict):
        raise MalformedReplyError("empty")
    return root


def _content(reply: Mapping[str, Any]) -> Content | None:
    kind = reply.get("MsgType")
    if kind == "transfer_customer_service":
        return None
    if kind == "text":
        return _text(reply)
    if kind == "news":
        return _article(reply)
    looks = {"image": Look.IMAGE, "voice": Look.VOICE, "video": Look.VIDEO, "music": Look.FILE}
    if kind not in looks:
        raise MalformedReplyError("unknown type")
    media = _part(reply, str(kind).capitalize())
    return Content(looks[kind], str(media.get("Title") or ""), media_id=str(media.get("MediaId") or ""))


def _text(reply: Mapping[str, Any]) -> Content:
    text = reply.get("Content")
    if not isinstance(text, str) or not text or len(text.encode()) > TEXT_BYTES:
        raise MalformedReplyError("text missing or too long")
    return Content(Look.TEXT, text)


def _article(reply: Mapping[str, Any]) -> Content:
    item = _part(reply, "Articles").get("item")
    first = item[0] if isinstance(item, list) and item else item
    if not isinstance(first, dict):
        raise MalformedReplyError("no article")
    return Content(
        Look.CARD,
        str(first.get("Description") or ""),
        str(first.get("Title") or ""),
        url=str(first.get("Url") or ""),
    )


def _part(reply: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = reply.get(name)
    if not isinstance(part, dict):
        raise MalformedReplyError(f"no {name}")
    return part
