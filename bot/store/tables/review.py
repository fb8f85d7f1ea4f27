"""What staff write and decide before anything is public: versions, evidence, comments, what was done about a claim."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.declarative import Table


class VersionColumns:
    """One state of a text that is public, was, or may become so. `fingerprint` is what the second person approves;
    `authors` are all whose words may still be in it.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    content: Mapped[dict[str, object]] = mapped_column(JSON)
    fingerprint: Mapped[str] = mapped_column(String(64))
    authors: Mapped[list[str]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(Text, default="")
    drafted_at: Mapped[datetime]
    submitted_by: Mapped[str | None] = mapped_column(String(60))
    approved_by: Mapped[str | None] = mapped_column(String(60))
    approved_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]


class ClaimVersionRow(VersionColumns, Table):
    __tablename__ = "claim_versions"
    __table_args__ = (UniqueConstraint("claim_id", "number"),)

    claim_id: Mapped[str] = mapped_column(ForeignKey("claims.id", ondelete="CASCADE"), index=True)


class ArticleVersionRow(VersionColumns, Table):
    __tablename__ = "article_versions"
    __table_args__ = (UniqueConstraint("article_id", "number"),)

    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)


class SnapshotRow(Table):
    """A linked page or file as it was when it was cited, by the hash of its bytes."""

    __tablename__ = "snapshots"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(100))
    file_name: Mapped[str] = mapped_column(String(200), default="")
    content: Mapped[bytes] = mapped_column(LargeBinary)
    size: Mapped[int]
    url: Mapped[str] = mapped_column(String(1000), default="")
    taken_at: Mapped[datetime]
    taken_by: Mapped[str] = mapped_column(String(60))


class EvidenceRow(Table):
    """What a verdict rests on."""

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[str] = mapped_column(ForeignKey("claims.id", ondelete="CASCADE"), index=True)
    issuer: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(300), default="")
    document_number: Mapped[str] = mapped_column(String(80), default="")
    url: Mapped[str] = mapped_column(String(1000), default="")
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    snapshot_sha256: Mapped[str | None] = mapped_column(ForeignKey("snapshots.sha256"))
    added_by: Mapped[str] = mapped_column(String(60))
    added_at: Mapped[datetime]


class CommentRow(Table):
    """A colleague's remark on a claim or article ("claim x", "article y"); never shown outside."""

    __tablename__ = "comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(120), index=True)
    author: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class ClaimActionRow(Table):
    """A moment of response: published, corrected, card, broadcast, holding answer, or what was done in the field."""

    __tablename__ = "claim_actions"

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[str] = mapped_column(ForeignKey("claims.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    detail: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(index=True)


class AppealRow(Table):
    """Somebody disagrees with a verdict; a second review answers within a stated time. The number is a ticket's.

    `area_code`: the community its author was bound to when they wrote it, where they were.
    """

    __tablename__ = "appeals"

    number: Mapped[int] = mapped_column(ForeignKey("tickets.number"), primary_key=True)
    claim_id: Mapped[str] = mapped_column(ForeignKey("claims.id", ondelete="CASCADE"), index=True)
    resident_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL"), index=True
    )
    version: Mapped[int]
    area_code: Mapped[str | None] = mapped_column(String(12), index=True)
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), index=True)
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[str | None] = mapped_column(String(60))
    decided_at: Mapped[datetime | None]
