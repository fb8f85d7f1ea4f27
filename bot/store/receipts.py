"""Mass sends the platform accepted and has said nothing about since: what may be asked about."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.store.tables import DeliveryRow
from broadcasts.content import Channel
from broadcasts.delivery import DeliveryStatus

# The platform's result event may be lost; after this many days its own status is gone too.
ASK_AT_MOST = 100


def awaited(session: Session, *, accepted_before: datetime, after: datetime) -> list[str]:
    """The platform's ids of mass sends accepted between these moments, oldest first."""
    rows = session.scalars(
        select(DeliveryRow.platform_id)
        .where(
            DeliveryRow.channel == Channel.OFFICIAL_ACCOUNT,
            DeliveryRow.broadcast_id.is_not(None),
            DeliveryRow.status == DeliveryStatus.ACCEPTED,
            DeliveryRow.platform_id != "",
            DeliveryRow.reason == "",
            DeliveryRow.updated_at <= accepted_before,
            DeliveryRow.updated_at > after,
        )
        .group_by(DeliveryRow.platform_id)
        .order_by(DeliveryRow.platform_id)
        .limit(ASK_AT_MOST)
    )
    return list(rows)
