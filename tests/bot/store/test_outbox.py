"""What is claimed, held, called back and settled: nothing is sent twice, nothing that was stopped is sent at all."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import text

from bot.store import held, outbox
from bot.store.engine import Database
from bot.store.outbox import CLAIM_LASTS, DatabaseOutbox
from bot.store.vault import Vault
from broadcasts.content import Channel
from broadcasts.delivery import Batch
from broadcasts.outcome import Accepted, Delivered, Failed, Held, Outcome, Retry
from tests.bot.store.people import (
    NOW,
    a_follow_up,
    a_resident,
    a_sending_broadcast,
    halted,
    queued,
    rows_of,
    statuses,
)

A_MINUTE = timedelta(minutes=1)
AFTER_THE_CLAIM = NOW + CLAIM_LASTS


def a_mass_batch(
    database: Database, vault: Vault, *, size: int = 3, key: str = "mass", first: int = 1
) -> str:
    """One batch of a broadcast that is being sent."""
    broadcast = a_sending_broadcast(database)
    people = [a_resident(database, vault, first + number) for number in range(size)]
    queued(
        database, vault, [a_follow_up(one, key=key, broadcast_id=broadcast.id, body="通知") for one in people]
    )
    return broadcast.id


def claimed(database: Database, vault: Vault, *, now: datetime = NOW) -> Batch:
    batch = DatabaseOutbox(database, vault).claim(now=now)
    assert batch is not None
    return batch


def recorded(
    database: Database, vault: Vault, batch: Batch, outcome: Outcome, *, now: datetime = NOW
) -> None:
    DatabaseOutbox(database, vault).record(batch, outcome, now=now)


def swept(database: Database, *, now: datetime) -> int:
    with database.transaction() as session:
        return outbox.sweep(session, now=now)


def receipt(database: Database, outcome: Outcome, *, platform_id: str = "m1") -> int:
    with database.transaction() as session:
        return outbox.settle_by_platform_id(session, platform_id, outcome, now=NOW)


def held_taken(database: Database, vault: Vault, resident: int, *, now: datetime = NOW) -> list[str]:
    with database.transaction() as session:
        return held.take_held(session, resident, vault=vault, now=now)


def test_a_batch_is_claimed_whole_by_one_of_many_workers(database: Database, vault: Vault) -> None:
    a_mass_batch(database, vault, size=5)
    together = Barrier(4)

    def work(_: int) -> Batch | None:
        together.wait()
        return DatabaseOutbox(database, vault).claim(now=NOW)

    with ThreadPoolExecutor(4) as pool:
        claims = [batch for batch in pool.map(work, range(4)) if batch]

    assert [len(batch.deliveries) for batch in claims] == [5]
    assert set(statuses(database)) == {"claimed"}


def test_many_workers_share_many_batches_without_overlap(database: Database, vault: Vault) -> None:
    person = a_resident(database, vault)
    queued(database, vault, [a_follow_up(person, key=f"k{number}") for number in range(6)])
    together = Barrier(3)

    def work(_: int) -> list[str]:
        together.wait()
        mine = DatabaseOutbox(database, vault)
        return [batch.client_msg_id for _ in range(2) if (batch := mine.claim(now=NOW))]

    with ThreadPoolExecutor(3) as pool:
        keys = [key for worker in pool.map(work, range(3)) for key in worker]

    assert sorted(keys) == [f"k{number}" for number in range(6)]


def test_an_answer_goes_before_a_broadcast_queued_earlier(database: Database, vault: Vault) -> None:
    a_mass_batch(database, vault)
    queued(database, vault, [a_follow_up(a_resident(database, vault, 9))])

    assert [claimed(database, vault).client_msg_id for _ in range(2)] == ["answer1", "mass"]


def test_nothing_is_claimed_before_its_time(database: Database, vault: Vault) -> None:
    queued(database, vault, [a_follow_up(a_resident(database, vault), not_before=NOW + A_MINUTE)])
    mine = DatabaseOutbox(database, vault)

    with database.reading() as session:
        assert not outbox.has_due(session, now=NOW)
        assert outbox.has_due(session, now=NOW + A_MINUTE)
    assert mine.claim(now=NOW) is None
    assert mine.claim(now=NOW + A_MINUTE) is not None


def test_the_claimed_text_is_the_text_that_was_queued(database: Database, vault: Vault) -> None:
    a_mass_batch(database, vault)

    batch = claimed(database, vault)

    assert batch.body == "通知"
    assert {one.body for one in batch.deliveries} == {"通知"}
    assert batch.claimed_until == AFTER_THE_CLAIM


def test_a_retry_put_back_after_a_halt_is_not_due(database: Database, vault: Vault) -> None:
    broadcast = a_sending_broadcast(database)
    queued(database, vault, [a_follow_up(a_resident(database, vault), broadcast_id=broadcast.id)])
    batch = claimed(database, vault)
    halted(database, broadcast)

    recorded(database, vault, batch, Retry("busy", A_MINUTE))

    assert statuses(database) == ["pending"]
    assert DatabaseOutbox(database, vault).claim(now=NOW + 2 * A_MINUTE) is None


def test_a_retry_waits_its_time_and_counts_its_attempts(database: Database, vault: Vault) -> None:
    queued(database, vault, [a_follow_up(a_resident(database, vault))])

    recorded(database, vault, claimed(database, vault), Retry("busy", A_MINUTE))

    assert DatabaseOutbox(database, vault).claim(now=NOW) is None
    assert claimed(database, vault, now=NOW + A_MINUTE).deliveries[0].attempts == 2


def test_a_claim_that_ran_out_is_in_doubt_and_never_sent_again(database: Database, vault: Vault) -> None:
    a_mass_batch(database, vault)
    claimed(database, vault)

    assert swept(database, now=AFTER_THE_CLAIM - timedelta(microseconds=1)) == 0
    assert swept(database, now=AFTER_THE_CLAIM) == 3
    assert swept(database, now=AFTER_THE_CLAIM) == 0
    assert set(statuses(database)) == {"unknown"}
    assert DatabaseOutbox(database, vault).claim(now=NOW + timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("outcome", "status"),
    [(Accepted("m1"), "accepted"), (Retry("busy", A_MINUTE), "unknown"), (Failed("refused"), "failed")],
)
def test_an_outcome_after_the_sweep_never_makes_it_due_again(
    database: Database, vault: Vault, outcome: Outcome, status: str
) -> None:
    queued(database, vault, [a_follow_up(a_resident(database, vault))])
    batch = claimed(database, vault)
    swept(database, now=AFTER_THE_CLAIM)

    recorded(database, vault, batch, outcome, now=AFTER_THE_CLAIM)

    assert statuses(database) == [status]


def test_a_late_receipt_settles_what_the_platform_took_under_its_id(database: Database, vault: Vault) -> None:
    a_mass_batch(database, vault)
    recorded(database, vault, claimed(database, vault), Accepted("m1"))
    queued(database, vault, [a_follow_up(a_resident(database, vault, 9))])
    recorded(database, vault, claimed(database, vault), Accepted("m2"))

    assert receipt(database, Delivered()) == 3

    assert statuses(database) == ["delivered"] * 3 + ["accepted"]


def test_the_same_receipt_again_changes_nothing(database: Database, vault: Vault) -> None:
    a_mass_batch(database, vault)
    recorded(database, vault, claimed(database, vault), Accepted("m1"))
    receipt(database, Delivered())

    assert receipt(database, Delivered()) == 0
    assert receipt(database, Failed("late")) == 0
    assert set(statuses(database)) == {"delivered"}


def test_what_was_held_is_given_once_even_to_two_messages_at_a_time(database: Database, vault: Vault) -> None:
    person = a_resident(database, vault)
    queued(database, vault, [a_follow_up(person, key=f"k{number}", body=f"答{number}") for number in (1, 2)])
    for _ in range(2):
        recorded(database, vault, claimed(database, vault), Held())
    together = Barrier(2)

    def write(_: int) -> list[str]:
        together.wait()
        return held_taken(database, vault, person)

    with ThreadPoolExecutor(2) as pool:
        given = list(pool.map(write, range(2)))

    assert sorted(given) == [[], ["答1", "答2"]]


def test_what_is_held_for_one_resident_is_not_given_to_another(database: Database, vault: Vault) -> None:
    one, other = a_resident(database, vault, 1), a_resident(database, vault, 2)
    queued(database, vault, [a_follow_up(one)])
    recorded(database, vault, claimed(database, vault), Held())

    assert held_taken(database, vault, other) == []
    assert held_taken(database, vault, one) == ["您的问题有答复了。"]


def test_what_was_held_past_its_validity_is_not_given_any_more(database: Database, vault: Vault) -> None:
    person = a_resident(database, vault)
    queued(database, vault, [a_follow_up(person, expires_at=NOW + A_MINUTE)])
    recorded(database, vault, claimed(database, vault), Held())

    assert held_taken(database, vault, person, now=NOW + A_MINUTE) == []
    assert held_taken(database, vault, person) == ["您的问题有答复了。"]


def test_a_key_is_queued_once(database: Database, vault: Vault) -> None:
    person = a_resident(database, vault)
    for _ in range(2):
        with database.transaction() as session:
            outbox.queue_follow_up(session, person, "答复", key="question7", vault=vault, now=NOW)

    assert len(rows_of(database)) == 1


def test_a_halt_calls_back_what_nobody_has_claimed_and_leaves_the_rest(
    database: Database, vault: Vault
) -> None:
    broadcast_id = a_mass_batch(database, vault, size=2, key="first")
    claimed(database, vault)
    queued(
        database,
        vault,
        [a_follow_up(a_resident(database, vault, 8), key="second", broadcast_id=broadcast_id)],
    )
    queued(database, vault, [a_follow_up(a_resident(database, vault, 9), key="an answer")])

    with database.transaction() as session:
        called_back = outbox.cancel_broadcast(session, broadcast_id, reason="halted", now=NOW)

    assert called_back == 1
    assert statuses(database) == ["claimed", "claimed", "cancelled", "pending"]


def test_whoever_leaves_gets_nothing_more_and_nobody_else_loses_anything(
    database: Database, vault: Vault
) -> None:
    a_mass_batch(database, vault, size=3)
    leaving = rows_of(database)[1].recipient

    with database.transaction() as session:
        outbox.cancel_for(session, leaving, reason="unfollowed", now=NOW)

    assert [one.recipient for one in claimed(database, vault).deliveries] == [
        row.recipient for row in rows_of(database) if row.recipient != leaving
    ]


@pytest.mark.postgres
def test_a_worker_that_claims_during_a_halt_does_not_bring_it_back(postgres: Database, vault: Vault) -> None:
    broadcast_id = a_mass_batch(postgres, vault)

    with ThreadPoolExecutor(1) as pool:
        with postgres.transaction() as session:
            outbox.cancel_broadcast(session, broadcast_id, reason="halted", now=NOW)
            claim = pool.submit(DatabaseOutbox(postgres, vault).claim, now=NOW)
            wait_until_somebody_waits(postgres)
        assert claim.result(20) is None

    assert set(statuses(postgres)) == {"cancelled"}


@pytest.mark.postgres
def test_an_outcome_recorded_during_the_sweep_does_not_make_it_due_again(
    postgres: Database, vault: Vault
) -> None:
    queued(postgres, vault, [a_follow_up(a_resident(postgres, vault))])
    batch = claimed(postgres, vault)

    with ThreadPoolExecutor(1) as pool:
        with postgres.transaction() as session:
            outbox.sweep(session, now=AFTER_THE_CLAIM)
            record = pool.submit(recorded, postgres, vault, batch, Retry("busy", A_MINUTE))
            wait_until_somebody_waits(postgres)
        record.result(20)

    assert statuses(postgres) == ["unknown"]


def wait_until_somebody_waits(database: Database) -> None:
    """Until another connection to this database waits for a lock."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    for _ in range(2_000):
        with database.engine.connect() as connection:
            if connection.scalar(waiting):
                return
            connection.execute(text("SELECT pg_sleep(0.005)"))
    pytest.fail("nobody waited: the two would not have met")


def test_bodies_lie_sealed_in_the_table(database: Database, vault: Vault) -> None:
    a_mass_batch(database, vault)
    with database.transaction() as session:
        outbox.queue_alert(session, "有人可能有危险", key="alert1", vault=vault, now=NOW)

    with database.engine.connect() as connection:
        raw = [tuple(row) for row in connection.execute(text("SELECT * FROM deliveries"))]

    assert len(raw) == 4
    for word in ("通知", "危险"):
        assert not any(word in str(value) for row in raw for value in row)
        assert not any(
            word.encode() in value for row in raw for value in row if isinstance(value, bytes | memoryview)
        )


def test_an_alert_goes_to_the_offices_own_group_and_to_no_resident(database: Database, vault: Vault) -> None:
    with database.transaction() as session:
        outbox.queue_alert(session, "有人可能有危险", key="alert1", vault=vault, now=NOW)

    batch = claimed(database, vault)

    assert (batch.channel, batch.deliveries[0].recipient) == (Channel.WECOM_WEBHOOK, outbox.OFFICE)
    assert rows_of(database)[0].resident_id is None
