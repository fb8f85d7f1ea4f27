"""What became of a broadcast's deliveries, for whoever looks after it: a line each, and counts. Never whose they are.

A resident's share is told by channel and status alone; a group's by the group. Somebody bound to an area is shown what
went there, and the counts of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select, true
from sqlalchemy.orm import Session

from bot.store.outbox import INSTRUCTION, ON_A_PHONE
from bot.store.pages import Page, Wanted, read_page
from bot.store.tables import DeliveryRow, GroupRow, ResidentRow
from broadcasts.content import Channel
from broadcasts.delivery import DeliveryStatus

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
    """How many stand where. A relay task is one, though it is two messages."""
    rows = session.execute(
        select(DeliveryRow.channel, DeliveryRow.status, DeliveryRow.reason, func.count())
        .where(_shown(broadcast_id, area_prefix))
        .group_by(DeliveryRow.channel, DeliveryRow.status, DeliveryRow.reason)
        .order_by(DeliveryRow.channel, DeliveryRow.status, DeliveryRow.reason)
    )
    return tuple(_count(row) for row in rows)


def _shown(broadcast_id: str, area_prefix: str) -> ColumnElement[bool]:
    return and_(DeliveryRow.broadcast_id == broadcast_id, ~INSTRUCTION, _in_area(area_prefix))


def _in_area(area_prefix: str) -> ColumnElement[bool]:
    if not area_prefix:
        return true()
    theirs = exists().where(
        ResidentRow.id == DeliveryRow.resident_id, ResidentRow.community_code.startswith(area_prefix)
    )
    groups = exists().where(
        GroupRow.id == DeliveryRow.recipient, GroupRow.community_code.startswith(area_prefix)
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
