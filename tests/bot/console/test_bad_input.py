"""What clumsy fingers and hostile ones send: a clear page, nothing half done, nothing lost."""

from collections.abc import Callable

import pytest

from bot.access import Role
from bot.console.small_forms import is_number
from tests.bot.console.conftest import Browser

SignedIn = Callable[..., Browser]


def test_ten_megabytes_pasted_into_a_form_are_refused_in_words(signed_in: SignedIn) -> None:
    browser = signed_in(Role.ADMINISTRATOR)

    response = browser.post(
        "/console/staff/new", {"name": "某人", "role": "editor", "reason": "长" * 3_500_000}
    )

    assert response.status_code == 413
    assert "内容太大" in response.text


def test_a_page_there_is_not_says_so_in_the_consoles_own_layout(signed_in: SignedIn) -> None:
    response = signed_in(Role.EDITOR).get("/console/no-such-page")

    assert response.status_code == 404
    assert "没有这一页" in response.text


@pytest.mark.parametrize("cursor", ["%00", "x" * 5_000, "e30", "中文", "' OR 1=1 --"])
def test_a_made_up_cursor_leads_to_a_clear_page(signed_in: SignedIn, cursor: str) -> None:
    response = signed_in(Role.ADMINISTRATOR).get(f"/console/staff?cursor={cursor}")

    assert response.status_code == 422
    assert "填写的内容有问题" in response.text


@pytest.mark.parametrize("typed", ["2147483648", "9" * 18, "-1", "1.5", ""])
def test_what_no_row_is_numbered_by_is_no_number(typed: str) -> None:
    assert not is_number(typed)


@pytest.mark.parametrize("query", ["role=emperor", "sort=password_hash", "format=exe", "role[]=editor"])
def test_filters_there_are_not_never_break_a_list(signed_in: SignedIn, query: str) -> None:
    response = signed_in(Role.ADMINISTRATOR).get(f"/console/staff?{query}")

    assert response.status_code in {200, 422}


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=1>', "{{7*7}}", "\x00"])
def test_what_is_typed_is_shown_as_text(signed_in: SignedIn, text: str) -> None:
    browser = signed_in(Role.ADMINISTRATOR)

    page = browser.post(
        "/console/staff/new", {"name": text, "role": "area_lead", "area_code": "", "reason": "试"}
    ).text

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "49" not in page.partition('name="name"')[2].partition(">")[0]


def test_a_form_handed_in_after_the_session_ended_gives_the_words_back(
    signed_in: SignedIn,
) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    token = browser.token()
    browser.post("/console/sign-out", {})

    response = browser.client.post(
        "/console/staff/new", data={"csrf_token": token, "name": "某人", "reason": "写了很久的原因"}
    )

    assert response.status_code == 400
    assert "写了很久的原因" in response.text


def test_a_repetition_there_is_not_is_told_in_the_form(signed_in: SignedIn) -> None:
    browser = signed_in(Role.EDITOR)

    for fields in ({"title": "示例", "repeat": "bogus"}, {"title": "示例"}):
        answer = browser.post("/console/broadcasts/new/notice", fields)
        assert answer.status_code == 422
        assert 'value="示例"' in answer.text


def test_a_double_click_opens_one_account(signed_in: SignedIn) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    fields = {"name": "新来的人", "role": "editor", "area_code": "", "reason": "到岗"}

    first = browser.post("/console/staff/new", dict(fields))
    second = browser.post("/console/staff/new", dict(fields))

    assert "已开户" in first.text
    assert second.status_code == 422
    assert "已有同名账号" in second.text


@pytest.mark.parametrize("path", ["/console/claims/appeals/", "/console/questions/"])
def test_a_number_no_row_could_have_is_not_found(signed_in: SignedIn, path: str) -> None:
    assert signed_in(Role.APPROVER).get(f"{path}{2**70}").status_code == 404


def test_numbers_no_row_could_have_are_passed_over_in_a_form(signed_in: SignedIn) -> None:
    browser = signed_in(Role.REVIEWER)
    for digits in (30, 6_000):
        fields = {"number": "9" * digits, "into": "20220714-1", "edition": 0}
        assert browser.post("/console/claims/suggestions", fields).status_code == 422
