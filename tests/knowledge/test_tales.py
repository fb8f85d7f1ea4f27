"""Several things passed on in one message: told apart, each looked up by itself, and none left unmentioned beside a verdict."""

from datetime import date

import pytest

from knowledge.library import Library
from knowledge.rumours import Known, Suspected, check_rumour
from knowledge.tales import tales_in
from knowledge.text import normalise

DAY = date(2022, 7, 14)
GARLIC = "天天吃生大蒜就不会感染新冠"


def told(text: str) -> list[str]:
    return [tale.said for tale in tales_in(normalise(text))]


@pytest.mark.parametrize(
    ("text", "tales"),
    [
        ("听说明天封城，还有听说大蒜能治新冠，真的吗", ["明天封城", "大蒜能治新冠"]),
        ("大蒜能防新冠，还有明天封城，都是真的吗", ["大蒜能防新冠", "明天封城"]),
        ("群里说喝醋能杀病毒，又说下月粮价要翻倍，能信吗", ["喝醋能杀病毒", "下月粮价要翻倍"]),
        ("村里都传封村三个月，还传说喝绿豆汤能防新冠", ["封村三个月", "喝绿豆汤能防新冠"]),
        ("听说大蒜能治新冠还有听说明天封城真的吗", ["大蒜能治新冠", "明天封城"]),
    ],
)
def test_each_begins_where_it_is_added_or_said_to_be_heard(text: str, tales: list[str]) -> None:
    assert told(text) == tales


@pytest.mark.parametrize(
    "text",
    [
        "听说大蒜能治新冠，真的吗",
        "我妈今天去集上听说大蒜能治新冠，我就想问问真的吗",
        "听说大蒜能治新冠，邻居都在抢，是不是真的",
        "有人说大蒜能治新冠，有人说不能，到底真的假的",
        "从兰州回来要隔离吗",
        "还有人没做核酸咋办",
        "我从酒泉自驾回来，一路没下车，还用隔离不",
        "除了健康码，还有别的平台可以查询核酸结论吗",
        "",
    ],
)
def test_what_tells_of_one_thing_is_left_whole(text: str) -> None:
    assert told(text) == []


def test_a_long_list_of_them_is_left_whole() -> None:
    assert told("听说要封城，听说要停水，听说要断电，听说要涨价") == []
    assert told("听说要封城。" * 100) == []


def test_what_nobody_has_checked_is_named_beside_the_verdict(desk: Library) -> None:
    found = check_rumour(
        "听说县里的水库被人投毒了，还有听说大蒜能治新冠，真的吗", library=desk, area_path=(), day=DAY
    )

    assert isinstance(found, Known)
    assert found.best.claim.text == GARLIC
    assert [tale.said for tale in found.unchecked] == ["县里的水库被人投毒了"]


def test_two_that_are_known_both_get_their_verdict(desk: Library) -> None:
    found = check_rumour("听说大蒜能治新冠，还听说喝醋能杀病毒，真的吗", library=desk, area_path=(), day=DAY)

    assert isinstance(found, Known)
    assert {one.claim.text for one in (found.best, *found.also)} == {GARLIC, "喝醋能杀病毒、防新冠"}
    assert found.unchecked == ()


def test_one_that_is_nearly_known_is_asked_about_and_the_other_told(desk: Library) -> None:
    found = check_rumour(
        "听说喝醋能杀病毒，听说吃大蒜不会感染，是真的吗", library=desk, area_path=(), day=DAY
    )

    assert isinstance(found, Suspected)
    assert found.meant is not None
    assert found.meant.claim.text == GARLIC
    assert [one.claim.text for one in found.also] == ["喝醋能杀病毒、防新冠"]


def test_two_opinions_on_one_claim_are_one_claim(desk: Library) -> None:
    found = check_rumour(
        "有人说大蒜能治新冠，有人说大蒜不能治新冠，听谁的", library=desk, area_path=(), day=DAY
    )

    assert isinstance(found, Known)
    assert found.unchecked == ()


def test_a_question_beside_it_is_nothing_that_is_passed_on(desk: Library) -> None:
    found = check_rumour("听说大蒜能治新冠，还有我家老人药没了咋办", library=desk, area_path=(), day=DAY)

    assert isinstance(found, Known)
    assert found.unchecked == ()
