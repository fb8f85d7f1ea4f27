"""A token store in memory, and a client that talks to `responses`."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from bot.wechat.calls import Observation, Observe
from bot.wechat.client import PlatformClient
from bot.wechat.connection import connect
from bot.wechat.tokens import StoredToken
from tests.wechat import CREDENTIALS, NOW

BASE_URL = "https://platform.test"
TOKEN_URL = f"{BASE_URL}/cgi-bin/stable_token"


class MemoryTokens:
    """One dictionary under one lock, as a database is for several processes."""

    def __init__(self) -> None:
        self.tokens: dict[str, StoredToken] = {}
        self._lock = threading.Lock()

    def load(self, name: str, *, now: datetime) -> StoredToken | None:
        token = self.tokens.get(name)
        return token if token and token.expires_at > now else None

    def save(self, name: str, *, token: StoredToken) -> None:
        assert self._lock.locked()
        self.tokens[name] = token

    @contextmanager
    def lock(self, name: str) -> Iterator[None]:
        assert name
        with self._lock:
            yield


class Clock:
    """The time, which a test moves on."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def new_client(
    *, store: MemoryTokens | None = None, clock: Clock | None = None, observe: Observe | None = None
) -> PlatformClient:
    """A client as the product builds it, with its own session."""
    return connect(
        BASE_URL, CREDENTIALS, store=store or MemoryTokens(), clock=clock or Clock(), observe=observe
    )


class Observations(list[Observation]):
    """What the hook was told."""

    def __call__(self, observation: Observation) -> None:
        self.append(observation)
