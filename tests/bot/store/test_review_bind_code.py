"""A bind code binds one person, also when two send it at the same moment."""

import contextlib
from concurrent.futures import ThreadPoolExecutor
from secrets import choice
from threading import Barrier, BrokenBarrierError

from bot.store import grid_workers
from bot.store.engine import Database
from bot.store.grid_workers import Appointment
from bot.store.vault import Vault
from tests.bot.store.people import NOW, a_resident, store_areas

VILLAGE = "621121100201"


def test_a_code_sent_by_two_at_once_binds_one_of_them(database: Database, vault: Vault) -> None:
    store_areas(database)
    people = [a_resident(database, vault, number) for number in (1, 2)]
    with database.transaction() as session:
        appointment = Appointment(VILLAGE, "一网格", "示例网格员", "0000")
        _, (issued,) = grid_workers.appoint(session, [appointment], vault=vault, choose=choice)
    together = Barrier(2)

    def bind(resident_id: int) -> bool:
        with database.transaction() as session:
            found = grid_workers.find_by_bind_code(session, issued.code, vault=vault)
            with contextlib.suppress(BrokenBarrierError):
                together.wait(0.5)
            if found is not None:
                grid_workers.bind(session, found.id, resident_id, now=NOW)
            return found is not None

    with ThreadPoolExecutor(2) as pool:
        bound = list(pool.map(bind, people))

    assert sorted(bound) == [False, True]
