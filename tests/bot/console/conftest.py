"""The console on the sample service, with staff to sign in as."""

import re
from collections.abc import Callable, Iterator, Mapping

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.access import Role
from bot.app import create_app
from bot.inbound import Desk
from bot.runtime import Runtime
from bot.store import second_factor, staff
from tests.clocks import TestClock
from tests.scenarios.conftest import asked_for, runtime, settings

__all__ = ["asked_for", "runtime", "settings"]

PASSWORD = "a long enough password"
CODE_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class Browser:
    """Somebody's browser: keeps cookies, fills in the forms' tokens, follows where it is sent."""

    def __init__(self, client: FlaskClient, clock: TestClock) -> None:
        self.client = client
        self._clock = clock

    def get(self, path: str, *, follow: bool = True) -> TestResponse:
        return self.client.get(path, follow_redirects=follow)

    def post(self, path: str, fields: Mapping[str, object], *, follow: bool = True) -> TestResponse:
        """Post a form, with the token any page of this session carries."""
        return self.client.post(path, data={"csrf_token": self.token(), **fields}, follow_redirects=follow)

    def token(self) -> str:
        page = self.client.get("/console/account").text
        if 'name="csrf_token"' not in page:
            page = self.client.get("/console/sign-in").text
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found is not None
        return found.group(1)

    def sign_in(self, name: str, password: str = PASSWORD) -> TestResponse:
        response = self.post("/console/sign-in", {"name": name, "password": password})
        if "动态验证码" in response.text and response.request.path == "/console/second-step":
            response = self.post("/console/second-step", {"code": self.code()})
        return response

    def code(self) -> str:
        self._clock.advance(seconds=30)
        return pyotp.TOTP(CODE_SECRET).at(int(self._clock().timestamp()))


@pytest.fixture
def app(runtime: Runtime) -> Iterator[Flask]:
    desk = Desk(runtime)
    yield create_app(runtime, desk)
    desk.close()


@pytest.fixture
def new_member(runtime: Runtime, clock: TestClock) -> Callable[..., str]:
    """Opens an account that is ready for work; its name."""

    def make(role: Role, *, name: str = "", area_code: str | None = None) -> str:
        name = name or f"示例{role.value}"
        with runtime.database.transaction() as session:
            member = staff.add_staff(
                session, name, role=role, password=PASSWORD, now=clock(), area_code=area_code
            )
            staff.change_password(session, member.id, PASSWORD, now=clock())
            if role is Role.APPROVER:
                code = pyotp.TOTP(CODE_SECRET).at(int(clock().timestamp()))
                assert second_factor.confirm(
                    session, member.id, CODE_SECRET, code, vault=runtime.vault, now=clock()
                )
        return name

    return make


@pytest.fixture
def browser(app: Flask, clock: TestClock) -> Browser:
    """Nobody yet."""
    return Browser(app.test_client(), clock)


@pytest.fixture
def signed_in(app: Flask, clock: TestClock, new_member: Callable[..., str]) -> Callable[..., Browser]:
    """A browser signed in as a new member of this role."""

    def enter(role: Role, *, name: str = "", area_code: str | None = None) -> Browser:
        browser = Browser(app.test_client(), clock)
        response = browser.sign_in(new_member(role, name=name, area_code=area_code))
        assert response.status_code == 200, response.status
        assert "您好" in response.text
        return browser

    return enter
