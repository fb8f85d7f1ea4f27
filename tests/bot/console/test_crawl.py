"""Every page a role can click to, on a database full of people: it opens, names nobody, and loads nothing inline."""

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from html import unescape
from threading import Event
from urllib.parse import parse_qs

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from bot.access import Role
from bot.jobs import JOBS
from bot.messages import Work
from bot.runtime import Runtime
from bot.tasks import Worker
from tests.bot.console.conftest import Browser
from tests.clocks import TestClock
from tests.scenarios.phone import Phone

SignedIn = Callable[..., Browser]

# Of pages of one kind a few are enough; all kinds are looked at.
MOST_OF_A_KIND = 4
TONGWEI, ANDING = "621121000000", "621102000000"
PHONE_NUMBER = "13900001234"
# Words that nobody in the other county said.
IN_TONGWEI, IN_ANDING = "戏台", "停气"
HEARD = {
    "grandmother": (
        "621121100201",
        (
            f"听说镇上要拆老{IN_TONGWEI}盖隔离点，是真的吗，我电话{PHONE_NUMBER}",
            f"村里{IN_TONGWEI}旁边的路灯几时修",
            "我家5口人,2个在外地",
            "对",
        ),
    ),
    "driver": (
        "621102001003",
        (
            f"听说北街社区后天要{IN_ANDING}一个星期，大家快转发",
            f"楼下健身器材坏了找谁，{IN_ANDING}的事也没人说",
        ),
    ),
}
LINK = re.compile(r'href="(/console/[^"#]*)"')
# An openid of the tests' phones, and anything that names a resident's row.
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=")
NAMES_SOMEBODY = re.compile(r"oTest|resident_id|openid", re.IGNORECASE)


@pytest.fixture
def busy_day(app: Flask, runtime: Runtime, clock: TestClock) -> None:
    """Residents of two counties have asked, reported, counted, and said how to reach them; every job has run."""
    numbers = iter(range(1, 1000))
    client = app.test_client()
    for name, (place, sayings) in HEARD.items():
        phone = Phone(client, clock, openid=f"oTest{name:0>23}"[:28], numbers=numbers)
        phone.follows(scene=phone.scene_of(runtime, place))
        for words in sayings:
            phone.says(words)
    clock.advance(minutes=6)
    for job in JOBS:
        job.function(runtime)
    worker = Worker(runtime)
    for work in (Work.REPORTS, Work.QUESTIONS):
        worker.look_after(work, Event())
    worker.close()


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.usefixtures("busy_day")
def test_every_page_one_can_click_to_opens_and_names_nobody(signed_in: SignedIn, role: Role) -> None:
    browser = signed_in(role, area_code=TONGWEI if role is Role.AREA_LEAD else None)
    faults = [fault for path, response in clicked(browser) for fault in faults_of(path, response)]

    assert faults == []


@pytest.mark.parametrize(("area", "elsewhere"), [(TONGWEI, IN_ANDING), (ANDING, IN_TONGWEI)])
@pytest.mark.usefixtures("busy_day")
def test_an_area_lead_sees_nothing_of_another_county(signed_in: SignedIn, area: str, elsewhere: str) -> None:
    everywhere = clicked(signed_in(Role.REVIEWER))
    browser = signed_in(Role.AREA_LEAD, area_code=area)

    seen = [path for path, response in clicked(browser) if elsewhere.encode() in response.data]

    assert any(elsewhere.encode() in response.data for _, response in everywhere)
    assert seen == []


def clicked(browser: Browser) -> Iterator[tuple[str, TestResponse]]:
    """Pages that can be reached by links, some of every kind, and what came back; no further than somebody looks."""
    seen: set[str] = set()
    kinds: Counter[str] = Counter()
    waiting = deque(["/console/"])
    while waiting:
        path = waiting.popleft()
        kind = kind_of(browser, path)
        if path in seen or kinds[kind] == MOST_OF_A_KIND:
            continue
        kinds[kind] += 1
        seen.add(path)
        response = browser.client.get(path, follow_redirects=True)
        yield path, response
        if is_page(response):
            found = (unescape(link) for link in LINK.findall(response.text))
            waiting.extend(link for link in found if not link.startswith("/console/static/"))


def kind_of(browser: Browser, path: str) -> str:
    """The page's endpoint, and which of its filters are set."""
    address, _, query = path.partition("?")
    endpoint, _values = browser.client.application.url_map.bind("localhost").match(address)
    return f"{endpoint} {sorted(parse_qs(query))}"


def faults_of(path: str, response: TestResponse) -> Iterator[str]:
    if response.status_code != 200:
        yield f"{path}: {response.status_code}"
    if is_page(response):
        if NAMES_SOMEBODY.search(response.text) or PHONE_NUMBER in response.text:
            yield f"{path}: names somebody"
        if INLINE.search(response.text):
            yield f"{path}: inline script or style"


def is_page(response: TestResponse) -> bool:
    return (response.content_type or "").startswith("text/html")
