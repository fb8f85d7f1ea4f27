"""Fetching access tokens."""

from collections.abc import Mapping

from bot.demo.platform.endpoints.endpoint import Answer, Call, Caller, Endpoint
from bot.demo.platform.refusal import PlatformError
from bot.demo.platform.state import Platform

BAD_GRANT, NO_APP_ID, BAD_APP_ID, NO_SECRET, BAD_SECRET, BAD_CORP_SECRET = (
    40002,
    41002,
    40013,
    41004,
    40125,
    40001,
)


def token(platform: Platform, call: Call) -> Answer:
    _authenticate(platform, call.query)
    return _answer(platform.tokens.fetch(call.at))


def stable_token(platform: Platform, call: Call) -> Answer:
    _authenticate(platform, call.body)
    forced = call.body.get("force_refresh") is True
    return _answer(platform.tokens.forced(call.at) if forced else platform.tokens.stable(call.at))


def corp_token(platform: Platform, call: Call) -> Answer:
    if call.query.get("corpid") != platform.account.corp_id:
        raise PlatformError(BAD_APP_ID)
    if call.query.get("corpsecret") != platform.account.agent_secret:
        raise PlatformError(BAD_CORP_SECRET)
    return {"errcode": 0, "errmsg": "ok", **_answer(platform.tokens.corp(call.at))}


def _authenticate(platform: Platform, given: Mapping[str, object]) -> None:
    """Refuse by the first thing that is wrong, in the platform's order."""
    account = platform.account
    checks = (
        (given.get("grant_type") == "client_credential", BAD_GRANT),
        (bool(given.get("appid")), NO_APP_ID),
        (given.get("appid") == account.app_id, BAD_APP_ID),
        (bool(given.get("secret")), NO_SECRET),
        (given.get("secret") == account.app_secret, BAD_SECRET),
    )
    for passed, code in checks:
        if not passed:
            raise PlatformError(code)


def _answer(issued: tuple[str, int]) -> dict[str, object]:
    value, seconds = issued
    return {"access_token": value, "expires_in": seconds}


ENDPOINTS = {
    "token": Endpoint(token, Caller.ANYONE, post=False),
    "stable_token": Endpoint(stable_token, Caller.ANYONE),
    "gettoken": Endpoint(corp_token, Caller.ANYONE, post=False),
}
