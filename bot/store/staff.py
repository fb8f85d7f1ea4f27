"""Staff members: who may do what in the office. Passwords are kept as argon2id hashes only.

No account is of a role that is bound to an area without one, however it is opened: it would see the whole prefecture.

Wrong passwords and wrong codes count together; after some in a row the account rests for a while, however right the next one
is. The count stands in the row, so it holds for all processes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.access import BOUND, Role
from bot.errors import Conflict, NotFound, Unacceptable
from bot.store.pages import Page, Wanted, read_page
from bot.store.prefixes import begins
from bot.store.tables import AreaRow, StaffRow

SHORTEST_PASSWORD = 10
LONGEST_NAME = 60
# Hash of a password nobody has: an unknown name takes as long as a wrong password.
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$f2ENXde+X3J2ZLgfOLFZag$pxfBFwUZzf1kie6Jst0ZD+ePrclI9BlUNJnoXdZ5QgM"


@dataclass(frozen=True, slots=True)
class StaffMember:
    """`password_changed_at` None: it is still the one the account was opened with, which `opened_by` knows and which opens
    nothing after `first_password_until`. `sessions_ended`: how often every browser was signed out; a session begun before is worth nothing.
    """

    id: int
    name: str
    role: Role
    created_at: datetime
    disabled_at: datetime | None
    area_code: str | None = None
    password_changed_at: datetime | None = None
    locked_until: datetime | None = None
    has_second_factor: bool = False
    opened_by: str | None = None
    first_password_until: datetime | None = None
    first_signed_in_at: datetime | None = None
    sessions_ended: int = 0

    def is_shut_out(self, now: datetime) -> bool:
        """Whether it was not used in time: the first password opens no more."""
        until = self.first_password_until
        return self.password_changed_at is None and until is not None and until <= now


@dataclass(frozen=True, slots=True)
class FirstPassword:
    """A password that somebody else knows: who that is, and until when it opens."""

    known_to: str
    until: datetime


@dataclass(frozen=True, slots=True)
class LockOut:
    """After how many failures in a row an account rests, and for how long."""

    after: int
    lasts: timedelta


def add_staff(
    session: Session,
    name: str,
    *,
    role: Role,
    password: str,
    now: datetime,
    area_code: str | None = None,
    first: FirstPassword | None = None,
) -> StaffMember:
    """A new account; `first` None: its password is nobody else's, or may be used whenever.

    Raises Conflict when the name is taken or the password too short, Unacceptable for an area the role cannot have.
    """
    require_area(session, role, area_code)
    if _row(session, name) is not None:
        raise Conflict(f"there is a staff member called {name} already")
    _require_length(password)
    row = StaffRow(
        name=name,
        role=role.value,
        area_code=area_code or None,
        password_hash=PasswordHasher().hash(password),
        created_at=now,
    )
    _note_first(row, first)
    session.add(row)
    session.flush()
    return member_of(row)


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
    return member_of(row)


def count_failure(session: Session, name: str, *, lock_out: LockOut, now: datetime) -> bool:
    """One more wrong password or code for that name; whether the account rests from now on. Each of many at the same moment
    counts.
    """
    row = _held(session, name)
    if row is None:
        return False
    row.failed_attempts += 1
    locks = row.failed_attempts >= lock_out.after
    if locks:
        row.failed_attempts, row.locked_until = 0, now + lock_out.lasts
    session.flush()
    return locks


def forget_failures(session: Session, staff_id: int) -> None:
    """The right person got in, or an administrator unlocks the account."""
    row = session.get_one(StaffRow, staff_id)
    row.failed_attempts, row.locked_until = 0, None
    session.flush()


def change_password(session: Session, staff_id: int, password: str, *, now: datetime | None) -> StaffMember:
    """A new password; `now` None: one that its holder must change at the next sign-in. Raises Conflict: too short."""
    _require_length(password)
    row = session.get_one(StaffRow, staff_id)
    row.password_hash, row.password_changed_at = PasswordHasher().hash(password), now
    session.flush()
    return member_of(row)


def reset_password(session: Session, staff_id: int, password: str, *, first: FirstPassword) -> None:
    """Begin anew with a first password. Raises Conflict: too short."""
    change_password(session, staff_id, password, now=None)
    row = session.get_one(StaffRow, staff_id)
    row.first_signed_in_at = None
    _note_first(row, first)
    session.flush()


def note_first_sign_in(session: Session, staff_id: int, *, now: datetime) -> bool:
    """Whether nobody had signed in with this account before, or since it was reset."""
    noted = session.execute(
        update(StaffRow)
        .where(StaffRow.id == staff_id, StaffRow.first_signed_in_at.is_(None))
        .values(first_signed_in_at=now)
        .returning(StaffRow.id)
    )
    return noted.first() is not None


def first_sign_ins(session: Session, opened_by: str, *, since: datetime) -> tuple[StaffMember, ...]:
    """Accounts whose first password this colleague knew, and that were first used since then, the latest first."""
    rows = session.scalars(
        select(StaffRow)
        .where(StaffRow.opened_by == opened_by, StaffRow.first_signed_in_at >= since)
        .order_by(StaffRow.first_signed_in_at.desc())
    )
    return tuple(member_of(row) for row in rows)


def keep_password(session: Session, staff_id: int, *, now: datetime) -> None:
    """The first password counts as its holder's own: nobody else has seen it."""
    session.get_one(StaffRow, staff_id).password_changed_at = now
    session.flush()


def assign_role(session: Session, staff_id: int, role: Role, *, area_code: str | None) -> StaffMember:
    """Another role, or another area. Raises Unacceptable for an area the role cannot have."""
    require_area(session, role, area_code)
    row = session.get_one(StaffRow, staff_id)
    row.role, row.area_code = role.value, area_code or None
    session.flush()
    return member_of(row)


def require_area(session: Session, role: Role, area_code: str | None) -> None:
    """Raises Unacceptable when there is no such area, or none is named and the role means nothing without one."""
    if role in BOUND and not area_code:
        raise Unacceptable({"area_code": "an account of this role is bound to an area; name it"})
    if area_code and session.get(AreaRow, area_code) is None:
        raise Unacceptable({"area_code": f"there is no area {area_code}"})


def find_staff(session: Session, name: str) -> StaffMember | None:
    """The staff member of this name."""
    row = _row(session, name)
    return member_of(row) if row else None


def hold(session: Session, name: str) -> StaffMember | None:
    """The staff member of this name as they are by now; nobody else changes their account until this transaction ends."""
    row = _held(session, name)
    return member_of(row) if row else None


def get_staff(session: Session, staff_id: int) -> StaffMember | None:
    """The staff member of this id."""
    row = session.get(StaffRow, staff_id)
    return member_of(row) if row else None


ORDERS = {"name": StaffRow.name, "role": StaffRow.role, "created": StaffRow.created_at}


def find_members(
    session: Session, role: Role | None, wanted: Wanted, *, area_prefix: str = ""
) -> Page[StaffMember]:
    """A page of accounts, closed ones too; of this area, where one is named. Raises Unacceptable."""
    rows = select(StaffRow).where(begins(StaffRow.area_code, area_prefix))
    rows = rows if role is None else rows.where(StaffRow.role == role.value)
    return read_page(
        session, rows, orders=ORDERS, key=StaffRow.id, default="name", wanted=wanted, make=member_of
    )


def disable_staff(session: Session, name: str, *, now: datetime) -> StaffMember:
    """Close an account; what it did stays in the audit trail. Raises NotFound."""
    row = _row(session, name)
    if row is None:
        raise NotFound(f"there is no staff member called {name}")
    row.disabled_at = row.disabled_at or now
    session.flush()
    return member_of(row)


def has_staff(session: Session, role: Role) -> bool:
    """Whether anybody has this role and may use it."""
    return count_staff(session, role) > 0


def count_staff(session: Session, role: Role, *, everywhere: bool = False) -> int:
    """How many have this role and may use it; `everywhere`: bound to no area."""
    counted = select(func.count()).where(StaffRow.role == role.value, StaffRow.disabled_at.is_(None))
    return session.scalar(counted.where(StaffRow.area_code.is_(None)) if everywhere else counted) or 0


def member_of(row: StaffRow) -> StaffMember:
    """The row as the rest of the program knows it."""
    return StaffMember(
        id=row.id,
        name=row.name,
        role=Role(row.role),
        created_at=row.created_at,
        disabled_at=row.disabled_at,
        area_code=row.area_code,
        password_changed_at=row.password_changed_at,
        locked_until=row.locked_until,
        has_second_factor=row.totp_confirmed_at is not None,
        opened_by=row.opened_by,
        first_password_until=row.first_password_until,
        first_signed_in_at=row.first_signed_in_at,
        sessions_ended=row.sessions_ended,
    )


def _note_first(row: StaffRow, first: FirstPassword | None) -> None:
    row.opened_by, row.first_password_until = (first.known_to, first.until) if first else (None, None)


def _row(session: Session, name: str) -> StaffRow | None:
    return session.scalar(select(StaffRow).where(StaffRow.name == name))


def _held(session: Session, name: str) -> StaffRow | None:
    """Rows that only name the account need not wait (PostgreSQL's FOR NO KEY UPDATE)."""
    held = select(StaffRow).where(StaffRow.name == name).with_for_update(key_share=True)
    return session.scalar(held.execution_options(populate_existing=True))


def _require_length(password: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise Conflict(f"the password must have at least {SHORTEST_PASSWORD} characters")
