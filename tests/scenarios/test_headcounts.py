"""我家5口人,2个在外地: notice, echo, confirm, change, receipt."""

import pytest
from sqlalchemy import select

from bot.runtime import Runtime
from bot.store.tables import HeadcountRow
from tests.clocks import TestClock
from tests.scenarios.phone import Phone


def rows(runtime: Runtime) -> list[tuple[int, int | None, str, str | None]]:
    with runtime.database.reading() as session:
        found = session.scalars(select(HeadcountRow).order_by(HeadcountRow.id))
        return [(row.total, row.away, row.state, row.community_code) for row in found]


def test_the_notice_comes_first_and_once(villager: Phone) -> None:
    first = villager.says("我家5口人,2个在外地")
    villager.says("对")
    second = villager.says("我家6口人,2个在外地")

    assert first.startswith("【先说明】")
    assert "先说明" not in second


def test_what_was_understood_is_said_back_before_anything_is_stored(
    villager: Phone, runtime: Runtime
) -> None:
    echo = villager.says("我家5口人,2个在外地")

    assert "一共5人，在家3人，在外2人" in echo
    assert rows(runtime) == []


@pytest.mark.parametrize("yes", ["1", "１", "对", "是的", "對", "没错！"], ids=range(6))
def test_a_yes_in_any_form_stores_it_and_gives_a_receipt(villager: Phone, runtime: Runtime, yes: str) -> None:
    villager.says("我家5口人,2个在外地")

    receipt = villager.says(yes)

    assert "登记好了" in receipt
    assert rows(runtime) == [(5, 2, "confirmed", "621121100201")]


def test_saying_it_anew_replaces_what_was_understood(villager: Phone, runtime: Runtime) -> None:
    villager.says("我家5口人,2个在外地")

    villager.says("不对")
    villager.says("我家4口人，1个在外地")
    villager.says("对")

    assert rows(runtime) == [(4, 1, "confirmed", "621121100201")]


@pytest.mark.parametrize(
    ("correction", "figures"),
    [
        ("错了是6口人", "一共6人，在家4人，在外2人"),
        ("不对，是七个人，把我妈忘了", "一共7人，在家5人，在外2人"),
        ("不对，是三个在外头", "一共5人，在家2人，在外3人"),
        ("刚才说错了在外地的是一个不是两个", "一共5人，在家4人，在外1人"),
    ],
    ids=["all", "forgotten", "away", "not two"],
)
def test_a_correction_leaves_the_other_figures_alone(villager: Phone, correction: str, figures: str) -> None:
    villager.says("我家5口人,2个在外地")

    assert figures in villager.says(correction)


def test_who_joins_a_household_leaves_those_away_as_they_were(villager: Phone) -> None:
    for words in ("我家5口人,2个在外地", "对"):
        villager.says(words)

    assert "一共6人，在家4人，在外2人" in villager.says("家里添了个娃，六口人了")


def test_a_correction_that_cannot_be_is_asked_about(villager: Phone) -> None:
    villager.says("我家5口人,2个在外地")

    assert "对不上" in villager.says("错了，是6个在外地")


def test_children_and_the_old_are_named_together(villager: Phone) -> None:
    assert "，其中孩子1人、老人1人，" in villager.says("我家5口人,2个在外,1个娃1个老人")


def test_a_change_keeps_the_old_answer_as_superseded(villager: Phone, runtime: Runtime) -> None:
    for answer in ("我家5口人,2个在外地", "对", "我家5口人，都在家", "对"):
        last = villager.says(answer)

    assert "原来" in last
    assert [(total, away, state) for total, away, state, _ in rows(runtime)] == [
        (5, 2, "superseded"),
        (5, 0, "confirmed"),
    ]


def test_the_same_answer_again_is_not_counted_twice(villager: Phone, runtime: Runtime) -> None:
    for answer in ("我家5口人,2个在外地", "对"):
        villager.says(answer)

    again = villager.says("我家5口人,2个在外地")

    assert "已经登记过" in again
    assert len(rows(runtime)) == 1


def test_figures_that_clash_are_asked_about(villager: Phone, runtime: Runtime) -> None:
    asked = villager.says("我家5口人，在家4个，外地3个")

    assert "对不上" in asked
    assert rows(runtime) == []


def test_a_resident_of_no_known_community_is_asked_for_it_afterwards(phone: Phone, runtime: Runtime) -> None:
    phone.follows()
    phone.says("我家5口人,2个在外地")

    receipt = phone.says("对")
    phone.says("我在平襄镇城关村")

    assert "请选您在哪儿" in receipt
    assert rows(runtime) == [(5, 2, "confirmed", "621121100201")]


def test_a_yes_after_a_quarter_of_an_hour_confirms_nothing(
    villager: Phone, runtime: Runtime, clock: TestClock
) -> None:
    villager.says("我家5口人,2个在外地")
    clock.advance(minutes=16)

    villager.says("对")

    assert rows(runtime) == []


@pytest.mark.parametrize(
    "words", ["取消", "不报了", "我不想活了"], ids=["cancelling", "calling off", "danger"]
)
def test_a_headcount_is_no_trap(villager: Phone, runtime: Runtime, words: str) -> None:
    villager.says("我家5口人,2个在外地")
    villager.says(words)

    villager.says("对")

    assert rows(runtime) == []


def test_a_question_with_people_in_it_is_no_headcount(villager: Phone, runtime: Runtime) -> None:
    reply = villager.says("我家5口人能领几份救助")

    assert "记为" not in reply
    assert rows(runtime) == []


@pytest.mark.parametrize(
    "words",
    [
        "我娃在陇西上学",
        "我娃在兰州上大学呢",
        "我的娃在陇西念书",
        "我大娃在兰州念大学",
        "我孙子在县城上学",
        "我娃上学",
    ],
    ids=range(6),
)
def test_a_child_at_school_begins_no_headcount(villager: Phone, runtime: Runtime, words: str) -> None:
    reply = villager.says(words)

    assert "先说明" not in reply
    assert "记为" not in reply
    villager.says("对")
    assert rows(runtime) == []


@pytest.mark.parametrize(
    "words", ["我娃在陇西上学没回来", "我娃在外地上学", "我家5口人，娃在陇西上学"], ids=range(3)
)
def test_who_is_away_still_begins_one(villager: Phone, words: str) -> None:
    assert villager.says(words).startswith("【先说明】")


def test_a_child_at_school_is_one_person_away_once_numbers_are_asked_for(villager: Phone) -> None:
    villager.says("我家5口人")

    assert "一共5人，在家4人，在外1人，其中孩子1人" in villager.says("我娃在陇西上学")


@pytest.mark.parametrize("words", ["我娃在陇西上学", "我娃在陇西上学没回来"], ids=range(2))
def test_a_child_told_of_later_is_one_of_those_away(villager: Phone, words: str) -> None:
    villager.says("我家5口人,2个在外地")

    assert "一共5人，在家3人，在外2人，其中孩子1人" in villager.says(words)


def test_a_child_told_of_later_is_one_of_the_children(villager: Phone) -> None:
    villager.says("我家5口人,2个娃")

    assert "一共5人，在家4人，在外1人，其中孩子2人" in villager.says("我娃在陇西上学")


def last_of(phone: Phone, *words: str) -> str:
    return [phone.says(said) for said in words][-1]


@pytest.mark.parametrize("number", ["2个", "俩", "3个人", "家里3个"])
def test_a_bare_number_after_a_total_is_asked_about(villager: Phone, runtime: Runtime, number: str) -> None:
    asked = last_of(villager, "5口人", number)
    again = villager.says("对")

    assert "在家的，还是在外地的" in asked
    assert "在家的，还是在外地的" in again
    assert rows(runtime) == []


@pytest.mark.parametrize(
    ("word", "figures"),
    [
        ("在外面", "一共5人，在家3人，在外2人"),
        ("在家的", "一共5人，在家2人，在外3人"),
        ("一共", "记为：一共2人，"),
        ("2个在外", "一共5人，在家3人，在外2人"),
        ("一共2个", "记为：一共2人，"),
    ],
)
def test_a_word_tells_which_people_a_number_meant(villager: Phone, word: str, figures: str) -> None:
    assert figures in last_of(villager, "5口人", "2个", word)


@pytest.mark.parametrize("number", ["6个", "不对 3个", "是3个", "5个"])
def test_a_bare_number_that_can_only_be_the_total_is_said_back(villager: Phone, number: str) -> None:
    total = next(digit for digit in number if digit.isdecimal())

    assert f"记为：一共{total}人，" in last_of(villager, "5口人", number)


@pytest.mark.parametrize(
    "correction",
    [
        "不是 3个在外地",
        "不是，3个在外地",
        "不是2个在外 3个在外",
        "不对，3个在外",
        "说错了 3个在外",
        "是3个在外地",
    ],
)
def test_a_no_with_the_right_number_changes_what_waits(
    villager: Phone, runtime: Runtime, correction: str
) -> None:
    echo = last_of(villager, "我家5口人,2个在外地", correction)
    villager.says("对")

    assert "一共5人，在家2人，在外3人" in echo
    assert [(total, away) for total, away, _, _ in rows(runtime)] == [(5, 3)]


@pytest.mark.parametrize("correction", ["是3个", "不对 3个", "不是 3个人"])
def test_a_correction_that_leaves_open_which_number_is_asked_about(villager: Phone, correction: str) -> None:
    assert "在家的，还是在外地的" in last_of(villager, "我家5口人,2个在外地", correction)
    assert "一共5人，在家2人，在外3人" in villager.says("在外的")


def test_after_a_no_the_right_number_may_come_by_itself(villager: Phone, runtime: Runtime) -> None:
    asked = last_of(villager, "我家5口人,2个在外地", "不对", "对")
    echo = villager.says("3个在外地")

    assert "重新说一遍" in asked
    assert "一共5人，在家2人，在外3人" in echo
    assert rows(runtime) == []


def test_denying_the_number_that_waits_asks_for_the_right_one(villager: Phone) -> None:
    assert "重新说一遍" in last_of(villager, "我家5口人,2个在外地", "不是2个在外地")


@pytest.mark.parametrize("total", ["5个人", "一共5口人"])
def test_who_is_home_is_kept_until_the_total_is_told(villager: Phone, total: str) -> None:
    assert "一共5人，在家3人，在外2人" in last_of(villager, "家里在的3个", total)


def test_a_part_that_was_denied_is_not_kept(villager: Phone) -> None:
    assert "记为：一共5人，对吗" in last_of(villager, "家里在的3个", "不对", "5口人")


def test_the_two_parts_told_one_by_one_make_the_total(villager: Phone) -> None:
    assert "一共5人，在家3人，在外2人" in last_of(villager, "家里在的3个", "2个在外")


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("我家两户 一户3口一户4口", "只说您自己这一户"),
        ("我家五口人 昨天走了一个", "请您节哀"),
        ("我家5.5口人", "说个准数"),
    ],
)
def test_what_must_not_be_counted_silently_is_asked_about(
    villager: Phone, runtime: Runtime, words: str, asked: str
) -> None:
    assert asked in villager.says(words)
    villager.says("对")
    assert rows(runtime) == []


def test_a_bare_number_of_people_begins_no_headcount(villager: Phone) -> None:
    assert "记为" not in villager.says("3个人")
    assert "记为：一共3人" in last_of(villager, "怎么报人数", "3个人")
