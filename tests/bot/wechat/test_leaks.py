"""No secret, token or openid in an error, its origin, a log line or the hook, whatever goes wrong."""

import logging
import traceback

import pytest
import requests
import responses
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import PlatformError
from bot.wechat import follow_ups, mass, tags, templates, users
from bot.wechat.client import PlatformClient
from bot.wechat.connection import connect
from bot.wechat.credentials import Credentials
from tests.bot.wechat.memory import BASE_URL, Clock, MemoryTokens, Observations

SECRET = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=16, max_size=32).map("Zq".__add__)
WORDS = "居民的话"
CALLS = {
    follow_ups.SEND: lambda client, openid: follow_ups.send_text(client, openid, text=WORDS),
    mass.SEND: lambda client, openid: mass.send_text(client, [openid, openid], text="x", client_msg_id="c"),
    templates.SEND: lambda client, openid: templates.send(
        client, openid, template_id="T", values={}, client_msg_id="c"
    ),
    tags.PUT_ON: lambda client, openid: tags.put_on(client, 1, openids=[openid]),
    users.INFO: users.look_up,
}
ERRORS = [
    requests.ReadTimeout,
    requests.ConnectTimeout,
    requests.ConnectionError,
    requests.exceptions.SSLError,
    requests.exceptions.ChunkedEncodingError,
    requests.exceptions.InvalidURL,
]
STATUSES = [200, 400, 403, 500, 502]
CODES = [-1, 0, 40001, 40003, 40013, 40164, 45009, 45015, 45065, 48001, 99999]


def whole(error: BaseException) -> str:
    """Everything of an error that a log, a report or a debugger's summary could show."""
    shown = [str(error), repr(error), repr(error.args), repr(vars(error))]
    shown += traceback.format_exception(error)
    for origin in (error.__cause__, error.__context__):
        if origin is not None:
            shown.append(whole(origin))
    return "\n".join(shown)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    data=st.data(),
    secret=SECRET,
    token=SECRET,
    openid=SECRET,
    endpoint=st.sampled_from(sorted([*CALLS, "cgi-bin/stable_token"])),
)
def test_nothing_secret_gets_out(
    caplog: pytest.LogCaptureFixture, data: st.DataObject, secret: str, token: str, openid: str, endpoint: str
) -> None:
    leaky = f"{BASE_URL}/{endpoint}?access_token={token}&secret={secret}&openid={openid}"
    caplog.clear()
    caplog.set_level(logging.DEBUG)
    seen = Observations()
    credentials = Credentials("wx1", secret, "t", "k" * 43)
    with responses.RequestsMock(assert_all_requests_are_fired=False) as platform:
        platform.post(f"{BASE_URL}/cgi-bin/stable_token", json={"access_token": token, "expires_in": 7200})
        for method in (responses.GET, responses.POST):
            url = f"{BASE_URL}/{endpoint}"
            if data.draw(st.booleans(), label="the line fails"):
                kind = data.draw(st.sampled_from(ERRORS))
                platform.upsert(method, url, body=kind(leaky))
            else:
                code = data.draw(st.sampled_from(CODES))
                body = {"errcode": code, "errmsg": f"failed for {leaky} rid: 637a1b2c-0f"}
                platform.upsert(method, url, json=body, status=data.draw(st.sampled_from(STATUSES)))
        client = connect(BASE_URL, credentials, store=MemoryTokens(), clock=Clock(), observe=seen)
        error = attempt(client, endpoint, openid)
    shown = repr(seen) + caplog.text + repr(vars(client))
    if error is not None:
        assert (error.__cause__, error.__context__) == (None, None)
        shown += whole(error)
    for hidden in (secret, token, openid, WORDS):
        assert hidden not in shown


def attempt(client: PlatformClient, endpoint: str, openid: str) -> PlatformError | None:
    """Make the call, and give back how it failed."""
    call = CALLS.get(endpoint, CALLS[follow_ups.SEND])
    try:
        call(client, openid)
    except PlatformError as error:
        return error
    return None
