"""A choice however villagers write it; and what might mean two things is no choice."""

import pytest

from bot.handlers.picking import is_no, is_none, is_yes, numbered, picked, picked_number, picks_line
from knowledge.text import normalise

ENDS = " ,.!?;:~、。，！？；：…"
OFFERED = ("核酸检测在哪里做", "回村要不要报备", "快递能不能进小区")


def plain(words: str) -> str:
    """As a handler's context has it."""
    return normalise(words).strip(ENDS)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("1", 1),
        ("１", 1),
        ("①", 1),
        ("1.", 1),
        ("2、", 2),
        ("12", 12),
        ("一", 1),
        ("二", 2),
        ("两", 2),
        ("三。", 3),
        ("十", 10),
        ("十二", 12),
        ("选3", 3),
        ("选三", 3),
        ("我选第二个", 2),
        ("第一", 1),
        ("第 1 个", 1),
        ("第1个吧", 1),
        ("就第三条", 3),
        ("要第二个", 2),
        ("2号", 2),
        ("回3", 3),
        ("三四", None),
        ("123", None),
        ("1和2", None),
        ("我家3口人", None),
        ("一起", None),
        ("", None),
    ],
)
def test_a_number_is_read_however_it_is_written(words: str, number: int | None) -> None:
    assert picked_number(plain(words)) == number


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("1", 0),
        ("三", 2),
        ("回村要不要报备", 1),
        ("回村要不要報備？", 1),
        ("回村要不要报备呢", 1),
        ("快递能进小区不", 2),
        ("4", None),
        ("0", None),
        ("孩子能上学吗", None),
    ],
)
def test_what_was_offered_is_picked_by_number_or_by_its_words(words: str, place: int | None) -> None:
    assert picked(plain(words), OFFERED) == place


def test_the_very_words_win_over_what_is_only_alike() -> None:
    assert picked("和平一村", ["和平二村", "和平一村"]) == 1


def test_a_name_that_two_choices_share_picks_neither() -> None:
    """Two villages of one name, one of them closed: the first in the list is as likely wrong as right."""
    assert picked("和平村", ["和平村", "和平村"]) is None


def test_words_as_near_to_two_choices_pick_neither() -> None:
    assert picked("核酸检测几点做", ["核酸检测几天做", "核酸检测几人做"]) is None


@pytest.mark.parametrize("words", ["都不是", "都不对。", "没有", "0", "４", "四", "第四个"])
def test_none_of_these_in_words_or_as_the_last_number(words: str) -> None:
    assert is_none(plain(words), 3)


@pytest.mark.parametrize("words", ["1", "三", "都是", "5"])
def test_a_choice_is_not_none_of_these(words: str) -> None:
    assert not is_none(plain(words), 3)


@pytest.mark.parametrize(
    "words",
    [
        "1",
        "１",
        "一",
        "对",
        "對",
        "对的",
        "对对对",
        "是",
        "嗯嗯",
        "好的！",
        "OK",
        "确认",
        "确定",
        "没问题",
        "能行",
        "对着哩",
    ],
)
def test_yes_as_people_say_it(words: str) -> None:
    assert is_yes(plain(words))
    assert not is_no(plain(words))


@pytest.mark.parametrize("words", ["2", "二", "不", "不对", "不是的", "错了", "不用", "重填", "NO"])
def test_no_as_people_say_it(words: str) -> None:
    assert is_no(plain(words))
    assert not is_yes(plain(words))


@pytest.mark.parametrize("words", ["3", "对不对", "是不是要封了", "不知道", "好像不对", ""])
def test_what_is_neither_is_neither(words: str) -> None:
    assert not is_yes(plain(words))
    assert not is_no(plain(words))


def test_choices_are_numbered_from_one() -> None:
    assert numbered(["甲", "乙"]) == "1. 甲\n2. 乙"


@pytest.mark.parametrize("words", ["2", "第二个", "选2", "二", "2号"])
def test_some_numbers_can_only_be_lines(words: str) -> None:
    assert picks_line(plain(words))


@pytest.mark.parametrize("words", ["2个", "两个", "俩", "两个人", "核酸"])
def test_others_may_be_people(words: str) -> None:
    assert not picks_line(plain(words))
