"""Choosing where a broadcast goes, step by step and without scripts: light pages, and nothing chosen or typed is lost."""

import re
from collections.abc import Callable, Mapping

import pytest

from bot.access import Role
from bot.runtime import Runtime
from bot.store import broadcasts
from bot.store.areas import Area, AreaKind, replace_or_add
from tests.bot.console.conftest import Browser

SignedIn = Callable[..., Browser]

NEW = "/console/broadcasts/new/notice"
PREFECTURE, COUNTY, TOWNSHIP, VILLAGE = "621100000000", "621121000000", "621121100000", "621121100201"
DISTRICT = "621102000000"
HEAVIEST_BYTES = 60_000
NOTICE: Mapping[str, object] = {
    "kind": "notice",
    "title": "示例通知",
    "text": "示例正文",
    "channels": ["relay"],
    "repeat": "once",
    "at": "2022-07-15T18:00",
    "valid_to": "2022-07-21",
}
BOX = re.compile(r'<input[^>]*name="areas"[^>]*value="(\d+)"([^>]*)>')


def offered(page: str) -> dict[str, bool]:
    """The boxes on the page, and whether each is ticked."""
    return {code: "checked" in rest for code, rest in BOX.findall(page)}


@pytest.fixture
def editor(signed_in: SignedIn) -> Browser:
    return signed_in(Role.EDITOR)


def test_a_new_broadcast_offers_the_whole_and_its_counties_and_is_light(editor: Browser) -> None:
    page = editor.get(NEW).text

    boxes = offered(page)
    assert {PREFECTURE, COUNTY, DISTRICT} <= set(boxes)
    assert len(boxes) == 8
    assert not any(boxes.values())
    assert len(page.encode()) < HEAVIEST_BYTES


def test_opening_step_by_step_keeps_what_was_chosen_and_typed(editor: Browser) -> None:
    county = editor.post(NEW, {**NOTICE, "areas": [DISTRICT], "open": COUNTY})
    township = editor.post(NEW, {**NOTICE, "areas": [DISTRICT], "open": TOWNSHIP})

    assert county.status_code == township.status_code == 200
    assert "示例正文" in township.text
    assert 'value="示例通知"' in township.text
    assert offered(county.text)[DISTRICT]
    assert offered(county.text)[TOWNSHIP] is False
    assert offered(township.text) | {DISTRICT: True} == offered(township.text)
    assert offered(township.text)[VILLAGE] is False
    assert "请至少" not in county.text
    assert max(len(page.text.encode()) for page in (county, township)) < HEAVIEST_BYTES


def test_what_is_chosen_far_away_stays_ticked_above_and_can_be_unticked(
    editor: Browser, runtime: Runtime
) -> None:
    kept = editor.post(NEW, {**NOTICE, "areas": [VILLAGE, DISTRICT], "open": PREFECTURE})
    assert {code for code, ticked in offered(kept.text).items() if ticked} == {VILLAGE, DISTRICT}

    response = editor.post(NEW, {**NOTICE, "areas": [VILLAGE]})

    with runtime.database.reading() as session:
        stored = broadcasts.find(session, response.request.path.rpartition("/")[2])
    assert stored.content.audience.area_codes == {VILLAGE}


def test_a_place_is_found_by_its_name(editor: Browser) -> None:
    looked_for = {"place": "平襄镇", "find": "yes", "level": COUNTY}
    found = editor.post(NEW, {**NOTICE, "areas": [DISTRICT], **looked_for})
    nothing = editor.post(NEW, {**NOTICE, "place": "没有这里", "find": "yes"})

    assert offered(found.text)[TOWNSHIP] is False
    assert offered(found.text)[DISTRICT]
    assert COUNTY in offered(found.text), "the level that was open stays open"
    assert "没有叫“没有这里”的地方" in nothing.text


def test_what_a_chosen_county_includes_need_not_be_ticked_again(editor: Browser) -> None:
    page = editor.post(NEW, {**NOTICE, "areas": [COUNTY], "open": COUNTY}).text

    assert TOWNSHIP not in offered(page)
    assert "已包括" in page


def test_a_level_of_another_prefecture_opens_too(editor: Browser, runtime: Runtime) -> None:
    other = (
        Area("629900000000", "某市", AreaKind.PREFECTURE, None),
        Area("629921000000", "某县", AreaKind.COUNTY, "629900000000"),
    )
    with runtime.database.transaction() as session:
        replace_or_add(session, other)
    runtime.places.refresh()

    opened = editor.post(NEW, {**NOTICE, "open": "629921000000"})

    assert opened.status_code == 200
    assert offered(opened.text) == {"629921000000": False}


@pytest.mark.parametrize("opened", ["999999999999", DISTRICT])
def test_nobody_opens_what_lies_outside_their_area(signed_in: SignedIn, opened: str) -> None:
    browser = signed_in(Role.EDITOR, area_code=COUNTY)

    boxes = offered(browser.post(NEW, {**NOTICE, "open": opened}).text)

    assert COUNTY in boxes
    assert all(code.startswith("621121") for code in boxes)


def test_an_edited_broadcast_shows_its_places_ticked_and_keeps_the_edit_while_choosing(
    editor: Browser,
) -> None:
    drafted = editor.post(NEW, {**NOTICE, "areas": [VILLAGE]}).request.path

    page = editor.get(f"{drafted}/edit").text
    again = editor.post(
        f"{drafted}/edit", {**NOTICE, "relay": "改过的正文", "areas": [VILLAGE], "open": COUNTY, "edition": 1}
    )

    assert offered(page)[VILLAGE]
    assert "改过的正文" in again.text
    assert offered(again.text)[VILLAGE]
    assert len(page.encode()) < HEAVIEST_BYTES
