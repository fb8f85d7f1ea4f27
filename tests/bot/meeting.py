"""Two transactions that meet: while somebody holds what both need, each goes as far as it can, and then they are let go.

Whoever took first what the other takes last waits for the other there; PostgreSQL ends one of the two.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from bot.store import audit
from bot.store.engine import Database, Session
from bot.store.turns import take_turn

Step = Callable[[], object]
WAITING = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def meet(database: Database, held: Callable[[Session], object], first: Step, second: Step) -> None:
    """Both go as far as they can while somebody has `held` it. Raises what either of them raises."""
    with ThreadPoolExecutor(2) as pool:
        with database.transaction() as session:
            held(session)
            steps = []
            for count, step in enumerate((first, second), start=1):
                steps.append(pool.submit(step))
                wait_for(database, count)
        for step in steps:
            step.result(20)


def the_trail(session: Session) -> None:
    """The turn of the audit trail, which every step of the office takes."""
    take_turn(session, audit.TURN)


def wait_for(database: Database, count: int) -> None:
    """Until so many other connections wait for a lock."""
    for _ in range(2_000):
        with database.engine.connect() as connection:
            if connection.scalar(WAITING) == count:
                return
            connection.execute(text("SELECT pg_sleep(0.005)"))
    pytest.fail("they did not meet")
