"""Taking turns: work on one shared thing that two transactions must not do at once."""

import zlib

from sqlalchemy import func, select
from sqlalchemy.orm import Session


def take_turn(session: Session, name: str) -> None:
    """Wait until no other transaction is in its turn at `name`; ours ends with the transaction.

    PostgreSQL: a transaction-level advisory lock. SQLite: a writing transaction already holds the only write lock.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(zlib.crc32(name.encode()))))
