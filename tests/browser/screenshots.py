"""Makes the pictures of the README from a running demo.

Run: python -m tests.browser.screenshots docs/images
"""

import argparse
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.browser.handset import FOLLOW_UP, MASS, Handset
from tests.browser.running import running_demo

COLOURS = 96
PHONE = ViewportSize(width=390, height=844)
DESK = ViewportSize(width=1280, height=720)
LETTER_MS = 100_000


def main() -> None:
    """All pictures, one after the other, from one demo."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as data, running_demo(Path(data)) as demo, chromium() as browser:
        page = browser.new_page(viewport=PHONE, has_touch=True)
        phone = Handset(page, demo.url)
        asked_and_answered(phone, folder)
        headcount(phone, folder)
        sent(phone, folder)
        desk(browser, f"{demo.url}/demo/desk", folder)


def asked_and_answered(phone: Handset, folder: Path) -> None:
    phone.enter("resident-2")
    phone.says("口罩咋戴才对")
    shoot(phone.page, folder / "phone-answer.png")
    phone.says("听说北街社区明天要断水三天，是真的吗")
    phone.says("孕妇能打疫苗吗，打了对娃有影响没")
    phone.says("村里的路灯几时修")
    phone.enter("resident-3")
    phone.says("听说明天零点定西要封城，真的吗")
    shoot(phone.page, folder / "phone-rumour.png")


def headcount(phone: Handset, folder: Path) -> None:
    phone.enter("resident-1")
    phone.says("我家5口人,2个在外地")
    phone.says("对")
    shoot(phone.page, folder / "phone-headcount.png")


def sent(phone: Handset, folder: Path) -> None:
    """The letter on a resident's phone, the task on the grid worker's."""
    letter = phone.bubbles(MASS).filter(has_text="倡议书").first
    phone.read(letter, LETTER_MS)
    letter.scroll_into_view_if_needed()
    letter.evaluate("bubble => bubble.scrollIntoView({block: 'start'})")
    shoot(phone.page, folder / "phone-letter.png")
    phone.enter("grid-worker")
    task = phone.bubbles(FOLLOW_UP).filter(has_not_text="【任务").first
    phone.read(task, LETTER_MS)
    task.locator(".carry").tap()
    phone.says("已转发")
    shoot(phone.page, folder / "phone-relay.png")


def desk(browser: Browser, address: str, folder: Path) -> None:
    for name, window in (("desk", DESK), ("desk-phone", PHONE)):
        page = browser.new_page(viewport=window)
        page.goto(address)
        shoot(page, folder / f"{name}.png")
        page.close()


def shoot(page: Page, path: Path) -> None:
    """One window, in few colours: enough for a page of text, and small."""
    page.locator("#typing").wait_for(state="detached")
    with Image.open(BytesIO(page.screenshot(animations="disabled"))) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(path, optimize=True)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's own."""
    with sync_playwright() as playwright:
        found = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


if __name__ == "__main__":
    main()
