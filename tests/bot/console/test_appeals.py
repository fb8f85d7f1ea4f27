"""Objections as a list like every other: what is open first, all of them when asked for, and the same taken away as a file."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.access import Role
from bot.runtime import Runtime
from bot.store import residents
from bot.store.appeals import AppealState, add_appeal, decide_appeal
from bot.store.tables import AppealRow
from tests.bot.console.conftest import Browser
from tests.bot.console.lists import link, noted, taken
from tests.bot.office.claims import found_to_be_private
from tests.bot.office.hearing import HERE, a_claim, asks

SignedIn = Callable[..., Browser]
PATH = "/console/claims/appeals"
TONGWEI, ELSEWHERE = "621121000000", "621102001003"
COUNT = 52


@pytest.fixture
def numbers(runtime: Runtime) -> list[int]:
    """Objections to one claim, the soonest due first; the first is decided, the last comes from another county."""
    a_claim(runtime, "doubted")
    asks(runtime, 1, "doubted")
    now = runtime.clock()
    with runtime.database.transaction() as session:
        asker = residents.recognise(session, "oObjects0000000000000000001", vault=runtime.vault, now=now)
        made = [
            add_appeal(
                session,
                resident_id=asker.id,
                claim_id="doubted",
                version=1,
                area_code=ELSEWHERE if which == COUNT - 1 else HERE,
                text=f"=第{which}条不对，打13893212345",
                due_at=now + timedelta(minutes=which),
                now=now - timedelta(minutes=which),
            )
            for which in range(COUNT)
        ]
        dismissed = AppealState.DISMISSED
        decide_appeal(session, made[0], state=dismissed, answer="核过了。", by="示例同事", now=now)
    return made


def shown(page: str) -> list[int]:
    return [int(number) for number in re.findall(rf'href="{PATH}/(\d+)"', page)]


def test_what_is_open_is_shown_first_and_every_state_when_asked_for(
    signed_in: SignedIn, numbers: list[int]
) -> None:
    reviewer = signed_in(Role.REVIEWER)
    page = reviewer.get(PATH).text

    assert shown(page) == numbers[1:51]
    assert shown(reviewer.get(link(page, "看全部")).text) == numbers[:50]
    assert shown(reviewer.get(f"{PATH}?state=dismissed").text) == numbers[:1]


def test_all_of_them_are_sorted_and_the_next_page_goes_on_so(signed_in: SignedIn, numbers: list[int]) -> None:
    reviewer = signed_in(Role.REVIEWER)
    first = reviewer.get(f"{PATH}?state=&sort=opened").text

    assert [*shown(first), *shown(reviewer.get(link(first, "下一页")).text)] == numbers[::-1]


def test_they_are_taken_away_as_shown_and_leave_one_trace(
    signed_in: SignedIn, runtime: Runtime, numbers: list[int]
) -> None:
    reviewer = signed_in(Role.REVIEWER)
    rows = taken(reviewer, link(reviewer.get(f"{PATH}?state=").text, "CSV"))

    assert [int(row["编号"]) for row in rows] == numbers
    assert rows[0]["意见"] == "'=第0条不对，打[电话]"
    assert (rows[0]["状态"], rows[0]["答复"], rows[0]["复核人"]) == ("结论不变", "核过了。", "示例同事")
    assert len(taken(reviewer, f"{PATH}?format=csv")) == COUNT - 1
    assert reviewer.get(f"{PATH}?format=xlsx").data.startswith(b"PK")
    assert [event.action for event in noted(runtime, "appeals.")] == [
        "appeals.viewed",
        *["appeals.exported"] * 3,
    ]


def test_what_is_said_of_a_private_person_stands_in_no_list_and_in_no_file(
    signed_in: SignedIn, runtime: Runtime, numbers: list[int]
) -> None:
    found_to_be_private(runtime, "doubted")
    reviewer = signed_in(Role.REVIEWER)
    [row] = taken(reviewer, f"{PATH}?format=csv&state=dismissed")
    page = reviewer.get(PATH).text

    assert (row["意见"], row["答复"]) == ("（涉及个人）", "（涉及个人）")
    assert "（涉及个人）" in page
    assert "条不对" not in page
    assert "第1条不对" in reviewer.get(f"{PATH}/{numbers[1]}").text


def test_an_empty_page_before_others_says_that_more_follows(
    signed_in: SignedIn, runtime: Runtime, numbers: list[int]
) -> None:
    a_claim(runtime, "nobody here asked")
    with runtime.database.transaction() as session:
        for number in numbers[:51]:
            session.get_one(AppealRow, number).claim_id = "nobody here asked"
        session.get_one(AppealRow, numbers[51]).area_code = HERE
    bound = signed_in(Role.REVIEWER, name="县审核员", area_code=TONGWEI)
    page = bound.get(f"{PATH}?state=").text

    assert shown(page) == []
    assert "后面还有" in page
    assert shown(bound.get(link(page, "下一页")).text) == numbers[51:]


def test_whoever_is_bound_to_a_county_takes_away_what_comes_from_there(
    signed_in: SignedIn, numbers: list[int]
) -> None:
    bound = signed_in(Role.REVIEWER, name="县审核员", area_code=TONGWEI)

    assert [int(row["编号"]) for row in taken(bound, f"{PATH}?format=csv&state=")] == numbers[:-1]


def test_an_editor_takes_nothing_away(signed_in: SignedIn) -> None:
    assert signed_in(Role.EDITOR).get(f"{PATH}?format=csv").status_code == 403
