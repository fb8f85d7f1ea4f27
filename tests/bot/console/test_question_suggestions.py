"""Questions that wait for a person to say where they belong: narrowed, sorted, page by page, taken away as a file."""

import re
from collections.abc import Callable

import pytest

from bot.access import Role
from bot.runtime import Runtime
from bot.store import inquiries, question_groups, residents
from bot.store.questions import sort_into
from knowledge.grouping import Fit
from tests.bot.console.conftest import Browser
from tests.bot.console.lists import form_to, link, noted, numbered, taken
from tests.bot.office.hearing import HERE

SignedIn = Callable[..., Browser]
PATH = "/console/questions/suggestions"
TONGWEI, ANDING, ELSEWHERE = "621121000000", "621102000000", "621102001003"
COUNT = 52


@pytest.fixture
def numbers(runtime: Runtime) -> list[int]:
    """The earliest first; the last is from another county, where somebody surely asked the same."""
    now = runtime.clock()
    with runtime.database.transaction() as session:
        asker = residents.recognise(session, "oAsks0000000000000000000001", vault=runtime.vault, now=now).id

        def asked(area_code: str) -> int:
            return inquiries.add_question(
                session,
                resident_id=asker,
                text="=浴池几点开，打13893212345",
                area_code=area_code,
                now=now,
            )

        group_id = question_groups.open_group(session, text="浴池几点开门", asked_at=now)
        made = [asked(HERE if which < COUNT - 1 else ELSEWHERE) for which in range(COUNT)]
        for number in made:
            assert sort_into(session, number, group_id, fit=Fit.SUGGESTED)
        assert sort_into(session, asked(ELSEWHERE), group_id, fit=Fit.SURE)
    return made


def test_they_are_sorted_both_ways_and_the_next_page_goes_on_so(
    signed_in: SignedIn, numbers: list[int]
) -> None:
    editor = signed_in(Role.EDITOR)
    oldest = editor.get(PATH).text
    latest = editor.get(link(oldest, "最新在前")).text

    assert numbered(oldest) == numbers[:50]
    assert [*numbered(latest), *numbered(editor.get(link(latest, "下一页")).text)] == numbers[::-1]


def test_they_are_narrowed_by_place_and_stay_so_after_one_was_decided(
    signed_in: SignedIn, numbers: list[int]
) -> None:
    editor = signed_in(Role.EDITOR)
    page = editor.get(f"{PATH}?area={ANDING}&sort=-number").text
    into = re.search(r'name="into" value="(\d+)"', page)
    assert into is not None

    after = editor.post(form_to(page, PATH), {"number": str(numbers[-1]), "into": into.group(1)})

    assert numbered(page) == numbers[-1:]
    assert "已归入" in after.text
    assert after.request.full_path == f"{PATH}?area={ANDING}&sort=-number"


def test_they_are_taken_away_with_what_they_are_like_and_leave_one_trace(
    signed_in: SignedIn, runtime: Runtime, numbers: list[int]
) -> None:
    editor = signed_in(Role.EDITOR)
    rows = taken(editor, link(editor.get(f"{PATH}?sort=-number").text, "CSV"))

    assert [int(row["编号"]) for row in rows] == numbers[::-1]
    assert (rows[0]["问题"], rows[0]["像哪一组"]) == ("'=浴池几点开，打[电话]", "浴池几点开门")
    assert editor.get(f"{PATH}?format=xlsx").data.startswith(b"PK")
    trail = noted(runtime, "questions.")
    assert [event.action for event in trail] == ["questions.viewed", *["questions.exported"] * 2]
    assert {event.subject for event in trail} == {"suggestions"}


def test_whoever_is_bound_to_a_county_takes_away_what_came_from_there(
    signed_in: SignedIn, numbers: list[int]
) -> None:
    bound = signed_in(Role.AREA_LEAD, area_code=ANDING)

    for query in ("", f"area={TONGWEI}&", f"area={HERE}&"):
        [row] = taken(bound, f"{PATH}?{query}format=csv")
        assert int(row["编号"]) == numbers[-1]
