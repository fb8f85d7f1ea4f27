"""The whole way of a rumour and of a question, on phones and in the office, in a browser and nothing else."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.handset import FOLLOW_UP, Handset
from tests.browser.office import SOON_MS, Office
from tests.browser.running import RunningDemo, running_demo

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]

KNOWN_WITHIN_MS = 5_000
RUMOUR = "自来水厂昨晚进了毒水，全城的自来水都不能喝"
HEARD = {
    "resident-1": f"听说{RUMOUR}，是真的吗？",
    "resident-2": f"听说{RUMOUR}，大家快转发！",
    "resident-3": f"群里说{RUMOUR}，真的假的",
}
FACT = "自来水厂昨晚运行正常，出厂水和管网水检测全部合格（示例）。"
CORRECTED = "自来水厂昨晚运行正常；城南两个小区因检修停水四小时，已恢复（示例）。"
FINDING = {
    "text": "自来水厂进了毒水，全城自来水不能喝",
    "fact": FACT,
    "claim": "网上说自来水厂昨晚进了毒水。",
    "why": "没有出处，用“大家快转发”催人传。",
    "fact_again": "自来水可以照常饮用。",
    "issuer": "市水务局（示例）",
    "title": "城区供水水质检测公告（示例）",
}

ASKED = {
    "resident-1": "社区的乒乓球台几点开灯",
    "resident-2": "我们小区的乒乓球台几点开灯？",
    "resident-3": "请问社区的乒乓球台几点开灯",
}
LIGHTS = "乒乓球台每天19:00开灯，21:00关灯，疫情期间两人一台（示例）。"
ARTICLE = {
    "question": "社区的乒乓球台几点开灯",
    "answer": LIGHTS,
    "issuer": "市体育局（示例）",
    "title": "社区健身场地开放安排（示例）",
    "issued_on": "2026-11-01",
    "url": "https://example.org/lights",
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDemo]:
    folder = tmp_path_factory.mktemp("office")
    with running_demo(folder, command=("-m", "tests.browser.staffed_demo"), more=()) as running:
        yield running


@pytest.fixture
def phone(browser: Browser, demo: RunningDemo) -> Iterator[Handset]:
    page = browser.new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    yield Handset(page, demo.url)
    page.close()


@pytest.fixture
def reviewer(browser: Browser, demo: RunningDemo) -> Iterator[Office]:
    yield from signed_in(browser, demo, "reviewer")


@pytest.fixture
def approver(browser: Browser, demo: RunningDemo) -> Iterator[Office]:
    yield from signed_in(browser, demo, "approver")


@pytest.fixture
def editor(browser: Browser, demo: RunningDemo) -> Iterator[Office]:
    yield from signed_in(browser, demo, "editor")


def signed_in(browser: Browser, demo: RunningDemo, role: str) -> Iterator[Office]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))
    office = Office(page, demo.url)
    office.sign_in(demo.staff()[role])
    yield office
    context.close()
    assert complaints == []


def told(phone: Handset, chat: str, words: str) -> int:
    """How many follow-ups with these words this resident has, once there is one."""
    phone.enter(chat)
    bubbles = phone.bubbles(FOLLOW_UP).filter(has_text=words)
    phone.read(bubbles.first, SOON_MS)
    return bubbles.count()


def asked_once_known(phone: Handset, words: str, known: str) -> str:
    """What is published is known everywhere within five seconds: whoever asks sooner may have to ask once more."""
    reply = phone.says(words)
    if known not in reply:
        phone.page.wait_for_timeout(KNOWN_WITHIN_MS)
        reply = phone.says(words)
    return reply


def test_one_rumour_of_three_is_decided_by_two_told_to_all_and_corrected_for_all(
    phone: Handset, reviewer: Office, approver: Office
) -> None:
    for chat, words in HEARD.items():
        phone.enter(chat)
        assert "核实" in phone.says(words)

    reviewer.opens_when_there("/console/claims?state=new", "自来水")
    reviewer.shows_in_time("3 条")
    address = reviewer.page.url
    reviewer.page.get_by_label("重：危害健康").check()
    reviewer.press("评定风险并分派")
    reviewer.press("由我核查")
    reviewer.press("写核实结论")
    reviewer.fill(FINDING)
    reviewer.choose("verdict", "不实")
    reviewer.press("保存")
    reviewer.press("交给签发人")
    reviewer.reads("已交给签发人")

    approver.page.goto(address)
    approver.press("看待签发的结论")
    assert FACT in approver.page.locator(".bytes").inner_text()
    approver.press("签发并发布")

    assert [told(phone, chat, FACT) for chat in HEARD] == [1, 1, 1]
    phone.enter("grid-worker")
    shown = asked_once_known(phone, f"听说{RUMOUR}", FINDING["text"])
    at_once = phone.says("就是它")
    assert "很像" in shown  # the claim does not say when
    assert at_once.startswith("【不实】")
    assert FACT in at_once

    reviewer.page.goto(address)
    reviewer.press("写更正")
    reviewer.fill({"fact": CORRECTED, "note": "先前没有说明两个小区检修停水（示例）。"})
    reviewer.press("保存")
    reviewer.press("交给签发人")
    reviewer.reads("已交给签发人")
    approver.page.goto(address)
    approver.press("看待签发的结论")
    approver.press("签发并发布")

    assert [told(phone, chat, CORRECTED) for chat in (*HEARD, "grid-worker")] == [1, 1, 1, 1]


def test_an_unanswered_question_of_three_becomes_an_article_and_all_three_hear(
    phone: Handset, editor: Office, reviewer: Office
) -> None:
    for chat, words in ASKED.items():
        phone.enter(chat)
        assert "编号" in phone.says(words)

    editor.presses_when_there("/console/questions/suggestions", "是同一个问题", then="已归入")
    editor.opens_when_there("/console/questions", "乒乓球台")
    editor.shows_in_time("3 次")
    editor.press("写成知识")
    editor.fill(ARTICLE)
    editor.press("存为草稿")
    editor.press("送审")
    editor.reads("已送审")

    reviewer.go("/console/articles?state=in_review")
    reviewer.page.get_by_role("link", name=ARTICLE["question"]).first.click()
    reviewer.press("逐字看、发布或退回")
    assert LIGHTS in reviewer.page.locator(".bytes").inner_text()
    reviewer.page.get_by_text("发布", exact=True).click()
    reviewer.press("我已逐字读过，发布")

    assert [told(phone, chat, LIGHTS) for chat in ASKED] == [1, 1, 1]
    phone.enter("grid-worker")
    assert LIGHTS in asked_once_known(phone, "乒乓球台几点开灯", LIGHTS)
