"""Mass sends (群发) to a list of followers. "Accepted" is not "delivered": the result comes later, as an event."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.errors import OutcomeUnknown, PlatformRefused, PlatformUnavailable
from bot.wechat.answers import words
from bot.wechat.client import PlatformClient
from bot.wechat.codes import ALREADY_ACCEPTED, BUSY, LIST_SIZE, LONG_CLIENT_ID, NOT_FOUND_YET
from bot.wechat.limits import require_text

SEND = "cgi-bin/message/mass/send"
STATUS = "cgi-bin/message/mass/get"


@dataclass(frozen=True, slots=True)
class Accepted:
    """`repeated`: the platform had it already under this client id and has sent nothing new."""

    msg_id: str
    repeated: bool = False


class MassStatus(StrEnum):
    """The platform's words, and ours for what it does not know (yet)."""

    SENT = "SEND_SUCCESS"
    SENDING = "SENDING"
    FAILED = "SEND_FAIL"
    DELETED = "DELETE"
    UNKNOWN = "UNKNOWN"


def send_text(client: PlatformClient, openids: Sequence[str], *, text: str, client_msg_id: str) -> Accepted:
    """One text to 2 to 10,000 followers. The platform remembers `client_msg_id` for 24 hours.

    Raises PlatformUnavailable (not carried out, the same call may be made again), OutcomeUnknown (ask `status`, or
    make the same call again within 24 hours, if a person decides so), PlatformError.
    """
    limits = client.limits
    if not limits.mass_fewest <= len(openids) <= limits.mass_most:
        raise PlatformRefused(SEND, code=LIST_SIZE)
    if not 0 < len(client_msg_id.encode()) <= limits.client_msg_id:
        raise PlatformRefused(SEND, code=LONG_CLIENT_ID)
    require_text(SEND, text, limit=limits.text_bytes)
    payload = {
        "touser": list(openids),
        "msgtype": "text",
        "text": {"content": text},
        "clientmsgid": client_msg_id,
    }
    try:
        body = client.post(SEND, payload=payload, idempotent=False, accept={ALREADY_ACCEPTED})
    except OutcomeUnknown as unknown:
        if unknown.code != BUSY:
            raise
        rid = unknown.rid
    else:
        return Accepted(words(body, "msg_id"), repeated=body.get("errcode") == ALREADY_ACCEPTED)
    # Busy is an answer, and the client id keeps the next attempt from being a second send.
    raise PlatformUnavailable(SEND, code=BUSY, rid=rid)


def status(client: PlatformClient, msg_id: str) -> MassStatus:
    """How far it has come. Just after it was accepted the platform may not know it. Raises PlatformError."""
    body = client.post(STATUS, payload={"msg_id": msg_id}, idempotent=True, accept={NOT_FOUND_YET})
    said = words(body, "msg_status")
    return MassStatus(said) if said in set(MassStatus) else MassStatus.UNKNOWN
