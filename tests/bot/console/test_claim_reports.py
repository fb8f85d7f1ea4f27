"""The reports of one claim as a list like every other: narrowed, sorted, page by page, taken away as a file."""

from collections.abc import Callable

import pytest

from bot.access import Role
from bot.runtime import Runtime
from bot.store.tables import ReportRow
from tests.bot.console.conftest import Browser
from tests.bot.console.lists import link, noted, numbered, taken
from tests.bot.office.claims import found_to_be_private
from tests.bot.office.hearing import a_claim, asks

SignedIn = Callable[..., Browser]
COUNT = 53
PATH = "/console/claims/many/reports"


@pytest.fixture
def numbers(runtime: Runtime) -> list[int]:
    """Reports of one claim, the earliest first; the first is decided, and says a telephone number."""
    a_claim(runtime, "many")
    made = [asks(runtime, who, "many") for who in range(COUNT)]
    with runtime.database.transaction() as session:
        row = session.get_one(ReportRow, made[0])
        row.state, row.channel, row.text = "decided", "voice", "=听说水库投毒，打13893212345"
    return made


def test_the_reports_of_a_claim_are_sorted_and_the_next_page_goes_on_in_that_order(
    signed_in: SignedIn, numbers: list[int]
) -> None:
    reviewer = signed_in(Role.REVIEWER)
    first = reviewer.get(f"{PATH}?sort=number").text
    second = reviewer.get(link(first, "下一页")).text

    assert [*numbered(first), *numbered(second)] == numbers
    assert numbered(reviewer.get(f"{PATH}?sort=-number").text)[0] == numbers[-1]
    assert f"{PATH}?sort=-number" in first


@pytest.mark.parametrize("query", ["state=decided", "channel=voice", "state=decided&fit=sure"])
def test_they_are_narrowed_and_stay_so_when_sorted(
    signed_in: SignedIn, numbers: list[int], query: str
) -> None:
    page = signed_in(Role.REVIEWER).get(f"{PATH}?{query}").text

    assert numbered(page) == numbers[:1]
    assert query.split("&", maxsplit=1)[0] in link(page, "编号")


def test_the_whole_list_is_taken_away_without_contact_data_and_leaves_a_trace(
    signed_in: SignedIn, runtime: Runtime, numbers: list[int]
) -> None:
    reviewer = signed_in(Role.REVIEWER)
    rows = taken(reviewer, link(reviewer.get(f"{PATH}?sort=number").text, "CSV"))

    assert [int(row["编号"]) for row in rows] == numbers
    assert rows[0]["内容"] == "'=听说水库投毒，打[电话]"
    assert reviewer.get(f"{PATH}?format=xlsx").data.startswith(b"PK")
    trail = noted(runtime, "reports.")
    # However many pages a file has, taking it away is one thing that was done.
    assert [event.action for event in trail] == ["reports.viewed", *["reports.exported"] * 2]
    assert {(event.subject, event.actor) for event in trail} == {("claim many", "示例reviewer")}


def test_what_is_said_of_a_private_person_is_not_written_into_the_file(
    signed_in: SignedIn, runtime: Runtime, numbers: list[int]
) -> None:
    found_to_be_private(runtime, "many")
    rows = taken(signed_in(Role.REVIEWER), f"{PATH}?sort=number&format=csv")

    assert [int(row["编号"]) for row in rows] == numbers
    assert {row["内容"] for row in rows} == {"（涉及个人）"}


def test_somebody_of_another_county_takes_nothing_away(signed_in: SignedIn, numbers: list[int]) -> None:
    elsewhere = signed_in(Role.AREA_LEAD, name="安定", area_code="621102000000")

    assert numbers
    assert elsewhere.get(f"{PATH}?format=csv").status_code == 404
