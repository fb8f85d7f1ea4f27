"""Accounts: opened by an administrator; the greater roles by two."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from bot.access import Role
from bot.runtime import Runtime
from bot.store import audit, grants, staff
from tests.bot.console.conftest import Browser
from tests.clocks import TestClock

SignedIn = Callable[..., Browser]


def role_of(runtime: Runtime, name: str) -> Role:
    with runtime.database.reading() as session:
        member = staff.find_staff(session, name)
    assert member is not None
    return member.role


def number_of(runtime: Runtime, name: str) -> int:
    with runtime.database.reading() as session:
        member = staff.find_staff(session, name)
    assert member is not None
    return member.id


def pending_grant(runtime: Runtime) -> int:
    with runtime.database.reading() as session:
        (grant,) = grants.pending(session)
    return grant.id


def test_a_new_editor_gets_in_with_the_password_shown_once(
    signed_in: SignedIn, app: Flask, clock: TestClock
) -> None:
    opened = signed_in(Role.ADMINISTRATOR).post(
        "/console/staff/new", {"name": "新编辑", "role": "editor", "area_code": "", "reason": "到岗"}
    )
    password = re.search(r'class="digits secret">([^<]+)<', opened.text)
    assert password is not None

    first = Browser(app.test_client(), clock).sign_in("新编辑", password.group(1))

    assert first.request.path == "/console/account/password"


@pytest.mark.parametrize("role", [Role.APPROVER, Role.REVIEWER, Role.ADMINISTRATOR])
def test_whoever_says_the_second_yes_is_made_by_two_administrators(
    signed_in: SignedIn, runtime: Runtime, role: Role
) -> None:
    first = signed_in(Role.ADMINISTRATOR, name="管理员甲")
    second = signed_in(Role.ADMINISTRATOR, name="管理员乙")
    first.post(
        "/console/staff/new", {"name": "新签发人", "role": role.value, "area_code": "", "reason": "到岗"}
    )
    meanwhile = role_of(runtime, "新签发人")
    grant = pending_grant(runtime)

    own = first.post(f"/console/staff/grants/{grant}", {"granted": "yes"})
    still = role_of(runtime, "新签发人")
    other = second.post(f"/console/staff/grants/{grant}", {"granted": "yes"})

    assert meanwhile is still is Role.EDITOR
    assert own.status_code == 403
    assert "已批准" in other.text
    assert role_of(runtime, "新签发人") is role


def test_nobody_grants_a_role_to_themselves(signed_in: SignedIn, runtime: Runtime) -> None:
    asking = signed_in(Role.ADMINISTRATOR, name="管理员甲")
    wishing = signed_in(Role.ADMINISTRATOR, name="管理员乙")
    asking.post(
        f"/console/staff/{number_of(runtime, '管理员乙')}/role",
        {"role": "approver", "area_code": "", "reason": "缺人"},
    )

    refused = wishing.post(f"/console/staff/grants/{pending_grant(runtime)}", {"granted": "yes"})

    assert refused.status_code == 403
    assert role_of(runtime, "管理员乙") is Role.ADMINISTRATOR


def test_a_grant_is_decided_once(signed_in: SignedIn, runtime: Runtime) -> None:
    first, second = signed_in(Role.ADMINISTRATOR, name="甲"), signed_in(Role.ADMINISTRATOR, name="乙")
    first.post("/console/staff/new", {"name": "丙", "role": "approver", "area_code": "", "reason": "到岗"})
    grant = pending_grant(runtime)
    second.post(f"/console/staff/grants/{grant}", {"granted": "no"})

    again = second.post(f"/console/staff/grants/{grant}", {"granted": "yes"})

    assert again.status_code == 409
    assert role_of(runtime, "丙") is Role.EDITOR


def test_whoever_lost_the_phone_loses_the_right_to_approve_until_two_grant_it(
    signed_in: SignedIn, runtime: Runtime, new_member: Callable[..., str]
) -> None:
    name = new_member(Role.APPROVER, name="丢手机的签发人")
    admin = signed_in(Role.ADMINISTRATOR)

    admin.post(f"/console/staff/{number_of(runtime, name)}/reset", {"reason": "手机丢了"})

    assert role_of(runtime, name) is Role.EDITOR
    with runtime.database.reading() as session:
        (grant,) = grants.pending(session)
    assert grant.role is Role.APPROVER


def test_an_area_lead_needs_an_area_and_what_was_typed_stays(signed_in: SignedIn) -> None:
    response = signed_in(Role.ADMINISTRATOR).post(
        "/console/staff/new", {"name": "某县负责人", "role": "area_lead", "area_code": "", "reason": "到岗"}
    )

    assert response.status_code == 422
    assert "这个角色要选一个区域" in response.text
    assert "某县负责人" in response.text


def test_the_last_administrator_cannot_go(signed_in: SignedIn, runtime: Runtime) -> None:
    admin = signed_in(Role.ADMINISTRATOR, name="唯一的管理员")
    number = number_of(runtime, "唯一的管理员")
    admin.post(f"/console/staff/{number_of(runtime, '示例·管理员')}/close", {"reason": "离岗"})

    closing = admin.post(f"/console/staff/{number}/close", {"reason": "试试"})
    stepping_down = admin.post(
        f"/console/staff/{number}/role", {"role": "editor", "area_code": "", "reason": "试试"}
    )

    assert closing.status_code == stepping_down.status_code == 409
    assert role_of(runtime, "唯一的管理员") is Role.ADMINISTRATOR


def test_a_change_of_role_needs_a_reason_and_leaves_it_in_the_trail(
    signed_in: SignedIn, runtime: Runtime, new_member: Callable[..., str]
) -> None:
    name = new_member(Role.EDITOR, name="转岗的人")
    admin = signed_in(Role.ADMINISTRATOR)
    number = number_of(runtime, name)

    without = admin.post(f"/console/staff/{number}/role", {"role": "auditor", "area_code": "", "reason": ""})
    admin.post(f"/console/staff/{number}/role", {"role": "auditor", "area_code": "", "reason": "轮岗"})

    assert without.status_code == 422
    with runtime.database.reading() as session:
        event = audit.events_of(session, f"staff {name}")[-1]
    assert (event.action, event.detail["reason"]) == ("role.assigned", "轮岗")
    assert role_of(runtime, name) is Role.AUDITOR


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER, Role.APPROVER, Role.AREA_LEAD])
def test_only_those_who_look_after_accounts_see_them(signed_in: SignedIn, role: Role) -> None:
    browser = signed_in(role, area_code="621121000000" if role is Role.AREA_LEAD else None)

    assert browser.get("/console/staff").status_code == 403
    assert browser.get("/console/audit").status_code == 403


def test_an_auditor_looks_and_changes_nothing(signed_in: SignedIn, runtime: Runtime) -> None:
    auditor = signed_in(Role.AUDITOR)

    page = auditor.get("/console/staff")
    adding = auditor.post("/console/staff/new", {"name": "谁", "role": "editor", "reason": "试"})

    assert page.status_code == 200
    assert "开新账号" not in page.text
    assert adding.status_code == 403
    with runtime.database.reading() as session:
        assert staff.find_staff(session, "谁") is None


def test_the_trail_is_read_page_by_page_and_taken_away_with_a_trace(
    signed_in: SignedIn, runtime: Runtime
) -> None:
    auditor = signed_in(Role.AUDITOR, name="监督员甲")

    page = auditor.get("/console/audit?actor=监督员甲")
    taken = auditor.get("/console/audit?actor=监督员甲&format=csv")

    assert "登录" in page.text
    assert taken.headers["Content-Type"].startswith("text/csv")
    assert "登录" in taken.text
    with runtime.database.reading() as session:
        assert audit.events_of(session, "audit")[-1].action == "audit.exported"


@pytest.mark.parametrize(
    ("kept", "said"),
    [("claim_corrected", "结论更正了"), ("resting", "连错锁定"), ("规定变了", "规定变了")],
)
def test_a_reason_that_the_service_gives_itself_is_said_in_chinese(
    signed_in: SignedIn, runtime: Runtime, kept: str, said: str
) -> None:
    with runtime.database.transaction() as session:
        audit.record(
            session,
            at=runtime.clock(),
            actor="示例",
            action="broadcast.halted",
            subject="broadcast b1",
            detail={"reason": kept},
        )

    page = signed_in(Role.AUDITOR).get("/console/audit?subject=broadcast b1").text

    assert said in page.partition("<tbody>")[2]


def test_a_name_that_spreadsheets_would_run_is_defused(signed_in: SignedIn) -> None:
    admin = signed_in(Role.ADMINISTRATOR)
    admin.post(
        "/console/staff/new", {"name": "=HYPERLINK(1)", "role": "editor", "area_code": "", "reason": "试"}
    )

    taken = admin.get("/console/staff?format=csv").text

    assert "'=HYPERLINK(1)" in taken
    assert "\n=HYPERLINK" not in taken


def test_the_trail_speaks_chinese_and_is_found_by_kind_and_by_subject(signed_in: SignedIn) -> None:
    administrator = signed_in(Role.ADMINISTRATOR)
    administrator.post(
        "/console/staff/new", {"name": "新编辑", "role": "editor", "area_code": "", "reason": "到岗（示例）"}
    )

    administrator.post("/console/areas/621121100000/risk", {"risk": "low", "seen": "above", "reason": "示例"})

    trail = administrator.get("/console/audit?action=staff&subject=账号 新编辑").text
    area = administrator.get("/console/audit?action=area").text

    assert "账号 新编辑</a>" in trail
    assert 'href="/console/areas/621121100000">打开</a>' in area
    assert "到岗（示例）" in trail
    assert "编辑" in trail
    assert "没有符合的记录" in administrator.get("/console/audit?action=claim&subject=账号 新编辑").text


def test_whoever_asked_for_a_role_reads_that_another_grants_it_and_may_take_it_back(
    signed_in: SignedIn, runtime: Runtime
) -> None:
    administrator = signed_in(Role.ADMINISTRATOR)
    asked = {"name": "新签发人", "role": "approver", "area_code": "", "reason": "到岗（示例）"}
    administrator.post("/console/staff/new", asked)

    waiting = administrator.get("/console/staff").text
    account = administrator.get(f"/console/staff/{number_of(runtime, '新签发人')}").text
    administrator.post(f"/console/staff/grants/{pending_grant(runtime)}", {"granted": "no"})

    assert "要由另一位管理员登录后在这里批准" in waiting
    assert "撤回申请" in waiting
    assert "等批准" in account
    assert "等批准" not in administrator.get(f"/console/staff/{number_of(runtime, '新签发人')}").text


def test_the_page_of_an_error_keeps_the_tabs_and_leads_back_to_where_one_was(signed_in: SignedIn) -> None:
    editor = signed_in(Role.EDITOR)
    asked = {"Referer": "http://localhost/console/claims?state=new"}

    refused = editor.client.get("/console/staff", headers=asked).text
    elsewhere = editor.client.get("/console/staff", headers={"Referer": "http://evil.example/console/x"}).text

    assert 'href="/console/claims?state=new">回上一页' in refused
    assert "传言核查</a>" in refused
    assert "回上一页" not in elsewhere


def test_a_countys_administrator_is_offered_the_county_and_lets_nobody_out_of_it(
    signed_in: SignedIn, runtime: Runtime
) -> None:
    browser = signed_in(Role.ADMINISTRATOR, name="县管理员", area_code="621121000000")
    asked = {"name": "全市编辑", "role": "editor", "area_code": "", "reason": "示例"}

    form = browser.get("/console/staff/new").text
    refused = browser.post("/console/staff/new", asked)

    assert "通渭县" in form
    assert "全市</option>" not in form
    assert "安定区" not in form
    assert refused.status_code == 422
    assert "全市编辑" in refused.text
    with runtime.database.reading() as session:
        assert staff.find_staff(session, "全市编辑") is None
