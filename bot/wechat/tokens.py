"""One access token for all processes: fetched by one of them, under a lock, before it runs out."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.errors import PlatformUnavailable
from bot.wechat.calls import Call
from bot.wechat.credentials import Credentials
from bot.wechat.transport import Transport

# In its last five minutes the platform hands out the next token while both are valid.
MARGIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class StoredToken:
    """`expires_at` is when we stop using it: earlier than the platform does, for calls under way."""

    value: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Grant:
    """A token as the platform gave it."""

    value: str = field(repr=False)
    lasts: timedelta


class TokenStore(Protocol):
    """Where all processes find the token. `lock` keeps the others out, in this process and in any other."""

    def load(self, name: str, *, now: datetime) -> StoredToken | None: ...

    def save(self, name: str, *, token: StoredToken) -> None: ...

    def lock(self, name: str) -> AbstractContextManager[None]: ...


class TokenSource:
    """The token called `name`. `fetch` asks the platform; it is called by one process at a time."""

    def __init__(
        self, store: TokenStore, fetch: Callable[[], Grant], *, name: str, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._fetch = fetch
        self._name = name
        self._clock = clock

    def current(self) -> str:
        """The token to call with. Raises PlatformError when there is none to be had."""
        return self._held() or self.renew(rejected="")

    def renew(self, *, rejected: str) -> str:
        """A token that is not `rejected`, the one the platform said is bad.

        Whoever comes second finds the first one's new token and fetches none, so that two processes do not take
        turns in undoing each other. Never forced: the platform allows that 20 times a day, and for a leak only.
        """
        with self._store.lock(self._name):
            held = self._held()
            if held and held != rejected:
                return held
            grant = self._fetch()
            usable = max(grant.lasts - MARGIN, grant.lasts / 2)
            self._store.save(self._name, token=StoredToken(grant.value, self._clock() + usable))
            return grant.value

    def _held(self) -> str:
        now = self._clock()
        token = self._store.load(self._name, now=now)
        return token.value if token and now < token.expires_at else ""


def stable_token(transport: Transport, credentials: Credentials) -> Grant:
    """The official account's token: the same for everyone who asks while it is valid. Raises PlatformError."""
    call = Call(
        "POST",
        "cgi-bin/stable_token",
        idempotent=True,
        payload={
            "grant_type": "client_credential",
            "appid": credentials.app_id,
            "secret": credentials.app_secret,
            "force_refresh": False,
        },
    )
    return granted(transport.ask(call), call)


def granted(body: dict[str, Any], call: Call) -> Grant:
    """The token in an answer. Raises PlatformUnavailable when there is none."""
    value, seconds = body.get("access_token"), body.get("expires_in")
    if not (isinstance(value, str) and value and isinstance(seconds, int) and seconds > 0):
        raise PlatformUnavailable(call.endpoint)
    return Grant(value, timedelta(seconds=seconds))
