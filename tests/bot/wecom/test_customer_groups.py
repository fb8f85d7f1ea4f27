"""Tasks for the owners of residents' groups."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
import responses
from responses import matchers

from bot.errors import OutcomeUnknown, PlatformMisconfigured, PlatformRefused, PlatformThrottled
from bot.wechat.client import PlatformClient
from bot.wecom import customer_groups
from bot.wecom.customer_groups import GroupResult, GroupStatus, Owner, Task
from tests.bot.wechat.memory import BASE_URL

SENT_AT = datetime(2022, 11, 20, tzinfo=UTC)


def answer(wecom: responses.RequestsMock, endpoint: str, body: object) -> None:
    wecom.post(
        f"{BASE_URL}/{endpoint}",
        json=body,
        match=[matchers.query_param_matcher({"access_token": "corp-token"})],
    )


def sent(wecom: responses.RequestsMock) -> Any:
    return json.loads(wecom.calls[-1].request.body or "{}")


def test_a_task_is_made_for_the_owner(wecom: responses.RequestsMock, client: PlatformClient) -> None:
    answer(wecom, customer_groups.CREATE, {"errcode": 0, "msgid": "msg1", "fail_list": ["wr2"]})
    task = customer_groups.create(client, "owner", chat_ids=["wr1", "wr2"], text="通知")
    assert task == Task("msg1", ("wr2",))
    assert sent(wecom) == {
        "chat_type": "group",
        "sender": "owner",
        "chat_id_list": ["wr1", "wr2"],
        "allow_select": False,
        "text": {"content": "通知"},
    }


@pytest.mark.parametrize(
    ("groups", "text", "code"), [(0, "x", 40032), (2001, "x", 40032), (1, "", 44004), (1, "字" * 1334, 45002)]
)
def test_one_wecom_would_refuse_is_not_sent(
    wecom: responses.RequestsMock, client: PlatformClient, groups: int, text: str, code: int
) -> None:
    with pytest.raises(PlatformRefused, match=str(code)):
        customer_groups.create(client, "owner", chat_ids=["wr1"] * groups, text=text)
    assert not wecom.calls


def test_a_lost_answer_leaves_the_task_in_doubt(
    wecom: responses.RequestsMock, client: PlatformClient
) -> None:
    wecom.post(f"{BASE_URL}/{customer_groups.CREATE}", status=502)
    with pytest.raises(OutcomeUnknown):
        customer_groups.create(client, "owner", chat_ids=["wr1"], text="x")


def test_the_owner_is_seen_to_confirm(wecom: responses.RequestsMock, client: PlatformClient) -> None:
    rows = [
        {"userid": "a", "status": 2, "send_time": int(SENT_AT.timestamp())},
        {"userid": "b", "status": 0},
    ]
    answer(wecom, customer_groups.MEMBERS, {"errcode": 0, "task_list": rows})
    assert customer_groups.owners(client, "msg1") == (
        Owner("a", confirmed=True, confirmed_at=SENT_AT),
        Owner("b", confirmed=False, confirmed_at=None),
    )


def test_results_are_read_to_the_last_page(wecom: responses.RequestsMock, client: PlatformClient) -> None:
    first = {"chat_id": "wr1", "status": 1, "send_time": int(SENT_AT.timestamp())}
    second = [
        {"chat_id": "wr2", "status": 3},
        {"chat_id": "wr3", "status": 0},
        {"chat_id": "wr4", "status": 9},
    ]
    answer(wecom, customer_groups.RESULTS, {"send_list": [first], "next_cursor": "c1"})
    answer(wecom, customer_groups.RESULTS, {"send_list": second, "next_cursor": ""})
    assert customer_groups.results(client, "msg1", owner="a") == (
        GroupResult("wr1", GroupStatus.SENT, SENT_AT),
        GroupResult("wr2", GroupStatus.LIMIT_REACHED, None),
        GroupResult("wr3", GroupStatus.WAITING, None),
        GroupResult("wr4", GroupStatus.UNKNOWN, None),
    )
    assert sent(wecom) == {"msgid": "msg1", "userid": "a", "limit": 1000, "cursor": "c1"}


def test_a_cursor_that_goes_round_ends_the_reading(
    wecom: responses.RequestsMock, client: PlatformClient
) -> None:
    answer(wecom, customer_groups.RESULTS, {"send_list": [{"chat_id": "wr1"}], "next_cursor": "c1"})
    assert len(customer_groups.results(client, "msg1", owner="a")) == 2


def test_the_owner_is_reminded_three_times_a_day(
    wecom: responses.RequestsMock, client: PlatformClient
) -> None:
    answer(wecom, customer_groups.REMIND, {"errcode": 45009})
    with pytest.raises(PlatformThrottled):
        customer_groups.remind(client, "msg1")


def test_a_task_is_taken_back(wecom: responses.RequestsMock, client: PlatformClient) -> None:
    answer(wecom, customer_groups.CANCEL, {"errcode": 0})
    customer_groups.cancel(client, "msg1")
    assert sent(wecom) == {"msgid": "msg1"}


def test_a_wrong_secret_is_a_matter_of_settings(
    wecom: responses.RequestsMock, client: PlatformClient
) -> None:
    wecom.replace(responses.GET, f"{BASE_URL}/cgi-bin/gettoken", json={"errcode": 40001})
    with pytest.raises(PlatformMisconfigured) as raised:
        customer_groups.remind(client, "msg1")
    assert raised.value.endpoint == "cgi-bin/gettoken"
    assert len(wecom.calls) == 1
