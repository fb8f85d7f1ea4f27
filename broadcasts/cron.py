"""When a recurring broadcast falls due: five-field cron, read on the wall clock of one time zone.

Our own evaluator, because this package may not import a scheduler and because what a second person approves
must mean the same on every machine. Fields: minute, hour, day of month, month, weekday (0 and 7 are Sunday);
each `*`, a number, a range `a-b`, a step `*/n` or `a-b/n`, or a list of those. As in crontab(5): when day of
month and weekday are both restricted, either one matching is enough.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import product
from zoneinfo import ZoneInfo

from broadcasts.errors import BadSchedule

_PART = re.compile(r"(?:\*|(?P<first>\d{1,2})(?:-(?P<last>\d{1,2}))?)(?:/(?P<step>\d{1,2}))?", re.ASCII)
_LONGEST_MONTHS = {4: 30, 6: 30, 9: 30, 11: 30, 2: 29}


@dataclass(frozen=True, slots=True)
class _Field:
    """One of the five: what it is called and the numbers it may hold."""

    name: str
    lowest: int
    highest: int


_FIELDS = (
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _Field("day", 1, 31),
    _Field("month", 1, 12),
    _Field("weekday", 0, 7),
)


@dataclass(frozen=True, slots=True)
class Cron:
    """A parsed expression. Weekdays run 0 (Sunday) to 6; `either_day` is crontab's rule for two restricted days."""

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    either_day: bool

    def falls_on(self, day: date) -> bool:
        """Whether anything is due on this calendar day."""
        if day.month not in self.months:
            return False
        by_number, by_weekday = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        return by_number or by_weekday if self.either_day else by_number and by_weekday


def parse(expression: str) -> Cron:
    """The expression's meaning. Raises BadSchedule naming the field that is wrong, or that it never comes."""
    texts = expression.split()
    if len(texts) != len(_FIELDS):
        raise BadSchedule(
            f"A cron schedule has five fields (minute hour day month weekday), not {len(texts)}."
        )
    minutes, hours, days, months, weekdays = (
        _numbers(text, field=field) for text, field in zip(texts, _FIELDS, strict=True)
    )
    either_day = not texts[2].startswith("*") and not texts[4].startswith("*")
    if not either_day and all(min(days) > _LONGEST_MONTHS.get(month, 31) for month in months):
        raise BadSchedule(
            f"Day {min(days)} does not exist in the months of this schedule: it would never come."
        )
    return Cron(minutes, hours, days, months, frozenset(number % 7 for number in weekdays), either_day)


def occurrences(cron: Cron, *, after: datetime, until: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Its moments in (after, until], in order, in UTC. A wall-clock time that a clock change skips does not occur."""
    first, last = after.astimezone(zone).toordinal(), until.astimezone(zone).toordinal()
    clock_times = [time(hour, minute) for hour, minute in product(sorted(cron.hours), sorted(cron.minutes))]
    for day in filter(cron.falls_on, map(date.fromordinal, range(first, last + 1))):
        for clock_time in clock_times:
            local = datetime.combine(day, clock_time, tzinfo=zone)
            moment = local.astimezone(UTC)
            if after < moment <= until and moment.astimezone(zone).time() == clock_time:
                yield moment


def _numbers(text: str, *, field: _Field) -> frozenset[int]:
    return frozenset().union(*(_span(part, field=field) for part in text.split(",")))


def _span(part: str, *, field: _Field) -> range:
    found = _PART.fullmatch(part)
    if found is None:
        raise BadSchedule(f"The {field.name} {part!r} is not *, a number, a-b, */n or a-b/n.")
    first, last, step = found["first"], found["last"], found["step"]
    if step and first and not last:
        raise BadSchedule(
            f"The {field.name} {part!r} has a step but no range; write {first}-{field.highest}/{step}."
        )
    low = int(first) if first else field.lowest
    high = int(last or first) if first else field.highest
    if not field.lowest <= low <= high <= field.highest or (step and int(step) == 0):
        raise BadSchedule(
            f"The {field.name} {part!r} is outside {field.lowest}-{field.highest}, runs backwards or stands still."
        )
    return range(low, high + 1, int(step or 1))
