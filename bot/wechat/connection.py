"""The official account's client, put together."""

from collections.abc import Callable
from datetime import datetime

from bot.wechat.calls import Observe
from bot.wechat.client import PlatformClient
from bot.wechat.credentials import Credentials
from bot.wechat.limits import Limits
from bot.wechat.tokens import TokenSource, TokenStore, stable_token
from bot.wechat.transport import Transport, pooled_session

TOKEN_NAME = "wechat"  # noqa: S105 - the name of the token's row, not a token


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
    tokens = TokenSource(store, lambda: stable_token(transport, credentials), name=TOKEN_NAME, clock=clock)
    return PlatformClient(base_url, tokens, http=http, limits=limits, observe=observe)
