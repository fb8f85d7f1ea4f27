"""Articles and claims as published, and the counter by which every process learns that they changed."""

from datetime import date, datetime

from sqlalchemy import JSON, String, Text
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
    __tablename__ = "articles"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    question: Mapped[str] = mapped_column(Text)
    phrasings: Mapped[list[str]] = mapped_column(JSON)
    answer: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    area_code: Mapped[str] = mapped_column(String(12), default="")
    category: Mapped[str] = mapped_column(String(20), index=True)
    updated_at: Mapped[datetime]


class ClaimRow(SourceColumns, Table):
    __tablename__ = "claims"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    phrasings: Mapped[list[str]] = mapped_column(JSON)
    verdict: Mapped[str] = mapped_column(String(16))
    explanation: Mapped[str] = mapped_column(Text)
    published_on: Mapped[date | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    area_code: Mapped[str] = mapped_column(String(12), default="")
    topic: Mapped[str] = mapped_column(String(20), index=True)
    updated_at: Mapped[datetime]


class RevisionRow(Table):
    """One counter a name ("knowledge"); it rises with every change, so that caches know when to look."""

    __tablename__ = "revisions"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int]
