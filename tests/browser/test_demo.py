"""The demo from outside: its own process, a browser at a phone's size, and nothing else."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.bot.processes import ROOT, eventually
from tests.browser.handset import FOLLOW_UP, MASS, Handset
from tests.browser.running import RunningDemo, ended, running_demo

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
# The letter is due 40 s after the start; the scheduler looks every 5 s.
LETTER_MS = 100_000
PICTURE_MS = 60_000
ANSWER = "物资车每周二、周五到村口（示例）。"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDemo]:
    with running_demo(tmp_path_factory.mktemp("demo")) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    opened.close()
    assert complaints == []


@pytest.fixture
def phone(page: Page, demo: RunningDemo) -> Handset:
    return Handset(page, demo.url)


def test_a_question_is_answered_with_its_source_and_its_date(phone: Handset) -> None:
    phone.enter("resident-2")

    answer = phone.says("口罩咋戴才对")

    assert "鼻" in answer
    assert "依据：" in answer
    assert re.search(r"截至\d{4}年\d{1,2}月\d{1,2}日", answer)


def test_a_conversation_in_the_list_stays_under_the_finger_while_messages_arrive(
    phone: Handset, page: Page
) -> None:
    entry = page.locator("[data-chat=resident-2]").element_handle()
    phone.enter("resident-1")
    phone.says("你好")
    phone.show_list()

    assert entry is not None
    assert entry.evaluate("entry => entry.isConnected")
    entry.click()
    expect(page.locator("#words")).to_be_visible()


def test_a_rumour_gets_the_verdict_people_published_and_words_to_pass_on(phone: Handset) -> None:
    phone.enter("resident-1")

    verdict = phone.says("听说明天零点定西要封城，真的吗")

    assert verdict.startswith("【不实】")
    assert "依据：" in verdict
    assert re.search(r"核实日期：\d{4}年", verdict)
    assert "【核实结果：不实】" in verdict


def test_what_nobody_has_verified_is_called_so_and_reaches_the_desk_without_its_sender(
    phone: Handset, demo: RunningDemo
) -> None:
    phone.enter("resident-2")

    reply = phone.says("听说北街社区明天要断水三天，是真的吗")
    phone.page.goto(f"{demo.url}/demo/desk")
    reports = phone.page.locator("section", has=phone.page.locator("#reports"))

    assert "还没有核实" in reply
    expect(reports.locator(".said", has_text="北街社区明天要断水三天")).to_have_count(1)
    expect(phone.page.locator("body")).not_to_contain_text("李师傅")


def test_a_headcount_is_echoed_confirmed_and_counted(phone: Handset, demo: RunningDemo) -> None:
    phone.enter("resident-1")

    echo = phone.says("我家5口人,2个在外地")
    receipt = phone.says("对")
    phone.page.goto(f"{demo.url}/demo/desk")

    assert "只记人数，不要姓名" in echo
    assert "一共5人，在家3人，在外2人，对吗" in echo
    assert receipt.startswith("登记好了：一共5人，在家3人，在外2人。")
    cells = phone.page.locator("tr", has_text="平襄镇城关村").locator("td")
    assert cells.all_inner_texts()[2:5] == ["5", "3", "2"]


def test_the_letter_arrives_by_itself_and_the_grid_worker_carries_it_and_confirms(
    phone: Handset, demo: RunningDemo
) -> None:
    phone.enter("resident-1")
    letter = phone.read(phone.bubbles(MASS).filter(has_text="倡议书").first, LETTER_MS)
    phone.enter("grid-worker")
    instruction = phone.bubbles(FOLLOW_UP).filter(has_text="【任务")
    told = phone.read(instruction.first, LETTER_MS)
    task = phone.bubbles(FOLLOW_UP).filter(has_not_text="【任务").first
    words = phone.read(task, LETTER_MS)
    buttons = instruction.locator(".carry").count()
    task.locator(".carry").tap()
    receipt = phone.says("已转发")
    phone.enter("village-group")
    carried = phone.page.locator(".said .bubble").last.inner_text()
    phone.page.goto(f"{demo.url}/demo/desk")

    assert "高风险区" in letter
    assert "必须做到" in letter
    assert "村民群" in told
    assert "倡议书" in words
    assert "任务" not in words
    assert buttons == 0
    assert "已记为转发" in receipt
    assert carried == words
    sent = phone.page.locator("article", has_text="网格员转发：已确认 1 / 1")
    expect(sent).to_contain_text(re.compile("发往 .*通渭县"))


@pytest.mark.ocr
def test_a_screenshot_is_read_and_its_words_are_answered(phone: Handset) -> None:
    phone.enter("resident-3")

    at_once = phone.shows("pianfang")
    verdict = phone.read(phone.bubbles(FOLLOW_UP).last, PICTURE_MS)

    assert at_once.startswith("正在看图")
    assert re.search("不实|误导|缺乏依据|还没有核实", verdict)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_desk_fits_its_window(phone: Handset, demo: RunningDemo, width: int) -> None:
    phone.page.set_viewport_size({"width": width, "height": 844})
    phone.page.goto(f"{demo.url}/demo/desk")

    assert phone.page.evaluate("document.documentElement.scrollWidth") <= width


def test_after_49_hours_the_answer_waits_for_the_next_hello(page: Page, tmp_path: Path) -> None:
    with running_demo(tmp_path, command=("-m", "tests.browser.staffed_demo"), more=()) as demo:
        phone = Handset(page, demo.url)
        phone.enter("resident-2")
        phone.says("人工")
        kept = phone.says("物资车星期几到我们这儿？")
        number = re.findall(r"编号 (\d+)", kept)[0]
        phone.show_list()
        page.click("#skip")
        page.get_by_text("快进 49 小时）").wait_for()
        answered(demo, number)
        assert eventually(lambda: standing(demo, number) == "waiting"), standing(demo, number)
        phone.enter("resident-2")
        hello = phone.says("你好")
        again = phone.says("你好")
        page.goto("about:blank")

    assert ANSWER in hello
    assert f"编号 {number}" in hello
    assert ANSWER not in again


def test_ctrl_c_ends_the_demo_quietly(tmp_path: Path) -> None:
    with running_demo(tmp_path) as demo:
        assert eventually(lambda: works(demo.process.pid))
        ended(demo.process)

    assert demo.process.returncode == 0
    assert "Traceback" not in (tmp_path / "demo.log").read_text("utf-8")


def works(pid: int) -> bool:
    """Whether its worker has taken SIGHUP in hand, the last thing it does before it works."""
    caught = next(
        line.split()[1]
        for line in Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
        if line.startswith("SigCgt:")
    )
    return bool(int(caught, 16) & 1 << signal.SIGHUP - 1)


def answered(demo: RunningDemo, number: str) -> None:
    """A staff member answers from the command line, in a process of their own."""
    told = demo.staff()["editor"]
    command = ["-m", "bot", "questions", "answer", number, "--text", ANSWER, "--by", told["name"]]
    subprocess.run(  # noqa: S603 - our own program
        [sys.executable, *command, "--config", str(demo.config)],
        env={**os.environ, "DINGXIN_STAFF_PASSWORD": told["password"]},
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=60,
    )


def standing(demo: RunningDemo, number: str) -> str | None:
    """What became of the answer on its way out."""
    database = sqlite3.connect(f"file:{demo.folder / 'dingxin.sqlite3'}?mode=ro", uri=True)
    try:
        found = database.execute(
            "SELECT status FROM deliveries WHERE client_msg_id LIKE ?", (f"question{number}%",)
        ).fetchone()
    finally:
        database.close()
    return found[0] if found else None
