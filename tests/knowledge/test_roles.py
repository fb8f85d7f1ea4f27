import pytest

from knowledge.contradiction import differences
from knowledge.places import Places
from knowledge.roles import exchanged_roles, read_roles
from knowledge.utterance import read_utterance


def turned(left: str, right: str) -> tuple[str, str] | None:
    return exchanged_roles(*(read_roles(read_utterance(text).plain) for text in (left, right)))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("租客要给房东补房租", "房东要给租客退房租"),
        ("保安举报业主翻墙", "业主举报保安翻墙"),
        ("护工把老人传染了", "老人把护工传染了"),
        ("司机被乘客打了", "乘客被司机打了"),
        ("大人传染给了娃娃", "大人被娃娃传染了"),
        ("一号楼的菜比二号楼多", "一号楼的菜没有二号楼的多"),
        ("封路导致断货", "断货导致封路"),
        ("大家囤盐，盐价才涨了", "盐价涨了，大家才囤盐"),
        ("狗会把病毒传给人", "人会把病毒传给狗"),
        ("司机是叫老板传上的", "司机把老板传染了"),
        ("咱县给邻县捐了一车菜", "邻县给我县捐了一车菜"),
        ("打了疫苗多长时间能喝酒", "喝了酒多长时间能打疫苗"),
        ("先进医院再做核酸", "先做核酸再进医院"),
        ("打过两针的能打加强针吗", "打了加强针的还要打两针吗"),
        ("电停了两小时又来了", "电来了两小时又停了"),
        ("打疫苗之前做核酸", "打疫苗之后做核酸"),
        ("大夫说是感冒不是新冠", "大夫说是新冠不是感冒"),
    ],
)
def test_who_does_it_to_whom_is_told_from_the_other_way_round(left: str, right: str) -> None:
    assert turned(left, right)
    assert turned(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("房东要给租客退房租", "租客的房租，房东要给退"),
        ("护工把老人传染了", "老人被护工传染了"),
        ("村民举报了村干部", "村干部叫村民给举报了"),
        ("混采的结果没有单采的快", "单采的结果比混采的快"),
        ("老人没有娃娃那么容易感染", "娃娃比老人更容易感染"),
        ("外村人把病毒带进了我们村", "我们村的病毒是被外村人带进来的"),
        ("有核酸才能进超市", "进超市要有核酸才行"),
        ("猫会把新冠传给人", "人会叫猫传上新冠"),
        ("老师把病传给学生了", "学生是叫老师传上的"),
        ("打疫苗之前做核酸", "做核酸之后打疫苗"),
        ("是感冒不是新冠", "不是新冠是感冒"),
        ("停了电又来了", "电停了又来"),
        ("咱县给邻县捐了一车菜", "邻县收到我县给的一车菜"),
        ("通渭一过路的把守卡点的杀害了", "通渭守卡点的被路人杀害"),
    ],
)
def test_the_same_said_in_another_voice_or_order_is_the_same(left: str, right: str) -> None:
    assert turned(left, right) is None
    assert turned(right, left) is None


@pytest.mark.parametrize(
    ("left", "right"),
    [("司机让交警拦下了", "司机拦下了一名交警"), ("老太太把大白推倒了", "大白推倒一名老太太")],
)
def test_a_doer_in_the_place_of_the_other_is_seen_without_a_word_for_it(left: str, right: str) -> None:
    assert differences(left, right, places=Places())
    assert differences(right, left, places=Places())


@pytest.mark.parametrize(
    ("left", "right"),
    [("老太太叫大白推倒了", "大白推倒一名老太太"), ("司机让交警拦下了", "交警拦下了司机")],
)
def test_the_passive_names_the_doer_behind_the_other(left: str, right: str) -> None:
    assert differences(left, right, places=Places()) == ()
    assert differences(right, left, places=Places()) == ()


def test_what_has_changed_places_is_named() -> None:
    assert turned("保安举报业主", "业主举报保安") == ("保安举报业主", "业主举报保安")


def test_of_several_that_have_changed_places_the_first_is_named_in_every_process() -> None:
    assert turned("小业主把保安队举报了", "保安队把小业主举报了") == ("小业主举报保安队", "保安队举报小业主")


def test_of_a_long_text_nothing_is_told() -> None:
    assert read_roles("保安举报业主" + "，大家都在看" * 20) == {}
