"""When a broadcast may go out: its due times, quiet hours, still days, lead times, and what is too late.

An occurrence is a moment the schedule names. It may have to wait for the end of the quiet hours; it may not be
sent once it is stale: after a machine has stood still for a day, nobody wants yesterday's notice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from broadcasts.content import Content, Once, Schedule
from broadcasts.cron import occurrences, parse

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Quiet:
    """When nobody is disturbed, on Shanghai's clock. The hours may run over midnight; `still_days` are whole days
    (the eve and first day of Spring Festival, Qingming), which move with the moon and so are passed in.
    """

    starts: time = time(21, 30)
    ends: time = time(7, 0)
    still_days: frozenset[date] = frozenset()

    def covers(self, at: datetime) -> bool:
        """Whether a bulk message at this moment would disturb. Equal start and end mean no quiet hours."""
        local = at.astimezone(SHANGHAI)
        clock = local.time()
        if self.starts <= self.ends:
            in_hours = self.starts <= clock < self.ends
        else:
            in_hours = clock >= self.starts or clock < self.ends
        return in_hours or local.date() in self.still_days


def next_allowed(at: datetime, quiet: Quiet) -> datetime:
    """The first moment from `at` on that is not quiet, in UTC."""
    moment = at.astimezone(UTC)
    while quiet.covers(moment):
        local = moment.astimezone(SHANGHAI)
        boundaries = (
            datetime.combine(local.date() + timedelta(days=days), clock, tzinfo=SHANGHAI)
            for days in (0, 1)
            for clock in (time(0), quiet.ends)
        )
        moment = min(boundary for boundary in boundaries if boundary > local).astimezone(UTC)
    return moment


def due_times(schedule: Schedule, *, after: datetime, until: datetime) -> Iterator[datetime]:
    """The occurrences in (after, until], in order, in UTC. Raises BadSchedule on an unreadable cron expression."""
    if isinstance(schedule, Once):
        return iter((schedule.at.astimezone(UTC),) if after < schedule.at <= until else ())
    last = min(until, schedule.until)
    return occurrences(parse(schedule.cron), after=after, until=last, zone=SHANGHAI)


def ahead_of(festival_on: date, *, days: int, at: time) -> Once:
    """One sending, this many days before a festival: families decide about a banquet or a grave visit early."""
    return Once(datetime.combine(festival_on - timedelta(days=days), at, tzinfo=SHANGHAI))


class Late(StrEnum):
    """Why an occurrence is skipped and never sent."""

    EXPIRED = "validity_ended"
    MISSED = "missed_by_more_than_the_grace"


@dataclass(frozen=True, slots=True)
class SendNow:
    """The occurrence is due."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Not before this moment."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Skip:
    """Never: the reason goes into the record of the run."""

    reason: Late


def judge(
    occurrence: datetime, content: Content, *, now: datetime, quiet: Quiet, grace: timedelta
) -> SendNow | Wait | Skip:
    """What to do about one occurrence now. The grace counts from the moment it was first allowed to go out."""
    allowed = occurrence if content.urgent else next_allowed(occurrence, quiet)
    earliest = max(now, allowed)
    moment = earliest if content.urgent else next_allowed(earliest, quiet)
    if moment >= content.valid_until:
        return Skip(Late.EXPIRED)
    if moment - allowed > grace:
        return Skip(Late.MISSED)
    return SendNow() if moment <= now else Wait(moment)
