"""Every role at every route: what its row grants, and nothing else; and the API beside the application's other pages."""

from collections.abc import Iterator

import pytest
from flask import Flask

from bot.access import BOUND, Role, may
from bot.api.blueprint import PREFIX, ROUTES
from bot.app import create_app
from bot.inbound import Desk
from bot.runtime import Runtime
from tests.bot.api.caller import Systems
from tests.bot.places import TONGWEI


@pytest.mark.parametrize("role", Role)
def test_a_role_gets_in_where_its_row_says_so_and_nowhere_else(systems: Systems, role: Role) -> None:
    caller = systems.of(role, area_code=TONGWEI.code if role in BOUND else None)
    wrong = []
    for route in ROUTES:
        path = "/".join("none" if part.startswith("{") else part for part in route.path.split("/"))
        response = caller.get(path) if route.method == "GET" else caller.send(route.method, path, {})
        let_in = response.status_code != 403
        if let_in is not may(role, route.needs):
            wrong.append(f"{route.method} {route.path}: {response.status_code}")
    assert wrong == []


@pytest.fixture
def whole(runtime: Runtime) -> Iterator[Flask]:
    desk = Desk(runtime)
    yield create_app(runtime, desk)
    desk.close()


def test_beside_the_other_pages_only_what_is_below_api_answers_with_problems(whole: Flask) -> None:
    client = whole.test_client()
    assert client.get(f"{PREFIX}/areas").content_type == "application/problem+json"
    assert client.get(f"{PREFIX}/none").content_type == "application/problem+json"
    assert client.get("/none").status_code == 404
    assert client.get("/none").content_type != "application/problem+json"
    assert client.get("/console/none").content_type != "application/problem+json"
    assert client.get("/healthz").status_code == 200


def test_a_browsers_session_opens_nothing_here(whole: Flask) -> None:
    client = whole.test_client()
    client.set_cookie("dingxin_console", "x" * 43, path="/")
    assert client.get(f"{PREFIX}/areas").status_code == 401
