"""Customer-service messages (客服消息): an answer after the reply, inside the window the resident's message opened."""

from bot.wechat.client import PlatformClient
from bot.wechat.limits import require_text

SEND = "cgi-bin/message/custom/send"


def send_text(client: PlatformClient, openid: str, *, text: str) -> None:
    """One message, at most `limits.text_bytes`.

    Raises RecipientUnreachable (45015: the window is closed; 45047: its messages are used up), OutcomeUnknown,
    PlatformError.
    """
    require_text(SEND, text, limit=client.limits.text_bytes)
    payload = {"touser": openid, "msgtype": "text", "text": {"content": text}}
    client.post(SEND, payload=payload, idempotent=False)
