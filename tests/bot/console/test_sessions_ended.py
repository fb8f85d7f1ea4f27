"""A session that was ended stays ended, whatever was under way when it was: on both databases."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import event, func, select

from bot.access import Role
from bot.console import sign_in
from bot.runtime import Runtime
from bot.store import staff, staff_sessions
from bot.store.engine import Database
from bot.store.tables import StaffSessionRow
from tests.bot.console.conftest import PASSWORD, Browser
from tests.bot.offices import an_office
from tests.clocks import TestClock

ACCOUNT = "/console/account"


@pytest.fixture
def runtime(database: Database, tmp_path: Path, clock: TestClock) -> Runtime:
    return an_office(database, tmp_path, clock)


@pytest.fixture
def name(new_member: Callable[..., str]) -> str:
    return new_member(Role.EDITOR)


@pytest.fixture
def inside(browser: Browser, name: str) -> Browser:
    """Signed in."""
    browser.post("/console/sign-in", {"name": name, "password": PASSWORD}, follow=False)
    assert browser.get(ACCOUNT, follow=False).status_code == 200
    return browser


def reset(runtime: Runtime, name: str) -> None:
    """Somebody else changes the password, which ends all sessions."""
    with runtime.database.transaction() as session:
        member = staff.find_staff(session, name)
        assert member is not None
        staff.change_password(session, member.id, "another long password", now=runtime.clock())
        staff_sessions.end_all(session, member.id)


@contextmanager
def meanwhile(runtime: Runtime, work: Callable[[], None]) -> Iterator[None]:
    """Has `work` done by somebody else once the request in the block has read who is asking."""
    done: list[Thread] = []

    def other_first(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if not done and statement.startswith("SELECT") and "FROM staff " in statement.replace("\n", " "):
            done.append(Thread(target=work))
            done[0].start()
            done[0].join()

    event.listen(runtime.database.engine, "after_cursor_execute", other_first)
    yield
    event.remove(runtime.database.engine, "after_cursor_execute", other_first)
    assert done


def sessions_left(runtime: Runtime) -> int:
    with runtime.database.reading() as session:
        return session.scalar(select(func.count()).select_from(StaffSessionRow)) or 0


def test_a_page_that_was_under_way_does_not_bring_the_session_back(
    inside: Browser, runtime: Runtime, name: str
) -> None:
    with meanwhile(runtime, lambda: reset(runtime, name)):
        answered = inside.get("/console/account/second-factor", follow=False)

    assert answered.status_code == 200
    assert sessions_left(runtime) == 0
    assert inside.get(ACCOUNT, follow=False).location.startswith("/console/sign-in")


def test_a_page_that_was_under_way_does_not_undo_signing_out(
    inside: Browser, runtime: Runtime, clock: TestClock
) -> None:
    cookie = inside.client.get_cookie("dingxin_console", path="/console/")
    assert cookie is not None
    other_tab = Browser(inside.client.application.test_client(), clock)
    other_tab.client.set_cookie("dingxin_console", cookie.value, path="/console/")
    token = other_tab.token()

    def sign_out() -> None:
        other_tab.client.post("/console/sign-out", data={"csrf_token": token})

    with meanwhile(runtime, sign_out):
        inside.get("/console/account/second-factor", follow=False)

    assert sessions_left(runtime) == 0


def test_whoever_was_just_let_in_with_the_old_password_is_out_again(
    browser: Browser, runtime: Runtime, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_in = sign_in._let_in

    def reset_first(*given: object) -> object:
        reset(runtime, name)
        return let_in(*given)  # type: ignore[arg-type] # handed through as they came

    monkeypatch.setattr(sign_in, "_let_in", reset_first)
    browser.post("/console/sign-in", {"name": name, "password": PASSWORD}, follow=False)

    assert browser.get(ACCOUNT, follow=False).location.startswith("/console/sign-in")
