"""What is written for an article, is public, or was: each version with whose words it holds and who approved it.

The version after the public one is the one being written; there is at most one. An older one is never changed, so that it
can be compared with and restored.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, insert, select
from sqlalchemy.orm import Session

from bot.store.pending import pending_of, write_pending
from bot.store.tables import ArticleRow, ArticleVersionRow
from knowledge.approval import Pending
from knowledge.article_text import Writing, fingerprint, writing_data, writing_from

# The note of a version that an import brought; the desk has written none of it.
IMPORTED = "import"


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """`note`: why it was written, or sent back, for colleagues."""

    article_id: str
    number: int
    writing: Writing
    pending: Pending
    note: str
    drafted_at: datetime
    published_at: datetime | None


def versions_of(session: Session, article_id: str) -> tuple[ArticleVersion, ...]:
    """All of an article's that are kept, newest first."""
    rows = session.scalars(
        select(ArticleVersionRow)
        .where(ArticleVersionRow.article_id == article_id)
        .order_by(ArticleVersionRow.number.desc())
        .execution_options(populate_existing=True)
    )
    return tuple(_version(row) for row in rows)


def find_version(session: Session, article_id: str, number: int) -> ArticleVersion | None:
    """One of an article's versions; None when there is none of that number."""
    row = _row(session, article_id, number)
    return _version(row) if row else None


def write_version(
    session: Session,
    article_id: str,
    number: int,
    writing: Writing,
    pending: Pending,
    *,
    note: str,
    now: datetime,
) -> None:
    """Put down what is being written, in place of what was written under this number before."""
    row = _row(session, article_id, number)
    if row is None:
        row = ArticleVersionRow(article_id=article_id, number=number)
        session.add(row)
    row.content, row.note, row.drafted_at = writing_data(writing), note, now
    write_pending(row, pending)
    session.flush()


def save_pending(session: Session, version: ArticleVersion, pending: Pending, *, note: str) -> None:
    """How far a version has come; its content stays."""
    row = _row(session, version.article_id, version.number)
    if row is not None:
        row.note = note
        write_pending(row, pending)
        session.flush()


def mark_published(session: Session, article_id: str, number: int, *, now: datetime) -> None:
    """It is public from now on."""
    row = _row(session, article_id, number)
    if row is not None:
        row.published_at = now
        session.flush()


def drop_version(session: Session, article_id: str, number: int) -> None:
    """What was being written is given up."""
    session.execute(
        delete(ArticleVersionRow).where(
            ArticleVersionRow.article_id == article_id,
            ArticleVersionRow.number == number,
            ArticleVersionRow.published_at.is_(None),
        )
    )


def keep_published(
    session: Session, outgoing: Iterable[tuple[str, int, Writing, datetime]], *, note: str = IMPORTED
) -> None:
    """What is public, by article and number and since when, before something else takes its place; each is kept once."""
    wanted = {(article_id, number): (writing, at) for article_id, number, writing, at in outgoing}
    if not wanted:
        return
    rows = session.execute(
        select(ArticleVersionRow.article_id, ArticleVersionRow.number).where(
            ArticleVersionRow.article_id.in_({article_id for article_id, _ in wanted})
        )
    )
    kept = {(article_id, number) for article_id, number in rows}
    new = [
        {
            "article_id": article_id,
            "number": number,
            "content": writing_data(writing),
            "fingerprint": fingerprint(writing),
            "authors": [],
            "note": note,
            "drafted_at": at,
            "published_at": at,
        }
        for (article_id, number), (writing, at) in wanted.items()
        if (article_id, number) not in kept
    ]
    if new:
        session.execute(insert(ArticleVersionRow), new)


def waiting_among(session: Session, article_ids: Iterable[str]) -> dict[str, ArticleVersion]:
    """What is being written for those articles for which anything is."""
    rows = session.scalars(
        select(ArticleVersionRow)
        .join(ArticleRow, ArticleRow.id == ArticleVersionRow.article_id)
        .where(
            ArticleVersionRow.article_id.in_(list(article_ids)), ArticleVersionRow.number > ArticleRow.version
        )
        .execution_options(populate_existing=True)
    )
    return {row.article_id: _version(row) for row in rows}


def is_handed_over() -> ColumnElement[bool]:
    """Whether what is being written for an article waits for a second person; of a public one its state does not say."""
    return exists().where(
        ArticleVersionRow.article_id == ArticleRow.id,
        ArticleVersionRow.number > ArticleRow.version,
        ArticleVersionRow.submitted_by.is_not(None),
    )


def _row(session: Session, article_id: str, number: int) -> ArticleVersionRow | None:
    return session.scalars(
        select(ArticleVersionRow)
        .where(ArticleVersionRow.article_id == article_id, ArticleVersionRow.number == number)
        .execution_options(populate_existing=True)
    ).one_or_none()


def _version(row: ArticleVersionRow) -> ArticleVersion:
    return ArticleVersion(
        article_id=row.article_id,
        number=row.number,
        writing=writing_from(row.content),
        pending=pending_of(row),
        note=row.note,
        drafted_at=row.drafted_at,
        published_at=row.published_at,
    )
