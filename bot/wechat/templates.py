"""Template messages (模板消息): service notices in a layout the platform has approved; no channel for campaigns."""

from collections.abc import Mapping

from bot.wechat.answers import words
from bot.wechat.client import PlatformClient
from bot.wechat.mass import Accepted

SEND = "cgi-bin/message/template/send"


def send(
    client: PlatformClient,
    openid: str,
    *,
    template_id: str,
    values: Mapping[str, str],
    client_msg_id: str,
    url: str = "",
) -> Accepted:
    """One notice. The platform remembers `client_msg_id` for ten minutes only, too short to lean on.

    Raises RecipientUnreachable, OutcomeUnknown, PlatformError.
    """
    payload = {
        "touser": openid,
        "template_id": template_id,
        "url": url,
        "data": {name: {"value": value} for name, value in values.items()},
        "client_msg_id": client_msg_id,
    }
    return Accepted(words(client.post(SEND, payload=payload, idempotent=False), "msgid"))
