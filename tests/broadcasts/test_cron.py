"""Cron expressions: what they mean, minute by minute, and what is refused."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcasts.calendar import SHANGHAI
from broadcasts.cron import occurrences, parse
from broadcasts.errors import BadSchedule

RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))


def local_times(expression: str, *, after: datetime, until: datetime) -> list[str]:
    moments = occurrences(parse(expression), after=after, until=until, zone=SHANGHAI)
    return [moment.astimezone(SHANGHAI).strftime("%a %m-%d %H:%M") for moment in moments]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("30 8 * * *", ["Mon 02-28 08:30", "Tue 03-01 08:30", "Wed 03-02 08:30"]),
        ("0 8,20 1 * *", ["Tue 03-01 08:00", "Tue 03-01 20:00"]),
        ("0 */12 * * 2", ["Tue 03-01 00:00", "Tue 03-01 12:00"]),
        ("0 9-17/4 * 3 2", ["Tue 03-01 09:00", "Tue 03-01 13:00", "Tue 03-01 17:00"]),
        ("0 8 * * 3-7", ["Wed 03-02 08:00"]),
        ("0 8 28 * 3", ["Mon 02-28 08:00", "Wed 03-02 08:00"]),
        ("0 8 */27 * 1", ["Mon 02-28 08:00"]),
        ("0 8 * 4 *", []),
    ],
)
def test_an_expression_names_these_times_on_shanghais_clock(expression: str, expected: list[str]) -> None:
    first = datetime(2022, 2, 28, 0, 0, tzinfo=SHANGHAI)
    last = datetime(2022, 3, 2, 23, 59, tzinfo=SHANGHAI)

    assert local_times(expression, after=first - timedelta(minutes=1), until=last) == expected


def test_sunday_is_nought_and_seven() -> None:
    assert parse("0 8 * * 0") == parse("0 8 * * 7")


def test_the_first_moment_is_left_out_and_the_last_is_in() -> None:
    at = datetime(2022, 7, 12, 8, 0, tzinfo=SHANGHAI)

    assert local_times("0 8 * * *", after=at, until=at + timedelta(days=1)) == ["Wed 07-13 08:00"]


def test_the_29th_of_february_comes_in_leap_years_only() -> None:
    start = datetime(2021, 1, 1, tzinfo=UTC)

    moments = list(
        occurrences(parse("0 8 29 2 *"), after=start, until=datetime(2029, 1, 1, tzinfo=UTC), zone=SHANGHAI)
    )

    assert [moment.year for moment in moments] == [2024, 2028]


def test_an_hour_that_a_clock_change_skips_does_not_occur() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2022, 3, 26, 12, 0, tzinfo=UTC)

    moments = occurrences(parse("30 2 * * *"), after=start, until=start + timedelta(days=2), zone=berlin)

    assert [moment.astimezone(berlin).day for moment in moments] == [28]


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("0 8 * *", "five fields"),
        ("", "five fields"),
        ("@daily", "five fields"),
        ("60 8 * * *", "minute '60' is outside"),
        ("0 24 * * *", "hour"),
        ("0 8 0 * *", "day"),
        ("0 8 * 13 *", "month"),
        ("0 8 * * 8", "weekday"),
        ("0 8 * * MON", "weekday 'MON' is not"),
        ("0 17-9 * * *", "runs backwards"),
        ("*/0 8 * * *", "stands still"),
        ("5/10 8 * * *", "write 5-59/10"),
        ("0 8,, * * *", "hour '' is not"),
        ("０ 8 * * *", "minute"),
        ("-5 8 * * *", "minute"),
        ("0 8 30 2 *", "never come"),
        ("0 8 31 4,6,9,11 *", "never come"),
    ],
)
def test_an_expression_that_cannot_be_read_names_its_fault(expression: str, reason: str) -> None:
    with pytest.raises(BadSchedule, match=reason):
        parse(expression)


def test_a_day_that_never_comes_is_fine_beside_a_weekday_that_does() -> None:
    assert parse("0 8 30 2 1").either_day


def _field(low: int, high: int) -> st.SearchStrategy[tuple[str, frozenset[int]]]:
    """A field's text and, worked out apart, the numbers it must mean."""
    span = st.tuples(st.integers(low, high), st.integers(low, high), st.integers(1, high)).map(
        lambda drawn: (*sorted(drawn[:2]), drawn[2])
    )
    part = st.one_of(
        st.integers(low, high).map(lambda number: (str(number), {number})),
        span.map(
            lambda s: (f"{s[0]}-{s[1]}/{s[2]}", {n for n in range(s[0], s[1] + 1) if (n - s[0]) % s[2] == 0})
        ),
    )
    several = st.lists(part, min_size=1, max_size=3).map(
        lambda parts: (",".join(text for text, _ in parts), frozenset().union(*(found for _, found in parts)))
    )
    everything = st.just(("*", frozenset(range(low, high + 1))))
    steps = st.integers(1, high).map(
        lambda step: (f"*/{step}", frozenset(n for n in range(low, high + 1) if (n - low) % step == 0))
    )
    return st.one_of(everything, everything, everything, steps, several)


@settings(deadline=None)
@given(
    fields=st.tuples(*(_field(low, high) for low, high in RANGES)),
    after=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001 - Hypothesis wants bounds without a zone
    minutes=st.integers(0, 3 * 24 * 60),
)
def test_the_occurrences_are_those_found_by_trying_every_minute(
    fields: tuple[tuple[str, frozenset[int]], ...], after: datetime, minutes: int
) -> None:
    start = after.replace(tzinfo=UTC)
    until = start + timedelta(minutes=minutes)
    texts, (minute, hour, day, month, weekday) = zip(*fields, strict=True)
    either = not texts[2].startswith("*") and not texts[4].startswith("*")
    try:
        cron = parse(" ".join(texts))
    except BadSchedule:
        longest = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
        assert all(min(day) > longest.get(number, 31) for number in month)
        return

    expected = []
    moment = start.replace(second=0, microsecond=0)
    while moment <= until:
        wall = moment.astimezone(SHANGHAI)
        by_day, by_weekday = wall.day in day, wall.isoweekday() in weekday or wall.isoweekday() % 7 in weekday
        on_day = (by_day or by_weekday) if either else (by_day and by_weekday)
        if moment > start and wall.minute in minute and wall.hour in hour and wall.month in month and on_day:
            expected.append(moment)
        moment += timedelta(minutes=1)

    assert list(occurrences(cron, after=start, until=until, zone=SHANGHAI)) == expected
