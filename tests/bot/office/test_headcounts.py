"""Totals per community and area: own area only, small cells hidden in what is taken out."""

from datetime import date
from pathlib import Path

import pytest

from bot.access import Role
from bot.errors import Forbidden, NotFound
from bot.households.headcount import Headcount
from bot.office import headcounts as office
from bot.runtime import Runtime
from bot.store import headcounts, households
from bot.store.engine import Database
from bot.store.headcounts import HeadcountDrive
from bot.store.households import Household
from bot.store.pages import Wanted
from tests.bot.office.acting import acting
from tests.bot.offices import an_office, followers
from tests.bot.places import ANDING, BEIJIE, HEPING, OTHER_HEPING, PINGXIANG, PREFECTURE, TONGWEI, XINCUN
from tests.clocks import TestClock

FOUR = Headcount(total=4, present=3, away=1, children=1, elderly=0)


def a_drive(drive_id: str, area_code: str) -> HeadcountDrive:
    return HeadcountDrive(
        id=drive_id,
        title="住户人数登记",
        purpose="安排物资",
        basis="〔2022〕8号通知",
        area_code=area_code,
        owner="市民政局",
        starts_on=date(2022, 7, 10),
        ends_on=date(2022, 7, 20),
        delete_on=date(2022, 8, 20),
        notice_version="1",
    )


@pytest.fixture
def runtime(database: Database, tmp_path: Path, clock: TestClock) -> Runtime:
    """A drive for the whole prefecture: six households of 和平村 answered, three of 北街社区, one of 新村村."""
    runtime = an_office(database, tmp_path, clock)
    with database.transaction() as session:
        headcounts.add_drive(session, a_drive("summer", PREFECTURE.code))
        households.put_households(
            session, [Household(HEPING.code, f"H{number}", "一网格") for number in range(8)]
        )
    for community, count, first in ((HEPING, 6, 1), (BEIJIE, 3, 20), (XINCUN, 1, 40)):
        for resident in followers(runtime, count, community=community.code, first=first):
            with database.transaction() as session:
                headcounts.confirm(
                    session, resident, FOUR, drive_id="summer", community_code=community.code, now=clock.now
                )
    return runtime


def test_totals_are_told_for_the_whole_and_for_each_area_below(runtime: Runtime) -> None:
    with acting(runtime, Role.EDITOR) as act:
        seen = office.progress(act, "summer", hide_small=False)

    assert (seen.total.households_known, seen.total.households_answered, seen.total.people) == (8, 10, 40)
    assert {total.area_code: total.people for total in seen.below} == {ANDING.code: 12, TONGWEI.code: 28}


def test_what_is_taken_out_hides_small_cells_and_adds_up_only_what_it_shows(runtime: Runtime) -> None:
    with acting(runtime, Role.EDITOR) as act:
        seen = office.progress(act, "summer", hide_small=True)
        rows = office.totals_by_community(act, "summer", Wanted(), hide_small=True).items

    people = {row.community_code: row.people for row in rows}
    assert people[HEPING.code] == 24
    assert (people[BEIJIE.code], people[XINCUN.code], people[OTHER_HEPING.code]) == (None, None, 0)
    assert (seen.total.people, seen.total.hidden, seen.total.households_answered) == (24, 2, 10)


def test_a_lead_of_one_county_sees_its_numbers_only(runtime: Runtime) -> None:
    with acting(runtime, Role.AREA_LEAD, area_code=TONGWEI.code) as act:
        seen = office.progress(act, "summer", hide_small=False)
        rows = office.totals_by_community(act, "summer", Wanted(), hide_small=False).items
        with pytest.raises(Forbidden):
            office.progress(act, "summer", area_code=ANDING.code, hide_small=False)

    assert (seen.total.area_code, seen.total.people) == (TONGWEI.code, 28)
    assert {row.community_code[:6] for row in rows} == {"621121"}


def test_a_drive_of_another_county_is_not_found(runtime: Runtime) -> None:
    with runtime.database.transaction() as session:
        headcounts.add_drive(session, a_drive("theirs", ANDING.code))
    with acting(runtime, Role.AREA_LEAD, area_code=TONGWEI.code) as act:
        listed = [drive.id for drive in office.list_drives(act, Wanted()).items]
        with pytest.raises(NotFound):
            office.show_drive(act, "theirs")
    assert listed == ["summer"]


def test_communities_come_a_page_at_a_time(runtime: Runtime) -> None:
    codes: list[str] = []
    cursor = ""
    with acting(runtime, Role.AUDITOR) as act:
        while True:
            page = office.totals_by_community(act, "summer", Wanted(cursor=cursor, limit=2), hide_small=True)
            codes += [row.community_code for row in page.items]
            cursor = page.following
            if not cursor:
                break
    assert codes == sorted(codes)
    assert len(codes) == len(set(codes)) == 5


def test_an_area_may_be_asked_for_and_an_unknown_one_is_not_found(runtime: Runtime) -> None:
    with acting(runtime, Role.AUDITOR) as act:
        seen = office.progress(act, "summer", area_code=PINGXIANG.code, hide_small=False)
        with pytest.raises(NotFound):
            office.progress(act, "summer", area_code="999999000000", hide_small=False)
    assert seen.total.people == 28
