"""Huey: work off the request path. The queue carries only a hint of what to look after; our tables say what exactly.

A hint may be lost, come twice or come late: whoever takes it up looks into the tables, and the scheduler's nudge finds
what no hint told of. So the queue needs no durability, no retries and no results of its own.
"""

import signal
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event

import psycopg
import structlog
from huey import Huey, PostgresHuey, SqliteHuey
from huey.consumer import Consumer
from huey.exceptions import HueyException

from bot.answer_telling import tell_next_askers
from bot.inbound import Desk
from bot.messages import Work
from bot.ocr import PictureReader
from bot.pictures import Pictures
from bot.platforms import connect_platforms
from bot.question_grouping import QuestionGrouper
from bot.receipts import ask_for_receipts
from bot.recovery import recover_messages
from bot.report_grouping import Grouper
from bot.runtime import Runtime
from bot.senders.post import Senders
from bot.settings import Settings
from bot.store.outbox import DatabaseOutbox
from bot.telling import tell_next
from broadcasts.delivery import deliver

log = structlog.get_logger()

NAME = "dingxin"
FILE = "queue.sqlite3"
# How long a request may wait for the queue before its hint is given up, in seconds.
PATIENCE_SECONDS = 1
# An idle consumer looks this often, in seconds; on PostgreSQL it is told.
LOOK_EVERY_SECONDS = 0.2
# The supervisor kills after ten seconds.
STOP_WITHIN_SECONDS = 9
# How many waiting hints are looked through for an equal one.
LOOK_THROUGH = 16

LookAfter = Callable[[Work, Event], None]
QueueError = (sqlite3.Error, psycopg.Error, HueyException, OSError)


def open_queue(settings: Settings) -> Huey:
    """Embedded: a SQLite file in `data_dir`. Outgrown: tables in PostgreSQL. Raises what the driver raises."""
    url = settings.queue.url.get_secret_value()
    if url.startswith("postgresql"):
        dsn = url.replace("postgresql+psycopg://", "postgresql://", 1)
        return PostgresHuey(NAME, dsn=dsn, results=False, read_timeout=1)
    path = Path(url.removeprefix("sqlite:///")) if url else settings.service.data_dir / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    return SqliteHuey(NAME, filename=str(path), fsync=False, timeout=PATIENCE_SECONDS, results=False)


class WorkQueue:
    """Hints in, hints out. Web and scheduler put, the worker consumes."""

    def __init__(self, huey: Huey) -> None:
        self._huey = huey
        self._look_after: LookAfter | None = None
        self._stopping = Event()
        self._task = huey.task(name="look_after")(self._run)

    def put(self, work: Work) -> None:
        """Ask a worker to look after it. Never raises: what is lost here the scheduler finds in the tables."""
        try:
            if not self._is_asked_for(work):
                self._task(work.value)
        except QueueError as error:
            log.warning("hint_lost", work=work, error=type(error).__name__)

    def waiting(self) -> int:
        """How many hints wait. Raises what the driver raises."""
        return int(self._huey.pending_count())

    def close(self) -> None:
        """Give this thread's connection back."""
        self._huey.storage.close()

    def consume(self, look_after: LookAfter, *, threads: int) -> None:
        """Work in so many threads until SIGTERM or Ctrl-C, then finish what they hold."""
        consumer = Threads(
            self._huey,
            workers=threads,
            periodic=False,
            initial_delay=LOOK_EVERY_SECONDS,
            max_delay=LOOK_EVERY_SECONDS,
            backoff=1.0,
            shutdown_timeout=STOP_WITHIN_SECONDS,
            graceful_signal="TERM",
        )
        self._look_after, self._stopping = look_after, consumer.stop_flag
        consumer.run()

    def _is_asked_for(self, work: Work) -> bool:
        """Whether such a hint still waits: whoever takes that one up will see this work too."""
        return any(task.args == (work.value,) for task in self._huey.pending(LOOK_THROUGH))

    def _run(self, name: str) -> None:
        if self._look_after is not None:
            self._look_after(Work(name), self._stopping)


class Threads(Consumer):  # type: ignore[misc] # Huey carries no types
    """Huey's consumer, except that every way of asking it to stop is the graceful one."""

    def start(self) -> None:
        """SIGINT and SIGHUP would drop what is being sent; they become SIGTERM."""
        super().start()
        for number in (signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: signal.raise_signal(signal.SIGTERM))
        log.info("working")


class Worker:
    """Looks after each kind of work until nothing is left of it, or until it is told to stop."""

    def __init__(self, runtime: Runtime) -> None:
        platforms = connect_platforms(runtime)
        self._runtime = runtime
        self._desk = Desk(runtime)
        self._outbox = DatabaseOutbox(runtime.database, runtime.vault)
        self._senders = Senders(runtime, platforms)
        self._pictures = Pictures(runtime, platforms.account, PictureReader().read)
        self._grouper = Grouper(runtime)
        self._question_grouper = QuestionGrouper(runtime)
        self._steps: Mapping[Work, Callable[[], bool]] = {
            Work.DELIVERIES: self._deliver_one,
            Work.SCREENSHOTS: self._pictures.answer_next,
            Work.MESSAGES: lambda: recover_messages(runtime, self._desk),
            Work.RECEIPTS: lambda: ask_for_receipts(runtime, platforms.account) > 0,
            Work.REPORTS: self._grouper.place_next,
            Work.VERDICTS: lambda: tell_next(runtime),
            Work.QUESTIONS: self._question_grouper.sort_next,
            Work.ANSWERS: lambda: tell_next_askers(runtime),
        }

    def look_after(self, work: Work, stopping: Event) -> None:
        """The task wrapper: never raises. A step says whether there may be more to do; a stop waits for the step."""
        try:
            while self._steps[work]() and not stopping.is_set():
                pass
        except Exception:  # the task wrapper: the consumer's thread goes on, the sweep finds what was left
            self._runtime.metrics.failures.inc()
            log.exception("work_failed", work=work)

    def close(self) -> None:
        """Finish the messages in hand."""
        self._desk.close()

    def _deliver_one(self) -> bool:
        """One batch, so that a stop or a halt holds from the next one on."""
        report = deliver(self._outbox, self._senders, clock=self._runtime.clock, limit=1)
        return bool(report.tally) or report.lapsed > 0
