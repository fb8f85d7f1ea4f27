"""The phone page in a real browser, as a person uses it: type, read, long-press, switch phones."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bot.demo.pusher import OUT_OF_ORDER
from bot.demo.sandbox import Sandbox
from bot.demo.serving import create_sandbox_app, serve
from tests.bot.demo.callers import Api, Callback, nothing, saying

pytestmark = pytest.mark.browser
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
ANSWER = "答一句\n<img src=x onerror=alert(1)> https://example.com/p/1。"


@pytest.fixture
def complaints() -> list[str]:
    """What the browser's console said; a blocked script or a missing file speaks up here."""
    return []


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if BROWSER is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing, and CI must not skip")
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium fonts-noto-cjk)")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser, sandbox: Sandbox, complaints: list[str]) -> Iterator[Page]:
    with serve(create_sandbox_app(sandbox)) as server:
        opened = browser.new_page(viewport={"width": 390, "height": 844}, has_touch=True)
        opened.on("console", lambda message: complaints.append(message.text))
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.goto(server.url)
        yield opened
        opened.close()


def enter(page: Page, chat: str) -> None:
    if page.locator("#back").is_visible():
        page.click("#back")
    page.click(f"[data-chat={chat}]")


def test_what_is_typed_is_answered_and_words_stay_words(
    page: Page, callback: Callback, complaints: list[str]
) -> None:
    callback.answering = saying(ANSWER)
    enter(page, "resident-1")
    page.fill("#words", "<b>问一句</b>")
    page.press("#words", "Enter")

    answer = page.locator(".said.them .bubble", has_text="答一句")
    answer.wait_for()

    assert answer.inner_text() == ANSWER
    assert answer.locator("a").get_attribute("href") == "https://example.com/p/1"
    assert page.locator(".bubble img, .bubble b").count() == 0
    assert page.locator(".said.me .bubble").inner_text() == "<b>问一句</b>"
    assert page.locator(".below", has_text="被动回复").count() == 1
    expect(page.locator("#typing")).to_have_count(0)
    assert complaints == []


def test_a_grid_worker_carries_only_the_words_of_a_task_into_the_village_group(
    page: Page, callback: Callback, api: Api, sandbox: Sandbox
) -> None:
    callback.answering = saying("【任务7】下一条就是要转的话")
    enter(page, "grid-worker")
    page.fill("#words", "任务")
    page.tap("#send")
    page.locator(".said.them .bubble", has_text="下一条").wait_for()
    for words in ("【任务7】下一条就是要转的话", "少聚集，多通风"):
        assert api.follow_up(sandbox.openid("grid-worker"), words) == 0
    page.locator(".said.them .bubble", has_text="少聚集").wait_for()

    assert page.locator(".carry").count() == 1
    page.tap(".carry")
    page.locator(".notice", has_text="已转发到村群").wait_for()
    page.click("#back")
    page.locator("[data-chat=village-group] .badge", has_text="1").wait_for()
    page.click("[data-chat=village-group]")

    assert page.locator(".said .bubble").inner_text() == "少聚集，多通风"
    assert page.locator(".from").inner_text() == "网格员老周"


def test_leaving_closes_the_composer_and_a_community_s_code_brings_one_back(page: Page) -> None:
    enter(page, "resident-1")
    page.click("#more")
    page.click("#follow")
    page.locator("#closed").wait_for()
    left = page.locator("#composer").is_visible()
    page.click("#more")
    page.click("#scan")
    page.click("#code-list button")
    page.locator("#composer").wait_for()

    assert not left


def test_a_sample_screenshot_is_seen_where_it_was_sent(page: Page) -> None:
    enter(page, "resident-2")
    page.click("#plus")
    page.click("[data-open=samples]")
    page.click("[data-sample=fenglu]")

    expect(page.locator(".said.me .picture img")).to_have_js_property("naturalWidth", 480)


def test_a_group_s_owner_confirms_a_task(page: Page, api: Api) -> None:
    body = {"chat_type": "group", "sender": "zhou-sample", "text": {"content": "倡议书"}}
    api.corp("externalcontact/add_msg_template", body)
    page.click("[data-chat=grid-worker-wecom]")
    page.click("[data-task]")
    page.locator("[data-task]:disabled").wait_for()
    enter(page, "residents-group")

    assert page.locator(".said .bubble").inner_text() == "倡议书"


def test_a_callback_that_fails_shows_the_platform_s_regret(page: Page, callback: Callback) -> None:
    callback.answering = lambda _: (200, b"{}")
    enter(page, "resident-1")
    page.fill("#words", "问一句")
    page.press("#words", "Enter")
    page.locator(".notice", has_text=OUT_OF_ORDER).wait_for()

    expect(page.locator("#typing")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 390, 1280])
def test_nothing_sticks_out_sideways(page: Page, callback: Callback, width: int) -> None:
    callback.answering = nothing
    page.set_viewport_size({"width": width, "height": 800})
    enter(page, "resident-1")
    page.fill("#words", "长" * 300 + "x" * 300)
    page.press("#words", "Enter")
    page.locator(".said.me .bubble").wait_for()

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.querySelector('#bubbles').scrollWidth") <= width
