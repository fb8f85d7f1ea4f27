"""WeCom in `responses`."""

from collections.abc import Iterator

import pytest
import responses
from responses import matchers

from bot.wechat.client import PlatformClient
from bot.wecom.connection import connect
from tests.bot.wechat.memory import BASE_URL, Clock, MemoryTokens
from tests.wechat import CREDENTIALS


@pytest.fixture
def wecom() -> Iterator[responses.RequestsMock]:
    """WeCom, which hands out `corp-token` to whoever asks properly."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        asked = {"corpid": CREDENTIALS.app_id, "corpsecret": CREDENTIALS.app_secret}
        mock.get(
            f"{BASE_URL}/cgi-bin/gettoken",
            json={"errcode": 0, "access_token": "corp-token", "expires_in": 7200},
            match=[matchers.query_param_matcher(asked)],
        )
        yield mock


@pytest.fixture
def client(wecom: responses.RequestsMock) -> PlatformClient:
    assert wecom
    return connect(BASE_URL, CREDENTIALS, store=MemoryTokens(), clock=Clock())
