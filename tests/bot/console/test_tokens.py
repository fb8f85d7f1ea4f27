"""API tokens in the browser: the secret is shown once, scopes are said in words, a token is revoked after being asked."""

import re
from collections.abc import Callable

import pytest

from bot.access import Role
from bot.console.token_words import SCOPES_OFFERED, scope_words
from bot.office.tokens import SCOPES
from bot.runtime import Runtime
from bot.store import api_tokens
from bot.store.api_tokens import ApiToken
from tests.bot.console.conftest import Browser

SignedIn = Callable[..., Browser]

OPENED = {
    "owner": "示例editor",
    "name": "大数据局",
    "scopes": ["broadcasts:read", "claims:read"],
    "days": "30",
}
SECRET = re.compile(r"dx_[\w-]{20,}")


def tokens(runtime: Runtime) -> tuple[ApiToken, ...]:
    with runtime.database.reading() as session:
        return api_tokens.all_tokens(session)


@pytest.fixture
def administrator(signed_in: SignedIn, new_member: Callable[..., str]) -> Browser:
    new_member(Role.EDITOR)
    return signed_in(Role.ADMINISTRATOR)


def test_a_new_tokens_secret_is_shown_once_and_opens_the_api(
    administrator: Browser, runtime: Runtime
) -> None:
    made = administrator.post("/console/tokens/new", OPENED)

    found = SECRET.search(made.text)
    assert found is not None, made.text
    (token,) = tokens(runtime)
    assert (token.owner.name, sorted(token.scopes)) == ("示例editor", ["broadcasts:read", "claims:read"])
    bearer = {"Authorization": f"Bearer {found.group()}"}
    assert administrator.client.get("/api/v1/broadcasts", headers=bearer).status_code == 200
    for path in ("/console/tokens", f"/console/tokens/{token.id}", "/console/audit"):
        page = administrator.get(path)
        assert page.status_code == 200
        assert not SECRET.search(page.text)


def test_the_list_says_in_words_what_a_token_is_for_and_filters_what_has_ended(
    administrator: Browser, runtime: Runtime
) -> None:
    administrator.post("/console/tokens/new", OPENED)
    assert "查看推送" in administrator.get("/console/tokens?state=usable").text
    (token,) = tokens(runtime)

    gone = administrator.post(f"/console/tokens/{token.id}/revoke", {"reason": "对方系统下线"})

    assert "已作废" in gone.text
    assert "大数据局" not in administrator.get("/console/tokens?state=usable").text
    assert "大数据局" in administrator.get("/console/tokens?state=ended").text
    assert "大数据局" in administrator.get("/console/tokens?format=csv").text


def test_nothing_is_revoked_without_a_reason(administrator: Browser, runtime: Runtime) -> None:
    administrator.post("/console/tokens/new", OPENED)
    (token,) = tokens(runtime)

    refused = administrator.post(f"/console/tokens/{token.id}/revoke", {"reason": " "})

    assert "请写明原因" in refused.text
    assert tokens(runtime)[0].revoked_at is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"owner": "没有这个人"}, "没有这个在用的账号"),
        ({"name": " "}, "请写明给哪个系统用"),
        ({"scopes": []}, "请至少选一项"),
        ({"scopes": ["approve"]}, "请至少选一项"),
        ({"days": "0"}, "1 到 366 天"),
        ({"days": "很久"}, "1 到 366 天"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_typed_is_lost(
    administrator: Browser, runtime: Runtime, changed: dict[str, object], said: str
) -> None:
    refused = administrator.post("/console/tokens/new", {**OPENED, **changed})

    assert refused.status_code == 422
    assert said in refused.text
    assert str(changed.get("name", OPENED["name"])) in refused.text
    assert tokens(runtime) == ()


def test_whoever_is_no_administrator_sees_no_tokens(signed_in: SignedIn) -> None:
    auditor = signed_in(Role.AUDITOR)

    assert auditor.get("/console/tokens").status_code == 403
    assert "/console/tokens" not in auditor.get("/console/").text


def test_every_scope_has_its_words_and_approving_is_given_on_the_server_only() -> None:
    assert len({scope_words(scope) for scope in SCOPES}) == len(SCOPES)
    assert all(not scope.endswith("approve") for scope in SCOPES_OFFERED)
    assert {scope for scope in SCOPES if not scope.endswith("approve")} == set(SCOPES_OFFERED)
