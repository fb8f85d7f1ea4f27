"""The page of a thing says plainly what comes next: the button for whoever may, the name of the role for whoever may not."""

import re
from collections.abc import Callable

import pytest

from bot.access import Role
from bot.runtime import Runtime
from bot.store.claim_files import open_claim
from tests.bot.console.articles import drafted, edition, published, submitted
from tests.bot.console.conftest import Browser
from tests.bot.office import claims as desk_claims
from tests.bot.office.hearing import asks

SignedIn = Callable[..., Browser]
HAND_OVER, DECIDE, READ = "看一遍、送审", "逐字看、发布或退回", "逐字看这一版"


@pytest.fixture
def claim_id(runtime: Runtime) -> str:
    with runtime.database.transaction() as session:
        return open_claim(session, "claim-1", text="县里的水库被人投毒", area_code="", now=runtime.clock())


def buttons(page: str) -> dict[str, tuple[str, str]]:
    """Links that look like buttons: how they look, and where they lead."""
    found = re.findall(r'<a class="btn btn-([a-z-]+)" href="([^"]+)">(.*?)</a>', page)
    return {label: (look, address) for look, address, label in found}


def card(page: str, heading: str) -> str:
    return page.partition(f"<h2>{heading}</h2>")[2].partition("</section>")[0]


def test_an_editor_with_a_draft_is_led_to_handing_it_over(signed_in: SignedIn) -> None:
    editor = signed_in(Role.EDITOR)
    article_id = drafted(editor)

    shown = buttons(editor.get(f"/console/articles/{article_id}").text)

    assert shown[HAND_OVER] == ("primary", f"/console/articles/{article_id}/versions/1")
    assert "送审</button>" in editor.get(shown[HAND_OVER][1]).text
    assert shown["接着写"][0] == "outline-primary"


def test_a_reviewer_is_led_to_reading_and_deciding(signed_in: SignedIn) -> None:
    editor = signed_in(Role.EDITOR)
    article_id = drafted(editor)
    submitted(editor, article_id)
    reviewer = signed_in(Role.REVIEWER)

    page = reviewer.get(f"/console/articles/{article_id}").text

    shown = buttons(page)
    assert shown[DECIDE] == ("primary", f"/console/articles/{article_id}/versions/1")
    assert shown["接着写"][0] == "outline-primary"
    assert f"{article_id}/publish" not in page, "it is read to the last byte before it is decided on"
    assert f"{article_id}/publish" in reviewer.get(shown[DECIDE][1]).text


def test_a_next_version_of_what_is_public_is_led_on_in_the_same_way(
    signed_in: SignedIn, runtime: Runtime
) -> None:
    editor, reviewer = signed_in(Role.EDITOR), signed_in(Role.REVIEWER)
    article_id = drafted(editor)
    submitted(editor, article_id)
    published(reviewer, article_id)
    address = f"/console/articles/{article_id}"
    assert buttons(editor.get(address).text)["修改"][0] == "primary"
    editor.post(f"{address}/versions/1/restore", {"edition": edition(runtime, article_id)})

    assert buttons(editor.get(address).text)[HAND_OVER] == ("primary", f"{address}/versions/2")
    submitted(editor, article_id, 2)
    assert buttons(reviewer.get(address).text)[DECIDE] == ("primary", f"{address}/versions/2")


@pytest.mark.parametrize("role", [Role.EDITOR, Role.AUDITOR])
def test_whoever_cannot_decide_may_read_and_is_not_promised_more(signed_in: SignedIn, role: Role) -> None:
    author = signed_in(Role.REVIEWER)
    article_id = drafted(author)
    submitted(author, article_id)

    for browser in (author, signed_in(role)):
        shown = buttons(browser.get(f"/console/articles/{article_id}").text)
        assert shown[READ][0] == "outline-primary"
        assert DECIDE not in shown


def test_an_editor_is_told_who_acts_next_on_a_claim(
    signed_in: SignedIn, runtime: Runtime, claim_id: str
) -> None:
    editor, address = signed_in(Role.EDITOR), f"/console/claims/{claim_id}"
    new = card(editor.get(address).text, "下一步")
    desk_claims.written(runtime, claim_id)
    handed_over = card(editor.get(address).text, "下一步")

    assert "等审核员评定风险" in new
    assert "等签发人签发" in handed_over
    assert "等审核员" not in card(signed_in(Role.REVIEWER).get(address).text, "下一步")


def test_a_log_with_nothing_in_it_is_not_shown_to_whoever_cannot_fill_it_in(
    signed_in: SignedIn, runtime: Runtime, claim_id: str
) -> None:
    editor, reviewer = signed_in(Role.EDITOR), signed_in(Role.REVIEWER)
    address = f"/console/claims/{claim_id}"
    empty = editor.get(address).text
    reviewer.post(f"{address}/log", {"edition": desk_claims.edition(runtime, claim_id), "dialect": "通渭话"})

    assert "传言登记表" not in empty
    assert "通渭话" in card(editor.get(address).text, "传言登记表")


@pytest.mark.parametrize(("role", "may"), [(Role.EDITOR, False), (Role.REVIEWER, True)])
def test_only_who_may_move_reports_is_offered_to_tick_them(
    signed_in: SignedIn, runtime: Runtime, claim_id: str, role: Role, *, may: bool
) -> None:
    number = asks(runtime, 1, claim_id)
    browser, address = signed_in(role), f"/console/claims/{claim_id}"

    page, reports = browser.get(address).text, browser.get(f"{address}/reports").text

    assert ("全部、移动、拆分</a>" in page) is may
    assert f'{address}/reports"' in page
    assert (f'value="{number}"' in reports) is may
    assert f">{number}<" in reports
    assert ("移动或另立" in reports) is may
    assert (f"{address}/reports/move" in reports or 'type="checkbox" name="number"' in reports) is may
