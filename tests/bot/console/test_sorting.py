"""A click on a heading: of a time the newest comes first, of all else the least; a second click turns it round."""

from collections.abc import Callable

import pytest

from bot.access import Role
from bot.runtime import Runtime
from bot.store import inquiries
from tests.bot.console.conftest import Browser
from tests.bot.console.lists import link
from tests.bot.office.hearing import a_claim
from tests.clocks import TestClock

SignedIn = Callable[..., Browser]


@pytest.fixture
def lists(runtime: Runtime, clock: TestClock) -> None:
    """Something in every list that is looked at here."""
    a_claim(runtime, "20220714-3")
    with runtime.database.transaction() as session:
        inquiries.raise_alert(session, kind="medical", area_code=None, now=clock())


@pytest.mark.usefixtures("lists")
@pytest.mark.parametrize(
    ("path", "heading", "order"),
    [
        ("/console/claims", "最近线索", "reported"),
        ("/console/articles", "更新", "updated"),
        ("/console/alerts", "时间", "raised"),
    ],
)
def test_the_first_click_on_a_time_gives_the_newest_and_the_second_the_oldest(
    signed_in: SignedIn, path: str, heading: str, order: str
) -> None:
    reviewer = signed_in(Role.REVIEWER)
    first = link(reviewer.get(path).text, heading)

    assert f"sort=-{order}" in first
    assert f"sort={order}" in link(reviewer.get(first).text, f"{heading} ▼")


@pytest.mark.usefixtures("lists")
def test_the_first_click_on_what_is_due_still_gives_what_is_due_first(signed_in: SignedIn) -> None:
    assert "sort=due" in link(signed_in(Role.REVIEWER).get("/console/claims").text, "期限")
