"""我们这是啥风险区: the level that the office keeps for a place, never a guess."""

import pytest

from bot.runtime import Runtime
from bot.store import areas
from bot.store.areas import Risk
from tests.scenarios.phone import Phone


@pytest.mark.parametrize(
    "words", ["我们这是啥风险区", "我们村是不是高风险", "我家算不算高风险区", "我们县现在什么风险等级"]
)
def test_who_lives_in_a_closed_county_is_told_so(villager: Phone, words: str) -> None:
    reply = villager.says(words)

    assert "现在按高风险区管" in reply
    assert "通渭县" in reply
    assert "截至2022年7月14日" in reply


def test_who_asks_of_a_level_that_does_not_hold_is_told_which_does(townsman: Phone) -> None:
    assert "现在不按高风险区管，按低风险区管" in townsman.says("我们社区是高风险吗？")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("临洮现在啥风险", "临洮县现在按高风险区管"),
        ("陇西县是高风险区吗", "陇西县现在不按高风险区管，按低风险区管"),
        ("陇西高风险区有哪些", "陇西县现在没有登记的高风险区"),
        ("高风险区有哪些", "定西市里按高风险区管的有：通渭县、临洮县"),
        ("哪里是高风险区", "定西市里按高风险区管的有：通渭县、临洮县"),
        ("高风险区在哪", "定西市里按高风险区管的有：通渭县、临洮县"),
        ("现在哪里有高风险", "定西市里按高风险区管的有：通渭县、临洮县"),
        ("哪里有高风险区", "定西市里按高风险区管的有：通渭县、临洮县"),
        ("定西有没有中风险区", "定西市现在没有登记的中风险区"),
        ("平襄镇的风险等级是什么", "通渭县平襄镇现在按高风险区管"),
    ],
)
def test_who_lives_nowhere_we_know_may_ask_of_a_place_by_name(phone: Phone, words: str, told: str) -> None:
    assert told in phone.says(words)


def test_who_has_not_said_where_they_live_is_asked_and_then_told(phone: Phone) -> None:
    asked = phone.says("我们村是高风险吗")

    assert "先告诉我您在哪儿" in asked
    assert "1. 安定区" in asked

    told = phone.says("平襄镇城关村")

    assert "通渭县平襄镇城关村" in told
    assert "现在按高风险区管" in told


def test_a_village_with_a_level_of_its_own_is_named_in_its_county(phone: Phone, runtime: Runtime) -> None:
    with runtime.database.transaction() as session:
        areas.change_risk(session, "621102001003", Risk.HIGH, seen=None)
    runtime.places.refresh()

    reply = phone.says("安定区是啥风险区")

    assert "安定区现在按低风险区管" in reply
    assert "安定区里按高风险区管的有：安定区" in reply


@pytest.mark.parametrize(
    "words",
    [
        "什么叫高风险区",
        "高风险区能出门吗",
        "兰州是高风险区吗",
        "我们村是高风险区",
        "听说临洮是高风险区吗",
        "低风险区有哪些规定",
    ],
)
def test_what_the_office_does_not_keep_or_nobody_asked_is_no_level(phone: Phone, words: str) -> None:
    assert "风险区管" not in phone.says(words)


@pytest.mark.parametrize("words", ["风险区是什么", "风险等级是什么", "风险区是啥"])
def test_who_asks_what_the_word_means_is_told_no_level(villager: Phone, words: str) -> None:
    assert "风险区管" not in villager.says(words)


def test_where_no_level_is_kept_nothing_is_said_of_levels(phone: Phone, runtime: Runtime) -> None:
    with runtime.database.transaction() as session:
        for area in runtime.places.get().tree:
            if area.risk:
                areas.change_risk(session, area.code, None, seen=area.risk)
    runtime.places.refresh()

    assert "登记的" not in phone.says("高风险区有哪些")
