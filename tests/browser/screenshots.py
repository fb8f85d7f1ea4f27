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
from tests.browser.office import Office
from tests.browser.running import RunningDemo, running_demo

COLOURS = 96
SEEN_ARE_LOADED = """() => [...document.images]
    .filter(one => one.getBoundingClientRect().top < innerHeight)
    .every(one => one.complete && one.naturalWidth)"""
OFFICE = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=390, height=844)
DESK = ViewportSize(width=1280, height=720)
LETTER_MS = 100_000
# The job that counts the day's figures runs once a minute.
FIGURES_MS = 90_000
STAFFED = ("-m", "tests.browser.staffed_demo")

RUMOUR = "自来水厂昨晚进了毒水，全城的自来水都不能喝"
HEARD = {
    "resident-1": f"听说{RUMOUR}，是真的吗？",
    "resident-2": f"听说{RUMOUR}，大家快转发！",
    "resident-3": f"群里说{RUMOUR}，真的假的",
}
FINDING = {
    "text": "自来水厂进了毒水，全城自来水不能喝",
    "fact": "自来水厂昨晚运行正常，出厂水和管网水检测全部合格（示例）。",
    "claim": "网上说自来水厂昨晚进了毒水。",
    "why": "没有出处，用“大家快转发”催人传。",
    "fact_again": "自来水可以照常饮用。",
    "issuer": "市水务局（示例）",
    "title": "城区供水水质检测公告（示例）",
}
OTHERS = (
    "听说明天全市停水，真的吗",
    "听说县医院不收发烧的病人了，真的吗",
    "村口贴着条子说超市要关门半个月，真的吗",
    "社区的乒乓球台几点开灯",
)
ANSWERED = (
    "口罩咋戴才对",
    "现在能去养老院看老人吗",
    "从外地回来怎么报备",
    "家里没菜了咋办",
    "我家要办喜事，能办吗",
    "听说喝白酒能杀死新冠病毒，是真的吗",
    "听说明天零点定西要封城，真的吗",
    "打疫苗要带什么证件",
)


def main() -> None:
    """All pictures, one after the other, from one demo."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory() as data,
        running_demo(Path(data), command=STAFFED, more=()) as demo,
        chromium() as browser,
    ):
        page = browser.new_page(viewport=PHONE, has_touch=True)
        phone = Handset(page, demo.url)
        asked_and_answered(phone, folder)
        headcount(phone, folder)
        sent(phone, folder)
        desk(browser, f"{demo.url}/demo/desk", folder)
        from_claim_to_page(browser, demo, phone, folder)


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


def from_claim_to_page(browser: Browser, demo: RunningDemo, phone: Handset, folder: Path) -> None:
    """One rumour of three residents: the claim's page, the bytes to approve, what anybody reads."""
    first, *later = HEARD.items()
    asked(phone, first)
    two_days_later(phone)
    for one in later:
        asked(phone, one)
    for words in (*OTHERS, *ANSWERED):
        phone.says(words)
    reviewer = signed_in(browser, demo, "reviewer")
    reviewer.opens_when_there("/console/claims?state=new", "自来水")
    reviewer.page.get_by_text("3 条").first.wait_for()
    address = reviewer.page.url
    reviewer.page.get_by_label("重：危害健康").check()
    reviewer.press("评定风险并分派")
    reviewer.press("由我核查")
    reviewer.go(address.removeprefix(demo.url))
    shoot(reviewer.page, folder / "console-claim.png")
    reviewer.press("写核实结论")
    reviewer.fill(FINDING)
    reviewer.choose("verdict", "不实")
    reviewer.press("保存")
    reviewer.press("交给签发人")
    reviewer.reads("已交给签发人")
    home_and_list(reviewer, folder)
    approved(browser, demo, address, folder)
    public(browser, f"{demo.url}/p/rumours/{address.rsplit('/', 1)[1]}", folder)


def asked(phone: Handset, told: tuple[str, str]) -> None:
    phone.enter(told[0])
    phone.says(told[1])


def two_days_later(phone: Handset) -> None:
    """A curve wants more than one moment. The scheduler notices by itself."""
    phone.show_list()
    phone.page.click("#skip")
    phone.page.get_by_text("快进 49 小时）").wait_for()


def home_and_list(office: Office, folder: Path) -> None:
    """The first page once the day was counted, and the list of claims on a phone."""
    counted = office.page.locator(".tile, .figure").filter(has_text="来信").first
    for _ in range(FIGURES_MS // 5_000):
        office.go("/console/")
        if counted.count():
            break
        office.page.wait_for_timeout(5_000)
    shoot(office.page, folder / "console-home.png")
    office.page.set_viewport_size(PHONE)
    office.go("/console/claims")
    shoot(office.page, folder / "console-phone.png")


def approved(browser: Browser, demo: RunningDemo, address: str, folder: Path) -> None:
    approver = signed_in(browser, demo, "approver")
    approver.page.goto(address)
    approver.press("看待签发的结论")
    shoot(approver.page, folder / "console-approve.png")
    approver.press("签发并发布")
    approver.page.wait_for_load_state()
    approver.page.context.close()


def public(browser: Browser, address: str, folder: Path) -> None:
    """The published rumour as a resident's phone shows it, and the card to pass on."""
    page = browser.new_page(viewport=PHONE)
    page.goto(address)
    shoot(page, folder / "public-rumour-phone.png")
    card = page.request.get(f"{address}/card.png")
    assert card.ok, "the card needs a Chinese font on this machine"
    kept(card.body(), folder / "card.png")
    page.close()


def signed_in(browser: Browser, demo: RunningDemo, role: str) -> Office:
    office = Office(browser.new_context(viewport=OFFICE).new_page(), demo.url)
    office.sign_in(demo.staff()[role])
    return office


def shoot(page: Page, path: Path) -> None:
    """One window, once every picture in it is there."""
    page.locator("#typing").wait_for(state="detached")
    page.wait_for_function(SEEN_ARE_LOADED)
    kept(page.screenshot(animations="disabled"), path)


def kept(content: bytes, path: Path) -> None:
    """In few colours: enough for a page of text, and small."""
    with Image.open(BytesIO(content)) as picture:
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
