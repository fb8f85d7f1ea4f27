"""Getting in: password, second factor, lock-out, and what a session is worth."""

from collections.abc import Callable

import pyotp
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from bot.access import Role
from bot.runtime import Runtime
from bot.store import audit, staff, staff_sessions
from bot.store.tables import StaffSessionRow
from tests.bot.console.conftest import CODE_SECRET, PASSWORD, Browser
from tests.clocks import TestClock

SignedIn = Callable[..., Browser]


def shown_once(page: TestResponse) -> str:
    """The first password on the page of an account that was opened or reset."""
    return page.text.partition('secret">')[2].partition("<")[0]


def staff_id_of(runtime: Runtime, name: str) -> str:
    with runtime.database.reading() as session:
        member = staff.find_staff(session, name)
    assert member is not None
    return str(member.id)


def said_to(page: TestResponse, name: str) -> list[str]:
    """The page without what differs with every page: the token, and the name that was typed."""
    return [line for line in page.text.replace(name, "").splitlines() if "csrf" not in line]


def test_nobody_gets_in_without_signing_in(browser: Browser) -> None:
    response = browser.get("/console/", follow=False)

    assert response.status_code == 302
    assert response.location.startswith("/console/sign-in")


def test_after_signing_in_one_is_where_one_wanted_to_be(
    browser: Browser, new_member: Callable[..., str]
) -> None:
    name = new_member(Role.EDITOR)

    response = browser.post(
        "/console/sign-in", {"name": name, "password": PASSWORD, "then": "/console/account"}, follow=False
    )

    assert response.location == "/console/account"


@pytest.mark.parametrize("then", ["https://example.org/", "//example.org", "/console\\example.org", "/p/"])
def test_signing_in_never_leads_out_of_the_console(
    browser: Browser, new_member: Callable[..., str], then: str
) -> None:
    name = new_member(Role.EDITOR)

    response = browser.post(
        "/console/sign-in", {"name": name, "password": PASSWORD, "then": then}, follow=False
    )

    assert response.location == "/console/"


def test_a_wrong_name_and_a_wrong_password_look_alike(
    browser: Browser, new_member: Callable[..., str]
) -> None:
    name = new_member(Role.EDITOR)

    answers = [
        browser.post("/console/sign-in", {"name": who, "password": "not the password"}).text.replace(who, "")
        for who in (name, "没有这个人")
    ]

    assert "姓名或密码不对" in answers[0]
    assert [line for line in answers[0].splitlines() if "csrf" not in line] == [
        line for line in answers[1].splitlines() if "csrf" not in line
    ]


def test_after_five_failures_even_the_right_password_waits(
    browser: Browser, new_member: Callable[..., str], clock: TestClock, runtime: Runtime
) -> None:
    name = new_member(Role.EDITOR)
    for _ in range(5):
        browser.post("/console/sign-in", {"name": name, "password": "wrong"})

    resting = browser.sign_in(name)
    unknown = browser.sign_in("没有这个人")
    clock.advance(minutes=16)
    later = browser.sign_in(name)

    assert resting.status_code == 401
    assert "暂停登录" in resting.text
    assert said_to(resting, name) == said_to(unknown, "没有这个人")
    assert "您好" in later.text
    with runtime.database.reading() as session:
        actions = [event.action for event in audit.events_of(session, f"staff {name}")]
    assert actions == ["sign_in.failed"] * 4 + [
        "sign_in.locked",
        "sign_in.refused",
        "sign_in",
        "sign_in.first",
    ]


def test_a_first_password_must_be_changed_before_anything_else(
    browser: Browser, runtime: Runtime, clock: TestClock
) -> None:
    with runtime.database.transaction() as session:
        staff.add_staff(session, "新来的", role=Role.EDITOR, password=PASSWORD, now=clock())

    sent = browser.sign_in("新来的")
    kept = browser.get("/console/")
    changed = browser.post(
        "/console/account/password",
        {"current": PASSWORD, "new": "another long password", "again": "another long password"},
    )

    assert sent.request.path == kept.request.path == "/console/account/password"
    assert "您好" in changed.text


def test_a_first_password_that_was_not_used_in_time_opens_nothing(
    signed_in: SignedIn, browser: Browser, runtime: Runtime, clock: TestClock
) -> None:
    administrator = signed_in(Role.ADMINISTRATOR)
    fields = {"name": "新来的", "role": "editor", "area_code": "", "reason": "到岗"}
    password = shown_once(administrator.post("/console/staff/new", fields))
    clock.advance(hours=runtime.settings.console.first_sign_in_hours)
    administrator = signed_in(Role.ADMINISTRATOR, name="另一位管理员")

    late = browser.sign_in("新来的", password)
    account = administrator.get("/console/staff/" + staff_id_of(runtime, "新来的"))
    again = shown_once(administrator.post(f"{account.request.path}/reset", {"reason": "没有按时登录"}))

    assert late.status_code == 401
    assert "已经过期" in late.text
    assert "临时密码已过期" in account.text
    assert browser.sign_in("新来的", password).status_code == 401
    assert browser.sign_in("新来的", again).request.path == "/console/account/password"


def test_whoever_opened_an_account_is_told_when_it_is_first_used_and_so_is_its_holder(
    signed_in: SignedIn, browser: Browser, runtime: Runtime, clock: TestClock
) -> None:
    opener = signed_in(Role.ADMINISTRATOR)
    other = signed_in(Role.ADMINISTRATOR, name="另一位管理员")
    fields = {"name": "新来的", "role": "editor", "area_code": "", "reason": "到岗"}
    password = shown_once(opener.post("/console/staff/new", fields))
    before = opener.get("/console/").text

    new = {"current": password, "new": "another long password", "again": "another long password"}
    for _ in range(2):
        browser.sign_in("新来的", password)
        browser.post("/console/account/password", new)
        clock.advance(minutes=1)
        password = new["new"]

    with runtime.database.reading() as session:
        actions = [event.action for event in audit.events_of(session, "staff 新来的")]
    assert actions.count("sign_in.first") == 1
    assert "第一次登录" not in before
    assert "新来的</a> 在 2022-07-14 20:00 第一次登录了" in opener.get("/console/").text
    assert "第一次登录了" not in other.get("/console/").text
    own = browser.get("/console/account").text
    assert "2022-07-14 20:00" in own
    assert "临时密码由 示例administrator 给出" in own
    clock.advance(days=8)
    assert "第一次登录了" not in opener.sign_in("示例administrator").text


def test_an_approver_needs_the_phone(browser: Browser, new_member: Callable[..., str]) -> None:
    name = new_member(Role.APPROVER)
    first = browser.post("/console/sign-in", {"name": name, "password": PASSWORD})
    before_the_code = browser.get("/console/", follow=False)
    wrong = browser.post("/console/second-step", {"code": "000000"})
    right = browser.post("/console/second-step", {"code": browser.code()})

    assert first.request.path == "/console/second-step"
    assert before_the_code.status_code == 302
    assert wrong.status_code == 401
    assert "您好" in right.text


def test_a_code_opens_once(
    app: Flask, browser: Browser, new_member: Callable[..., str], clock: TestClock
) -> None:
    name = new_member(Role.APPROVER)
    browser.sign_in(name)
    code = pyotp.TOTP(CODE_SECRET).at(int(clock().timestamp()))
    other = Browser(app.test_client(), clock)
    other.post("/console/sign-in", {"name": name, "password": PASSWORD})

    again = other.post("/console/second-step", {"code": code})

    assert again.status_code == 401


def test_an_approver_without_a_phone_can_do_nothing_but_set_one_up(
    browser: Browser, runtime: Runtime, clock: TestClock
) -> None:
    with runtime.database.transaction() as session:
        member = staff.add_staff(session, "新签发人", role=Role.APPROVER, password=PASSWORD, now=clock())
        staff.change_password(session, member.id, PASSWORD, now=clock())

    page = browser.sign_in("新签发人")
    secret = page.text.partition('class="secret">')[2].partition("<")[0]
    home = browser.get("/console/")
    wrong = browser.post("/console/account/second-factor", {"code": "123456"})
    code = pyotp.TOTP(secret).at(int(clock().timestamp()))
    done = browser.post("/console/account/second-factor", {"code": code})

    assert page.request.path == home.request.path == "/console/account/second-factor"
    assert wrong.status_code == 422
    assert "已启用" in done.text
    assert "您好" in done.text


def test_a_session_ends_after_half_an_hour_of_quiet_and_lives_on_while_used(
    signed_in: SignedIn, clock: TestClock
) -> None:
    browser = signed_in(Role.EDITOR)
    for _ in range(4):
        clock.advance(minutes=20)
        assert "您好" in browser.get("/console/").text

    clock.advance(minutes=31)

    assert browser.get("/console/").request.path == "/console/sign-in"


def test_signing_out_ends_it_on_the_server(signed_in: SignedIn) -> None:
    browser = signed_in(Role.EDITOR)
    cookie = browser.client.get_cookie("dingxin_console", path="/console/")
    assert cookie is not None

    browser.post("/console/sign-out", {}, follow=False)
    browser.client.set_cookie("dingxin_console", cookie.value, path="/console/")

    assert browser.get("/console/").request.path == "/console/sign-in"


def test_an_id_known_before_signing_in_is_worth_nothing_after(
    browser: Browser, new_member: Callable[..., str], app: Flask
) -> None:
    browser.get("/console/sign-in")
    planted = browser.client.get_cookie("dingxin_console", path="/console/")
    assert planted is not None
    browser.sign_in(new_member(Role.EDITOR))

    thief = app.test_client()
    thief.set_cookie("dingxin_console", planted.value, path="/console/")

    assert thief.get("/console/", follow_redirects=True).request.path == "/console/sign-in"


def test_the_cookie_is_strict_and_not_for_scripts(
    browser: Browser,
) -> None:
    header = browser.get("/console/sign-in").headers["Set-Cookie"]

    assert "HttpOnly" in header
    assert "SameSite=Strict" in header
    assert "Path=/console/" in header


def test_the_database_holds_no_id_that_would_open(signed_in: SignedIn, runtime: Runtime) -> None:
    browser = signed_in(Role.EDITOR)
    cookie = browser.client.get_cookie("dingxin_console", path="/console/")
    assert cookie is not None

    with runtime.database.reading() as session:
        kept = [row.id_hash for row in session.query(StaffSessionRow)]

    assert kept
    assert cookie.value not in kept


def test_a_closed_account_is_out_at_once(signed_in: SignedIn, runtime: Runtime, clock: TestClock) -> None:
    browser = signed_in(Role.EDITOR, name="离岗的人")
    with runtime.database.transaction() as session:
        staff.disable_staff(session, "离岗的人", now=clock())

    assert browser.get("/console/").request.path == "/console/sign-in"


def test_another_password_signs_out_everywhere_else(
    app: Flask, signed_in: SignedIn, clock: TestClock
) -> None:
    here = signed_in(Role.EDITOR, name="改密码的人")
    there = Browser(app.test_client(), clock)
    there.sign_in("改密码的人")

    here.post(
        "/console/account/password",
        {"current": PASSWORD, "new": "another long password", "again": "another long password"},
    )

    assert "您好" in here.get("/console/").text
    assert there.get("/console/").request.path == "/console/sign-in"


def test_a_post_without_the_forms_token_changes_nothing_and_loses_nothing(signed_in: SignedIn) -> None:
    browser = signed_in(Role.EDITOR)

    response = browser.client.post("/console/account/password", data={"note": "写了半天的一段话"})

    assert response.status_code == 400
    assert "写了半天的一段话" in response.text


def test_pages_may_load_nothing_from_elsewhere_and_run_no_inline_script(signed_in: SignedIn) -> None:
    response = signed_in(Role.EDITOR).get("/console/")

    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "<script" not in response.text
    assert "style=" not in response.text
    assert response.headers["Cache-Control"] == "no-store"


def test_a_session_is_refreshed_not_rewritten_with_every_page(signed_in: SignedIn, clock: TestClock) -> None:
    browser = signed_in(Role.EDITOR)
    browser.get("/console/")

    at_once = browser.get("/console/").headers.get("Set-Cookie")
    clock.advance(minutes=2)
    later = browser.get("/console/").headers.get("Set-Cookie")

    assert at_once is None
    assert later is not None


def test_a_sign_in_begun_with_the_old_password_ends_with_it(
    browser: Browser, new_member: Callable[..., str], runtime: Runtime, clock: TestClock
) -> None:
    name = new_member(Role.APPROVER)
    browser.post("/console/sign-in", {"name": name, "password": PASSWORD})
    with runtime.database.transaction() as session:
        member = staff.find_staff(session, name)
        assert member is not None
        staff.change_password(session, member.id, "another long password", now=clock())
        staff_sessions.end_all(session, member.id)
    response = browser.post("/console/second-step", {"code": browser.code()})
    assert response.request.path == "/console/sign-in"
    assert "您好" not in response.text
