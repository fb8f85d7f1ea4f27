"""Transactions alike on both databases: what is committed stays, what fails leaves nothing, times keep their moment."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError, StatementError
from sqlalchemy.orm import Session

from bot.store.engine import Database, database_answers, open_database
from bot.store.tables import AlertRow, ConversationRow, LeaseRow

SHANGHAI = timezone(timedelta(hours=8))
NOW = datetime(2022, 7, 14, 4, 0, 0, 123_456, tzinfo=UTC)


def a_lease(name: str, expires_at: datetime = NOW) -> LeaseRow:
    return LeaseRow(name=name, holder="somebody", expires_at=expires_at)


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(LeaseRow.name).order_by(LeaseRow.expires_at)))


def written_elsewhere(database: Database, name: str) -> None:
    """By another thread, while ours is in the middle."""

    def write() -> None:
        with database.transaction() as session:
            session.add(a_lease(name))

    thread = Thread(target=write)
    thread.start()
    thread.join(20)


def test_leaving_a_transaction_commits_it(database: Database) -> None:
    with database.transaction() as session:
        session.add(a_lease("one"))
    assert names(database) == ["one"]


def test_what_fails_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.transaction() as session:
            session.add(a_lease("one"))
            session.flush()
            raise RuntimeError("as a crash would")

    with pytest.raises(RuntimeError):
        fail()
    assert names(database) == []


def test_what_fails_in_a_savepoint_leaves_the_rest(database: Database) -> None:
    with database.transaction() as session:
        session.add(a_lease("one"))
        session.flush()
        with session.begin_nested() as savepoint:
            session.add(a_lease("two"))
            session.flush()
            savepoint.rollback()
    assert names(database) == ["one"]


def test_work_that_met_somebody_elses_is_run_again_on_what_they_wrote(sqlite: Database) -> None:
    seen: list[list[str]] = []

    def work(session: Session) -> int:
        seen.append(list(session.scalars(select(LeaseRow.name))))
        if len(seen) == 1:
            written_elsewhere(sqlite, "theirs")
        session.add(a_lease("ours"))
        session.flush()
        return len(seen)

    assert sqlite.attempt(work) == 2

    assert seen == [[], ["theirs"]]
    assert sorted(names(sqlite)) == ["ours", "theirs"]


def test_the_second_run_holds_the_lock_from_its_beginning(sqlite: Database) -> None:
    """So that it cannot be met again: nobody else writes while it thinks."""
    path = str(sqlite.engine.url)
    impatient = open_database(path)
    locked: list[bool] = []

    def work(session: Session) -> None:
        session.scalar(select(LeaseRow.name))
        if not locked:
            written_elsewhere(sqlite, "theirs")
        locked.append(_is_locked(impatient))
        session.add(a_lease("ours"))
        session.flush()

    sqlite.attempt(work)
    impatient.close()

    assert locked == [False, True]


def _is_locked(database: Database) -> bool:
    with database.engine.connect() as connection:
        connection.rollback()
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA busy_timeout=0")
        try:
            raw.execute("BEGIN IMMEDIATE")
        except Exception as error:  # noqa: BLE001 - the driver's own error, whatever its class
            return "locked" in str(error)
        raw.execute("ROLLBACK")
        return False


def test_work_that_met_nobody_runs_once(database: Database) -> None:
    runs: list[int] = []

    def work(session: Session) -> None:
        runs.append(1)
        session.add(a_lease("one"))

    database.attempt(work)

    assert (len(runs), names(database)) == (1, ["one"])


def test_an_error_of_the_works_own_is_not_tried_again(database: Database) -> None:
    runs: list[int] = []

    def work(session: Session) -> None:
        runs.append(1)
        session.connection().exec_driver_sql("SELECT * FROM no_such_table")

    with pytest.raises(Exception, match="no_such_table"):
        database.attempt(work)
    assert len(runs) == 1


def test_reading_does_not_wait_for_a_writer(database: Database) -> None:
    with database.transaction() as writer:
        writer.add(a_lease("one"))
        writer.flush()
        assert names(database) == []
    assert names(database) == ["one"]


def test_a_reference_to_nothing_is_refused(database: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"), database.transaction() as session:
        session.add(ConversationRow(resident_id=99, step="x", data={}, expires_at=NOW))


@pytest.mark.parametrize(
    "moment", [NOW, NOW.astimezone(SHANGHAI), NOW.replace(microsecond=0), datetime(2099, 1, 1, tzinfo=UTC)]
)
def test_a_time_keeps_its_moment_and_comes_back_in_utc(database: Database, moment: datetime) -> None:
    with database.transaction() as session:
        session.add(a_lease("one", moment))

    with database.reading() as session:
        found = session.get_one(LeaseRow, "one").expires_at

    assert (found, found.utcoffset()) == (moment, timedelta(0))


def test_times_are_compared_as_moments_however_they_were_written(database: Database) -> None:
    with database.transaction() as session:
        session.add(a_lease("later", (NOW + timedelta(microseconds=1)).astimezone(SHANGHAI)))
        session.add(a_lease("whole second", NOW.replace(microsecond=0)))
        session.add(a_lease("now", NOW))

    assert names(database) == ["whole second", "now", "later"]
    with database.reading() as session:
        until_now = select(LeaseRow.name).where(LeaseRow.expires_at <= NOW.astimezone(SHANGHAI))
        assert sorted(session.scalars(until_now)) == ["now", "whole second"]


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(StatementError, match="without a time zone"), database.transaction() as session:
        session.add(a_lease("one", naive))
    with pytest.raises(StatementError, match="without a time zone"), database.reading() as session:
        session.scalar(select(LeaseRow.name).where(LeaseRow.expires_at <= naive))


def test_a_time_that_is_not_there_stays_away(database: Database) -> None:
    with database.transaction() as session:
        session.add(AlertRow(kind="x", raised_at=NOW))
    with database.reading() as session:
        assert session.scalars(select(AlertRow.acknowledged_at)).all() == [None]


def test_a_database_that_cannot_be_opened_does_not_answer(database: Database, tmp_path: Path) -> None:
    folder = open_database(f"sqlite:///{tmp_path / 'a folder'}")
    (tmp_path / "a folder").mkdir()
    nobody = open_database("postgresql+psycopg://nobody@127.0.0.1:9/none")

    assert database_answers(database)
    assert not database_answers(folder)
    assert not database_answers(nobody)


def test_the_folder_of_a_new_database_is_made(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'new' / 'deep' / 'd.sqlite3'}")
    assert database_answers(database)
    database.close()


def test_a_writer_that_waits_too_long_is_told_and_not_left_hanging(sqlite: Database) -> None:
    with sqlite.transaction() as session:
        session.add(a_lease("one"))
        session.flush()
        with sqlite.engine.connect() as other:
            other.exec_driver_sql("PRAGMA busy_timeout=0")
            with pytest.raises(OperationalError, match="locked"):
                other.execute(LeaseRow.__table__.delete())  # type: ignore[attr-defined] # it is a Table
