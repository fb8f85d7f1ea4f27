"""The official account's callback: bytes and a query in, one trusted `Inbound` out, or a reason to refuse."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.errors import BadPayload, BadSignature, PayloadTooLarge
from bot.messages import Inbound
from bot.wechat.cipher import decrypt
from bot.wechat.credentials import Credentials, Mode
from bot.wechat.parsing import parse
from bot.wechat.signature import WINDOW, Stamp
from bot.wechat.xml import Fields, read, text

# Bytes. The longest message is 2,048 bytes of text; sealed and wrapped it stays well below.
BODY_LIMIT = 64 * 1024

ECHO = re.compile(r"[0-9A-Za-z_+/=-]{1,256}")


def verify_url(query: Mapping[str, str], *, token: str, now: datetime) -> str:
    """Answer the platform's GET: the echo string exactly as it came, to be sent as text/plain.

    Raises BadSignature (not signed with our token, or outside the window), BadPayload (an echo string the
    platform would not send).
    """
    Stamp.of(query, name="signature").check(token=token, now=now)
    echo = query.get("echostr", "")
    if not ECHO.fullmatch(echo):
        raise BadPayload("echostr")
    return echo


def open_envelope(
    body: bytes,
    content_type: str,
    query: Mapping[str, str],
    *,
    credentials: Credentials,
    mode: Mode,
    now: datetime,
    window: timedelta = WINDOW,
) -> Inbound:
    """Refuse everything that is not the platform's own message to this account; read the rest.

    Raises PayloadTooLarge (over `BODY_LIMIT`), BadPayload (JSON, or nothing we can read), BadSignature
    (unsigned, wrongly signed, out of the window, or in clear where safe mode is set), ConfigError (safe mode
    without a key).
    """
    document = body_text(body, content_type)
    if mode is Mode.SAFE:
        if query.get("encrypt_type") != "aes":
            raise BadSignature("downgrade")
        return parse(
            read(open_sealed(read(document), query, credentials=credentials, now=now, window=window))
        )
    Stamp.of(query, name="signature").check(token=credentials.token, now=now, window=window)
    fields = read(document)
    if "Encrypt" in fields or query.get("encrypt_type", "raw") != "raw":
        raise BadPayload("sealed_in_plain_mode")
    return parse(fields)


def body_text(body: bytes, content_type: str) -> str:
    """The body as text, once its size and its kind are fit to be looked at.

    Raises PayloadTooLarge (over `BODY_LIMIT`), BadPayload (JSON (the console's other choice of format), or
    no UTF-8).
    """
    if len(body) > BODY_LIMIT:
        raise PayloadTooLarge("body_size")
    if "json" in content_type.lower() or body.lstrip()[:1] in {b"{", b"["}:
        raise BadPayload("json_body")
    document = body.decode("utf-8", errors="replace")
    if document.encode() != body:
        raise BadPayload("encoding")
    return document


def open_sealed(
    fields: Fields, query: Mapping[str, str], *, credentials: Credentials, now: datetime, window: timedelta
) -> str:
    """The sealed part of a body. A part in clear beside it (compatible mode) is not authenticated: not looked at.

    Raises BadSignature (nothing is sealed, or the signature does not cover it), BadPayload (it does not
    open).
    """
    sealed = text(fields, "Encrypt")
    if not sealed:
        raise BadSignature("downgrade")
    stamp = Stamp.of(query, name="msg_signature")
    stamp.check(sealed, token=credentials.token, now=now, window=window)
    return decrypt(sealed, stamp, credentials=credentials)
