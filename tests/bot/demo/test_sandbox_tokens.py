import pytest

from tests.bot.demo.callers import AGENT_SECRET, APP_ID, CORP_ID, SECRET, Api, told
from tests.clocks import TestClock

GRANT = {"grant_type": "client_credential", "appid": APP_ID, "secret": SECRET}


def fetch(api: Api, path: str = "token") -> str:
    return str(told(api.client.get(f"/cgi-bin/{path}", query_string=GRANT))["access_token"])


def stable(api: Api, *, force: bool = False) -> dict[str, object]:
    return told(api.client.post("/cgi-bin/stable_token", json={**GRANT, "force_refresh": force}))


def works(api: Api, token: object) -> bool:
    return "tags" in api.get("tags/get", access_token=str(token))


def test_the_stable_token_stays_the_same_while_it_is_valid(api: Api, clock: TestClock) -> None:
    first = stable(api)
    clock.advance(minutes=50)

    second = stable(api)

    assert second["access_token"] == first["access_token"]
    assert (first["expires_in"], second["expires_in"]) == (7200, 4200)


def test_in_its_last_minutes_the_stable_token_is_renewed_and_both_are_valid(
    api: Api, clock: TestClock
) -> None:
    old = stable(api)["access_token"]
    clock.advance(seconds=7200 - 240)

    new = stable(api)["access_token"]

    assert new != old
    assert works(api, old)
    assert works(api, new)
    clock.advance(seconds=241)
    assert not works(api, old)


def test_a_forced_refresh_ends_the_old_token_at_once(api: Api) -> None:
    old = stable(api)["access_token"]

    new = stable(api, force=True)["access_token"]

    assert api.get("tags/get", access_token=str(old))["errcode"] == 40001
    assert works(api, new)


def test_forcing_again_within_half_a_minute_renews_nothing(api: Api, clock: TestClock) -> None:
    first = stable(api, force=True)["access_token"]
    clock.advance(seconds=29)

    assert stable(api, force=True)["access_token"] == first
    clock.advance(seconds=1)
    assert stable(api, force=True)["access_token"] != first


def test_forcing_is_rationed_by_the_day(api: Api, clock: TestClock) -> None:
    for _ in range(20):
        assert "access_token" in stable(api, force=True)
        clock.advance(seconds=31)

    assert stable(api, force=True)["errcode"] == 45009


def test_each_plain_fetch_replaces_the_token_and_the_old_one_lives_five_minutes(
    api: Api, clock: TestClock
) -> None:
    old = fetch(api)
    new = fetch(api)

    assert new != old
    assert works(api, old)
    clock.advance(minutes=5)
    assert not works(api, old)
    assert works(api, new)


def test_plain_and_stable_tokens_do_not_end_one_another(api: Api) -> None:
    kept = stable(api)["access_token"]
    fetch(api)
    fetch(api)

    assert works(api, kept)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"grant_type": "password"}, 40002),
        ({"appid": ""}, 41002),
        ({"appid": "wxother"}, 40013),
        ({"secret": ""}, 41004),
        ({"secret": "wrong"}, 40125),
    ],
)
def test_wrong_credentials_are_named(api: Api, change: dict[str, str], code: int) -> None:
    assert told(api.client.get("/cgi-bin/token", query_string={**GRANT, **change}))["errcode"] == code
    assert told(api.client.post("/cgi-bin/stable_token", json={**GRANT, **change}))["errcode"] == code


def test_missing_unknown_and_expired_tokens_have_their_own_numbers(api: Api, clock: TestClock) -> None:
    expired = fetch(api)
    clock.advance(seconds=7200)

    assert api.get("tags/get", access_token="")["errcode"] == 41001
    assert api.get("tags/get", access_token="stable-made-up")["errcode"] == 40001
    assert api.get("tags/get", access_token=expired)["errcode"] == 42001


def test_the_corporation_has_tokens_of_its_own(api: Api) -> None:
    query = {"corpid": CORP_ID, "corpsecret": AGENT_SECRET}

    first = told(api.client.get("/cgi-bin/gettoken", query_string=query))
    second = told(api.client.get("/cgi-bin/gettoken", query_string=query))

    assert first["errcode"] == 0
    assert first["access_token"] == second["access_token"]
    assert api.get("tags/get", access_token=first["access_token"])["errcode"] == 40001
    assert api.post("externalcontact/groupchat/list", {}, token=api.token())["errcode"] == 40014
    wrong = {"corpid": CORP_ID, "corpsecret": "wrong"}
    assert told(api.client.get("/cgi-bin/gettoken", query_string=wrong))["errcode"] == 40001


def test_the_day_s_calls_run_out_and_clearing_them_is_rationed_too(api: Api, clock: TestClock) -> None:
    api.sandbox.platform.calls.limits["user/get"] = 2
    used = [api.get("user/get").get("errcode", 0) for _ in range(3)]
    asked = api.post("openapi/quota/get", {"cgi_path": "/cgi-bin/user/get"})

    assert used == [0, 0, 45009]
    assert asked["quota"] == {"daily_limit": 2, "used": 2, "remain": 0}
    cleared = [api.post("clear_quota", {"appid": APP_ID})["errcode"] for _ in range(11)]
    assert cleared == [0] * 10 + [48006]
    assert "total" in api.get("user/get")
    api.get("user/get")
    clock.advance(hours=14)
    assert "total" in api.get("user/get"), "midnight in China begins a new day"
