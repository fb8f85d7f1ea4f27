"""One process leads, others stand by; and a real one does its jobs until it is told to stop."""

from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.jobs import JOBS, At, Every, Job
from bot.runtime import Runtime
from bot.scheduler import LASTS, Leader, make_scheduler, run_scheduler
from bot.store.engine import Database
from bot.tasks import WorkQueue, open_queue
from tests.bot.processes import environment, eventually, role, stopped
from tests.bot.town import Town, a_delivery, bare_runtime
from tests.clocks import TestClock
from tests.settings import settings_for


def leader(database: Database, clock: TestClock, name: str) -> Leader:
    return Leader(database, clock, holder=name)


def leads(one: Leader) -> bool:
    """Asked anew each time: the checker believes an answer once given."""
    return one.leads


def a_runtime(database: Database, clock: TestClock, tmp_path: Path) -> Runtime:
    return bare_runtime(settings_for(tmp_path), database, clock, [])


def test_only_one_of_several_leads(database: Database, clock: TestClock) -> None:
    first, second = leader(database, clock, "first"), leader(database, clock, "second")
    assert first.campaign()
    assert not second.campaign()
    assert (first.leads, second.leads) == (True, False)


def test_a_standby_takes_over_within_twenty_seconds_of_the_leaders_death(
    database: Database, clock: TestClock
) -> None:
    first, second = leader(database, clock, "first"), leader(database, clock, "second")
    first.campaign()
    died_at = clock.now
    while not second.campaign():
        clock.advance(seconds=5)
    assert clock.now - died_at <= timedelta(seconds=20)


def test_a_leader_that_could_not_renew_stops_by_itself_before_another_may_begin(
    database: Database, clock: TestClock
) -> None:
    first, second = leader(database, clock, "first"), leader(database, clock, "second")
    first.campaign()
    clock.now += LASTS - timedelta(microseconds=1)
    assert leads(first)
    assert not second.campaign()
    clock.advance(microseconds=1)
    assert not leads(first)
    assert second.campaign()
    assert not first.campaign()


def test_who_resigns_need_not_be_waited_for(database: Database, clock: TestClock) -> None:
    first, second = leader(database, clock, "first"), leader(database, clock, "second")
    first.campaign()
    first.resign()
    assert not first.leads
    assert second.campaign()


def test_a_job_works_where_the_lease_is_held_and_nowhere_else(
    sqlite: Database, clock: TestClock, tmp_path: Path
) -> None:
    runtime, done = a_runtime(sqlite, clock, tmp_path), list[Runtime]()
    job = Job("note", Every(60), done.append)
    working, waits = leader(sqlite, clock, "first"), leader(sqlite, clock, "second")
    working.campaign()
    waits.campaign()
    for one in (waits, working):
        make_scheduler(runtime, one, [job]).get_job("note").func()
    assert done == [runtime]


def test_every_job_stands_on_its_own_trigger_in_shanghais_time(
    sqlite: Database, clock: TestClock, tmp_path: Path
) -> None:
    scheduler = make_scheduler(a_runtime(sqlite, clock, tmp_path), leader(sqlite, clock, "x"), JOBS)
    triggers = {job.id: job.trigger for job in scheduler.get_jobs()}
    assert set(triggers) == {"campaign", *(job.name for job in JOBS)}
    for job in JOBS:
        kind = CronTrigger if isinstance(job.trigger, At) else IntervalTrigger
        assert isinstance(triggers[job.name], kind)
        assert str(triggers[job.name].timezone) == "Asia/Shanghai"


def test_a_job_that_fails_comes_again(sqlite: Database, clock: TestClock, tmp_path: Path) -> None:
    runs, stop = list[int](), Event()

    def fails(_runtime: Runtime) -> None:
        runs.append(len(runs))
        raise ValueError("expected by the test")

    runtime = a_runtime(sqlite, clock, tmp_path)
    thread = Thread(
        target=run_scheduler, args=(runtime,), kwargs={"stop": stop, "jobs": [Job("fails", Every(1), fails)]}
    )
    thread.start()
    assert eventually(lambda: len(runs) >= 2)
    stop.set()
    thread.join(10)
    assert not thread.is_alive()


def test_a_real_scheduler_hints_at_what_waits_and_gives_the_lease_back_when_stopped(
    sending_town: Town, tmp_path: Path, clock: TestClock
) -> None:
    town = sending_town
    town.queue(a_delivery(town.resident("resident-1"), at=town.now))
    queue = WorkQueue(open_queue(town.runtime.settings))
    with role("scheduler", environment(town.runtime.settings), cwd=tmp_path) as process:
        assert eventually(lambda: queue.waiting() == 1)
        assert not leader(town.runtime.database, clock, "standby").campaign()
        assert stopped(process) == 0
    assert leader(town.runtime.database, clock, "standby").campaign()
