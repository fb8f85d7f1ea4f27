"""How a staff member gets in: name and password, then the code of the phone; and what they may do with their own account.

Every way in and every failure leaves a trace. Whether the name exists is not told: wrong name, wrong password and closed
account look alike.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from bot.errors import Unacceptable
from bot.office.act import Act
from bot.runtime import Runtime
from bot.store import audit, second_factor, staff, staff_sessions
from bot.store.engine import Session
from bot.store.staff import LockOut, StaffMember


class Refusal(StrEnum):
    """Why somebody did not get in. `RESTING`: too many failures, whoever it is. `TOO_LATE`: with a first password that was
    not used in time. `FIRST`: with one that opens the console and signs nothing.
    """

    WRONG = "wrong"
    RESTING = "resting"
    TOO_LATE = "too_late"
    FIRST = "first"


def check_password(
    session: Session, runtime: Runtime, name: str, password: str, *, now: datetime
) -> StaffMember | Refusal:
    """The staff member, who may still owe a code; or why not."""
    return _first_step(session, _recognised(session, runtime, name, password, now), now)


def check_signature(
    session: Session, runtime: Runtime, name: str, password: str, *, now: datetime
) -> StaffMember | Refusal:
    """The same in a terminal, where a first password gets nowhere: whoever opened the account knows it, too. It does not count
    as used by that.
    """
    member = _recognised(session, runtime, name, password, now)
    if isinstance(member, StaffMember) and member.password_changed_at is None:
        _trace(session, member.name, "sign_in.refused", now, reason="first password signs nothing")
        return Refusal.FIRST
    return _first_step(session, member, now)


def check_code(
    session: Session, runtime: Runtime, staff_id: int, code: str, *, sessions_ended: int, now: datetime
) -> StaffMember | Refusal:
    """The second step. The password was right, when every browser had been signed out `sessions_ended` times; a wrong code
    counts like a wrong password.
    """
    found = staff.get_staff(session, staff_id)
    known = staff.hold(session, found.name) if found else None
    if known is None or known.disabled_at is not None or known.sessions_ended != sessions_ended:
        return Refusal.WRONG
    if _rests(session, known, now):
        return Refusal.RESTING
    if not second_factor.check(session, staff_id, code, vault=runtime.vault, now=now):
        return _failed(session, runtime, known, now)
    _got_in(session, known, now)
    return known


def change_own_password(act: Act, *, current: str, new: str) -> StaffMember:
    """Another password; every other browser is signed out. Raises Unacceptable."""
    if staff.authenticate(act.session, act.member.name, password=current) is None:
        raise Unacceptable({"current": "is not the password of this account"})
    if current == new:
        raise Unacceptable({"new": "is the old one; choose another"})
    if len(new) < staff.SHORTEST_PASSWORD:
        raise Unacceptable({"new": f"must have at least {staff.SHORTEST_PASSWORD} characters"})
    staff_sessions.end_all(act.session, act.member.id)
    # After that: this browser goes on with the account as it is once all the others have been signed out.
    changed = staff.change_password(act.session, act.member.id, new, now=act.now)
    act.note("password.changed", f"staff {act.member.name}")
    return changed


def set_up_second_factor(act: Act, *, secret: str, code: str) -> None:
    """Take a phone into use. Raises Unacceptable when it does not show the right code."""
    confirmed = second_factor.confirm(
        act.session, act.member.id, secret, code, vault=act.runtime.vault, now=act.now
    )
    if not confirmed:
        raise Unacceptable(
            {"code": "is not what the phone should show now; check its clock and try the next one"}
        )
    act.note("second_factor.set_up", f"staff {act.member.name}")


def _recognised(
    session: Session, runtime: Runtime, name: str, password: str, now: datetime
) -> StaffMember | Refusal:
    """Whose password it is; a wrong one is counted."""
    if _rests(session, staff.find_staff(session, name), now):
        return Refusal.RESTING
    member = staff.authenticate(session, name, password=password)
    # Of many at the same moment each has looked before any failed: looked at once more, now that they come one by one.
    known = staff.hold(session, name)
    if _rests(session, known, now):
        return Refusal.RESTING
    if member is None:
        return _failed(session, runtime, known, now)
    if member.is_shut_out(now):
        _trace(session, member.name, "sign_in.refused", now, reason="first password not used in time")
        return Refusal.TOO_LATE
    return member


def _first_step(session: Session, member: StaffMember | Refusal, now: datetime) -> StaffMember | Refusal:
    """Whoever owes no code is in."""
    if isinstance(member, StaffMember) and not member.has_second_factor:
        _got_in(session, member, now)
    return member


def _rests(session: Session, known: StaffMember | None, now: datetime) -> bool:
    """Whether there were too many failures; that somebody tried all the same leaves a trace."""
    if known is None or known.locked_until is None or known.locked_until <= now:
        return False
    _trace(session, known.name, "sign_in.refused", now, reason="resting")
    return True


def _failed(session: Session, runtime: Runtime, known: StaffMember | None, now: datetime) -> Refusal:
    if known is None:
        return Refusal.WRONG
    console = runtime.settings.console
    lock_out = LockOut(console.lock_out_after, timedelta(minutes=console.lock_out_minutes))
    rests = staff.count_failure(session, known.name, lock_out=lock_out, now=now)
    _trace(session, known.name, "sign_in.locked" if rests else "sign_in.failed", now)
    return Refusal.RESTING if rests else Refusal.WRONG


def _got_in(session: Session, member: StaffMember, now: datetime) -> None:
    """The account's row before the trail's turn, as everywhere: else two wait for each other for ever."""
    staff.forget_failures(session, member.id)
    is_first = staff.note_first_sign_in(session, member.id, now=now)
    _trace(session, member.name, "sign_in", now)
    if is_first:
        _trace(session, member.name, "sign_in.first", now)


def _trace(session: Session, name: str, action: str, now: datetime, *, reason: str = "") -> None:
    detail = {"reason": reason} if reason else {}
    audit.record(session, at=now, actor=name, action=action, subject=f"staff {name}", detail=detail)
