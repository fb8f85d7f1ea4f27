"""How the service itself is, as its tables tell: what has been lying too long, who holds the lease, what the platform said."""

from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from bot.store import inbox, screenshots
from bot.store.outbox import GOES_ON
from bot.store.tables import (
    BroadcastRow,
    DeliveryRow,
    InboxRow,
    LeaseRow,
    OfficeAlertRow,
    PlatformTokenRow,
    ScreenshotRow,
)
from broadcasts.delivery import DeliveryStatus

# Postponed deliveries that are looked at for what the platform said.
LOOKED_AT = 200


def lease_until(session: Session, name: str) -> datetime | None:
    """Until when somebody holds the lease; None: nobody ever did, or it was given back."""
    return session.scalar(select(LeaseRow.expires_at).where(LeaseRow.name == name))


def token_until(session: Session, name: str) -> datetime | None:
    """Until when the platform's token is good; None: there never was one."""
    return session.scalar(select(PlatformTokenRow.expires_at).where(PlatformTokenRow.name == name))


def deliveries_lie(session: Session, *, since: datetime) -> bool:
    """Whether something that was due at `since` still waits for a worker."""
    going_on = exists().where(BroadcastRow.id == DeliveryRow.broadcast_id, BroadcastRow.status.in_(GOES_ON))
    lying = (
        select(DeliveryRow.id)
        .where(DeliveryRow.status == DeliveryStatus.PENDING, DeliveryRow.not_before <= since)
        .where(DeliveryRow.broadcast_id.is_(None) | going_on)
    )
    return session.scalar(lying.limit(1)) is not None


def messages_lie(session: Session, *, since: datetime) -> bool:
    """Whether a message or a picture that came before `since` still waits for a worker."""
    messages = select(InboxRow.id).where(
        InboxRow.state == inbox.State.WORKING, InboxRow.claimed_until <= since
    )
    pictures = select(ScreenshotRow.id).where(
        ScreenshotRow.state == screenshots.State.WAITING, ScreenshotRow.received_at <= since
    )
    return any(session.scalar(lying.limit(1)) is not None for lying in (messages, pictures))


def postponed_because(session: Session, *, now: datetime) -> frozenset[str]:
    """What the platform said of deliveries that are to be tried again: "platform_45009", or the kind of error."""
    rows = (
        select(DeliveryRow.reason)
        .where(DeliveryRow.status == DeliveryStatus.PENDING, DeliveryRow.not_before > now)
        .order_by(DeliveryRow.not_before)
        .limit(LOOKED_AT)
    )
    return frozenset(reason for reason in session.scalars(rows) if reason)


def oldest_untold_alert(session: Session) -> datetime | None:
    """Since when something waits that the office's own group should have heard of; None: nothing does."""
    return session.scalar(select(func.min(OfficeAlertRow.raised_at)).where(OfficeAlertRow.sent_at.is_(None)))
