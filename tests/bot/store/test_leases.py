from datetime import timedelta
from threading import Barrier, Thread

from bot.store import leases
from bot.store.engine import Database
from tests.clocks import TestClock

TTL = timedelta(seconds=15)


def take(database: Database, clock: TestClock, holder: str) -> bool:
    with database.transaction() as session:
        return leases.acquire(session, "leader", holder=holder, ttl=TTL, now=clock())


def keep(database: Database, clock: TestClock, holder: str) -> bool:
    with database.transaction() as session:
        return leases.renew(session, "leader", holder=holder, ttl=TTL, now=clock())


def test_one_holder_at_a_time(database: Database, clock: TestClock) -> None:
    assert take(database, clock, "a")
    assert not take(database, clock, "b")


def test_the_holder_may_take_it_again(database: Database, clock: TestClock) -> None:
    assert take(database, clock, "a")
    assert take(database, clock, "a")


def test_an_expired_lease_goes_to_whoever_asks(database: Database, clock: TestClock) -> None:
    take(database, clock, "a")
    clock.advance(seconds=14.999)
    assert not take(database, clock, "b")
    clock.advance(seconds=0.001)
    assert take(database, clock, "b")
    assert not take(database, clock, "a")


def test_a_renewed_lease_lasts_from_now_on(database: Database, clock: TestClock) -> None:
    take(database, clock, "a")
    clock.advance(seconds=10)
    assert keep(database, clock, "a")
    clock.advance(seconds=10)
    assert not take(database, clock, "b")


def test_a_lease_that_ran_out_cannot_be_renewed(database: Database, clock: TestClock) -> None:
    take(database, clock, "a")
    clock.advance(seconds=15)
    assert not keep(database, clock, "a")


def test_nobody_else_can_renew_or_release_it(database: Database, clock: TestClock) -> None:
    take(database, clock, "a")
    with database.transaction() as session:
        leases.release(session, "leader", holder="b")
    assert not keep(database, clock, "b")
    assert not take(database, clock, "b")
    assert keep(database, clock, "a")


def test_a_released_lease_is_free_at_once(database: Database, clock: TestClock) -> None:
    take(database, clock, "a")
    with database.transaction() as session:
        leases.release(session, "leader", holder="a")
    assert take(database, clock, "b")


def test_leases_of_other_names_are_other_rights(database: Database, clock: TestClock) -> None:
    take(database, clock, "a")
    with database.transaction() as session:
        assert leases.acquire(session, "other", holder="b", ttl=TTL, now=clock())


def test_of_many_who_ask_at_once_one_gets_it(database: Database, clock: TestClock) -> None:
    for _round in range(5):
        clock.advance(minutes=1)
        together = Barrier(6)
        taken: list[str] = []

        def ask(holder: str, together: Barrier = together, taken: list[str] = taken) -> None:
            together.wait()
            if take(database, clock, holder):
                taken.append(holder)

        threads = [Thread(target=ask, args=(f"holder {number}",)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(taken) == 1
