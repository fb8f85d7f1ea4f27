"""What the office's own group should hear of: written here once, sent in a digest by whoever sends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.store.tables import OfficeAlertRow
from bot.store.turns import take_turn

TURN = "office alerts"


class OfficeAlert(StrEnum):
    """Why the office should look."""

    HIGH_RISK = "high_risk"
    OVERDUE = "overdue"
    BURST = "burst"
    APPEAL = "appeal"
    EXPIRING = "expiring"


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to look at. `subject` names it, with what sets this time apart after it: "claim x", "claim x 2022-07-14"."""

    id: int
    kind: OfficeAlert
    subject: str
    raised_at: datetime


def raise_office_alert(session: Session, kind: OfficeAlert, subject: str, *, now: datetime) -> bool:
    """Once a kind and subject; whether it is new. `subject` is an id ("claim 20221126-7"), never anybody's words."""
    take_turn(session, TURN)
    known = select(OfficeAlertRow.id).where(OfficeAlertRow.kind == kind, OfficeAlertRow.subject == subject)
    if session.scalar(known) is not None:
        return False
    session.add(OfficeAlertRow(kind=kind, subject=subject, raised_at=now))
    session.flush()
    return True


def has_unsent(session: Session) -> bool:
    """Whether the group has something to hear."""
    return (
        session.scalar(select(OfficeAlertRow.id).where(OfficeAlertRow.sent_at.is_(None)).limit(1)) is not None
    )


def unsent(session: Session, *, limit: int) -> tuple[Alert, ...]:
    """What the group has not heard of, oldest first. Whoever asks takes turns: nobody else tells the same meanwhile."""
    take_turn(session, TURN)
    rows = session.scalars(
        select(OfficeAlertRow)
        .where(OfficeAlertRow.sent_at.is_(None))
        .order_by(OfficeAlertRow.id)
        .limit(limit)
    )
    return tuple(Alert(row.id, OfficeAlert(row.kind), row.subject, row.raised_at) for row in rows)


def last_sent_at(session: Session) -> datetime | None:
    """When the group was last told anything; None: never."""
    return session.scalar(select(func.max(OfficeAlertRow.sent_at)))


def mark_sent(session: Session, alerts: Iterable[Alert], *, now: datetime) -> None:
    """They are on their way to the group."""
    ids = [alert.id for alert in alerts]
    session.execute(update(OfficeAlertRow).where(OfficeAlertRow.id.in_(ids)).values(sent_at=now))
