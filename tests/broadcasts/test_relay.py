"""Relay tasks: only a confirmation counts, and nobody is nagged."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcasts import relay
from broadcasts.calendar import Quiet
from broadcasts.errors import Incomplete, TransitionRefused
from broadcasts.relay import Coverage, Digest, RelayStatus, RelayTask
from tests.broadcasts.builders import NOW

HOUR = timedelta(hours=1)
NO_QUIET = Quiet(Quiet().starts, Quiet().starts)


def a_task(
    number: int = 1, *, worker: int = 7, status: RelayStatus = RelayStatus.OPEN, created_at: datetime = NOW
) -> RelayTask:
    return RelayTask(id=number, run_id=1, worker=worker, created_at=created_at, status=status)


def due(
    tasks: list[RelayTask], reminded_at: dict[int, list[datetime]] | None = None, *, now: datetime = NOW
) -> tuple[Digest, ...]:
    return relay.reminders_due(tasks, reminded_at or {}, now=now, patience=HOUR, quiet=NO_QUIET)


def test_a_worker_takes_a_task_and_confirms_it() -> None:
    claimed = relay.claim(a_task(), at=NOW)
    forwarded = relay.confirm(claimed, at=NOW + HOUR)

    assert (claimed.status, claimed.claimed_at) == (RelayStatus.CLAIMED, NOW)
    assert (forwarded.status, forwarded.confirmed_at) == (RelayStatus.FORWARDED, NOW + HOUR)
    assert not forwarded.is_undone


def test_a_worker_may_confirm_without_taking_the_task_first() -> None:
    assert relay.confirm(a_task(), at=NOW).status is RelayStatus.FORWARDED


def test_taking_or_confirming_twice_keeps_the_first_time() -> None:
    claimed = relay.claim(a_task(), at=NOW)
    forwarded = relay.confirm(claimed, at=NOW)

    assert relay.claim(claimed, at=NOW + HOUR) == claimed
    assert relay.confirm(forwarded, at=NOW + HOUR) == forwarded


def test_a_worker_who_cannot_says_why_and_may_still_manage_later() -> None:
    stuck = relay.cannot(relay.claim(a_task(), at=NOW), reason=" 群主不在 ")

    assert (stuck.status, stuck.reason) == (RelayStatus.CANNOT, "群主不在")
    assert relay.claim(stuck, at=NOW).reason == ""
    assert relay.confirm(stuck, at=NOW).status is RelayStatus.FORWARDED


def test_a_reason_given_later_takes_the_place_of_the_first() -> None:
    stuck = relay.cannot(relay.cannot(a_task(), reason="没说原因"), reason="群解散了")

    assert (stuck.status, stuck.reason) == (RelayStatus.CANNOT, "群解散了")


def test_cannot_without_a_reason_is_refused() -> None:
    with pytest.raises(Incomplete, match="why"):
        relay.cannot(a_task(), reason=" ")


@pytest.mark.parametrize(
    "step",
    [
        lambda task: relay.claim(task, at=NOW),
        lambda task: relay.confirm(task, at=NOW),
        lambda task: relay.cannot(task, reason="群主不在"),
        lambda task: relay.cancel(task, reason="已更正"),
        lambda task: relay.reminded(task, at=NOW),
    ],
)
def test_a_cancelled_task_takes_no_further_step(step: Callable[[RelayTask], RelayTask]) -> None:
    cancelled = relay.cancel(a_task(), reason="已更正")

    with pytest.raises(TransitionRefused, match="cancelled"):
        step(cancelled)


def test_what_was_forwarded_cannot_be_cancelled_or_undone() -> None:
    forwarded = relay.confirm(a_task(), at=NOW)

    with pytest.raises(TransitionRefused, match="forwarded"):
        relay.cancel(forwarded, reason="停")
    with pytest.raises(TransitionRefused, match="forwarded"):
        relay.cannot(forwarded, reason="没发")


def test_a_reminder_is_counted_on_the_task() -> None:
    task = relay.reminded(relay.reminded(a_task(), at=NOW), at=NOW + HOUR)

    assert (task.reminders, task.reminded_at) == (2, NOW + HOUR)


def test_a_worker_gets_one_digest_of_all_they_owe() -> None:
    old = NOW - 2 * HOUR
    tasks = [
        a_task(1, created_at=old),
        a_task(2, status=RelayStatus.CLAIMED, created_at=old),
        a_task(3, worker=8, created_at=old),
        a_task(4, created_at=NOW),
        a_task(5, status=RelayStatus.FORWARDED, created_at=old),
        a_task(6, status=RelayStatus.CANNOT, created_at=old),
    ]

    assert due(tasks) == (Digest(7, (1, 2)), Digest(8, (3,)))


@pytest.mark.parametrize(
    ("hours_ago", "allowed"),
    [
        ([0.9], False),
        ([1], True),
        ([1, 5], True),
        ([1, 5, 20], False),
        ([1, 5, 24], True),
        ([25, 26, 27], True),
    ],
)
def test_nobody_is_reminded_twice_in_an_hour_or_four_times_in_a_day(
    hours_ago: list[float], *, allowed: bool
) -> None:
    before = [NOW - HOUR * hours for hours in hours_ago]

    assert bool(due([a_task(created_at=NOW - 2 * HOUR)], {7: before})) is allowed


def test_another_workers_reminders_do_not_count() -> None:
    assert due([a_task(created_at=NOW - 2 * HOUR)], {8: [NOW]}) == (Digest(7, (1,)),)


def test_nobody_is_reminded_in_quiet_hours() -> None:
    midnight = NOW + 14 * HOUR

    assert relay.reminders_due([a_task()], {}, now=midnight, patience=HOUR, quiet=Quiet()) == ()
    assert relay.reminders_due([a_task()], {}, now=midnight + 10 * HOUR, patience=HOUR, quiet=Quiet()) != ()


@settings(deadline=None)
@given(pauses=st.lists(st.integers(1, 600), max_size=40))
def test_however_often_it_is_asked_a_worker_gets_at_most_three_reminders_in_24_hours(
    pauses: list[int],
) -> None:
    reminded: list[datetime] = []
    now = NOW
    for minutes in pauses:
        now += timedelta(minutes=minutes)
        if due([a_task(created_at=NOW - 2 * HOUR)], {7: reminded}, now=now):
            reminded.append(now)

    assert all(later - earlier >= HOUR for earlier, later in pairwise(reminded))
    assert all(later - earlier >= 24 * HOUR for earlier, later in zip(reminded, reminded[3:], strict=False))


def test_coverage_counts_confirmations_only() -> None:
    tasks = [a_task(number, status=status) for number, status in enumerate(RelayStatus)]

    covered = relay.coverage(tasks)

    assert covered == Coverage(forwarded=1, cannot=1, undone=2)
    assert covered.share == pytest.approx(0.25)


def test_without_tasks_nothing_is_covered() -> None:
    assert relay.coverage([]).share == pytest.approx(0)
