"""Open claims by the clock: how far each has come, whose time ran out, what suddenly everybody tells.

What runs out gives its askers a dated word, each once a day named; what is urgent, late or sudden goes to the office's own
group. Looked at by the scheduler every minute, and when somebody says how much harm a claim does.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.messages import Work
from bot.runtime import Runtime
from bot.store import audit, claim_actions, claim_clocks
from bot.store.claim_actions import ActionKind
from bot.store.claim_curve import counts_between
from bot.store.claim_files import ClaimFile, hold_file, mark_untold, save_clocks
from bot.store.engine import Session
from bot.store.office_alerts import OfficeAlert, raise_office_alert
from broadcasts.calendar import Quiet
from knowledge.review import OPEN
from knowledge.risk import CLOCKS, Reach, Risk, assess, is_burst, look_again_after

DAYS = 7
HOUR = timedelta(hours=1)
# A claim nobody can settle is no reason to write to its askers for ever.
MOST_HOLDING_ANSWERS = 3
AT_ONCE = 200
# A scheduler that stood still this long finds what came meanwhile.
LOOKS_BACK = timedelta(minutes=15)
URGENT = frozenset({Risk.HIGH, Risk.CRITICAL})


def watch_claims(runtime: Runtime) -> None:
    """The scheduler's look at what is open."""
    now = runtime.clock()
    with runtime.database.reading() as session:
        late = claim_clocks.run_out(session, now=now, limit=AT_ONCE)
        told_of = claim_clocks.reported_since(session, now - LOOKS_BACK, limit=AT_ONCE)
    for claim_id in told_of:
        with runtime.database.transaction() as session:
            _look_at_spread(session, runtime, claim_id, now)
    held = 0
    for claim_id in late:
        with runtime.database.transaction() as session:
            held += _hold(session, runtime, claim_id, now)
    if held:
        runtime.enqueue(Work.VERDICTS)


def reach_now(
    session: Session, claim_id: str, *, now: datetime, zone: ZoneInfo, within: str | None = None
) -> Reach:
    """How far a claim has come, by the days of the service's time zone. `within`: in this area alone."""
    return claim_clocks.reach_of(session, claim_id, day_bounds(now, zone, days=DAYS), within=within)


def day_bounds(now: datetime, zone: ZoneInfo, *, days: int) -> tuple[datetime, ...]:
    """The beginnings of the last so many days, today's the last of them, and the end of today."""
    today = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return tuple(today + timedelta(days=number) for number in range(1 - days, 2))


def assessed(file: ClaimFile, reach: Reach, *, now: datetime) -> ClaimFile:
    """With the risk the matrix gives. A clock is set anew when the risk is another; it never gives more time than is left.

    A risk that a person set stays.
    """
    if file.harm is None or file.risk_reason:
        return file
    risk = assess(file.harm, reach)
    return file if risk is file.risk else with_risk(file, risk, now=now)


def with_risk(file: ClaimFile, risk: Risk, *, now: datetime) -> ClaimFile:
    """The clock of a risk runs from when the claim came in, and gives nobody less than a quarter of it from now on."""
    since = file.opened_at or now
    due_at = max(since + CLOCKS[risk], now + CLOCKS[risk] / 4)
    return replace(file, risk=risk, due_at=due_at)


def tell_office_of_risk(session: Session, file: ClaimFile, *, now: datetime) -> None:
    """A new high risk, once."""
    if file.risk in URGENT and file.state in OPEN:
        raise_office_alert(session, OfficeAlert.HIGH_RISK, f"claim {file.id}", now=now)


def _look_at_spread(session: Session, runtime: Runtime, claim_id: str, now: datetime) -> None:
    zone = runtime.settings.service.zone
    file = hold_file(session, claim_id)
    if file.state not in OPEN:
        return
    before, last_hour = counts_between(session, claim_id, (now - timedelta(days=1), now - HOUR, now + HOUR))
    if is_burst(last_hour, before):
        day = f"{now.astimezone(zone):%Y-%m-%d}"
        raise_office_alert(session, OfficeAlert.BURST, f"claim {claim_id} {day}", now=now)
    again = assessed(file, reach_now(session, claim_id, now=now, zone=zone), now=now)
    if again is not file:
        save_clocks(session, again)
        tell_office_of_risk(session, again, now=now)


def _hold(session: Session, runtime: Runtime, claim_id: str, now: datetime) -> int:
    """Name the day we look again; 1 when the askers are to hear of it."""
    file = hold_file(session, claim_id)
    if not file.is_overdue(now) or (file.look_again_at or now) > now:
        return 0
    due = f"{file.due_at:%Y-%m-%dT%H:%M}" if file.due_at else ""
    raise_office_alert(session, OfficeAlert.OVERDUE, f"claim {claim_id} {due}", now=now)
    hours = runtime.settings.broadcasts.quiet_hours
    if Quiet(hours.starts_at, hours.ends_at).covers(now):
        return 0
    zone = runtime.settings.service.zone
    look_again_at = _full_hour(now + look_again_after(file.risk))
    save_clocks(session, replace(file, look_again_at=look_again_at))
    if claim_actions.count_actions(session, claim_id, ActionKind.HOLDING) >= MOST_HOLDING_ANSWERS:
        return 0
    mark_untold(session, claim_id, now=now)
    day = f"{look_again_at.astimezone(zone):%Y-%m-%d %H:%M}"
    claim_actions.add_action(session, claim_id, ActionKind.HOLDING, by=audit.SCHEDULER, now=now, detail=day)
    return 1


def _full_hour(at: datetime) -> datetime:
    whole = at.replace(minute=0, second=0, microsecond=0)
    return whole if whole == at else whole + HOUR
