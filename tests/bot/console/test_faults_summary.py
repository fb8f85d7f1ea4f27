"""A form that comes back with something wrong says so at its top, leads to each field, and asks for a lost file again."""

import re
from collections.abc import Callable, Mapping
from io import BytesIO

import pytest

from bot.access import Role
from bot.runtime import Runtime
from bot.store.claim_files import open_claim
from tests.bot.console.articles import ENTERED
from tests.bot.console.conftest import Browser
from tests.bot.console.test_broadcasts import NOTICE, submitted
from tests.bot.office import claims as desk_claims

SignedIn = Callable[..., Browser]
SUMMARY = re.compile(r'<div class="alert alert-danger" role="alert">(有 .*?)</div>', re.DOTALL)
FILE = "请重新选一次文件"


def summary(page: str) -> str:
    """What stands above the page, in words."""
    found = SUMMARY.search(page)
    assert found is not None, "no summary above the form"
    assert found.start() < page.index("<h1>")
    return re.sub("<[^>]+>", "", found.group(1))


def fields_led_to(page: str) -> list[str]:
    found = SUMMARY.search(page)
    assert found is not None
    return re.findall('href="#([^"]+)"', found.group(1))


def gone_to(page: str) -> list[str]:
    """The ids of what has the focus when the page opens."""
    return [
        name
        for tag in re.findall("<(?:input|textarea|select)[^>]*>", page)
        if re.search(r"\sautofocus\b", tag)
        for name in re.findall(r'\sid="([^"]+)"', tag)
    ]


@pytest.mark.parametrize(
    ("address", "typed", "said", "fields"),
    [
        (
            "/console/articles/new",
            {**ENTERED, "question": " ", "issued_on": "昨天"},
            "有 2 处要改：问题、发布日期",
            ["question", "issued_on"],
        ),
        (
            "/console/broadcasts/new/notice",
            {**NOTICE, "title": "", "valid_to": "2022-07-13", "areas": []},
            "有 3 处要改：标题、有效到、发到哪里",
            ["title", "valid_to", "places"],
        ),
        (
            "/console/broadcasts/new/notice",
            {**NOTICE, "channels": []},
            "有 1 处要改：渠道",
            ["channels"],
        ),
        ("/console/claims/new", {"where": "market"}, "有 2 处要改：原话、传到多少人", ["text", "reach"]),
    ],
)
def test_what_is_wrong_is_said_at_the_top_and_each_name_leads_to_its_field(
    signed_in: SignedIn, address: str, typed: Mapping[str, object], said: str, fields: list[str]
) -> None:
    page = signed_in(Role.EDITOR).post(address, typed).text

    assert summary(page) == said
    assert fields_led_to(page) == fields
    assert all(f'id="{name}"' in page for name in fields)


def test_a_verdict_says_at_the_top_what_is_wrong_and_opens_at_the_first_wrong_field(
    signed_in: SignedIn, runtime: Runtime
) -> None:
    with runtime.database.transaction() as session:
        claim_id = open_claim(
            session, "claim-1", text="县里的水库被人投毒", area_code="", now=runtime.clock()
        )
    reviewer = signed_in(Role.REVIEWER)
    fields = {"text": "水库被人投毒", "verdict": "false", "topic": "other", "area_code": ""}

    page = reviewer.post(
        f"/console/claims/{claim_id}/finding",
        {**fields, "edition": desk_claims.edition(runtime, claim_id)},
    ).text

    assert summary(page) == "有 2 处要改：1. 事实、发布机构"
    assert gone_to(page) == ["fact"]


def test_whoever_did_not_say_they_have_read_it_is_led_to_the_box(signed_in: SignedIn) -> None:
    broadcast_id = submitted(signed_in(Role.EDITOR))

    page = signed_in(Role.APPROVER).post(
        f"/console/broadcasts/{broadcast_id}/approve", {"fingerprint": "0" * 64}
    )

    assert summary(page.text) == "有 1 处要改：我已逐字读过"


@pytest.mark.parametrize("address", ["/console/articles/new", "/console/broadcasts/new/notice"])
def test_a_form_with_nothing_wrong_has_no_summary(signed_in: SignedIn, address: str) -> None:
    page = signed_in(Role.EDITOR).get(address).text

    assert SUMMARY.search(page) is None
    assert gone_to(page) == []


def test_a_date_that_was_left_empty_is_not_among_what_is_wrong(signed_in: SignedIn) -> None:
    typed = {**ENTERED, "question": "", "issued_on": "", "valid_from": "", "valid_to": ""}

    assert summary(signed_in(Role.EDITOR).post("/console/articles/new", typed).text) == "有 1 处要改：问题"


def test_a_file_that_came_with_a_wrong_form_is_asked_for_again(signed_in: SignedIn) -> None:
    editor = signed_in(Role.EDITOR)
    file = (BytesIO(b"%PDF-1.7 notice"), "notice.pdf", "application/pdf")

    lost = editor.post("/console/articles/new", {**ENTERED, "question": "", "file": file}).text
    none = editor.post("/console/articles/new", {**ENTERED, "question": ""}).text

    assert FILE in lost
    assert lost.index('type="file"') < lost.index(FILE) < lost.index('id="pasted"')
    assert FILE not in none
