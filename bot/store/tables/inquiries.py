"""What residents asked that a person must look at. Never joined with headcounts."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.declarative import Table


class TicketRow(Table):
    """Gives out the numbers residents ask with, one row a number; reports and questions share them."""

    __tablename__ = "tickets"
    __table_args__ = ({"sqlite_autoincrement": True},)

    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))


class ReportRow(Table):
    """One message about a possible rumour. The link to the asker is cut when it is no longer needed."""

    __tablename__ = "reports"

    number: Mapped[int] = mapped_column(ForeignKey("tickets.number"), primary_key=True)
    resident_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL"), index=True
    )
    claim_id: Mapped[str | None] = mapped_column(ForeignKey("claims.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    area_code: Mapped[str | None] = mapped_column(String(12), index=True)
    channel: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(16), index=True)
    likelihood: Mapped[float]
    reasons: Mapped[list[str]] = mapped_column(JSON)
    reported_at: Mapped[datetime] = mapped_column(index=True)
    decided_at: Mapped[datetime | None]


class QuestionRow(Table):
    """A question nobody could answer; staff do, and the asker hears."""

    __tablename__ = "questions"

    number: Mapped[int] = mapped_column(ForeignKey("tickets.number"), primary_key=True)
    resident_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL"), index=True
    )
    text: Mapped[str] = mapped_column(Text)
    area_code: Mapped[str | None] = mapped_column(String(12), index=True)
    state: Mapped[str] = mapped_column(String(16), index=True)
    asked_at: Mapped[datetime] = mapped_column(index=True)
    answer: Mapped[str | None] = mapped_column(Text)
    answered_by: Mapped[str | None] = mapped_column(String(60))
    answered_at: Mapped[datetime | None]


class AlertRow(Table):
    """Danger to life: what the on-call person must see at once; outside every queue."""

    __tablename__ = "alerts"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    area_code: Mapped[str | None] = mapped_column(String(12))
    raised_at: Mapped[datetime] = mapped_column(index=True)
    acknowledged_at: Mapped[datetime | None]
