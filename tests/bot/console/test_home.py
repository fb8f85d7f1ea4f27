"""The first page: what waits for whom, what is broken, how the day goes; and charts without a script."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from itertools import count

import pytest
from flask import Flask

from bot import scheduler
from bot.access import Role
from bot.figures import count_figures
from bot.office import condition
from bot.runtime import Runtime
from bot.store import daily_figures, leases, outbox
from bot.store.daily_figures import AT_ITS_END, OF_THE_DAY, Figure
from bot.store.tables import ClaimActionRow, ClaimRow, OfficeAlertRow, ReportRow, SightingRow, TicketRow
from tests.bot.console.conftest import Browser
from tests.clocks import TestClock
from tests.scenarios.phone import Phone

SignedIn = Callable[..., Browser]
VILLAGE, ITS_COUNTY = "621121100201", "621121000000"
OTHER_DISTRICT = "621102000000"
LABELS = {
    Role.REVIEWER: ("新传言待分派", "由我核查", "不同意见待复核", "知识条目待审"),
    Role.APPROVER: ("结论待签发", "推送待签发"),
    Role.AREA_LEAD: ("待答问题", "紧急情况待接手", "传言核查已超时"),
}


@pytest.fixture
def claim(runtime: Runtime, clock: TestClock) -> Callable[..., str]:
    """A claim on the desk, reported from one village."""

    def make(claim_id: str = "one", *, state: str = "new", late: bool = False, seen: str = VILLAGE) -> str:
        due = clock() + timedelta(hours=-1 if late else 1)
        with runtime.database.transaction() as session:
            session.add(
                ClaimRow(
                    id=claim_id, text="听说要停电", phrasings=[], topic="other", state=state, log={},
                    opened_at=clock(), due_at=due, updated_at=clock(),
                )
            )  # fmt: skip
            session.flush()
            session.add(
                SightingRow(claim_id=claim_id, area_code=seen, count=1, first_at=clock(), last_at=clock())
            )
        return claim_id

    return make


@pytest.fixture
def reports(runtime: Runtime, clock: TestClock) -> Callable[..., None]:
    def make(claim_id: str, number: int, *, area_code: str = VILLAGE, every: timedelta) -> None:
        with runtime.database.transaction() as session:
            for place in range(number):
                ticket = TicketRow(kind="report")
                session.add(ticket)
                session.flush()
                session.add(
                    ReportRow(
                        number=ticket.number, claim_id=claim_id, text="听说要停电", area_code=area_code,
                        channel="chat", state="new", likelihood=0.5, reasons=[],
                        reported_at=clock() + place * every,
                    )
                )  # fmt: skip

    return make


@pytest.mark.parametrize("role", LABELS)
def test_each_role_sees_what_waits_for_it(signed_in: SignedIn, role: Role) -> None:
    area = ITS_COUNTY if role is Role.AREA_LEAD else None

    page = signed_in(role, area_code=area).get("/console/").text

    for label in LABELS[role]:
        assert label in page


def test_nobody_is_shown_work_that_is_not_theirs(signed_in: SignedIn) -> None:
    page = signed_in(Role.EDITOR).get("/console/").text

    assert "结论待签发" not in page
    assert "不同意见待复核" not in page


def test_what_is_past_its_clock_stands_out(signed_in: SignedIn, claim: Callable[..., str]) -> None:
    claim("late", late=True)
    claim("in time")
    claim("done", late=True, state="closed")

    page = signed_in(Role.REVIEWER).get("/console/").text

    assert "<b>1</b>传言核查已超时" in page
    assert "<b>2</b>新传言待分派" in page


def test_an_area_lead_counts_the_claims_of_the_own_county_alone(
    signed_in: SignedIn, claim: Callable[..., str]
) -> None:
    claim("ours", late=True)
    claim("theirs", late=True, seen="621102001003")

    assert "<b>1</b>传言核查已超时" in signed_in(Role.AREA_LEAD, area_code=ITS_COUNTY).get("/console/").text


def test_counting_stops_at_a_thousand(signed_in: SignedIn, runtime: Runtime, clock: TestClock) -> None:
    with runtime.database.transaction() as session:
        session.add_all(
            ClaimRow(
                id=f"c{number}", text="听说", phrasings=[], topic="other", state="new", log={},
                updated_at=clock(),
            )
            for number in range(1_200)
        )  # fmt: skip

    assert "<b>999+</b>新传言待分派" in signed_in(Role.REVIEWER).get("/console/").text


def test_the_figures_are_those_of_the_day_as_last_counted(
    signed_in: SignedIn, runtime: Runtime, app: Flask, clock: TestClock
) -> None:
    phone = Phone(app.test_client(), clock, openid=f"oTest{'home':0>23}", numbers=count(1))
    phone.says("封控区能不能出门")
    count_figures(runtime)

    page = signed_in(Role.EDITOR).get("/console/").text

    assert "<b>1</b>来信" in page
    assert "<td>07-14</td>" in page


def test_before_the_first_count_the_page_says_so(signed_in: SignedIn) -> None:
    assert "还没有统计数字" in signed_in(Role.EDITOR).get("/console/").text


def test_a_small_number_of_an_area_is_not_shown(signed_in: SignedIn, runtime: Runtime) -> None:
    today = runtime.clock().date()
    with runtime.database.transaction() as session:
        counts = {(Figure.MESSAGES, ITS_COUNTY): 3, (Figure.REPORTS, ITS_COUNTY): 12}
        daily_figures.replace(session, today, OF_THE_DAY, counts)

    page = signed_in(Role.AREA_LEAD, area_code=ITS_COUNTY).get("/console/").text

    assert "<b>少于 5</b>来信" in page
    assert "<b>12</b>新线索" in page


def test_an_area_lead_sees_no_figures_of_another_county(signed_in: SignedIn, runtime: Runtime) -> None:
    today = runtime.clock().date()
    with runtime.database.transaction() as session:
        daily_figures.replace(session, today, OF_THE_DAY, {(Figure.MESSAGES, OTHER_DISTRICT): 77})
        daily_figures.replace(session, today, AT_ITS_END, {(Figure.RELAY_TASKS, OTHER_DISTRICT): 88})

    page = signed_in(Role.AREA_LEAD, area_code=ITS_COUNTY).get("/console/").text

    assert "77" not in page.partition("今天")[2].partition("<script")[0].replace("0.77", "")
    assert "<td>88</td>" not in page


@pytest.mark.parametrize("name", ["messages", "answered", "ages", "coverage"])
def test_a_chart_is_a_picture_without_a_script_or_anything_from_elsewhere(
    signed_in: SignedIn, runtime: Runtime, name: str
) -> None:
    count_figures(runtime)
    response = signed_in(Role.EDITOR).get(f"/console/charts/{name}.svg")

    assert response.content_type == "image/svg+xml"
    assert response.headers["Content-Security-Policy"].startswith(
        "default-src 'none'; style-src 'unsafe-inline'"
    )
    assert "<script" not in response.text
    assert "href" not in response.text


def test_every_chart_of_the_page_has_words_and_its_figures(signed_in: SignedIn, runtime: Runtime) -> None:
    count_figures(runtime)
    page = signed_in(Role.EDITOR).get("/console/").text

    assert page.count("<img") == page.count("数字见下面的表格") == page.count("<summary>看数字") == 4
    assert "<style" not in page


def test_a_chart_there_is_not_is_not_found(signed_in: SignedIn) -> None:
    assert signed_in(Role.EDITOR).get("/console/charts/people.svg").status_code == 404


def test_a_claims_curve_shows_the_moments_of_response(
    signed_in: SignedIn,
    runtime: Runtime,
    clock: TestClock,
    claim: Callable[..., str],
    reports: Callable[..., None],
) -> None:
    reports(claim(), 6, every=timedelta(hours=2))
    with runtime.database.transaction() as session:
        session.add(
            ClaimActionRow(claim_id="one", kind="published", by="示例", at=clock() + timedelta(hours=5))
        )

    response = signed_in(Role.REVIEWER).get("/console/charts/claims/one.svg")

    assert response.status_code == 200
    assert "发布结论" in response.text


@pytest.mark.parametrize("number", [0, 1, 2, 300])
def test_a_curve_is_drawn_of_no_report_and_of_many(
    signed_in: SignedIn, claim: Callable[..., str], reports: Callable[..., None], number: int
) -> None:
    reports(claim(), number, every=timedelta(minutes=37))

    assert signed_in(Role.REVIEWER).get("/console/charts/claims/one.svg").status_code == 200


def test_a_claim_heard_once_is_drawn_as_a_dot_over_one_moment(
    signed_in: SignedIn, claim: Callable[..., str], reports: Callable[..., None]
) -> None:
    reports(claim(), 1, every=timedelta(minutes=37))

    drawn = signed_in(Role.REVIEWER).get("/console/charts/claims/one.svg").text

    assert drawn.count("<circle") == 1
    assert len(re.findall(r">\d\d-\d\d \d\d:\d\d</text>", drawn)) == 1


def test_a_curve_of_another_county_is_not_found(
    signed_in: SignedIn, claim: Callable[..., str], reports: Callable[..., None]
) -> None:
    reports(claim(), 6, every=timedelta(hours=2))

    lead = signed_in(Role.AREA_LEAD, area_code=OTHER_DISTRICT)

    assert lead.get("/console/charts/claims/one.svg").status_code == 404


def test_a_scheduler_that_stands_still_is_told_of(
    signed_in: SignedIn, runtime: Runtime, clock: TestClock
) -> None:
    browser = signed_in(Role.EDITOR)
    with runtime.database.transaction() as session:
        leases.acquire(session, scheduler.LEASE, holder="x", ttl=scheduler.LASTS, now=clock())

    assert "定时程序没有在工作" not in browser.get("/console/").text
    clock.advance(minutes=5)
    assert "定时程序没有在工作" in browser.get("/console/").text


def test_the_lease_that_is_looked_at_is_the_schedulers() -> None:
    assert condition.SCHEDULER == scheduler.LEASE


def test_what_lies_with_nobody_to_send_it_is_told_of(
    signed_in: SignedIn, runtime: Runtime, clock: TestClock
) -> None:
    browser = signed_in(Role.EDITOR)
    with runtime.database.transaction() as session:
        outbox.queue_alert(session, "示例", key="alert1", vault=runtime.vault, now=clock())

    assert "发送程序没有在工作" not in browser.get("/console/").text
    clock.advance(minutes=11)
    assert "发送程序没有在工作" in browser.get("/console/").text


def test_an_alert_the_offices_group_never_got_is_told_of(
    signed_in: SignedIn, runtime: Runtime, clock: TestClock
) -> None:
    browser = signed_in(Role.EDITOR)
    with runtime.database.transaction() as session:
        session.add(OfficeAlertRow(kind="burst", subject="claim one", raised_at=clock()))
    clock.advance(minutes=11)

    assert "工作群提醒没发出去" in browser.get("/console/").text


@pytest.mark.parametrize("role", LABELS)
def test_every_tile_leads_to_a_list_that_opens(
    signed_in: SignedIn, claim: Callable[..., str], role: Role
) -> None:
    claim(late=True)
    browser = signed_in(role, area_code=ITS_COUNTY if role is Role.AREA_LEAD else None)

    links = re.findall(r'class="tile[^"]*" href="([^"]+)"', browser.get("/console/").text)

    assert len(links) >= len(LABELS[role])
    assert {browser.get(unescape(link)).status_code for link in links} == {200}
