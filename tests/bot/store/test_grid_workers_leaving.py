"""A grid worker who has left is none any more: no code, no chat, in no list and no count. They may come back, and be succeeded."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from secrets import choice

import pytest

from bot.errors import Conflict, NotFound
from bot.store import grid_workers, reach, recipients
from bot.store.changes import Changes
from bot.store.contacts import Contacts, contacts_by_area
from bot.store.engine import Database, Session
from bot.store.grid_workers import Appointment, GridWorker, Issued
from bot.store.pages import Wanted
from bot.store.tables import GridWorkerRow
from bot.store.vault import Vault
from tests.bot.meeting import wait_for
from tests.bot.places import HEPING
from tests.bot.store.people import NOW, a_resident, store_areas

LATER = NOW + timedelta(days=1)
LEAVES = Appointment(HEPING.code, "第一网格", "示例甲", "0001")
STAYS = Appointment(HEPING.code, "第二网格", "示例乙", "0002")
SUCCEEDS = Appointment(HEPING.code, "第一网格", "示例丙", "0003")


@pytest.fixture
def village(database: Database) -> Database:
    store_areas(database)
    return database


def appoint(session: Session, vault: Vault, *appointments: Appointment) -> tuple[Changes, tuple[Issued, ...]]:
    return grid_workers.appoint(session, appointments, vault=vault, choose=choice)


def one_bound_and_one_not(village: Database, vault: Vault) -> tuple[Issued, Issued]:
    """Both appointed; the one who leaves is bound in chat."""
    resident = a_resident(village, vault)
    with village.transaction() as session:
        _, (leaves, stays) = appoint(session, vault, LEAVES, STAYS)
        grid_workers.bind(session, leaves.worker.id, resident, now=NOW)
        return leaves, stays


def dismissed(village: Database, worker_id: int) -> GridWorker:
    with village.transaction() as session:
        return grid_workers.dismiss(session, worker_id, now=LATER)


def listed(session: Session, *, left: bool = False) -> list[str]:
    page = grid_workers.read_workers(session, wanted=Wanted(), left=left)
    return [one.name for one in page.items]


def test_who_is_dismissed_is_untied_and_it_is_told_who_they_were(village: Database, vault: Vault) -> None:
    leaves, _ = one_bound_and_one_not(village, vault)

    was = dismissed(village, leaves.worker.id)

    assert (was.name, was.bound_at, was.dismissed_at) == ("示例甲", NOW, None)
    assert was.resident_id is not None
    with village.reading() as session:
        assert grid_workers.of_resident(session, was.resident_id) is None
        row = session.get_one(GridWorkerRow, was.id)
        assert (row.resident_id, row.bound_at, row.bind_code_hash) == (None, None, None)
        assert row.dismissed_at == LATER


def test_a_code_not_used_before_they_left_opens_nothing(village: Database, vault: Vault) -> None:
    with village.transaction() as session:
        _, (issued,) = appoint(session, vault, LEAVES)

    dismissed(village, issued.worker.id)

    with village.transaction() as session:
        assert grid_workers.find_by_bind_code(session, issued.code, vault=vault) is None
        renewed = grid_workers.renew_codes(session, [LEAVES], vault=vault, choose=choice)
        assert renewed == ()


def test_who_has_left_cannot_be_bound(village: Database, vault: Vault) -> None:
    leaves, _ = one_bound_and_one_not(village, vault)
    other = a_resident(village, vault, 2)
    dismissed(village, leaves.worker.id)

    with village.transaction() as session, pytest.raises(Conflict, match="no grid worker any more"):
        grid_workers.bind(session, leaves.worker.id, other, now=LATER)


def test_nobody_leaves_twice_and_nobody_leaves_who_never_was(village: Database, vault: Vault) -> None:
    leaves, _ = one_bound_and_one_not(village, vault)
    dismissed(village, leaves.worker.id)

    with pytest.raises(Conflict, match="no grid worker any more"):
        dismissed(village, leaves.worker.id)
    with pytest.raises(NotFound):
        dismissed(village, 404)


def test_who_has_left_carries_nothing_and_is_counted_nowhere(village: Database, vault: Vault) -> None:
    leaves, stays = one_bound_and_one_not(village, vault)

    dismissed(village, leaves.worker.id)

    with village.reading() as session:
        carriers = recipients.carriers(session, [HEPING.code])
        ledger = reach.ledger_of(session, [HEPING.code], month_start=NOW, day_start=NOW)
        contacts = contacts_by_area(session, within=HEPING.code, digits=12)
        assert [one.worker_id for one in carriers] == [stays.worker.id]
        assert ledger.relay_tasks == 1
        assert contacts == {HEPING.code: Contacts(workers=1)}
        assert [one.name for one in grid_workers.workers_of(session, [HEPING.code])] == ["示例乙"]


def test_the_list_has_those_who_are_in_service_and_on_request_those_who_left(
    village: Database, vault: Vault
) -> None:
    leaves, _ = one_bound_and_one_not(village, vault)

    dismissed(village, leaves.worker.id)

    with village.reading() as session:
        assert (listed(session), listed(session, left=True)) == (["示例乙"], ["示例甲"])


def test_who_stands_in_a_file_again_is_back_with_a_code_of_their_own(village: Database, vault: Vault) -> None:
    leaves, _ = one_bound_and_one_not(village, vault)
    dismissed(village, leaves.worker.id)

    with village.transaction() as session:
        changes, (issued,) = appoint(session, vault, LEAVES, STAYS)
        again, none = appoint(session, vault, LEAVES, STAYS)

    assert (changes, again, none) == (Changes(changed=1, unchanged=1), Changes(unchanged=2), ())
    assert (issued.worker.id, issued.worker.dismissed_at, issued.worker.bound_at) == (
        leaves.worker.id,
        None,
        None,
    )
    with village.transaction() as session:
        found = grid_workers.find_by_bind_code(session, issued.code, vault=vault)
        assert found == issued.worker
        assert sorted(listed(session)) == ["示例乙", "示例甲"]


def test_a_successor_in_the_same_grid_is_somebody_else_and_brings_nobody_back(
    village: Database, vault: Vault
) -> None:
    leaves, _ = one_bound_and_one_not(village, vault)
    was = dismissed(village, leaves.worker.id)

    with village.transaction() as session:
        changes, (issued,) = appoint(session, vault, SUCCEEDS)
        # On the same telephone account, as when a couple shares one.
        grid_workers.bind(session, issued.worker.id, was.resident_id or 0, now=LATER)

    assert changes == Changes(added=1)
    assert issued.worker.id != leaves.worker.id
    with village.reading() as session:
        assert (sorted(listed(session)), listed(session, left=True)) == (["示例丙", "示例乙"], ["示例甲"])


def test_who_is_meant_is_found_by_what_stands_in_the_file(village: Database, vault: Vault) -> None:
    namesake = Appointment(HEPING.code, LEAVES.grid, LEAVES.name, "9999")
    with village.transaction() as session:
        appoint(session, vault, LEAVES, STAYS, namesake)

        def digits(grid: str, name: str) -> list[str]:
            found = grid_workers.in_service(session, HEPING.code, grid, name)
            return [one.phone_last4 for one in found]

        assert digits("第一网格", "示例甲") == ["0001", "9999"]
        assert digits("第一网格", "示例乙") == []
        (stays,) = grid_workers.in_service(session, HEPING.code, "第二网格", "示例乙")
        grid_workers.dismiss(session, stays.id, now=LATER)
        assert digits("第二网格", "示例乙") == []


@pytest.mark.postgres
def test_a_code_sent_while_its_worker_is_being_dismissed_binds_nobody(
    postgres: Database, vault: Vault
) -> None:
    store_areas(postgres)
    with postgres.transaction() as session:
        _, (issued,) = appoint(session, vault, LEAVES)

    def found() -> bool:
        with postgres.transaction() as session:
            return grid_workers.find_by_bind_code(session, issued.code, vault=vault) is not None

    with ThreadPoolExecutor(1) as pool:
        with postgres.transaction() as session:
            grid_workers.dismiss(session, issued.worker.id, now=LATER)
            sent = pool.submit(found)
            wait_for(postgres, 1)
        assert not sent.result(20)
