"""A picture is read by one worker at a time, again when that one died, and not for ever."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from bot.messages import Inbound, Kind
from bot.store import screenshots
from bot.store.engine import Database
from bot.store.screenshots import CLAIM_LASTS, MOST_ATTEMPTS, Screenshot
from bot.store.vault import Vault
from tests.bot.store.people import NOW, a_resident, an_openid

PICTURE = Inbound(
    kind=Kind.IMAGE, openid=an_openid(), account="gh", created_at=NOW, dedup_key="msg:1", media_id="m"
)
LATER = NOW + CLAIM_LASTS


def waiting(database: Database, vault: Vault) -> None:
    person = a_resident(database, vault)
    with database.transaction() as session:
        screenshots.add(session, PICTURE, person, vault=vault, now=NOW)


def claimed(database: Database, vault: Vault, *, later: int = 0) -> Screenshot | None:
    with database.transaction() as session:
        return screenshots.claim(session, vault=vault, now=NOW + later * CLAIM_LASTS)


def test_a_picture_comes_out_with_the_message_it_came_in(database: Database, vault: Vault) -> None:
    waiting(database, vault)
    shot = claimed(database, vault)
    assert shot is not None
    assert (shot.message, shot.attempt) == (PICTURE, 1)


def test_of_many_workers_one_gets_the_picture(database: Database, vault: Vault) -> None:
    waiting(database, vault)
    together = Barrier(3)

    def work(_: int) -> Screenshot | None:
        together.wait()
        return claimed(database, vault)

    with ThreadPoolExecutor(3) as pool:
        assert len([shot for shot in pool.map(work, range(3)) if shot]) == 1


def test_whoever_was_given_up_for_dead_cannot_answer(database: Database, vault: Vault) -> None:
    waiting(database, vault)
    slow = claimed(database, vault)
    quick = claimed(database, vault, later=1)
    assert slow is not None
    assert quick is not None
    with database.transaction() as session:
        assert not screenshots.finish(session, slow)
        assert not screenshots.set_back(session, slow)
        assert screenshots.finish(session, quick)
        assert not screenshots.finish(session, quick)
        assert not screenshots.has_waiting(session, now=LATER + CLAIM_LASTS)


def test_what_could_not_be_fetched_is_tried_three_times(database: Database, vault: Vault) -> None:
    waiting(database, vault)
    again = []
    while shot := claimed(database, vault):
        with database.transaction() as session:
            again.append(screenshots.set_back(session, shot))
    assert again == [True] * (MOST_ATTEMPTS - 1) + [False]


def test_a_picture_being_read_is_not_waiting_until_its_reader_is_late(
    database: Database, vault: Vault
) -> None:
    waiting(database, vault)
    claimed(database, vault)
    with database.reading() as session:
        assert not screenshots.has_waiting(session, now=NOW)
        assert screenshots.has_waiting(session, now=LATER)
