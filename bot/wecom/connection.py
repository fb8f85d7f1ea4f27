"""WeCom's client and the webhooks', put together."""

from collections.abc import Callable
from datetime import datetime

from bot.wechat.calls import Call, Observe
from bot.wechat.client import PlatformClient
from bot.wechat.credentials import Credentials
from bot.wechat.limits import Limits
from bot.wechat.tokens import Grant, TokenSource, TokenStore, granted
from bot.wechat.transport import Transport, pooled_session
from bot.wecom.webhook import Webhooks

TOKEN_NAME = "wecom"  # noqa: S105 - the name of the token's row, not a token


def connect(
    base_url: str,
    credentials: Credentials,
    *,
    store: TokenStore,
    clock: Callable[[], datetime],
    limits: Limits | None = None,
    observe: Observe | None = None,
) -> PlatformClient:
    """One client a process. All it does goes to `base_url`, the token too."""
    http = pooled_session()
    transport = Transport(base_url, http=http, observe=observe)
    tokens = TokenSource(store, lambda: corp_token(transport, credentials), name=TOKEN_NAME, clock=clock)
    return PlatformClient(base_url, tokens, http=http, limits=limits, observe=observe)


def connect_webhooks(
    base_url: str, *, limits: Limits | None = None, observe: Observe | None = None
) -> Webhooks:
    """Webhooks need no corp id and no token: each has its own key."""
    return Webhooks(Transport(base_url, http=pooled_session(), observe=observe), limits=limits or Limits())


def corp_token(transport: Transport, credentials: Credentials) -> Grant:
    """The app's token: the same for everyone who asks while it is valid. Raises PlatformError."""
    query = {"corpid": credentials.app_id, "corpsecret": credentials.app_secret}
    call = Call("GET", "cgi-bin/gettoken", idempotent=True, query=query)
    return granted(transport.ask(call), call)
