"""What every role does before it works: refuse what cannot work, then build the runtime."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from bot.collector import loading
from bot.configuration import require_complete
from bot.errors import ConfigError
from bot.runtime import Runtime, build_runtime
from bot.settings import Settings
from bot.store import schema
from bot.store.engine import database_answers, open_database
from bot.tasks import WorkQueue, open_queue


@dataclass(frozen=True, slots=True)
class Service:
    """A runtime, and the queue its hints go to."""

    runtime: Runtime
    queue: WorkQueue


@contextmanager
def open_service(settings: Settings) -> Iterator[Service]:
    """Ready to work, and closed again. Raises ConfigError: incomplete settings, no database, an old schema."""
    require_complete(settings)
    require_current(settings)
    queue = WorkQueue(open_queue(settings))
    with loading():
        runtime = build_runtime(settings, enqueue=queue.put)
    try:
        yield Service(runtime, queue)
    finally:
        runtime.close()
        queue.close()


def require_current(settings: Settings) -> None:
    """ConfigError unless the database answers and has every migration."""
    with closing(open_database(settings.database_url)) as database:
        if not database_answers(database):
            raise ConfigError(
                "[database] url: the database does not answer; is it running, is the address right?"
            )
        if not schema.is_current(database):
            raise ConfigError(
                "[database] url: the database is not up to date with this program; run: dingxin init"
            )
