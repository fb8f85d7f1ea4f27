"""Relay tasks as stored; `broadcasts.relay` says what may happen to one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from bot.store.pages import Page, Wanted, read_page
from bot.store.prefixes import begins
from bot.store.tables import BroadcastRunRow, GridWorkerRow, GroupRow, RelayTaskRow
from broadcasts.relay import Coverage, RelayStatus, RelayTask, cancel, cannot, coverage

UNDONE = (RelayStatus.OPEN, RelayStatus.CLAIMED)
ORDERS = {
    "number": RelayTaskRow.id,
    "created": RelayTaskRow.created_at,
    "confirmed": RelayTaskRow.confirmed_at,
    "status": RelayTaskRow.status,
}


@dataclass(frozen=True, slots=True)
class Errand:
    """A relay task as the worker sees it: what to carry, and into which group (empty: their own village's)."""

    task: RelayTask
    title: str
    text: str
    group_name: str


@dataclass(frozen=True, slots=True)
class RelayLine:
    """A relay task as the office sees it: which worker carries what into which group, and how far it is."""

    task: RelayTask
    broadcast_id: str
    title: str
    community_code: str
    grid: str
    worker_name: str
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


def errands_between(session: Session, worker_id: int, first: int, last: int) -> list[Errand]:
    """This worker's tasks from one number to another, whatever became of them."""
    query = _errands().where(RelayTaskRow.grid_worker_id == worker_id, RelayTaskRow.id.between(first, last))
    return [_errand(row) for row in session.execute(query.order_by(RelayTaskRow.id))]


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


def leave_undone(session: Session, worker_id: int, *, reason: str) -> int:
    """What a worker still had to carry nobody carries any more: it stands as what cannot be forwarded, for the township; how
    many. What they confirm at this moment stays confirmed.
    """
    rows = session.scalars(
        select(RelayTaskRow)
        .where(RelayTaskRow.grid_worker_id == worker_id, RelayTaskRow.status.in_(UNDONE))
        .order_by(RelayTaskRow.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    for row in rows:
        save(session, cannot(_task(row), reason=reason))
    return len(rows)


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


def read_lines(
    session: Session,
    *,
    wanted: Wanted,
    broadcast_id: str = "",
    area_prefix: str = "",
    statuses: Sequence[RelayStatus] = (),
) -> Page[RelayLine]:
    """A page of tasks, the newest first, in the area whose codes begin so."""
    rows = select(RelayTaskRow)
    if broadcast_id:
        runs = select(BroadcastRunRow.id).where(BroadcastRunRow.broadcast_id == broadcast_id)
        rows = rows.where(RelayTaskRow.run_id.in_(runs))
    if area_prefix:
        workers = select(GridWorkerRow.id).where(begins(GridWorkerRow.community_code, area_prefix))
        rows = rows.where(RelayTaskRow.grid_worker_id.in_(workers))
    if statuses:
        rows = rows.where(RelayTaskRow.status.in_(statuses))
    page = read_page(
        session,
        rows,
        orders=ORDERS,
        key=RelayTaskRow.id,
        default="-number",
        wanted=wanted,
        make=lambda row: row,
    )
    return Page(_lines(session, [row.id for row in page.items]), page.following)


def coverage_by_community(
    session: Session, broadcast_id: str, *, area_prefix: str = ""
) -> dict[str, Coverage]:
    """How far each community's workers have carried it; communities without a task are left out."""
    rows = session.execute(
        select(GridWorkerRow.community_code, RelayTaskRow.status, func.count())
        .join(GridWorkerRow, GridWorkerRow.id == RelayTaskRow.grid_worker_id)
        .join(BroadcastRunRow, BroadcastRunRow.id == RelayTaskRow.run_id)
        .where(
            BroadcastRunRow.broadcast_id == broadcast_id,
            begins(GridWorkerRow.community_code, area_prefix),
            RelayTaskRow.status != RelayStatus.CANCELLED,
        )
        .group_by(GridWorkerRow.community_code, RelayTaskRow.status)
    )
    counted: dict[str, dict[RelayStatus, int]] = {}
    for code, status, count in rows:
        counted.setdefault(code, {})[RelayStatus(status)] = count
    return {
        code: Coverage(
            forwarded=counts.get(RelayStatus.FORWARDED, 0),
            cannot=counts.get(RelayStatus.CANNOT, 0),
            undone=sum(counts.get(status, 0) for status in UNDONE),
        )
        for code, counts in counted.items()
    }


def _lines(session: Session, ids: Sequence[int]) -> tuple[RelayLine, ...]:
    rows = session.execute(
        select(
            RelayTaskRow,
            BroadcastRunRow.broadcast_id,
            GridWorkerRow.community_code,
            GridWorkerRow.grid,
            GridWorkerRow.name,
            GroupRow.name,
        )
        .join(BroadcastRunRow, BroadcastRunRow.id == RelayTaskRow.run_id)
        .join(GridWorkerRow, GridWorkerRow.id == RelayTaskRow.grid_worker_id)
        .outerjoin(GroupRow, GroupRow.id == RelayTaskRow.group_id)
        .where(RelayTaskRow.id.in_(ids))
    )
    found = {
        row.id: RelayLine(_task(row), broadcast_id, row.title, code, grid, worker, group or "")
        for row, broadcast_id, code, grid, worker, group in rows
    }
    return tuple(found[number] for number in ids)


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
