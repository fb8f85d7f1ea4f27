"""A feast is over and somebody caught it there: the way of a close contact, not the rules for feasts."""

import pytest

from tests.scenarios.phone import Phone

CLOSE_CONTACT = "我可能是密接"
CAUGHT_THERE = (
    "婚礼办完了，有个客人阳了咋办",
    "婚礼办完了客人要隔离不",
    "丧事办完了，帮忙的人阳了咋办",
    "埋完人了，有亲戚确诊了，我们要隔离吗",
    "席办完了，有个客人阳了",
    "喜事过完了有人是密接",
    "出殡完了要不要做核酸",
    "昨天娃结婚，今天司仪阳了",
    "我参加葬礼回来发烧了",
    "我去吃席，同桌的人阳了",
    "前天给儿子娶媳妇，今早厨子测出阳性",
    "满月酒席散了，我姐发烧了",
)
STILL_TO_COME = (
    "娃下个月结婚，亲戚阳了能来不",
    "我姑娘出嫁，客人要做核酸吗",
    "参加婚礼要做核酸吗",
    "结婚的日子定了，新郎阳了还办不办",
)


@pytest.mark.parametrize("words", CAUGHT_THERE, ids=range(len(CAUGHT_THERE)))
def test_who_was_at_a_feast_with_somebody_infected_is_shown_what_a_contact_does(
    townsman: Phone, words: str
) -> None:
    reply = townsman.says(words)

    assert CLOSE_CONTACT in reply
    assert "恭喜" not in reply
    assert "提示】" not in reply


@pytest.mark.parametrize("words", STILL_TO_COME, ids=range(len(STILL_TO_COME)))
def test_what_is_asked_of_a_feast_to_come_is_asked_of_the_feast(townsman: Phone, words: str) -> None:
    assert CLOSE_CONTACT not in townsman.says(words)


def test_a_death_of_today_is_met_with_sympathy_whoever_is_infected(townsman: Phone) -> None:
    assert "节哀" in townsman.says("我妈昨晚去世了，吹唢呐的人阳了，席办完了咋办")
