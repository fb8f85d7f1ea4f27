"""Broadcasts and their runs as stored; `broadcasts.lifecycle` says what may happen to one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Text, cast, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.errors import Conflict, NotFound
from bot.store import deliveries
from bot.store.pages import Page, Wanted, read_page
from bot.store.tables import BroadcastRow, BroadcastRunRow, DeliveryRow
from broadcasts.broadcast import Approval, Broadcast, Revision, Status
from broadcasts.content import BroadcastKind, Channel
from broadcasts.delivery import DeliveryStatus
from broadcasts.fingerprint import content_data, content_from

UNSETTLED = (DeliveryStatus.PENDING, DeliveryStatus.CLAIMED)
ORDERS = {
    "created": BroadcastRow.created_at,
    "updated": BroadcastRow.updated_at,
    "valid_until": BroadcastRow.valid_until,
    "title": BroadcastRow.title,
    "status": BroadcastRow.status,
}


@dataclass(frozen=True, slots=True)
class Run:
    """One occurrence of a broadcast, planned or skipped."""

    id: int
    broadcast_id: str
    due_at: datetime
    skipped_because: str | None


def save(session: Session, broadcast: Broadcast, *, now: datetime, was: Broadcast | None = None) -> None:
    """Write a new broadcast, or the step from `was`; Conflict when somebody else stepped in between."""
    row = session.get(BroadcastRow, broadcast.id, with_for_update=True)
    if row is None:
        row = BroadcastRow(id=broadcast.id, created_by=broadcast.created_by, created_at=broadcast.created_at)
        session.add(row)
    elif was is None or (row.status, row.revision) != (was.status, was.revision.number):
        raise Conflict(f"broadcast {broadcast.id} was changed meanwhile; look at it again")
    content, approval = broadcast.content, broadcast.approval
    row.kind = content.kind
    row.title = content.title
    row.status = broadcast.status
    row.revision = broadcast.revision.number
    row.content = content_data(content)
    row.authors = sorted(broadcast.revision.authors)
    row.submitted_by = broadcast.submitted_by
    row.approved_by = approval.by if approval else None
    row.approved_at = approval.at if approval else None
    row.approved_fingerprint = approval.fingerprint if approval else None
    row.reason = broadcast.reason
    row.valid_until = content.valid_until
    row.updated_at = now
    session.flush()


def find(session: Session, broadcast_id: str) -> Broadcast:
    """A broadcast by its id. Raises NotFound."""
    row = session.get(BroadcastRow, broadcast_id)
    if row is None:
        raise NotFound(f"there is no broadcast {broadcast_id}")
    return broadcast_of(row)


def hold(session: Session, broadcast_id: str) -> Broadcast:
    """The broadcast, for changing it: others wait until this transaction ends. Raises NotFound."""
    row = session.get(BroadcastRow, broadcast_id, populate_existing=True, with_for_update=True)
    if row is None:
        raise NotFound(f"there is no broadcast {broadcast_id}")
    return broadcast_of(row)


def with_status(session: Session, *statuses: Status) -> list[Broadcast]:
    """Broadcasts that stand there, oldest first."""
    rows = session.scalars(
        select(BroadcastRow).where(BroadcastRow.status.in_(statuses)).order_by(BroadcastRow.created_at)
    )
    return [broadcast_of(row) for row in rows]


def recent(session: Session, *, limit: int) -> list[Broadcast]:
    """The newest broadcasts."""
    rows = session.scalars(select(BroadcastRow).order_by(BroadcastRow.created_at.desc()).limit(limit))
    return [broadcast_of(row) for row in rows]


def read(
    session: Session,
    *,
    wanted: Wanted,
    statuses: Sequence[Status] = (),
    kinds: Sequence[BroadcastKind] = (),
    naming: Sequence[str] = (),
) -> Page[Broadcast]:
    """A page of broadcasts, the newest first. `naming`: beginnings of codes (or whole codes) of which the content must
    name one; that reads the content as text, so that a title of digits may slip through: look at the audience as well.
    """
    rows = select(BroadcastRow)
    if statuses:
        rows = rows.where(BroadcastRow.status.in_(statuses))
    if kinds:
        rows = rows.where(BroadcastRow.kind.in_(kinds))
    if naming:
        content = cast(BroadcastRow.content, Text)
        rows = rows.where(or_(*(content.contains(f'"{code}', autoescape=True) for code in naming)))
    return read_page(
        session,
        rows,
        orders=ORDERS,
        key=BroadcastRow.id,
        default="-created",
        wanted=wanted,
        make=broadcast_of,
    )


def add_run(
    session: Session,
    broadcast: Broadcast,
    due_at: datetime,
    *,
    now: datetime,
    skipped_because: str | None = None,
) -> Run | None:
    """Note that this occurrence is planned, or skipped for a reason; None when it already was."""
    row = BroadcastRunRow(
        broadcast_id=broadcast.id,
        revision=broadcast.revision.number,
        due_at=due_at,
        planned_at=now,
        skipped_because=skipped_because,
    )
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        return None
    return _run(row)


def last_due(session: Session, broadcast_id: str) -> datetime | None:
    """The latest occurrence that was planned or skipped."""
    return session.scalar(
        select(func.max(BroadcastRunRow.due_at)).where(BroadcastRunRow.broadcast_id == broadcast_id)
    )


def runs_of(session: Session, broadcast_id: str) -> list[Run]:
    """All occurrences so far, oldest first."""
    rows = session.scalars(
        select(BroadcastRunRow)
        .where(BroadcastRunRow.broadcast_id == broadcast_id)
        .order_by(BroadcastRunRow.due_at)
    )
    return [_run(row) for row in rows]


def is_unsettled(session: Session, broadcast_id: str) -> bool:
    """Whether some delivery of it is still to be sent, or on its way."""
    # With every channel named the index on the three is looked into, not read through.
    unsettled = select(DeliveryRow.id).where(
        DeliveryRow.broadcast_id == broadcast_id,
        DeliveryRow.channel.in_(tuple(Channel)),
        DeliveryRow.status.in_(UNSETTLED),
    )
    return session.scalar(unsettled.limit(1)) is not None


def tally(session: Session, broadcast_id: str) -> dict[tuple[str, str], int]:
    """How many deliveries stand where: (channel, status) → count. A relay task is one, though it is two messages."""
    counts: Counter[tuple[str, str]] = Counter()
    for one in deliveries.count_of(session, broadcast_id):
        counts[one.channel, one.status] += one.count
    return dict(counts)


def titles(session: Session, ids: Iterable[str]) -> dict[str, str]:
    """The titles of several broadcasts."""
    rows = session.execute(select(BroadcastRow.id, BroadcastRow.title).where(BroadcastRow.id.in_(list(ids))))
    return {broadcast_id: title for broadcast_id, title in rows}  # noqa: C416 - rows are no plain tuples for mypy


def broadcast_of(row: BroadcastRow) -> Broadcast:
    """The broadcast of a row."""
    approval = None
    if row.approved_by and row.approved_at and row.approved_fingerprint:
        approval = Approval(by=row.approved_by, at=row.approved_at, fingerprint=row.approved_fingerprint)
    return Broadcast(
        id=row.id,
        created_by=row.created_by,
        created_at=row.created_at,
        revision=Revision(
            number=row.revision, content=content_from(row.content), authors=frozenset(row.authors)
        ),
        status=Status(row.status),
        submitted_by=row.submitted_by,
        approval=approval,
        reason=row.reason,
    )


def _run(row: BroadcastRunRow) -> Run:
    return Run(row.id, row.broadcast_id, row.due_at, row.skipped_because)
