import pytest

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
        ("通渭一过路的把守卡点的杀害了", "通渭守卡点的被路人杀害"),
    ],
)
def test_the_same_said_in_another_voice_or_order_is_the_same(left: str, right: str) -> None:
    assert turned(left, right) is None
    assert turned(right, left) is None


def test_what_has_changed_places_is_named() -> None:
    assert turned("保安举报业主", "业主举报保安") == ("保安举报业主", "业主举报保安")


def test_of_several_that_have_changed_places_the_first_is_named_in_every_process() -> None:
    assert turned("小业主把保安队举报了", "保安队把小业主举报了") == ("小业主举报保安队", "保安队举报小业主")


def test_of_a_long_text_nothing_is_told() -> None:
    assert read_roles("保安举报业主" + "，大家都在看" * 20) == {}
