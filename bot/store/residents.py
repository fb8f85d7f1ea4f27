"""Residents, and the vault by which an openid becomes one. Nothing above the store ever sees an openid."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.store.tables import OpenidRow, ResidentRow
from bot.store.turns import take_turn
from bot.store.vault import Vault

PURPOSE = "openid"


@dataclass(frozen=True, slots=True)
class Resident:
    """A follower, without anything that says who it is."""

    id: int
    community_code: str | None
    followed_at: datetime | None
    opted_out_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Window:
    """What the platform lets us send by customer-service message: how many, and until when."""

    until: datetime
    left: int


def recognise(session: Session, openid: str, *, vault: Vault, now: datetime) -> Resident:
    """The resident behind an openid; a new one the first time."""
    hashed = vault.digest(openid)
    row = _find(session, hashed)
    if row is None:
        row = _add(session, openid, hashed, vault=vault, now=now)
    row.last_message_at = now
    session.flush()
    return _resident(row)


def is_known(session: Session, openid: str, *, vault: Vault) -> bool:
    """Whether there is a resident behind an openid."""
    return _find(session, vault.digest(openid)) is not None


def find_resident(session: Session, resident_id: int) -> Resident | None:
    """A resident by our own number."""
    row = session.get(ResidentRow, resident_id)
    return _resident(row) if row else None


def attend_to(session: Session, resident_id: int) -> Resident | None:
    """As `find_resident`, once no other transaction attends to the same resident: their words are taken in turn."""
    take_turn(session, f"resident {resident_id}")
    return find_resident(session, resident_id)


def openid_of(session: Session, resident_id: int, vault: Vault) -> str | None:
    """For the senders alone; None once the resident's data were deleted."""
    row = session.get(OpenidRow, resident_id)
    return vault.open(row.openid_sealed, PURPOSE) if row else None


def bind_community(session: Session, resident_id: int, community_code: str) -> None:
    """Where the resident says they live; scanning a code proves no more than that."""
    _set(session, resident_id, community_code=community_code)


def follow(session: Session, resident_id: int, now: datetime) -> None:
    """The resident follows (again)."""
    _set(session, resident_id, followed_at=now, unfollowed_at=None)


def evidently_follows(session: Session, resident_id: int, at: datetime) -> None:
    """Nobody can write without following, and of those who did so before us no event tells; one who left since did."""
    session.execute(
        update(ResidentRow)
        .where(
            ResidentRow.id == resident_id,
            ResidentRow.followed_at.is_(None),
            ResidentRow.unfollowed_at.is_(None) | (ResidentRow.unfollowed_at < at),
        )
        .values(followed_at=at, unfollowed_at=None)
    )


def unfollow(session: Session, resident_id: int, now: datetime) -> None:
    """The resident left; nothing more can be sent."""
    _set(session, resident_id, followed_at=None, unfollowed_at=now, window_until=None, window_left=0)


def opt_out(session: Session, resident_id: int, now: datetime) -> None:
    """No broadcasts for this resident; answers still come."""
    _set(session, resident_id, opted_out_at=now)


def opt_in(session: Session, resident_id: int) -> None:
    """Broadcasts again."""
    _set(session, resident_id, opted_out_at=None)


def open_window(session: Session, resident_id: int, window: Window) -> None:
    """Note what a message or click allows; a short window never shortens a longer one."""
    row = session.get_one(ResidentRow, resident_id)
    if row.window_until is None or row.window_until <= window.until:
        row.window_until, row.window_left = window.until, window.left
        session.flush()


def spend_window(session: Session, resident_id: int, now: datetime) -> bool:
    """Take one follow-up out of the window; False when it is closed or used up."""
    taken = session.execute(
        update(ResidentRow)
        .where(ResidentRow.id == resident_id, ResidentRow.window_until > now, ResidentRow.window_left > 0)
        .values(window_left=ResidentRow.window_left - 1)
        .returning(ResidentRow.id)
    )
    return taken.first() is not None


def give_back_window(session: Session, resident_id: int) -> None:
    """A follow-up was certainly not taken; what was spent on it is there again."""
    session.execute(
        update(ResidentRow)
        .where(ResidentRow.id == resident_id, ResidentRow.window_until.is_not(None))
        .values(window_left=ResidentRow.window_left + 1)
    )


def close_window(session: Session, resident_id: int) -> None:
    """The platform says the window is closed, whatever our ledger thought."""
    _set(session, resident_id, window_left=0)


def erase(session: Session, resident_id: int, now: datetime) -> None:
    """Forget who this is: the openid goes, and with it the way back. The empty row keeps counts true."""
    vaulted = session.get(OpenidRow, resident_id)
    if vaulted:
        session.delete(vaulted)
    _set(session, resident_id, community_code=None, opted_out_at=now, window_until=None, window_left=0)


def _find(session: Session, hashed: str) -> ResidentRow | None:
    return session.scalar(
        select(ResidentRow)
        .join(OpenidRow, OpenidRow.resident_id == ResidentRow.id)
        .where(OpenidRow.openid_hash == hashed)
    )


def _add(session: Session, openid: str, hashed: str, *, vault: Vault, now: datetime) -> ResidentRow:
    try:
        with session.begin_nested():
            row = ResidentRow(created_at=now, last_message_at=now, window_left=0)
            session.add(row)
            session.flush()
            session.add(
                OpenidRow(resident_id=row.id, openid_hash=hashed, openid_sealed=vault.seal(openid, PURPOSE))
            )
            session.flush()
    except IntegrityError:
        found = _find(session, hashed)
        if found is None:
            raise
        return found
    return row


def _set(session: Session, resident_id: int, **values: object) -> None:
    session.execute(update(ResidentRow).where(ResidentRow.id == resident_id).values(values))
    session.expire_all()


def _resident(row: ResidentRow) -> Resident:
    return Resident(
        id=row.id,
        community_code=row.community_code,
        followed_at=row.followed_at,
        opted_out_at=row.opted_out_at,
        created_at=row.created_at,
    )
