"""Browsers' sessions on the server: the cookie carries a random id, here lie its hash and what belongs to it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.store.tables import StaffRow, StaffSessionRow

# A session that is used lives on; its row is written for that at most this often.
REFRESHED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Kept:
    """What belongs to a session, and whose it is. It ends after `lasts` of quiet."""

    data: Mapping[str, object]
    staff_id: int | None
    lasts: timedelta


def load(session: Session, session_id: str, *, now: datetime) -> dict[str, object] | None:
    """What belongs to a session that has not ended."""
    row = session.get(StaffSessionRow, _hash(session_id))
    return dict(row.data) if row is not None and row.expires_at > now else None


def begin(session: Session, session_id: str, kept: Kept, *, now: datetime) -> None:
    """A new session."""
    session.add(
        StaffSessionRow(
            id_hash=_hash(session_id),
            staff_id=kept.staff_id,
            data=dict(kept.data),
            created_at=now,
            expires_at=now + kept.lasts,
        )
    )
    session.flush()


def save(session: Session, session_id: str, kept: Kept, *, now: datetime) -> bool:
    """One that goes on. False when it was ended meanwhile: it stays so."""
    saved = session.execute(
        update(StaffSessionRow)
        .where(StaffSessionRow.id_hash == _hash(session_id))
        .values(data=dict(kept.data), staff_id=kept.staff_id, expires_at=now + kept.lasts)
        .returning(StaffSessionRow.id_hash)
    )
    return saved.first() is not None


def needs_refreshing(session: Session, session_id: str, *, now: datetime, lasts: timedelta) -> bool:
    """Whether its use should be noted."""
    ends = session.scalar(
        select(StaffSessionRow.expires_at).where(StaffSessionRow.id_hash == _hash(session_id))
    )
    return ends is not None and ends < now + lasts - REFRESHED_EVERY


def end(session: Session, session_id: str) -> None:
    """Signed out."""
    session.execute(delete(StaffSessionRow).where(StaffSessionRow.id_hash == _hash(session_id)))


def end_all(session: Session, staff_id: int) -> None:
    """Another password or role, or a closed account: every browser signs in again, also one that is just being let in."""
    session.execute(
        update(StaffRow)
        .where(StaffRow.id == staff_id)
        .values(sessions_ended=StaffRow.sessions_ended + 1)
        .execution_options(synchronize_session="fetch")
    )
    session.execute(delete(StaffSessionRow).where(StaffSessionRow.staff_id == staff_id))


def purge(session: Session, now: datetime) -> None:
    """Forget those that have ended."""
    session.execute(delete(StaffSessionRow).where(StaffSessionRow.expires_at <= now))


def _hash(session_id: str) -> str:
    return hashlib.sha256(session_id.encode()).hexdigest()
