"""The parts of one answer reach the phone in their order, however many workers send."""

from datetime import timedelta

from bot.store.engine import Database
from bot.store.outbox import DatabaseOutbox
from bot.store.vault import Vault
from broadcasts.outcome import Accepted, Retry
from tests.bot.store.people import NOW, a_follow_up, a_resident, queued


def test_a_second_part_waits_until_the_first_is_sent(database: Database, vault: Vault) -> None:
    resident = a_resident(database, vault)
    queued(database, vault, [a_follow_up(resident, key="reply1.0"), a_follow_up(resident, key="reply1.1")])
    outbox = DatabaseOutbox(database, vault)

    first = outbox.claim(now=NOW)
    meanwhile = outbox.claim(now=NOW)
    assert first is not None
    outbox.record(first, Accepted(""), now=NOW)
    second = outbox.claim(now=NOW)

    assert meanwhile is None
    assert second is not None
    assert (first.client_msg_id, second.client_msg_id) == ("reply1.0", "reply1.1")


def test_a_second_part_waits_for_the_firsts_next_attempt(database: Database, vault: Vault) -> None:
    resident = a_resident(database, vault)
    queued(database, vault, [a_follow_up(resident, key="reply1.0"), a_follow_up(resident, key="reply1.1")])
    outbox = DatabaseOutbox(database, vault)
    first = outbox.claim(now=NOW)
    assert first is not None

    outbox.record(first, Retry("platform_-1", timedelta(seconds=30)), now=NOW)

    assert outbox.claim(now=NOW) is None


def test_another_answer_waits_for_nobody(database: Database, vault: Vault) -> None:
    resident = a_resident(database, vault)
    queued(database, vault, [a_follow_up(resident, key="reply1.0"), a_follow_up(resident, key="reply2.0")])
    outbox = DatabaseOutbox(database, vault)

    keys = {batch.client_msg_id for batch in (outbox.claim(now=NOW), outbox.claim(now=NOW)) if batch}

    assert keys == {"reply1.0", "reply2.0"}
