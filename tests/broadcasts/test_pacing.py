"""Budgets per minute: exact, never more than the limit in any minute, with room kept for replies."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcasts.pacing import Lane, budget
from tests.broadcasts.builders import NOW

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def test_a_webhook_sends_one_and_the_next_after_three_seconds() -> None:
    first, rest = budget(20, at=NOW).take(3, at=NOW, lane=Lane.REPLY)
    too_soon, rest = rest.take(1, at=NOW + SECOND * 3, lane=Lane.REPLY)
    later, _ = rest.take(1, at=NOW + SECOND * 3.2, lane=Lane.REPLY)

    assert (first, too_soon, later) == (1, 0, 1)


def test_bulk_leaves_a_fifth_of_the_burst_for_replies() -> None:
    bulk, rest = budget(100, at=NOW, burst=50).take(50, at=NOW, lane=Lane.BULK)
    reply, _ = rest.take(50, at=NOW, lane=Lane.REPLY)

    assert (bulk, reply) == (40, 10)


def test_replies_leave_nothing_for_bulk_when_there_is_nothing_left() -> None:
    _, rest = budget(100, at=NOW, burst=50).take(50, at=NOW, lane=Lane.REPLY)

    assert rest.take(1, at=NOW, lane=Lane.BULK)[0] == 0


def test_a_clock_that_runs_backwards_refills_nothing() -> None:
    _, rest = budget(20, at=NOW).take(1, at=NOW, lane=Lane.REPLY)
    granted, rest = rest.take(1, at=NOW - MINUTE, lane=Lane.REPLY)

    assert granted == 0
    assert rest.all.filled_at == NOW


def test_a_long_pause_fills_the_budget_no_further_than_its_burst() -> None:
    _, rest = budget(60, at=NOW, burst=10).take(10, at=NOW, lane=Lane.REPLY)

    assert rest.take(99, at=NOW + timedelta(days=3), lane=Lane.REPLY)[0] == 10


def test_a_negative_number_of_messages_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        budget(20, at=NOW).take(-1, at=NOW, lane=Lane.BULK)


@pytest.mark.parametrize(
    ("limit", "burst", "percent"), [(1, 1, 80), (20, 20, 80), (20, 0, 80), (20, 1, 0), (20, 1, 101)]
)
def test_a_budget_that_makes_no_sense_is_refused(limit: int, burst: int, percent: int) -> None:
    with pytest.raises(ValueError, match="budget"):
        budget(limit, at=NOW, burst=burst, bulk_percent=percent)


@settings(deadline=None)
@given(
    limit=st.integers(2, 120),
    burst=st.integers(1, 119),
    asks=st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 20_000_000), st.sampled_from(Lane)), max_size=60
    ),
)
def test_no_minute_carries_more_than_the_limit_and_bulk_no_more_than_its_share(
    limit: int, burst: int, asks: list[tuple[int, int, Lane]]
) -> None:
    left = budget(limit, at=NOW, burst=min(burst, limit - 1))
    now, sent = NOW, list[tuple[datetime, int, Lane]]()
    for messages, pause, lane in asks:
        now += timedelta(microseconds=pause)
        granted, left = left.take(messages, at=now, lane=lane)
        sent.append((now, granted, lane))
        assert 0 <= granted <= messages

    for start, _, _ in sent:
        minute = [(granted, lane) for at, granted, lane in sent if start <= at < start + MINUTE]
        assert sum(granted for granted, _ in minute) <= limit
        bulk = sum(granted for granted, lane in minute if lane is Lane.BULK)
        assert bulk <= max(2, limit * 80 // 100)
