"""Answered exactly once, as the database sees it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from bot.errors import BadSignature, TakenOver
from bot.messages import Inbound, Kind
from bot.store import inbox, residents
from bot.store.engine import Database
from bot.store.inbox import Receipt, State
from bot.store.vault import Vault

NOW = datetime(2022, 7, 14, 4, 0, tzinfo=UTC)
LEASE = timedelta(seconds=6)


def a_message(*, key: str = "msg:1") -> Inbound:
    return Inbound(
        kind=Kind.TEXT, openid="oA", account="gh_1", created_at=NOW, dedup_key=key, text="核酸还做吗"
    )


def accepted(database: Database, vault: Vault, *, key: str = "msg:1", now: datetime = NOW) -> Receipt | None:
    with database.transaction() as session:
        resident = residents.recognise(session, "oA", vault=vault, now=now)
        return inbox.accept(session, a_message(key=key), resident.id, vault=vault, now=now, lease=LEASE)


def replied(database: Database, vault: Vault, receipt: Receipt, reply: str = "做") -> None:
    with database.transaction() as session:
        inbox.record_reply(session, receipt, reply, state=State.ANSWERED, vault=vault, now=NOW)


def standing(database: Database, vault: Vault) -> inbox.Standing:
    with database.reading() as session:
        return inbox.standing(session, "msg:1", vault)


def test_a_message_is_accepted_once(database: Database, vault: Vault) -> None:
    first, second = accepted(database, vault), accepted(database, vault)

    assert first is not None
    assert second is None


def test_of_many_at_once_one_is_accepted(database: Database, vault: Vault) -> None:
    together = Barrier(4)

    def post(_: int) -> Receipt | None:
        together.wait()
        return accepted(database, vault)

    with ThreadPoolExecutor(4) as pool:
        receipts = [receipt for receipt in pool.map(post, range(4)) if receipt]

    assert len(receipts) == 1


def test_a_repeat_finds_the_reply(database: Database, vault: Vault) -> None:
    receipt = accepted(database, vault)
    assert receipt is not None
    before = standing(database, vault)

    replied(database, vault, receipt)

    assert before == inbox.Standing(State.WORKING, None)
    assert standing(database, vault) == inbox.Standing(State.ANSWERED, "做")


def test_a_claim_that_holds_is_not_taken_over(database: Database, vault: Vault) -> None:
    accepted(database, vault)

    with database.transaction() as session:
        taken = inbox.take_over(session, "msg:1", now=NOW + timedelta(seconds=5), lease=LEASE)

    assert taken is None


def test_a_dead_workers_message_is_taken_over_once(database: Database, vault: Vault) -> None:
    accepted(database, vault)
    later = NOW + timedelta(seconds=7)

    with database.transaction() as session:
        first = inbox.take_over(session, "msg:1", now=later, lease=LEASE)
    with database.transaction() as session:
        second = inbox.take_over(session, "msg:1", now=later, lease=LEASE)

    assert first is not None
    assert first.attempt == 2
    assert second is None


def test_whoever_lost_the_message_cannot_record_a_reply(database: Database, vault: Vault) -> None:
    lost = accepted(database, vault)
    assert lost is not None
    with database.transaction() as session:
        inbox.take_over(session, "msg:1", now=NOW + timedelta(seconds=7), lease=LEASE)

    with pytest.raises(TakenOver):
        replied(database, vault, lost)


def test_a_message_left_behind_can_be_read_again_with_everything_in_it(
    database: Database, vault: Vault
) -> None:
    accepted(database, vault)

    with database.reading() as session:
        found = inbox.abandoned(session, before=NOW + LEASE, vault=vault, limit=10)

    assert list(found) == [a_message()]


def test_an_answered_message_keeps_no_payload(database: Database, vault: Vault) -> None:
    receipt = accepted(database, vault)
    assert receipt is not None
    replied(database, vault, receipt)

    with database.reading() as session:
        assert not inbox.abandoned(session, before=NOW + LEASE, vault=vault, limit=10)


def test_the_same_nonce_with_another_message_is_a_replay(database: Database) -> None:
    with database.transaction() as session:
        inbox.check_nonce(session, timestamp="1", nonce="2", dedup_key="msg:1", now=NOW)
        inbox.check_nonce(session, timestamp="1", nonce="2", dedup_key="msg:1", now=NOW)

    with database.transaction() as session, pytest.raises(BadSignature):
        inbox.check_nonce(session, timestamp="1", nonce="2", dedup_key="msg:2", now=NOW)


def test_purging_deletes_what_is_old_and_nothing_else(database: Database, vault: Vault) -> None:
    accepted(database, vault, key="msg:old", now=NOW - timedelta(days=31))
    accepted(database, vault, key="msg:new")

    with database.transaction() as session:
        gone = inbox.purge(session, before=NOW - timedelta(days=30), nonces_before=NOW)

    assert gone == 1
    assert accepted(database, vault, key="msg:new") is None
