"""Relay tasks as stored; `broadcasts.relay` says what may happen to one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from bot.store.tables import BroadcastRunRow, GroupRow, RelayTaskRow
from broadcasts.relay import Coverage, RelayStatus, RelayTask, cancel, coverage

UNDONE = (RelayStatus.OPEN, RelayStatus.CLAIMED)


@dataclass(frozen=True, slots=True)
class Errand:
    """A relay task as the worker sees it: what to carry, and into which group (empty: their own village's)."""

    task: RelayTask
    title: str
    text: str
    group_name: str


def add_task(
    session: Session,
    *,
    run_id: int,
    worker_id: int,
    group_id: int | None,
    title: str,
    text: str,
    now: datetime,
) -> int:
    """Open a task; its number, by which the worker confirms it."""
    row = RelayTaskRow(
        run_id=run_id,
        title=title,
        grid_worker_id=worker_id,
        group_id=group_id,
        status=RelayStatus.OPEN,
        text=text,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


def undone_errands(session: Session, worker_id: int) -> list[Errand]:
    """What this worker still has to carry, oldest first."""
    query = _errands().where(RelayTaskRow.grid_worker_id == worker_id, RelayTaskRow.status.in_(UNDONE))
    return [_errand(row) for row in session.execute(query.order_by(RelayTaskRow.id))]


def find_errand(session: Session, worker_id: int, number: int) -> Errand | None:
    """One of this worker's tasks by its number; somebody else's is not found."""
    query = _errands().where(RelayTaskRow.grid_worker_id == worker_id, RelayTaskRow.id == number)
    row = session.execute(query).first()
    return _errand(row) if row else None


def save(session: Session, task: RelayTask) -> None:
    """Write a task back after a step of `broadcasts.relay`."""
    row = session.get_one(RelayTaskRow, task.id)
    row.status = task.status
    row.claimed_at = task.claimed_at
    row.confirmed_at = task.confirmed_at
    row.reason = task.reason
    row.reminders = task.reminders
    row.reminded_at = task.reminded_at
    session.flush()


def cancel_undone(session: Session, broadcast_id: str, *, reason: str) -> None:
    """Nobody shall forward a halted broadcast any more."""
    for task in tasks_of(session, broadcast_id):
        if task.is_undone:
            save(session, cancel(task, reason=reason))


def coverage_of(session: Session, broadcast_id: str) -> Coverage:
    """How far a broadcast was carried, by what workers confirmed."""
    return coverage(tasks_of(session, broadcast_id))


def tasks_of(session: Session, broadcast_id: str) -> Iterable[RelayTask]:
    """All tasks of a broadcast, over all its runs."""
    rows = session.scalars(
        select(RelayTaskRow)
        .join(BroadcastRunRow, BroadcastRunRow.id == RelayTaskRow.run_id)
        .where(BroadcastRunRow.broadcast_id == broadcast_id)
        .order_by(RelayTaskRow.id)
    )
    return [_task(row) for row in rows]


def _errands() -> Select[RelayTaskRow, str]:
    return select(RelayTaskRow, GroupRow.name).outerjoin(GroupRow, GroupRow.id == RelayTaskRow.group_id)


def _errand(row: Row[RelayTaskRow, str]) -> Errand:
    task_row, group_name = row
    return Errand(_task(task_row), task_row.title, task_row.text, group_name or "")


def _task(row: RelayTaskRow) -> RelayTask:
    return RelayTask(
        id=row.id,
        run_id=row.run_id,
        worker=row.grid_worker_id,
        created_at=row.created_at,
        group=row.group_id,
        status=RelayStatus(row.status),
        claimed_at=row.claimed_at,
        confirmed_at=row.confirmed_at,
        reason=row.reason,
        reminders=row.reminders,
        reminded_at=row.reminded_at,
    )
