"""APScheduler, and the lease by which only one process works while others stand by.

Every process runs the clock; a job does its work only where the lease is held. The leader renews it every 5 s, it
lasts 15 s, a standby asks every 5 s: when the leader is killed, another works within 20 s. What is due stands in our
tables, so no job store is needed and a missed tick is made up by the next.
"""

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from threading import Event
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.jobs import JOBS, At, Every, Job
from bot.runtime import Runtime
from bot.store import leases
from bot.store.engine import Database

log = structlog.get_logger()

LEASE = "scheduler"
LASTS = timedelta(seconds=15)
RENEW_EVERY = Every(5)
HOLDER_BYTES = 8


class Leader:
    """Whether this process works. `leads` is our own clock's word: a process that could not renew stops by itself."""

    def __init__(self, database: Database, clock: Callable[[], datetime], *, holder: str) -> None:
        self._database = database
        self._clock = clock
        self._holder = holder
        self._until: datetime | None = None

    @property
    def leads(self) -> bool:
        """Whether the lease is ours right now."""
        return self._until is not None and self._clock() < self._until

    def campaign(self) -> bool:
        """Take or renew the lease; counted from before we asked, so that we never lead longer than others think."""
        now = self._clock()
        with self._database.transaction() as session:
            won = leases.acquire(session, LEASE, holder=self._holder, ttl=LASTS, now=now)
        if won is not self.leads:
            log.info("leading" if won else "standing_by", holder=self._holder)
        self._until = now + LASTS if won else None
        return won

    def resign(self) -> None:
        """Give the lease back, so that the next one need not wait for it to run out."""
        self._until = None
        with self._database.transaction() as session:
            leases.release(session, LEASE, holder=self._holder)


def run_scheduler(runtime: Runtime, *, stop: Event, jobs: Sequence[Job] = JOBS) -> None:
    """Work or stand by until `stop` is set; then finish what runs and give the lease back."""
    leader = Leader(runtime.database, runtime.clock, holder=secrets.token_hex(HOLDER_BYTES))
    leader.campaign()
    scheduler = make_scheduler(runtime, leader, jobs)
    scheduler.start()
    try:
        stop.wait()
    finally:
        scheduler.shutdown(wait=True)
        leader.resign()


def make_scheduler(runtime: Runtime, leader: Leader, jobs: Sequence[Job]) -> BackgroundScheduler:
    """All jobs on their triggers, each at most once at a time, missed ticks made up by one."""
    zone = runtime.settings.service.zone
    defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    scheduler = BackgroundScheduler(timezone=zone, job_defaults=defaults)
    scheduler.add_job(leader.campaign, _trigger(RENEW_EVERY, zone), id="campaign")
    for job in jobs:
        scheduler.add_job(_leading(job, leader, runtime), _trigger(job.trigger, zone), id=job.name)
    return scheduler


def _leading(job: Job, leader: Leader, runtime: Runtime) -> Callable[[], None]:
    """The job where the lease is held, nothing elsewhere. What it raises is logged by APScheduler; the next tick comes."""

    def run() -> None:
        if leader.leads:
            job.function(runtime)

    return run


def _trigger(when: Every | At, zone: ZoneInfo) -> BaseTrigger:
    if isinstance(when, Every):
        return IntervalTrigger(seconds=when.seconds, timezone=zone)
    return CronTrigger(hour=when.hour, minute=when.minute, timezone=zone)
