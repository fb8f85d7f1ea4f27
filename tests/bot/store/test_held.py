"""A grid worker's tasks that were held: they go out as they were written, not on top of a reply."""

from datetime import timedelta

from bot.store import held
from bot.store.engine import Database
from bot.store.outbox import DatabaseOutbox, task_keys
from bot.store.vault import Vault
from broadcasts.content import Channel
from broadcasts.outcome import Accepted, Held
from tests.bot.store.people import (
    NOW,
    a_follow_up,
    a_resident,
    a_sending_broadcast,
    halted,
    queued,
    statuses,
)

LATER = NOW + timedelta(days=3)
BODIES = ["怎么转", "要转的话"]


def a_held_task(database: Database, vault: Vault, *, broadcast_id: str | None = None) -> int:
    """Both messages of a task, held because the worker has not written lately; the worker."""
    worker = a_resident(database, vault)
    parts = [
        a_follow_up(
            worker,
            key=key,
            body=body,
            channel=Channel.RELAY,
            broadcast_id=broadcast_id,
            expires_at=LATER + timedelta(days=1),
        )
        for key, body in zip(task_keys("0" * 32, 7), BODIES, strict=True)
    ]
    queued(database, vault, parts)
    for _ in parts:
        mine = DatabaseOutbox(database, vault)
        batch = mine.claim(now=NOW)
        assert batch is not None
        mine.record(batch, Held(), now=NOW)
    return worker


def released(database: Database, worker: int) -> bool:
    with database.transaction() as session:
        return held.release_tasks(session, worker, now=LATER)


def sent(database: Database, vault: Vault) -> list[str]:
    mine = DatabaseOutbox(database, vault)
    bodies = []
    while batch := mine.claim(now=LATER):
        mine.record(batch, Accepted(""), now=LATER)
        bodies.append(batch.body)
    return bodies


def test_a_held_task_rides_on_no_reply(database: Database, vault: Vault) -> None:
    worker = a_held_task(database, vault)

    with database.transaction() as session:
        assert held.take_held(session, worker, vault=vault, now=LATER) == []


def test_a_released_task_goes_out_in_order_and_once(database: Database, vault: Vault) -> None:
    worker = a_held_task(database, vault, broadcast_id=a_sending_broadcast(database).id)

    assert [released(database, worker), released(database, worker)] == [True, False]

    assert sent(database, vault) == BODIES


def test_a_task_of_a_halted_broadcast_is_not_sent_when_released(database: Database, vault: Vault) -> None:
    broadcast = a_sending_broadcast(database)
    worker = a_held_task(database, vault, broadcast_id=broadcast.id)
    halted(database, broadcast)

    released(database, worker)

    assert sent(database, vault) == []


def test_a_task_held_past_its_validity_stays_held(database: Database, vault: Vault) -> None:
    worker = a_held_task(database, vault)
    with database.transaction() as session:
        assert not held.release_tasks(session, worker, now=LATER + timedelta(days=1))
    assert set(statuses(database)) == {"waiting"}
