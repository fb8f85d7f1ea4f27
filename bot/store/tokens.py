"""The platform's access tokens, shared by all processes through the database, sealed."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import uuid4

from bot.errors import PlatformUnavailable
from bot.store import leases
from bot.store.engine import Database
from bot.store.tables import PlatformTokenRow
from bot.store.vault import Vault
from bot.wechat.tokens import StoredToken

PURPOSE = "platform token"
# Longer than the slowest token call (connect 3 s, read 10 s): whoever holds on longer has crashed.
LEASE = timedelta(seconds=15)
POLL_SECONDS = 0.05
# Twice the lease: the holder may crash, and so may the next one.
PATIENCE_SECONDS = 30.0


class DatabaseTokenStore:
    """A `TokenStore` on our own tables. Each call is a transaction of its own, for the platform is called in between."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        clock: Callable[[], datetime],
        *,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock
        self._sleep = sleep

    def load(self, name: str, *, now: datetime) -> StoredToken | None:
        """The token somebody fetched, while it may still be used."""
        with self._database.reading() as session:
            row = session.get(PlatformTokenRow, name)
            if row is None or row.expires_at <= now:
                return None
            return StoredToken(self._vault.open(row.token_sealed, PURPOSE), row.expires_at)

    def save(self, name: str, *, token: StoredToken) -> None:
        """For every process from now on."""
        with self._database.transaction() as session:
            session.merge(
                PlatformTokenRow(
                    name=name,
                    token_sealed=self._vault.seal(token.value, PURPOSE),
                    expires_at=token.expires_at,
                    fetched_at=self._clock(),
                )
            )

    @contextmanager
    def lock(self, name: str) -> Iterator[None]:
        """Alone with the token `name`; waits for whoever is, PlatformUnavailable when that takes too long."""
        holder = uuid4().hex
        self._wait_for(f"token {name}", holder)
        try:
            yield
        finally:
            with self._database.transaction() as session:
                leases.release(session, f"token {name}", holder=holder)

    def _wait_for(self, lease: str, holder: str) -> None:
        for _ in range(int(PATIENCE_SECONDS / POLL_SECONDS)):
            with self._database.transaction() as session:
                if leases.acquire(session, lease, holder=holder, ttl=LEASE, now=self._clock()):
                    return
            self._sleep(POLL_SECONDS)
        raise PlatformUnavailable("token lock")
