"""What a text means when negations, rhetoric and denying questions are resolved."""

import pytest

from knowledge.contradiction import differences
from knowledge.contrast_table import contrast_table
from knowledge.marks import need_of
from knowledge.places import Places
from knowledge.utterance import read_utterance

NOWHERE = Places()


def test_a_rewriting_applies_also_to_what_an_earlier_one_made() -> None:
    assert read_utterance("嫑不戴口罩").plain == read_utterance("必须戴口罩").plain


def test_a_rewriting_applies_once() -> None:
    assert read_utterance("能不能不").plain.count("?") == 1


def test_a_text_that_denies_nothing_is_meant_as_it_stands() -> None:
    assert read_utterance("明天城关镇做核酸").plain == "明天城关镇做核酸"


def test_of_every_rewriting_it_is_known_what_a_text_must_hold_for_it() -> None:
    assert [pattern for pattern, _ in contrast_table()["speech"]["rewritings"] if not need_of(pattern)] == []


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("超市今晚不停止营业", "超市今晚停止营业"),
        ("浴池没有停止营业", "浴池停止营业了"),
        ("加油站不会停止加油", "加油站停止加油"),
        ("班车未暂停发车", "班车暂停发车"),
        ("县城明天解封不了", "县城明天解封"),
        ("汽车站停不了运", "汽车站停运"),
        ("后天学校停不了课", "后天学校停课"),
        ("初三下周开不了学", "初三下周开学"),
        ("打了针得不了糖尿病", "打了针得糖尿病"),
        ("戴口罩染不上新冠", "戴口罩会染上新冠"),
        ("打疫苗不影响生娃", "打疫苗不能生娃"),
        ("登记不耽误领结婚证", "登记了不能领结婚证"),
        ("封控期间领得了结婚证", "封控期间领不了结婚证"),
    ],
)
def test_what_does_not_stop_or_cannot_come_about_is_the_opposite(left: str, right: str) -> None:
    assert differences(left, right, places=NOWHERE)
    assert differences(right, left, places=NOWHERE)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("澡堂不是不停止营业", "澡堂停止营业"),
        ("澡堂不得不停止营业", "澡堂停止营业"),
        ("澡堂没停止营业", "澡堂照常营业"),
        ("澡堂停止营业", "澡堂停业"),
        ("汽车站停不了运", "汽车站不会停运"),
        ("县城明天解封不了", "县城明天不能解封"),
        ("打了针生不了娃", "打了针不能生娃"),
        ("打疫苗不影响生娃", "打疫苗能生娃"),
        ("吃蒜染不上新冠", "吃蒜不会染上新冠"),
        ("证明开不了咋办", "证明咋开"),
    ],
)
def test_what_does_not_stop_or_cannot_come_about_is_the_same_in_other_words(left: str, right: str) -> None:
    assert differences(left, right, places=NOWHERE) == ()
    assert differences(right, left, places=NOWHERE) == ()


@pytest.mark.parametrize("text", ["卡口有人没人值班", "那里有人没人"])
def test_whether_there_is_somebody_is_asked(text: str) -> None:
    assert read_utterance(text).any_question


def test_that_nobody_cares_is_told() -> None:
    assert not read_utterance("老人没人管").any_question
