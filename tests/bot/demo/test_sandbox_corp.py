"""WeCom: webhooks, app messages, and the tasks a group owner has to confirm."""

from typing import Any

import pytest

from bot.demo.cast import SAMPLE_GROUPS
from bot.demo.platform.endpoints.group_tasks import confirm
from bot.demo.sandbox import Sandbox
from tests.bot.demo.callers import START, Api, texts, told
from tests.clocks import TestClock

OWNER = "zhou-sample"
CHAT_ID = SAMPLE_GROUPS[1].chat_id
KEY = SAMPLE_GROUPS[2].webhook_key


def make_task(api: Api, **more: Any) -> dict[str, Any]:
    body = {"chat_type": "group", "sender": OWNER, "text": {"content": "倡议书"}, **more}
    return api.corp("externalcontact/add_msg_template", body)


def send_result(api: Api, number: str) -> dict[str, Any]:
    body = {"msgid": number, "userid": OWNER}
    answer = api.corp("externalcontact/get_groupmsg_send_result", body)
    row: dict[str, Any] = answer["send_list"][0]
    return row


def test_creating_a_task_sends_nothing_until_the_owner_confirms(api: Api, sandbox: Sandbox) -> None:
    number = make_task(api)["msgid"]
    before = texts(sandbox, "residents-group"), send_result(api, number)["status"]

    confirmed = confirm(sandbox.platform, sandbox.platform.tasks[number], START)

    assert before == ([], 0)
    assert confirmed
    assert texts(sandbox, "residents-group") == ["倡议书"]
    assert send_result(api, number) == {
        "chat_id": CHAT_ID,
        "userid": OWNER,
        "status": 1,
        "send_time": int(START.timestamp()),
    }
    assert api.corp("externalcontact/get_groupmsg_task", {"msgid": number})["task_list"][0]["status"] == 2


def test_confirming_twice_sends_once(api: Api, sandbox: Sandbox) -> None:
    task = sandbox.platform.tasks[make_task(api)["msgid"]]

    assert confirm(sandbox.platform, task, START)
    assert not confirm(sandbox.platform, task, START)
    assert len(texts(sandbox, "residents-group")) == 1


def test_groups_the_sender_does_not_own_are_named_as_failed(api: Api) -> None:
    assert make_task(api, chat_id_list=[CHAT_ID, "wrUNKNOWN"])["fail_list"] == ["wrUNKNOWN"]
    assert make_task(api, sender="nobody")["errcode"] == 40058
    assert make_task(api, chat_type="single")["errcode"] == 40058
    assert make_task(api, text={"content": "字" * 1334})["errcode"] == 45002


def test_a_cancelled_task_can_no_longer_be_sent(api: Api, sandbox: Sandbox) -> None:
    number = make_task(api)["msgid"]

    assert api.corp("externalcontact/cancel_groupmsg_send", {"msgid": number})["errcode"] == 0
    assert not confirm(sandbox.platform, sandbox.platform.tasks[number], START)
    assert api.corp("externalcontact/cancel_groupmsg_send", {"msgid": number})["errcode"] != 0


def test_an_owner_is_reminded_three_times_a_day_at_most(api: Api, clock: TestClock) -> None:
    number = make_task(api)["msgid"]

    def remind() -> int:
        return int(api.corp("externalcontact/remind_groupmsg_send", {"msgid": number})["errcode"])

    assert [remind() for _ in range(4)] == [0, 0, 0, 45009]
    clock.advance(hours=24)
    assert remind() == 0


def test_a_group_receives_as_many_a_month_as_the_month_has_days(api: Api, sandbox: Sandbox) -> None:
    numbers = [make_task(api)["msgid"] for _ in range(31)]
    for number in numbers:
        confirm(sandbox.platform, sandbox.platform.tasks[number], START)

    assert len(texts(sandbox, "residents-group")) == 30
    assert send_result(api, numbers[-1])["status"] == 3


def test_tasks_are_listed_by_time_and_page(api: Api) -> None:
    numbers = [make_task(api)["msgid"] for _ in range(3)]
    span = {"start_time": int(START.timestamp()) - 60, "end_time": int(START.timestamp()) + 60}
    path = "externalcontact/get_groupmsg_list_v2"
    first = api.corp(path, {"chat_type": "group", **span, "limit": 2})
    second = api.corp(path, {"chat_type": "group", **span, "limit": 2, "cursor": first["next_cursor"]})
    too_long = api.corp(path, {**span, "start_time": span["start_time"] - 40 * 86_400})

    found = [row["msgid"] for row in first["group_msg_list"] + second["group_msg_list"]]
    assert found == numbers
    assert second["next_cursor"] == ""
    assert too_long["errcode"] == 40058


def test_customer_groups_are_listed_and_described(api: Api) -> None:
    listed = api.corp("externalcontact/groupchat/list", {"limit": 10})
    found = api.corp("externalcontact/groupchat/get", {"chat_id": CHAT_ID})["group_chat"]

    assert [row["chat_id"] for row in listed["group_chat_list"]] == [CHAT_ID]
    assert (found["owner"], len(found["member_list"])) == (OWNER, SAMPLE_GROUPS[1].members)
    assert api.corp("externalcontact/groupchat/get", {"chat_id": "wrNONE"})["errcode"] == 40058


def post_webhook(api: Api, key: str, text: str = "有新的线索") -> int:
    answer = api.client.post(
        "/cgi-bin/webhook/send",
        query_string={"key": key},
        json={"msgtype": "text", "text": {"content": text}},
    )
    return int(told(answer)["errcode"])


def test_a_webhook_writes_into_its_group_twenty_times_a_minute(
    api: Api, sandbox: Sandbox, clock: TestClock
) -> None:
    codes = [post_webhook(api, KEY) for _ in range(21)]
    clock.advance(minutes=1)

    assert codes == [0] * 20 + [45009]
    assert post_webhook(api, KEY) == 0
    assert len(texts(sandbox, "office-group")) == 21


@pytest.mark.parametrize("key", ["", "wrong"])
def test_without_its_key_a_webhook_is_nothing(api: Api, key: str) -> None:
    assert post_webhook(api, key) == 93000


def test_webhook_text_is_measured_in_bytes(api: Api) -> None:
    assert post_webhook(api, KEY, "字" * 683) == 45002


def test_app_messages_reach_members_and_name_the_unknown(api: Api, sandbox: Sandbox) -> None:
    body = {"msgtype": "text", "agentid": 1, "text": {"content": "请处理"}}
    some = api.corp("message/send", {"touser": f"{OWNER}|nobody", **body})
    none = api.corp("message/send", {"touser": "nobody", **body})

    assert (some["errcode"], some["invaliduser"], none["errcode"]) == (0, "nobody", 81013)
    assert texts(sandbox, "grid-worker-wecom") == ["请处理"]


def test_app_messages_over_the_pace_are_dropped_without_an_error(api: Api, sandbox: Sandbox) -> None:
    body = {"touser": "@all", "msgtype": "text", "agentid": 1, "text": {"content": "请处理"}}
    codes = {api.corp("message/send", body)["errcode"] for _ in range(31)}

    assert codes == {0}
    assert len(texts(sandbox, "grid-worker-wecom")) == 30
