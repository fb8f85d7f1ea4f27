"""Danger to life on the office's page: seen by whom it concerns, taken on by one, written down."""

import secrets
from collections.abc import Callable

import pytest

from bot.access import Role
from bot.runtime import Runtime
from bot.store import audit, grid_workers, inquiries
from bot.store.grid_workers import Appointment
from tests.bot.console.conftest import Browser
from tests.bot.office.acting import trail
from tests.clocks import TestClock

SignedIn = Callable[..., Browser]
VILLAGE, ITS_COUNTY = "621121100201", "621121000000"
TOWN, ITS_DISTRICT = "621102001003", "621102000000"


@pytest.fixture
def alert(runtime: Runtime, clock: TestClock) -> Callable[..., int]:
    def make(area_code: str | None = VILLAGE, kind: str = "medical") -> int:
        with runtime.database.transaction() as session:
            return inquiries.raise_alert(session, kind=kind, area_code=area_code, now=clock())

    return make


def test_an_alert_is_listed_with_its_place_until_somebody_takes_it_on(
    signed_in: SignedIn, alert: Callable[..., int]
) -> None:
    number = alert()
    browser = signed_in(Role.EDITOR, name="示例·值班员")

    assert "急病" in browser.get("/console/alerts?state=open").text
    after = browser.post(f"/console/alerts/{number}/acknowledge", {"back": "open"}).text

    assert "已记下由您接手" in after
    assert "没有符合条件" in after
    assert "示例·值班员" in browser.get("/console/alerts?state=acknowledged").text


def test_taking_an_alert_on_leaves_a_trace(
    signed_in: SignedIn, alert: Callable[..., int], runtime: Runtime
) -> None:
    number = alert()
    signed_in(Role.EDITOR, name="示例·值班员").post(f"/console/alerts/{number}/acknowledge", {})

    with runtime.database.reading() as session:
        (event,) = audit.events_of(session, f"alert {number}")
    assert (event.actor, event.action) == ("示例·值班员", "alert.acknowledged")


def guide(page: str) -> str:
    """What is said to be done now."""
    return page.partition('id="act-now"')[2].partition("</section>")[0]


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        ("self_harm", ["120", "110", "12356"]),
        ("medical", ["120", "110"]),
        ("violence", ["110", "120"]),
        ("fire", ["119", "120"]),
        ("unclear", ["120", "110", "119", "12356"]),
    ],
)
def test_whoever_takes_an_alert_on_is_told_what_is_known_and_whom_to_call(
    signed_in: SignedIn, alert: Callable[..., int], kind: str, numbers: list[str]
) -> None:
    number = alert(kind=kind)

    told = guide(signed_in(Role.EDITOR).post(f"/console/alerts/{number}/acknowledge", {"back": "open"}).text)

    assert "通渭县" in told
    assert "2022-07-14" in told
    assert "和网格员" in told
    assert [one for one in numbers if one not in told] == []


def test_the_grid_workers_of_the_place_are_named_and_having_seen_them_leaves_a_trace(
    signed_in: SignedIn, alert: Callable[..., int], runtime: Runtime
) -> None:
    worker = Appointment(VILLAGE, "第一网格", "示例·网格员", "1234")
    with runtime.database.transaction() as session:
        grid_workers.appoint(session, [worker], vault=runtime.vault, choose=secrets.choice)
    number, lead = alert(), signed_in(Role.AREA_LEAD, area_code=ITS_COUNTY)

    told = guide(lead.post(f"/console/alerts/{number}/acknowledge", {}).text)

    assert "示例·网格员" in told
    assert "手机尾号 1234" in told
    assert [event.action for event in trail(runtime, "grid workers")] == ["grid_workers.viewed"]
    assert guide(lead.get(f"/console/alerts?taken={number}").text) == told


def test_without_a_place_nobody_is_sent_and_of_another_county_nothing_is_told(
    signed_in: SignedIn, alert: Callable[..., int]
) -> None:
    nowhere, there = alert(None), alert(TOWN)
    lead = signed_in(Role.AREA_LEAD, area_code=ITS_COUNTY)

    assert "地方不清楚" in guide(signed_in(Role.EDITOR).get(f"/console/alerts?taken={nowhere}").text)
    assert lead.get(f"/console/alerts?taken={there}").status_code == 404


def test_a_second_click_changes_nothing_and_says_so(
    signed_in: SignedIn, alert: Callable[..., int], runtime: Runtime
) -> None:
    number = alert()
    first, second = signed_in(Role.EDITOR, name="示例·甲"), signed_in(Role.EDITOR, name="示例·乙")
    first.post(f"/console/alerts/{number}/acknowledge", {})

    after = second.post(f"/console/alerts/{number}/acknowledge", {})

    assert "已有人接手" in after.text
    assert "示例·甲" in after.text
    with runtime.database.reading() as session:
        assert len(audit.events_of(session, f"alert {number}")) == 1


def test_an_area_lead_sees_the_alerts_of_the_own_county_and_no_other(
    signed_in: SignedIn, alert: Callable[..., int]
) -> None:
    alert(VILLAGE, "medical")
    alert(TOWN, "fire")
    alert(None, "violence")

    rows = signed_in(Role.AREA_LEAD, area_code=ITS_COUNTY).get("/console/alerts").text.partition("<tbody>")[2]

    assert "急病" in rows
    assert "火情" not in rows
    assert "暴力伤害" not in rows


def test_an_alert_of_another_county_cannot_be_taken_on_by_its_number(
    signed_in: SignedIn, alert: Callable[..., int]
) -> None:
    number = alert(VILLAGE)
    lead = signed_in(Role.AREA_LEAD, area_code=ITS_DISTRICT)

    assert lead.post(f"/console/alerts/{number}/acknowledge", {}).status_code == 404


@pytest.mark.parametrize("number", ["0", "99999", "1.5", "x", "9" * 30])
def test_a_number_there_is_not_is_a_page_that_is_not_there(signed_in: SignedIn, number: str) -> None:
    browser = signed_in(Role.EDITOR)

    assert browser.post(f"/console/alerts/{number}/acknowledge", {}).status_code in {404, 405}


def test_alerts_are_taken_away_as_a_file_and_leave_a_trace(
    signed_in: SignedIn, alert: Callable[..., int], runtime: Runtime
) -> None:
    alert()

    response = signed_in(Role.EDITOR).get("/console/alerts?format=csv")

    assert response.content_type.startswith("text/csv")
    assert "急病" in response.text
    assert [event.action for event in trail(runtime, "alerts")] == ["alerts.exported"]


def test_an_auditor_takes_nothing_on(signed_in: SignedIn, alert: Callable[..., int]) -> None:
    number = alert()

    assert signed_in(Role.AUDITOR).post(f"/console/alerts/{number}/acknowledge", {}).status_code == 403
