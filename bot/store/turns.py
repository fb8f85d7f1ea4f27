"""Taking turns: work on one shared thing that two transactions must not do at once, and many rows in one order."""

import zlib
from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import collate, func, select
from sqlalchemy.orm import Session

from bot.store.changes import in_pieces
from bot.store.tables import ArticleRow, ClaimRow

Named = TypeVar("Named", ArticleRow, ClaimRow)


def take_turn(session: Session, name: str) -> None:
    """Wait until no other transaction is in its turn at `name`; ours ends with the transaction.

    PostgreSQL: a transaction-level advisory lock. SQLite: a writing transaction already holds the only write lock.
    """
    if _is_postgres(session):
        session.execute(select(func.pg_advisory_xact_lock(zlib.crc32(name.encode()))))


def hold_rows(session: Session, table: type[Named], ids: Iterable[str]) -> dict[str, Named]:
    """Those rows by id, as they are now, for changing them: others wait until this transaction ends.

    They are taken as Python sorts their ids, whatever language the database sorts in: of two who hold several of a table
    each would else wait for what the other has.
    """
    as_python_sorts = collate(table.id, "C" if _is_postgres(session) else "BINARY")
    held: dict[str, Named] = {}
    for piece in in_pieces(sorted(ids)):
        rows = session.scalars(
            select(table)
            .where(table.id.in_(piece))
            .order_by(as_python_sorts)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        held.update((row.id, row) for row in rows)
    return held


def _is_postgres(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"
