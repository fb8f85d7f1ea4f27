"""Totals the database adds up are those a register of every answer would give; what needs a register is named."""

from bot.households import progress, register
from bot.store import headcounts
from bot.store.engine import Database
from bot.store.tables import HeadcountRow
from tests.bot.places import BEIJIE, HEPING, PINGAN, XINCUN
from tests.bot.store.people import NOW
from tests.bot.store.test_headcounts import DRIVE, opened

PLACES = [one.code for one in (BEIJIE, HEPING, PINGAN, XINCUN)]


def said(
    database: Database,
    community: str,
    total: int,
    *,
    code: str | None = None,
    source: str = "door",
    present: int | None = None,
    away: int | None = None,
    children: int | None = None,
) -> None:
    with database.transaction() as session:
        session.add(
            HeadcountRow(
                drive_id=DRIVE.id,
                community_code=community,
                household_code=code,
                source=source,
                state="confirmed",
                total=total,
                present=present,
                away=away,
                children=children,
                entered_at=NOW,
            )
        )


def test_the_database_adds_up_what_a_register_would(database: Database) -> None:
    opened(database, DRIVE)
    said(database, HEPING.code, 4, code="1", away=1)
    said(database, HEPING.code, 5, code="2", present=5, children=2)
    said(database, HEPING.code, 3)
    said(database, BEIJIE.code, 2, source="self", present=2, away=0)
    known = dict.fromkeys(PLACES, 7)

    with database.reading() as session:
        plain, knotty = headcounts.sums_of(session, DRIVE.id, PLACES)
        entries = headcounts.confirmed(session, DRIVE.id)

    counted = progress.summarise(register.current(entries), known)
    rows = {row.community_code: row for row in counted if row.households_answered}
    assert {one.community_code: progress.progress_of(one, 7) for one in plain} == rows
    assert knotty == []


def test_places_with_two_answers_of_a_household_or_a_tally_need_a_register(database: Database) -> None:
    opened(database, DRIVE)
    said(database, HEPING.code, 4, code="1", source="self")
    said(database, HEPING.code, 5, code="1", source="self")
    said(database, XINCUN.code, 90, source="tally")
    said(database, PINGAN.code, 3, code="1")

    with database.reading() as session:
        plain, knotty = headcounts.sums_of(session, DRIVE.id, PLACES)

    assert [one.community_code for one in plain] == [PINGAN.code]
    assert sorted(knotty) == sorted([HEPING.code, XINCUN.code])


def test_few_households_are_hidden_in_sums_as_well() -> None:
    sums = progress.Sums(HEPING.code, households=4, people=9, present=8, away=1, children=0, elderly=0)

    shown = progress.progress_of(sums, 10, hide_small_cells=True)

    assert (shown.households_answered, shown.people, shown.away) == (4, None, None)
