"""Staff members at work, in a transaction of their own each time."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from argon2 import PasswordHasher

from bot.access import Role
from bot.office.act import Act
from bot.runtime import Runtime
from bot.store import audit, staff
from bot.store.audit import AuditEvent
from bot.store.staff import StaffMember
from bot.store.tables import StaffRow

PASSWORD = "a long password of the tests"


def a_member(runtime: Runtime, role: Role, *, name: str = "", area_code: str | None = None) -> StaffMember:
    """An account of this role, made when there is none of the name."""
    name = name or role.value
    with runtime.database.transaction() as session:
        found = staff.find_staff(session, name)
        if found is not None:
            return found
        row = StaffRow(
            name=name,
            role=role,
            area_code=area_code,
            password_hash=hashed(),
            password_changed_at=runtime.clock(),
            created_at=runtime.clock(),
        )
        session.add(row)
        session.flush()
        return staff.member_of(row)


@cache
def hashed() -> str:
    """The password's hash, made once: it is meant to be slow."""
    return PasswordHasher().hash(PASSWORD)


@contextmanager
def acting(runtime: Runtime, role: Role, *, name: str = "", area_code: str | None = None) -> Iterator[Act]:
    """One act, committed when it succeeds."""
    member = a_member(runtime, role, name=name, area_code=area_code)
    with runtime.database.transaction() as session:
        yield Act(session, runtime, member, runtime.clock())


def trail(runtime: Runtime, subject: str) -> list[AuditEvent]:
    """What the audit trail says of one thing."""
    with runtime.database.reading() as session:
        return list(audit.events_of(session, subject))
