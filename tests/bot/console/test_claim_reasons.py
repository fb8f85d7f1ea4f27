"""The rumour desk says why a report came to it, which published claim it resembles, and why it was put where it is."""

import re
from collections.abc import Callable
from html import unescape

import pytest

from bot.access import Role
from bot.runtime import Runtime
from bot.store import belonging
from bot.store.claim_files import open_claim
from tests.bot.console.conftest import Browser
from tests.bot.office.claims import found_to_be_private
from tests.bot.office.hearing import HERE
from tests.bot.store.people import put_report
from tests.scenarios.test_response_loop import the_worker_works

SignedIn = Callable[..., Browser]
SAID = "听说渭源县城要静默30天"
PUBLISHED = "lock-tongwei-30-days"
SIGNS = ("道听途说", "打电话13893212345问")


def read(browser: Browser, path: str) -> str:
    page = browser.get(path).text.partition("<h1>")[2]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


@pytest.fixture
def claim_id(runtime: Runtime) -> str:
    """Of two reports, the second of which was put to the first one's claim."""
    with runtime.database.transaction() as session:
        for text in (SAID, f"{SAID}，是真的吗"):
            put_report(session, text, area_code=HERE, likelihood=0.98, reasons=SIGNS, now=runtime.clock())
    the_worker_works(runtime)
    return f"{runtime.clock():%Y%m%d}-1"


def test_a_new_claim_shows_the_published_one_it_resembles_and_what_differs(
    signed_in: SignedIn, claim_id: str
) -> None:
    browser = signed_in(Role.REVIEWER)
    page = read(browser, f"/console/claims/{claim_id}")

    assert re.search(f"通渭县城要静默30天 不实 编号 {PUBLISHED} · 像 9\\d% 都说到 .*30", page)
    assert "有出入 地点不同：这句话说“渭源”，那条说“通渭”" in page
    assert f'href="/console/claims/{PUBLISHED}"' in browser.get(f"/console/claims/{claim_id}").text
    assert "最像的已公布说法" not in read(browser, f"/console/claims/{PUBLISHED}")


def test_each_report_says_why_it_is_taken_for_a_rumour_and_why_it_is_here(
    signed_in: SignedIn, claim_id: str
) -> None:
    reviewer = signed_in(Role.REVIEWER)
    page, listed = (read(reviewer, f"/console/claims/{claim_id}{more}") for more in ("", "/reports"))

    assert page.count("像传言 98%： 道听途说") == listed.count("像传言 98%： 道听途说") == 2
    assert page.partition("只看说法")[2].count("都说到 ") == 1
    assert "13893212345" not in page + listed


def test_of_a_claim_about_a_private_person_no_other_page_gives_the_words(
    signed_in: SignedIn, runtime: Runtime, claim_id: str
) -> None:
    found_to_be_private(runtime, PUBLISHED)

    page = read(signed_in(Role.REVIEWER), f"/console/claims/{claim_id}")

    assert "（涉及个人） 不实" in page
    assert "通渭" not in page.partition("最像的已公布说法")[2].partition("概况")[0]


def test_what_is_only_suggested_says_what_is_shared_and_what_differs(
    signed_in: SignedIn, runtime: Runtime
) -> None:
    with runtime.database.transaction() as session:
        open_claim(session, "alike", text="通渭县城要静默30天", area_code="", now=runtime.clock())
        number = put_report(session, SAID, area_code=HERE, reasons=SIGNS, now=runtime.clock())
        assert belonging.suggest(session, number, "alike", probability=0.6)
    reviewer = signed_in(Role.REVIEWER)

    page = read(reviewer, "/console/claims/suggestions")
    found_to_be_private(runtime, "alike")
    private = read(reviewer, "/console/claims/suggestions")

    assert "像传言 90%： 道听途说" in page
    assert re.search("都说到 .*30.* 有出入 地点不同：这句话说“渭源”，那条说“通渭”", page)
    assert "（涉及个人）" in private
    assert "都说到" not in private
    assert "有出入" not in private


def test_somebody_bound_to_an_area_gets_no_way_to_a_page_that_is_not_theirs(
    signed_in: SignedIn, claim_id: str
) -> None:
    lead = signed_in(Role.AREA_LEAD, area_code="621121000000")

    page = lead.get(f"/console/claims/{claim_id}").text

    assert "通渭县城要静默30天" in page
    for address in re.findall(r'href="(/console/claims/[^"?]+)"', page):
        assert lead.get(address).status_code == 200, address


def test_of_one_about_a_private_person_they_find_nothing_at_all(
    signed_in: SignedIn, runtime: Runtime, claim_id: str
) -> None:
    found_to_be_private(runtime, PUBLISHED)

    page = read(signed_in(Role.AREA_LEAD, area_code="621121000000"), f"/console/claims/{claim_id}")

    assert PUBLISHED not in page
    assert "（涉及个人）" not in page
