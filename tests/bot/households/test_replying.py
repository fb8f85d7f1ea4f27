"""Replies while a count waits for its yes."""

import pytest

from bot.households.fields import Field
from bot.households.headcount import Headcount, ReadingKind
from bot.households.replying import joined, lone_number, read_reply, which_people


@pytest.mark.parametrize(
    ("text", "headcount"),
    [
        ("不是 3个在外地", Headcount(away=3)),
        ("不是，3个在外地", Headcount(away=3)),
        ("不是3个在外地", Headcount(away=3)),
        ("不是2个在外 3个在外", Headcount(away=3)),
        ("不不 3个在外", Headcount(away=3)),
        ("说错了 3个在外", Headcount(away=3)),
        ("不是 我家4口人", Headcount(total=4)),
        ("不是五口 四口", Headcount(total=4)),
    ],
)
def test_a_no_before_the_numbers_is_heard_with_them(text: str, headcount: Headcount) -> None:
    assert read_reply(text).headcount == headcount


@pytest.mark.parametrize("text", ["不是", "不对", "不是这个意思", "不想报了", "不是，我妈发烧了", "没有药了"])
def test_a_no_without_numbers_counts_nobody(text: str) -> None:
    assert read_reply(text).kind is ReadingKind.OTHER


@pytest.mark.parametrize("text", ["2个", "俩", "2个人", "是2个", "不对 2个", "不是 2个", "就2个", "家里2个"])
def test_a_number_alone_does_not_say_of_which_people(text: str) -> None:
    assert lone_number(text) == 2


@pytest.mark.parametrize("text", ["2口", "一共2个", "2个在外", "2个娃", "五六个", "3个2个", "在家"])
def test_a_number_with_its_people_is_none_alone(text: str) -> None:
    assert lone_number(text) is None


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("在家", Field.PRESENT),
        ("在家的", Field.PRESENT),
        ("家里的", Field.PRESENT),
        ("在外地", Field.AWAY),
        ("都在外面打工", Field.AWAY),
        ("一共", Field.TOTAL),
        ("我家一共", Field.TOTAL),
        ("走了", None),
        ("不在了", None),
        ("在家在外", None),
        ("我家", None),
        ("你好", None),
        ("", None),
    ],
)
def test_the_people_a_number_meant_are_told_by_a_word(text: str, field: Field | None) -> None:
    assert which_people(text) is field


@pytest.mark.parametrize(
    ("before", "said", "both"),
    [
        (Headcount(present=3), Headcount(total=5), Headcount(5, 3, 2)),
        (Headcount(present=3), Headcount(away=2), Headcount(5, 3, 2)),
        (Headcount(children=1), Headcount(total=4), Headcount(4, children=1)),
        (Headcount(away=2), Headcount(elderly=1), Headcount(away=2, elderly=1)),
    ],
)
def test_two_parts_of_an_answer_are_put_together(before: Headcount, said: Headcount, both: Headcount) -> None:
    assert joined(before, said) == both
