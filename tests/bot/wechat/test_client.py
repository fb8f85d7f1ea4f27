"""The token is put on, and renewed once."""

from collections.abc import Callable
from typing import Any

import pytest
import requests
import responses
from responses import matchers

from bot.errors import PlatformMisconfigured, PlatformUnavailable
from bot.wechat.client import PlatformClient
from bot.wechat.codes import BAD_TOKEN
from tests.bot.wechat.memory import BASE_URL, TOKEN_URL, MemoryTokens, new_client

URL = f"{BASE_URL}/cgi-bin/x"


def with_token(token: str) -> Callable[..., Any]:
    return matchers.query_param_matcher({"access_token": token}, strict_match=False)


def asked(platform: responses.RequestsMock, part: str) -> int:
    return sum(part in str(call.request.url) for call in platform.calls)


@pytest.mark.parametrize("code", sorted(BAD_TOKEN))
def test_a_bad_token_is_renewed_once_and_the_call_made_again(
    platform: responses.RequestsMock, client: PlatformClient, code: int
) -> None:
    platform.post(URL, json={"errcode": code}, match=[with_token("token-1")])
    platform.post(URL, json={"errcode": 0, "done": 1}, match=[with_token("token-2")])
    platform.post(TOKEN_URL, json={"access_token": "token-2", "expires_in": 7200})
    assert client.post("cgi-bin/x", payload={}, idempotent=False)["done"] == 1
    assert (asked(platform, "stable_token"), asked(platform, "/x")) == (2, 2)


@pytest.mark.parametrize("code", sorted(BAD_TOKEN))
def test_a_token_that_stays_bad_ends_after_one_more_attempt(
    platform: responses.RequestsMock, client: PlatformClient, code: int
) -> None:
    platform.get(URL, json={"errcode": code})
    with pytest.raises(PlatformMisconfigured) as raised:
        client.get("cgi-bin/x")
    assert raised.value.__context__ is None
    assert (asked(platform, "stable_token"), asked(platform, "/x")) == (2, 2)


def test_another_misconfiguration_renews_nothing(
    platform: responses.RequestsMock, client: PlatformClient
) -> None:
    platform.get(URL, json={"errcode": 48001})
    with pytest.raises(PlatformMisconfigured):
        client.get("cgi-bin/x")
    assert asked(platform, "stable_token") == 1


def test_without_a_token_nothing_is_called(platform: responses.RequestsMock, client: PlatformClient) -> None:
    platform.replace(responses.POST, TOKEN_URL, json={"errcode": -1})
    with pytest.raises(PlatformUnavailable) as raised:
        client.get("cgi-bin/x")
    assert raised.value.endpoint == "cgi-bin/stable_token"
    assert asked(platform, "/x") == 0


def test_two_clients_with_one_store_fetch_one_token(platform: responses.RequestsMock) -> None:
    store = MemoryTokens()
    platform.get(URL, json={})
    for _ in range(2):
        new_client(store=store).get("cgi-bin/x")
    assert asked(platform, "stable_token") == 1


def test_query_and_token_travel_together(platform: responses.RequestsMock, client: PlatformClient) -> None:
    both = matchers.query_param_matcher({"access_token": "token-1", "next": "a b"})
    platform.get(URL, json={"ok": True}, match=[both])
    assert client.get("cgi-bin/x", query={"next": "a b"})["ok"]


def test_no_other_host_is_contacted(platform: responses.RequestsMock, client: PlatformClient) -> None:
    platform.get(URL, json={})
    client.get("cgi-bin/x")
    assert all(str(call.request.url).startswith(f"{BASE_URL}/") for call in platform.calls)


def test_the_timeouts_are_three_and_ten_seconds(
    platform: responses.RequestsMock, client: PlatformClient
) -> None:
    seen: list[object] = []

    def answer(request: requests.PreparedRequest) -> tuple[int, dict[str, str], str]:
        seen.append(vars(request)["req_kwargs"]["timeout"])
        return 200, {}, "{}"

    platform.add_callback(responses.GET, URL, callback=answer)
    client.get("cgi-bin/x")
    assert seen == [(3.0, 10.0)]
