import random

import pytest

from bot.errors import Conflict, NotFound
from bot.store import residents
from bot.store.areas import replace_or_add
from bot.store.engine import Database, Session
from bot.store.grid_workers import (
    ALPHABET,
    Appointment,
    Issued,
    appoint,
    bind,
    find_by_bind_code,
    of_resident,
    renew_codes,
    workers_of,
)
from bot.store.tables import GridWorkerRow
from bot.store.vault import Vault
from tests.bot import places
from tests.clocks import TestClock

FIRST = Appointment(places.HEPING.code, "第一网格", "示例甲", "0001")
SECOND = Appointment(places.HEPING.code, "第二网格", "示例乙", "0002")
CHANCE = random.Random(7)  # noqa: S311 - repeatable codes for tests


@pytest.fixture
def village(database: Database) -> Database:
    with database.transaction() as session:
        replace_or_add(session, places.AREAS)
    return database


def issue(session: Session, vault: Vault, *appointments: Appointment) -> tuple[Issued, ...]:
    return appoint(session, appointments, vault=vault, choose=CHANCE.choice)[1]


def a_resident(session: Session, vault: Vault, clock: TestClock, openid: str = "o-one") -> int:
    return residents.recognise(session, openid, vault=vault, now=clock()).id


def test_each_new_worker_is_given_a_code_of_plain_characters(village: Database, vault: Vault) -> None:
    with village.transaction() as session:
        issued = issue(session, vault, FIRST, SECOND)
    assert [one.worker.name for one in issued] == ["示例甲", "示例乙"]
    assert len({one.code for one in issued}) == 2
    assert all(len(one.code) == 8 and set(one.code) <= set(ALPHABET) for one in issued)
    assert not set(ALPHABET) & set("0O1IL2Z5S8BUV")


def test_appointing_the_same_again_changes_nothing(village: Database, vault: Vault) -> None:
    with village.transaction() as session:
        (first,) = issue(session, vault, FIRST)
        changes, issued = appoint(session, [FIRST, SECOND, SECOND], vault=vault, choose=CHANCE.choice)
        assert (changes.added, changes.unchanged) == (1, 1)
        assert [one.worker.name for one in issued] == ["示例乙"]
        assert find_by_bind_code(session, first.code, vault=vault) == first.worker


def test_a_code_finds_its_worker_however_it_is_typed(village: Database, vault: Vault) -> None:
    with village.transaction() as session:
        (issued,) = issue(session, vault, FIRST)
        typed = f" {issued.code[:4].lower()} {issued.code[4:]} "
        assert find_by_bind_code(session, typed, vault=vault) == issued.worker
        assert find_by_bind_code(session, "AAAAAAAA", vault=vault) is None


def test_the_database_holds_no_code(village: Database, vault: Vault) -> None:
    with village.transaction() as session:
        (issued,) = issue(session, vault, FIRST)
        row = session.get_one(GridWorkerRow, issued.worker.id)
        assert row.bind_code_hash is not None
        assert issued.code not in row.bind_code_hash
    assert issued.code not in repr(issued)


def test_a_bound_worker_is_known_by_their_chat_and_the_code_is_used_up(
    village: Database, vault: Vault, clock: TestClock
) -> None:
    with village.transaction() as session:
        (issued,) = issue(session, vault, FIRST)
        resident = a_resident(session, vault, clock)
        worker = bind(session, issued.worker.id, resident, now=clock())
        assert of_resident(session, resident) == worker
        assert (worker.resident_id, worker.bound_at) == (resident, clock())
        assert find_by_bind_code(session, issued.code, vault=vault) is None


def test_one_person_is_one_grid_worker(village: Database, vault: Vault, clock: TestClock) -> None:
    with village.transaction() as session:
        first, second = issue(session, vault, FIRST, SECOND)
        resident = a_resident(session, vault, clock)
        bind(session, first.worker.id, resident, now=clock())
        with pytest.raises(Conflict, match="bound as grid worker"):
            bind(session, second.worker.id, resident, now=clock())


def test_a_bound_worker_is_not_taken_by_another_person(
    village: Database, vault: Vault, clock: TestClock
) -> None:
    with village.transaction() as session:
        (issued,) = issue(session, vault, FIRST)
        bind(session, issued.worker.id, a_resident(session, vault, clock), now=clock())
        with pytest.raises(Conflict, match="somebody else"):
            bind(session, issued.worker.id, a_resident(session, vault, clock, "o-two"), now=clock())


def test_an_unknown_worker_cannot_be_bound(village: Database, clock: TestClock) -> None:
    with village.transaction() as session, pytest.raises(NotFound):
        bind(session, 404, 1, now=clock())


def test_a_lost_code_is_replaced_and_stops_working(village: Database, vault: Vault, clock: TestClock) -> None:
    with village.transaction() as session:
        lost, used = issue(session, vault, FIRST, SECOND)
        bind(session, used.worker.id, a_resident(session, vault, clock), now=clock())
        (renewed,) = renew_codes(session, [FIRST, SECOND], vault=vault, choose=CHANCE.choice)
        assert renewed.worker.name == "示例甲"
        assert find_by_bind_code(session, lost.code, vault=vault) is None
        assert find_by_bind_code(session, renewed.code, vault=vault) is not None


def test_the_workers_of_a_community_are_listed_by_grid(village: Database, vault: Vault) -> None:
    with village.transaction() as session:
        issue(session, vault, SECOND, FIRST)
        assert [worker.grid for worker in workers_of(session, [places.HEPING.code])] == [
            "第一网格",
            "第二网格",
        ]
        assert workers_of(session, [places.BEIJIE.code]) == ()
