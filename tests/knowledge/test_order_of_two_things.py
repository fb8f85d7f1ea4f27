import pytest

from knowledge.contradiction import differences
from knowledge.places import Places


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("抗原阳了还用做核酸不", "核酸阳性后要测抗原吗"),
        ("先去的医院后头才逛的超市", "先去超市后去医院"),
        ("外省的车能进本县不", "本县的车能去外省吗"),
        ("低保户能领临时救助不", "领了临时救助还能申请低保吗"),
    ],
)
def test_two_things_of_a_kind_the_other_way_round_are_something_else(left: str, right: str) -> None:
    assert differences(left, right, places=Places())
    assert differences(right, left, places=Places())


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("抗原和核酸都要做", "核酸抗原都要做"),
        ("能出不能进", "不能进能出"),
        ("乡里跟城里一样停课", "城里和乡里都停课"),
        ("有病人打了李医生", "李医生被病人打了"),
    ],
)
def test_the_order_of_what_is_only_named_together_says_nothing(left: str, right: str) -> None:
    assert differences(left, right, places=Places()) == ()
    assert differences(right, left, places=Places()) == ()


@pytest.mark.parametrize(
    "words",
    ["95%的酒精没75%的好", "95%的酒精不如75%的", "95%的酒精比不上75%的", "75%的酒精比95%的好"],
)
def test_less_than_is_more_than_the_other_way_round(words: str) -> None:
    assert differences(words, "95%的酒精比75%的消毒效果更好", places=Places())
    assert differences(words, "75%的酒精不如95%的管用", places=Places())


@pytest.mark.parametrize("words", ["95%的酒精比75%的好", "75%的酒精没有95%的管用", "75%的酒精赶不上95%的"])
def test_less_than_the_other_way_round_is_more_than(words: str) -> None:
    assert differences(words, "95%的酒精比75%的消毒效果更好", places=Places()) == ()
