"""Browsers' sessions on the server: the cookie carries a random id, here lie its hash and what belongs to it."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.store.tables import StaffSessionRow

# A session that is used lives on; its row is written for that at most this often.
REFRESHED_EVERY = timedelta(minutes=1)


def load(session: Session, session_id: str, *, now: datetime) -> dict[str, object] | None:
    """What belongs to a session that has not ended."""
    row = session.get(StaffSessionRow, _hash(session_id))
    return dict(row.data) if row is not None and row.expires_at > now else None


def save(
    session: Session,
    session_id: str,
    data: Mapping[str, object],
    *,
    staff_id: int | None,
    now: datetime,
    lasts: timedelta,
) -> None:
    """Keep what belongs to a session; it ends after that much quiet."""
    row = session.get(StaffSessionRow, _hash(session_id))
    if row is None:
        row = StaffSessionRow(id_hash=_hash(session_id), created_at=now)
        session.add(row)
    row.data, row.staff_id, row.expires_at = dict(data), staff_id, now + lasts
    session.flush()


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
    """Another password or role, or a closed account: every browser signs in again."""
    session.execute(delete(StaffSessionRow).where(StaffSessionRow.staff_id == staff_id))


def purge(session: Session, now: datetime) -> None:
    """Forget those that have ended."""
    session.execute(delete(StaffSessionRow).where(StaffSessionRow.expires_at <= now))


def _hash(session_id: str) -> str:
    return hashlib.sha256(session_id.encode()).hexdigest()
