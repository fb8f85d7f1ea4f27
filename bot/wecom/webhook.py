"""The webhook of a group of the office's own people (消息推送). It cannot read, and does not reach residents."""

from bot.wechat.calls import Call
from bot.wechat.limits import Limits, require_text
from bot.wechat.transport import Transport

SEND = "cgi-bin/webhook/send"


class Webhooks:
    """Twenty messages a minute each; keeping to that is for `broadcasts.pacing`."""

    def __init__(self, transport: Transport, *, limits: Limits) -> None:
        self._transport = transport
        self._limits = limits

    def send_text(self, key: str, *, text: str) -> None:
        """One text. Whoever has `key` can post as the office: it is a secret.

        Raises PlatformMisconfigured (93000: the key), PlatformThrottled (45009: the minute's are used up),
        OutcomeUnknown, PlatformError.
        """
        require_text(SEND, text, limit=self._limits.webhook_bytes)
        payload = {"msgtype": "text", "text": {"content": text}}
        self._transport.ask(Call("POST", SEND, idempotent=False, query={"key": key}, payload=payload))
