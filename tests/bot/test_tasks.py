"""Hints, and the worker that follows them; a real one, killed in the middle, sends nothing twice."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from bot.demo.platform.faults import Fault, FaultKind
from bot.messages import Work
from bot.store import outbox
from bot.store.engine import Database
from bot.tasks import FILE, Worker, WorkQueue, open_queue
from tests.bot.processes import environment, eventually, kill, role, stopped
from tests.bot.town import Town, a_broadcast, a_delivery, statuses, town_on
from tests.clocks import TestClock
from tests.settings import settings_for

GO_ON = Event()


class RealClock(TestClock):
    """The time of day: for what other processes look at as well."""

    def __call__(self) -> datetime:
        return datetime.now(UTC)


@pytest.fixture
def living_town(sqlite: Database, tmp_path: Path) -> Iterator[Town]:
    """A town by the real clock."""
    with town_on(sqlite, tmp_path, RealClock()) as town:
        yield town


@pytest.fixture
def queue(tmp_path: Path) -> WorkQueue:
    return WorkQueue(open_queue(settings_for(tmp_path)))


def test_a_hint_that_waits_is_not_given_again(queue: WorkQueue) -> None:
    for work in (Work.DELIVERIES, Work.SCREENSHOTS, Work.DELIVERIES):
        queue.put(work)
    assert queue.waiting() == 2


def test_a_hint_that_cannot_be_given_is_lost_without_a_word_to_the_resident(
    queue: WorkQueue, tmp_path: Path
) -> None:
    blocker = sqlite3.connect(tmp_path / FILE)
    blocker.execute("BEGIN EXCLUSIVE")
    queue.put(Work.DELIVERIES)
    blocker.rollback()
    blocker.close()
    assert queue.waiting() == 0


@pytest.mark.postgres
def test_on_postgresql_the_queue_lies_in_the_same_server(postgres: Database, tmp_path: Path) -> None:
    url = postgres.engine.url.render_as_string(hide_password=False)
    settings = settings_for(tmp_path, queue={"url": url})
    queue = WorkQueue(open_queue(settings))
    queue.put(Work.MESSAGES)
    queue.put(Work.MESSAGES)
    assert queue.waiting() == 1
    queue.close()


def test_everything_due_is_sent_at_one_hint(sending_town: Town) -> None:
    people = [sending_town.resident(f"resident-{number}") for number in (1, 2, 3)]
    sending_town.queue(*(a_delivery(one, at=sending_town.now, key=f"k{one}") for one in people))
    Worker(sending_town.runtime).look_after(Work.DELIVERIES, GO_ON)
    assert set(statuses(sending_town.runtime.database).values()) == {"accepted"}


def test_a_worker_told_to_stop_finishes_the_batch_it_holds_and_begins_no_other(sending_town: Town) -> None:
    people = [sending_town.resident(f"resident-{number}") for number in (1, 2, 3)]
    sending_town.queue(*(a_delivery(one, at=sending_town.now, key=f"k{one}") for one in people))
    stopping = Event()
    stopping.set()
    Worker(sending_town.runtime).look_after(Work.DELIVERIES, stopping)
    assert sorted(statuses(sending_town.runtime.database).values()) == ["accepted", "pending", "pending"]


def test_what_goes_wrong_in_a_task_is_counted_and_the_worker_goes_on(sending_town: Town) -> None:
    worker = Worker(sending_town.runtime)
    sending_town.runtime.database.engine.dispose()
    with sending_town.runtime.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE deliveries RENAME TO elsewhere")
    worker.look_after(Work.DELIVERIES, GO_ON)
    assert b"dingxin_failures_total 1.0" in sending_town.runtime.metrics.render()
    worker.look_after(Work.SCREENSHOTS, GO_ON)


def test_a_mass_send_whose_event_never_came_is_settled_by_the_platforms_own_status(
    sending_town: Town, clock: TestClock
) -> None:
    broadcast = a_broadcast(sending_town)
    people = [sending_town.resident(f"resident-{number}", open_window=False) for number in (1, 2)]
    sending_town.queue(
        *(a_delivery(one, at=sending_town.now, key="mass", broadcast_id=broadcast) for one in people)
    )
    worker = Worker(sending_town.runtime)
    worker.look_after(Work.DELIVERIES, GO_ON)
    assert sending_town.sandbox.settle()
    worker.look_after(Work.RECEIPTS, GO_ON)
    assert statuses(sending_town.runtime.database) == {"mass": "accepted"}
    clock.advance(minutes=6)
    worker.look_after(Work.RECEIPTS, GO_ON)
    assert statuses(sending_town.runtime.database) == {"mass": "delivered"}


@pytest.mark.timeout(120)
def test_a_worker_killed_while_it_sends_sends_nothing_twice(living_town: Town, tmp_path: Path) -> None:
    town, database = living_town, living_town.runtime.database
    people = [town.resident(f"resident-{number}") for number in (1, 2, 3)]
    town.queue(*(a_delivery(one, at=town.now, key=f"k{one}") for one in people))
    faults = town.sandbox.platform.faults
    faults.set("message/custom/send", Fault(FaultKind.SLOW, seconds=1.0, times=1))
    queue = WorkQueue(open_queue(town.runtime.settings))
    env = environment(town.runtime.settings, DINGXIN_QUEUE__WORKERS="1")

    queue.put(Work.DELIVERIES)
    with role("worker", env, cwd=tmp_path) as first:
        assert eventually(lambda: not faults.all())
        kill(first)
    assert sorted(statuses(database).values()) == ["claimed", "pending", "pending"]
    assert eventually(lambda: len(seen_by_all(town)) == 1)

    with database.transaction() as session:
        assert outbox.sweep(session, now=town.now + timedelta(minutes=3)) == 1
    queue.put(Work.DELIVERIES)
    with role("worker", env, cwd=tmp_path) as second:
        assert eventually(lambda: "pending" not in statuses(database).values())
        queue.put(Work.DELIVERIES)
        assert eventually(lambda: queue.waiting() == 0)
        assert stopped(second) == 0
    assert sorted(statuses(database).values()) == ["accepted", "accepted", "unknown"]
    assert len(seen_by_all(town)) == 3


@pytest.mark.timeout(120)
def test_a_worker_that_is_stopped_finishes_what_it_is_sending(living_town: Town, tmp_path: Path) -> None:
    town, database = living_town, living_town.runtime.database
    town.queue(a_delivery(town.resident("resident-1"), at=town.now))
    faults = town.sandbox.platform.faults
    faults.set("message/custom/send", Fault(FaultKind.SLOW, seconds=1.0, times=1))
    WorkQueue(open_queue(town.runtime.settings)).put(Work.DELIVERIES)
    with role("worker", environment(town.runtime.settings), cwd=tmp_path) as worker:
        assert eventually(lambda: not faults.all())
        assert stopped(worker) == 0
    assert statuses(database) == {"key-1": "accepted"}


@pytest.mark.postgres
@pytest.mark.timeout(120)
def test_on_one_postgresql_two_workers_share_the_work_and_send_everything_once(
    postgres: Database, tmp_path: Path
) -> None:
    url = postgres.engine.url.render_as_string(hide_password=False)
    both: dict[str, object] = {"url": url}
    with town_on(postgres, tmp_path, RealClock(), database=both, queue=both) as town:
        people = [town.resident(f"resident-{number}") for number in (1, 2, 3)]
        town.queue(*(a_delivery(one, at=town.now, key=f"k{one}") for one in people))
        queue = WorkQueue(open_queue(town.runtime.settings))
        env = environment(town.runtime.settings)
        folders = [tmp_path / "first", tmp_path / "second"]
        for folder in folders:
            folder.mkdir()
        with role("worker", env, cwd=folders[0]) as first, role("worker", env, cwd=folders[1]) as second:
            # A worker that is told to stop while it still starts holds nothing and may end as it likes.
            assert eventually(lambda: all("working" in (one / "worker.log").read_text() for one in folders))
            queue.put(Work.DELIVERIES)
            assert eventually(lambda: queue.waiting() == 0)
            queue.put(Work.DELIVERIES)
            assert eventually(lambda: set(statuses(postgres).values()) == {"accepted"})
            assert (stopped(first), stopped(second)) == (0, 0)
        queue.close()
        assert len(seen_by_all(town)) == 3


def seen_by_all(town: Town) -> list[str]:
    return [text for number in (1, 2, 3) for text in town.seen_by(f"resident-{number}")]
