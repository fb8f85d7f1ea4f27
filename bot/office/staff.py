"""Accounts: opened, bound to an area, given a role, unlocked, closed.

Who may approve what goes out is made so by two administrators, and so is an administrator. Whoever's password or phone is
reset loses such a role until two have granted it again: otherwise one administrator could become anybody's second person.
Whoever is bound to an area has to do with the accounts bound to it, and with no other.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.access import GRANTED_BY_TWO, Permission, Role, covers
from bot.errors import Conflict, Forbidden, NotFound, Unacceptable
from bot.office.act import Act
from bot.store import grants, second_factor, staff, staff_sessions
from bot.store.grants import Grant, GrantState
from bot.store.pages import Page, Wanted
from bot.store.staff import LONGEST_NAME, FirstPassword, StaffMember

PASSWORD_BYTES = 12
# So long the first page of whoever opened an account tells of its first sign-in.
TOLD_OF = timedelta(days=7)
# What an account may do while a greater role waits for its second administrator.
MEANWHILE = Role.EDITOR


@dataclass(frozen=True, slots=True)
class Opened:
    """`password` is shown once, kept nowhere, and opens until `until`; `waits`: the role asked for needs a second
    administrator.
    """

    member: StaffMember
    password: str
    until: datetime
    waits: bool


def members(act: Act, role: Role | None, wanted: Wanted) -> Page[StaffMember]:
    """A page of accounts, closed ones too."""
    act.require(Permission.STAFF_READ)
    return staff.find_members(act.session, role, wanted, area_prefix=act.area_prefix)


def take_away(act: Act, role: Role | None) -> Callable[[Wanted], Page[StaffMember]]:
    """The same as a file, read page by page: it leaves one trace, however many there are."""
    act.require(Permission.STAFF_READ)
    act.note("staff.exported", "staff")
    return partial(members, act, role)


def one(act: Act, staff_id: int) -> StaffMember:
    """One account. Raises NotFound, also for one of elsewhere."""
    act.require(Permission.STAFF_READ)
    return _member(act, staff_id)


def waiting_grants(act: Act) -> tuple[Grant, ...]:
    """Roles that wait for a second administrator."""
    act.require(Permission.STAFF_READ)
    return tuple(grant for grant in grants.pending(act.session) if _is_here(act, grant))


def open_account(act: Act, name: str, role: Role, *, area_code: str | None, reason: str) -> Opened:
    """A new account with a first password. Raises Unacceptable, Forbidden beyond the member's area, and Conflict when the
    name is taken.
    """
    act.require(Permission.STAFF_WRITE)
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise Unacceptable({"name": f"has 1 to {LONGEST_NAME} characters"})
    _check_area(act, role, area_code)
    waits = role in GRANTED_BY_TWO
    password, first = secrets.token_urlsafe(PASSWORD_BYTES), _first(act)
    member = staff.add_staff(
        act.session,
        name,
        role=MEANWHILE if waits else role,
        password=password,
        now=act.now,
        area_code=area_code,
        first=first,
    )
    act.note("staff.added", f"staff {name}", reason=reason, detail={"role": member.role, "area": area_code})
    if waits:
        _ask(act, member, role, area_code, reason)
    return Opened(member, password, first.until, waits)


def change_role(act: Act, staff_id: int, role: Role, *, area_code: str | None, reason: str) -> bool:
    """Another role or area; whether it waits for a second administrator. Raises Unacceptable, NotFound, Conflict, and
    Forbidden beyond the member's area.
    """
    act.require(Permission.STAFF_WRITE)
    member = _member(act, staff_id)
    _check_area(act, role, area_code)
    if not reason.strip():
        raise Unacceptable({"reason": "say why; it stays in the audit trail"})
    if role in GRANTED_BY_TWO and not _is_within(member, role, area_code):
        _ask(act, member, role, area_code, reason)
        return True
    if role is not member.role or (area_code and not member.area_code):
        _keep_an_administrator(act, member)
    _assign(act, member, role, area_code, reason)
    return False


def decide_grant(act: Act, grant_id: int, *, granted: bool) -> None:
    """A second administrator's yes or no. Raises NotFound, Forbidden for the one who asked, and for whom it was asked."""
    act.require(Permission.STAFF_WRITE)
    grant = grants.find_pending(act.session, grant_id)
    if not _is_here(act, grant):
        raise NotFound(f"nobody asked for grant {grant_id}")
    if granted and act.member.name in {grant.requested_by, grant.staff_name}:
        raise Forbidden("a second administrator must grant it, for somebody else")
    state = GrantState.GRANTED if granted else GrantState.REFUSED
    grants.decide(act.session, grant_id, state, by=act.member.name, now=act.now)
    # Before the trail's turn, as whoever signs in takes the two.
    staff.hold(act.session, grant.staff_name)
    act.note(f"role.{state}", f"staff {grant.staff_name}", detail={"role": grant.role})
    if granted:
        _assign(act, _member(act, grant.staff_id), grant.role, grant.area_code, grant.reason)


def reset_access(act: Act, staff_id: int, *, reason: str) -> Opened:
    """A new first password, no phone, unlocked: for who lost them. Raises NotFound."""
    act.require(Permission.STAFF_WRITE)
    member = _member(act, staff_id)
    _not_oneself(act, member)
    password, first = secrets.token_urlsafe(PASSWORD_BYTES), _first(act)
    staff.reset_password(act.session, staff_id, password, first=first)
    second_factor.remove(act.session, staff_id)
    staff.forget_failures(act.session, staff_id)
    staff_sessions.end_all(act.session, staff_id)
    act.note("staff.access_reset", f"staff {member.name}", reason=reason)
    if member.role in GRANTED_BY_TWO:
        staff.assign_role(act.session, staff_id, MEANWHILE, area_code=member.area_code)
        _ask(act, member, member.role, member.area_code, reason)
    return Opened(member, password, first.until, waits=member.role in GRANTED_BY_TWO)


def unlock(act: Act, staff_id: int) -> None:
    """Let an account that rests after failures try again."""
    act.require(Permission.STAFF_WRITE)
    member = _member(act, staff_id)
    staff.forget_failures(act.session, staff_id)
    act.note("staff.unlocked", f"staff {member.name}")


def close_account(act: Act, staff_id: int, *, reason: str) -> None:
    """Close it for good; what it did stays in the audit trail. Raises Conflict for oneself and the last administrator."""
    act.require(Permission.STAFF_WRITE)
    member = _member(act, staff_id)
    _not_oneself(act, member)
    _keep_an_administrator(act, member)
    staff.disable_staff(act.session, member.name, now=act.now)
    staff_sessions.end_all(act.session, staff_id)
    act.note("staff.closed", f"staff {member.name}", reason=reason)


def first_sign_ins(act: Act) -> tuple[StaffMember, ...]:
    """Accounts that the member opened or reset and that were first used of late: was it whoever it was opened for?"""
    if not act.may(Permission.STAFF_WRITE):
        return ()
    return staff.first_sign_ins(act.session, act.member.name, since=act.now - TOLD_OF)


def _first(act: Act) -> FirstPassword:
    """Whoever opens an account knows its password: it is worth something for hours only."""
    hours = act.runtime.settings.console.first_sign_in_hours
    return FirstPassword(act.member.name, act.now + timedelta(hours=hours))


def _is_within(member: StaffMember, role: Role, area_code: str | None) -> bool:
    """Whether they have the role already, for all of this area: to be bound more closely takes nobody's grant."""
    return role is member.role and covers(member.area_code, area_code)


def _ask(act: Act, member: StaffMember, role: Role, area_code: str | None, reason: str) -> None:
    grants.ask(
        act.session, member.id, role, area_code=area_code, reason=reason, by=act.member.name, now=act.now
    )
    act.note("role.asked", f"staff {member.name}", reason=reason, detail={"role": role})


def _assign(act: Act, member: StaffMember, role: Role, area_code: str | None, reason: str) -> None:
    staff.assign_role(act.session, member.id, role, area_code=area_code)
    staff_sessions.end_all(act.session, member.id)
    detail = {"role": role, "area": area_code, "was": member.role}
    act.note("role.assigned", f"staff {member.name}", reason=reason, detail=detail)


def _member(act: Act, staff_id: int) -> StaffMember:
    member = staff.get_staff(act.session, staff_id)
    if member is None or not act.covers(member.area_code):
        raise NotFound("there is no such account")
    return member


def _is_here(act: Act, grant: Grant) -> bool:
    """Whether account and area asked for are both the member's to look after."""
    account = staff.get_staff(act.session, grant.staff_id)
    return account is not None and act.covers(account.area_code) and act.covers(grant.area_code)


def _check_area(act: Act, role: Role, area_code: str | None) -> None:
    staff.require_area(act.session, role, area_code)
    act.require_area(area_code or None)


def _not_oneself(act: Act, member: StaffMember) -> None:
    if member.id == act.member.id:
        raise Conflict("another administrator must do that for your own account")


def _keep_an_administrator(act: Act, member: StaffMember) -> None:
    """Somebody stays who looks after every account, not only after a county's."""
    everywhere = member.area_code is None
    left = staff.count_staff(act.session, Role.ADMINISTRATOR, everywhere=everywhere)
    if member.role is Role.ADMINISTRATOR and left == 1:
        raise Conflict("this is the last administrator; make another one first")
