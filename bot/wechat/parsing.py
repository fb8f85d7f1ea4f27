"""The platform's fields into our `Inbound`: one row per message type here, one per event in `events`.

Every message and event type of the platform's documentation has a row; what has none is still read, as UNSUPPORTED
or OTHER_EVENT, so that a new type never becomes an error a resident sees.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from bot.errors import BadPayload
from bot.messages import Inbound, Kind
from bot.wechat import events
from bot.wechat.reading import Reading, pairs
from bot.wechat.xml import Fields, text

NAME = re.compile(r"[0-9A-Za-z_@.-]{1,64}")
TIME = re.compile(r"[0-9]{1,10}")
NUMBER = re.compile(r"[0-9]{1,20}")


def _text(fields: Fields) -> Reading:
    """Only a string is text. Empty, repeated or nested content is something we cannot read."""
    content = text(fields, "Content").strip()
    return Reading(Kind.TEXT if content else Kind.UNSUPPORTED, text=content)


def _image(fields: Fields) -> Reading:
    return Reading(Kind.IMAGE, details=pairs(fields, pic_url="PicUrl"))


def _voice(fields: Fields) -> Reading:
    """The transcript is there only where the account has speech recognition switched on."""
    return Reading(Kind.VOICE, text=text(fields, "Recognition"), details=pairs(fields, format="Format"))


def _video(fields: Fields) -> Reading:
    return Reading(Kind.VIDEO, details=pairs(fields, thumb_media_id="ThumbMediaId"))


def _short_video(fields: Fields) -> Reading:
    return Reading(Kind.SHORT_VIDEO, details=pairs(fields, thumb_media_id="ThumbMediaId"))


def _place(fields: Fields) -> Reading:
    where = pairs(fields, x="Location_X", y="Location_Y", scale="Scale")
    return Reading(Kind.PLACE, text=text(fields, "Label"), details=where)


def _link(fields: Fields) -> Reading:
    said = "\n".join(part for part in (text(fields, "Title"), text(fields, "Description")) if part)
    return Reading(Kind.LINK, text=said, details=pairs(fields, url="Url"))


def _file(fields: Fields) -> Reading:
    return Reading(Kind.FILE, details=pairs(fields, name="Title", size="FileTotalLen"))


MESSAGES: Mapping[str, Callable[[Fields], Reading]] = MappingProxyType(
    {
        "text": _text,
        "image": _image,
        "voice": _voice,
        "video": _video,
        "shortvideo": _short_video,
        "location": _place,
        "link": _link,
        "file": _file,
    }
)


def parse(fields: Fields) -> Inbound:
    """One authenticated message or event.

    Raises BadPayload (it does not say who, to whom, when or what).
    """
    openid, account = text(fields, "FromUserName"), text(fields, "ToUserName")
    created, kind = text(fields, "CreateTime"), text(fields, "MsgType").lower()
    if not (NAME.fullmatch(openid) and NAME.fullmatch(account) and TIME.fullmatch(created) and kind):
        raise BadPayload("fields")
    reading = events.read(fields) if kind == "event" else _message(fields, kind)
    return Inbound(
        kind=reading.kind,
        openid=openid,
        account=account,
        created_at=datetime.fromtimestamp(int(created), tz=UTC),
        dedup_key=_dedup_key(fields, kind, reading),
        text=reading.text,
        media_id=text(fields, "MediaId"),
        event_key=reading.event_key,
        menu_id=text(fields, "bizmsgmenuid"),
        details=reading.details,
    )


def _message(fields: Fields, kind: str) -> Reading:
    read = MESSAGES.get(kind)
    return read(fields) if read else Reading(Kind.UNSUPPORTED, details=(("type", kind),))


def _dedup_key(fields: Fields, kind: str, reading: Reading) -> str:
    """What is the same for the platform's three attempts and different for everything else.

    Messages have a number. Events have none, and two of one person may share a second (a follow and a position, a
    click and a view): hence every field that tells them apart. Hashed, so that no openid stands in a key.
    """
    number = text(fields, "MsgId")
    if kind != "event" and number:
        if not NUMBER.fullmatch(number):
            raise BadPayload("msg_id")
        return f"msg:{number}"
    names = ("FromUserName", "CreateTime", "Event", "EventKey", "Ticket", "MsgID", "MsgId")
    told = [
        kind,
        *(text(fields, name) for name in names),
        *(value for pair in reading.details for value in pair),
    ]
    return "evt:" + hashlib.sha256("\x1f".join(told).encode()).hexdigest()
