"""The database: one engine, and the only place where transactions begin and end.

SQLite and PostgreSQL behave alike behind this module. On SQLite the driver's own transaction handling is switched off
and every transaction begins in plain sight, which also makes DDL and savepoints work. Eager transactions take the write
lock at once. A lazy one reads first and takes the lock with its first write, so slow thinking blocks nobody; when
somebody else wrote in between, SQLite refuses the upgrade, and the work - which has touched nothing outside the
database - is run again eagerly.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import SQLAlchemyError as DatabaseError
from sqlalchemy.orm import Session

# Handlers name the session in their signatures and import it from here, not from SQLAlchemy; so does whoever goes on
# without the database.
__all__ = ["Database", "DatabaseError", "Session", "database_answers", "open_database"]

Result = TypeVar("Result")

BUSY_TIMEOUT_MS = 5_000
EAGER = "dingxin_eager"


class Turn:
    """Threads of this process wait for SQLite's one write lock here, first come first served.

    SQLite itself lets whoever asks again first have it, and the unlucky starve. Whoever has waited as long as SQLite
    would goes on and asks SQLite: other processes have no place in this line.
    """

    def __init__(self) -> None:
        self._lock = Lock()

    @contextmanager
    def taken(self) -> Iterator[None]:
        ours = self._lock.acquire(timeout=BUSY_TIMEOUT_MS / 1000)
        try:
            yield
        finally:
            if ours:
                self._lock.release()


class Database:
    """Hands out transactions on one engine; safe to share between threads."""

    def __init__(self, engine: Engine, *, turn: Turn | None = None) -> None:
        self.engine = engine
        self._turn = turn

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A writing transaction: commits on leaving, rolls back on an exception."""
        engine = self.engine.execution_options(**{EAGER: True})
        with (
            self._turn.taken() if self._turn else nullcontext(),
            Session(engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that takes no write lock until something is written."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def attempt(self, work: Callable[[Session], Result]) -> Result:
        """Run `work` lazily; if somebody else wrote meanwhile, run it once more holding the lock.

        `work` must have no effect outside its session, for it may run twice.
        """
        try:
            with self.reading() as session:
                return work(session)
        except OperationalError as error:
            if not _was_locked(error):
                raise
        with self.transaction() as session:
            return work(session)

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """A database by its SQLAlchemy address; a SQLite file's folder is made when missing.

    Errors never show what was to be stored: it may be a resident's words.
    """
    if not url.startswith("sqlite"):
        return Database(
            create_engine(url, pool_pre_ping=True, pool_size=20, max_overflow=20, hide_parameters=True)
        )
    path = url.removeprefix("sqlite:///")
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        connect_args={"timeout": BUSY_TIMEOUT_MS / 1000, "check_same_thread": False},
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Database(engine, turn=Turn())


def database_answers(database: Database) -> bool:
    """Whether the database can be asked anything at all."""
    try:
        with database.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except DBAPIError:
        return False
    return True


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    eager = connection.get_execution_options().get(EAGER, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if eager else "BEGIN")


def _was_locked(error: OperationalError) -> bool:
    return "database is locked" in str(error.orig)
