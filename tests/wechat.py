"""The platform's side of the callback, for every test that posts to us: real XML, signatures and AES.

Written from the platform's documentation with `cryptography` alone, so that it does not share a mistake with the
library the product uses. `signed(text_message("问一下"))` is a post; `opened(reply)` is what the resident would see.
"""

import base64
import hashlib
import secrets
import struct
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from bot.wechat.credentials import Credentials, Mode

NOW = datetime(2022, 11, 20, 2, 0, tzinfo=UTC)
OPENID = "oResident00000000000000000001"
ACCOUNT = "gh_0123456789ab"
CREDENTIALS = Credentials(
    app_id="wx0123456789abcdef",
    app_secret="app-secret-of-the-tests",
    token="callbackTokenOfTheTests",
    encoding_aes_key="abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
)


class Markup(str):
    """What is put into a document as the XML it is; every other text is what somebody wrote, whatever it begins with."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Push:
    """One post of the platform: what stands in its query and in its body."""

    query: dict[str, str]
    body: bytes
    content_type: str = "text/xml"


def signed(
    xml: str,
    *,
    credentials: Credentials = CREDENTIALS,
    at: datetime = NOW,
    nonce: str = "1234567890",
    mode: Mode = Mode.SAFE,
) -> Push:
    """A document as the platform posts it to the official account."""
    timestamp = str(int(at.timestamp()))
    query = {
        "signature": signature(credentials.token, timestamp, nonce),
        "timestamp": timestamp,
        "nonce": nonce,
    }
    if mode is Mode.PLAIN:
        return Push(query, xml.encode())
    sealed = seal(xml, credentials=credentials)
    query |= {
        "encrypt_type": "aes",
        "msg_signature": signature(credentials.token, timestamp, nonce, sealed),
    }
    return Push(query, document({"ToUserName": ACCOUNT, "Encrypt": sealed}).encode())


def opened(reply: bytes, *, credentials: Credentials = CREDENTIALS) -> dict[str, str]:
    """The elements of our sealed reply, after checking its signature as the platform does."""
    envelope = elements(reply.decode())
    ours = signature(credentials.token, envelope["TimeStamp"], envelope["Nonce"], envelope["Encrypt"])
    assert envelope["MsgSignature"] == ours
    return elements(unseal(envelope["Encrypt"], credentials=credentials))


def text_message(
    content: str, *, openid: str = OPENID, msg_id: int = 24_000_000_000_000_001, at: datetime = NOW
) -> str:
    """A resident writes something."""
    return message("text", {"Content": content, "MsgId": str(msg_id)}, openid=openid, at=at)


def follow_event(*, scene: str = "", openid: str = OPENID, at: datetime = NOW) -> str:
    """A resident follows the account, perhaps by scanning a community's code."""
    fields = {"EventKey": f"qrscene_{scene}", "Ticket": "ticket"} if scene else {"EventKey": ""}
    return event("subscribe", fields, openid=openid, at=at)


def event(name: str, fields: Mapping[str, str], *, openid: str = OPENID, at: datetime = NOW) -> str:
    """Any event. Elements within elements come as `Markup`."""
    return message("event", {"Event": name, **fields}, openid=openid, at=at)


def message(kind: str, fields: Mapping[str, str], *, openid: str = OPENID, at: datetime = NOW) -> str:
    """Any message."""
    head = {"ToUserName": ACCOUNT, "FromUserName": openid, "CreateTime": str(int(at.timestamp()))}
    return document({**head, "MsgType": kind, **fields})


def document(fields: Mapping[str, str]) -> str:
    """The platform's XML."""
    inner = "".join(
        f"<{name}>{value if isinstance(value, Markup) else escape(value)}</{name}>"
        for name, value in fields.items()
    )
    return f"<xml>{inner}</xml>"


def elements(xml: str) -> dict[str, str]:
    """The children of a document and their text."""
    return {child.tag: child.text or "" for child in ET.fromstring(xml)}  # noqa: S314 - our own output


def signature(*pieces: str) -> str:
    """SHA-1 over the sorted pieces, as the platform signs."""
    return hashlib.sha1("".join(sorted(pieces)).encode(), usedforsecurity=False).hexdigest()


def seal(clear: str, *, credentials: Credentials = CREDENTIALS) -> str:
    """AES-256-CBC over random16, length, text and app id, padded to 32 bytes."""
    text = clear.encode()
    framed = secrets.token_bytes(16) + struct.pack(">I", len(text)) + text + credentials.app_id.encode()
    return seal_bytes(framed, credentials=credentials)


def seal_bytes(framed: bytes, *, credentials: Credentials = CREDENTIALS) -> str:
    """Encrypt a frame as it is: also one that is no proper frame."""
    padding = 32 - len(framed) % 32
    encryptor = _aes(credentials).encryptor()
    sealed = encryptor.update(framed + bytes([padding]) * padding) + encryptor.finalize()
    return base64.b64encode(sealed).decode()


def unseal(sealed: str, *, credentials: Credentials = CREDENTIALS) -> str:
    """The text of a sealed frame, after checking that it names the account."""
    decryptor = _aes(credentials).decryptor()
    padded = decryptor.update(base64.b64decode(sealed)) + decryptor.finalize()
    framed = padded[: -padded[-1]]
    (length,) = struct.unpack(">I", framed[16:20])
    assert framed[20 + length :].decode() == credentials.app_id
    return framed[20 : 20 + length].decode()


def _aes(credentials: Credentials) -> Cipher[modes.CBC]:
    key = base64.b64decode(credentials.encoding_aes_key + "=")
    return Cipher(algorithms.AES(key), modes.CBC(key[:16]))
