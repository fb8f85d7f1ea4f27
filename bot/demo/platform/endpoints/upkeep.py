"""Quotas and addresses: what an operator asks."""

from bot.demo.platform.endpoints.endpoint import Answer, Call, Endpoint
from bot.demo.platform.refusal import PlatformError
from bot.demo.platform.state import Platform

BAD_APP_ID, BAD_PATH = 40013, 40058


def clear_quota(platform: Platform, call: Call) -> Answer:
    if call.text("appid") != platform.account.app_id:
        raise PlatformError(BAD_APP_ID)
    platform.calls.clear(call.at)
    return {"errcode": 0, "errmsg": "ok"}


def get_quota(platform: Platform, call: Call) -> Answer:
    path = call.text("cgi_path").removeprefix("/cgi-bin/")
    limit = platform.calls.limits.get(path)
    if limit is None:
        raise PlatformError(BAD_PATH)
    used = platform.calls.used(path, call.at)
    quota = {"daily_limit": limit, "used": used, "remain": max(limit - used, 0)}
    return {"errcode": 0, "errmsg": "ok", "quota": quota}


def callback_addresses(platform: Platform, call: Call) -> Answer:
    del platform, call
    return {"ip_list": ["127.0.0.1"]}


ENDPOINTS = {
    "clear_quota": Endpoint(clear_quota),
    "openapi/quota/get": Endpoint(get_quota),
    "get_api_quota": Endpoint(get_quota),
    "getcallbackip": Endpoint(callback_addresses, post=False),
    "get_api_domain_ip": Endpoint(callback_addresses, post=False),
}
