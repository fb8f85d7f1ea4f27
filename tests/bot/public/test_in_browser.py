"""The pages in a real browser at a phone's size: nothing overflows, everything is legible, fingers hit what they aim at."""

import os
import shutil
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright

from bot.demo.serving import serve
from bot.public.blueprint import make_blueprint
from bot.runtime import Runtime
from tests.bot.public.test_pages import PAGES

pytestmark = pytest.mark.browser
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
NARROW, PHONE, DESK = 320, 390, 1280
# WCAG 2.2 AA, 1.4.3; large is 24 px, or 18.66 px in bold.
FAINT = """() => {
  const channel = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
  const parts = text => text.match(/[\\d.]+/g).map(Number);
  const behind = node => {
    for (; node; node = node.parentElement) {
      const c = parts(getComputedStyle(node).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const node of document.querySelectorAll('body *')) {
    const words = [...node.childNodes].some(one => one.nodeType === 3 && one.textContent.trim());
    if (!words || !node.getClientRects().length) continue;
    const style = getComputedStyle(node), size = parseFloat(style.fontSize);
    const pair = [light(parts(style.color)), light(behind(node))].sort((a, b) => b - a);
    const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5)) faint.push(`${node.className} ${node.textContent.slice(0, 20)} ${ratio}`);
  }
  return faint;
}"""
# WCAG 2.2 AA, 2.5.8 asks for 24 px; links inside a sentence are excepted.
SMALL = """() => [...document.querySelectorAll('nav a, .list a, .choices a, .button, button, summary, .size')]
  .filter(one => one.getClientRects().length && one.getBoundingClientRect().height < 30)
  .map(one => one.textContent)"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if BROWSER is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing, and CI must not skip")
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


@pytest.fixture
def address(runtime: Runtime) -> Iterator[str]:
    app = Flask("public")
    app.register_blueprint(make_blueprint(runtime))
    with serve(app) as server:
        yield server.url


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(has_touch=True)
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(f"{message.text} {message.location['url']}"))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    opened.close()
    # Chromium asks for an icon of its own accord, and the server may be closed by then.
    assert [one for one in complaints if not one.endswith("/favicon.ico")] == []


@pytest.mark.parametrize("large", ["", "large=1"], ids=["plain", "large"])
def test_every_page_fits_is_legible_and_can_be_hit(page: Page, address: str, large: str) -> None:
    for path in PAGES:
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}{large}")
        for width in (NARROW, PHONE, DESK):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        page.set_viewport_size({"width": PHONE, "height": 844})
        assert page.evaluate(FAINT) == [], path
        assert page.evaluate(SMALL) == [], path


def test_on_paper_there_is_the_text_and_its_address_and_nothing_to_press(page: Page, address: str) -> None:
    page.goto(f"{address}/p/rumours/road")
    page.emulate_media(media="print")
    assert page.locator(".onlyprint").inner_text().endswith("/p/rumours/road")
    for gone in (".menu", ".size", ".noprint", ".button"):
        assert not page.locator(gone).first.is_visible()
    assert page.locator("h1").is_visible()


def test_by_keyboard_the_first_key_offers_the_way_past_the_menu(page: Page, address: str) -> None:
    page.goto(f"{address}/p/rumours")
    page.keyboard.press("Tab")
    assert page.locator(".skip:focus").inner_text() == "跳到正文"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_a_search_needs_no_script(browser: Browser, address: str) -> None:
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{address}/p/")
    plain.fill("#q", "白酒杀病毒")
    plain.press("#q", "Enter")
    assert plain.locator(".list a").first.inner_text().startswith("不实")
    plain.context.close()
