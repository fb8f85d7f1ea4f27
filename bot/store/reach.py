"""What an audience comes to, as counts: who has had how many messages this month, and what else a plan weighs."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.store.grid_workers import SERVING
from bot.store.recipients import COUNTED
from bot.store.tables import DeliveryRow, GridWorkerRow, GroupRow, ResidentRow
from broadcasts.content import Channel
from broadcasts.quota import Ledger


def ledger_of(
    session: Session, communities: Sequence[str], *, month_start: datetime, day_start: datetime
) -> Ledger:
    """Where these communities stand now. The conditions are those by which `bot.store.recipients` picks who gets it."""
    follower = ResidentRow.followed_at.is_not(None) & ResidentRow.opted_out_at.is_(None)
    owned = (
        (GroupRow.kind == "wecom_customer")
        & GroupRow.owner_userid.is_not(None)
        & GroupRow.chat_id.is_not(None)
    )
    return Ledger(
        followers=_by_messages(
            session,
            ResidentRow.id,
            ResidentRow.community_code.in_(communities) & follower,
            received_by=DeliveryRow.resident_id,
            channel=Channel.OFFICIAL_ACCOUNT,
            since=month_start,
        ),
        customer_groups=_by_messages(
            session,
            GroupRow.id,
            GroupRow.community_code.in_(communities) & owned,
            received_by=DeliveryRow.recipient,
            channel=Channel.WECOM_CUSTOMER_GROUP,
            since=month_start,
        ),
        mass_calls_today=_mass_calls(session, since=day_start),
        webhooks=_count(
            session, GroupRow.community_code.in_(communities) & GroupRow.webhook_key_sealed.is_not(None)
        ),
        relay_tasks=_carriers(session, communities),
    )


def count_opted_out(session: Session, communities: Sequence[str]) -> int:
    """Who follows and wants no broadcasts."""
    counted = select(func.count()).where(
        ResidentRow.community_code.in_(communities),
        ResidentRow.followed_at.is_not(None),
        ResidentRow.opted_out_at.is_not(None),
    )
    return session.scalar(counted) or 0


def _by_messages(
    session: Session,
    recipient: InstrumentedAttribute[int],
    which: ColumnElement[bool],
    *,
    received_by: InstrumentedAttribute[int] | InstrumentedAttribute[int | None],
    channel: Channel,
    since: datetime,
) -> Mapping[int, int]:
    """Messages received since → how many recipients have."""
    received = (
        select(received_by.label("recipient"), func.count().label("messages"))
        .where(
            DeliveryRow.channel == channel,
            DeliveryRow.broadcast_id.is_not(None),
            DeliveryRow.status.in_(COUNTED),
            DeliveryRow.created_at >= since,
        )
        .group_by(received_by)
        .subquery()
    )
    had = func.coalesce(received.c.messages, 0)
    rows = session.execute(
        select(had, func.count())
        .select_from(recipient.class_)
        .outerjoin(received, received.c.recipient == recipient)
        .where(which)
        .group_by(had)
    )
    return {messages: count for messages, count in rows}  # noqa: C416 - rows are no plain tuples for mypy


def _mass_calls(session: Session, *, since: datetime) -> int:
    counted = select(func.count(DeliveryRow.client_msg_id.distinct())).where(
        DeliveryRow.channel == Channel.OFFICIAL_ACCOUNT,
        DeliveryRow.broadcast_id.is_not(None),
        DeliveryRow.status.in_(COUNTED),
        DeliveryRow.created_at >= since,
    )
    return session.scalar(counted) or 0


def _count(session: Session, which: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(GroupRow).where(which)) or 0


def _carriers(session: Session, communities: Sequence[str]) -> int:
    """A task for each worker in service and ordinary group of theirs; without one, for their own group."""
    counted = (
        select(func.count())
        .select_from(GridWorkerRow)
        .outerjoin(
            GroupRow, (GroupRow.community_code == GridWorkerRow.community_code) & (GroupRow.kind == "wechat")
        )
        .where(GridWorkerRow.community_code.in_(communities), SERVING)
    )
    return session.scalar(counted) or 0
