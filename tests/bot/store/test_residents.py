"""One openid, one resident; and without the key, or after an erasure, a resident is nobody."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select, text

from bot.errors import ConfigError
from bot.messages import Inbound, Kind
from bot.store import inbox, outbox, residents, screenshots
from bot.store.addresses import addressees
from bot.store.engine import Database
from bot.store.residents import Resident, Window
from bot.store.tables import OpenidRow, ResidentRow, Table
from bot.store.vault import Vault
from tests.bot.store.people import NOW, a_resident, an_openid, store_areas

A_MINUTE, TWO_DAYS = timedelta(minutes=1), timedelta(hours=48)


def found(database: Database, resident_id: int) -> Resident:
    with database.reading() as session:
        resident = residents.find_resident(session, resident_id)
    assert resident is not None
    return resident


def opened(database: Database, resident_id: int, lasts: timedelta, *, left: int) -> None:
    with database.transaction() as session:
        residents.open_window(session, resident_id, Window(until=NOW + lasts, left=left))


def spent(database: Database, resident_id: int, *, after: timedelta = timedelta(0)) -> bool:
    with database.transaction() as session:
        return residents.spend_window(session, resident_id, NOW + after)


def test_the_same_openid_is_the_same_resident(database: Database, vault: Vault) -> None:
    assert a_resident(database, vault, 1) == a_resident(database, vault, 1)
    assert a_resident(database, vault, 1) != a_resident(database, vault, 2)


def test_many_first_messages_at_once_make_one_resident(database: Database, vault: Vault) -> None:
    together = Barrier(4)

    def write(_: int) -> int:
        together.wait()
        return a_resident(database, vault, follows=False)

    with ThreadPoolExecutor(4) as pool:
        ids = set(pool.map(write, range(4)))

    assert len(ids) == 1
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ResidentRow)) == 1


def test_a_resident_has_no_community_before_saying_so(database: Database, vault: Vault) -> None:
    store_areas(database)
    resident_id = a_resident(database, vault, follows=False)
    before = found(database, resident_id)

    with database.transaction() as session:
        residents.bind_community(session, resident_id, "621121100201")

    assert (before.community_code, before.followed_at) == (None, None)
    assert found(database, resident_id).community_code == "621121100201"


def test_opting_out_and_in_again_leaves_the_following_alone(database: Database, vault: Vault) -> None:
    resident_id = a_resident(database, vault)

    with database.transaction() as session:
        residents.opt_out(session, resident_id, NOW)
    out = found(database, resident_id)
    with database.transaction() as session:
        residents.opt_in(session, resident_id)

    assert (out.opted_out_at, out.followed_at) == (NOW, NOW)
    assert found(database, resident_id).opted_out_at is None


def test_whoever_leaves_has_no_window_and_may_come_back(database: Database, vault: Vault) -> None:
    resident_id = a_resident(database, vault)
    opened(database, resident_id, TWO_DAYS, left=5)

    with database.transaction() as session:
        residents.unfollow(session, resident_id, NOW)

    assert found(database, resident_id).followed_at is None
    assert not spent(database, resident_id)
    assert found(database, a_resident(database, vault)).followed_at == NOW


def test_a_short_window_never_shortens_a_longer_one(database: Database, vault: Vault) -> None:
    resident_id = a_resident(database, vault)
    opened(database, resident_id, TWO_DAYS, left=5)

    opened(database, resident_id, A_MINUTE, left=3)

    assert spent(database, resident_id, after=timedelta(hours=47))


def test_a_new_message_opens_the_window_anew(database: Database, vault: Vault) -> None:
    resident_id = a_resident(database, vault)
    opened(database, resident_id, A_MINUTE, left=1)
    assert spent(database, resident_id)
    assert not spent(database, resident_id)

    opened(database, resident_id, TWO_DAYS, left=5)

    assert [spent(database, resident_id, after=A_MINUTE) for _ in range(6)] == [True] * 5 + [False]


def test_a_window_is_closed_at_its_end(database: Database, vault: Vault) -> None:
    resident_id = a_resident(database, vault)
    opened(database, resident_id, A_MINUTE, left=3)

    assert not spent(database, resident_id, after=A_MINUTE)
    assert spent(database, resident_id, after=A_MINUTE - timedelta(microseconds=1))


def test_a_window_the_platform_calls_closed_is_closed(database: Database, vault: Vault) -> None:
    resident_id = a_resident(database, vault)
    opened(database, resident_id, TWO_DAYS, left=5)

    with database.transaction() as session:
        residents.close_window(session, resident_id)

    assert not spent(database, resident_id)


def test_many_senders_at_once_never_spend_more_than_the_window_allows(
    database: Database, vault: Vault
) -> None:
    resident_id = a_resident(database, vault)
    opened(database, resident_id, TWO_DAYS, left=2)
    together = Barrier(5)

    def send(_: int) -> bool:
        together.wait()
        return spent(database, resident_id)

    with ThreadPoolExecutor(5) as pool:
        sent = list(pool.map(send, range(5)))

    assert sum(sent) == 2
    with database.reading() as session:
        assert session.get_one(ResidentRow, resident_id).window_left == 0


def test_the_senders_find_the_openid_and_only_with_the_right_key(database: Database, vault: Vault) -> None:
    resident_id = a_resident(database, vault)

    with database.reading() as session:
        assert residents.openid_of(session, resident_id, vault) == an_openid()
        assert addressees(session, [resident_id], vault)[0].openid == an_openid()
        with pytest.raises(ConfigError):
            residents.openid_of(session, resident_id, Vault(bytes(32)))


def test_an_erased_resident_cannot_be_found_again(database: Database, vault: Vault) -> None:
    store_areas(database)
    resident_id = a_resident(database, vault, community="621121100201")
    opened(database, resident_id, TWO_DAYS, left=5)

    with database.transaction() as session:
        residents.erase(session, resident_id, NOW)

    with database.reading() as session:
        assert residents.openid_of(session, resident_id, vault) is None
        assert addressees(session, [resident_id], vault) == []
        assert session.scalar(select(func.count()).select_from(OpenidRow)) == 0
    assert found(database, resident_id).community_code is None
    assert not spent(database, resident_id)
    assert a_resident(database, vault) != resident_id


def test_no_openid_lies_open_in_any_column_of_any_table(database: Database, vault: Vault) -> None:
    message = Inbound(
        kind=Kind.IMAGE,
        openid=an_openid(),
        account="gh_1",
        created_at=NOW,
        dedup_key="msg:1",
        media_id="media",
    )
    with database.transaction() as session:
        resident = residents.recognise(session, an_openid(), vault=vault, now=NOW)
        inbox.accept(session, message, resident.id, vault=vault, now=NOW, lease=A_MINUTE)
        screenshots.add(session, message, resident.id, vault=vault, now=NOW)
        outbox.queue_follow_up(session, resident.id, "答复", key="k", vault=vault, now=NOW)

    raw = raw_values(database)

    assert sum(table in {"openids", "inbox", "screenshots", "deliveries"} for table, _ in raw) > 20
    assert [table for table, value in raw if an_openid().encode() in value] == []


def raw_values(database: Database) -> list[tuple[str, bytes]]:
    """Every value of every row as bytes, with its table."""
    with database.engine.connect() as connection:
        return [
            (table, bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode())
            for table in Table.metadata.tables
            for row in connection.execute(text(f'SELECT * FROM "{table}"'))  # noqa: S608 - our own tables' names
            for value in row
        ]
