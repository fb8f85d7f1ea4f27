"""A reply into the platform's XML, sealed in safe mode."""

import re
from datetime import datetime

from wechatpy.replies import TextReply

from bot.messages import Inbound
from bot.wechat.cipher import encrypt
from bot.wechat.credentials import Credentials, Mode

# XML 1.0 has no way to write these, not even inside CDATA.
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(
    reply_text: str, inbound: Inbound, *, credentials: Credentials, mode: Mode, now: datetime, nonce: str
) -> bytes:
    """The body of our answer. No text is no reply: an empty body, in clear in either mode, as the platform asks.

    The caller has cut it to the platform's limit (`splitting.split_text`).

    `]]>` would end the CDATA section and let what follows add elements of its own; it is spread over two sections.
    """
    writable = UNWRITABLE.sub("", reply_text)
    if not writable:
        return b""
    timestamp = int(now.timestamp())
    reply = TextReply(
        source=inbound.account,
        target=inbound.openid,
        content=writable.replace("]]>", "]]]]><![CDATA[>"),
        time=timestamp,
    )
    xml = reply.render()
    if mode is Mode.SAFE:
        xml = encrypt(xml, credentials=credentials, nonce=nonce, timestamp=timestamp)
    return xml.encode()
