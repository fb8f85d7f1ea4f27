"""Reports that wait for a person to say where they belong: narrowed, sorted, page by page, taken away as a file."""

from collections.abc import Callable

import pytest

from bot.access import Role
from bot.runtime import Runtime
from bot.store import belonging
from bot.store.inquiries import IntakeChannel
from bot.store.tables import ReportRow
from tests.bot.console.conftest import Browser
from tests.bot.console.lists import form_to, link, noted, numbered, taken
from tests.bot.office.claims import found_to_be_private
from tests.bot.office.hearing import HERE, a_claim
from tests.bot.store.people import put_report

SignedIn = Callable[..., Browser]
PATH = "/console/claims/suggestions"
TONGWEI, ANDING, ELSEWHERE = "621121000000", "621102000000", "621102001003"
COUNT = 52


@pytest.fixture
def numbers(runtime: Runtime) -> list[int]:
    """The earliest first; the first came by voice and says a telephone number, the last is from another county."""
    a_claim(runtime, "alike")
    return [suggested(runtime, which) for which in range(COUNT)]


def suggested(runtime: Runtime, which: int) -> int:
    with runtime.database.transaction() as session:
        number = put_report(
            session,
            "听说水库投毒，打13893212345",
            area_code=ELSEWHERE if which == COUNT - 1 else HERE,
            channel=IntakeChannel.CHAT if which else IntakeChannel.VOICE,
            now=runtime.clock(),
        )
        assert belonging.suggest(session, number, "alike", probability=0.62)
    return number


def test_they_are_sorted_both_ways_and_the_next_page_goes_on_so(
    signed_in: SignedIn, numbers: list[int]
) -> None:
    reviewer = signed_in(Role.REVIEWER)
    oldest = reviewer.get(PATH).text
    latest = reviewer.get(link(oldest, "最新在前")).text

    assert numbered(oldest) == numbers[:50]
    assert [*numbered(latest), *numbered(reviewer.get(link(latest, "下一页")).text)] == numbers[::-1]
    assert numbered(reviewer.get(link(latest, "最早在前")).text) == numbers[:50]


def test_they_are_narrowed_by_channel_and_place_and_stay_so_when_sorted(
    signed_in: SignedIn, numbers: list[int]
) -> None:
    reviewer = signed_in(Role.REVIEWER)
    page = reviewer.get(f"{PATH}?area={ANDING}").text

    assert numbered(page) == numbers[-1:]
    assert numbered(reviewer.get(link(page, "最新在前")).text) == numbers[-1:]
    assert numbered(reviewer.get(f"{PATH}?channel=voice").text) == numbers[:1]
    assert numbered(reviewer.get(f"{PATH}?channel=voice&area={ANDING}").text) == []


def test_whoever_says_where_one_belongs_comes_back_to_what_they_looked_at(
    signed_in: SignedIn, numbers: list[int]
) -> None:
    reviewer = signed_in(Role.REVIEWER)
    page = reviewer.get(f"{PATH}?area={TONGWEI}&sort=-number").text

    after = reviewer.post(form_to(page, PATH), {"number": str(numbers[0]), "into": "alike"})

    assert "已归入" in after.text
    assert after.request.full_path == f"{PATH}?area={TONGWEI}&sort=-number"


def test_they_are_taken_away_with_what_they_are_like_and_leave_one_trace(
    signed_in: SignedIn, runtime: Runtime, numbers: list[int]
) -> None:
    reviewer = signed_in(Role.REVIEWER)
    rows = taken(reviewer, link(reviewer.get(f"{PATH}?sort=-number").text, "CSV"))

    assert [int(row["编号"]) for row in rows] == numbers[::-1]
    assert (rows[-1]["内容"], rows[-1]["渠道"]) == ("听说水库投毒，打[电话]", "公众号语音")
    assert (rows[-1]["像哪一条"], rows[-1]["那一条的说法"]) == ("alike", "示例说法alike")
    assert rows[-1]["把握"] == "62%"
    assert reviewer.get(f"{PATH}?format=xlsx").data.startswith(b"PK")
    trail = noted(runtime, "reports.")
    assert [event.action for event in trail] == ["reports.viewed", *["reports.exported"] * 2]
    assert {event.subject for event in trail} == {"suggestions"}


def test_a_claim_about_a_private_person_is_not_written_into_the_file(
    signed_in: SignedIn, runtime: Runtime, numbers: list[int]
) -> None:
    found_to_be_private(runtime, "alike")
    [row] = taken(signed_in(Role.REVIEWER), f"{PATH}?channel=voice&format=csv")

    assert (int(row["编号"]), row["那一条的说法"]) == (numbers[0], "（涉及个人）")
    assert row["内容"] == "（涉及个人）"


def test_whoever_is_bound_to_a_county_takes_away_what_came_from_there(
    signed_in: SignedIn, runtime: Runtime, numbers: list[int]
) -> None:
    bound = signed_in(Role.AREA_LEAD, area_code=ANDING)

    for query in ("", f"area={TONGWEI}&", f"area={HERE}&"):
        [row] = taken(bound, f"{PATH}?{query}format=csv")
        assert (int(row["编号"]), row["像哪一条"]) == (numbers[-1], "")
    with runtime.database.reading() as session:
        assert session.get_one(ReportRow, numbers[-1]).area_code == ELSEWHERE
