"""Who tells of a fever in the words of a fire raises no alarm, by no way that there is to raise one."""

import pytest

from tests.scenarios.phone import Phone

ALARMS = ("119", "有危险")


@pytest.mark.parametrize(
    "words",
    [
        "娃烧起来了",
        "我儿子昨晚烧起来了",
        "半夜娃烧起来了咋办",
        "奶奶打完针又烧起来咧",
        "打完疫苗我烧起来了",
    ],
    ids=range(5),
)
def test_a_fever_in_the_words_of_a_fire_raises_no_alarm(townsman: Phone, words: str) -> None:
    reply = townsman.says(words)

    assert not any(alarm in reply for alarm in ALARMS)


@pytest.mark.parametrize("words", ["娃烧得烫手", "娃烧开了咋办", "老人烧上来了"], ids=range(3))
def test_a_fever_in_its_own_words_raises_none_either(townsman: Phone, words: str) -> None:
    reply = townsman.says(words)

    assert not any(alarm in reply for alarm in ALARMS)


def test_whose_house_burns_is_sent_the_fire_brigade(townsman: Phone) -> None:
    assert "119" in townsman.says("娃在屋里，房子烧起来了")
