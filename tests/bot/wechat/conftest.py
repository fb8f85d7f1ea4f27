"""Every test that speaks HTTP does so to `responses`; an address nobody announced fails the test."""

from collections.abc import Iterator

import pytest
import responses
from responses import matchers

from bot.wechat.client import PlatformClient
from tests.bot.wechat.memory import TOKEN_URL, new_client
from tests.wechat import CREDENTIALS


@pytest.fixture
def platform() -> Iterator[responses.RequestsMock]:
    """The platform, which hands out `token-1` to whoever asks properly."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        asked = {
            "grant_type": "client_credential",
            "appid": CREDENTIALS.app_id,
            "secret": CREDENTIALS.app_secret,
            "force_refresh": False,
        }
        mock.post(
            TOKEN_URL,
            json={"access_token": "token-1", "expires_in": 7200},
            match=[matchers.json_params_matcher(asked)],
        )
        yield mock


@pytest.fixture
def client(platform: responses.RequestsMock) -> PlatformClient:
    assert platform
    return new_client()
