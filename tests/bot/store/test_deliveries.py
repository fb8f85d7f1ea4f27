"""What became of a broadcast's deliveries is counted without reading them one by one."""

from dataclasses import replace

import pytest
from sqlalchemy import event

from bot.store import broadcasts, deliveries
from bot.store.engine import Database
from bot.store.outbox import task_keys
from bot.store.vault import Vault
from broadcasts.content import Channel
from broadcasts.delivery import DeliveryStatus
from tests.bot.store.people import a_follow_up, a_resident, a_sending_broadcast, queued


def a_broadcast_on_its_way(database: Database, vault: Vault) -> None:
    """To three residents, and two tasks of two messages each."""
    a_sending_broadcast(database)
    followers = [a_resident(database, vault, number) for number in (1, 2, 3)]
    shares = [a_follow_up(one, key=f"share{one}", broadcast_id="b1") for one in followers]
    tasks = [
        replace(a_follow_up(followers[0], key=key, broadcast_id="b1"), channel=Channel.RELAY)
        for number in (1, 2)
        for key in task_keys("run1", number)
    ]
    queued(database, vault, [*shares, *tasks])


def test_a_relay_task_counts_once_though_it_is_two_messages(database: Database, vault: Vault) -> None:
    a_broadcast_on_its_way(database, vault)

    with database.reading() as session:
        counts = deliveries.count_of(session, "b1")
        tally = broadcasts.tally(session, "b1")

    pending = DeliveryStatus.PENDING
    assert [(one.channel, one.status, one.count) for one in counts] == [
        (Channel.OFFICIAL_ACCOUNT, pending, 3),
        (Channel.RELAY, pending, 2),
    ]
    assert tally == {(Channel.OFFICIAL_ACCOUNT, pending): 3, (Channel.RELAY, pending): 2}


@pytest.mark.parametrize("look", [broadcasts.is_unsettled, deliveries.count_of])
def test_a_million_shares_are_looked_through_in_an_index_alone(sqlite: Database, look: object) -> None:
    plans: list[str] = []

    def explain(
        connection: object, cursor: object, statement: str, parameters: object, *_more: object
    ) -> None:
        del connection
        if statement.startswith("SELECT"):
            found = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[attr-defined]
            plans.append(" ".join(row[-1] for row in found))

    with sqlite.reading() as session:
        event.listen(sqlite.engine, "before_cursor_execute", explain)
        look(session, "b1")  # type: ignore[operator] # one of two functions that take the same
        event.remove(sqlite.engine, "before_cursor_execute", explain)

    assert "COVERING INDEX ix_deliveries_counted (broadcast_id=? AND channel=?" in plans[0]
