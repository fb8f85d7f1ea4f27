"""A value loaded from the database and kept up with it by a revision counter.

Every process looks at the counter at most every other second, and when it has risen loads anew in the background. Whoever
happens to look waits a moment for it, for a few changes take milliseconds: the first message after a quiet night must not be
answered from the evening. Everybody else goes on with what there is, and no message ever waits for a whole rebuild.
"""

import time
from collections.abc import Callable
from functools import cached_property, partial
from threading import Lock, Thread
from typing import Generic, TypeVar

import structlog

from bot.store.engine import Database, DatabaseError, Session
from bot.store.revisions import revision

Value = TypeVar("Value")

CHECK_EVERY_SECONDS = 2.0
WAIT_SECONDS = 1.0
# What a database that is away raises, and a loader that finds what it cannot read.
FAILURES = (DatabaseError, OSError, ValueError, LookupError)
log = structlog.get_logger()


class Live(Generic[Value]):
    """`get` blocks for no longer than `WAIT_SECONDS`, and that for one caller every other second."""

    def __init__(
        self,
        database: Database,
        name: str,
        load: Callable[[Session], Value],
        *,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._name = name
        self._load = load
        self._ticks = ticks
        self._lock = Lock()
        self._checked_at = ticks()
        self._revision, self._value = self._read()

    def get(self) -> Value:
        """What is loaded; looks for news now and then."""
        if self._ticks() - self._checked_at >= CHECK_EVERY_SECONDS and self._lock.acquire(blocking=False):
            self._checked_at = self._ticks()
            looking = Thread(target=self._refresh_and_unlock, name=f"live-{self._name}", daemon=True)
            looking.start()
            looking.join(WAIT_SECONDS)
        return self._value

    def refresh(self) -> Value:
        """Look now, and wait for it."""
        with self._lock:
            self._refresh()
        return self._value

    def _refresh_and_unlock(self) -> None:
        """Nobody hears what is raised in a thread of its own: the log alone tells that what is served grows old."""
        try:
            self._refresh()
        except FAILURES as error:
            kind = type(error).__name__
            log.error("reload_failed", what=self._name, kind=kind, serving=self._revision)  # noqa: TRY400 - no words of a resident
        finally:
            self._lock.release()

    def _refresh(self) -> None:
        with self._database.reading() as session:
            current = revision(session, self._name)
        if current != self._revision:
            self._revision, self._value = self._read()
            log.info("reloaded", what=self._name, revision=self._revision)

    def _read(self) -> tuple[int, Value]:
        with self._database.reading() as session:
            return revision(session, self._name), self._load(session)


class Late(Live[Value]):
    """One that is loaded when it is first asked for: what is done once in a terminal asks for little."""

    def __init__(self, database: Database, name: str, load: Callable[[Session], Value]) -> None:
        self._begin = partial(Live[Value], database, name, load)

    def get(self) -> Value:
        """As of any other."""
        return self._live.get()

    def refresh(self) -> Value:
        """As of any other."""
        return self._live.refresh()

    @cached_property
    def _live(self) -> Live[Value]:
        return self._begin()
