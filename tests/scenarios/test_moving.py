"""Saying where one lives in one's own words: settled and moved binds at once, merely being there is asked back."""

import pytest
from sqlalchemy import select

from bot.runtime import Runtime
from bot.store.tables import ResidentRow
from tests.clocks import TestClock
from tests.scenarios.phone import Phone

VILLAGE, STREET, HAMLET = "621121100201", "621102001003", "621126101224"


def community(runtime: Runtime) -> str | None:
    with runtime.database.reading() as session:
        return session.scalar(select(ResidentRow.community_code))


@pytest.mark.parametrize(
    "words",
    [
        "我搬到安定区北街社区了",
        "我们搬到北街社区了",
        "我家搬到北街社区住了",
        "我已经搬家到安定区北街社区啦",
        "我搬来北街社区了",
        "我从城关村搬到北街社区了",
        "我现在住安定区北街社区",
        "我不在城关村了 搬到北街社区",
        "我不住城关村了，我们搬到北街社区了",
        "我不在城关村了，现在住北街社区",
    ],
    ids=range(10),
)
def test_whoever_says_they_moved_belongs_to_the_new_place(
    villager: Phone, runtime: Runtime, words: str
) -> None:
    assert "记下了：您在安定区中华路街道北街社区" in villager.says(words)
    assert community(runtime) == STREET


def test_a_move_to_a_county_asks_where_in_it(villager: Phone, runtime: Runtime) -> None:
    asked = villager.says("我搬到安定区了")

    assert "请选您在哪儿" in asked
    assert "中华路街道" in asked
    assert community(runtime) == VILLAGE


def test_a_move_to_a_name_that_several_places_have_asks_which(townsman: Phone, runtime: Runtime) -> None:
    assert "不止一个" in townsman.says("我们搬到城关村了")
    assert community(runtime) == STREET


@pytest.mark.parametrize(
    "words",
    [
        "我娃搬到兰州了",
        "我娃搬到北街社区了",
        "我搬到兰州了",
        "我搬到火星村了",
        "我想搬到新房里办席行不行",
        "我想搬到北街社区",
        "我要搬到北街社区，要报备吗",
        "我没搬到北街社区",
        "核酸点搬到北街社区了",
        "我不在城关村了",
    ],
    ids=range(10),
)
def test_what_tells_of_no_move_of_ones_own_binds_nobody(
    villager: Phone, runtime: Runtime, words: str
) -> None:
    reply = villager.says(words)

    assert "记下了" not in reply
    assert "您住在" not in reply
    assert community(runtime) == VILLAGE


@pytest.mark.parametrize(
    "words", ["我在李家沟", "我们现在在李家沟村", "我就在岷县李家沟", "搬到李家沟了"], ids=range(4)
)
@pytest.mark.parametrize("yes", ["1", "是的", "住这儿", "我就住在这里"], ids=range(4))
def test_being_somewhere_is_asked_back_and_bound_by_a_yes(
    phone: Phone, runtime: Runtime, words: str, yes: str
) -> None:
    asked = phone.says(words)
    before = community(runtime)

    assert "您住在岷县" in asked
    assert "李家沟村吗" in asked
    assert before is None
    assert "记下了" in phone.says(yes)
    assert community(runtime) == HAMLET


@pytest.mark.parametrize("no", ["2", "不是", "不住这儿", "只是路过", "走亲戚"], ids=range(5))
def test_a_visitor_stays_where_they_belong(villager: Phone, runtime: Runtime, no: str) -> None:
    villager.says("我在李家沟")

    assert "仍按通渭县平襄镇城关村回答您" in villager.says(no)
    assert community(runtime) == VILLAGE


def test_a_visitor_of_no_known_community_is_told_how_to_say_it(phone: Phone, runtime: Runtime) -> None:
    phone.says("我在李家沟")

    assert "我的社区" in phone.says("2")
    assert community(runtime) is None


def test_being_where_one_belongs_is_not_asked_about(villager: Phone, runtime: Runtime) -> None:
    assert "记下了：您在通渭县平襄镇城关村" in villager.says("我在城关村")
    assert "记下了：您在通渭县平襄镇城关村" in villager.says("我在通渭县")
    assert community(runtime) == VILLAGE


def test_being_in_a_larger_place_asks_first_and_then_where_in_it(phone: Phone) -> None:
    assert "您住在安定区吗" in phone.says("我在安定区")
    assert "中华路街道" in phone.says("1")


def test_being_in_a_place_of_a_common_name_asks_first_and_then_which(phone: Phone, runtime: Runtime) -> None:
    assert "您住在城关村吗" in phone.says("我在城关村")
    assert "不止一个" in phone.says("是")
    assert "记下了" in phone.says("1")
    assert community(runtime) == VILLAGE


def test_another_place_instead_of_a_yes_is_taken(phone: Phone, runtime: Runtime) -> None:
    phone.says("我在李家沟")

    assert "北街社区" in phone.says("不是，我住在北街社区")
    assert community(runtime) == STREET


def test_while_the_place_is_chosen_being_there_is_living_there(phone: Phone, runtime: Runtime) -> None:
    phone.says("我的社区")

    assert "记下了" in phone.says("我在李家沟")
    assert community(runtime) == HAMLET


def test_a_yes_after_a_quarter_of_an_hour_binds_nobody(
    phone: Phone, runtime: Runtime, clock: TestClock
) -> None:
    phone.says("我在李家沟")
    clock.advance(minutes=16)

    phone.says("1")

    assert community(runtime) is None
