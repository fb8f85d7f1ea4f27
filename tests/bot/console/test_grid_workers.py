"""A grid worker who has left is dismissed on the page of their village, after saying why, by those who may."""

import csv
import io
from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot.access import Role
from bot.runtime import Runtime
from bot.store import broadcasts, grid_workers
from bot.store.tables import GridWorkerRow
from tests.bot.console.conftest import Browser
from tests.bot.office.acting import trail
from tests.bot.store.people import a_sending_broadcast, a_worker
from tests.clocks import TestClock
from tests.scenarios.carriers import add_tasks

SignedIn = Callable[..., Browser]

COUNTY, VILLAGE, DISTRICT = "621121000000", "621121100202", "621102000000"
PAGE, LIST = f"/console/areas/{VILLAGE}", f"/console/areas/grid-workers?area={VILLAGE}"
WHY = {"reason": "调走了（示例）"}


@pytest.fixture
def number(runtime: Runtime, clock: TestClock) -> int:
    """A grid worker of the village with one task."""
    number = a_worker(runtime.database, runtime.vault, VILLAGE, name="李网格")
    one = a_sending_broadcast(runtime.database)
    with runtime.database.transaction() as session:
        run = broadcasts.add_run(session, one, clock(), now=clock())
    assert run is not None
    add_tasks(runtime, clock, run.id, number)
    return number


def dismiss(browser: Browser, number: int, fields: dict[str, str]) -> str:
    return browser.post(f"{PAGE}/grid-workers/{number}/dismiss", fields).text


def is_in_service(runtime: Runtime, number: int) -> bool:
    with runtime.database.reading() as session:
        return grid_workers.find(session, number).dismissed_at is None


def test_the_page_of_the_village_asks_for_a_reason_and_says_what_is_left(
    signed_in: SignedIn, runtime: Runtime, number: int
) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    offered = browser.get(PAGE).text

    refused = dismiss(browser, number, {"reason": " "})
    still = is_in_service(runtime, number)
    done = dismiss(browser, number, WHY)

    assert "办理离任" in offered
    assert "请写明原因" in refused
    assert still
    assert "已办理离任" in done
    assert "还有 1 条转发任务没人转" in done
    assert "没有登记网格员" in done
    assert not is_in_service(runtime, number)
    (event,) = trail(runtime, f"grid worker {number}")
    assert (event.action, event.detail["reason"]) == ("grid_worker.dismissed", WHY["reason"])


def test_the_task_stands_among_those_not_confirmed_with_the_reason(signed_in: SignedIn, number: int) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    dismiss(browser, number, WHY)

    page = browser.get("/console/broadcasts/b1/relay").text

    assert "李网格" in page
    assert "转不了" in page
    assert "原网格员已离任" in page


def test_pressed_twice_it_says_so_and_leads_back(signed_in: SignedIn, number: int) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    dismiss(browser, number, WHY)

    again = browser.post(f"{PAGE}/grid-workers/{number}/dismiss", WHY)

    assert again.status_code == 409
    assert f'href="{PAGE}"' in again.text


def test_who_has_left_stands_in_the_list_on_request_and_in_its_file(signed_in: SignedIn, number: int) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    dismiss(browser, number, WHY)

    assert "李网格" not in browser.get(LIST).text
    left = browser.get(f"{LIST}&bound=left").text
    file = browser.get(f"{LIST}&bound=left&format=csv").text

    assert "李网格" in left
    assert "已离任" in left
    assert "谁办的" in left
    ((name, when),) = [
        (row["姓名"], row["离任"]) for row in csv.DictReader(io.StringIO(file.lstrip("\ufeff")))
    ]
    assert name == "李网格"
    assert when


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER, Role.APPROVER, Role.AUDITOR])
def test_whoever_may_not_is_not_offered_to(
    signed_in: SignedIn, runtime: Runtime, number: int, role: Role
) -> None:
    browser = signed_in(role)

    assert "李网格" in browser.get(PAGE).text
    assert "办理离任" not in browser.get(PAGE).text
    assert browser.post(f"{PAGE}/grid-workers/{number}/dismiss", WHY).status_code == 403
    assert is_in_service(runtime, number)


def test_an_area_lead_does_it_in_their_own_county_alone(
    signed_in: SignedIn, runtime: Runtime, number: int
) -> None:
    elsewhere = signed_in(Role.AREA_LEAD, name="别处的负责人", area_code=DISTRICT)
    own = f"/console/areas/{DISTRICT}/grid-workers/{number}/dismiss"

    assert elsewhere.post(f"{PAGE}/grid-workers/{number}/dismiss", WHY).status_code == 403
    assert elsewhere.post(own, WHY).status_code == 403
    assert is_in_service(runtime, number)
    assert "已办理离任" in dismiss(signed_in(Role.AREA_LEAD, area_code=COUNTY), number, WHY)


def test_a_successor_stands_on_the_page_in_their_place(
    signed_in: SignedIn, runtime: Runtime, number: int
) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    dismiss(browser, number, WHY)
    a_worker(runtime.database, runtime.vault, VILLAGE, name="赵接手")

    page = browser.get(PAGE).text

    assert "赵接手" in page
    assert "李网格" not in page
    with runtime.database.reading() as session:
        here = select(GridWorkerRow.grid).where(GridWorkerRow.community_code == VILLAGE)
        assert len(set(session.scalars(here))) == 1
