"""Colleagues' remarks on a claim or an article; never shown outside."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.store.tables import CommentRow


@dataclass(frozen=True, slots=True)
class Comment:
    author: str
    text: str
    at: datetime


def add_comment(session: Session, subject: str, *, author: str, text: str, now: datetime) -> None:
    """`subject`: "claim x", "article y"."""
    session.add(CommentRow(subject=subject, author=author, text=text, at=now))
    session.flush()


def comments_on(session: Session, subject: str) -> tuple[Comment, ...]:
    """All on one thing, oldest first."""
    rows = session.scalars(select(CommentRow).where(CommentRow.subject == subject).order_by(CommentRow.id))
    return tuple(Comment(row.author, row.text, row.at) for row in rows)
