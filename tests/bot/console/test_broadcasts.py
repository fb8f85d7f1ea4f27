"""Broadcasts in the console: one drafts, another reads every byte and approves, anybody stops, nobody is named."""

import re
import secrets
from collections.abc import Callable, Mapping

import pytest
from werkzeug.test import TestResponse

from bot.access import Role
from bot.planning import plan_due
from bot.runtime import Runtime
from bot.store import audit, broadcasts, grid_workers
from bot.store.grid_workers import Appointment
from broadcasts.broadcast import Status
from broadcasts.content import Channel
from tests.bot.console.conftest import Browser
from tests.clocks import TestClock

SignedIn = Callable[..., Browser]
COUNTY, TOWNSHIP, VILLAGE = "621121000000", "621121100000", "621121100201"
DISTRICT, NEIGHBOURHOOD = "621102000000", "621102001003"
PREFECTURE = "621100000000"
NOTICE: Mapping[str, object] = {
    "kind": "notice",
    "title": "示例通知",
    "text": "第一行\r\n第二行",
    "channels": ["official_account", "relay"],
    "repeat": "once",
    "at": "2022-07-15T18:00",
    "valid_to": "2022-07-21",
    "areas": [VILLAGE],
}


def drafted(browser: Browser, **changed: object) -> str:
    """The id of a notice drafted by this person."""
    response = browser.post("/console/broadcasts/new/notice", {**NOTICE, **changed})
    assert response.status_code == 200, response.text
    return response.request.path.rpartition("/")[2]


def submitted(browser: Browser, **changed: object) -> str:
    broadcast_id = drafted(browser, **changed)
    assert "已提交" in handed_over(browser, broadcast_id).text
    return broadcast_id


def handed_over(browser: Browser, broadcast_id: str) -> TestResponse:
    """Submitted with the button of its page."""
    page = browser.get(f"/console/broadcasts/{broadcast_id}").text
    return browser.post(f"/console/broadcasts/{broadcast_id}/submit", {"seen": fingerprint_on(page, "seen")})


def fingerprint_on(page: str, field: str = "fingerprint") -> str:
    found = re.search(rf'name="{field}"[^>]*value="([0-9a-f]{{64}})"', page)
    assert found is not None
    return found.group(1)


def approved(browser: Browser, broadcast_id: str) -> None:
    seen = fingerprint_on(browser.get(f"/console/broadcasts/{broadcast_id}").text)
    fields = {"fingerprint": seen, "read": "y"}
    assert "已签发" in browser.post(f"/console/broadcasts/{broadcast_id}/approve", fields).text


def status_of(runtime: Runtime, broadcast_id: str) -> Status:
    with runtime.database.reading() as session:
        return broadcasts.find(session, broadcast_id).status


def test_a_notice_is_drafted_with_the_words_as_they_will_be_sent(
    signed_in: SignedIn, runtime: Runtime
) -> None:
    broadcast_id = drafted(signed_in(Role.EDITOR))

    with runtime.database.reading() as session:
        content = broadcasts.find(session, broadcast_id).content
    assert content.text_for(Channel.RELAY) == content.text_for(Channel.OFFICIAL_ACCOUNT) == "第一行\n第二行"
    assert content.audience.area_codes == {VILLAGE}


def test_a_letter_becomes_a_draft_for_each_wording(signed_in: SignedIn, runtime: Runtime) -> None:
    fields = {
        "letter": "initiative", "channels": ["relay"], "repeat": "daily", "clock": "09:00", "at": "", "cron": "",
        "valid_to": "2022-07-21", "areas": [COUNTY, DISTRICT],
    }  # fmt: skip

    response = signed_in(Role.EDITOR).post("/console/broadcasts/new/letter", fields)

    assert "请逐份核对" in response.text
    with runtime.database.reading() as session:
        drafts = broadcasts.with_status(session, Status.DRAFT)
    assert len(drafts) > 1
    assert all("每天 09:00" in response.text or one.content.texts for one in drafts)


def test_the_areas_are_chosen_from_the_tree(signed_in: SignedIn) -> None:
    browser, address = signed_in(Role.EDITOR), "/console/broadcasts/new/notice"
    pages = [browser.get(address), *(browser.post(address, {"open": code}) for code in (COUNTY, TOWNSHIP))]

    for page, code in zip((pages[0], *pages), (PREFECTURE, COUNTY, TOWNSHIP, VILLAGE), strict=True):
        assert f'name="areas" id="area-{code}" value="{code}"' in page.text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"areas": []}, "请至少选一个地方"),
        ({"channels": []}, "请至少选一个渠道"),
        ({"title": " "}, "请写标题"),
        ({"title": "长" * 121}, "标题最多 120 字"),
        ({"text": "长" * 4001}, "正文最多 4000 字"),
        ({"at": ""}, "请填写发送的时间"),
        ({"at": "0001-01-01T00:00"}, "之间的时间"),
        ({"repeat": "cron", "cron": "61 * * * *"}, "这个 cron 写法读不懂"),
        ({"repeat": "weekly"}, "请填写发送的时间"),
        ({"at": "明天晚上"}, "请从日历里选"),
        ({"valid_to": ""}, "请填有效到哪一天"),
        ({"valid_to": "2022-07-13"}, "之间的一天"),
        ({"valid_to": "9999-12-31"}, "之间的一天"),
        ({"at": "2022-07-20T18:00", "valid_to": "2022-07-19"}, "早于发送的那一天"),
        ({"areas": ["999999999999"]}, "所选的地方"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_typed_is_lost(
    signed_in: SignedIn, changed: dict[str, object], said: str
) -> None:
    response = signed_in(Role.EDITOR).post(
        "/console/broadcasts/new/notice", {**NOTICE, "text": "写了很久的字", **changed}
    )

    assert response.status_code == 422
    assert said in response.text
    if "text" not in changed:
        assert "写了很久的字" in response.text


def test_what_is_sent_on_its_last_day_is_taken(signed_in: SignedIn) -> None:
    drafted(signed_in(Role.EDITOR), at="2022-07-21T18:00", valid_to="2022-07-21")


def test_a_draft_that_cannot_be_handed_over_yet_is_not_said_to_be_ready(signed_in: SignedIn) -> None:
    editor, address = signed_in(Role.EDITOR), "/console/broadcasts/new/notice"
    ready = editor.post(address, NOTICE).text
    too_long = editor.post(address, {**NOTICE, "text": "长" * 1_000}).text

    assert ("核对无误后提交" in ready, "还不能提交" in ready) == (True, False)
    assert ("核对无误后提交" in too_long, "还不能提交" in too_long) == (False, True)


def test_two_people_send_a_broadcast(signed_in: SignedIn, runtime: Runtime) -> None:
    broadcast_id = submitted(signed_in(Role.EDITOR))

    approved(signed_in(Role.APPROVER), broadcast_id)

    assert status_of(runtime, broadcast_id) is Status.APPROVED


def test_an_author_cannot_approve_what_they_wrote(signed_in: SignedIn, runtime: Runtime) -> None:
    author = signed_in(Role.APPROVER)
    broadcast_id = submitted(author)
    page = author.get(f"/console/broadcasts/{broadcast_id}").text
    with runtime.database.reading() as session:
        seen = broadcasts.find(session, broadcast_id)

    answer = author.post(
        f"/console/broadcasts/{broadcast_id}/approve", {"fingerprint": "0" * 64, "read": "y"}
    )

    assert "要由另一个人签发" in page
    assert answer.status_code == 409
    assert "要由另一个人签发" in answer.text
    assert status_of(runtime, seen.id) is Status.SUBMITTED


def test_what_was_edited_since_it_was_read_is_not_approved(signed_in: SignedIn, runtime: Runtime) -> None:
    editor, approver = signed_in(Role.EDITOR), signed_in(Role.APPROVER)
    broadcast_id = submitted(editor)
    seen = fingerprint_on(approver.get(f"/console/broadcasts/{broadcast_id}").text)
    changed = {**NOTICE, "edition": 1, "title": "换了标题", "relay": "换了字"}
    assert "已保存为草稿" in editor.post(f"/console/broadcasts/{broadcast_id}/edit", changed).text
    handed_over(editor, broadcast_id)

    answer = approver.post(f"/console/broadcasts/{broadcast_id}/approve", {"fingerprint": seen, "read": "y"})

    assert answer.status_code == 409
    assert "内容已经变了" in answer.text
    assert status_of(runtime, broadcast_id) is Status.SUBMITTED


def test_what_was_edited_since_it_was_read_is_not_handed_over(signed_in: SignedIn, runtime: Runtime) -> None:
    editor = signed_in(Role.EDITOR)
    broadcast_id = drafted(editor)
    seen = fingerprint_on(editor.get(f"/console/broadcasts/{broadcast_id}").text, "seen")
    changed = {**NOTICE, "edition": 1, "title": "换了标题", "relay": "换了字"}
    assert "已保存为草稿" in editor.post(f"/console/broadcasts/{broadcast_id}/edit", changed).text

    answer = editor.post(f"/console/broadcasts/{broadcast_id}/submit", {"seen": seen})

    assert answer.status_code == 409
    assert "内容已经变了" in answer.text
    assert "您刚才填写的内容" not in answer.text, "a fingerprint is nothing that was typed"
    assert status_of(runtime, broadcast_id) is Status.DRAFT


def test_nobody_approves_without_having_read(signed_in: SignedIn, runtime: Runtime) -> None:
    broadcast_id = submitted(signed_in(Role.EDITOR))
    approver = signed_in(Role.APPROVER)
    seen = fingerprint_on(approver.get(f"/console/broadcasts/{broadcast_id}").text)

    answer = approver.post(f"/console/broadcasts/{broadcast_id}/approve", {"fingerprint": seen})

    assert answer.status_code == 422
    assert "请先确认已逐字读过" in answer.text
    assert status_of(runtime, broadcast_id) is Status.SUBMITTED


@pytest.mark.parametrize("step", ["approve", "halt"])
def test_a_double_click_does_it_once(signed_in: SignedIn, runtime: Runtime, step: str) -> None:
    broadcast_id = submitted(signed_in(Role.EDITOR))
    approver = signed_in(Role.APPROVER)
    seen = fingerprint_on(approver.get(f"/console/broadcasts/{broadcast_id}").text)
    if step == "halt":
        approved(approver, broadcast_id)
    fields = {"fingerprint": seen, "read": "y", "reason": "示例"}

    answers = [approver.post(f"/console/broadcasts/{broadcast_id}/{step}", fields) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 409]
    with runtime.database.reading() as session:
        events = audit.events_of(session, f"broadcast {broadcast_id}")
    assert [event.action for event in events].count(
        {"approve": "broadcast.approved", "halt": "broadcast.halted"}[step]
    ) == 1


def test_a_stale_form_overwrites_nothing(signed_in: SignedIn, runtime: Runtime) -> None:
    editor = signed_in(Role.EDITOR)
    broadcast_id = drafted(editor)
    fields = {**NOTICE, "relay": "第一位写的", "edition": 1}
    editor.post(f"/console/broadcasts/{broadcast_id}/edit", fields)

    answer = editor.post(f"/console/broadcasts/{broadcast_id}/edit", {**fields, "relay": "第二位写的"})

    assert answer.status_code == 409
    assert "第二位写的" in answer.text
    with runtime.database.reading() as session:
        assert broadcasts.find(session, broadcast_id).content.text_for(Channel.RELAY) == "第一位写的"


def test_an_incomplete_draft_says_what_is_missing_and_stays_a_draft(
    signed_in: SignedIn, runtime: Runtime
) -> None:
    editor = signed_in(Role.EDITOR)
    broadcast_id = drafted(editor, text="长" * 1_000)

    answer = editor.post(f"/console/broadcasts/{broadcast_id}/submit", {})

    assert "还不能提交" in answer.text
    assert "平台最多收 2048 字节" in answer.text
    assert status_of(runtime, broadcast_id) is Status.DRAFT


def test_a_rejection_needs_a_reason_and_tells_it(signed_in: SignedIn, runtime: Runtime) -> None:
    broadcast_id = submitted(signed_in(Role.EDITOR))
    approver = signed_in(Role.APPROVER)

    approver.post(f"/console/broadcasts/{broadcast_id}/reject", {"reason": " "})
    assert status_of(runtime, broadcast_id) is Status.SUBMITTED
    answer = approver.post(f"/console/broadcasts/{broadcast_id}/reject", {"reason": "日期不对"})

    assert "日期不对" in answer.text
    assert status_of(runtime, broadcast_id) is Status.REJECTED


def test_a_halt_needs_a_reason(signed_in: SignedIn, runtime: Runtime) -> None:
    broadcast_id = submitted(signed_in(Role.EDITOR))
    approver = signed_in(Role.APPROVER)
    approved(approver, broadcast_id)

    answer = approver.post(f"/console/broadcasts/{broadcast_id}/halt", {"reason": ""})

    assert "叫停要写明原因" in answer.text
    assert status_of(runtime, broadcast_id) is Status.APPROVED


def test_an_area_lead_sees_what_reaches_the_own_county_and_nothing_else(signed_in: SignedIn) -> None:
    editor = signed_in(Role.EDITOR)
    drafted(editor, title="给通渭", areas=[VILLAGE])
    drafted(editor, title="给全市", areas=[PREFECTURE])
    elsewhere = drafted(editor, title="给安定", areas=[NEIGHBOURHOOD])
    lead = signed_in(Role.AREA_LEAD, area_code=COUNTY)

    page = lead.get("/console/broadcasts").text

    assert "给通渭" in page
    assert "给全市" in page
    assert "给安定" not in page
    assert lead.get(f"/console/broadcasts/{elsewhere}").status_code == 404
    assert lead.get(f"/console/broadcasts/{elsewhere}/deliveries").status_code == 404
    assert lead.get(f"/console/broadcasts/{elsewhere}/relay").status_code == 404


def test_somebody_bound_to_a_county_is_offered_and_may_address_that_county_alone(signed_in: SignedIn) -> None:
    editor = signed_in(Role.EDITOR, area_code=COUNTY)

    address = "/console/broadcasts/new/notice"
    pages = [editor.get(address), *(editor.post(address, {"open": code}) for code in (TOWNSHIP, DISTRICT))]
    answer = editor.post(address, {**NOTICE, "areas": [NEIGHBOURHOOD]})

    assert f'value="{TOWNSHIP}"' in pages[0].text
    assert f'value="{VILLAGE}"' in pages[1].text
    assert not any(f'value="{code}"' in page.text for page in pages for code in (DISTRICT, NEIGHBOURHOOD))
    assert answer.status_code == 403


@pytest.fixture
def under_way(signed_in: SignedIn, runtime: Runtime, clock: TestClock) -> str:
    """A broadcast to two counties whose grid workers have their tasks."""
    with runtime.database.transaction() as session:
        workers = [
            Appointment(VILLAGE, "三网格", "示例甲", "4321"),
            Appointment(NEIGHBOURHOOD, "五网格", "示例乙", "8765"),
        ]
        grid_workers.appoint(session, workers, vault=runtime.vault, choose=secrets.choice)
    broadcast_id = submitted(signed_in(Role.EDITOR), channels=["relay"], areas=[PREFECTURE])
    approved(signed_in(Role.APPROVER), broadcast_id)
    clock.advance(hours=22)
    assert plan_due(runtime) == 1
    return broadcast_id


def test_coverage_leads_from_counties_to_workers_who_have_not_confirmed(
    signed_in: SignedIn, under_way: str
) -> None:
    reviewer = signed_in(Role.REVIEWER)

    counties = reviewer.get(f"/console/broadcasts/{under_way}/relay").text
    township = reviewer.get(f"/console/broadcasts/{under_way}/relay?area={TOWNSHIP}").text

    assert f"area={COUNTY}" in counties
    assert "三网格" in township
    assert "五网格" not in township
    assert "4321" not in township


def test_having_looked_at_workers_leaves_a_trace(
    signed_in: SignedIn, under_way: str, runtime: Runtime
) -> None:
    signed_in(Role.REVIEWER, name="示例·看的人").get(f"/console/broadcasts/{under_way}/relay")

    with runtime.database.reading() as session:
        last = audit.events_of(session, f"broadcast {under_way}")[-1]
    assert (last.actor, last.action) == ("示例·看的人", "relay_tasks.viewed")


def test_taking_the_list_of_workers_away_is_one_line_of_the_trail(
    signed_in: SignedIn, under_way: str, runtime: Runtime
) -> None:
    with runtime.database.reading() as session:
        before = audit.events_of(session, f"broadcast {under_way}")
    signed_in(Role.REVIEWER).get(f"/console/broadcasts/{under_way}/relay?format=csv")

    with runtime.database.reading() as session:
        after = audit.events_of(session, f"broadcast {under_way}")
    assert [event.action for event in after[len(before) :]] == ["relay_tasks.exported"]


def test_an_area_lead_sees_no_worker_of_another_county(signed_in: SignedIn, under_way: str) -> None:
    lead = signed_in(Role.AREA_LEAD, area_code=COUNTY)

    page = lead.get(f"/console/broadcasts/{under_way}/relay").text
    file = lead.get(f"/console/broadcasts/{under_way}/relay?format=csv").text

    assert "三网格" in page
    assert "三网格" in file
    assert "五网格" not in page + file
    assert lead.get(f"/console/broadcasts/{under_way}/relay?area={DISTRICT}").status_code == 403


def test_an_area_lead_cannot_stop_what_goes_to_the_whole_prefecture(
    signed_in: SignedIn, under_way: str
) -> None:
    editor = signed_in(Role.EDITOR, name="示例·通渭编辑", area_code=COUNTY)

    assert "叫停" not in editor.get(f"/console/broadcasts/{under_way}").text
    answer = editor.post(f"/console/broadcasts/{under_way}/halt", {"reason": "示例"})
    assert answer.status_code == 403
