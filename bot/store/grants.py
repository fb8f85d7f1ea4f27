"""Roles asked for by one administrator and decided by another."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.access import Role
from bot.errors import Conflict, NotFound
from bot.store.tables import RoleGrantRow, StaffRow


class GrantState(StrEnum):
    PENDING = "pending"
    GRANTED = "granted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Grant:
    """`staff_name`: for whom. `area_code` None: the whole prefecture."""

    id: int
    staff_id: int
    staff_name: str
    role: Role
    area_code: str | None
    reason: str
    requested_by: str
    requested_at: datetime
    state: GrantState


def ask(
    session: Session,
    staff_id: int,
    role: Role,
    *,
    area_code: str | None,
    reason: str,
    by: str,
    now: datetime,
) -> Grant:
    """Ask for a role; what was asked for this account before and is not decided yet is taken back."""
    session.execute(
        update(RoleGrantRow)
        .where(RoleGrantRow.staff_id == staff_id, RoleGrantRow.state == GrantState.PENDING)
        .values(state=GrantState.REFUSED, decided_by=by, decided_at=now)
    )
    row = RoleGrantRow(
        staff_id=staff_id,
        role=role.value,
        area_code=area_code,
        reason=reason,
        requested_by=by,
        requested_at=now,
        state=GrantState.PENDING,
    )
    session.add(row)
    session.flush()
    return _grant(row, session.get_one(StaffRow, staff_id).name)


def pending(session: Session) -> tuple[Grant, ...]:
    """What waits for a second administrator, oldest first."""
    rows = session.execute(
        select(RoleGrantRow, StaffRow.name)
        .join(StaffRow, StaffRow.id == RoleGrantRow.staff_id)
        .where(RoleGrantRow.state == GrantState.PENDING)
        .order_by(RoleGrantRow.id)
    )
    return tuple(_grant(row, name) for row, name in rows)


def find_pending(session: Session, grant_id: int) -> Grant:
    """One that waits. Raises NotFound, and Conflict when it has been decided."""
    row = session.get(RoleGrantRow, grant_id)
    if row is None:
        raise NotFound(f"nobody asked for grant {grant_id}")
    if row.state != GrantState.PENDING:
        raise Conflict(f"grant {grant_id} has been decided already")
    return _grant(row, session.get_one(StaffRow, row.staff_id).name)


def decide(session: Session, grant_id: int, state: GrantState, *, by: str, now: datetime) -> None:
    """Granted or refused. Raises Conflict when somebody else was quicker."""
    decided = session.execute(
        update(RoleGrantRow)
        .where(RoleGrantRow.id == grant_id, RoleGrantRow.state == GrantState.PENDING)
        .values(state=state, decided_by=by, decided_at=now)
        .returning(RoleGrantRow.id)
    ).first()
    if decided is None:
        raise Conflict(f"grant {grant_id} has been decided already")


def _grant(row: RoleGrantRow, name: str) -> Grant:
    return Grant(
        id=row.id,
        staff_id=row.staff_id,
        staff_name=name,
        role=Role(row.role),
        area_code=row.area_code,
        reason=row.reason,
        requested_by=row.requested_by,
        requested_at=row.requested_at,
        state=GrantState(row.state),
    )
