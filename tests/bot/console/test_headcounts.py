"""Headcounts in the console: totals down to the village, disputes by code, files that tell of no single family."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from operator import itemgetter

import pytest

from bot.access import Role
from bot.runtime import Runtime
from bot.store import audit, headcounts
from bot.store.headcounts import HeadcountDrive
from bot.store.tables import HeadcountRow
from tests.bot.console.conftest import Browser
from tests.bot.console.lists import link
from tests.clocks import TestClock

SignedIn = Callable[..., Browser]
DRIVE = "/console/headcounts/sample-1"
COUNTY, TOWNSHIP, VILLAGE = "621121000000", "621121100000", "621121100201"
DISTRICT, NEIGHBOURHOOD = "621102000000", "621102001003"


@pytest.fixture
def answers(runtime: Runtime, clock: TestClock) -> Callable[..., None]:
    """Answers of four people each, taken at the door."""

    def make(count: int, *, community: str = VILLAGE) -> None:
        with runtime.database.transaction() as session:
            session.add_all(
                an_answer(clock, community=community, code=f"{number:03}", total=4)
                for number in range(1, count + 1)
            )

    return make


@pytest.fixture
def dispute(runtime: Runtime, clock: TestClock) -> Callable[..., None]:
    """One household code of which two people said different numbers."""

    def make(*, community: str = VILLAGE, code: str = "012") -> None:
        with runtime.database.transaction() as session:
            session.add_all(
                an_answer(clock, community=community, code=code, total=total, source="self")
                for total in (3, 5)
            )

    return make


def an_answer(
    clock: TestClock, *, community: str, code: str, total: int, source: str = "door"
) -> HeadcountRow:
    return HeadcountRow(
        drive_id="sample-1",
        community_code=community,
        household_code=code,
        source=source,
        state="confirmed",
        total=total,
        present=total - 1,
        away=1,
        children=1,
        elderly=0,
        entered_at=clock(),
    )


def rows_of(text: str) -> dict[str, list[str]]:
    """The lines of a file by their division code."""
    return {row[1]: row for row in csv.reader(io.StringIO(text))}


def test_totals_lead_from_the_prefecture_to_the_village(
    signed_in: SignedIn, answers: Callable[..., None]
) -> None:
    answers(6)
    browser = signed_in(Role.EDITOR)

    drive = browser.get(DRIVE).text
    township = browser.get(f"{DRIVE}?area={TOWNSHIP}").text

    assert "<b>24</b>人" in drive
    assert f"area={COUNTY}" in drive
    assert "6 / 12 户" in township


def test_a_file_hides_the_people_of_places_with_few_households(
    signed_in: SignedIn, answers: Callable[..., None]
) -> None:
    answers(6)
    answers(3, community=NEIGHBOURHOOD)

    response = signed_in(Role.EDITOR).get(f"{DRIVE}?format=csv")

    rows = rows_of(response.text)
    assert rows[VILLAGE][4] == "24"
    assert rows[NEIGHBOURHOOD][3:9] == ["3", *["少于 5 户"] * 5]


def test_a_file_leaves_a_trace(signed_in: SignedIn, runtime: Runtime) -> None:
    signed_in(Role.EDITOR, name="示例·导出人").get(f"{DRIVE}?format=xlsx")

    with runtime.database.reading() as session:
        (event,) = audit.events_of(session, "drive sample-1")
    assert (event.actor, event.action) == ("示例·导出人", "headcounts.exported")


def test_disputes_are_shown_by_code_with_what_was_said(
    signed_in: SignedIn, dispute: Callable[..., None]
) -> None:
    dispute(code="012")
    browser = signed_in(Role.EDITOR)

    assert "1 户" in browser.get(DRIVE).text
    page = browser.get(f"{DRIVE}/disputes").text

    assert '<td rowspan="2">012</td>' in page
    assert page.count("住户自报") == 2


def test_looking_at_households_leaves_a_trace(
    signed_in: SignedIn, dispute: Callable[..., None], runtime: Runtime
) -> None:
    dispute()
    signed_in(Role.EDITOR, name="示例·看的人").get(f"{DRIVE}/disputes?area={TOWNSHIP}")

    with runtime.database.reading() as session:
        (event,) = audit.events_of(session, "drive sample-1")
    assert (event.actor, event.action, event.detail["area"]) == (
        "示例·看的人",
        "headcounts.disputes_viewed",
        TOWNSHIP,
    )


def test_disputes_are_taken_away_as_doors_to_knock_at_without_what_was_said(
    signed_in: SignedIn, dispute: Callable[..., None], runtime: Runtime
) -> None:
    places = sorted(area.code for area in runtime.places.get().tree.communities())[:30]
    for place in places:
        dispute(community=place, code=f"H-{place}")

    taken = signed_in(Role.EDITOR, name="示例·导出人").get(f"{DRIVE}/disputes?format=csv&sort=-area").text

    heading, *rows = csv.reader(io.StringIO(taken.removeprefix("\ufeff")))
    assert heading == ["村（社区）", "户号", "不同的说法", "来源", "最近一次"]
    assert [row[1] for row in rows] == [f"H-{place}" for place in reversed(places)]
    assert {tuple(row[2:4]) for row in rows} == {("2", "住户自报")}
    with runtime.database.reading() as session:
        (event,) = audit.events_of(session, "drive sample-1")
    assert (event.actor, event.action) == ("示例·导出人", "headcounts.disputes_exported")


def test_disputes_are_narrowed_to_a_place_and_turned_round(
    signed_in: SignedIn, dispute: Callable[..., None]
) -> None:
    dispute(code="OURS")
    dispute(community=NEIGHBOURHOOD, code="THEIRS")
    browser = signed_in(Role.EDITOR)
    first, second = sorted((("OURS", VILLAGE), ("THEIRS", NEIGHBOURHOOD)), key=itemgetter(1))

    narrowed = browser.get(f"{DRIVE}/disputes?area={TOWNSHIP}").text
    turned = browser.get(f"{DRIVE}/disputes?sort=-area").text

    assert ("OURS" in narrowed, "THEIRS" in narrowed) == (True, False)
    assert turned.index(second[0]) < turned.index(first[0])
    assert browser.get(f"{DRIVE}/disputes?sort=people").status_code == 422


def test_a_page_of_places_that_agree_says_that_more_follows(
    signed_in: SignedIn, runtime: Runtime, clock: TestClock, dispute: Callable[..., None]
) -> None:
    places = sorted(area.code for area in runtime.places.get().tree.communities())[:21]
    with runtime.database.transaction() as session:
        session.add_all(
            an_answer(clock, community=place, code="012", total=4, source="self")
            for place in places[:20]
            for _ in range(2)
        )
    dispute(community=places[20], code="LAST")
    browser = signed_in(Role.EDITOR)
    page = browser.get(f"{DRIVE}/disputes").text

    assert "没有说法不一的户" not in page
    assert "后面还有" in page
    assert "LAST" in browser.get(link(page, "下一页")).text


def test_drives_are_narrowed_to_those_that_run_and_taken_away(
    signed_in: SignedIn, runtime: Runtime, clock: TestClock
) -> None:
    today = clock().date()
    with runtime.database.transaction() as session:
        running = headcounts.find_drive(session, "sample-1")
        assert running is not None
        for name, days in (("over", -60), ("upcoming", 60)):
            moved = timedelta(days=days)
            headcounts.add_drive(
                session,
                replace(
                    running, id=name, title=f"示例：{name}", starts_on=today + moved, ends_on=today + moved
                ),
            )
    browser = signed_in(Role.EDITOR)

    found = {
        phase: {
            name
            for name, title in (
                ("sample-1", running.title),
                ("over", "示例：over"),
                ("upcoming", "示例：upcoming"),
            )
            if title in browser.get(f"/console/headcounts?phase={phase}").text
        }
        for phase in ("", "running", "over", "upcoming")
    }

    assert found == {
        "": {"sample-1", "over", "upcoming"},
        "running": {"sample-1"},
        "over": {"over"},
        "upcoming": {"upcoming"},
    }
    taken = browser.get("/console/headcounts?phase=over&format=csv").text
    assert "示例：over" in taken
    assert "示例：upcoming" not in taken
    with runtime.database.reading() as session:
        assert [event.action for event in audit.events_of(session, "drives")] == ["headcounts.exported"]


def test_disputes_of_many_places_are_read_a_page_at_a_time(
    signed_in: SignedIn, dispute: Callable[..., None], runtime: Runtime
) -> None:
    places = sorted(area.code for area in runtime.places.get().tree.communities())[:30]
    for place in places:
        dispute(community=place, code=f"H-{place}")
    browser = signed_in(Role.EDITOR)

    first = browser.get(f"{DRIVE}/disputes").text
    following = first.partition('href="/console/headcounts/sample-1/disputes?cursor=')[2].partition('"')[0]
    second = browser.get(f"{DRIVE}/disputes?cursor={following}").text

    assert [place for place in places if f"H-{place}" in first] == places[:20]
    assert [place for place in places if f"H-{place}" in second] == places[20:]


def test_an_area_lead_sees_the_numbers_of_the_own_county_alone(
    signed_in: SignedIn, answers: Callable[..., None], dispute: Callable[..., None]
) -> None:
    answers(6)
    answers(7, community=NEIGHBOURHOOD)
    dispute(code="OURS")
    dispute(community=NEIGHBOURHOOD, code="THEIRS")
    lead = signed_in(Role.AREA_LEAD, area_code=COUNTY)

    page, disputes = lead.get(DRIVE).text, lead.get(f"{DRIVE}/disputes").text
    rows = rows_of(lead.get(f"{DRIVE}?format=csv").text)

    assert "<b>24</b>人" in page
    assert "安定区" not in page
    assert "OURS" in disputes
    assert "THEIRS" not in disputes
    assert VILLAGE in rows
    assert NEIGHBOURHOOD not in rows


@pytest.mark.parametrize("path", ["", "/disputes"])
@pytest.mark.parametrize("form", ["", "&format=csv"])
def test_another_county_cannot_be_asked_for_by_its_code(signed_in: SignedIn, path: str, form: str) -> None:
    lead = signed_in(Role.AREA_LEAD, area_code=COUNTY)

    assert lead.get(f"{DRIVE}{path}?area={DISTRICT}{form}").status_code == 403


def test_a_drive_of_another_county_is_not_there(signed_in: SignedIn, runtime: Runtime) -> None:
    drive = HeadcountDrive(
        id="theirs", title="安定区登记", purpose="示例", basis="示例", area_code=DISTRICT, owner="示例",
        starts_on=date(2022, 7, 1), ends_on=date(2022, 8, 1), delete_on=date(2022, 9, 1), notice_version="1",
    )  # fmt: skip
    with runtime.database.transaction() as session:
        headcounts.add_drive(session, drive)
    lead = signed_in(Role.AREA_LEAD, area_code=COUNTY)

    assert "安定区登记" not in lead.get("/console/headcounts").text
    assert lead.get("/console/headcounts/theirs").status_code == 404
    assert lead.get("/console/headcounts/theirs/disputes").status_code == 404


@pytest.mark.parametrize(("area", "status"), [("999999999999", 404), ("x", 404), ("%00", 422)])
def test_an_area_there_is_not_is_not_found(signed_in: SignedIn, area: str, status: int) -> None:
    assert signed_in(Role.EDITOR).get(f"{DRIVE}?area={area}").status_code == status
