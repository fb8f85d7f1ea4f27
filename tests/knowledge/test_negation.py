"""What is denied, of whom, and how far a denial reaches."""

import pytest

from knowledge.contradiction import differences
from knowledge.places import Places

NOWHERE = Places()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("理发店关了，饭馆没关", "饭馆关了"),
        ("饭馆没关，理发店关了", "理发店没关，饭馆关了"),
        ("东街没封，西街封了", "西街没封"),
        ("没按时打疫苗咋办", "打疫苗了咋办"),
        ("学校退了伙食费，没退住宿费", "学校退了住宿费"),
        ("县医院停诊了，中医院没停", "中医院停诊了"),
        ("疫苗站周末不开", "疫苗站只有周末开"),
        ("老人拿证能查码", "老人拿证查不了码"),
        ("除了澡堂，还有啥能开门", "澡堂现在能开门吗"),
        ("除过一中，学校都停课了", "除过一中，学校都复课了"),
    ],
)
def test_what_is_denied_of_one_thing_and_affirmed_of_it_is_a_difference(left: str, right: str) -> None:
    assert differences(left, right, places=NOWHERE)
    assert differences(right, left, places=NOWHERE)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("不会弄智能手机怎么办健康码", "老人不会用手机咋办健康码"),
        ("社区不给扯结婚证", "社区暂停结婚登记"),
        ("村里的人出不去", "村里人不让出去"),
        ("养老院老人出不来", "养老院老人不能出来"),
        ("司机拒不配合登记", "司机不配合登记"),
        ("除了打过针的都不让进", "打过针的才让进"),
        ("除过澡堂，其他的铺子都关门了", "只有澡堂没关门"),
        ("除了密接都不用隔离", "只有密接要隔离"),
    ],
)
def test_what_a_denial_of_another_word_reaches_is_not_affirmed(left: str, right: str) -> None:
    assert differences(left, right, places=NOWHERE) == ()
    assert differences(right, left, places=NOWHERE) == ()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("敬老院没人感染", "敬老院老人全部感染，没人管"),
        ("敬老院没有人感染", "敬老院老人感染了"),
        ("敬老院无人感染", "敬老院有人感染"),
        ("敬老院没一个人感染", "敬老院老人感染了"),
        ("没有一个护工阳性", "护工阳性了"),
        ("村口没人测温", "村口测温"),
        ("老人没人管", "老人有人管"),
        ("全村没一个人没测核酸", "全村没一个人测核酸"),
    ],
)
def test_what_nobody_does_is_denied(left: str, right: str) -> None:
    assert differences(left, right, places=NOWHERE)
    assert differences(right, left, places=NOWHERE)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("敬老院没人感染", "敬老院没有感染"),
        ("敬老院没有人感染", "敬老院无人感染"),
        ("没人管老人", "老人没人管"),
        ("老人没人管", "老人家里管不上"),
        ("不是没人感染", "有人感染"),
        ("没有人不测温", "都测温"),
    ],
)
def test_what_nobody_does_is_the_same_in_other_words(left: str, right: str) -> None:
    assert differences(left, right, places=NOWHERE) == ()
    assert differences(right, left, places=NOWHERE) == ()
