"""Household totals: numbers, no names, no ID numbers, no health state. Never joined with reports or questions."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.declarative import Table


class HeadcountDriveRow(Table):
    """Why numbers are asked for, on what basis, until when, and when they are deleted: no drive without these."""

    __tablename__ = "headcount_drives"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    purpose: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(Text)
    area_code: Mapped[str] = mapped_column(ForeignKey("areas.code"))
    owner: Mapped[str] = mapped_column(String(60))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    delete_on: Mapped[date]
    notice_version: Mapped[str] = mapped_column(String(20))


class HeadcountRow(Table):
    """One answer of one household. A changed answer is a new row; the old one is superseded, not lost."""

    __tablename__ = "headcounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    drive_id: Mapped[str] = mapped_column(ForeignKey("headcount_drives.id"), index=True)
    community_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"), index=True)
    household_code: Mapped[str | None] = mapped_column(String(40))
    resident_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL"), index=True
    )
    source: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(12), index=True)
    total: Mapped[int]
    present: Mapped[int | None]
    away: Mapped[int | None]
    children: Mapped[int | None]
    elderly: Mapped[int | None]
    entered_at: Mapped[datetime]


class NoticeRow(Table):
    """Which version of the privacy notice a resident was shown, and when."""

    __tablename__ = "notices"

    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True)
    drive_id: Mapped[str] = mapped_column(ForeignKey("headcount_drives.id"), primary_key=True)
    version: Mapped[str] = mapped_column(String(20))
    shown_at: Mapped[datetime]
