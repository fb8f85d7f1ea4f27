import pytest

from knowledge.contradiction import differences
from knowledge.places import Places


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("采样点搬到学校里头了", "采样点从学校搬走了"),
        ("养老认证到年底", "养老认证从年底"),
        ("停水从早上八点开始", "停水到早上八点"),
        ("婚礼能不能改到酒店办", "婚礼能不能从酒店改到家里办"),
        ("发热门诊从老楼搬到新楼", "发热门诊从新楼搬到老楼"),
        ("方舱里的人往定点医院转", "定点医院的病人往方舱转"),
        ("州上的医疗队支援县上", "县里的医疗队支援州上"),
        ("李家庄的病是从赵家庄带来的", "赵家庄的病是李家庄传过去的"),
        ("去城里的班车还有没", "城里来的班车还有没"),
    ],
)
def test_from_somewhere_and_to_it_are_opposite_ways(left: str, right: str) -> None:
    assert differences(left, right, places=Places())
    assert differences(right, left, places=Places())


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("娃从学校回来", "到学校接回来的娃"),
        ("到医院看病", "从家去医院看病"),
        ("封控从明天开始", "明天开始封控"),
        ("把菜送到小区门口", "在小区门口送菜"),
    ],
)
def test_who_goes_somewhere_to_fetch_comes_back_from_there(left: str, right: str) -> None:
    assert differences(left, right, places=Places()) == ()
    assert differences(right, left, places=Places()) == ()
