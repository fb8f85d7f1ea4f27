"""Staff members: who may do what in the office. Passwords are kept as argon2id hashes only."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.errors import Conflict, NotFound
from bot.store.tables import StaffRow

SHORTEST_PASSWORD = 10
LONGEST_NAME = 60
# Hash of a password nobody has: an unknown name takes as long as a wrong password.
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$f2ENXde+X3J2ZLgfOLFZag$pxfBFwUZzf1kie6Jst0ZD+ePrclI9BlUNJnoXdZ5QgM"


class Role(StrEnum):
    """What a staff member may do; each is checked where it is done."""

    EDITOR = "editor"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    AREA_LEAD = "area_lead"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class StaffMember:
    id: int
    name: str
    role: Role
    created_at: datetime
    disabled_at: datetime | None


def add_staff(session: Session, name: str, *, role: Role, password: str, now: datetime) -> StaffMember:
    """A new account. Raises Conflict when the name is taken or the password too short."""
    if _row(session, name) is not None:
        raise Conflict(f"there is a staff member called {name} already")
    if len(password) < SHORTEST_PASSWORD:
        raise Conflict(f"the password must have at least {SHORTEST_PASSWORD} characters")
    row = StaffRow(name=name, role=role.value, password_hash=PasswordHasher().hash(password), created_at=now)
    session.add(row)
    session.flush()
    return _member(row)


def authenticate(session: Session, name: str, *, password: str) -> StaffMember | None:
    """The staff member of this name and password; None when either is wrong or the account is closed."""
    row = _row(session, name)
    hasher = PasswordHasher()
    try:
        hasher.verify(row.password_hash if row else NOBODY, password)
    except (VerifyMismatchError, InvalidHashError):
        return None
    if row is None or row.disabled_at is not None:
        return None
    if hasher.check_needs_rehash(row.password_hash):
        row.password_hash = hasher.hash(password)
        session.flush()
    return _member(row)


def find_staff(session: Session, name: str) -> StaffMember | None:
    """The staff member of this name."""
    row = _row(session, name)
    return _member(row) if row else None


def disable_staff(session: Session, name: str, *, now: datetime) -> StaffMember:
    """Close an account; what it did stays in the audit trail. Raises NotFound."""
    row = _row(session, name)
    if row is None:
        raise NotFound(f"there is no staff member called {name}")
    row.disabled_at = row.disabled_at or now
    session.flush()
    return _member(row)


def has_staff(session: Session, role: Role) -> bool:
    """Whether anybody has this role and may use it."""
    count = session.scalar(
        select(func.count()).where(StaffRow.role == role.value, StaffRow.disabled_at.is_(None))
    )
    return bool(count)


def _row(session: Session, name: str) -> StaffRow | None:
    return session.scalar(select(StaffRow).where(StaffRow.name == name))


def _member(row: StaffRow) -> StaffMember:
    return StaffMember(
        id=row.id,
        name=row.name,
        role=Role(row.role),
        created_at=row.created_at,
        disabled_at=row.disabled_at,
    )
