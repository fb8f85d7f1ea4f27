from datetime import timedelta
from threading import Thread

import pytest

from bot.errors import PlatformUnavailable
from bot.store.engine import Database
from bot.store.tables import PlatformTokenRow
from bot.store.tokens import DatabaseTokenStore
from bot.store.vault import Vault
from bot.wechat.tokens import Grant, StoredToken, TokenSource
from tests.clocks import TestClock


def store_on(database: Database, vault: Vault, clock: TestClock) -> DatabaseTokenStore:
    """A store whose waiting moves the clock instead of taking time."""
    return DatabaseTokenStore(database, vault, clock, sleep=lambda seconds: clock.advance(seconds=seconds))


def test_a_saved_token_is_there_for_every_process(database: Database, vault: Vault, clock: TestClock) -> None:
    token = StoredToken("secret-token", clock() + timedelta(hours=1))
    store_on(database, vault, clock).save("wechat", token=token)
    assert store_on(database, vault, clock).load("wechat", now=clock()) == token


def test_a_new_token_takes_the_old_ones_place(database: Database, vault: Vault, clock: TestClock) -> None:
    store = store_on(database, vault, clock)
    later = StoredToken("second", clock() + timedelta(hours=2))
    store.save("wechat", token=StoredToken("first", clock() + timedelta(hours=1)))
    store.save("wechat", token=later)
    assert store.load("wechat", now=clock()) == later


def test_an_expired_or_unknown_token_is_none(database: Database, vault: Vault, clock: TestClock) -> None:
    store = store_on(database, vault, clock)
    store.save("wechat", token=StoredToken("old", clock()))
    assert store.load("wechat", now=clock()) is None
    assert store.load("wecom", now=clock()) is None


def test_the_database_holds_no_token_in_clear(database: Database, vault: Vault, clock: TestClock) -> None:
    store = store_on(database, vault, clock)
    store.save("wechat", token=StoredToken("secret-token", clock() + timedelta(hours=1)))
    with database.reading() as session:
        assert b"secret-token" not in session.get_one(PlatformTokenRow, "wechat").token_sealed


def test_the_lock_is_free_again_after_an_error(database: Database, vault: Vault, clock: TestClock) -> None:
    store = store_on(database, vault, clock)
    with pytest.raises(PlatformUnavailable, match="fetching"), store.lock("wechat"):
        raise PlatformUnavailable("fetching")
    started = clock()
    with store.lock("wechat"):
        assert clock() == started


def test_who_crashed_holding_the_lock_keeps_it_for_fifteen_seconds(
    database: Database, vault: Vault, clock: TestClock
) -> None:
    crashed = store_on(database, vault, clock).lock("wechat")
    crashed.__enter__()
    started = clock()
    with store_on(database, vault, clock).lock("wechat"):
        assert timedelta(seconds=15) <= clock() - started < timedelta(seconds=16)


def test_waiting_has_an_end(database: Database, vault: Vault, clock: TestClock) -> None:
    held = store_on(database, vault, clock).lock("wechat")
    held.__enter__()
    impatient = DatabaseTokenStore(database, vault, clock, sleep=lambda _seconds: None)
    with pytest.raises(PlatformUnavailable), impatient.lock("wechat"):
        pytest.fail("two held the lock")


def test_locks_of_two_tokens_do_not_wait_for_each_other(
    database: Database, vault: Vault, clock: TestClock
) -> None:
    store = store_on(database, vault, clock)
    started = clock()
    with store.lock("wechat"), store.lock("wecom"):
        assert clock() == started


def test_of_many_processes_one_fetches_the_token(database: Database, vault: Vault, clock: TestClock) -> None:
    fetched: list[str] = []
    found: list[str] = []

    def fetch() -> Grant:
        fetched.append("once")
        return Grant(f"token-{len(fetched)}", timedelta(hours=2))

    def ask() -> None:
        # Real waiting here: the threads race for the real lock.
        source = TokenSource(DatabaseTokenStore(database, vault, clock), fetch, name="wechat", clock=clock)
        found.append(source.current())

    threads = [Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["token-1"] * 6
    assert fetched == ["once"]
