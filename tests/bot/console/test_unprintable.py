"""Characters that a database does not take, and nobody types, end at the door: in words, on both databases."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from bot.access import Role
from bot.console.blueprint import PAGES
from bot.runtime import Runtime
from bot.store.engine import Database
from tests.bot.console.conftest import PASSWORD, Browser
from tests.bot.offices import an_office
from tests.clocks import TestClock

NUL = "前\x00后"
POSTED = [route for pages in PAGES for route in pages if "POST" in route.methods]
READ = [route for pages in PAGES for route in pages if "GET" in route.methods]


@pytest.fixture
def runtime(database: Database, tmp_path: Path, clock: TestClock) -> Runtime:
    return an_office(database, tmp_path, clock)


@pytest.fixture
def administrator(app: Flask, clock: TestClock, new_member: Callable[..., str]) -> Browser:
    browser = Browser(app.test_client(), clock)
    fields = {"name": new_member(Role.ADMINISTRATOR), "password": PASSWORD}
    browser.post("/console/sign-in", fields, follow=False)
    return browser


def filled(path: str, word: str) -> str:
    """A route's path with this word for a name and 1 for a number."""
    parts = path.split("/")
    return "/console" + "/".join(
        "1" if part.startswith("<int") else word if part.startswith("<") else part for part in parts
    )


def test_a_name_that_no_database_takes_gets_nobody_in_and_breaks_nothing(browser: Browser) -> None:
    response = browser.post("/console/sign-in", {"name": NUL, "password": NUL})

    assert response.status_code == 422
    assert "看不见的字符" in response.text


def test_every_form_refuses_them_and_gives_back_what_can_be_read(administrator: Browser) -> None:
    token = administrator.token()
    for route in POSTED:
        path = filled(route.path, "x")
        fields = {"csrf_token": token, "text": NUL, "reason": "写了很久的原因"}
        response = administrator.client.post(path, data=fields)
        assert response.status_code in {403, 405, 422}, (path, response.status_code)
        if response.status_code == 422:
            assert "看不见的字符" in response.text, path
            assert "前后" in response.text, path


def test_no_list_and_no_page_breaks_on_them_in_an_address(administrator: Browser) -> None:
    for route in READ:
        asked = administrator.client.get(filled(route.path, "x") + "?text=%00&actor=%00&cursor=%00")
        assert asked.status_code in {403, 422}, (route.path, asked.status_code)
        if "<" in route.path.replace("<int", ""):
            assert administrator.client.get(filled(route.path, "%00")).status_code in {403, 404}, route.path


@pytest.mark.parametrize("tail", ["%ED%A0%80", "%F0%28%8C%28", "%00", "%C0%80"])
def test_halves_of_characters_never_reach_a_database(administrator: Browser, tail: str) -> None:
    found = administrator.client.get(f"/console/claims/{tail}")
    asked = administrator.client.get(f"/console/audit?actor={tail}")

    assert found.status_code == 404
    assert asked.status_code in {200, 422}
