"""Articles and claims, and the counter by which every process learns that what is published changed.

What stands in a row's text columns is what residents are told once it is published; what is being written for it stands in
the versions (`bot.store.tables.review`) until a second person has approved it. `edition` rises with every change, so that
two people who edit at once notice.
"""

from datetime import date, datetime

from sqlalchemy import JSON, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.declarative import Table


class SourceColumns:
    """The columns of a source; both articles and claims have one."""

    source_issuer: Mapped[str | None] = mapped_column(String(120))
    source_title: Mapped[str] = mapped_column(String(300), default="")
    source_document_number: Mapped[str] = mapped_column(String(80), default="")
    source_url: Mapped[str] = mapped_column(String(1000), default="")
    source_issued_on: Mapped[date | None]


class ArticleRow(SourceColumns, Table):
    """`version`: the number of the published version; 0 before the first."""

    __tablename__ = "articles"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    question: Mapped[str] = mapped_column(Text)
    phrasings: Mapped[list[str]] = mapped_column(JSON)
    answer: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    area_code: Mapped[str] = mapped_column(String(12), default="")
    category: Mapped[str] = mapped_column(String(20), index=True)
    source_snapshot: Mapped[str | None] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(12), index=True)
    version: Mapped[int] = mapped_column(default=0)
    edition: Mapped[int] = mapped_column(default=0)
    owner: Mapped[str | None] = mapped_column(String(60), index=True)
    expiry_told_at: Mapped[datetime | None]
    updated_at: Mapped[datetime] = mapped_column(index=True)


class ClaimRow(SourceColumns, Table):
    """What people say, where the office stands with it, and, once published, the verdict.

    `due_at` is the clock of its risk; `look_again_at` the day named in a holding answer; `untold_since`: since when some who
    asked have something to hear; `log` the further fields of the rumour log; `verdict` is empty before there is one. A restricted claim speaks of a private person: its text is left out of lists.
    """

    __tablename__ = "claims"
    __table_args__ = (
        Index("ix_claims_state_due_at", "state", "due_at"),
        Index("ix_claims_state_last_reported_at", "state", "last_reported_at"),
    )

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    phrasings: Mapped[list[str]] = mapped_column(JSON)
    verdict: Mapped[str] = mapped_column(String(16), default="", index=True)
    explanation: Mapped[str] = mapped_column(Text, default="")
    published_on: Mapped[date | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    area_code: Mapped[str] = mapped_column(String(12), default="")
    topic: Mapped[str] = mapped_column(String(20), index=True)
    state: Mapped[str] = mapped_column(String(16), index=True)
    version: Mapped[int] = mapped_column(default=0)
    edition: Mapped[int] = mapped_column(default=0)
    harm: Mapped[str | None] = mapped_column(String(10))
    risk: Mapped[str | None] = mapped_column(String(10), index=True)
    risk_reason: Mapped[str] = mapped_column(Text, default="")
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    look_again_at: Mapped[datetime | None]
    untold_since: Mapped[datetime | None] = mapped_column(index=True)
    assigned_to: Mapped[str | None] = mapped_column(String(60), index=True)
    verified_with: Mapped[str] = mapped_column(String(120), default="")
    restricted: Mapped[bool] = mapped_column(default=False)
    merged_into: Mapped[str | None] = mapped_column(String(80), index=True)
    log: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    report_count: Mapped[int] = mapped_column(default=0, index=True)
    first_reported_at: Mapped[datetime | None]
    last_reported_at: Mapped[datetime | None] = mapped_column(index=True)
    opened_at: Mapped[datetime | None] = mapped_column(index=True)
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(String(60))
    updated_at: Mapped[datetime] = mapped_column(index=True)


class RevisionRow(Table):
    """One counter a name ("knowledge"); it rises with every change, so that caches know when to look."""

    __tablename__ = "revisions"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int]
