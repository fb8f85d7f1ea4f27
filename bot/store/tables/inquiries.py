"""What residents asked that a person must look at. Never joined with headcounts."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.declarative import Table


class TicketRow(Table):
    """Gives out the numbers residents ask with, one row a number; reports and questions share them."""

    __tablename__ = "tickets"
    __table_args__ = ({"sqlite_autoincrement": True},)

    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))


# In place of a version: its asker was told a verdict, but none that is known as a version of this claim, such as that of a
# claim merged into it. Below every version, so that whoever has it is told the next one as a change.
OTHERWISE = 0


class ReportRow(Table):
    """One message about a possible rumour, or what a staff member or grid worker heard said, without who said it.

    `fit` is how surely it belongs to its claim (`knowledge.grouping.Fit`, or "confirmed" by a person);
    `suggested_claim_id`: what a person should confirm it belongs to; it is counted nowhere until then.
    `told_version` is the version of the verdict its asker got (or `OTHERWISE`; None: no verdict), `told_at` when they got it;
    where they have no verdict, when they were last promised one: by a holding answer, or as theirs was withdrawn.
    `held_until` is the day named in the last holding answer.
    The link to the asker is cut when it is no longer needed.
    """

    __tablename__ = "reports"
    __table_args__ = (
        # Counts by day and of those who were told are read from these alone: a claim may have half a million reports.
        Index("ix_reports_claim_id_reported_at", "claim_id", "reported_at", "fit"),
        Index("ix_reports_claim_id_told_at", "claim_id", "told_at", "told_version"),
        Index("ix_reports_claim_id_told_version", "claim_id", "told_version"),
        Index("ix_reports_state_number", "state", "number"),
        Index("ix_reports_state_fit_number", "state", "fit", "number"),
    )

    number: Mapped[int] = mapped_column(ForeignKey("tickets.number"), primary_key=True)
    resident_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL"), index=True
    )
    claim_id: Mapped[str | None] = mapped_column(ForeignKey("claims.id"))
    suggested_claim_id: Mapped[str | None] = mapped_column(String(80), index=True)
    fit: Mapped[str | None] = mapped_column(String(10))
    probability: Mapped[float | None]
    text: Mapped[str] = mapped_column(Text)
    area_code: Mapped[str | None] = mapped_column(String(12), index=True)
    channel: Mapped[str] = mapped_column(String(20))
    heard_where: Mapped[str] = mapped_column(String(20), default="")
    reach: Mapped[str] = mapped_column(String(12), default="")
    entered_by: Mapped[str | None] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(16))
    likelihood: Mapped[float]
    reasons: Mapped[list[str]] = mapped_column(JSON)
    reported_at: Mapped[datetime] = mapped_column(index=True)
    decided_at: Mapped[datetime | None]
    told_version: Mapped[int | None]
    told_at: Mapped[datetime | None]
    held_until: Mapped[datetime | None]


class SightingRow(Table):
    """How often a claim was reported from one community ("": unknown): what its spread and its lists are read from."""

    __tablename__ = "sightings"

    claim_id: Mapped[str] = mapped_column(ForeignKey("claims.id", ondelete="CASCADE"), primary_key=True)
    area_code: Mapped[str] = mapped_column(String(12), primary_key=True, index=True)
    count: Mapped[int]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]


class QuestionGroupRow(Table):
    """Unanswered questions that mean the same. `article_id`: what was written from them."""

    __tablename__ = "question_groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16), index=True)
    count: Mapped[int] = mapped_column(index=True)
    first_asked_at: Mapped[datetime]
    last_asked_at: Mapped[datetime] = mapped_column(index=True)
    article_id: Mapped[str | None] = mapped_column(ForeignKey("articles.id"), index=True)


class QuestionRow(Table):
    """A question nobody could answer; staff do, and the asker hears."""

    __tablename__ = "questions"

    number: Mapped[int] = mapped_column(ForeignKey("tickets.number"), primary_key=True)
    resident_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL"), index=True
    )
    group_id: Mapped[int | None] = mapped_column(index=True)
    fit: Mapped[str | None] = mapped_column(String(10))
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
    acknowledged_by: Mapped[str | None] = mapped_column(String(60))
