"""WeCom's callback: always sealed, and the corp id stands where the official account has its app id."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.errors import BadPayload
from bot.messages import Inbound
from bot.wechat.callback import body_text, open_sealed
from bot.wechat.cipher import decrypt
from bot.wechat.credentials import Credentials
from bot.wechat.parsing import parse
from bot.wechat.signature import WINDOW, Stamp
from bot.wechat.xml import read


def verify_url(query: Mapping[str, str], *, credentials: Credentials, now: datetime) -> str:
    """Answer WeCom's GET: the echo string in clear, within a second, to be sent as text/plain.

    Raises BadSignature (not signed with our token, out of the window, sealed for another corp), BadPayload (it
    does not open).
    """
    sealed = query.get("echostr", "")
    stamp = Stamp.of(query, name="msg_signature")
    stamp.check(sealed, token=credentials.token, now=now)
    echo = decrypt(sealed, stamp, credentials=credentials)
    if not echo:
        raise BadPayload("echostr")
    return echo


def open_envelope(
    body: bytes,
    content_type: str,
    query: Mapping[str, str],
    *,
    credentials: Credentials,
    now: datetime,
    window: timedelta = WINDOW,
) -> Inbound:
    """Refuse everything that is not WeCom's own message to this corp; read the rest.

    Raises what `bot.wechat.callback.open_envelope` raises, for the same reasons.
    """
    fields = read(body_text(body, content_type))
    return parse(read(open_sealed(fields, query, credentials=credentials, now=now, window=window)))
