"""Staff members at work, in a transaction of their own each time."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.access import Role
from bot.office.act import Act
from bot.runtime import Runtime
from bot.store import audit, staff
from bot.store.audit import AuditEvent
from bot.store.staff import StaffMember

PASSWORD = "a long password of the tests"


def a_member(runtime: Runtime, role: Role, *, name: str = "", area_code: str | None = None) -> StaffMember:
    """An account of this role, made when there is none of the name."""
    name = name or role.value
    with runtime.database.transaction() as session:
        return staff.find_staff(session, name) or staff.add_staff(
            session, name, role=role, password=PASSWORD, now=runtime.clock(), area_code=area_code
        )


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
