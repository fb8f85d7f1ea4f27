"""Every page a clerk or a resident can click to, at a phone's and a desk's width: no fault that axe-core finds, none wider
than the window, none heavier than a slow line bears.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator
from html import unescape

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from werkzeug.routing import Map, MapAdapter, Rule

from bot.console.blueprint import PAGES
from tests.browser.handset import Handset
from tests.browser.office import Office
from tests.browser.running import RunningDemo, running_demo

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]

PHONE, DESK = 390, 1280
# WCAG 2.2 AA, and what is good practice beside it.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
HEAVIEST_BYTES = 60_000
# Fewer mean that the links were not followed.
FEWEST_PAGES = 12
LINK = re.compile(r'href="(/(?:console|p)/[^"#]*)"')
FILES = re.compile(r"format=|\.svg|\.png|/static/|/copies/|\.css|\.xml")
SAID = ("听说明天全市停水，真的吗", "村里的路灯几时修")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[RunningDemo]:
    """With a rumour and a question that wait."""
    folder = tmp_path_factory.mktemp("accessibility")
    with running_demo(folder, command=("-m", "tests.browser.staffed_demo"), more=()) as running:
        phone = Handset(
            browser.new_page(viewport={"width": PHONE, "height": 844}, has_touch=True), running.url
        )
        phone.enter("resident-2")
        for words in SAID:
            phone.says(words)
        phone.page.close()
        yield running


@pytest.fixture(scope="module")
def endpoints() -> MapAdapter:
    """Which of the console's pages an address is."""
    routes = (route for pages in PAGES for route in pages if "GET" in route.methods)
    return Map([Rule(f"/console{route.path}", endpoint=route.endpoint) for route in routes]).bind("localhost")


# Between them they see every page.
@pytest.mark.parametrize("role", ["administrator", "approver"])
def test_the_offices_pages_are_for_everybody(
    browser: Browser, demo: RunningDemo, endpoints: MapAdapter, role: str
) -> None:
    page = browser.new_context(viewport={"width": DESK, "height": 800}).new_page()
    Office(page, demo.url).sign_in(demo.staff()[role])
    paths = clicked(page, demo.url, "/console/", lambda path: str(endpoints.match(path)[0]))

    faults = [fault for path in paths for fault in faults_of(page, demo.url, path)]

    page.context.close()
    assert len(paths) > FEWEST_PAGES
    assert faults == []


def test_the_public_pages_are_for_everybody(browser: Browser, demo: RunningDemo) -> None:
    page = browser.new_page()
    paths = clicked(page, demo.url, "/p/", lambda path: re.sub(r"[^/]+$", "", path[3:]) or path)

    faults = [fault for path in paths for fault in faults_of(page, demo.url, path)]

    page.close()
    assert faults == []


@pytest.mark.parametrize("path", ["/console/sign-in", "/console/nothing-here"])
def test_the_doors_are_for_everybody(browser: Browser, demo: RunningDemo, path: str) -> None:
    page = browser.new_page()
    faults = list(faults_of(page, demo.url, path))
    page.close()
    assert faults == []


def clicked(page: Page, url: str, start: str, kind_of: Callable[[str], str]) -> list[str]:
    """One page of every kind that links lead to."""
    found: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        path = waiting.popleft()
        kind = kind_of(path.partition("?")[0])
        if kind in found:
            continue
        found[kind] = path
        text = page.request.get(url + path).text()
        links = (unescape(link) for link in LINK.findall(text))
        waiting.extend(link for link in links if link.startswith(start) and not FILES.search(link))
    return list(found.values())


def faults_of(page: Page, url: str, path: str) -> Iterator[str]:
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(url + path)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            yield f"{path} is wider than {width}"
        for violation in Axe().run(page, options=RULES).response["violations"]:
            nodes = [node["html"][:120] for node in violation["nodes"][:2]]
            yield f"{path} at {width}: {violation['id']}: {nodes}"
    weight = len(page.content().encode())
    if weight > HEAVIEST_BYTES:
        yield f"{path} weighs {weight} bytes"


def test_filters_are_folded_on_a_phone_until_opened_by_keyboard_or_in_use(
    browser: Browser, demo: RunningDemo
) -> None:
    page = browser.new_context(viewport={"width": DESK, "height": 800}).new_page()
    office = Office(page, demo.url)
    office.sign_in(demo.staff()["reviewer"])
    office.go("/console/claims")
    state = page.get_by_label("办理状态")
    on_a_desk = state.is_visible()
    page.set_viewport_size({"width": PHONE, "height": 844})
    folded = not state.is_visible()
    page.locator("#fold-filters").focus()
    page.keyboard.press("Space")
    opened = state.is_visible()
    state.select_option("new")
    page.get_by_role("button", name="筛选", exact=True).click()
    in_use = page.get_by_label("办理状态").is_visible()
    page.context.close()

    assert (on_a_desk, folded, opened, in_use) == (True, True, True, True)
