"""What became of a broadcast's deliveries, for whoever looks after it: a line each, and counts. Never whose they are.

A resident's share is told by channel and status alone; a group's by the group. Somebody bound to an area is shown what
went there, and the counts of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select, true
from sqlalchemy.orm import Session

from bot.store.outbox import INSTRUCTION, ON_A_PHONE
from bot.store.pages import Page, Wanted, read_page
from bot.store.prefixes import begins
from bot.store.tables import DeliveryRow, GroupRow, ResidentRow
from broadcasts.content import Channel
from broadcasts.delivery import DeliveryStatus

# Relay tasks, without the instruction that goes along with each.
NOT_CARRIED = tuple(channel for channel in Channel if channel is not Channel.RELAY)
CARRIED = DeliveryRow.channel == Channel.RELAY, ~INSTRUCTION
ORDERS = {"number": DeliveryRow.id, "updated": DeliveryRow.updated_at}


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """One delivery. `number` is its own, `group_id` that of the chat group it goes to; None: to a telephone."""

    number: int
    channel: Channel
    status: DeliveryStatus
    attempts: int
    reason: str
    group_id: int | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class DeliveryCount:
    """How many deliveries of one channel stand where, and for what reason."""

    channel: Channel
    status: DeliveryStatus
    reason: str
    count: int


def page_of(
    session: Session,
    broadcast_id: str,
    *,
    wanted: Wanted,
    area_prefix: str = "",
    channel: Channel | None = None,
    statuses: Sequence[DeliveryStatus] = (),
) -> Page[DeliveryLine]:
    """A page of a broadcast's deliveries, in the area whose codes begin so."""
    rows = select(DeliveryRow).where(_shown(broadcast_id, area_prefix))
    if channel is not None:
        rows = rows.where(DeliveryRow.channel == channel)
    if statuses:
        rows = rows.where(DeliveryRow.status.in_(statuses))
    return read_page(
        session, rows, orders=ORDERS, key=DeliveryRow.id, default="number", wanted=wanted, make=_line
    )


def count_of(session: Session, broadcast_id: str, *, area_prefix: str = "") -> tuple[DeliveryCount, ...]:
    """How many stand where. A relay task is one, though it is two messages.

    Two statements: what is no relay task, the many, is counted from an index alone.
    """
    return tuple(
        sorted(
            (
                *_counted(session, broadcast_id, area_prefix, DeliveryRow.channel.in_(NOT_CARRIED)),
                *_counted(session, broadcast_id, area_prefix, *CARRIED),
            ),
            key=attrgetter("channel", "status", "reason"),
        )
    )


def _counted(
    session: Session, broadcast_id: str, area_prefix: str, *which: ColumnElement[bool]
) -> Iterator[DeliveryCount]:
    rows = session.execute(
        select(DeliveryRow.channel, DeliveryRow.status, DeliveryRow.reason, func.count())
        .where(DeliveryRow.broadcast_id == broadcast_id, *which, _in_area(area_prefix))
        .group_by(DeliveryRow.channel, DeliveryRow.status, DeliveryRow.reason)
    )
    return (_count(row) for row in rows)


def _shown(broadcast_id: str, area_prefix: str) -> ColumnElement[bool]:
    return and_(DeliveryRow.broadcast_id == broadcast_id, ~INSTRUCTION, _in_area(area_prefix))


def _in_area(area_prefix: str) -> ColumnElement[bool]:
    if not area_prefix:
        return true()
    theirs = exists().where(
        ResidentRow.id == DeliveryRow.resident_id, begins(ResidentRow.community_code, area_prefix)
    )
    groups = exists().where(
        GroupRow.id == DeliveryRow.recipient, begins(GroupRow.community_code, area_prefix)
    )
    on_a_phone = DeliveryRow.channel.in_(ON_A_PHONE)
    return or_(and_(on_a_phone, theirs), and_(~on_a_phone, groups))


def _line(row: DeliveryRow) -> DeliveryLine:
    channel = Channel(row.channel)
    return DeliveryLine(
        number=row.id,
        channel=channel,
        status=DeliveryStatus(row.status),
        attempts=row.attempts,
        reason=row.reason,
        group_id=None if channel in ON_A_PHONE else row.recipient,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def _count(row: Row[str, str, str, int]) -> DeliveryCount:
    channel, status, reason, count = row
    return DeliveryCount(Channel(channel), DeliveryStatus(status), reason, count)
