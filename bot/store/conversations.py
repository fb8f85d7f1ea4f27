"""Keeps where a talk stands, so that a restart does not forget it."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from bot.conversation import LASTS, Conversation, Step
from bot.store.tables import ConversationRow


def load(session: Session, resident_id: int, now: datetime) -> Conversation | None:
    """The talk with this resident, unless it has expired."""
    row = session.get(ConversationRow, resident_id)
    if row is None or row.expires_at <= now:
        return None
    return Conversation(Step(row.step), row.data)


def save(session: Session, resident_id: int, conversation: Conversation, now: datetime) -> None:
    """Remember the talk for a quarter of an hour."""
    session.merge(
        ConversationRow(
            resident_id=resident_id,
            step=conversation.step,
            data=dict(conversation.data),
            expires_at=now + LASTS,
        )
    )
    session.flush()


def leave(session: Session, resident_id: int) -> None:
    """Forget the talk."""
    session.execute(delete(ConversationRow).where(ConversationRow.resident_id == resident_id))


def purge(session: Session, now: datetime) -> None:
    """Delete talks that have expired."""
    session.execute(delete(ConversationRow).where(ConversationRow.expires_at <= now))
