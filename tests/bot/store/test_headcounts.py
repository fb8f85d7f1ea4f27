"""Household totals: the current answer, the drive that asks, and a deletion that leaves nothing."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import func, select

import bot.store
from bot.households.headcount import Headcount
from bot.store import headcounts
from bot.store.engine import Database
from bot.store.headcounts import HeadcountDrive
from bot.store.tables import HeadcountRow, NoticeRow
from bot.store.vault import Vault
from tests.bot.places import BEIJIE, HEPING, PINGXIANG, PREFECTURE, TONGWEI, TREE
from tests.bot.store.people import NOW, a_resident, store_areas

DAY = date(2022, 7, 14)
DRIVE = HeadcountDrive(
    id="wide",
    title="登记",
    purpose="安排物资",
    basis="示例〔2022〕8号通知",
    area_code=PREFECTURE.code,
    owner="市民政局（示例）",
    starts_on=DAY,
    ends_on=DAY + timedelta(days=14),
    delete_on=DAY + timedelta(days=44),
    notice_version="1",
)


def opened(database: Database, *drives: HeadcountDrive) -> None:
    store_areas(database)
    with database.transaction() as session:
        for drive in drives:
            headcounts.add_drive(session, drive)


def running(database: Database, community: str | None, day: date = DAY) -> str | None:
    path = TREE.path(community) if community else ()
    with database.reading() as session:
        drive = headcounts.running_drive(session, path, day=day)
        return drive.id if drive else None


def confirmed(
    database: Database, resident_id: int, total: int, *, community: str | None = HEPING.code
) -> None:
    with database.transaction() as session:
        headcounts.confirm(
            session, resident_id, Headcount(total=total), drive_id="wide", community_code=community, now=NOW
        )


def current(database: Database, resident_id: int) -> Headcount | None:
    with database.reading() as session:
        return headcounts.current_of(session, resident_id, "wide")


def test_a_drive_asks_on_its_first_and_last_day_and_on_no_other(database: Database) -> None:
    opened(database, DRIVE)
    days = [DAY - timedelta(days=1), DAY, DRIVE.ends_on, DRIVE.ends_on + timedelta(days=1)]
    assert [running(database, HEPING.code, day) for day in days] == [None, "wide", "wide", None]


def test_the_drive_of_the_nearest_area_asks(database: Database) -> None:
    opened(
        database,
        DRIVE,
        replace(DRIVE, id="a county", area_code=TONGWEI.code),
        replace(DRIVE, id="township", area_code=PINGXIANG.code),
    )
    assert running(database, HEPING.code) == "township"
    assert running(database, BEIJIE.code) == "wide"


def test_who_has_not_said_where_they_live_is_asked_by_the_widest(database: Database) -> None:
    """Else they would be told of a village's own drive, and counted in it."""
    opened(
        database,
        replace(DRIVE, id="a village", area_code=HEPING.code),
        replace(DRIVE, id="county", area_code=TONGWEI.code),
        DRIVE,
    )
    assert running(database, None) == "wide"


def test_opening_a_drive_again_changes_it(database: Database) -> None:
    opened(database, DRIVE, replace(DRIVE, title="更正"))
    with database.reading() as session:
        assert [drive.title for drive in headcounts.drives(session)] == ["更正"]


def test_a_new_version_of_the_notice_is_shown_again(database: Database, vault: Vault) -> None:
    opened(database, DRIVE)
    person, other = a_resident(database, vault, 1), a_resident(database, vault, 2)
    with database.transaction() as session:
        headcounts.note_told(session, person, DRIVE, now=NOW)
    with database.reading() as session:
        assert headcounts.was_told(session, person, DRIVE)
        assert not headcounts.was_told(session, other, DRIVE)
        assert not headcounts.was_told(session, person, replace(DRIVE, notice_version="2"))


def test_a_changed_answer_supersedes_the_first_and_keeps_it(database: Database, vault: Vault) -> None:
    opened(database, DRIVE)
    person = a_resident(database, vault)
    confirmed(database, person, 5)
    confirmed(database, person, 6)

    assert current(database, person) == Headcount(total=6)
    with database.reading() as session:
        states = session.scalars(select(HeadcountRow.state).order_by(HeadcountRow.id))
        assert list(states) == ["superseded", "confirmed"]
        assert [entry.headcount.total for entry in headcounts.confirmed(session, "wide")] == [6]


def test_one_household_changes_nothing_for_another(database: Database, vault: Vault) -> None:
    opened(database, DRIVE)
    one, other = a_resident(database, vault, 1), a_resident(database, vault, 2)
    confirmed(database, one, 5)
    confirmed(database, other, 3)
    assert (current(database, one), current(database, other)) == (Headcount(total=5), Headcount(total=3))


def test_an_answer_counts_once_its_community_is_known(database: Database, vault: Vault) -> None:
    opened(database, DRIVE)
    person = a_resident(database, vault)
    confirmed(database, person, 5, community=None)
    with database.transaction() as session:
        before = headcounts.confirmed(session, "wide")
        headcounts.place_unplaced(session, person, HEPING.code)
        headcounts.place_unplaced(session, person, BEIJIE.code)
    with database.reading() as session:
        after = headcounts.confirmed(session, "wide")
    assert (before, [entry.community_code for entry in after]) == ([], [HEPING.code])


def test_a_respondents_key_says_nothing_about_who_it_is(database: Database, vault: Vault) -> None:
    opened(database, DRIVE)
    person = a_resident(database, vault)
    confirmed(database, person, 5)
    with database.reading() as session:
        (entry,) = headcounts.confirmed(session, "wide")
    assert entry.respondent == f"resident {person}"


def test_on_the_day_of_deletion_answers_and_notices_of_that_drive_go(
    database: Database, vault: Vault
) -> None:
    opened(database, DRIVE, replace(DRIVE, id="later", delete_on=DRIVE.delete_on + timedelta(days=1)))
    person = a_resident(database, vault)
    confirmed(database, person, 5)
    confirmed(database, person, 6)
    with database.transaction() as session:
        for drive_id in ("wide", "later"):
            headcounts.note_told(session, person, replace(DRIVE, id=drive_id), now=NOW)
        early = headcounts.purge(session, DRIVE.delete_on - timedelta(days=1))
        gone = headcounts.purge(session, DRIVE.delete_on)
    with database.reading() as session:
        assert session.scalars(select(NoticeRow.drive_id)).all() == ["later"]
        assert session.scalar(select(func.count()).select_from(HeadcountRow)) == 0
    assert (early, gone) == (0, 2)


def test_no_module_of_the_store_reads_headcounts_and_inquiries_together() -> None:
    """Numbers at home and what somebody asked or reported stay apart; only deletion and the archive know both."""
    households = re.compile(r"\b(?:HeadcountRow|HeadcountDriveRow|NoticeRow|headcounts\b.*\bjoin)")
    asked = re.compile(r"\b(?:ReportRow|QuestionRow|TicketRow)\b")
    folder = Path(str(bot.store.__file__)).parent
    modules = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.py")}

    both = [name for name, text in modules.items() if households.search(text) and asked.search(text)]

    assert "headcounts.py" in modules
    assert both == []
