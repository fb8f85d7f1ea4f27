"""A household's numbers that were left for something else end: called off, lapsed, out of place, deleted, or confirmed."""

import pytest

from bot.runtime import Runtime
from tests.clocks import TestClock
from tests.scenarios.phone import Phone
from tests.scenarios.test_headcount_interrupted import (
    ANOTHER_QUESTION,
    LIST,
    NUMBERS,
    QUESTION,
    STILL_OPEN,
    last_of,
    stored,
)

DANGER = "我不想活了"


@pytest.mark.parametrize("word", ["取消", "算了", "不报了", "先不报了", "人数不报了"])
@pytest.mark.parametrize("between", [(), (QUESTION,), (LIST,)], ids=["at once", "question", "list"])
def test_who_calls_it_off_is_told_so_and_nothing_is_left(
    villager: Phone, runtime: Runtime, between: tuple[str, ...], word: str
) -> None:
    told = last_of(villager, NUMBERS, *between, word)

    assert "这次说的人数没有登记" in told
    assert STILL_OPEN not in told
    assert last_of(villager, "取消") == "现在没有正在办的事。想问什么，直接说。"
    last_of(villager, "对", "2个", "人数对")
    assert stored(runtime) == []


def test_calling_off_the_deletion_leaves_the_numbers(villager: Phone, runtime: Runtime) -> None:
    assert "登记好了" in last_of(villager, NUMBERS, "删除", "不删了", "对")
    assert stored(runtime) == [(5, 2)]


def test_no_word_about_numbers_is_called_off_where_none_wait(villager: Phone) -> None:
    assert "没有登记" not in villager.says("不报了")


@pytest.mark.parametrize("word", ["对", "2个", "人数对", "2个在外地"])
def test_it_lapses_after_its_own_quarter_of_an_hour(
    villager: Phone, runtime: Runtime, clock: TestClock, word: str
) -> None:
    """Questions in between do not lengthen it."""
    villager.says("我家5口人")
    clock.advance(minutes=10)
    villager.says(QUESTION)
    clock.advance(minutes=6)

    assert "一共5人" not in villager.says(word)
    assert stored(runtime) == []


def test_what_has_lapsed_is_not_called_to_mind(villager: Phone, clock: TestClock) -> None:
    for words in (NUMBERS, "人工"):  # which takes the next word, whatever it is
        villager.says(words)
    clock.advance(minutes=16)

    assert STILL_OPEN not in villager.says(QUESTION)


def test_within_it_there_is_time_to_come_back(villager: Phone, runtime: Runtime, clock: TestClock) -> None:
    villager.says(NUMBERS)
    clock.advance(minutes=10)
    villager.says(QUESTION)
    clock.advance(minutes=4)

    assert "登记好了" in villager.says("对")
    assert stored(runtime) == [(5, 2)]


def test_what_was_confirmed_too_late_is_asked_for_anew(villager: Phone, clock: TestClock) -> None:
    villager.says(NUMBERS)
    clock.advance(minutes=16)

    assert "几个在外地" in villager.says("人数对")


@pytest.mark.parametrize("words", [DANGER, "我爸胸口疼得喘不上气"], ids=["self harm", "medical"])
@pytest.mark.parametrize("between", [(), (QUESTION,)], ids=["at once", "after a question"])
def test_in_danger_nobody_hears_of_numbers_any_more(
    villager: Phone, runtime: Runtime, between: tuple[str, ...], words: str
) -> None:
    told = last_of(villager, NUMBERS, *between, words)
    after = [villager.says(said) for said in ("对", QUESTION)]

    assert "120" in told
    assert STILL_OPEN not in told
    assert not any(STILL_OPEN in reply for reply in after)
    assert stored(runtime) == []


def test_nor_does_who_mourns(villager: Phone, runtime: Runtime) -> None:
    told = last_of(villager, NUMBERS, "我爸去世了")
    after = last_of(villager, QUESTION, "对")

    assert "节哀" in told
    assert STILL_OPEN not in told
    assert "登记好了" not in after
    assert stored(runtime) == []


def test_deletion_takes_it_along(villager: Phone, runtime: Runtime) -> None:
    told = last_of(villager, NUMBERS, "删除", "确认删除")
    villager.says("对")

    assert STILL_OPEN not in told
    assert stored(runtime) == []


def test_what_was_confirmed_is_not_open_any_more(villager: Phone, runtime: Runtime) -> None:
    assert STILL_OPEN not in last_of(villager, NUMBERS, "对", QUESTION)
    assert STILL_OPEN not in last_of(villager, "我家6口人,2个在外地", QUESTION, "对", ANOTHER_QUESTION)
    villager.says("对")
    assert stored(runtime) == [(5, 2), (6, 2)]
