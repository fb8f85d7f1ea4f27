"""Who a broadcast reaches, as our own ids: followers with room in their month, groups, grid workers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.store.grid_workers import SERVING
from bot.store.tables import DeliveryRow, GridWorkerRow, GroupRow, ResidentRow
from broadcasts.content import Channel
from broadcasts.delivery import DeliveryStatus

# What took a message out of the month's allowance, or may have.
COUNTED = (
    DeliveryStatus.PENDING,
    DeliveryStatus.CLAIMED,
    DeliveryStatus.ACCEPTED,
    DeliveryStatus.DELIVERED,
    DeliveryStatus.UNKNOWN,
)


@dataclass(frozen=True, slots=True)
class Carrier:
    """A grid worker and the group they carry a text into; `resident_id` once bound in chat."""

    worker_id: int
    resident_id: int | None
    group_id: int | None
    group_name: str


def followers(
    session: Session, communities: Sequence[str], *, allowance: int, month_start: datetime
) -> list[int]:
    """Residents of these communities who follow, have not opted out, and have room left this month."""
    received = (
        select(func.count())
        .select_from(DeliveryRow)
        .where(
            DeliveryRow.resident_id == ResidentRow.id,
            DeliveryRow.channel == Channel.OFFICIAL_ACCOUNT,
            DeliveryRow.broadcast_id.is_not(None),
            DeliveryRow.status.in_(COUNTED),
            DeliveryRow.created_at >= month_start,
        )
        .scalar_subquery()
    )
    return list(
        session.scalars(
            select(ResidentRow.id)
            .where(
                ResidentRow.community_code.in_(communities),
                ResidentRow.followed_at.is_not(None),
                ResidentRow.opted_out_at.is_(None),
                received < allowance,
            )
            .order_by(ResidentRow.id)
        )
    )


def webhook_groups(session: Session, communities: Sequence[str]) -> list[int]:
    """Groups of these communities that have a webhook."""
    return list(
        session.scalars(
            select(GroupRow.id)
            .where(GroupRow.community_code.in_(communities), GroupRow.webhook_key_sealed.is_not(None))
            .order_by(GroupRow.id)
        )
    )


def customer_groups(session: Session, communities: Sequence[str]) -> list[int]:
    """Customer groups of these communities, for which an owner can be asked to confirm a sending."""
    return list(
        session.scalars(
            select(GroupRow.id)
            .where(
                GroupRow.community_code.in_(communities),
                GroupRow.kind == "wecom_customer",
                GroupRow.owner_userid.is_not(None),
                GroupRow.chat_id.is_not(None),
            )
            .order_by(GroupRow.id)
        )
    )


def carriers(session: Session, communities: Sequence[str]) -> list[Carrier]:
    """Grid workers in service in these communities, with each ordinary WeChat group of theirs; without one, their own group."""
    rows = session.execute(
        select(GridWorkerRow.id, GridWorkerRow.resident_id, GroupRow.id, GroupRow.name)
        .outerjoin(
            GroupRow, (GroupRow.community_code == GridWorkerRow.community_code) & (GroupRow.kind == "wechat")
        )
        .where(GridWorkerRow.community_code.in_(communities), SERVING)
        .order_by(GridWorkerRow.id, GroupRow.id)
    )
    return [Carrier(worker, resident, group, name or "") for worker, resident, group, name in rows]
