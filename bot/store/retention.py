"""Deletes what is kept no longer than its purpose needs, where no other module of the store does."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from bot.store.inquiries import ReportState
from bot.store.tables import AppealRow, DeliveryRow, ReportRow, ScreenshotRow
from broadcasts.delivery import DeliveryStatus


def delete_screenshots(session: Session, *, before: datetime) -> int:
    """What was to be fetched and read long ago; how many."""
    gone = session.execute(
        delete(ScreenshotRow).where(ScreenshotRow.received_at < before).returning(ScreenshotRow.id)
    )
    return len(gone.all())


def delete_follow_ups(session: Session, *, before: datetime) -> int:
    """Single answers and alerts, sent or never fetched; broadcasts' deliveries stay, they hold no one's words."""
    gone = session.execute(
        delete(DeliveryRow)
        .where(
            DeliveryRow.broadcast_id.is_(None),
            DeliveryRow.created_at < before,
            DeliveryRow.status != DeliveryStatus.CLAIMED,
        )
        .returning(DeliveryRow.id)
    )
    return len(gone.all())


def forget_follow_ups(session: Session, resident_id: int) -> None:
    """One resident's single answers, but for what is on its way this moment."""
    session.execute(
        delete(DeliveryRow).where(
            DeliveryRow.broadcast_id.is_(None),
            DeliveryRow.resident_id == resident_id,
            DeliveryRow.status != DeliveryStatus.CLAIMED,
        )
    )


def unlink_decided_reports(session: Session, *, before: datetime) -> int:
    """The asker has long heard the verdict: who reported what is forgotten, the report itself stays; how many."""
    answered_at_once = (ReportRow.state == ReportState.ANSWERED) & (ReportRow.reported_at < before)
    cut = session.execute(
        update(ReportRow)
        .where(ReportRow.resident_id.is_not(None), (ReportRow.decided_at < before) | answered_at_once)
        .values(resident_id=None)
        .returning(ReportRow.number)
    )
    session.execute(
        update(AppealRow)
        .where(AppealRow.resident_id.is_not(None), AppealRow.decided_at < before)
        .values(resident_id=None)
    )
    return len(cut.all())
