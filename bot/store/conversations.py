"""Keeps where a talk stands, so that a restart does not forget it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from bot.conversation import LASTS, Conversation, Step
from bot.store.tables import ConversationRow

# Where the talk that was set aside lies among what the other one needs to know; no step calls anything of its own so.
ASIDE = "set_aside"


def load(session: Session, resident_id: int, now: datetime) -> Conversation | None:
    """The talk with this resident, unless it has expired; with what was set aside, unless that has."""
    row = session.get(ConversationRow, resident_id)
    if row is None or row.expires_at <= now:
        return None
    data = dict(row.data)
    aside = _read_aside(data.pop(ASIDE, None))
    lives = aside is not None and aside.until is not None and aside.until > now
    return Conversation(Step(row.step), data, until=row.expires_at, aside=aside if lives else None)


def save(session: Session, resident_id: int, conversation: Conversation, now: datetime) -> None:
    """Remember the talk: for a quarter of an hour, or until when it already stands."""
    data = dict(conversation.data)
    if conversation.aside:
        data[ASIDE] = _written(conversation.aside)
    session.merge(
        ConversationRow(
            resident_id=resident_id,
            step=conversation.step,
            data=data,
            expires_at=conversation.until or now + LASTS,
        )
    )
    session.flush()


def leave(session: Session, resident_id: int) -> None:
    """Forget the talk, and what was set aside with it."""
    session.execute(delete(ConversationRow).where(ConversationRow.resident_id == resident_id))


def purge(session: Session, now: datetime) -> None:
    """Delete talks that have expired."""
    session.execute(delete(ConversationRow).where(ConversationRow.expires_at <= now))


def _written(aside: Conversation) -> Mapping[str, object]:
    until = aside.until.isoformat() if aside.until else None
    return {"step": aside.step, "data": dict(aside.data), "until": until}


def _read_aside(written: object) -> Conversation | None:
    """As `_written` has it; nothing of what has another form."""
    match written:
        case {"step": str(step), "data": dict(data), "until": str(until)}:
            try:
                aside = Conversation(Step(step), data, until=datetime.fromisoformat(until))
            except ValueError:
                return None
            return aside if aside.until and aside.until.tzinfo else None
        case _:
            return None
