"""What the platform posts to the callback: one message or event, and its XML."""

import re
from dataclasses import dataclass, field

NUMERIC = frozenset(
    [
        "CreateTime",
        "MsgId",
        "MsgID",
        "MsgDataId",
        "Scale",
        "Location_X",
        "Location_Y",
        "Latitude",
        "Longitude",
        "Precision",
        "TotalCount",
        "FilterCount",
        "SentCount",
        "ErrorCount",
    ]
)
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Push:
    """`message_id` is 0 for events, which have none. `visible`: a person waits for the reply and sees a failure."""

    openid: str = field(repr=False)
    kind: str
    fields: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    message_id: int = 0
    visible: bool = True

    def xml(self, *, account: str, created_at: int) -> str:
        """The body in the platform's own order; every text is CDATA, every number is bare."""
        elements = [
            ("ToUserName", account),
            ("FromUserName", self.openid),
            ("CreateTime", str(created_at)),
            ("MsgType", self.kind),
            *self.fields,
        ]
        if self.message_id:
            elements.append(("MsgId", str(self.message_id)))
        return "<xml>" + "".join(_element(name, value) for name, value in elements) + "</xml>"


def _element(name: str, value: str) -> str:
    return f"<{name}>{value if name in NUMERIC else cdata(value)}</{name}>"


def cdata(text: str) -> str:
    """Text as CDATA: a closing mark inside is split, what XML 1.0 cannot carry is left out."""
    clean = UNWRITABLE.sub("", text).replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{clean}]]>"


def event(
    openid: str,
    name: str,
    *,
    key: str | None = None,
    more: tuple[tuple[str, str], ...] = (),
    visible: bool = True,
) -> Push:
    keyed = () if key is None else (("EventKey", key),)
    return Push(openid, "event", (("Event", name), *keyed, *more), visible=visible)
