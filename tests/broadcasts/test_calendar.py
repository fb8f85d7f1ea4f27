"""Quiet hours, still days, lead times, and what is too late to send."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcasts.calendar import (
    SHANGHAI,
    Late,
    Quiet,
    SendNow,
    Skip,
    Wait,
    ahead_of,
    due_times,
    judge,
    next_allowed,
)
from broadcasts.content import Once, Recurring
from tests.broadcasts.builders import DUE, END, NOW, a_content

NIGHT = Quiet()
GRACE = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def shanghai(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2022, 7, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("at", "allowed"),
    [
        (shanghai(12, 21, 29), shanghai(12, 21, 29)),
        (shanghai(12, 21, 30), shanghai(13, 7)),
        (shanghai(13, 0), shanghai(13, 7)),
        (shanghai(13, 6, 59), shanghai(13, 7)),
        (shanghai(13, 7), shanghai(13, 7)),
    ],
)
def test_the_night_waits_for_seven_oclock(at: datetime, allowed: datetime) -> None:
    assert next_allowed(at, NIGHT) == allowed


def test_quiet_hours_within_one_day_end_that_day() -> None:
    siesta = Quiet(time(12), time(14, 30))

    assert next_allowed(shanghai(12, 13), siesta) == shanghai(12, 14, 30)
    assert not siesta.covers(shanghai(12, 23))


def test_without_quiet_hours_every_moment_is_allowed() -> None:
    assert not Quiet(time(8), time(8)).covers(shanghai(12, 8))


def test_a_still_day_is_quiet_as_a_whole_and_ends_with_the_night_after_it() -> None:
    quiet = Quiet(still_days=frozenset({date(2022, 7, 13), date(2022, 7, 14)}))

    assert next_allowed(shanghai(13, 12), quiet) == shanghai(15, 7)


def test_a_still_day_without_quiet_hours_ends_at_midnight() -> None:
    quiet = Quiet(time(0), time(0), frozenset({date(2022, 7, 13)}))

    assert next_allowed(shanghai(13, 12), quiet) == shanghai(14, 0)


@settings(deadline=None)
@given(
    at=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds have none
    quiet=st.builds(
        Quiet,
        st.times().map(lambda clock: clock.replace(second=0, microsecond=0)),
        st.times().map(lambda clock: clock.replace(second=0, microsecond=0)),
    ),
)
def test_the_next_allowed_moment_is_allowed_and_everything_before_it_is_quiet(
    at: datetime, quiet: Quiet
) -> None:
    allowed = next_allowed(at, quiet)

    assert not quiet.covers(allowed)
    assert at <= allowed <= at + timedelta(days=1)
    assert allowed == at or quiet.covers(allowed - timedelta(microseconds=1))
    assert all(quiet.covers(at + (allowed - at) * tenth / 10) for tenth in range(10) if allowed > at)


def test_a_single_sending_falls_due_once() -> None:
    assert list(due_times(Once(DUE), after=NOW, until=END)) == [DUE]
    assert list(due_times(Once(DUE), after=DUE, until=END)) == []
    assert list(due_times(Once(DUE), after=NOW, until=DUE - MINUTE)) == []


def test_a_recurring_sending_falls_due_until_its_own_end() -> None:
    schedule = Recurring("0 12 * * *", DUE + timedelta(days=1))

    assert list(due_times(schedule, after=NOW, until=END)) == [DUE, DUE + timedelta(days=1)]


def test_a_recurring_sending_falls_due_no_longer_than_asked() -> None:
    schedule = Recurring("0 12 * * *", END)

    assert list(due_times(schedule, after=NOW, until=DUE)) == [DUE]


def test_guidance_goes_out_days_before_a_festival() -> None:
    assert ahead_of(date(2023, 4, 5), days=7, at=time(9)) == Once(datetime(2023, 3, 29, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (DUE - MINUTE, Wait(DUE)),
        (DUE, SendNow()),
        (DUE + GRACE, SendNow()),
        (DUE + GRACE + MINUTE, Skip(Late.MISSED)),
        (END, Skip(Late.EXPIRED)),
    ],
)
def test_an_occurrence_is_sent_within_its_grace_and_never_stale(
    now: datetime, expected: SendNow | Wait | Skip
) -> None:
    assert judge(DUE, a_content(), now=now, quiet=NIGHT, grace=GRACE) == expected


LATE_EVENING = shanghai(12, 22)
MORNING = shanghai(13, 7)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (LATE_EVENING, Wait(MORNING)),
        (MORNING, SendNow()),
        (MORNING + GRACE, SendNow()),
        (MORNING + GRACE + MINUTE, Skip(Late.MISSED)),
    ],
)
def test_an_occurrence_in_the_night_waits_for_morning_and_its_grace_begins_there(
    now: datetime, expected: SendNow | Wait | Skip
) -> None:
    assert judge(LATE_EVENING, a_content(), now=now, quiet=NIGHT, grace=GRACE) == expected


def test_what_is_urgent_breaks_the_night() -> None:
    urgent = a_content(urgent=True)

    assert judge(LATE_EVENING, urgent, now=LATE_EVENING, quiet=NIGHT, grace=GRACE) == SendNow()


def test_what_would_expire_before_morning_is_skipped_at_once() -> None:
    content = a_content(valid_until=MORNING)

    assert judge(LATE_EVENING, content, now=LATE_EVENING, quiet=NIGHT, grace=GRACE) == Skip(Late.EXPIRED)


def test_what_missed_the_evening_and_would_be_stale_by_morning_is_skipped() -> None:
    evening = shanghai(12, 21, 15)

    assert judge(evening, a_content(), now=shanghai(12, 21, 45), quiet=NIGHT, grace=GRACE) == Skip(
        Late.MISSED
    )
    assert judge(
        evening, a_content(), now=shanghai(12, 21, 45), quiet=NIGHT, grace=timedelta(hours=12)
    ) == Wait(MORNING)
