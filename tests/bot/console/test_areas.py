"""Areas in the browser: walked down to the village, found by name, taken away; grid workers' names leave a trace."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot.access import Role
from bot.runtime import Runtime
from bot.store import audit, groups
from bot.store.groups import GroupEntry, GroupKind
from bot.store.pages import Wanted
from bot.store.tables import ReportRow
from tests.bot.console.conftest import Browser
from tests.bot.store.people import a_worker

SignedIn = Callable[..., Browser]

PREFECTURE, COUNTY, TOWNSHIP, VILLAGE = "621100000000", "621121000000", "621121100000", "621121100202"
DISTRICT = "621102000000"
HEAVIEST_BYTES = 60_000


@pytest.fixture(autouse=True)
def reached(runtime: Runtime) -> None:
    """One village with a group and a grid worker who is not bound."""
    entry = GroupEntry(VILLAGE, "示例村民群", GroupKind.WECHAT, members=120)
    with runtime.database.transaction() as session:
        groups.put_groups(session, [entry], vault=runtime.vault)
    a_worker(runtime.database, runtime.vault, VILLAGE, name="李网格")


def actions(runtime: Runtime) -> list[str]:
    with runtime.database.reading() as session:
        events = audit.find_events(session, audit.AuditQuery("", "", ""), Wanted(limit=200)).items
    return [event.action for event in events]


def test_the_tree_leads_from_the_prefecture_to_the_village(signed_in: SignedIn, runtime: Runtime) -> None:
    browser = signed_in(Role.EDITOR)
    links = []
    for path, below in (
        ("/console/areas", COUNTY),
        (f"/console/areas/{COUNTY}", TOWNSHIP),
        (f"/console/areas/{TOWNSHIP}", VILLAGE),
    ):
        links.append(f"/console/areas/{below}" in browser.get(path).text)
    assert links == [True, True, True]
    assert "grid_workers.viewed" not in actions(runtime)

    village = browser.get(f"/console/areas/{VILLAGE}").text

    assert "示例村民群" in village
    assert "李网格" in village
    assert "网格员未绑定" in village
    assert "grid_workers.viewed" in actions(runtime)


def test_an_area_is_found_by_the_name_people_use(signed_in: SignedIn) -> None:
    assert f"/console/areas/{TOWNSHIP}" in signed_in(Role.EDITOR).get("/console/areas?name=平襄").text
    assert "没有叫这个名字的地方" in signed_in(Role.AUDITOR).get("/console/areas?name=没有这里").text


def test_the_villages_of_an_area_are_taken_away_as_a_file(signed_in: SignedIn, runtime: Runtime) -> None:
    file = signed_in(Role.EDITOR).get(f"/console/areas/{COUNTY}?format=csv")

    lines = {line[0]: line for line in csv.reader(io.StringIO(file.text.lstrip("\ufeff")))}
    assert lines[VILLAGE][4:] == ["1", "1", "0", "不能"]
    assert all(code.startswith("621121") for code in lines if code.isdigit())
    assert "areas.exported" in actions(runtime)


def test_the_list_of_grid_workers_filters_and_its_file_leaves_a_trace(
    signed_in: SignedIn, runtime: Runtime
) -> None:
    browser = signed_in(Role.EDITOR)

    assert "李网格" in browser.get(f"/console/areas/grid-workers?area={TOWNSHIP}&bound=no").text
    assert "李网格" not in browser.get("/console/areas/grid-workers?bound=yes").text
    assert "李网格" not in browser.get(f"/console/areas/grid-workers?area={DISTRICT}").text
    looked = actions(runtime)
    assert "李网格" in browser.get("/console/areas/grid-workers?format=csv").text
    assert sorted([*looked, "grid_workers.exported"]) == sorted(actions(runtime))


def test_the_list_of_groups_shows_no_key(signed_in: SignedIn) -> None:
    page = signed_in(Role.EDITOR).get(f"/console/areas/groups?area={VILLAGE}&kind=wechat").text

    assert "示例村民群" in page
    assert "普通微信群" in page


def test_an_area_lead_begins_in_their_own_county_and_gets_no_further(signed_in: SignedIn) -> None:
    browser = signed_in(Role.AREA_LEAD, area_code=DISTRICT)

    assert f'href="/console/areas/{PREFECTURE}"' not in browser.get("/console/areas").text
    assert browser.get(f"/console/areas/{VILLAGE}").status_code == 403
    assert "李网格" not in browser.get("/console/areas/grid-workers").text
    assert f"/console/areas/{TOWNSHIP}" not in browser.get("/console/areas?name=平襄").text


def test_an_administrator_changes_a_risk_level_after_saying_why(
    signed_in: SignedIn, runtime: Runtime
) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    address = f"/console/areas/{TOWNSHIP}"
    changed = {"risk": "medium", "seen": "above", "reason": "按今天的通告（示例）"}

    refused = browser.post(f"{address}/risk", {**changed, "reason": ""})
    done = browser.post(f"{address}/risk", changed)
    again = browser.post(f"{address}/risk", changed)

    assert "请写明原因" in refused.text
    assert "风险等级已更改" in done.text
    assert "中风险" in done.text
    assert again.status_code == 409
    assert actions(runtime).count("area.risk") == 1


def test_whoever_may_not_change_the_level_is_not_offered_to(signed_in: SignedIn) -> None:
    assert "更改风险等级" not in signed_in(Role.EDITOR).get(f"/console/areas/{TOWNSHIP}").text


@pytest.mark.parametrize("path", ["claims", "questions", "articles", "areas/groups", "areas/grid-workers"])
def test_lists_offer_counties_and_townships_by_name_and_stay_light(signed_in: SignedIn, path: str) -> None:
    page = signed_in(Role.EDITOR).get(f"/console/{path}").text

    assert f'<option value="{TOWNSHIP}">通渭县平襄镇</option>' in page
    assert VILLAGE not in page.partition("<table")[0]
    assert len(page.encode()) < HEAVIEST_BYTES


def test_a_member_of_one_county_is_offered_their_own_places_only(signed_in: SignedIn) -> None:
    page = signed_in(Role.AREA_LEAD, area_code=DISTRICT).get("/console/claims").text

    assert TOWNSHIP not in page
    assert f'<option value="{DISTRICT}">' in page


def test_a_member_of_one_village_is_offered_that_village(signed_in: SignedIn) -> None:
    page = signed_in(Role.AREA_LEAD, area_code=VILLAGE).get("/console/claims").text

    assert f'<option value="{VILLAGE}">' in page
    assert TOWNSHIP not in page


def test_a_village_that_a_link_names_stays_chosen(signed_in: SignedIn) -> None:
    page = signed_in(Role.EDITOR).get(f"/console/claims?area={VILLAGE}").text

    assert f'<option value="{VILLAGE}" selected>' in page


ENTERED = {"text": "听说要停水三天", "where": "telephone", "reach": "a_few"}


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ({"place": "平襄镇南城区"}, "已登记"),
        ({"place": ""}, "已登记"),
        ({"place": "没有这里"}, "没有叫这个名字的村或社区"),
        ({"place": "和平村"}, "有好几个地方叫这个"),
    ],
)
def test_a_village_is_called_by_its_name_and_asked_back_when_several_are(
    signed_in: SignedIn, named: dict[str, str], said: str
) -> None:
    browser = signed_in(Role.EDITOR)

    assert len(browser.get("/console/claims/new").data) < HEAVIEST_BYTES
    assert said in browser.post("/console/claims/new", {**ENTERED, **named}).text


def test_one_of_several_villages_of_a_name_is_picked(signed_in: SignedIn) -> None:
    browser = signed_in(Role.EDITOR)
    asked = browser.post("/console/claims/new", {**ENTERED, "place": "和平村"})
    codes = re.findall(r'<option value="(\d{12})">', asked.text)

    assert len(codes) > 1
    assert ENTERED["text"] in asked.text
    done = browser.post("/console/claims/new", {**ENTERED, "place": "和平村", "area_code": codes[0]})
    assert "已登记" in done.text


def where_reported(runtime: Runtime) -> list[str | None]:
    with runtime.database.reading() as session:
        return list(session.scalars(select(ReportRow.area_code).order_by(ReportRow.number)))


def test_the_place_typed_is_kept_though_something_else_is_wrong(
    signed_in: SignedIn, runtime: Runtime
) -> None:
    browser = signed_in(Role.EDITOR)
    refused = browser.post("/console/claims/new", {**ENTERED, "text": "", "place": "汽车站社区"})
    again = re.findall(r'<input[^>]*name="place"[^>]*value="([^"]*)"', refused.text)

    assert refused.status_code == 422
    assert again == ["汽车站社区"]
    assert "已登记" in browser.post("/console/claims/new", {**ENTERED, "place": again[0]}).text
    (code,) = where_reported(runtime)
    assert runtime.places.get().tree.get(str(code)).name.startswith("汽车站社区")


def test_a_place_that_is_only_called_nearly_so_is_asked_back_until_it_is_picked(
    signed_in: SignedIn, runtime: Runtime
) -> None:
    browser = signed_in(Role.EDITOR)
    asked = browser.post("/console/claims/new", {**ENTERED, "place": "襄镇南城"})
    (code,) = re.findall(r'<option value="(\d{12})"', asked.text)

    assert asked.status_code == 422
    assert "没有正好叫这个名字的" in asked.text
    assert where_reported(runtime) == []
    done = browser.post("/console/claims/new", {**ENTERED, "place": "襄镇南城", "area_code": code})
    assert "已登记" in done.text
    assert where_reported(runtime) == [code]


def test_another_name_typed_afterwards_holds_before_what_was_picked_for_the_first(
    signed_in: SignedIn, runtime: Runtime
) -> None:
    browser = signed_in(Role.EDITOR)
    browser.post("/console/claims/new", {**ENTERED, "place": "平襄镇南城区", "area_code": "621102001003"})

    assert where_reported(runtime) != ["621102001003"]
    assert len(where_reported(runtime)) == 1


def test_whoever_is_bound_to_several_villages_gets_none_without_picking_it(
    signed_in: SignedIn, runtime: Runtime
) -> None:
    browser = signed_in(Role.AREA_LEAD, area_code=TOWNSHIP)
    first = re.findall(
        r'<option[^>]*value="([^"]*)"', browser.get("/console/claims/new").text.partition("area_code")[2]
    )

    assert first[0] == ""
    assert "请写明是哪个村、社区" in browser.post("/console/claims/new", {**ENTERED, "area_code": ""}).text
    assert where_reported(runtime) == []


def test_whoever_is_bound_to_a_township_picks_from_its_villages(signed_in: SignedIn) -> None:
    browser = signed_in(Role.AREA_LEAD, area_code=TOWNSHIP)

    assert f'<option value="{VILLAGE}">' in browser.get("/console/claims/new").text
