"""Backup and restore of the whole state, consistent while the service runs, from either database into either.

A backup is as old as its snapshot. What was waiting to go out then may have gone out since: restored deliveries are
therefore not sent again by themselves, unless the service was stopped before the backup was made.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Table, func, insert, select, text, update
from sqlalchemy.orm import Session

from bot.errors import Conflict
from bot.store.archive import Manifest, Reader, Writer
from bot.store.changes import in_pieces
from bot.store.engine import Database
from bot.store.residents import PURPOSE as OPENID
from bot.store.tables import DeliveryRow, LeaseRow, OpenidRow, StaffSessionRow
from bot.store.tables import Table as Rows
from bot.store.vault import Vault
from broadcasts.delivery import DeliveryStatus

READ_AT_ONCE = 1_000
# Leases belong to processes that run, sessions to browsers that are open; restored ones would only be in the way.
LEFT_OUT = frozenset({LeaseRow.__tablename__, StaffSessionRow.__tablename__})
RESTORED = "restored from a backup"
IN_FLIGHT = (DeliveryStatus.PENDING, DeliveryStatus.CLAIMED)


@dataclass(frozen=True, slots=True)
class Restored:
    """`held_back`: deliveries that are not sent again by themselves; `files`: what `back_up` was given."""

    rows: int
    held_back: int
    files: Mapping[str, bytes]


def back_up(
    database: Database, path: Path, *, now: datetime, files: Mapping[str, bytes] | None = None
) -> Manifest:
    """Write everything to `path`, as it stood at one moment; `files`: what of the state is not in the database."""
    with closing(Writer(path)) as writer, database.reading() as session:
        connection = _snapshot(session)
        revision = MigrationContext.configure(connection).get_current_revision() or ""
        for table in _tables():
            writer.add(table, _rows_of(connection, table))
        for name, content in (files or {}).items():
            writer.add_file(name, content)
        return writer.finish(revision=revision, made_at=now)


def restore(
    database: Database, path: Path, *, vault: Vault, now: datetime, nothing_sent_since: bool
) -> Restored:
    """Read a backup into an empty, migrated database, all or nothing.

    Raises NotFound and Conflict: no backup, damaged, of another schema, or the database is not empty; ConfigError when
    `vault` has not the key it was sealed with.
    """
    with closing(Reader(path)) as reader:
        reader.verify()
        with database.transaction() as session:
            _check_target(session.connection(), reader.manifest)
            rows = sum(_fill(session, table, reader.rows(table)) for table in _tables())
            _check_key(session, vault)
            _move_sequences_on(session)
            held_back = 0 if nothing_sent_since else _hold_back(session, now)
        files = {name: reader.file(name) for name in reader.manifest.files}
    return Restored(rows, held_back, files)


def _tables() -> list[Table]:
    """In an order in which every row finds those it refers to."""
    return [table for table in Rows.metadata.sorted_tables if table.name not in LEFT_OUT]


def _snapshot(session: Session) -> Connection:
    """One moment for all tables: SQLite's WAL gives that to every transaction, PostgreSQL when asked."""
    if session.get_bind().dialect.name == "postgresql":
        return session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    return session.connection()


def _rows_of(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    result = connection.execution_options(yield_per=READ_AT_ONCE).execute(
        select(table).order_by(*table.primary_key.columns)
    )
    with closing(result):
        for row in result.mappings():
            yield dict(row)


def _check_target(connection: Connection, manifest: Manifest) -> None:
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision != manifest.revision:
        raise Conflict(
            f"the backup has schema {manifest.revision}, this program {revision}; restore it with the version that "
            "made it, then run dingxin init with this one"
        )
    for table in _tables():
        if connection.scalar(select(func.count()).select_from(table)):
            raise Conflict(f"the database is not empty (table {table.name}); restore into a new one")


def _fill(session: Session, table: Table, rows: Iterable[dict[str, Any]]) -> int:
    count = 0
    for piece in in_pieces(_parents_first(table, rows)):
        session.execute(insert(table), piece)
        count += len(piece)
    return count


def _parents_first(table: Table, rows: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """A table that refers to itself, in an order in which it can be filled; any other as it comes."""
    own = [key for key in table.foreign_keys if key.column.table is table]
    if not own:
        return rows
    parent, key = own[0].parent.name, own[0].column.name
    waiting = list(rows)
    placed: set[Any] = {None}
    ordered: list[dict[str, Any]] = []
    while waiting:
        ready = [row for row in waiting if row[parent] in placed]
        if not ready:
            raise Conflict(f"table {table.name}: a row refers to one that is not in the backup")
        waiting = [row for row in waiting if row[parent] not in placed]
        ordered += ready
        placed.update(row[key] for row in ready)
    return ordered


def _check_key(session: Session, vault: Vault) -> None:
    """A wrong key would be noticed with the first resident who writes, when it is too late."""
    sealed = session.scalar(select(OpenidRow.openid_sealed).limit(1))
    if sealed is not None:
        vault.open(sealed, OPENID)


def _move_sequences_on(session: Session) -> None:
    """PostgreSQL gives out numbers from sequences, which rows with numbers of their own do not move."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for table in _tables():
        column = table.autoincrement_column
        if column is not None:
            session.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', '{column.name}'), "  # noqa: S608 - names are our own tables'
                    f"GREATEST((SELECT max({column.name}) FROM {table.name}), 1), "
                    f"(SELECT max({column.name}) FROM {table.name}) IS NOT NULL)"
                )
            )


def _hold_back(session: Session, now: datetime) -> int:
    """What was to go out when the backup was made may have gone out since: its outcome is unknown."""
    held = session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.status.in_([status.value for status in IN_FLIGHT]))
        .values(status=DeliveryStatus.UNKNOWN.value, reason=RESTORED, claimed_until=None, updated_at=now)
        .returning(DeliveryRow.id)
        .execution_options(synchronize_session=False)
    )
    return len(held.all())
