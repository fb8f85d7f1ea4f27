"""How a broadcast ends: settled, carried, out of date; and how a recurring one rests until the next time."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.planning import close_finished, plan_due
from bot.runtime import Runtime
from bot.store import relay_tasks
from bot.store.engine import Database
from bot.store.outbox import DatabaseOutbox
from broadcasts import relay
from broadcasts.broadcast import Status
from broadcasts.content import Channel, Recurring
from broadcasts.outcome import Accepted
from tests.bot.offices import VAULT, an_office, approved, followers, stored, tasks, to_village, worker
from tests.bot.places import HEPING
from tests.bot.store.people import statuses
from tests.broadcasts.builders import DUE, END, a_content
from tests.clocks import TestClock

NOON = DUE


@pytest.fixture
def clock() -> TestClock:
    return TestClock(NOON)


@pytest.fixture
def office(sqlite: Database, tmp_path: Path, clock: TestClock) -> Runtime:
    return an_office(sqlite, tmp_path, clock)


def everything_sent(runtime: Runtime) -> None:
    mine = DatabaseOutbox(runtime.database, VAULT)
    while batch := mine.claim(now=runtime.clock()):
        mine.record(batch, Accepted("m1"), now=runtime.clock())
    close_finished(runtime)


def test_a_recurring_one_rests_and_goes_out_again_the_next_day(office: Runtime, clock: TestClock) -> None:
    followers(office, 2, community=HEPING.code)
    approved(office, to_village(schedule=Recurring("0 12 * * *", END)))

    plan_due(office)
    everything_sent(office)
    assert stored(office).status is Status.APPROVED
    assert plan_due(office) == 0
    clock.advance(days=1)

    assert plan_due(office) == 1
    assert statuses(office.database) == ["accepted"] * 2 + ["pending"] * 2


def test_it_is_completed_when_everything_is_settled(office: Runtime) -> None:
    followers(office, 2, community=HEPING.code)
    approved(office, to_village())
    plan_due(office)

    close_finished(office)
    still = stored(office).status
    everything_sent(office)

    assert (still, stored(office).status) == (Status.SENDING, Status.COMPLETED)


def test_while_workers_still_carry_it_it_can_be_halted(office: Runtime) -> None:
    """A mistake is found after the phones have it, before the villages do: what is completed could not be stopped."""
    worker(office, HEPING.code)
    approved(office, to_village(texts=a_content(channels=(Channel.RELAY,)).texts))
    plan_due(office)

    close_finished(office)
    assert stored(office).status is Status.SENDING
    with office.database.transaction() as session:
        (task,) = relay_tasks.tasks_of(session, "b1")
        relay_tasks.save(session, relay.confirm(task, at=NOON))
    close_finished(office)

    assert stored(office).status is Status.COMPLETED


def test_at_the_end_of_its_validity_nobody_is_asked_to_carry_it_any_more(
    office: Runtime, clock: TestClock
) -> None:
    worker(office, HEPING.code)
    content = to_village(texts=a_content(channels=(Channel.RELAY,)).texts)
    approved(office, content, broadcast_id="once")
    approved(office, replace(content, schedule=Recurring("0 12 * * *", END)), broadcast_id="daily")
    plan_due(office)
    close_finished(office)
    assert stored(office, "daily").status is Status.APPROVED

    clock.now = END
    close_finished(office)

    assert (stored(office, "once").status, stored(office, "daily").status) == (
        Status.COMPLETED,
        Status.EXPIRED,
    )
    assert [task.status for name in ("once", "daily") for task in tasks(office, name)] == ["cancelled"] * 2


def test_what_was_never_due_expires(office: Runtime, clock: TestClock) -> None:
    approved(office, to_village())
    clock.now = END - timedelta(seconds=1)
    close_finished(office)
    before = stored(office).status
    clock.now = END
    close_finished(office)

    assert (before, stored(office).status) == (Status.APPROVED, Status.EXPIRED)
    assert plan_due(office) == 0
