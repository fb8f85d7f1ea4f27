from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from bot.store.engine import Database
from bot.store.revisions import AREAS, KNOWLEDGE, raise_revision, revision


def number(database: Database, name: str = KNOWLEDGE) -> int:
    with database.reading() as session:
        return revision(session, name)


def test_a_revision_begins_at_nothing_and_rises_by_one(database: Database) -> None:
    before = number(database)
    for _ in range(2):
        with database.transaction() as session:
            raise_revision(session, KNOWLEDGE)
    assert (before, number(database), number(database, AREAS)) == (0, 2, 0)


def test_changes_at_the_same_time_are_all_counted_even_the_first(database: Database) -> None:
    together = Barrier(4)

    def change(_: int) -> None:
        together.wait()
        with database.transaction() as session:
            raise_revision(session, KNOWLEDGE)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(change, range(4)))

    assert number(database) == 4
