"""The try-out page says of each article and claim where and when it holds, what was done with it, and why."""

import re
from collections.abc import Callable
from html import unescape

import pytest

from bot.access import Role
from bot.console import trials
from bot.runtime import Runtime
from tests.bot.console.articles import TONGWEI
from tests.bot.console.conftest import Browser
from tests.bot.console.test_trials import TODAY
from tests.bot.office.claims import found_to_be_private

SignedIn = Callable[..., Browser]
LIQUOR = "喝高度白酒能杀死身体里的新冠病毒"


def told(browser: Browser, sentence: str, *, area_code: str = TONGWEI, day: str = TODAY) -> str:
    """What of the page can be read."""
    response = browser.post("/console/trials", {"sentence": sentence, "area_code": area_code, "day": day})
    assert response.status_code == 200, response.text
    page = response.text.partition('<section class="panel">')[2]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def test_of_three_with_one_title_each_says_where_it_holds_and_why_it_is_or_is_not_used(
    signed_in: SignedIn,
) -> None:
    page = told(signed_in(Role.EDITOR), "现在能出门吗")

    assert re.search(r"现在能出门吗？ 通渭县 · 2022-07-12 至 2022-08-10 用它答复", page)
    assert re.search(r"现在能出门吗？ 临洮县 · .{23} 没有用 它不是给这个地方的", page)
    assert re.search(r"现在能出门吗？ 全市 · .{23} 没有用 说的是同一件事，另一条更贴近住的地方", page)


def test_who_lives_nobody_knows_where_gets_nothing_that_is_for_one_place(signed_in: SignedIn) -> None:
    page = told(signed_in(Role.EDITOR), "现在能出门吗", area_code="")

    assert "不知道住在哪里" in page
    assert "没有用 它只给一个地方用，还不知道居民住在哪里" in page


def test_what_shares_no_telling_word_says_so(signed_in: SignedIn) -> None:
    assert "没有说到同一个要紧的词" in told(signed_in(Role.EDITOR), "听说通渭县城要静默30天")


def test_a_claim_that_differs_is_not_repeated_and_says_which_side_says_what(signed_in: SignedIn) -> None:
    page = told(signed_in(Role.EDITOR), "听说渭源县城要静默30天", area_code="")

    assert re.search("通渭县城要静默30天 不实 · 全市 · 到 .{10} 为止 没有复述 意思有出入", page)
    assert "地点不同：这句话说“渭源”，那条说“通渭”" in page


def test_what_decided_it_is_called_by_its_title(signed_in: SignedIn) -> None:
    editor = signed_in(Role.EDITOR)

    assert "因为：知识库有答案：“现在能出门吗？”" in told(editor, "现在能出门吗")
    claim = told(editor, "听说喝白酒能杀死新冠病毒，是真的吗")
    assert f"“{LIQUOR}”" in claim.partition("按住在")[0]
    assert "myth-liquor" not in claim


def test_claims_that_are_nothing_like_it_are_not_listed(signed_in: SignedIn) -> None:
    page = told(signed_in(Role.EDITOR), "今天天气不错，家里做了浆水面")

    assert "没有一条已公布的说法像这句话" in page
    assert "没有看出传话的迹象" in page
    assert "没有复述" not in page


@pytest.mark.usefixtures("runtime")
def test_words_about_a_private_person_stand_in_no_list(signed_in: SignedIn, runtime: Runtime) -> None:
    found_to_be_private(runtime, "myth-liquor")

    page = told(signed_in(Role.EDITOR), "喝高度白酒能杀死新冠吗").partition("没有列出")[0]

    assert "（涉及个人）" in page


def test_nor_are_they_given_as_the_reason(signed_in: SignedIn, runtime: Runtime) -> None:
    found_to_be_private(runtime, "myth-liquor")

    because = told(signed_in(Role.EDITOR), "听说喝白酒能杀死新冠病毒，是真的吗").partition("按住在")[0]

    assert "（涉及个人）" in because
    assert "白酒" not in because
    assert "myth-liquor" not in because


def test_who_cannot_open_one_about_a_private_person_finds_nothing_of_it(
    signed_in: SignedIn, runtime: Runtime
) -> None:
    lead, said = signed_in(Role.AREA_LEAD, area_code=TONGWEI), "听说渭源县城要静默30天"
    row = "不实 · 全市 · 到 .{10} 为止 没有复述 意思有出入"
    assert re.search(row, told(lead, said, area_code=""))

    found_to_be_private(runtime, "lock-tongwei-30-days")

    page = told(lead, said, area_code="")
    assert not re.search(row, page)
    assert "另有 1 条涉及个人" in page


def test_only_what_is_nothing_like_it_is_said_to_be(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentence, editor = "听说渭源县城要静默30天", signed_in(Role.EDITOR)

    def left_out() -> str:
        found = re.search(r"另有 (\d+) 条相差太远", told(editor, sentence, area_code=""))
        return found[1] if found else "0"

    before = left_out()
    monkeypatch.setattr(trials, "LISTED", 1)

    assert left_out() == before
