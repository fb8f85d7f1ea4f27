"""Numbers and days that change places between two texts which are the same otherwise."""

import pytest

from knowledge.contradiction import differences
from knowledge.number_order import moved
from knowledge.places import Places

NOWHERE = Places(())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5号楼有阳性3号楼没有", "3号楼有阳性5号楼没有"),
        ("3号楼解封5号楼封控了吗", "5号楼解封3号楼封控了吗"),
        ("9月3号解封9月5号封城", "9月5号解封9月3号封城"),
        ("9月3号解封5号封城", "9月5号解封3号封城"),
        ("物价由3元涨到8元", "物价由8元涨到3元"),
        ("阳性隔离7天,密接隔离3天", "阳性隔离三天,密接隔离七天"),
        ("阳性隔离7天解除,密接隔离3天解除", "阳性隔离3天解除,密接隔离7天解除"),
        ("早上8点采样晚上6点出结果", "晚上6点采样早上8点出结果"),
        ("9月十五六号解封20号封城", "9月20号解封十五六号封城"),
        ("1单元、2单元封了3单元没封", "1单元、3单元封了2单元没封"),
    ],
)
def test_what_is_said_of_one_number_and_then_of_another_is_a_difference(one: str, other: str) -> None:
    assert differences(one, other, places=NOWHERE)
    assert differences(other, one, places=NOWHERE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3号楼5号楼封控", "5号楼3号楼封控"),
        ("3号楼、5号楼和7号楼封控", "7号楼和3号楼、5号楼封控"),
        ("9月3号和9月5号做核酸", "9月5号和9月3号做核酸"),
        ("3号楼有阳性,5号楼有阳性", "5号楼有阳性,3号楼有阳性"),
        ("3号楼有阳性5号楼有阳性", "5号楼有阳性3号楼有阳性"),
        ("3、5、7号楼封控", "7、3、5号楼封控"),
        ("3天2次核酸", "2次3天核酸"),
        ("隔离7天再隔离3天", "隔离七天再隔离3天"),
        ("3号楼解封5号楼封控", "5号楼封控3号楼解封"),
        ("3号楼解封", "3号楼解封5号楼封控"),
    ],
)
def test_the_same_said_of_the_same_numbers_in_another_order_is_none(one: str, other: str) -> None:
    assert differences(one, other, places=NOWHERE) == ()


def test_numbers_that_count_nothing_have_no_place_of_their_own() -> None:
    assert moved("12345打不通12348占线", "12348打不通12345占线") is None


def test_people_read_the_numbers_in_the_order_of_either_text() -> None:
    assert moved("物价由3元涨到8元", "物价由8元涨到3元") == ("3元…8元", "8元…3元")
