"""Subscription notices (订阅通知): what a resident opted in to, once or, for public services, for the long term."""

from collections.abc import Mapping

from bot.wechat.client import PlatformClient

SEND = "cgi-bin/message/subscribe/bizsend"


def send(
    client: PlatformClient, openid: str, *, template_id: str, values: Mapping[str, str], page: str = ""
) -> None:
    """One notice.

    Raises RecipientUnreachable (43101: declined, or the opt-in is used up), OutcomeUnknown, PlatformError.
    """
    payload = {
        "touser": openid,
        "template_id": template_id,
        "page": page,
        "data": {name: {"value": value} for name, value in values.items()},
    }
    client.post(SEND, payload=payload, idempotent=False)
