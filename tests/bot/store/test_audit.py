from threading import Thread

import pytest
from sqlalchemy import delete, insert, select, update

from bot.store import audit
from bot.store.audit import AuditQuery
from bot.store.engine import Database
from bot.store.pages import Wanted
from bot.store.tables import AuditEventRow
from tests.clocks import TestClock


def write(database: Database, clock: TestClock, *subjects: str) -> None:
    for subject in subjects:
        clock.advance(seconds=1)
        with database.transaction() as session:
            audit.record(
                session,
                at=clock(),
                actor="编辑甲",
                action="article.changed",
                subject=subject,
                detail={"字段": ["answer"], "share": 0.25, "before": None},
            )


def broken(database: Database) -> int | None:
    with database.reading() as session:
        return audit.verify(session)


def ids(database: Database) -> list[int]:
    with database.reading() as session:
        return list(session.scalars(select(AuditEventRow.id).order_by(AuditEventRow.id)))


def test_an_untouched_chain_holds(database: Database, clock: TestClock) -> None:
    assert broken(database) is None
    write(database, clock, "a", "b", "c")
    assert broken(database) is None


def test_the_events_of_a_subject_are_told_oldest_first(database: Database, clock: TestClock) -> None:
    write(database, clock, "a", "b", "a")
    with database.reading() as session:
        found = audit.events_of(session, "a")
    assert [event.subject for event in found] == ["a", "a"]
    assert found[0].at < found[1].at == clock()
    assert found[0].detail == {"字段": ["answer"], "share": 0.25, "before": None}


@pytest.mark.parametrize("last", ["\U0010ffff", "\ud7ff", "{"])
def test_an_action_is_looked_for_by_any_sign_there_is(
    database: Database, clock: TestClock, last: str
) -> None:
    write(database, clock, "a")
    with database.reading() as session:
        assert audit.find_events(session, AuditQuery(action=f"art{last}"), Wanted()).items == ()


def test_a_changed_event_is_found(database: Database, clock: TestClock) -> None:
    write(database, clock, "a", "b", "c")
    second = ids(database)[1]
    with database.transaction() as session:
        session.execute(update(AuditEventRow).where(AuditEventRow.id == second).values(actor="编辑乙"))
    assert broken(database) == second


def test_a_removed_event_is_found_at_the_next_one(database: Database, clock: TestClock) -> None:
    write(database, clock, "a", "b", "c")
    _first, second, third = ids(database)
    with database.transaction() as session:
        session.execute(delete(AuditEventRow).where(AuditEventRow.id == second))
    assert broken(database) == third


def test_an_event_put_in_by_hand_is_found(database: Database, clock: TestClock) -> None:
    write(database, clock, "a")
    with database.transaction() as session:
        session.execute(
            insert(AuditEventRow).values(
                id=99, at=clock(), actor="?", action="?", subject="?", detail={}, hash="f" * 64
            )
        )
    assert broken(database) == 99


def test_writers_at_once_make_one_chain(database: Database, clock: TestClock) -> None:
    def work(name: str) -> None:
        for number in range(5):
            with database.transaction() as session:
                audit.record(session, at=clock(), actor=name, action="done", subject=f"{name} {number}")

    threads = [Thread(target=work, args=(f"writer {number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids(database)) == 20
    assert broken(database) is None


def test_an_event_of_a_rolled_back_transaction_leaves_no_gap(database: Database, clock: TestClock) -> None:
    write(database, clock, "a")
    with database.engine.connect() as connection, connection.begin() as begun:
        connection.execute(
            insert(AuditEventRow).values(
                at=clock(), actor="?", action="?", subject="?", detail={}, hash="e" * 64
            )
        )
        begun.rollback()
    write(database, clock, "b")
    assert broken(database) is None


def test_events_are_found_by_the_beginning_of_what_was_done(database: Database, clock: TestClock) -> None:
    with database.transaction() as session:
        for action in (
            "staff.added",
            "staff.closed",
            "staffing.begun",
            "sign_in",
            "sign_in.first",
            "stadium.seen",
        ):
            audit.record(session, at=clock(), actor="a", action=action, subject="s")

    with database.reading() as session:
        found = {
            sought: [
                event.action
                for event in audit.find_events(session, AuditQuery(action=sought), Wanted()).items
            ]
            for sought in ("staff.", "sign_in", "sta%")
        }

    assert found == {
        "staff.": ["staff.closed", "staff.added"],
        "sign_in": ["sign_in.first", "sign_in"],
        "sta%": [],
    }
