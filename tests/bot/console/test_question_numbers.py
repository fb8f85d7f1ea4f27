"""The number a resident is told is not that of the group their question is in: either is found, and neither taken for the other."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from bot.access import Role
from bot.runtime import Runtime
from bot.store import inquiries, question_groups
from bot.store.engine import Session
from bot.store.questions import sort_into
from knowledge.grouping import Fit
from tests.bot.console.conftest import Browser
from tests.bot.console.lists import noted
from tests.bot.office.hearing import HERE

SignedIn = Callable[..., Browser]
PATH = "/console/questions"
TONGWEI, ELSEWHERE = "621121000000", "621102001003"
SAID = {"bath": "浴池几点开门", "park": "公园开没开"}


@dataclass(frozen=True, slots=True)
class Filed:
    """A group and the numbers of its questions, the earliest first."""

    group: int
    numbers: tuple[int, ...]


def filed(session: Session, runtime: Runtime, text: str, *, count: int, area_code: str = HERE) -> Filed:
    now = runtime.clock()
    made = tuple(
        inquiries.add_question(session, resident_id=None, text=text, area_code=area_code, now=now)
        for _ in range(count)
    )
    group_id = question_groups.open_group(session, text=text, asked_at=now)
    for number in made:
        assert sort_into(session, number, group_id, fit=Fit.SURE)
    return Filed(group_id, made)


@pytest.fixture
def bath(runtime: Runtime) -> Filed:
    with runtime.database.transaction() as session:
        return filed(session, runtime, SAID["bath"], count=3)


@pytest.fixture
def park(runtime: Runtime, bath: Filed) -> Filed:
    """Its group has the number of a question about the bath; its own question a number that no group has."""
    with runtime.database.transaction() as session:
        made = filed(session, runtime, SAID["park"], count=1, area_code=ELSEWHERE)
    assert made.group in bath.numbers
    assert made.numbers[0] not in {bath.group, made.group}
    return made


def rows(browser: Browser, query: str) -> str:
    return browser.get(f"{PATH}?{query}").text.partition("<tbody>")[2]


def into(browser: Browser, moved: Filed, typed: object, **more: object) -> str:
    """Tick the last question of a group and type where it belongs; the page that comes then."""
    fields = {"number": moved.numbers[-1], "into": typed, **more}
    return browser.post(f"{PATH}/{moved.group}/move", fields).text


@pytest.mark.parametrize("typed", ["{}", "编号 {}", "编号{}"])
def test_the_number_a_resident_was_told_finds_the_group_with_the_question(
    signed_in: SignedIn, bath: Filed, park: Filed, typed: str
) -> None:
    editor = signed_in(Role.EDITOR)

    found = rows(editor, f"text={typed.format(bath.numbers[2])}")
    other = rows(editor, f"text={typed.format(park.numbers[0])}")

    assert SAID["bath"] in found
    assert f"组编号 {bath.group} · 居民手里的编号 {bath.numbers[2]} 等 3 个" in found
    assert SAID["bath"] not in other
    assert f"组编号 {park.group} · 居民手里的编号 {park.numbers[0]}<" in other


def test_a_number_that_is_both_finds_both(signed_in: SignedIn, park: Filed) -> None:
    found = rows(signed_in(Role.EDITOR), f"text={park.group}")

    assert SAID["bath"] in found
    assert SAID["park"] in found


def test_words_still_find_by_what_they_say(signed_in: SignedIn, bath: Filed, park: Filed) -> None:
    found = rows(signed_in(Role.EDITOR), "text=公园")

    assert f"居民手里的编号 {park.numbers[0]}" in found
    assert f"居民手里的编号 {bath.numbers[0]}" not in found


def test_an_area_lead_finds_no_group_by_a_number_from_elsewhere(
    signed_in: SignedIn, bath: Filed, park: Filed
) -> None:
    lead = signed_in(Role.AREA_LEAD, area_code=TONGWEI)

    assert rows(lead, f"text={park.numbers[0]}") == ""
    assert "没有这一组" in into(lead, bath, park.numbers[0])


def test_the_page_of_a_group_says_which_number_is_which(signed_in: SignedIn, bath: Filed) -> None:
    page = signed_in(Role.EDITOR).get(f"{PATH}/{bath.group}").text

    assert f"<dt>组编号</dt><dd>{bath.group}</dd>" in page
    assert f"居民手里的编号 {bath.numbers[1]}<" in page


@pytest.mark.parametrize("typed", ["999999", "9" * 20, "abc"])
def test_a_group_there_is_not_is_said_at_the_field_with_all_that_was_chosen(
    signed_in: SignedIn, bath: Filed, typed: str
) -> None:
    page = into(signed_in(Role.EDITOR), bath, typed, text="另一个意思")

    assert re.search(r'id="into-fault">没有这一组', page)
    assert f'value="{typed}"' in page
    assert 'value="另一个意思"' in page
    assert re.search(rf'value="{bath.numbers[-1]}" id="[^"]+" checked', page)


def test_a_residents_number_means_the_group_of_that_question(
    signed_in: SignedIn, runtime: Runtime, bath: Filed, park: Filed
) -> None:
    page = into(signed_in(Role.EDITOR), bath, park.numbers[0])

    assert f"已归入“{SAID['park']}”（组编号 {park.group}）" in page
    assert noted(runtime, "questions.move")[-1].subject == f"question group {park.group}"


def test_a_number_that_may_mean_two_groups_is_asked_back_and_nothing_moved_till_then(
    signed_in: SignedIn, runtime: Runtime, park: Filed
) -> None:
    with runtime.database.transaction() as session:
        other = filed(session, runtime, "路灯几时修", count=1)
    editor = signed_in(Role.EDITOR)

    asked = into(editor, other, park.group)
    assert not noted(runtime, "questions.move")
    held = into(editor, other, park.group, meant="held")

    assert "请选要移到哪一组" in asked
    assert [SAID["park"] in asked, SAID["bath"] in asked] == [True, True]
    assert f"已归入“{SAID['bath']}”" in held


def test_the_group_left_is_never_the_one_meant(signed_in: SignedIn, bath: Filed, park: Filed) -> None:
    assert f"已归入“{SAID['park']}”" in into(signed_in(Role.EDITOR), bath, park.group)
