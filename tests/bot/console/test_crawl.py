"""Every page a role can click to, on a database full of people: it opens, names nobody, and loads nothing inline."""

import re
from collections import deque
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask

from bot.access import Role
from bot.runtime import Runtime
from tests.bot.console.conftest import Browser
from tests.clocks import TestClock
from tests.scenarios.phone import Phone

SignedIn = Callable[..., Browser]

MOST_PAGES = 250
VILLAGE = "621121100201"
LINK = re.compile(r'href="(/console/[^"#]*)"')
# An openid of the tests' phones, and anything that names a resident's row.
NAMES_SOMEBODY = re.compile(r"oTest|resident_id|openid", re.IGNORECASE)


@pytest.fixture
def busy_day(app: Flask, runtime: Runtime, clock: TestClock) -> None:
    """Residents have asked, reported, counted, and said where they live and how to reach them."""
    numbers = iter(range(1, 1000))
    client = app.test_client()
    for name in ("grandmother", "driver", "student"):
        phone = Phone(client, clock, openid=f"oTest{name:0>23}"[:28], numbers=numbers)  # type: ignore[arg-type] # any iterator of numbers
        phone.follows(scene=phone.scene_of(runtime, VILLAGE))
        for words in (
            "听说明天镇上要断水三天，是真的吗，我电话13900001234",
            "听说北街社区明天要断水三天，大家快存水",
            "村里的路灯几时修",
            "我家5口人,2个在外地",
            "对",
        ):
            phone.says(words)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.usefixtures("busy_day")
def test_every_page_one_can_click_to_opens_and_names_nobody(signed_in: SignedIn, role: Role) -> None:
    browser = signed_in(role, area_code="621121000000" if role is Role.AREA_LEAD else None)
    seen: set[str] = set()
    waiting = deque(["/console/"])
    faults: list[str] = []
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.popleft()
        if path in seen:
            continue
        seen.add(path)
        response = browser.client.get(path, follow_redirects=True)
        if response.status_code != 200:
            faults.append(f"{path}: {response.status_code}")
        if not (response.content_type or "").startswith("text/html"):
            continue
        page = response.text
        if NAMES_SOMEBODY.search(page) or "13900001234" in page:
            faults.append(f"{path}: names somebody")
        if re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", page):
            faults.append(f"{path}: inline script or style")
        found = (unescape(link) for link in LINK.findall(page))
        waiting.extend(link for link in found if not link.startswith("/console/static/"))

    assert faults == []
    assert len(seen) >= 3
