"""Danger to life as the office sees it: kind, place, time, and who took it on. Nothing of what was said is kept.

Raising one belongs to `bot.store.inquiries`; here it is looked at and acknowledged.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.errors import Conflict, NotFound
from bot.store.pages import Page, Wanted, read_page
from bot.store.prefixes import begins
from bot.store.tables import AlertRow
from knowledge.crisis import CrisisKind

ORDERS = {"raised": AlertRow.id, "acknowledged": AlertRow.acknowledged_at}


@dataclass(frozen=True, slots=True)
class DangerAlert:
    """One alert. `area_code` None: we do not know where."""

    number: int
    kind: CrisisKind
    area_code: str | None
    raised_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: str | None


@dataclass(frozen=True, slots=True)
class AlertQuery:
    """What to look for. `acknowledged` None: both; `area_prefix` "": everywhere, the unknown places too."""

    acknowledged: bool | None = None
    kind: CrisisKind | None = None
    area_prefix: str = ""


def find_alerts(session: Session, query: AlertQuery, wanted: Wanted) -> Page[DangerAlert]:
    """A page of alerts, the newest first unless asked otherwise. Raises Unacceptable."""
    rows = select(AlertRow)
    if query.acknowledged is not None:
        taken = AlertRow.acknowledged_at
        rows = rows.where(taken.is_not(None) if query.acknowledged else taken.is_(None))
    if query.kind is not None:
        rows = rows.where(AlertRow.kind == query.kind)
    if query.area_prefix:
        rows = rows.where(begins(AlertRow.area_code, query.area_prefix))
    return read_page(
        session, rows, orders=ORDERS, key=AlertRow.id, default="-raised", wanted=wanted, make=_alert
    )


def find_alert(session: Session, number: int) -> DangerAlert:
    """One alert. Raises NotFound."""
    row = session.get(AlertRow, number)
    if row is None:
        raise NotFound(f"there is no alert {number}")
    return _alert(row)


def acknowledge(session: Session, number: int, *, by: str, now: datetime) -> None:
    """Somebody takes it on. Raises Conflict when somebody has: who was first stays written down."""
    taken = session.execute(
        update(AlertRow)
        .where(AlertRow.id == number, AlertRow.acknowledged_at.is_(None))
        .values(acknowledged_at=now, acknowledged_by=by)
        .returning(AlertRow.id)
    ).first()
    if taken is None:
        raise Conflict(f"alert {number} was acknowledged before")


def _alert(row: AlertRow) -> DangerAlert:
    return DangerAlert(
        number=row.id,
        kind=CrisisKind(row.kind),
        area_code=row.area_code,
        raised_at=row.raised_at,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.acknowledged_by,
    )
