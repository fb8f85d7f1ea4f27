"""Leases: a right one process holds at a time, until it expires. Atomic between threads, processes and machines."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.store.tables import LeaseRow


def acquire(session: Session, name: str, *, holder: str, ttl: timedelta, now: datetime) -> bool:
    """Take the lease if it is free, expired or already ours; False when somebody else holds it."""
    taken = session.execute(
        update(LeaseRow)
        .where(LeaseRow.name == name, (LeaseRow.holder == holder) | (LeaseRow.expires_at <= now))
        .values(holder=holder, expires_at=now + ttl)
        .returning(LeaseRow.name)
        .execution_options(synchronize_session=False)
    )
    if taken.first() is not None:
        return True
    if session.scalar(select(LeaseRow.holder).where(LeaseRow.name == name)) is not None:
        return False
    return _create(session, name, holder=holder, expires_at=now + ttl)


def renew(session: Session, name: str, *, holder: str, ttl: timedelta, now: datetime) -> bool:
    """Keep a lease that was held without a gap; False when it expired or was lost, whoever has it now."""
    kept = session.execute(
        update(LeaseRow)
        .where(LeaseRow.name == name, LeaseRow.holder == holder, LeaseRow.expires_at > now)
        .values(expires_at=now + ttl)
        .returning(LeaseRow.name)
        .execution_options(synchronize_session=False)
    )
    return kept.first() is not None


def release(session: Session, name: str, *, holder: str) -> None:
    """Give the lease back; nothing happens when somebody else holds it by now."""
    session.execute(
        delete(LeaseRow)
        .where(LeaseRow.name == name, LeaseRow.holder == holder)
        .execution_options(synchronize_session=False)
    )


def _create(session: Session, name: str, *, holder: str, expires_at: datetime) -> bool:
    """The lease's first row; somebody else may be creating it at the same moment."""
    try:
        with session.begin_nested():
            session.add(LeaseRow(name=name, holder=holder, expires_at=expires_at))
            session.flush()
    except IntegrityError:
        return False
    return True
