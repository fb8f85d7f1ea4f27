"""Whoever opted out or left while a batch was in hand is not in its next attempt."""

from datetime import timedelta

from bot.store import outbox, residents
from bot.store.engine import Database
from bot.store.outbox import DatabaseOutbox
from bot.store.vault import Vault
from broadcasts.delivery import DeliveryStatus
from broadcasts.outcome import Retry
from tests.bot.store.people import NOW, a_follow_up, a_resident, a_sending_broadcast, queued, statuses


def test_the_next_attempt_leaves_out_who_opted_out_or_left_during_the_first(
    database: Database, vault: Vault
) -> None:
    broadcast = a_sending_broadcast(database)
    stays, opts_out, leaves = (a_resident(database, vault, number) for number in (1, 2, 3))
    batch = [
        a_follow_up(one, key="mass", broadcast_id=broadcast.id, body="通知")
        for one in (stays, opts_out, leaves)
    ]
    queued(database, vault, batch)
    in_hand = DatabaseOutbox(database, vault).claim(now=NOW)
    assert in_hand is not None
    with database.transaction() as session:
        residents.opt_out(session, opts_out, NOW)
        outbox.cancel_shares_of(session, opts_out, reason="opted_out", now=NOW)
        residents.unfollow(session, leaves, NOW)
        outbox.cancel_for(session, leaves, reason="unfollowed", now=NOW)

    DatabaseOutbox(database, vault).record(in_hand, Retry("platform_-1", timedelta(seconds=30)), now=NOW)

    assert statuses(database) == [
        DeliveryStatus.PENDING,
        DeliveryStatus.CANCELLED,
        DeliveryStatus.CANCELLED,
    ]


def test_an_answer_is_tried_again_also_for_who_opted_out_of_broadcasts(
    database: Database, vault: Vault
) -> None:
    resident = a_resident(database, vault)
    queued(database, vault, [a_follow_up(resident)])
    in_hand = DatabaseOutbox(database, vault).claim(now=NOW)
    assert in_hand is not None
    with database.transaction() as session:
        residents.opt_out(session, resident, NOW)

    DatabaseOutbox(database, vault).record(in_hand, Retry("platform_-1", timedelta(seconds=30)), now=NOW)

    assert statuses(database) == [DeliveryStatus.PENDING]
