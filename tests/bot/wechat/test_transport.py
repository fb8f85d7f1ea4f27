"""What a call becomes when the line, the platform or something between them fails."""

import json

import pytest
import requests
import responses
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPSConnectionPool
from urllib3.exceptions import MaxRetryError, NewConnectionError, ProtocolError

from bot.errors import ConfigError, OutcomeUnknown, PlatformError, PlatformRefused, PlatformUnavailable
from bot.wechat.calls import Call, Observation
from bot.wechat.client import PlatformClient
from bot.wechat.transport import Transport, pooled_session
from tests.bot.wechat.memory import BASE_URL, Observations, new_client

URL = f"{BASE_URL}/cgi-bin/x"
POOL = HTTPSConnectionPool("platform.test")
REFUSED = MaxRetryError(POOL, "/?access_token=t", NewConnectionError(HTTPSConnection("h"), "refused"))

NEVER_SENT = [requests.ConnectTimeout("t"), requests.ConnectionError(REFUSED)]
LOST = [
    requests.ReadTimeout("t"),
    requests.ConnectionError(ProtocolError("dropped")),
    requests.ConnectionError(),
    requests.exceptions.SSLError("t"),
    requests.exceptions.ChunkedEncodingError("t"),
    requests.exceptions.ContentDecodingError("t"),
]
UNREADABLE = [
    (200, "<html>busy</html>"),
    (200, ""),
    (200, "[1]"),
    (200, "[" * 100_000),
    (200, '{"errcode": "40001"}'),
    (200, b"\xff\xfe\xfd"),
    (302, ""),
    (404, "{}"),
    (500, "{}"),
    (502, "<html>"),
    (200, '{"errcode": -1}'),
]


@pytest.mark.parametrize("idempotent", [True, False])
@pytest.mark.parametrize("error", NEVER_SENT)
def test_what_never_left_can_be_tried_again(
    platform: responses.RequestsMock, client: PlatformClient, error: Exception, *, idempotent: bool
) -> None:
    platform.post(URL, body=error)
    with pytest.raises(PlatformUnavailable):
        client.post("cgi-bin/x", payload={}, idempotent=idempotent)


@pytest.mark.parametrize("error", LOST)
def test_a_lost_answer_leaves_a_send_in_doubt(
    platform: responses.RequestsMock, client: PlatformClient, error: Exception
) -> None:
    platform.post(URL, body=error)
    with pytest.raises(OutcomeUnknown):
        client.post("cgi-bin/x", payload={}, idempotent=False)
    assert len(platform.calls) == 2  # the token and one attempt


@pytest.mark.parametrize("error", LOST)
def test_a_lost_answer_to_a_question_can_be_asked_again(
    platform: responses.RequestsMock, client: PlatformClient, error: Exception
) -> None:
    platform.get(URL, body=error)
    with pytest.raises(PlatformUnavailable):
        client.get("cgi-bin/x")


@pytest.mark.parametrize(("status", "body"), UNREADABLE)
def test_an_unreadable_answer_leaves_a_send_in_doubt(
    platform: responses.RequestsMock, client: PlatformClient, status: int, body: str | bytes
) -> None:
    platform.post(URL, status=status, body=body)
    with pytest.raises(OutcomeUnknown):
        client.post("cgi-bin/x", payload={}, idempotent=False)


@pytest.mark.parametrize(("status", "body"), UNREADABLE)
def test_an_unreadable_answer_to_a_question_can_be_asked_again(
    platform: responses.RequestsMock, client: PlatformClient, status: int, body: str | bytes
) -> None:
    platform.get(URL, status=status, body=body)
    with pytest.raises(PlatformUnavailable):
        client.get("cgi-bin/x")


def test_a_number_counts_whatever_the_http_status(
    platform: responses.RequestsMock, client: PlatformClient
) -> None:
    platform.post(URL, status=500, json={"errcode": 45002})
    with pytest.raises(PlatformRefused, match="45002"):
        client.post("cgi-bin/x", payload={}, idempotent=False)


def test_an_endless_answer_is_not_read_to_its_end(
    platform: responses.RequestsMock, client: PlatformClient
) -> None:
    platform.get(URL, body=b'{"a":"' + b"x" * 5_000_000 + b'"}')
    with pytest.raises(PlatformUnavailable):
        client.get("cgi-bin/x")


def test_chinese_goes_out_as_it_is(platform: responses.RequestsMock, client: PlatformClient) -> None:
    platform.post(URL, json={"errcode": 0})
    client.post("cgi-bin/x", payload={"content": "定西👍"}, idempotent=False)
    sent = platform.calls[-1].request
    assert sent.body == json.dumps({"content": "定西👍"}, ensure_ascii=False).encode()
    assert sent.headers["Content-Type"] == "application/json; charset=utf-8"


def test_a_redirect_is_not_followed(platform: responses.RequestsMock, client: PlatformClient) -> None:
    platform.get(URL, status=302, headers={"Location": "https://elsewhere.test/"})
    platform.get("https://elsewhere.test/", json={})
    with pytest.raises(PlatformUnavailable):
        client.get("cgi-bin/x")
    assert not [call for call in platform.calls if "elsewhere" in str(call.request.url)]


def test_nothing_is_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.test:1")
    session = pooled_session()
    settings = session.merge_environment_settings(URL, {}, None, None, None)
    assert not settings["proxies"]


@pytest.mark.parametrize(
    "base_url",
    ["", "api.weixin.qq.com", "ftp://x", "https://", "https://u:p@x", "https://x?a=1", "http://a b"],
)
def test_a_base_address_that_is_none_names_the_setting(base_url: str) -> None:
    with pytest.raises(ConfigError, match="api_base_url"):
        Transport(base_url, http=requests.Session())


def test_a_base_address_may_have_a_path_and_a_slash(platform: responses.RequestsMock) -> None:
    platform.get("http://127.0.0.1:8000/sandbox/cgi-bin/x", json={"a": 1})
    transport = Transport("http://127.0.0.1:8000/sandbox/", http=pooled_session())
    assert transport.ask(Call("GET", "cgi-bin/x", idempotent=True)) == {"a": 1}


def test_the_hook_is_told_each_outcome(platform: responses.RequestsMock) -> None:
    seen = Observations()
    client = new_client(observe=seen)
    platform.get(URL, json={"errcode": 0})
    platform.get(URL, json={"errcode": 45011, "errmsg": "often rid: 637a1b2c-0f"})
    platform.get(URL, body=requests.ReadTimeout())
    for _ in range(3):
        try:
            client.get("cgi-bin/x")
        except PlatformError as error:
            assert error.retryable  # noqa: PT017 - the two failures of three calls
    assert seen[1:] == [
        Observation("cgi-bin/x", "ok"),
        Observation("cgi-bin/x", "PlatformThrottled", 45011, "637a1b2c-0f"),
        Observation("cgi-bin/x", "PlatformUnavailable"),
    ]


@pytest.mark.parametrize(
    ("message", "address"),
    [
        ("invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist rid: 1", "203.0.113.9"),
        ("invalid ip 2001:db8::1, not in whitelist", "2001:db8::1"),
        ("not in whitelist", ""),
    ],
)
def test_an_unlisted_address_is_told_to_the_hook(
    platform: responses.RequestsMock, message: str, address: str
) -> None:
    seen = Observations()
    platform.get(URL, json={"errcode": 40164, "errmsg": message})
    with pytest.raises(PlatformError):
        new_client(observe=seen).get("cgi-bin/x")
    assert seen[-1].address == address
