import pytest

from knowledge.contradiction import differences
from knowledge.places import Places


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("娶媳妇的要报备，埋人的不用", "办丧事要报备，办喜事不用报备"),
        ("进院子查码，出院子的不查", "出院子查码，进院子不查"),
        ("自来水晚上停，白天不停", "自来水白天停，晚上不停"),
        ("大棚菜能拉出去，活猪不让", "活猪能拉出去，大棚菜不让拉"),
        ("抗原当天出结果，核酸等2天", "核酸当天出结果，抗原等2天"),
    ],
)
def test_what_is_said_of_one_thing_and_what_is_said_of_the_other_may_be_exchanged(
    left: str, right: str
) -> None:
    assert differences(left, right, places=Places())
    assert differences(right, left, places=Places())


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("埋人的不用报备，娶媳妇的要报备", "办喜事要报备，办丧事不用"),
        ("村里封了，只让出不让进", "只让出不让进，村里封了"),
        ("药材市场有阳性，关门了，黄芪卖不成", "药材市场关了，黄芪不能卖，有阳性"),
        ("现在酒席办不成，订金退不退", "酒席订金能退吗，现在办不了"),
    ],
)
def test_clauses_in_another_order_say_the_same(left: str, right: str) -> None:
    assert differences(left, right, places=Places()) == ()
    assert differences(right, left, places=Places()) == ()


def test_what_is_said_of_one_thing_is_told_beside_what_the_other_says_of_it() -> None:
    said = differences("三轮能进城，面包车不让进", "面包车能进城，三轮不让进", places=Places())

    assert said == ("一个说“3轮进城”，一个说“3轮不进”",)
