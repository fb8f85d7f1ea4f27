"""What runs the service itself: leases, platform tokens, what the office is told, figures by day."""

from datetime import date, datetime

from sqlalchemy import LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.declarative import Table


class LeaseRow(Table):
    """A right that one process holds at a time, until it expires."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    holder: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[datetime]


class PlatformTokenRow(Table):
    """An access token shared by all processes, sealed."""

    __tablename__ = "platform_tokens"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    token_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime]
    fetched_at: Mapped[datetime]


class OfficeAlertRow(Table):
    """Something the office's own group should hear of, once; several go out in one digest."""

    __tablename__ = "office_alerts"
    __table_args__ = (UniqueConstraint("kind", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    subject: Mapped[str] = mapped_column(String(120))
    raised_at: Mapped[datetime]
    sent_at: Mapped[datetime | None] = mapped_column(index=True)


class DailyFigureRow(Table):
    """A count of one day in one county ("" is everywhere), kept so that no page counts a million rows."""

    __tablename__ = "daily_figures"

    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    area_code: Mapped[str] = mapped_column(String(12), primary_key=True)
    count: Mapped[int]
