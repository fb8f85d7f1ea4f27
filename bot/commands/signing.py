"""Who signs for a step: a staff member with a password, a role that allows it, and the place it touches in their area."""

from collections.abc import Callable, Mapping
from typing import TypeVar

import click

from bot.access import GRANTED, Permission, covers
from bot.commands.entry import Entry
from bot.errors import Conflict, Forbidden
from bot.store import audit
from bot.store.engine import Session
from bot.store.staff import StaffMember, authenticate

Command = TypeVar("Command", bound=Callable[..., object])


def signed_option(command: Command) -> Command:
    """--by NAME and a password, asked for without showing it."""
    command = click.option(
        "--password",
        prompt=True,
        hide_input=True,
        envvar="DINGXIN_STAFF_PASSWORD",
        help="Asked for when not given; also from $DINGXIN_STAFF_PASSWORD.",
    )(command)
    return click.option("--by", "name", required=True, help="Name of the staff member who does this.")(
        command
    )


def sign(session: Session, name: str, *, password: str, needs: Permission) -> StaffMember:
    """The staff member who signs for what needs this right. Raises Conflict when the password is wrong, is one that whoever opened the account knows
    (used in time or not), or the role does not allow it.
    """
    member = authenticate(session, name, password=password)
    if member is None:
        raise Conflict("name or password is wrong")
    if member.password_changed_at is None:
        raise Conflict(
            f"{member.name} has a first password; choose a password of your own in the console first"
        )
    if member.role not in GRANTED[needs]:
        roles = ", ".join(sorted(role.value for role in GRANTED[needs]))
        raise Conflict(f"{member.name} is {member.role.value}; this takes one of: {roles}")
    return member


def require_area(member: StaffMember, *places: str | None) -> None:
    """Raises Forbidden when one of them lies outside the member's area, or nobody knows where."""
    if not all(covers(member.area_code, place) for place in places):
        raise Forbidden("this lies outside the area of the account")


def note(
    session: Session,
    entry: Entry,
    member: StaffMember,
    *,
    action: str,
    subject: str,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Write the step into the audit trail."""
    audit.record(session, at=entry.clock(), actor=member.name, action=action, subject=subject, detail=detail)
