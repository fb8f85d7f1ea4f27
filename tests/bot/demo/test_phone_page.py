"""The phone page: what it serves, what its acts do, and that words stay words."""

import io
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from bot.demo.sandbox import Sandbox
from tests.bot.demo.callers import Api, Callback, saying, texts, told

OWN = {"X-Demo": "1"}


@pytest.fixture
def page(api: Api) -> FlaskClient:
    return api.client


def act(page: FlaskClient, name: str, **details: Any) -> tuple[int, str]:
    answer = page.post(f"/demo/api/act/{name}", json=details, headers=OWN)
    return answer.status_code, (answer.json or {}).get("error", "")


def screen(page: FlaskClient, after: int = 0) -> dict[str, Any]:
    return told(page.get("/demo/api/screen", query_string={"after": after}))


def test_the_page_allows_no_inline_script_and_names_the_sample(page: FlaskClient) -> None:
    answer = page.get("/demo/")

    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "示例数据" in answer.text
    assert 'href="/demo/desk"' in answer.text
    assert "style=" not in answer.text
    assert "onclick" not in answer.text


def test_every_file_the_page_names_is_there(page: FlaskClient) -> None:
    named = re.findall(r'(?:src|href)="(/demo/static/[^"]+)"', page.get("/demo/").text)

    assert len(named) >= 6
    for address in named:
        with page.get(address) as answer:
            assert answer.status_code == 200


def test_what_is_said_and_answered_is_polled_from_where_one_left_off(
    page: FlaskClient, sandbox: Sandbox, callback: Callback
) -> None:
    callback.answering = saying("答一句")
    assert act(page, "text", chat="resident-1", text="  问一句 ") == (204, "")
    assert sandbox.settle()

    whole = screen(page)["bubbles"]
    rest = screen(page, after=whole[0]["number"])["bubbles"]

    assert [(one["author"], one["text"], one["channel"]) for one in whole] == [
        ("me", "问一句", ""),
        ("them", "答一句", "被动回复"),
    ]
    assert [one["text"] for one in rest] == ["答一句"]
    assert whole[0]["at"]["day"] == "11月24日"


def test_no_openid_leaves_the_platform_s_own_calls(page: FlaskClient, wang: str) -> None:
    act(page, "text", chat="resident-1", text="问一句")

    assert wang not in page.get("/demo/api/screen").text
    assert wang not in page.get("/demo/").text


def test_another_site_cannot_act_here(page: FlaskClient, sandbox: Sandbox) -> None:
    answer = page.post("/demo/api/act/text", json={"chat": "resident-1", "text": "假的"})

    assert answer.status_code == 400
    assert texts(sandbox, "resident-1") == []


@pytest.mark.parametrize(
    ("name", "details"),
    [
        ("text", {"chat": "resident-1", "text": "  "}),
        ("text", {"chat": "resident-1", "text": "字" * 2001}),
        ("text", {"chat": "nobody", "text": "问"}),
        ("text", {"chat": "resident-1", "text": 7}),
        ("link", {"chat": "resident-1", "title": "标题", "url": "javascript:alert(1)"}),
        ("forward", {"bubble": 99}),
        ("forward", {"bubble": "one"}),
        ("confirm-task", {"task": "none"}),
        ("advance", {"hours": -1}),
        ("set-fault", {"endpoint": "*", "kind": "没有的"}),
        ("follow", {"chat": "resident-1"}),
        ("fly", {}),
    ],
)
def test_what_cannot_be_done_is_said_in_words(page: FlaskClient, name: str, details: dict[str, Any]) -> None:
    status, reason = act(page, name, **details)

    assert status == 400
    assert reason


def test_a_sample_screenshot_and_an_uploaded_picture_arrive_as_pictures(
    page: FlaskClient, sandbox: Sandbox, callback: Callback
) -> None:
    sample = page.post("/demo/api/picture", data={"chat": "resident-1", "sample": "fenglu"}, headers=OWN)
    upload = page.post(
        "/demo/api/picture",
        data={"chat": "resident-1", "picture": (io.BytesIO(b"jpeg"), "a.jpg", "image/jpeg")},
        headers=OWN,
    )
    assert sandbox.settle()
    media = [bubble["media"] for bubble in screen(page)["bubbles"]]

    assert (sample.status_code, upload.status_code) == (204, 204)
    assert page.get(f"/demo/media/{media[0]}").data.startswith(b"\x89PNG")
    assert page.get(f"/demo/media/{media[1]}").mimetype == "image/jpeg"
    assert [message["MediaId"] for message in callback.messages()] == media


@pytest.mark.parametrize("sample", ["../phone", "none", "fenglu.png"])
def test_only_the_sample_screenshots_can_be_named(page: FlaskClient, sample: str) -> None:
    answer = page.post("/demo/api/picture", data={"chat": "resident-1", "sample": sample}, headers=OWN)

    assert answer.status_code == 400


def test_a_picture_must_be_one(page: FlaskClient) -> None:
    data = {"chat": "resident-1", "picture": (io.BytesIO(b"<svg/>"), "a.svg", "image/svg+xml")}

    assert page.post("/demo/api/picture", data=data, headers=OWN).status_code == 400


def test_what_the_grid_worker_forwards_appears_in_the_village_group(
    page: FlaskClient, sandbox: Sandbox, callback: Callback
) -> None:
    callback.answering = saying("请转发到村群")
    act(page, "text", chat="grid-worker", text="今天的任务")
    assert sandbox.settle()
    answered = screen(page)["bubbles"][-1]["number"]

    assert act(page, "forward", bubble=answered) == (204, "")
    group = sandbox.platform.chats.of("village-group")
    assert [(bubble.name, bubble.content.text, bubble.channel) for bubble in group] == [
        ("网格员老周", "请转发到村群", "转发")
    ]
    mine = screen(page)["bubbles"][-1]
    assert (mine["chat"], mine["look"]) == ("grid-worker", "notice")


def test_a_resident_s_bubbles_cannot_be_forwarded(page: FlaskClient, sandbox: Sandbox) -> None:
    act(page, "text", chat="resident-1", text="问一句")

    assert act(page, "forward", bubble=1)[0] == 400
    assert texts(sandbox, "village-group") == []


def test_the_owner_confirms_a_group_task_on_the_phone(page: FlaskClient, api: Api, sandbox: Sandbox) -> None:
    body = {"chat_type": "group", "sender": "zhou-sample", "text": {"content": "倡议书"}}
    number = api.corp("externalcontact/add_msg_template", body)["msgid"]
    asked = screen(page)

    first = act(page, "confirm-task", task=number)
    second = act(page, "confirm-task", task=number)

    assert (asked["bubbles"][-1]["look"], asked["tasks"]) == ("task", {number: "open"})
    assert (first[0], second[0]) == (204, 400)
    assert texts(sandbox, "residents-group") == ["倡议书"]
    assert screen(page)["tasks"] == {number: "done"}


def test_leaving_and_scanning_to_come_back(page: FlaskClient, sandbox: Sandbox, callback: Callback) -> None:
    act(page, "unfollow", chat="resident-1")
    refused = act(page, "text", chat="resident-1", text="还在吗")
    codes = screen(page)["codes"]
    act(page, "scan", chat="resident-1", scene=codes[0]["scene"])

    assert sandbox.settle()
    assert refused == (400, "请先关注公众号")
    assert callback.messages()[-1]["EventKey"] == "qrscene_c-sample"
    assert screen(page)["chats"][0]["following"]


def test_the_account_s_own_menu_replaces_the_default(page: FlaskClient, api: Api) -> None:
    default = screen(page)["menu"]
    api.post("menu/create", {"button": [{"type": "click", "name": "问", "key": "ASK"}]})

    assert len(default) == 3
    assert screen(page)["menu"] == [{"type": "click", "name": "问", "key": "ASK"}]


def test_moving_the_clock_closes_the_window(page: FlaskClient, api: Api, wang: str, sandbox: Sandbox) -> None:
    act(page, "text", chat="resident-1", text="问一句")
    assert sandbox.settle()
    before = api.follow_up(wang)

    assert act(page, "advance", hours=49) == (204, "")
    assert (before, api.follow_up(wang)) == (0, 45015)
    assert screen(page)["moved_hours"] == 49


def test_faults_are_switched_on_shown_and_healed_from_the_page(
    page: FlaskClient, api: Api, wang: str
) -> None:
    act(page, "set-fault", endpoint="message/custom/send", kind="返回错误码", code=45009, times=0)
    shown = screen(page)["faults"]
    failing = api.follow_up(wang)
    act(page, "clear-faults")

    assert shown == {"message/custom/send": "返回错误码 45009"}
    assert failing == 45009
    assert screen(page)["faults"] == {}


def test_every_way_of_sending_on_the_panel_reaches_the_callback(
    page: FlaskClient, sandbox: Sandbox, callback: Callback
) -> None:
    chat = "resident-1"
    assert act(page, "voice", chat=chat, text="语音的话")[0] == 204
    assert act(page, "link", chat=chat, title="标题", text="", url="https://example.com/")[0] == 204
    assert act(page, "place", chat=chat)[0] == 204
    assert act(page, "video", chat=chat)[0] == 204
    assert act(page, "file", chat=chat)[0] == 204
    assert act(page, "click", chat=chat, key="帮助")[0] == 204
    assert act(page, "view", chat=chat, url="https://example.com/")[0] == 204
    assert act(page, "opt-in", chat=chat)[0] == 204

    assert sandbox.settle()
    kinds = [message["MsgType"] for message in callback.messages()]
    assert kinds == ["voice", "link", "location", "video", "file", *["event"] * 4]
