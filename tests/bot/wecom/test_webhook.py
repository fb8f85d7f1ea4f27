"""The webhook of a staff group."""

import json

import pytest
import requests
import responses
from responses import matchers

from bot.errors import (
    OutcomeUnknown,
    PlatformError,
    PlatformMisconfigured,
    PlatformRefused,
    PlatformThrottled,
)
from bot.wecom.connection import connect_webhooks
from bot.wecom.webhook import SEND
from tests.bot.wechat.memory import BASE_URL

KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"
URL = f"{BASE_URL}/{SEND}"


def test_a_text_is_posted_with_the_key_alone(wecom: responses.RequestsMock) -> None:
    wecom.post(URL, json={"errcode": 0}, match=[matchers.query_param_matcher({"key": KEY})])
    connect_webhooks(BASE_URL).send_text(KEY, text="有新线索")
    assert json.loads(wecom.calls[-1].request.body or "") == {
        "msgtype": "text",
        "text": {"content": "有新线索"},
    }
    assert len(wecom.calls) == 1


@pytest.mark.parametrize("text", ["", "字" * 683])
def test_a_text_wecom_would_refuse_is_not_posted(wecom: responses.RequestsMock, text: str) -> None:
    with pytest.raises(PlatformRefused):
        connect_webhooks(BASE_URL).send_text(KEY, text=text)
    assert not wecom.calls


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"errcode": 93000, "errmsg": f"invalid webhook url {KEY}"}, PlatformMisconfigured),
        ({"errcode": 45009}, PlatformThrottled),
        ("nonsense", OutcomeUnknown),
    ],
)
def test_an_error_never_names_the_key(
    wecom: responses.RequestsMock, body: object, kind: type[PlatformError]
) -> None:
    wecom.post(URL, json=body)
    with pytest.raises(kind) as raised:
        connect_webhooks(BASE_URL).send_text(KEY, text="x")
    assert KEY not in f"{raised.value!r}{raised.value.args}{vars(raised.value)}"


def test_a_lost_answer_is_in_doubt_and_names_no_key(wecom: responses.RequestsMock) -> None:
    wecom.post(URL, body=requests.ReadTimeout(f"{URL}?key={KEY}"))
    with pytest.raises(OutcomeUnknown) as raised:
        connect_webhooks(BASE_URL).send_text(KEY, text="x")
    assert (raised.value.__cause__, raised.value.__context__) == (None, None)
    assert KEY not in repr(raised.value)
